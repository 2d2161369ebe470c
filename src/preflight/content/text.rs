//! Text: its font, its size, its colour.

use std::rc::Rc;

use hayro_syntax::object::{Array, Dict, Object};

use super::paint::Mark;
use super::{Frame, Runner, matrix};
use crate::preflight::fonts;
use crate::preflight::limits::TEXT_SIZE_PT_MIN;
use crate::preflight::matrix::Matrix;
use crate::preflight::operators::Operation;
use crate::preflight::read;
use crate::preflight::rule::Rule;
use crate::preflight::scope::Face;

/// The text mode that does nothing (ISO 32000-1, table 106).
const INVISIBLE: i64 = 3;
/// The text mode that paints nothing, but bounds what is painted.
const CLIPPING: i64 = 7;
/// Text modes that only stroke.
const STROKED: [i64; 2] = [1, 5];

impl<'a> Runner<'_, 'a> {
    pub(super) fn text_operation(&mut self, frame: &mut Frame<'a>, operation: &Operation<'_, '_>) {
        match operation.operator {
            b"BT" => frame.text_matrix = Matrix::IDENTITY,
            b"Tm" => {
                frame.text_matrix = operation.exactly().map_or(frame.text_matrix, Matrix);
            }
            b"Tr" => {
                let whole = operation.operands.first().and_then(|operand| match operand {
                    Object::Number(number) => Some(number.as_i64()),
                    _ => None,
                });
                frame.state.text_mode = whole.unwrap_or(0);
            }
            b"Tf" => self.choose_font(frame, operation),
            _ => {
                if shows_something(operation) {
                    self.show(frame);
                }
            }
        }
    }

    fn choose_font(&mut self, frame: &mut Frame<'a>, operation: &Operation<'_, '_>) {
        let Some(name) = operation.name() else { return };
        frame.state.font_size = operation.numbers.first().copied().unwrap_or_default();
        frame.state.font = frame.scope.face(name);
        if frame.state.font.is_none() {
            self.add(Rule::ContentResource, format!("Font {}", read::name_text(name)));
        }
    }

    fn show(&mut self, frame: &Frame<'a>) {
        let state = &frame.state;
        if state.text_mode == INVISIBLE {
            return;
        }
        if let Some(Face::Outlines(key)) = &state.font {
            fonts::paint(self.check, key);
        }
        if state.text_mode == CLIPPING {
            return;
        }
        if let Some(Face::Drawn(font)) = state.font.clone() {
            self.glyphs(frame, &font);
            return;
        }
        let size = state.font_size.abs() * frame.text_matrix.then(state.matrix).height();
        if size < TEXT_SIZE_PT_MIN - 0.005 {
            self.add(Rule::TextSmall, format!("{size:.2} pt"));
        }
        if STROKED.contains(&state.text_mode) {
            self.painted(frame, Mark::Stroke);
        } else {
            self.painted(frame, Mark::Text);
        }
    }

    /// The glyphs of a Type 3 font, all of them (ISO 32000-1, 9.6.5).
    fn glyphs(&mut self, frame: &Frame<'a>, font: &Dict<'a>) {
        let glyphs = read::own_dict(self.pdf, font, "CharProcs").unwrap_or_default();
        let mut state = frame.state.clone();
        let size = state.font_size;
        let scaled = Matrix([size, 0.0, 0.0, size, 0.0, 0.0]);
        state.matrix =
            matrix(font, "FontMatrix").then(scaled).then(frame.text_matrix).then(state.matrix);
        state.font = None;
        let mut names: Vec<_> = glyphs.keys().collect();
        names.sort();
        for name in names {
            if let Some(glyph) = read::own_stream(self.pdf, &glyphs, &name) {
                let resources = read::own_dict(self.pdf, font, "Resources");
                let scope = Rc::clone(&frame.scope);
                self.nested(&glyph, resources, &scope, state.clone());
            }
        }
    }
}

fn shows_something(operation: &Operation<'_, '_>) -> bool {
    let filled = |object: &Object<'_>| match object {
        Object::String(string) => !string.as_bytes().is_empty(),
        _ => false,
    };
    operation.operands.iter().any(|operand| match operand {
        Object::Array(array) => items(array).iter().any(filled),
        other => filled(other),
    })
}

fn items<'a>(array: &Array<'a>) -> Vec<Object<'a>> {
    array.iter::<Object<'_>>().collect()
}
