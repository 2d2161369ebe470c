//! Places and areas of a sheet, counted from 0.

/// First and last row, first and last column.
pub(super) type Area = ((u32, u32), (u32, u32));

/// Row and column, from 0, of a place such as `AB12`.
pub(super) fn place(text: &str) -> Option<(u32, u32)> {
    let digits = text.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = text.split_at(digits);
    let column = letters.bytes().try_fold(0_u32, |column, letter| {
        let digit = letter.to_ascii_uppercase().checked_sub(b'A')?;
        let digit = u32::from(digit).checked_add(1).filter(|digit| *digit <= 26)?;
        column.checked_mul(26)?.checked_add(digit)
    })?;
    Some((row.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

/// The area of `B7:C9`, of `B7`, of whole columns `B:C`, and of whole rows `7:9`.
pub(super) fn area(text: &str) -> Option<Area> {
    let plain: String = text.chars().filter(|c| *c != '$').collect();
    let (first, last) = plain.split_once(':').unwrap_or((&plain, &plain));
    let is_whole = plain.contains(':');
    let side = |text: &str, otherwise: u32| {
        let is_letters = text.chars().all(|c| c.is_ascii_alphabetic());
        match place(text) {
            Some(at) => Some(at),
            None if !is_whole => None,
            None if is_letters => Some((otherwise, place(&format!("{text}1"))?.1)),
            None => Some((text.parse::<u32>().ok()?.checked_sub(1)?, otherwise)),
        }
    };
    let ((top, left), (bottom, right)) = (side(first, 0)?, side(last, u32::MAX)?);
    Some(((top.min(bottom), bottom.max(top)), (left.min(right), right.max(left))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_and_impossible_ones_are_not() {
        assert_eq!(place("A1"), Some((0, 0)));
        assert_eq!(place("AB12"), Some((11, 27)));
        for text in ["", "A", "1", "A0", "AAAAAAAAAAAAAAAA1", "A99999999999", "Ă1"] {
            assert_eq!(place(text), None, "{text}");
        }
    }

    #[test]
    fn areas_are_read_whichever_corners_they_name() {
        assert_eq!(area("B7"), Some(((6, 6), (1, 1))));
        assert_eq!(area("$B$7:C9"), Some(((6, 8), (1, 2))));
        assert_eq!(area("C9:B7"), Some(((6, 8), (1, 2))));
        assert_eq!(area("B:C"), Some(((0, u32::MAX), (1, 2))));
        assert_eq!(area("7:9"), Some(((6, 8), (0, u32::MAX))));
        for text in ["", ":", "B", "7", "B7:", "#REF!"] {
            assert_eq!(area(text), None, "{text}");
        }
    }
}
