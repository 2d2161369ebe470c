//! Colour spaces (ISO 32000-1, 8.6), as far as rules ask about them.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, ObjectIdentifier, Stream};

use super::intent::IccHeader;
use super::limits::{FUNCTION_BYTES_MAX, SPACE_NESTING_MAX};
use super::read;

/// A colour space.
#[derive(Debug, PartialEq)]
pub(super) enum Space {
    Gray,
    Rgb,
    Cmyk,
    /// CIE-based: `CalGray`, `CalRGB` or `Lab`, by its name and number of colours.
    Cie(&'static str, u8),
    /// By a profile, entered with so many colours; whether the profile has them.
    Icc {
        colours: u8,
        fits: bool,
    },
    Indexed(Rc<Space>),
    /// `Separation` or `DeviceN`.
    Spot(Spot),
    /// With the space of the colour that uncoloured patterns are painted in.
    Pattern(Option<Rc<Space>>),
    Unknown,
}

/// Inks by name.
#[derive(Debug, PartialEq)]
pub(super) struct Spot {
    pub(super) names: Vec<String>,
    pub(super) alternate: Rc<Space>,
    /// Equal for equal definitions of the same inks.
    pub(super) print: u64,
}

impl Space {
    /// How many numbers make a colour.
    pub(super) fn colours(&self) -> usize {
        match self {
            Self::Gray | Self::Indexed(_) => 1,
            Self::Rgb => 3,
            Self::Cmyk => 4,
            Self::Cie(_, colours) | Self::Icc { colours, .. } => usize::from(*colours),
            Self::Spot(spot) => spot.names.len(),
            Self::Pattern(base) => base.as_ref().map_or(0, |base| base.colours()),
            Self::Unknown => 0,
        }
    }

    /// The colour that is current when the space is chosen (8.6.8).
    pub(super) fn initial(&self) -> Vec<f64> {
        match self {
            Self::Cmyk => vec![0.0, 0.0, 0.0, 1.0],
            Self::Spot(spot) => vec![1.0; spot.names.len()],
            other => vec![0.0; other.colours()],
        }
    }
}

/// Colour spaces met so far, by their object.
pub(super) struct Spaces<'a> {
    pdf: &'a Pdf,
    known: HashMap<ObjectIdentifier, Rc<Space>>,
}

impl<'a> Spaces<'a> {
    /// None so far.
    pub(super) fn new(pdf: &'a Pdf) -> Self {
        Self { pdf, known: HashMap::new() }
    }

    /// The space under a key, read once if it is an object of its own.
    pub(super) fn under(&mut self, dict: &Dict<'a>, key: &[u8]) -> Option<Rc<Space>> {
        let id = match dict.get_raw::<Object<'_>>(key)? {
            MaybeRef::Ref(reference) => Some(ObjectIdentifier::from(reference)),
            MaybeRef::NotRef(_) => None,
        };
        if let Some(known) = id.and_then(|id| self.known.get(&id)) {
            return Some(Rc::clone(known));
        }
        let space = Rc::new(parse(&read::object(self.pdf, dict, key)?, 0));
        if let Some(id) = id {
            self.known.insert(id, Rc::clone(&space));
        }
        Some(space)
    }
}

/// The spaces that have names of their own, and their abbreviations in inline images.
pub(super) fn named(name: &[u8]) -> Option<Space> {
    Some(match name {
        b"DeviceGray" | b"G" => Space::Gray,
        b"DeviceRGB" | b"RGB" => Space::Rgb,
        b"DeviceCMYK" | b"CMYK" => Space::Cmyk,
        b"Pattern" => Space::Pattern(None),
        _ => return None,
    })
}

/// Reads a space from a name or an array.
pub(super) fn parse(object: &Object<'_>, depth: usize) -> Space {
    let array = match object {
        Object::Name(name) => return named(name.as_ref()).unwrap_or(Space::Unknown),
        Object::Array(array) if depth < SPACE_NESTING_MAX => array,
        _ => return Space::Unknown,
    };
    let mut items = array.iter::<Object<'_>>();
    let Some(Object::Name(family)) = items.next() else { return Space::Unknown };
    let second = items.next();
    let base = || second.as_ref().map(|object| Rc::new(parse(object, depth + 1)));
    match family.as_ref() {
        b"CalGray" => Space::Cie("CalGray", 1),
        b"CalRGB" => Space::Cie("CalRGB", 3),
        b"Lab" => Space::Cie("Lab", 3),
        b"ICCBased" => match second {
            Some(Object::Stream(profile)) => icc(&profile),
            _ => Space::Unknown,
        },
        b"Indexed" | b"I" => base().map_or(Space::Unknown, Space::Indexed),
        b"Pattern" => Space::Pattern(base()),
        b"Separation" | b"DeviceN" => {
            spot(second.as_ref(), items.next(), items.next(), depth).unwrap_or(Space::Unknown)
        }
        name => named(name).unwrap_or(Space::Unknown),
    }
}

fn icc(profile: &Stream<'_>) -> Space {
    let colours = profile.dict().get::<u8>("N").unwrap_or_default();
    let header = IccHeader::read(&read::decode_head(profile, IccHeader::BYTES));
    Space::Icc { colours, fits: header.and_then(|it| it.colours()) == Some(colours) }
}

fn spot(
    names: Option<&Object<'_>>,
    alternate: Option<Object<'_>>,
    tint: Option<Object<'_>>,
    depth: usize,
) -> Option<Space> {
    let names = match names? {
        Object::Name(name) => vec![read::name_text(name)],
        Object::Array(array) => {
            array.iter::<Name<'_>>().map(|name| read::name_text(&name)).collect()
        }
        _ => return None,
    };
    let (alternate, tint) = (alternate?, tint?);
    let mut hasher = DefaultHasher::new();
    fingerprint(&alternate, 0, &mut hasher);
    fingerprint(&tint, 0, &mut hasher);
    let print = hasher.finish();
    Some(Space::Spot(Spot { names, alternate: Rc::new(parse(&alternate, depth + 1)), print }))
}

/// Entries that say how a stream is stored, not what it is.
const STORAGE: [&[u8]; 3] = [b"Length", b"Filter", b"DecodeParms"];

/// What an object is, whatever it is called and however it is stored.
fn fingerprint(object: &Object<'_>, depth: usize, hasher: &mut DefaultHasher) {
    if depth > SPACE_NESTING_MAX {
        return;
    }
    match object {
        Object::Number(number) => number.as_f64().to_bits().hash(hasher),
        Object::Name(name) => name.as_ref().hash(hasher),
        Object::Boolean(value) => value.hash(hasher),
        Object::String(string) => string.as_bytes().hash(hasher),
        Object::Null(_) => 0_u8.hash(hasher),
        Object::Array(array) => fingerprint_items(array, depth, hasher),
        Object::Dict(dict) => fingerprint_entries(dict, depth, hasher),
        Object::Stream(stream) => {
            fingerprint_entries(stream.dict(), depth, hasher);
            read::decode_head(stream, FUNCTION_BYTES_MAX).hash(hasher);
        }
    }
}

fn fingerprint_items(array: &Array<'_>, depth: usize, hasher: &mut DefaultHasher) {
    for item in array.iter::<Object<'_>>() {
        fingerprint(&item, depth + 1, hasher);
    }
}

fn fingerprint_entries(dict: &Dict<'_>, depth: usize, hasher: &mut DefaultHasher) {
    let mut keys: Vec<Name<'_>> = dict.keys().collect();
    keys.sort();
    for key in keys.iter().filter(|key| !STORAGE.contains(&key.as_ref())) {
        key.as_ref().hash(hasher);
        if let Some(value) = dict.get::<Object<'_>>(key) {
            fingerprint(&value, depth + 1, hasher);
        }
    }
}
