//! Designs as data: what a stamp looks like, and where its code and serial number go.
//!
//! A design is a folder with a TOML file and its artwork (`docs/DESIGNS.md`), owned by the office.
//! Lengths are millimetres from the upper left corner of the trim, y downwards, as a designer
//! measures; drawings are in dots from its lower left corner, y upwards, as in PDF.

mod artwork;
mod data;
mod draw;
mod facts;
mod fit;
mod guards;
mod page_art;
mod palette;
mod place;
mod shapes;
mod shipped;
mod text;

use sha2::{Digest, Sha256};
use thiserror::Error;

pub use self::data::{Align, Colour, Data, Field, FieldKind, FontName, Mark, Shape, TextLanguage};
pub(crate) use self::draw::{Art, check, draw};
pub use self::facts::{Fact, Label};
pub use self::guards::{Guard, LETTER_MM_MIN, MODULE_MM_MIN};
pub(crate) use self::page_art::PAGE;
pub(crate) use self::palette::Palette;
pub use self::place::code_on_page;
pub(crate) use self::place::{CodePlace, code_on_trim, place_code};
pub(crate) use self::shapes::outline;
use super::geometry::Grid;
use super::imposition::StampSize;
use super::pdf::font::Fonts;
use super::plate::LeftOut;
use super::prepress::{Die, Standard};

/// Most bytes of an artwork file.
pub const ART_BYTES_MAX: usize = 4 << 20;

/// A design of stamps.
#[derive(Clone, Debug, PartialEq)]
pub struct Design {
    /// The name it is chosen by: its folder's.
    pub name: String,
    /// What its TOML file says.
    pub data: Data,
    /// SHA-256 over the TOML file and the artwork, in lower-case hexadecimal: the same for the same
    /// design.
    pub sha256: String,
    toml: String,
    art: Vec<u8>,
}

/// Why a design cannot be used.
#[derive(Debug, Error)]
pub enum DesignError {
    /// The TOML file is no design.
    #[error("design {name}: {why}")]
    Syntax {
        /// The design.
        name: String,
        /// What is wrong, with the line.
        why: String,
    },
    /// A value cannot be.
    #[error("design {name}: {what}")]
    Value {
        /// The design.
        name: String,
        /// What, and what to do.
        what: String,
    },
    /// The artwork cannot be printed.
    #[error("artwork of design {name}: {what}")]
    Art {
        /// The design.
        name: String,
        /// What, and what to do.
        what: String,
    },
    /// The design prints what is not known of the product.
    #[error("the product has {}; design {name} prints it in field {field}", .fact.remedy())]
    Lacks {
        /// The design.
        name: String,
        /// The field, from 1 in the order of the file.
        field: usize,
        /// What is not known.
        fact: Fact,
    },
    /// A text of the product has no room.
    #[error("design {name} cannot carry the product: {guard}")]
    NoRoom {
        /// The design.
        name: String,
        /// What the text does.
        guard: Guard,
    },
    /// A font cannot be used, or lacks a letter.
    #[error("design {name}: the texts cannot be set")]
    Font {
        /// The design.
        name: String,
        /// Why not.
        #[source]
        source: super::FontError,
    },
}

impl Design {
    /// The designs that come with the program, by name.
    #[must_use]
    pub fn shipped() -> Vec<&'static str> {
        shipped::ALL.iter().map(|(name, ..)| *name).collect()
    }

    /// One of the designs that come with the program.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Result<Self, DesignError>> {
        let (name, toml, art) = shipped::ALL.iter().find(|(known, ..)| *known == name)?;
        Some(Self::new(name, toml, art))
    }

    /// Reads a design: its TOML file and the artwork that it names.
    ///
    /// # Errors
    /// [`DesignError`]: what is wrong, and where.
    pub fn new(name: &str, toml: &str, art: &[u8]) -> Result<Self, DesignError> {
        let data = Data::from_toml(toml)
            .map_err(|why| DesignError::Syntax { name: name.to_owned(), why })?;
        if let Some(what) = data.fault() {
            return Err(DesignError::Value { name: name.to_owned(), what });
        }
        if art.len() > ART_BYTES_MAX {
            let what = format!("it has more than {} MB", ART_BYTES_MAX >> 20);
            return Err(DesignError::Art { name: name.to_owned(), what });
        }
        let hash = Sha256::new().chain_update(toml).chain_update([0]).chain_update(art).finalize();
        let sha256 = super::pdf::document::hex(&hash);
        let (name, toml) = (name.to_owned(), toml.to_owned());
        Ok(Self { name, data, sha256, toml, art: art.to_vec() })
    }

    /// The design as version so many of the register: that number is printed, and not the one of its
    /// file, which is the designer's own count.
    #[must_use]
    pub fn numbered(mut self, version: u32) -> Self {
        self.data.version = version;
        self
    }

    /// Whether a stamp can say what it has to of a product: every fact that the design names is known,
    /// and every text has room, whole and clear of the symbol.
    ///
    /// # Errors
    /// [`DesignError`]: what is missing, or what has no room.
    pub fn carries(&self, label: &Label<'_>, fonts: &Fonts<'_>) -> Result<(), DesignError> {
        let (grid, layout) = (Grid::default(), (Standard::X4, &Die::default()));
        let palette = Palette::new(&self.data, layout, &LeftOut::default())
            .map_err(|what| DesignError::Value { name: self.name.clone(), what })?;
        let trim = self.size().trim(grid);
        let written = draw::lay_out(self, label, &palette, (trim, grid), fonts)?;
        check(&written.guards, self)
    }

    /// The TOML file.
    #[must_use]
    pub fn toml(&self) -> &str {
        &self.toml
    }

    /// The artwork file.
    #[must_use]
    pub fn art(&self) -> &[u8] {
        &self.art
    }

    /// The size of a stamp.
    #[must_use]
    pub fn size(&self) -> StampSize {
        let (width_mm, height_mm) = self.data.size_mm;
        StampSize { width_mm, height_mm, bleed_mm: self.data.bleed_mm }
    }
}
