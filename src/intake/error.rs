//! Why a file as a whole cannot be read.

use super::container::FileKind;
use super::limits;
use crate::domain::language::Language;
use crate::vietnamese::legacy::Encoding;
use crate::vietnamese::number;

/// Why a file as a whole cannot be read. What is wrong in single rows is a
/// [`Problem`](super::Problem).
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// More than the limits allow.
    #[error("the file holds too much: {0:?}")]
    TooLarge(TooLarge),
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// A text file in some other encoding.
    #[error("the file is not UTF-8 (line {line})")]
    NotUtf8 {
        /// Line of the first letter that is not.
        line: usize,
        /// What it is in, where its words tell.
        encoding: Option<Encoding>,
    },
    /// Its headings are text from before Unicode.
    #[error("the headings are written in {}", encoding.name())]
    Garbled {
        /// What they are written in.
        encoding: Encoding,
    },
    /// A quote that is not closed takes the rows below it into one cell.
    #[error("the quote opened in row {row} is never closed")]
    OpenQuote {
        /// The row in which it is opened.
        row: u32,
    },
    /// Something stands between a closing quote and the next cell.
    #[error("there is text behind the closing quote of a cell in row {row}")]
    TextAfterQuote {
        /// The row in which the quote is opened.
        row: u32,
    },
    /// Another kind of file.
    #[error("{}", .0.what(Language::English))]
    OtherKind(FileKind),
    /// All sheets with something in them are hidden.
    #[error("all sheets are hidden: {}", sheets.join(", "))]
    Hidden {
        /// Their names.
        sheets: Vec<String>,
    },
    /// A workbook that cannot be read.
    #[error("the workbook cannot be read: {0}")]
    Workbook(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// No row looks like headings.
    #[error("no heading row found")]
    NoHeadings {
        /// What the first row says instead.
        found: Vec<String>,
        /// Names of the sheets that are hidden.
        hidden: Vec<String>,
    },
    /// Compulsory columns are not there.
    #[error("columns are missing: {}", missing.join(", "))]
    MissingColumns {
        /// Name of the sheet, where it has one.
        sheet: Option<String>,
        /// Headings that are missing.
        missing: Vec<&'static str>,
        /// Headings that were found.
        found: Vec<String>,
    },
}

/// Which limit a file goes beyond; the figures are in [`limits`](super::limits).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TooLarge {
    /// The file itself.
    File,
    /// What a workbook holds when unpacked, or the number of its parts.
    Unpacked,
    /// Cell styles of a workbook.
    Styles,
    /// Sheets.
    Sheets,
    /// Rows.
    Rows,
    /// Columns.
    Columns,
    /// Filled cells, or the text in them.
    Cells,
}

impl IntakeError {
    /// What is wrong, for a person.
    #[must_use]
    pub fn what(&self, language: Language) -> String {
        match language {
            Language::Vietnamese => self.what_vietnamese(),
            Language::English => self.what_english(),
        }
    }

    /// What to do about it, for a person.
    #[must_use]
    pub fn what_to_do(&self, language: Language) -> &'static str {
        match language {
            Language::Vietnamese => self.what_to_do_vietnamese(),
            Language::English => self.what_to_do_english(),
        }
    }

    fn what_vietnamese(&self) -> String {
        match self {
            Self::TooLarge(limit) => limit.vietnamese(),
            Self::Empty => "Tệp không có dữ liệu.".into(),
            Self::NotUtf8 { line, encoding: None } => {
                format!("Tệp không dùng bảng mã UTF-8 (lỗi đầu tiên ở dòng {line}).")
            }
            Self::NotUtf8 { line, encoding: Some(encoding) } => {
                let name = encoding.name();
                format!("Tệp dùng bảng mã {name}, không phải UTF-8 (từ dòng {line}).")
            }
            Self::Garbled { encoding: Encoding::Utf8 } => "Tiêu đề cột bị đọc sai bảng mã.".into(),
            Self::Garbled { encoding } => {
                format!("Tiêu đề cột viết bằng bảng mã cũ {}.", encoding.name())
            }
            Self::OpenQuote { row } => {
                format!("Dấu ngoặc kép mở ở dòng {row} không được đóng.")
            }
            Self::TextAfterQuote { row } => {
                format!("Ở dòng {row}, sau dấu ngoặc kép đóng còn chữ.")
            }
            Self::OtherKind(kind) => kind.what(Language::Vietnamese).into(),
            Self::Hidden { sheets } => format!("Mọi trang tính đều bị ẩn: {}.", list(sheets)),
            Self::Workbook(_) => "Không đọc được tệp Excel này.".into(),
            Self::NoHeadings { found, hidden } => {
                let hidden = (!hidden.is_empty())
                    .then(|| format!(" Trang tính bị ẩn, không được đọc: {}.", list(hidden)));
                let hidden = hidden.unwrap_or_default();
                let found = list(found);
                format!("Không tìm thấy dòng tiêu đề cột. Dòng đầu tiên là: {found}.{hidden}")
            }
            Self::MissingColumns { sheet, missing, found } => {
                let sheet = sheet.as_ref().map(|it| format!("Trang tính “{it}”: "));
                format!(
                    "{}Thiếu cột: {}. Các cột có trong tệp: {}.",
                    sheet.unwrap_or_default(),
                    list(missing),
                    list(found)
                )
            }
        }
    }

    fn what_english(&self) -> String {
        match self {
            Self::TooLarge(limit) => limit.english(),
            Self::Empty => "The file is empty.".into(),
            Self::NotUtf8 { line, encoding: None } => {
                format!("The file is not in UTF-8 (first fault in line {line}).")
            }
            Self::NotUtf8 { line, encoding: Some(encoding) } => {
                format!("The file is in {}, not in UTF-8 (from line {line}).", encoding.name())
            }
            Self::Garbled { encoding: Encoding::Utf8 } => {
                "The headings were read in the wrong encoding.".into()
            }
            Self::Garbled { encoding } => {
                format!("The headings are written in the old encoding {}.", encoding.name())
            }
            Self::OpenQuote { row } => {
                format!("The quote opened in row {row} is never closed.")
            }
            Self::TextAfterQuote { row } => {
                format!("In row {row} there is text behind a closing quote.")
            }
            Self::OtherKind(kind) => kind.what(Language::English).into(),
            Self::Hidden { sheets } => format!("All sheets are hidden: {}.", list(sheets)),
            Self::Workbook(_) => "This Excel file cannot be read.".into(),
            Self::NoHeadings { found, hidden } => {
                let hidden = (!hidden.is_empty())
                    .then(|| format!(" Hidden sheets, which are not read: {}.", list(hidden)));
                let (found, hidden) = (list(found), hidden.unwrap_or_default());
                format!("No row of headings was found. The first row says: {found}.{hidden}")
            }
            Self::MissingColumns { sheet, missing, found } => {
                let sheet = sheet.as_ref().map(|it| format!("Sheet “{it}”: "));
                format!(
                    "{}Missing columns: {}. Columns in the file: {}.",
                    sheet.unwrap_or_default(),
                    list(missing),
                    list(found)
                )
            }
        }
    }

    fn what_to_do_vietnamese(&self) -> &'static str {
        match self {
            Self::TooLarge(_) => {
                "Hãy xóa hình ảnh, định dạng và các ô thừa, hoặc chia phụ lục thành nhiều tệp."
            }
            Self::Empty => "Hãy chọn đúng tệp phụ lục rồi tải lên lại.",
            Self::NotUtf8 { .. } => {
                "Trong Excel, chọn Lưu thành (Save As) và lưu lại dạng CSV UTF-8, hoặc tải lên tệp .xlsx."
            }
            Self::Garbled { .. } => {
                "Hãy chuyển toàn bộ phụ lục sang Unicode (ví dụ bằng UniKey) rồi tải lên lại."
            }
            Self::OpenQuote { .. } | Self::TextAfterQuote { .. } => {
                "Hãy thêm hoặc bỏ dấu ngoặc kép ở dòng này; dấu ngoặc kép trong nội dung phải viết hai lần. Tốt nhất là tải lên tệp .xlsx."
            }
            Self::OtherKind(kind) => kind.what_to_do(Language::Vietnamese),
            Self::Hidden { .. } => {
                "Hãy bỏ ẩn (Unhide) trang tính cần nhập, lưu lại rồi tải lên lại."
            }
            Self::Workbook(_) => {
                "Hãy mở tệp bằng Excel hoặc LibreOffice, lưu lại dạng .xlsx hoặc CSV UTF-8 rồi tải lên lại."
            }
            Self::NoHeadings { .. } => {
                "Dòng tiêu đề phải nằm trong 20 dòng đầu, có ít nhất: Chủ thể, Sản phẩm, Nhóm sản phẩm, Hạng sao."
            }
            Self::MissingColumns { .. } => {
                "Hãy thêm cột còn thiếu hoặc sửa tên cột. Số quyết định, cơ quan công nhận và ngày ký có thể khai chung cho cả tệp."
            }
        }
    }

    fn what_to_do_english(&self) -> &'static str {
        match self {
            Self::TooLarge(_) => {
                "Remove pictures, formats and stray cells, or split the annex into several files."
            }
            Self::Empty => "Choose the annex and upload it again.",
            Self::NotUtf8 { .. } => {
                "In Excel choose Save As and the type CSV UTF-8, or upload the .xlsx file."
            }
            Self::Garbled { .. } => {
                "Convert the whole annex to Unicode (with UniKey, for example) and upload it again."
            }
            Self::OpenQuote { .. } | Self::TextAfterQuote { .. } => {
                "Add or take away a quote in that row; a quote within a text is written twice. Best upload the .xlsx file."
            }
            Self::OtherKind(kind) => kind.what_to_do(Language::English),
            Self::Hidden { .. } => {
                "Unhide the sheet that is to be entered, save the workbook and upload it again."
            }
            Self::Workbook(_) => {
                "Open the file in Excel or LibreOffice, save it as .xlsx or CSV UTF-8 and upload it again."
            }
            Self::NoHeadings { .. } => {
                "The headings must be in the first 20 rows, at least: Chủ thể, Sản phẩm, Nhóm sản phẩm, Hạng sao."
            }
            Self::MissingColumns { .. } => {
                "Add the missing columns or correct their headings. Decision number, authority and day of signature can be given once for the file."
            }
        }
    }
}

impl TooLarge {
    fn vietnamese(self) -> String {
        match self {
            Self::File => format!("Tệp lớn hơn {} MiB.", limits::FILE_BYTES >> 20),
            Self::Unpacked => "Nội dung tệp Excel quá lớn sau khi giải nén.".into(),
            Self::Styles => "Tệp Excel có quá nhiều kiểu định dạng.".into(),
            Self::Sheets => format!("Tệp Excel có hơn {} trang tính.", limits::SHEETS),
            Self::Rows => format!("Tệp có dữ liệu dưới dòng {}.", number(limits::ROWS.into())),
            Self::Columns => format!("Tệp có dữ liệu bên phải cột thứ {}.", limits::COLUMNS),
            Self::Cells => "Tệp có quá nhiều ô hoặc quá nhiều chữ.".into(),
        }
    }

    fn english(self) -> String {
        match self {
            Self::File => format!("The file is larger than {} MiB.", limits::FILE_BYTES >> 20),
            Self::Unpacked => "The Excel file is too large when unpacked.".into(),
            Self::Styles => "The Excel file has too many cell styles.".into(),
            Self::Sheets => format!("The Excel file has more than {} sheets.", limits::SHEETS),
            Self::Rows => format!("The file has data below row {}.", limits::ROWS),
            Self::Columns => {
                format!("The file has data to the right of column {}.", limits::COLUMNS)
            }
            Self::Cells => "The file has too many cells or too much text.".into(),
        }
    }
}

/// Up to twelve names in one line: a file that is no annex may have anything as its first row.
fn list<T: AsRef<str>>(names: &[T]) -> String {
    let shown = names.iter().take(12).map(|name| {
        let short: String = name.as_ref().chars().take(40).collect();
        format!("“{short}”")
    });
    let more = if names.len() > 12 { ", …" } else { "" };
    shown.collect::<Vec<_>>().join(", ") + more
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_told_with_their_figures() {
        let what = |limit, language| IntakeError::TooLarge(limit).what(language);
        assert_eq!(what(TooLarge::File, Language::English), "The file is larger than 8 MiB.");
        assert_eq!(what(TooLarge::Rows, Language::Vietnamese), "Tệp có dữ liệu dưới dòng 20.000.");
    }

    #[test]
    fn another_encoding_is_told_with_the_way_out() {
        let error = IntakeError::NotUtf8 { line: 3, encoding: None };
        assert_eq!(
            error.what(Language::Vietnamese),
            "Tệp không dùng bảng mã UTF-8 (lỗi đầu tiên ở dòng 3)."
        );
        assert!(error.what_to_do(Language::Vietnamese).contains("lưu lại dạng CSV UTF-8"));
    }

    #[test]
    fn a_long_first_row_is_told_in_short() {
        let error = IntakeError::NoHeadings { found: vec!["a".repeat(99); 99], hidden: vec![] };
        let what = error.what(Language::English);
        assert_eq!(what.matches(&format!("“{}”", "a".repeat(40))).count(), 12);
        assert!(what.ends_with(", …."));
    }
}
