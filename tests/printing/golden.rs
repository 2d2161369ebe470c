//! A small file, readable: structure and drawing, reviewed whenever they change.

use crate::file;
use crate::job::{faces, job, layout, print};
use ocop_stamp::printing::Job;
use std::fmt::Write;

#[test]
fn a_job_of_three_stamps_is_written_like_this() {
    let layout = layout();
    let job = Job { stars: 4, ..job(&layout, 3) };
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
        if matches!(operator, "m" | "l" | "c" | "h" | "b") {
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
