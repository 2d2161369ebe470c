use ocop_stamp::domain::inspection::{Finding, FindingKind, NewInspection};
use ocop_stamp::domain::role::Organisation;
use ocop_stamp::domain::serial::{BatchNumber, Serial};
use ocop_stamp::register::inspections::{self as acts, InspectionError};
use ocop_stamp::store::inspection_list::InspectionFilter;
use ocop_stamp::store::listing::{Listing, Viewer};
use ocop_stamp::store::{Store, audit, inspections};

use super::open;
use crate::desk::{act, by, issued, serials, today};

pub(super) fn inspection(findings: Vec<Finding>) -> NewInspection {
    NewInspection {
        inspected_on: today(),
        commune: "xã Bát Tràng".into(),
        place: "chợ gốm".into(),
        inspected: "Cửa hàng Lam".into(),
        team: "Ông Vũ Văn Soát".into(),
        findings,
        samples: Some("02 bình".into()),
        requests: None,
        remedy_by: Some(today()),
    }
}

pub(super) fn finding(kind: FindingKind, first: Serial, last: Serial) -> Finding {
    Finding { kind, first, last, note: Some("kệ 3".into()) }
}

fn about(store: &Store, serial: Serial) -> Vec<i64> {
    let found = store.read(|register| inspections::about(register, serial)).unwrap();
    found.into_iter().map(|inspection| inspection.id.0).collect()
}

fn recorded(store: &Store) -> u64 {
    let viewer = Viewer { organisation: Organisation::Office, today: today() };
    store.read(|register| InspectionFilter::default().count(register, viewer)).unwrap()
}

#[test]
fn an_inspection_is_kept_once_and_found_by_the_stamps_it_is_about() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let stamps = serials(store, &issued(store, 5));
    let new = inspection(vec![
        finding(FindingKind::InOrder, stamps[0], stamps[0]),
        finding(FindingKind::Copied, stamps[2], stamps[4]),
    ]);
    let made = acts::record(store, &new, "key", by("soát")).unwrap();
    assert_eq!((&made.details, made.done.by.as_str()), (&new, "soát"));
    assert_eq!(acts::record(store, &new, "key", by("soát")).unwrap(), made);
    assert_eq!(recorded(store), 1);
    assert_eq!(about(store, stamps[3]), [made.id.0]);
    assert!(about(store, stamps[1]).is_empty(), "between the two");
    let entries = store.read(|c| audit::history(c, made.id)).unwrap();
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].to_string(), "inspection.record: findings: 2");
}

#[test]
fn what_cannot_have_been_found_is_not_recorded() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let stamps = serials(store, &issued(store, 2));
    let refused = |new: NewInspection| acts::record(store, &new, "key", act()).unwrap_err();
    let blank = NewInspection { team: " ".into(), ..inspection(Vec::new()) };
    assert!(matches!(refused(blank), InspectionError::Blank));
    let tomorrow = today().succ_opt().unwrap();
    let early = NewInspection { inspected_on: tomorrow, remedy_by: None, ..inspection(Vec::new()) };
    assert!(matches!(refused(early), InspectionError::FutureDay(_)));
    let late = NewInspection { remedy_by: today().pred_opt(), ..inspection(Vec::new()) };
    assert!(matches!(refused(late), InspectionError::Remedy(_)));
    let backwards = inspection(vec![finding(FindingKind::Damaged, stamps[1], stamps[0])]);
    assert!(matches!(refused(backwards), InspectionError::Range));
    let never = *BatchNumber::new(99).unwrap().serials().start();
    let unknown = inspection(vec![finding(FindingKind::Damaged, never, never)]);
    assert!(matches!(refused(unknown), InspectionError::NoStamp(_)));
    assert_eq!(recorded(store), 0);
}
