//! What is the same on every stamp of a job, and so what texts of a design can say.

use chrono::Datelike;

use super::data::TextLanguage;
use crate::domain::calendar::Day;
use crate::vietnamese;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// What is the same on every stamp of a job. Texts are composed Unicode (NFC). Sheets, proofs and job
/// tickets are all made from it.
#[derive(Clone, Copy, Debug)]
pub struct Label<'a> {
    /// The batch as people call it: `AB12`.
    pub batch: &'a str,
    /// The product.
    pub product_name: &'a str,
    /// Who makes it.
    pub producer_name: &'a str,
    /// Stars of the product.
    pub stars: u8,
    /// Number of the decision that recognised it.
    pub decision: &'a str,
    /// Last day of the recognition.
    pub valid_until: Option<Day>,
    /// Commune or ward of the producer, where known.
    pub commune: &'a str,
    /// The producer's lot, where the stamps are printed for one.
    pub lot: &'a str,
}

/// Something that a text of a design can say, as `{product}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fact {
    /// The product's name.
    Product,
    /// Its producer's.
    Producer,
    /// Its stars.
    Stars,
    /// Number of the decision that recognised it.
    Decision,
    /// Last day of the recognition.
    ValidUntil,
    /// Commune or ward of the producer.
    Commune,
    /// The lot that the stamps are printed for.
    Lot,
    /// The batch.
    Batch,
}

impl Fact {
    /// Every fact.
    pub const ALL: [Self; 8] = [
        Self::Product,
        Self::Producer,
        Self::Stars,
        Self::Decision,
        Self::ValidUntil,
        Self::Commune,
        Self::Lot,
        Self::Batch,
    ];

    /// Its name in a text of a design.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Producer => "producer",
            Self::Stars => "stars",
            Self::Decision => "decision",
            Self::ValidUntil => "valid_until",
            Self::Commune => "commune",
            Self::Lot => "lot",
            Self::Batch => "batch",
        }
    }

    /// The fact of that name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fact| fact.key() == key)
    }

    /// What a product without it lacks, and what to do.
    pub(super) fn remedy(self) -> &'static str {
        match self {
            Self::Product => "no name: enter it",
            Self::Producer => "no producer: enter it",
            Self::Stars => "no stars: enter the decision that recognised it",
            Self::Decision => "no decision: enter the one that recognised it",
            Self::ValidUntil => "no last day of recognition: enter the decision that recognised it",
            Self::Commune => "no commune: enter the commune of its producer",
            Self::Lot => "no lot: say which lot the stamps are printed for",
            Self::Batch => "no batch: issue its codes first",
        }
    }
}

impl Label<'_> {
    /// What is said of a fact; `None` where it is not known.
    #[must_use]
    pub fn said(&self, fact: Fact, language: TextLanguage) -> Option<String> {
        let text = match fact {
            Fact::Product => self.product_name.to_owned(),
            Fact::Producer => self.producer_name.to_owned(),
            Fact::Stars if self.stars == 0 => String::new(),
            Fact::Stars => self.stars.to_string(),
            Fact::Decision => self.decision.to_owned(),
            Fact::ValidUntil => self.valid_until.map(|day| date(day, language))?,
            Fact::Commune => self.commune.to_owned(),
            Fact::Lot => self.lot.to_owned(),
            Fact::Batch => self.batch.to_owned(),
        };
        Some(text).filter(|text| !text.trim().is_empty())
    }
}

fn date(day: Day, language: TextLanguage) -> String {
    match language {
        TextLanguage::Vi => vietnamese::date(day),
        TextLanguage::En => {
            let month = usize::try_from(day.month0()).ok().and_then(|month| MONTHS.get(month));
            format!("{} {} {}", day.day(), month.unwrap_or(&""), day.year())
        }
    }
}
