//! What an administrator keeps: print shops, funding plans, issuing authorities. A list with a form for
//! another, and a page with a form for one.

use actix_web::web::{self, Data, Path};
use actix_web::{HttpRequest, HttpResponse, Route};
use serde::Deserialize;

use super::{busy, count, day, done, frame, refused, text, worker};
use crate::desk::keeping::{self as desk, KeepError, Kept, Kind, Record};
use crate::domain::calendar::{Day, vietnam_day};
use crate::domain::print_shop::ShopDetails;
use crate::domain::quota::NewPlan;
use crate::domain::recognition::{Authority, AuthorityLevel};
use crate::register::authorities::AuthorityError;
use crate::register::plans::PlanError;
use crate::register::shops::ShopError;
use crate::vietnamese;
use crate::web::AppState;
use crate::web::desk::{Actor, Posted, beside};
use crate::web::error::Error;
use crate::web::extract::Visitor;
use crate::web::handlers::html;
use crate::web::views::desk::records::{self as views, Typed};
use crate::web::views::desk::wording;
use crate::web::words::Words;

/// A form for one of a kind; each kind reads what it needs.
#[derive(Debug, Deserialize)]
pub(in crate::web) struct RecordForm {
    #[serde(rename = "ten", default)]
    name: String,
    #[serde(rename = "dia_chi", default)]
    address: String,
    #[serde(rename = "dien_thoai", default)]
    phone: String,
    #[serde(rename = "giay_phep", default)]
    licence: String,
    #[serde(rename = "co_quan_cap", default)]
    licence_issuer: String,
    #[serde(rename = "tu_ngay", default)]
    from: String,
    #[serde(rename = "den_ngay", default)]
    to: String,
    #[serde(rename = "dang_dung", default)]
    is_active: String,
    #[serde(rename = "so_tem", default)]
    stamps: String,
    #[serde(rename = "cap", default)]
    level: String,
}

/// What shows all of a kind.
pub(in crate::web) fn all(kind: Kind) -> Route {
    web::to(move |request: HttpRequest, actor: Actor, state: Data<AppState>| {
        page(request, actor, state, kind, None)
    })
}

/// What shows one of a kind.
pub(in crate::web) fn one(kind: Kind) -> Route {
    web::to(move |request: HttpRequest, actor: Actor, state: Data<AppState>, id: Path<i64>| {
        page(request, actor, state, kind, Some(*id))
    })
}

/// What enters another of a kind.
pub(in crate::web) fn adding(kind: Kind) -> Route {
    web::to(
        move |request: HttpRequest,
              actor: Actor,
              state: Data<AppState>,
              form: Posted<RecordForm>| {
            keep(request, actor, state, (kind, None), form.0)
        },
    )
}

/// What changes one of a kind.
pub(in crate::web) fn changing(kind: Kind) -> Route {
    web::to(
        move |request: HttpRequest,
              actor: Actor,
              state: Data<AppState>,
              id: Path<i64>,
              form: Posted<RecordForm>| {
            keep(request, actor, state, (kind, Some(*id)), form.0)
        },
    )
}

async fn page(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    kind: Kind,
    id: Option<i64>,
) -> Result<HttpResponse, Error> {
    let kept = load(&state, kind).await?;
    let known = id.map(|id| kept.iter().find(|it| it.id == id).ok_or(Error::NotFound));
    let known = known.transpose()?;
    let today = vietnam_day(state.clock.now());
    // A shop that is entered mostly takes work.
    let blank = || Typed { is_active: true, ..Typed::default() };
    let typed = known.map_or_else(blank, |it| Typed::of(&it.record));
    let frame = frame(&request, Some(&actor), views::title(kind));
    html(Visitor::of(&request), views::page(frame, kind, &kept, id, &typed, today, None))
}

async fn keep(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    (kind, id): (Kind, Option<i64>),
    form: RecordForm,
) -> Result<HttpResponse, Error> {
    let visitor = Visitor::of(&request);
    let typed = typed(form);
    let say = |key| visitor.words.say(&format!("records.problem.{key}")).into_owned();
    let said = match read(kind, &typed) {
        None => say("unreadable"),
        Some(record) => {
            let (store, worker) = (state.store.clone(), worker(&actor, &state));
            match beside(move || desk::keep(&store, &worker, id, &record)).await? {
                Ok(()) => return Ok(done(views::path(kind), "kept")),
                Err(why) => problem(visitor.words, why)?,
            }
        }
    };
    let kept = load(&state, kind).await?;
    if id.is_some_and(|id| kept.iter().all(|it| it.id != id)) {
        return Err(Error::NotFound);
    }
    let today = vietnam_day(state.clock.now());
    let frame = frame(&request, Some(&actor), views::title(kind));
    refused(visitor, views::page(frame, kind, &kept, id, &typed, today, Some(said)))
}

async fn load(state: &AppState, kind: Kind) -> Result<Vec<Kept>, Error> {
    let store = state.store.clone();
    beside(move || desk::all(&store, kind)).await?.map_err(|why| busy(&why))
}

fn typed(form: RecordForm) -> Typed {
    Typed {
        name: vietnamese::nfc(&form.name),
        address: form.address,
        phone: form.phone,
        licence: form.licence,
        licence_issuer: form.licence_issuer,
        from: form.from,
        to: form.to,
        is_active: form.is_active == "1",
        stamps: form.stamps,
        level: form.level,
    }
}

fn read(kind: Kind, typed: &Typed) -> Option<Record> {
    let (from, to) = (optional_day(&typed.from)?, optional_day(&typed.to)?);
    let name = typed.name.clone();
    Some(match kind {
        Kind::Shop => Record::Shop(ShopDetails {
            name,
            address: text(&typed.address),
            phone: text(&typed.phone),
            licence_number: text(&typed.licence)?,
            licence_issuer: text(&typed.licence_issuer),
            licence_ends_on: to,
            is_active: typed.is_active,
        }),
        Kind::Plan => Record::Plan(NewPlan {
            code: name,
            stamps_per_product: count(&typed.stamps)?,
            active_from: from?,
            active_to: to,
        }),
        Kind::Authority => Record::Authority(Authority {
            name,
            level: AuthorityLevel::from_key(&typed.level)?,
            active_from: from,
            active_to: to,
        }),
    })
}

/// A day, or none where the field was left empty; nothing where it holds something else.
#[expect(clippy::option_option, reason = "no day is not the same as an unreadable one")]
fn optional_day(text: &str) -> Option<Option<Day>> {
    if text.trim().is_empty() { Some(None) } else { day(text).ok().map(Some) }
}

/// Why something was not kept, in words.
fn problem(words: Words, why: KeepError) -> Result<String, Error> {
    let key = match why {
        KeepError::Shop(ShopError::NameTaken(..))
        | KeepError::Plan(PlanError::Taken(_))
        | KeepError::Authority(AuthorityError::Taken(_)) => "taken",
        KeepError::Shop(ShopError::Unprintable(why))
        | KeepError::Plan(PlanError::Unprintable(why))
        | KeepError::Authority(AuthorityError::Unprintable(why)) => {
            return Ok(wording::unprintable(words, &why));
        }
        KeepError::Shop(ShopError::Phone) => "phone",
        KeepError::Shop(ShopError::Name | ShopError::Licence)
        | KeepError::Plan(PlanError::Facts)
        | KeepError::Authority(AuthorityError::Facts) => "unreadable",
        KeepError::Shop(ShopError::NoShop(_))
        | KeepError::Plan(PlanError::NoPlan(_))
        | KeepError::Authority(AuthorityError::NoAuthority(_)) => return Err(Error::NotFound),
        KeepError::Shop(ShopError::Store(why))
        | KeepError::Plan(PlanError::Store(why))
        | KeepError::Authority(AuthorityError::Store(why)) => return Err(busy(&why)),
    };
    Ok(words.say(&format!("records.problem.{key}")).into_owned())
}
