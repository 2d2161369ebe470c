//! One-bit pictures: what a plate, a label or a symbol is to a device.

use super::qr::Symbol;

/// Dots that are black or not: rows from the top, each padded to whole bytes, the leftmost dot in
/// the highest bit, a one is black.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bitmap {
    width: u32,
    height: u32,
    bytes: Vec<u8>,
}

impl Bitmap {
    /// A white picture.
    #[must_use]
    pub fn new(width: u32, height: u32) -> Self {
        let bytes = vec![0; width.div_ceil(8) as usize * height as usize];
        Self { width, height, bytes }
    }

    /// A picture of rows as they are kept here; `None` where these are more or fewer bytes.
    #[must_use]
    pub fn of_rows(width: u32, height: u32, bytes: Vec<u8>) -> Option<Self> {
        let picture = Self { width, height, bytes };
        let length = picture.row_bytes().checked_mul(height as usize)?;
        (picture.bytes.len() == length).then_some(picture)
    }

    /// A symbol without its quiet zone: a module has `scale` dots, and every dark edge is drawn back
    /// by `shaving` of them.
    #[must_use]
    pub fn of_symbol(symbol: &Symbol, scale: u32, shaving: u32) -> Self {
        let side = symbol.size() * scale;
        let mut bytes = Vec::new();
        symbol.write_shaved_mask(scale, shaving, &mut bytes);
        // A mask has zeros where it paints.
        for byte in &mut bytes {
            *byte = !*byte;
        }
        Self { width: side, height: side, bytes }
    }

    /// Dots in a row.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Rows.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.height
    }

    /// Bytes in a row.
    #[must_use]
    pub fn row_bytes(&self) -> usize {
        self.width.div_ceil(8) as usize
    }

    /// All rows, one after the other.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The rows from the top.
    pub fn rows(&self) -> impl Iterator<Item = &[u8]> {
        self.bytes.chunks(self.row_bytes().max(1))
    }

    /// The rows from the top, to be written.
    pub fn rows_mut(&mut self) -> impl Iterator<Item = &mut [u8]> {
        let length = self.row_bytes().max(1);
        self.bytes.chunks_mut(length)
    }

    /// Whether a dot is black; outside the picture all is white.
    #[must_use]
    pub fn is_black(&self, x: u32, y: u32) -> bool {
        x < self.width && self.byte(x, y).is_some_and(|byte| byte & bit(x) != 0)
    }

    /// Makes a dot black; outside the picture nothing happens.
    pub fn blacken(&mut self, x: u32, y: u32) {
        if x >= self.width {
            return;
        }
        let at = self.at(x, y);
        if let Some(byte) = self.bytes.get_mut(at) {
            *byte |= bit(x);
        }
    }

    /// Makes a rectangle white.
    pub fn whiten(&mut self, left: i32, top: i32, width: u32, height: u32) {
        let inside = |at: u32, from: i32, length: u32| {
            let by = i64::from(at) - i64::from(from);
            (0..i64::from(length)).contains(&by)
        };
        let row_bytes = self.row_bytes();
        let columns: Vec<u32> = (0..self.width).filter(|x| inside(*x, left, width)).collect();
        for (y, row) in (0..).zip(self.bytes.chunks_mut(row_bytes.max(1))) {
            if inside(y, top, height) {
                for x in &columns {
                    if let Some(byte) = row.get_mut(*x as usize / 8) {
                        *byte &= !bit(*x);
                    }
                }
            }
        }
    }

    /// Draws the black dots of another picture, its upper left corner at a place that may lie
    /// outside.
    pub fn draw(&mut self, other: &Self, (left, top): (i32, i32)) {
        for (x, y) in other.black() {
            let place = |from: i32, by: u32| u32::try_from(i64::from(from) + i64::from(by));
            if let (Ok(x), Ok(y)) = (place(left, x), place(top, y)) {
                self.blacken(x, y);
            }
        }
    }

    /// A part of the picture, white where it reaches beyond.
    #[must_use]
    pub fn part(&self, (left, top): (i32, i32), width: u32, height: u32) -> Self {
        let mut part = Self::new(width, height);
        let place = |from: i32, by: u32| u32::try_from(i64::from(from) + i64::from(by));
        for y in 0..height {
            let Ok(from) = place(top, y) else { continue };
            for x in 0..width {
                if place(left, x).is_ok_and(|x| self.is_black(x, from)) {
                    part.blacken(x, y);
                }
            }
        }
        part
    }

    /// The same turned counter-clockwise by 90, 180 or 270 degrees; by any other as it is.
    #[must_use]
    pub fn turned(&self, degrees: u16) -> Self {
        let (width, height) = (self.width, self.height);
        let mut turned = match degrees {
            90 | 270 => Self::new(height, width),
            180 => Self::new(width, height),
            _ => return self.clone(),
        };
        for (x, y) in self.black() {
            let (right, below) = (width - 1 - x, height - 1 - y);
            match degrees {
                90 => turned.blacken(y, right),
                180 => turned.blacken(right, below),
                _ => turned.blacken(below, x),
            }
        }
        turned
    }

    /// The smallest rectangle around all black: left, top, width, height.
    #[must_use]
    pub fn extent(&self) -> Option<(u32, u32, u32, u32)> {
        let mut ends: Option<(u32, u32, u32, u32)> = None;
        for (x, y) in self.black() {
            let (left, top, right, bottom) = ends.unwrap_or((x, y, x, y));
            ends = Some((left.min(x), top.min(y), right.max(x), bottom.max(y)));
        }
        ends.map(|(left, top, right, bottom)| (left, top, right - left + 1, bottom - top + 1))
    }

    fn black(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        (0_u32..).zip(self.rows()).flat_map(|(y, row)| {
            let bytes = (0_u32..).step_by(8).zip(row).filter(|(_, byte)| **byte != 0);
            bytes.flat_map(move |(x, byte)| {
                let black = (0..8).filter(move |at| byte & (0x80 >> at) != 0);
                black.map(move |at| (x + at, y))
            })
        })
    }

    fn at(&self, x: u32, y: u32) -> usize {
        y as usize * self.row_bytes() + x as usize / 8
    }

    fn byte(&self, x: u32, y: u32) -> Option<u8> {
        self.bytes.get(self.at(x, y)).copied()
    }
}

fn bit(x: u32) -> u8 {
    0x80 >> (x % 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(rows: &[&str]) -> Bitmap {
        let mut bitmap = Bitmap::new(u32::try_from(rows[0].len()).unwrap(), 0);
        bitmap.height = u32::try_from(rows.len()).unwrap();
        bitmap.bytes.resize(bitmap.row_bytes() * rows.len(), 0);
        for (y, row) in (0..).zip(rows) {
            for (x, dot) in (0..).zip(row.chars()) {
                if dot == '#' {
                    bitmap.blacken(x, y);
                }
            }
        }
        bitmap
    }

    #[test]
    fn turning_is_counter_clockwise() {
        let flag = drawn(&["##.", "#.."]);
        assert_eq!(flag.turned(90), drawn(&["..", "#.", "##"]));
        assert_eq!(flag.turned(180), drawn(&["..#", ".##"]));
        assert_eq!(flag.turned(270), drawn(&["##", ".#", ".."]));
        assert_eq!(flag.turned(90).turned(270), flag);
    }

    #[test]
    fn parts_may_reach_beyond_the_picture() {
        let whole = drawn(&["#........#", ".........."]);
        assert_eq!(whole.part((8, -1), 3, 2), drawn(&["...", ".#."]));
        assert_eq!(whole.extent(), Some((0, 0, 10, 1)));
        assert_eq!(Bitmap::new(9, 9).extent(), None);
    }
}
