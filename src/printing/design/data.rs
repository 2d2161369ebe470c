//! What the TOML file of a design says.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::text;
use crate::domain::calendar::Day;
use crate::printing::colour::Step;

/// Sides of a stamp, in millimetres.
const SIDE_MM: std::ops::RangeInclusive<f64> = 8.0..=300.0;
/// Most fields of a design.
const FIELDS_MAX: usize = 40;

/// A design as it stands in its file. Lengths are millimetres.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Data {
    /// What people call it.
    pub title: String,
    /// Counted up whenever anything changes.
    pub version: u32,
    /// Width and height of the cut stamp.
    pub size_mm: (f64, f64),
    /// Its outline.
    #[serde(default)]
    pub shape: Shape,
    /// Radius of rounded corners.
    #[serde(default)]
    pub corner_mm: f64,
    /// How far the art runs beyond the cut.
    #[serde(default = "two")]
    pub bleed_mm: f64,
    /// Fields keep this far from the cut.
    #[serde(default = "one")]
    pub safe_mm: f64,
    /// The artwork: an SVG or PDF file in the same folder.
    pub art: String,
    /// The right to use the certification mark on it.
    pub mark: Mark,
    /// What the colours of the art are printed with.
    #[serde(default)]
    pub colours: BTreeMap<String, Colour>,
    /// What is written on it.
    pub fields: Vec<Field>,
}

/// The outline of a stamp.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// A rectangle.
    #[default]
    Rectangle,
    /// A rectangle with round corners.
    Rounded,
    /// A circle.
    Circle,
}

/// The right to use the certification mark (Quyết định 1162/QĐ-VPĐP-OCOP).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// Which version of the mark is drawn.
    pub version: String,
    /// On what the right rests: the decision, or that there is none yet.
    pub basis: String,
    /// Who granted it.
    pub granted_by: Option<String>,
    /// Last day of the right, as `yyyy-mm-dd`; without it the right has no end.
    pub until: Option<Day>,
}

/// What a colour of the art is printed with.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Colour {
    /// The colour in the art: `#rrggbb`.
    pub svg: String,
    /// Cyan, magenta, yellow and black in per cent; of a spot colour, what stands in for it.
    pub cmyk: [f32; 4],
    /// Name of the plate of a spot colour.
    pub spot: Option<String>,
    /// Whether what lies under a spot colour is printed too.
    #[serde(default)]
    pub overprint: bool,
    /// The processing step that a spot colour belongs to.
    pub step: Option<Step>,
}

/// Something written on a stamp.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// What it is.
    pub kind: FieldKind,
    /// Left and upper edge, width and height.
    pub box_mm: [f64; 4],
    /// Of a text, what it says; `{product}` and the like are filled in.
    #[serde(default)]
    pub text: String,
    /// Its font.
    #[serde(default)]
    pub font: FontName,
    /// Its size in points, or the range it is fitted in.
    pub size_pt: Option<Sizes>,
    /// Most lines of a text.
    #[serde(default = "one_line")]
    pub lines: usize,
    /// Where it stands in its box.
    #[serde(default)]
    pub align: Align,
    /// Its colour: `black`, `paper`, or one of the design's.
    #[serde(default = "black")]
    pub colour: String,
    /// How dates are written.
    #[serde(default)]
    pub language: TextLanguage,
}

/// Kinds of fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FieldKind {
    /// The QR symbol with its quiet zone.
    Qr,
    /// The serial number.
    Serial,
    /// As many stars as the product has.
    Stars,
    /// A text.
    Text,
}

/// Fonts of the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FontName {
    /// Be Vietnam Pro Bold.
    Display,
    /// Barlow Condensed, semi-bold.
    #[default]
    Strong,
    /// Barlow Condensed Medium.
    Plain,
    /// `JetBrains` Mono, medium.
    Mono,
}

/// Where a text stands in its box.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Align {
    /// At the left.
    Left,
    /// In the middle.
    #[default]
    Centre,
    /// At the right.
    Right,
}

/// Languages of texts on stamps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TextLanguage {
    /// Vietnamese: 24/11/2026.
    #[default]
    Vi,
    /// English: 24 Nov 2026.
    En,
}

/// A size in points, or a range.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Sizes {
    /// Always this size.
    Fixed(f64),
    /// The largest that fits.
    Range([f64; 2]),
}

impl Sizes {
    /// Smallest and largest size.
    #[must_use]
    pub fn range(self) -> (f64, f64) {
        match self {
            Self::Fixed(size) => (size, size),
            Self::Range([least, most]) => (least, most),
        }
    }
}

fn one() -> f64 {
    1.0
}

fn two() -> f64 {
    2.0
}

fn one_line() -> usize {
    1
}

fn black() -> String {
    "black".into()
}

impl Data {
    /// Reads the file.
    ///
    /// # Errors
    /// What is wrong, with the line.
    pub fn from_toml(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error| error.to_string().trim_end().to_owned())
    }

    /// Whether the artwork is a page of a PDF file, and no SVG.
    pub(super) fn art_is_page(&self) -> bool {
        std::path::Path::new(&self.art).extension().is_some_and(|ending| ending == "pdf")
    }

    /// The one field of a kind.
    #[must_use]
    pub fn only(&self, kind: FieldKind) -> Option<&Field> {
        self.fields.iter().find(|field| field.kind == kind)
    }

    /// What cannot be, with what to do.
    pub(super) fn fault(&self) -> Option<String> {
        let (width, height) = self.size_mm;
        let (least, most) = (SIDE_MM.start(), SIDE_MM.end());
        if !SIDE_MM.contains(&width) || !SIDE_MM.contains(&height) {
            return Some(format!("size_mm must be from {least} to {most} mm"));
        }
        if self.shape == Shape::Circle && (width - height).abs() > f64::EPSILON {
            return Some("a circle is as wide as high: give the diameter twice".into());
        }
        let half = width.min(height) / 2.0;
        if !(0.0..=half).contains(&self.corner_mm) {
            return Some(format!("corner_mm must be from 0 to {half} mm"));
        }
        if !(0.0..=10.0).contains(&self.bleed_mm) || !(0.0..half).contains(&self.safe_mm) {
            return Some("bleed_mm must be from 0 to 10 mm, safe_mm less than half a side".into());
        }
        if self.fields.len() > FIELDS_MAX {
            return Some(format!("there are more than {FIELDS_MAX} fields"));
        }
        for kind in [FieldKind::Qr, FieldKind::Serial] {
            if self.fields.iter().filter(|field| field.kind == kind).count() != 1 {
                let name = if kind == FieldKind::Qr { "qr" } else { "serial" };
                return Some(format!("there must be exactly one field of kind \"{name}\""));
            }
        }
        let mut fields = (1..).zip(&self.fields);
        fields.find_map(|(number, field)| self.field_fault(number, field))
    }

    fn field_fault(&self, number: usize, field: &Field) -> Option<String> {
        let [x, y, width, height] = field.box_mm;
        let (stamp_width, stamp_height) = self.size_mm;
        let inside = x >= 0.0
            && y >= 0.0
            && width > 0.0
            && height > 0.0
            && x + width <= stamp_width + 1e-9
            && y + height <= stamp_height + 1e-9;
        if !inside {
            return Some(format!("field {number}: box_mm leaves the stamp"));
        }
        if matches!(field.kind, FieldKind::Text | FieldKind::Serial) {
            let Some(sizes) = field.size_pt else {
                return Some(format!("field {number}: give size_pt, one size or two"));
            };
            let (least, most) = sizes.range();
            if !(1.0..=200.0).contains(&least) || !(least..=200.0).contains(&most) {
                return Some(format!(
                    "field {number}: size_pt must be from 1 to 200 points, the smaller first"
                ));
            }
        }
        if field.kind == FieldKind::Text
            && let Some(why) = text::fault(&field.text)
        {
            return Some(format!("field {number}: {why}"));
        }
        if !(1..=6).contains(&field.lines) {
            return Some(format!("field {number}: lines must be from 1 to 6"));
        }
        let known = ["black", "paper"].contains(&field.colour.as_str())
            || self.colours.contains_key(&field.colour);
        (!known).then(|| format!("field {number}: there is no colour \"{}\"", field.colour))
    }
}
