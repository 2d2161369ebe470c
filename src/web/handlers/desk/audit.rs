//! The audit trail.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::day;
use super::list::{self, Extras};
use crate::domain::audit::Action;
use crate::store::audit_list::AuditFilter;
use crate::web::AppState;
use crate::web::desk::Actor;
use crate::web::error::Error;
use crate::web::extract::{self, Visitor};
use crate::web::views::desk::acts;
use crate::web::views::desk::audit::WEIGHTY;

/// What a list is narrowed to.
#[derive(Debug, Default, Deserialize)]
struct Narrowed {
    #[serde(rename = "ai", default)]
    actor: String,
    #[serde(rename = "tim", default)]
    words: String,
    #[serde(rename = "ngay", default)]
    day: String,
    #[serde(rename = "tu", default)]
    from: String,
    #[serde(rename = "loai", default)]
    kind: String,
}

/// The list.
pub(in crate::web) async fn all(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
) -> Result<HttpResponse, Error> {
    let narrowed: Narrowed = extract::query(&request).unwrap_or_default();
    let filter = AuditFilter {
        actor: narrowed.actor,
        words: narrowed.words,
        day: day(&narrowed.day).ok(),
        from: day(&narrowed.from).ok(),
        is_weighty: narrowed.kind == WEIGHTY,
        action: Action::from_key(&narrowed.kind),
        named: acts::names(Visitor::of(&request).words),
    };
    list::answer(request, actor, state, filter, Extras::default()).await
}
