//! What the stamps of an order will look like, with its own texts, before there are codes.

use super::Worker;
use crate::domain::calendar::{Day, vietnam_day};
use crate::domain::design::{DesignRef, Misfit, MisfitReason};
use crate::domain::ids::OrderId;
use crate::domain::order::Order;
use crate::press::facts::Facts;
use crate::press::library::LibraryError;
use crate::press::{Intent, IntentError, PrintSettings, fitting};
use crate::printing::proof::{Proof, ProofError, Proofed};
use crate::printing::{Design, FontError, FontFiles, Fonts, Layout};
use crate::store::{Store, StoreError, order_list};

/// A design that an order's stamps can have, or cannot.
#[derive(Clone, Debug)]
pub struct DesignProof {
    /// The design.
    pub design: Design,
    /// Whether sheets may be printed with it.
    pub is_approved: bool,
    /// Whether it is the one that is mostly taken.
    pub is_usual: bool,
    /// What of the product it cannot carry, if anything.
    pub why_not: Option<Misfit>,
}

impl DesignProof {
    /// Whether a stamp can be drawn, if with a text cut short.
    #[must_use]
    pub fn is_drawn(&self) -> bool {
        let why = self.why_not.as_ref().map(|misfit| &misfit.why);
        why.is_none_or(|why| matches!(why, MisfitReason::NoRoom(_)))
    }
}

/// Why there is no proof.
#[derive(Debug, thiserror::Error)]
pub enum OrderProofError {
    /// The paper cannot be read.
    #[error(transparent)]
    Layout(#[from] LibraryError),
    /// The conditions of the press are not known.
    #[error(transparent)]
    Intent(#[from] IntentError),
    /// A font cannot be used.
    #[error(transparent)]
    Font(#[from] FontError),
    /// The stamp cannot be drawn.
    #[error(transparent)]
    Proof(#[from] ProofError),
    /// The register failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl OrderProofError {
    /// What of the product the design cannot carry, where that is why.
    #[must_use]
    pub fn misfit(&self) -> Option<Misfit> {
        match self {
            Self::Proof(ProofError::Sheets(error)) => fitting::misfit_of_sheets(error),
            Self::Proof(ProofError::Layout(_))
            | Self::Layout(_)
            | Self::Intent(_)
            | Self::Font(_)
            | Self::Store(_) => None,
        }
    }
}

/// What of an order its proofs are drawn from.
#[derive(Clone, Debug)]
pub struct OrderProofs {
    facts: Facts,
    /// The designs: those that are approved, or before any is, that of the settings.
    pub designs: Vec<DesignProof>,
}

/// The proofs of an order.
///
/// # Errors
/// [`StoreError`].
pub fn of_order(
    store: &Store,
    settings: &PrintSettings,
    order: &Order,
    on: Day,
) -> Result<OrderProofs, StoreError> {
    let facts = store.read(|register| Facts::of_order(register, order, on))?;
    let usual = DesignRef::parse(&settings.design).name;
    let approved = fitting::approved_designs(store)?;
    let is_approved = !approved.is_empty();
    let drawn = || settings.library.design(&usual).into_iter().collect();
    let designs: Vec<Design> = if is_approved { approved } else { drawn() };
    let designs = designs.into_iter().map(|design| DesignProof {
        is_approved,
        is_usual: design.name == usual,
        why_not: fitting::misfit(&design, &facts.label()),
        design,
    });
    Ok(OrderProofs { designs: designs.collect(), facts })
}

/// The proofs of an order; none where there is no such order for this person.
///
/// # Errors
/// [`StoreError`].
pub fn seen(
    store: &Store,
    settings: &PrintSettings,
    worker: &Worker,
    id: OrderId,
) -> Result<Option<OrderProofs>, StoreError> {
    let found = store.read(|register| order_list::get(register, worker.organisation, id))?;
    let on = vietnam_day(worker.at);
    found.map(|listed| of_order(store, settings, &listed.order, on)).transpose()
}

impl OrderProofs {
    /// The design that is shown first: the usual one, or else the first that can carry the product.
    #[must_use]
    pub fn first(&self) -> Option<&DesignProof> {
        let fits = |it: &&DesignProof| it.why_not.is_none();
        let usual = self.designs.iter().find(|it| it.is_usual);
        usual.filter(fits).or_else(|| self.designs.iter().find(fits)).or(usual)
    }

    /// What of the product a design cannot carry, if anything.
    #[must_use]
    pub fn misfit(&self, design: &Design) -> Option<Misfit> {
        fitting::misfit(design, &self.facts.label())
    }

    /// One of the designs.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&DesignProof> {
        self.designs.iter().find(|it| it.design.name == name)
    }

    /// Draws a stamp, or a whole sheet, with BẢN IN THỬ across and a code that is none.
    ///
    /// # Errors
    /// [`OrderProofError`].
    pub fn draw(
        &self,
        design: &Design,
        layout: &Layout,
        is_sheet: bool,
        on: Day,
    ) -> Result<Proofed, OrderProofError> {
        let has_intent = layout.press.standard.has_intent();
        let intent = has_intent.then(|| Intent::named(&layout.press.intent)).transpose()?;
        let proof = Proof {
            design,
            layout,
            profile: None,
            intent: intent.as_ref().map(Intent::view),
            label: self.facts.label(),
            made_on: on,
        };
        let fonts = Fonts::new(FontFiles::BUNDLED)?;
        Ok(if is_sheet { proof.sheet(&fonts)? } else { proof.stamp(&fonts)? })
    }
}

/// One stamp of an order in one of its designs, as PDF; none where there is no such order for this
/// person, or no such design.
///
/// # Errors
/// [`OrderProofError`].
pub fn stamp(
    store: &Store,
    settings: &PrintSettings,
    worker: &Worker,
    (id, design): (OrderId, &str),
) -> Result<Option<Vec<u8>>, OrderProofError> {
    let Some(proofs) = seen(store, settings, worker, id)? else { return Ok(None) };
    let Some(found) = proofs.named(design) else { return Ok(None) };
    let layout = settings.library.layout(&settings.layout)?;
    Ok(Some(proofs.draw(&found.design, &layout, false, vietnam_day(worker.at))?.pdf))
}
