//! Proofs: a design as it will look, on one stamp or a whole sheet, without a batch.
//!
//! They need no register, and so cannot hold a code of the office's: names are invented, codes are
//! [dead](dead_face), and **BẢN IN THỬ** lies across every stamp.

mod dead;

use std::convert::Infallible;
use std::io;

pub use self::dead::{HOST, dead_face};
use super::design::{FieldKind, MODULE_MM_MIN};
use super::layout::{Layout, LayoutError};
use super::sheet::{self, Purpose};
use super::{
    Design, ErrorCorrection, Fonts, Imposition, Job, Label, LeftOut, OutputIntent, SheetError,
    Split, Warning,
};
use crate::domain::batch::Profile;
use crate::domain::calendar::Day;

/// Modules a side, quiet zone included, of the symbols of both profiles (versions 6 and 3).
const SIGNED_MODULES: f64 = 49.0;

/// Why there is no proof.
#[derive(Debug, thiserror::Error)]
pub enum ProofError {
    /// The stamp does not fit the paper.
    #[error(transparent)]
    Layout(#[from] LayoutError),
    /// The stamps cannot be drawn.
    #[error(transparent)]
    Sheets(Box<SheetError<Infallible>>),
}

/// Invented names, plainly samples.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sample {
    /// Of usual length.
    #[default]
    Usual,
    /// As long as the longest in the register.
    Long,
}

/// What a proof is made of.
#[derive(Clone, Copy, Debug)]
pub struct Proof<'a> {
    /// What stamps look like.
    pub design: &'a Design,
    /// How they lie on a sheet, and how it goes to press.
    pub layout: &'a Layout,
    /// What the codes hold; without it, as much as phones can read in the design's box.
    pub profile: Option<Profile>,
    /// The conditions of the press, where the layout's standard asks for them.
    pub intent: Option<OutputIntent<'a>>,
    /// What it says: a product's own texts, or those of a [`Sample`].
    pub label: Label<'a>,
    /// The date of the file.
    pub made_on: Day,
}

/// A proof that was made.
#[derive(Clone, Debug)]
pub struct Proofed {
    /// The file: one page.
    pub pdf: Vec<u8>,
    /// What to look at.
    pub warnings: Vec<Warning>,
    /// What the codes hold.
    pub profile: Profile,
    /// Module of the symbols, in millimetres.
    pub module_mm: f64,
}

impl Proof<'_> {
    /// One stamp alone: the page is its trim and bleed.
    ///
    /// # Errors
    /// [`ProofError::Sheets`].
    pub fn stamp(&self, fonts: &Fonts<'_>) -> Result<Proofed, ProofError> {
        let alone = Imposition::alone(self.layout, self.design.size());
        self.write(&alone, Purpose::Proof, fonts)
    }

    /// A full sheet.
    ///
    /// # Errors
    /// [`ProofError`].
    pub fn sheet(&self, fonts: &Fonts<'_>) -> Result<Proofed, ProofError> {
        let imposition = Imposition::new(self.layout, self.design.size())?;
        self.write(&imposition, Purpose::Proof, fonts)
    }

    /// One stamp alone without code and serial number: what they would be printed on.
    ///
    /// # Errors
    /// [`ProofError::Sheets`].
    pub fn ground(&self, fonts: &Fonts<'_>) -> Result<Vec<u8>, ProofError> {
        let alone = Imposition::alone(self.layout, self.design.size());
        Ok(self.write(&alone, Purpose::Ground, fonts)?.pdf)
    }

    /// What the codes hold.
    #[must_use]
    pub fn profile(&self) -> Profile {
        self.profile.unwrap_or_else(|| {
            let field = self.design.data.only(FieldKind::Qr);
            let side = field.map_or(0.0, |field| field.box_mm[2].min(field.box_mm[3]));
            // Boxes are drawn inwards to whole pixels.
            let readable = side - 0.1 >= SIGNED_MODULES * MODULE_MM_MIN;
            if readable { Profile::Signed } else { Profile::Compact }
        })
    }

    fn write(
        &self,
        imposition: &Imposition,
        purpose: Purpose,
        fonts: &Fonts<'_>,
    ) -> Result<Proofed, ProofError> {
        let profile = self.profile();
        let total = u64::from(imposition.cells());
        let job = Job {
            label: self.label,
            total,
            level: ErrorCorrection::M,
            imposition,
            design: self.design,
            intent: self.intent,
            // What is no image would show as one where there are no plates.
            without: LeftOut::no_images(self.design),
            split: Split { sheets: u32::MAX, stamps: None, bytes: None },
            only: None,
            issued_on: self.made_on,
        };
        let mut pdf = Vec::new();
        let mut file = Some(&mut pdf);
        let open = |_| file.take().ok_or_else(|| io::Error::other("a proof is one file"));
        let faces = (1..=total).map(|number| Ok(dead_face(number, profile)));
        let printed = sheet::write(&job, fonts, purpose, faces, open, |_| ())
            .map_err(|error| ProofError::Sheets(Box::new(error)))?;
        let (warnings, module_mm) = (printed.warnings, printed.module_mm);
        Ok(Proofed { pdf, warnings, profile, module_mm })
    }
}

/// What stands for a batch that is not issued yet, and for a lot that is not named.
pub const NO_BATCH: &str = "MAU0";
/// See [`NO_BATCH`].
pub const NO_LOT: &str = "L-MAU";

impl Sample {
    /// Every sample.
    pub const ALL: [Self; 2] = [Self::Usual, Self::Long];

    /// What a proof says.
    #[must_use]
    pub fn label(self) -> Label<'static> {
        let usual = Label {
            batch: NO_BATCH,
            product_name: "Gốm mẫu hoa sen",
            producer_name: "HTX Mẫu",
            stars: 4,
            decision: "MẪU/QĐ-UBND",
            valid_until: Day::from_ymd_opt(2029, 12, 31),
            commune: "xã Mẫu",
            lot: NO_LOT,
        };
        match self {
            Self::Usual => usual,
            Self::Long => Label {
                product_name: "Sữa tươi thanh trùng mẫu không đường Ễ Ữ hộp to",
                producer_name: "HTX sản xuất và tiêu thụ bưởi tôm vàng Mẫu Thử Nghiệm",
                stars: 5,
                decision: "MẪU-0000/QĐ-BNNMT",
                commune: "phường Mẫu Thử - Thử Nghiệm Mẫu",
                ..usual
            },
        }
    }
}
