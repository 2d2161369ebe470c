//! Whom and what rows mean that write a name otherwise, or a number of somebody else's.

use std::slice::from_ref;

use ocop_stamp::domain::annex::{About, AnnexEntry, Outcome, Said};
use ocop_stamp::domain::ids::{ProducerId, ProductId};
use ocop_stamp::domain::naming::Answer;
use ocop_stamp::domain::producer::ProducerKind;

use super::naming::{doubt, import, names, row};
use super::open;
use crate::desk::enter;

#[test]
fn a_legal_form_written_short_or_in_full_is_asked_about_once() {
    let Some(register) = open() else { return };
    let store = &register.store;
    for (one, other) in [
        ("HTX Mẫu Một", "Hợp tác xã Mẫu Một"),
        ("Hộ kinh doanh Mẫu Hai", "HKD Mẫu Hai"),
        ("CTCP Mẫu Ba", "Công ty Cổ phần Mẫu Ba"),
        ("Công ty TNHH Mẫu Bốn", "Cty TNHH MTV Mẫu Bốn"),
        ("DNTN Mẫu Năm", "Doanh nghiệp tư nhân Mẫu Năm"),
        ("HTX DVNN Mẫu Sáu", "Hợp tác xã dịch vụ nông nghiệp Mẫu Sáu"),
    ] {
        let of = |name: &str| {
            let mut row = row(name, None, "Gạo mẫu");
            row.producer.kind = intake_kind(name);
            row
        };
        assert_eq!(import(store, &[of(one)]), [Outcome::Entered(Vec::new())], "{one}");
        let (about, ids, may_be_new) = doubt(&import(store, &[of(other)])[0]);
        assert_eq!((about, ids.len(), may_be_new), (About::Producer, 1, true), "{other}");
        let said = Said { producer: Some(Answer::Same(ProducerId(ids[0]))), product: None };
        import(store, &[AnnexEntry { said, ..of(other) }]);
        assert!(!matches!(import(store, &[of(other)])[0], Outcome::Unclear(_)), "{other}");
    }
    assert_eq!(names(store).len(), 6);
}

/// The kind of a producer by what its name begins with.
fn intake_kind(name: &str) -> ProducerKind {
    let household = ["Hộ", "HKD"].iter().any(|it| name.starts_with(it));
    let cooperative = ["HTX", "Hợp"].iter().any(|it| name.starts_with(it));
    match (household, cooperative) {
        (true, _) => ProducerKind::HouseholdBusiness,
        (_, true) => ProducerKind::Cooperative,
        _ => ProducerKind::Enterprise,
    }
}

#[test]
fn a_tax_code_with_a_wholly_other_name_is_asked_about_once() {
    let Some(register) = open() else { return };
    let store = &register.store;
    import(store, &[row("HTX Đồng Mẫu", Some("0101234567"), "Gạo mẫu")]);
    let other = row("HTX Khác Hẳn", Some("0101234567"), "Kẹo mẫu");
    let (about, ids, may_be_new) = doubt(&import(store, from_ref(&other))[0]);
    assert_eq!((about, may_be_new), (About::Producer, false));
    let said = |answer| Said { producer: Some(answer), product: None };
    let new = AnnexEntry { said: said(Answer::New), ..other.clone() };
    assert_eq!(doubt(&import(store, &[new])[0]).0, About::Producer);
    let same = AnnexEntry { said: said(Answer::Same(ProducerId(ids[0]))), ..other.clone() };
    assert!(matches!(import(store, &[same])[0], Outcome::Entered(_)));
    assert!(!matches!(import(store, &[other])[0], Outcome::Unclear(_)));
}

#[test]
fn a_gtin_of_another_producers_product_is_not_entered() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let gtin = Some("9521234543213".parse().unwrap());
    let known = enter(store, &AnnexEntry { gtin, ..row("HTX Đồng Mẫu", None, "Gạo mẫu") });
    let other = AnnexEntry { gtin, ..row("HTX Khác", None, "Kẹo mẫu") };
    let asked = doubt(&import(store, from_ref(&other))[0]);
    assert_eq!(asked, (About::Gtin, vec![known.0], false));
    import(store, &[row("HTX Khác", None, "Kẹo mẫu")]);
    assert_eq!(doubt(&import(store, from_ref(&other))[0]), asked);
    assert_eq!(names(store).len(), 2);
}

#[test]
fn what_is_written_otherwise_and_is_one_is_no_difference() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let of = |producer: &str, product: &str, quantity: &str, address: &str| {
        let mut row = row(producer, None, product);
        row.net_quantity = Some(quantity.into());
        row.producer.address = Some(address.into());
        row
    };
    import(store, &[of("HTX Mẫu", "Mứt hoà quý", "500 g", "Thôn Thuỷ, Hà Nội")]);
    let again = of("HTX MẪU", "MỨT HÒA  QUÝ", "500g", "thôn Thủy, Hà Nội");
    assert_eq!(import(store, &[again]), [Outcome::Same]);
}

#[test]
fn an_answer_that_cannot_be_or_that_nobody_asked_for_is_told() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let known = row("HTX Mẫu", None, "Gạo mẫu");
    let id = enter(store, &known);
    let misanswered = |said: Said, row: &AnnexEntry| {
        let outcome = import(store, &[AnnexEntry { said, ..row.clone() }]).remove(0);
        let Outcome::Unclear(doubt) = outcome else { panic!("{outcome:?}") };
        doubt.is_misanswered
    };
    let product = |answer| Said { producer: None, product: Some(answer) };
    let producer = |answer| Said { producer: Some(answer), product: None };
    assert!(misanswered(product(Answer::New), &known));
    assert!(misanswered(product(Answer::Same(ProductId(id.0 + 7))), &known));
    assert!(misanswered(producer(Answer::Same(ProducerId(77))), &known));
    assert!(misanswered(producer(Answer::New), &known));
    let new = row("HTX Mới", None, "Kẹo mẫu");
    assert!(misanswered(producer(Answer::Same(ProducerId(77))), &new));
    assert!(misanswered(product(Answer::Same(id)), &new));
    assert!(misanswered(product(Answer::Same(ProductId(77))), &row("HTX Mẫu", None, "Kẹo mẫu")));
    assert_eq!(names(store).len(), 1);
    let right = AnnexEntry { said: product(Answer::Same(id)), ..known };
    assert_eq!(import(store, &[right]), [Outcome::Same]);
    let asked_of_nobody = AnnexEntry { said: producer(Answer::New), ..new };
    assert_eq!(
        import(store, std::slice::from_ref(&asked_of_nobody)),
        [Outcome::Entered(Vec::new())]
    );
    assert_eq!(import(store, &[asked_of_nobody]), [Outcome::Same], "it can be repeated");
}
