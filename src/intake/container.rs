//! What kind of file somebody chose, by what it begins with: a file of another kind is named, not
//! called unreadable.

use crate::domain::language::Language;

/// A kind of file that is no annex.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// A web page, often saved with the name of a workbook.
    WebPage,
    /// A workbook of Excel 97-2003 or older.
    OldWorkbook,
    /// A workbook or document under a password.
    Protected,
    /// XML Spreadsheet 2003.
    XmlSpreadsheet,
    /// A binary workbook.
    BinaryWorkbook,
    /// An `OpenDocument` spreadsheet.
    OpenDocument,
    /// A text document.
    Document,
    /// A presentation.
    Presentation,
    /// A PDF.
    Pdf,
    /// A picture.
    Picture,
    /// Files packed into one.
    Archive,
}

/// The kind of a file that is neither a workbook nor text.
pub(super) fn kind(bytes: &[u8]) -> Option<FileKind> {
    match bytes {
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Some(compound(bytes)),
        // The first records of Excel 2 to 4.
        [0x09, 0x00 | 0x02 | 0x04 | 0x08, 0x04 | 0x06 | 0x08 | 0x10, 0x00, ..] => {
            Some(FileKind::OldWorkbook)
        }
        [b'%', b'P', b'D', b'F', ..] => Some(FileKind::Pdf),
        [b'{', b'\\', b'r', b't', b'f', ..] => Some(FileKind::Document),
        [0x89, b'P', b'N', b'G', ..]
        | [0xff, 0xd8, 0xff, ..]
        | [b'G', b'I', b'F', b'8', ..]
        | [b'I', b'I', b'*', 0, ..]
        | [b'M', b'M', 0, b'*', ..] => Some(FileKind::Picture),
        [b'R', b'a', b'r', b'!', ..] | [0x1f, 0x8b, ..] | [b'7', b'z', 0xbc, 0xaf, ..] => {
            Some(FileKind::Archive)
        }
        _ => marked_up(bytes),
    }
}

/// The kind of a packed file that is no XLSX, by the names in it; none for a workbook.
pub(super) fn packed(names: impl Iterator<Item = impl AsRef<str>>) -> Option<FileKind> {
    let names: Vec<String> =
        names.map(|name| name.as_ref().replace('\\', "/").to_ascii_lowercase()).collect();
    let has = |begin: &str| names.iter().any(|name| name.starts_with(begin));
    let is_office = has("[content_types].xml") || has("_rels/");
    match () {
        () if has("xl/workbook.bin") => Some(FileKind::BinaryWorkbook),
        () if has("xl/") => None,
        () if has("word/") => Some(FileKind::Document),
        () if has("ppt/") => Some(FileKind::Presentation),
        () if has("mimetype") && has("content.xml") => Some(FileKind::OpenDocument),
        () if is_office || names.is_empty() => None,
        () => Some(FileKind::Archive),
    }
}

/// A file in the old container of Office, by the names of its streams.
fn compound(bytes: &[u8]) -> FileKind {
    let has = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|window| window == name)
    };
    if has("EncryptedPackage") {
        FileKind::Protected
    } else if has("WordDocument") {
        FileKind::Document
    } else if has("PowerPoint Document") {
        FileKind::Presentation
    } else {
        FileKind::OldWorkbook
    }
}

fn marked_up(bytes: &[u8]) -> Option<FileKind> {
    const TOP_BYTES: usize = 1_024;
    let top = bytes.get(..TOP_BYTES).unwrap_or(bytes);
    let top = String::from_utf8_lossy(top).replace('\0', "").to_lowercase();
    let top = top.trim_start_matches(['\u{feff}', '\u{fffd}']).trim_start();
    let is_xml = top.starts_with("<?xml");
    if is_xml && top.contains("schemas-microsoft-com:office:spreadsheet") {
        return Some(FileKind::XmlSpreadsheet);
    }
    let is_page =
        ["<!doctype html", "<html", "<head", "<body", "<table", "<meta", "<style", "<div"];
    let is_mail = top.starts_with("mime-version:") || top.starts_with("from: <saved by");
    let is_page = is_page.iter().any(|begin| top.starts_with(begin)) || is_mail;
    (is_page || is_xml && top.contains("<html")).then_some(FileKind::WebPage)
}

impl FileKind {
    /// What the file is, for a person.
    #[must_use]
    pub fn what(self, language: Language) -> &'static str {
        let (vietnamese, english) = match self {
            Self::WebPage => (
                "Tệp này là một trang web được lưu với đuôi tệp Excel (.xls).",
                "This is a web page saved as .xls.",
            ),
            Self::OldWorkbook => (
                "Tệp này là bản Excel cũ (Excel 97-2003, .xls).",
                "This is a workbook of Excel 97-2003 or older (.xls).",
            ),
            Self::Protected => {
                ("Tệp này được bảo vệ bằng mật khẩu.", "This file is protected by a password.")
            }
            Self::XmlSpreadsheet => {
                ("Tệp này là bảng tính dạng XML 2003.", "This is an XML Spreadsheet 2003.")
            }
            Self::BinaryWorkbook => {
                ("Tệp này là bản Excel nhị phân (.xlsb).", "This is a binary workbook (.xlsb).")
            }
            Self::OpenDocument => (
                "Tệp này là bảng tính OpenDocument (.ods).",
                "This is an OpenDocument spreadsheet (.ods).",
            ),
            Self::Document => (
                "Tệp này là văn bản (Word), không phải bảng tính.",
                "This is a text document (Word), not a spreadsheet.",
            ),
            Self::Presentation => (
                "Tệp này là bản trình chiếu, không phải bảng tính.",
                "This is a presentation, not a spreadsheet.",
            ),
            Self::Pdf => {
                ("Tệp này là PDF, không phải bảng tính.", "This is a PDF, not a spreadsheet.")
            }
            Self::Picture => {
                ("Tệp này là ảnh, không phải bảng tính.", "This is a picture, not a spreadsheet.")
            }
            Self::Archive => ("Tệp này là tệp nén.", "This is an archive of packed files."),
        };
        language.of(vietnamese, english)
    }

    /// What to do about it, for a person.
    #[must_use]
    pub fn what_to_do(self, language: Language) -> &'static str {
        let (vietnamese, english) = match self {
            Self::Protected => (
                "Hãy mở tệp, bỏ mật khẩu, lưu lại dạng Excel Workbook (.xlsx) rồi tải lên lại.",
                "Open it, take off the password, save it as Excel Workbook (.xlsx) and upload it again.",
            ),
            Self::WebPage
            | Self::OldWorkbook
            | Self::XmlSpreadsheet
            | Self::BinaryWorkbook
            | Self::OpenDocument => (
                "Hãy mở tệp bằng Excel hoặc LibreOffice, lưu lại dạng Excel Workbook (.xlsx) rồi tải lên lại.",
                "Open it in Excel or LibreOffice, save it as Excel Workbook (.xlsx) and upload it again.",
            ),
            Self::Document | Self::Presentation | Self::Pdf | Self::Picture => (
                "Hãy chép bảng sang Excel, kiểm tra lại, lưu dạng .xlsx rồi tải lên.",
                "Copy the table into Excel, check it, save it as .xlsx and upload that.",
            ),
            Self::Archive => (
                "Hãy giải nén và tải lên từng tệp .xlsx hoặc .csv.",
                "Unpack it and upload the .xlsx or .csv files one by one.",
            ),
        };
        language.of(vietnamese, english)
    }
}
