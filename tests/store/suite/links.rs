use std::sync::Arc;

use chrono::TimeDelta;
use ocop_stamp::clock::{FixedClock, FixedRandom};
use ocop_stamp::delivery;
use ocop_stamp::domain::download::{DownloadLink, LinkState, NewDownloadLink};
use ocop_stamp::domain::ids::LinkId;
use ocop_stamp::domain::print_job::JobState;
use ocop_stamp::domain::sheet::Printing;
use ocop_stamp::shipping::{self, Downloads, ShippingError};
use ocop_stamp::store::{Store, audit, download_links};

use super::delivery::assigned;
use super::open;
use crate::desk::{SEED, act, day, issued, noon, today};

/// A week's link to a batch of one stamp.
fn details(store: &Store) -> NewDownloadLink {
    let printing = Printing { layout: "a4".into(), design: "sen-25x35".into() };
    NewDownloadLink {
        batch: issued(store, 1).number,
        printing,
        recipient: "Xưởng in Mẫu".into(),
        expires_at: noon(today()) + TimeDelta::days(7),
    }
}

fn insert(store: &Store, sum: &str, details: &NewDownloadLink) -> DownloadLink {
    let at = noon(today());
    store.write(|register| download_links::insert(register, sum, details, at)).unwrap()
}

#[test]
fn a_link_is_found_by_the_sum_of_its_token_and_in_the_list_of_its_batch() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let details = details(store);
    let (one, two) = ("a".repeat(64), "b".repeat(64));
    let links = [insert(store, &one, &details), insert(store, &two, &details)];
    let found = |sum: &str| store.read(|c| download_links::by_token(c, sum)).unwrap();
    assert_eq!(found(&two).as_ref(), Some(&links[1]));
    assert_eq!(found(&"c".repeat(64)), None);
    assert_eq!(store.read(|c| download_links::of_batch(c, details.batch)).unwrap(), links);
    let at = noon(today());
    let again = store.write(|register| download_links::insert(register, &one, &details, at));
    assert!(again.is_err(), "a token opens one link");
}

#[test]
fn a_withdrawn_link_stays_withdrawn_and_is_noted_once() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let link = insert(store, &"a".repeat(64), &details(store));
    assert_eq!(link.state(noon(today())), LinkState::Open);
    for _ in 0..2 {
        let link = shipping::unlink(store, link.id, act()).unwrap();
        assert_eq!(link.state(noon(today())), LinkState::Revoked);
    }
    let noted = store.read(|c| audit::history(c, link.id)).unwrap();
    assert_eq!(noted.len(), 1);
    let expected =
        "download.unlink: batch: 0001; layout: a4; design: sen-25x35; recipient: Xưởng in Mẫu";
    assert_eq!(noted[0].to_string(), expected);
    let missing = shipping::unlink(store, LinkId(99), act()).unwrap_err();
    assert!(matches!(missing, ShippingError::NoLink(LinkId(99))), "{missing:?}");
}

#[test]
fn no_link_is_made_to_what_was_not_printed_for_nobody_or_for_ever() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let details = details(store);
    let folder = std::path::Path::new("no-such-folder");
    let refused = |details: &NewDownloadLink| {
        shipping::link(store, &FixedRandom(SEED), folder, details, act()).unwrap_err()
    };
    assert!(matches!(refused(&details), ShippingError::NotPrinted(_)));
    let nobody = NewDownloadLink { recipient: " ".into(), ..details.clone() };
    assert!(matches!(refused(&nobody), ShippingError::Recipient));
    for expires_at in [noon(today()), noon(day(2027, 11, 23))] {
        let days = NewDownloadLink { expires_at, ..details.clone() };
        assert!(matches!(refused(&days), ShippingError::Days));
    }
    assert_eq!(store.read(|c| download_links::of_batch(c, details.batch)).unwrap(), []);
}

#[test]
fn a_file_fetched_by_a_link_begins_the_print_job_of_its_batch() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = assigned(store, 1);
    let link = NewDownloadLink { batch: batch.number, ..details(store) };
    let link = insert(store, &"a".repeat(64), &link);
    let downloads = Downloads {
        store: store.clone(),
        clock: Arc::new(FixedClock(noon(today()))),
        folder: "sheets".into(),
    };
    downloads.note(&link, "0001-001.pdf").unwrap();
    let file = delivery::file(store, batch.number).unwrap().unwrap();
    assert_eq!(file.job.state, JobState::Printing);
    let (download, by) = &file.downloads[0];
    assert_eq!((download.file.as_str(), by.by.as_str()), ("0001-001.pdf", "Xưởng in Mẫu"));
    // A batch that was given to no shop has no job to note it in.
    let other = insert(store, &"b".repeat(64), &details(store));
    downloads.note(&other, "0002-001.pdf").unwrap();
}
