//! What the check answers: findings, and facts for people to compare with the order.

use std::fmt;

use super::rule::{Rule, Severity};

/// A standard for print files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standard {
    /// PDF/X-1a:2001 (ISO 15930-1), on PDF 1.3.
    X1a2001,
    /// PDF/X-1a:2003 (ISO 15930-4), on PDF 1.4.
    X1a2003,
    /// PDF/X-4 (ISO 15930-7), on PDF 1.6.
    X4,
}

impl Standard {
    /// Its name, as files claim it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::X1a2001 => "PDF/X-1a:2001",
            Self::X1a2003 => "PDF/X-1a:2003",
            Self::X4 => "PDF/X-4",
        }
    }

    /// Whether it is one of the blind exchanges of CMYK without transparency.
    pub(super) fn is_x1a(self) -> bool {
        self != Self::X4
    }
}

/// Which standard's rules to apply.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Against {
    /// Those of the standard that the file claims.
    #[default]
    Claim,
    /// Those of PDF/X-1a: of 2001 if the file claims it, else of 2003.
    X1a,
    /// Those of PDF/X-4.
    X4,
    /// Those that hold for any print file.
    Nothing,
}

/// Where in the file. Both unknown: the file as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// Number of the page, from 1.
    pub page: Option<usize>,
    /// Number of the object.
    pub object: Option<u32>,
}

impl Place {
    /// The file as a whole.
    pub const FILE: Self = Self { page: None, object: None };

    pub(super) fn page(number: usize) -> Self {
        Self { page: Some(number), object: None }
    }

    pub(super) fn object(number: Option<u32>) -> Self {
        Self { page: None, object: number }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.page, self.object) {
            (None, None) => write!(f, "file"),
            (Some(page), None) => write!(f, "page {page}"),
            (None, Some(object)) => write!(f, "object {object}"),
            (Some(page), Some(object)) => write!(f, "page {page}, object {object}"),
        }
    }
}

/// A rule that is broken somewhere.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// Where.
    pub place: Place,
    /// What was found there; may be empty.
    pub detail: String,
}

impl Finding {
    /// How bad it is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.rule.severity()
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.rule.what())?;
        if !self.detail.is_empty() {
            write!(f, " ({})", self.detail)?;
        }
        write!(f, "; {}", self.rule.what_to_do())
    }
}

/// A rectangle on a page, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PageBox {
    /// Left edge.
    pub x0: f64,
    /// Lower edge.
    pub y0: f64,
    /// Right edge.
    pub x1: f64,
    /// Upper edge.
    pub y1: f64,
}

impl PageBox {
    /// Width and height in millimetres.
    #[must_use]
    pub fn size_mm(&self) -> (f64, f64) {
        const MM: f64 = 25.4 / 72.0;
        ((self.x1 - self.x0) * MM, (self.y1 - self.y0) * MM)
    }

    /// Whether another lies inside, edges included, give or take `play_pt`.
    pub(super) fn holds(&self, other: &Self, play_pt: f64) -> bool {
        other.x0 >= self.x0 - play_pt
            && other.y0 >= self.y0 - play_pt
            && other.x1 <= self.x1 + play_pt
            && other.y1 <= self.y1 + play_pt
    }

    /// Whether another lies at least partly inside.
    pub(super) fn meets(&self, other: &Self) -> bool {
        other.x0 < self.x1 && other.x1 > self.x0 && other.y0 < self.y1 && other.y1 > self.y0
    }
}

/// The boxes of a page (ISO 32000-1, 14.11.2), as the file has them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Boxes {
    /// The sheet.
    pub media: Option<PageBox>,
    /// What viewers show.
    pub crop: Option<PageBox>,
    /// What is painted, with bleed.
    pub bleed: Option<PageBox>,
    /// The finished size.
    pub trim: Option<PageBox>,
    /// The extent of the art, in place of the finished size.
    pub art: Option<PageBox>,
}

/// Pages in a row with the same boxes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PageRun {
    /// The first page, from 1.
    pub first: usize,
    /// The last page.
    pub last: usize,
    /// Their boxes.
    pub boxes: Boxes,
}

/// A font of the file.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FontFacts {
    /// Its PostScript name, without the tag of a subset.
    pub name: String,
    /// Its type, as the file calls it.
    pub kind: String,
    /// Whether the file holds it.
    pub embedded: bool,
    /// Whether it is cut down to the characters in use.
    pub subset: bool,
}

/// The printing condition that the file is made for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IntentFacts {
    /// `OutputConditionIdentifier`.
    pub identifier: String,
    /// `Info`, or `OutputCondition`.
    pub info: String,
    /// Colour space of the embedded profile (`CMYK`, `GRAY`, `RGB`).
    pub colour: Option<String>,
}

/// The answer.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The standards that the file claims, in its words.
    pub claims: Vec<String>,
    /// The standard whose rules were applied.
    pub standard: Option<Standard>,
    /// Pages.
    pub pages: usize,
    /// Their boxes.
    pub page_runs: Vec<PageRun>,
    /// The printing condition.
    pub intent: Option<IntentFacts>,
    /// Plates that something is painted on: process inks, then spot colours.
    pub plates: Vec<String>,
    /// Fonts.
    pub fonts: Vec<FontFacts>,
    /// What is wrong: errors first, then in the order of the rules.
    pub findings: Vec<Finding>,
    /// Rules with more findings than are listed, and how many more.
    pub unlisted: Vec<(Rule, u64)>,
}

impl Report {
    /// Whether there is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity() == Severity::Error)
    }
}
