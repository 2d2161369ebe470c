//! What a press is told: the standard of the file, its output intent, the dots of the device, and
//! how stamps are cut.

use serde::Deserialize;

use super::geometry::Grid;

/// The kind of file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Standard {
    /// PDF/X-4 (ISO 15930-7): layers, spot colours, CMYK.
    #[default]
    X4,
    /// PDF/X-1a:2003 (ISO 15930-4): for presses that take nothing newer; no layers.
    X1a,
    /// PDF/VT-1 (ISO 16612-2): PDF/X-4 with a document part for each sheet.
    Vt1,
    /// Plain gray PDF for office printers, whose drivers would screen 100 % K: no output intent, no
    /// die line.
    Gray,
}

impl Standard {
    /// Every standard.
    pub const ALL: [Self; 4] = [Self::X4, Self::X1a, Self::Vt1, Self::Gray];

    /// The name it is chosen by.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::X4 => "x4",
            Self::X1a => "x1a",
            Self::Vt1 => "vt1",
            Self::Gray => "gray",
        }
    }

    /// The standard of that name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standard| standard.key() == key)
    }

    /// What people call it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::X4 => "PDF/X-4",
            Self::X1a => "PDF/X-1a:2003",
            Self::Vt1 => "PDF/VT-1",
            Self::Gray => "PDF",
        }
    }

    /// Whether files carry an output intent.
    #[must_use]
    pub fn has_intent(self) -> bool {
        self != Self::Gray
    }

    /// Whether files may have layers (optional content).
    #[must_use]
    pub fn has_layers(self) -> bool {
        matches!(self, Self::X4 | Self::Vt1)
    }
}

/// How a layout goes to press.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Press {
    /// The kind of file.
    pub standard: Standard,
    /// `coated`, `uncoated`, or an ICC file of the shop's.
    pub intent: String,
    /// The dots of the device: a module is a whole number of them.
    pub dpi: Grid,
    /// How far every dark edge of a symbol is drawn back, in micrometres, for ink that spreads.
    pub bar_width_reduction_um: u32,
    /// How symbols are drawn.
    pub symbols: Symbols,
}

/// How symbols are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Symbols {
    /// 1-bit image masks: exact on every raster, and small.
    #[default]
    Mask,
    /// Filled paths, for front ends that screen 1-bit images.
    Paths,
}

/// How stamps are cut, and the name the cutter knows it by.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Die {
    /// Which lines are drawn.
    pub cut: Cut,
    /// Name of the spot colour: the cutter looks for it.
    pub name: String,
    /// How the spot colour looks on screen, in per cent.
    pub cmyk: [f32; 4],
    /// Width of the line in points.
    pub line_pt: f64,
    /// Length of bridges left uncut along the line, so that stamps stay on the sheet; 0: none.
    pub gap_mm: f64,
    /// From bridge to bridge.
    pub gap_every_mm: f64,
}

/// Which cut lines are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Cut {
    /// The outline of each stamp, for plotters and dies.
    #[default]
    Contour,
    /// Lines through the whole block, for guillotines.
    Straight,
    /// None: the paper is cut already.
    None,
}

impl Default for Press {
    fn default() -> Self {
        Self {
            standard: Standard::X4,
            intent: "coated".into(),
            dpi: Grid::default(),
            bar_width_reduction_um: 0,
            symbols: Symbols::Mask,
        }
    }
}

impl Default for Die {
    fn default() -> Self {
        Self {
            cut: Cut::Contour,
            name: "CutContour".into(),
            cmyk: [0.0, 100.0, 0.0, 0.0],
            line_pt: 0.25,
            gap_mm: 0.0,
            gap_every_mm: 10.0,
        }
    }
}

impl Press {
    /// How far dark edges are drawn back, in whole dots.
    #[must_use]
    pub fn shaving(&self) -> u32 {
        let dots = f64::from(self.bar_width_reduction_um) / 1000.0 / self.dpi.mm_per_dot();
        u32::try_from(super::geometry::whole(dots)).unwrap_or(0)
    }

    pub(super) fn fault(&self) -> Option<String> {
        if self.bar_width_reduction_um > 0 && self.symbols == Symbols::Paths {
            return Some("bars are reduced in masks only: set press.symbols = \"mask\"".into());
        }
        if self.bar_width_reduction_um > 0 && self.shaving() == 0 {
            let dot_um = self.dpi.mm_per_dot() * 1000.0;
            return Some(format!(
                "press.bar_width_reduction_um is below half a dot of {dot_um:.0} µm: leave it out, \
                 or raise press.dpi"
            ));
        }
        None
    }
}

impl Die {
    /// Whether files of a standard have a die line.
    #[must_use]
    pub fn is_drawn(&self, standard: Standard) -> bool {
        self.cut != Cut::None && standard != Standard::Gray
    }

    pub(super) fn fault(&self) -> Option<String> {
        if self.name.is_empty() || self.name.len() > 127 {
            return Some("die.name must have 1 to 127 bytes".into());
        }
        if self.cmyk.iter().any(|ink| !(0.0..=100.0).contains(ink)) {
            return Some("die.cmyk are per cent, from 0 to 100".into());
        }
        if !(0.05..=5.0).contains(&self.line_pt) {
            return Some("die.line_pt must be from 0.05 to 5 points".into());
        }
        if !(self.gap_mm >= 0.0 && self.gap_every_mm > self.gap_mm) {
            return Some("die.gap_every_mm must be more than die.gap_mm".into());
        }
        None
    }
}
