//! Files are read back before they have their names: of every volume the symbols of some stamps, which
//! must say what the register says of the stamps that belong there.

use std::io::{BufReader, Read};
use std::ops::RangeInclusive;
use std::path::Path;

use super::PressError;
use super::notes::{Note, Notes};
use super::run::face;
use super::subject::Subject;
use crate::code::text;
use crate::domain::serial::Serial;
use crate::files::Partial;
use crate::inspection;
use crate::plates;
use crate::preview::{Area, Light, Pages};
use crate::printing::design::code_on_page;
use crate::printing::{Bitmap, Face, Imposition, SymbolFiles, Volume, zpl_reader};
use crate::store::{Store, stamps};

/// A symbol is painted no smaller and no larger than so many pixels.
const SIDE_PX_MIN: u32 = 400;
const SIDE_PX_MAX: f64 = 1_600.0;
/// White around a symbol that is looked at alone, in pixels.
const MARGIN_PX: u32 = 32;

/// A symbol in a finished file that does not say what it should.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{file} is not handed out: in volume {volume}, on sheet {sheet}, cell {cell}, the symbol should \
     say “{meant}” and says {}; look after the disk and the register, and print again",
    said(.read)
)]
pub struct Misprint {
    /// The file's name.
    pub file: String,
    /// The volume, from 1.
    pub volume: u32,
    /// The sheet, from 1.
    pub sheet: u64,
    /// The cell on it, from 1.
    pub cell: u32,
    /// What the symbol should say.
    pub meant: String,
    /// What was read in its place.
    pub read: Vec<String>,
}

fn said(read: &[String]) -> String {
    match read {
        [] => "nothing that can be read".into(),
        read => format!("“{}”", read.join("”, “")),
    }
}

/// Reads the files of a job back.
#[derive(Clone, Copy)]
pub(super) struct Proofreader<'a> {
    store: &'a Store,
    subject: &'a Subject<'a>,
    imposition: &'a Imposition,
}

/// A file that is read back.
#[derive(Clone, Copy)]
pub(super) struct Proof<'a> {
    pub(super) file: &'a Partial,
    pub(super) volume: u32,
}

impl<'a> Proofreader<'a> {
    pub(super) fn new(
        store: &'a Store,
        subject: &'a Subject<'a>,
        imposition: &'a Imposition,
    ) -> Self {
        Self { store, subject, imposition }
    }

    /// Volumes in PDF.
    pub(super) fn pdf<'b>(
        &self,
        files: impl IntoIterator<Item = (&'b Partial, &'b Volume)>,
        notes: &Notes<'_>,
    ) -> Result<(), PressError> {
        for (file, volume) in files {
            let sheets = volume.first_sheet..=volume.last_sheet;
            let proof = Proof { file, volume: volume.number };
            self.pages(proof, &sheets, notes)?;
        }
        Ok(())
    }

    fn pages(
        &self,
        proof: Proof<'_>,
        sheets: &RangeInclusive<u64>,
        notes: &Notes<'_>,
    ) -> Result<(), PressError> {
        let mut bytes = Vec::new();
        proof.file.reader()?.read_to_end(&mut bytes)?;
        let pages = Pages::open(bytes).map_err(|source| proof.unreadable(source))?;
        let grid = self.imposition.grid();
        let dot = f64::from(grid.points_per_dot());
        let page_height = self.imposition.page().height;
        for note in notes.sample(sheets) {
            let design = self.subject.order.design.design();
            let code = code_on_page(design, self.imposition, note.cell);
            let [left, top, width, height] =
                [code.x, page_height - code.top(), code.width, code.height]
                    .map(|length| f64::from(length) * dot);
            let area = Area { left, top, width, height };
            let scale = pixels_to_the_dot(code.width.max(code.height).into()) / dot;
            let page = usize::try_from(note.sheet - sheets.start() + 1).unwrap_or(usize::MAX);
            let light = pages.light(page, Some(area), scale);
            let light = light.map_err(|source| proof.unreadable(source))?;
            self.compare(proof, note, texts(light))?;
        }
        Ok(())
    }

    /// Volumes of labels.
    pub(super) fn labels<'b>(
        &self,
        files: impl IntoIterator<Item = (&'b Partial, &'b Volume)>,
        notes: &Notes<'_>,
    ) -> Result<(), PressError> {
        for (file, volume) in files {
            let proof = Proof { file, volume: volume.number };
            for note in notes.sample(&(volume.first_sheet..=volume.last_sheet)) {
                let lines = BufReader::new(file.reader()?);
                let symbol = zpl_reader::symbol(lines, &text::serial_grouped(note.serial))?;
                self.compare(proof, note, symbol.as_ref().map(dots).unwrap_or_default())?;
            }
        }
        Ok(())
    }

    /// A plate that has the symbols of a sheet.
    pub(super) fn plate(
        &self,
        proof: Proof<'_>,
        picture: &Bitmap,
        note: Note,
    ) -> Result<(), PressError> {
        let design = self.subject.order.design.design();
        let code = code_on_page(design, self.imposition, note.cell);
        let corner = (code.x, self.imposition.page().height - code.top());
        let [width, height] =
            [code.width, code.height].map(|side| u32::try_from(side).unwrap_or_default());
        self.compare(proof, note, dots(&picture.part(corner, width, height)))
    }

    /// A symbol in a file of its own.
    pub(super) fn symbol(
        &self,
        proof: Proof<'_>,
        (name, bytes): (&str, Vec<u8>),
        note: Note,
    ) -> Result<(), PressError> {
        let read = if Path::new(name).extension().is_some_and(|ending| ending == "svg") {
            let svg = String::from_utf8_lossy(&bytes);
            SymbolFiles::read_svg(&svg).as_ref().map(dots).unwrap_or_default()
        } else {
            let pages = Pages::open(bytes).map_err(|source| proof.unreadable(source))?;
            let code = code_on_page(self.subject.order.design.design(), self.imposition, 1);
            let scale = pixels_to_the_dot(code.width.max(code.height).into())
                / f64::from(self.imposition.grid().points_per_dot());
            let light = pages.light(1, None, scale);
            texts(light.map_err(|source| proof.unreadable(source))?)
        };
        self.compare(proof, note, read)
    }

    /// What a stamp should carry, asked of the register once more.
    pub(super) fn meant(&self, serial: Serial) -> Result<Face, PressError> {
        let one = serial..=serial;
        let found = self.store.read(|register| stamps::page(register, &one, 1))?;
        let (serial, signature) = found
            .into_iter()
            .next()
            .ok_or_else(|| PressError::NoBatch(self.subject.name.clone()))?;
        Ok(face(&self.subject.batch, serial, &signature))
    }

    /// Refuses what was read where it is not what the register says, and that alone.
    pub(super) fn compare(
        &self,
        proof: Proof<'_>,
        note: Note,
        read: Vec<String>,
    ) -> Result<(), PressError> {
        let meant = self.meant(note.serial)?.text;
        if read.iter().eq([&meant]) {
            return Ok(());
        }
        Err(PressError::Misprint(Box::new(Misprint {
            file: proof.name(),
            volume: proof.volume,
            sheet: note.sheet,
            cell: note.cell,
            meant,
            read,
        })))
    }
}

impl Proof<'_> {
    fn name(&self) -> String {
        super::file_name(self.file.path())
    }

    fn unreadable(&self, source: crate::preview::PreviewError) -> PressError {
        PressError::Unreadable { file: self.name(), source }
    }
}

/// Reads a plate back as it was written.
pub(super) fn plate_of(file: &Partial, is_tiff: bool) -> Result<Bitmap, PressError> {
    let reader = BufReader::new(file.reader()?);
    let picture = if is_tiff { plates::read_tiff(reader) } else { plates::read_png(reader) };
    Ok(picture?)
}

fn texts(light: Light) -> Vec<String> {
    inspection::texts(light.width, light.height, light.luma)
}

/// What the symbols of a one-bit picture say.
fn dots(picture: &Bitmap) -> Vec<String> {
    let longest = picture.width().max(picture.height());
    let scale = SIDE_PX_MIN.div_ceil(longest.max(1));
    let side = |dots: u32| dots * scale + 2 * MARGIN_PX;
    let (width, height) = (side(picture.width()), side(picture.height()));
    let dot = |at: u32| at.checked_sub(MARGIN_PX).map_or(u32::MAX, |at| at / scale);
    let all = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    let is_black = |(x, y)| dot(y) < picture.height() && picture.is_black(dot(x), dot(y));
    let luma = all.map(|place| if is_black(place) { 0 } else { u8::MAX }).collect();
    inspection::texts(width, height, luma)
}

/// How many pixels a dot is painted with, so that a length in dots is no smaller and no larger than
/// decoders like: whole ones where there are several.
fn pixels_to_the_dot(longest: f64) -> f64 {
    let longest = longest.max(1.0);
    if longest > SIDE_PX_MAX {
        SIDE_PX_MAX / longest
    } else {
        (f64::from(SIDE_PX_MIN) / longest).ceil()
    }
}
