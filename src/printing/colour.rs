//! Inks: process colours, spot colours on plates of their own, and what a gray printer makes of
//! them.

use serde::Deserialize;

use super::prepress::Standard;

/// An ink as a drawing names it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Ink {
    /// A lightness from 0 (black) to 1.
    Gray(f32),
    /// Cyan, magenta, yellow and black, each from 0 to 1.
    Process([f32; 4]),
    /// A spot colour in full, by its number among the job's.
    Spot(usize),
    /// None of a spot colour: takes what lies under it off its plate.
    NoSpot(usize),
}

/// A spot colour.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Spot {
    /// The name of its plate.
    pub(crate) name: String,
    /// What stands in for it where there is no such plate, each from 0 to 1.
    pub(crate) process: [f32; 4],
    /// Whether what lies under it is printed too.
    pub(crate) overprint: bool,
    /// The processing step it belongs to.
    pub(crate) step: Option<Step>,
}

impl Spot {
    /// Whether its plate is white or varnish.
    pub(crate) fn is_no_image(&self) -> bool {
        self.step.is_some_and(Step::is_no_image)
    }
}

/// Processing steps with a layer of their own (ISO 19593-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// Cutting around stamps.
    #[serde(skip)]
    Cutting,
    /// White below the colours, on clear or metallic stock.
    White,
    /// Varnish.
    Varnish,
}

impl Step {
    /// Every step, in the order of the layers.
    pub(crate) const ALL: [Self; 3] = [Self::White, Self::Varnish, Self::Cutting];

    /// Group and type of the step.
    pub(crate) fn group(self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Cutting => ("Structural", Some("Cutting")),
            Self::White => ("White", None),
            Self::Varnish => ("Varnish", None),
        }
    }

    /// The name of its layer.
    pub(crate) fn layer(self) -> &'static str {
        match self {
            Self::Cutting => "Die line",
            Self::White => "White",
            Self::Varnish => "Varnish",
        }
    }

    /// Whether it is drawn below the colours, whatever the order of the art: it is no image of its own,
    /// and what shows no plates would show it in the place of what it underlies or glosses.
    pub(crate) fn is_no_image(self) -> bool {
        self != Self::Cutting
    }

    /// Its name among the resources.
    pub(crate) fn resource(self) -> &'static str {
        match self {
            Self::Cutting => "LD",
            Self::White => "LW",
            Self::Varnish => "LV",
        }
    }
}

/// Black alone, for codes and text: no other plate can be out of register with it.
pub(crate) fn black(standard: Standard) -> Ink {
    process(standard, [0.0, 0.0, 0.0, 1.0])
}

/// Bare paper.
pub(crate) fn paper(standard: Standard) -> Ink {
    process(standard, [0.0; 4])
}

/// A process colour, or the gray that stands for it.
pub(crate) fn process(standard: Standard, inks: [f32; 4]) -> Ink {
    if standard == Standard::Gray { Ink::Gray(lightness(inks)) } else { Ink::Process(inks) }
}

/// Per cent as fractions.
pub(crate) fn fractions(percent: [f32; 4]) -> [f32; 4] {
    percent.map(|ink| (ink * 10.0).round() / 1000.0)
}

/// How light inks look on white paper, from 0 to 1 (ISO 32000-1, 10.3.2 and 10.3.4).
pub(crate) fn lightness([cyan, magenta, yellow, black]: [f32; 4]) -> f32 {
    let coloured = 0.3 * cyan + 0.59 * magenta + 0.11 * yellow;
    ((1.0 - (coloured + black).min(1.0)) * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gray_printer_sees_the_lightness_of_inks() {
        assert_eq!(black(Standard::Gray), Ink::Gray(0.0));
        assert_eq!(paper(Standard::Gray), Ink::Gray(1.0));
        assert_eq!(process(Standard::Gray, [0.0, 1.0, 0.0, 0.0]), Ink::Gray(0.41));
        assert_eq!(black(Standard::X4), Ink::Process([0.0, 0.0, 0.0, 1.0]));
    }

    #[test]
    fn per_cent_become_short_fractions() {
        let written = fractions([10.0, 100.0, 33.3, 0.0]).map(|ink| ink.to_string());
        assert_eq!(written, ["0.1", "1", "0.333", "0"]);
    }
}
