//! Sheets at the desk: made for the print shop's paper, and fetched by its people.

use std::collections::BTreeSet;
use std::fs::File;

use super::{Worker, batches};
use crate::code::text;
use crate::delivery;
use crate::domain::calendar::vietnam_day;
use crate::domain::design::DesignRef;
use crate::domain::print_job::Download;
use crate::domain::serial::BatchNumber;
use crate::domain::sheet::Printing;
use crate::press::approved;
use crate::press::{self, PressError, PrintOrder, PrintOrderError, PrintSettings};
use crate::printing::{Design, Imposition, Layout, LeftOut, StampSize};
use crate::shipping::{Contents, Entry, Parcel, ShippingError};
use crate::store::batch_list::ListedBatch;
use crate::store::{Store, StoreError, designs, printings};

/// The sheets of a batch.
#[derive(Clone, Debug)]
pub struct SheetFile {
    /// The batch.
    pub listed: ListedBatch,
    /// Those that were made, each printing with its files.
    pub parcels: Vec<Parcel>,
    /// What they can be made on: layouts by name and title, and approved designs.
    pub choices: Choices,
}

/// What sheets can be made on.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// Layouts.
    pub layouts: Vec<LayoutChoice>,
    /// Names of approved designs.
    pub designs: Vec<String>,
    /// Plates that one of these or a layout has, and that can be left out.
    pub plates: Vec<String>,
    /// What is chosen unless somebody says otherwise.
    pub usual: (String, String),
}

/// A layout to choose.
#[derive(Clone, Debug)]
pub struct LayoutChoice {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// Whether an approved design has a place on it.
    pub has_design: bool,
}

/// Why sheets were not made.
#[derive(Debug, thiserror::Error)]
pub enum SheetsError {
    /// There is no such batch for this person.
    #[error("there is no such batch")]
    NoBatch,
    /// There is no such layout.
    #[error("there is no such layout")]
    NoLayout,
    /// The batch cannot be printed so.
    #[error(transparent)]
    Order(#[from] PrintOrderError),
    /// The files were not written.
    #[error(transparent)]
    Press(#[from] PressError),
    /// The register failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The sheets of a batch; none where there is no such batch for this person.
///
/// # Errors
/// [`ShippingError`].
pub fn get(
    store: &Store,
    settings: &PrintSettings,
    worker: &Worker,
    number: BatchNumber,
) -> Result<Option<SheetFile>, ShippingError> {
    let Some(listed) = batches::seen(store, worker, number)? else { return Ok(None) };
    let printings = store.read(|register| printings::of_batch(register, number))?;
    let name = text::batch(number);
    let mut parcels = Vec::new();
    for printing in printings {
        match Parcel::read(&settings.folder, &name, &printing) {
            // Other forms than PDF have no manifest, and are handed over by the office.
            Err(ShippingError::NotPrinted(_)) => {}
            read => parcels.push(read?),
        }
    }
    let designs = store.read(designs::approved_names)?;
    let usual = (settings.layout.clone(), settings.design.clone());
    let approved = approved(store, settings, (number, worker), &designs);
    let sizes: Vec<StampSize> = approved.iter().map(Design::size).collect();
    let layouts = layouts(settings);
    let plates = plates(&approved, &layouts);
    let layouts = layouts.into_iter().map(|layout| LayoutChoice {
        has_design: sizes.iter().any(|size| Imposition::new(&layout, *size).is_ok()),
        name: layout.name,
        title: layout.title,
    });
    let choices = Choices { layouts: layouts.collect(), designs, plates, usual };
    Ok(Some(SheetFile { listed, parcels, choices }))
}

/// The designs that a batch may be printed with.
fn approved(
    store: &Store,
    settings: &PrintSettings,
    (number, worker): (BatchNumber, &Worker),
    designs: &[String],
) -> Vec<Design> {
    let design = |name: &String| {
        let design = DesignRef { name: name.clone(), version: None };
        let day = vietnam_day(worker.at);
        let approved = approved::approved(store, number, &settings.layout, &design, day);
        approved.ok().map(|it| it.design().clone())
    };
    designs.iter().filter_map(design).collect()
}

/// Plates that can be left out of sheets of these designs on these layouts, each once.
fn plates(designs: &[Design], layouts: &[Layout]) -> Vec<String> {
    let mut plates = BTreeSet::new();
    for design in designs {
        plates.extend(layouts.iter().flat_map(|layout| LeftOut::possible(design, &layout.die)));
    }
    plates.into_iter().collect()
}

/// The office's own layouts, and those that come with the program.
fn layouts(settings: &PrintSettings) -> Vec<Layout> {
    let mut names = settings.library.own_layouts();
    names.extend(Layout::shipped().into_iter().map(str::to_owned));
    names.sort();
    names.dedup();
    names.iter().filter_map(|name| settings.library.layout(name).ok()).collect()
}

/// How sheets are to be made.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Name of the layout.
    pub layout: String,
    /// Name of the design.
    pub design: String,
    /// The producer's lot, where the stamps are printed for one.
    pub lot: Option<String>,
    /// Plates that are not printed.
    pub without: Vec<String>,
}

/// Makes the sheets of a batch. Made again, they are the same files.
///
/// # Errors
/// [`SheetsError`].
pub fn make(
    store: &Store,
    settings: &PrintSettings,
    worker: &Worker,
    number: BatchNumber,
    wanted: &Wanted,
) -> Result<(), SheetsError> {
    batches::seen(store, worker, number)?.ok_or(SheetsError::NoBatch)?;
    // Names only: no path of somebody else's choosing is read.
    let known = layouts(settings).into_iter().find(|known| known.name == wanted.layout);
    let layout = known.ok_or(SheetsError::NoLayout)?;
    let design = DesignRef { name: wanted.design.clone(), version: None };
    let how = (&design, &*wanted.without);
    let order = settings.order(store, number, layout, how, vietnam_day(worker.at))?;
    let order = PrintOrder { lot: wanted.lot.clone(), ..order };
    press::print(store, &order, |_| ())?;
    Ok(())
}

/// The files of one printing; none where there are none for this person.
///
/// # Errors
/// [`ShippingError`].
pub fn parcel(
    store: &Store,
    settings: &PrintSettings,
    worker: &Worker,
    number: BatchNumber,
    printing: &Printing,
) -> Result<Option<Parcel>, ShippingError> {
    let seen = batches::seen(store, worker, number)?;
    let printings = store.read(|register| printings::of_batch(register, number))?;
    // Only what the register names is looked for among the files.
    if seen.is_none() || !printings.contains(printing) {
        return Ok(None);
    }
    match Parcel::read(&settings.folder, &text::batch(number), printing) {
        Err(ShippingError::NotPrinted(_)) => Ok(None),
        read => read.map(Some),
    }
}

/// Opens a file to be given out; where its download begins, that is noted.
///
/// # Errors
/// [`ShippingError`].
pub fn open(
    store: &Store,
    worker: &Worker,
    number: BatchNumber,
    (parcel, entry): (&Parcel, &Entry),
    is_beginning: bool,
) -> Result<File, ShippingError> {
    let file = parcel.open(entry)?;
    if is_beginning {
        note(store, worker, number, &entry.name, sheets(entry))?;
    }
    Ok(file)
}

/// Notes that a file begins to be fetched, by whom.
///
/// # Errors
/// [`StoreError`].
pub fn note(
    store: &Store,
    worker: &Worker,
    number: BatchNumber,
    file: &str,
    sheets: Option<(u32, u32)>,
) -> Result<(), StoreError> {
    let download = Download { file: file.to_owned(), sheets };
    store.write(|register| delivery::noted(register, number, &download, worker.act()).map(drop))
}

fn sheets(entry: &Entry) -> Option<(u32, u32)> {
    let Contents::Volume { first_sheet, last_sheet, .. } = &entry.contents else { return None };
    u32::try_from(*first_sheet).ok().zip(u32::try_from(*last_sheet).ok())
}
