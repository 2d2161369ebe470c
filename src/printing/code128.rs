//! Code 128 (ISO/IEC 15417): the bar code of a sheet. Phone cameras open QR codes by themselves and
//! take no notice of this one, so nobody mistakes a sheet for a stamp.

/// Widths of bars and spaces, in modules, of each symbol character.
const PATTERNS: [&[u8; 6]; 106] = [
    b"212222", b"222122", b"222221", b"121223", b"121322", b"131222", b"122213", b"122312",
    b"132212", b"221213", b"221312", b"231212", b"112232", b"122132", b"122231", b"113222",
    b"123122", b"123221", b"223211", b"221132", b"221231", b"213212", b"223112", b"312131",
    b"311222", b"321122", b"321221", b"312212", b"322112", b"322211", b"212123", b"212321",
    b"232121", b"111323", b"131123", b"131321", b"112313", b"132113", b"132311", b"211313",
    b"231113", b"231311", b"112133", b"112331", b"132131", b"113123", b"113321", b"133121",
    b"313121", b"211331", b"231131", b"213113", b"213311", b"213131", b"311123", b"311321",
    b"331121", b"312113", b"312311", b"332111", b"314111", b"221411", b"431111", b"111224",
    b"111422", b"121124", b"121421", b"141122", b"141221", b"112214", b"112412", b"122114",
    b"122411", b"142112", b"142211", b"241211", b"221114", b"413111", b"241112", b"134111",
    b"111242", b"121142", b"121241", b"114212", b"124112", b"124211", b"411212", b"421112",
    b"421211", b"212141", b"214121", b"412121", b"111143", b"111341", b"131141", b"114113",
    b"114311", b"411113", b"411311", b"113141", b"114131", b"311141", b"411131", b"211412",
    b"211214", b"211232",
];
const STOP: &[u8] = b"2331112";
/// Start character of code set B.
const START_B: u32 = 104;
/// Modules of light margin on each side (4.3.2).
pub(crate) const QUIET_ZONE: i32 = 10;

/// A bar: first module, and how many modules wide.
pub(crate) type Bar = (i32, i32);

/// The bars of a text in code set B, and the modules that they take; `None` for characters outside
/// printable ASCII.
pub(crate) fn encode(text: &str) -> Option<(Vec<Bar>, i32)> {
    let values: Option<Vec<u32>> = text.bytes().map(value).collect();
    let values = values?;
    let weighted = (1_u32..).zip(&values).map(|(weight, value)| weight * value);
    let check = (START_B + weighted.sum::<u32>()) % 103;
    let mut bars = Vec::new();
    let mut at = 0;
    let symbols = [START_B].into_iter().chain(values).chain([check]);
    for symbol in symbols {
        let pattern = PATTERNS.get(usize::try_from(symbol).ok()?)?;
        at = draw(&mut bars, at, pattern.as_slice());
    }
    let end = draw(&mut bars, at, STOP);
    Some((bars, end))
}

fn value(byte: u8) -> Option<u32> {
    matches!(byte, b' '..=b'~').then(|| u32::from(byte - b' '))
}

/// Adds a character's bars; returns where the next one begins.
fn draw(bars: &mut Vec<Bar>, from: i32, widths: &[u8]) -> i32 {
    let mut at = from;
    for (index, digit) in widths.iter().enumerate() {
        let width = i32::from(digit - b'0');
        if index % 2 == 0 {
            bars.push((at, width));
        }
        at += width;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use rxing::common::BitMatrix;

    #[test]
    fn a_reader_reads_what_was_written() {
        for text in ["AB12-00007", "0000-1", "OCOP ~ 9"] {
            let (bars, modules) = encode(text).unwrap();
            let width = u32::try_from(modules + 2 * QUIET_ZONE).unwrap();
            let mut image = BitMatrix::new(width * 2, 40).unwrap();
            for (at, length) in bars {
                let left = u32::try_from(at + QUIET_ZONE).unwrap() * 2;
                image.setRegion(left, 0, u32::try_from(length).unwrap() * 2, 40).unwrap();
            }
            let luma: Vec<u8> = (0..40)
                .flat_map(|y| (0..width * 2).map(move |x| (x, y)))
                .map(|(x, y)| if image.get(x, y) { 0 } else { 255 })
                .collect();
            let read = rxing::helpers::detect_in_luma(luma, width * 2, 40, None).unwrap();
            assert_eq!(read.getText(), text);
        }
    }

    #[test]
    fn only_plain_characters_have_bars() {
        assert!(encode("lô tem").is_none());
    }
}
