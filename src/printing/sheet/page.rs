//! One sheet: static art in every cell, then the symbols, then the serial numbers, then the slug.
//!
//! Static and variable parts are kept apart, so that a press can cache the one and has nothing
//! to look for in the other.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::{Face, Job, Warning, marks};
use crate::printing::design::{Art, Label, MIN_MODULE_MM, place_code};
use crate::printing::geometry::{POINTS_PER_DOT, Rect, as_f32, mm};
use crate::printing::pdf::content::{BLACK, Content, deflate};
use crate::printing::pdf::font::{FontError, Fonts, Style, Subset};
use crate::printing::qr::{self, QrError};

/// Names of the two forms among a page's resources.
pub(super) const ART: &str = "A";
pub(super) const MARKS: &str = "M";

/// What serial numbers are made of.
const SERIAL_LETTERS: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-";

/// What all sheets of a job share.
pub(super) struct Plan<'a> {
    pub(super) job: &'a Job<'a>,
    fonts: &'a Fonts<'a>,
    pub(super) art: Art,
    pub(super) marks: Content,
    pub(super) subsets: Vec<(Style, Subset)>,
    pub(super) sheets: u64,
    cells: Vec<Rect>,
}

/// A finished page.
pub(super) struct Page {
    /// Its compressed content.
    pub(super) content: Vec<u8>,
    pub(super) stamps: u64,
    pub(super) first_serial: String,
    pub(super) last_serial: String,
    pub(super) smallest_module_mm: f64,
}

/// A page, or the serial number of the stamp that has no symbol.
type PageResult = Result<Page, (String, QrError)>;

impl<'a> Plan<'a> {
    pub(super) fn new(job: &'a Job<'a>, fonts: &'a Fonts<'a>) -> Result<Self, FontError> {
        let label = Label {
            product_name: job.product_name,
            producer_name: job.producer_name,
            stars: job.stars,
        };
        let art = job.design.draw(label, job.layout, fonts)?;
        for text in marks::slug_texts(job) {
            fonts.get(marks::STYLE).check(&text)?;
        }
        let subsets = subsets(job, fonts, &art)?;
        Ok(Self {
            job,
            fonts,
            marks: marks::crop_marks(job.layout),
            subsets,
            sheets: job.layout.sheets_for(job.total),
            cells: (1..=job.layout.cells()).map(|cell| job.layout.cell(cell)).collect(),
            art,
        })
    }

    pub(super) fn cells(&self) -> usize {
        self.cells.len()
    }

    /// Makes the pages of some sheets, on all cores.
    pub(super) fn pages(&self, first_sheet: u64, sheets: &[Vec<Face>]) -> Vec<PageResult> {
        let numbered: Vec<_> = (first_sheet..).zip(sheets).collect();
        numbered.into_par_iter().map(|(sheet, faces)| self.page(sheet, faces)).collect()
    }

    pub(super) fn warnings(&self, smallest_module_mm: f64) -> Vec<Warning> {
        let shortened = self.art.shortened.iter();
        let mut warnings: Vec<Warning> =
            shortened.map(|name| Warning::Shortened { name: name.clone() }).collect();
        if smallest_module_mm < MIN_MODULE_MM {
            warnings.push(Warning::SmallModules { module_mm: smallest_module_mm });
        }
        warnings
    }

    fn page(&self, sheet: u64, faces: &[Face]) -> PageResult {
        let mut content = Content::default();
        content.op(&[POINTS_PER_DOT, 0.0, 0.0, POINTS_PER_DOT, 0.0, 0.0], "cm");
        content.form(MARKS, 0, 0);
        for (_, cell) in faces.iter().zip(&self.cells) {
            content.form(ART, cell.x, cell.y);
        }
        content.fill_ink(BLACK);
        let smallest_module = self.symbols(&mut content, faces)?;
        self.serials(&mut content, faces);
        marks::slug(&mut content, self.job, self.fonts, (sheet, self.sheets), faces);
        Ok(Page {
            content: deflate(content.as_bytes()),
            stamps: u64::try_from(faces.len()).unwrap_or(u64::MAX),
            first_serial: faces.first().map_or_else(String::new, |face| face.serial.clone()),
            last_serial: faces.last().map_or_else(String::new, |face| face.serial.clone()),
            smallest_module_mm: mm(smallest_module),
        })
    }

    /// Paints the symbols; returns their smallest module in dots.
    fn symbols(&self, content: &mut Content, faces: &[Face]) -> Result<i32, (String, QrError)> {
        let mut smallest = i32::MAX;
        for (face, cell) in faces.iter().zip(&self.cells) {
            let symbol = qr::encode(&face.text, self.job.level)
                .map_err(|error| (face.serial.clone(), error))?;
            let place = place_code(&symbol, self.art.code);
            content.symbol(&symbol, cell.x + place.x, cell.y + place.y, place.side);
            smallest = smallest.min(place.module);
        }
        Ok(smallest)
    }

    /// Writes the serial numbers as one text, each placed from the one before.
    fn serials(&self, content: &mut Content, faces: &[Face]) {
        let line = self.art.serial;
        let size = as_f32(line.size);
        let font = self.fonts.get(line.style);
        let mut from = (0.0, 0.0);
        content.begin_text(line.style, size);
        for (face, cell) in faces.iter().zip(&self.cells) {
            let half = (font.width(&face.serial) * size / 2.0).round();
            let to = (as_f32(cell.x + line.centre) - half, as_f32(cell.y + line.baseline));
            content.show(to.0 - from.0, to.1 - from.1, &face.serial);
            from = to;
        }
        content.op(&[], "ET");
    }
}

/// The fonts, each cut down to what the job writes in it.
fn subsets(job: &Job<'_>, fonts: &Fonts<'_>, art: &Art) -> Result<Vec<(Style, Subset)>, FontError> {
    let mut written: Vec<(Style, String)> = art.texts.clone();
    written.push((art.serial.style, SERIAL_LETTERS.to_owned()));
    written.push((marks::STYLE, SERIAL_LETTERS.to_owned()));
    written.extend(marks::slug_texts(job).map(|text| (marks::STYLE, text)));
    Style::ALL
        .into_iter()
        .map(|style| {
            let texts = written.iter().filter(|(used, _)| *used == style);
            let characters: BTreeSet<char> = texts.flat_map(|(_, text)| text.chars()).collect();
            Ok((style, Subset::new(fonts.get(style), &characters)?))
        })
        .collect()
}
