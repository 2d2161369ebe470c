//! Colours that are chosen, and areas and lines that are painted with them.

use std::rc::Rc;

use hayro_syntax::object::{Dict, Object, Stream};

use super::{Frame, Runner, matrix};
use crate::preflight::inks::is_die_line;
use crate::preflight::limits::LINE_WIDTH_PT_MIN;
use crate::preflight::operators::Operation;
use crate::preflight::rule::Rule;
use crate::preflight::scope::Scope;
use crate::preflight::space::Space;
use crate::preflight::state::{Paint, State};
use crate::preflight::{colour, craft, read};

/// What is painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::preflight) enum Mark {
    /// An area.
    Fill,
    /// A line.
    Stroke,
    /// Text.
    Text,
    /// A mask of one bit.
    Mask,
}

impl Mark {
    /// The word for it.
    pub(in crate::preflight) fn word(self) -> &'static str {
        match self {
            Self::Fill => "area",
            Self::Stroke => "line",
            Self::Text => "text",
            Self::Mask => "image mask",
        }
    }
}

impl<'a> Runner<'_, 'a> {
    pub(super) fn paint_operation(&mut self, frame: &mut Frame<'a>, operation: &Operation<'_, '_>) {
        let device = &self.device;
        let (space, stroke) = match operation.operator {
            b"g" => (&device.gray, false),
            b"G" => (&device.gray, true),
            b"rg" => (&device.rgb, false),
            b"RG" => (&device.rgb, true),
            b"k" => (&device.cmyk, false),
            b"K" => (&device.cmyk, true),
            b"cs" | b"CS" => return self.choose_space(frame, operation),
            b"sc" | b"scn" | b"SC" | b"SCN" => return self.choose_tint(frame, operation),
            _ => return self.paint_path(frame, operation.operator),
        };
        *chosen(&mut frame.state, stroke) = Paint::new(Rc::clone(space), &operation.numbers);
    }

    fn choose_space(&mut self, frame: &mut Frame<'a>, operation: &Operation<'_, '_>) {
        let Some(name) = operation.name() else { return };
        let Some(space) = frame.scope.space(name, &mut self.spaces) else {
            self.add(Rule::ContentResource, format!("ColorSpace {}", read::name_text(name)));
            return;
        };
        let tint = space.initial();
        *chosen(&mut frame.state, operation.operator == b"CS") = Paint::new(space, &tint);
    }

    fn choose_tint(&mut self, frame: &mut Frame<'a>, operation: &Operation<'_, '_>) {
        let pattern = match operation.last_name() {
            None => None,
            Some(name) => {
                let found = frame.scope.pattern(name);
                if found.is_none() {
                    let detail = format!("Pattern {}", read::name_text(name));
                    self.add(Rule::ContentResource, detail);
                }
                found
            }
        };
        let stroke = operation.operator.starts_with(b"S");
        let paint = chosen(&mut frame.state, stroke);
        let wanted = paint.space.colours();
        paint.tint = operation.numbers.as_slice().into();
        paint.pattern = pattern;
        let coloured_pattern = paint.pattern.is_some() && operation.numbers.is_empty();
        if operation.numbers.len() != wanted && *paint.space != Space::Unknown && !coloured_pattern
        {
            let operator = String::from_utf8_lossy(operation.operator).into_owned();
            let detail = format!("{operator} with {} numbers", operation.numbers.len());
            self.add(Rule::ContentOperator, detail);
        }
    }

    fn paint_path(&mut self, frame: &Frame<'a>, operator: &[u8]) {
        let (fill, stroke) = match operator {
            b"f" | b"F" | b"f*" => (true, false),
            b"s" | b"S" => (false, true),
            b"b" | b"B" | b"b*" | b"B*" => (true, true),
            _ => return,
        };
        if fill {
            self.painted(frame, Mark::Fill);
        }
        if stroke {
            self.painted(frame, Mark::Stroke);
            self.hairline(&frame.state);
        }
    }

    /// Asks the rules about paint that goes onto the page.
    pub(super) fn painted(&mut self, frame: &Frame<'a>, mark: Mark) {
        let state = &frame.state;
        let (paint, overprint) = if mark == Mark::Stroke {
            (&state.stroke, state.overprint_stroke)
        } else {
            (&state.fill, state.overprint_fill)
        };
        if let Some(pattern) = &paint.pattern {
            self.pattern(frame, &paint.clone(), pattern);
            return;
        }
        colour::check(self.check, &paint.space, &frame.scope, self.place, mark.word());
        self.inks.paint(&paint.space, &paint.tint, self.place, self.steps > 0);
        // In mode 0 zeros of process inks knock out (ISO 32000-1, 8.6.7).
        let hides = overprint && state.overprint_mode != Some(0);
        craft::painted(
            self.check,
            self.place,
            (&paint.space, &paint.tint),
            (mark, self.steps > 0),
            (overprint, hides),
        );
    }

    /// A tiling pattern is run like a form, a shading asked for its colours (8.7.3, 8.7.4).
    fn pattern(&mut self, frame: &Frame<'a>, paint: &Paint<'a>, pattern: &Object<'a>) {
        let Some(dict) = read::dict_of(pattern) else { return };
        match pattern {
            Object::Stream(tile) => {
                let mut state = State::initial(&self.device.gray);
                state.matrix = matrix(&dict, "Matrix").then(frame.base);
                if let (Some(2), Space::Pattern(Some(base))) =
                    (dict.get::<i32>("PaintType"), &*paint.space)
                {
                    let colour = Paint::new(Rc::clone(base), &paint.tint);
                    (state.fill, state.stroke) = (colour.clone(), colour);
                }
                state.overprint_fill = frame.state.overprint_fill;
                state.overprint_stroke = frame.state.overprint_stroke;
                state.overprint_mode = frame.state.overprint_mode;
                self.tile(tile, &frame.scope, state);
            }
            _ => {
                if let Some(shading) = read::dict(&dict, "Shading") {
                    self.shading(&shading, &frame.scope);
                }
            }
        }
    }

    fn tile(&mut self, tile: &Stream<'a>, scope: &Rc<Scope<'a>>, state: State<'a>) {
        let resources = read::own_dict(self.pdf, tile.dict(), "Resources");
        self.nested(tile, resources, scope, state);
    }

    /// The colours of a shading.
    pub(super) fn shading(&mut self, shading: &Dict<'a>, scope: &Rc<Scope<'a>>) {
        let Some(space) = self.spaces.under(shading, b"ColorSpace") else { return };
        colour::check(self.check, &space, scope, self.place, "shading");
        self.inks.whole(&space, self.place);
    }

    fn hairline(&mut self, state: &State<'a>) {
        let width = state.line_width * state.matrix.scale();
        let technical = match &*state.stroke.space {
            Space::Spot(spot) => self.steps > 0 || spot.names.iter().all(|name| is_die_line(name)),
            _ => false,
        };
        if width < LINE_WIDTH_PT_MIN - 0.000_5 && !technical {
            self.add(Rule::LineHairline, format!("{width:.3} pt"));
        }
    }
}

/// The colour that an operator sets.
fn chosen<'s, 'a>(state: &'s mut State<'a>, stroke: bool) -> &'s mut Paint<'a> {
    if stroke { &mut state.stroke } else { &mut state.fill }
}
