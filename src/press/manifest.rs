//! The manifest of a printing as JSON: what was written, so that a shop can check what it received.

use std::io;
use std::path::Path;

use serde::Serialize;

use super::{PrintOrder, file_name};
use crate::domain::batch::Batch;
use crate::files;
use crate::printing::{Imposition, Printed};

/// The manifest: names, not paths, since files are moved.
#[derive(Serialize)]
struct Manifest<'a> {
    batch: &'a str,
    product: &'a str,
    producer: &'a str,
    stars: u8,
    stamps: u32,
    layout: &'a str,
    design: DesignFacts<'a>,
    standard: &'static str,
    output_intent: Option<&'a str>,
    die_line: Option<&'a str>,
    /// Plates that are left out.
    without: Vec<&'a str>,
    page_mm: (f64, f64),
    stamp_mm: (f64, f64),
    cells: u32,
    sheets: u64,
    module: Module,
    codes: &'a str,
    ticket: &'a str,
    volumes: Vec<VolumeFacts<'a>>,
    files: &'a [FileFacts],
}

/// A file that goes with the volumes.
#[derive(Serialize)]
pub(super) struct FileFacts {
    file: String,
    bytes: u64,
    sha256: String,
}

impl FileFacts {
    /// Of a file that is written.
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        let (bytes, sha256) = files::sha256(path)?;
        Ok(Self { file: file_name(path), bytes, sha256 })
    }
}

#[derive(Serialize)]
struct DesignFacts<'a> {
    name: &'a str,
    version: u32,
    sha256: &'a str,
}

/// A module of the symbols is a whole number of the device's dots.
#[derive(Serialize)]
struct Module {
    dots: i32,
    dpi: u32,
    mm: f64,
}

#[derive(Serialize)]
struct VolumeFacts<'a> {
    number: u32,
    file: &'a str,
    first_sheet: u64,
    last_sheet: u64,
    pages: u64,
    first_serial: &'a str,
    last_serial: &'a str,
    stamps: u64,
    bytes: u64,
    sha256: &'a str,
}

/// Writes the manifest. The same printing gives the same bytes. `names` are those of the volumes;
/// `beside` are the list of codes and the ticket.
pub(super) fn json(
    order: &PrintOrder,
    (name, batch): (&str, &Batch),
    imposition: &Imposition,
    printed: &Printed,
    (names, beside): (&[String], &[FileFacts; 2]),
) -> serde_json::Result<Vec<u8>> {
    let face = &batch.intent.face;
    let (layout, design) = (&imposition.layout, order.design.design());
    let press = &layout.press;
    let [codes, ticket] = beside;
    let is_cut = layout.die.is_drawn(press.standard) && !order.without.has(&layout.die.name);
    let volumes = names.iter().zip(&printed.volumes).map(|(file, volume)| VolumeFacts {
        number: volume.number,
        file,
        first_sheet: volume.first_sheet,
        last_sheet: volume.last_sheet,
        pages: volume.last_sheet - volume.first_sheet + 1,
        first_serial: &volume.first_serial,
        last_serial: &volume.last_serial,
        stamps: volume.stamps,
        bytes: volume.bytes,
        sha256: &volume.sha256,
    });
    let manifest = Manifest {
        batch: name,
        product: &face.product_name,
        producer: &face.producer_name,
        stars: face.stars.get(),
        stamps: batch.intent.quantity.get(),
        layout: &layout.name,
        design: DesignFacts {
            name: &design.name,
            version: design.data.version,
            sha256: &design.sha256,
        },
        standard: press.standard.title(),
        output_intent: order.intent.as_ref().map(|intent| intent.view().identifier),
        die_line: is_cut.then_some(layout.die.name.as_str()),
        without: order.without.names().collect(),
        page_mm: layout.page_mm,
        stamp_mm: design.data.size_mm,
        cells: imposition.cells(),
        sheets: imposition.sheets_for(batch.intent.quantity.get().into()),
        module: Module {
            dots: printed.module,
            dpi: layout.dots().dpi(),
            mm: (printed.module_mm * 10_000.0).round() / 10_000.0,
        },
        codes: &codes.file,
        ticket: &ticket.file,
        volumes: volumes.collect(),
        files: beside,
    };
    let mut json = serde_json::to_vec_pretty(&manifest)?;
    json.push(b'\n');
    Ok(json)
}
