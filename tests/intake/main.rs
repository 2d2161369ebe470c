//! Annexes as files: the sample register, faulty ones, hostile ones.

#![cfg(test)]

mod answers;
mod cases;
mod conditional;
mod hostile;
mod kinds;
mod looks;
mod overlooked;
mod printable;
mod sums;
mod unseen;
mod workbook;

use std::fs;
use std::path::{Path, PathBuf};

use ocop_stamp::domain::annex::AnnexEntry;
use ocop_stamp::domain::calendar::Day;
use ocop_stamp::domain::gtin::GtinError;
use ocop_stamp::domain::language::Language;
use ocop_stamp::domain::recognition::AuthorityLevel;
use ocop_stamp::intake::date::DateError;
use ocop_stamp::intake::{
    Defaults, Fate, IntakeError, Preview, Problem, ProblemKind, RowRead, Why, authorities, preview,
};

pub(crate) fn read(bytes: impl AsRef<[u8]>) -> Preview {
    preview(bytes.as_ref(), &Defaults::default()).unwrap()
}

/// Rows without a fault, with their numbers.
pub(crate) fn entries(read: &Preview) -> Vec<(u32, AnnexEntry)> {
    let numbers = read.rows.iter().filter(|row| matches!(row.read, RowRead::Entry(_)));
    numbers.map(|row| row.number).zip(read.entries()).collect()
}

/// What is wrong, and in which cell.
pub(crate) fn faults(read: &Preview) -> Vec<(String, ProblemKind)> {
    read.problems().map(|it| (it.cell.clone().unwrap_or_default(), it.kind)).collect()
}

/// Numbers of the rows that were passed over, and why.
pub(crate) fn passed(read: &Preview) -> Vec<(u32, Why)> {
    let passed = read.rows.iter().filter_map(|row| match &row.read {
        RowRead::PassedOver(passed) => Some((row.number, passed.why)),
        RowRead::Entry(_) | RowRead::Refused(_) => None,
    });
    passed.collect()
}

/// Headings of the sheets read that are not used.
pub(crate) fn unused(read: &Preview) -> Vec<String> {
    let unused = read.sheets.iter().filter_map(|sheet| match &sheet.fate {
        Fate::Read { unused_columns, .. } => Some(unused_columns.clone()),
        Fate::NotRead(_) => None,
    });
    unused.flatten().collect()
}

fn problems(read: &Preview) -> Vec<Problem> {
    read.problems().cloned().collect()
}

fn day(y: i32, m: u32, d: u32) -> Day {
    Day::from_ymd_opt(y, m, d).unwrap()
}

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample").join(name)
}

fn sample_annexes() -> Vec<(String, Preview)> {
    let mut annexes: Vec<_> = fs::read_dir(sample(""))
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .filter(|name| !["README.md", "co-quan-cap.csv"].contains(&name.as_str()))
        .map(|name| (name.clone(), read(fs::read(sample(&name)).unwrap())))
        .collect();
    annexes.sort_by(|(a, _), (b, _)| a.cmp(b));
    annexes
}

#[test]
fn every_sample_annex_passes_whole() {
    let annexes = sample_annexes();
    let counts: Vec<_> = annexes
        .iter()
        .map(|(name, read)| {
            assert_eq!(problems(read), [], "{name}");
            assert_eq!(unused(read), [""; 0], "{name}");
            assert_eq!(read.rows.len(), read.entries().len() + passed(read).len(), "{name}");
            (name.as_str(), read.entries().len())
        })
        .collect();
    assert_eq!(
        counts,
        [
            ("mau-tinh-trang.csv", 6),
            ("phu-luc-3-sao-huyen.csv", 4),
            ("phu-luc-3-sao.csv", 8),
            ("phu-luc-4-sao.xlsx", 15),
            ("phu-luc-5-sao.csv", 6),
        ]
    );
}

#[test]
fn real_sample_products_are_in_force_for_years_by_authorities_then_in_office() {
    let list = authorities::read(&fs::read(sample("co-quan-cap.csv")).unwrap()).unwrap();
    let list = (list.entries(), list.problems().count());
    assert_eq!((list.0.len(), list.1), (33, 0));
    for (name, read) in sample_annexes() {
        for (row, entry) in entries(&read) {
            let signer = list.0.iter().find(|it| it.name == entry.authority).unwrap();
            assert_eq!(signer.level, entry.authority_level, "{name} {row}");
            assert!(signer.in_office(entry.signed_on) || name.starts_with("mau-"), "{name} {row}");
            assert!(entry.ends_on > day(2027, 12, 31) || name.starts_with("mau-"), "{name} {row}");
            assert!(entry.decision_number.starts_with("MẪU-"), "{name} {row}");
        }
    }
}

#[test]
fn a_workbook_and_a_text_file_of_the_same_rows_give_the_same_entries() {
    let book = read(fs::read(sample("phu-luc-4-sao.xlsx")).unwrap());
    let text = read(include_bytes!("phu-luc-4-sao.csv"));
    assert_eq!(book.entries(), text.entries());
    // The workbook has a title, an empty row, headings in row 4 and column numbers under them.
    assert_eq!(entries(&book)[0].0, 6);
    assert_eq!(entries(&text)[0].0, 2);
    let (_, first) = &entries(&book)[0];
    assert_eq!(first.signed_on, day(2025, 12, 22));
    assert_eq!(first.ends_on, day(2028, 12, 22));
    assert!(first.potential_five_star);
}

#[test]
fn every_fault_of_every_row_is_told_with_its_cell() {
    let file = "\u{feff}Danh sách\n\
        STT;Chủ thể sản xuất;MST;Tên sản phẩm;Nhóm;Hạng sao;Số QĐ;Cơ quan cấp;Ngày ký;Giá trị đến;GTIN\n\
        1;HTX A;0101234567;Trà;2;3;01/QĐ;UBND huyện A;04/03/2025;;9521234543213\n\
        2;Gốm Việt;123;;9;2 sao;01/QĐ;Sở B;31/02/2025;;9521234543214\n\
        \n\
        3;HTX A;0101234567;trà;2;3 (tiềm năng 5);01/qđ;UBND huyện A;04/03/2025;04/03/2024;9521234543213\n\
        4;HTX A;;Rau;1;3;;UBND huyện A;4/3;;1;;thừa\n";
    let read = read(file);
    assert_eq!((read.rows.len(), passed(&read).len(), entries(&read)[0].0), (5, 1, 3));
    let faults: Vec<_> =
        read.problems().map(|p| (p.row, p.column.as_str(), p.found.as_str(), p.kind)).collect();
    assert_eq!(
        faults,
        [
            (4, "Loại hình", "", ProblemKind::ProducerKind),
            (4, "MST", "123", ProblemKind::TaxCode),
            (4, "Tên sản phẩm", "", ProblemKind::Missing),
            (4, "Nhóm", "9", ProblemKind::Group),
            (4, "Hạng sao", "2 sao", ProblemKind::NoCertificate),
            (4, "GTIN", "9521234543214", ProblemKind::Gtin(GtinError::CheckDigit)),
            (4, "Cấp", "", ProblemKind::AuthorityLevel),
            (4, "Ngày ký", "31/02/2025", ProblemKind::Date(DateError::NoSuchDay)),
            (6, "Hạng sao", "3 (tiềm năng 5)", ProblemKind::PotentialFive),
            (6, "Giá trị đến", "04/03/2024", ProblemKind::EndBeforeSignature),
            (6, "Tên sản phẩm", "trà", ProblemKind::Duplicate { first_row: 3, same_sheet: true }),
            (7, "M", "thừa", ProblemKind::BeyondHeadings),
            (7, "GTIN", "1", ProblemKind::Gtin(GtinError::Length)),
            (7, "Số QĐ", "", ProblemKind::Missing),
            (7, "Ngày ký", "4/3", ProblemKind::Date(DateError::Form)),
        ]
    );
}

#[test]
fn missing_columns_are_all_named_with_those_that_are_there() {
    let error = preview("Chủ thể,Sản phẩm,Ghi chú\nHTX A,Trà,".as_bytes(), &Defaults::default());
    let Err(error @ IntakeError::MissingColumns { .. }) = error else { panic!("{error:?}") };
    assert_eq!(
        error.what(Language::Vietnamese),
        "Thiếu cột: “Nhóm sản phẩm”, “Hạng sao”, “Số quyết định”, “Cơ quan công nhận”, “Ngày ký”. \
         Các cột có trong tệp: “Chủ thể”, “Sản phẩm”, “Ghi chú”."
    );
}

#[test]
fn what_a_decision_says_once_need_not_be_in_its_rows() {
    let defaults = Defaults {
        today: None,
        decision_number: Some("1147/QĐ-UBND".into()),
        authority: Some("Hội đồng thành phố".into()),
        level: Some(AuthorityLevel::City),
        signed_on: Some(day(2024, 3, 4)),
        effective_on: Some(day(2024, 3, 12)),
    };
    let rows = "Hạng sao,Nhóm,Sản phẩm,Chủ thể,Cơ quan cấp,Ghi chú\n\
                4,1,Rau,HTX A,,x\n5,1,Củ,HTX A,Bộ Nông nghiệp và Môi trường,\n";
    let read = preview(rows.as_bytes(), &defaults).unwrap();
    assert_eq!((problems(&read), unused(&read)), (vec![], vec!["Ghi chú".into()]));
    let all = entries(&read);
    let [(2, first), (3, second)] = &all[..] else { panic!("{all:?}") };
    assert_eq!(first.decision_number, "1147/QĐ-UBND");
    assert_eq!(first.authority_level, AuthorityLevel::City);
    assert_eq!((first.signed_on, first.ends_on), (day(2024, 3, 4), day(2027, 3, 4)));
    assert_eq!(first.effective_on, day(2024, 3, 12));
    assert_eq!(second.authority_level, AuthorityLevel::Ministry);
}

#[test]
fn a_decision_has_effect_from_the_day_that_its_row_states_or_from_the_signature() {
    let rows = "Chủ thể;Sản phẩm;Nhóm;Sao;Số QĐ;Cơ quan;Ngày ký;Có hiệu lực từ ngày;Giá trị đến\n\
        HTX A;Gốm;4;3;1;UBND TP Hà Nội;20/11/2026;28/11/2026;\n\
        HTX A;Chum;4;3;1;UBND TP Hà Nội;20/11/2026;;\n\
        HTX A;Vại;4;3;1;UBND TP Hà Nội;20/11/2026;20/11/2026;\n\
        HTX A;Lọ;4;3;1;UBND TP Hà Nội;20/11/2026;19/11/2026;\n\
        HTX A;Bát;4;3;1;UBND TP Hà Nội;20/11/2026;28/11/2026;28/11/2026\n\
        HTX A;Đĩa;4;3;1;UBND TP Hà Nội;20/11/2026;31/11/2026;\n\
        HTX A;Ấm;4;3;1;UBND TP Hà Nội;20/11/2026;28/11/2036;\n";
    let read = read(rows);
    let days: Vec<_> = entries(&read).into_iter().map(|(_, it)| it.effective_on).collect();
    assert_eq!(days, [day(2026, 11, 28), day(2026, 11, 20), day(2026, 11, 20)]);
    let found: Vec<_> = read.problems().map(|it| (it.row, &*it.column, it.kind)).collect();
    let effect = "Có hiệu lực từ ngày";
    assert_eq!(
        found,
        [
            (5, effect, ProblemKind::EffectBeforeSignature),
            (6, "Giá trị đến", ProblemKind::EndBeforeSignature),
            (7, effect, ProblemKind::Date(DateError::NoSuchDay)),
            // The end that nobody states is before the beginning.
            (8, "Giá trị đến", ProblemKind::EndBeforeSignature),
        ]
    );
    // The end is reckoned from the signature all the same.
    assert_eq!(entries(&read)[0].1.ends_on, day(2029, 11, 20));
}

#[test]
fn names_keep_their_letter_case_and_are_composed() {
    let rows = "Chủ thể;Sản phẩm;Nhóm;Sao;Số QĐ;Cơ quan;Ngày ký\n\
        Công ty TNHH  túi Việt HTVNCrafts;Go\u{302}\u{301}m;4;3;1;UBND TP Hà Nội;040324\n";
    let (_, entry) = &entries(&read(rows))[0];
    assert_eq!(entry.producer.name, "Công ty TNHH túi Việt HTVNCrafts");
    assert_eq!(entry.product_name, "Gốm");
}

#[test]
fn rows_that_state_no_product_are_passed_over_and_named() {
    let rows = "Phụ lục 1;;;;;;;\n\
        STT;Chủ thể;Sản phẩm;Nhóm;Sao;Số QĐ;Cơ quan;Ngày ký\n\
        (1);(2);(3);(4);(5);(6);(7);(8)\n\
        I;Huyện Gia Lâm;;;;;;\n\
        1;HTX A;Rau;1;3;01;UBND TP Hà Nội;04/03/2026\n\
        Hạng 4 sao;;;;;;;\n\
        2;HTX B;Củ;1;4;01;UBND TP Hà Nội;04/03/2026\n\
        STT;Chủ thể;Sản phẩm;Nhóm;Sao;Số QĐ;Cơ quan;Ngày ký\n\
        II;Tổng công ty Mẫu;;;;;;\n\
        3;HTX C;Quả;1;4;01;UBND TP Hà Nội;04/03/2026\n\
        4;;;;;;;\n\
        Tổng cộng;;;;3;;;\n\
        ;Người lập biểu;;;;TM. ỦY BAN NHÂN DÂN;;\n\
        ;Nguyễn Văn Mẫu;;;;;;\n";
    let read = read(rows);
    assert_eq!(entries(&read).iter().map(|(row, _)| *row).collect::<Vec<_>>(), [5, 7, 10]);
    assert_eq!(problems(&read), []);
    assert_eq!(
        passed(&read),
        [
            (1, Why::AboveHeadings),
            (3, Why::ColumnNumbers),
            (4, Why::Section),
            (6, Why::Section),
            (8, Why::Headings),
            (9, Why::Section),
            (11, Why::OrdinalAlone),
            (12, Why::Total),
            (13, Why::Footer),
            (14, Why::Footer),
        ]
    );
}

#[test]
fn a_row_of_the_table_is_never_passed_over_for_what_it_lacks() {
    let rows = "STT;Chủ thể;Sản phẩm;Nhóm;Sao;Số QĐ;Cơ quan;Ngày ký\n\
        1;;;;;;;\n\
        2;HTX A;;;;;;\n\
        3;;;1;3;;;\n\
        ;HTX B;Rau;;;;;\n\
        ;HTX C;;;;;;\n\
        ;;Củ;;;;;\n\
        9;HTX D;Quả;1;4;01;UBND TP Hà Nội;04/03/2026\n";
    let read = read(rows);
    assert_eq!(passed(&read), []);
    let mut refused: Vec<u32> = read.problems().map(|problem| problem.row).collect();
    refused.dedup();
    assert_eq!((refused, entries(&read).len()), (vec![2, 3, 4, 5, 6, 7], 1));
}

#[test]
fn below_other_headings_nothing_is_guessed() {
    let rows = "STT;Chủ thể;Sản phẩm;Nhóm;Sao;Số QĐ;Cơ quan;Ngày ký\n\
        1;HTX A;Rau;1;3;01;UBND TP Hà Nội;04/03/2026\n\
        STT;Sản phẩm;Chủ thể;Nhóm;Sao;Số QĐ;Cơ quan;Ngày ký\n\
        1;Củ;HTX B;1;3;01;UBND TP Hà Nội;04/03/2026\n";
    let read = read(rows);
    assert_eq!((entries(&read).len(), passed(&read)), (1, vec![(3, Why::Headings)]));
    assert!(
        faults(&read).contains(&("C4".into(), ProblemKind::OtherHeadings)),
        "{:?}",
        faults(&read)
    );
}
