//! A small file, readable: structure and drawing, reviewed whenever they change.

use crate::file;
use crate::job::{desk, faces, job, label, print};
use ocop_stamp::printing::{Job, Label};
use std::fmt::Write;

#[test]
fn a_job_of_three_stamps_is_written_like_this() {
    let desk = desk();
    let job = Job { label: Label { stars: 4, ..label() }, ..job(&desk, 3) };
    let (_, files) = print(&job, faces(3)).unwrap();
    let objects = file::objects(&files[0]);
    let pages: Vec<usize> =
        objects.iter().filter_map(|object| file::value(&object.dict, "/Contents")).collect();
    let mut view = String::new();
    for object in &objects {
        writeln!(view, "{} {}", object.number, object.dict.replace('\n', " ")).unwrap();
        let Some(stream) = &object.stream else { continue };
        if pages.contains(&object.number) || object.dict.contains("/Form") {
            view.push_str(&drawing(stream));
        } else if object.dict.contains("/XML") {
            writeln!(view, "  {}", String::from_utf8_lossy(stream)).unwrap();
        } else {
            writeln!(view, "  <{} bytes>", stream.len()).unwrap();
        }
    }
    insta::assert_snapshot!(view);
}

/// The operators, with the outlines of shapes counted instead of listed.
fn drawing(content: &[u8]) -> String {
    let mut view = String::new();
    let mut outline = 0;
    for line in file::readable(content).lines() {
        let operator = line.rsplit(' ').next().unwrap_or(line);
        if matches!(
            operator,
            "m" | "l" | "c" | "h" | "f" | "S" | "k" | "K" | "w" | "J" | "j" | "re"
        ) {
            outline += 1;
            continue;
        }
        if outline > 0 {
            writeln!(view, "  ({outline} lines of outlines)").unwrap();
            outline = 0;
        }
        writeln!(view, "  {line}").unwrap();
    }
    view
}
