use ocop_stamp::desk::keeping::{self, KeepError, Kind, Record};
use ocop_stamp::desk::{self, Worker};
use ocop_stamp::domain::audit::Entry;
use ocop_stamp::domain::quota::NewPlan;
use ocop_stamp::domain::recognition::{Authority, AuthorityLevel};
use ocop_stamp::domain::role::Organisation;
use ocop_stamp::register::authorities::AuthorityError;
use ocop_stamp::register::plans::PlanError;
use ocop_stamp::store::Store;
use ocop_stamp::store::audit_list::{AuditColumn, AuditFilter};
use ocop_stamp::store::listing::Sort;

use super::open;
use crate::desk::{approved, day, funded, issue, noon, product, today};

fn worker() -> Worker {
    let organisation = Organisation::Office;
    Worker { login: "quan.tri".into(), organisation, at: noon(today()) }
}

fn plan(code: &str) -> NewPlan {
    NewPlan {
        code: code.into(),
        stamps_per_product: 500,
        active_from: day(2026, 1, 1),
        active_to: None,
    }
}

fn keep(store: &Store, id: Option<i64>, record: &Record) -> Result<(), KeepError> {
    keeping::keep(store, &worker(), id, record)
}

fn entries(store: &Store, filter: &AuditFilter) -> Vec<String> {
    let sort = Sort { column: AuditColumn::Time, is_descending: true };
    let page = desk::page(store, &worker(), filter, sort, 1).unwrap();
    let said = |it: Entry| format!("{} {:?}", it.action.key(), it.subject);
    page.items.into_iter().map(said).collect()
}

#[test]
fn plans_are_entered_and_changed_with_what_was_used_of_them() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let order = funded(store, product(store), 300);
    issue(store, approved(store, &order));
    keep(store, None, &Record::Plan(plan("KH 2027"))).unwrap();
    keep(store, None, &Record::Plan(plan("KH 2027"))).unwrap();
    let all = keeping::all(store, Kind::Plan).unwrap();
    let used: Vec<_> = all.iter().map(|it| (it.id, it.used)).collect();
    assert_eq!(used, [(2, (0, 0)), (1, (1, 300))]);
    let longer = NewPlan { active_to: Some(day(2027, 12, 31)), ..plan("KH 2027") };
    keep(store, Some(2), &Record::Plan(longer.clone())).unwrap();
    assert_eq!(keeping::all(store, Kind::Plan).unwrap()[0].record, Record::Plan(longer));
    let taken = keep(store, Some(2), &Record::Plan(plan("KH 249/2021")));
    assert!(matches!(taken, Err(KeepError::Plan(PlanError::Taken(_)))));
    let backwards = NewPlan { active_to: Some(day(2025, 1, 1)), ..plan("KH 2028") };
    let refused = keep(store, None, &Record::Plan(backwards));
    assert!(matches!(refused, Err(KeepError::Plan(PlanError::Facts))));
    let none = keep(store, Some(77), &Record::Plan(plan("KH 2029")));
    assert!(matches!(none, Err(KeepError::Plan(PlanError::NoPlan(_)))));
}

#[test]
fn authorities_are_entered_and_changed_and_the_trail_tells() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let ministry = Authority {
        name: "Bộ Nông nghiệp và Môi trường".into(),
        level: AuthorityLevel::Ministry,
        active_from: Some(day(2025, 3, 1)),
        active_to: None,
    };
    keep(store, None, &Record::Authority(ministry.clone())).unwrap();
    keep(store, None, &Record::Authority(ministry.clone())).unwrap();
    let closed = Authority { active_to: Some(day(2026, 11, 1)), ..ministry.clone() };
    keep(store, Some(1), &Record::Authority(closed.clone())).unwrap();
    let all = keeping::all(store, Kind::Authority).unwrap();
    assert_eq!(
        all.iter().map(|it| it.record.clone()).collect::<Vec<_>>(),
        [Record::Authority(closed)]
    );
    let other = keep(store, None, &Record::Authority(ministry));
    assert!(matches!(other, Err(KeepError::Authority(AuthorityError::Taken(_)))));
    let told =
        ["authority.update Authority(AuthorityId(1))", "authority.add Authority(AuthorityId(1))"];
    assert_eq!(entries(store, &AuditFilter::default()), told);
    let by = |actor: &str| AuditFilter { actor: actor.into(), ..AuditFilter::default() };
    assert_eq!(entries(store, &by("quan.tri")).len(), 2);
    assert!(entries(store, &by("quan%tri")).is_empty(), "nothing is a wildcard");
    let what = |words: &str| AuditFilter { words: words.into(), ..AuditFilter::default() };
    assert_eq!(entries(store, &what("authority.add Nông")), told[1..]);
    let on = |day| AuditFilter { day: Some(day), ..AuditFilter::default() };
    assert_eq!(entries(store, &on(today())).len(), 2);
    assert!(entries(store, &on(day(2026, 11, 22))).is_empty());
}
