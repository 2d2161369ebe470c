//! The text of a stamp's QR symbol, and reading what people scan or type.

use super::text::{self, Misread};
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

/// Reads a QR text (with or without its scheme), the path of one, or a bare serial, in any letter
/// case. The host is not looked at: the signature is over the serial, so that the service can move.
///
/// # Errors
/// [`Misread`] where no serial can be made out.
pub fn read(text: &str) -> Result<Scanned, Misread> {
    let text = text.trim();
    let path = path_of(text);
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [t, serial] if is(t, "T") => scanned(serial, None, None),
        [t, serial, signature] if is(t, "T") => scanned(serial, None, Some(signature)),
        ["01", gtin, "21", serial] => scanned(serial, Some(gtin), None),
        [signature, "01", gtin, "21", serial] => scanned(serial, Some(gtin), Some(signature)),
        [serial] => scanned(serial, None, None),
        _ => Err(Misread::Length(path.len())),
    }
}

fn path_of(text: &str) -> &str {
    let address = text.split_once("://").map_or(text, |(_scheme, rest)| rest);
    let path = match address.split_once('/') {
        // A host has a dot or a port; nothing else before a slash does.
        Some((host, path)) if address.len() < text.len() || host.contains(['.', ':']) => path,
        _ => address,
    };
    path.split(['?', '#']).next().unwrap_or_default()
}

fn is(part: &str, name: &str) -> bool {
    part.eq_ignore_ascii_case(name)
}

fn scanned(serial: &str, gtin: Option<&str>, signature: Option<&str>) -> Result<Scanned, Misread> {
    let serial = text::read_serial(serial)?;
    let gtin = gtin.map(str::parse).transpose();
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
