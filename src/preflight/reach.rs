//! Every object that can be reached from the catalog and the information dictionary, each once.

use std::collections::HashSet;

use hayro_syntax::object::{Dict, MaybeRef, Name, Object, ObjectIdentifier, Stream};

use super::document::{Check, Document};
use super::limits::OBJECTS_MAX;
use super::report::Place;
use super::rule::Rule;
use super::{active, filters, fonts, halftones, layers, pictures, transparency};

/// A dictionary or stream, and where it hangs.
pub(super) struct Reached<'a> {
    pub(super) dict: Dict<'a>,
    pub(super) stream: Option<Stream<'a>>,
    /// The key under which it hangs; of items of an array, the array's.
    pub(super) key: Option<Name<'a>>,
    /// The key under which the dictionary around it hangs.
    pub(super) parent: Option<Name<'a>>,
    /// The object it stands in.
    pub(super) object: Option<u32>,
}

impl Reached<'_> {
    pub(super) fn place(&self) -> Place {
        Place::object(self.object)
    }

    /// Whether it hangs under this key.
    pub(super) fn under(&self, key: &str) -> bool {
        self.key.as_ref().is_some_and(|own| own.as_ref() == key.as_bytes())
    }

    /// Whether the dictionary around it hangs under this key.
    pub(super) fn within(&self, key: &str) -> bool {
        self.parent.as_ref().is_some_and(|own| own.as_ref() == key.as_bytes())
    }
}

/// Asks the rules of single objects about every object.
pub(super) fn check(check: &mut Check<'_>) {
    let mut walk = Walk::new(check.document);
    while let Some(reached) = walk.next() {
        filters::check(check, &reached);
        fonts::check(check, &reached);
        layers::check_object(check, &reached);
        pictures::check_object(check, &reached);
        if check.standard.is_some() {
            active::check_object(check, &reached);
            halftones::check(check, &reached);
        }
        if check.x1a() {
            transparency::check(check, &reached);
        }
    }
    if walk.count > OBJECTS_MAX {
        let detail = format!("more than {OBJECTS_MAX} objects");
        check.findings.add(Rule::CheckCutShort, Place::FILE, detail);
    }
}

struct Item<'a> {
    object: Object<'a>,
    key: Option<Name<'a>>,
    parent: Option<Name<'a>>,
    number: Option<u32>,
}

struct Walk<'a> {
    document: &'a Document<'a>,
    waiting: Vec<Item<'a>>,
    seen: HashSet<ObjectIdentifier>,
    count: u64,
}

impl<'a> Walk<'a> {
    fn new(document: &'a Document<'a>) -> Self {
        let mut walk = Self { document, waiting: Vec::new(), seen: HashSet::new(), count: 0 };
        let root = document.pdf.xref().root_id();
        walk.seen.insert(root);
        walk.seen.extend(document.frame.info);
        for dict in [&document.info, &document.catalog] {
            let number = dict.obj_id().map(|id| id.obj_number);
            let object = Object::Dict(dict.clone());
            walk.waiting.push(Item { object, key: None, parent: None, number });
        }
        walk
    }

    fn next(&mut self) -> Option<Reached<'a>> {
        loop {
            let Item { object, key, parent, number } = self.waiting.pop()?;
            self.count += 1;
            if self.count > OBJECTS_MAX {
                return None;
            }
            let (dict, stream) = match object {
                Object::Dict(dict) => (dict, None),
                Object::Stream(stream) => (stream.dict().clone(), Some(stream)),
                Object::Array(array) => {
                    for item in array.raw_iter() {
                        self.push(item, key.clone(), parent.clone(), number);
                    }
                    continue;
                }
                _ => continue,
            };
            for (name, value) in dict.entries() {
                self.push(value, Some(name), key.clone(), number);
            }
            return Some(Reached { dict, stream, key, parent, object: number });
        }
    }

    fn push(
        &mut self,
        value: MaybeRef<Object<'a>>,
        key: Option<Name<'a>>,
        parent: Option<Name<'a>>,
        number: Option<u32>,
    ) {
        let (object, number) = match value {
            MaybeRef::NotRef(object) => (object, number),
            MaybeRef::Ref(reference) => {
                let id = ObjectIdentifier::from(reference);
                if !self.seen.insert(id) {
                    return;
                }
                let Some(object) = self.document.pdf.xref().get::<Object<'_>>(id) else { return };
                (object, Some(id.obj_number))
            }
        };
        if matches!(object, Object::Dict(_) | Object::Stream(_) | Object::Array(_)) {
            self.waiting.push(Item { object, key, parent, number });
        }
    }
}
