//! Rules of streams: filters, lengths, data outside the file.

use hayro_syntax::Filter;

use super::document::Check;
use super::reach::Reached;
use super::read;
use super::report::Place;
use super::rule::Rule;

pub(super) fn check(check: &mut Check<'_>, reached: &Reached<'_>) {
    let Some(stream) = &reached.stream else { return };
    // In a stream, F is the file that holds its data (ISO 32000-1, table 5).
    if read::has(&reached.dict, "F") {
        check.findings.add(Rule::ContentExternal, reached.place(), "stream data in another file");
        return;
    }
    compression(check, &stream.filters(), reached.place());
    let said = reached.dict.get::<u32>("Length").and_then(|length| usize::try_from(length).ok());
    let found = stream.raw_data().len();
    if !check.document.frame.encrypted && said != Some(found) {
        let said = said.map_or("nothing".to_owned(), |length| length.to_string());
        let detail = format!("it says {said}, there are {found} bytes");
        check.findings.add(Rule::FileStreamLength, reached.place(), detail);
    }
}

/// Which filters a stream or an inline image may use.
pub(super) fn compression(check: &mut Check<'_>, filters: &[Filter], place: Place) {
    if check.standard.is_none() {
        return;
    }
    for filter in filters {
        let rule = match filter {
            Filter::LzwDecode => Rule::FiltersLzw,
            Filter::Crypt => Rule::FiltersCrypt,
            Filter::Jbig2Decode if check.x1a() => Rule::FiltersJbig2,
            Filter::JpxDecode if check.x1a() => Rule::FiltersJpx,
            _ => continue,
        };
        check.findings.add(rule, place, "");
    }
}
