//! What the stamps of an order will say, before there are codes; and plates that are left out.

use std::fs;
use std::path::Path;

use crate::commands::{approve_design, office};
use crate::program::{folder, ocop, ocop_with};
use ocop_stamp::preflight::{self, Against};
use serde_json::Value;

const LONG: &str = "Trà sen Tây Hồ ướp tay bảy lần hoa tươi hộp gỗ sơn mài loại đặc biệt biếu tặng";

/// A register with a second product, whose name no design of sheets has room for.
fn with_a_long_name(folder: &Path) {
    let annex = format!(
        "Chủ thể;Sản phẩm;Nhóm;Hạng sao;Số quyết định;Cơ quan cấp;Ngày ký\n\
         HTX Mẫu;{LONG};2;4;MẪU/QĐ-UBND;UBND thành phố Hà Nội;05/02/2026\n"
    );
    fs::write(folder.join("b.csv"), annex).unwrap();
    assert_eq!(ocop(folder, "import b.csv").code, 0);
}

#[test]
fn a_design_is_checked_with_the_texts_of_every_product_and_not_approved_without_a_word_on_those() {
    let folder = folder();
    let folder = folder.path();
    assert!(ocop(folder, "design check sen-25x35").out.contains("sample texts alone"));
    office(folder);
    let add = |line: &str| ocop(folder, &format!("{line} --granted-by VP --basis 58"));
    assert_eq!(ocop(folder, "design check sen-25x35").code, 0);
    assert_eq!(add("design add sen-25x35 --by A").code, 0);
    with_a_long_name(folder);
    let checked = ocop(folder, "--json design check sen-25x35");
    assert_eq!(checked.code, 3);
    let found: Value = serde_json::from_str(&checked.out).unwrap();
    let found = found["findings"][0].as_str().unwrap();
    assert!(found.contains(LONG) && found.contains("has no room for"), "{found}");
    for line in ["design submit sen-25x35 --by A", "design add sen-25x35 --by A"] {
        let refused = if line.contains("add") { add(line) } else { ocop(folder, line) };
        assert_eq!(refused.code, 3, "{line}: {}", refused.out);
        assert!(refused.err.contains(LONG), "{}", refused.err);
    }
    for (step, by) in [("submit", "A"), ("approve", "B")] {
        let why = ["design", step, "sen-25x35", "--by", by, "--despite", "in nhãn riêng"];
        let done = ocop_with(folder, &why);
        assert_eq!(done.code, 0, "{}", done.err);
    }
    let history = ocop(folder, "design history sen-25x35").out;
    assert!(history.contains("in nhãn riêng"), "{history}");
}

#[test]
fn an_order_whose_product_has_no_room_is_told_before_there_are_codes() {
    let folder = folder();
    let folder = folder.path();
    office(folder);
    approve_design(folder);
    with_a_long_name(folder);
    assert_eq!(ocop(folder, "order place --product 2 --stamps 3 --self-paid").code, 0);
    let refused = ocop(folder, "order submit 1");
    assert_eq!(refused.code, 3);
    assert!(
        refused.err.contains("no approved design") && refused.err.contains(LONG),
        "{}",
        refused.err
    );
    // The proof shows what is wrong with it.
    let proof = ocop(folder, "--json proof --order 1 --out p.png");
    assert_eq!(proof.code, 3, "{}", proof.err);
    let answer: Value = serde_json::from_str(&proof.out).unwrap();
    assert!(answer["obstacle"].as_str().unwrap().contains(LONG));
    assert!(fs::read(folder.join("p.png")).unwrap().starts_with(b"\x89PNG"));
}

#[test]
fn a_proof_of_an_order_says_its_own_texts_with_a_code_that_is_none() {
    let folder = folder();
    let folder = folder.path();
    office(folder);
    approve_design(folder);
    assert_eq!(ocop(folder, "order place --product 1 --stamps 3 --self-paid").code, 0);
    let pdf = |name: &str| {
        let answer = ocop(folder, &format!("--json proof --order 1 --out {name}")).json();
        assert_eq!(answer["obstacle"], Value::Null);
        assert_eq!(answer["designs"][0]["design"], "sen-25x35");
        fs::read(folder.join(name)).unwrap()
    };
    let (first, again) = (pdf("a.pdf"), pdf("b.pdf"));
    assert!(first == again, "other bytes");
    assert!(pdf("a.svg").starts_with(b"<svg"));
    let other = ocop(folder, "--json proof --order 1 --design qr-20 --sheet --out s.pdf");
    assert_eq!(other.json()["sheet"], true, "a design that is not in the register yet");
    for (wrong, reason) in [("9", "no order 9"), ("1 --design ghi", "no design “ghi”")] {
        let refused = ocop(folder, &format!("proof --order {wrong} --out x.png"));
        assert_eq!(refused.code, 3, "{}", refused.out);
        assert!(refused.err.contains(reason), "{}", refused.err);
    }
}

#[test]
fn plates_are_left_out_of_sheets_by_name_and_unknown_ones_are_refused_with_the_list() {
    let folder = folder();
    let folder = folder.path();
    ocop(folder, "demo --dir d --stamps 20 --no-serve --json").json();
    let sheet = "--data-dir d --json sheet 0001 --design trong-dong-30 --out prints";
    let plates = |extra: &str| {
        let answer = ocop(folder, &format!("{sheet}{extra}")).json();
        let path = answer["volumes"][0]["path"].as_str().unwrap();
        let summary = fs::read_to_string(folder.join(answer["summary"].as_str().unwrap())).unwrap();
        let summary: Value = serde_json::from_str(&summary).unwrap();
        let report = preflight::check(&fs::read(folder.join(path)).unwrap(), Against::Claim);
        let report = report.unwrap();
        assert!(report.findings.is_empty(), "{:?}", report.findings);
        (report.plates.into_iter().skip(4).collect::<Vec<_>>(), summary)
    };
    let (all, summary) = plates("");
    assert_eq!(all, ["CutContour", "Varnish"]);
    assert_eq!(summary["without"], serde_json::json!([]));
    let (less, summary) = plates(" --without varnish");
    assert_eq!(less, ["CutContour"]);
    assert_eq!(summary["without"], serde_json::json!(["Varnish"]));
    let (none, summary) = plates(" --without Varnish,cutcontour");
    assert!(none.is_empty(), "{none:?}");
    assert_eq!(summary["die_line"], Value::Null);
    let refused = ocop(folder, &format!("{sheet} --without black"));
    assert_eq!(refused.code, 3);
    assert!(refused.out.contains("there is CutContour, Varnish"), "{}", refused.out);
}
