//! Which stamps a call is about, and what became of them: the same fields with every act on stamps.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::call::Call;
use super::input::Line;
use super::problem::Problem;
use super::refusal;
use crate::accounting::{Item, Left, Moved, Said, Selection};
use crate::code::text;
use crate::desk::effect::Effect;
use crate::domain::sheet::{Printing, SHEETS_MAX, SerialRun};
use crate::domain::stamp::StampMove;

/// Runs and codes that an answer lists at most of each kind.
const LISTED_MAX: usize = 1_000;

/// Printed sheets of one printing.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Sheets")]
pub(in crate::web) struct SheetsJson {
    /// The layout they were printed in.
    layout: Line,
    /// The design of their stamps.
    design: Line,
    /// Their numbers, from 1.
    #[schemars(length(min = 1, max = SHEETS_MAX), inner(range(min = 1)))]
    numbers: Vec<u32>,
}

/// Stamps as a call says which it means.
pub(super) struct Which {
    pub(super) all: bool,
    pub(super) first: Option<Line>,
    pub(super) last: Option<Line>,
    pub(super) sheets: Option<SheetsJson>,
    pub(super) codes: Option<Vec<Line>>,
    pub(super) as_many_as_possible: bool,
}

impl Which {
    /// The stamps that are meant; `at` leads to the fields that say it.
    pub(super) fn read(self, call: &Call, at: &str) -> Result<Selection, Problem> {
        let text = |line: Line| line.0;
        let sheets = self.sheets.map(|SheetsJson { layout, design, numbers }| {
            (Printing { layout: layout.0, design: design.0 }, numbers)
        });
        let said = Said {
            all: self.all,
            first: self.first.map(text),
            last: self.last.map(text),
            sheets,
            codes: self.codes.map(|codes| codes.into_iter().map(text).collect()),
            as_many_as_possible: self.as_many_as_possible,
        };
        let read = said.read(call.batch()?);
        read.map_err(|why| refusal::unclear(call.words, why, at))
    }
}

/// A body that says which stamps it is about, beside fields of its own.
macro_rules! choosing {
    ($(#[$about:meta])* $name:ident { $($(#[$says:meta])* $field:ident: $kind:ty,)* }) => {
        #[derive(serde::Deserialize, schemars::JsonSchema)]
        #[serde(deny_unknown_fields)]
        $(#[$about])*
        pub(in crate::web) struct $name {
            $($(#[$says])* $field: $kind,)*
            /// All of the batch that can take the step. It is said: leaving the other ways out means nothing.
            #[serde(default)]
            all: bool,
            /// The first serial, or scanned text, of a range.
            #[serde(default)]
            first: Option<$crate::web::api::input::Line>,
            /// The last; the first again where none is given.
            #[serde(default)]
            last: Option<$crate::web::api::input::Line>,
            /// Printed sheets, in place of serials.
            #[serde(default)]
            sheets: Option<$crate::web::api::selection::SheetsJson>,
            /// Serials or scanned texts of single stamps, in place of both. Each is checked as a scan is.
            #[serde(default)]
            #[schemars(length(min = 1, max = $crate::accounting::CODES_MAX))]
            codes: Option<Vec<$crate::web::api::input::Line>>,
            /// Whether stamps that cannot take the step are left as they are; else they keep all from it.
            #[serde(default)]
            as_many_as_possible: bool,
        }

        impl $name {
            /// Takes out which stamps it is about.
            fn which(&mut self) -> $crate::web::api::selection::Which {
                $crate::web::api::selection::Which {
                    all: self.all,
                    first: self.first.take(),
                    last: self.last.take(),
                    sheets: self.sheets.take(),
                    codes: self.codes.take(),
                    as_many_as_possible: self.as_many_as_possible,
                }
            }
        }
    };
}
pub(super) use choosing;

/// What an act did, beside the thing as it then is.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Outcome")]
pub(in crate::web) struct OutcomeJson {
    /// Whether nothing was done: the numbers say what the act would do.
    preview: bool,
    /// How many stamps the act is about: those that it moves, or whose order, account, lot or product it
    /// decides on.
    stamps_concerned: u64,
    /// What became of the stamps, move by move; empty where the act moves none.
    outcome: Vec<MoveJson>,
}

/// What a move did with the stamps that it was asked for.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Move")]
struct MoveJson {
    /// The move.
    #[schemars(extend("enum" = StampMove::ALL.map(StampMove::key)))]
    step: &'static str,
    #[serde(flatten)]
    moved: MovedJson,
}

/// What became of stamps.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Moved")]
pub(in crate::web) struct MovedJson {
    /// Stamps that were moved.
    moved: u64,
    /// Stamps that were there already.
    already: u64,
    /// Stamps and codes that were left as they are.
    left: u64,
    /// The stamps that were moved, in runs; the first 1,000 of them.
    runs: Vec<RunJson>,
    /// What was left, and what was named more than once; the first 1,000 of them.
    items: Vec<LeftJson>,
    /// Whether there are more runs or items than are listed.
    has_more: bool,
}

/// Stamps that follow each other.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Run")]
struct RunJson {
    /// The first.
    first: String,
    /// The last.
    last: String,
    /// How many.
    stamps: u32,
}

/// Something that was left as it is, and why.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Left")]
struct LeftJson {
    /// The stamps; none where it is a sheet, or a code that stands for no stamp of the batch.
    stamps: Option<RunJson>,
    /// The number of the printed sheet; none where it is stamps or a code.
    sheet: Option<u32>,
    /// The code as it was sent; none where it is stamps or a sheet.
    code: Option<String>,
    /// Why: the state that the stamps stand in, or what else keeps them.
    why: &'static str,
}

impl OutcomeJson {
    /// What was done, or would be.
    pub(super) fn of(done: &Effect, preview: bool) -> Self {
        let one = |(step, moved): &(StampMove, Moved)| MoveJson {
            step: step.key(),
            moved: MovedJson::of(moved),
        };
        let Effect { moves, stamps } = done;
        Self { preview, stamps_concerned: *stamps, outcome: moves.iter().map(one).collect() }
    }
}

impl MovedJson {
    /// What became of stamps.
    pub(in crate::web) fn of(moved: &Moved) -> Self {
        let has_more = moved.runs.len().max(moved.items.len()) > LISTED_MAX;
        Self {
            moved: moved.moved,
            already: moved.already,
            left: moved.left,
            runs: moved.runs.iter().take(LISTED_MAX).map(run).collect(),
            items: moved.items.iter().take(LISTED_MAX).map(left).collect(),
            has_more,
        }
    }
}

fn run(SerialRun { first, last, stamps }: &SerialRun) -> RunJson {
    let (first, last) = (text::serial_grouped(*first), text::serial_grouped(*last));
    RunJson { first, last, stamps: *stamps }
}

fn left(Left { what, why }: &Left) -> LeftJson {
    let (stamps, sheet, code) = match what {
        Item::Run(serials) => (Some(run(serials)), None, None),
        Item::Sheet(number) => (None, Some(*number), None),
        Item::Text(code) => (None, None, Some(code.clone())),
    };
    LeftJson { stamps, sheet, code, why: why.key() }
}
