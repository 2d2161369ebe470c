//! A file as an answer: whole, or from where an earlier download broke off (RFC 9110, 13 and 14).
//!
//! `actix-files` does this too, but tags files by inode and time, so that a copy on another node,
//! or the same bytes written again, could not be resumed from. Our tag is the SHA-256.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

use actix_web::http::header::{
    self, ByteRangeSpec, ContentDisposition, DispositionParam, DispositionType, EntityTag,
    ExtendedValue, Header, IfNoneMatch, IfRange, Range,
};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse};

use super::stream::{Place, Stream};

/// A file to be given out.
pub(super) struct Served<'a> {
    /// Its name.
    pub(super) name: &'a str,
    /// Its media type.
    pub(super) media_type: &'static str,
    /// Its length.
    pub(super) bytes: u64,
    /// Its SHA-256.
    pub(super) sha256: &'a str,
}

/// What of a file is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Nothing: the visitor has it.
    Nothing,
    /// All of it.
    Whole,
    /// From a byte, so many.
    Part {
        /// The first byte, from 0.
        first: u64,
        /// How many, at least one.
        bytes: u64,
    },
    /// What it has not.
    Beyond,
}

impl Wanted {
    /// Whether a download begins with it, and is not carried on.
    pub(super) fn is_beginning(self) -> bool {
        matches!(self, Self::Whole | Self::Part { first: 0, .. })
    }
}

impl Served<'_> {
    fn tag(&self) -> EntityTag {
        EntityTag::new_strong(self.sha256.to_owned())
    }

    /// Reads what is asked for. One range is served; several are answered with the whole, and so is
    /// a range of a file that has changed.
    pub(super) fn wanted(&self, request: &HttpRequest) -> Wanted {
        let tag = self.tag();
        if let Ok(IfNoneMatch::Items(known)) = IfNoneMatch::parse(request)
            && known.iter().any(|known| known.weak_eq(&tag))
        {
            return Wanted::Nothing;
        }
        if request.method() != Method::GET || !may_be_resumed(request, &tag) {
            return Wanted::Whole;
        }
        match Range::parse(request) {
            Ok(Range::Bytes(ranges)) => match ranges.as_slice() {
                [range] => self.part(range),
                _ => Wanted::Whole,
            },
            _ => Wanted::Whole,
        }
    }

    fn part(&self, range: &ByteRangeSpec) -> Wanted {
        match range.to_satisfiable_range(self.bytes) {
            Some((first, last)) => Wanted::Part { first, bytes: last - first + 1 },
            // Last before first is no range (RFC 9110, 14.1.1).
            None if matches!(range, ByteRangeSpec::FromTo(from, to) if to < from) => Wanted::Whole,
            None => Wanted::Beyond,
        }
    }

    /// The answer. `file` is not read for a request that only asks of it.
    pub(super) fn answer(
        &self,
        request: &HttpRequest,
        wanted: Wanted,
        file: File,
        place: Place,
    ) -> HttpResponse {
        let mut response = HttpResponse::Ok();
        response.insert_header((header::ETAG, self.tag().to_string()));
        response.insert_header((header::ACCEPT_RANGES, "bytes"));
        let (first, bytes) = match wanted {
            Wanted::Nothing => return response.status(StatusCode::NOT_MODIFIED).finish(),
            Wanted::Beyond => {
                let range = format!("bytes */{}", self.bytes);
                response.insert_header((header::CONTENT_RANGE, range));
                return response.status(StatusCode::RANGE_NOT_SATISFIABLE).finish();
            }
            Wanted::Whole => (0, self.bytes),
            Wanted::Part { first, bytes } => {
                let range = format!("bytes {first}-{}/{}", first + bytes - 1, self.bytes);
                response.insert_header((header::CONTENT_RANGE, range));
                response.status(StatusCode::PARTIAL_CONTENT);
                (first, bytes)
            }
        };
        response.content_type(self.media_type);
        response.insert_header(disposition(self.name));
        if request.method() == Method::HEAD {
            return response.body(Stream::only_size(Some(bytes)));
        }
        response.body(Stream::new(Some(bytes), place, move |out| copy(file, first, bytes, out)))
    }
}

/// A file to be kept under its name (RFC 6266).
pub(super) fn disposition(name: &str) -> ContentDisposition {
    let mut parameters = vec![DispositionParam::Filename(name.to_owned())];
    if !name.is_ascii() {
        parameters.push(DispositionParam::FilenameExt(ExtendedValue {
            charset: header::Charset::Ext("UTF-8".into()),
            language_tag: None,
            value: name.as_bytes().to_vec(),
        }));
    }
    ContentDisposition { disposition: DispositionType::Attachment, parameters }
}

fn copy(mut file: File, first: u64, bytes: u64, mut out: &mut dyn Write) -> io::Result<()> {
    file.seek(SeekFrom::Start(first))?;
    let copied = io::copy(&mut file.take(bytes), &mut out)?;
    if copied == bytes { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

/// Whether a part may be sent: of a file that is still the one begun with (RFC 9110, 13.1.5).
fn may_be_resumed(request: &HttpRequest, tag: &EntityTag) -> bool {
    if !request.headers().contains_key(header::IF_RANGE) {
        return true;
    }
    matches!(IfRange::parse(request), Ok(IfRange::EntityTag(known)) if known.strong_eq(tag))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    const FILE: Served<'_> =
        Served { name: "a.pdf", media_type: "application/pdf", bytes: 100, sha256: "ab12" };

    fn wanted(headers: &[(&'static str, &'static str)]) -> Wanted {
        let request = headers
            .iter()
            .fold(TestRequest::get(), |request, header| request.insert_header(*header));
        FILE.wanted(&request.to_http_request())
    }

    #[test]
    fn one_range_is_cut_to_the_file() {
        for (range, first, bytes) in
            [("0-9", 0, 10), ("90-", 90, 10), ("-1", 99, 1), ("-500", 0, 100), ("50-500", 50, 50)]
        {
            let header: &'static str = format!("bytes={range}").leak();
            assert_eq!(wanted(&[("Range", header)]), Wanted::Part { first, bytes }, "{range}");
        }
    }

    #[test]
    fn what_is_no_single_range_is_answered_with_the_whole() {
        for header in ["", "bytes=9-0", "bytes=0-1,5-6", "lines=1-2", "bytes=x", "bytes=-"] {
            assert_eq!(wanted(&[("Range", header)]), Wanted::Whole, "{header}");
        }
        assert_eq!(wanted(&[("Range", "bytes=100-")]), Wanted::Beyond);
        assert_eq!(wanted(&[("Range", "bytes=-0")]), Wanted::Beyond);
    }

    #[test]
    fn a_range_of_another_file_is_answered_with_the_whole() {
        let range = ("Range", "bytes=50-");
        let resumed = Wanted::Part { first: 50, bytes: 50 };
        assert_eq!(wanted(&[range, ("If-Range", "\"ab12\"")]), resumed);
        for tag in ["\"cd34\"", "W/\"ab12\"", "Tue, 24 Nov 2026 05:00:00 GMT", "x"] {
            assert_eq!(wanted(&[range, ("If-Range", tag)]), Wanted::Whole, "{tag}");
        }
    }

    #[test]
    fn who_has_the_file_gets_nothing() {
        assert_eq!(wanted(&[("If-None-Match", "\"x\", \"ab12\"")]), Wanted::Nothing);
        assert_eq!(wanted(&[("If-None-Match", "\"x\"")]), Wanted::Whole);
    }

    #[test]
    fn a_name_beyond_ascii_is_given_in_both_ways() {
        let plain = disposition("0001-a4.pdf").to_string();
        assert_eq!(plain, "attachment; filename=\"0001-a4.pdf\"");
        let other = disposition("mẫu.pdf").to_string();
        assert!(other.ends_with("filename*=UTF-8''m%E1%BA%ABu.pdf"), "{other}");
    }
}
