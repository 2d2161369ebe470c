//! Whose token it is.

use schemars::JsonSchema;
use serde::Serialize;

use super::call::Call;
use super::operation::NoQuery;
use super::problem::Problem;
use super::shapes::workplace;
use crate::domain::role::{Right, Role};

/// Whose token it is, and what it may.
#[derive(Serialize, JsonSchema)]
pub(in crate::web) struct Me {
    /// What the person signs in with.
    login: String,
    /// The person's name.
    name: String,
    /// What the person does.
    #[schemars(extend("enum" = Role::ALL.map(Role::key)))]
    role: &'static str,
    /// Number of the producer that the person works for.
    producer: Option<i64>,
    /// Number of the print shop that the person works for.
    print_shop: Option<i64>,
    /// What this token may.
    #[schemars(extend("items" = serde_json::json!({ "enum": Right::ALL.map(Right::key) })))]
    rights: Vec<&'static str>,
}

/// Whose token it is.
#[expect(clippy::unnecessary_wraps, reason = "as every operation, which may fail")]
pub(in crate::web) fn get(call: &Call, _: NoQuery) -> Result<Me, Problem> {
    let details = &call.caller.account().details;
    let (producer, print_shop) = workplace(details.organisation);
    Ok(Me {
        login: details.login.clone(),
        name: details.name.clone(),
        role: details.role.key(),
        producer,
        print_shop,
        rights: call.caller.rights().iter().map(|right| right.key()).collect(),
    })
}
