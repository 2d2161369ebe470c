//! The parts of a workbook, unpacked up to a limit, and what would mislead the parser taken out.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::unreadable;
use crate::intake::container;
use crate::intake::error::{IntakeError, TooLarge};
use crate::intake::limits;

/// Parts that hold nothing of a table.
const UNREAD: [&str; 6] =
    ["docprops/", "customxml/", "xl/theme/", "xl/drawings/", "xl/media/", "xl/charts/"];

/// The workbook again, not compressed and without the parts nobody reads.
///
/// The parser believes what a workbook says about itself: it unpacks parts of any size and makes
/// room for as many strings as are announced. So every part is unpacked here, up to a limit that
/// counts real bytes, and what the parser could be misled by is defused.
pub(super) fn unpack(bytes: &[u8]) -> Result<Vec<u8>, IntakeError> {
    let mut packed = ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
    if packed.len() > limits::WORKBOOK_PARTS {
        return Err(TooLarge::Unpacked.into());
    }
    if let Some(kind) = container::packed(packed.file_names().flatten()) {
        return Err(IntakeError::OtherKind(kind));
    }
    let mut room = limits::UNPACKED_BYTES;
    let mut plain = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for at in 0..packed.len() {
        let part = packed.by_index(at).map_err(unreadable)?;
        let name = part.name().map_err(unreadable)?.to_string();
        if !is_read(&name) {
            continue;
        }
        let mut xml = Vec::new();
        part.take(room + 1).read_to_end(&mut xml).map_err(unreadable)?;
        room = u64::try_from(xml.len())
            .ok()
            .and_then(|length| room.checked_sub(length))
            .ok_or(TooLarge::Unpacked)?;
        defuse(&name, &mut xml)?;
        plain.start_file(name, stored).map_err(unreadable)?;
        plain.write_all(&xml).map_err(unreadable)?;
    }
    Ok(plain.finish().map_err(unreadable)?.into_inner())
}

fn is_read(name: &str) -> bool {
    let name = name.replace('\\', "/").to_ascii_lowercase();
    let is_xml = matches!(name.rsplit_once('.'), Some((_, "xml" | "rels")));
    is_xml && !UNREAD.iter().any(|folder| name.starts_with(folder))
}

/// Takes out what would make the parser ask for memory that the file does not justify.
fn defuse(name: &str, xml: &mut [u8]) -> Result<(), IntakeError> {
    // Also a sign of UTF-16, in which the searches below would find nothing.
    if xml.iter().any(|b| *b < b' ' && !matches!(b, b'\t' | b'\r' | b'\n')) {
        return Err(unreadable("a part of the workbook is not plain UTF-8 XML"));
    }
    // How many strings follow: the parser makes room for them beforehand.
    rename(xml, b"uniqueCount");
    let is_styles = name.to_ascii_lowercase().ends_with("styles.xml");
    if is_styles && style_product(xml) > limits::STYLE_PRODUCT {
        return Err(TooLarge::Styles.into());
    }
    Ok(())
}

/// Spoils the first letter of a name wherever it stands.
fn rename(xml: &mut [u8], name: &[u8]) {
    let mut rest = xml;
    while let Some(at) = rest.windows(name.len()).position(|window| window == name) {
        let (_, found) = rest.split_at_mut(at);
        let (word, behind) = found.split_at_mut(name.len());
        word.fill(b'x');
        rest = behind;
    }
}

fn style_product(xml: &[u8]) -> usize {
    let tags = xml.split(|b| *b == b'<');
    let (count, longest) =
        tags.fold((0_usize, 0), |(n, longest), tag| (n + 1, tag.len().max(longest)));
    count.saturating_mul(longest)
}
