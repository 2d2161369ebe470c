//! One sheet: static art in every cell, then the symbols, then the serial numbers, then the slug and
//! the die line.
//!
//! Static and variable parts are kept apart, so that a press can cache the one and has nothing
//! to look for in the other.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::{Face, Job, SheetFault, Warning, marks, slug, words};
use crate::printing::design::{self, Art, CodePlace, MODULE_MM_MIN, Palette, place_code};
use crate::printing::geometry::{Rect, as_f32};
use crate::printing::imposition::Imposition;
use crate::printing::pdf::content::{Content, deflate};
use crate::printing::pdf::font::{Fonts, Style, Subset};
use crate::printing::plate::Plate;
use crate::printing::prepress::Symbols;
use crate::printing::qr::{self, QrError, Symbol};

/// Names of the forms among a page's resources: art with its bleed, marks, die line.
pub(super) const ART: &str = "A";
pub(super) const MARKS: &str = "M";
pub(super) const DIE: &str = "D";
/// Names of the forms that draw the art within [bounds](Bounds): corners, edges and middle of a block
/// have others.
const BOUNDED: [&str; 9] = ["C0", "C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8"];

/// What serial numbers are made of.
pub(super) const SERIAL_LETTERS: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-";

/// What sheets are made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::printing) enum Purpose {
    /// To be printed.
    Press,
    /// To be looked at: the words BẢN IN THỬ lie across every stamp.
    Proof,
    /// To be measured: what lies under codes and serial numbers, without them.
    Ground,
}

/// What all sheets of a job share.
pub(super) struct Plan<'a> {
    pub(super) job: &'a Job<'a>,
    pub(super) purpose: Purpose,
    fonts: &'a Fonts<'a>,
    pub(super) palette: Palette,
    pub(super) art: Art,
    pub(super) marks: Content,
    pub(super) die: Option<Content>,
    pub(super) subsets: Vec<(Style, Subset)>,
    pub(super) sheets: u64,
    /// The forms that draw the art, each with what it may cover from the corner of a trim.
    pub(super) bounds: Vec<(&'static str, Rect)>,
    /// Trims of the cells, and the forms that draw their art.
    cells: Vec<(Rect, &'static str)>,
}

/// A finished page.
pub(super) struct Page {
    /// Its compressed content.
    pub(super) content: Vec<u8>,
    pub(super) stamps: u64,
    pub(super) first_serial: String,
    pub(super) last_serial: String,
    /// Smallest module in dots.
    pub(super) module: i32,
}

/// A page, or the serial number of the stamp that has no symbol.
type PageResult = Result<Page, (String, QrError)>;

impl<'a> Plan<'a> {
    pub(super) fn new(
        job: &'a Job<'a>,
        fonts: &'a Fonts<'a>,
        purpose: Purpose,
    ) -> Result<Self, SheetFault> {
        Self::in_inks(job, fonts, purpose, palette(job)?)
    }

    /// What one plate has of the sheets, in gray.
    pub(super) fn on(
        job: &'a Job<'a>,
        fonts: &'a Fonts<'a>,
        plate: Plate,
    ) -> Result<Self, SheetFault> {
        Self::in_inks(job, fonts, Purpose::Press, palette(job)?.on(plate))
    }

    fn in_inks(
        job: &'a Job<'a>,
        fonts: &'a Fonts<'a>,
        purpose: Purpose,
        palette: Palette,
    ) -> Result<Self, SheetFault> {
        let (imposition, design) = (job.imposition, job.design);
        let frame = (imposition.trim(), imposition.grid());
        let art = design::draw(design, &job.label, &palette, frame, fonts)?;
        if purpose == Purpose::Press {
            design::check(&art.guards, design)?;
        }
        for text in slug::texts(job) {
            fonts.get(slug::STYLE).check(&text)?;
        }
        let bounds = bounds(imposition);
        let form = |cell| {
            let own = imposition.art_bounds(cell);
            bounds.iter().find(|(_, bounds)| *bounds == own).map_or(ART, |(name, _)| *name)
        };
        let cells: Vec<_> =
            (1..=imposition.cells()).map(|cell| (imposition.cell(cell), form(cell))).collect();
        let die = marks::die_line(imposition, design, &palette);
        Ok(Self {
            job,
            purpose,
            fonts,
            marks: marks::around(imposition, &palette),
            die: die.filter(|_| purpose != Purpose::Ground),
            subsets: subsets(job, fonts, &art, purpose)?,
            sheets: imposition.sheets_for(job.total),
            bounds,
            cells,
            art,
            palette,
        })
    }

    /// Makes the pages of some sheets, on all cores.
    pub(super) fn pages(&self, sheets: &[(u64, Vec<(u32, Face)>)]) -> Vec<PageResult> {
        sheets.par_iter().map(|(sheet, faces)| self.page(*sheet, faces)).collect()
    }

    pub(super) fn warnings(&self, smallest_module: i32) -> Vec<Warning> {
        let guards = self.art.guards.iter().cloned();
        let mut warnings: Vec<Warning> = guards.map(Warning::Design).collect();
        let module_mm = self.job.imposition.grid().mm(smallest_module);
        if module_mm < MODULE_MM_MIN {
            warnings.push(Warning::SmallModules { module_mm });
        }
        warnings
    }

    pub(super) fn page(&self, sheet: u64, faces: &[(u32, Face)]) -> PageResult {
        let mut content = Content::default();
        content.op(&scale(self.job.imposition), "cm");
        content.form_here(MARKS);
        self.art(&mut content, faces);
        if self.palette.is_apart() && self.art.page.is_none() {
            content.apart();
        }
        let mut module = i32::MAX;
        if self.purpose != Purpose::Ground {
            let mut codes = Content::default();
            module = self.symbols(&mut codes, faces)?;
            self.serials(&mut codes, faces);
            self.in_black(&mut content, &codes);
        }
        if self.purpose == Purpose::Proof {
            let cells = faces.iter().filter_map(|(cell, _)| self.cell(*cell));
            words::write(&mut content, self.palette.standard(), self.fonts, cells.map(|it| it.0));
        }
        if self.job.imposition.layout.marks.slug {
            let mut line = Content::default();
            slug::write(&mut line, self.job, self.fonts, (sheet, self.sheets), faces, module);
            self.in_black(&mut content, &line);
        }
        if self.die.is_some() {
            content.form_here(DIE);
        }
        // The ends of the run, wherever its codes lie on the sheet.
        let serials = || faces.iter().map(|(_, face)| &face.serial);
        Ok(Page {
            content: deflate(content.as_bytes()),
            stamps: u64::try_from(faces.len()).unwrap_or(u64::MAX),
            first_serial: serials().min().cloned().unwrap_or_default(),
            last_serial: serials().max().cloned().unwrap_or_default(),
            module,
        })
    }

    /// Draws the art of all cells, each within its own bounds, so that none covers a neighbour.
    fn art(&self, content: &mut Content, faces: &[(u32, Face)]) {
        for (cell, form) in faces.iter().filter_map(|(cell, _)| self.cell(*cell)) {
            content.form(form, cell.x, cell.y);
        }
    }

    /// Adds what is drawn in black, on the plates that show it.
    fn in_black(&self, content: &mut Content, drawn: &Content) {
        if let Some(black) = self.palette.black() {
            content.fill_ink(black).append(drawn);
        }
    }

    fn cell(&self, cell: u32) -> Option<(Rect, &'static str)> {
        let index = usize::try_from(cell).ok()?.checked_sub(1)?;
        self.cells.get(index).copied()
    }

    /// Paints the symbols; returns their smallest module in dots.
    fn symbols(
        &self,
        content: &mut Content,
        faces: &[(u32, Face)],
    ) -> Result<i32, (String, QrError)> {
        let mut smallest = i32::MAX;
        for (number, face) in faces {
            let Some((cell, _)) = self.cell(*number) else { continue };
            let symbol = qr::encode(&face.text, self.job.level)
                .map_err(|error| (face.serial.clone(), error))?;
            smallest = smallest.min(self.symbol(content, &symbol, cell));
        }
        Ok(smallest)
    }

    /// Paints a symbol; returns its module in dots.
    fn symbol(&self, content: &mut Content, symbol: &Symbol, cell: Rect) -> i32 {
        let imposition = self.job.imposition;
        let press = &imposition.layout.press;
        let place = self.place(symbol);
        let (x, y) = (cell.x + place.x, cell.y + place.y);
        match (press.symbols, press.shaving()) {
            (Symbols::Mask, 0) => content.symbol(symbol, x, y, place.side),
            (Symbols::Mask, shaving) => {
                let scale = u32::try_from(place.module).unwrap_or(1);
                content.shaved_symbol(symbol, (x, y, place.side), scale, shaving)
            }
            (Symbols::Paths, _) => content.symbol_path(symbol, x, y, place.module),
        };
        place.module
    }

    /// Where a symbol lies on its trim.
    pub(super) fn place(&self, symbol: &Symbol) -> CodePlace {
        place_code(symbol, self.art.code, self.job.imposition.grid())
    }

    /// Where a serial number starts on its trim, on whole dots: left end and baseline.
    pub(super) fn serial_start(&self, serial: &str) -> (f32, f32) {
        let line = self.art.serial;
        let half = (self.fonts.get(line.style).width(serial) * line.size / 2.0).round();
        (as_f32(line.centre) - half, as_f32(line.baseline))
    }

    /// Width of a text in the font of serial numbers, in dots.
    pub(super) fn serial_width(&self, text: &str) -> f32 {
        self.fonts.get(self.art.serial.style).width(text) * self.art.serial.size
    }

    /// A page with the art of one cell and nothing else.
    pub(super) fn art_page(&self) -> Page {
        let mut content = Content::default();
        let cell = self.job.imposition.cell(1);
        content.op(&scale(self.job.imposition), "cm").form(ART, cell.x, cell.y);
        bare(&content)
    }

    /// A page with a text where a serial number would be, and nothing else.
    pub(super) fn text_page(&self, text: &str) -> Page {
        let mut content = Content::default();
        let mut serial = Content::default();
        content.op(&scale(self.job.imposition), "cm");
        let face = Face { serial: text.to_owned(), text: String::new() };
        self.serials(&mut serial, &[(1, face)]);
        self.in_black(&mut content, &serial);
        bare(&content)
    }

    /// Writes the serial numbers as one text, each placed from the one before.
    fn serials(&self, content: &mut Content, faces: &[(u32, Face)]) {
        let line = self.art.serial;
        let mut from = (0.0, 0.0);
        content.begin_text(line.style, line.size);
        for (number, face) in faces {
            let Some((cell, _)) = self.cell(*number) else { continue };
            let (x, y) = self.serial_start(&face.serial);
            let to = (as_f32(cell.x) + x, as_f32(cell.y) + y);
            content.show(to.0 - from.0, to.1 - from.1, &face.serial);
            from = to;
        }
        content.op(&[], "ET");
    }
}

/// What the art of cells may cover, each once: all of the bleed, unless neighbours stand nearer than
/// twice that.
fn bounds(imposition: &Imposition) -> Vec<(&'static str, Rect)> {
    let mut all: Vec<Rect> = (1..=imposition.cells()).map(|it| imposition.art_bounds(it)).collect();
    all.sort_unstable_by_key(|it| (it.x, it.y, it.width, it.height));
    all.dedup();
    let bleeds = imposition.trim().grown(imposition.bleed());
    BOUNDED.into_iter().zip(all.into_iter().filter(|bounds| *bounds != bleeds)).collect()
}

/// The inks of a job.
pub(super) fn palette(job: &Job<'_>) -> Result<Palette, SheetFault> {
    let (layout, design) = (&job.imposition.layout, job.design);
    let kind = (layout.press.standard, &layout.die);
    let palette = Palette::new(&design.data, kind, &job.without)
        .map_err(|what| design::DesignError::Value { name: design.name.clone(), what })?;
    Ok(palette)
}

/// A page without stamps.
fn bare(content: &Content) -> Page {
    Page {
        content: deflate(content.as_bytes()),
        stamps: 0,
        first_serial: String::new(),
        last_serial: String::new(),
        module: i32::MAX,
    }
}

/// From dots of the sheet to points of the page.
fn scale(imposition: &Imposition) -> [f32; 6] {
    let grid = imposition.grid();
    let dot = grid.points_per_dot();
    let sheet = imposition.sheet();
    let (width, height) = (grid.points(sheet.width), grid.points(sheet.height));
    match imposition.layout.turn {
        90 => [0.0, dot, -dot, 0.0, height, 0.0],
        180 => [-dot, 0.0, 0.0, -dot, width, height],
        270 => [0.0, -dot, dot, 0.0, 0.0, width],
        _ => [dot, 0.0, 0.0, dot, 0.0, 0.0],
    }
}

/// The fonts, each cut down to what the job writes in it.
fn subsets(
    job: &Job<'_>,
    fonts: &Fonts<'_>,
    art: &Art,
    purpose: Purpose,
) -> Result<Vec<(Style, Subset)>, SheetFault> {
    let mut written: Vec<(Style, String)> = art.texts.clone();
    if purpose == Purpose::Proof {
        written.push((words::STYLE, words::WORDS.to_owned()));
    }
    written.push((art.serial.style, SERIAL_LETTERS.to_owned()));
    if job.imposition.layout.marks.slug {
        written.push((slug::STYLE, SERIAL_LETTERS.to_owned()));
        written.extend(slug::texts(job).map(|text| (slug::STYLE, text)));
    }
    let mut used: BTreeMap<Style, BTreeSet<char>> = BTreeMap::new();
    for (style, run) in written.iter().flat_map(|(style, text)| fonts.runs(*style, text)) {
        used.entry(style).or_default().extend(run.chars());
    }
    let subset = |(style, characters)| Ok((style, Subset::new(fonts.get(style), &characters)?));
    used.into_iter().map(subset).collect()
}
