//! What the office says of rows that the register cannot tell: `5:producer=12`, `5:product=new`.

use std::str::FromStr;

use super::account::{Preview, RowRead};
use crate::domain::annex::{About, AnnexEntry};
use crate::domain::ids::{ProducerId, ProductId};
use crate::domain::naming::Answer;

/// An answer about a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowAnswer {
    /// The row, as a spreadsheet numbers it.
    pub row: u32,
    /// What it is about: a producer or a product.
    pub about: About,
    /// The number of the one that it is; none where it is new.
    pub same: Option<i64>,
}

/// A text that is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no answer: write ROW:producer=NUMBER, ROW:product=NUMBER, or new for the number")]
pub struct NoAnswer(String);

impl FromStr for RowAnswer {
    type Err = NoAnswer;

    fn from_str(text: &str) -> Result<Self, NoAnswer> {
        let read = || {
            let (row, rest) = text.trim().split_once(':')?;
            let (about, said) = rest.split_once('=')?;
            let about = match about {
                "producer" => About::Producer,
                "product" => About::Product,
                _ => return None,
            };
            let same = if said == "new" { None } else { Some(said.parse().ok()?) };
            Some(Self { row: row.parse().ok()?, about, same })
        };
        read().ok_or_else(|| NoAnswer(text.to_owned()))
    }
}

impl Preview<AnnexEntry> {
    /// Says something of the rows of that number.
    pub fn say(&mut self, answer: RowAnswer) {
        for row in self.rows.iter_mut().filter(|row| row.number == answer.row) {
            let RowRead::Entry(entry) = &mut row.read else { continue };
            match answer.about {
                About::Producer => {
                    let same = answer.same.map(|id| Answer::Same(ProducerId(id)));
                    entry.said.producer = Some(same.unwrap_or(Answer::New));
                }
                About::Product => {
                    let same = answer.same.map(|id| Answer::Same(ProductId(id)));
                    entry.said.product = Some(same.unwrap_or(Answer::New));
                }
                About::Authority => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_and_what_is_none_is_refused() {
        let (row, about) = (5, About::Producer);
        assert_eq!("5:producer=12".parse(), Ok(RowAnswer { row, about, same: Some(12) }));
        let about = About::Product;
        assert_eq!(" 5:product=new".parse(), Ok(RowAnswer { row, about, same: None }));
        for none in ["", "5", "5:producer", "5:producer=", "x:product=1", "5:authority=1"] {
            assert_eq!(none.parse::<RowAnswer>(), Err(NoAnswer(none.into())), "{none}");
        }
    }
}
