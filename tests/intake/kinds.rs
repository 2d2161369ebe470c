//! Files of other kinds, each named.

use std::io::{Cursor, Write as _};

use ocop_stamp::domain::language::Language;
use ocop_stamp::intake::{Defaults, FileKind, IntakeError, preview};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn kind(bytes: &[u8]) -> FileKind {
    match preview(bytes, &Defaults::default()) {
        Err(IntakeError::OtherKind(kind)) => kind,
        other => panic!("{other:?}"),
    }
}

fn packed(names: &[&str]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for name in names {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(b"<a/>").unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The old container of Office, with a stream of that name.
fn compound(stream: &str) -> Vec<u8> {
    let name = stream.encode_utf16().flat_map(u16::to_le_bytes);
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".iter().copied().chain(name).collect()
}

#[test]
fn a_file_of_another_kind_is_told_by_its_name() {
    let office = ["[Content_Types].xml", "_rels/.rels"];
    let with = |name: &'static str| packed(&[&office[..], &[name]].concat());
    let files: [(Vec<u8>, FileKind); 20] = [
        (include_bytes!("i20-html.xls").to_vec(), FileKind::WebPage),
        (b"\xef\xbb\xbf  <!DOCTYPE HTML><html>".to_vec(), FileKind::WebPage),
        (b"<table><tr><td>STT</td></tr></table>".to_vec(), FileKind::WebPage),
        (b"<?xml version=\"1.0\"?><html xmlns=\"x\">".to_vec(), FileKind::WebPage),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related".to_vec(), FileKind::WebPage),
        (
            b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">"
                .to_vec(),
            FileKind::XmlSpreadsheet,
        ),
        (compound("Workbook"), FileKind::OldWorkbook),
        (compound("EncryptedPackage"), FileKind::Protected),
        (compound("WordDocument"), FileKind::Document),
        (b"\x09\x08\x10\x00\x00\x06\x05\x00".to_vec(), FileKind::OldWorkbook),
        (with("xl/workbook.bin"), FileKind::BinaryWorkbook),
        (with("word/document.xml"), FileKind::Document),
        (with("ppt/presentation.xml"), FileKind::Presentation),
        (packed(&["mimetype", "content.xml", "styles.xml"]), FileKind::OpenDocument),
        (packed(&["phu-luc.xlsx", "doc-truoc.txt"]), FileKind::Archive),
        (b"{\\rtf1\\ansi STT}".to_vec(), FileKind::Document),
        (b"%PDF-1.7\n".to_vec(), FileKind::Pdf),
        (b"\x89PNG\r\n\x1a\n".to_vec(), FileKind::Picture),
        (b"\xff\xd8\xff\xe0".to_vec(), FileKind::Picture),
        (b"Rar!\x1a\x07".to_vec(), FileKind::Archive),
    ];
    for (bytes, expected) in files {
        assert_eq!(kind(&bytes), expected, "{:?}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn a_web_page_saved_as_a_workbook_is_said_to_be_one() {
    let error = preview(include_bytes!("i20-html.xls"), &Defaults::default()).unwrap_err();
    assert_eq!(error.what(Language::English), "This is a web page saved as .xls.");
    assert!(error.what_to_do(Language::English).contains("save it as Excel Workbook (.xlsx)"));
    assert!(error.what(Language::Vietnamese).contains("trang web"));
}
