//! Plates as pictures: a file for each plate of each sheet.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::PressError;
use super::other::{Handover, record};
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
    let mut handover = Handover::default();
    separate(job, &fonts, subject.faces(store), |sheet| {
        let (number, stamps) = (sheet.number, sheet.stamps);
        // Before the first file, which could not be taken back.
        if handover.stamps == 0 {
            handover.manifest = record(store, subject, job)?;
        }
        for (plate, dots) in plates::render_sheet(sheet, grid)? {
            let path = path(subject, picture, number, &plate);
            let title = format!("{} {number} {}", subject.name, ascii(plate.name()));
            put(&path, &dots, picture, grid, &title)?;
            handover.files.push(path);
        }
        handover.stamps += stamps;
        progress(handover.stamps);
        Ok(())
    })?;
    Ok(handover)
}

fn put(
    path: &Path,
    dots: &Bitmap,
    picture: Picture,
    grid: Grid,
    title: &str,
) -> Result<(), PressError> {
    let file = Partial::create(path)?;
    let mut writer = file.writer()?;
    match picture {
        Picture::Tiff => plates::write_tiff(&mut writer, dots, grid, title),
        Picture::Png => plates::write_png(&mut writer, dots, grid),
    }?;
    writer.flush()?;
    Ok(file.finish()?)
}

/// `0001-a4-sen-tiff/001/0001-00017-Black.tif`.
fn path(subject: &Subject<'_>, picture: Picture, sheet: u64, plate: &Plate) -> PathBuf {
    let (kind, ending) = match picture {
        Picture::Tiff => ("tiff", "tif"),
        Picture::Png => ("png", "png"),
    };
    let folder = sheet.saturating_sub(1) / SHEETS_PER_FOLDER + 1;
    let name = format!("{}-{sheet:05}-{}.{ending}", subject.name, ascii(plate.name()));
    subject.path(kind).join(format!("{folder:03}")).join(name)
}

/// A plate's name as part of a file's: letters, digits, `-` and `_`.
fn ascii(name: &str) -> String {
    let kept = |c: char| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '_' };
    name.chars().map(kept).collect()
}
