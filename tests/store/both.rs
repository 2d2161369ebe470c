//! What is the same on both databases, and what only a server can do: be away.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use ocop_stamp::accounting::Selection;
use ocop_stamp::clock::FixedClock;
use ocop_stamp::code::uri;
use ocop_stamp::domain::batch::Batch;
use ocop_stamp::domain::verdict::{ByKeys, Headline, SignatureAlone, Verdict};
use ocop_stamp::press::Intent;
use ocop_stamp::press::{self, PrintOrder};
use ocop_stamp::printing::{ErrorCorrection, Layout, LeftOut, Split};
use ocop_stamp::store::Store;
use ocop_stamp::verification::Verifier;

use crate::desk::{codes, design_for, issued, keyring, noon, put_on_goods, today};
use crate::{on_postgresql, on_sqlite, postgres};

#[test]
fn the_same_batch_has_the_same_codes_on_both_databases() {
    let (Some(one), Some(other)) = (on_sqlite(), on_postgresql()) else { return };
    let (mine, theirs) = (issued(&one.store, 2_000), issued(&other.store, 2_000));
    assert_eq!(mine, theirs);
    assert_eq!(codes(&one.store, &mine), codes(&other.store, &theirs));
}

/// Every file a print shop gets, by name.
fn printed(store: &Store, batch: &Batch) -> BTreeMap<String, Vec<u8>> {
    let dir = tempfile::tempdir().unwrap();
    let order = PrintOrder {
        batch: batch.number,
        layout: Layout::by_name("a4").unwrap().unwrap(),
        design: design_for(store, batch, "sen-25x35"),
        level: ErrorCorrection::M,
        intent: Some(Intent::named("coated").unwrap()),
        split: Split { sheets: 20, ..Split::default() },
        lot: None,
        without: LeftOut::default(),
        out: dir.path().to_owned(),
        office: "Văn phòng Điều phối".into(),
    };
    let files = press::print(store, &order, |_| ()).unwrap();
    let volumes = files.volumes.into_iter().map(|(path, _)| path);
    let paths = volumes.chain([files.manifest, files.summary, files.ticket]);
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    paths.map(|path| (name(&path), fs::read(&path).unwrap())).collect()
}

#[test]
fn the_same_batch_prints_to_the_same_bytes_again_and_from_both_databases() {
    let one = on_sqlite().unwrap();
    let batch = issued(&one.store, 2_000);
    let first = printed(&one.store, &batch);
    assert_eq!(first.len(), 3 + 3, "three volumes, two manifests and the job ticket");
    let again = printed(&one.store, &batch);
    assert!(first == again, "printing again changed a file");
    let Some(other) = on_postgresql() else { return };
    let theirs = issued(&other.store, 2_000);
    assert!(first == printed(&other.store, &theirs), "the other database changed a file");
}

#[test]
fn a_server_that_is_away_says_nothing_of_the_product_and_answers_when_it_is_back() {
    let Some(register) = on_postgresql() else { return };
    let batch = issued(&register.store, 1);
    put_on_goods(&register.store, &Selection::Batch(batch.number), "L1");
    let (serial, signature) = codes(&register.store, &batch)[0];
    let text = uri::qr_text(&batch.intent.face, serial, &signature);
    let clock = Arc::new(FixedClock(noon(today())));
    let verifier = Verifier::new(register.store.clone(), keyring(), clock);
    assert_eq!(verifier.check(&text).headline(), Headline::Valid);
    postgres::set_reachable(&register.url, false);
    let alone = ByKeys { serial, signature: SignatureAlone::Right };
    assert_eq!(verifier.check(&text), Verdict::RegisterUnreachable(alone));
    assert!(!verifier.is_reachable());
    assert_eq!(verifier.check("AB12").headline(), Headline::Mistyped);
    postgres::set_reachable(&register.url, true);
    for _ in 0..300 {
        if verifier.is_reachable() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    assert_eq!(verifier.check(&text).headline(), Headline::Valid);
}
