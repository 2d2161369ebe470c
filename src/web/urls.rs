//! Every address of the service, and the links between them.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::code::text;
use crate::code::uri::{Scanned, ScannedSignature};

/// What is escaped in a file's name.
const FILE_NAME: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The start page.
pub(super) const START: &str = "/";
/// Where the form leads.
pub(super) const LOOK_UP: &str = "/tra-cuu";
/// The published keys.
pub(super) const KEYS: &str = "/.well-known/ocop-keys.json";
/// Whether the service is well.
pub(super) const HEALTH: &str = "/healthz";
/// For crawlers.
pub(super) const ROBOTS: &str = "/robots.txt";

/// Where the files of a download link are. No stamp's path begins so with as few parts.
pub(super) const DOWNLOADS: &str = "/in";
/// The page of a link, within [`DOWNLOADS`].
pub(super) const DOWNLOAD_PAGE: &str = "/{token}/";
/// The page of a link whose address lost its end, within [`DOWNLOADS`].
pub(super) const DOWNLOAD_PAGE_BARE: &str = "/{token}";
/// All files of a link, within [`DOWNLOADS`].
pub(super) const DOWNLOAD_ALL: &str = "/{token}/all.zip";
/// One file of a link, within [`DOWNLOADS`].
pub(super) const DOWNLOAD_FILE: &str = "/{token}/{file}";

/// Longest address read; the longest code has under 200 characters.
pub(super) const LENGTH_MAX: usize = 2_000;

/// A path as it was meant before browsers escaped it.
pub(super) fn unescaped(path: &str) -> std::borrow::Cow<'_, str> {
    percent_decode_str(path).decode_utf8_lossy()
}

/// Whether an address is that of a download link, and so holds a secret.
pub(super) fn is_secret(path: &str) -> bool {
    path.strip_prefix(DOWNLOADS).is_some_and(|rest| rest.starts_with('/'))
}

/// A path as it may stand in the log.
pub(super) fn for_log(path: &str) -> &str {
    if is_secret(path) { DOWNLOADS } else { path }
}

/// The address of a file among those of a link, from the link's page.
pub(super) fn beside_page(file: &str) -> String {
    utf8_percent_encode(file, FILE_NAME).to_string()
}

/// Whether a path has one of the four shapes that are printed on stamps, in any letter case.
pub(super) fn is_printed(path: &str) -> bool {
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    let shape = std::array::from_fn(|_| parts.next());
    match shape {
        [Some(t), Some(_), _, None, None, None] if t.eq_ignore_ascii_case("T") => true,
        [Some("01"), Some(_), Some("21"), Some(_), None, None]
        | [Some(_), Some("01"), Some(_), Some("21"), Some(_), None] => true,
        _ => false,
    }
}

/// What the reader of a printed path probably meant as its serial.
pub(super) fn serial_part(path: &str) -> &str {
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    match parts.next() {
        Some(t) if t.eq_ignore_ascii_case("T") => parts.next().unwrap_or_default(),
        _ => parts.next_back().unwrap_or_default(),
    }
}

/// The one address of a code; `None` where its signature was changed.
pub(super) fn of_code(scanned: &Scanned) -> Option<String> {
    let serial = text::serial(scanned.serial);
    let signature = match &scanned.signature {
        ScannedSignature::Absent => None,
        ScannedSignature::Bytes(bytes) => Some(text::signature(bytes)),
        ScannedSignature::Malformed => return None,
    };
    Some(match (scanned.gtin, signature) {
        (None, None) => format!("/T/{serial}"),
        (None, Some(signature)) => format!("/T/{serial}/{signature}"),
        (Some(gtin), None) => format!("/01/{gtin}/21/{serial}"),
        (Some(gtin), Some(signature)) => format!("/{signature}/01/{gtin}/21/{serial}"),
    })
}

/// The address of this page in another language, by its query alone.
pub(super) fn in_language(tag: &str, typed: Option<&str>) -> String {
    match typed {
        None => format!("?lang={tag}"),
        Some(typed) => format!("?ma={}&lang={tag}", utf8_percent_encode(typed, NON_ALPHANUMERIC)),
    }
}

/// An address that keeps a language the visitor chose.
pub(super) fn keeping(url: &str, chosen: Option<&str>) -> String {
    chosen.map_or_else(|| url.to_owned(), |tag| format!("{url}?lang={tag}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_four_printed_shapes_are_codes() {
        for path in ["/T/x", "/t/x/", "/T/x/sig", "/01/1/21/x", "/sig/01/1/21/x", "//T//x"] {
            assert!(is_printed(path), "{path}");
        }
        for path in ["/", "/T", "/T/", "/x", "/T/x/y/z", "/01/1/21", "/a/b/01/1/21/x", "/02/1/21/x"]
        {
            assert!(!is_printed(path), "{path}");
        }
    }

    #[test]
    fn no_address_of_a_download_is_that_of_a_stamp() {
        for path in ["/in/0123", "/in/0123/", "/in/0123/all.zip", "/in/01/21"] {
            assert!(!is_printed(path), "{path}");
            assert_eq!(for_log(path), "/in");
        }
        assert!(is_printed("/in/01/1/21/x"), "four parts after the first are a stamp's");
        assert_eq!(for_log("/T/x"), "/T/x");
    }

    #[test]
    fn the_serial_is_found_in_every_shape() {
        for path in ["/T/AB", "/t/AB/sig", "/01/1/21/AB", "/sig/01/1/21/AB/"] {
            assert_eq!(serial_part(path), "AB", "{path}");
        }
    }

    #[test]
    fn what_was_typed_survives_a_change_of_language() {
        assert_eq!(in_language("en", Some("a&b c")), "?ma=a%26b%20c&lang=en");
        assert_eq!(in_language("vi", None), "?lang=vi");
    }
}
