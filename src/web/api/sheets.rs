//! Sheets of a batch: made, and fetched by the print shop.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::call::Call;
use super::files::FileAnswer;
use super::input::Line;
use super::operation::NoQuery;
use super::problem::{Kind, Problem};
use super::refusal;
use crate::code::text;
use crate::desk::sheets::{self as desk, SheetFile, Wanted};
use crate::domain::serial::BatchNumber;
use crate::domain::sheet::Printing;
use crate::shipping::{Entry, Parcel, ShippingError};
use crate::web::handlers::parcel::media_type;
use crate::web::urls::{self, ARCHIVE};

/// Media types of the files.
pub(in crate::web) const FILES: &[&str] =
    &["application/pdf", "text/csv", "application/json", "application/zip"];

/// Plates that can be left out at once.
const PLATES_MAX: usize = 50;

/// What sheets are to be made on.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewSheets")]
pub(in crate::web) struct WantedJson {
    /// Name of the layout.
    layout: Line,
    /// Name of an approved design.
    design: Line,
    /// The producer's lot, where the stamps are printed for one.
    #[serde(default)]
    lot: Option<Line>,
    /// Plates that are not printed, such as “varnish”: see `plates`.
    #[serde(default)]
    #[schemars(length(max = PLATES_MAX))]
    without: Vec<Line>,
}

/// The sheets of a batch.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Sheets")]
pub(in crate::web) struct SheetsJson {
    /// The batch.
    batch: String,
    /// Layouts that sheets can be made on.
    layouts: Vec<LayoutJson>,
    /// Approved designs.
    designs: Vec<String>,
    /// Plates of these and of the layouts that can be left out.
    plates: Vec<String>,
    /// The layout that is mostly taken.
    usual_layout: String,
    /// The design that is mostly taken.
    usual_design: String,
    /// What was made.
    printings: Vec<PrintingJson>,
}

/// A layout.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Layout")]
struct LayoutJson {
    /// Its name.
    name: String,
    /// What people call it.
    title: String,
}

/// Sheets on one layout with one design.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Printing")]
struct PrintingJson {
    /// Name of the layout.
    layout: String,
    /// Name of the design.
    design: String,
    /// How many sheets.
    sheets: u64,
    /// How many stamps.
    stamps: u64,
    /// The files.
    files: Vec<FileJson>,
    /// Where all files are, as one ZIP.
    archive: String,
}

/// A file of a printing.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PrintFile")]
struct FileJson {
    /// Its name.
    name: String,
    /// Where it is; a part of it can be asked for (`Range`).
    path: String,
    /// Its media type.
    media_type: &'static str,
    /// Its length.
    bytes: u64,
    /// Its SHA-256, in lower-case hexadecimal.
    sha256: String,
}

/// The sheets of a batch, and what more can be made on.
pub(in crate::web) fn get(call: &Call, _: NoQuery) -> Result<SheetsJson, Problem> {
    let found = desk::get(&call.store, &call.printing, &call.worker(), call.batch()?);
    found.map_err(torn)?.map(shape).ok_or_else(|| Kind::NotFound.into())
}

/// Makes sheets.
pub(in crate::web) fn make(call: &Call, said: WantedJson) -> Result<(), Problem> {
    let (worker, number) = (call.worker(), call.batch()?);
    // As a download does: only so many at a time.
    let _place = call.places.take().map_err(|_full| Kind::Busy)?;
    if said.without.len() > PLATES_MAX {
        return Err(call.invalid("#/without"));
    }
    let wanted = Wanted {
        layout: said.layout.0,
        design: said.design.0,
        lot: said.lot.map(|lot| lot.0),
        without: said.without.into_iter().map(|plate| plate.0).collect(),
    };
    let made = desk::make(&call.store, &call.printing, &worker, number, &wanted);
    made.map_err(|why| refusal::sheets(call.words, why))
}

/// A file of a printing, or all of them as one archive.
pub(in crate::web) fn file(call: &Call) -> Result<FileAnswer, Problem> {
    let (number, name) = (call.batch()?, call.part(3));
    let printing = Printing { layout: call.part(1).to_owned(), design: call.part(2).to_owned() };
    let (store, worker) = (call.store.clone(), call.worker());
    let parcel = desk::parcel(&store, &call.printing, &worker, number, &printing);
    let parcel = parcel.map_err(torn)?.ok_or(Kind::NotFound)?;
    if name == ARCHIVE {
        let note = move |name: String| {
            desk::note(&store, &worker, number, &name, None).map_err(Problem::from)
        };
        return Ok(FileAnswer::Archive(parcel, Box::new(note)));
    }
    let entry = parcel.find(name).ok_or(Kind::NotFound)?.clone();
    let of = entry.clone();
    let open = move |is_beginning| {
        desk::open(&store, &worker, number, (&parcel, &of), is_beginning).map_err(torn)
    };
    Ok(FileAnswer::Stored(entry, Box::new(open)))
}

fn torn(why: ShippingError) -> Problem {
    match why {
        ShippingError::Store(why) => why.into(),
        why => Problem::internal("files cannot be given out", &why),
    }
}

fn shape(file: SheetFile) -> SheetsJson {
    let SheetFile { listed, parcels, choices } = file;
    let fitting = choices.layouts.into_iter().filter(|layout| layout.has_design);
    let (usual_layout, usual_design) = choices.usual;
    SheetsJson {
        batch: text::batch(listed.number),
        layouts: fitting.map(|it| LayoutJson { name: it.name, title: it.title }).collect(),
        designs: choices.designs,
        plates: choices.plates,
        usual_layout,
        usual_design,
        printings: parcels.into_iter().map(|it| printing(listed.number, &it)).collect(),
    }
}

fn printing(number: BatchNumber, parcel: &Parcel) -> PrintingJson {
    let Printing { layout, design } = &parcel.printing;
    let path = |file: &str| {
        let path = urls::API_SHEET_FILE.replace("{batch}", &text::batch(number));
        let path = path.replace("{layout}", layout).replace("{design}", design);
        path.replace("{file}", &urls::beside_page(file))
    };
    let file = |entry: &Entry| FileJson {
        name: entry.name.clone(),
        path: path(&entry.name),
        media_type: media_type(&entry.contents),
        bytes: entry.bytes,
        sha256: entry.sha256.clone(),
    };
    PrintingJson {
        layout: layout.clone(),
        design: design.clone(),
        sheets: parcel.facts.sheets,
        stamps: parcel.facts.stamps,
        files: parcel.entries.iter().map(file).collect(),
        archive: path(ARCHIVE),
    }
}
