//! Plates as pictures: a file for each plate of each sheet.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use super::PressError;
use super::notes::{Note, Notes};
use super::other::{Handover, record};
use super::proofread::{Proof, Proofreader, plate_of};
use super::subject::Subject;
use crate::files::Partial;
use crate::plates;
use crate::printing::geometry::Grid;
use crate::printing::{Bitmap, FontFiles, Fonts, Job, Plate, separate};
use crate::store::Store;

/// Sheets whose plates share a folder: with ten plates these are 1,000 files.
const SHEETS_PER_FOLDER: u64 = 100;

/// A kind of picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Picture {
    /// Bilevel TIFF.
    Tiff,
    /// PNG of one bit.
    Png,
}

/// Writes the plates of a job.
pub(super) fn write(
    store: &Store,
    subject: &Subject<'_>,
    job: &Job<'_>,
    picture: Picture,
    mut progress: impl FnMut(u64),
) -> Result<Handover, PressError> {
    let fonts = Fonts::new(FontFiles::BUNDLED)?;
    let grid = job.imposition.grid();
    let samples = samples(store, subject, job)?;
    let proofreader = Proofreader::new(store, subject, job.imposition);
    let mut handover = Handover::default();
    let written = separate(job, &fonts, subject.unnoted(store), |sheet| {
        let (number, stamps) = (sheet.number, sheet.stamps);
        let mut files = Vec::new();
        for (plate, dots) in plates::render_sheet(sheet, grid)? {
            let title = format!("{} {number} {}", subject.name, ascii(plate.name()));
            let file = Partial::create(&path(subject, picture, number, &plate))?;
            put(&file, &dots, picture, grid, &title)?;
            if let Some(note) = samples.get(&number).filter(|_| plate.has_symbols()) {
                let proof = Proof { file: &file, volume: folder(number) };
                let read = plate_of(&file, picture == Picture::Tiff)?;
                proofreader.plate(proof, &read, *note)?;
            }
            files.push(file);
        }
        // Before the first file.
        if handover.stamps == 0 {
            handover.manifest = record(store, subject, job)?;
        }
        for file in files {
            handover.files.push(file.path().to_owned());
            file.finish()?;
        }
        handover.stamps += stamps;
        progress(handover.stamps);
        Ok(())
    });
    if let Err(error @ (PressError::Misprint(_) | PressError::Picture(_))) = written {
        take_back(&handover)?;
        return Err(error);
    }
    written.map(|()| handover)
}

/// The stamps whose symbols are read back: of the first, the middle and the last sheet of each folder.
fn samples(
    store: &Store,
    subject: &Subject<'_>,
    job: &Job<'_>,
) -> Result<BTreeMap<u64, Note>, PressError> {
    let mut notes = Notes::new(job.imposition, job.total);
    subject.faces(store, &mut notes).try_for_each(|face| face.map(drop))?;
    let sheets = job.only.clone().unwrap_or(1..=job.imposition.sheets_for(job.total));
    let (first, last) = (*sheets.start(), *sheets.end());
    let mut sampled = BTreeMap::new();
    for number in folder(first)..=folder(last) {
        let end = u64::from(number) * SHEETS_PER_FOLDER;
        let whole = first.max(end + 1 - SHEETS_PER_FOLDER)..=last.min(end);
        sampled.extend(notes.sample(&whole).into_iter().map(|note| (note.sheet, note)));
    }
    Ok(sampled)
}

/// Takes away what a job wrote before it was found wrong.
fn take_back(handover: &Handover) -> io::Result<()> {
    handover.files.iter().chain(&handover.manifest).try_for_each(fs::remove_file)
}

fn put(
    file: &Partial,
    dots: &Bitmap,
    picture: Picture,
    grid: Grid,
    title: &str,
) -> Result<(), PressError> {
    let mut writer = file.writer()?;
    match picture {
        Picture::Tiff => plates::write_tiff(&mut writer, dots, grid, title),
        Picture::Png => plates::write_png(&mut writer, dots, grid),
    }?;
    Ok(writer.flush()?)
}

/// `0001-a4-sen-tiff/001/0001-00017-Black.tif`.
fn path(subject: &Subject<'_>, picture: Picture, sheet: u64, plate: &Plate) -> PathBuf {
    let (kind, ending) = match picture {
        Picture::Tiff => ("tiff", "tif"),
        Picture::Png => ("png", "png"),
    };
    let name = format!("{}-{sheet:05}-{}.{ending}", subject.name, ascii(plate.name()));
    subject.path(kind).join(format!("{:03}", folder(sheet))).join(name)
}

/// The folder of a sheet's plates, from 1.
fn folder(sheet: u64) -> u32 {
    u32::try_from(sheet.saturating_sub(1) / SHEETS_PER_FOLDER + 1).unwrap_or(u32::MAX)
}

/// A plate's name as part of a file's: letters, digits, `-` and `_`.
fn ascii(name: &str) -> String {
    let kept = |c: char| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '_' };
    name.chars().map(kept).collect()
}
