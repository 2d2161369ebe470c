//! One row of a recognition decision's annex: a product, its producer, and what was decided.

use super::calendar::Day;
use super::gtin::Gtin;
use super::ids::{ProducerId, ProductId};
use super::naming::Answer;
use super::producer::{NewProducer, ProducerKind};
use super::product::ProductGroup;
use super::recognition::{AuthorityLevel, Stars};

/// A checked row, ready for the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnexEntry {
    /// The producer.
    pub producer: NewProducer,
    /// Product name as printed in the decision.
    pub product_name: String,
    /// Group.
    pub group: ProductGroup,
    /// GS1 number, where given.
    pub gtin: Option<Gtin>,
    /// Net quantity, where given.
    pub net_quantity: Option<String>,
    /// Grade.
    pub stars: Stars,
    /// Four stars, proposed to the ministry for five.
    pub potential_five_star: bool,
    /// Number of the decision.
    pub decision_number: String,
    /// Name of the authority that signed.
    pub authority: String,
    /// Its level of government.
    pub authority_level: AuthorityLevel,
    /// Day of signature.
    pub signed_on: Day,
    /// First day in force: that of the signature, unless the decision names another.
    pub effective_on: Day,
    /// Last day in force.
    pub ends_on: Day,
    /// What the office says of the row beside what it states.
    pub said: Said,
}

/// What the office says of whom and what a row means, where the register cannot tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Who the producer is.
    pub producer: Option<Answer<ProducerId>>,
    /// Which product it is.
    pub product: Option<Answer<ProductId>>,
}

/// What came of a row in the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was new and is entered. Of its producer and product the register keeps what it held; where
    /// the row says otherwise, that is listed.
    Entered(Vec<Difference>),
    /// The register says the same already.
    Same,
    /// The register has this decision on this product, and it says something else. Nothing was
    /// changed.
    Different(Vec<Difference>),
    /// It names somebody or something that may be in the register already: the office must say.
    /// Nothing was entered.
    Unclear(Doubt),
}

/// What cannot be told of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// What it is about.
    pub about: About,
    /// What the row may mean.
    pub may_be: Vec<Known>,
    /// Whether it may be none of them.
    pub may_be_new: bool,
    /// Whether the office gave an answer that is none of these.
    pub is_misanswered: bool,
}

/// What a doubt is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Who makes the product.
    Producer,
    /// Which of the producer's products it is.
    Product,
    /// Who signed: the name is to be written as the register has it, or the authority entered first.
    Authority,
    /// Whose GTIN it is: another producer's product has it in the register.
    Gtin,
}

impl About {
    /// Its name in JSON.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Producer => "producer",
            Self::Product => "product",
            Self::Authority => "authority",
            Self::Gtin => "gtin",
        }
    }
}

/// Something in the register that a row may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// What tells it apart beside the name: tax code; GTIN and net quantity; or its producer.
    pub apart: Vec<String>,
}

/// A fact that the register and a row state differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which fact.
    pub fact: Fact,
    /// What the register says; `None` when nothing.
    pub register: Option<Value>,
    /// What the row says.
    pub row: Value,
}

/// A fact that rows of annexes state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    /// The producer's name.
    Producer,
    /// Its legal kind.
    Kind,
    /// Its tax code.
    TaxCode,
    /// Its address.
    Address,
    /// The product's name.
    Product,
    /// Its group.
    Group,
    /// Its GTIN.
    Gtin,
    /// Its net quantity.
    NetQuantity,
    /// The grade.
    Stars,
    /// Whether it is proposed for five stars.
    PotentialFiveStar,
    /// The decision's number.
    DecisionNumber,
    /// Who signed.
    Authority,
    /// The signing authority's level of government.
    Level,
    /// The day of signature.
    SignedOn,
    /// The first day in force.
    EffectiveOn,
    /// The last day in force.
    EndsOn,
    /// Of an authority: its first day in office.
    InOfficeFrom,
    /// Of an authority: its last day in office.
    InOfficeTo,
}

impl Fact {
    /// Its name in JSON.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Producer => "producer",
            Self::Kind => "kind",
            Self::TaxCode => "tax_code",
            Self::Address => "address",
            Self::Product => "product",
            Self::Group => "group",
            Self::Gtin => "gtin",
            Self::NetQuantity => "net_quantity",
            Self::Stars => "stars",
            Self::PotentialFiveStar => "potential_five_star",
            Self::DecisionNumber => "decision_number",
            Self::Authority => "authority",
            Self::Level => "authority_level",
            Self::SignedOn => "signed_on",
            Self::EffectiveOn => "effective_on",
            Self::EndsOn => "ends_on",
            Self::InOfficeFrom => "active_from",
            Self::InOfficeTo => "active_to",
        }
    }
}

/// What is stated of a [`Fact`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// As it is written.
    Text(String),
    /// A day.
    Day(Day),
    /// A grade.
    Stars(Stars),
    /// A group.
    Group(ProductGroup),
    /// A legal kind.
    Kind(ProducerKind),
    /// A level of government.
    Level(AuthorityLevel),
    /// Yes or no.
    Is(bool),
}
