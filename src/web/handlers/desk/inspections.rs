//! Inspections, and all that the register knows of a stamp.

use std::collections::BTreeMap;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::list::{self, Answer};
use super::{Nothing, busy, day, done, frame, papers, refused, text, worker};
use crate::accounting::StampError;
use crate::code::uri;
use crate::desk::inspections as desk;
use crate::desk::papers::{Folder, Wanted};
use crate::domain::calendar::vietnam_day;
use crate::domain::ids::{InspectionId, PaperId};
use crate::domain::inspection::{Finding, FindingKind, NewInspection};
use crate::register::inspections::InspectionError;
use crate::store::inspection_list::InspectionFilter;
use crate::web::desk::{Actor, Posted, beside};
use crate::web::error::Error;
use crate::web::extract::{self, Visitor};
use crate::web::handlers::html;
use crate::web::views::desk::inspections::{self as views, FINDING_ROWS, Typed};
use crate::web::views::desk::wording;
use crate::web::{AppState, urls};

/// What the list, or a look-up, is narrowed to.
#[derive(Debug, Default, Deserialize)]
struct Narrowed {
    #[serde(rename = "tim", default)]
    words: String,
    #[serde(rename = "loai", default)]
    finding: String,
    #[serde(rename = "tu", default)]
    from: String,
    #[serde(rename = "den", default)]
    to: String,
    #[serde(rename = "ma", default)]
    code: String,
}

/// The list.
pub(in crate::web) async fn all(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
) -> Result<HttpResponse, Error> {
    let narrowed: Narrowed = extract::query(&request).unwrap_or_default();
    let filter = InspectionFilter {
        finding: FindingKind::from_key(&narrowed.finding),
        words: narrowed.words,
        from: day(&narrowed.from).ok(),
        to: day(&narrowed.to).ok(),
    };
    let view = match list::look(&request, &actor, &state, filter).await? {
        Answer::File(file) => return Ok(file),
        Answer::View(view) => *view,
    };
    let status = list::status(&view);
    let frame = frame(&request, Some(&actor), "inspections.title");
    let mut page = html(Visitor::of(&request), views::list(frame, &actor, view))?;
    *page.status_mut() = status;
    Ok(page)
}

/// All that the register knows of a stamp.
pub(in crate::web) async fn stamp(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
) -> Result<HttpResponse, Error> {
    let narrowed: Narrowed = extract::query(&request).unwrap_or_default();
    let code = narrowed.code.trim().to_owned();
    let visitor = Visitor::of(&request);
    let serial = uri::read(&code).ok().map(|read| read.serial);
    let verdict = if code.is_empty() {
        None
    } else {
        let (verifier, code) = (state.verifier.clone(), code.clone());
        Some(beside(move || verifier.check(&code)).await?)
    };
    let found = match serial {
        None => None,
        Some(serial) => {
            let (store, worker) = (state.store.clone(), worker(&actor, &state));
            match beside(move || desk::stamp(&store, &worker, serial)).await? {
                Ok(found) => found,
                Err(StampError::Store(why)) => return Err(busy(&why)),
                Err(why) => return Err(Error::Internal("a stamp was not looked up", why.into())),
            }
        }
    };
    let frame = frame(&request, Some(&actor), "stamp_file.title");
    let today = vietnam_day(state.clock.now());
    html(visitor, views::stamp(frame, (&code, verdict.as_ref()), found.as_ref(), today))
}

/// An empty form.
pub(in crate::web) async fn blank(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
) -> Result<HttpResponse, Error> {
    let key = state.identity.request_key().map_err(super::sign_in::failed)?;
    let today = vietnam_day(state.clock.now());
    let day = today.format(super::DAY_FORM).to_string();
    let narrowed: Narrowed = extract::query(&request).unwrap_or_default();
    let given = [("yeu_cau", key), ("ngay", day), ("tu_1", narrowed.code)];
    let typed = given.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let frame = frame(&request, Some(&actor), "inspection.new");
    html(Visitor::of(&request), views::form(frame, &Typed(typed), None))
}

/// Records an inspection.
pub(in crate::web) async fn record(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    Posted(form): Posted<BTreeMap<String, String>>,
) -> Result<HttpResponse, Error> {
    let (visitor, typed) = (Visitor::of(&request), Typed(form));
    let said = match read(&typed) {
        None => visitor.words.say("inspection.problem.unreadable").into_owned(),
        Some((new, key)) => {
            let (store, worker) = (state.store.clone(), worker(&actor, &state));
            match beside(move || desk::record(&store, &worker, &new, &key)).await? {
                Ok(made) => {
                    return Ok(done(&urls::of(urls::INSPECTION, made.id.0), "inspection"));
                }
                Err(InspectionError::Store(why)) => return Err(busy(&why)),
                Err(why) => wording::inspection(visitor.words, &why),
            }
        }
    };
    let frame = frame(&request, Some(&actor), "inspection.new");
    refused(visitor, views::form(frame, &typed, Some(said)))
}

/// One inspection.
pub(in crate::web) async fn page(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    id: Path<i64>,
) -> Result<HttpResponse, Error> {
    let (store, worker) = (state.store.clone(), worker(&actor, &state));
    let id = InspectionId(*id);
    let found = beside(move || desk::get(&store, &worker, id)).await?;
    let (inspection, papers) = found.map_err(|why| busy(&why))?.ok_or(Error::NotFound)?;
    let frame = frame(&request, Some(&actor), "inspection.title");
    html(Visitor::of(&request), views::page(frame, &actor, &inspection, &papers))
}

/// Makes the minutes of an inspection.
pub(in crate::web) async fn make_paper(
    actor: Actor,
    state: Data<AppState>,
    id: Path<i64>,
    _: Posted<Nothing>,
) -> Result<HttpResponse, Error> {
    let page = urls::of(urls::INSPECTION, *id);
    papers::make(&actor, &state, Wanted::Inspection(InspectionId(*id)), &page).await
}

/// Gives out minutes of an inspection.
pub(in crate::web) async fn paper(
    actor: Actor,
    state: Data<AppState>,
    path: Path<(i64, i64)>,
) -> Result<HttpResponse, Error> {
    let (id, paper) = path.into_inner();
    papers::give(&actor, &state, Folder::Inspection(InspectionId(id)), PaperId(paper)).await
}

/// What was filled in, with the key of the form; rows without a serial say nothing.
fn read(typed: &Typed) -> Option<(NewInspection, String)> {
    let given = |name: &str| text(typed.get(name));
    let remedy_by = match typed.get("khac_phuc").trim() {
        "" => None,
        written => Some(day(written).ok()?),
    };
    let rows = (1..=FINDING_ROWS).filter(|row| given(&format!("tu_{row}")).is_some());
    let new = NewInspection {
        inspected_on: day(typed.get("ngay")).ok()?,
        commune: given("xa")?,
        place: given("noi")?,
        inspected: given("doi_tuong")?,
        team: given("doan")?,
        findings: rows.map(|row| finding(typed, row)).collect::<Option<_>>()?,
        samples: given("mau"),
        requests: given("de_nghi"),
        remedy_by,
    };
    Some((new, given("yeu_cau")?))
}

fn finding(typed: &Typed, row: usize) -> Option<Finding> {
    let field = |name: &str| typed.get(&format!("{name}_{row}"));
    let serial = |text: &str| uri::read(text.trim()).ok().map(|read| read.serial);
    let first = serial(field("tu"))?;
    let last = if field("den").trim().is_empty() { first } else { serial(field("den"))? };
    let kind = FindingKind::from_key(field("loai"))?;
    Some(Finding { kind, first, last, note: text(field("ghi_chu")) })
}
