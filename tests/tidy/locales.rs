//! The text catalogues: every language has the same keys, with the same places to fill in.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::{expect_none, files_under, read};

/// Keys, each with the names of its places to fill in.
type Catalogue = BTreeMap<String, BTreeSet<String>>;

#[test]
fn every_language_has_the_same_keys_and_places() {
    let files = files_under("assets/locales");
    let languages = ["en", "vi"].map(|language| {
        let its = files
            .iter()
            .filter(|path| path.to_string_lossy().ends_with(&format!("{language}.yml")));
        let all: Vec<&PathBuf> = its.collect();
        assert!(!all.is_empty(), "there is no catalogue in {language}");
        all.into_iter().fold(Catalogue::new(), |mut known, path| {
            for (key, places) in catalogue(&read(path)) {
                let earlier = known.insert(key.clone(), places);
                assert!(earlier.is_none(), "{}: {key} is in another file, too", path.display());
            }
            known
        })
    });
    assert_eq!(files.len() % 2, 0, "a catalogue is in one language only");
    expect_none("en and vi:", &differences(&languages[0], &languages[1]));
}

/// Templates show texts as they are.
#[test]
fn no_text_holds_what_a_browser_would_take_for_markup() {
    for path in files_under("assets/locales") {
        let text = read(&path);
        let marked = text.lines().filter(|line| line.contains(['<', '>', '&']));
        let marked: Vec<String> = marked.map(str::to_owned).collect();
        expect_none(&format!("{}:", path.display()), &marked);
    }
}

/// Reads nested keys with values on one line: all that the catalogues need of YAML.
fn catalogue(yaml: &str) -> Catalogue {
    let mut catalogue = Catalogue::new();
    let mut above: Vec<(usize, &str)> = Vec::new();
    for line in yaml
        .lines()
        .filter(|line| !line.trim_start().starts_with('#') && !line.starts_with("_version"))
    {
        let Some((key, value)) = line.split_once(':') else {
            assert!(line.trim().is_empty(), "a catalogue's line has no key: {line}");
            continue;
        };
        let depth = key.len() - key.trim_start().len();
        above.retain(|(other, _)| *other < depth);
        above.push((depth, key.trim()));
        if !value.trim().is_empty() {
            let names: Vec<&str> = above.iter().map(|(_, name)| *name).collect();
            let mut places = places(value);
            // “Once” needs no number.
            places.retain(|place| key.trim() != "one" || place != "count");
            let earlier = catalogue.insert(names.join("."), places);
            assert!(earlier.is_none(), "a catalogue has a key twice: {line}");
        }
    }
    catalogue
}

fn places(value: &str) -> BTreeSet<String> {
    let after = value.split("%{").skip(1);
    after.filter_map(|rest| rest.split_once('}')).map(|(name, _)| name.to_owned()).collect()
}

fn differences(one: &Catalogue, other: &Catalogue) -> Vec<String> {
    let keys: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    let differing = keys.into_iter().filter(|key| one.get(*key) != other.get(*key));
    differing
        .map(|key| match (one.get(key), other.get(key)) {
            (Some(_), Some(_)) => format!("{key} has other places to fill in"),
            _ => format!("{key} is in one of them only"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_with_their_places() {
        let read = catalogue("_version: 1\n\na:\n  # why\n  b:\n    c: \"x: %{n}\"\n  d: y\n");
        let keys: Vec<&String> = read.keys().collect();
        assert_eq!(keys, ["a.b.c", "a.d"]);
        assert_eq!(read["a.b.c"], BTreeSet::from(["n".to_owned()]));
    }

    #[test]
    fn a_key_that_one_language_lacks_is_found() {
        let (one, other) = (catalogue("a:\n  b: x\n  c: x"), catalogue("a:\n  b: x"));
        assert_eq!(differences(&one, &other), ["a.c is in one of them only"]);
    }

    #[test]
    fn a_place_that_one_language_lacks_is_found() {
        let (one, other) = (catalogue("a: \"%{n} x\""), catalogue("a: x"));
        assert_eq!(differences(&one, &other), ["a has other places to fill in"]);
        assert!(differences(&one, &one).is_empty());
    }

    #[test]
    fn a_text_for_one_may_leave_out_the_number() {
        let (one, other) = (catalogue("one: \"%{count} lần\""), catalogue("one: once"));
        assert!(differences(&one, &other).is_empty());
    }
}
