//! Labels read back: the picture of a stamp's symbol in a file of them.

use std::io::{self, BufRead};

use super::bitmap::Bitmap;

/// The symbol of a stamp in a file of labels, as its printer would put it on the label, by the serial
/// number that the file notes before it; `None` where it has none.
///
/// # Errors
/// [`io::Error`].
pub fn symbol(file: impl BufRead, serial: &str) -> io::Result<Option<Bitmap>> {
    let note = format!("^FX {serial}^FS");
    let mut is_noted = false;
    for line in file.lines() {
        let line = line?;
        is_noted |= line == note;
        if is_noted && let Some((_, field)) = line.split_once("^GFA,") {
            return Ok(picture(field));
        }
    }
    Ok(None)
}

/// What stands behind `^GFA,`: bytes sent, bytes of the picture, bytes of a row, and the rows.
fn picture(field: &str) -> Option<Bitmap> {
    let mut parts = field.splitn(4, ',');
    let [total, row]: [usize; 2] = [parts.nth(1)?.parse().ok()?, parts.next()?.parse().ok()?];
    let rows = expanded(parts.next()?.strip_suffix("^FS")?, row)?;
    let height = u32::try_from(total.checked_div(row)?).ok()?;
    Bitmap::of_rows(u32::try_from(row).ok()?.checked_mul(8)?, height, rows)
}

/// Rows out of compressed hexadecimal ("Alternative Data Compression Scheme").
fn expanded(data: &str, row: usize) -> Option<Vec<u8>> {
    let digits_of_row = row.checked_mul(2)?;
    let mut digits: Vec<u8> = Vec::new();
    let mut times = 0;
    for letter in data.bytes() {
        let filled = digits.len() % digits_of_row.max(1);
        let rest = digits_of_row - filled;
        match letter {
            b'G'..=b'Y' => times += usize::from(letter - b'G') + 1,
            b'g'..=b'z' => times += 20 * (usize::from(letter - b'g') + 1),
            b',' => digits.extend(std::iter::repeat_n(0, rest)),
            b'!' => digits.extend(std::iter::repeat_n(15, rest)),
            b':' => {
                let from = digits.len().checked_sub(digits_of_row)?;
                digits.extend_from_within(from..);
            }
            digit => {
                let value = char::from(digit).to_digit(16)?;
                let value = u8::try_from(value).ok()?;
                digits.extend(std::iter::repeat_n(value, times.max(1)));
                times = 0;
            }
        }
    }
    let byte = |pair: &[u8]| pair.iter().fold(0, |byte, digit| byte << 4 | digit);
    Some(digits.chunks(2).map(byte).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::printing::zpl;

    #[test]
    fn what_is_written_is_read_back() {
        let mut drawn = Bitmap::new(1_000, 7);
        for (x, y) in [(0, 0), (999, 0), (7, 1), (8, 1), (500, 3), (500, 4), (3, 6)] {
            drawn.blacken(x, y);
        }
        (0..1_000).for_each(|x| drawn.blacken(x, 5));
        let mut file = b"^XA\n^FX 0001^FS\n^FO0,0^XGR:A.GRF,1,1^FS\n".to_vec();
        zpl::picture(&mut file, &drawn, (10, 20)).unwrap();
        assert_eq!(symbol(file.as_slice(), "0001").unwrap(), Some(drawn));
        assert_eq!(symbol(file.as_slice(), "0002").unwrap(), None);
    }

    #[test]
    fn what_is_cut_off_is_no_picture() {
        assert_eq!(picture("2,2,1,F^FS"), None);
        assert_eq!(picture("2,2,1,F"), None);
        assert_eq!(picture("2,2,0,FF^FS"), None);
    }
}
