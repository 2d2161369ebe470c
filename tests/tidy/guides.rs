//! The guides: what they call by name is on the screens, what they show is there, and none is in one
//! language alone.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::{expect_none, files_under, read, top};

const FOLDER: &str = "docs/huong-dan";
/// Bytes of one picture.
const PICTURE_BYTES_MAX: u64 = 40_000;
/// Bytes of all pictures.
const PICTURES_BYTES_MAX: u64 = 1_000_000;

#[test]
fn whatever_a_guide_sets_in_bold_is_a_text_of_the_screens() {
    for language in ["vi", "en"] {
        let texts = texts(language);
        assert!(texts.len() > 500, "the catalogues were not read");
        let rule = "No text of assets/locales; use italics where it is none of a screen's:";
        let unknown = guides(language).into_iter().flat_map(|guide| {
            let names = bold(&read(&guide)).into_iter().filter(|name| !texts.contains(name));
            names.map(|name| format!("{}: {name}", guide.display())).collect::<Vec<_>>()
        });
        expect_none(rule, &unknown.collect::<Vec<_>>());
    }
}

#[test]
fn every_guide_is_in_both_languages_and_served() {
    let names = |language| -> BTreeSet<String> { guides(language).iter().map(name).collect() };
    assert_eq!(names("vi"), names("en"));
    let served = read("src/web/guides.rs");
    let missing = names("vi").into_iter().filter(|name| name != "README");
    let missing = missing.filter(|name| !served.contains(&format!("source!(\"{name}\"")));
    expect_none("src/web/guides.rs, SOURCES:", &missing.collect::<Vec<_>>());
}

#[test]
fn every_picture_is_small_is_there_and_is_said_in_words() {
    let mut all = 0;
    for picture in files_under(&format!("{FOLDER}/anh")) {
        let bytes = top().join(&picture).metadata().unwrap().len();
        assert!(bytes <= PICTURE_BYTES_MAX, "{}: {bytes} bytes", picture.display());
        all += bytes;
    }
    assert!(all > 0 && all <= PICTURES_BYTES_MAX, "all pictures: {all} bytes");
    for guide in ["vi", "en"].into_iter().flat_map(guides) {
        expect_none(&format!("{}:", guide.display()), &faulty(&read(&guide)));
    }
}

/// The guides of a language, the list of them included.
fn guides(language: &str) -> Vec<PathBuf> {
    let texts = files_under(FOLDER).into_iter();
    let texts = texts.filter(|path| path.extension().is_some_and(|it| it == "md"));
    let is_english = |path: &PathBuf| path.to_string_lossy().ends_with(".en.md");
    texts.filter(|path| is_english(path) == (language == "en")).collect()
}

#[expect(clippy::ptr_arg, reason = "it maps the paths of a list")]
fn name(guide: &PathBuf) -> String {
    let name = guide.file_name().unwrap().to_string_lossy();
    name.split('.').next().unwrap_or_default().to_owned()
}

/// Every text of the catalogues, without the quotes around it.
fn texts(language: &str) -> BTreeSet<String> {
    let files = files_under("assets/locales").into_iter();
    let files = files.filter(|path| path.to_string_lossy().ends_with(&format!("{language}.yml")));
    files.flat_map(|path| said(&read(path))).collect()
}

fn said(yaml: &str) -> Vec<String> {
    let values = yaml.lines().filter_map(|line| line.split_once(": "));
    values.map(|(_, value)| value.trim().trim_matches('"').to_owned()).collect()
}

fn bold(guide: &str) -> Vec<String> {
    guide.split("**").skip(1).step_by(2).map(str::to_owned).collect()
}

/// Pictures without words, and links to nowhere.
fn faulty(guide: &str) -> Vec<String> {
    let mut findings = Vec::new();
    for (before, link) in guide.split("](").zip(guide.split("](").skip(1)) {
        let target = link.split(')').next().unwrap_or_default();
        if before.ends_with("![") {
            findings.push(format!("{target} is shown without words"));
        }
        let target = target.split('#').next().unwrap_or_default();
        if !target.starts_with('/') && !Path::new(top()).join(FOLDER).join(target).exists() {
            findings.push(format!("{target} is not there"));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_bold_is_read_and_so_are_texts_with_and_without_quotes() {
        assert_eq!(bold("1. **Lô tem** → **Bàn giao**. *x*"), ["Lô tem", "Bàn giao"]);
        assert_eq!(said("a:\n  b: Lô tem\n  c: \"%{n} tem\"\n"), ["Lô tem", "%{n} tem"]);
    }

    #[test]
    fn a_picture_without_words_and_a_link_to_nowhere_are_found() {
        assert!(faulty("[a](README.md) ![b](README.md) [c](/viec)").is_empty());
        let expected = ["README.md is shown without words", "none.md is not there"];
        assert_eq!(faulty("![](README.md) [x](none.md#y)"), expected);
    }
}
