//! What holds on every database. `open` gives a fresh register, or none to test on.

use super::open;

mod at_work;
mod counted;
mod credentials;
mod delivery;
mod designs;
mod destroyed;
mod due;
mod inspected;
mod issuing;
mod judgements;
mod keeping;
mod kept;
mod links;
mod lists;
mod lots;
mod naming;
mod orders;
mod papers;
mod people;
mod producers;
mod quota;
mod reconciled;
mod refused;
mod reminders;
mod renewals;
mod reported;
mod said;
mod schema;
mod stamp_files;
mod taken_over;
mod todo;
mod tokens;
mod verdicts;
