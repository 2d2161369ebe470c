//! Plates: what of a sheet each ink prints, as a press without a front end for PDF wants it.

use super::colour::{Ink, Spot};

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

    /// The lightness that an ink leaves on this plate, from 0 for all of the plate's ink to 1 for
    /// none of it. `None` where it leaves what is under it: a spot colour that overprints. All other
    /// inks knock out (ISO 32000-1, 8.6.7).
    pub(crate) fn tone(&self, ink: Ink, spots: &[Spot]) -> Option<f32> {
        match (ink, self) {
            (Ink::Gray(lightness), Self::Gray) => Some(lightness),
            (Ink::Process(inks), _) => Some(1.0 - self.share(inks)),
            (Ink::Spot(number), _) => {
                let spot = spots.get(number)?;
                let own = matches!(self, Self::Spot(name) if *name == spot.name);
                if own { Some(0.0) } else { (!spot.overprint).then_some(1.0) }
            }
            (Ink::Gray(_), _) => Some(1.0),
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
}
