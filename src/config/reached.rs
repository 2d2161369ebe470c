//! Settings by which people reach the office: whom letters are from, and what is shown with verdicts.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::typed::{Untyped, text_setting};
use crate::domain::contact::{is_email, reach};
use crate::domain::host::{Host, HostError};
use crate::vietnamese::is_invisible;

/// Most characters of the name that letters are from, and of what is shown with verdicts.
const LINE_CHARS_MAX: usize = 120;
/// Characters that end a name or begin an address in the head of a letter (RFC 5322, 3.2.3).
const SPECIALS: [char; 11] = ['(', ')', '<', '>', '[', ']', ':', ';', '@', '\\', '"'];

/// Whom letters are from: a name, which need not be there, and an address.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct Sender {
    name: Option<String>,
    address: String,
}

text_setting!(Sender);

impl Sender {
    /// Whom letters are from where nobody was chosen: nobody, so that no letter is sent.
    pub(super) fn of_examples() -> Self {
        Self { name: Some("OCOP Hà Nội".into()), address: "ocop@example.vn".into() }
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The address.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The same, for letters that are sent.
    ///
    /// # Errors
    /// [`HostError::Reserved`] where nobody can ever be answered.
    pub fn for_letters(&self) -> Result<&Self, HostError> {
        reachable(&self.address).map(|()| self)
    }
}

impl FromStr for Sender {
    type Err = Untyped;

    fn from_str(text: &str) -> Result<Self, Untyped> {
        let wrong = |why: &str| {
            let like = "write it like OCOP Hà Nội <ocop@hanoi.gov.vn>, or the address alone";
            Untyped(format!("“{text}” {why}: {like}"))
        };
        let (name, address) = match text.trim().strip_suffix('>') {
            Some(both) => both.split_once('<').ok_or_else(|| wrong("has no address"))?,
            None => ("", text.trim()),
        };
        let (name, address) = (name.trim(), address.trim());
        if !is_email(address) {
            return Err(wrong("has no e-mail address"));
        }
        if name.chars().any(|c| SPECIALS.contains(&c)) {
            return Err(wrong("has a mark in its name that ends names in letters"));
        }
        line(name).map_err(|why| wrong(&why))?;
        let name = (!name.is_empty()).then(|| name.to_owned());
        Ok(Self { name, address: address.to_owned() })
    }
}

impl fmt::Display for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{name} <{}>", self.address),
            None => f.write_str(&self.address),
        }
    }
}

/// Where consumers can report a suspicion: a line with a telephone number, an e-mail address or a host.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct ReportContact(String);

text_setting!(ReportContact);

impl ReportContact {
    /// As it is shown.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same, for pages that the public sees.
    ///
    /// # Errors
    /// [`HostError::Reserved`] where nobody can be reached there.
    pub fn for_the_public(&self) -> Result<&Self, HostError> {
        words(&self.0).try_for_each(reachable).map(|()| self)
    }
}

impl FromStr for ReportContact {
    type Err = Untyped;

    fn from_str(text: &str) -> Result<Self, Untyped> {
        let wrong = |why: &str| {
            let like = "write a telephone number, an e-mail address or the address of a page, like \
                        “Đường dây nóng: 024 3825 0000”; unset, it is not shown";
            Untyped(format!("“{text}” {why}: {like}"))
        };
        let shown = text.trim();
        line(shown).map_err(|why| wrong(&why))?;
        let is_reached = words(shown).any(|word| is_email(word) || host_of(word).is_some())
            || numbers(shown).any(|number| is_number(&number));
        if is_reached {
            Ok(Self(shown.to_owned()))
        } else {
            Err(wrong("says nobody to be reached"))
        }
    }
}

impl fmt::Display for ReportContact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether a text is one line that can be shown.
fn line(text: &str) -> Result<(), String> {
    let is_hidden =
        |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') || is_invisible(c);
    if text.chars().any(is_hidden) {
        return Err("has characters that cannot be seen".into());
    }
    if text.contains(['…', '\u{fffd}']) || text.contains("...") {
        return Err("is cut short".into());
    }
    if text.chars().count() > LINE_CHARS_MAX {
        return Err(format!("is longer than {LINE_CHARS_MAX} characters"));
    }
    Ok(())
}

/// What stands between spaces, without the marks around it.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_around =
        |c: char| matches!(c, '(' | ')' | ',' | ';' | '.' | ':' | '"' | '“' | '”' | '<' | '>');
    text.split_whitespace().map(move |word| word.trim_matches(is_around))
}

/// The host in an e-mail address, in the address of a page, or alone.
fn host_of(word: &str) -> Option<Host> {
    let word = word.split_once("://").map_or(word, |(_, rest)| rest);
    let word = word.rsplit_once('@').map_or(word, |(_, host)| host);
    let host = word.split(['/', '?', '#', ':']).next()?;
    host.parse::<Host>().ok()
}

/// Refuses hosts of examples in a word.
fn reachable(word: &str) -> Result<(), HostError> {
    host_of(word).map_or(Ok(()), |host| host.for_print().map(|_| ()))
}

/// Runs of digits with what stands between the groups of telephone numbers.
fn numbers(text: &str) -> impl Iterator<Item = String> {
    let is_written = |c: char| c.is_ascii_digit() || matches!(c, '+' | ' ' | '.' | '-');
    let runs = text.split(move |c| !is_written(c));
    runs.map(|run| run.trim_matches([' ', '.', '-']).to_owned())
}

/// A telephone number, or one of the short ones of public services.
fn is_number(text: &str) -> bool {
    let is_short = (3..=6).contains(&text.len())
        && text.starts_with('1')
        && text.chars().all(|c| c.is_ascii_digit());
    is_short || reach(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sender_is_a_name_and_an_address_or_an_address_alone() {
        for text in
            ["OCOP Hà Nội <ocop@hanoi.gov.vn>", "ocop@hanoi.gov.vn", "VPĐP, TP. Hà Nội <a@b.vn>"]
        {
            let sender: Sender = text.parse().unwrap();
            assert_eq!(sender.to_string(), text);
            sender.for_letters().unwrap();
        }
        for text in [
            "",
            " ",
            "OCOP Hà Nội",
            "OCOP <ocop>",
            "OCOP <ocop@hanoi>",
            "<>",
            "a@b.vn, c@d.vn",
            "OCOP\r\nBcc: x@y.vn <ocop@hanoi.gov.vn>",
            "A: B <a@b.vn>",
            "ocop@hanoi.gov.vn>",
            "OCOP <ocop@hà-nội.vn>",
        ] {
            let why = text.parse::<Sender>().unwrap_err().to_string();
            assert!(why.contains("write it like"), "{why}");
        }
        for text in ["ocop@example.vn", "OCOP <a@mail.example.com>", "a@may.local"] {
            text.parse::<Sender>().unwrap().for_letters().unwrap_err();
        }
    }

    #[test]
    fn a_contact_says_who_can_be_reached() {
        for text in [
            "024 3825 0000",
            "Đường dây nóng: 024 3825 0000 (giờ hành chính)",
            "Tổng đài 1022",
            "phanhoi@hanoi.gov.vn",
            "hanoi.gov.vn/phan-anh",
            "https://hanoi.gov.vn/phan-anh",
        ] {
            let contact: ReportContact = text.parse().unwrap();
            assert_eq!(contact.for_the_public().unwrap().as_str(), text);
        }
        for text in [
            "",
            "024 …",
            "024 ...",
            "gọi chúng tôi",
            "024",
            "024\n3825 0000",
            "024 3825\u{3164}0000",
        ] {
            let why = text.parse::<ReportContact>().unwrap_err().to_string();
            assert!(why.contains("write a telephone number"), "{why}");
        }
        for text in ["bao-cao@example.vn", "Gửi về https://tem.example.com/x", "(a@may.test)"] {
            text.parse::<ReportContact>().unwrap().for_the_public().unwrap_err();
        }
    }
}
