//! `ocop-stamp` issues, prints, verifies and accounts for OCOP stamps.
//!
//! Rooms in reading order: the nouns, the code a stamp carries, the keys that sign it, the register
//! that keeps it, how it gets in, how it is issued, checked and printed, and who asks for it.
//! `ARCHITECTURE.md` says which room may use which; `tests/tidy` holds them to it.

// The text catalogue; its macro only works at the crate's root.
rust_i18n::i18n!("assets/locales", fallback = "vi");

pub mod accounting;
pub mod app;
pub mod charts;
pub mod cli;
pub mod clock;
pub mod code;
pub mod config;
pub mod delivery;
pub mod desk;
pub mod domain;
pub mod export;
pub mod files;
pub mod fonts;
pub mod identity;
pub mod inspection;
pub mod intake;
pub mod issuance;
pub mod mail;
pub mod papers;
pub mod paperwork;
pub mod photos;
pub mod pictures;
pub mod plates;
pub mod preflight;
pub mod press;
pub mod preview;
pub mod printing;
pub mod register;
pub mod reminders;
pub mod shipping;
pub mod signing;
pub mod store;
pub mod telemetry;
pub mod token;
pub mod verification;
pub mod vietnamese;
pub mod web;
