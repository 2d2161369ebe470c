//! Workbooks made by hand, as an office program would never write them.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// The part by which [`workbook`] is told how the sheet is formed.
const FORMAT: &str = "format";

/// A workbook of one sheet with this XML between `<sheetData>` tags, and further parts under `xl/`.
pub(crate) fn workbook(sheet_data: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let relations = |id: &str, kind: &str, target: &str| {
        format!(
            r#"<Relationships xmlns="{PACKAGE}"><Relationship Id="{id}" Type="{RELATIONS}/{kind}" Target="{target}"/></Relationships>"#
        )
    };
    // Days are counted from 1904 where a part of that name is asked for.
    let counted = more.iter().any(|(name, _)| *name == "date1904");
    let properties = if counted { r#"<workbookPr date1904="1"/>"# } else { "" };
    let book = format!(
        r#"<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{properties}<sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>"#
    );
    // How a sheet is formed stands before its cells.
    let format = more.iter().find(|(name, _)| *name == FORMAT).map_or("", |(_, format)| format);
    let sheet = format!(
        r#"<worksheet xmlns="{MAIN}">{format}<sheetData>{sheet_data}</sheetData></worksheet>"#
    );
    let mut parts = vec![
        ("_rels/.rels".to_owned(), relations("rId1", "officeDocument", "xl/workbook.xml")),
        ("xl/workbook.xml".to_owned(), book),
        (
            "xl/_rels/workbook.xml.rels".to_owned(),
            relations("rId1", "worksheet", "worksheets/sheet1.xml"),
        ),
        ("xl/worksheets/sheet1.xml".to_owned(), sheet),
    ];
    parts.extend(more.iter().map(|(name, xml)| (format!("xl/{name}"), (*xml).to_owned())));
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, xml) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(xml.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook of one sheet with this XML before and between its `<sheetData>` tags.
pub(crate) fn with_format(format: &str, sheet_data: &str) -> Vec<u8> {
    workbook(sheet_data, &[(FORMAT, format)])
}

/// A zip whose one sheet is that many MiB of spaces, made without ever holding them.
pub(crate) fn bomb(mib: usize) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("xl/worksheets/sheet1.xml", SimpleFileOptions::default()).unwrap();
    let spaces = vec![b' '; 1 << 20];
    for _ in 0..mib {
        zip.write_all(&spaces).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Rows of text cells, from row 1 and column A on.
pub(crate) fn rows(rows: &[&[&str]]) -> String {
    let mut xml = String::new();
    for (at, row) in rows.iter().enumerate() {
        write!(xml, r#"<row r="{}">"#, at + 1).unwrap();
        for text in *row {
            write!(xml, r#"<c t="inlineStr"><is><t>{text}</t></is></c>"#).unwrap();
        }
        xml.push_str("</row>");
    }
    xml
}

/// A cell of text at a place.
pub(crate) fn text(place: &str, text: &str) -> String {
    format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}
