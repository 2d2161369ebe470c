//! Texts of a design: placeholders filled in, set into their boxes.

use chrono::Datelike;

use super::Label;
use super::data::{Align, Field, TextLanguage};
use super::fit::{Fitted, fit};
use crate::domain::calendar::Day;
use crate::fonts;
use crate::printing::geometry::{Grid, Rect, as_f32};
use crate::printing::pdf::font::Font;
use crate::vietnamese;

/// What a text may name.
const NAMES: &str =
    "{product}, {producer}, {stars}, {decision}, {valid_until}, {commune}, {lot}, {batch}";

/// Baselines of a text are this far apart, in font sizes: Vietnamese capitals with two marks still
/// keep clear of the line above.
const LEADING: f32 = 1.08;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

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

/// Fills placeholders in; `None` where one of them has nothing to say, and so the text is left out.
///
/// # Errors
/// Which placeholder is none.
pub(super) fn fill(field: &Field, label: &Label<'_>) -> Result<Option<String>, String> {
    let mut filled = String::new();
    let mut rest = field.text.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let (name, after) = after.split_once('}').ok_or("a text has { without }")?;
        let value = value(name, label, field.language)
            .ok_or_else(|| format!("there is no {{{name}}} to fill in; there is {NAMES}"))?;
        if value.is_empty() {
            return Ok(None);
        }
        filled.push_str(&value);
        rest = after;
    }
    filled.push_str(rest);
    Ok(Some(fonts::printed(&filled)).filter(|text| !text.trim().is_empty()))
}

fn value(name: &str, label: &Label<'_>, language: TextLanguage) -> Option<String> {
    Some(match name {
        "product" => label.product_name.to_owned(),
        "producer" => label.producer_name.to_owned(),
        "stars" => label.stars.to_string(),
        "decision" => label.decision.to_owned(),
        "valid_until" => label.valid_until.map(|day| date(day, language)).unwrap_or_default(),
        "commune" => label.commune.to_owned(),
        "lot" => label.lot.to_owned(),
        "batch" => label.batch.to_owned(),
        _ => return None,
    })
}

fn date(day: Day, language: TextLanguage) -> String {
    match language {
        TextLanguage::Vi => vietnamese::date(day),
        TextLanguage::En => {
            let month = usize::try_from(day.month0()).ok().and_then(|month| MONTHS.get(month));
            format!("{} {} {}", day.day(), month.unwrap_or(&""), day.year())
        }
    }
}

/// Sets a text into a box: as large as its range allows, on as few lines as that takes, in the
/// middle of the box from top to bottom.
pub(super) fn set(font: &Font<'_>, text: &str, field: &Field, area: Rect, grid: Grid) -> Set {
    let (least, most) = field.size_pt.map_or((1.0, 1.0), super::data::Sizes::range);
    // Sizes come in half dots, which keeps files small.
    let half_dots = |points: f64| (grid.from_points(points) * 2.0).round() / 2.0;
    let (least, most) = (half_dots(least), half_dots(most));
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
