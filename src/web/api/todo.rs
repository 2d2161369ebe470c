//! What waits for who asks.

use schemars::JsonSchema;
use serde::Serialize;

use super::call::Call;
use super::operation::NoQuery;
use super::problem::Problem;
use super::shapes::All;
use crate::desk::todo::{self, Waits};
use crate::web::views::desk::home::address;

/// Something that waits.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ToDo")]
pub(in crate::web) struct TodoJson {
    /// What.
    #[schemars(extend("enum" = kinds()))]
    what: String,
    /// How much there is of it.
    count: u64,
    /// Path of the page of work that lists it.
    page: String,
}

fn kinds() -> Vec<String> {
    Waits::all().into_iter().map(Waits::key).collect()
}

/// Everything that can wait for who asks, with how much there is of it, the most urgent first.
pub(in crate::web) fn all(call: &Call, _: NoQuery) -> Result<All<TodoJson>, Problem> {
    let kinds = todo::of_role(call.caller.account().details.role);
    let seen = kinds.filter(|waits| call.caller.may(waits.right()));
    let counted = todo::counts(&call.store, &call.worker(), seen)?;
    let today = call.today();
    let entry = |(waits, count): (Waits, u64)| TodoJson {
        what: waits.key(),
        count,
        page: address(waits, today),
    };
    Ok(counted.into_iter().map(entry).collect())
}
