//! Stamps that are named sheet by sheet and code by code, and what is told of each.

use ocop_stamp::accounting::{self, Code, Entered, Item, Selection, StampError, Why};
use ocop_stamp::code::{text, uri};
use ocop_stamp::domain::batch::Batch;
use ocop_stamp::domain::stamp::{StampMove, StampState};

use super::counted::{counts, in_state, printing, record_sheets};
use super::open;
use crate::desk::{act, issued, serials, step};

#[test]
fn stamps_move_by_several_sheets_and_as_they_were_scanned() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 35);
    let serials = serials(store, &batch);
    record_sheets(store, &batch);
    let sheets = |numbers| Selection::Sheets { batch: batch.number, printing: printing(), numbers };
    assert_eq!(step(store, &sheets(vec![1, 4]), StampMove::ReportPrinted).moved, 15);
    let twice =
        accounting::step(store, &sheets(vec![1, 1, 1]), StampMove::ReportPrinted, "", act());
    let twice = twice.unwrap();
    let told: Vec<_> = twice.items.iter().map(|it| (it.what.clone(), it.why)).collect();
    assert_eq!(told, [(Item::Sheet(1), Why::Repeated)], "a sheet is told as a sheet, and once");
    assert_eq!(counts(&twice), (0, 10, 0));
    let missing = accounting::step(store, &sheets(vec![2, 9]), StampMove::ReportPrinted, "", act());
    assert!(matches!(missing, Err(StampError::NoSheet { number: 9, .. })), "{missing:?}");
    assert_eq!(in_state(store, &batch, StampState::Printed), 15);

    // Scanned twice, it is one stamp; one that is printed already stays as it is.
    let texts = [12, 12, 20, 0].map(|at| text::serial(serials[at]));
    let done = step(store, &named(&batch, &texts), StampMove::ReportPrinted);
    assert_eq!(counts(&done), (2, 1, 0));
    assert_eq!(done.causes(), [(Why::Repeated, 1)]);

    let other = issued(store, 1);
    let foreign = text::serial(crate::desk::serials(store, &other)[0]);
    let foreign = named(&batch, &[foreign, text::serial(serials[21])]);
    let refused = accounting::step(store, &foreign, StampMove::ReportPrinted, "", act());
    assert_eq!(refused.unwrap_err().key(), "other_batch");
    assert_eq!(in_state(store, &batch, StampState::Printed), 17, "all of them, or none");
}

/// Codes as they were scanned or typed.
fn named(batch: &Batch, texts: &[String]) -> Selection {
    Selection::Codes(batch.number, texts.iter().map(|text| Entered::read(text)).collect())
}

#[test]
fn codes_are_checked_as_a_scan_is_and_each_that_is_wrong_is_told() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let batch = issued(store, 10);
    let all = crate::desk::codes(store, &batch);
    let right = |at: usize| uri::qr_text(&batch.intent.face, all[at].0, &all[at].1);
    let forged = uri::qr_text(&batch.intent.face, all[1].0, &[7; 64]);
    let foreign = right(2).replace("VERIFY.EXAMPLE.VN", "VERIFY.EXAMPLE.COM");
    let with_gtin =
        format!("https://VERIFY.EXAMPLE.VN/01/09521234543213/21/{}", text::serial(all[3].0));
    let never = text::serial(batch.number.serial(1).unwrap());
    let texts = [right(0), forged, foreign, with_gtin, never, "không phải mã".into()];
    let refused = accounting::step(store, &named(&batch, &texts), StampMove::Spoil, "", act());
    let Err(StampError::Left(_, found)) = refused else { panic!("{refused:?}") };
    let whys: Vec<&str> = found.items.iter().map(|item| item.why.key()).collect();
    let expected =
        ["wrong_signature", "foreign_host", "wrong_signature", "never_issued", "unreadable"];
    assert_eq!(whys, expected);
    assert_eq!(found.items[1].what, Item::Text(texts[2].clone()), "by what was sent");
    assert_eq!(in_state(store, &batch, StampState::Spoiled), 0);
    // The ends of a range are codes like any other.
    let range = |first: &str, last: &str| {
        let code = |text: &str| Code::read(text).unwrap();
        Selection::Between(Box::new((code(first), code(last))))
    };
    let ends = range(&right(4), &texts[1]);
    let refused = accounting::step(store, &ends, StampMove::Spoil, "", act()).unwrap_err();
    assert_eq!(refused.key(), "wrong_signature", "{refused}");
    // Named by what was sent, and once where it is both ends.
    for ends in [ends, range(&texts[1], &texts[1])] {
        let ends = [ends.clone(), Selection::Possible(Box::new(ends))];
        for which in ends {
            let refused = accounting::step(store, &which, StampMove::Spoil, "", act());
            let Err(StampError::Left(_, found)) = refused else { panic!("{refused:?}") };
            let told: Vec<_> = found.items.iter().map(|it| (it.what.clone(), it.why)).collect();
            assert_eq!(told, [(Item::Text(texts[1].clone()), Why::WrongSignature)]);
            assert_eq!(counts(&found), (0, 0, 1));
        }
    }
    let typed = range(&right(4).to_lowercase(), &text::serial_grouped(all[6].0));
    assert_eq!(step(store, &typed, StampMove::Spoil).moved, 3);
}
