//! What was issued against what became of it.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::day;
use super::list::{self, Extras};
use crate::store::reconciliation_list::{Grouping, ReconciliationFilter};
use crate::web::AppState;
use crate::web::desk::Actor;
use crate::web::error::Error;
use crate::web::extract;

/// What is summed up, and by what.
#[derive(Debug, Default, Deserialize)]
struct Narrowed {
    #[serde(rename = "theo", default)]
    by: String,
    #[serde(rename = "tim", default)]
    words: String,
    #[serde(rename = "co_so_in", default)]
    shop: String,
    #[serde(rename = "tu", default)]
    from: String,
    #[serde(rename = "den", default)]
    to: String,
}

/// The list.
pub(in crate::web) async fn all(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
) -> Result<HttpResponse, Error> {
    let narrowed: Narrowed = extract::query(&request).unwrap_or_default();
    let filter = ReconciliationFilter {
        by: Grouping::from_key(&narrowed.by).unwrap_or_default(),
        words: narrowed.words,
        shop_words: narrowed.shop,
        from: day(&narrowed.from).ok(),
        to: day(&narrowed.to).ok(),
        ..ReconciliationFilter::default()
    };
    list::answer(request, actor, state, filter, Extras::default()).await
}
