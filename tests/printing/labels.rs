//! Labels for printers that speak ZPL, read by a small decoder of our own: a printer of one page.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io;
use std::sync::{Arc, Mutex};

use crate::dots::{black, decode};
use crate::job::{Desk, desk_of, faces, fonts, job, layout};
use ocop_stamp::plates::{self, RenderError, Screen};
use ocop_stamp::printing::{Bitmap, Face, Job, LabelError, Printed, Roll, Split, write_labels};

/// Writes a job's labels into memory: a text for each file.
fn print(
    job: &Job<'_>,
    faces: Vec<Face>,
) -> Result<(Printed, Vec<String>), LabelError<Infallible>> {
    #[derive(Clone, Default)]
    struct Shared(Arc<Mutex<Vec<u8>>>);
    impl io::Write for Shared {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut files: Vec<Shared> = Vec::new();
    let grid = job.imposition.grid();
    let roll = Roll {
        open: |_| {
            files.push(Shared::default());
            Ok(files.last().unwrap().clone())
        },
        picture: |pdf: &[u8]| -> Result<_, RenderError> {
            plates::render(pdf, grid, Screen::Dispersed)
        },
        progress: |_| (),
    };
    let printed = write_labels(job, &fonts(), faces.into_iter().map(Ok), roll)?;
    let texts = files.iter().map(|file| String::from_utf8(file.0.lock().unwrap().clone()).unwrap());
    Ok((printed, texts.collect()))
}

/// A label as a printer would print it.
struct Label {
    dots: Bitmap,
    comments: Vec<String>,
    /// The pictures on it that are no recalled art, with their places.
    pictures: Vec<((i32, i32), Bitmap)>,
}

/// Prints a file.
fn printer(text: &str) -> Vec<Label> {
    assert!(text.is_ascii(), "everything that is not ASCII is in pictures");
    let mut stored = BTreeMap::new();
    let mut labels: Vec<Label> = Vec::new();
    let (mut at, mut width) = ((0, 0), 0);
    for command in text.split(['^', '~']).map(str::trim_end) {
        let (name, data) = command.split_at(command.len().min(2));
        let parts: Vec<&str> = data.split(',').collect();
        match name {
            "DG" => {
                let (total, row) = (parts[1].parse().unwrap(), parts[2].parse().unwrap());
                let hex = data.splitn(4, ',').nth(3).unwrap();
                stored.insert(parts[0].to_owned(), unpacked(hex, total, row));
            }
            "PW" => width = data.parse().unwrap(),
            "LL" => labels.push(Label {
                dots: Bitmap::new(width, data.parse().unwrap()),
                comments: Vec::new(),
                pictures: Vec::new(),
            }),
            "FX" => labels.last_mut().unwrap().comments.push(data.trim().to_owned()),
            "FO" => at = (parts[0].parse().unwrap(), parts[1].parse().unwrap()),
            "XG" => labels.last_mut().unwrap().dots.draw(&stored[parts[0]], at),
            "GF" => {
                assert_eq!((parts[0], parts[1]), ("A", parts[2]));
                let (total, row) = (parts[1].parse().unwrap(), parts[3].parse().unwrap());
                let hex = data.splitn(5, ',').nth(4).unwrap();
                let picture = unpacked(hex, total, row);
                let label = labels.last_mut().unwrap();
                label.dots.draw(&picture, at);
                label.pictures.push((at, picture));
            }
            "ID" => assert!(stored.remove(data).is_some(), "{data} is not stored"),
            "" | "XA" | "XZ" | "FS" | "CI" | "LH" => {}
            other => panic!("the printer does not know ^{other}"),
        }
    }
    assert!(stored.is_empty(), "something is left in the printer");
    labels
}

/// Unpacks compressed hexadecimal, written from Zebra's description alone.
fn unpacked(text: &str, total: usize, row_bytes: usize) -> Bitmap {
    let mut rows: Vec<String> = Vec::new();
    let (mut row, mut times) = (String::new(), 0);
    for symbol in text.chars() {
        let free = row_bytes * 2 - row.len();
        match symbol {
            'G'..='Y' => times += symbol as usize - 'F' as usize,
            'g'..='z' => times += (symbol as usize - 'f' as usize) * 20,
            ',' => row.push_str(&"0".repeat(free)),
            '!' => row.push_str(&"F".repeat(free)),
            ':' => row.clone_from(rows.last().unwrap()),
            digit => {
                assert!(digit.is_ascii_digit() || ('A'..='F').contains(&digit), "{digit}");
                row.push_str(&digit.to_string().repeat(times.max(1)));
                times = 0;
            }
        }
        assert!(row.len() <= row_bytes * 2);
        if row.len() == row_bytes * 2 {
            rows.push(std::mem::take(&mut row));
        }
    }
    assert_eq!((rows.len() * row_bytes, row.as_str()), (total, ""), "the picture is not full");
    let mut bitmap =
        Bitmap::new(u32::try_from(row_bytes * 8).unwrap(), u32::try_from(rows.len()).unwrap());
    for (y, row) in (0..).zip(&rows) {
        for (x, digit) in (0..).zip(row.chars()) {
            let bits = digit.to_digit(16).unwrap();
            for bit in (0..4).filter(|bit| bits & (8 >> bit) != 0) {
                bitmap.blacken(x * 4 + bit, y);
            }
        }
    }
    bitmap
}

fn rolls() -> Vec<Desk> {
    let mut desks: Vec<Desk> = ["cuon-nhiet-203", "cuon-nhiet-300", "cuon-nhiet-600"]
        .into_iter()
        .flat_map(|name| {
            [desk_of(layout(name), "sen-25x35"), desk_of(layout(name), "trong-dong-30")]
        })
        .collect();
    for turn in [90, 180, 270] {
        let mut layout = layout("cuon-nhiet-300");
        layout.turn = turn;
        layout.page_mm = (90.0, 90.0);
        desks.push(desk_of(layout, "sen-25x35"));
    }
    desks
}

#[test]
fn every_label_decodes_to_its_stamps_at_every_resolution_and_turn() {
    for desk in rolls() {
        let (name, turn) = (&desk.imposition.layout.name, desk.imposition.layout.turn);
        let faces = faces(7);
        let (printed, files) = print(&job(&desk, 7), faces.clone()).unwrap();
        assert_eq!((printed.volumes.len(), printed.volumes[0].stamps), (1, 7));
        let labels = printer(&files[0]);
        let serials: Vec<&String> = labels.iter().flat_map(|label| &label.comments).collect();
        let mut expected: Vec<&String> = faces.iter().map(|face| &face.serial).collect();
        let mut sorted = serials.clone();
        sorted.sort();
        expected.sort();
        assert_eq!(sorted, expected, "{name}");
        let of = |serial: &String| faces.iter().find(|face| face.serial == *serial).unwrap();
        for label in &labels {
            let lanes = label.comments.len();
            assert_eq!(label.pictures.len(), 2 * lanes, "a symbol and a serial number a stamp");
            for (lane, serial) in label.comments.iter().enumerate() {
                let (at, symbol) = &label.pictures[2 * lane];
                let quiet = 4 * printed.module;
                let side = symbol.height() + 2 * u32::try_from(quiet).unwrap();
                let printed_code = label.dots.part((at.0 - quiet, at.1 - quiet), side, side);
                let text = decode(&printed_code);
                assert_eq!(text, Some(of(serial).text.clone()), "{name}, {turn}°");
            }
        }
    }
}

#[test]
fn modules_are_whole_dots_and_no_dot_of_art_is_in_the_quiet_zone() {
    for desk in rolls() {
        let (printed, files) = print(&job(&desk, 1), faces(1)).unwrap();
        let labels = printer(&files[0]);
        let (at, symbol) = &labels[0].pictures[0];
        let module = u32::try_from(printed.module).unwrap();
        let side = symbol.height();
        assert_eq!((side % module, side / module), (0, 41));
        for y in 0..side {
            for x in 0..side {
                let first = symbol.is_black(x / module * module, y / module * module);
                assert_eq!(symbol.is_black(x, y), first, "modules are squares of dots");
            }
        }
        let zone = side + 8 * module;
        let corner = (at.0 - 4 * printed.module, at.1 - 4 * printed.module);
        let printed_code = labels[0].dots.part(corner, zone, zone);
        assert_eq!(black(&printed_code), black(symbol));
    }
}

#[test]
fn a_label_is_the_stamp_that_the_pdf_shows() {
    let desk = desk_of(layout("cuon-nhiet-300"), "sen-25x35");
    let (_, files) = print(&job(&desk, 1), faces(1)).unwrap();
    let label = &printer(&files[0])[0];
    let (_, pdfs) = crate::job::print(&job(&desk, 1), faces(1)).unwrap();
    let grid = desk.imposition.grid();
    let page = plates::render(&pdfs[0], grid, Screen::Dispersed).unwrap().remove(0);
    let trim = desk.imposition.on_page(desk.imposition.cell(1));
    let top = i32::try_from(page.height()).unwrap() - trim.top();
    let (width, height) = (u32::try_from(trim.width).unwrap(), u32::try_from(trim.height).unwrap());
    let stamp = page.part((trim.x, top), width, height);
    // The screen of tints starts elsewhere, and letters of the serial number lie on whole dots.
    let differing = |by: (i32, i32)| {
        let moved = label.dots.part((trim.x + by.0, by.1), width, height);
        let dots = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        dots.filter(|(x, y)| stamp.is_black(*x, *y) != moved.is_black(*x, *y)).count()
    };
    let here = differing((0, 0));
    assert!(here * 30 < (width * height) as usize, "{here} of {} dots", width * height);
    for by in [(1, 0), (-1, 0), (0, 1), (0, -1)] {
        assert!(here * 2 < differing(by), "moved by {by:?} it would fit as well");
    }
}

#[test]
fn the_art_is_sent_once_a_file_and_taken_out_again_and_the_same_job_gives_the_same_bytes() {
    let desk = desk_of(layout("cuon-nhiet-203"), "sen-25x35");
    let split = Split { sheets: 4, ..Split::default() };
    let cells = u64::from(desk.imposition.cells());
    let job = Job { split, ..job(&desk, 9 * cells) };
    let (printed, files) = print(&job, faces(9 * cells)).unwrap();
    assert_eq!(files.len(), 3);
    for (volume, file) in printed.volumes.iter().zip(&files) {
        assert_eq!(file.matches("~DG").count(), 1);
        assert!(file.ends_with("^XA^IDR:OCOPAB12.GRF^FS^XZ\n"));
        assert_eq!(volume.bytes, u64::try_from(file.len()).unwrap());
        assert_eq!(u64::try_from(file.matches("^FX ").count()).unwrap(), volume.stamps);
        assert!(file.len() < 4096 * usize::try_from(volume.stamps + 8).unwrap());
    }
    assert_eq!((printed.volumes[2].first_sheet, printed.volumes[2].last_sheet), (9, 9));
    assert!(print(&job, faces(9 * cells)).unwrap().1 == files);
}

#[test]
fn sheets_and_fine_presses_are_no_label_printers() {
    let sheets = desk_of(layout("a4"), "sen-25x35");
    let error = print(&job(&sheets, 1), faces(1)).unwrap_err();
    assert!(error.to_string().contains("kind = \"roll\""), "{error}");
    let mut fine = layout("cuon-100");
    fine.press.dpi = ocop_stamp::printing::geometry::Grid::try_from(1200).unwrap();
    let error = print(&job(&desk_of(fine, "sen-25x35"), 1), faces(1)).unwrap_err();
    assert!(error.to_string().contains("203, 300 or 600"), "{error}");
}
