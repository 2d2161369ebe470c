//! Proofs of an order: its stamps with their own texts, before there are codes.

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Data, Path};

use super::{busy, worker};
use crate::desk::proofs as desk;
use crate::domain::ids::OrderId;
use crate::preview::light::light_png;
use crate::preview::{self, PreviewError};
use crate::web::desk::{Actor, beside};
use crate::web::error::Error;
use crate::web::{AppState, urls};

/// Resolution of pictures of stamps.
const DPI: u32 = 600;

/// A stamp as PDF, or as a picture of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web) enum Kind {
    Pdf,
    Png,
    Svg,
    /// A small picture, light enough for a page.
    Light,
}

impl Kind {
    /// The kinds that people are offered.
    pub(in crate::web) const ALL: [Self; 3] = [Self::Png, Self::Svg, Self::Pdf];

    /// The ending of its file's name.
    pub(in crate::web) fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Light => "nho",
        }
    }

    /// What people call it.
    pub(in crate::web) fn name(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Png | Self::Light => "PNG",
            Self::Svg => "SVG",
        }
    }

    pub(in crate::web) fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png | Self::Light => "image/png",
            Self::Svg => "image/svg+xml",
        }
    }

    /// Design and kind that a file's name says.
    pub(in crate::web) fn of(file: &str) -> Option<(&str, Self)> {
        let (design, ending) = file.rsplit_once('.')?;
        let mut kinds = [Self::Light].into_iter().chain(Self::ALL);
        Some((design, kinds.find(|kind| kind.ending() == ending)?))
    }

    /// A stamp in this kind.
    pub(in crate::web) fn of_pdf(self, pdf: Vec<u8>) -> Result<Vec<u8>, PreviewError> {
        match self {
            Self::Pdf => Ok(pdf),
            Self::Png => preview::png(&pdf, 1, DPI),
            Self::Svg => preview::svg(&pdf, 1).map(String::into_bytes),
            Self::Light => light_png(&pdf, 1),
        }
    }
}

/// A stamp of an order in a design.
pub(in crate::web) async fn stamp(
    actor: Actor,
    state: Data<AppState>,
    path: Path<(i64, String)>,
) -> Result<HttpResponse, Error> {
    let (order, file) = path.into_inner();
    let (design, kind) = Kind::of(&file).ok_or(Error::NotFound)?;
    let (id, design) = (OrderId(order), design.to_owned());
    let (store, settings, worker) =
        (state.store.clone(), state.printing.clone(), worker(&actor, &state));
    let drawn = beside(move || desk::stamp(&store, &settings, &worker, (id, &design))).await?;
    let pdf = match drawn {
        Ok(found) => found.ok_or(Error::NotFound)?,
        Err(desk::OrderProofError::Store(why)) => return Err(busy(&why)),
        // The page says why; there is no picture of it.
        Err(why) if why.misfit().is_some() => return Err(Error::NotFound),
        Err(why) => return Err(Error::Internal("a proof was not drawn", why.into())),
    };
    let bytes = beside(move || kind.of_pdf(pdf)).await?;
    let bytes = bytes.map_err(|why| Error::Internal("a proof was not drawn", why.into()))?;
    Ok(HttpResponse::Ok()
        .content_type(kind.media_type())
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        .body(bytes))
}

/// Where a stamp of an order in a design is.
pub(in crate::web) fn address(pattern: &str, order: OrderId, design: &str, kind: Kind) -> String {
    let file = urls::beside_page(&format!("{design}.{}", kind.ending()));
    pattern.replace("{order}", &order.to_string()).replace("{file}", &file)
}
