//! Symbols against the `qrcode` crate's own encoder and against a reader.

use ocop_stamp::printing::qr::{self, ErrorCorrection, QrError, Symbol};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use qrcode::{Color, EcLevel, QrCode, Version};
use rxing::common::HybridBinarizer;
use rxing::qrcode::cpp_port::QrReader;
use rxing::{BinaryBitmap, Luma8LuminanceSource, Reader};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

const LEVELS: [(ErrorCorrection, EcLevel); 4] = [
    (ErrorCorrection::L, EcLevel::L),
    (ErrorCorrection::M, EcLevel::M),
    (ErrorCorrection::Q, EcLevel::Q),
    (ErrorCorrection::H, EcLevel::H),
];

/// Printed links, and any text of up to version 10's length.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "https://[A-Z]{3,12}\\.[A-Z]{2,8}\\.VN/T/[0-9A-HJKMNP-TV-Z]{12}/[0-9A-Z]{100}",
        2 => "https://[A-Z]{3,12}\\.VN/01/[0-9]{14}/21/[0-9A-HJKMNP-TV-Z]{12}",
        3 => "[0-9A-Z $%*+./:-]{1,390}",
        2 => "[0-9]{1,640}",
        3 => "[ -~]{1,270}",
        1 => "[a-zà-ỹ ]{1,60}",
    ]
}

fn oracle(text: &str, level: EcLevel) -> Option<QrCode> {
    let code = QrCode::with_error_correction_level(text, level).ok()?;
    matches!(code.version(), Version::Normal(1..=10)).then_some(code)
}

fn assert_same(symbol: &Symbol, code: &QrCode) {
    assert_eq!(Version::Normal(i16::from(symbol.version())), code.version());
    let width = code.width();
    assert_eq!(symbol.rows().len(), width);
    let ours = symbol.rows().iter().flat_map(|row| {
        (0..width).map(move |x| if row >> x & 1 == 1 { Color::Dark } else { Color::Light })
    });
    assert!(ours.eq(code.to_colors()), "modules differ");
}

/// The mask that the format bits beside the upper left finder pattern name.
fn printed_mask(symbol: &Symbol) -> u8 {
    let bit = |x, y| u8::from(symbol.is_dark(x, y));
    (bit(2, 8) << 2 | bit(3, 8) << 1 | bit(4, 8)) ^ 0b101
}

/// Compares thousands of random texts at one level.
fn compare(place: usize) {
    let (ours, theirs) = LEVELS[place];
    let rng_seed = RngSeed::Fixed(u64::try_from(place).unwrap());
    let config = Config { cases: 4_000, rng_seed, failure_persistence: None, ..Config::default() };
    let seen = RefCell::new(BTreeMap::<(u8, u8), usize>::new());
    let same = |text: String| {
        let Some(code) = oracle(&text, theirs) else {
            assert_eq!(qr::encode(&text, ours), Err(QrError::TooLong { bytes: text.len() }));
            return Ok(());
        };
        let symbol = qr::encode(&text, ours).unwrap();
        assert_same(&symbol, &code);
        assert_eq!(symbol.mask(), printed_mask(&symbol));
        *seen.borrow_mut().entry((symbol.version(), symbol.mask())).or_default() += 1;
        Ok(())
    };
    TestRunner::new(config).run(&texts(), same).unwrap();
    let seen = seen.into_inner();
    let compared: usize = seen.values().sum();
    assert!(compared >= 2_500, "only {compared} symbols compared");
    for version in 1..=10 {
        let masks = seen.keys().filter(|(of, _)| *of == version).count();
        assert!(masks >= 6, "version {version} came with {masks} masks only");
    }
}

#[test]
fn thousands_of_texts_at_level_l_give_the_modules_of_the_qrcode_crate() {
    compare(0);
}

#[test]
fn thousands_of_texts_at_level_m_give_the_modules_of_the_qrcode_crate() {
    compare(1);
}

#[test]
fn thousands_of_texts_at_level_q_give_the_modules_of_the_qrcode_crate() {
    compare(2);
}

#[test]
fn thousands_of_texts_at_level_h_give_the_modules_of_the_qrcode_crate() {
    compare(3);
}

#[test]
fn a_reader_finds_the_text_in_symbols_of_every_version() {
    let mut versions = BTreeSet::new();
    for length in (4..=240).step_by(2) {
        for (level, _) in LEVELS {
            let text: String =
                (0..length).map(|i| char::from(b'A' + u8::try_from(i * 7 % 26).unwrap())).collect();
            let Ok(symbol) = qr::encode(&text, level) else { continue };
            versions.insert(symbol.version());
            assert_eq!(read(&symbol), text, "version {} {level:?}", symbol.version());
        }
    }
    assert_eq!(versions, (1..=10).collect());
}

#[test]
fn a_signed_link_is_41_modules_wide_at_level_m() {
    let text = format!("https://VERIFY.EXAMPLE.VN/T/{}/{}", "AB12CD34EF56", "Z".repeat(100));
    assert_eq!(qr::encode(&text, ErrorCorrection::M).unwrap().size(), 41);
}

fn read(symbol: &Symbol) -> String {
    const SCALE: u32 = 3;
    let side = (symbol.size() + 2 * Symbol::QUIET_ZONE) * SCALE;
    let luma: Vec<u8> = (0..side * side)
        .map(|pixel| {
            let module = |at: u32| (at / SCALE).checked_sub(Symbol::QUIET_ZONE);
            let dark = module(pixel % side)
                .zip(module(pixel / side))
                .is_some_and(|(x, y)| symbol.is_dark(x, y));
            if dark { 0 } else { 255 }
        })
        .collect();
    let source = Luma8LuminanceSource::new(luma, side, side).unwrap();
    let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
    QrReader.decode(&mut bitmap).unwrap().getText().to_owned()
}
