//! The text catalogue in one language.

use std::borrow::Cow;

use chrono::{NaiveDateTime, Timelike};

use crate::domain::calendar::Day;
use crate::domain::language::Language;
use crate::vietnamese;

/// What the service says, in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Words(Language);

impl Words {
    /// The words of a language.
    pub(super) fn of(language: Language) -> Self {
        Self(language)
    }

    /// The language.
    pub(super) fn language(self) -> Language {
        self.0
    }

    /// The language's tag.
    pub(super) fn tag(self) -> &'static str {
        self.0.tag()
    }

    /// The other language's tag.
    pub(super) fn other_tag(self) -> &'static str {
        match self.0 {
            Language::Vietnamese => Language::English.tag(),
            Language::English => Language::Vietnamese.tag(),
        }
    }

    /// A text; a key that is missing shows itself.
    pub(super) fn say(self, key: &str) -> Cow<'static, str> {
        self.said(key).unwrap_or_else(|| Cow::Owned(key.to_owned()))
    }

    /// A text, where there is one of that key.
    pub(super) fn said(self, key: &str) -> Option<Cow<'static, str>> {
        crate::_rust_i18n_try_translate(self.tag(), key)
    }

    /// A text with its `%{places}` filled.
    pub(super) fn fill<const N: usize>(self, key: &str, places: [(&str, &str); N]) -> String {
        let names = places.map(|(name, _)| name);
        let values = places.map(|(_, value)| value.to_owned());
        rust_i18n::replace_patterns(&self.say(key), &names, &values)
    }

    /// A day: `04/03/2024`.
    #[expect(clippy::unused_self, reason = "both languages write the day the same way, for now")]
    pub(super) fn date(self, day: Day) -> String {
        vietnamese::date(day)
    }

    /// The time of a day: `08:05`.
    #[expect(clippy::unused_self, reason = "both languages write the time the same way, for now")]
    pub(super) fn time(self, at: NaiveDateTime) -> String {
        format!("{:02}:{:02}", at.hour(), at.minute())
    }

    /// A number with a point, as people write it: `4,5`, in English `4.5`. Other text stays.
    pub(super) fn decimal(self, number: &str) -> String {
        match self.0 {
            Language::Vietnamese if number.parse::<f64>().is_ok() => number.replace('.', ","),
            Language::Vietnamese | Language::English => number.to_owned(),
        }
    }

    /// So many bytes: `10 MB`, or `256 KiB` where it is a multiple of 1,024.
    pub(super) fn size(self, bytes: usize) -> String {
        const UNITS: [(usize, &str); 4] =
            [(1 << 20, "MiB"), (1_000_000, "MB"), (1 << 10, "KiB"), (1_000, "kB")];
        let (count, unit) = UNITS
            .into_iter()
            .find(|(unit, _)| bytes >= *unit && bytes.is_multiple_of(*unit))
            .map_or((bytes, "B"), |(unit, name)| (bytes / unit, name));
        format!("{} {unit}", self.number(u64::try_from(count).unwrap_or(u64::MAX)))
    }

    /// A count: `2.000`, in English `2,000`.
    pub(super) fn number(self, number: u64) -> String {
        let shown = vietnamese::number(number);
        match self.0 {
            Language::Vietnamese => shown,
            Language::English => shown.replace('.', ","),
        }
    }
}
