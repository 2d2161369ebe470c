//! The house as a whole: no unfinished marks, no silenced lints, licences beside fonts, every room
//! on the map.

use std::path::{Path, PathBuf};

use crate::{expect_none, files_under, read};

/// Marks of unfinished work, and a lint silenced without a reason, put together here so that this
/// file is none of its own findings.
const FORBIDDEN: [&str; 5] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X"),
    concat!("#[", "allow("),
    concat!("#![", "allow("),
];

#[test]
fn nothing_is_left_unfinished_and_no_lint_is_silenced_without_a_reason() {
    let folders = ["src", "tests", "benches", "examples", "migrations", "assets/templates", "docs"];
    let files = folders.iter().flat_map(|folder| files_under(folder));
    let findings: Vec<String> =
        files.filter(|path| is_text(path)).flat_map(|path| marks(&path, &read(&path))).collect();
    expect_none("Finish it, or write an issue; for lints use #[expect(…, reason = …)]:", &findings);
}

#[test]
fn every_font_has_its_licence_beside_it() {
    let files = files_under("fonts");
    assert!(files.iter().any(|path| is_font(path)), "there are no fonts");
    expect_none("Fonts without a licence:", &unlicensed(&files));
    for licence in files.iter().filter(|path| licensed_family(path).is_some()) {
        assert!(read(licence).contains("SIL OPEN FONT LICENSE Version 1.1"), "{licence:?}");
    }
}

#[test]
fn every_room_is_on_the_map() {
    let map = read("ARCHITECTURE.md");
    expect_none("ARCHITECTURE.md, Code map:", &unmapped(&read("src/lib.rs"), &map));
}

fn is_text(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    ["css", "html", "md", "py", "rs", "sql"].contains(&extension.as_ref())
}

fn marks(path: &Path, text: &str) -> Vec<String> {
    let lines = text.lines().zip(1..);
    lines
        .flat_map(|(line, number)| {
            let found = FORBIDDEN.into_iter().filter(|mark| line.contains(mark));
            found.map(move |mark| format!("{}:{number}: {mark}", path.display()))
        })
        .collect()
}

fn is_font(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "ttf" || extension == "otf")
}

/// `OFL-Barlow.txt` is the licence of every `Barlow*`.
fn licensed_family(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_string_lossy();
    name.strip_prefix("OFL-")?.strip_suffix(".txt").map(str::to_owned)
}

fn unlicensed(files: &[PathBuf]) -> Vec<String> {
    let families: Vec<String> = files.iter().filter_map(|path| licensed_family(path)).collect();
    let fonts = files.iter().filter(|path| is_font(path));
    let names = fonts.map(|path| path.file_name().unwrap_or_default().to_string_lossy());
    names
        .filter(|name| !families.iter().any(|family| name.starts_with(family.as_str())))
        .map(String::from)
        .collect()
}

fn unmapped(library: &str, map: &str) -> Vec<String> {
    let section = map.split("\n## ").find(|section| section.starts_with("Code map"));
    let section = section.unwrap_or_default();
    let rooms = library.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    rooms
        .filter(|room| !section.contains(&format!("| `{room}` |")))
        .map(|room| format!("{room} is not on the map"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_found_with_their_lines() {
        let text =
            format!("fn f() {{}}\n// {}: later\n{}dead_code)]\n", FORBIDDEN[0], FORBIDDEN[3]);
        let found = marks(Path::new("a.rs"), &text);
        assert_eq!(found.len(), 2);
        assert!(found[0].starts_with("a.rs:2: ") && found[1].starts_with("a.rs:3: "));
        assert!(marks(Path::new("a.rs"), "#[expect(dead_code, reason = \"x\")]").is_empty());
    }

    #[test]
    fn a_font_without_its_licence_is_found() {
        let files = ["fonts/Barlow-Bold.ttf", "fonts/Inter.otf", "fonts/OFL-Barlow.txt"];
        assert_eq!(unlicensed(&files.map(PathBuf::from)), ["Inter.otf"]);
    }

    #[test]
    fn a_room_that_is_not_on_the_map_is_found() {
        let library = "//! Doc.\npub mod code;\npub mod web;\nmod hidden;\n";
        let map = "# A\n\n| `web` | not here |\n\n## Code map\n\n| `code` | x |\n\n## Other\n";
        assert_eq!(unmapped(library, map), ["web is not on the map"]);
    }
}
