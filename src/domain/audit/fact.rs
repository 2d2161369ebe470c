//! What else is known of an act: facts with a name and a typed value, worded where they are shown.

use std::fmt;

use super::action::named;
use crate::domain::calendar::{Day, Instant};

named!(
    /// What a fact says. The names are the register's: add, never rename.
    FactName {
        Address = "address",
        Authority = "authority",
        Basis = "basis",
        Batch = "batch",
        Codes = "codes",
        Commune = "commune",
        Count = "count",
        Decision = "decision",
        Design = "design",
        Difference = "difference",
        DueOn = "due_on",
        EffectiveOn = "effective_on",
        Email = "email",
        EndsOn = "ends_on",
        File = "file",
        Findings = "findings",
        Found = "found",
        From = "from",
        Funding = "funding",
        GrantedBy = "granted_by",
        Group = "group",
        Gtin = "gtin",
        HandedOn = "handed_on",
        InUse = "in_use",
        Judgement = "judgement",
        Key = "key",
        Kind = "kind",
        Known = "known",
        Layout = "layout",
        Level = "level",
        Licence = "licence",
        Login = "login",
        Mark = "mark",
        Minutes = "minutes",
        Moved = "moved",
        Name = "name",
        NetQuantity = "net_quantity",
        New = "new",
        Order = "order",
        Organisation = "organisation",
        Password = "password",
        Phone = "phone",
        Photo = "photo",
        Plan = "plan",
        Producer = "producer",
        Product = "product",
        Products = "products",
        Received = "received",
        Recipient = "recipient",
        ReportKind = "report_kind",
        Replaces = "replaces",
        Right = "right",
        Role = "role",
        Said = "said",
        Sha256 = "sha256",
        Shop = "shop",
        SignedOn = "signed_on",
        Signer = "signer",
        Stamps = "stamps",
        StampsPerProduct = "stamps_per_product",
        Stated = "stated",
        TaxCode = "tax_code",
        To = "to",
        Token = "token",
        Until = "until",
        WantedOn = "wanted_on",
    }
);

/// A value of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// How many.
    Count(u64),
    /// The number of something: no count.
    Number(i64),
    /// A day.
    Day(Day),
    /// A moment.
    Moment(Instant),
    /// What people wrote: a name, a number of a paper.
    Text(String),
    /// One of the program's own names for things, which the reader's language has a word for.
    Word(String),
}

/// One fact: what holds now, and where it took the place of something, what held before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it says.
    pub name: FactName,
    /// What holds; none where it holds no more.
    pub value: Option<Value>,
    /// What held before; none where the fact is no change, or nothing held.
    pub before: Option<Value>,
}

impl FactName {
    /// A fact.
    #[must_use]
    pub fn is(self, value: impl Into<Value>) -> Fact {
        Fact { name: self, value: Some(value.into()), before: None }
    }

    /// A fact, where there is a value.
    #[must_use]
    pub fn may_be(self, value: Option<impl Into<Value>>) -> Option<Fact> {
        value.map(|value| self.is(value))
    }

    /// A fact in one of the program's own names.
    #[must_use]
    pub fn is_word(self, word: impl Into<String>) -> Fact {
        self.is(Value::Word(word.into()))
    }

    /// A change; none where nothing changed.
    #[must_use]
    pub fn became<V: Into<Value>>(self, before: Option<V>, value: Option<V>) -> Option<Fact> {
        let (before, value) = (before.map(Into::into), value.map(Into::into));
        (before != value).then_some(Fact { name: self, value, before })
    }
}

/// As the command line shows it, in the program's own names.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(count) => count.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::Day(day) => day.fmt(f),
            Self::Moment(at) => at.fmt(f),
            Self::Text(text) | Self::Word(text) => f.write_str(text),
        }
    }
}

/// `name: A → B`, as the command line shows it.
impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let or_none = |value: &Option<Value>| {
            value.as_ref().map_or_else(|| "–".to_owned(), ToString::to_string)
        };
        f.write_str(self.name.key())?;
        match (&self.before, &self.value) {
            (None, value) => write!(f, ": {}", or_none(value)),
            (before, value) => write!(f, ": {} → {}", or_none(before), or_none(value)),
        }
    }
}

impl From<u64> for Value {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

impl From<u32> for Value {
    fn from(count: u32) -> Self {
        Self::Count(count.into())
    }
}

impl From<usize> for Value {
    fn from(count: usize) -> Self {
        Self::Count(count as u64)
    }
}

impl From<Day> for Value {
    fn from(day: Day) -> Self {
        Self::Day(day)
    }
}

impl From<Instant> for Value {
    fn from(at: Instant) -> Self {
        Self::Moment(at)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_that_stays_as_it_was_is_no_change() {
        assert_eq!(FactName::Name.became(Some("Mứt"), Some("Mứt")), None);
        assert_eq!(FactName::Name.became::<&str>(None, None), None);
        let renamed = FactName::Name.became(Some("Mứt"), Some("Mứt dừa")).unwrap();
        assert_eq!(renamed.before, Some("Mứt".into()));
    }
}
