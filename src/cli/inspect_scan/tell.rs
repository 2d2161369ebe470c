//! What was found, for people, for scripts and as a list.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Value, json};

use super::{Looked, page_name};
use crate::accounting::Moved;
use crate::code::text;
use crate::inspection::{CellReport, CellState, Reading};
use crate::printing::Imposition;
use crate::vietnamese::number;

/// Below this, symbols are read, but with little to spare.
const MODULE_PX_GOOD: f64 = 2.5;

/// The spoilage list: what is not right.
pub(super) fn list(looked: &[Looked<'_>]) -> String {
    let mut rows = String::from("sheet,cell,serial,state\n");
    for it in looked {
        for CellReport { cell, serial, state, .. } in findings(it) {
            let serial = text::serial_grouped(*serial);
            // Writing to a string cannot fail.
            let _ = writeln!(rows, "{},{cell},{serial},{}", it.sheet, state.key());
        }
    }
    rows
}

pub(super) fn facts(looked: &[Looked<'_>], marked: Option<&Moved>) -> Value {
    let spoiled =
        marked.map(|it| json!({ "moved": it.moved, "already": it.already, "left": it.left }));
    json!({ "sheets": looked.iter().map(sheet).collect::<Vec<_>>(), "spoiled": spoiled })
}

fn sheet(looked: &Looked<'_>) -> Value {
    let report = &looked.report;
    let counts = CellState::ALL.map(|state| (state.key().to_owned(), report.count(state).into()));
    let cells = report.cells.iter().map(|cell| {
        json!({
            "cell": cell.cell,
            "serial": text::serial_grouped(cell.serial),
            "state": cell.state.key(),
            "found": cell.found.as_ref().map(said),
            "also_in": cell.also_in,
        })
    });
    json!({
        "image": looked.image,
        "page": looked.page.0,
        "pages": looked.page.1,
        "batch": text::batch(looked.batch),
        "sheet": looked.sheet,
        "layout": looked.imposition.layout.name,
        "right": report.is_right(),
        "located": report.located,
        "clear": report.is_clear(),
        "pixels_per_module": report.module_px,
        "counts": counts.into_iter().collect::<serde_json::Map<_, _>>(),
        "cells": cells.collect::<Vec<_>>(),
        "strays": report.strays.iter().map(said).collect::<Vec<_>>(),
    })
}

pub(super) fn tell(looked: &[Looked<'_>], marked: Option<&Moved>) {
    looked.iter().for_each(tell_sheet);
    if let Some(marked) = marked {
        let [moved, already, left] = [marked.moved, marked.already, marked.left].map(number);
        println!("{moved} stamps are now spoiled; {already} were already, {left} left as they are");
    } else if looked.iter().flat_map(findings).any(|cell| cell.state.is_spoiled()) {
        println!(
            "To mark them: ocop stamp spoil SERIAL --reason …, or this with --spoil --reason …"
        );
    }
}

fn tell_sheet(looked: &Looked<'_>) {
    let Looked { image, page, sheet, report, .. } = looked;
    let batch = text::batch(looked.batch);
    println!("{}: sheet {sheet} of batch {batch}", page_name(image, *page));
    println!("{}", grid(looked).trim_end());
    let counted = CellState::ALL.into_iter().map(|state| (report.count(state), state.key()));
    let counted = counted.filter(|(count, _)| *count > 0);
    let counted: Vec<String> = counted.map(|(count, key)| format!("{count} {key}")).collect();
    println!("{} stamps: {}", report.cells.len(), counted.join(", "));
    for cell in findings(looked) {
        println!("{}", line(cell));
    }
    if !report.strays.is_empty() {
        let strays: Vec<String> = report.strays.iter().map(said).collect();
        println!("read, but in the place of no stamp of this sheet: {}", strays.join(", "));
    }
    if !report.is_clear() {
        println!(
            "note: the picture does not show {} stamps well enough (it is out of focus there, a \
             lamp or flash is mirrored, or nothing near them can be read): take it again, in \
             focus, without flash and from aside",
            report.count(CellState::Unclear)
        );
    }
    if !report.located {
        println!("note: too few codes are of this sheet to say where the others should be");
    } else if report.module_px < MODULE_PX_GOOD {
        println!("note: a module has {:.1} pixels: scan at 300 dpi", report.module_px);
    }
}

fn line(cell: &CellReport) -> String {
    let CellReport { cell: place, serial, state, found, also_in } = cell;
    let mut line = format!("  cell {place:>3}  {}  {}", text::serial_grouped(*serial), state.key());
    if !also_in.is_empty() {
        let places = also_in.iter().map(|&at| match at {
            0 => "beside the cells".to_owned(),
            cell => format!("in cell {cell}"),
        });
        line = format!("{line}; read {}", places.collect::<Vec<_>>().join(", "));
    }
    if let Some(found) = found {
        line = format!("{line}; in its place is {}", said(found));
    }
    line
}

/// The sheet as it lies: a mark for each cell.
fn grid(looked: &Looked<'_>) -> String {
    let mut rows: BTreeMap<i32, BTreeMap<i32, char>> = BTreeMap::new();
    for cell in &looked.report.cells {
        let (x, y) = corner(looked.imposition, cell.cell);
        rows.entry(y).or_default().insert(x, mark(cell.state));
    }
    let mut lines = String::new();
    for row in rows.values() {
        for mark in row.values() {
            let _ = write!(lines, " {mark}");
        }
        lines.push('\n');
    }
    lines
}

/// Where a cell is, from the upper left.
fn corner(imposition: &Imposition, cell: u32) -> (i32, i32) {
    let trim = imposition.on_page(imposition.cell(cell));
    (trim.x, -trim.y)
}

fn mark(state: CellState) -> char {
    match state {
        CellState::Read => '✓',
        CellState::Double => '2',
        CellState::Elsewhere | CellState::Foreign => '!',
        CellState::Unreadable => '✗',
        CellState::Blank => '·',
        CellState::Unclear | CellState::OutsidePicture | CellState::Missing => '?',
    }
}

fn findings<'a>(looked: &'a Looked<'_>) -> impl Iterator<Item = &'a CellReport> {
    looked.report.cells.iter().filter(|cell| cell.state != CellState::Read)
}

/// A serial, or what else a code says.
fn said(reading: &Reading) -> String {
    match reading {
        Reading::Stamp(serial) => text::serial_grouped(*serial),
        Reading::Other(text) => format!("“{text}”"),
    }
}
