//! `ocop sheet --as …`: what shops without a front end for PDF get.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use serde_json::Value;

use crate::commands::approve_design;
use crate::program::{folder, ocop, ocop_with};

fn demo(folder: &Path, stamps: u32) {
    ocop(folder, &format!("demo --dir d --stamps {stamps} --no-serve --json")).json();
}

fn sheet(folder: &Path, options: &str) -> Value {
    ocop(folder, format!("--data-dir d --json sheet 0001 {options}").trim_end()).json()
}

fn files(folder: &Path, answer: &Value) -> Vec<(String, Vec<u8>)> {
    let paths = answer["files"].as_array().unwrap().iter();
    let named = paths.map(|path| {
        let path = folder.join(path.as_str().unwrap());
        (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(path).unwrap())
    });
    named.collect()
}

/// The entries of an archive.
fn unpacked(archive: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
    let entries = (0..zip.len()).map(|index| {
        let mut entry = zip.by_index(index).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        (entry.name().unwrap().into_owned(), bytes)
    });
    entries.collect()
}

fn rows(table: &[u8]) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(table);
    reader.deserialize().collect::<Result<_, _>>().unwrap()
}

#[test]
fn data_for_a_merge_has_a_row_and_a_symbol_a_stamp_in_the_order_of_the_manifest() {
    let folder = folder();
    let folder = folder.path();
    demo(folder, 1050);
    let pdf = sheet(folder, "");
    let manifest = fs::read(folder.join(pdf["manifest"].as_str().unwrap())).unwrap();
    let manifest = rows(&manifest);
    let answer = sheet(folder, "--as vdp --symbols svg");
    assert_eq!(answer["stamps"], 1050);
    let archives = files(folder, &answer);
    assert_eq!(archives.len(), 1);
    let entries = unpacked(&archives[0].1);
    let table = rows(&entries["stamps.csv"]);
    assert_eq!((table.len(), entries.len()), (1050, 1051));
    for (row, printed) in table.iter().zip(&manifest) {
        for column in ["position", "sheet", "cell", "url"] {
            assert_eq!(row[column], printed[column], "{column}");
        }
        assert_eq!(row["serial_text"], printed["serial"]);
        assert_eq!(row["serial"], printed["serial"].replace('-', ""));
        assert_eq!(row["batch"], "0001");
        assert!(!row["symbol"].contains(&row["serial"]), "a file is named by its code");
        assert!(entries[&row["symbol"]].starts_with(b"<svg "));
    }
    let folders = |prefix: &str| entries.keys().filter(|name| name.starts_with(prefix)).count();
    assert_eq!((folders("symbols/001/"), folders("symbols/002/")), (1000, 50));
    let again = files(folder, &sheet(folder, "--as vdp --symbols svg"));
    assert!(again == archives, "other bytes");

    let parts = files(folder, &sheet(folder, "--as vdp --symbols svg --rows 500"));
    let parts: Vec<_> = parts.iter().map(|(_, file)| unpacked(file)).collect();
    let lengths: Vec<usize> = parts.iter().map(|part| rows(&part["stamps.csv"]).len()).collect();
    assert_eq!(lengths, [500, 500, 50]);
    let split = parts.iter().flat_map(|part| rows(&part["stamps.csv"]));
    let serials: Vec<String> = split.map(|row| row["serial"].clone()).collect();
    assert!(table.iter().map(|row| &row["serial"]).eq(&serials), "a stamp is missing or twice");

    let part = files(folder, &sheet(folder, "--as vdp --bom --sheets 2"));
    let entries = unpacked(&part[0].1);
    let table = &entries["stamps.csv"];
    assert!(table.starts_with("\u{FEFF}position,sheet,".as_bytes()));
    let table = rows(table.strip_prefix("\u{FEFF}".as_bytes()).unwrap());
    assert!(!table.is_empty() && table.iter().all(|row| row["sheet"] == "2"));
    assert!(table.iter().all(|row| entries[&row["symbol"]].starts_with(b"%PDF-")));
}

#[test]
fn names_that_look_like_formulas_are_made_inert() {
    let folder = folder();
    let folder = folder.path();
    let annex = "Chủ thể;Sản phẩm;Nhóm;Hạng sao;Số quyết định;Cơ quan cấp;Ngày ký\n\
        HTX Mẫu;-Trà mẫu;2;4;MẪU/QĐ-UBND;UBND thành phố Hà Nội;05/02/2026\n";
    fs::write(folder.join("a.csv"), annex).unwrap();
    for command in ["migrate", "key new", "import a.csv"] {
        let done = ocop(folder, command);
        assert_eq!(done.code, 0, "{command}: {}{}", done.out, done.err);
    }
    ocop(folder, "order place --product 1 --stamps 2 --self-paid");
    for command in ["order submit 1", "order approve 1 --by duyet", "issue 1"] {
        let done = ocop(folder, command);
        assert_eq!(done.code, 0, "{command}: {}", done.err);
    }
    approve_design(folder);
    let answer = ocop(folder, "--json sheet 0001 --as vdp --out prints").json();
    let entries = unpacked(&files(folder, &answer)[0].1);
    let table = rows(&entries["stamps.csv"]);
    assert_eq!((table.len(), table[0]["product"].as_str()), (2, "'-Trà mẫu"));
}

#[test]
fn plates_and_labels_are_files_by_sheet_and_the_sheets_are_recorded() {
    let folder = folder();
    let folder = folder.path();
    demo(folder, 50);
    let answer = sheet(folder, "--as tiff --sheets 2");
    assert_eq!((answer["stamps"].as_u64(), &answer["manifest"]), (Some(8), &Value::Null));
    let plates = files(folder, &answer);
    let names: Vec<&str> = plates.iter().map(|(name, _)| name.as_str()).collect();
    let plate = |name: &str| format!("0001-00002-{name}.tif");
    let expected = ["Cyan", "Magenta", "Yellow", "Black", "CutContour"].map(plate);
    assert_eq!(names, expected);
    assert!(plates.iter().all(|(_, file)| file.starts_with(b"II") || file.starts_with(b"MM")));

    let gray = "--standard gray --layout cuon-nhiet-203";
    let pngs = sheet(folder, &format!("--as png {gray} --sheets 1-2"));
    let pngs = files(folder, &pngs);
    assert_eq!(pngs.len(), 2);
    assert!(pngs.iter().all(|(name, file)| name.ends_with("-Gray.png") && &file[1..4] == b"PNG"));

    let labels = sheet(folder, "--as zpl --layout cuon-nhiet-203");
    assert_eq!(labels["stamps"], 50);
    let (name, zpl) = &files(folder, &labels)[0];
    assert!(name.ends_with("-001.zpl") && zpl.starts_with(b"~DGR:OCOP0001.GRF,"));
    let manifest = fs::read_to_string(folder.join(labels["manifest"].as_str().unwrap())).unwrap();
    assert_eq!(manifest.lines().count(), 51);
    let spoil = "--data-dir d --json stamp spoil --batch 0001 --sheet 1 \
                 --layout cuon-nhiet-203 --reason thử";
    let recorded = ocop_with(folder, &spoil.split_whitespace().collect::<Vec<_>>());
    // Those of the demonstration are activated already: the sheet is known.
    assert!(recorded.out.contains("(2 activated)"), "{}", recorded.out);

    for (options, reason) in [
        ("--as zpl", "kind = \"roll\""),
        ("--as tiff --sheets 9", "none from 9 to 9"),
        ("--as vdp --sheets 9", "none from 9 to 9"),
        ("--as png --volume 1", "--sheets"),
    ] {
        let refused = ocop(folder, &format!("--data-dir d sheet 0001 {options}"));
        assert_eq!(refused.code, 3, "{options}: {}", refused.err);
        assert!(refused.err.contains(reason), "{options}: {}", refused.err);
    }
}
