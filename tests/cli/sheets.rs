//! `ocop sheet`: volumes, parts of them again, papers and standards.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::program::{folder, ocop, ocop_with};
use crate::render;
use ocop_stamp::printing::{Design, Imposition, Layout};

/// A demonstration of 150 stamps in volumes of two sheets.
fn printed(folder: &Path) -> Value {
    fs::write(folder.join("ocop.toml"), "[sheets]\nsheets_per_volume = 2\n").unwrap();
    ocop(folder, "demo --dir d --stamps 150 --no-serve --json").json()
}

fn paths(answer: &Value) -> Vec<&str> {
    let volumes = answer["volumes"].as_array().unwrap();
    volumes.iter().map(|volume| volume["path"].as_str().unwrap()).collect()
}

#[test]
fn a_volume_printed_again_is_the_same_file_and_sheets_again_have_the_same_pages() {
    let folder = folder();
    let folder = folder.path();
    let demo = printed(folder);
    let second = folder.join(demo["pdf"][1].as_str().unwrap());
    let before = fs::read(&second).unwrap();
    fs::remove_file(&second).unwrap();
    let again = ocop(folder, "--data-dir d --json sheet 0001 --volume 2").json();
    assert_eq!(folder.join(paths(&again)[0]), second);
    assert!(fs::read(&second).unwrap() == before, "another file");

    let sheets = ocop(folder, "--data-dir d --json sheet 0001 --sheets 3-4").json();
    let part = folder.join(paths(&sheets)[0]);
    let (one, other) = (render::at_300_dpi(before), render::at_300_dpi(fs::read(&part).unwrap()));
    assert_eq!((one.len(), other.len()), (2, 2));
    assert!(one.iter().zip(&other).all(|(one, other)| one.luma == other.luma), "another page");
    let first = fs::read(&part).unwrap();
    ocop(folder, "--data-dir d --json sheet 0001 --sheets 3-4").json();
    assert!(fs::read(&part).unwrap() == first, "other bytes");

    for (wrong, reason) in [("--volume 9", "no volume 9"), ("--sheets 4-9", "none from 4 to 9")] {
        let refused = ocop(folder, &format!("--data-dir d sheet 0001 {wrong}"));
        assert_eq!(refused.code, 3, "{}", refused.err);
        assert!(refused.err.contains(reason), "{}", refused.err);
    }
}

#[test]
fn the_manifests_say_what_was_printed_and_how() {
    let folder = folder();
    let folder = folder.path();
    printed(folder);
    let options =
        "--data-dir d --json sheet 0001 --design trong-dong-30 --standard x1a --intent uncoated";
    let die = ["--die-line", "DIE LINE"];
    let arguments: Vec<&str> = options.split(' ').chain(die).collect();
    let answer = ocop_with(folder, &arguments).json();
    let summary = fs::read(folder.join(answer["summary"].as_str().unwrap())).unwrap();
    let summary: Value = serde_json::from_slice(&summary).unwrap();
    assert_eq!(summary["standard"], "PDF/X-1a:2003");
    assert_eq!(summary["output_intent"], "OCOP uncoated (model)");
    assert_eq!(summary["die_line"], "DIE LINE");
    assert_eq!((&summary["layout"], &summary["design"]["version"]), (&"a4".into(), &1.into()));
    assert_eq!(summary["module"]["dpi"], 600);
    for (volume, path) in summary["volumes"].as_array().unwrap().iter().zip(paths(&answer)) {
        assert!(path.ends_with(volume["file"].as_str().unwrap()));
        let bytes = fs::read(folder.join(path)).unwrap();
        assert_eq!(volume["bytes"], bytes.len());
        assert!(bytes.starts_with(b"%PDF-1.4"));
    }
    let checked = ocop(folder, &format!("preflight {} --json", paths(&answer)[0]));
    assert_eq!(checked.code, 0, "{}", checked.out);
}

#[test]
fn cut_and_stacked_sheets_are_read_where_the_manifest_says_and_moved_by_sheet() {
    let folder = folder();
    let folder = folder.path();
    printed(folder);
    let layout = include_str!("../../assets/layouts/sra3-chong.toml").replace("100", "2");
    fs::write(folder.join("chong.toml"), &layout).unwrap();
    let command = "--data-dir d --json sheet 0001 --layout chong.toml --design khue-van-40x25";
    let answer = ocop(folder, command).json();
    let manifest = fs::read_to_string(folder.join(answer["manifest"].as_str().unwrap())).unwrap();
    let rows: Vec<Vec<&str>> =
        manifest.lines().skip(1).map(|line| line.split(',').collect()).collect();
    // The first pile lies on the first cell of both sheets.
    assert_eq!((rows[0][1], rows[0][2]), ("1", "1"));
    assert_eq!((rows[1][1], rows[1][2]), ("2", "1"));
    let design = Design::by_name("khue-van-40x25").unwrap().unwrap();
    let layout = Layout::from_toml("chong", &layout).unwrap();
    let imposition = Imposition::new(&layout, design.size()).unwrap();
    let pages = render::at_300_dpi(fs::read(folder.join(paths(&answer)[0])).unwrap());
    for row in rows.iter().take(8) {
        let (sheet, cell): (usize, u32) = (row[1].parse().unwrap(), row[2].parse().unwrap());
        let read = render::decode_cell(&pages[sheet - 1], &imposition, cell);
        assert_eq!(read.as_deref(), Some(row[4]), "sheet {sheet}, cell {cell}");
    }
    let on_second = rows.iter().filter(|row| row[1] == "2").count();
    let spoil = "--data-dir d --json stamp spoil --batch 0001 --sheet 2 --layout chong --design \
                 khue-van-40x25 --reason thử --as-many-as-possible";
    let moved = ocop(folder, spoil).json();
    let moved = moved["moved"].as_u64().unwrap() + moved["left"].as_u64().unwrap();
    assert_eq!(moved, u64::try_from(on_second).unwrap());

    // Another arrangement under the same name would put stamps on other sheets.
    fs::write(folder.join("chong.toml"), layout_by_rows()).unwrap();
    let changed = ocop(folder, command);
    assert_eq!(changed.code, 3);
    let said = format!("{}{}", changed.out, changed.err);
    assert!(said.contains("another name"), "{said}");
}

fn layout_by_rows() -> String {
    include_str!("../../assets/layouts/sra3-chong.toml").replace("pile = \"cell\"", "")
}

#[test]
fn a_paper_or_design_that_is_not_there_or_does_not_fit_is_refused_with_what_there_is() {
    let folder = folder();
    let folder = folder.path();
    printed(folder);
    let refused = |options: &str, reason: &str| {
        let answer = ocop(folder, &format!("--data-dir d sheet 0001 {options}"));
        assert_eq!(answer.code, 3, "{options}: {}", answer.err);
        assert!(answer.err.contains(reason), "{options}: {}", answer.err);
    };
    refused("--layout a5", "there is a4, ");
    refused("--design sen", "sen-25x35, ");
    refused("--layout a4-65-nhan", "another size");
    refused("--intent glossy", "coated, uncoated");
    fs::write(folder.join("x.toml"), "title = \"x\"\npage_mm = [210, 297]\npaper = 1\n").unwrap();
    refused("--layout x.toml", "line 3");
    let usage = ocop(folder, "--data-dir d sheet 0001 --standard x3");
    assert_eq!(usage.code, 2);
    assert!(usage.err.contains("x4, x1a, vt1, gray"), "{}", usage.err);
}
