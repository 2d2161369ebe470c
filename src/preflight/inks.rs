//! The plates that the file needs, and whether its spot colours are told apart rightly.

use std::collections::{BTreeMap, BTreeSet};

use super::document::Check;
use super::limits::{DIE_LINE_ENDINGS, DIE_LINE_NAMES, PLATES_MAX};
use super::report::Place;
use super::rule::Rule;
use super::space::{Space, Spot};
use crate::vietnamese;

/// The process inks, in the order of their plates.
pub(super) const PROCESS: [&str; 4] = ["Cyan", "Magenta", "Yellow", "Black"];

/// Inks met so far.
#[derive(Default)]
pub(super) struct Inks {
    process: [bool; 4],
    spots: BTreeSet<String>,
    /// Those of them that were painted elsewhere than in steps that cut or fold.
    printed: BTreeSet<String>,
    /// Definitions of each spot colour of its own, and where each was met first.
    definitions: BTreeMap<String, Vec<(u64, Place)>>,
}

impl Inks {
    /// Notes the inks of a colour, and whether it is painted in a step that cuts or folds.
    pub(super) fn paint(&mut self, space: &Space, tint: &[f64], place: Place, in_step: bool) {
        let mut process = |inks: [bool; 4]| {
            for (plate, ink) in self.process.iter_mut().zip(inks) {
                *plate |= ink;
            }
        };
        match space {
            Space::Gray => process([false, false, false, tint.first().is_some_and(|&g| g < 1.0)]),
            Space::Cmyk => {
                let used = |index: usize| tint.get(index).is_some_and(|&ink| ink > 0.0);
                process([used(0), used(1), used(2), used(3)]);
            }
            Space::Spot(spot) => self.spot(spot, tint, place, in_step),
            Space::Pattern(Some(base)) => self.paint(base, tint, place, in_step),
            _ => self.whole(space, place),
        }
    }

    /// Notes all inks that a space can give.
    pub(super) fn whole(&mut self, space: &Space, place: Place) {
        match space {
            Space::Gray | Space::Cie(_, 1) | Space::Icc { colours: 1, .. } => {
                self.process[3] = true;
            }
            Space::Rgb | Space::Cmyk | Space::Cie(..) | Space::Icc { .. } => {
                self.process = [true; 4];
            }
            Space::Indexed(base) => self.whole(base, place),
            Space::Spot(spot) => self.spot(spot, &vec![1.0; spot.names.len()], place, false),
            Space::Pattern(_) | Space::Unknown => {}
        }
    }

    fn spot(&mut self, spot: &Spot, tint: &[f64], place: Place, in_step: bool) {
        for (name, &tint) in spot.names.iter().zip(tint) {
            if name == "None" || name == "All" {
                continue;
            }
            if let Some(plate) = PROCESS.iter().position(|ink| ink == name) {
                if let Some(used) = self.process.get_mut(plate) {
                    *used |= tint > 0.0;
                }
            } else if tint > 0.0 {
                let noted = [Some(&mut self.spots), (!in_step).then_some(&mut self.printed)];
                for names in noted.into_iter().flatten().filter(|names| !names.contains(name)) {
                    names.insert(name.clone());
                }
            }
        }
        if let [name] = spot.names.as_slice()
            && name != "None"
            && name != "All"
        {
            let known = self.definitions.entry(name.clone()).or_default();
            if known.iter().all(|(print, _)| *print != spot.print) {
                known.push((spot.print, place));
            }
        }
    }

    /// Asks the rules about all plates together.
    pub(super) fn finish(self, check: &mut Check<'_>) {
        spelling(check, &self.spots);
        for (name, definitions) in &self.definitions {
            if let [_, (_, place), ..] = definitions.as_slice() {
                let detail = format!("{name:?} has {} definitions", definitions.len());
                check.findings.add(Rule::SpotsAlternate, *place, detail);
            }
        }
        let used = PROCESS.iter().zip(self.process).filter(|(_, used)| *used);
        let process: Vec<String> = used.map(|(name, _)| (*name).to_owned()).collect();
        // Die lines are cut, not printed.
        let printed = self.printed.iter().filter(|name| !is_die_line(name)).count() + process.len();
        check.report.plates = process.into_iter().chain(self.spots).collect();
        if printed > PLATES_MAX {
            let detail = format!("{printed} separations");
            check.findings.add(Rule::InkPlates, Place::FILE, detail);
        }
    }
}

fn spelling(check: &mut Check<'_>, spots: &BTreeSet<String>) {
    let mut spellings: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for name in spots {
        spellings.entry(plain(name)).or_default().push(name);
    }
    for names in spellings.values().filter(|names| names.len() > 1) {
        check.findings.add(Rule::SpotsSpelling, Place::FILE, names.join(", "));
    }
}

/// A name in lower case without what people write differently.
fn plain(name: &str) -> String {
    name.to_lowercase().chars().filter(|c| !matches!(c, ' ' | '-' | '_')).collect()
}

/// Whether a spot colour is taken for a die line: by a usual name, which may say that it is a line, and
/// be numbered.
pub(super) fn is_die_line(name: &str) -> bool {
    let name = vietnamese::fold(name).replace(' ', "");
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
    // A single letter with a number is some other ink.
    let stem = if stem.len() > 1 { stem } else { &name };
    let is_known = |name: &str| DIE_LINE_NAMES.contains(&name);
    is_known(stem)
        || DIE_LINE_ENDINGS.iter().any(|end| stem.strip_suffix(end).is_some_and(is_known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn die_lines_are_known_in_any_spelling() {
        for name in [
            "CutContour",
            "DIE LINE",
            "Cut",
            "Kiss",
            "Thru-cut",
            "C",
            "DieCut",
            "Die-Cut",
            "die_cut 2",
            "DIECUT",
            "Die",
            "Stanze",
            "Stanzkontur",
            "STANZLINIE",
            "Stanz-Kontur",
            "Khuôn bế",
            "KHUÔN BẾ",
            "khuon be",
            "BE",
            "Bế",
            "Đường bế",
            "Đường cấn",
            "Crease",
            "Crease lines",
            "Creasing",
            "Cut Line 1",
            "PerfCutContour",
            "Through-Cut",
            "Kiss Cut",
            "Fold line",
        ] {
            assert!(is_die_line(name), "{name}");
        }
        for name in
            ["Cyan", "PANTONE 185 C", "C1", "C 2", "Beige", "Be Red", "Gold", "Cam", "Đen", "Line"]
        {
            assert!(!is_die_line(name), "{name}");
        }
    }
}
