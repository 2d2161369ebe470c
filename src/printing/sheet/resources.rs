//! What content streams name: fonts, colours, graphics states, layers and forms.

use pdf_writer::{Name, Ref};

/// What a content stream draws on.
#[derive(Clone)]
pub(super) struct Resources {
    pub(super) fonts: Vec<(&'static str, Ref)>,
    pub(super) colours: Vec<(String, Ref)>,
    pub(super) states: Vec<(&'static str, Ref)>,
    pub(super) layers: Vec<(&'static str, Ref)>,
    pub(super) forms: Vec<(&'static str, Ref)>,
}

impl Resources {
    /// Fills a resource dictionary (ISO 32000-1, 7.8.3).
    pub(super) fn write(&self, mut dict: pdf_writer::Dict<'_>) {
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
