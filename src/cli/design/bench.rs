//! What a design is looked at with: a layout, fonts, a day.

use super::super::error::CliError;
use super::super::{Session, layout};
use super::findings::Found;
use crate::domain::calendar::Day;
use crate::press::library::Library;
use crate::press::{Intent, fitting};
use crate::preview::contrast;
use crate::printing::proof::{Proof, Proofed, Sample};
use crate::printing::{Design, Fonts, Layout};
use crate::store::Store;

/// Products that are told one by one.
const PRODUCTS_TOLD: usize = 5;

/// Everything but the design.
pub(super) struct Bench {
    pub(super) library: Library,
    pub(super) layout: Layout,
    pub(super) fonts: Fonts<'static>,
    intent: Option<Intent>,
    today: Day,
}

impl Bench {
    /// With a layout: the settings' one, unless another is named.
    pub(super) fn new(session: &Session, named: Option<&str>) -> Result<Self, CliError> {
        let config = session.config(&[])?;
        let library = Library::in_folder(&config.data.dir);
        let layout = library.layout(named.unwrap_or(&config.sheets.layout))?;
        Self::of(library, layout)
    }

    /// With this layout.
    pub(super) fn of(library: Library, layout: Layout) -> Result<Self, CliError> {
        let intent = layout::intent(&layout)?;
        Ok(Self { library, layout, fonts: layout::fonts()?, intent, today: layout::today() })
    }

    /// The proof of a design.
    pub(super) fn proof<'a>(&'a self, design: &'a Design, sample: Sample) -> Proof<'a> {
        Proof {
            design,
            layout: &self.layout,
            profile: None,
            intent: self.intent.as_ref().map(Intent::view),
            label: sample.label(),
            made_on: self.today,
        }
    }

    /// A stamp, and everything that a person should look at, with usual and with long names.
    pub(super) fn look(&self, design: &Design) -> Result<(Proofed, Vec<Found>), CliError> {
        let proof = self.proof(design, Sample::Usual);
        let proofed = proof.stamp(&self.fonts)?;
        let ground = contrast::ground(design, &proof.ground(&self.fonts)?)?;
        let long = self.proof(design, Sample::Long).stamp(&self.fonts)?;
        let mut warnings = proofed.warnings.clone();
        warnings.extend(long.warnings.into_iter().filter(|it| !proofed.warnings.contains(it)));
        let warnings = warnings.into_iter().map(Found::Warning);
        let found = warnings.chain(ground.map(Found::Ground)).collect();
        Ok((proofed, found))
    }

    /// The products of a register whose texts a design cannot carry.
    pub(super) fn of_register(
        &self,
        design: &Design,
        store: &Store,
    ) -> Result<Vec<Found>, CliError> {
        let mut misfits = fitting::misfits(store, design, self.today)?.into_iter();
        let told = misfits.by_ref().take(PRODUCTS_TOLD);
        let mut found: Vec<Found> =
            told.map(|(product, misfit)| Found::Product { product, misfit }).collect();
        let rest = misfits.count();
        found.extend((rest > 0).then_some(Found::MoreProducts(rest)));
        Ok(found)
    }

    /// The day of the proofs.
    pub(super) fn today(&self) -> Day {
        self.today
    }
}
