//! Settings as people who look after the service may see them: each by its name, and of secrets only
//! whether they are set.

use std::num::NonZeroU64;
use std::path::Path;

use super::{
    Config, DataConfig, DatabaseConfig, KeysConfig, LogConfig, Machine, MailConfig, ReportContact,
    ReportsConfig, ScansConfig, Secret, ServerConfig, SheetsConfig, StampsConfig,
};

/// A setting and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The section that it stands in.
    pub section: &'static str,
    /// Its name there.
    pub name: &'static str,
    /// What it is.
    pub value: SettingValue,
}

/// What a setting is, as far as it may be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingValue {
    /// A text.
    Text(String),
    /// A number.
    Number(u64),
    /// On or off.
    Switch(bool),
    /// Nothing, where something could be.
    Unset,
    /// A secret: whether there is one.
    Secret {
        /// Whether it is set.
        is_set: bool,
    },
}

impl Setting {
    /// The environment variable that sets it.
    #[must_use]
    pub fn variable(&self) -> String {
        format!("OCOP_{}_{}", self.section, self.name).to_uppercase()
    }
}

impl Config {
    /// Every setting, in the order of the example file. Each part is taken to pieces by name, so that
    /// one cannot be forgotten here.
    #[must_use]
    pub fn shown(&self) -> Vec<Setting> {
        let Self { data, database, keys, log, mail, reports, scans, server, sheets, stamps } = self;
        let DataConfig { dir } = data;
        let DatabaseConfig { url: _hidden } = database;
        let database_url = SettingValue::Text(self.database_url_for_display());
        [
            section("data", [("dir", path(dir))]),
            section("database", [("url", database_url)]),
            of_keys(keys),
            of_log(log),
            of_mail(mail),
            of_reports(reports),
            of_scans(scans),
            of_server(server),
            of_sheets(sheets),
            of_stamps(stamps),
        ]
        .concat()
    }
}

/// The address of a server as it may be shown. Where it cannot be told for certain what in it is a
/// password, nothing behind the scheme is shown.
pub(super) fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return "…".into() };
    let plain = rest.split(['?', '#']).next().unwrap_or_default();
    let (authority, path) = plain.split_once('/').unwrap_or((plain, ""));
    let (user, host) = match authority.rsplit_once('@') {
        Some((before, host)) => (before.split([':', '@']).next(), host),
        None => (None, authority),
    };
    // A password that should have been escaped may hold what ends the part it stands in.
    let is_torn = user.is_none() && authority.contains(':') && rest.contains('@');
    if is_torn || path.contains('@') {
        return format!("{scheme}://…");
    }
    let user = user.map(|user| format!("{user}@")).unwrap_or_default();
    let path = plain.strip_prefix(authority).unwrap_or_default();
    format!("{scheme}://{user}{host}{path}")
}

fn of_keys(keys: &KeysConfig) -> Vec<Setting> {
    let KeysConfig { name, months, passphrase_file, passphrase } = keys;
    let all = [
        ("name", text(name)),
        ("months", SettingValue::Number((*months).into())),
        ("passphrase_file", passphrase_file.as_deref().map_or(SettingValue::Unset, path)),
        ("passphrase", secret(passphrase.as_ref())),
    ];
    section("keys", all)
}

fn of_log(LogConfig { filter, json }: &LogConfig) -> Vec<Setting> {
    section("log", [("filter", text(filter.as_str())), ("json", SettingValue::Switch(*json))])
}

fn of_mail(mail: &MailConfig) -> Vec<Setting> {
    let MailConfig { host, port, guard, login, password, from } = mail;
    let all = [
        ("host", optional(host.as_ref().map(Machine::as_str))),
        ("port", SettingValue::Number((*port).into())),
        ("guard", text(guard.key())),
        ("login", optional(login.as_deref())),
        ("password", secret(password.as_ref())),
        ("from", text(&from.to_string())),
    ];
    section("mail", all)
}

fn of_reports(ReportsConfig { contact_days }: &ReportsConfig) -> Vec<Setting> {
    section("reports", [("contact_days", SettingValue::Number((*contact_days).into()))])
}

fn of_scans(ScansConfig { repeat_hours, network_hourly }: &ScansConfig) -> Vec<Setting> {
    let all = [
        ("repeat_hours", SettingValue::Number((*repeat_hours).into())),
        ("network_hourly", SettingValue::Number((*network_hourly).into())),
    ];
    section("scans", all)
}

fn of_server(server: &ServerConfig) -> Vec<Setting> {
    let ServerConfig { listen, workers, https, proxies, report_contact } = server;
    let proxies: Vec<String> = proxies.iter().map(ToString::to_string).collect();
    let proxies = Some(proxies.join(", ")).filter(|all| !all.is_empty());
    let all = [
        ("listen", SettingValue::Text(listen.to_string())),
        ("workers", SettingValue::Number(u64::try_from(*workers).unwrap_or(u64::MAX))),
        ("https", SettingValue::Switch(*https)),
        ("proxies", optional(proxies.as_deref())),
        ("report_contact", optional(report_contact.as_ref().map(ReportContact::as_str))),
    ];
    section("server", all)
}

fn of_sheets(sheets: &SheetsConfig) -> Vec<Setting> {
    let SheetsConfig {
        layout,
        design,
        sheets_per_volume,
        stamps_per_volume,
        bytes_per_volume,
        error_correction,
    } = sheets;
    let number = |most: Option<NonZeroU64>| {
        most.map_or(SettingValue::Unset, |most| SettingValue::Number(most.get()))
    };
    let all = [
        ("layout", text(layout)),
        ("design", text(design)),
        ("sheets_per_volume", SettingValue::Number(sheets_per_volume.get().into())),
        ("stamps_per_volume", number(*stamps_per_volume)),
        ("bytes_per_volume", number(*bytes_per_volume)),
        ("error_correction", text(error_correction.key())),
    ];
    section("sheets", all)
}

fn of_stamps(StampsConfig { host, profile }: &StampsConfig) -> Vec<Setting> {
    section("stamps", [("host", text(host.as_str())), ("profile", text(profile.key()))])
}

fn section<const N: usize>(
    section: &'static str,
    all: [(&'static str, SettingValue); N],
) -> Vec<Setting> {
    all.into_iter().map(|(name, value)| Setting { section, name, value }).collect()
}

fn text(text: &str) -> SettingValue {
    SettingValue::Text(text.to_owned())
}

fn path(path: &Path) -> SettingValue {
    SettingValue::Text(path.display().to_string())
}

fn optional(value: Option<&str>) -> SettingValue {
    value.map_or(SettingValue::Unset, text)
}

fn secret(secret: Option<&Secret>) -> SettingValue {
    SettingValue::Secret { is_set: secret.is_some() }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use figment::Figment;
    use figment::providers::Serialized;
    use figment::value::Value;

    use super::*;

    /// Every field of the settings, as `section.name`.
    fn fields() -> BTreeSet<String> {
        let figment = Figment::from(Serialized::defaults(Config::default()));
        let Value::Dict(_, sections) = figment.extract().unwrap() else { panic!("no sections") };
        let of = |(section, fields): (String, Value)| {
            let Value::Dict(_, fields) = fields else { panic!("{section} is no section") };
            fields.into_keys().map(move |name| format!("{section}.{name}")).collect::<Vec<_>>()
        };
        sections.into_iter().flat_map(of).collect()
    }

    #[test]
    fn every_setting_is_shown_once() {
        let shown = Config::default().shown();
        let names: BTreeSet<String> =
            shown.iter().map(|it| format!("{}.{}", it.section, it.name)).collect();
        assert_eq!(names.len(), shown.len());
        assert_eq!(names, fields());
    }

    #[test]
    fn no_secret_is_shown_wherever_it_stands() {
        let hidden = "mat-khau-rat-kin";
        let flags = |url: &str| {
            [
                ("keys", "passphrase", hidden.to_owned()),
                ("mail", "password", hidden.to_owned()),
                ("database", "url", url.to_owned()),
            ]
        };
        for url in [
            format!("postgres://ocop:{hidden}@db.example.vn/ocop"),
            format!("postgres://ocop:{hidden}@db.example.vn/ocop?sslmode=require"),
            format!("postgres://db.example.vn/ocop?user=ocop&password={hidden}"),
            format!("postgres://db.example.vn/ocop?password={hidden}@x"),
            format!("postgres://db.example.vn/ocop?user=ocop&password=x@{hidden}"),
            format!("postgres://db.example.vn?password=x@{hidden}"),
            format!("postgres://db.example.vn/ocop#x@{hidden}"),
            format!("postgres://ocop:a/{hidden}@db.example.vn/ocop"),
            format!("postgres://ocop:{hidden}/a@db.example.vn/ocop"),
            format!("postgres://ocop:{hidden}?a@db.example.vn/ocop"),
            format!("postgres://ocop:a@{hidden}@db.example.vn/ocop"),
            format!("host=db.example.vn password={hidden}"),
        ] {
            let config = Config::load(None, &flags(&url)).unwrap();
            let shown = config.shown();
            assert!(!format!("{shown:?}").contains(hidden), "{url}");
            let secrets = shown.iter().filter(|it| matches!(it.value, SettingValue::Secret { .. }));
            for secret in secrets {
                assert_eq!(secret.value, SettingValue::Secret { is_set: true }, "{}", secret.name);
            }
        }
    }

    #[test]
    fn of_the_register_server_host_name_and_user_are_shown() {
        let shown = "postgres://ocop@db.example.vn:5432/ocop";
        for url in [shown, "postgres://ocop:mat@db.example.vn:5432/ocop?password=x@y"] {
            assert_eq!(without_password(url), shown);
        }
        let query = "postgres://db.example.vn/ocop?user=ocop&password=mat@khau";
        assert_eq!(without_password(query), "postgres://db.example.vn/ocop");
    }

    #[test]
    fn a_setting_says_which_variable_sets_it() {
        let shown = Config::default().shown();
        let of = |name| shown.iter().find(|it| it.name == name).unwrap().variable();
        assert_eq!(of("contact_days"), "OCOP_REPORTS_CONTACT_DAYS");
    }
}
