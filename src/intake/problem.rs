//! What is wrong in a row, told so that a person can put it right.

mod words;

use super::date::DateError;
use crate::domain::gtin::GtinError;
use crate::domain::language::Language;
use crate::vietnamese::legacy::Encoding;

/// Something wrong in one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Name of the sheet, where it has one.
    pub sheet: Option<String>,
    /// Row as a spreadsheet numbers it, from 1.
    pub row: u32,
    /// Heading of the column, as in the file where it has the column.
    pub column: String,
    /// The cell as a spreadsheet names it; none where the file does not have the column.
    pub cell: Option<String>,
    /// What the cell says, shortened; empty when nothing.
    pub found: String,
    /// What is wrong with it.
    pub kind: ProblemKind,
}

/// What can be wrong with a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// A compulsory value is not there.
    Missing,
    /// More letters than the register keeps.
    TooLong {
        /// As many as it keeps.
        limit: usize,
    },
    /// It has a character that no font prints on a stamp: the first such.
    Unprintable(char),
    /// A Greek or Cyrillic letter that passes for a Latin one: the first such.
    OtherScript(char),
    /// A name without a letter.
    NoName,
    /// "As above", where every row must say it itself.
    Ditto,
    /// True or false, where a text is due.
    Truth,
    /// The spreadsheet could not compute the cell.
    SpreadsheetError,
    /// A formula without a value: whatever wrote the file did not compute it.
    NoValue,
    /// A formula whose value is another every time.
    ChangingFormula,
    /// What is shown is not what is kept: a number or a date in a format that hides part of it.
    ShownOtherwise,
    /// A conditional format may hide what the cell holds, or show it otherwise.
    ConditionalFormat,
    /// The cell is in a hidden column.
    HiddenColumn,
    /// Its text, or part of it, is struck out.
    StruckOut,
    /// The spreadsheet took a text for a date.
    TurnedIntoDate,
    /// The spreadsheet shortened a long number: `8,93851E+12`.
    Shortened,
    /// Text from before Unicode, or read in another encoding than it was written in.
    Garbled(Encoding),
    /// Letters were lost when the file was saved: `H? N?i`.
    LostLetters,
    /// The row is below other headings than those at the top.
    OtherHeadings,
    /// Another column of the same meaning says something else.
    TwoColumns,
    /// Something stands under no heading.
    BeyondHeadings,
    /// The row is of a table beside the table, too.
    TableBeside,
    /// Not a number of stars, 1 to 5.
    Stars,
    /// One or two stars: no certificate is given, so there is nothing to enter.
    NoCertificate,
    /// "Potential five" with other than four stars.
    PotentialFive,
    /// Not one of the six groups.
    Group,
    /// Not a kind of producer, and the name does not tell.
    ProducerKind,
    /// Not a level of government, and the authority's name does not tell.
    AuthorityLevel,
    /// Not a date.
    Date(DateError),
    /// The day of the signature is still to come.
    NotYetSigned,
    /// The day of the signature is before the programme began.
    BeforeProgramme,
    /// The first day of effect is before the signature.
    EffectBeforeSignature,
    /// The end is not after the signature, or not after the first day of effect.
    EndBeforeSignature,
    /// Not in the form of a tax code.
    TaxCode,
    /// Not a GTIN.
    Gtin(GtinError),
    /// The same product of the same producer under the same decision again.
    Duplicate {
        /// Row in which it came first.
        first_row: u32,
        /// Whether that is in the same sheet.
        same_sheet: bool,
    },
}

impl ProblemKind {
    /// What is wrong, for a person.
    #[must_use]
    pub fn what(self, language: Language) -> String {
        match language {
            Language::Vietnamese => self.what_vietnamese(),
            Language::English => self.what_english(),
        }
    }

    /// What to do about it, for a person.
    #[must_use]
    pub fn what_to_do(self, language: Language) -> &'static str {
        match language {
            Language::Vietnamese => self.what_to_do_vietnamese(),
            Language::English => self.what_to_do_english(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERY: [ProblemKind; 41] = [
        ProblemKind::Unprintable('☕'),
        ProblemKind::OtherScript('С'),
        ProblemKind::NoName,
        ProblemKind::Ditto,
        ProblemKind::Truth,
        ProblemKind::NotYetSigned,
        ProblemKind::BeforeProgramme,
        ProblemKind::Missing,
        ProblemKind::TooLong { limit: 300 },
        ProblemKind::SpreadsheetError,
        ProblemKind::NoValue,
        ProblemKind::ChangingFormula,
        ProblemKind::ShownOtherwise,
        ProblemKind::ConditionalFormat,
        ProblemKind::HiddenColumn,
        ProblemKind::StruckOut,
        ProblemKind::TurnedIntoDate,
        ProblemKind::Shortened,
        ProblemKind::Garbled(Encoding::Tcvn3),
        ProblemKind::Garbled(Encoding::Utf8),
        ProblemKind::LostLetters,
        ProblemKind::OtherHeadings,
        ProblemKind::BeyondHeadings,
        ProblemKind::TableBeside,
        ProblemKind::TwoColumns,
        ProblemKind::Stars,
        ProblemKind::NoCertificate,
        ProblemKind::PotentialFive,
        ProblemKind::Group,
        ProblemKind::ProducerKind,
        ProblemKind::AuthorityLevel,
        ProblemKind::Date(DateError::Form),
        ProblemKind::Date(DateError::NoSuchDay),
        ProblemKind::Date(DateError::Unclear),
        ProblemKind::EffectBeforeSignature,
        ProblemKind::EndBeforeSignature,
        ProblemKind::TaxCode,
        ProblemKind::Gtin(GtinError::Length),
        ProblemKind::Gtin(GtinError::CheckDigit),
        ProblemKind::Duplicate { first_row: 7, same_sheet: true },
        ProblemKind::Duplicate { first_row: 7, same_sheet: false },
    ];

    #[test]
    fn no_two_problems_are_told_in_the_same_words() {
        let mut told = std::collections::HashSet::new();
        for kind in EVERY {
            for language in [Language::Vietnamese, Language::English] {
                assert!(told.insert(kind.what(language)), "{kind:?} {language:?}");
            }
        }
    }

    #[test]
    fn what_to_do_is_told_in_the_language_asked_for() {
        for kind in EVERY {
            let vietnamese = kind.what_to_do(Language::Vietnamese);
            let english = kind.what_to_do(Language::English);
            assert!(!vietnamese.is_ascii() && vietnamese != english, "{kind:?}");
            assert!(vietnamese.ends_with('.') && english.ends_with('.'), "{kind:?}");
        }
    }

    #[test]
    fn figures_are_told() {
        assert_eq!(
            ProblemKind::Duplicate { first_row: 7, same_sheet: true }.what(Language::Vietnamese),
            "Đã có ở dòng 7."
        );
        assert_eq!(
            ProblemKind::TooLong { limit: 300 }.what(Language::English),
            "The text is longer than 300 letters."
        );
    }
}
