//! Proofs of an order: its stamps with their own texts, before there are codes.

use schemars::JsonSchema;
use serde::Serialize;

use super::call::Call;
use super::files::FileAnswer;
use super::operation::NoQuery;
use super::problem::{Kind, Problem};
use super::shapes::All;
use crate::desk::proofs::{self as desk, DesignProof, OrderProofError};
use crate::domain::ids::OrderId;
use crate::web::handlers::desk::proofs::{Kind as Picture, address};
use crate::web::urls;
use crate::web::views::desk::wording;

/// Media types of the files.
pub(in crate::web) const KINDS: &[&str] = &["image/png", "image/svg+xml", "application/pdf"];

/// A design that an order's stamps can have, or cannot.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "OrderProof")]
pub(in crate::web) struct ProofJson {
    /// Name of the design.
    design: String,
    /// Its version.
    version: u32,
    /// Whether sheets may be printed with it.
    approved: bool,
    /// Whether it is the one that is mostly taken.
    usual: bool,
    /// Why it cannot carry what the stamps would say, in words; none where it can.
    obstacle: Option<String>,
    /// Where a stamp is as PNG.
    png: String,
    /// Where a stamp is as SVG.
    svg: String,
    /// Where a stamp is as PDF.
    pdf: String,
}

/// What the order's stamps will look like, design by design.
pub(in crate::web) fn of_order(call: &Call, _: NoQuery) -> Result<All<ProofJson>, Problem> {
    let order = OrderId(call.number()?);
    let proofs = desk::seen(&call.store, &call.printing, &call.worker(), order)?;
    let proofs = proofs.ok_or(Kind::NotFound)?;
    let shape = |it: &DesignProof| {
        let name = &it.design.name;
        let path = |kind| address(urls::API_ORDER_PROOF, order, name, kind);
        ProofJson {
            design: name.clone(),
            version: it.design.data.version,
            approved: it.is_approved,
            usual: it.is_usual,
            obstacle: it.why_not.as_ref().map(|why| wording::misfit(call.words, why)),
            png: path(Picture::Png),
            svg: path(Picture::Svg),
            pdf: path(Picture::Pdf),
        }
    };
    Ok(proofs.designs.iter().map(shape).collect())
}

/// A stamp of the order in a design.
pub(in crate::web) fn file(call: &Call) -> Result<FileAnswer, Problem> {
    let order = OrderId(call.number()?);
    let (design, kind) = Picture::of(call.part(1)).ok_or(Kind::NotFound)?;
    let drawn = desk::stamp(&call.store, &call.printing, &call.worker(), (order, design));
    let pdf = match drawn {
        Ok(found) => found.ok_or(Kind::NotFound)?,
        Err(OrderProofError::Store(why)) => return Err(why.into()),
        Err(why) => {
            return Err(match why.misfit() {
                Some(misfit) => {
                    Problem::refused("unprintable", wording::misfit(call.words, &misfit))
                }
                None => Problem::internal("a proof was not drawn", &why),
            });
        }
    };
    let bytes = kind.of_pdf(pdf);
    let bytes = bytes.map_err(|why| Problem::internal("a proof was not drawn", &why))?;
    let name = format!("don-{order}-{design}-ban-in-thu.{}", kind.ending());
    Ok(FileAnswer::Bytes { name, media_type: kind.media_type(), bytes })
}
