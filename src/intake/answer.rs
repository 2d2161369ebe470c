//! What the office says of rows that the register cannot tell: `5:producer=12`, `5:product=new`, and
//! with the sheet where more than one was read, `Phụ lục 1!5:product=new`.

use std::fmt;
use std::str::FromStr;

use super::account::{Preview, RowRead};
use super::told;
use crate::domain::annex::{About, AnnexEntry};
use crate::domain::ids::{ProducerId, ProductId};
use crate::domain::language::Language;
use crate::domain::naming::Answer;

/// An answer about a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowAnswer {
    /// The sheet; none where only one was read.
    pub sheet: Option<String>,
    /// The row, as a spreadsheet numbers it.
    pub row: u32,
    /// What it is about: a producer or a product.
    pub about: About,
    /// The number of the one that it is; none where it is new.
    pub same: Option<i64>,
}

/// A text that is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "“{0}” is no answer: write ROW:producer=NUMBER, ROW:product=NUMBER, or new for the number; where \
     more than one sheet was read, SHEET!ROW:…"
)]
pub struct NoAnswer(String);

/// Why answers cannot be taken. None of them was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnswerError {
    /// Two answers about the same are not one.
    Contradictory(RowAnswer),
    /// No such row was read, or something else is wrong in it, or it states no product.
    NoRow(RowAnswer),
    /// Several sheets have such a row.
    WhichSheet(RowAnswer),
    /// Authorities and GTINs are not answered but mended.
    NotAnswered(RowAnswer),
}

impl AnswerError {
    /// What is wrong, for a person.
    #[must_use]
    pub fn what(&self, language: Language) -> String {
        let (answer, vietnamese, english) = match self {
            Self::Contradictory(it) => {
                (it, "đã có câu trả lời khác cho cùng dòng này", "another answer says otherwise")
            }
            Self::NoRow(it) => {
                (it, "không có dòng nào như vậy để trả lời", "there is no such row to answer for")
            }
            Self::WhichSheet(it) => (
                it,
                "nhiều trang tính có dòng này, hãy ghi cả tên trang tính (TRANG!DÒNG)",
                "several sheets have this row: name the sheet too (SHEET!ROW)",
            ),
            Self::NotAnswered(it) => {
                (it, "hãy sửa dòng này thay vì trả lời", "mend the row instead of answering")
            }
        };
        let place = told::row(answer.sheet.as_deref(), answer.row, language);
        let why = language.of(vietnamese, english);
        format!("{place}, {} “{answer}”: {why}.", language.of("câu trả lời", "answer"))
    }
}

impl FromStr for RowAnswer {
    type Err = NoAnswer;

    fn from_str(text: &str) -> Result<Self, NoAnswer> {
        let read = || {
            let (place, rest) = text.trim().rsplit_once(':')?;
            let (sheet, row) = match place.rsplit_once('!') {
                Some((sheet, row)) => (Some(sheet.to_owned()), row),
                None => (None, place),
            };
            let (about, said) = rest.split_once('=')?;
            let about = match about {
                "producer" => About::Producer,
                "product" => About::Product,
                _ => return None,
            };
            let same = if said == "new" { None } else { Some(said.parse().ok()?) };
            Some(Self { sheet, row: row.parse().ok()?, about, same })
        };
        read().ok_or_else(|| NoAnswer(text.to_owned()))
    }
}

impl fmt::Display for RowAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(sheet) = &self.sheet {
            write!(f, "{sheet}!")?;
        }
        write!(f, "{}:{}=", self.row, self.about.key())?;
        match self.same {
            Some(id) => write!(f, "{id}"),
            None => f.write_str("new"),
        }
    }
}

impl Preview<AnnexEntry> {
    /// Says something of rows, each of its own.
    ///
    /// # Errors
    /// [`AnswerError`]: of the first answer that cannot be taken.
    pub fn answer(&mut self, answers: &[RowAnswer]) -> Result<(), AnswerError> {
        answers.iter().try_for_each(|answer| self.say(answer))
    }

    fn say(&mut self, answer: &RowAnswer) -> Result<(), AnswerError> {
        let is_meant = |sheet: &Option<String>, number: u32| {
            number == answer.row && (answer.sheet.is_none() || *sheet == answer.sheet)
        };
        let mut entries = self.rows.iter_mut().filter_map(|row| match &mut row.read {
            RowRead::Entry(entry) if is_meant(&row.sheet, row.number) => Some(entry),
            _ => None,
        });
        let entry = match (entries.next(), entries.next()) {
            (Some(entry), None) => entry,
            (Some(_), Some(_)) => return Err(AnswerError::WhichSheet(answer.clone())),
            (None, _) => return Err(AnswerError::NoRow(answer.clone())),
        };
        let is_taken = match answer.about {
            About::Producer => put(&mut entry.said.producer, answer.same.map(ProducerId)),
            About::Product => put(&mut entry.said.product, answer.same.map(ProductId)),
            About::Authority | About::Gtin => {
                return Err(AnswerError::NotAnswered(answer.clone()));
            }
        };
        if is_taken { Ok(()) } else { Err(AnswerError::Contradictory(answer.clone())) }
    }
}

/// Keeps what is said, unless something else was.
fn put<Id: Copy + PartialEq>(said: &mut Option<Answer<Id>>, same: Option<Id>) -> bool {
    let answer = same.map_or(Answer::New, Answer::Same);
    *said.get_or_insert(answer) == answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_and_what_is_none_is_refused() {
        let (row, about, sheet) = (5, About::Producer, None);
        let answer = RowAnswer { sheet: sheet.clone(), row, about, same: Some(12) };
        assert_eq!("5:producer=12".parse(), Ok(answer));
        let about = About::Product;
        assert_eq!(" 5:product=new".parse(), Ok(RowAnswer { sheet, row, about, same: None }));
        for none in
            ["", "5", "5:producer", "5:producer=", "x:product=1", "5:authority=1", "A!:product=1"]
        {
            assert_eq!(none.parse::<RowAnswer>(), Err(NoAnswer(none.into())), "{none}");
        }
    }

    #[test]
    fn an_answer_is_written_as_it_is_read() {
        for text in ["5:product=new", "Phụ lục 1!5:producer=12", "A!B!5:product=3"] {
            assert_eq!(text.parse::<RowAnswer>().unwrap().to_string(), text);
        }
    }
}
