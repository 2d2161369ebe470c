//! What was found of a design: in words here, and by names of the text catalogue for the page.

use std::fmt;

use crate::domain::design::Misfit;
use crate::preview::contrast::{DarkGround, LUMINANCE_MIN};
use crate::printing::design::{LETTER_MM_MIN, MODULE_MM_MIN};
use crate::printing::{Guard, Warning};
use crate::web::proof::Finding;

/// Something that a person should look at.
pub(super) enum Found {
    /// While it was drawn.
    Warning(Warning),
    /// On the picture of it.
    Ground(DarkGround),
    /// A product of the register that it cannot carry.
    Product {
        /// The product.
        product: String,
        /// Why not.
        misfit: Misfit,
    },
    /// So many more products.
    MoreProducts(usize),
}

impl fmt::Display for Found {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Warning(warning) => warning.fmt(out),
            Self::Ground(ground) => ground.fmt(out),
            Self::Product { product, misfit } => write!(out, "product “{product}”: {misfit}"),
            Self::MoreProducts(count) => write!(out, "{count} more products do not fit"),
        }
    }
}

impl Found {
    /// The field it is about.
    pub(super) fn field(&self) -> Option<usize> {
        match self {
            Self::Warning(Warning::Design(guard)) => Some(guard.field()),
            Self::Warning(Warning::SmallModules { .. })
            | Self::Ground(_)
            | Self::Product { .. }
            | Self::MoreProducts(_) => None,
        }
    }

    /// As the page of the proof says it; `line` is where its field stands in the file.
    pub(super) fn told(&self, line: Option<(usize, String)>) -> Finding {
        let (key, places) = match self {
            Self::Warning(Warning::Design(guard)) => of_guard(guard),
            Self::Warning(Warning::SmallModules { module_mm }) => (
                "small_modules",
                vec![("module", mm(*module_mm, 2)), ("least", mm(MODULE_MM_MIN, 2))],
            ),
            Self::Ground(DarkGround { luminance, at_mm, share }) => (
                "dark_ground",
                vec![
                    ("share", share.to_string()),
                    ("least", LUMINANCE_MIN.to_string()),
                    ("luminance", luminance.to_string()),
                    ("x", mm(at_mm.0, 1)),
                    ("y", mm(at_mm.1, 1)),
                ],
            ),
            Self::Product { product, misfit } => {
                ("product", vec![("product", product.clone()), ("why", misfit.to_string())])
            }
            Self::MoreProducts(count) => ("more_products", vec![("count", count.to_string())]),
        };
        Finding { key, places, line }
    }
}

type Told = (&'static str, Vec<(&'static str, String)>);

fn of_guard(guard: &Guard) -> Told {
    let number = |field: &usize| ("field", field.to_string());
    match guard {
        Guard::SmallLetters { field, letter_mm } => (
            "small_letters",
            vec![number(field), ("letter", mm(*letter_mm, 2)), ("least", mm(LETTER_MM_MIN, 1))],
        ),
        Guard::NearTheCut { field, safe_mm } => {
            ("near_the_cut", vec![number(field), ("safe", mm(*safe_mm, 2))])
        }
        Guard::InTheSymbol { field } => ("in_the_symbol", vec![number(field)]),
        Guard::Crowded { field } => ("crowded", vec![number(field)]),
        Guard::Touching { field, other } => {
            ("touching", vec![number(field), ("other", other.to_string())])
        }
        Guard::Shortened { field, text } => {
            ("shortened", vec![number(field), ("text", text.clone())])
        }
    }
}

/// A length with a point; the page knows how its language writes it.
fn mm(length: f64, places: usize) -> String {
    format!("{length:.places$}")
}
