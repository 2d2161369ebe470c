//! The manifest of a printing, read back: which stamp is in which cell of which sheet.

use crate::code::text::{self, Misread};
use crate::domain::serial::Serial;

/// Bytes of a manifest that are read: those of a million stamps are 170 MB.
pub const BYTES_MAX: u64 = 400_000_000;

/// One stamp of a manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Printed {
    /// The sheet, from 1.
    pub sheet: u32,
    /// The cell on it, from 1.
    pub cell: u32,
    /// The stamp.
    pub serial: Serial,
}

/// Why a manifest cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// It is no CSV file with the columns of a manifest.
    #[error(
        "this is no manifest with the columns sheet, cell and serial, as `ocop sheet` writes it"
    )]
    Form(#[source] csv::Error),
    /// A serial is none.
    #[error("row {row}: “{found}” is no serial")]
    Serial {
        /// The row, from 1, without the headings.
        row: usize,
        /// What is there.
        found: String,
        /// What is wrong with it.
        #[source]
        source: Misread,
    },
}

#[derive(serde::Deserialize)]
struct Row {
    sheet: u32,
    cell: u32,
    serial: String,
}

/// Reads a manifest as [`print`](super::print) writes it.
///
/// # Errors
/// [`ManifestError`].
pub fn read(bytes: &[u8]) -> Result<Vec<Printed>, ManifestError> {
    let mut reader = csv::Reader::from_reader(bytes);
    let rows = reader.deserialize::<Row>().zip(1..).map(|(row, number)| {
        let Row { sheet, cell, serial } = row.map_err(ManifestError::Form)?;
        match text::read_serial(&serial) {
            Ok(serial) => Ok(Printed { sheet, cell, serial }),
            Err(source) => Err(ManifestError::Serial { row: number, found: serial, source }),
        }
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: &str = "position,sheet,cell,serial,url\n43,2,1,0001-0000-000D,https://X.VN/T/1\n";

    #[test]
    fn a_manifest_is_read_back_and_others_are_refused() {
        let serial = text::read_serial("00010000000D").unwrap();
        assert_eq!(read(ROWS.as_bytes()).unwrap(), [Printed { sheet: 2, cell: 1, serial }]);
        let other = read(b"a,b\n1,2\n").unwrap_err();
        assert!(matches!(other, ManifestError::Form(_)), "{other:?}");
        let wrong = read(ROWS.replace("000D", "000E").as_bytes()).unwrap_err();
        assert!(wrong.to_string().starts_with("row 1: “0001-0000-000E”"), "{wrong}");
    }
}
