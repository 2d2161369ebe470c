//! GS1 trade item numbers.

use std::fmt;
use std::str::FromStr;

/// A GTIN in its 14-digit form (GS1 General Specifications, section 3.3.2), check digit right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Gtin(u64);

/// Why a text is no GTIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GtinError {
    /// Not 8, 12, 13 or 14 digits.
    #[error("a GTIN has 8, 12, 13 or 14 digits and nothing else")]
    Length,
    /// The last digit does not fit the others.
    #[error("the GTIN's check digit is wrong: one digit was probably mistyped")]
    CheckDigit,
}

impl FromStr for Gtin {
    type Err = GtinError;

    fn from_str(text: &str) -> Result<Self, GtinError> {
        let all_digits = text.bytes().all(|b| b.is_ascii_digit());
        if !all_digits || !matches!(text.len(), 8 | 12 | 13 | 14) {
            return Err(GtinError::Length);
        }
        // Weights 3, 1, 3, … from the digit before the check digit (section 7.9).
        let sum: u32 = text
            .bytes()
            .rev()
            .zip([1, 3].into_iter().cycle())
            .map(|(digit, weight)| u32::from(digit - b'0') * weight)
            .sum();
        if !sum.is_multiple_of(10) {
            return Err(GtinError::CheckDigit);
        }
        // Nothing but zeros fills a field; nobody was given it.
        text.parse().ok().filter(|number| *number != 0).map(Self).ok_or(GtinError::Length)
    }
}

impl fmt::Display for Gtin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:014}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_length_reads_into_fourteen_digits() {
        // GS1's own demonstration number.
        assert_eq!("9521234543213".parse::<Gtin>().unwrap().to_string(), "09521234543213");
        assert_eq!("09521234543213".parse::<Gtin>().unwrap().to_string(), "09521234543213");
    }

    #[test]
    fn a_wrong_digit_is_told_apart_from_a_wrong_length() {
        assert_eq!("9521234543214".parse::<Gtin>(), Err(GtinError::CheckDigit));
        assert_eq!("95212345".parse::<Gtin>().unwrap_err(), GtinError::CheckDigit);
        assert_eq!("952123454321".parse::<Gtin>(), Err(GtinError::CheckDigit));
        assert_eq!("+521234543213".parse::<Gtin>(), Err(GtinError::Length));
        assert_eq!("".parse::<Gtin>(), Err(GtinError::Length));
        assert_eq!("0000000000000".parse::<Gtin>(), Err(GtinError::Length));
    }
}
