//! Serials and signatures as text, and the bytes that are signed.

use super::{alphabet, keyboard, reading};
use crate::domain::gtin::Gtin;
use crate::domain::serial::{BatchNumber, Serial};
use crate::domain::stamp::SignatureBytes;

/// Symbols of a serial: 11 of data, 1 of check.
pub const SERIAL_SYMBOLS: usize = 12;

/// Digits of a signature in base 36.
pub const SIGNATURE_DIGITS: usize = 100;

/// Why a text is no serial.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misread {
    /// Not twelve symbols.
    #[error("a serial has 12 symbols, this has {0}")]
    Length(usize),
    /// A character that is no symbol.
    #[error("“{0}” is not used in serials")]
    Symbol(char),
    /// A letter with marks, which a Vietnamese keyboard made.
    #[error(
        "“{0}” is not used in serials: turn the Vietnamese keyboard (Telex, VNI) off and type it again"
    )]
    Keyboard(char),
    /// The check symbol does not fit: something was mistyped.
    #[error("a symbol is mistyped: the check symbol does not fit")]
    Check,
}

/// A serial as twelve symbols without hyphens.
#[must_use]
pub fn serial(serial: Serial) -> String {
    let values = (0..11).rev().map(|place| {
        let five_bits = (serial.bits() >> (5 * place)) & 31;
        u8::try_from(five_bits).unwrap_or_default()
    });
    let check = alphabet::check(values.clone());
    values.chain([check]).map(alphabet::symbol).collect()
}

/// A serial as printed: `AB12-CD34-EF56`.
#[must_use]
pub fn serial_grouped(of: Serial) -> String {
    let mut text = serial(of);
    text.insert(8, '-');
    text.insert(4, '-');
    text
}

/// A batch's name: the first group of its serials.
#[must_use]
pub fn batch(number: BatchNumber) -> String {
    let mut text = serial(*number.serials().start());
    text.truncate(4);
    text
}

/// Reads a batch's name.
///
/// # Errors
/// [`Misread`] where the text is not four symbols.
pub fn read_batch(text: &str) -> Result<BatchNumber, Misread> {
    let values = symbols(text)?;
    if values.len() != 4 {
        return Err(Misread::Length(values.len()));
    }
    let number = values.into_iter().fold(0, |n, value| (n << 5) | u32::from(value));
    BatchNumber::new(number).ok_or(Misread::Length(4))
}

/// Reads a serial as people write it: either case, with spaces, dashes, full stops and look-alikes.
///
/// # Errors
/// [`Misread`] says what is wrong.
pub fn read_serial(text: &str) -> Result<Serial, Misread> {
    let values = symbols(text)?;
    let Some((&check, data)) = values.split_last().filter(|_| values.len() == SERIAL_SYMBOLS)
    else {
        return Err(Misread::Length(values.len()));
    };
    if alphabet::check(data.iter().copied()) != check {
        return Err(Misread::Check);
    }
    let bits = data.iter().fold(0, |bits, &value| (bits << 5) | u64::from(value));
    Serial::new(bits).ok_or(Misread::Length(values.len()))
}

/// Longest text read as a serial: more is somebody's essay.
const TEXT_CHARS_MAX: usize = 64;

fn symbols(text: &str) -> Result<Vec<u8>, Misread> {
    let written = reading::letters(text).filter(|c| !reading::is_gap(*c));
    let written: Vec<char> = written.take(TEXT_CHARS_MAX).collect();
    if written.len() == TEXT_CHARS_MAX {
        return Err(Misread::Length(written.len()));
    }
    let no_symbol =
        |c| if keyboard::is_marked(c) { Misread::Keyboard(c) } else { Misread::Symbol(c) };
    written.into_iter().map(|c| alphabet::value(c).ok_or_else(|| no_symbol(c))).collect()
}

/// The bytes an Ed25519 signature of format 1 is over.
#[must_use]
pub fn signed_message(key_id: &str, gtin: Option<Gtin>, of: Serial) -> Vec<u8> {
    let gtin = gtin.map(|gtin| gtin.to_string()).unwrap_or_default();
    format!("OCOP-STAMP-1|{key_id}|{gtin}|{}", serial(of)).into_bytes()
}

/// Base-36 digits that fit one 64-bit limb.
const CHUNK_DIGITS: usize = 12;
/// 36¹².
const CHUNK: u64 = 36_u64.pow(12);

/// A signature as one big-endian integer in base 36, padded to 100 digits.
#[must_use]
pub fn signature(bytes: &SignatureBytes) -> String {
    let mut limbs = [0_u64; 8];
    for (limb, eight) in limbs.iter_mut().zip(bytes.chunks_exact(8)) {
        *limb = eight.iter().fold(0, |limb, &byte| (limb << 8) | u64::from(byte));
    }
    let mut digits = [b'0'; SIGNATURE_DIGITS];
    for chunk in digits.rchunks_mut(CHUNK_DIGITS) {
        let mut rest = divide(&mut limbs);
        for digit in chunk.iter_mut().rev() {
            *digit = base36_digit(rest % 36);
            rest /= 36;
        }
    }
    digits.iter().copied().map(char::from).collect()
}

/// Divides a 512-bit integer by 36¹² in place and returns the remainder.
fn divide(limbs: &mut [u64; 8]) -> u64 {
    let mut rest = 0_u64;
    for limb in limbs {
        let wide = (u128::from(rest) << 64) | u128::from(*limb);
        // rest < 36¹², so the quotient fits a limb.
        *limb = u64::try_from(wide / u128::from(CHUNK)).unwrap_or(u64::MAX);
        rest = u64::try_from(wide % u128::from(CHUNK)).unwrap_or_default();
    }
    rest
}

fn base36_digit(value: u64) -> u8 {
    let value = u8::try_from(value).unwrap_or_default();
    if value < 10 { b'0' + value } else { b'A' + value - 10 }
}

/// Reads a signature; `None` unless it is exactly 100 digits (either case) below 2⁵¹². White space, as
/// where a mail breaks a long line, is skipped.
#[must_use]
pub fn read_signature(text: &str) -> Option<SignatureBytes> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if text.len() != SIGNATURE_DIGITS || !text.is_ascii() {
        return None;
    }
    let mut limbs = [0_u64; 8];
    for chunk in text.as_bytes().rchunks(CHUNK_DIGITS).rev() {
        // The first chunk is shorter, but what it multiplies is zero.
        let mut carry = u128::from(read_chunk(chunk)?);
        for limb in limbs.iter_mut().rev() {
            let wide = u128::from(*limb) * u128::from(CHUNK) + carry;
            *limb = u64::try_from(wide & u128::from(u64::MAX)).ok()?;
            carry = wide >> 64;
        }
        if carry != 0 {
            return None;
        }
    }
    let mut bytes = [0; 64];
    for (eight, limb) in bytes.chunks_exact_mut(8).zip(limbs) {
        eight.copy_from_slice(&limb.to_be_bytes());
    }
    Some(bytes)
}

fn read_chunk(digits: &[u8]) -> Option<u64> {
    digits
        .iter()
        .try_fold(0, |value, digit| Some(value * 36 + u64::from(char::from(*digit).to_digit(36)?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_serial() -> impl Strategy<Value = Serial> {
        (0..1_u64 << 55).prop_map(|bits| Serial::new(bits).unwrap())
    }

    proptest! {
        #[test]
        fn a_serial_is_read_back_however_it_is_written(of in any_serial()) {
            let text = serial_grouped(of);
            let sloppy = text.to_lowercase().replace('0', "o").replace('1', "l").replace('-', " ");
            prop_assert_eq!(read_serial(&text), Ok(of));
            prop_assert_eq!(read_serial(&sloppy), Ok(of));
            prop_assert_eq!(read_batch(&text[..4]), Ok(of.batch()));
        }

        #[test]
        fn every_single_wrong_symbol_is_caught(of in any_serial(), at in 0..12_usize, by in 1..32_u8) {
            let mut symbols: Vec<char> = serial(of).chars().collect();
            symbols[at] = alphabet::symbol(alphabet::value(symbols[at]).unwrap() ^ by);
            let wrong: String = symbols.into_iter().collect();
            prop_assert_eq!(read_serial(&wrong), Err(Misread::Check));
        }

        #[test]
        fn every_swap_is_caught(of in any_serial(), a in 0..12_usize, b in 0..12_usize) {
            let mut symbols: Vec<char> = serial(of).chars().collect();
            prop_assume!(symbols[a] != symbols[b]);
            symbols.swap(a, b);
            let wrong: String = symbols.into_iter().collect();
            prop_assert_eq!(read_serial(&wrong), Err(Misread::Check));
        }

        #[test]
        fn a_signature_is_read_back(bytes in prop::array::uniform32(any::<u8>())) {
            let mut both = [0; 64];
            both[..32].copy_from_slice(&bytes);
            both[32..].copy_from_slice(&bytes);
            let text = signature(&both);
            prop_assert_eq!(text.len(), 100);
            prop_assert_eq!(read_signature(&text), Some(both));
            prop_assert_eq!(read_signature(&text.to_lowercase()), Some(both));
        }
    }

    #[test]
    fn signatures_beyond_512_bits_are_refused() {
        let greatest = signature(&[0xFF; 64]);
        assert_eq!(read_signature(&greatest), Some([0xFF; 64]));
        let mut next: Vec<u8> = greatest.into_bytes();
        *next.last_mut().unwrap() += 1;
        assert_eq!(read_signature(std::str::from_utf8(&next).unwrap()), None);
        assert_eq!(read_signature(&"Z".repeat(100)), None);
        assert_eq!(read_signature(&"0".repeat(99)), None);
    }

    #[test]
    fn what_is_no_serial_is_told_apart() {
        assert_eq!(read_serial(""), Err(Misread::Length(0)));
        assert_eq!(read_serial("AB12-CD34"), Err(Misread::Length(8)));
        assert_eq!(read_serial("AB12-CD34-EFU6"), Err(Misread::Symbol('U')));
        assert_eq!(read_serial(&"0".repeat(10_000)), Err(Misread::Length(64)));
        assert_eq!(read_serial("0002-0ÁPC-AV95"), Err(Misread::Keyboard('Á')));
        assert_eq!(read_serial("0002-0A\u{301}PC-AV95"), Err(Misread::Keyboard('Á')));
    }
}
