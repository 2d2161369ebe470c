//! The nouns of the trade and their state machines.
//!
//! No I/O, no framework, no clock: a moment is always an argument. Everything here is what an
//! officer would recognise from the paper files; how it is kept or shown is other rooms' trade.

pub mod account;
pub mod act;
pub mod annex;
pub mod api_token;
pub mod assurance;
pub mod audit;
pub mod batch;
pub mod calendar;
pub mod commune;
pub mod contact;
pub mod design;
pub mod destruction;
pub mod download;
pub mod gtin;
pub mod host;
pub mod ids;
pub mod inspection;
pub mod judgement;
pub mod language;
pub mod lot;
pub mod naming;
pub mod order;
pub mod paper;
pub mod photo;
pub mod print_job;
pub mod print_shop;
pub mod producer;
pub mod product;
pub mod quota;
pub mod recognition;
pub mod report;
pub mod role;
pub mod scan;
pub mod serial;
pub mod sheet;
pub mod stamp;
pub mod tally;
pub mod verdict;
