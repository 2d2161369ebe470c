//! Tables → CSV and XLSX that spreadsheets open as they are meant, and in which no cell is a formula;
//! pure.

use std::io::Write;

use rust_xlsxwriter::{Format as Style, Workbook, XlsxError};

/// Most lines of a table: what an XLSX of them takes in memory stays bounded.
pub const LINES_MAX: u64 = 50_000;

/// Most letters of a cell, by the limits of Excel.
const CELL_CHARS_MAX: usize = 32_767;

/// Excel takes a CSV for UTF-8 if it begins so.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// What spreadsheets read a formula by (OWASP, CSV Injection), also as Vietnamese keyboards write it.
const FORMULA_BEGINS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// A form that a table is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// RFC 4180, UTF-8.
    Csv,
    /// ISO/IEC 29500 (Office Open XML).
    Xlsx,
}

impl Format {
    /// Every form.
    pub const ALL: [Self; 2] = [Self::Xlsx, Self::Csv];

    /// The end of a file's name.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// The form of files whose names end so.
    #[must_use]
    pub fn from_extension(extension: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.extension() == extension)
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A text, whatever it looks like.
    Text(String),
    /// A number to count with.
    Number(u64),
}

/// A table could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// As CSV.
    #[error("the CSV cannot be written")]
    Csv(#[from] csv::Error),
    /// As XLSX.
    #[error("the XLSX cannot be written")]
    Xlsx(#[from] XlsxError),
    /// Where it is written to.
    #[error("the file cannot be written")]
    Write(#[from] std::io::Error),
}

/// A table as it is written: CSV line by line, XLSX when it is [finished](Table::finish).
pub struct Table<W: Write>(Form<W>);

enum Form<W: Write> {
    Csv(Box<csv::Writer<W>>),
    Xlsx { workbook: Box<Workbook>, rows: u32, out: W },
}

impl<W: Write> Table<W> {
    /// A table under these headings.
    ///
    /// # Errors
    /// [`ExportError`].
    pub fn new(format: Format, mut out: W, headings: &[String]) -> Result<Self, ExportError> {
        if format == Format::Csv {
            out.write_all(BYTE_ORDER_MARK)?;
            let terminator = csv::Terminator::CRLF;
            let mut writer = csv::WriterBuilder::new().terminator(terminator).from_writer(out);
            writer.write_record(headings.iter().map(|heading| harmless(heading)))?;
            return Ok(Self(Form::Csv(Box::new(writer))));
        }
        let mut workbook = Box::new(Workbook::new());
        let sheet = workbook.add_worksheet();
        sheet.set_freeze_panes(1, 0)?;
        for (column, heading) in (0..).zip(headings) {
            sheet.write_string_with_format(0, column, heading, &Style::new().set_bold())?;
        }
        Ok(Self(Form::Xlsx { workbook, rows: 1, out }))
    }

    /// Adds a line.
    ///
    /// # Errors
    /// [`ExportError`].
    pub fn line(&mut self, values: &[Value]) -> Result<(), ExportError> {
        match &mut self.0 {
            Form::Csv(writer) => Ok(writer.write_record(values.iter().map(in_csv))?),
            Form::Xlsx { workbook, rows, .. } => {
                let sheet = workbook.worksheet_from_index(0)?;
                for (column, value) in (0..).zip(values) {
                    match value {
                        Value::Text(text) => {
                            let text: String = text.chars().take(CELL_CHARS_MAX).collect();
                            sheet.write_string(*rows, column, text)?;
                        }
                        Value::Number(number) => match u32::try_from(*number) {
                            Ok(number) => sheet.write_number(*rows, column, number).map(drop)?,
                            // Beyond what a double holds exactly a digit would be lost.
                            Err(_) => {
                                sheet.write_string(*rows, column, number.to_string()).map(drop)?;
                            }
                        },
                    }
                }
                *rows += 1;
                Ok(())
            }
        }
    }

    /// Writes what is not written yet.
    ///
    /// # Errors
    /// [`ExportError`].
    pub fn finish(self) -> Result<(), ExportError> {
        match self.0 {
            Form::Csv(mut writer) => Ok(writer.flush()?),
            Form::Xlsx { mut workbook, mut out, .. } => {
                workbook.worksheet_from_index(0)?.autofit();
                Ok(out.write_all(&workbook.save_to_buffer()?)?)
            }
        }
    }
}

/// A whole table of texts.
///
/// # Errors
/// [`ExportError`].
pub fn texts(
    format: Format,
    headings: &[String],
    rows: &[Vec<String>],
) -> Result<Vec<u8>, ExportError> {
    let mut bytes = Vec::new();
    let mut table = Table::new(format, &mut bytes, headings)?;
    for row in rows {
        let values: Vec<Value> = row.iter().cloned().map(Value::Text).collect();
        table.line(&values)?;
    }
    table.finish()?;
    Ok(bytes)
}

fn in_csv(value: &Value) -> String {
    match value {
        Value::Text(text) => harmless(text),
        Value::Number(number) => number.to_string(),
    }
}

/// A text that no spreadsheet takes for a formula.
fn harmless(text: &str) -> String {
    if text.starts_with(FORMULA_BEGINS) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx};

    use super::*;

    fn written(format: Format) -> Vec<u8> {
        let mut out = Vec::new();
        let headings = ["Tên".to_owned(), "Số tem".to_owned()];
        let mut table = Table::new(format, &mut out, &headings).unwrap();
        for begin in FORMULA_BEGINS {
            let text = Value::Text(format!("{begin}1+\"2\", ba"));
            table.line(&[text, Value::Number(2_000)]).unwrap();
        }
        table.line(&[Value::Text("Chè – sen".into()), Value::Number(u64::MAX)]).unwrap();
        table.finish().unwrap();
        out
    }

    #[test]
    fn a_csv_is_read_back_by_any_reader_and_holds_no_formula() {
        let bytes = written(Format::Csv);
        let text = bytes.strip_prefix(BYTE_ORDER_MARK).expect("Excel reads it as UTF-8");
        let mut reader = csv::Reader::from_reader(text);
        assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), ["Tên", "Số tem"]);
        let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
        for (row, begin) in rows.iter().zip(FORMULA_BEGINS) {
            assert_eq!(row[0], format!("'{begin}1+\"2\", ba"));
            assert_eq!(&row[1], "2000");
        }
        assert_eq!(&rows[FORMULA_BEGINS.len()][0], "Chè – sen");
        assert!(text.windows(2).any(|two| two == b"\r\n"));
    }

    #[test]
    fn an_xlsx_has_texts_as_texts_and_numbers_as_numbers() {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(written(Format::Xlsx))).unwrap();
        let sheet = book.worksheet_range_at(0).unwrap().unwrap();
        let rows: Vec<_> = sheet.rows().skip(1).collect();
        for (row, begin) in rows.iter().zip(FORMULA_BEGINS) {
            // Excel keeps a bare return as a line feed's sister, `_x000D_`.
            if begin != '\r' {
                assert_eq!(row[0], Data::String(format!("{begin}1+\"2\", ba")));
            }
            assert_eq!(row[1], Data::Float(2_000.0));
        }
        assert_eq!(rows[FORMULA_BEGINS.len()][1], Data::String(u64::MAX.to_string()));
        assert!(book.worksheet_formula("Sheet1").unwrap().is_empty());
    }
}
