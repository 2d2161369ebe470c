//! What a stamp looks like: static art, and where its code and serial number go.

mod fit;
mod names;
mod placeholder;
mod shapes;

use super::geometry::{MM_PER_DOT, Rect};
use super::imposition::Layout;
use super::pdf::content::Content;
use super::pdf::font::{FontError, Fonts, Style};
use super::qr::Symbol;

/// The smallest letters: height of a capital, in millimetres.
pub const MIN_LETTER_MM: f64 = 1.2;
/// The module size below which phones struggle, in millimetres.
pub const MIN_MODULE_MM: f64 = 0.33;

/// A design of stamps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Design {
    /// Our own drawing for 25 × 35 mm, marked as a sample: the office supplies the real mark.
    #[default]
    Placeholder,
}

/// What is the same on every stamp of a batch.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Label<'a> {
    pub(crate) product_name: &'a str,
    pub(crate) producer_name: &'a str,
    pub(crate) stars: u8,
}

/// A design drawn for one batch; lengths in dots from the lower left corner of the trim.
pub(crate) struct Art {
    pub(crate) content: Content,
    /// What is written in the content, so that the fonts can be cut down to it.
    pub(crate) texts: Vec<(Style, String)>,
    /// Where the symbol goes, quiet zone included.
    pub(crate) code: Rect,
    pub(crate) serial: SerialLine,
    /// Names that did not fit and end in an ellipsis.
    pub(crate) shortened: Vec<String>,
}

/// Where the serial number goes: centred on a point of its baseline.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SerialLine {
    pub(crate) centre: i32,
    pub(crate) baseline: i32,
    pub(crate) style: Style,
    pub(crate) size: i32,
}

impl Design {
    /// The names [`Design::by_name`] knows.
    pub const NAMES: [&'static str; 1] = ["placeholder"];

    /// A design by its name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        (name == "placeholder").then_some(Self::Placeholder)
    }

    /// The name it is chosen by.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Placeholder => "placeholder",
        }
    }

    pub(crate) fn draw(
        self,
        label: Label<'_>,
        layout: &Layout,
        fonts: &Fonts<'_>,
    ) -> Result<Art, FontError> {
        match self {
            Self::Placeholder => placeholder::draw(label, layout, fonts),
        }
    }
}

/// A symbol fitted into its box: the corner and side of its modules, quiet zone left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CodePlace {
    pub(crate) x: i32,
    pub(crate) y: i32,
    pub(crate) module: i32,
    pub(crate) side: i32,
}

/// The largest symbol with its quiet zone that fits a box, its module a whole number of dots,
/// and of pixels at 300 dpi as long as that keeps it readable.
pub(crate) fn place_code(symbol: &Symbol, place: Rect) -> CodePlace {
    let size = i32::try_from(symbol.size()).unwrap_or(i32::MAX);
    let quiet = i32::try_from(Symbol::QUIET_ZONE).unwrap_or(4);
    let modules = size + 2 * quiet;
    let largest = place.width.min(place.height) / modules;
    let even = largest / 2 * 2;
    let module = if f64::from(even) * MM_PER_DOT >= MIN_MODULE_MM { even } else { largest };
    let centred = |free: i32| (free - modules * module) / 4 * 2 + quiet * module;
    CodePlace {
        x: place.x + centred(place.width),
        y: place.y + centred(place.height),
        module,
        side: size * module,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::printing::qr::{self, ErrorCorrection};

    #[test]
    fn symbols_of_every_version_fit_the_box_on_the_grid_with_their_quiet_zone() {
        let place = Rect { x: 50, y: 62, width: 490, height: 490 };
        let mut seen = std::collections::BTreeSet::new();
        for length in 1..=213 {
            let symbol = qr::encode(&"a".repeat(length), ErrorCorrection::M).unwrap();
            let code = place_code(&symbol, place);
            let zone = Rect { x: code.x, y: code.y, width: code.side, height: code.side }
                .grown(4 * code.module);
            assert!(zone.x >= place.x && zone.right() <= place.right());
            assert!(zone.y >= place.y && zone.top() <= place.top());
            assert!(code.x % 2 == 0 && code.y % 2 == 0);
            if symbol.version() <= 9 {
                assert!(code.module % 2 == 0);
                assert!(f64::from(code.module) * MM_PER_DOT >= MIN_MODULE_MM);
            }
            seen.insert((symbol.version(), code.module));
        }
        assert!(seen.contains(&(6, 10)) && seen.contains(&(3, 12)) && seen.contains(&(10, 7)));
    }
}
