//! Rules of the craft about colours that are painted: what prints badly though it is allowed.

use super::content::Mark;
use super::document::Check;
use super::inks::{PROCESS, is_die_line};
use super::limits::{BLACK_MIN, TOTAL_INK_MAX};
use super::report::Place;
use super::rule::Rule;
use super::space::{Space, Spot};

/// Asks about one colour in one place: whether it is painted in a step that cuts or folds, whether it
/// overprints, and white then leaves what is under it.
pub(super) fn painted(
    check: &mut Check<'_>,
    place: Place,
    (space, tint): (&Space, &[f64]),
    (mark, in_step): (Mark, bool),
    (overprint, hides): (bool, bool),
) {
    if let Space::Spot(spot) = space
        && (in_step || spot.names.iter().any(|name| is_die_line(name)))
    {
        die_line(check, place, spot, tint, mark, overprint);
        return;
    }
    let inks = inks(space, tint);
    if matches!(mark, Mark::Text | Mark::Mask) && is_rich_black(&inks) {
        let detail = format!("{}, {}", mark.word(), percent(&inks));
        check.findings.add(Rule::InkRichBlack, place, detail);
    }
    let total: f64 = inks.iter().map(|(_, ink)| ink).sum();
    // Lines bear little ink; register marks are drawn on every plate on purpose.
    if total > TOTAL_INK_MAX + 0.000_5 && !matches!(mark, Mark::Stroke) {
        let detail = format!("{}, {:.0} %", mark.word(), total * 100.0);
        check.findings.add(Rule::InkTotal, place, detail);
    }
    if hides && is_white(space, tint) {
        check.findings.add(Rule::InkWhiteOverprint, place, mark.word());
    }
}

/// The inks of a colour, where it is given by inks.
fn inks<'s>(space: &'s Space, tint: &[f64]) -> Vec<(&'s str, f64)> {
    let names: Vec<&str> = match space {
        Space::Cmyk => PROCESS.to_vec(),
        Space::Spot(spot) if spot.names.iter().any(|name| name == "All") => {
            let all = tint.first().copied().unwrap_or_default();
            return PROCESS.iter().map(|name| (*name, all)).collect();
        }
        Space::Spot(spot) => spot.names.iter().map(String::as_str).collect(),
        _ => return Vec::new(),
    };
    names.into_iter().zip(tint.iter().copied()).collect()
}

fn is_rich_black(inks: &[(&str, f64)]) -> bool {
    let black = inks.iter().any(|&(name, ink)| name == "Black" && ink >= BLACK_MIN);
    black && inks.iter().any(|&(name, ink)| name != "Black" && ink > 0.0)
}

fn percent(inks: &[(&str, f64)]) -> String {
    let told = inks.iter().filter(|(_, ink)| *ink > 0.0);
    let told = told.map(|(name, ink)| format!("{name} {:.0} %", ink * 100.0));
    told.collect::<Vec<_>>().join(" + ")
}

fn is_white(space: &Space, tint: &[f64]) -> bool {
    match space {
        Space::Cmyk => !tint.is_empty() && tint.iter().all(|&ink| ink <= 0.0),
        Space::Gray => tint.first().is_some_and(|&gray| gray >= 1.0),
        _ => false,
    }
}

fn die_line(
    check: &mut Check<'_>,
    place: Place,
    spot: &Spot,
    tint: &[f64],
    mark: Mark,
    overprint: bool,
) {
    let name = spot.names.join(", ");
    if !overprint {
        check.findings.add(Rule::DieOverprint, place, format!("{name}, {}", mark.word()));
    }
    if mark != Mark::Stroke {
        check.findings.add(Rule::DieFilled, place, format!("{name}, {}", mark.word()));
    }
    if tint.iter().any(|&tint| tint < 1.0) {
        check.findings.add(Rule::DieTint, place, name);
    }
}
