//! Whether designs can carry what stamps of real products say.

use super::approved::{self, UnprintableDesign};
use super::facts::Facts;
use crate::domain::calendar::Day;
use crate::domain::design::{DesignRef, DesignState, Misfit, MisfitReason};
use crate::domain::ids::ProductId;
use crate::domain::product::Product;
use crate::domain::recognition::{Recognition, Standing, governing};
use crate::printing::{
    Design, DesignError, FontFiles, Fonts, Guard, Label, SheetError, SheetFault,
};
use crate::store::{AnyConnection, Store, StoreError, designs, products, recognitions};

/// Products looked at at a time.
const PART: i64 = 500;

/// The products of the register that may have stamps on a day, and that a design cannot carry, each with
/// why not.
///
/// # Errors
/// [`StoreError`].
pub fn misfits(
    store: &Store,
    design: &Design,
    on: Day,
) -> Result<Vec<(String, Misfit)>, StoreError> {
    let mut misfits = Vec::new();
    let mut after = ProductId(0);
    loop {
        let part = store.read(|register| part(register, after, on))?;
        let Some((last, _)) = part.last() else { return Ok(misfits) };
        after = *last;
        for facts in part.iter().filter_map(|(_, facts)| facts.as_ref()) {
            let label = facts.label();
            let misfit = misfit(design, &label);
            misfits.extend(misfit.map(|misfit| (label.product_name.to_owned(), misfit)));
        }
    }
}

/// The next products by their numbers, each with what its stamps would say, if it may have any.
fn part(
    register: &mut AnyConnection,
    after: ProductId,
    on: Day,
) -> Result<Vec<(ProductId, Option<Facts>)>, StoreError> {
    let found = products::after(register, after, PART)?;
    let ids: Vec<ProductId> = found.iter().map(|(product, _)| product.id).collect();
    let recognised = recognitions::of_products(register, &ids)?;
    let facts = found.into_iter().map(|(product, maker)| {
        let all = recognised.get(&product.id).map_or(&[][..], Vec::as_slice);
        let paper = in_force(&product, all, on).map(|it| it.paper.clone());
        let facts = paper.map(|it| Facts::of_product(&product.details.name, &maker, Some(it)));
        (product.id, facts)
    });
    Ok(facts.collect())
}

/// The recognition on which a product may have stamps on a day.
fn in_force<'a>(product: &Product, all: &'a [Recognition], on: Day) -> Option<&'a Recognition> {
    governing(all, on).filter(|it| {
        product.details.group.can_carry_stamps()
            && it.standing(on) == Standing::InForce
            && it.paper.stars.may_carry_mark()
    })
}

/// What of a product a design cannot carry; nothing where it carries all.
#[must_use]
pub fn misfit(design: &Design, label: &Label<'_>) -> Option<Misfit> {
    let carried = Fonts::new(FontFiles::BUNDLED)
        .map_err(|source| DesignError::Font { name: design.name.clone(), source })
        .and_then(|fonts| design.carries(label, &fonts));
    let why = carried.err()?;
    misfit_of(&why).or_else(|| {
        Some(Misfit { design: design.name.clone(), why: MisfitReason::Other(with_causes(&why)) })
    })
}

/// What of a product a design cannot carry, where an error says that.
fn misfit_of(error: &DesignError) -> Option<Misfit> {
    let (design, why) = match error {
        DesignError::NoRoom { name, guard: Guard::Shortened { text, .. } } => {
            (name, MisfitReason::NoRoom(text.clone()))
        }
        DesignError::Lacks { name, fact, .. } => (name, MisfitReason::Lacks(fact.key())),
        DesignError::NoRoom { name, .. } | DesignError::Font { name, .. } => {
            (name, MisfitReason::Other(with_causes(error)))
        }
        DesignError::Syntax { .. } | DesignError::Value { .. } | DesignError::Art { .. } => {
            return None;
        }
    };
    Some(Misfit { design: design.clone(), why })
}

/// The same where sheets were not made.
#[must_use]
pub fn misfit_of_sheets<E>(error: &SheetError<E>) -> Option<Misfit> {
    match error {
        SheetError::Fault(SheetFault::Design(error)) => misfit_of(error),
        _ => None,
    }
}

fn with_causes(error: &DesignError) -> String {
    let mut said = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(why) = cause {
        said = format!("{said}: {why}");
        cause = why.source();
    }
    said
}

/// The latest approved version of every design, in the order of their names.
///
/// # Errors
/// [`StoreError`].
pub fn approved_designs(store: &Store) -> Result<Vec<Design>, StoreError> {
    let mut found = Vec::new();
    for name in store.read(designs::approved_names)? {
        let versions = store.read(|register| designs::versions(register, &name))?;
        let latest = versions.iter().rfind(|it| it.state == DesignState::Approved);
        let Some(version) = latest.map(|it| it.version) else { continue };
        let wanted = DesignRef { name, version: Some(version) };
        match approved::in_register(store, &wanted) {
            Ok(design) => found.extend(design),
            Err(UnprintableDesign::Store(why)) => return Err(why),
            // What cannot be read prints nothing, and says why when it is asked for by name.
            Err(_unreadable) => {}
        }
    }
    Ok(found)
}

/// Why no approved design can carry a product, if none can: known before there are codes. Where no
/// design is approved yet, nothing speaks against the product.
///
/// # Errors
/// [`StoreError`].
pub fn barred(store: &Store, product: ProductId, on: Day) -> Result<Vec<Misfit>, StoreError> {
    let facts = store.read(|register| {
        let Some((product, maker)) = products::get(register, product)? else { return Ok(None) };
        let all = recognitions::of_product(register, product.id)?;
        let paper = in_force(&product, &all, on).map(|it| it.paper.clone());
        let facts = paper.map(|it| Facts::of_product(&product.details.name, &maker, Some(it)));
        Ok::<_, StoreError>(facts)
    })?;
    // What is not recognised is refused for that.
    let Some(facts) = facts else { return Ok(Vec::new()) };
    let mut barring = Vec::new();
    for design in approved_designs(store)? {
        match misfit(&design, &facts.label()) {
            Some(why) => barring.push(why),
            None => return Ok(Vec::new()),
        }
    }
    Ok(barring)
}
