//! What the office says of rows that the register cannot tell: `5:producer=12`, `5:product=new`.

use std::str::FromStr;

use super::account::{Preview, Row, RowRead};
use crate::domain::annex::{About, AnnexEntry};
use crate::domain::ids::{ProducerId, ProductId};
use crate::domain::naming::Answer;

/// An answer about a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowAnswer {
    /// The sheet of the row; none where the file has but one row of that number.
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
    "“{0}” is no answer: write ROW:producer=NUMBER, ROW:product=NUMBER, or new for the number; with \
     several sheets SHEET!ROW for the row"
)]
pub struct NoAnswer(String);

/// Why an answer is about no row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoRow {
    /// The file has no such row, or one that states no product.
    #[error("there is no row {0} that states a product: nothing to answer")]
    Missing(u32),
    /// Several sheets have it.
    #[error("several sheets have a row {0}: say which, SHEET!{0}")]
    OnSeveralSheets(u32),
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

impl Preview<AnnexEntry> {
    /// Says something of a row.
    ///
    /// # Errors
    /// [`NoRow`] where it is not clear of which.
    pub fn say(&mut self, answer: &RowAnswer) -> Result<(), NoRow> {
        let is_meant = |it: &Row| {
            it.number == answer.row && (answer.sheet.is_none() || it.sheet == answer.sheet)
        };
        let rows = self.rows.iter_mut().filter(|it| is_meant(it));
        let mut entries = rows.filter_map(|it| match &mut it.read {
            RowRead::Entry(entry) => Some(entry),
            RowRead::Refused(_) | RowRead::PassedOver(_) => None,
        });
        let entry = entries.next().ok_or(NoRow::Missing(answer.row))?;
        if entries.next().is_some() {
            return Err(NoRow::OnSeveralSheets(answer.row));
        }
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
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_and_what_is_none_is_refused() {
        let (sheet, row, about) = (None, 5, About::Producer);
        let producer = RowAnswer { sheet: sheet.clone(), row, about, same: Some(12) };
        assert_eq!("5:producer=12".parse(), Ok(producer));
        let about = About::Product;
        assert_eq!(" 5:product=new".parse(), Ok(RowAnswer { sheet, row, about, same: None }));
        let sheet = Some("Đợt 1! = 2".to_owned());
        let product = RowAnswer { sheet, row, about, same: Some(3) };
        assert_eq!("Đợt 1! = 2!5:product=3".parse(), Ok(product));
        for none in ["", "5", "5:producer", "5:producer=", "x:product=1", "5:authority=1"] {
            assert_eq!(none.parse::<RowAnswer>(), Err(NoAnswer(none.into())), "{none}");
        }
    }
}
