//! One PDF file of some sheets, and the row of files that a job makes.

use std::io::{self, Write};

use pdf_writer::{Filter, Finish, Name, Rect as PdfRect, Ref, TextStr};
use sha2::{Digest, Sha256};

use super::page::{ART, DIE, MARKS, Page, Plan, Purpose};
use super::{Volume, words};
use crate::printing::colour::Step;
use crate::printing::design::PAGE;
use crate::printing::geometry::{Rect, as_f32};
use crate::printing::pdf::content::{Content, deflate};
use crate::printing::pdf::declaration::{self, Declaration};
use crate::printing::pdf::document::Document;
use crate::printing::pdf::resources::Resources;
use crate::printing::prepress::Standard;

/// What a file grows by when it is closed, for each page and at all: used to keep to a limit.
const CLOSING_BYTES: (u64, u64) = (64, 4096);

/// How far the art of a cell stays within its bounds, in dots: a hair, lest a renderer round a cut
/// that neighbours share into the neighbour's last pixel.
const HAIR: f32 = 0.05;

/// The files of a job, one open at a time.
pub(super) struct Shelf<'a, W, O> {
    plan: &'a Plan<'a>,
    open: O,
    current: Option<Binding<'a, W>>,
    done: Vec<Volume>,
    stamps: u64,
    module: i32,
}

impl<'a, W: Write, O: FnMut(u32) -> io::Result<W>> Shelf<'a, W, O> {
    pub(super) fn new(plan: &'a Plan<'a>, open: O) -> Self {
        Self { plan, open, current: None, done: Vec::new(), stamps: 0, module: i32::MAX }
    }

    /// Writes the next page and returns the number of stamps so far.
    pub(super) fn put(&mut self, sheet: u64, page: Page) -> io::Result<u64> {
        self.stamps += page.stamps;
        self.module = self.module.min(page.module);
        let split = self.plan.job.split;
        let full = |binding: &Binding<'_, W>| {
            split.stamps.is_some_and(|most| binding.volume.stamps + page.stamps > most)
                || split.bytes.is_some_and(|most| binding.length_with(&page) > most)
        };
        if let Some(binding) = self.current.take() {
            if full(&binding) {
                self.done.push(binding.finish()?);
            } else {
                self.current = Some(binding);
            }
        }
        let mut binding = match self.current.take() {
            Some(binding) => binding,
            None => self.begin(sheet)?,
        };
        binding.put(sheet, page)?;
        if binding.pages.len() >= split.sheets.max(1) as usize {
            self.done.push(binding.finish()?);
        } else {
            self.current = Some(binding);
        }
        Ok(self.stamps)
    }

    /// Closes the last file; returns all of them and the smallest module in dots.
    pub(super) fn finish(mut self) -> io::Result<(Vec<Volume>, i32)> {
        if let Some(binding) = self.current.take() {
            self.done.push(binding.finish()?);
        }
        Ok((self.done, self.module))
    }

    fn begin(&mut self, sheet: u64) -> io::Result<Binding<'a, W>> {
        let number = u32::try_from(self.done.len() + 1).unwrap_or(u32::MAX);
        Binding::new(self.plan, (self.open)(number)?, number, sheet)
    }
}

/// A file being written.
pub(super) struct Binding<'a, W> {
    plan: &'a Plan<'a>,
    document: Document<W>,
    catalog: Ref,
    info: Ref,
    tree: Ref,
    resources: Ref,
    layers: Vec<(Step, Ref)>,
    parts: Option<Parts>,
    pages: Vec<Ref>,
    volume: Volume,
}

/// The document parts of a PDF/VT file: one for each sheet.
struct Parts {
    root: Ref,
    job: Ref,
    sheets: Vec<Ref>,
}

impl<'a, W: Write> Binding<'a, W> {
    pub(super) fn new(
        plan: &'a Plan<'a>,
        out: W,
        number: u32,
        first_sheet: u64,
    ) -> io::Result<Self> {
        let standard = plan.palette.standard();
        let mut document = Document::new(out, Declaration::minor(standard))?;
        let [catalog, info, tree, resources] = std::array::from_fn(|_| document.reserve());
        let parts = (standard == Standard::Vt1).then(|| Parts {
            root: document.reserve(),
            job: document.reserve(),
            sheets: Vec::new(),
        });
        let volume = Volume { number, first_sheet, last_sheet: first_sheet, ..Volume::default() };
        let mut binding = Self {
            plan,
            document,
            catalog,
            info,
            tree,
            resources,
            layers: Vec::new(),
            parts,
            pages: Vec::new(),
            volume,
        };
        binding.shared()?;
        Ok(binding)
    }

    /// Layers, fonts, colours and forms, and the resources that pages draw on.
    fn shared(&mut self) -> io::Result<()> {
        for step in self.plan.palette.steps() {
            let id = self.document.reserve();
            declaration::write_layer(&mut self.document, id, step)?;
            self.layers.push((step, id));
        }
        let (subsets, spots) = (&self.plan.subsets, self.plan.palette.spots());
        let base = Resources::shared(&mut self.document, subsets, spots, &self.layers)?;
        let imposition = self.plan.job.imposition;
        let (trim, sheet) = (imposition.trim(), imposition.sheet());
        let mut of_art = base.clone();
        if let Some(page) = &self.plan.art.page {
            of_art = base.with_forms(vec![(PAGE, page.write(&mut self.document)?)]);
        }
        let whole = edges(trim.grown(imposition.bleed()), 0.0);
        let sheet = edges(sheet, 0.0);
        let art = self.form(&self.plan.art.content, whole, &of_art)?;
        let mut forms = vec![(ART, art), (MARKS, self.form(&self.plan.marks, sheet, &base)?)];
        let of_bounded = base.with_forms(vec![(ART, art)]);
        for (name, bounds) in &self.plan.bounds {
            let mut content = Content::default();
            content.form_here(ART);
            forms.push((*name, self.form(&content, edges(*bounds, HAIR), &of_bounded)?));
        }
        if let Some(die) = &self.plan.die {
            forms.push((DIE, self.form(die, sheet, &base)?));
        }
        let id = self.resources;
        let all = base.with_forms(forms);
        self.document.object(id, |chunk| all.write(chunk.indirect(id).dict()))
    }

    /// Static drawing, in dots: pages set the scale before they draw it.
    fn form(&mut self, content: &Content, bbox: PdfRect, resources: &Resources) -> io::Result<Ref> {
        let id = self.document.reserve();
        let compressed = deflate(content.as_bytes());
        let encapsulated = self.parts.is_some();
        self.document.object(id, |chunk| {
            let mut form = chunk.form_xobject(id, &compressed);
            form.filter(Filter::FlateDecode);
            form.bbox(bbox);
            if encapsulated {
                // What a press may keep between pages (ISO 16612-2, 6.7).
                let hash = Sha256::digest(content.as_bytes());
                let id = format!("uuid:{}", declaration::uuid(&hash.into()));
                declaration::text_id(&mut form, "GTS_XID", &id);
                form.pair(Name(b"GTS_Encapsulated"), true);
                form.pair(Name(b"GTS_Scope"), Name(b"File"));
            }
            resources.write(form.insert(Name(b"Resources")).dict());
        })?;
        Ok(id)
    }

    /// The length that the file would have with one more page.
    fn length_with(&self, page: &Page) -> u64 {
        let pages = u64::try_from(self.pages.len()).unwrap_or(u64::MAX) + 1;
        let next = u64::try_from(page.content.len()).unwrap_or(u64::MAX) + 512;
        self.document.position() + next + pages * CLOSING_BYTES.0 + CLOSING_BYTES.1
    }

    pub(super) fn put(&mut self, sheet: u64, page: Page) -> io::Result<()> {
        let [content, id] = std::array::from_fn(|_| self.document.reserve());
        self.document.object(content, |chunk| {
            chunk.stream(content, &page.content).filter(Filter::FlateDecode);
        })?;
        let imposition = self.plan.job.imposition;
        let points = |rect: Rect| {
            let (rect, grid) = (imposition.on_page(rect), imposition.grid());
            let edges = [rect.x, rect.y, rect.right(), rect.top()].map(|edge| grid.points(edge));
            PdfRect::new(edges[0], edges[1], edges[2], edges[3])
        };
        let trim = imposition.block();
        // Frames of a roll bleed into each other, but no box leaves its page.
        let bleed = trim.grown(imposition.bleed()).within(&imposition.sheet());
        let part = self.part(sheet, &page, id)?;
        let (tree, resources) = (self.tree, self.resources);
        self.document.object(id, |chunk| {
            let mut dict = chunk.page(id);
            dict.parent(tree).media_box(points(imposition.sheet()));
            dict.bleed_box(points(bleed)).trim_box(points(trim));
            dict.contents(content).pair(Name(b"Resources"), resources);
            if let Some(part) = part {
                dict.pair(Name(b"DPart"), part);
            }
        })?;
        self.pages.push(id);
        let volume = &mut self.volume;
        if volume.stamps == 0 {
            volume.first_serial = page.first_serial;
            volume.last_serial = page.last_serial;
        } else {
            volume.first_serial = std::mem::take(&mut volume.first_serial).min(page.first_serial);
            volume.last_serial = std::mem::take(&mut volume.last_serial).max(page.last_serial);
        }
        volume.last_sheet = sheet;
        volume.stamps += page.stamps;
        Ok(())
    }

    /// Writes the document part of a sheet (ISO 32000-2, 14.12).
    fn part(&mut self, sheet: u64, page: &Page, first: Ref) -> io::Result<Option<Ref>> {
        let Some(parts) = &mut self.parts else { return Ok(None) };
        let (id, job) = (self.document.reserve(), parts.job);
        parts.sheets.push(id);
        self.document.object(id, |chunk| {
            let mut dict = chunk.indirect(id).dict();
            dict.pair(Name(b"Type"), Name(b"DPart")).pair(Name(b"Parent"), job);
            dict.pair(Name(b"Start"), first);
            let mut facts = dict.insert(Name(b"DPM")).dict();
            facts.pair(Name(b"Sheet"), i32::try_from(sheet).unwrap_or(i32::MAX));
            facts.pair(Name(b"FirstSerial"), TextStr(&page.first_serial));
            facts.pair(Name(b"LastSerial"), TextStr(&page.last_serial));
        })?;
        Ok(Some(id))
    }

    pub(super) fn finish(mut self) -> io::Result<Volume> {
        let (tree, pages) = (self.tree, std::mem::take(&mut self.pages));
        let count = i32::try_from(pages.len()).unwrap_or(i32::MAX);
        self.document.object(tree, |chunk| {
            chunk.pages(tree).count(count).kids(pages);
        })?;
        self.write_parts()?;
        self.declare()?;
        let finished = self.document.finish(self.catalog, self.info)?;
        Ok(Volume { bytes: finished.bytes, sha256: finished.sha256, ..self.volume })
    }

    fn write_parts(&mut self) -> io::Result<()> {
        let Some(Parts { root, job, sheets }) = self.parts.take() else { return Ok(()) };
        self.document.object(root, |chunk| {
            let mut dict = chunk.indirect(root).dict();
            dict.pair(Name(b"Type"), Name(b"DPartRoot")).pair(Name(b"DPartRootNode"), job);
            dict.insert(Name(b"NodeNameList")).array().items([Name(b"job"), Name(b"sheet")]);
            dict.pair(Name(b"RecordLevel"), 1);
        })?;
        self.document.object(job, |chunk| {
            let mut dict = chunk.indirect(job).dict();
            dict.pair(Name(b"Type"), Name(b"DPart")).pair(Name(b"Parent"), root);
            dict.insert(Name(b"DParts")).array().push().array().items(sheets);
        })?;
        self.parts = Some(Parts { root, job, sheets: Vec::new() });
        Ok(())
    }

    /// Metadata, output intent and catalog.
    fn declare(&mut self) -> io::Result<()> {
        let job = self.plan.job;
        let title = match self.plan.purpose {
            Purpose::Press => {
                format!("Tem OCOP, lô {}, tập {}", job.label.batch, self.volume.number)
            }
            Purpose::Proof | Purpose::Ground => format!("{} · {}", words::WORDS, job.design.name),
        };
        let description = description(self.plan);
        let hash = Sha256::new()
            .chain_update(&title)
            .chain_update(&description)
            .chain_update(self.volume.first_serial.as_bytes())
            .chain_update(self.volume.last_serial.as_bytes())
            .chain_update(&job.design.sha256)
            .finalize();
        let document_id = format!("uuid:{}", declaration::uuid(&hash.into()));
        let declaration = Declaration {
            standard: self.plan.palette.standard(),
            title: &title,
            description: &description,
            made_on: job.issued_on,
            document_id: &document_id,
        };
        let xmp = self.document.reserve();
        declaration::write_xmp(&mut self.document, xmp, &declaration)?;
        let mut intent = None;
        if let Some(conditions) = &job.intent {
            let id = self.document.reserve();
            declaration::write_intent(&mut self.document, id, conditions)?;
            intent = Some(id);
        }
        let info = self.info;
        self.document.object(info, |chunk| declaration.write_info(chunk.indirect(info).dict()))?;
        self.write_catalog(xmp, intent)
    }

    fn write_catalog(&mut self, xmp: Ref, intent: Option<Ref>) -> io::Result<()> {
        let (catalog, tree) = (self.catalog, self.tree);
        let standard = self.plan.palette.standard();
        let layers: Vec<Ref> = self.layers.iter().map(|(_, id)| *id).collect();
        let parts = self.parts.as_ref().map(|parts| parts.root);
        self.document.object(catalog, |chunk| {
            let mut dict = chunk.indirect(catalog).dict();
            dict.pair(Name(b"Type"), Name(b"Catalog")).pair(Name(b"Pages"), tree);
            dict.pair(Name(b"Lang"), TextStr("vi-VN")).pair(Name(b"Metadata"), xmp);
            if let Some(intent) = intent {
                dict.insert(Name(b"OutputIntents")).array().item(intent);
            }
            if standard != Standard::X1a {
                // Viewers offer to print at 100 %, not to fit the page (ISO 32000-1, 12.2).
                let mut preferences = dict.insert(Name(b"ViewerPreferences")).dict();
                preferences.pair(Name(b"PrintScaling"), Name(b"None"));
                preferences.finish();
            }
            if let Some(parts) = parts {
                dict.pair(Name(b"DPartRoot"), parts);
            }
            declaration::list_layers(&mut dict, &layers);
        })
    }
}

/// A rectangle in dots, its edges drawn inwards.
fn edges(rect: Rect, by: f32) -> PdfRect {
    let (right, top) = (as_f32(rect.right()) - by, as_f32(rect.top()) - by);
    PdfRect::new(as_f32(rect.x) + by, as_f32(rect.y) + by, right, top)
}

/// What must be known of a file that lost its name: what is printed, how, on which dots.
fn description(plan: &Plan<'_>) -> String {
    let job = plan.job;
    let layout = &job.imposition.layout;
    format!(
        "{}; design {} v{}; layout {}; {} dpi, modules of whole dots",
        job.label.product_name,
        job.design.name,
        job.design.data.version,
        layout.name,
        layout.dots().dpi(),
    )
}
