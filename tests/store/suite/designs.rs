use std::fs;
use std::path::Path;

use ocop_stamp::domain::act::Act;
use ocop_stamp::domain::batch::Batch;
use ocop_stamp::domain::calendar::Day;
use ocop_stamp::domain::design::{
    DesignMove, DesignRef, DesignState, DesignVersion, NewDesign, NoRight,
};
use ocop_stamp::press::approved::approved;
use ocop_stamp::press::{self, Form, Intent, Part, PrintOrder, UnprintableDesign, Vdp};
use ocop_stamp::printing::{ErrorCorrection, Layout, LeftOut, Split};
use ocop_stamp::register::designs::{self as acts, DesignError};
use ocop_stamp::store::{Store, audit, designs};

use super::open;
use crate::desk::{act, act_on, approve_design, day, issued, shipped_design, sql, today};

const NAME: &str = "qr-20";

fn other() -> Act<'static> {
    Act { by: "Lê Văn Duyệt", ..act() }
}

fn reference(text: &str) -> DesignRef {
    DesignRef::parse(text)
}

/// The second version: the same files under a right that followed.
fn renewed() -> NewDesign {
    let mut design = shipped_design(NAME);
    design.right.until = Some(day(2029, 12, 31));
    design
}

fn submitted(store: &Store, design: &NewDesign) -> DesignVersion {
    let added = acts::add(store, design, "", act()).unwrap();
    acts::step(store, &added.reference(), DesignMove::Submit, "", act()).unwrap()
}

fn stored(store: &Store, wanted: &str) -> DesignVersion {
    store.read(|register| designs::find(register, &reference(wanted))).unwrap().unwrap()
}

#[test]
fn a_design_is_added_once_counted_by_its_name_and_kept_byte_for_byte() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let new = shipped_design(NAME);
    let first = acts::add(store, &new, "bản đầu", act()).unwrap();
    for _ in 0..10 {
        assert_eq!(acts::add(store, &new, "", act()).unwrap(), first);
    }
    assert_eq!((first.version, first.state), (1, DesignState::Draft));
    let files = store.read(|c| designs::files(c, first.id)).unwrap();
    assert!(files.len() == 2 && files.iter().all(|file| new.files.contains(file)), "other files");
    let second = acts::add(store, &renewed(), "", act()).unwrap();
    assert_eq!((second.version, second.sha256 == first.sha256), (2, true));
    let elsewhere = acts::add(store, &shipped_design("sen-25x35"), "", act()).unwrap();
    assert_eq!(elsewhere.version, 1);
    // Of what is there already, the version that it is.
    assert_eq!(acts::add(store, &new, "", act()).unwrap(), first);
    assert_eq!(store.read(|c| designs::versions(c, NAME)).unwrap(), [first, second.clone()]);
    assert_eq!(stored(store, NAME), second);
    for name in ["", "a@1", "a/b"] {
        let named = NewDesign { name: name.into(), ..new.clone() };
        let refused = acts::add(store, &named, "", act()).unwrap_err();
        assert!(matches!(refused, DesignError::Name(_)), "{refused}");
    }
}

#[test]
fn every_step_of_a_design_is_in_the_audit_trail_once_and_says_who_and_why() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let version = approve_design(store, &shipped_design(NAME));
    assert_eq!(version.decided.as_ref().unwrap().0.by, other().by);
    let wanted = version.reference();
    let again = acts::step(store, &wanted, DesignMove::Approve, "", other()).unwrap();
    assert_eq!(again, version);
    for _ in 0..2 {
        let gone = acts::step(store, &wanted, DesignMove::Withdraw, "mẫu cũ", other()).unwrap();
        assert_eq!(gone.state, DesignState::Withdrawn);
        assert_eq!(gone.withdrawn.as_ref().unwrap().1, "mẫu cũ");
        assert_eq!(gone, stored(store, NAME));
        assert_eq!(gone.decided, version.decided, "what was decided stays");
    }
    let noted = store.read(|c| audit::history(c, version.id)).unwrap();
    let actions: Vec<&str> = noted.iter().map(|it| it.action.key()).collect();
    assert_eq!(actions, ["design.add", "design.submit", "design.approve", "design.withdraw"]);
    let added = noted[0].to_string();
    assert!(added.contains(&version.sha256), "{added}");
    assert!(added.contains("until: 2027-12-31"), "{added}");
    assert_eq!(noted[3].reason.as_deref(), Some("mẫu cũ"));
}

#[test]
fn who_added_or_submitted_a_design_does_not_approve_it() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let added = acts::add(store, &shipped_design(NAME), "", act()).unwrap();
    let wanted = added.reference();
    let early = acts::step(store, &wanted, DesignMove::Approve, "", other()).unwrap_err();
    assert!(matches!(early, DesignError::Move { .. }), "{early}");
    acts::step(store, &wanted, DesignMove::Submit, "", other()).unwrap();
    for by in [act().by, other().by, " lê văn duyệt ", " "] {
        let refused = acts::step(store, &wanted, DesignMove::Approve, "", Act { by, ..act() });
        let refused = refused.unwrap_err();
        assert!(matches!(refused, DesignError::SamePerson { .. }), "{by}: {refused}");
    }
    assert_eq!(stored(store, NAME).state, DesignState::Submitted);
    for by in [act().by, other().by] {
        let approve = format!(
            "UPDATE designs SET state = 'approved', decided_by = '{by}', decision_reason = '', \
             decided_at = '2026-11-23 05:00:00'"
        );
        assert!(sql(store, &approve).is_err(), "the database lets {by} approve");
    }
    let third = Act { by: "Phạm Thị Ba", ..act() };
    acts::step(store, &wanted, DesignMove::Approve, "", third).unwrap();
}

#[test]
fn no_design_is_submitted_or_approved_without_a_right_to_the_mark_on_the_day() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let mut without = shipped_design(NAME);
    without.right.granted_by = None;
    let added = acts::add(store, &without, "", act()).unwrap();
    let refused = acts::step(store, &added.reference(), DesignMove::Submit, "", act());
    let missing = NoRight::Missing;
    assert!(matches!(refused, Err(DesignError::Right { because, .. }) if because == missing));

    let short = submitted(store, &shipped_design(NAME));
    let (last, after) = (day(2027, 12, 31), day(2028, 1, 1));
    let approve = |on| {
        let act = Act { by: other().by, ..act_on(on) };
        acts::step(store, &short.reference(), DesignMove::Approve, "", act)
    };
    let refused = approve(after);
    let ended = NoRight::Ended(last);
    assert!(matches!(refused, Err(DesignError::Right { because, .. }) if because == ended));
    assert_eq!(approve(last).unwrap().state, DesignState::Approved);
}

#[test]
fn a_design_is_rejected_and_withdrawn_with_a_reason_only() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let version = submitted(store, &shipped_design(NAME)).reference();
    for step in [DesignMove::Reject, DesignMove::Withdraw] {
        let refused = acts::step(store, &version, step, " ", other()).unwrap_err();
        assert!(matches!(refused, DesignError::NoReason(_)), "{refused}");
    }
    let rejected = acts::step(store, &version, DesignMove::Reject, "chữ nhỏ", other()).unwrap();
    assert_eq!(rejected, stored(store, NAME));
    assert_eq!(rejected.decided.unwrap().1, "chữ nhỏ");
    assert!(acts::step(store, &version, DesignMove::Approve, "", other()).is_err());
    let nowhere = acts::step(store, &reference("mai"), DesignMove::Submit, "", act()).unwrap_err();
    assert!(nowhere.to_string().contains("ocop design add"), "{nowhere}");
}

/// How a batch is printed with a design; refused where it may not be.
fn order(
    store: &Store,
    batch: &Batch,
    (wanted, on): (&str, Day),
    out: &Path,
) -> Result<PrintOrder, UnprintableDesign> {
    let layout = Layout::by_name("a4").unwrap().unwrap();
    Ok(PrintOrder {
        batch: batch.number,
        design: approved(store, batch.number, &layout.name, &reference(wanted), on)?,
        layout,
        level: ErrorCorrection::M,
        intent: Some(Intent::named("coated").unwrap()),
        split: Split::default(),
        lot: None,
        without: LeftOut::default(),
        out: out.to_owned(),
        office: "Văn phòng Điều phối".into(),
    })
}

#[test]
fn sheets_are_printed_only_with_an_approved_design_in_time() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 2);
    let folder = tempfile::tempdir().unwrap();
    let why = |wanted: &str, on| {
        order(store, &batch, (wanted, on), folder.path()).unwrap_err().to_string()
    };
    assert!(why(NAME, today()).contains("ocop design add"), "{}", why(NAME, today()));
    let version = submitted(store, &shipped_design(NAME)).reference();
    assert!(why(NAME, today()).contains("is “submitted”, not approved"));
    acts::step(store, &version, DesignMove::Approve, "", other()).unwrap();
    assert!(why("sen", today()).contains("there is qr-20"));
    assert!(why("qr-20@2", today()).contains("qr-20@2"));
    assert!(why(NAME, day(2028, 1, 1)).contains("ended on 31/12/2027"));
    let late = order(store, &batch, (NAME, day(2027, 12, 31)), folder.path()).unwrap();
    acts::step(store, &version, DesignMove::Withdraw, "mẫu cũ", other()).unwrap();
    assert!(why(NAME, today()).contains("is “withdrawn”, not approved"));
    let refused = press::print(store, &late, |_| ()).unwrap_err().to_string();
    assert!(refused.contains("withdrawn while"), "{refused}");
    assert!(!folder.path().join("0001/0001-a4-qr-20-001.pdf").exists());
}

#[test]
fn a_design_whose_files_were_changed_in_the_register_is_not_printed() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 2);
    approve_design(store, &shipped_design(NAME));
    sql(store, "UPDATE designs SET sha256 = replace(sha256, substr(sha256, 1, 1), 'x')").unwrap();
    let refused = order(store, &batch, (NAME, today()), Path::new("nowhere")).unwrap_err();
    assert!(refused.to_string().contains("design files"), "{refused}");
}

#[test]
fn a_batch_printed_again_has_the_version_it_was_printed_with() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 100);
    let folder = tempfile::tempdir().unwrap();
    approve_design(store, &shipped_design(NAME));
    let order = |wanted| order(store, &batch, (wanted, today()), folder.path()).unwrap();
    let part = |wanted| press::print_again(store, &order(wanted), &Part::Sheets(1..=1), |_| ());
    let files = press::print(store, &order(NAME), |_| ()).unwrap();
    let whole = fs::read(&files.volumes[0].0).unwrap();
    let sheet = fs::read(part(NAME).unwrap().0).unwrap();
    approve_design(store, &renewed());

    assert_eq!(order(NAME).design.design().data.version, 1);
    press::print(store, &order(NAME), |_| ()).unwrap();
    assert!(fs::read(&files.volumes[0].0).unwrap() == whole, "another file");
    assert!(fs::read(part(NAME).unwrap().0).unwrap() == sheet, "another sheet");
    let refused = part("qr-20@2").unwrap_err().to_string();
    assert!(refused.contains("with design qr-20@1") && refused.contains("qr-20@2"), "{refused}");
    let form = Form::Vdp(Vdp::default());
    assert!(press::hand_over(store, &order("qr-20@2"), form, Some(1..=1), |_| ()).is_err());

    press::print(store, &order("qr-20@2"), |_| ()).unwrap();
    assert!(fs::read(&files.volumes[0].0).unwrap() != whole, "the slug names the version");
    let summary = fs::read_to_string(&files.summary).unwrap();
    assert!(summary.contains("\"version\": 2"), "{summary}");
    assert_eq!(order(NAME).design.design().data.version, 2, "the printing has moved on");
    // Another batch begins with the latest.
    let second = issued(store, 2);
    let next = approved(store, second.number, "a4", &reference(NAME), today()).unwrap();
    assert_eq!(next.design().data.version, 2);
}

#[test]
fn two_who_print_with_different_versions_at_a_time_do_not_mix_them() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 2);
    let folder = tempfile::tempdir().unwrap();
    approve_design(store, &shipped_design(NAME));
    approve_design(store, &renewed());
    let order = |wanted| order(store, &batch, (wanted, today()), folder.path()).unwrap();
    let (one, other) = (order("qr-20@1"), order("qr-20@2"));
    press::print(store, &one, |_| ()).unwrap();
    let refused = press::print(store, &other, |_| ()).unwrap_err().to_string();
    assert!(refused.contains("print again"), "{refused}");
    press::print(store, &order("qr-20@2"), |_| ()).unwrap();
}
