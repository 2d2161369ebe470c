use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;

use ocop_stamp::clock::{FixedClock, FixedRandom};
use ocop_stamp::code::text;
use ocop_stamp::domain::gtin::Gtin;
use ocop_stamp::domain::order::OrderState;
use ocop_stamp::issuance::IssueError;
use ocop_stamp::signing::keyring::Validity;
use ocop_stamp::signing::{FileKey, Signer, SigningError};
use ocop_stamp::store::{StoreError, orders};

use super::open;
use crate::desk::{
    SECRET, approved, codes, day, enter, entry, issue, issued, issuer, key, noon, product,
    self_paid, sql, today, unfinished, validity,
};

/// Refuses to let the codes' insertion past its middle.
fn break_insertion(register: &crate::Register) {
    let after = "(SELECT count(*) FROM stamps) >= 700";
    let statement = if register.url.starts_with("sqlite") {
        format!(
            "CREATE TRIGGER broken BEFORE INSERT ON stamps WHEN {after}
             BEGIN SELECT RAISE(FAIL, 'disk'); END"
        )
    } else {
        format!(
            "CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS
             'BEGIN IF {after} THEN RAISE EXCEPTION ''disk''; END IF; RETURN NEW; END';
             CREATE TRIGGER broken BEFORE INSERT ON stamps
             FOR EACH ROW EXECUTE FUNCTION broken()"
        )
    };
    sql(&register.store, &statement).unwrap();
}

fn mend_insertion(register: &crate::Register) {
    let on = if register.url.starts_with("sqlite") { "" } else { "ON stamps" };
    sql(&register.store, &format!("DROP TRIGGER broken {on}")).unwrap();
}

#[test]
fn every_signature_is_right_for_another_ed25519_implementation() {
    let Some(register) = open() else { return };
    let batch = issued(&register.store, 1_200);
    let public = ed25519_compact::PublicKey::new(*key().public_key(validity()).as_bytes());
    let codes = codes(&register.store, &batch);
    assert_eq!(codes.len(), 1_200);
    for (serial, signature) in codes {
        let message = format!("OCOP-STAMP-1|{}||{}", key().key_id(), text::serial(serial));
        public.verify(message, &ed25519_compact::Signature::new(signature)).unwrap();
    }
}

#[test]
fn a_product_number_is_bound_to_the_serial() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let mut row = entry("Trà");
    let gtin: Gtin = "9521234543213".parse().unwrap();
    row.gtin = Some(gtin);
    let batch = issue(store, approved(store, &self_paid(enter(store, &row), 3)));
    let public = key().public_key(validity());
    for (serial, signature) in codes(store, &batch) {
        let message = |gtin| text::signed_message(key().key_id(), gtin, serial);
        assert!(public.verifies(&message(Some(gtin)), &signature));
        assert!(!public.verifies(&message(None), &signature));
    }
}

#[test]
fn an_order_issued_again_gives_the_batch_it_has() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let order = approved(store, &self_paid(product(store), 20));
    let first = issue(store, order);
    let mut other = issuer(store);
    other.random = Arc::new(FixedRandom([1; 32]));
    other.clock = Arc::new(FixedClock(noon(day(2026, 12, 24))));
    assert_eq!(other.issue(order, "officer", &|_| ()).unwrap(), first);
    assert_eq!(codes(store, &first).len(), 20);
}

#[test]
fn a_batch_of_one_and_a_batch_of_many_hold_what_was_ordered() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let product = product(store);
    let heard = AtomicU64::new(0);
    for stamps in [1, 499, 500, 501, 3_001] {
        let order = approved(store, &self_paid(product, stamps));
        heard.store(0, Ordering::Relaxed);
        let progress = |done| {
            heard.fetch_max(done, Ordering::Relaxed);
        };
        let batch = issuer(store).issue(order, "officer", &progress).unwrap();
        let codes = codes(store, &batch);
        assert_eq!(codes.len() as u64, u64::from(stamps));
        assert!(codes.is_sorted_by(|(a, _), (b, _)| a < b));
        assert!(codes.iter().all(|(serial, _)| serial.batch() == batch.number));
        assert_eq!(heard.load(Ordering::Relaxed), u64::from(stamps));
    }
}

#[test]
fn a_failure_half_way_leaves_no_code_and_the_batch_is_finished_later() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let order = approved(store, &self_paid(product(store), 1_500));
    break_insertion(&register);
    let failed = issuer(store).issue(order, "officer", &|_| ()).unwrap_err();
    assert!(matches!(failed, IssueError::Store(StoreError::Failed(_))), "{failed}");
    let [batch] = unfinished(store).try_into().unwrap();
    assert_eq!(codes(store, &batch), []);
    assert_eq!(store.read(|c| orders::get(c, order)).unwrap().unwrap().state, OrderState::Approved);

    mend_insertion(&register);
    let mut later = issuer(store);
    later.random = Arc::new(FixedRandom([1; 32]));
    let finished = later.finish_interrupted("officer", &|_| ()).unwrap();
    assert_eq!(finished.len(), 1);
    assert_eq!(unfinished(store), []);
    let elsewhere = open().unwrap();
    let whole = issued(&elsewhere.store, 1_500);
    assert_eq!(codes(store, &finished[0]), codes(&elsewhere.store, &whole));
}

/// Signs, then lies about one signature.
struct Faulty(FileKey);

impl Signer for Faulty {
    fn key_id(&self) -> &str {
        self.0.key_id()
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], SigningError> {
        let mut signature = self.0.sign(message)?;
        if message.ends_with(b"7") {
            signature[40] ^= 1;
        }
        Ok(signature)
    }
}

#[test]
fn a_wrong_signature_of_faulty_hardware_is_never_stored() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let order = approved(store, &self_paid(product(store), 600));
    let mut faulty = issuer(store);
    faulty.signer = Arc::new(Faulty(key()));
    let failed = faulty.issue(order, "officer", &|_| ()).unwrap_err();
    assert!(matches!(failed, IssueError::WrongSignature), "{failed}");
    assert_eq!(codes(store, &unfinished(store)[0]), []);
    assert_eq!(codes(store, &issue(store, order)).len(), 600);
}

#[test]
fn a_key_signs_within_its_time_only() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let order = approved(store, &self_paid(product(store), 3));
    let wrong = [
        Validity { not_before: noon(day(2026, 11, 24)), ..validity() },
        Validity { not_after: noon(day(2026, 11, 22)), ..validity() },
        Validity { compromised_since: Some(noon(today())), ..validity() },
    ];
    for validity in wrong {
        let mut issuer = issuer(store);
        issuer.public_key = key().public_key(validity);
        let refused = issuer.issue(order, "officer", &|_| ()).unwrap_err();
        assert!(matches!(refused, IssueError::KeyMayNotSign(_)), "{refused}");
    }
    assert_eq!(unfinished(store), []);
}

#[test]
fn a_batch_begun_with_a_key_is_finished_with_that_key_while_it_is_good() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let order = approved(store, &self_paid(product(store), 1_500));
    break_insertion(&register);
    issuer(store).issue(order, "officer", &|_| ()).unwrap_err();
    mend_insertion(&register);

    let mut other = issuer(store);
    let key_of_2027 = FileKey::from_secret("stamps-2027", &SECRET);
    other.public_key = key_of_2027.public_key(validity());
    other.signer = Arc::new(key_of_2027);
    let refused = other.issue(order, "officer", &|_| ()).unwrap_err();
    assert!(matches!(refused, IssueError::OtherKey { .. }), "{refused}");

    let mut leaked = issuer(store);
    let validity = Validity { compromised_since: Some(noon(today())), ..validity() };
    leaked.public_key = key().public_key(validity);
    let refused = leaked.issue(order, "officer", &|_| ()).unwrap_err();
    assert!(matches!(refused, IssueError::KeyMayNotSign(_)), "{refused}");
    assert_eq!(codes(store, &issue(store, order)).len(), 1_500);
}

#[test]
fn readers_are_served_while_many_writers_wait_for_their_turn() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let product = product(store);
    let (begun, wait) = mpsc::channel();
    let (end, ended) = mpsc::channel::<()>();
    thread::scope(|scope| {
        scope.spawn(move || {
            let long = store.write(|_| {
                begun.send(()).unwrap();
                ended.recv().unwrap();
                Ok::<_, StoreError>(())
            });
            long.unwrap();
        });
        wait.recv().unwrap();
        let writers: Vec<_> =
            (0..20).map(|_| scope.spawn(|| approved(store, &self_paid(product, 1)))).collect();
        let read = || store.read(|register| orders::latest(register, 1));
        // Long enough for every writer to stand in line.
        thread::sleep(std::time::Duration::from_millis(300));
        let outcome = read();
        end.send(()).unwrap();
        for writer in writers {
            writer.join().unwrap();
        }
        assert_eq!(outcome.unwrap(), []);
    });
}
