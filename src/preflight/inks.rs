//! The plates that the file needs, and whether its spot colours are told apart rightly.

use std::collections::{BTreeMap, BTreeSet};

use super::document::Check;
use super::limits::{DIE_LINE_NAMES, PLATES_MAX};
use super::report::Place;
use super::rule::Rule;
use super::space::{Space, Spot};

/// The process inks, in the order of their plates.
pub(super) const PROCESS: [&str; 4] = ["Cyan", "Magenta", "Yellow", "Black"];

/// Inks met so far.
#[derive(Default)]
pub(super) struct Inks {
    process: [bool; 4],
    spots: BTreeSet<String>,
    /// Definitions of each spot colour of its own, and where each was met first.
    definitions: BTreeMap<String, Vec<(u64, Place)>>,
}

impl Inks {
    /// Notes the inks of a colour.
    pub(super) fn paint(&mut self, space: &Space, tint: &[f64], place: Place) {
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
            Space::Spot(spot) => self.spot(spot, tint, place),
            Space::Pattern(Some(base)) => self.paint(base, tint, place),
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
            Space::Spot(spot) => self.spot(spot, &vec![1.0; spot.names.len()], place),
            Space::Pattern(_) | Space::Unknown => {}
        }
    }

    fn spot(&mut self, spot: &Spot, tint: &[f64], place: Place) {
        for (name, &tint) in spot.names.iter().zip(tint) {
            if name == "None" || name == "All" {
                continue;
            }
            if let Some(plate) = PROCESS.iter().position(|ink| ink == name) {
                if let Some(used) = self.process.get_mut(plate) {
                    *used |= tint > 0.0;
                }
            } else if tint > 0.0 && !self.spots.contains(name) {
                self.spots.insert(name.clone());
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
        let process = used.map(|(name, _)| (*name).to_owned());
        check.report.plates = process.chain(self.spots).collect();
        // Die lines are cut, not printed.
        let printed = check.report.plates.iter().filter(|name| !is_die_line(name)).count();
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

/// Whether a spot colour is taken for a die line.
pub(super) fn is_die_line(name: &str) -> bool {
    DIE_LINE_NAMES.contains(&plain(name).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn die_lines_are_known_in_any_spelling() {
        for name in ["CutContour", "DIE LINE", "Cut", "Kiss", "Thru-cut", "C"] {
            assert!(is_die_line(name), "{name}");
        }
        assert!(!is_die_line("Cyan") && !is_die_line("PANTONE 185 C"));
    }
}
