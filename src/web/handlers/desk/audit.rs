//! The audit trail.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::day;
use super::list::{self, Extras};
use crate::store::audit_list::AuditFilter;
use crate::web::AppState;
use crate::web::desk::Actor;
use crate::web::error::Error;
use crate::web::extract;

/// What a list is narrowed to.
#[derive(Debug, Default, Deserialize)]
struct Narrowed {
    #[serde(rename = "ai", default)]
    actor: String,
    #[serde(rename = "tim", default)]
    words: String,
    #[serde(rename = "ngay", default)]
    day: String,
}

/// The list.
pub(in crate::web) async fn all(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
) -> Result<HttpResponse, Error> {
    let Narrowed { actor: by, words, day: on } = extract::query(&request).unwrap_or_default();
    let filter = AuditFilter { actor: by, words, day: day(&on).ok() };
    list::answer(request, actor, state, filter, Extras::default()).await
}
