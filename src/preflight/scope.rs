//! The resources that a content stream draws on (ISO 32000-1, 7.8.3), read once.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};

use super::fonts::{self, FontKey};
use super::layers;
use super::read;
use super::space::{Space, Spaces, named};

/// Changes that a graphics state dictionary makes, as far as rules ask.
#[derive(Default)]
pub(super) struct StateChange<'a> {
    pub(super) line_width: Option<f64>,
    pub(super) overprint_stroke: Option<bool>,
    pub(super) overprint_fill: Option<bool>,
    pub(super) overprint_mode: Option<i64>,
    pub(super) font: Option<Face<'a>>,
    pub(super) font_size: Option<f64>,
    /// The group of its soft mask.
    pub(super) soft_mask: Option<Stream<'a>>,
}

/// A font as it is shown.
#[derive(Clone)]
pub(super) enum Face<'a> {
    /// Glyphs are outlines.
    Outlines(Rc<FontKey>),
    /// Glyphs are content streams (Type 3).
    Drawn(Dict<'a>),
}

impl<'a> Face<'a> {
    fn of(pdf: &'a Pdf, font: Dict<'a>) -> Self {
        if read::is(&font, "Subtype", "Type3") {
            Self::Drawn(font)
        } else {
            Self::Outlines(Rc::new(fonts::key(pdf, &font)))
        }
    }
}

/// Resources.
pub(super) struct Scope<'a> {
    pdf: &'a Pdf,
    spaces: Dict<'a>,
    states: Dict<'a>,
    fonts: Dict<'a>,
    objects: Dict<'a>,
    patterns: Dict<'a>,
    shadings: Dict<'a>,
    properties: Dict<'a>,
    known_spaces: RefCell<HashMap<Vec<u8>, Option<Rc<Space>>>>,
    known_states: RefCell<HashMap<Vec<u8>, Option<Rc<StateChange<'a>>>>>,
    known_faces: RefCell<HashMap<Vec<u8>, Option<Face<'a>>>>,
    defaults: [(&'static str, Option<Rc<Space>>); 3],
}

impl<'a> Scope<'a> {
    pub(super) fn new(pdf: &'a Pdf, resources: &Dict<'a>, known: &mut Spaces<'a>) -> Self {
        let part = |key: &str| read::own_dict(pdf, resources, key).unwrap_or_default();
        let spaces = part("ColorSpace");
        let defaults = ["DefaultGray", "DefaultRGB", "DefaultCMYK"]
            .map(|key| (key, known.under(&spaces, key.as_bytes())));
        Self {
            pdf,
            spaces,
            states: part("ExtGState"),
            fonts: part("Font"),
            objects: part("XObject"),
            patterns: part("Pattern"),
            shadings: part("Shading"),
            properties: part("Properties"),
            known_spaces: RefCell::default(),
            known_states: RefCell::default(),
            known_faces: RefCell::default(),
            defaults,
        }
    }

    /// The space that takes the place of a device space here.
    pub(super) fn default_space(&self, key: &str) -> Option<Rc<Space>> {
        self.defaults.iter().find(|(name, _)| *name == key)?.1.clone()
    }

    /// A colour space by its name.
    pub(super) fn space(&self, name: &Name<'_>, known: &mut Spaces<'a>) -> Option<Rc<Space>> {
        let key = name.as_ref();
        if let Some(space) = self.known_spaces.borrow().get(key) {
            return space.clone();
        }
        let own = known.under(&self.spaces, key);
        let space = own.or_else(|| named(key).map(Rc::new));
        self.known_spaces.borrow_mut().insert(key.to_vec(), space.clone());
        space
    }

    /// A graphics state by its name.
    pub(super) fn state(&self, name: &Name<'_>) -> Option<Rc<StateChange<'a>>> {
        let key = name.as_ref();
        if let Some(state) = self.known_states.borrow().get(key) {
            return state.clone();
        }
        let state = read::own_dict(self.pdf, &self.states, key);
        let state = state.map(|dict| Rc::new(change(self.pdf, &dict)));
        self.known_states.borrow_mut().insert(key.to_vec(), state.clone());
        state
    }

    /// A font by its name.
    pub(super) fn face(&self, name: &Name<'_>) -> Option<Face<'a>> {
        let key = name.as_ref();
        if let Some(face) = self.known_faces.borrow().get(key) {
            return face.clone();
        }
        let face = read::own_dict(self.pdf, &self.fonts, key);
        let face = face.map(|font| Face::of(self.pdf, font));
        self.known_faces.borrow_mut().insert(key.to_vec(), face.clone());
        face
    }

    /// A form or an image by its name.
    pub(super) fn placed(&self, name: &Name<'_>) -> Option<Stream<'a>> {
        read::own_stream(self.pdf, &self.objects, name)
    }

    /// A pattern by its name.
    pub(super) fn pattern(&self, name: &Name<'_>) -> Option<Object<'a>> {
        read::object(self.pdf, &self.patterns, name)
    }

    /// A shading by its name.
    pub(super) fn shading(&self, name: &Name<'_>) -> Option<Dict<'a>> {
        read::dict_of(&read::object(self.pdf, &self.shadings, name)?)
    }

    /// Whether the layer of this name is a step that cuts or folds.
    pub(super) fn is_die_step(&self, name: &Name<'_>) -> bool {
        read::own_dict(self.pdf, &self.properties, name)
            .is_some_and(|layer| layers::is_die_step(self.pdf, &layer))
    }

    /// Whether there is a property list of this name.
    pub(super) fn has_properties(&self, name: &Name<'_>) -> bool {
        self.properties.contains_key(name)
    }
}

fn change<'a>(pdf: &'a Pdf, dict: &Dict<'a>) -> StateChange<'a> {
    let stroke = dict.get::<bool>("OP");
    let font = dict.get::<Array<'_>>("Font");
    let mask = read::own_dict(pdf, dict, "SMask");
    StateChange {
        line_width: dict.get::<f64>("LW"),
        overprint_stroke: stroke,
        // OP sets both where op is absent (ISO 32000-1, table 58).
        overprint_fill: dict.get::<bool>("op").or(stroke),
        overprint_mode: dict.get::<i64>("OPM"),
        font: font.as_ref().and_then(|font| match font.iter::<Object<'_>>().next() {
            Some(Object::Dict(font)) => Some(Face::of(pdf, font)),
            _ => None,
        }),
        font_size: font.and_then(|font| match font.iter::<Object<'_>>().nth(1) {
            Some(Object::Number(size)) => Some(size.as_f64()),
            _ => None,
        }),
        soft_mask: mask.and_then(|mask| read::own_stream(pdf, &mask, "G")),
    }
}
