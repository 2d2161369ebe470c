//! Layouts as data: the paper, how stamps lie on it and in which order, and how it goes to press.
//!
//! A layout is a TOML file (`docs/LAYOUTS.md`). It knows no stamp: with the size of a design it
//! becomes an [`Imposition`](super::imposition::Imposition). Lengths are millimetres.

mod shipped;

use serde::Deserialize;
use thiserror::Error;

use super::geometry::Grid;
use super::prepress::{Die, Press};

/// The longest side of a page: 200 inches, the most that PDF allows (ISO 32000-1, annex C).
pub const PAGE_MM_MAX: f64 = 5080.0;
/// Most sheets in a pile: their codes are held in memory together.
pub const PILE_DEPTH_MAX: u32 = 1000;

/// How a paper is printed.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// The name it is chosen by: the file's, without its ending.
    #[serde(skip)]
    pub name: String,
    /// What people call the paper.
    pub title: String,
    /// Single sheets or a web.
    #[serde(default)]
    pub kind: Kind,
    /// Width and height of a sheet; of a roll, width of the web and greatest length of a frame.
    pub page_mm: (f64, f64),
    /// Strips along the edges where nothing is printed.
    #[serde(default)]
    pub margin_mm: Margins,
    /// White between the cuts of neighbours; at 0 they share a cut.
    #[serde(default)]
    pub gutter_mm: Gutter,
    /// Degrees that everything is turned counter-clockwise: 0, 90, 180 or 270. On a roll it says
    /// which edge of a stamp comes off first.
    #[serde(default)]
    pub turn: u16,
    /// Places fixed by the paper, for labels that are cut already; otherwise as many as fit.
    pub grid: Option<FixedGrid>,
    /// What is printed around the stamps.
    #[serde(default)]
    pub marks: Marks,
    /// Which code goes where.
    #[serde(default)]
    pub order: Order,
    /// How it goes to press.
    #[serde(default)]
    pub press: Press,
    /// How stamps are cut.
    #[serde(default)]
    pub die: Die,
}

/// Single sheets or a web.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Sheets, each a page.
    #[default]
    Sheet,
    /// A web: each page is a frame as long as whole rows take, and frames follow each other.
    Roll,
}

/// Widths of the unprinted strips: one number for all, or top, right, bottom, left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(try_from = "Numbers")]
pub struct Margins {
    /// Along the upper edge.
    pub top: f64,
    /// Along the right edge.
    pub right: f64,
    /// Along the lower edge.
    pub bottom: f64,
    /// Along the left edge.
    pub left: f64,
}

/// White between neighbours: one number, or sideways and upwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(try_from = "Numbers")]
pub struct Gutter {
    /// Between columns.
    pub x: f64,
    /// Between rows.
    pub y: f64,
}

/// Places that the paper fixes.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FixedGrid {
    /// Stamps in a row.
    pub columns: u32,
    /// Rows.
    pub rows: u32,
    /// Left and upper edge of the first stamp, from the upper left corner of the page.
    pub first_mm: (f64, f64),
    /// From stamp to stamp, sideways and downwards.
    pub pitch_mm: (f64, f64),
    /// Width and height of the labels: only designs of this size fit.
    pub label_mm: (f64, f64),
}

/// What is printed around the stamps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a mark that is printed or not")]
pub struct Marks {
    /// Marks on the cut lines around the block.
    pub crop: bool,
    /// Crosses in the four corners, on every plate.
    pub register: bool,
    /// Patches of every ink above the block.
    pub colour_bar: bool,
    /// The line below the block that says which sheet it is, with the sheet's bar code.
    pub slug: bool,
}

/// Which code goes where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Order {
    /// Whether neighbours in a row or in a column follow each other.
    pub by: Run,
    /// From the last place to the first, so that the last code printed is the first off the pile
    /// or roll.
    pub reversed: bool,
    /// What carries on from sheet to sheet.
    pub pile: Pile,
    /// Sheets in a pile, for [`Pile::Lane`] and [`Pile::Cell`].
    pub depth: u32,
}

/// In which direction codes run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Run {
    /// Along the rows, from the top.
    #[default]
    Row,
    /// Down the columns, from the left.
    Column,
}

/// What carries on from sheet to sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Pile {
    /// Nothing: each sheet has a run of its own.
    #[default]
    Sheet,
    /// Each column: for rolls slit into lanes, each lane with one run.
    Lane,
    /// Each place: cut and stack, so that the cut piles lie in order.
    Cell,
}

/// Why a layout cannot be used.
#[derive(Debug, Error)]
pub enum LayoutError {
    /// The file is no layout.
    #[error("layout {name}: {why}")]
    Syntax {
        /// The layout.
        name: String,
        /// What is wrong, with the line.
        why: String,
    },
    /// A value cannot be.
    #[error("layout {name}: {what}")]
    Value {
        /// The layout.
        name: String,
        /// What, and what to do.
        what: String,
    },
    /// The design does not fit.
    #[error("layout {name} has no place for stamps of {width_mm} × {height_mm} mm: {hint}")]
    NoRoom {
        /// The layout.
        name: String,
        /// Width of a stamp.
        width_mm: f64,
        /// Height of a stamp.
        height_mm: f64,
        /// What to do.
        hint: String,
    },
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Numbers {
    One(f64),
    Many(Vec<f64>),
}

impl TryFrom<Numbers> for Margins {
    type Error = &'static str;

    fn try_from(numbers: Numbers) -> Result<Self, Self::Error> {
        match numbers {
            Numbers::One(all) => Ok(Self { top: all, right: all, bottom: all, left: all }),
            Numbers::Many(four) => match four[..] {
                [top, right, bottom, left] => Ok(Self { top, right, bottom, left }),
                _ => Err("give one number, or four: top, right, bottom, left"),
            },
        }
    }
}

impl TryFrom<Numbers> for Gutter {
    type Error = &'static str;

    fn try_from(numbers: Numbers) -> Result<Self, Self::Error> {
        match numbers {
            Numbers::One(both) => Ok(Self { x: both, y: both }),
            Numbers::Many(two) => match two[..] {
                [x, y] => Ok(Self { x, y }),
                _ => Err("give one number, or two: sideways, downwards"),
            },
        }
    }
}

impl Default for Marks {
    fn default() -> Self {
        Self { crop: true, register: false, colour_bar: false, slug: true }
    }
}

impl Default for Order {
    fn default() -> Self {
        Self { by: Run::Row, reversed: false, pile: Pile::Sheet, depth: 100 }
    }
}

impl Layout {
    /// The layouts that come with the program, by name.
    #[must_use]
    pub fn shipped() -> Vec<&'static str> {
        shipped::ALL.iter().map(|(name, _)| *name).collect()
    }

    /// One of the layouts that come with the program; none of another name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Result<Self, LayoutError>> {
        let (name, text) = shipped::ALL.iter().find(|(known, _)| *known == name)?;
        Some(Self::from_toml(name, text))
    }

    /// Reads a layout.
    ///
    /// # Errors
    /// [`LayoutError`]: what is wrong, and where.
    pub fn from_toml(name: &str, text: &str) -> Result<Self, LayoutError> {
        let syntax = |error: toml::de::Error| LayoutError::Syntax {
            name: name.to_owned(),
            why: error.to_string().trim_end().to_owned(),
        };
        let layout: Self = toml::from_str(text).map_err(syntax)?;
        let layout = Self { name: name.to_owned(), ..layout };
        match layout.fault() {
            None => Ok(layout),
            Some(what) => Err(LayoutError::Value { name: name.to_owned(), what }),
        }
    }

    /// The dots everything lies on.
    #[must_use]
    pub fn dots(&self) -> Grid {
        self.press.dpi
    }

    /// Which way codes run along the web of a roll; `None` for sheets.
    #[must_use]
    pub fn along_the_web(&self) -> Option<Run> {
        match (self.kind, self.turn) {
            (Kind::Sheet, _) => None,
            (Kind::Roll, 90 | 270) => Some(Run::Row),
            (Kind::Roll, _) => Some(Run::Column),
        }
    }

    /// What cannot be, with what to do.
    fn fault(&self) -> Option<String> {
        let (width, height) = self.page_mm;
        let Margins { top, right, bottom, left } = self.margin_mm;
        let lengths = [top, right, bottom, left, self.gutter_mm.x, self.gutter_mm.y];
        if !(width > 0.0 && height > 0.0 && width <= PAGE_MM_MAX && height <= PAGE_MM_MAX) {
            return Some(format!("page_mm must be above 0 and at most {PAGE_MM_MAX} mm"));
        }
        if lengths.iter().any(|length| !(0.0..=PAGE_MM_MAX).contains(length)) {
            return Some("margin_mm and gutter_mm must not be negative".into());
        }
        if left + right >= width || top + bottom >= height {
            return Some("the margins leave nothing of the page: make them smaller".into());
        }
        if !matches!(self.turn, 0 | 90 | 180 | 270) {
            return Some(format!("turn is {}; it can be 0, 90, 180 or 270", self.turn));
        }
        if self.order.pile != Pile::Sheet && !(1..=PILE_DEPTH_MAX).contains(&self.order.depth) {
            return Some(format!("order.depth must be from 1 to {PILE_DEPTH_MAX} sheets"));
        }
        let along = self.along_the_web().unwrap_or(Run::Column);
        if self.order.pile == Pile::Lane && self.order.by != along {
            return Some(match along {
                Run::Column => "a lane runs down its column: set order.by = \"column\"".into(),
                Run::Row => {
                    "a lane of a turned roll runs along its row: set order.by = \"row\"".into()
                }
            });
        }
        if self.kind == Kind::Roll && self.grid.is_some() {
            return Some("a roll has no fixed grid: give gutter_mm instead".into());
        }
        self.press.fault().or_else(|| self.die.fault())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(extra: &str) -> String {
        let text = format!("title = \"x\"\npage_mm = [210, 297]\n{extra}");
        Layout::from_toml("x", &text).unwrap_err().to_string()
    }

    #[test]
    fn every_layout_that_is_shipped_can_be_read() {
        assert!(Layout::shipped().len() >= 8);
        for name in Layout::shipped() {
            let layout = Layout::by_name(name).unwrap().unwrap();
            assert_eq!(layout.name, name);
        }
        assert!(Layout::by_name("a5").is_none());
    }

    #[test]
    fn a_fault_says_where_it_is_and_what_can_be_done() {
        assert!(fault("margin = 3").contains("line 3"));
        assert!(fault("margin_mm = [1, 2]").contains("four: top, right, bottom, left"));
        assert!(fault("margin_mm = 105").contains("make them smaller"));
        assert!(fault("gutter_mm = -1").contains("negative"));
        assert!(fault("turn = 45").contains("0, 90, 180 or 270"));
        assert!(fault("[order]\npile = \"lane\"").contains("order.by = \"column\""));
        let turned = "kind = \"roll\"\nturn = 90\n[order]\nby = \"column\"\npile = \"lane\"";
        assert!(fault(turned).contains("order.by = \"row\""));
        assert!(fault("[order]\npile = \"cell\"\ndepth = 0").contains("from 1 to 1000"));
        assert!(fault("[press]\ndpi = 720").contains("720 dpi is none of"));
    }

    #[test]
    fn one_number_stands_for_all_sides() {
        let text = "title = \"x\"\npage_mm = [210, 297]\nmargin_mm = 5\ngutter_mm = [3, 4]";
        let layout = Layout::from_toml("x", text).unwrap();
        assert_eq!(layout.margin_mm, Margins { top: 5.0, right: 5.0, bottom: 5.0, left: 5.0 });
        assert_eq!(layout.gutter_mm, Gutter { x: 3.0, y: 4.0 });
    }
}
