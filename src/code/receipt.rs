//! Receipts of consumers' reports as text: `PA-AB12-CD34-EF56`. The symbols and the check symbol are
//! those of serials, so that a receipt can be read out and a slip is told; the `PA-` (phản ánh) keeps
//! the two apart.

use std::fmt;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::text;
use crate::domain::serial::Serial;

/// What a receipt begins with.
const MARK: &str = "PA";

/// What whoever reported something asks by what became of it: 55 bits, as easy to read out as a serial,
/// and more than anybody guesses who is slowed down.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Receipt(Serial);

impl Receipt {
    /// The receipt of these bits, the lowest nine of which are left out.
    #[must_use]
    pub fn new(bits: u64) -> Option<Self> {
        Serial::new(bits >> 9).map(Self)
    }

    /// Reads a receipt as people write it: either case, with or without hyphens and its mark.
    #[must_use]
    pub fn read(typed: &str) -> Option<Self> {
        let typed = typed.trim();
        let marked = typed.get(..MARK.len()).is_some_and(|it| it.eq_ignore_ascii_case(MARK));
        // A mark is two symbols more than a serial has, so none is taken for part of one.
        let bare = if marked { text::read_serial(typed.get(MARK.len()..)?).ok() } else { None };
        bare.or_else(|| text::read_serial(typed).ok()).map(Self)
    }

    /// The SHA-256 of its text in hexadecimal: all that the register keeps of it.
    #[must_use]
    pub fn sha256(self) -> String {
        HEXLOWER.encode(&Sha256::digest(self.to_string()))
    }
}

impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{MARK}-{}", text::serial_grouped(self.0))
    }
}

impl fmt::Debug for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Receipt(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_is_read_back_however_it_is_written_and_a_slip_is_told() {
        for bits in [0, u64::MAX, 0x6A51_90BC_33D1_7F02] {
            let receipt = Receipt::new(bits).unwrap();
            let text = receipt.to_string();
            let bare = text.trim_start_matches("PA-").to_owned();
            for written in [text.clone(), text.to_lowercase(), text.replace('-', " "), bare] {
                assert!(Receipt::read(&written) == Some(receipt), "{written}");
            }
            let slip = if text.ends_with('0') { "1" } else { "0" };
            assert!(Receipt::read(&format!("{}{slip}", &text[..text.len() - 1])).is_none());
        }
        for odd in ["", "PA", "PA-", "ĐÃ", "PA-AB12"] {
            assert!(Receipt::read(odd).is_none(), "{odd}");
        }
    }

    #[test]
    fn a_receipt_stands_in_no_log() {
        assert_eq!(format!("{:?}", Receipt::new(7).unwrap()), "Receipt(…)");
    }
}
