//! A PDF written as it goes: one object after the other, nothing kept but their offsets.

pub(crate) mod content;
pub(crate) mod declaration;
pub(crate) mod document;
pub(crate) mod font;
pub(crate) mod leaf;
pub(crate) mod resources;
