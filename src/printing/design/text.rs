//! Texts of a design: placeholders filled in, set into their boxes.

use super::data::{Align, Field};
use super::facts::{Fact, Label};
use super::fit::{Fitted, fit};
use crate::fonts;
use crate::printing::geometry::{Grid, Rect, as_f32};
use crate::printing::pdf::font::Font;

/// Baselines of a text are this far apart, in font sizes: Vietnamese capitals with two marks still
/// keep clear of the line above.
const LEADING: f32 = 1.08;

/// A line as it is set: left end and baseline in dots.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) text: String,
}

/// A text as it is set.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Set {
    pub(super) lines: Vec<Line>,
    /// Font size in dots.
    pub(super) size: f32,
    pub(super) shortened: bool,
}

/// A part of a text.
#[derive(Debug, PartialEq)]
enum Part<'a> {
    Plain(&'a str),
    Filled(Fact),
}

/// Cuts a text at its placeholders; an error says what is wrong with one.
fn parts(text: &str) -> Result<Vec<Part<'_>>, String> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        parts.push(Part::Plain(before));
        let (name, after) = after.split_once('}').ok_or("a text has { without }")?;
        let fact = Fact::from_key(name).ok_or_else(|| {
            let known = Fact::ALL.map(|fact| format!("{{{}}}", fact.key())).join(", ");
            format!("there is no {{{name}}} to fill in; there is {known}")
        })?;
        parts.push(Part::Filled(fact));
        rest = after;
    }
    parts.push(Part::Plain(rest));
    Ok(parts)
}

/// What is wrong with the placeholders of a text, if anything is.
pub(super) fn fault(text: &str) -> Option<String> {
    parts(text).err()
}

/// Why a text is not filled in.
#[derive(Debug, PartialEq)]
pub(super) enum Unfilled {
    /// It has a placeholder that is none.
    Fault(String),
    /// The product has nothing to fill in.
    Lacks(Fact),
}

/// Fills placeholders in.
pub(super) fn fill(field: &Field, label: &Label<'_>) -> Result<String, Unfilled> {
    let mut filled = String::new();
    for part in parts(&field.text).map_err(Unfilled::Fault)? {
        match part {
            Part::Plain(text) => filled.push_str(text),
            Part::Filled(fact) => {
                let said = label.said(fact, field.language).ok_or(Unfilled::Lacks(fact))?;
                filled.push_str(&said);
            }
        }
    }
    Ok(fonts::printed(&filled))
}

/// Sets a text into a box: as large as its range allows, on as few lines as that takes, in the
/// middle of the box from top to bottom.
pub(super) fn set(font: &Font<'_>, text: &str, field: &Field, area: Rect, grid: Grid) -> Set {
    let (least, most) = field.size_pt.map_or((1.0, 1.0), super::data::Sizes::range);
    // Sizes come in tenths of a dot, which keeps files small, and are no smaller than they may be.
    let tenths = |points: f64| (grid.from_points(points) * 10.0).ceil() / 10.0;
    let (least, most) = (tenths(least), tenths(most));
    let (width, height) = (as_f32(area.width), as_f32(area.height));
    let block = |fitted: &Fitted| {
        let below = as_f32(i32::try_from(fitted.lines.len()).unwrap_or(1) - 1);
        (below * LEADING + font.cap_height()) * fitted.size
    };
    let attempts = (1..=field.lines).map(|lines| {
        // So many lines must also fit the height.
        let count = as_f32(i32::try_from(lines).unwrap_or(1) - 1);
        let tallest = (height / (count * LEADING + font.cap_height())).max(least);
        fit(font, text, width, &(least..=most.min(tallest)), lines)
    });
    let fitted = attempts
        .filter(|fitted| fitted.lines.len() == 1 || block(fitted) <= height + 0.5)
        .reduce(|best, next| if better(&next, &best) { next } else { best })
        .unwrap_or_else(|| fit(font, text, width, &(least..=most), 1));
    let size = fitted.size;
    let first = as_f32(area.y) + f32::midpoint(height, block(&fitted)) - font.cap_height() * size;
    let lines = (0_i32..).zip(&fitted.lines).map(|(row, text)| {
        let free = width - font.width(text) * size;
        let x = match field.align {
            Align::Left => 0.0,
            Align::Centre => free / 2.0,
            Align::Right => free,
        };
        let y = first - as_f32(row) * LEADING * size;
        Line { x: (as_f32(area.x) + x).round(), y: y.round(), text: text.clone() }
    });
    Set { lines: lines.collect(), size, shortened: fitted.shortened }
}

/// Whole before cut, large before small, few lines before many.
fn better(next: &Fitted, best: &Fitted) -> bool {
    match (best.shortened, next.shortened) {
        (true, false) => true,
        (false, true) => false,
        _ => next.size > best.size,
    }
}

#[cfg(test)]
mod tests;
