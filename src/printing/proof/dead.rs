//! Codes that no register will ever know.

use crate::domain::batch::Profile;
use crate::printing::Face;

/// The host of dead codes: a name that is never given to anyone (RFC 2606, 2), as long as a real one
/// usually is.
pub const HOST: &str = "MAU-IN-THU.OCOP.INVALID";

/// Digits of a signature in base 36.
const SIGNATURE_DIGITS: usize = 100;

/// A code that is dead for ever; the same number gives the same one.
///
/// It has the length and look of a stamp's code, so that its symbol is as dense. But its serial has
/// a U, which is no symbol of serials (`docs/CODE-FORMAT.md`): whoever reads it finds it mistyped,
/// whatever is issued in years to come.
#[must_use]
pub fn dead_face(number: u64, profile: Profile) -> Face {
    let item = format!("{:08}", number % 100_000_000);
    let (upper, lower) = item.split_at_checked(4).unwrap_or_default();
    let serial = format!("MAU0-{upper}-{lower}");
    let address = format!("https://{HOST}/T/MAU0{item}");
    let text = match profile {
        Profile::Compact => address,
        Profile::Signed => format!("{address}/{}", noise(number)),
    };
    Face { serial, text }
}

/// What looks like a signature and is none.
fn noise(number: u64) -> String {
    let mut state = number.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut digit = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let value = u32::try_from((state >> 33) % 36).unwrap_or(0);
        char::from_digit(value, 36).unwrap_or('0').to_ascii_uppercase()
    };
    (0..SIGNATURE_DIGITS).map(|_| digit()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::text::{Misread, read_serial};
    use crate::code::uri;
    use crate::printing::{ErrorCorrection, qr};

    #[test]
    fn a_dead_code_is_mistyped_by_a_letter_that_serials_never_have() {
        for number in [0, 1, 42, 99_999_999, u64::MAX] {
            for profile in [Profile::Signed, Profile::Compact] {
                let face = dead_face(number, profile);
                assert_eq!(read_serial(&face.serial), Err(Misread::Symbol('U')));
                assert_eq!(uri::read(&face.text), Err(Misread::Symbol('U')));
            }
        }
    }

    #[test]
    fn its_symbol_is_as_dense_as_a_stamps() {
        let version = |text: &str| qr::encode(text, ErrorCorrection::M).unwrap().version();
        assert_eq!(version(&dead_face(7, Profile::Signed).text), 6);
        assert_eq!(version(&dead_face(7, Profile::Compact).text), 3);
    }
}
