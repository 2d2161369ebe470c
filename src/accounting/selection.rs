//! Which stamps an act is about: said in one way, in a form, in JSON or on the command line alike, and
//! never none. All of a batch is said too, and not meant by leaving everything out.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use crate::code::text;
use crate::code::uri::{self, Scanned};
use crate::domain::serial::{BatchNumber, Serial};
use crate::domain::sheet::{Printing, SHEETS_MAX};

/// Most codes that are named one by one.
pub const CODES_MAX: usize = 1_000;

/// Which stamps an act is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// From one serial to another, both included; one stamp when they are the same.
    Range(RangeInclusive<Serial>),
    /// From one code to another, as they were scanned or typed.
    Between(Box<(Code, Code)>),
    /// A printed sheet.
    Sheet {
        /// The batch.
        batch: BatchNumber,
        /// How it was printed.
        printing: Printing,
        /// The sheet's number, from 1.
        number: u32,
    },
    /// Several printed sheets of one printing.
    Sheets {
        /// The batch.
        batch: BatchNumber,
        /// How it was printed.
        printing: Printing,
        /// The sheets' numbers, from 1.
        numbers: Vec<u32>,
    },
    /// Single stamps of a batch, as they were scanned or typed one by one.
    Codes(BatchNumber, Vec<Entered>),
    /// All of a batch that can take the step.
    Batch(BatchNumber),
    /// Those of a selection that can take the step: the others are left, and told.
    Possible(Box<Self>),
}

/// A text that was scanned or typed, and what was read from it; none where it is no code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entered {
    /// The text.
    pub text: String,
    /// The code.
    pub code: Option<Code>,
}

/// A code as it was scanned or typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// The text.
    pub text: String,
    /// What it says.
    pub scanned: Scanned,
    /// The host of its address; none where a serial or a path was typed.
    pub host: Option<String>,
}

impl Selection {
    /// The batch it begins in.
    #[must_use]
    pub fn batch(&self) -> BatchNumber {
        match self {
            Self::Range(range) => range.start().batch(),
            Self::Between(ends) => ends.0.scanned.serial.batch(),
            Self::Sheet { batch, .. }
            | Self::Sheets { batch, .. }
            | Self::Codes(batch, _)
            | Self::Batch(batch) => *batch,
            Self::Possible(which) => which.batch(),
        }
    }

    /// Whether it is all of its batch.
    #[must_use]
    pub fn is_all(&self) -> bool {
        matches!(self, Self::Batch(_))
    }

    /// Whether stamps that cannot take the step are left where they are, and do not keep the others from
    /// it.
    #[must_use]
    pub fn takes_what_it_can(&self) -> bool {
        matches!(self, Self::Batch(_) | Self::Possible(_))
    }
}

impl Code {
    /// Reads a code: a QR text, the path of one, or a serial. None where it is no code.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let scanned = uri::read(text).ok()?;
        // The port of https is the one where nothing else is said.
        let host = uri::host(text);
        let host = host.map(|host| host.strip_suffix(":443").unwrap_or(&host).to_owned());
        Some(Self { text: text.trim().to_owned(), scanned, host })
    }
}

impl Entered {
    /// Reads a text.
    #[must_use]
    pub fn read(text: &str) -> Self {
        Self { text: text.trim().to_owned(), code: Code::read(text) }
    }
}

/// Stamps as somebody says which they mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// All of the batch.
    pub all: bool,
    /// The first code of a range.
    pub first: Option<String>,
    /// The last code of the range; the first again where none is given.
    pub last: Option<String>,
    /// Printed sheets.
    pub sheets: Option<(Printing, Vec<u32>)>,
    /// Single codes.
    pub codes: Option<Vec<String>>,
    /// Whether those that cannot take the step are left where they are.
    pub as_many_as_possible: bool,
}

/// Why it is not clear which stamps are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unclear {
    /// Nothing is said.
    #[error("say which stamps: all of the batch, a range, sheets or single codes")]
    Nothing,
    /// More than one way is said.
    #[error("say which stamps in one way: all of the batch, a range, sheets or single codes")]
    TwoWays(&'static str),
    /// A range has an end and no beginning.
    #[error("a range begins with its first serial")]
    NoFirst,
    /// The first end of a range is no code.
    #[error("the first code of the range is not read: check it symbol by symbol")]
    First,
    /// The last end of a range is no code.
    #[error("the last code of the range is not read: check it symbol by symbol")]
    Last,
    /// No sheet is named, or too many are.
    #[error("name 1 to {SHEETS_MAX} sheets, by numbers from 1")]
    Sheets,
    /// No code is named, or too many are.
    #[error("name 1 to {CODES_MAX} codes at a time")]
    Codes,
}

impl Unclear {
    /// The field that is wrong.
    #[must_use]
    pub fn field(self) -> &'static str {
        match self {
            Self::Nothing => "all",
            Self::TwoWays(field) => field,
            Self::NoFirst | Self::First => "first",
            Self::Last => "last",
            Self::Sheets => "sheets/numbers",
            Self::Codes => "codes",
        }
    }
}

impl Said {
    /// The stamps of a batch that are meant.
    ///
    /// # Errors
    /// [`Unclear`] where none are said, or in more than one way.
    pub fn read(&self, batch: BatchNumber) -> Result<Selection, Unclear> {
        let ways = [
            ("all", self.all),
            ("first", self.first.is_some()),
            ("sheets", self.sheets.is_some()),
            ("codes", self.codes.is_some()),
        ];
        let mut said = ways.into_iter().filter(|(_, is_said)| *is_said);
        let first = said.next();
        if let Some((field, _)) = said.next() {
            return Err(Unclear::TwoWays(field));
        }
        if self.last.is_some() && self.first.is_none() {
            return Err(first.map_or(Unclear::NoFirst, |_| Unclear::TwoWays("last")));
        }
        let which = self.one_way(batch)?;
        let is_partial = self.as_many_as_possible && !which.takes_what_it_can();
        Ok(if is_partial { Selection::Possible(Box::new(which)) } else { which })
    }

    fn one_way(&self, batch: BatchNumber) -> Result<Selection, Unclear> {
        if self.all {
            return Ok(Selection::Batch(batch));
        }
        if let Some((printing, numbers)) = &self.sheets {
            let is_some = (1..=SHEETS_MAX).contains(&numbers.len()) && !numbers.contains(&0);
            let (printing, numbers) = (printing.clone(), numbers.clone());
            let sheets = Selection::Sheets { batch, printing, numbers };
            return is_some.then_some(sheets).ok_or(Unclear::Sheets);
        }
        if let Some(codes) = &self.codes {
            let is_some = (1..=CODES_MAX).contains(&codes.len());
            let entered = || codes.iter().map(|text| Entered::read(text)).collect();
            let codes = is_some.then(|| Selection::Codes(batch, entered()));
            return codes.ok_or(Unclear::Codes);
        }
        let first = self.first.as_deref().ok_or(Unclear::Nothing)?;
        let first = Code::read(first).ok_or(Unclear::First)?;
        let last = self.last.as_deref().map(Code::read);
        let last = last.map_or_else(|| Ok(first.clone()), |it| it.ok_or(Unclear::Last))?;
        Ok(Selection::Between(Box::new((first, last))))
    }
}

/// The batch of the first code that can be read.
#[must_use]
pub fn batch_of(texts: &[String]) -> Option<BatchNumber> {
    texts.iter().find_map(|text| Some(Code::read(text)?.scanned.serial.batch()))
}

/// Two codes in words, for a refusal.
pub(super) fn named((first, last): (Serial, Serial)) -> (String, String) {
    (text::serial_grouped(first), text::serial_grouped(last))
}

/// Numbers of sheets, each once.
pub(super) fn once(numbers: &[u32]) -> BTreeSet<u32> {
    numbers.iter().copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batch() -> BatchNumber {
        BatchNumber::new(1).unwrap()
    }

    fn serial(item: u64) -> String {
        text::serial(batch().serial(item).unwrap())
    }

    fn sheets(numbers: &[u32]) -> Said {
        let printing = Printing { layout: "a4".into(), design: "sen".into() };
        Said { sheets: Some((printing, numbers.to_vec())), ..Said::default() }
    }

    #[test]
    fn saying_nothing_means_nothing() {
        assert_eq!(Said::default().read(batch()), Err(Unclear::Nothing));
        let none = Said { codes: Some(Vec::new()), ..Said::default() };
        assert_eq!(none.read(batch()), Err(Unclear::Codes));
        assert_eq!(sheets(&[]).read(batch()), Err(Unclear::Sheets));
        assert_eq!(sheets(&[0]).read(batch()), Err(Unclear::Sheets));
        let blank = Said { first: Some(String::new()), ..Said::default() };
        assert_eq!(blank.read(batch()), Err(Unclear::First));
    }

    #[test]
    fn all_is_said() {
        let all = Said { all: true, ..Said::default() };
        assert_eq!(all.read(batch()), Ok(Selection::Batch(batch())));
    }

    #[test]
    fn two_ways_at_once_are_refused() {
        let all = Said { all: true, ..Said::default() };
        let with_codes = Said { codes: Some(vec![serial(1)]), ..all.clone() };
        assert_eq!(with_codes.read(batch()), Err(Unclear::TwoWays("codes")));
        let with_range = Said { first: Some(serial(1)), ..all.clone() };
        assert_eq!(with_range.read(batch()), Err(Unclear::TwoWays("first")));
        let with_end = Said { last: Some(serial(1)), ..all };
        assert_eq!(with_end.read(batch()), Err(Unclear::TwoWays("last")));
        let with_sheets = Said { first: Some(serial(1)), ..sheets(&[1]) };
        assert_eq!(with_sheets.read(batch()), Err(Unclear::TwoWays("sheets")));
        let end_alone = Said { last: Some(serial(1)), ..Said::default() };
        assert_eq!(end_alone.read(batch()), Err(Unclear::NoFirst));
    }

    #[test]
    fn a_code_that_cannot_be_read_stands_among_the_others_and_an_end_does_not() {
        let codes = Said { codes: Some(vec![serial(1), "x".into()]), ..Said::default() };
        let Ok(Selection::Codes(_, entered)) = codes.read(batch()) else { panic!("{codes:?}") };
        let readable: Vec<bool> = entered.iter().map(|it| it.code.is_some()).collect();
        assert_eq!(readable, [true, false]);
        let last = Some("x".to_owned());
        let range = Said { first: Some(serial(1)), last, ..Said::default() };
        assert_eq!(range.read(batch()), Err(Unclear::Last));
    }

    #[test]
    fn as_many_as_possible_is_said_of_what_is_named() {
        let some = Said { as_many_as_possible: true, ..sheets(&[1]) };
        assert!(some.read(batch()).unwrap().takes_what_it_can());
        assert!(!sheets(&[1]).read(batch()).unwrap().takes_what_it_can());
    }
}
