//! Parts read back: of each the first row, one of its latter half, and the last, with their symbols.

use std::io::{BufReader, Read, Seek};

use zip::ZipArchive;

use super::TABLE;
use crate::press::PressError;
use crate::press::notes::Note;
use crate::press::proofread::{Proof, Proofreader};

/// A row that is read back.
#[derive(Clone)]
pub(super) struct Row {
    pub(super) position: u64,
    pub(super) note: Note,
    /// The file of its symbol.
    pub(super) symbol: String,
}

/// The rows of a part that are read back.
#[derive(Default)]
pub(super) struct Sample {
    first: Option<Row>,
    middle: Option<Row>,
    last: Option<Row>,
}

impl Sample {
    /// A row passes; they are numbered from 1.
    pub(super) fn pass(&mut self, number: u64, row: Row) {
        if number == 1 {
            self.first = Some(row);
            return;
        }
        // The last power of two lies in the latter half, however many rows there will be.
        if number.is_power_of_two() {
            self.middle = self.last.replace(row);
        } else {
            self.last = Some(row);
        }
    }

    fn rows(&self) -> impl Iterator<Item = &Row> {
        [&self.first, &self.middle, &self.last].into_iter().flatten()
    }
}

/// Reads a part back: rows and symbols must say what the register says.
pub(super) fn proofread(
    reader: &Proofreader<'_>,
    proof: Proof<'_>,
    sample: &Sample,
) -> Result<(), PressError> {
    let mut archive = ZipArchive::new(BufReader::new(proof.file.reader()?))?;
    let table = file(&mut archive, TABLE)?;
    let table = String::from_utf8_lossy(&table);
    let mut rows = csv::Reader::from_reader(table.trim_start_matches('\u{FEFF}').as_bytes());
    let mut wanted: Vec<&Row> = sample.rows().collect();
    for row in rows.records() {
        let row = row?;
        let [Some(position), Some(url), Some(symbol)] = [0, 5, 6].map(|column| row.get(column))
        else {
            continue;
        };
        if let Some(at) = wanted.iter().position(|it| it.position.to_string() == position) {
            let Row { note, symbol: name, .. } = wanted.swap_remove(at);
            let read = if symbol == name { vec![url.to_owned()] } else { Vec::new() };
            reader.compare(proof, *note, read)?;
        }
    }
    // A row that is not there says nothing.
    wanted.into_iter().try_for_each(|row| reader.compare(proof, row.note, Vec::new()))?;
    for row in sample.rows() {
        let bytes = file(&mut archive, &row.symbol)?;
        reader.symbol(proof, (&row.symbol, bytes), row.note)?;
    }
    Ok(())
}

fn file(archive: &mut ZipArchive<impl Read + Seek>, name: &str) -> Result<Vec<u8>, PressError> {
    let mut bytes = Vec::new();
    archive.by_name(name)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}
