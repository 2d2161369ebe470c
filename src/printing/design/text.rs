//! Texts of a design: placeholders filled in, set into their boxes.

use super::data::{Align, Field};
use super::facts::{Fact, Label};
use super::fit::{Fitted, fit};
use crate::fonts;
use crate::printing::geometry::{Grid, Rect, as_f32};
use crate::printing::pdf::font::{Font, Letter};

/// Baselines of a text are at least this far apart, in font sizes.
const LEADING: f32 = 1.08;
/// White between marks of one line and those of the next, in font sizes.
const CLEAR: f32 = 0.03;
/// How far marks may stand out of the box, in millimetres.
pub(super) const MARKS_MM: f64 = 0.4;
/// How far lines that need more leading may stand out of the box, in millimetres.
const LINES_MM: f64 = 0.25;

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
    /// Whether marks of one line reach those of the next.
    pub(super) crowded: bool,
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
    let share = match field.align {
        Align::Left => 0.0,
        Align::Centre => 0.5,
        Align::Right => 1.0,
    };
    let below = |lines: usize| as_f32(i32::try_from(lines).unwrap_or(1) - 1);
    let ems = |lines, leading| below(lines) * leading + font.cap_height();
    let attempts = (1..=field.lines).map(|lines| {
        // So many lines must also fit the height.
        let tallest = (height / ems(lines, LEADING)).max(least);
        let fitted = fit(font, text, width, &(least..=most.min(tallest)), lines);
        let (count, leading) = (fitted.lines.len(), leading(font, &fitted.lines, share));
        let tallest = (height / ems(count, leading) * 10.0).floor() / 10.0;
        Fitted { size: fitted.size.min(tallest).max(least.min(fitted.size)), ..fitted }
    });
    let has_room = |it: &Fitted| it.size * ems(it.lines.len(), LEADING) <= height + 0.5;
    let fitted = attempts
        .filter(|fitted| fitted.lines.len() == 1 || has_room(fitted))
        .reduce(|best, next| if better(&next, &best) { next } else { best })
        .unwrap_or_else(|| fit(font, text, width, &(least..=most), 1));
    let (size, count) = (fitted.size, fitted.lines.len());
    let wanted = leading(font, &fitted.lines, share);
    let out = grid.from_mm(LINES_MM);
    let room = (height + out) / size - font.cap_height();
    let leading = wanted.min(room / below(count).max(1.0)).max(LEADING);
    let top = as_f32(area.y) + f32::midpoint(height, ems(count, leading) * size);
    let marks = fitted.lines.first().map_or(0.0, |line| font.extent(line).1 - font.cap_height());
    // What stands above a box is the art of the design: marks keep out of it.
    let out = if leading > LEADING { out } else { 0.0 };
    let under_art = as_f32(area.y) + height + grid.from_mm(MARKS_MM) - marks * size;
    let least_top = as_f32(area.y) - out + ems(count, leading) * size;
    let top = top.min(under_art.max(least_top));
    let first = top - font.cap_height() * size;
    let lines = (0_i32..).zip(&fitted.lines).map(|(row, text)| {
        let free = width - font.width(text) * size;
        let x = free * share;
        let y = first - as_f32(row) * leading * size;
        Line { x: (as_f32(area.x) + x).round(), y: y.round(), text: text.clone() }
    });
    let lines = lines.collect();
    Set { lines, size, shortened: fitted.shortened, crowded: leading < wanted }
}

/// How far baselines must be apart, in font sizes, so that no mark reaches one of the next line; `share` says
/// which part of the room beside a line is to its left.
fn leading(font: &Font<'_>, lines: &[String], share: f32) -> f32 {
    let letters = |line: &String| (font.letters(line), font.width(line) * share);
    let pairs = lines.iter().zip(lines.iter().skip(1));
    let least = pairs.map(|(upper, lower)| {
        let ((upper, right), (lower, left)) = (letters(upper), letters(lower));
        let shift = right - left;
        let over = |one: &Letter, other: &Letter| {
            one.left - shift < other.right && other.left < one.right - shift
        };
        let meeting = upper.iter().flat_map(|one| lower.iter().map(move |other| (one, other)));
        let meeting = meeting.filter(|(one, other)| over(one, other));
        meeting.map(|(one, other)| other.above - one.below + CLEAR).fold(LEADING, f32::max)
    });
    least.fold(LEADING, f32::max)
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
