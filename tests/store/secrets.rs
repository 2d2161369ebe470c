//! The signing key is nowhere but in its own file.

use std::path::Path;

use data_encoding::{BASE64, BASE64URL_NOPAD, HEXLOWER, HEXUPPER};

use crate::desk::{SECRET, issued, serials};
use crate::on_sqlite;

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

fn everything_in(folder: &Path) -> Vec<u8> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.flat_map(|file| std::fs::read(file).unwrap()).collect()
}

#[test]
fn the_secret_key_is_not_in_the_register_in_any_spelling() {
    let register = on_sqlite().unwrap();
    let batch = issued(&register.store, 1_000);
    let bytes = everything_in(register.dir.as_ref().unwrap().path());
    // The register was really read: a serial is in it, as SQLite writes row ids or as text.
    assert!(holds(&bytes, b"verify.example.vn"));
    assert_eq!(serials(&register.store, &batch).len(), 1_000);
    let base64 = BASE64.encode(&SECRET);
    let spellings = [
        SECRET.to_vec(),
        HEXLOWER.encode(&SECRET).into_bytes(),
        HEXUPPER.encode(&SECRET).into_bytes(),
        base64.trim_end_matches('=').as_bytes().to_vec(),
        BASE64URL_NOPAD.encode(&SECRET).into_bytes(),
    ];
    for spelling in spellings {
        assert!(!holds(&bytes, &spelling));
    }
}
