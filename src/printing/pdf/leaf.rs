//! A file of a few pages that is no sheet of stamps: drawings and test sheets.

use std::collections::BTreeSet;
use std::io;

use pdf_writer::{Filter, Finish, Name, Rect as PdfRect, Ref, TextStr};
use sha2::{Digest, Sha256};

use super::content::{Content, deflate};
use super::declaration::{self, Declaration, OutputIntent};
use super::document::Document;
use super::font::{FontError, Fonts, Style, Subset};
use super::resources::Resources;
use crate::domain::calendar::Day;
use crate::printing::colour::{Spot, Step};
use crate::printing::geometry::{Grid, Rect};
use crate::printing::prepress::Standard;

/// Why the file was not made.
#[derive(Debug, thiserror::Error)]
pub enum LeafError {
    /// A font cannot be used, or lacks a letter.
    #[error("the texts cannot be set")]
    Font(#[from] FontError),
    /// The file could not be written.
    #[error("the file could not be written")]
    Write(#[from] io::Error),
}

/// A page as it is drawn: in dots from its lower left corner.
pub(crate) struct Leaf {
    pub(crate) page: Rect,
    pub(crate) content: Content,
}

/// A file to be written.
pub(crate) struct Leaves<'a> {
    pub(crate) grid: Grid,
    pub(crate) standard: Standard,
    pub(crate) intent: Option<OutputIntent<'a>>,
    pub(crate) title: &'a str,
    pub(crate) description: &'a str,
    pub(crate) made_on: Day,
    pub(crate) spots: &'a [Spot],
    /// What is written in each font.
    pub(crate) texts: &'a [(Style, BTreeSet<char>)],
}

impl Leaves<'_> {
    /// The file with these pages.
    pub(crate) fn write(&self, leaves: &[Leaf], fonts: &Fonts<'_>) -> Result<Vec<u8>, LeafError> {
        let mut bytes = Vec::new();
        let mut document = Document::new(&mut bytes, Declaration::minor(self.standard))?;
        let [catalog, info, tree, resources] = std::array::from_fn(|_| document.reserve());
        let mut layers = Vec::new();
        for step in self.steps() {
            let id = document.reserve();
            declaration::write_layer(&mut document, id, step)?;
            layers.push((step, id));
        }
        let mut subsets = Vec::new();
        for (style, characters) in self.texts {
            subsets.push((*style, Subset::new(fonts.get(*style), characters)?));
        }
        let shared = Resources::shared(&mut document, &subsets, self.spots, &layers)?;
        document.object(resources, |chunk| shared.write(chunk.indirect(resources).dict()))?;
        let mut pages = Vec::new();
        let mut hash = Sha256::new_with_prefix(self.title);
        for leaf in leaves {
            hash.update(leaf.content.as_bytes());
            pages.push(self.page(&mut document, leaf, tree, resources)?);
        }
        let count = i32::try_from(pages.len()).unwrap_or(i32::MAX);
        document.object(tree, |chunk| {
            chunk.pages(tree).count(count).kids(pages);
        })?;
        let document_id = format!("uuid:{}", declaration::uuid(&hash.finalize().into()));
        let layers: Vec<Ref> = layers.iter().map(|(_, id)| *id).collect();
        self.declare(&mut document, (catalog, info, tree), &document_id, &layers)?;
        document.finish(catalog, info)?;
        Ok(bytes)
    }

    /// Processing steps with a layer, where files have layers.
    fn steps(&self) -> impl Iterator<Item = Step> {
        let used = |step: &Step| self.spots.iter().any(|spot| spot.step == Some(*step));
        Step::ALL.into_iter().filter(move |step| self.standard.has_layers() && used(step))
    }

    fn page(
        &self,
        document: &mut Document<&mut Vec<u8>>,
        leaf: &Leaf,
        tree: Ref,
        resources: Ref,
    ) -> io::Result<Ref> {
        let [content, id] = std::array::from_fn(|_| document.reserve());
        let dot = self.grid.points_per_dot();
        let mut scaled = Content::default();
        scaled.op(&[dot, 0.0, 0.0, dot, 0.0, 0.0], "cm");
        let drawn = [scaled.as_bytes(), leaf.content.as_bytes()].concat();
        let compressed = deflate(&drawn);
        document.object(content, |chunk| {
            chunk.stream(content, &compressed).filter(Filter::FlateDecode);
        })?;
        let (width, height) =
            (self.grid.points(leaf.page.width), self.grid.points(leaf.page.height));
        let whole = PdfRect::new(0.0, 0.0, width, height);
        document.object(id, |chunk| {
            let mut dict = chunk.page(id);
            dict.parent(tree).media_box(whole).bleed_box(whole).trim_box(whole);
            dict.contents(content).pair(Name(b"Resources"), resources);
        })?;
        Ok(id)
    }

    fn declare(
        &self,
        document: &mut Document<&mut Vec<u8>>,
        (catalog, info, tree): (Ref, Ref, Ref),
        document_id: &str,
        layers: &[Ref],
    ) -> io::Result<()> {
        let Self { standard, title, description, made_on, .. } = *self;
        let declaration = Declaration { standard, title, description, made_on, document_id };
        let xmp = document.reserve();
        declaration::write_xmp(document, xmp, &declaration)?;
        let mut intent = None;
        if let Some(conditions) = &self.intent {
            let id = document.reserve();
            declaration::write_intent(document, id, conditions)?;
            intent = Some(id);
        }
        document.object(info, |chunk| declaration.write_info(chunk.indirect(info).dict()))?;
        document.object(catalog, |chunk| {
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
            declaration::list_layers(&mut dict, layers);
        })
    }
}
