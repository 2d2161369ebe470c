//! The inks of a job: the design's colours and the die line's, numbered in the order of the file.

use std::collections::BTreeMap;

use super::data::{Colour, Data};
use crate::printing::colour::{self, Ink, Spot, Step};
use crate::printing::plate::{LeftOut, Plate};
use crate::printing::prepress::{Die, Standard};

/// A colour of the art that the design names no ink for.
#[derive(Debug, thiserror::Error)]
#[error("no colour of the design stands for #{:02x}{:02x}{:02x}", .0[0], .0[1], .0[2])]
pub(crate) struct UnknownColour(Rgb);

/// A colour of the art as three bytes.
pub(crate) type Rgb = [u8; 3];

/// What a colour of a design is printed with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Printed {
    /// The ink; `None` for what is not printed at all.
    pub(crate) ink: Option<Ink>,
    /// Whether it is white or varnish, which is drawn below the colours.
    pub(crate) step: Option<Step>,
}

/// The inks of a job.
pub(crate) struct Palette {
    standard: Standard,
    /// By the name in the design.
    named: BTreeMap<String, Option<Ink>>,
    by_rgb: BTreeMap<Rgb, Printed>,
    spots: Vec<Spot>,
    die: Option<Ink>,
    /// Where only one plate is drawn, in gray.
    plate: Option<Plate>,
}

impl Palette {
    /// The inks of a design for a kind of file; an error says which colour is none.
    pub(crate) fn new(
        data: &Data,
        (standard, die): (Standard, &Die),
        without: &LeftOut,
    ) -> Result<Self, String> {
        let mut palette = Self {
            standard,
            named: BTreeMap::new(),
            by_rgb: BTreeMap::new(),
            spots: Vec::new(),
            die: None,
            plate: None,
        };
        for (name, colour) in &data.colours {
            let rgb = parse(&colour.svg).ok_or_else(|| {
                format!("colour \"{name}\": svg is \"{}\"; write it as \"#rrggbb\"", colour.svg)
            })?;
            if colour.cmyk.iter().any(|ink| !(0.0..=100.0).contains(ink)) {
                return Err(format!("colour \"{name}\": cmyk are per cent, from 0 to 100"));
            }
            let is_left_out = colour.spot.as_ref().is_some_and(|spot| without.has(spot));
            let ink = if is_left_out { None } else { palette.ink(colour) };
            palette.named.insert(name.clone(), ink);
            let step = colour.step.filter(|_| colour.spot.is_some());
            if palette.by_rgb.insert(rgb, Printed { ink, step }).is_some() {
                return Err(format!("two colours stand for {} in the art", colour.svg));
            }
        }
        palette.named.insert("black".into(), Some(colour::black(standard)));
        palette.named.insert("paper".into(), Some(colour::paper(standard)));
        if die.is_drawn(standard) && !without.has(&die.name) {
            palette.die = Some(palette.spot(Spot {
                name: die.name.clone(),
                process: colour::fractions(die.cmyk),
                overprint: true,
                step: Some(Step::Cutting),
            }));
        }
        Ok(palette)
    }

    /// The plates that something may be on: the process plates that a colour needs or marks stand
    /// on, then those of the spot colours.
    pub(crate) fn plates(&self, marked: bool) -> Vec<Plate> {
        if self.standard == Standard::Gray {
            return vec![Plate::Gray];
        }
        let named = || self.named.values().flatten();
        let inks = || self.by_rgb.values().filter_map(|it| it.ink.as_ref()).chain(named());
        let process = Plate::PROCESS.into_iter().filter(|plate| {
            let on_it = |ink: &Ink| plate.tone(*ink, &self.spots).is_some_and(|tone| tone < 1.0);
            marked || inks().any(on_it)
        });
        let mut plates: Vec<Plate> = process.collect();
        for spot in &self.spots {
            let plate = Plate::Spot(spot.name.clone());
            if !plates.contains(&plate) {
                plates.push(plate);
            }
        }
        plates
    }

    /// The same job as one plate sees it: in gray, black where it has all of its ink.
    pub(crate) fn on(mut self, plate: Plate) -> Self {
        let spots = &self.spots;
        let art = self.by_rgb.values_mut().map(|it| &mut it.ink);
        for ink in self.named.values_mut().chain(art) {
            *ink = ink.and_then(|ink| plate.tone(ink, spots)).map(Ink::Gray);
        }
        self.die = self.die.and_then(|ink| plate.tone(ink, spots)).map(Ink::Gray);
        self.plate = Some(plate);
        self
    }

    /// An ink as the plate at hand sees it; `None` where it leaves the plate as it is.
    pub(crate) fn seen(&self, ink: Ink) -> Option<Ink> {
        match &self.plate {
            None => Some(ink),
            Some(plate) => plate.tone(ink, &self.spots).map(Ink::Gray),
        }
    }

    fn ink(&mut self, colour: &Colour) -> Option<Ink> {
        let process = colour::fractions(colour.cmyk);
        let Some(name) = &colour.spot else {
            return Some(colour::process(self.standard, process));
        };
        if self.standard == Standard::Gray {
            // White and varnish are no images of their own.
            return colour.step.is_none().then(|| colour::process(self.standard, process));
        }
        let spot =
            Spot { name: name.clone(), process, overprint: colour.overprint, step: colour.step };
        Some(self.spot(spot))
    }

    fn spot(&mut self, spot: Spot) -> Ink {
        let known = self.spots.iter().position(|other| *other == spot);
        Ink::Spot(known.unwrap_or_else(|| {
            self.spots.push(spot);
            self.spots.len() - 1
        }))
    }

    /// The ink of that name: of the design, or `black` or `paper`. `None` where there is no such
    /// colour, or it is not printed in this kind of file.
    pub(crate) fn named(&self, name: &str) -> Option<Ink> {
        self.named.get(name).copied().flatten()
    }

    /// What a colour of the art is printed with.
    ///
    /// # Errors
    /// [`UnknownColour`] where the design does not say.
    pub(crate) fn of_art(&self, rgb: Rgb) -> Result<Printed, UnknownColour> {
        self.by_rgb.get(&rgb).copied().ok_or(UnknownColour(rgb))
    }

    /// The ink of codes and plain text; `None` where the plate at hand does not show it.
    pub(crate) fn black(&self) -> Option<Ink> {
        self.seen(colour::black(self.standard))
    }

    /// Whether process inks must leave the plates of spot colours alone, as white and varnish lie below
    /// them.
    pub(crate) fn is_apart(&self) -> bool {
        self.plate.is_none() && self.spots.iter().any(Spot::is_no_image)
    }

    /// What is painted one after the other where an ink is. Where process inks leave plates alone, an
    /// ink that knocks out takes the others off their plates one by one.
    pub(crate) fn painted(&self, ink: Ink) -> Vec<Ink> {
        let own = self.spot_of(ink);
        if !self.is_apart() || own.is_some_and(|spot| spot.overprint || spot.is_no_image()) {
            return vec![ink];
        }
        let others = (0..).zip(&self.spots).filter(|(number, spot)| {
            spot.step.is_none() && !spot.overprint && ink != Ink::Spot(*number)
        });
        let mut painted: Vec<Ink> = others.map(|(number, _)| Ink::NoSpot(number)).collect();
        painted.extend(own.map(|_| colour::paper(self.standard)));
        painted.push(ink);
        painted
    }

    /// The ink of the die line, where there is one.
    pub(crate) fn die(&self) -> Option<Ink> {
        self.die
    }

    /// The spot colours in order.
    pub(crate) fn spots(&self) -> &[Spot] {
        &self.spots
    }

    /// A spot colour.
    pub(crate) fn spot_of(&self, ink: Ink) -> Option<&Spot> {
        match ink {
            Ink::Spot(number) => self.spots.get(number),
            Ink::Gray(_) | Ink::Process(_) | Ink::NoSpot(_) => None,
        }
    }

    /// White and varnish, where they are printed.
    pub(crate) fn no_images(&self) -> impl Iterator<Item = Step> {
        let used =
            |step: &Step| self.by_rgb.values().any(|it| it.step == Some(*step) && it.ink.is_some());
        Step::ALL.into_iter().filter(move |step| step.is_no_image() && used(step))
    }

    /// The processing steps in use, in the order of their layers; none where files have no layers.
    pub(crate) fn steps(&self) -> Vec<Step> {
        let used = |step: &Step| self.spots.iter().any(|spot| spot.step == Some(*step));
        let layers = self.standard.has_layers();
        Step::ALL.into_iter().filter(|step| layers && used(step)).collect()
    }

    /// The kind of file.
    pub(crate) fn standard(&self) -> Standard {
        self.standard
    }
}

/// Reads `#rrggbb`.
fn parse(colour: &str) -> Option<Rgb> {
    let digits = colour.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let number = u32::from_str_radix(digits, 16).ok()?;
    let [_, red, green, blue] = number.to_be_bytes();
    Some([red, green, blue])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_six_hexadecimal_digits() {
        assert_eq!(parse("#9b1b1E"), Some([0x9b, 0x1b, 0x1e]));
        for wrong in ["9b1b1e", "#9b1", "#9b1b1g", "red", "#+9b1b1"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
