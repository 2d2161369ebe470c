//! The graphics state (ISO 32000-1, 8.4), as far as rules ask about it.

use std::hash::{DefaultHasher, Hash};
use std::rc::Rc;

use hayro_syntax::object::Object;

use super::matrix::Matrix;
use super::scope::Face;
use super::space::Space;

/// A colour to paint with.
#[derive(Clone)]
pub(super) struct Paint<'a> {
    pub(super) space: Rc<Space>,
    pub(super) tint: Rc<[f64]>,
    /// The pattern, where the space is one of patterns.
    pub(super) pattern: Option<Object<'a>>,
}

impl Paint<'_> {
    /// A colour of a space.
    pub(super) fn new(space: Rc<Space>, tint: &[f64]) -> Self {
        Self { space, tint: tint.into(), pattern: None }
    }

    fn hash(&self, hasher: &mut DefaultHasher) {
        Rc::as_ptr(&self.space).hash(hasher);
        std::mem::discriminant(&*self.space).hash(hasher);
        for value in self.tint.iter() {
            value.to_bits().hash(hasher);
        }
        if let Some(Object::Stream(pattern)) = &self.pattern {
            pattern.obj_id().hash(hasher);
        }
    }
}

/// A graphics state.
#[derive(Clone)]
pub(super) struct State<'a> {
    pub(super) matrix: Matrix,
    pub(super) fill: Paint<'a>,
    pub(super) stroke: Paint<'a>,
    pub(super) line_width: f64,
    pub(super) overprint_stroke: bool,
    pub(super) overprint_fill: bool,
    /// The overprint mode, where the file says one.
    pub(super) overprint_mode: Option<i64>,
    pub(super) font_size: f64,
    /// The font, where one is chosen that is there.
    pub(super) font: Option<Face<'a>>,
    pub(super) text_mode: i64,
}

impl State<'_> {
    /// The state at the start of a page.
    pub(super) fn initial(gray: &Rc<Space>) -> Self {
        let black = Paint::new(Rc::clone(gray), &[0.0]);
        Self {
            matrix: Matrix::IDENTITY,
            fill: black.clone(),
            stroke: black,
            line_width: 1.0,
            overprint_stroke: false,
            overprint_fill: false,
            overprint_mode: None,
            font_size: 0.0,
            font: None,
            text_mode: 0,
        }
    }

    /// Equal for states in which the same form gives the same findings: all but the place.
    pub(super) fn print(&self, hasher: &mut DefaultHasher) {
        for value in self.matrix.linear() {
            // Rounding tells 0.1 mm on a metre apart, and not the last bits of a product.
            (value * 1e4).round().to_bits().hash(hasher);
        }
        self.fill.hash(hasher);
        self.stroke.hash(hasher);
        self.line_width.to_bits().hash(hasher);
        let overprint = (self.overprint_stroke, self.overprint_fill, self.overprint_mode);
        (overprint, self.text_mode).hash(hasher);
        self.font_size.to_bits().hash(hasher);
        match &self.font {
            Some(Face::Outlines(key)) => key.hash(hasher),
            Some(Face::Drawn(font)) => font.obj_id().hash(hasher),
            None => {}
        }
    }
}
