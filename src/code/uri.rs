//! The text of a stamp's QR symbol, and reading what people scan or type.

use std::borrow::Cow;

use super::text::{self, Misread};
use super::{keyboard, reading};
use crate::domain::batch::{Face, Profile};
use crate::domain::gtin::Gtin;
use crate::domain::serial::Serial;
use crate::domain::stamp::SignatureBytes;

/// The QR text of a stamp.
///
/// The scheme is lower case because common phone cameras do not open `HTTPS://`; the rest is upper
/// case, which a QR symbol holds in fewer bits. With a GTIN it is a GS1 Digital Link URI.
#[must_use]
pub fn qr_text(face: &Face, serial: Serial, signature: &SignatureBytes) -> String {
    let host = face.host.to_ascii_uppercase();
    let serial = text::serial(serial);
    match (face.profile, face.gtin) {
        (Profile::Compact, None) => format!("https://{host}/T/{serial}"),
        (Profile::Compact, Some(gtin)) => format!("https://{host}/01/{gtin}/21/{serial}"),
        (Profile::Signed, None) => {
            format!("https://{host}/T/{serial}/{}", text::signature(signature))
        }
        (Profile::Signed, Some(gtin)) => {
            format!("https://{host}/{}/01/{gtin}/21/{serial}", text::signature(signature))
        }
    }
}

/// What was read from a scan or from typing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scanned {
    /// The stamp's number.
    pub serial: Serial,
    /// The product number beside it, if any.
    pub gtin: Option<Gtin>,
    /// The signature, if any.
    pub signature: ScannedSignature,
}

impl Scanned {
    /// How much of an issued code is there; `None` where what is there is not what was issued. The
    /// signature is over the product's number too: with the one, the other must be as printed, there or
    /// not there. The one comparison, for the answer to a scan and for acts on stamps.
    #[must_use]
    pub fn shown(&self, issued: &SignatureBytes, printed: Option<Gtin>) -> Option<Shown> {
        match &self.signature {
            // Compared with what was issued; nothing to compute.
            ScannedSignature::Bytes(bytes) => {
                (**bytes == *issued && self.gtin == printed).then_some(Shown::Signature)
            }
            ScannedSignature::Absent => {
                (self.gtin.is_none() || self.gtin == printed).then_some(Shown::SerialAlone)
            }
            ScannedSignature::Malformed => None,
        }
    }
}

/// How much of an issued code was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Its signature too, which is right.
    Signature,
    /// The serial alone, or with its product's number.
    SerialAlone,
}

/// A signature as it was scanned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScannedSignature {
    /// None: the serial was typed, or the profile is compact.
    Absent,
    /// Well-formed.
    Bytes(Box<SignatureBytes>),
    /// Something is there, but it is no signature: the text was changed.
    Malformed,
}

/// Reads a QR text (with or without its scheme), the path of one, or a bare serial, in any letter case
/// and with what people and programs put around it. The host is not looked at: the signature is over the
/// serial, so that the service can move.
///
/// # Errors
/// [`Misread`] where no serial can be made out.
pub fn read(text: &str) -> Result<Scanned, Misread> {
    let plain = reading::plain(text);
    let code = reading::code(&plain);
    let whole = split(code);
    // Words may follow a code; but white space may also be in it, as where a mail breaks a line.
    match reading::first_word(code).map(split) {
        Some(first) if !is_whole(&whole) && is_whole(&first) => first,
        _ => whole,
    }
}

/// The host of a QR text, with its port where it has one; none where a path or a serial was typed.
#[must_use]
pub fn host(text: &str) -> Option<String> {
    let plain = reading::plain(text);
    address(reading::code(&plain)).0.map(str::to_ascii_lowercase)
}

/// A text as [`read`] sees it: percent-escapes decoded, letters in their plain form.
#[must_use]
pub fn plain(text: &str) -> Cow<'_, str> {
    reading::plain(text)
}

/// The serials that may have been meant by a text with letters that a Vietnamese keyboard made.
#[must_use]
pub fn meant(text: &str) -> Vec<Serial> {
    let plain = reading::plain(text);
    serial_part(&segments(reading::code(&plain))).map(keyboard::meant).unwrap_or_default()
}

fn is_whole(read: &Result<Scanned, Misread>) -> bool {
    read.as_ref().is_ok_and(|scanned| scanned.signature != ScannedSignature::Malformed)
}

fn split(code: &str) -> Result<Scanned, Misread> {
    let parts = segments(code);
    let Some(serial) = serial_part(&parts) else { return Err(Misread::Length(code.len())) };
    match parts.as_slice() {
        [_, _, signature] => scanned(serial, None, Some(signature)),
        [_, gtin, _, _] => scanned(serial, Some(gtin), None),
        [signature, _, gtin, _, _] => scanned(serial, Some(gtin), Some(signature)),
        _ => scanned(serial, None, None),
    }
}

/// The segment that holds the serial, where the path has one of the five forms.
fn serial_part<'a>(parts: &[&'a str]) -> Option<&'a str> {
    match parts {
        [t, serial] | [t, serial, _] if is(t, "T") => Some(serial),
        ["01", _, "21", serial] | [_, "01", _, "21", serial] | [serial] => Some(serial),
        _ => None,
    }
}

fn segments(code: &str) -> Vec<&str> {
    path_of(code).split('/').map(str::trim).filter(|part| !part.is_empty()).collect()
}

fn path_of(text: &str) -> &str {
    address(text).1
}

/// An address as its host, if it has one, and its path.
fn address(text: &str) -> (Option<&str>, &str) {
    let text = text.split(['?', '#']).next().unwrap_or_default();
    let address = text.split_once("://").map_or(text, |(_scheme, rest)| rest);
    match address.split_once('/') {
        // A host has a dot or a port; nothing else before a slash does.
        Some((host, path)) if address.len() < text.len() || host.contains(['.', ':']) => {
            (Some(host), path)
        }
        _ => (None, address),
    }
}

fn is(part: &str, name: &str) -> bool {
    part.eq_ignore_ascii_case(name)
}

fn scanned(serial: &str, gtin: Option<&str>, signature: Option<&str>) -> Result<Scanned, Misread> {
    let serial = text::read_serial(serial)?;
    let digits = |gtin: &str| gtin.split_whitespace().collect::<String>();
    let gtin = gtin.map(|gtin| digits(gtin).parse()).transpose();
    // A product number that is none was signed by nobody.
    let signature = match (signature, &gtin) {
        (_, Err(_)) => ScannedSignature::Malformed,
        (None, Ok(_)) => ScannedSignature::Absent,
        (Some(digits), Ok(_)) => text::read_signature(digits)
            .map_or(ScannedSignature::Malformed, |bytes| ScannedSignature::Bytes(Box::new(bytes))),
    };
    Ok(Scanned { serial, gtin: gtin.unwrap_or_default(), signature })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::recognition::Stars;
    use crate::domain::serial::BatchNumber;
    use proptest::prelude::*;

    fn face(profile: Profile, gtin: Option<&str>) -> Face {
        Face {
            commune: None,
            host: "verify.example.vn".into(),
            profile,
            gtin: gtin.map(|gtin| gtin.parse().unwrap()),
            product_name: "Mẫu".into(),
            producer_name: "HTX Mẫu".into(),
            stars: Stars::new(4).unwrap(),
        }
    }

    const GTIN: Option<&str> = Some("9521234543213");

    #[test]
    fn the_four_texts_are_as_specified() {
        let serial = BatchNumber::new(1).unwrap().serial(0).unwrap();
        let zero = [0; 64];
        let text = |profile, gtin| qr_text(&face(profile, gtin), serial, &zero);
        let sig = "0".repeat(100);
        assert_eq!(text(Profile::Compact, None), "https://VERIFY.EXAMPLE.VN/T/00010000000D");
        assert_eq!(
            text(Profile::Compact, GTIN),
            "https://VERIFY.EXAMPLE.VN/01/09521234543213/21/00010000000D"
        );
        assert_eq!(
            text(Profile::Signed, None),
            format!("https://VERIFY.EXAMPLE.VN/T/00010000000D/{sig}")
        );
        assert_eq!(
            text(Profile::Signed, GTIN),
            format!("https://VERIFY.EXAMPLE.VN/{sig}/01/09521234543213/21/00010000000D")
        );
    }

    proptest! {
        #[test]
        fn every_text_is_read_back_in_any_case(
            bits in 0..1_u64 << 55,
            byte in any::<u8>(),
            compact in any::<bool>(),
            with_gtin in any::<bool>(),
        ) {
            let serial = Serial::new(bits).unwrap();
            let profile = if compact { Profile::Compact } else { Profile::Signed };
            let face = face(profile, with_gtin.then_some("9521234543213"));
            let text = qr_text(&face, serial, &[byte; 64]);
            let expected = Scanned {
                serial,
                gtin: face.gtin,
                signature: match profile {
                    Profile::Compact => ScannedSignature::Absent,
                    Profile::Signed => ScannedSignature::Bytes(Box::new([byte; 64])),
                },
            };
            prop_assert_eq!(read(&text), Ok(expected.clone()));
            prop_assert_eq!(read(&text.to_lowercase()), Ok(expected));
        }

        #[test]
        fn no_text_is_too_odd_to_read(text in "\\PC*") {
            let _ = read(&text);
        }
    }

    #[test]
    fn an_address_is_read_without_its_scheme_as_people_copy_it() {
        let bare = read("verify.example.vn/t/0001-0000-000d").unwrap();
        let local = read("localhost:8080/T/00010000000D").unwrap();
        assert_eq!(bare, read("https://verify.example.vn/T/00010000000D").unwrap());
        assert_eq!(bare, local);
    }

    #[test]
    fn the_host_is_what_stands_before_the_path() {
        for (text, expected) in [
            ("https://VERIFY.EXAMPLE.VN/T/00010000000D", "verify.example.vn"),
            ("localhost:8080/T/00010000000D", "localhost:8080"),
            ("https://verify.example.vn@evil.example/T/x", "verify.example.vn@evil.example"),
            ("0001-0000-000D", ""),
            ("/T/00010000000D", ""),
            ("T/00010000000D", ""),
        ] {
            assert_eq!(host(text).unwrap_or_default(), expected, "{text}");
        }
    }

    #[test]
    fn a_typed_serial_needs_no_address() {
        let serial = BatchNumber::new(1).unwrap().serial(0).unwrap();
        let typed = read(" 0001-0000-000d ").unwrap();
        assert_eq!((typed.serial, typed.signature), (serial, ScannedSignature::Absent));
    }

    #[test]
    fn a_changed_signature_or_product_number_is_malformed_not_misread() {
        let cut = read("https://VERIFY.EXAMPLE.VN/T/00010000000D/ABC").unwrap();
        assert_eq!(cut.signature, ScannedSignature::Malformed);
        let gtin = read("https://VERIFY.EXAMPLE.VN/01/09521234543210/21/00010000000D").unwrap();
        assert_eq!(gtin.signature, ScannedSignature::Malformed);
    }
}
