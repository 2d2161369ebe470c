//! What holds on every database. `open` gives a fresh register, or none to test on.

use super::open;

mod at_work;
mod counted;
mod delivery;
mod designs;
mod destroyed;
mod due;
mod fitting;
mod inspected;
mod issuing;
mod judgements;
mod keeping;
mod kept;
mod links;
mod lists;
mod lots;
mod orders;
mod papers;
mod people;
mod producers;
mod quota;
mod reconciled;
mod reminders;
mod renewals;
mod reported;
mod schema;
mod todo;
mod tokens;
mod verdicts;
