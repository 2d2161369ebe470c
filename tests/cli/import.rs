//! Files are entered, and everything in them is accounted for.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::program::{Answer, folder, ocop, ocop_with};

const HEADINGS: &str = "STT;Tên chủ thể;Loại hình;Mã số thuế;Địa chỉ;Tên sản phẩm;Nhóm sản phẩm;\
    Hạng sao;Số quyết định;Cơ quan cấp;Ngày ký;Có giá trị đến ngày;Mã GTIN;Khối lượng tịnh\n";
const FIRST: &str = "1;HTX Mẫu;hợp tác xã;0109999998;Thôn Mẫu;Kẹo mẫu;1;3;MẪU-01/QĐ-UBND;\
    UBND thành phố Hà Nội;15/03/2026;;;200 g\n";
const SECOND: &str = "2;HTX Mẫu;hợp tác xã;0109999998;Thôn Mẫu;Mứt mẫu;1;3;MẪU-01/QĐ-UBND;\
    UBND thành phố Hà Nội;15/03/2026;;;200 g\n";

/// A register, and a file with the headings and these rows in its folder.
fn annex(folder: &Path, rows: &[&str]) {
    if !folder.join("d").exists() {
        assert_eq!(ocop(folder, "migrate").code, 0);
    }
    fs::write(folder.join("a.csv"), format!("{HEADINGS}{}", rows.concat())).unwrap();
}

/// What the command answered, whether it is content or not.
fn told(answer: &Answer) -> Value {
    let told: Value = serde_json::from_str(&answer.out).unwrap();
    let count = |key: &str| told[key].as_u64().unwrap();
    let parts = ["entered", "same", "different", "unclear", "refused", "passed_over"];
    assert_eq!(count("rows"), parts.into_iter().map(count).sum::<u64>(), "{told}");
    let sheets = &told["sheets"];
    let listed = |key: &str| sheets[key].as_array().unwrap().len();
    assert_eq!(sheets["seen"], listed("read") + listed("not_read"), "{told}");
    told
}

/// A register that has the first row.
fn with_first() -> TempDir {
    let folder = folder();
    annex(folder.path(), &[FIRST]);
    assert_eq!(ocop(folder.path(), "import a.csv").code, 0);
    folder
}

#[test]
fn every_row_is_entered_known_different_refused_or_passed_over() {
    let folder = folder();
    let folder = folder.path();
    annex(folder, &[FIRST]);
    let first = ocop(folder, "--json import a.csv");
    assert_eq!((first.code, &told(&first)["entered"]), (0, &json!(1)));
    let again = ocop(folder, "--json import a.csv");
    assert_eq!((again.code, &told(&again)["same"]), (0, &json!(1)));

    let corrected = FIRST
        .replace("Kẹo mẫu;1;3", "Kẹo mẫu;1;4")
        .replace(";;;200 g", ";31/12/2027;9521234543213;200 g");
    annex(
        folder,
        &[
            "I;Thực phẩm;;;;;;;;;;;;\n",
            &corrected,
            SECOND,
            "3;HTX Quên;;;;;;;;;;;;\n",
            "Tổng cộng;;;;;2;;;;;;;;\n",
        ],
    );
    for check in ["--check", "--authority=x"] {
        let answer = ocop(folder, &format!("--json import {check} a.csv"));
        let told = told(&answer);
        let counts = ["rows", "entered", "same", "different", "refused", "passed_over"]
            .map(|it| told[it].clone());
        assert_eq!(counts, [5, 1, 0, 1, 1, 2].map(Value::from), "{told}");
        assert_eq!(answer.code, 3);
        let differs =
            told["outcomes"].as_array().unwrap().iter().find(|it| it["outcome"] == "different");
        let facts: Vec<_> = differs.unwrap()["differences"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["fact"].as_str().unwrap())
            .collect();
        assert_eq!(facts, ["gtin", "stars", "ends_on"]);
    }
    let words = ocop(folder, "import a.csv");
    for said in [
        "dòng 3: different: Hạng sao: hệ thống ghi “3”, phụ lục ghi “4”",
        "dòng 2: passed over, tiêu đề của một mục",
        "ô F5",
        "dòng 6: passed over, dòng cộng",
    ] {
        assert!(words.out.contains(said), "{said}: {}", words.out);
    }
    let product = ocop(folder, "product show 1").out;
    assert!(
        product.contains("3 sao") || product.contains("★★★") || product.contains('3'),
        "{product}"
    );
}

#[test]
fn a_file_of_which_nothing_is_read_is_no_success() {
    let folder = folder();
    let folder = folder.path();
    annex(folder, &["I;Thực phẩm;;;;;;;;;;;;\n"]);
    let answer = ocop(folder, "--json import a.csv");
    assert_eq!((answer.code, &told(&answer)["passed_over"]), (3, &json!(1)));
    annex(folder, &[]);
    assert_eq!(ocop(folder, "import a.csv").code, 3);
    fs::write(folder.join("a.csv"), "").unwrap();
    assert_eq!(ocop(folder, "import a.csv").code, 3);
    fs::write(folder.join("c.csv"), "Cơ quan cấp;Cấp\n").unwrap();
    assert_eq!(ocop(folder, "import --authorities c.csv").code, 3);
}

#[test]
fn columns_that_are_not_used_are_told() {
    let folder = folder();
    let folder = folder.path();
    annex(folder, &[]);
    let headings = HEADINGS.trim_end().to_owned() + ";Điện thoại;Điểm\n";
    fs::write(folder.join("a.csv"), headings + &FIRST.replace("200 g", "200 g;0900;78,66"))
        .unwrap();
    let answer = ocop(folder, "--json import --check a.csv");
    assert_eq!(told(&answer)["sheets"]["read"][0]["unused_columns"], json!(["Điện thoại", "Điểm"]));
    let words = ocop(folder, "import a.csv").out;
    assert!(words.contains("columns not used: Điện thoại, Điểm"), "{words}");
}

#[test]
fn an_annex_that_says_otherwise_of_a_known_producer_is_entered_and_what_stays_is_told() {
    let folder = with_first();
    let folder = folder.path();
    annex(folder, &[&SECOND.replace("Thôn Mẫu", "Thôn Khác")]);
    let answer = ocop(folder, "--json import a.csv");
    let told = told(&answer);
    assert_eq!((answer.code, &told["entered"]), (0, &json!(1)));
    let kept = &told["outcomes"][0]["kept"][0];
    assert_eq!(
        (&kept["fact"], &kept["register"], &kept["annex"]),
        (&json!("address"), &json!("Thôn Mẫu"), &json!("Thôn Khác"))
    );
}

#[test]
fn faulty_authorities_are_told_by_cell_and_known_ones_stay() {
    let folder = folder();
    let folder = folder.path();
    assert_eq!(ocop(folder, "migrate").code, 0);
    let list = "Cơ quan cấp;Cấp;Từ ngày;Đến ngày\nUBND quận Mẫu;quận;;30/06/2025\nSở Mẫu;;;\n";
    fs::write(folder.join("c.csv"), list).unwrap();
    let answer = ocop(folder, "--json import --authorities c.csv");
    let first = told(&answer);
    assert_eq!((answer.code, &first["entered"], &first["refused"]), (3, &json!(1), &json!(1)));
    assert_eq!(first["outcomes"][1]["problems"][0]["column"], "Cấp");
    fs::write(folder.join("c.csv"), "Cơ quan cấp;Cấp;Đến ngày\nUBND quận Mẫu;quận;01/01/2030\n")
        .unwrap();
    let answer = ocop(folder, "--json import --authorities c.csv");
    let again = told(&answer);
    assert_eq!((answer.code, &again["different"]), (3, &json!(1)), "{again}");
    assert_eq!(again["outcomes"][0]["differences"][0]["fact"], "active_to");
}

#[test]
fn a_template_is_written_by_name_and_imports_as_it_is() {
    let folder = folder();
    let folder = folder.path();
    assert_eq!(ocop(folder, "migrate").code, 0);
    for name in ["mau.xlsx", "mau.csv"] {
        assert_eq!(ocop(folder, &format!("import --template {name}")).code, 0, "{name}");
        let answer = ocop(folder, &format!("--json import {name}"));
        let told = told(&answer);
        assert_eq!((answer.code, &told["rows"]), (0, &json!(2)), "{name}: {told}");
        assert_eq!(told["sheets"]["read"][0]["unused_columns"], json!([]));
        let again = ocop(folder, &format!("import --template {name}"));
        assert_eq!(again.code, 3, "a file that is there is not written over");
    }
    assert_eq!(ocop_with(folder, &["import", "--template", "mau.ods"]).code, 3);
    let list = "import --authorities --template co-quan-mau.csv";
    assert_eq!(ocop(folder, list).code, 0);
    let listed = ocop(folder, "--json import --authorities co-quan-mau.csv");
    assert_eq!((listed.code, &told(&listed)["rows"]), (0, &json!(2)));
}

#[test]
fn what_may_be_in_the_register_already_is_asked_about_and_answered() {
    let folder = with_first();
    let folder = folder.path();
    let plain = FIRST.replace("Kẹo mẫu", "Keo mau").replace("0109999998", "");
    annex(folder, &[&plain]);
    let asked = ocop(folder, "--json import a.csv");
    let answer = told(&asked);
    assert_eq!((asked.code, &answer["unclear"]), (3, &json!(1)));
    let doubt = &answer["outcomes"][0];
    assert_eq!((&doubt["about"], &doubt["may_be_new"]), (&json!("producer"), &json!(true)));
    assert_eq!(doubt["may_be"][0]["apart"], json!(["0109999998"]));

    let nobody = ocop(folder, "--lang en import a.csv --answer 2:producer=99");
    assert!(nobody.out.contains("The answer given is none of these"), "{}", nobody.out);
    let nowhere = ocop(folder, "import a.csv --answer 9:producer=1");
    assert_eq!(nowhere.code, 3);
    assert!(nowhere.err.contains("9:producer=1"), "{}", nowhere.err);
    let several = ocop(folder, "import a.csv a.csv --answer 2:producer=1");
    assert!(several.err.contains("one file"), "{}", several.err);
    let producer = ocop(folder, "--json import a.csv --answer 2:producer=1");
    assert_eq!(told(&producer)["outcomes"][0]["about"], json!("product"));
    let both = "--json import a.csv --answer 2:producer=1 --answer 2:product=new";
    let entered = ocop(folder, both);
    assert_eq!((entered.code, &told(&entered)["entered"]), (0, &json!(1)), "{}", entered.err);
    assert_eq!(told(&ocop(folder, "--json import a.csv"))["unclear"], json!(0));
    assert_eq!(ocop(folder, "import a.csv --answer 2=new").code, 2);
}

#[test]
fn an_answer_belongs_to_one_row_of_one_sheet_of_one_file() {
    let folder = with_first();
    let folder = folder.path();
    let plain = FIRST.replace("Kẹo mẫu", "Keo mau");
    annex(folder, &[&plain]);
    fs::copy(folder.join("a.csv"), folder.join("b.csv")).unwrap();
    for (answers, said) in [
        ("a.csv b.csv --answer 2:product=new", "one file"),
        ("a.csv --answer 2:product=1 --answer 2:product=new", "2:product=new"),
        ("a.csv --answer 3:product=new", "3:product=new"),
        ("a.csv --answer X!2:product=new", "X!2:product=new"),
        ("a.csv --answer 2:product=77", "none of these"),
        ("a.csv --answer 2:product=1 --answer 2:producer=new", "none of these"),
    ] {
        let answer = ocop(folder, &format!("--lang en import {answers}"));
        let told = format!("{}{}", answer.out, answer.err);
        assert!(answer.code == 3 && told.contains(said), "{answers}: {} {told}", answer.code);
    }
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, product) in [("Phụ lục 1", "Keo mau"), ("Phụ lục 2", "Kẹo mâu")] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        let row = FIRST.replace("Kẹo mẫu", product);
        for (line, text) in (0..).zip([HEADINGS, &row]) {
            for (column, cell) in (0..).zip(text.trim().split(';')) {
                sheet.write(line, column, cell).unwrap();
            }
        }
    }
    book.save(folder.join("a.xlsx")).unwrap();
    let unclear = ocop(folder, "--lang en import a.xlsx --answer 2:product=new");
    assert!(unclear.code == 3 && unclear.err.contains("name the sheet"), "{}", unclear.err);
    let arguments = ["--json", "import", "a.xlsx", "--answer", "Phụ lục 1!2:product=1"];
    let entered = ocop_with(folder, &arguments);
    assert_eq!(told(&entered)["unclear"], json!(0), "{}", entered.out);
}

#[test]
fn names_that_differ_in_tones_alone_are_seven_products() {
    let folder = folder();
    let folder = folder.path();
    annex(folder, &[]);
    fs::write(folder.join("b.csv"), include_str!("../intake/ten-gan-giong.csv")).unwrap();
    let first = ocop(folder, "--json import b.csv");
    assert_eq!((first.code, &told(&first)["entered"]), (0, &json!(7)), "{}", first.out);
    let again = ocop(folder, "--json import b.csv");
    assert_eq!((again.code, &told(&again)["same"]), (0, &json!(7)), "{}", again.out);
}
