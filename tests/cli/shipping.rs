//! From printed sheets to the print shop: one ZIP, and links.

use std::fs;
use std::path::Path;

use crate::program::{Answer, folder, ocop, ocop_with};

/// A demonstration register, whose batch 0001 is printed.
fn printed(folder: &Path) {
    ocop(folder, "demo --dir d --stamps 50 --no-serve --json").json();
}

fn link(folder: &Path, more: &[&str]) -> Answer {
    let command = ["--data-dir", "d", "--json", "sheet", "link", "0001", "--for", "Xưởng in Mẫu"];
    ocop_with(folder, &[&command, more].concat())
}

#[test]
fn all_files_of_a_batch_are_also_written_as_one_zip_to_the_same_bytes_again() {
    let folder = folder();
    let folder = folder.path();
    printed(folder);
    let sheet = "--data-dir d --json sheet 0001 --zip";
    let answer = ocop(folder, sheet).json();
    let path = folder.join(answer["zip"].as_str().unwrap());
    let first = fs::read(&path).unwrap();
    let mut archive = zip::ZipArchive::new(fs::File::open(&path).unwrap()).unwrap();
    assert_eq!(archive.len(), 4, "volume, ticket, codes, manifest");
    let volume = Path::new(answer["volumes"][0]["path"].as_str().unwrap());
    let name = volume.file_name().unwrap().to_str().unwrap();
    let mut content = Vec::new();
    std::io::copy(&mut archive.by_name(name).unwrap(), &mut content).unwrap();
    assert_eq!(content, fs::read(folder.join(volume)).unwrap());
    ocop(folder, sheet).json();
    assert!(fs::read(&path).unwrap() == first);
    assert_eq!(ocop(folder, &format!("{sheet} --volume 1")).code, 2);
}

#[test]
fn a_link_is_shown_once_listed_without_its_address_and_withdrawn() {
    let folder = folder();
    let folder = folder.path();
    printed(folder);
    let made = link(folder, &["--days", "3"]).json();
    let url = made["url"].as_str().unwrap();
    let token = url.strip_prefix("https://tem.ocop-mau.vn/in/").unwrap().trim_end_matches('/');
    assert_eq!(token.len(), 32, "{url}");
    assert_ne!(link(folder, &[]).json()["url"], url);
    let listed = ocop(folder, "--data-dir d --json sheet links 0001");
    assert!(!listed.out.contains(token), "{}", listed.out);
    let links = listed.json();
    assert_eq!(links["links"].as_array().unwrap().len(), 2);
    assert_eq!(
        (&links["links"][0]["for"], &links["links"][0]["state"]),
        (&"Xưởng in Mẫu".into(), &"open".into())
    );
    let withdrawn = ocop(folder, "--data-dir d --json sheet unlink 1").json();
    assert_eq!(withdrawn["state"], "revoked");
    let register = fs::read(folder.join("d/register.db")).unwrap();
    let journal = fs::read(folder.join("d/register.db-wal")).unwrap_or_default();
    let holds = |bytes: &[u8]| bytes.windows(32).any(|window| window == token.as_bytes());
    assert!(!holds(&register) && !holds(&journal), "the token is not in the register");
}

#[test]
fn a_link_to_nothing_or_for_too_long_is_refused() {
    let folder = folder();
    let folder = folder.path();
    printed(folder);
    let other = link(folder, &["--layout", "a3"]);
    assert_eq!(other.code, 3);
    assert!(other.out.contains("ocop sheet"), "{}", other.out);
    assert_eq!(link(folder, &["--days", "91"]).code, 2);
    assert_eq!(ocop(folder, "--data-dir d sheet unlink 9").code, 3);
    assert_eq!(ocop(folder, "--data-dir d sheet").code, 2);
}
