//! Recognitions that end before long.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::list::{self, Extras};
use crate::domain::recognition::REMINDER_DAYS;
use crate::store::renewal_list::RenewalFilter;
use crate::web::AppState;
use crate::web::desk::Actor;
use crate::web::error::Error;
use crate::web::extract;

/// What a list is narrowed to.
#[derive(Debug, Default, Deserialize)]
struct Narrowed {
    #[serde(rename = "tim", default)]
    words: String,
    #[serde(rename = "trong", default)]
    within: String,
}

/// The list.
pub(in crate::web) async fn all(
    request: HttpRequest,
    actor: Actor,
    state: Data<AppState>,
) -> Result<HttpResponse, Error> {
    let narrowed: Narrowed = extract::query(&request).unwrap_or_default();
    let asked = REMINDER_DAYS.into_iter().find(|days| days.to_string() == narrowed.within);
    let within_days = asked.unwrap_or(REMINDER_DAYS[0]);
    let filter = RenewalFilter { within_days, words: narrowed.words };
    list::answer(request, actor, state, filter, Extras::default()).await
}
