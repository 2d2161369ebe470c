use chrono::TimeDelta;
use ocop_stamp::domain::audit::Subject;
use ocop_stamp::domain::calendar::vietnam_day;
use ocop_stamp::domain::ids::ReportId;
use ocop_stamp::domain::report::{NewReport, Report, ReportKind, ReportState, ReportStep};
use ocop_stamp::domain::role::Organisation;
use ocop_stamp::domain::serial::{BatchNumber, Serial};
use ocop_stamp::register::reports::{self as acts, ReportError};
use ocop_stamp::store::listing::{Listing, Sort, Viewer};
use ocop_stamp::store::report_list::{ReportColumn, ReportFilter};
use ocop_stamp::store::{Store, audit, reports};

use super::open;
use crate::desk::{act, issued, noon, serials, today};

fn report(serial: Option<Serial>, seen: &str) -> NewReport {
    NewReport {
        kind: ReportKind::Copied,
        code: serial.map(|_| "AB12".into()),
        serial,
        seen: seen.into(),
        bought_at: Some("chợ Bưởi".into()),
        contact: Some("0900 000 000".into()),
    }
}

fn send(store: &Store, receipt: char, new: &NewReport) -> Result<Report, ReportError> {
    let at = noon(today());
    let receipt = receipt.to_string().repeat(64);
    acts::send(store, new, &receipt, (at, at - TimeDelta::days(1)))
}

fn found(store: &Store, filter: &ReportFilter, column: ReportColumn) -> Vec<i64> {
    let viewer = Viewer { organisation: Organisation::Office, today: today() };
    let sort = Sort { column, is_descending: false };
    let part = store.read(|register| filter.part(register, viewer, sort, (0, 10))).unwrap();
    let total = store.read(|register| filter.count(register, viewer)).unwrap();
    assert_eq!(part.len() as u64, total);
    part.into_iter().map(|it| it.report.id.0).collect()
}

fn got(store: &Store, id: ReportId) -> Report {
    store.read(|register| reports::get(register, id)).unwrap().unwrap()
}

#[test]
fn a_report_is_kept_once_with_the_product_of_its_stamp() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 2);
    let new = report(Some(serials(store, &batch)[0]), "Tem bong mép");
    let made = send(store, 'a', &new).unwrap();
    assert_eq!((&made.details, made.product), (&new, Some(batch.intent.product)));
    assert_eq!(send(store, 'a', &new).unwrap(), made);
    let other = report(None, "Điều khác");
    assert!(matches!(send(store, 'a', &other), Err(ReportError::KeyTaken)));
    let never = *BatchNumber::new(99).unwrap().serials().start();
    assert_eq!(send(store, 'b', &report(Some(never), "Mã lạ")).unwrap().product, None);
    let trail = store.read(|c| audit::history(c, made.id)).unwrap();
    assert_eq!(trail.len(), 1);
    assert_eq!(trail[0].to_string(), "report.send: report_kind: copied");
}

#[test]
fn reports_are_found_by_what_they_say_and_by_their_product_without_accents() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 1);
    let ours = send(store, 'a', &report(Some(serials(store, &batch)[0]), "Tem bong mép")).unwrap();
    let other = send(store, 'b', &report(None, "Có mùi lạ")).unwrap();
    acts::step(store, other.id, &ReportStep::TakeUp, act()).unwrap();
    let (one, two) = (ours.id.0, other.id.0);
    let words = |words: &str| ReportFilter { words: words.into(), ..ReportFilter::default() };
    let by_number = |filter: ReportFilter| found(store, &filter, ReportColumn::Number);
    assert_eq!(by_number(words("bong mep")), [one]);
    assert_eq!(by_number(words("gom su")), [one]);
    assert_eq!(by_number(words("cho buoi")), [one, two]);
    let states = vec![ReportState::UnderReview];
    assert_eq!(by_number(ReportFilter { states, ..ReportFilter::default() }), [two]);
    let product = Some((batch.intent.product, String::new()));
    assert_eq!(by_number(ReportFilter { product, ..ReportFilter::default() }), [one]);
    assert_eq!(found(store, &ReportFilter::default(), ReportColumn::Product), [one, two]);
    let elsewhere = Viewer {
        organisation: Organisation::PrintShop(ocop_stamp::domain::ids::ShopId(1)),
        today: vietnam_day(noon(today())),
    };
    let seen = store.read(|register| ReportFilter::default().count(register, elsewhere)).unwrap();
    assert_eq!(seen, 0, "reports are the office's alone");
}

#[test]
fn a_report_is_answered_once_and_noted_on_at_any_time() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let id = send(store, 'a', &report(None, "Có mùi lạ")).unwrap().id;
    let answer = ReportStep::Answer("Đã xem.".into());
    acts::step(store, id, &answer, act()).unwrap();
    acts::step(store, id, &ReportStep::Note("Đã gọi.".into()), act()).unwrap();
    let report = got(store, id);
    assert_eq!(report.answer.as_deref(), Some("Đã xem."));
    assert_eq!((report.state, report.settled_at), (ReportState::Answered, Some(act().at)));
    let closing = acts::step(store, id, &ReportStep::Close("x".into()), act());
    assert!(matches!(closing, Err(ReportError::Moved(ReportState::Answered))));
    let blank = acts::step(store, id, &ReportStep::Note(" ".into()), act());
    assert!(matches!(blank, Err(ReportError::NoText)));
}

#[test]
fn contacts_are_erased_some_days_after_the_end_and_the_trail_has_their_count() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let [settled, open_one] =
        ['a', 'b'].map(|receipt| send(store, receipt, &report(None, "Có mùi lạ")).unwrap().id);
    acts::step(store, settled, &ReportStep::Close("không đủ căn cứ".into()), act()).unwrap();
    let erase = |before| acts::erase_contacts(store, before, act()).unwrap();
    assert_eq!(erase(act().at), 0, "it was settled just then");
    let later = act().at + TimeDelta::days(90);
    assert_eq!((erase(later), erase(later)), (1, 0));
    let report_of = got(store, settled);
    assert_eq!((report_of.details.contact, report_of.contact_erased_at), (None, Some(act().at)));
    assert!(got(store, open_one).details.contact.is_some(), "the office may still ask back");
    let trail = store.read(|c| audit::history(c, Subject::Register)).unwrap();
    assert_eq!(trail.last().unwrap().to_string(), "report.erase_contacts: count: 1");
    assert_eq!(send(store, 'a', &report(None, "Có mùi lạ")).unwrap().id, settled);
}
