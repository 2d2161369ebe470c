//! Official papers.

use crate::papers::words;
use crate::{file, render};
use ocop_stamp::domain::calendar::Day;
use ocop_stamp::domain::inspection::{FindingKind, NewInspection};
use ocop_stamp::domain::stamp::StampState;
use ocop_stamp::domain::tally::Tally;
use ocop_stamp::papers::PaperFonts;
use ocop_stamp::papers::destruction::DestructionMinutes;
use ocop_stamp::papers::hand_over::{HandOverMinutes, Received, Side};
use ocop_stamp::papers::inspection::{Found, InspectionMinutes};
use ocop_stamp::papers::official::{Document, Reference};
use ocop_stamp::papers::order_slip::OrderSlip;
use ocop_stamp::papers::reconciliation::{Account, Run, Statement};
use rxing::common::HybridBinarizer;
use rxing::qrcode::cpp_port::QrReader;
use rxing::{BinaryBitmap, Luma8LuminanceSource, Reader};

const OFFICE: &str = "Văn phòng Điều phối Chương trình xây dựng nông thôn mới thành phố Hà Nội";
const ADDRESS: &str = "https://verify.example.vn/giay/0123456789abcdef0123456789abcdef";

fn day(month: u32, day: u32) -> Day {
    Day::from_ymd_opt(2026, month, day).unwrap()
}

fn slip() -> Document {
    OrderSlip {
        office: OFFICE,
        order: 7,
        placed_on: day(2, 5),
        producer_name: "Hợp tác xã Sen Tây Hồ",
        tax_code: Some("0100000000"),
        address: Some("Số 1, tổ 2, phường Tây Hồ, Thành phố Hà Nội"),
        product_name: "Trà ướp sen Tây Hồ hộp 100 g",
        recognition: Some((4, "1147/QĐ-UBND", day(1, 4), Day::from_ymd_opt(2029, 1, 4).unwrap())),
        stamps: 2_000,
        plan: Some("KH 249/2021"),
        wanted_on: Some(day(12, 20)),
    }
    .document()
}

fn minutes() -> Document {
    HandOverMinutes {
        giver: Side {
            name: "Công ty TNHH In Bao bì Hoa Mai",
            address: Some("Số 9, phường Hoàng Mai, Thành phố Hà Nội"),
            known_by: Some(("Giấy phép hoạt động in", "12/GP-STTTT")),
        },
        receiver: Side {
            name: "Hợp tác xã Sen Tây Hồ",
            address: Some("Số 1, tổ 2, phường Tây Hồ, Thành phố Hà Nội"),
            known_by: Some(("Mã số thuế", "0100000000")),
        },
        minutes: "BG-01",
        handed_on: day(11, 24),
        batch: "0001",
        serials: &["từ 0001-0000-0000 đến 0001-0000-01YF (1.997 tem)".to_owned()],
        product_name: "Trà ướp sen Tây Hồ hộp 100 g",
        stated: 1_997,
        moved: 1_997,
        received: Some(Received {
            stamps: 1_996,
            on: day(11, 25),
            reason: Some("thiếu 01 tem ở tờ 12"),
        }),
    }
    .document()
}

fn statement(runs: u32) -> Document {
    let mut tally = Tally::default();
    for (state, handed_over, stamps) in [
        (StampState::Spoiled, false, 3),
        (StampState::Activated, true, 1_500),
        (StampState::HandedOver, true, 496),
        (StampState::Lost, true, 1),
    ] {
        tally.add(state, handed_over, stamps);
    }
    let run = |number: u32| Run {
        first: format!("0001-{number:04}-0000"),
        last: format!("0001-{number:04}-0019"),
        state: StampState::ALL[number as usize % 8],
        handed_over: number.is_multiple_of(2),
        stamps: 10,
    };
    let account = Account {
        batch: "0001".into(),
        replaces: None,
        tally,
        differences: vec!["Biên bản BG-01 ghi 1.997 tem, chủ thể nhận 1.996 tem.".into()],
        signed_off: Some("đã lập biên bản về tem thiếu ở tờ 12".into()),
        runs: (0..runs).map(run).collect(),
        has_more: false,
    };
    Statement {
        office: OFFICE,
        day: day(11, 30),
        product_name: "Trà ướp sen Tây Hồ hộp 100 g",
        producer_name: "Hợp tác xã Sen Tây Hồ",
        shop_name: Some("Công ty TNHH In Bao bì Hoa Mai"),
        accounts: &[account],
        is_settled: true,
    }
    .document()
}

fn destruction() -> Document {
    let run = Run {
        first: "0001-0000-0100".into(),
        last: "0001-0000-0150".into(),
        state: StampState::HandedOver,
        handed_over: true,
        stamps: 40,
    };
    DestructionMinutes {
        office: OFFICE,
        minutes: "TH-02",
        destroyed_on: day(12, 9),
        place: "trụ sở Văn phòng, số 1 phố Sen",
        witnesses: "Ông Đỗ Văn Chứng, cán bộ phường Tây Hồ; bà Ngô Thị Kiến, Hợp tác xã Sen Tây Hồ",
        reason: "thu hồi Giấy chứng nhận theo Quyết định số 58",
        batch: "0001",
        product_name: "Trà ướp sen Tây Hồ hộp 100 g",
        producer_name: "Hợp tác xã Sen Tây Hồ",
        runs: &[run],
        people: Some(("can.bo", "phe.duyet")),
    }
    .document()
}

fn inspection() -> Document {
    let details = NewInspection {
        inspected_on: day(12, 10),
        commune: "phường Tây Hồ".into(),
        place: "chợ Bưởi".into(),
        inspected: "Cửa hàng Sen Hồng, chủ cửa hàng: bà Lý Thị Hồng".into(),
        team: "Bà Lê Thị Tra, kiểm tra viên Văn phòng Điều phối; ông Vũ Văn Soát, Đội Quản lý thị \
               trường"
            .into(),
        findings: Vec::new(),
        samples: Some("02 hộp trà".into()),
        requests: Some("kích hoạt tem trước khi bày bán".into()),
        remedy_by: Some(day(12, 20)),
    };
    let found = Found {
        serials: "0001-0000-0100 đến 0001-0000-0150".into(),
        product_name: "Trà ướp sen Tây Hồ hộp 100 g".into(),
        kind: FindingKind::NotActivated,
        note: Some("40 hộp ở kệ số 3".into()),
    };
    InspectionMinutes { office: OFFICE, details: &details, found: &[found] }.document()
}

fn compose(document: &Document, number: &str) -> Vec<u8> {
    let reference = Reference { number, address: ADDRESS };
    let pdf = document.compose(reference, PaperFonts::OFFICIAL).unwrap();
    let name = format!("{}/{}.pdf", env!("CARGO_TARGET_TMPDIR"), number.replace('/', "-"));
    std::fs::write(name, &pdf).unwrap();
    pdf
}

/// Every kind of paper, with a number; kept for whoever wants to look at them.
fn all() -> [(&'static str, Vec<u8>); 5] {
    [
        ("order_slip", compose(&slip(), "7/PĐN-OCOP")),
        ("hand_over", compose(&minutes(), "12/BB-BGT")),
        ("reconciliation", compose(&statement(60), "3/BĐS-OCOP")),
        ("destruction", compose(&destruction(), "2/BB-THT")),
        ("inspection", compose(&inspection(), "5/BB-KT")),
    ]
}

#[test]
fn every_paper_has_the_heading_that_the_decree_asks_for() {
    let number_and_day = [
        ("7/PĐN-OCOP", "ngày 05 tháng 02 năm 2026"),
        ("12/BB-BGT", "ngày 24 tháng 11 năm 2026"),
        ("3/BĐS-OCOP", "ngày 30 tháng 11 năm 2026"),
        ("2/BB-THT", "ngày 09 tháng 12 năm 2026"),
        ("5/BB-KT", "ngày 10 tháng 12 năm 2026"),
    ];
    for ((name, pdf), (number, day)) in all().into_iter().zip(number_and_day) {
        let text = words(&pdf);
        for expected in [
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            &format!("Số: {number}"),
            &format!("Hà Nội, {day}"),
        ] {
            assert!(text.contains(expected), "{name}: {expected} is not in\n{text}");
        }
    }
}

#[test]
fn the_same_document_and_number_give_the_same_bytes() {
    assert!(all() == all());
    assert!(compose(&slip(), "7/PĐN-OCOP") != compose(&slip(), "8/PĐN-OCOP"));
}

#[test]
fn the_text_of_a_paper_is_all_that_is_on_it_but_its_number_and_day() {
    let mut other = slip();
    other.day = day(3, 1);
    assert_eq!(slip().text(), other.text());
    assert_ne!(statement(3).text(), statement(4).text(), "a row of a table");
    assert_ne!(slip().text(), minutes().text());
}

#[test]
fn a_long_table_runs_over_pages_under_its_head_again_and_loses_no_row() {
    let pdf = compose(&statement(120), "3/BĐS-OCOP");
    let text = words(&pdf);
    for number in 0..120 {
        assert!(text.contains(&format!("0001-{number:04}-0000")), "row {number}");
    }
    let pages = file::pages(&pdf).len();
    assert!(pages > 3, "{pages} pages");
    let heads = text.matches("Từ số sê-ri").count();
    assert!(heads >= pages - 1, "{heads} heads on {pages} pages");
    assert!(text.contains(&format!("Trang {pages}/{pages}")));
}

#[test]
fn the_symbol_of_a_paper_leads_to_its_page() {
    for (name, pdf) in all() {
        let page = &render::at_300_dpi(pdf)[0];
        // The upper left of the page: nothing else there looks like a symbol.
        let (width, height) = (page.width / 3, page.height / 3);
        let rows = (0..height).map(|row| row * page.width);
        let luma = rows.flat_map(|at| page.luma[at..at + width].to_vec()).collect();
        let [width, height] = [width, height].map(|side| u32::try_from(side).unwrap());
        let source = Luma8LuminanceSource::new(luma, width, height).unwrap();
        let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
        let found = QrReader.decode(&mut bitmap).unwrap();
        assert_eq!(found.getText(), ADDRESS, "{name}");
    }
}
