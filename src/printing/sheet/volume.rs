//! One PDF file of some sheets, and the row of files that a job makes.

use std::io::{self, Write};

use chrono::Datelike;
use pdf_writer::{Date, Filter, Finish, Name, Rect as PdfRect, Ref, TextStr};

use super::Volume;
use super::page::{ART, MARKS, Page, Plan};
use crate::domain::calendar::Day;
use crate::printing::geometry::{Rect, as_f32, dots};
use crate::printing::pdf::content::deflate;
use crate::printing::pdf::document::Document;

/// The files of a job, one open at a time.
pub(super) struct Shelf<'a, W, O> {
    plan: &'a Plan<'a>,
    open: O,
    current: Option<Binding<'a, W>>,
    done: Vec<Volume>,
    stamps: u64,
    sheets: u64,
    smallest_module_mm: f64,
}

impl<'a, W: Write, O: FnMut(u32) -> io::Result<W>> Shelf<'a, W, O> {
    pub(super) fn new(plan: &'a Plan<'a>, open: O) -> Self {
        Self {
            plan,
            open,
            current: None,
            done: Vec::new(),
            stamps: 0,
            sheets: 0,
            smallest_module_mm: f64::INFINITY,
        }
    }

    /// Writes the next page and returns the number of stamps so far.
    pub(super) fn put(&mut self, page: Page) -> io::Result<u64> {
        self.sheets += 1;
        self.stamps += page.stamps;
        self.smallest_module_mm = self.smallest_module_mm.min(page.smallest_module_mm);
        let mut binding = match self.current.take() {
            Some(binding) => binding,
            None => self.begin()?,
        };
        binding.put(page)?;
        if binding.pages.len() >= self.plan.job.sheets_per_volume.max(1) as usize {
            self.done.push(binding.finish()?);
        } else {
            self.current = Some(binding);
        }
        Ok(self.stamps)
    }

    /// Closes the last file; returns all of them and the smallest module.
    pub(super) fn finish(mut self) -> io::Result<(Vec<Volume>, f64)> {
        if let Some(binding) = self.current.take() {
            self.done.push(binding.finish()?);
        }
        Ok((self.done, self.smallest_module_mm))
    }

    fn begin(&mut self) -> io::Result<Binding<'a, W>> {
        let number = u32::try_from(self.done.len() + 1).unwrap_or(u32::MAX);
        Binding::new(self.plan, (self.open)(number)?, number, self.sheets)
    }
}

/// A file being written.
struct Binding<'a, W> {
    plan: &'a Plan<'a>,
    document: Document<W>,
    catalog: Ref,
    info: Ref,
    tree: Ref,
    resources: Ref,
    pages: Vec<Ref>,
    volume: Volume,
}

impl<'a, W: Write> Binding<'a, W> {
    fn new(plan: &'a Plan<'a>, out: W, number: u32, first_sheet: u64) -> io::Result<Self> {
        let mut document = Document::new(out)?;
        let [catalog, info, tree, resources] = std::array::from_fn(|_| document.reserve());
        let volume = Volume {
            number,
            first_sheet,
            last_sheet: first_sheet,
            first_serial: String::new(),
            last_serial: String::new(),
            stamps: 0,
            bytes: 0,
            sha256: String::new(),
        };
        let mut binding =
            Self { plan, document, catalog, info, tree, resources, pages: Vec::new(), volume };
        binding.shared()?;
        Ok(binding)
    }

    /// Fonts, forms, and the resources that pages draw on.
    fn shared(&mut self) -> io::Result<()> {
        let mut fonts = Vec::new();
        for (style, subset) in &self.plan.subsets {
            fonts.push((Name(style.resource().as_bytes()), subset.write(&mut self.document)?));
        }
        let font_list = self.document.reserve();
        self.document.object(font_list, |chunk| {
            chunk.indirect(font_list).dict().pairs(fonts);
        })?;
        let job = self.plan.job;
        let stamp = job.layout.trim().grown(dots(job.layout.bleed_mm));
        let art = self.form(self.plan.art.content.as_bytes(), stamp, Some(font_list))?;
        let marks = self.form(self.plan.marks.as_bytes(), job.layout.page(), None)?;
        let id = self.resources;
        self.document.object(id, |chunk| {
            let mut dict = chunk.indirect(id).dict();
            dict.pair(Name(b"Font"), font_list);
            let mut forms = dict.insert(Name(b"XObject")).dict();
            forms.pair(Name(ART.as_bytes()), art).pair(Name(MARKS.as_bytes()), marks);
        })
    }

    /// Static art, in dots: pages set the scale before they draw it.
    fn form(&mut self, content: &[u8], bbox: Rect, fonts: Option<Ref>) -> io::Result<Ref> {
        let id = self.document.reserve();
        let compressed = deflate(content);
        self.document.object(id, |chunk| {
            let mut form = chunk.form_xobject(id, &compressed);
            form.filter(Filter::FlateDecode);
            form.bbox(PdfRect::new(
                as_f32(bbox.x),
                as_f32(bbox.y),
                as_f32(bbox.right()),
                as_f32(bbox.top()),
            ));
            let mut resources = form.insert(Name(b"Resources")).dict();
            if let Some(fonts) = fonts {
                resources.pair(Name(b"Font"), fonts);
            }
        })?;
        Ok(id)
    }

    fn put(&mut self, page: Page) -> io::Result<()> {
        let [content, id] = std::array::from_fn(|_| self.document.reserve());
        self.document.object(content, |chunk| {
            chunk.stream(content, &page.content).filter(Filter::FlateDecode);
        })?;
        let layout = self.plan.job.layout;
        let trim = layout.block();
        let bleed = trim.grown(dots(layout.bleed_mm));
        let (tree, resources) = (self.tree, self.resources);
        self.document.object(id, |chunk| {
            let mut dict = chunk.page(id);
            dict.parent(tree).media_box(points(layout.page()));
            dict.bleed_box(points(bleed)).trim_box(points(trim));
            dict.contents(content).pair(Name(b"Resources"), resources);
        })?;
        self.pages.push(id);
        let volume = &mut self.volume;
        if volume.stamps == 0 {
            volume.first_serial = page.first_serial;
        }
        volume.last_serial = page.last_serial;
        volume.last_sheet = volume.first_sheet + u64::try_from(self.pages.len()).unwrap_or(1) - 1;
        volume.stamps += page.stamps;
        Ok(())
    }

    fn finish(mut self) -> io::Result<Volume> {
        let (catalog, info, tree) = (self.catalog, self.info, self.tree);
        let count = i32::try_from(self.pages.len()).unwrap_or(i32::MAX);
        self.document.object(tree, |chunk| {
            chunk.pages(tree).count(count).kids(self.pages.iter().copied());
        })?;
        self.document.object(catalog, |chunk| {
            let mut dict = chunk.indirect(catalog).dict();
            dict.pair(Name(b"Type"), Name(b"Catalog")).pair(Name(b"Pages"), tree);
            dict.pair(Name(b"Lang"), TextStr("vi-VN"));
            // Viewers offer to print at 100 %, not to fit the page (ISO 32000-1, 12.2).
            let mut preferences = dict.insert(Name(b"ViewerPreferences")).dict();
            preferences.pair(Name(b"PrintScaling"), Name(b"None"));
            preferences.finish();
        })?;
        let job = self.plan.job;
        let title = format!("Tem OCOP, lô {}, tập {}", job.batch, self.volume.number);
        self.document.object(info, |chunk| {
            let mut dict = chunk.indirect(info).dict();
            dict.pair(Name(b"Title"), TextStr(&title));
            dict.pair(Name(b"Producer"), TextStr("ocop-stamp"));
            dict.pair(Name(b"CreationDate"), date(job.issued_on));
        })?;
        let finished = self.document.finish(catalog, info)?;
        Ok(Volume { bytes: finished.bytes, sha256: finished.sha256, ..self.volume })
    }
}

fn date(day: Day) -> Date {
    let small = |number: u32| u8::try_from(number).unwrap_or_default();
    Date::new(u16::try_from(day.year()).unwrap_or_default())
        .month(small(day.month()))
        .day(small(day.day()))
}

/// A rectangle in points.
fn points(rect: Rect) -> PdfRect {
    // A division of whole numbers gives the shortest decimal; a product would not.
    let point = |dots: i32| as_f32(dots * 12) / 100.0;
    PdfRect::new(point(rect.x), point(rect.y), point(rect.right()), point(rect.top()))
}
