//! A file opened for the check, with what several rules ask for.

use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, Object, Stream};
use hayro_syntax::page::Page;

use super::findings::Findings;
use super::fonts::Fonts;
use super::limits::{TREE_LEVELS_MAX, XMP_BYTES_MAX};
use super::read;
use super::report::{Against, Boxes, PageBox, Report, Standard};
use super::trailer::{self, Frame};
use super::xmp::{PDFVT_ID, PDFX_ID, Xmp};

/// An open file.
pub(super) struct Document<'a> {
    pub(super) pdf: &'a Pdf,
    pub(super) frame: Frame,
    pub(super) catalog: Dict<'a>,
    /// The information dictionary; empty if there is none.
    pub(super) info: Dict<'a>,
    pub(super) xmp: Option<Xmp>,
    pub(super) pages: Vec<PageView<'a>>,
    /// Number of colours of the output intent's profile, where it is told.
    pub(super) intent_colours: Option<u8>,
}

/// A page as the rules look at it.
pub(super) struct PageView<'a> {
    /// Its number, from 1.
    pub(super) number: usize,
    pub(super) page: &'a Page<'a>,
    pub(super) boxes: Boxes,
}

/// A check under way.
pub(super) struct Check<'a> {
    pub(super) document: &'a Document<'a>,
    /// What was asked for.
    pub(super) against: Against,
    pub(super) standard: Option<Standard>,
    pub(super) findings: Findings,
    pub(super) fonts: Fonts,
    pub(super) report: Report,
}

impl<'a> Document<'a> {
    pub(super) fn new(bytes: &[u8], pdf: &'a Pdf) -> Self {
        let frame = trailer::read(bytes, pdf);
        let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()).unwrap_or_default();
        let info = frame.info.and_then(|id| pdf.xref().get::<Dict<'_>>(id)).unwrap_or_default();
        let xmp = catalog.get::<Stream<'_>>("Metadata").and_then(|stream| metadata(&stream));
        let pages = pdf.pages().iter().zip(1..);
        let pages =
            pages.map(|(page, number)| PageView { number, page, boxes: boxes(pdf, page.raw()) });
        let pages = pages.collect();
        Self { pdf, frame, catalog, info, xmp, pages, intent_colours: None }
    }

    /// What the file says it follows: PDF/X and PDF/VT.
    pub(super) fn claims(&self) -> Vec<String> {
        let xmp = |namespace, name| self.xmp.as_ref()?.get(namespace, name).map(str::to_owned);
        let conformance = read::text(&self.info, "GTS_PDFXConformance");
        let claims = [
            xmp(PDFX_ID, "GTS_PDFXVersion"),
            read::text(&self.info, "GTS_PDFXVersion"),
            conformance,
            xmp(PDFVT_ID, "GTS_PDFVTVersion"),
        ];
        let mut told: Vec<String> = Vec::new();
        for claim in claims.into_iter().flatten() {
            if !told.contains(&claim) {
                told.push(claim);
            }
        }
        told
    }

    /// The standard whose rules to apply.
    pub(super) fn standard(&self, against: Against) -> Option<Standard> {
        let claims = self.claims();
        let claimed = |name: &str| claims.iter().any(|claim| claim == name);
        let x1a = if claimed("PDF/X-1:2001") || claimed("PDF/X-1a:2001") {
            Some(Standard::X1a2001)
        } else if claimed("PDF/X-1a:2003") {
            Some(Standard::X1a2003)
        } else {
            None
        };
        match against {
            Against::Nothing => None,
            Against::X4 => Some(Standard::X4),
            Against::X1a => Some(x1a.unwrap_or(Standard::X1a2003)),
            Against::Claim if claimed("PDF/X-4") => Some(Standard::X4),
            Against::Claim => x1a,
        }
    }

    /// Whether the file says that it is PDF/VT-1.
    pub(super) fn claims_vt(&self) -> bool {
        self.claims().iter().any(|claim| claim.starts_with("PDF/VT-1"))
    }
}

impl Check<'_> {
    /// Whether PDF/X-1a is asked for.
    pub(super) fn x1a(&self) -> bool {
        self.standard.is_some_and(Standard::is_x1a)
    }

    /// Whether PDF/X-4 is asked for.
    pub(super) fn x4(&self) -> bool {
        self.standard == Some(Standard::X4)
    }
}

fn metadata(stream: &Stream<'_>) -> Option<Xmp> {
    let packet = read::decode(stream).ok()?;
    (packet.len() <= XMP_BYTES_MAX).then(|| Xmp::read(&packet)).flatten()
}

fn boxes<'a>(pdf: &'a Pdf, page: &Dict<'a>) -> Boxes {
    Boxes {
        media: inherited_box(pdf, page, "MediaBox"),
        crop: inherited_box(pdf, page, "CropBox"),
        bleed: read::rectangle(page, "BleedBox"),
        trim: read::rectangle(page, "TrimBox"),
        art: read::rectangle(page, "ArtBox"),
    }
}

/// A box of the page, or of the nearest node of the page tree that has one.
fn inherited_box<'a>(pdf: &'a Pdf, page: &Dict<'a>, key: &str) -> Option<PageBox> {
    let mut node = page.clone();
    for _ in 0..TREE_LEVELS_MAX {
        if node.get::<Object<'_>>(key).is_some() {
            return read::rectangle(&node, key);
        }
        node = read::own_dict(pdf, &node, "Parent")?;
    }
    None
}
