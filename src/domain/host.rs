//! Hosts of the addresses that are printed and stay printed.

use std::fmt;
use std::str::FromStr;

/// Most characters of a host with which the symbol of a signed stamp has its smallest size.
pub const SMALLEST_SYMBOL_CHARS_MAX: usize = 26;
/// Most characters of a host. With more, symbols grow too fine to be read on a stamp.
pub const HOST_CHARS_MAX: usize = 63;
/// Most characters between two dots (RFC 1035).
const LABEL_CHARS_MAX: usize = 63;

/// Domains that are nobody's (RFC 2606, RFC 6761, RFC 6762, RFC 8375), and those of networks at home.
const RESERVED: [&str; 12] = [
    "alt",
    "arpa",
    "corp",
    "example",
    "home",
    "internal",
    "invalid",
    "lan",
    "local",
    "localhost",
    "onion",
    "test",
];

/// A name in the domain name system, in lower case: `tem.hanoi.gov.vn`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host(String);

/// Why a text cannot be the host of printed addresses.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HostError {
    /// There is nothing.
    #[error("it is empty: give a host such as tem.hanoi.gov.vn")]
    Empty,
    /// It begins like an address.
    #[error(
        "“{0}” is an address: give its host alone, without https:// and without what follows it"
    )]
    Address(String),
    /// It has letters beyond ASCII.
    #[error("“{host}” has “{letter}”: give the form of the name that begins with xn-- (Punycode)")]
    Letter {
        /// The text.
        host: String,
        /// The first such letter.
        letter: char,
    },
    /// It has something that no host has.
    #[error("“{host}” has “{character}”: a host has letters, digits, hyphens and dots")]
    Character {
        /// The text.
        host: String,
        /// The first such character.
        character: char,
    },
    /// Two dots follow each other, or it begins or ends with one or with a hyphen.
    #[error("“{0}” is no host: between dots stand letters and digits, and hyphens only among them")]
    Label(String),
    /// It is a number, which is no name that can move to another machine.
    #[error("“{0}” is the number of a machine: stamps are printed for years, so give a name")]
    Number(String),
    /// It has no dot.
    #[error("“{0}” is a name within one network: give the whole name, such as tem.hanoi.gov.vn")]
    Single(String),
    /// It is too long.
    #[error("“{0}” is longer than {HOST_CHARS_MAX} characters: no stamp has room for it")]
    Long(String),
    /// It is kept for examples, tests or networks at home.
    #[error("“{0}” is nobody's host on the internet: set it to the one that answers scans")]
    Reserved(String),
}

impl Host {
    /// As it is kept.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host, for what people will hold in their hands.
    ///
    /// # Errors
    /// [`HostError::Reserved`] where nobody can ever answer there.
    pub fn for_print(&self) -> Result<&Self, HostError> {
        let labels = || self.0.split('.');
        let is_reserved = labels().next_back().is_some_and(|last| RESERVED.contains(&last))
            || labels().any(|label| label == "example");
        if is_reserved { Err(HostError::Reserved(self.0.clone())) } else { Ok(self) }
    }

    /// Whether the symbol of a signed stamp has its smallest size.
    #[must_use]
    pub fn is_short(&self) -> bool {
        self.0.len() <= SMALLEST_SYMBOL_CHARS_MAX
    }
}

impl FromStr for Host {
    type Err = HostError;

    fn from_str(text: &str) -> Result<Self, HostError> {
        if text.trim().is_empty() {
            return Err(HostError::Empty);
        }
        let given = || text.to_owned();
        let is_foreign = |c: &char| !c.is_ascii_alphanumeric() && !matches!(*c, '-' | '.');
        if text.contains(['/', ':', '@', '?', '#']) {
            return Err(HostError::Address(given()));
        }
        match text.chars().find(is_foreign) {
            Some(letter) if letter.is_alphabetic() => {
                return Err(HostError::Letter { host: given(), letter });
            }
            Some(character) => return Err(HostError::Character { host: given(), character }),
            None => {}
        }
        let is_label = |label: &str| {
            (1..=LABEL_CHARS_MAX).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        let host = text.to_ascii_lowercase();
        let labels = || host.split('.');
        if !labels().all(is_label) {
            return Err(HostError::Label(given()));
        }
        let last = labels().next_back().unwrap_or_default();
        if last.bytes().all(|b| b.is_ascii_digit()) {
            return Err(HostError::Number(given()));
        }
        if labels().count() < 2 {
            return Err(HostError::Single(given()));
        }
        if host.len() > HOST_CHARS_MAX {
            return Err(HostError::Long(given()));
        }
        Ok(Self(host))
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(text: &str) -> Result<String, HostError> {
        text.parse().map(|host: Host| host.to_string())
    }

    #[test]
    fn a_host_is_a_whole_name_and_nothing_else() {
        assert_eq!(host("Tem.HANOI.gov.vn").unwrap(), "tem.hanoi.gov.vn");
        assert_eq!(host("xn--h-ni-kta.vn").unwrap(), "xn--h-ni-kta.vn");
        assert_eq!(host("3so.vn").unwrap(), "3so.vn");
        for (text, right) in [
            ("", HostError::Empty),
            (" ", HostError::Empty),
            ("https://tem.hanoi.gov.vn", HostError::Address("https://tem.hanoi.gov.vn".into())),
            ("tem.hanoi.gov.vn/", HostError::Address("tem.hanoi.gov.vn/".into())),
            ("tem.hanoi.gov.vn:8080", HostError::Address("tem.hanoi.gov.vn:8080".into())),
            ("a@tem.vn", HostError::Address("a@tem.vn".into())),
            ("[::1]", HostError::Address("[::1]".into())),
            ("HàNộI.VN", HostError::Letter { host: "HàNộI.VN".into(), letter: 'à' }),
            ("tem hanoi.vn", HostError::Character { host: "tem hanoi.vn".into(), character: ' ' }),
            ("tem.vn\n", HostError::Character { host: "tem.vn\n".into(), character: '\n' }),
            ("tem_1.vn", HostError::Character { host: "tem_1.vn".into(), character: '_' }),
            ("tem.hanoi.gov.vn.", HostError::Label("tem.hanoi.gov.vn.".into())),
            (".vn", HostError::Label(".vn".into())),
            ("tem..vn", HostError::Label("tem..vn".into())),
            ("-tem.vn", HostError::Label("-tem.vn".into())),
            ("tem-.vn", HostError::Label("tem-.vn".into())),
            ("192.168.1.7", HostError::Number("192.168.1.7".into())),
            ("tem", HostError::Single("tem".into())),
        ] {
            assert_eq!(host(text), Err(right), "{text}");
        }
        let (longest, longer) = ("a".repeat(60) + ".vn", "a".repeat(61) + ".vn");
        assert!(host(&longest).is_ok());
        assert_eq!(host(&longer), Err(HostError::Long(longer)));
        let label = "a".repeat(64) + ".vn";
        assert_eq!(host(&label), Err(HostError::Label(label)));
    }

    #[test]
    fn hosts_of_nobody_are_told() {
        let may_be_printed = |text: &str| text.parse::<Host>().unwrap().for_print().is_ok();
        for real in ["tem.hanoi.gov.vn", "example-hn.vn", "test.vn", "local.vn"] {
            assert!(may_be_printed(real), "{real}");
        }
        for nobody in [
            "verify.example.vn",
            "example.com",
            "tem.example",
            "tem.test",
            "a.invalid",
            "tem.localhost",
            "may-chu.local",
            "tem.LAN",
            "tem.home.arpa",
        ] {
            assert!(!may_be_printed(nobody), "{nobody}");
        }
    }
}
