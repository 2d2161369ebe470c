//! Pictures in gray, and what scanners, phones and print shops do to them.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::many_single_char_names,
    reason = "pixels are small; terms are named as in the literature"
)]

use std::io::Cursor;

use image::{
    DynamicImage, GrayImage, ImageFormat, codecs::jpeg::JpegEncoder, imageops::FilterType,
};

type Point = (f64, f64);

/// A picture.
#[derive(Clone)]
pub(crate) struct Canvas {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) luma: Vec<u8>,
}

impl Canvas {
    pub(crate) fn png(&self) -> Vec<u8> {
        let mut file = Cursor::new(Vec::new());
        self.image().write_to(&mut file, ImageFormat::Png).unwrap();
        file.into_inner()
    }

    pub(crate) fn jpeg(&self, quality: u8) -> Vec<u8> {
        let mut file = Vec::new();
        self.image().write_with_encoder(JpegEncoder::new_with_quality(&mut file, quality)).unwrap();
        file
    }

    pub(crate) fn image(&self) -> DynamicImage {
        let size = (self.width.try_into().unwrap(), self.height.try_into().unwrap());
        GrayImage::from_raw(size.0, size.1, self.luma.clone()).unwrap().into()
    }

    fn of(image: DynamicImage) -> Self {
        let image = image.into_luma8();
        let (width, height) = image.dimensions();
        let luma = image.into_raw();
        Self { width: width.try_into().unwrap(), height: height.try_into().unwrap(), luma }
    }

    /// As a scanner at another resolution would give it.
    pub(crate) fn at_dpi(&self, dpi: usize) -> Self {
        let size = |px: usize| u32::try_from(px * dpi / 300).unwrap();
        Self::of(self.image().resize_exact(
            size(self.width),
            size(self.height),
            FilterType::Triangle,
        ))
    }

    pub(crate) fn quarter_turns(&self, turns: usize) -> Self {
        Self::of(match turns {
            1 => self.image().rotate90(),
            2 => self.image().rotate180(),
            _ => self.image().rotate270(),
        })
    }

    pub(crate) fn blurred(&self, deviation_px: f32) -> Self {
        Self::of(self.image().blur(deviation_px))
    }

    /// Gray noise of about this standard deviation, the same every time.
    pub(crate) fn noisy(mut self, deviation: i32) -> Self {
        let mut chance = Chance::new(7);
        for luma in &mut self.luma {
            // The sum of four bytes deviates by 148.
            let sum: i32 =
                chance.next().to_le_bytes()[..4].iter().map(|&byte| i32::from(byte)).sum();
            let light = i32::from(*luma) + (sum - 510) * deviation / 148;
            *luma = u8::try_from(light.clamp(0, 255)).unwrap();
        }
        self
    }

    /// Light falling off to so many percent from the upper left to the lower right, on paper that
    /// is not quite white.
    pub(crate) fn unevenly_lit(mut self, percent: usize) -> Self {
        let far = self.width + self.height;
        for (y, row) in self.luma.chunks_mut(self.width).enumerate() {
            for (x, luma) in row.iter_mut().enumerate() {
                let light = 100 * far - (100 - percent) * (x + y);
                *luma = u8::try_from((usize::from(*luma) + 12) * light / (110 * far)).unwrap();
            }
        }
        self
    }

    /// With a lamp mirrored at a point, as on glossy paper: white in the middle, less so up to a radius.
    pub(crate) fn mirroring(mut self, (at_x, at_y): (usize, usize), radius: usize) -> Self {
        for (y, row) in self.luma.chunks_mut(self.width).enumerate() {
            for (x, luma) in row.iter_mut().enumerate() {
                let far = (float(x.abs_diff(at_x)).hypot(float(y.abs_diff(at_y)))) / float(radius);
                let light = 300.0 * (1.0 - far * far).max(0.0);
                *luma = (f64::from(*luma) + light).min(255.0) as u8;
            }
        }
        self
    }

    /// The picture on a gray table, with its corners (upper left, upper right, lower right, lower
    /// left) at these points of a larger picture.
    pub(crate) fn seen(&self, (width, height): (usize, usize), corners: [Point; 4]) -> Self {
        let back = inverse(&square_to(corners));
        let mut luma = Vec::with_capacity(width * height);
        for y in 0..height {
            for x in 0..width {
                let (u, v) = project(&back, (float(x) + 0.5, float(y) + 0.5));
                luma.push(self.bilinear(u * float(self.width) - 0.5, v * float(self.height) - 0.5));
            }
        }
        Self { width, height, luma }
    }

    /// Turned clockwise about its middle, on white.
    pub(crate) fn turned(&self, degrees: f64) -> Self {
        let (sin, cos) = degrees.to_radians().sin_cos();
        let (w, h) = (float(self.width), float(self.height));
        let size = (w * cos.abs() + h * sin.abs(), w * sin.abs() + h * cos.abs());
        let corner = |(x, y): Point| {
            let (x, y) = (x - w / 2.0, y - h / 2.0);
            (x * cos - y * sin + size.0 / 2.0, x * sin + y * cos + size.1 / 2.0)
        };
        let corners = [(0.0, 0.0), (w, 0.0), (w, h), (0.0, h)].map(corner);
        self.seen((size.0.ceil() as usize, size.1.ceil() as usize), corners)
    }

    /// With its middle rows and columns pushed aside by so many pixels, as on paper that is not flat.
    pub(crate) fn curled(&self, by_px: f64) -> Self {
        let bend =
            |at: usize, of: usize| by_px * (std::f64::consts::PI * float(at) / float(of)).sin();
        let mut luma = Vec::with_capacity(self.luma.len());
        for y in 0..self.height {
            for x in 0..self.width {
                let (aside, down) = (bend(y, self.height), bend(x, self.width));
                luma.push(self.bilinear(float(x) + aside, float(y) + down));
            }
        }
        Self { luma, ..*self }
    }

    fn bilinear(&self, x: f64, y: f64) -> u8 {
        const TABLE: u8 = 110;
        if x < 0.0 || y < 0.0 {
            return TABLE;
        }
        let (left, top) = (x as usize, y as usize);
        if left + 1 >= self.width || top + 1 >= self.height {
            return TABLE;
        }
        let at = top * self.width + left;
        let (x, y) = (x - float(left), y - float(top));
        let mix = |a: u8, b: u8, part: f64| f64::from(a) + (f64::from(b) - f64::from(a)) * part;
        let upper = mix(self.luma[at], self.luma[at + 1], x);
        let lower = mix(self.luma[at + self.width], self.luma[at + self.width + 1], x);
        (upper + (lower - upper) * y) as u8
    }

    /// Everything in a rectangle (left, top, width, height) in one tone.
    pub(crate) fn fill(
        &mut self,
        (left, top, width, height): (usize, usize, usize, usize),
        tone: u8,
    ) {
        for y in top..top + height {
            self.luma[y * self.width + left..][..width].fill(tone);
        }
    }
}

fn float(px: usize) -> f64 {
    f64::from(u32::try_from(px).unwrap())
}

/// The projection of the unit square to a quadrilateral, row by row.
///
/// P. Heckbert, Fundamentals of Texture Mapping and Image Warping, 1989, 2.2.3.
fn square_to([a, b, c, d]: [Point; 4]) -> [f64; 9] {
    let (dx1, dx2, sx) = (b.0 - c.0, d.0 - c.0, a.0 - b.0 + c.0 - d.0);
    let (dy1, dy2, sy) = (b.1 - c.1, d.1 - c.1, a.1 - b.1 + c.1 - d.1);
    let whole = dx1 * dy2 - dx2 * dy1;
    let (g, h) = ((sx * dy2 - dx2 * sy) / whole, (dx1 * sy - sx * dy1) / whole);
    [
        b.0 - a.0 + g * b.0,
        d.0 - a.0 + h * d.0,
        a.0,
        b.1 - a.1 + g * b.1,
        d.1 - a.1 + h * d.1,
        a.1,
        g,
        h,
        1.0,
    ]
}

/// The inverse but for a factor, which projections do not mind.
fn inverse([a, b, c, d, e, f, g, h, i]: &[f64; 9]) -> [f64; 9] {
    [
        e * i - f * h,
        c * h - b * i,
        b * f - c * e,
        f * g - d * i,
        a * i - c * g,
        c * d - a * f,
        d * h - e * g,
        b * g - a * h,
        a * e - b * d,
    ]
}

fn project([a, b, c, d, e, f, g, h, i]: &[f64; 9], (x, y): Point) -> Point {
    let depth = g * x + h * y + i;
    ((a * x + b * y + c) / depth, (d * x + e * y + f) / depth)
}

/// Numbers that look random and are the same every time (xorshift).
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap() % limit
    }
}
