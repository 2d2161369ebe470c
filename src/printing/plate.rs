//! Plates: what of a sheet each ink prints, as a press without a front end for PDF wants it.

use std::collections::BTreeSet;

use super::colour::{Ink, Spot, Step};
use super::design::Design;
use super::prepress::{Cut, Die};

/// A plate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plate {
    /// Process cyan.
    Cyan,
    /// Process magenta.
    Magenta,
    /// Process yellow.
    Yellow,
    /// Process black: codes, serial numbers and black text among others.
    Black,
    /// A spot colour, the die line's among them.
    Spot(String),
    /// The only one of a gray printer.
    Gray,
}

impl Plate {
    /// The process plates in the order of printing control strips.
    pub(crate) const PROCESS: [Self; 4] = [Self::Cyan, Self::Magenta, Self::Yellow, Self::Black];

    /// What people call it.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Cyan => "Cyan",
            Self::Magenta => "Magenta",
            Self::Yellow => "Yellow",
            Self::Black => "Black",
            Self::Spot(name) => name,
            Self::Gray => "Gray",
        }
    }

    /// Whether codes and serial numbers are on it.
    #[must_use]
    pub fn has_symbols(&self) -> bool {
        matches!(self, Self::Black | Self::Gray)
    }

    /// The lightness that an ink leaves on this plate, from 0 for all of the plate's ink to 1 for
    /// none of it. `None` where it leaves what is there: white, varnish and what overprints leave all
    /// other plates alone, and no ink takes anything off a plate of white or varnish. All other inks
    /// knock out (ISO 32000-1, 8.6.7).
    pub(crate) fn tone(&self, ink: Ink, spots: &[Spot]) -> Option<f32> {
        let is_own = |spot: &Spot| matches!(self, Self::Spot(name) if *name == spot.name);
        if let Ink::Spot(number) = ink {
            let spot = spots.get(number)?;
            if is_own(spot) || spot.overprint || spot.is_no_image() {
                return is_own(spot).then_some(0.0);
            }
        }
        if spots.iter().any(|spot| is_own(spot) && spot.is_no_image()) {
            return None;
        }
        match (ink, self) {
            (Ink::Gray(lightness), Self::Gray) => Some(lightness),
            (Ink::Process(inks), _) => Some(1.0 - self.share(inks)),
            (Ink::Gray(_) | Ink::Spot(_) | Ink::NoSpot(_), _) => Some(1.0),
        }
    }

    /// What this plate has of process inks.
    fn share(&self, [cyan, magenta, yellow, black]: [f32; 4]) -> f32 {
        match self {
            Self::Cyan => cyan,
            Self::Magenta => magenta,
            Self::Yellow => yellow,
            Self::Black => black,
            Self::Spot(_) | Self::Gray => 0.0,
        }
    }
}

/// Plates of spot colours that are left out of a job.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftOut(BTreeSet<String>);

/// A plate was to be left out that a job does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no plate “{wanted}” to leave out of design {design}: {}", known_in_words(.known))]
pub struct UnknownPlate {
    /// What was to be left out.
    pub wanted: String,
    /// The design.
    pub design: String,
    /// Plates that can be left out.
    pub known: Vec<String>,
}

fn known_in_words(known: &[String]) -> String {
    match known {
        [] => "it has process colours alone".into(),
        known => format!("there is {}", known.join(", ")),
    }
}

impl LeftOut {
    /// Reads the plates that are to be left out: names of spot colours of the design or of the die line,
    /// or what these are for (`varnish`, `white`, `die line`), in letters of any case.
    ///
    /// # Errors
    /// [`UnknownPlate`], with those that there are.
    pub fn read<S: AsRef<str>>(
        names: &[S],
        design: &Design,
        die: &Die,
    ) -> Result<Self, UnknownPlate> {
        let plates = plates(design, die);
        let mut found = BTreeSet::new();
        for name in names {
            let wanted = name.as_ref().trim().to_lowercase();
            let is_meant = |(plate, step): &&(String, Option<Step>)| {
                plate.to_lowercase() == wanted
                    || step.is_some_and(|step| step.layer().to_lowercase() == wanted)
            };
            let mut meant =
                plates.iter().filter(is_meant).map(|(plate, _)| plate.clone()).peekable();
            let is_known = meant.peek().is_some();
            found.extend(meant);
            if !is_known {
                return Err(UnknownPlate {
                    wanted: name.as_ref().to_owned(),
                    design: design.name.clone(),
                    known: Self::possible(design, die),
                });
            }
        }
        Ok(Self(found))
    }

    /// White and varnish of a design.
    pub(crate) fn no_images(design: &Design) -> Self {
        let colours = design.data.colours.values();
        let own = colours.filter(|it| it.step.is_some_and(Step::is_no_image));
        Self(own.filter_map(|it| it.spot.clone()).collect())
    }

    /// Names of the plates that a job can do without.
    #[must_use]
    pub fn possible(design: &Design, die: &Die) -> Vec<String> {
        plates(design, die).into_iter().map(|(plate, _)| plate).collect()
    }

    /// Whether a plate is left out.
    #[must_use]
    pub fn has(&self, plate: &str) -> bool {
        self.0.contains(plate)
    }

    /// Names of the plates, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

/// Plates of spot colours that a design has, and that of the die line, each with what it is for.
fn plates(design: &Design, die: &Die) -> Vec<(String, Option<Step>)> {
    let colours = design.data.colours.values();
    let mut plates: Vec<(String, Option<Step>)> =
        colours.filter_map(|it| Some((it.spot.clone()?, it.step))).collect();
    if die.cut != Cut::None {
        plates.push((die.name.clone(), Some(Step::Cutting)));
    }
    plates.sort_by(|a, b| a.0.cmp(&b.0));
    plates.dedup_by(|a, b| a.0 == b.0);
    plates
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spots() -> Vec<Spot> {
        let spot = |name: &str, overprint| Spot {
            name: name.into(),
            process: [0.0, 1.0, 0.0, 0.0],
            overprint,
            step: None,
        };
        vec![spot("Gold", false), spot("CutContour", true)]
    }

    #[test]
    fn inks_knock_out_other_plates_but_those_that_overprint() {
        let tone = |plate: &Plate, ink| plate.tone(ink, &spots());
        let gold = Plate::Spot("Gold".into());
        let red = Ink::Process([0.0, 1.0, 0.75, 0.0]);
        assert_eq!(tone(&Plate::Magenta, red), Some(0.0));
        assert_eq!(tone(&Plate::Yellow, red), Some(0.25));
        assert_eq!(tone(&Plate::Black, red), Some(1.0));
        assert_eq!(tone(&gold, red), Some(1.0));
        assert_eq!(tone(&gold, Ink::Spot(0)), Some(0.0));
        assert_eq!(tone(&Plate::Black, Ink::Spot(0)), Some(1.0));
        assert_eq!(tone(&Plate::Black, Ink::Spot(1)), None);
        assert_eq!(tone(&gold, Ink::Spot(1)), None);
    }

    #[test]
    fn plates_are_left_out_by_name_or_by_what_they_are_for_and_others_are_refused_with_the_list() {
        let design = Design::by_name("trong-dong-30").unwrap().unwrap();
        let die = Die { name: "DIE LINE".into(), ..Die::default() };
        let read = |names: &[&str]| LeftOut::read(names, &design, &die);
        for name in ["varnish", "Varnish", " VARNISH "] {
            assert!(read(&[name]).unwrap().names().eq(["Varnish"]), "{name}");
        }
        assert!(read(&["die line", "varnish"]).unwrap().names().eq(["DIE LINE", "Varnish"]));
        assert!(read(&[]).unwrap().names().next().is_none());
        let refused = read(&["varnish", "black"]).unwrap_err();
        assert_eq!((refused.wanted.as_str(), refused.known.len()), ("black", 2));
        assert!(refused.to_string().ends_with("there is DIE LINE, Varnish"), "{refused}");
        let plain = Design::by_name("qr-20").unwrap().unwrap();
        let none = LeftOut::read(&["x"], &plain, &Die { cut: Cut::None, ..die }).unwrap_err();
        assert!(none.to_string().contains("process colours alone"), "{none}");
    }

    #[test]
    fn plates_of_white_and_varnish_and_the_other_plates_leave_each_other_alone() {
        let mut spots = spots();
        let process = [0.1, 0.0, 0.0, 0.0];
        let step = Some(Step::Varnish);
        spots.push(Spot { name: "Varnish".into(), process, overprint: false, step });
        let varnish = Plate::Spot("Varnish".into());
        assert_eq!(varnish.tone(Ink::Spot(2), &spots), Some(0.0));
        for ink in [Ink::Process([0.0; 4]), Ink::Spot(0), Ink::Spot(1), Ink::NoSpot(0)] {
            assert_eq!(varnish.tone(ink, &spots), None, "{ink:?}");
        }
        for plate in [Plate::Black, Plate::Spot("Gold".into())] {
            assert_eq!(plate.tone(Ink::Spot(2), &spots), None, "{plate:?}");
        }
    }
}
