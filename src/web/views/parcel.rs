//! The files of a printing, for the print shop.

use std::borrow::Cow;

use askama::Template;

use super::finding::Fact;
use super::page::Page;
use super::pages::render;
use crate::domain::calendar::vietnam_time;
use crate::shipping::{Contents, Delivery, Entry};
use crate::web::extract::Visitor;
use crate::web::urls;
use crate::web::words::Words;

#[derive(Template)]
#[template(path = "pages/parcel.html")]
struct ParcelPage<'a> {
    page: Page<'a>,
    lead: String,
    facts: Vec<Fact<'a>>,
    files: Vec<FileView<'a>>,
    all_href: &'static str,
    all_size: String,
}

/// A file as the page shows it.
pub(super) struct FileView<'a> {
    pub(super) title: String,
    name: &'a str,
    pub(super) href: String,
    pub(super) notes: Vec<String>,
    pub(super) size: String,
    pub(super) sha256: &'a str,
}

/// The page of a download link.
pub(in crate::web) fn parcel(
    visitor: Visitor,
    delivery: &Delivery,
    contact: Option<&str>,
) -> askama::Result<String> {
    let words = visitor.words;
    let (link, parcel) = (&delivery.link.details, &delivery.parcel);
    let ends = vietnam_time(link.expires_at);
    let (date, time) = (words.date(ends.date()), words.time(ends));
    let title = words.fill("parcel.title", [("batch", &parcel.batch)]);
    render(&ParcelPage {
        page: Page::new(visitor, title.into(), None, contact),
        lead: words.fill(
            "parcel.lead",
            [("recipient", &link.recipient), ("date", &date), ("time", &time)],
        ),
        facts: facts(words, delivery),
        files: parcel
            .entries
            .iter()
            .map(|entry| FileView::new(words, entry, urls::beside_page(&entry.name)))
            .collect(),
        all_href: urls::ARCHIVE,
        all_size: size(words, parcel.entries.iter().map(|entry| entry.bytes).sum()),
    })
}

fn facts(words: Words, delivery: &Delivery) -> Vec<Fact<'_>> {
    let parcel = &delivery.parcel;
    let (facts, printing) = (&parcel.facts, &parcel.printing);
    let product = format!(
        "{} ({})",
        facts.product,
        words.fill("recognition.stars", [("stars", &facts.stars.to_string())])
    );
    let fact = |key: &str, value: Cow<'static, str>| Fact {
        label: words.say(&format!("parcel.{key}")),
        value: Some(value),
    };
    vec![
        fact("product", product.into()),
        fact("producer", facts.producer.clone().into()),
        fact("stamps", words.number(facts.stamps).into()),
        fact("sheets", words.number(facts.sheets).into()),
        fact("layout", printing.layout.clone().into()),
        fact("design", printing.design.clone().into()),
        fact("standard", facts.standard.clone().into()),
    ]
}

impl<'a> FileView<'a> {
    pub(super) fn new(words: Words, entry: &'a Entry, href: String) -> Self {
        let (title, notes) = match &entry.contents {
            Contents::Volume { number, .. } => {
                let number = number.to_string();
                (words.fill("parcel.volume", [("number", &number)]), volume_notes(words, entry))
            }
            Contents::Ticket => (words.say("parcel.ticket").into_owned(), Vec::new()),
            Contents::Codes => (words.say("parcel.codes").into_owned(), Vec::new()),
            Contents::Manifest => (words.say("parcel.manifest").into_owned(), Vec::new()),
        };
        Self {
            title,
            name: &entry.name,
            href,
            notes,
            size: size(words, entry.bytes),
            sha256: &entry.sha256,
        }
    }
}

/// Which sheets and serials a volume has.
fn volume_notes(words: Words, entry: &Entry) -> Vec<String> {
    let Contents::Volume { first_sheet, last_sheet, first_serial, last_serial, stamps, .. } =
        &entry.contents
    else {
        return Vec::new();
    };
    let (first, last) = (words.number(*first_sheet), words.number(*last_sheet));
    let stamps = words.number(*stamps);
    vec![
        words.fill("parcel.range", [("first", &first), ("last", &last), ("stamps", &stamps)]),
        words.fill("parcel.serials", [("first", first_serial), ("last", last_serial)]),
    ]
}

/// A length in the largest unit that leaves a whole part: `12,3 MB`.
pub(super) fn size(words: Words, bytes: u64) -> String {
    const STEP: u64 = 1_000;
    let (unit, name) = match bytes {
        0..STEP => return format!("{bytes} B"),
        STEP..1_000_000 => (STEP, "kB"),
        1_000_000..1_000_000_000 => (1_000_000, "MB"),
        _ => (1_000_000_000, "GB"),
    };
    let tenths = (u128::from(bytes) * 10 + u128::from(unit) / 2) / u128::from(unit);
    let mark = if words.tag() == "vi" { ',' } else { '.' };
    format!("{}{mark}{} {name}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::language::Language;

    #[test]
    fn lengths_are_written_in_the_unit_people_use() {
        let vietnamese = |bytes| size(Words::of(Language::Vietnamese), bytes);
        assert_eq!(vietnamese(999), "999 B");
        assert_eq!(vietnamese(1_000), "1,0 kB");
        assert_eq!(vietnamese(12_345_678), "12,3 MB");
        assert_eq!(vietnamese(2_960_000_000), "3,0 GB");
        assert_eq!(size(Words::of(Language::English), 12_345_678), "12.3 MB");
    }
}
