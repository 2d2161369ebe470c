//! A verdict of every kind, to look at and to test with. Names in bad company are invented.

use chrono::{NaiveDate, TimeZone, Utc};

use crate::domain::calendar::{Day, Instant};
use crate::domain::ids::{LotId, ProductId};
use crate::domain::lot::{Lot, NewLot, Recall};
use crate::domain::producer::ProducerKind;
use crate::domain::product::ProductGroup;
use crate::domain::recognition::{Ruling, Stars};
use crate::domain::scan::ScanHistory;
use crate::domain::serial::{BatchNumber, Serial};
use crate::domain::verdict::{
    ByKeys, Concern, Finding, PrintedFacts, ProductFacts, RecognitionFacts, SignatureAlone, Slip,
    Verdict,
};

/// Every sample, by name; the names of the first sixteen are those of the headlines.
pub(super) fn all() -> Vec<(&'static str, Verdict)> {
    let mut samples = vec![
        ("valid", valid()),
        ("mistyped", Verdict::Mistyped(Slip::Symbols)),
        ("unknown", Verdict::Unknown(serial(7))),
        ("wrong_signature", Verdict::WrongSignature(serial(7))),
        ("never_issued", Verdict::NeverIssued(serial(7))),
        ("not_activated", not_activated()),
        ("void", bad(vec![Concern::Void])),
        ("expired", bad(vec![expired()])),
        ("suspended", bad(vec![Concern::Suspended(ruling(day(2026, 9, 15), None))])),
        ("revoked", bad(vec![revoked(Some("3763/QĐ-UBND"))])),
        ("recalled", recalled(Some("024 0000 0000"))),
        ("past_date", past_date()),
        ("not_yet", not_yet()),
        ("stars_changed", stars_changed(5, 4)),
        ("unsigned", bad(vec![Concern::Unsigned])),
        ("register_unreachable", by_keys(SignatureAlone::Absent)),
    ];
    samples.extend([
        ("register_unreachable_right", by_keys(SignatureAlone::Right)),
        ("register_unreachable_leaked", by_keys(SignatureAlone::Leaked)),
        ("register_unreachable_wrong", by_keys(SignatureAlone::Wrong)),
        ("many_concerns", bad(vec![Concern::Void, revoked(None), expired()])),
        ("recalled_without_phone", recalled(None)),
        ("seen_often", seen_often()),
        ("revoked_later", bad(vec![revoked_later()])),
        (
            "revoked_unsigned",
            bad(vec![Concern::Revoked(Ruling { signed_on: None, ..by_number() })]),
        ),
        ("more_stars", stars_changed(3, 4)),
        ("too_few_stars", stars_changed(3, 2)),
        ("keyboard", Verdict::Mistyped(Slip::Keyboard { meant: vec![serial(7)] })),
        ("keyboard_alone", Verdict::Mistyped(Slip::Keyboard { meant: vec![] })),
        ("renamed", renamed()),
        ("markup_in_names", markup()),
    ]);
    samples
}

fn by_keys(signature: SignatureAlone) -> Verdict {
    Verdict::RegisterUnreachable(ByKeys { serial: serial(1), signature })
}

/// A stamp nothing speaks against.
pub(super) fn valid() -> Verdict {
    Verdict::Known(Box::new(good()))
}

fn good() -> Finding {
    Finding {
        serial: serial(1),
        concerns: vec![],
        product: ProductFacts {
            name: "Bộ bát đĩa gốm sứ hoa sen đỏ".into(),
            group: ProductGroup::Crafts,
            gtin: None,
            net_quantity: None,
            photo: None,
            producer_name: "Công ty TNHH Gốm sứ Quang Vinh".into(),
            producer_kind: ProducerKind::Enterprise,
            producer_address: Some("Xã Bát Tràng, Thành phố Hà Nội".into()),
        },
        printed: PrintedFacts {
            product_name: "Bộ bát đĩa gốm sứ hoa sen đỏ".into(),
            producer_name: "Công ty TNHH Gốm sứ Quang Vinh".into(),
            stars: stars(5),
            gtin: None,
            decision_number: "58/QĐ-BNNMT".into(),
            signed_on: day(2025, 8, 20),
        },
        recognition: RecognitionFacts {
            stars: stars(5),
            decision_number: "58/QĐ-BNNMT".into(),
            authority: "Bộ Nông nghiệp và Môi trường".into(),
            signed_on: day(2025, 8, 20),
            effective_on: day(2025, 8, 20),
            ends_on: day(2028, 8, 20),
            product_name: "Bộ bát đĩa gốm sứ hoa sen đỏ".into(),
        },
        issued_at: at(2026, 10, 1, 2),
        activated_at: Some(at(2026, 10, 20, 3)),
        lot: Some(lot(None)),
        scans: ScanHistory::default(),
    }
}

fn bad(concerns: Vec<Concern>) -> Verdict {
    Verdict::Known(Box::new(Finding { concerns, ..doubtful() }))
}

fn doubtful() -> Finding {
    Finding {
        product: ProductFacts {
            name: "Miến dong mẫu thử nghiệm".into(),
            group: ProductGroup::Food,
            gtin: Some("09521234543213".into()),
            net_quantity: Some("500 g".into()),
            photo: Some("5e".repeat(32)),
            producer_name: "HTX Mẫu Thử Nghiệm A".into(),
            producer_kind: ProducerKind::Cooperative,
            producer_address: None,
        },
        printed: PrintedFacts {
            product_name: "Miến dong mẫu thử nghiệm".into(),
            producer_name: "HTX Mẫu Thử Nghiệm A".into(),
            stars: stars(4),
            gtin: Some("09521234543213".into()),
            decision_number: "0000/QĐ-UBND".into(),
            signed_on: day(2023, 11, 1),
        },
        recognition: RecognitionFacts {
            stars: stars(4),
            decision_number: "0000/QĐ-UBND".into(),
            authority: "UBND Thành phố Hà Nội".into(),
            signed_on: day(2023, 11, 1),
            effective_on: day(2023, 11, 1),
            ends_on: day(2026, 11, 1),
            product_name: "Miến dong mẫu thử nghiệm".into(),
        },
        ..good()
    }
}

fn not_activated() -> Verdict {
    let concerns = vec![Concern::NotActivated];
    Verdict::Known(Box::new(Finding { concerns, activated_at: None, lot: None, ..doubtful() }))
}

fn recalled(phone: Option<&str>) -> Verdict {
    let recall = Recall {
        since: day(2026, 11, 3),
        reason: "Phát hiện dị vật trong gói.".into(),
        phone: phone.map(Into::into),
    };
    let concerns = vec![Concern::Recalled(recall.clone())];
    let lot = Some(lot(Some(recall)));
    Verdict::Known(Box::new(Finding { concerns, lot, ..doubtful() }))
}

fn seen_often() -> Verdict {
    let scans = ScanHistory { count: 2_000, days: 30, first_at: Some(at(2026, 11, 1, 18)) };
    Verdict::Known(Box::new(Finding { scans, ..good() }))
}

fn past_date() -> Verdict {
    let mut lot = lot(None);
    lot.details.use_by = Some(day(2026, 11, 10));
    let concerns = vec![Concern::PastDate { use_by: day(2026, 11, 10) }];
    Verdict::Known(Box::new(Finding { concerns, lot: Some(lot), ..doubtful() }))
}

/// Signed on 20/11, in force from 28/11.
fn not_yet() -> Verdict {
    let mut finding = doubtful();
    let paper = &mut finding.recognition;
    (paper.signed_on, paper.effective_on) = (day(2026, 11, 20), day(2026, 11, 28));
    paper.ends_on = day(2029, 11, 20);
    finding.concerns = vec![Concern::NotYet {
        from: paper.effective_on,
        decision_number: paper.decision_number.clone(),
        signed_on: paper.signed_on,
    }];
    Verdict::Known(Box::new(finding))
}

fn stars_changed(printed: u8, now: u8) -> Verdict {
    let scans = ScanHistory { count: 1, days: 1, first_at: Some(at(2026, 11, 1, 1)) };
    let mut finding = Finding { scans, ..doubtful() };
    (finding.printed.stars, finding.recognition.stars) = (stars(printed), stars(now));
    finding.concerns = vec![Concern::StarsChanged { printed: stars(printed), now: stars(now) }];
    finding.recognition.decision_number = "0001/QĐ-UBND".into();
    (finding.recognition.signed_on, finding.recognition.ends_on) =
        (day(2026, 10, 5), day(2029, 10, 5));
    Verdict::Known(Box::new(finding))
}

/// Product and producer have other names today, and the present decision a third.
fn renamed() -> Verdict {
    let mut finding = doubtful();
    finding.product.name = "Miến dong mẫu tên mới".into();
    finding.product.producer_name = "HTX Mẫu Tên Mới".into();
    finding.recognition.product_name = "Miến dong mẫu theo quyết định".into();
    Verdict::Known(Box::new(finding))
}

fn markup() -> Verdict {
    let mut finding = good();
    finding.printed.product_name = "<script>alert(1)</script> & \"Mẫu\"".into();
    finding.printed.producer_name =
        "Hộ kinh doanh có một cái tên rất dài để thử trên điện thoại nhỏ".into();
    finding.product.group = ProductGroup::Herbal;
    Verdict::Known(Box::new(finding))
}

fn expired() -> Concern {
    Concern::Expired { ended_on: day(2026, 11, 1) }
}

fn revoked(number: Option<&str>) -> Concern {
    Concern::Revoked(ruling(day(2026, 10, 5), number))
}

/// Signed on 20/11, in effect from 28/11.
fn revoked_later() -> Concern {
    Concern::Revoked(Ruling { signed_on: Some(day(2026, 11, 20)), ..by_number() })
}

fn by_number() -> Ruling {
    ruling(day(2026, 11, 28), Some("3763/QĐ-UBND"))
}

fn ruling(since: Day, number: Option<&str>) -> Ruling {
    Ruling { since, number: number.map(Into::into), signed_on: Some(since) }
}

fn lot(recall: Option<Recall>) -> Lot {
    let details = NewLot {
        product: ProductId(1),
        code: "L2026-10A".into(),
        made_on: Some(day(2026, 10, 12)),
        use_by: None,
    };
    Lot { id: LotId(1), details, recall }
}

fn serial(item: u64) -> Serial {
    let batch = BatchNumber::new(43_210).unwrap();
    batch.serial(item * 3_141_592_653).unwrap()
}

fn stars(stars: u8) -> Stars {
    Stars::new(stars).unwrap()
}

fn day(year: i32, month: u32, day: u32) -> Day {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn at(year: i32, month: u32, day: u32, hour: u32) -> Instant {
    Utc.with_ymd_and_hms(year, month, day, hour, 30, 0).unwrap()
}
