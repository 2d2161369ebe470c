//! Sheets from ready codes to PDF bytes: stamps a second on all cores, bytes a stamp, memory.
//!
//! The yardstick is the same number of symbols from the `qrcode` crate's own encoder, on one core
//! and extrapolated from a few: what the symbols alone would cost without ours.

use crate::measure;
use crate::qr::link;
use ocop_stamp::domain::calendar::Day;
use ocop_stamp::press::Intent;
use ocop_stamp::printing::{
    Design, ErrorCorrection, Face, FontFiles, Fonts, Imposition, Job, Label, Layout, LeftOut,
    Printed, Split, write_sheets,
};
use qrcode::QrCode;
use std::convert::Infallible;
use std::hint::black_box;
use std::io;

const STAMPS: u32 = 100_000;
const MILLION: u32 = 1_000_000;
const SAMPLE: u32 = 500;

pub(crate) fn run() {
    let texts: Vec<String> = (0..SAMPLE).map(link).collect();
    let mut bytes = 0;
    let (ours, sample) = measure::duel(
        3,
        || bytes = written(&print(STAMPS)),
        || {
            for text in &texts {
                black_box(QrCode::new(black_box(text))).expect("fits");
            }
        },
    );
    let symbols = sample.as_secs_f64() * f64::from(STAMPS) / f64::from(SAMPLE);
    println!("  sheets        {:>9.0} stamps/s", f64::from(STAMPS) / ours.as_secs_f64());
    println!(
        "  ratio         {:>9.1} × the symbols of the qrcode crate alone",
        symbols / ours.as_secs_f64()
    );
    memory(STAMPS);
    let after = written(&print(MILLION));
    memory(MILLION);
    let each = (after - bytes) as f64 / f64::from(MILLION - STAMPS);
    println!("  size          {each:>9.1} bytes a stamp beyond the fixed part");
}

fn memory(stamps: u32) {
    if let Some(peak) = measure::peak_memory_mb() {
        println!("  peak memory   {peak:>9.1} MB after {stamps} stamps");
    }
}

fn written(printed: &Printed) -> u64 {
    printed.volumes.iter().map(|volume| volume.bytes).sum()
}

fn print(stamps: u32) -> Printed {
    let layout = Layout::by_name("a4").expect("is shipped").expect("is a layout");
    let design = Design::by_name("sen-25x35").expect("is shipped").expect("is a design");
    let imposition = Imposition::new(&layout, design.size()).expect("fits");
    let intent = Intent::named("coated").expect("is shipped");
    let job = Job {
        label: Label {
            batch: "AB12",
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
        imposition: &imposition,
        design: &design,
        intent: Some(intent.view()),
        without: LeftOut::default(),
        split: Split::default(),
        only: None,
        issued_on: Day::from_ymd_opt(2026, 11, 23).expect("is a day"),
    };
    let fonts = Fonts::new(FontFiles::BUNDLED).expect("are fonts");
    let faces = (0..stamps).map(|number| {
        let digits = format!("{number:08}");
        let serial = format!("AB12-{}-{}", &digits[..4], &digits[4..]);
        Ok::<_, Infallible>(Face { serial, text: link(number) })
    });
    write_sheets(&job, &fonts, faces, |_| Ok(io::sink()), |_| ()).expect("can be written")
}
