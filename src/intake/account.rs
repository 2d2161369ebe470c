//! What became of everything that a file holds: every sheet is read or named, every row is counted
//! once.

use super::problem::Problem;
use crate::domain::annex::{AnnexEntry, Difference, Doubt, Outcome};
use crate::domain::language::Language;

/// A file that was read, nothing of it entered yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview<T = AnnexEntry> {
    /// Its sheets, in their order; a text file has one, without a name.
    pub sheets: Vec<Sheet>,
    /// Every row of the sheets that were read which is not empty and not of the headings.
    pub rows: Vec<Row<T>>,
}

/// A sheet, and whether it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// What it is called, where it has a name.
    pub name: Option<String>,
    /// What was done with it.
    pub fate: Fate,
}

/// What was done with a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It was read.
    Read {
        /// The rows of its headings, first and last.
        headings: (u32, u32),
        /// Headings that mean nothing to the register; what stands under them is not read.
        unused_columns: Vec<String>,
    },
    /// It was not.
    NotRead(NotRead),
}

/// Why a sheet was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotRead {
    /// Nobody sees it.
    Hidden,
    /// Nothing is in it.
    Empty,
    /// It holds no cells but a chart or the like.
    NoCells,
    /// It has none of the headings.
    NoTable,
}

/// A row, and how it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row<T = AnnexEntry> {
    /// Name of its sheet, where that has one.
    pub sheet: Option<String>,
    /// Its number as a spreadsheet shows it.
    pub number: u32,
    /// How it was read.
    pub read: RowRead<T>,
}

/// How a row was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowRead<T = AnnexEntry> {
    /// It is right.
    Entry(Box<T>),
    /// Something is wrong in it.
    Refused(Vec<Problem>),
    /// It states no product.
    PassedOver(PassedOver),
}

/// A row that states no product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassedOver {
    /// Why it was passed over.
    pub why: Why,
    /// What it says, shortened.
    pub text: String,
}

/// Why a row was passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// It is above the headings.
    AboveHeadings,
    /// It repeats the headings.
    Headings,
    /// It numbers the columns.
    ColumnNumbers,
    /// It is the heading of a section.
    Section,
    /// It sums up.
    Total,
    /// It is below the table: notes, signatures.
    Footer,
    /// It has an ordinal number and nothing else, below the last row.
    OrdinalAlone,
    /// It is hidden.
    Hidden,
    /// A filter hides it.
    Filtered,
    /// All of it is struck out.
    StruckOut,
}

impl<T: Clone> Preview<T> {
    /// The rows that are right, in their order.
    #[must_use]
    pub fn entries(&self) -> Vec<T> {
        let entry = |row: &Row<T>| match &row.read {
            RowRead::Entry(entry) => Some(T::clone(entry)),
            RowRead::Refused(_) | RowRead::PassedOver(_) => None,
        };
        self.rows.iter().filter_map(entry).collect()
    }

    /// Everything that is wrong, in the order of the file.
    pub fn problems(&self) -> impl Iterator<Item = &Problem> {
        self.rows.iter().flat_map(|row| match &row.read {
            RowRead::Refused(problems) => problems.as_slice(),
            RowRead::Entry(_) | RowRead::PassedOver(_) => &[],
        })
    }

    /// The account of the file, with what the register said to its entries, in their order.
    #[must_use]
    pub fn account(self, outcomes: Vec<Outcome>) -> Account<T> {
        let mut outcomes = outcomes.into_iter();
        let rows = self.rows.into_iter().map(|row| {
            let (became, entry) = match row.read {
                RowRead::Refused(problems) => (Became::Refused(problems), None),
                RowRead::PassedOver(passed) => (Became::PassedOver(passed), None),
                RowRead::Entry(entry) => (became(outcomes.next()), Some(entry)),
            };
            Counted { sheet: row.sheet, number: row.number, became, entry }
        });
        Account { rows: rows.collect(), sheets: self.sheets }
    }
}

fn became(outcome: Option<Outcome>) -> Became {
    match outcome {
        Some(Outcome::Entered(kept)) => Became::Entered(kept),
        Some(Outcome::Same) => Became::Same,
        Some(Outcome::Different(differences)) => Became::Different(differences),
        Some(Outcome::Unclear(doubt)) => Became::Unclear(doubt),
        // The register answers for every entry; without an answer nothing became of it.
        None => Became::Refused(Vec::new()),
    }
}

/// What became of all that a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account<T = AnnexEntry> {
    /// Its sheets, in their order.
    pub sheets: Vec<Sheet>,
    /// Its rows, in their order.
    pub rows: Vec<Counted<T>>,
}

/// A row that was counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted<T = AnnexEntry> {
    /// Name of its sheet, where that has one.
    pub sheet: Option<String>,
    /// Its number as a spreadsheet shows it.
    pub number: u32,
    /// What became of it.
    pub became: Became,
    /// What it says, where it was right.
    pub entry: Option<Box<T>>,
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Became {
    /// It was new: entered, or where it is only tried, to be entered. What the register keeps
    /// otherwise is listed.
    Entered(Vec<Difference>),
    /// The register says the same already.
    Same,
    /// The register says something else, and stays as it is.
    Different(Vec<Difference>),
    /// It names somebody or something that may be in the register already: somebody must say.
    Unclear(Doubt),
    /// Something is wrong in it.
    Refused(Vec<Problem>),
    /// It states no product.
    PassedOver(PassedOver),
}

/// How many rows became what. The six add up to the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows of the sheets that were read, without empty ones and headings.
    pub rows: usize,
    /// New ones.
    pub entered: usize,
    /// Those that the register has like this.
    pub same: usize,
    /// Those that it has otherwise.
    pub different: usize,
    /// Those that somebody must say more about.
    pub unclear: usize,
    /// Faulty ones.
    pub refused: usize,
    /// Those that state no product.
    pub passed_over: usize,
}

impl Counts {
    /// Whether no row states anything.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.entered + self.same + self.different + self.unclear + self.refused == 0
    }
}

impl<T> Account<T> {
    /// How many rows became what.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts { rows: self.rows.len(), ..Counts::default() };
        for row in &self.rows {
            *match row.became {
                Became::Entered(_) => &mut counts.entered,
                Became::Same => &mut counts.same,
                Became::Different(_) => &mut counts.different,
                Became::Unclear(_) => &mut counts.unclear,
                Became::Refused(_) => &mut counts.refused,
                Became::PassedOver(_) => &mut counts.passed_over,
            } += 1;
        }
        counts
    }

    /// Whether all that the file states is in the register now, and it states something.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        let counts = self.counts();
        let left = counts.refused + counts.different + counts.unclear;
        left == 0 && counts.entered + counts.same > 0
    }
}

impl NotRead {
    /// Its name in JSON.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Hidden => "hidden",
            Self::Empty => "empty",
            Self::NoCells => "no_cells",
            Self::NoTable => "no_table",
        }
    }

    /// Why, for a person.
    #[must_use]
    pub fn why(self, language: Language) -> &'static str {
        let (vietnamese, english) = match self {
            Self::Hidden => ("trang tính bị ẩn", "it is hidden"),
            Self::Empty => ("trang tính trống", "it is empty"),
            Self::NoCells => ("không có ô nào", "it has no cells"),
            Self::NoTable => {
                ("không có dòng tiêu đề của phụ lục", "it has no headings of an annex")
            }
        };
        language.of(vietnamese, english)
    }
}

impl Why {
    /// Every reason.
    pub const ALL: [Self; 10] = [
        Self::AboveHeadings,
        Self::Headings,
        Self::ColumnNumbers,
        Self::Section,
        Self::Total,
        Self::Footer,
        Self::OrdinalAlone,
        Self::Hidden,
        Self::Filtered,
        Self::StruckOut,
    ];

    /// Its name in JSON.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::AboveHeadings => "above_headings",
            Self::Headings => "headings",
            Self::ColumnNumbers => "column_numbers",
            Self::Section => "section",
            Self::Total => "total",
            Self::Footer => "footer",
            Self::OrdinalAlone => "ordinal_alone",
            Self::Hidden => "hidden",
            Self::Filtered => "filtered",
            Self::StruckOut => "struck_out",
        }
    }

    /// The reason, for a person.
    #[must_use]
    pub fn told(self, language: Language) -> &'static str {
        let (vietnamese, english) = match self {
            Self::AboveHeadings => ("nằm trên dòng tiêu đề", "above the headings"),
            Self::Headings => ("lặp lại dòng tiêu đề", "the headings again"),
            Self::ColumnNumbers => ("đánh số cột", "numbers of the columns"),
            Self::Section => ("tiêu đề của một mục", "heading of a section"),
            Self::Total => ("dòng cộng", "a total"),
            Self::Footer => {
                ("nằm dưới bảng (ghi chú, chữ ký)", "below the table (notes, signatures)")
            }
            Self::OrdinalAlone => ("chỉ có số thứ tự", "an ordinal number alone"),
            Self::Hidden => ("dòng bị ẩn", "the row is hidden"),
            Self::Filtered => ("dòng bị bộ lọc ẩn đi", "a filter hides the row"),
            Self::StruckOut => ("cả dòng bị gạch ngang", "the whole row is struck out"),
        };
        language.of(vietnamese, english)
    }
}
