//! A printed sheet comes back as a scan: what is spoiled on it is found, listed and marked.

use std::path::Path;

use image::GrayImage;
use serde_json::Value;

use crate::commands::{approve_design, office};
use crate::program::{folder, ocop};
use crate::render::{self, Picture};

/// An office with a batch of 44 stamps, printed; its two sheets at 300 dpi.
fn sheets(folder: &Path) -> Vec<GrayImage> {
    office(folder);
    approve_design(folder);
    for line in [
        "order place --product 1 --stamps 44 --self-paid",
        "order submit 1",
        "order approve 1 --by duyet",
        "issue 1",
        "sheet 0001 --out prints",
        "stamp printed --batch 0001 --all",
    ] {
        assert_eq!(ocop(folder, line).code, 0, "{line}");
    }
    let pdf = std::fs::read(folder.join("prints/0001/0001-a4-sen-25x35-001.pdf")).unwrap();
    render::at_300_dpi(pdf).into_iter().map(image).collect()
}

fn image(page: Picture) -> GrayImage {
    let (width, height) = (page.width.try_into().unwrap(), page.height.try_into().unwrap());
    GrayImage::from_raw(width, height, page.luma).unwrap()
}

/// White paper where the upper left stamp should be.
fn without_first(sheet: &GrayImage) -> GrayImage {
    let mut sheet = sheet.clone();
    for (_, _, pixel) in
        sheet.enumerate_pixels_mut().filter(|&(x, y, _)| (210..530).contains(&x) && y < 570)
    {
        pixel.0 = [250];
    }
    sheet
}

#[test]
fn scans_of_whole_sheets_are_right_and_say_which_they_are() {
    let folder = folder();
    let folder = folder.path();
    for (index, sheet) in sheets(folder).iter().enumerate() {
        sheet.save(folder.join(format!("{index}.png"))).unwrap();
    }
    let report = ocop(folder, "--json inspect-scan 1.png 0.png").json();
    let sheet = |index: usize| &report["sheets"][index];
    assert_eq!((&sheet(0)["sheet"], &sheet(0)["counts"]["read"]), (&2.into(), &2.into()));
    assert_eq!((&sheet(1)["sheet"], &sheet(1)["counts"]["read"]), (&1.into(), &42.into()));
    assert_eq!(sheet(1)["right"], true);
    let told = ocop(folder, "inspect-scan 0.png");
    assert_eq!(told.code, 0);
    assert!(told.out.starts_with("0.png: sheet 1 of batch 0001\n ✓ ✓ ✓ ✓ ✓ ✓\n"), "{}", told.out);
    let other = ocop(folder, "inspect-scan 0.png --batch 0001 --sheet 2");
    assert_eq!(other.code, 3);
    assert!(other.out.contains("2 stamps: 2 missing"), "{}", other.out);
}

#[test]
fn what_is_spoiled_is_listed_and_marked_once() {
    let folder = folder();
    let folder = folder.path();
    without_first(&sheets(folder)[0]).save(folder.join("scan.png")).unwrap();
    let found = ocop(folder, "--json inspect-scan scan.png --out hong.csv");
    assert_eq!(found.code, 3);
    let report: Value = serde_json::from_str(&found.out).unwrap();
    let first = &report["sheets"][0]["cells"][0];
    assert_eq!((&first["cell"], &first["state"]), (&1.into(), &"blank".into()));
    assert_eq!(report["sheets"][0]["counts"]["read"], 41);
    let serial = first["serial"].as_str().unwrap();
    let list = std::fs::read_to_string(folder.join("hong.csv")).unwrap();
    assert_eq!(list, format!("sheet,cell,serial,state\n1,1,{serial},blank\n"));

    let spoil = "--json inspect-scan scan.png --spoil --reason trắng";
    for (moved, already) in [(1, 0), (0, 1)] {
        let marked: Value = serde_json::from_str(&ocop(folder, spoil).out).unwrap();
        let spoiled = &marked["spoiled"];
        assert_eq!((&spoiled["moved"], &spoiled["already"]), (&moved.into(), &already.into()));
    }
    let tally = ocop(folder, "--json stamp tally 0001").json();
    assert_eq!((&tally["spoiled"], &tally["printed"]), (&1.into(), &43.into()));
}

#[test]
fn half_a_sheet_and_an_unusable_picture_mark_nothing() {
    let folder = folder();
    let folder = folder.path();
    let sheet = without_first(&sheets(folder)[0]);
    let half = image::imageops::crop_imm(&sheet, 0, 0, 2480, 1700).to_image();
    half.save(folder.join("half.png")).unwrap();
    let refused = ocop(folder, "inspect-scan half.png --spoil --reason x");
    assert_eq!(refused.code, 3);
    assert!(refused.err.contains("scan the whole sheet"), "{}", refused.err);
    let mut bad = sheet.clone();
    for (_, _, pixel) in bad.enumerate_pixels_mut().filter(|(_, y, _)| *y > 900) {
        pixel.0 = [230];
    }
    bad.save(folder.join("bad.png")).unwrap();
    let refused = ocop(folder, "inspect-scan bad.png --spoil --reason x");
    assert_eq!(refused.code, 3);
    let tally = ocop(folder, "--json stamp tally 0001").json();
    assert_eq!((&tally["spoiled"], &tally["printed"]), (&0.into(), &44.into()), "{}", refused.err);
    assert!(refused.err.contains("over half of the sheet"), "{}", refused.err);
}

#[test]
fn a_manifest_does_instead_of_the_register() {
    let folder = folder();
    let folder = folder.path();
    without_first(&sheets(folder)[0]).save(folder.join("scan.jpg")).unwrap();
    std::fs::copy(folder.join("prints/0001/0001-a4-sen-25x35-manifest.csv"), folder.join("m.csv"))
        .unwrap();
    let other = crate::program::folder();
    for name in ["scan.jpg", "m.csv"] {
        std::fs::copy(folder.join(name), other.path().join(name)).unwrap();
    }
    let found = ocop(other.path(), "inspect-scan scan.jpg --manifest m.csv");
    assert_eq!(found.code, 3, "{}{}", found.out, found.err);
    assert!(found.out.contains("42 stamps: 41 read, 1 blank"), "{}", found.out);
    assert!(found.out.contains("ocop stamp spoil SERIAL"), "{}", found.out);
    let none = ocop(other.path(), "inspect-scan m.csv --manifest m.csv");
    assert_eq!(none.code, 3);
    assert!(none.err.contains("no PNG, JPEG or TIFF"), "{}", none.err);
    let missing = ocop(other.path(), "inspect-scan none.png --manifest m.csv");
    assert_eq!(missing.code, 1);
}
