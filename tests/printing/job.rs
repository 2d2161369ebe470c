//! A sample job and its stamps.

use ocop_stamp::domain::calendar::Day;
use ocop_stamp::press::Intent;
use ocop_stamp::printing::{
    Design, ErrorCorrection, Face, FontFiles, Fonts, Imposition, Job, Label, Layout, LeftOut,
    Printed, SheetError, Split, write_sheets,
};
use std::convert::Infallible;
use std::io::{self, Write};
use std::sync::{Arc, LazyLock, Mutex};

static COATED: LazyLock<Intent> = LazyLock::new(|| Intent::named("coated").unwrap());

/// The paper and the design that most tests print on.
pub(crate) struct Desk {
    pub(crate) imposition: Imposition,
    pub(crate) design: Design,
}

/// A layout and a design that come with the program.
pub(crate) fn desk_of(layout: &Layout, design: &str) -> Desk {
    desk_with(layout, Design::by_name(design).unwrap().unwrap())
}

/// A layout and any design.
pub(crate) fn desk_with(layout: &Layout, design: Design) -> Desk {
    Desk { imposition: Imposition::new(layout, design.size()).unwrap(), design }
}

pub(crate) fn layout(name: &str) -> Layout {
    Layout::by_name(name).unwrap().unwrap()
}

pub(crate) fn desk() -> Desk {
    desk_of(&layout("a4"), "sen-25x35")
}

pub(crate) fn fonts() -> Fonts<'static> {
    Fonts::new(FontFiles::BUNDLED).unwrap()
}

pub(crate) fn label() -> Label<'static> {
    Label {
        batch: "AB12",
        product_name: "Bộ bát đĩa hoa sen đỏ",
        producer_name: "Công ty TNHH Gốm sứ Quang Vinh",
        stars: 5,
        decision: "MẪU-5/QĐ-BNNMT",
        valid_until: Day::from_ymd_opt(2028, 5, 19),
        commune: "",
        lot: "",
    }
}

pub(crate) fn job(desk: &Desk, total: u64) -> Job<'_> {
    let standard = desk.imposition.layout.press.standard;
    Job {
        label: label(),
        total,
        level: ErrorCorrection::M,
        imposition: &desk.imposition,
        design: &desk.design,
        intent: standard.has_intent().then(|| COATED.view()),
        without: LeftOut::default(),
        split: Split::default(),
        only: None,
        issued_on: Day::from_ymd_opt(2026, 11, 23).unwrap(),
    }
}

/// Stamps that look signed; the same number gives the same stamp.
pub(crate) fn face(number: u64) -> Face {
    let mut state = (number + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut symbols = |alphabet: &[u8], count: usize| -> String {
        let mut symbol = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            char::from(alphabet[(state >> 33) as usize % alphabet.len()])
        };
        (0..count).map(|_| symbol()).collect()
    };
    let serial = format!("AB12{}", symbols(b"0123456789ABCDEFGHJKMNPQRSTVWXYZ", 8));
    let signature = symbols(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", 100);
    Face {
        serial: format!("{}-{}-{}", &serial[..4], &serial[4..8], &serial[8..]),
        text: format!("https://VERIFY.EXAMPLE.VN/T/{serial}/{signature}"),
    }
}

pub(crate) fn faces(total: u64) -> Vec<Face> {
    (0..total).map(face).collect()
}

/// Writes a job into memory: a buffer for each volume.
pub(crate) fn print(
    job: &Job<'_>,
    faces: Vec<Face>,
) -> Result<(Printed, Vec<Vec<u8>>), SheetError<Infallible>> {
    let volumes = Arc::new(Mutex::new(Vec::new()));
    let faces = faces.into_iter().map(Ok::<_, Infallible>);
    let open = |number: u32| {
        volumes.lock().unwrap().push(Vec::new());
        Ok(Buffer { volumes: Arc::clone(&volumes), index: number as usize - 1 })
    };
    let printed = write_sheets(job, &fonts(), faces, open, |_| ())?;
    let buffers = std::mem::take(&mut *volumes.lock().unwrap());
    Ok((printed, buffers))
}

/// One volume of a shared row of buffers.
struct Buffer {
    volumes: Arc<Mutex<Vec<Vec<u8>>>>,
    index: usize,
}

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.volumes.lock().unwrap()[self.index].extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
