//! The stamp code against `code-format-1.json`, which another implementation wrote from
//! `docs/CODE-FORMAT.md` alone (`generate.py`): we write what it wrote, and read it as it says.

#![cfg(test)]

#[expect(dead_code, reason = "what the register holds is for the tests over HTTP")]
mod forms;

use data_encoding::HEXLOWER;
use ocop_stamp::code::text::{self, Misread};
use ocop_stamp::code::uri;
use ocop_stamp::domain::batch::{Face, Profile};
use ocop_stamp::domain::gtin::Gtin;
use ocop_stamp::domain::recognition::Stars;
use ocop_stamp::domain::serial::{BatchNumber, Serial};
use ocop_stamp::domain::stamp::SignatureBytes;
use ocop_stamp::signing::{FileKey, Keyring, Signer};
use ocop_stamp::verification::offline::{OfflineCheck, check};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vectors {
    format: u32,
    host: String,
    keys: Vec<Key>,
    jwks: serde_json::Value,
    codes: Vec<Code>,
    tampered: Vec<Tampered>,
    readings: Vec<Reading>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Key {
    name: String,
    id: String,
    secret: String,
    public: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Code {
    batch: u32,
    item: u64,
    serial: String,
    printed: String,
    key: String,
    gtin: Option<String>,
    profile: String,
    message: String,
    signature: String,
    signature_text: String,
    qr_text: String,
    result: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tampered {
    what: String,
    text: String,
    result: String,
    why: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reading {
    what: String,
    text: String,
    serial: String,
    result: String,
}

fn vectors() -> Vectors {
    let vectors: Vectors = serde_json::from_str(include_str!("code-format-1.json")).unwrap();
    assert_eq!(vectors.format, 1);
    assert!(vectors.codes.len() >= 10 && vectors.tampered.len() >= 10);
    vectors
}

impl Vectors {
    fn keyring(&self) -> Keyring {
        Keyring::from_jwks(&self.jwks.to_string()).unwrap()
    }

    fn key(&self, id: &str) -> &Key {
        self.keys.iter().find(|key| key.id == id).unwrap()
    }
}

impl Key {
    fn open(&self) -> FileKey {
        FileKey::from_secret(&self.name, &bytes(&self.secret))
    }
}

impl Code {
    fn number(&self) -> Serial {
        BatchNumber::new(self.batch).unwrap().serial(self.item).unwrap()
    }

    fn gtin(&self) -> Option<Gtin> {
        self.gtin.as_deref().map(|gtin| gtin.parse().unwrap())
    }
}

fn bytes<const N: usize>(hex: &str) -> [u8; N] {
    HEXLOWER.decode(hex.as_bytes()).unwrap().try_into().unwrap()
}

#[test]
fn serials_are_written_and_read_as_the_vectors_say() {
    for code in vectors().codes {
        let number = code.number();
        assert_eq!(text::serial(number), code.serial);
        assert_eq!(text::serial_grouped(number), code.printed);
        assert_eq!(text::read_serial(&code.serial), Ok(number));
        assert_eq!(text::batch(number.batch()), code.serial[..4]);
        assert_eq!(text::read_batch(&code.serial[..4]), Ok(number.batch()));
    }
}

#[test]
fn key_ids_bind_name_and_key_as_the_vectors_say() {
    let vectors = vectors();
    let keyring = vectors.keyring();
    for key in &vectors.keys {
        assert_eq!(key.open().key_id(), key.id);
        let published = keyring.get(&key.id).unwrap();
        assert_eq!(published.as_bytes(), &bytes::<32>(&key.public));
    }
}

#[test]
fn the_key_set_is_written_as_the_vectors_say() {
    let vectors = vectors();
    let written: serde_json::Value = serde_json::from_str(&vectors.keyring().to_jwks()).unwrap();
    assert_eq!(written, vectors.jwks);
}

#[test]
fn signatures_are_made_as_the_vectors_say() {
    let vectors = vectors();
    for code in &vectors.codes {
        let message = text::signed_message(&code.key, code.gtin(), code.number());
        assert_eq!(message, code.message.as_bytes());
        let made = vectors.key(&code.key).open().sign(&message).unwrap();
        assert_eq!(made, bytes::<64>(&code.signature));
        assert_eq!(text::signature(&made), code.signature_text);
        assert_eq!(text::read_signature(&code.signature_text), Some(made));
    }
}

#[test]
fn another_ed25519_library_finds_the_signatures_right() {
    let vectors = vectors();
    for code in &vectors.codes {
        let key: [u8; 32] = bytes(&vectors.key(&code.key).public);
        let key = ed25519_compact::PublicKey::new(key);
        let read: SignatureBytes = text::read_signature(&code.signature_text).unwrap();
        let signature = ed25519_compact::Signature::new(read);
        let message = text::signed_message(&code.key, code.gtin(), code.number());
        assert!(key.verify(&message, &signature).is_ok(), "{}", code.serial);
        assert!(key.verify(b"something else", &signature).is_err(), "{}", code.serial);
    }
}

#[test]
fn qr_texts_are_written_as_the_vectors_say() {
    let vectors = vectors();
    for code in &vectors.codes {
        let face = Face {
            commune: None,
            host: vectors.host.clone(),
            profile: Profile::from_key(&code.profile).unwrap(),
            gtin: code.gtin(),
            product_name: String::new(),
            producer_name: String::new(),
            stars: Stars::new(3).unwrap(),
        };
        let written = uri::qr_text(&face, code.number(), &bytes(&code.signature));
        assert_eq!(written, code.qr_text);
    }
}

#[test]
fn codes_are_checked_as_the_vectors_say() {
    let vectors = vectors();
    let keyring = vectors.keyring();
    for code in &vectors.codes {
        let found = check(&code.qr_text, &keyring);
        assert_eq!(result(&found), code.result, "{}", code.qr_text);
        assert_eq!(serial(&found), Some(code.number()));
        if let OfflineCheck::Right { key_id, compromised_since, .. } = found {
            assert_eq!(key_id, code.key);
            let published = keyring.get(&code.key).unwrap().validity.compromised_since;
            assert_eq!(compromised_since, published);
        }
    }
    let compromised = |code: &Code| keyring.get(&code.key).unwrap().validity.compromised_since;
    assert!(vectors.codes.iter().any(|code| compromised(code).is_some()));
}

#[test]
fn tampered_codes_are_told_as_the_vectors_say() {
    let vectors = vectors();
    let keyring = vectors.keyring();
    for case in &vectors.tampered {
        let found = check(&case.text, &keyring);
        assert_eq!(result(&found), case.result, "{}", case.what);
        assert_eq!(why(&found), case.why.as_deref(), "{}", case.what);
    }
}

#[test]
fn codes_are_read_however_they_are_written() {
    let vectors = vectors();
    let keyring = vectors.keyring();
    for case in &vectors.readings {
        let found = check(&case.text, &keyring);
        assert_eq!(result(&found), case.result, "{}", case.what);
        assert_eq!(serial(&found).map(text::serial).as_ref(), Some(&case.serial), "{}", case.what);
    }
}

#[test]
fn every_form_is_answered_offline_as_the_vectors_say() {
    let matrix = forms::matrix();
    let keyring = Keyring::from_jwks(&matrix.jwks.to_string()).unwrap();
    let disagreements: Vec<String> = matrix
        .forms
        .iter()
        .filter_map(|form| {
            let found = check(&form.text, &keyring);
            let said = (result(&found), why(&found));
            let is_so = said == (form.result.as_str(), form.why.as_deref());
            (!is_so).then(|| format!("{}: {:?} is {said:?}", form.what, form.text))
        })
        .collect();
    let (all, wrong) = (matrix.forms.len(), disagreements.len());
    assert!(wrong == 0, "{wrong} of {all} forms:\n{}", disagreements.join("\n"));
}

#[test]
fn keys_of_other_kinds_in_a_set_are_skipped_and_incomplete_ones_refused() {
    let vectors = vectors();
    let with = |key: serde_json::Value| {
        let mut set = vectors.jwks.clone();
        set["keys"].as_array_mut().unwrap().insert(0, key);
        Keyring::from_jwks(&set.to_string())
    };
    let known = vectors.keyring().keys().len();
    let own = vectors.jwks["keys"][0].clone();
    let changed = |member: &str, value: serde_json::Value| {
        let mut key = own.clone();
        key[member] = value;
        key
    };
    for other in [
        serde_json::json!({ "kty": "RSA", "n": "AQAB", "e": "AQAB" }),
        serde_json::json!({ "kty": "EC", "crv": "P-256", "kid": "x", "x": "AA", "y": "AA" }),
        serde_json::json!({ "kty": "OKP", "crv": "X25519", "kid": "x", "x": "AA" }),
        serde_json::json!({ "kty": "AKP", "alg": "ML-DSA-44", "pub": "AA" }),
        changed("use", "enc".into()),
        changed("alg", "ES256".into()),
    ] {
        assert_eq!(with(other.clone()).unwrap().keys().len(), known, "{other}");
    }
    for (member, value) in [("alg", "Ed25519".into()), ("extra", 7.into())] {
        assert_eq!(with(changed(member, value)).unwrap().keys().len(), known + 1);
    }
    let without = |member: &str| {
        let mut key = own.clone();
        key.as_object_mut().unwrap().remove(member);
        with(key)
    };
    for member in ["alg", "use"] {
        assert_eq!(without(member).unwrap().keys().len(), known + 1, "{member}");
    }
    for member in ["kid", "name", "x", "nbf", "exp"] {
        assert!(without(member).unwrap_err().to_string().contains(member), "{member}");
    }
    for member in ["kty", "crv"] {
        assert_eq!(without(member).unwrap().keys().len(), known, "{member}");
    }
    assert!(Keyring::from_jwks("{\"keys\": [7]}").is_err());
    assert!(Keyring::from_jwks("[]").is_err());
}

fn result(found: &OfflineCheck) -> &'static str {
    match found {
        OfflineCheck::Right { .. } => "right",
        OfflineCheck::Wrong(_) => "wrong",
        OfflineCheck::Unsigned(_) => "unsigned",
        OfflineCheck::Mistyped(_) => "mistyped",
    }
}

fn why(found: &OfflineCheck) -> Option<&'static str> {
    match found {
        OfflineCheck::Mistyped(Misread::Length(_)) => Some("length"),
        OfflineCheck::Mistyped(Misread::Symbol(_)) => Some("symbol"),
        OfflineCheck::Mistyped(Misread::Check) => Some("check"),
        OfflineCheck::Mistyped(Misread::Keyboard(_)) => Some("keyboard"),
        _ => None,
    }
}

fn serial(found: &OfflineCheck) -> Option<Serial> {
    match found {
        OfflineCheck::Right { serial, .. }
        | OfflineCheck::Wrong(serial)
        | OfflineCheck::Unsigned(serial) => Some(*serial),
        OfflineCheck::Mistyped(_) => None,
    }
}
