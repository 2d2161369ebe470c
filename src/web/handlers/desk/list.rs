//! Lists: a page of them, or all of them as a file.

use actix_web::http::{Method, StatusCode};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::{busy, frame, worker};
use crate::desk;
use crate::domain::calendar::vietnam_day;
use crate::export::{self, Format};
use crate::web::desk::{Actor, beside};
use crate::web::error::Error;
use crate::web::extract::{self, Visitor};
use crate::web::file::disposition;
use crate::web::handlers::html;
use crate::web::stream::{Places, Stream};
use crate::web::views::desk::list::{self as views, ListView, Shown};
use crate::web::{AppState, table};

/// What the address of any list may ask.
#[derive(Debug, Default, Deserialize)]
struct Asked {
    #[serde(rename = "sap", default)]
    sort: String,
    #[serde(rename = "trang")]
    page: Option<u32>,
    #[serde(rename = "tep", default)]
    file: String,
}

/// What a list is answered with.
pub(super) enum Answer {
    /// Something to show on a page.
    View(Box<ListView>),
    /// A file, or that there is none.
    File(HttpResponse),
}

/// A field of the filter that is one of several, and what there is to choose: values and labels.
pub(super) type Offered = (&'static str, Vec<(String, String)>);

/// What a page has beside its list.
#[derive(Default)]
pub(super) struct Extras {
    /// Where one may want to go from there, and its name in the catalogue.
    pub(super) action: Option<(String, &'static str)>,
    /// Where ticked lines are sent, and the button's name in the catalogue.
    pub(super) ticked: Option<(&'static str, &'static str)>,
    /// What there is to choose in a field.
    pub(super) offered: Option<Offered>,
}

/// A page with a list and nothing else, or its file.
pub(super) async fn answer<L: Shown<Line: Send> + Clone + Send + 'static>(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
    list: L,
    extras: Extras,
) -> Result<HttpResponse, Error> {
    let mut view = match look(&request, &actor, &state, list).await? {
        Answer::File(file) => return Ok(file),
        Answer::View(view) => *view,
    };
    view.ticked = extras.ticked;
    if let Some((field, choices)) = extras.offered {
        view.offer(field, choices);
    }
    let visitor = Visitor::of(&request);
    let status = status(&view);
    let frame = frame(&request, Some(&actor), &format!("{}.title", L::NAME));
    let mut page = html(visitor, views::page(frame, view, extras.action))?;
    *page.status_mut() = status;
    Ok(page)
}

/// What a page with a list is answered with: there may be no file of it, or no such page.
pub(super) fn status(view: &ListView) -> StatusCode {
    match (&view.problem, view.is_beyond) {
        (Some(_), _) => StatusCode::UNPROCESSABLE_ENTITY,
        (None, true) => StatusCode::NOT_FOUND,
        (None, false) => StatusCode::OK,
    }
}

/// What the address asks of a list.
pub(super) async fn look<L: Shown<Line: Send> + Clone + Send + 'static>(
    request: &HttpRequest,
    actor: &Actor,
    state: &AppState,
    list: L,
) -> Result<Answer, Error> {
    let asked: Asked = extract::query(request).unwrap_or_default();
    let words = Visitor::of(request).words;
    let mut problem = None;
    if let Some(format) = Format::from_extension(&asked.file) {
        let (store, worker, counted) = (state.store.clone(), worker(actor, state), list.clone());
        let lines = beside(move || desk::count(&store, &worker, &counted)).await?;
        if lines.map_err(|why| busy(&why))? <= export::LINES_MAX {
            return file(request, actor, state, list, format, &asked.sort).map(Answer::File);
        }
        let most = words.number(export::LINES_MAX);
        problem = Some(words.fill("list.too_long", [("most", &most)]));
    }
    let (store, worker, wanted) = (state.store.clone(), worker(actor, state), list.clone());
    let (sort, page) = (L::sort(&asked.sort), asked.page.unwrap_or(1));
    let today = vietnam_day(worker.at);
    let found = beside(move || desk::page(&store, &worker, &wanted, sort, page)).await?;
    let found = found.map_err(|why| busy(&why))?;
    let mut view = ListView::new(words, &list, &asked.sort, &found, today);
    view.problem = problem;
    Ok(Answer::View(Box::new(view)))
}

fn file<L: Shown + Send + 'static>(
    request: &HttpRequest,
    actor: &Actor,
    state: &AppState,
    list: L,
    format: Format,
    sort: &str,
) -> Result<HttpResponse, Error> {
    let (words, store, worker) =
        (Visitor::of(request).words, state.store.clone(), worker(actor, state));
    let sort = L::sort(sort);
    let name = table::name::<L>(words, format, vietnam_day(worker.at));
    let mut response = HttpResponse::Ok();
    response.content_type(format.media_type()).insert_header(disposition(&name));
    if request.method() == Method::HEAD {
        return Ok(response.body(Stream::only_size(None)));
    }
    let places = request.app_data::<Data<Places>>().ok_or(Error::Busy)?;
    let body = Stream::new(None, places.take()?, move |out| {
        table::write(words, &store, &worker, &list, sort, format, out)
    });
    Ok(response.body(body))
}
