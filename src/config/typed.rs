//! Settings with a grammar of their own, read into types that hold no wrong value, with an error that
//! says what to write instead.

use std::fmt;
use std::net::IpAddr;
use std::ops::Deref;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::domain::host::HostError;

/// Levels of the log.
const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];

/// What a setting says is none of what it can be: the text says what to write instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Untyped(pub(super) String);

macro_rules! text_setting {
    ($type:ident) => {
        impl TryFrom<String> for $type {
            type Error = Untyped;

            fn try_from(text: String) -> Result<Self, Untyped> {
                text.parse()
            }
        }

        impl From<$type> for String {
            fn from(setting: $type) -> Self {
                setting.to_string()
            }
        }
    };
}

pub(super) use text_setting;

/// A machine that is reached by name or by number: the mail server.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct Machine(String);

text_setting!(Machine);

impl Machine {
    /// As it is kept.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same, where something is sent to it.
    ///
    /// # Errors
    /// [`HostError::Reserved`] where it is one of examples. One in the own network may be meant.
    pub fn for_use(&self) -> Result<&Self, HostError> {
        let is_example = self.0.split('.').any(|label| label == "example");
        if is_example { Err(HostError::Reserved(self.0.clone())) } else { Ok(self) }
    }
}

impl FromStr for Machine {
    type Err = Untyped;

    fn from_str(text: &str) -> Result<Self, Untyped> {
        let is_label = |label: &str| {
            let is_used = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
            !label.is_empty() && label.chars().all(is_used)
        };
        if text.split('.').all(is_label) || text.parse::<IpAddr>().is_ok() {
            return Ok(Self(text.to_ascii_lowercase()));
        }
        Err(Untyped(format!(
            "“{text}” is no host: write its name or number alone, like smtp.hanoi.gov.vn, without a \
             scheme and a port"
        )))
    }
}

impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is written to the log: levels, of all or of parts of the program.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct LogFilter(String);

text_setting!(LogFilter);

impl LogFilter {
    /// What is logged where nobody chose.
    pub(super) fn usual() -> Self {
        Self("warn,ocop_stamp=info".into())
    }

    /// As it is kept.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for LogFilter {
    type Err = Untyped;

    fn from_str(text: &str) -> Result<Self, Untyped> {
        let is_level = |level: &str| LEVELS.iter().any(|known| level.eq_ignore_ascii_case(known));
        let is_part = |part: &str| {
            let is_used = |c: char| c.is_ascii_alphanumeric() || c == '_';
            !part.is_empty() && part.split("::").all(|it| !it.is_empty() && it.chars().all(is_used))
        };
        let is_directive = |directive: &str| match directive.split_once('=') {
            Some((part, level)) => is_part(part) && is_level(level),
            None => is_level(directive),
        };
        if text.split(',').map(str::trim).all(is_directive) {
            let directives: Vec<&str> = text.split(',').map(str::trim).collect();
            return Ok(Self(directives.join(",")));
        }
        Err(Untyped(format!(
            "“{text}” is no filter: write a level ({}), or levels for parts of the program, like \
             warn,ocop_stamp=info",
            LEVELS.join(", ")
        )))
    }
}

impl fmt::Display for LogFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The name of a layout or of a design, or a path.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct Named(String);

text_setting!(Named);

impl Named {
    /// One that comes with the program.
    pub(super) fn shipped(name: &'static str) -> Self {
        Self(name.to_owned())
    }
}

impl Deref for Named {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl FromStr for Named {
    type Err = Untyped;

    fn from_str(text: &str) -> Result<Self, Untyped> {
        if text.is_empty() || text.trim() != text || text.chars().any(char::is_control) {
            let why =
                format!("“{text}” is no name: `ocop layout list` and `ocop design list` have them");
            return Err(Untyped(why));
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

macro_rules! choice_setting {
    ($(#[$doc:meta])* $type:ident { $($(#[$each:meta])* $variant:ident = $key:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
        pub enum $type {
            $($(#[$each])* #[serde(rename = $key)] $variant,)*
        }

        impl $type {
            /// As it is written in the settings.
            #[must_use]
            pub fn key(self) -> &'static str {
                match self {
                    $(Self::$variant => $key,)*
                }
            }
        }
    };
}

choice_setting! {
    /// How the connection to the mail server is guarded.
    MailGuard {
        /// TLS from the start.
        Tls = "tls",
        /// TLS after a word in the clear.
        StartTls = "starttls",
        /// Not at all.
        Nothing = "none",
    }
}

choice_setting! {
    /// Error correction of the QR symbols.
    Correction {
        /// 7 %.
        L = "L",
        /// 15 %.
        M = "M",
        /// 25 %.
        Q = "Q",
        /// 30 %.
        H = "H",
    }
}

choice_setting! {
    /// What new stamps carry.
    StampProfile {
        /// Serial and signature.
        Signed = "signed",
        /// The serial alone.
        Compact = "compact",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, ConfigError};

    #[test]
    fn a_filter_of_the_log_is_levels() {
        for (text, right) in [("info", "info"), ("warn, ocop_stamp=DEBUG", "warn,ocop_stamp=DEBUG")]
        {
            assert_eq!(text.parse::<LogFilter>().unwrap().as_str(), right);
        }
        for text in
            ["", "infoo", "ocop_stamp", "ocop_stamp=loud", "info,,warn", "a=info=warn", "=info"]
        {
            let why = text.parse::<LogFilter>().unwrap_err().to_string();
            assert!(why.contains("write a level"), "{why}");
        }
    }

    #[test]
    fn a_machine_has_a_name_or_a_number() {
        for text in ["smtp.hanoi.gov.vn", "localhost", "mail_1", "127.0.0.1", "::1"] {
            text.parse::<Machine>().unwrap().for_use().unwrap();
        }
        for text in
            ["", " ", "smtp://hanoi.gov.vn", "smtp.hanoi.gov.vn:587", "smtp hanoi", "hà-nội.vn"]
        {
            let why = text.parse::<Machine>().unwrap_err().to_string();
            assert!(why.contains("write its name"), "{why}");
        }
        "smtp.example.vn".parse::<Machine>().unwrap().for_use().unwrap_err();
    }

    #[test]
    fn what_is_printed_sent_or_shown_is_refused_by_the_name_of_its_setting() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ocop.toml");
        for (section, name, wrong, says) in [
            ("mail", "from", "OCOP Hà Nội", "write it like"),
            ("mail", "host", "smtp://hanoi.gov.vn", "write its name"),
            ("mail", "guard", "ssl", "`tls`, `starttls`, `none`"),
            ("server", "report_contact", "024 …", "write a telephone number"),
            ("sheets", "error_correction", "X", "`L`, `M`, `Q`, `H`"),
            ("sheets", "layout", "", "ocop layout list"),
            ("sheets", "design", " ", "ocop design list"),
            ("sheets", "sheets_per_volume", "0", "nonzero"),
            ("stamps", "profile", "short", "`signed` or `compact`"),
            ("log", "filter", "infoo", "write a level"),
        ] {
            let told = |loaded: Result<Config, ConfigError>| {
                let error = loaded.unwrap_err().to_string();
                assert!(error.contains(&format!("{section}.{name}")), "{error}");
                assert!(error.contains(says), "{section}.{name}: {error}");
            };
            told(Config::load(None, &[(section, name, wrong.to_owned())]));
            let value = if wrong == "0" { "0".into() } else { format!("{wrong:?}") };
            std::fs::write(&file, format!("[{section}]\n{name} = {value}\n")).unwrap();
            told(Config::load(Some(&file), &[]));
        }
    }
}
