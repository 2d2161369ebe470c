//! Who may use whom. A room may use the rooms above it in the table that its row names, and no other
//! crate than its row names; so data flows one way and each library has one place.

use std::collections::{BTreeMap, BTreeSet};

use crate::paths::{Named, named_in};
use crate::sources::of_the_program;
use crate::{expect_none, read, top};

/// A row of the table: a room, the rooms it uses, the crates it uses. The table is exact: what is
/// no longer used is taken out of it.
type Row = (&'static str, &'static [&'static str], &'static [&'static str]);

#[rustfmt::skip]
const ROOMS: &[Row] = &[
    ("domain", &[], &["chrono", "thiserror"]),
    ("vietnamese", &["domain"], &["chrono", "encoding_rs", "icu_collator", "icu_locale_core", "unicode_normalization"]),
    ("fonts", &[], &["thiserror", "ttf_parser"]),
    ("clock", &["domain"], &["getrandom", "thiserror"]),
    ("files", &[], &["data_encoding", "sha2", "std::fs"]),
    ("config", &["domain", "vietnamese"], &["figment", "serde", "std::net", "thiserror"]),
    ("telemetry", &["config"], &["tracing_subscriber"]),
    ("token", &["clock"], &["data_encoding", "sha2"]),
    ("code", &["domain"], &["data_encoding", "percent_encoding", "sha2", "thiserror", "unicode_normalization"]),
    ("signing", &["domain"], &["data_encoding", "ed25519_dalek", "pkcs8", "serde", "serde_json", "sha2", "thiserror", "zeroize"]),
    ("store", &["code", "domain", "vietnamese"], &["chrono", "diesel", "diesel_migrations", "serde", "serde_json", "std::fs", "thiserror", "tracing"]),
    ("charts", &[], &["plotters", "thiserror"]),
    ("export", &[], &["csv", "rust_xlsxwriter", "thiserror"]),
    ("intake", &["domain", "fonts", "vietnamese"], &["calamine", "chrono", "csv", "quick_xml", "thiserror", "zip"]),
    ("pictures", &[], &["image", "thiserror", "zune_jpeg"]),
    ("photos", &["domain", "pictures"], &["data_encoding", "image", "sha2", "thiserror"]),
    ("register", &["domain", "fonts", "store", "vietnamese"], &["thiserror"]),
    ("issuance", &["clock", "code", "domain", "fonts", "signing", "store"], &["rand_chacha", "rayon", "thiserror"]),
    ("accounting", &["code", "domain", "fonts", "issuance", "store", "vietnamese"], &["thiserror"]),
    ("delivery", &["accounting", "code", "domain", "fonts", "issuance", "store"], &["thiserror"]),
    ("verification", &["clock", "code", "domain", "register", "signing", "store"], &["aho_corasick", "chrono", "hmac", "sha2", "tracing"]),
    ("printing", &["domain", "fonts", "vietnamese"], &["chrono", "flate2", "hayro_write", "pdf_writer", "qrcode", "rayon", "serde", "sha2", "subsetter", "thiserror", "toml", "ttf_parser", "usvg", "xmp_writer"]),
    ("plates", &["printing"], &["hayro", "png", "rayon", "thiserror", "tiff"]),
    ("papers", &["domain", "fonts", "printing", "vietnamese"], &["printpdf", "subsetter", "thiserror", "ttf_parser"]),
    ("preflight", &["vietnamese"], &["chrono", "flate2", "hayro_syntax", "roxmltree", "thiserror"]),
    ("inspection", &["code", "domain", "pictures"], &["image", "rxing", "thiserror"]),
    ("preview", &["printing"], &["hayro", "hayro_svg", "image", "png", "thiserror"]),
    ("press", &["code", "domain", "files", "fonts", "inspection", "papers", "plates", "preview", "printing", "store", "vietnamese"], &["csv", "serde", "serde_json", "std::fs", "thiserror", "zip"]),
    ("shipping", &["clock", "code", "delivery", "domain", "files", "press", "store", "token"], &["chrono", "serde", "serde_json", "std::fs", "thiserror", "zip"]),
    ("paperwork", &["accounting", "clock", "code", "domain", "fonts", "papers", "store", "token", "vietnamese"], &["data_encoding", "sha2", "thiserror"]),
    ("identity", &["clock", "domain", "fonts", "store", "token", "vietnamese"], &["argon2", "askama", "chrono", "data_encoding", "governor", "thiserror", "totp_rs", "tracing", "zxcvbn"]),
    ("mail", &[], &["lettre", "thiserror"]),
    ("reminders", &["domain", "mail", "store", "vietnamese"], &["askama", "chrono", "thiserror", "tracing"]),
    ("desk", &["accounting", "code", "delivery", "domain", "issuance", "paperwork", "press", "printing", "register", "shipping", "store"], &["chrono", "std::fs", "thiserror"]),
    ("web", &["accounting", "charts", "clock", "code", "config", "delivery", "desk", "domain", "export", "fonts", "identity", "intake", "issuance", "paperwork", "photos", "press", "preview", "printing", "register", "shipping", "store", "token", "verification", "vietnamese"], &["actix_multipart", "actix_web", "askama", "chrono", "data_encoding", "percent_encoding", "pulldown_cmark", "rust_i18n", "schemars", "serde", "serde_json", "serde_path_to_error", "sha2", "std::fs", "std::net", "thiserror", "tokio", "tracing"]),
    ("app", &["clock", "config", "domain", "files", "identity", "issuance", "mail", "paperwork", "signing", "store", "verification"], &["chrono", "std::fs", "thiserror", "zeroize"]),
    ("cli", &["accounting", "app", "clock", "code", "config", "delivery", "desk", "domain", "export", "files", "identity", "inspection", "intake", "issuance", "mail", "paperwork", "plates", "preflight", "press", "preview", "printing", "register", "reminders", "shipping", "signing", "store", "telemetry", "verification", "vietnamese", "web"],
        &["chrono", "clap", "data_encoding", "indicatif", "serde_json", "sha2", "std::fs", "std::net", "std::process", "thiserror", "tracing"]),
    ("lib", &[], &["rust_i18n"]),
    ("main", &[], &["ocop_stamp", "std::process"]),
];

/// Modules of the standard library that reach outside the program.
const REACHING_OUT: [&str; 4] = ["std::env", "std::fs", "std::net", "std::process"];

#[test]
fn every_room_uses_the_rooms_and_crates_of_its_row_and_no_others() {
    let crates = dependencies(&read("Cargo.toml"));
    let mut uses: BTreeMap<String, Named> = BTreeMap::new();
    for source in of_the_program() {
        let named = named_in(&source);
        let room = uses.entry(source.room().to_owned()).or_default();
        room.rooms.extend(named.rooms);
        room.outside.extend(named.outside);
    }
    for (room, named) in &mut uses {
        named.rooms.retain(|name| name != room && is_room(name));
        named.outside.retain(|name| is_outside(name, &crates));
    }
    expect_none("tests/tidy/layers.rs, ROOMS:", &compare(ROOMS, &uses));
}

#[test]
fn a_room_uses_only_rooms_above_it() {
    expect_none("tests/tidy/layers.rs, ROOMS:", &backward(ROOMS));
}

/// Macros and functions at the crate's root are no rooms; taking everything from there is refused.
fn is_room(name: &str) -> bool {
    name == "*" || top().join(format!("src/{name}.rs")).exists()
}

fn is_outside(name: &str, crates: &BTreeSet<String>) -> bool {
    crates.contains(name) || REACHING_OUT.contains(&name) || name == "ocop_stamp"
}

fn compare(rows: &[Row], uses: &BTreeMap<String, Named>) -> Vec<String> {
    let mut findings = Vec::new();
    for (room, named) in uses {
        let Some((_, rooms, crates)) = rows.iter().find(|row| row.0 == room) else {
            findings.push(format!("src/{room} has no row"));
            continue;
        };
        let pairs = [("rooms", &named.rooms, rooms), ("crates", &named.outside, crates)];
        for (kind, used, allowed) in pairs {
            let allowed: BTreeSet<String> = allowed.iter().map(|&name| name.to_owned()).collect();
            let over = used.difference(&allowed);
            findings.extend(over.map(|name| format!("{room} may not use {name} ({kind})")));
            let stale = allowed.difference(used);
            findings.extend(stale.map(|name| format!("{room} does not use {name}: take it out")));
        }
    }
    let gone = rows.iter().filter(|row| !uses.contains_key(row.0));
    findings.extend(gone.map(|row| format!("{} has a row and is no room", row.0)));
    findings
}

fn backward(rows: &[Row]) -> Vec<String> {
    let mut above = BTreeSet::new();
    let mut findings = Vec::new();
    for (room, rooms, _) in rows {
        let below = rooms.iter().filter(|used| !above.contains(*used));
        findings.extend(below.map(|used| format!("{room} uses {used}, which is not above it")));
        above.insert(room);
    }
    findings
}

/// Names of the crates that a manifest depends on, as they are written in code.
fn dependencies(manifest: &str) -> BTreeSet<String> {
    let mut inside = false;
    let mut crates = BTreeSet::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.ends_with("dependencies]");
        } else if inside && let Some((name, _)) = line.split_once('=') {
            crates.insert(name.trim().replace('-', "_"));
        }
    }
    crates
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: &[Row] = &[("a", &[], &["chrono"]), ("b", &["a"], &[])];

    fn uses(of: &[(&str, &[&str], &[&str])]) -> BTreeMap<String, Named> {
        let set = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        of.iter()
            .map(|&(room, rooms, crates)| {
                (room.to_owned(), Named { rooms: set(rooms), outside: set(crates) })
            })
            .collect()
    }

    #[test]
    fn an_exact_table_has_no_findings() {
        let exact = uses(&[("a", &[], &["chrono"]), ("b", &["a"], &[])]);
        assert!(compare(ROWS, &exact).is_empty());
        assert!(backward(ROWS).is_empty());
    }

    #[test]
    fn what_a_row_does_not_allow_is_found() {
        let over = uses(&[("a", &["b"], &["chrono", "diesel"]), ("b", &["a"], &[])]);
        let expected = ["a may not use b (rooms)", "a may not use diesel (crates)"];
        assert_eq!(compare(ROWS, &over), expected);
    }

    #[test]
    fn rows_that_are_no_longer_true_are_found() {
        let fewer = uses(&[("a", &[], &[]), ("c", &[], &[])]);
        let expected = [
            "a does not use chrono: take it out",
            "src/c has no row",
            "b has a row and is no room",
        ];
        assert_eq!(compare(ROWS, &fewer), expected);
    }

    #[test]
    fn a_use_against_the_order_is_found() {
        let upside_down: &[Row] = &[("b", &["a"], &[]), ("a", &[], &[])];
        assert_eq!(backward(upside_down), ["b uses a, which is not above it"]);
    }

    #[test]
    fn crates_are_read_from_every_dependency_section() {
        let manifest = "[package]\nname = \"x\"\n[dependencies]\n# why\ncsv = \"1\"\n\
                        actix-web = { version = \"4\" }\n[dev-dependencies]\ninsta = \"1\"\n";
        let crates: Vec<String> = dependencies(manifest).into_iter().collect();
        assert_eq!(crates, ["actix_web", "csv", "insta"]);
    }
}
