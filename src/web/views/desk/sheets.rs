//! The sheets of a batch.

use askama::Template;

use super::Frame;
use crate::code::text;
use crate::desk::sheets::SheetFile;
use crate::shipping::Parcel;
use crate::web::urls;
use crate::web::views::pages::render;
use crate::web::views::parcel::{FileView, size};
use crate::web::words::Words;

#[derive(Template)]
#[template(path = "desk/sheets.html")]
struct SheetsPage<'a> {
    frame: Frame,
    batch: String,
    batch_href: String,
    product: &'a str,
    problem: Option<String>,
    path: String,
    layouts: Vec<LayoutOption<'a>>,
    /// Name, and whether it is chosen.
    designs: Vec<(&'a str, bool)>,
    /// Plates that can be left out.
    plates: &'a [String],
    printings: Vec<PrintingView<'a>>,
}

/// A paper to choose.
struct LayoutOption<'a> {
    name: &'a str,
    title: &'a str,
    is_chosen: bool,
    /// Whether a design has a place on it.
    is_open: bool,
}

/// What was made for one paper with one design.
struct PrintingView<'a> {
    title: String,
    sheets: String,
    files: Vec<FileView<'a>>,
    all_href: String,
    all_size: String,
}

/// The page.
pub(in crate::web) fn page(
    frame: Frame,
    file: &SheetFile,
    problem: Option<String>,
) -> askama::Result<String> {
    let words = frame.words;
    let number = i64::from(file.listed.number.get());
    let path = urls::of(urls::SHEETS, number);
    let (layout, design) = &file.choices.usual;
    let layouts = file.choices.layouts.iter();
    let designs = file.choices.designs.iter();
    render(&SheetsPage {
        batch: text::batch(file.listed.number),
        batch_href: urls::of(urls::BATCH, number),
        product: &file.listed.product_name,
        problem,
        layouts: layouts
            .map(|it| LayoutOption {
                name: &it.name,
                title: &it.title,
                is_chosen: it.name == *layout && it.has_design,
                is_open: it.has_design,
            })
            .collect(),
        designs: designs.map(|name| (&**name, name == design)).collect(),
        plates: &file.choices.plates,
        printings: file.parcels.iter().map(|it| printing(words, file, &path, it)).collect(),
        path,
        frame,
    })
}

fn printing<'a>(
    words: Words,
    file: &'a SheetFile,
    path: &str,
    parcel: &'a Parcel,
) -> PrintingView<'a> {
    let printing = &parcel.printing;
    let title = file.choices.layouts.iter().find(|it| it.name == printing.layout);
    let layout = title.map_or(&*printing.layout, |it| &it.title);
    let folder = format!("{path}/{}/{}", printing.layout, printing.design);
    let bytes = parcel.entries.iter().map(|entry| entry.bytes).sum();
    let (sheets, stamps) = (words.number(parcel.facts.sheets), words.number(parcel.facts.stamps));
    PrintingView {
        title: format!("{layout} · {}", printing.design),
        sheets: words.fill("sheets.count", [("sheets", &sheets), ("stamps", &stamps)]),
        files: parcel
            .entries
            .iter()
            .map(|entry| FileView::new(words, entry, format!("{folder}/{}", entry.name)))
            .collect(),
        all_href: format!("{folder}/{}", urls::ARCHIVE),
        all_size: size(words, bytes),
    }
}
