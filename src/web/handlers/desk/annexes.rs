//! Annexes of decisions: checked, and entered in the register.

use actix_multipart::form::MultipartForm;
use actix_multipart::form::bytes::Bytes;
use actix_multipart::form::text::Text;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::{busy, frame, refused, text, worker};
use crate::desk::products as desk;
use crate::intake::{self, Defaults, IntakeError, Preview};
use crate::register::{Import, Imported};
use crate::store::StoreError;
use crate::web::AppState;
use crate::web::desk::{Actor, Keyed, Uploaded, beside};
use crate::web::error::Error;
use crate::web::extract::Visitor;
use crate::web::handlers::html;
use crate::web::views::desk::annexes::{self as views, Found, Typed};

/// An annex with what its decision says once for all rows.
#[derive(Debug, MultipartForm)]
pub(in crate::web) struct AnnexForm {
    #[multipart(rename = "khoa")]
    form_key: Option<Text<String>>,
    #[multipart(rename = "tep")]
    file: Option<Bytes>,
    #[multipart(rename = "quyet_dinh")]
    decision: Option<Text<String>>,
    #[multipart(rename = "co_quan")]
    authority: Option<Text<String>>,
    #[multipart(rename = "ngay_ky")]
    signed_on: Option<Text<String>>,
    #[multipart(rename = "viec")]
    what: Option<Text<String>>,
}

impl Keyed for AnnexForm {
    fn form_key(&self) -> Option<&str> {
        self.form_key.as_ref().map(|text| text.as_str())
    }
}

/// What the form of that name is sent with, to enter what was read.
const ENTER: &str = "nhap";

/// The form.
pub(in crate::web) async fn blank(
    request: HttpRequest,
    actor: Actor,
) -> Result<HttpResponse, Error> {
    let frame = frame(&request, Some(&actor), "annex.title");
    html(Visitor::of(&request), views::page(frame, &Typed::default(), None))
}

/// Checks an annex, and enters it where that is asked for and nothing in it is wrong.
pub(in crate::web) async fn read(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    Uploaded(form): Uploaded<AnnexForm>,
) -> Result<HttpResponse, Error> {
    let said = |field: &Option<Text<String>>| field.as_ref().map_or("", |it| it.trim()).to_owned();
    let typed = Typed {
        decision: said(&form.decision),
        authority: said(&form.authority),
        signed_on: said(&form.signed_on),
    };
    let defaults = Defaults {
        decision_number: text(&typed.decision),
        authority: text(&typed.authority),
        level: None,
        signed_on: super::day(&typed.signed_on).ok(),
    };
    let is_entered = said(&form.what) == ENTER;
    let (bytes, name) = form
        .file
        .map_or_else(Default::default, |file| (file.data, file.file_name.unwrap_or_default()));
    let (store, worker) = (state.store.clone(), worker(&actor, &state));
    let read = beside(move || -> Result<_, StoreError> {
        let preview = match intake::preview(&bytes, &defaults) {
            Ok(preview) => preview,
            Err(why) => return Ok(Err(why)),
        };
        let is_good = preview.problems.is_empty() && !preview.entries.is_empty();
        let entries: Vec<_> = preview.entries.iter().map(|(_, entry)| entry.clone()).collect();
        let entered = (is_entered && is_good)
            .then(|| desk::import(&store, &worker, &entries, &name, Import::EnterAll))
            .transpose()?;
        Ok(Ok((preview, entered)))
    });
    let read: Result<(Preview, Option<Imported>), IntakeError> =
        read.await?.map_err(|why| busy(&why))?;
    let visitor = Visitor::of(&request);
    let frame = frame(&request, Some(&actor), "annex.title");
    let is_refused = read.as_ref().map_or(true, |(preview, _)| !preview.problems.is_empty());
    let page = views::page(frame, &typed, Some(&Found::from(read)));
    if is_refused { refused(visitor, page) } else { html(visitor, page) }
}
