//! What a content stream draws on: fonts, spot colours, graphics states, layers and forms.

use std::io::{self, Write};

use pdf_writer::{Name, Ref};

use super::content::{APART, OVERPRINT};
use super::declaration;
use super::document::Document;
use super::font::{Style, Subset};
use crate::printing::colour::{Spot, Step};

/// Resources by the names that drawings use.
#[derive(Clone)]
pub(crate) struct Resources {
    fonts: Vec<(&'static str, Ref)>,
    colours: Vec<(String, Ref)>,
    states: Vec<(&'static str, Ref)>,
    layers: Vec<(&'static str, Ref)>,
    forms: Vec<(&'static str, Ref)>,
}

impl Resources {
    /// Writes fonts, spot colours and the graphics states that these need; layers are written already.
    pub(crate) fn shared<W: Write>(
        document: &mut Document<W>,
        subsets: &[(Style, Subset)],
        spots: &[Spot],
        layers: &[(Step, Ref)],
    ) -> io::Result<Self> {
        let mut fonts = Vec::new();
        for (style, subset) in subsets {
            fonts.push((style.resource(), subset.write(document)?));
        }
        let mut colours = Vec::new();
        for (number, spot) in spots.iter().enumerate() {
            let id = document.reserve();
            document.object(id, |chunk| declaration::write_spot(chunk, id, spot))?;
            colours.push((format!("S{number}"), id));
        }
        let mut states = Vec::new();
        let overprints = spots.iter().any(|spot| spot.overprint);
        let apart = spots.iter().any(Spot::is_no_image);
        for (name, mode, used) in [(OVERPRINT, 1, overprints), (APART, 0, apart)] {
            if used {
                let id = document.reserve();
                document.object(id, |chunk| declaration::write_overprint(chunk, id, mode))?;
                states.push((name, id));
            }
        }
        let layers = layers.iter().map(|(step, id)| (step.resource(), *id)).collect();
        Ok(Self { fonts, colours, states, layers, forms: Vec::new() })
    }

    /// The same with forms.
    pub(crate) fn with_forms(&self, forms: Vec<(&'static str, Ref)>) -> Self {
        Self { forms, ..self.clone() }
    }

    /// Fills a resource dictionary.
    pub(crate) fn write(&self, mut dict: pdf_writer::Dict<'_>) {
        let mut list = |key: &'static [u8], entries: &mut dyn Iterator<Item = (&str, Ref)>| {
            let mut entries = entries.peekable();
            if entries.peek().is_some() {
                let named = entries.map(|(name, id)| (Name(name.as_bytes()), id));
                dict.insert(Name(key)).dict().pairs(named);
            }
        };
        list(b"Font", &mut self.fonts.iter().copied());
        list(b"ColorSpace", &mut self.colours.iter().map(|(name, id)| (name.as_str(), *id)));
        list(b"ExtGState", &mut self.states.iter().copied());
        list(b"Properties", &mut self.layers.iter().copied());
        list(b"XObject", &mut self.forms.iter().copied());
    }
}
