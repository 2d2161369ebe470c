//! Annexes of decisions: checked, and entered in the register.

use actix_multipart::form::MultipartForm;
use actix_multipart::form::bytes::Bytes;
use actix_multipart::form::text::Text;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::batches::optional_day;
use super::{busy, frame, refused, text, worker};
use crate::desk::products as desk;
use crate::domain::calendar::vietnam_day;
use crate::export::{self, Format};
use crate::intake::limits::FILE_BYTES;
use crate::intake::{self, Became, Defaults, RowAnswer};
use crate::register::Import;
use crate::store::StoreError;
use crate::web::AppState;
use crate::web::desk::{Actor, Keyed, Uploaded, beside};
use crate::web::error::Error;
use crate::web::extract::Visitor;
use crate::web::file::disposition;
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
    #[multipart(rename = "hieu_luc_tu")]
    effective_on: Option<Text<String>>,
    #[multipart(rename = "tra_loi")]
    answers: Vec<Text<String>>,
    #[multipart(rename = "viec")]
    what: Option<Text<String>>,
}

impl Keyed for AnnexForm {
    const FILE_BYTES_MAX: usize = FILE_BYTES;

    fn form_key(&self) -> Option<&str> {
        self.form_key.as_ref().map(|text| text.as_str())
    }
}

/// What the form of that name is sent with, to enter what was read.
const ENTER: &str = "nhap";

/// An annex with all headings and an example, to fill in.
pub(in crate::web) async fn template(_: Actor) -> Result<HttpResponse, Error> {
    let (headings, rows) = intake::template::example();
    let bytes = export::texts(Format::Xlsx, &headings, &rows)
        .map_err(|why| Error::Internal("an annex to fill in was not written", why.into()))?;
    Ok(HttpResponse::Ok()
        .content_type(Format::Xlsx.media_type())
        .insert_header(disposition("phu-luc-mau.xlsx"))
        .body(bytes))
}

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
    let mut typed = Typed {
        decision: said(&form.decision),
        authority: said(&form.authority),
        signed_on: said(&form.signed_on),
        effective_on: said(&form.effective_on),
        answers: form.answers.iter().map(|it| it.trim().to_owned()).collect(),
    };
    let answers: Vec<RowAnswer> = typed.answers.iter().filter_map(|it| it.parse().ok()).collect();
    let given = answers.clone();
    let visitor = Visitor::of(&request);
    let frame = frame(&request, Some(&actor), "annex.title");
    // A day that is none must not pass for one that was not given.
    let signed_on = optional_day(&typed.signed_on).ok();
    let days = signed_on.zip(optional_day(&typed.effective_on).ok());
    let Some((signed_on, effective_on)) = days else {
        return refused(visitor, views::page(frame, &typed, Some(&Found::NoSuchDay)));
    };
    let defaults = Defaults {
        decision_number: text(&typed.decision),
        authority: text(&typed.authority),
        level: None,
        signed_on,
        effective_on,
        today: Some(vietnam_day(state.clock.now())),
    };
    let is_asked = said(&form.what) == ENTER;
    let (bytes, name) = form
        .file
        .map_or_else(Default::default, |file| (file.data, file.file_name.unwrap_or_default()));
    let (store, worker) = (state.store.clone(), worker(&actor, &state));
    let found = beside(move || -> Result<_, StoreError> {
        let preview = match intake::preview(&bytes, &defaults) {
            Ok(mut preview) => match preview.answer(&answers) {
                Ok(()) => preview,
                Err(why) => return Ok(Found::Misanswered(why)),
            },
            Err(why) => return Ok(Found::Unreadable(why)),
        };
        let is_good = is_asked && preview.problems().next().is_none();
        let how = if is_good { Import::EnterAll } else { Import::Try };
        let imported = desk::import(&store, &worker, &preview.entries(), &name, how)?;
        let account = preview.account(imported.0);
        let is_entered = is_good && account.is_whole();
        Ok(Found::Read { account, is_entered })
    });
    let found = found.await?.map_err(|why| busy(&why))?;
    typed.answers = still_said(&given, &found);
    let is_right = matches!(&found, Found::Read { account, .. } if account.is_whole());
    let page = views::page(frame, &typed, Some(&found));
    if is_right { html(visitor, page) } else { refused(visitor, page) }
}

/// The answers that the form sends again: what is asked anew is answered anew.
fn still_said(given: &[RowAnswer], found: &Found) -> Vec<String> {
    let Found::Read { account, .. } = found else { return Vec::new() };
    let is_asked = |answer: &RowAnswer| {
        account.rows.iter().any(|row| {
            let is_row = row.number == answer.row && row.sheet == answer.sheet;
            is_row && matches!(&row.became, Became::Unclear(doubt) if doubt.about == answer.about)
        })
    };
    given.iter().filter(|answer| !is_asked(answer)).map(RowAnswer::to_string).collect()
}
