//! What a file says of itself: its standard, output intent, layers, metadata and spot colours.

use std::io::{self, Write};

use chrono::Datelike;
use pdf_writer::{Chunk, Date, Dict, Filter, Name, Ref, Str, TextStr};
use xmp_writer::{CustomNamespace, DateTime, Namespace, RenditionClass, Timezone, XmpWriter};

use super::content::deflate;
use super::document::Document;
use crate::domain::calendar::Day;
use crate::printing::colour::{Spot, Step};
use crate::printing::prepress::Standard;

/// Hours that Việt Nam is ahead of UTC, all year.
const UTC_OFFSET_HOURS: i8 = 7;

/// The conditions a file is made for (ISO 32000-1, 14.11.5).
#[derive(Clone, Copy, Debug)]
pub struct OutputIntent<'a> {
    /// The condition's name: of the ICC's registry, or one's own.
    pub identifier: &'a str,
    /// The registry, where the name is of one.
    pub registry: Option<&'a str>,
    /// What people call it.
    pub info: &'a str,
    /// The ICC profile: output class, CMYK.
    pub profile: &'a [u8],
}

/// What is said of one file.
pub(crate) struct Declaration<'a> {
    pub(crate) standard: Standard,
    pub(crate) title: &'a str,
    /// What the file must be known by when its name is lost.
    pub(crate) description: &'a str,
    pub(crate) made_on: Day,
    /// A name that is the same for the same content.
    pub(crate) document_id: &'a str,
}

impl Declaration<'_> {
    /// The minor version of PDF.
    pub(crate) fn minor(standard: Standard) -> u8 {
        if standard == Standard::X1a { 4 } else { 6 }
    }

    /// Fills the document information (ISO 15930-7, 6.3 and ISO 15930-4, 6.2).
    pub(crate) fn write_info(&self, mut info: Dict<'_>) {
        let date = date(self.made_on);
        info.pair(Name(b"Title"), TextStr(self.title));
        info.pair(Name(b"Subject"), TextStr(self.description));
        info.pair(Name(b"Creator"), TextStr("ocop-stamp"));
        info.pair(Name(b"Producer"), TextStr("ocop-stamp"));
        info.pair(Name(b"CreationDate"), date).pair(Name(b"ModDate"), date);
        info.pair(Name(b"Trapped"), Name(b"False"));
        if self.standard == Standard::X1a {
            let version = TextStr("PDF/X-1a:2003");
            info.pair(Name(b"GTS_PDFXVersion"), version);
            info.pair(Name(b"GTS_PDFXConformance"), version);
        }
    }

    /// The XMP packet.
    pub(crate) fn xmp(&self) -> String {
        let day = self.made_on;
        let date = DateTime {
            year: u16::try_from(day.year()).unwrap_or_default(),
            month: Some(small(day.month())),
            day: Some(small(day.day())),
            hour: Some(0),
            minute: Some(0),
            second: Some(0),
            timezone: Some(Timezone::Local { hour: UTC_OFFSET_HOURS, minute: 0 }),
        };
        let mut xmp = XmpWriter::new();
        xmp.title([(None, self.title)]).description([(None, self.description)]);
        xmp.creator_tool("ocop-stamp").producer("ocop-stamp").trapped(false);
        xmp.create_date(date).modify_date(date).metadata_date(date);
        xmp.document_id(self.document_id).version_id("1");
        xmp.rendition_class(RenditionClass::Default);
        if self.standard.has_layers() {
            xmp.pdfx_version("PDF/X-4");
        }
        if self.standard == Standard::Vt1 {
            let vt = || {
                let space = CustomNamespace::new(
                    "PDF/VT identification",
                    "pdfvtid",
                    "http://www.npes.org/pdfvt/ns/id/",
                );
                Namespace::Custom(Box::new(space))
            };
            xmp.element("GTS_PDFVTVersion", vt()).value("PDF/VT-1");
            xmp.element("GTS_PDFVTModDate", vt()).value(date);
        }
        xmp.finish(None)
    }
}

/// Writes the XMP packet, uncompressed so that any tool finds it.
pub(crate) fn write_xmp<W: Write>(
    document: &mut Document<W>,
    id: Ref,
    declaration: &Declaration<'_>,
) -> io::Result<()> {
    let xmp = declaration.xmp();
    document.object(id, |chunk| drop(chunk.metadata(id, xmp.as_bytes())))
}

/// Writes an output intent and its profile.
pub(crate) fn write_intent<W: Write>(
    document: &mut Document<W>,
    id: Ref,
    intent: &OutputIntent<'_>,
) -> io::Result<()> {
    let profile = document.reserve();
    document.object(id, |chunk| {
        let mut dict = chunk.indirect(id).dict();
        dict.pair(Name(b"Type"), Name(b"OutputIntent")).pair(Name(b"S"), Name(b"GTS_PDFX"));
        dict.pair(Name(b"OutputConditionIdentifier"), TextStr(intent.identifier));
        if let Some(registry) = intent.registry {
            dict.pair(Name(b"RegistryName"), TextStr(registry));
        }
        dict.pair(Name(b"Info"), TextStr(intent.info));
        dict.pair(Name(b"DestOutputProfile"), profile);
    })?;
    let compressed = deflate(intent.profile);
    document.object(profile, |chunk| {
        let mut stream = chunk.stream(profile, &compressed);
        stream.filter(Filter::FlateDecode).pair(Name(b"N"), 4);
    })
}

/// Writes the layer of a processing step (ISO 32000-1, 8.11.2 and ISO 19593-1).
pub(crate) fn write_layer<W: Write>(
    document: &mut Document<W>,
    id: Ref,
    step: Step,
) -> io::Result<()> {
    document.object(id, |chunk| {
        let mut dict = chunk.indirect(id).dict();
        dict.pair(Name(b"Type"), Name(b"OCG")).pair(Name(b"Name"), TextStr(step.layer()));
        let (group, kind) = step.group();
        let mut metadata = dict.insert(Name(b"GTS_Metadata")).dict();
        metadata.pair(Name(b"GTS_ProcStepsGroup"), Name(group.as_bytes()));
        if let Some(kind) = kind {
            metadata.pair(Name(b"GTS_ProcStepsType"), Name(kind.as_bytes()));
        }
    })
}

/// Lists the layers in the catalog. All are on: a front end may print nothing of one that is off.
pub(crate) fn list_layers(catalog: &mut Dict<'_>, layers: &[Ref]) {
    if layers.is_empty() {
        return;
    }
    let all = || layers.iter().copied();
    let mut properties = catalog.insert(Name(b"OCProperties")).dict();
    properties.insert(Name(b"OCGs")).array().items(all());
    let mut usual = properties.insert(Name(b"D")).dict();
    usual.pair(Name(b"Name"), TextStr("Layers"));
    usual.insert(Name(b"Order")).array().items(all());
    usual.insert(Name(b"ON")).array().items(all());
}

/// Writes a spot colour (ISO 32000-1, 8.6.6.4).
pub(crate) fn write_spot(chunk: &mut Chunk, id: Ref, spot: &Spot) {
    let mut space = chunk.color_space(id).separation(Name(spot.name.as_bytes()));
    space.alternate_color_space().device_cmyk();
    let mut tint = space.tint_exponential();
    tint.domain([0.0, 1.0]).c0([0.0; 4]).c1(spot.process).n(1.0);
}

/// Writes a graphics state that overprints. In mode 1 zeros of process inks leave plates alone too, in
/// mode 0 they knock out, and only plates that an ink does not name are left alone (ISO 32000-1, 8.6.7).
pub(crate) fn write_overprint(chunk: &mut Chunk, id: Ref, mode: i32) {
    let mut dict = chunk.indirect(id).dict();
    dict.pair(Name(b"Type"), Name(b"ExtGState")).pair(Name(b"OP"), true);
    dict.pair(Name(b"op"), true).pair(Name(b"OPM"), mode);
}

/// A name for a document from a hash: a UUID of version 8 (RFC 9562, 5.8).
pub(crate) fn uuid(hash: &[u8; 32]) -> String {
    let digits = super::document::hex(hash);
    let part = |range: std::ops::Range<usize>| digits.get(range).unwrap_or_default();
    format!("{}-{}-8{}-8{}-{}", part(0..8), part(8..12), part(13..16), part(17..20), part(20..32))
}

/// A string in the form of a PDF string object.
pub(crate) fn text_id(dict: &mut Dict<'_>, key: &'static str, value: &str) {
    dict.pair(Name(key.as_bytes()), Str(value.as_bytes()));
}

fn date(day: Day) -> Date {
    Date::new(u16::try_from(day.year()).unwrap_or_default())
        .month(small(day.month()))
        .day(small(day.day()))
        .hour(0)
        .minute(0)
        .second(0)
        .utc_offset_hour(UTC_OFFSET_HOURS)
        .utc_offset_minute(0)
}

fn small(number: u32) -> u8 {
    u8::try_from(number).unwrap_or_default()
}
