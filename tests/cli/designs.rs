//! `ocop design add` to `history`: a design from its folder to sheets, by two people.

use std::fs;
use std::path::Path;

use crate::commands::{approve_design, office};
use crate::program::{Answer, folder, ocop, ocop_with};

/// A register with a batch of three codes, and a design of its own in a folder.
fn desk(folder: &Path) {
    office(folder);
    for line in [
        "order place --product 1 --stamps 3 --self-paid",
        "order submit 1",
        "order approve 1 --by duyet",
        "issue 1",
    ] {
        assert_eq!(ocop(folder, line).code, 0, "{line}");
    }
    let design = folder.join("mau");
    fs::create_dir(&design).unwrap();
    fs::write(design.join("art.svg"), include_str!("../../assets/designs/qr-20/art.svg")).unwrap();
    write(folder, |toml| toml.replace("[mark]", "[mark]\ngranted_by = \"Văn phòng\""));
}

/// Writes the design's TOML file, that of a design of the program with changes.
fn write(folder: &Path, change: impl FnOnce(&str) -> String) {
    let toml = include_str!("../../assets/designs/qr-20/design.toml");
    fs::write(folder.join("mau/design.toml"), change(toml)).unwrap();
}

fn by(folder: &Path, who: &str, line: &str) -> Answer {
    let arguments: Vec<&str> = line.split(' ').chain(["--by", who]).collect();
    ocop_with(folder, &arguments)
}

fn refused(answer: &Answer, reason: &str) {
    assert_eq!(answer.code, 3, "{}{}", answer.out, answer.err);
    let said = format!("{}{}", answer.out, answer.err);
    assert!(said.contains(reason), "{said}");
}

#[test]
fn sheets_wait_for_an_approved_design_and_its_versions_are_kept_apart() {
    let folder = folder();
    let folder = folder.path();
    desk(folder);
    let sheet = "--json sheet 0001 --out prints --design mau";
    refused(&ocop(folder, sheet), "ocop design add");
    refused(&ocop(folder, "sheet 0001 --design ./mau"), "ocop design add");
    let added = by(folder, "A", "--json design add mau").json();
    assert_eq!((&added["version"], &added["state"]), (&1.into(), &"draft".into()));
    assert_eq!(by(folder, "B", "--json design add mau").json(), added, "added once");
    refused(&by(folder, "B", "design approve mau"), "cannot take the step");
    assert_eq!(by(folder, "A", "design submit mau").code, 0);
    refused(&ocop(folder, sheet), "“submitted”, not approved");
    refused(&by(folder, "A", "design approve mau"), "somebody else");
    let approved = by(folder, "B", "--json design approve mau").json();
    assert_eq!(approved["decided"]["by"], "B");
    let printed = ocop(folder, sheet).json();
    let summary = fs::read_to_string(folder.join(printed["summary"].as_str().unwrap())).unwrap();
    let summary: serde_json::Value = serde_json::from_str(&summary).unwrap();
    assert_eq!(summary["design"]["sha256"], added["sha256"]);
    assert_eq!(
        (&summary["design"]["name"], &summary["design"]["version"]),
        (&"mau".into(), &1.into())
    );

    // What is in the folder later does not matter to what was printed.
    write(folder, |toml| toml.replace("[mark]", "[mark]\ngranted_by = \"Văn phòng mới\""));
    assert_eq!(by(folder, "A", "--json design add mau").json()["version"], 2);
    assert_eq!(by(folder, "A", "design submit mau@2").code, 0);
    assert_eq!(by(folder, "B", "design approve mau@2").code, 0);
    let pdf = folder.join(printed["volumes"][0]["path"].as_str().unwrap());
    let first = fs::read(&pdf).unwrap();
    fs::remove_dir_all(folder.join("mau")).unwrap();
    ocop(folder, sheet).json();
    assert!(fs::read(&pdf).unwrap() == first, "other bytes");
    refused(&ocop(folder, &format!("{sheet}@2 --sheets 1")), "with design mau@1");
    ocop(folder, &format!("{sheet}@2")).json();
    assert!(fs::read(&pdf).unwrap() != first, "the slug names the version");

    let withdraw = by(folder, "C", "design withdraw mau@2 --reason lỗi");
    assert!(withdraw.out.starts_with("design mau@2: withdrawn"), "{}", withdraw.err);
    refused(&ocop(folder, sheet), "NAME@VERSION");
    ocop(folder, &format!("{sheet}@1")).json();
    let history = ocop(folder, "--json design history mau").json();
    assert_eq!(history["versions"][0]["mark"]["granted_by"], "Văn phòng");
    assert_eq!(history["versions"][1]["withdrawn"]["reason"], "lỗi");
    assert_eq!(ocop(folder, "--json design history").json(), history, "of all there are");
    let told = ocop(folder, "design history mau").out;
    assert!(told.contains("  SHA-256 ") && told.contains(" by C: lỗi"), "{told}");
}

#[test]
fn a_design_that_is_not_right_or_has_no_right_to_the_mark_is_refused() {
    let folder = folder();
    let folder = folder.path();
    desk(folder);
    assert_eq!(by(folder, "A", "design add qr-20").code, 0);
    refused(&by(folder, "A", "design submit qr-20"), "granted_by");
    assert_eq!(ocop(folder, "design add qr-20 --granted-by X").code, 2, "on what basis");
    let ended = "design add qr-20 --granted-by X --basis Y --until 01/01/2020";
    assert!(by(folder, "A", ended).out.contains("design qr-20@2: draft"));
    refused(&by(folder, "A", "design submit qr-20"), "ended on 01/01/2020");
    write(folder, |toml| toml.replace("size_pt = 5.2", "size_pt = 2"));
    refused(&by(folder, "A", "design add mau"), "--despite");
    assert_eq!(by(folder, "A", "--json design add mau --despite nhãn").json()["version"], 1);
    assert_eq!(ocop(folder, "design reject qr-20").code, 2, "for what reason");
    refused(&ocop(folder, "design history mai"), "no design mai");
    refused(&ocop(folder, "design add none"), "there is no design");
}

#[test]
fn a_design_of_ones_own_starts_as_a_copy_and_overwrites_nothing() {
    let folder = folder();
    let folder = folder.path();
    assert_eq!(ocop(folder, "design copy sen-25x35 my-design").code, 0);
    let facts = |name: &str| ocop(folder, &format!("--json design check {name}")).json();
    let (copied, shipped) = (facts("./my-design"), facts("sen-25x35"));
    assert_eq!(copied["design"], "my-design");
    assert_eq!(copied["size_mm"], shipped["size_mm"]);
    assert_eq!(copied["title"], shipped["title"]);
    refused(&ocop(folder, "design copy qr-15 my-design"), "my-design is there already");
    assert_eq!(facts("my-design"), copied);
}

#[test]
fn all_forms_of_a_job_need_an_approved_design_and_proofs_do_not() {
    let folder = folder();
    let folder = folder.path();
    desk(folder);
    let forms = ["zpl --layout cuon-nhiet-203", "tiff", "png", "vdp"];
    for form in forms {
        refused(&ocop(folder, &format!("sheet 0001 --as {form}")), "ocop design add");
    }
    assert_eq!(ocop(folder, "design proof mau --out proof.png").code, 0);
    approve_design(folder);
    let vdp = ocop(folder, "--json sheet 0001 --as vdp --sheets 1").json();
    assert_eq!((&vdp["stamps"], &vdp["design"]["version"]), (&3.into(), &1.into()));
}
