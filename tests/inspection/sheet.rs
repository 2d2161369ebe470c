//! A sheet of stamps on paper, and what should be on it.

use std::convert::Infallible;
use std::io::{self, Write};
use std::sync::{Arc, LazyLock, Mutex};

use ocop_stamp::code::text;
use ocop_stamp::domain::calendar::Day;
use ocop_stamp::domain::serial::{BatchNumber, Serial};
use ocop_stamp::inspection::{Expected, ExpectedCell};
use ocop_stamp::press::Intent;
use ocop_stamp::printing::{
    Design, ErrorCorrection, Face, FontFiles, Fonts, Imposition, Job, Label, Layout, LeftOut,
    Split, write_sheets,
};

use crate::canvas::{Canvas, Chance};
use crate::render;

/// The first sheet of the sample batch at 300 dpi.
pub(crate) static SHEET: LazyLock<Canvas> = LazyLock::new(|| printed("AB12", CELLS));

/// Stamps on a full sheet.
pub(crate) const CELLS: u32 = 42;

fn design() -> Design {
    Design::by_name("sen-25x35").unwrap().unwrap()
}

pub(crate) fn layout() -> Imposition {
    let a4 = Layout::by_name("a4").unwrap().unwrap();
    Imposition::new(&a4, design().size()).unwrap()
}

/// The serial of a cell; items of a batch are spread over it, as issued ones are.
pub(crate) fn serial(batch: &str, cell: u32) -> Serial {
    let number: BatchNumber = text::read_batch(batch).unwrap();
    number.serial(u64::from(cell) * 654_321_987 % (1 << 35)).unwrap()
}

/// A sheet with so many stamps at 300 dpi.
pub(crate) fn printed(batch: &str, stamps: u32) -> Canvas {
    let layout = layout();
    let (design, intent) = (design(), Intent::named("coated").unwrap());
    let job = Job {
        label: Label {
            batch,
            product_name: "Bộ bát đĩa hoa sen đỏ",
            producer_name: "Công ty TNHH Gốm sứ Quang Vinh",
            stars: 5,
            decision: "MẪU-5/QĐ-BNNMT",
            valid_until: Day::from_ymd_opt(2028, 5, 19),
            commune: "",
            lot: "",
        },
        total: u64::from(stamps),
        level: ErrorCorrection::M,
        imposition: &layout,
        design: &design,
        intent: Some(intent.view()),
        without: LeftOut::default(),
        split: Split::default(),
        only: None,
        issued_on: Day::from_ymd_opt(2026, 11, 23).unwrap(),
    };
    let faces = (1..=stamps).map(|cell| Ok::<_, Infallible>(face(serial(batch, cell))));
    let fonts = Fonts::new(FontFiles::BUNDLED).unwrap();
    let file = Buffer::default();
    write_sheets(&job, &fonts, faces, |_| Ok(file.clone()), |_| ()).unwrap();
    let bytes = std::mem::take(&mut *file.0.lock().unwrap());
    let page = render::at_300_dpi(bytes).remove(0);
    Canvas { width: page.width, height: page.height, luma: page.luma }
}

/// A stamp with a signature that is only as long as one.
fn face(of: Serial) -> Face {
    let mut chance = Chance::new(of.bits());
    let alphabet = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let signature: String =
        (0..100).map(|_| char::from(alphabet[chance.below(alphabet.len())])).collect();
    let text = format!("https://VERIFY.EXAMPLE.VN/T/{}/{signature}", text::serial(of));
    Face { serial: text::serial_grouped(of), text }
}

/// What a sheet with so many stamps should carry.
pub(crate) fn expected(batch: &str, stamps: u32) -> Expected {
    let layout = layout();
    let mm = |dots: i32| layout.grid().mm(dots);
    let page = layout.page();
    let cell = |cell| {
        let trim = layout.cell(cell);
        ExpectedCell {
            cell,
            serial: serial(batch, cell),
            x_mm: mm(trim.x),
            y_mm: mm(page.height - trim.top()),
            width_mm: mm(trim.width),
            height_mm: mm(trim.height),
        }
    };
    let page_mm = (mm(page.width), mm(page.height));
    Expected { page_mm, cells: (1..=stamps).map(cell).collect() }
}

/// The trim of a cell in pixels at 300 dpi: left, top, width, height.
pub(crate) fn trim_px(cell: u32) -> (usize, usize, usize, usize) {
    let layout = layout();
    let (trim, page) = (layout.cell(cell), layout.page());
    let px = |dots: i32| usize::try_from(dots / 2).unwrap();
    (px(trim.x), px(page.height - trim.top()), px(trim.width), px(trim.height))
}

/// A file in memory.
#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
