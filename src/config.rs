//! Settings: built-in defaults, then a file, then `OCOP_…` environment variables, then flags; each
//! overrides the one before.
//!
//! `OCOP_DATABASE_URL` is `url` in section `database`: the section ends at the first underscore.
//! `ocop.example.toml` documents every setting.

mod host;
mod reached;
mod secret;
mod shown;
mod typed;

use std::net::{IpAddr, SocketAddr};
use std::num::{NonZeroU32, NonZeroU64};
use std::path::{Path, PathBuf};

use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use serde::{Deserialize, Serialize};

use crate::domain::host::Host;

pub use self::reached::{ReportContact, Sender};
pub use self::secret::Secret;
pub use self::shown::{Setting, SettingValue};
pub use self::typed::{Correction, LogFilter, Machine, MailGuard, Named, StampProfile};

/// File read when no other is named, if it is there.
const DEFAULT_FILE: &str = "ocop.toml";

/// Sheets in one PDF, unless the settings say otherwise.
const SHEETS_PER_VOLUME: NonZeroU32 = NonZeroU32::MIN.saturating_add(499);

/// All settings.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Where files are kept.
    pub data: DataConfig,
    /// The register.
    pub database: DatabaseConfig,
    /// The signing key.
    pub keys: KeysConfig,
    /// What is written to the log.
    pub log: LogConfig,
    /// How letters are sent.
    pub mail: MailConfig,
    /// Consumers' reports.
    pub reports: ReportsConfig,
    /// What is counted as a scan.
    pub scans: ScansConfig,
    /// The web server.
    pub server: ServerConfig,
    /// How sheets are made.
    pub sheets: SheetsConfig,
    /// What new stamps carry.
    pub stamps: StampsConfig,
}

/// Where files are kept.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct DataConfig {
    /// Folder of keys, sheets and, with SQLite, the register.
    pub dir: PathBuf,
}

/// The register.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct DatabaseConfig {
    /// `sqlite:PATH` or `postgres://USER:PASSWORD@HOST/NAME`; unset: `register.db` in the data
    /// folder.
    pub url: Option<Secret>,
}

/// The signing key.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct KeysConfig {
    /// Name of the key that signs; part of its id.
    pub name: String,
    /// Months a new key may sign. What it signed stays good.
    pub months: u32,
    /// File with the passphrase that opens the key.
    pub passphrase_file: Option<PathBuf>,
    /// The passphrase itself, for an environment variable.
    pub passphrase: Option<Secret>,
}

/// What is written to the log.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct LogConfig {
    /// Level, or directives (`warn,ocop_stamp=info`).
    pub filter: LogFilter,
    /// Lines of JSON instead of text.
    pub json: bool,
}

/// How letters are sent.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct MailConfig {
    /// Host of the SMTP server; unset: no letters are sent.
    pub host: Option<Machine>,
    /// Its port.
    pub port: u16,
    /// How the connection is guarded: `tls`, `starttls`, or `none`.
    pub guard: MailGuard,
    /// The name it asks for.
    pub login: Option<String>,
    /// The password it asks for, for an environment variable.
    pub password: Option<Secret>,
    /// Whom letters are from.
    pub from: Sender,
}

/// Consumers' reports.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct ReportsConfig {
    /// Days after a report is settled, until the contact that was left with it is erased. Consumers are
    /// told the number where they leave one.
    pub contact_days: u16,
}

/// What is counted as a scan.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct ScansConfig {
    /// Hours within which a visitor who looks at a stamp again is the same: 1 to 24.
    pub repeat_hours: u8,
    /// Most scans of one stamp that are counted from one network within an hour.
    pub network_hourly: u16,
}

/// The web server.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct ServerConfig {
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// Threads that answer; 0: one a core.
    pub workers: usize,
    /// Whether people reach it by HTTPS, through a proxy: then browsers are told to keep to it.
    pub https: bool,
    /// Proxies in front of it, by address: what they say of where a request comes from is believed.
    pub proxies: Vec<IpAddr>,
    /// Where people can report a suspicion (a telephone number, an address), shown with verdicts.
    pub report_contact: Option<ReportContact>,
}

/// How sheets are made.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct SheetsConfig {
    /// Layout unless another is asked for.
    pub layout: Named,
    /// Design of the stamps unless another is asked for.
    pub design: Named,
    /// Most sheets in one PDF.
    pub sheets_per_volume: NonZeroU32,
    /// Most stamps in one PDF.
    pub stamps_per_volume: Option<NonZeroU64>,
    /// Most bytes in one PDF.
    pub bytes_per_volume: Option<NonZeroU64>,
    /// Error correction of the QR symbols: `L`, `M`, `Q` or `H`.
    pub error_correction: Correction,
}

/// What new stamps carry.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct StampsConfig {
    /// Host of the printed addresses. It is printed: choose it once.
    #[serde(with = "host")]
    pub host: Host,
    /// `signed`, or `compact` for small labels.
    pub profile: StampProfile,
}

impl Default for DataConfig {
    fn default() -> Self {
        Self { dir: "ocop-data".into() }
    }
}

impl Default for KeysConfig {
    fn default() -> Self {
        Self { name: "ocop-stamp".into(), months: 24, passphrase_file: None, passphrase: None }
    }
}

impl Default for LogConfig {
    fn default() -> Self {
        Self { filter: LogFilter::usual(), json: false }
    }
}

impl Default for MailConfig {
    fn default() -> Self {
        Self {
            host: None,
            port: 587,
            guard: MailGuard::StartTls,
            login: None,
            password: None,
            from: Sender::of_examples(),
        }
    }
}

impl Default for ReportsConfig {
    fn default() -> Self {
        Self { contact_days: 90 }
    }
}

impl Default for ScansConfig {
    fn default() -> Self {
        Self { repeat_hours: 24, network_hourly: 3 }
    }
}

impl Default for ServerConfig {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            workers: 0,
            https: false,
            proxies: Vec::new(),
            report_contact: None,
        }
    }
}

impl Default for SheetsConfig {
    fn default() -> Self {
        Self {
            layout: Named::shipped("a4"),
            design: Named::shipped("sen-25x35"),
            sheets_per_volume: SHEETS_PER_VOLUME,
            stamps_per_volume: None,
            bytes_per_volume: None,
            error_correction: Correction::M,
        }
    }
}

impl Default for StampsConfig {
    fn default() -> Self {
        Self { host: host::of_examples(), profile: StampProfile::Signed }
    }
}

/// Settings could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A setting is unknown or has a wrong value; the text names it and its source.
    #[error("{0}")]
    Setting(#[source] Box<figment::Error>),
    /// The file that was named is not there.
    #[error("there is no configuration file {0}")]
    NoFile(PathBuf),
}

/// A setting from the command line: section, name, value.
pub type Flag<'a> = (&'a str, &'a str, String);

impl Config {
    /// Reads the settings: `file` if named, else `ocop.toml` if there; then the environment; then
    /// `flags`.
    ///
    /// # Errors
    /// [`ConfigError`].
    pub fn load(file: Option<&Path>, flags: &[Flag<'_>]) -> Result<Self, ConfigError> {
        if let Some(file) = file.filter(|file| !file.exists()) {
            return Err(ConfigError::NoFile(file.to_owned()));
        }
        let file = file.unwrap_or(Path::new(DEFAULT_FILE));
        let mut settings = Figment::from(Serialized::defaults(Self::default()))
            .merge(Toml::file(file))
            .merge(environment());
        for (section, name, value) in flags {
            settings = settings.merge((format!("{section}.{name}"), value));
        }
        settings.extract().map_err(|error| ConfigError::Setting(Box::new(error)))
    }

    /// Address of the register.
    #[must_use]
    pub fn database_url(&self) -> String {
        match &self.database.url {
            Some(url) => url.expose().to_owned(),
            None => format!("sqlite:{}", self.data.dir.join("register.db").display()),
        }
    }

    /// Address of the register as it may be shown: without a password, and without parameters, which
    /// may hold one.
    #[must_use]
    pub fn database_url_for_display(&self) -> String {
        let url = self.database_url();
        if url.starts_with("sqlite:") { url } else { shown::without_password(&url) }
    }
}

const SECTIONS: [&str; 10] =
    ["data", "database", "keys", "log", "mail", "reports", "scans", "server", "sheets", "stamps"];

fn environment() -> Env {
    Env::prefixed("OCOP_")
        .filter(|key| {
            let section = key.as_str().split('_').next().unwrap_or_default();
            SECTIONS.iter().any(|known| section.eq_ignore_ascii_case(known))
        })
        .map(|key| key.as_str().replacen('_', ".", 1).into())
        .lowercase(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_overrides_the_file_and_the_file_the_default() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ocop.toml");
        std::fs::write(&file, "[server]\nlisten = \"127.0.0.1:9000\"\nworkers = 3\n").unwrap();
        let flags = [("server", "listen", "127.0.0.1:9001".to_owned())];
        let config = Config::load(Some(&file), &flags).unwrap();
        assert_eq!(config.server.listen.port(), 9001);
        assert_eq!(config.server.workers, 3);
        assert_eq!(&*config.sheets.layout, "a4");
    }

    #[test]
    fn a_misspelt_setting_is_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ocop.toml");
        std::fs::write(&file, "[server]\nlissen = \"127.0.0.1:9000\"\n").unwrap();
        let error = Config::load(Some(&file), &[]).unwrap_err().to_string();
        assert!(error.contains("lissen"), "{error}");
    }

    #[test]
    fn the_example_file_documents_exactly_the_defaults() {
        let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("ocop.example.toml");
        let text = std::fs::read_to_string(&example).unwrap();
        let read: Config = Figment::from(Toml::file(&example)).extract().unwrap();
        assert_eq!(format!("{read:?}"), format!("{:?}", Config::default()));
        for optional in ["url =", "passphrase_file =", "passphrase =", "report_contact ="] {
            assert!(text.contains(optional), "{optional}");
        }
    }

    #[test]
    fn a_host_that_is_none_is_refused_by_the_name_of_its_setting() {
        for host in ["https://tem.hanoi.gov.vn", "", "tem hanoi", "tem.hanoi.gov.vn/", "HàNộI.VN"]
        {
            let flags = [("stamps", "host", host.to_owned())];
            let error = Config::load(None, &flags).unwrap_err().to_string();
            assert!(error.contains("stamps.host"), "{error}");
        }
        let flags = [("stamps", "host", "TEM.hanoi.gov.vn".to_owned())];
        let config = Config::load(None, &flags).unwrap();
        assert_eq!(config.stamps.host.as_str(), "tem.hanoi.gov.vn");
    }

    #[test]
    fn secrets_are_not_shown() {
        let flags = [("keys", "passphrase", "correct horse battery".to_owned())];
        let config = Config::load(None, &flags).unwrap();
        assert_eq!(config.keys.passphrase.as_ref().unwrap().expose(), "correct horse battery");
        assert!(!format!("{config:?}").contains("horse"));
    }
}
