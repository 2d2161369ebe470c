//! What holds on every database. `open` gives a fresh register, or none to test on.

use super::open;

mod counted;
mod delivery;
mod designs;
mod inspected;
mod issuing;
mod kept;
mod links;
mod orders;
mod papers;
mod people;
mod quota;
mod reconciled;
mod schema;
mod verdicts;
