//! Languages people are spoken to in.

/// A language. Vietnamese unless asked otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// Tiếng Việt.
    #[default]
    Vietnamese,
    /// English.
    English,
}

impl Language {
    /// The language's BCP 47 tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Vietnamese => "vi",
            Self::English => "en",
        }
    }

    /// Of two texts, the one in this language.
    #[must_use]
    pub fn of<T>(self, vietnamese: T, english: T) -> T {
        match self {
            Self::Vietnamese => vietnamese,
            Self::English => english,
        }
    }

    /// The language of a tag (`vi`, `en`, `en-GB`).
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split('-').next().unwrap_or_default();
        [Self::Vietnamese, Self::English]
            .into_iter()
            .find(|language| language.tag().eq_ignore_ascii_case(primary))
    }
}
