//! A sample job and its stamps.

use ocop_stamp::domain::calendar::Day;
use ocop_stamp::printing::{
    Design, ErrorCorrection, Face, FontFiles, Fonts, Job, Layout, Printed, SheetError, write_sheets,
};
use std::convert::Infallible;
use std::io::{self, Write};
use std::sync::{Arc, Mutex};

pub(crate) fn layout() -> Layout {
    Layout::by_name("a4-25x35").unwrap()
}

pub(crate) fn fonts() -> Fonts<'static> {
    Fonts::new(FontFiles::BUNDLED).unwrap()
}

pub(crate) fn job(layout: &Layout, total: u64) -> Job<'_> {
    Job {
        batch: "AB12",
        product_name: "Bộ bát đĩa gốm sứ hoa sen đỏ",
        producer_name: "Công ty TNHH Gốm sứ Quang Vinh",
        stars: 5,
        total,
        level: ErrorCorrection::M,
        layout,
        design: Design::Placeholder,
        sheets_per_volume: 500,
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
