//! A verdict of every kind, to look at and to test with. Names in bad company are invented.

use chrono::{NaiveDate, TimeZone, Utc};

use crate::domain::calendar::{Day, Instant};
use crate::domain::ids::{LotId, ProductId};
use crate::domain::lot::{Lot, NewLot, Recall};
use crate::domain::producer::ProducerKind;
use crate::domain::product::ProductGroup;
use crate::domain::recognition::Stars;
use crate::domain::scan::ScanHistory;
use crate::domain::serial::{BatchNumber, Serial};
use crate::domain::verdict::{
    ByKeys, Concern, Finding, ProductFacts, RecognitionFacts, SignatureAlone, Verdict,
};

/// Every sample, by name; the names of the first twelve are those of the headlines.
pub(super) fn all() -> Vec<(&'static str, Verdict)> {
    let mut samples = vec![
        ("valid", valid()),
        ("mistyped", Verdict::Mistyped),
        ("unknown", Verdict::Unknown(serial(7))),
        ("wrong_signature", Verdict::WrongSignature(serial(7))),
        ("never_issued", Verdict::NeverIssued(serial(7))),
        ("not_activated", not_activated()),
        ("void", bad(vec![Concern::Void])),
        ("expired", bad(vec![expired()])),
        ("suspended", bad(vec![Concern::Suspended { since: day(2026, 9, 15) }])),
        ("revoked", bad(vec![revoked(Some("3763/QĐ-UBND"))])),
        ("recalled", recalled(Some("024 0000 0000"))),
        ("register_unreachable", by_keys(SignatureAlone::Absent)),
    ];
    samples.extend([
        ("register_unreachable_right", by_keys(SignatureAlone::Right)),
        ("register_unreachable_leaked", by_keys(SignatureAlone::Leaked)),
        ("register_unreachable_wrong", by_keys(SignatureAlone::Wrong)),
        ("many_concerns", bad(vec![Concern::Void, revoked(None), expired()])),
        ("recalled_without_phone", recalled(None)),
        ("seen_often", seen_often()),
        ("stars_changed", stars_changed()),
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
        recognition: RecognitionFacts {
            stars: stars(5),
            decision_number: "58/QĐ-BNNMT".into(),
            authority: "Bộ Nông nghiệp và Môi trường".into(),
            signed_on: day(2025, 8, 20),
            ends_on: day(2028, 8, 20),
        },
        printed_stars: stars(5),
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
        recognition: RecognitionFacts {
            stars: stars(4),
            decision_number: "0000/QĐ-UBND".into(),
            authority: "UBND Thành phố Hà Nội".into(),
            signed_on: day(2023, 11, 1),
            ends_on: day(2026, 11, 1),
        },
        printed_stars: stars(4),
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
    let lot = Some(lot(Some(recall)));
    Verdict::Known(Box::new(Finding { concerns: vec![Concern::Recalled], lot, ..doubtful() }))
}

fn seen_often() -> Verdict {
    let scans = ScanHistory { count: 2_000, days: 30, first_at: Some(at(2026, 11, 1, 18)) };
    Verdict::Known(Box::new(Finding { scans, ..good() }))
}

fn stars_changed() -> Verdict {
    let scans = ScanHistory { count: 1, days: 1, first_at: Some(at(2026, 11, 1, 1)) };
    Verdict::Known(Box::new(Finding { printed_stars: stars(4), scans, ..good() }))
}

fn markup() -> Verdict {
    let mut finding = good();
    finding.product.name = "<script>alert(1)</script> & \"Mẫu\"".into();
    finding.product.producer_name =
        "Hộ kinh doanh có một cái tên rất dài để thử trên điện thoại nhỏ".into();
    finding.product.group = ProductGroup::Herbal;
    Verdict::Known(Box::new(finding))
}

fn expired() -> Concern {
    Concern::Expired { ended_on: day(2026, 11, 1) }
}

fn revoked(number: Option<&str>) -> Concern {
    Concern::Revoked { since: day(2026, 10, 5), decision_number: number.map(Into::into) }
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
