//! Reading values out of PDF objects, within limits.

use std::io::Read;

use flate2::read::ZlibDecoder;
use hayro_syntax::object::{
    Dict, MaybeRef, Name, Object, ObjectIdentifier, Stream, String as PdfString,
};
use hayro_syntax::{Filter, Pdf};

use super::limits::{DECODED_BYTES_MAX, EXPANSION_MAX};
use super::report::PageBox;

/// A name, as text.
pub(super) fn name(dict: &Dict<'_>, key: &str) -> Option<String> {
    dict.get::<Name<'_>>(key).map(|name| name_text(&name))
}

/// A name's bytes as text; names are UTF-8 by custom (ISO 32000-1, 7.3.5).
pub(super) fn name_text(name: &Name<'_>) -> String {
    String::from_utf8_lossy(name.as_ref()).into_owned()
}

/// Whether a key has this name as value.
pub(super) fn is(dict: &Dict<'_>, key: &str, value: &str) -> bool {
    dict.get::<Name<'_>>(key).is_some_and(|name| name.as_ref() == value.as_bytes())
}

/// A text string (ISO 32000-1, 7.9.2.2).
pub(super) fn text(dict: &Dict<'_>, key: &str) -> Option<String> {
    dict.get::<PdfString<'_>>(key).map(|string| decode_text(string.as_bytes()))
}

fn decode_text(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => {
            let pairs = rest.chunks_exact(2);
            let units: Vec<u16> =
                pairs.filter_map(|pair| Some(u16::from_be_bytes(pair.try_into().ok()?))).collect();
            String::from_utf16_lossy(&units)
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        // PDFDocEncoding is Latin 1 in all that dates, names and titles usually hold.
        _ => bytes.iter().map(|&byte| char::from(byte)).collect(),
    }
}

/// A dictionary, or that of a stream.
pub(super) fn dict<'a>(dict: &Dict<'a>, key: &str) -> Option<Dict<'a>> {
    dict_of(&dict.get::<Object<'a>>(key)?)
}

/// The dictionary of an object, if it has one.
pub(super) fn dict_of<'a>(object: &Object<'a>) -> Option<Dict<'a>> {
    match object {
        Object::Dict(dict) => Some(dict.clone()),
        Object::Stream(stream) => Some(stream.dict().clone()),
        _ => None,
    }
}

/// The object under a key, by a look-up of its own.
///
/// The library's look-ups refuse an object that they came through; forms and pages may well share
/// resources that hold them.
pub(super) fn object<'a>(
    pdf: &'a Pdf,
    dict: &Dict<'a>,
    key: impl AsRef<[u8]>,
) -> Option<Object<'a>> {
    match dict.get_raw::<Object<'a>>(key)? {
        MaybeRef::NotRef(object) => Some(object),
        MaybeRef::Ref(reference) => pdf.xref().get(ObjectIdentifier::from(reference)),
    }
}

/// A dictionary under a key, by a look-up of its own.
pub(super) fn own_dict<'a>(
    pdf: &'a Pdf,
    dict: &Dict<'a>,
    key: impl AsRef<[u8]>,
) -> Option<Dict<'a>> {
    object(pdf, dict, key)?.into_dict()
}

/// A stream under a key, by a look-up of its own.
pub(super) fn own_stream<'a>(
    pdf: &'a Pdf,
    dict: &Dict<'a>,
    key: impl AsRef<[u8]>,
) -> Option<Stream<'a>> {
    object(pdf, dict, key)?.into_stream()
}

/// Whether a key is there and not null.
pub(super) fn has(dict: &Dict<'_>, key: &str) -> bool {
    dict.get::<Object<'_>>(key).is_some_and(|object| !matches!(object, Object::Null(_)))
}

/// The number of the object that a dictionary stands in.
pub(super) fn object_number(dict: &Dict<'_>) -> Option<u32> {
    dict.obj_id().map(|id| id.obj_number)
}

/// A rectangle with its corners in order; `None` if it has no area.
pub(super) fn rectangle(dict: &Dict<'_>, key: &str) -> Option<PageBox> {
    let rect = dict.get::<hayro_syntax::object::Rect>(key)?;
    let page_box = PageBox { x0: rect.x0, y0: rect.y0, x1: rect.x1, y1: rect.y1 };
    (page_box.x1 > page_box.x0 && page_box.y1 > page_box.y0).then_some(page_box)
}

/// Why a stream was not decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Undecoded {
    /// Its data are broken.
    Broken,
    /// It would grow beyond the limit.
    TooLarge,
}

/// The data of a stream that is no picture.
pub(super) fn decode(stream: &Stream<'_>) -> Result<Vec<u8>, Undecoded> {
    let raw = stream.raw_data();
    let filters = stream.filters();
    let predicted = has_predictor(stream.dict());
    if filters.as_slice() == [Filter::FlateDecode] && !predicted {
        return inflate(&raw, DECODED_BYTES_MAX);
    }
    let expanding = filters.iter().filter(|filter| {
        matches!(filter, Filter::FlateDecode | Filter::LzwDecode | Filter::RunLengthDecode)
    });
    let factor = expanding.fold(1_usize, |all, _| all.saturating_mul(EXPANSION_MAX));
    let likely = if filters.first() == Some(&Filter::FlateDecode) && filters.len() == 1 {
        inflate(&raw, DECODED_BYTES_MAX)?.len()
    } else {
        raw.len().saturating_mul(factor) / 4
    };
    if likely > DECODED_BYTES_MAX {
        return Err(Undecoded::TooLarge);
    }
    stream.decoded_data().map(std::borrow::Cow::into_owned).map_err(|_broken| Undecoded::Broken)
}

fn has_predictor(dict: &Dict<'_>) -> bool {
    let parameters = dict.get::<Dict<'_>>("DecodeParms").or_else(|| dict.get::<Dict<'_>>("DP"));
    parameters.is_some_and(|it| it.get::<i32>("Predictor").is_some_and(|value| value > 1))
}

/// The first bytes of a stream's data, as many as there are; none if they are broken.
pub(super) fn decode_head(stream: &Stream<'_>, bytes: usize) -> Vec<u8> {
    let flate = stream.filters().as_slice() == [Filter::FlateDecode];
    if !flate || has_predictor(stream.dict()) {
        return decode(stream).unwrap_or_default();
    }
    let mut out = Vec::new();
    let bound = u64::try_from(bytes).unwrap_or(u64::MAX);
    match ZlibDecoder::new(&*stream.raw_data()).take(bound).read_to_end(&mut out) {
        Ok(_) => out,
        Err(_broken) => Vec::new(),
    }
}

/// Inflates up to a limit.
pub(super) fn inflate(data: &[u8], limit: usize) -> Result<Vec<u8>, Undecoded> {
    let mut out = Vec::new();
    let bound = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let read = ZlibDecoder::new(data).take(bound).read_to_end(&mut out);
    if out.len() > limit {
        return Err(Undecoded::TooLarge);
    }
    read.map(|_| out).map_err(|_broken| Undecoded::Broken)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn text_strings_are_read_in_their_three_encodings() {
        assert_eq!(decode_text(b"\xFE\xFF\x00T\x1E\xBF"), "T\u{1EBF}");
        assert_eq!(decode_text(b"\xEF\xBB\xBFT\xE1\xBA\xBF"), "T\u{1EBF}");
        assert_eq!(decode_text(b"caf\xE9"), "caf\u{E9}");
    }

    #[test]
    fn a_stream_that_grows_too_much_is_left_alone() {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(&vec![0; 100_000]).unwrap();
        let small = encoder.finish().unwrap();
        assert!(small.len() < 1000);
        assert_eq!(inflate(&small, 99_999), Err(Undecoded::TooLarge));
        assert_eq!(inflate(&small, 100_000).map(|out| out.len()), Ok(100_000));
        assert_eq!(inflate(&small[..small.len() / 2], 100_000), Err(Undecoded::Broken));
    }
}
