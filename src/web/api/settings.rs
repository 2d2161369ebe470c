//! What the service runs with.

use schemars::JsonSchema;
use serde::Serialize;

use super::call::Call;
use super::operation::NoQuery;
use super::problem::Problem;
use super::shapes::All;
use crate::config::{Setting, SettingValue};

/// A setting.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Setting")]
pub(in crate::web) struct SettingJson {
    /// The section of the settings file that it stands in.
    section: &'static str,
    /// Its name there.
    name: &'static str,
    /// The environment variable that sets it.
    variable: String,
    /// Whether it is set, by somebody or by default.
    set: bool,
    /// Whether it is a secret: then its value is never told.
    secret: bool,
    /// Its value, as text.
    value: Option<String>,
}

/// Every setting, in the order of the example file.
#[expect(clippy::unnecessary_wraps, reason = "other operations can be refused")]
pub(in crate::web) fn all(call: &Call, _: NoQuery) -> Result<All<SettingJson>, Problem> {
    Ok(call.settings.iter().map(setting).collect())
}

fn setting(it: &Setting) -> SettingJson {
    let (set, secret, value) = match &it.value {
        SettingValue::Text(text) => (true, false, Some(text.clone())),
        SettingValue::Number(number) => (true, false, Some(number.to_string())),
        SettingValue::Switch(is_on) => (true, false, Some(is_on.to_string())),
        SettingValue::Unset => (false, false, None),
        SettingValue::Secret { is_set } => (*is_set, true, None),
    };
    let Setting { section, name, .. } = *it;
    SettingJson { section, name, variable: it.variable(), set, secret, value }
}
