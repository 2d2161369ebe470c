//! Pictures that are light enough for a page: small, and with a palette.

use std::collections::{HashMap, HashSet};
use std::io::Cursor;

use png::{BitDepth, ColorType, Compression};

use super::{Picture, PreviewError, picture, with_page};

/// Resolution up to which a picture is drawn: more than a screen shows of a stamp.
const DPI_MAX: u32 = 300;
/// Most pixels of its longer side.
const SIDE_MAX: f32 = 480.0;
/// Most colours of the palette.
const COLOURS_MAX: usize = 64;
/// Bits of each channel by which colours are told apart.
const BITS: u8 = 4;

type Rgb = [u8; 3];

/// A page (from 1) as a PNG for a page of the web.
///
/// # Errors
/// [`PreviewError`].
pub fn light_png(pdf: &[u8], page: usize) -> Result<Vec<u8>, PreviewError> {
    let (width, height) = with_page(pdf, page, |page| Ok(page.render_dimensions()))?;
    let longer = width.max(height).max(1.0);
    let dpi =
        (1..=DPI_MAX).rev().find(|dpi| super::narrow(*dpi) * longer <= SIDE_MAX * super::POINTS);
    let Picture { width, height, rgb } = picture(pdf, page, dpi.unwrap_or(1))?;
    let (pixels, _) = rgb.as_chunks::<3>();
    let palette = palette(pixels);
    let mut png = Cursor::new(Vec::new());
    let mut encoder = png::Encoder::new(&mut png, width, height);
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::High);
    // Neighbouring numbers of a palette say nothing of each other.
    encoder.set_filter(png::Filter::NoFilter);
    encoder.set_palette(palette.concat());
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&numbers(pixels, &palette))?;
    writer.finish()?;
    Ok(png.into_inner())
}

/// The commonest colours, exactly as they are: what is printed flat stays what it is.
fn palette(pixels: &[Rgb]) -> Vec<Rgb> {
    let mut counts: HashMap<Rgb, u32> = HashMap::new();
    for pixel in pixels {
        *counts.entry(*pixel).or_default() += 1;
    }
    let mut colours: Vec<(u32, Rgb)> =
        counts.into_iter().map(|(rgb, count)| (count, rgb)).collect();
    colours.sort_unstable_by(|a, b| b.cmp(a));
    // Of colours that look alike, the commonest stands for all.
    let mut alike = HashSet::new();
    let mut palette = Vec::new();
    for (_, rgb) in colours {
        let look = rgb.map(|channel| channel >> (8 - BITS));
        if palette.len() < COLOURS_MAX && alike.insert(look) {
            palette.push(rgb);
        }
    }
    palette
}

/// The number of the nearest colour for each pixel.
fn numbers(pixels: &[Rgb], palette: &[Rgb]) -> Vec<u8> {
    let mut known: HashMap<Rgb, u8> = HashMap::new();
    let nearest = |pixel: &Rgb| {
        let far = |colour: &Rgb| -> u32 {
            pixel.iter().zip(colour).map(|(a, b)| u32::from(a.abs_diff(*b)).pow(2)).sum()
        };
        (0..).zip(palette).min_by_key(|(_, colour)| far(colour)).map_or(0, |(number, _)| number)
    };
    pixels.iter().map(|pixel| *known.entry(*pixel).or_insert_with(|| nearest(pixel))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flat_colours_stay_as_they_are_and_the_rest_goes_to_the_nearest() {
        let (paper, red) = ([255; 3], [177, 23, 36]);
        let mut pixels = vec![paper; 500];
        pixels.extend(vec![red; 300]);
        pixels.push([254, 255, 253]);
        let palette = palette(&pixels);
        assert_eq!(palette, [paper, red]);
        let numbers = numbers(&pixels, &palette);
        assert_eq!(
            (numbers.first(), numbers.get(600), numbers.last()),
            (Some(&0), Some(&1), Some(&0))
        );
    }

    #[test]
    fn a_palette_has_no_more_colours_than_it_may() {
        let rows = |x| {
            [[x, 0, 0], [0, x, 0], [0, 0, x], [x, x, 255 - x], [x, 255 - x, x], [255 - x, x, x]]
        };
        let pixels: Vec<Rgb> = (0..=255).flat_map(rows).collect();
        assert_eq!(palette(&pixels).len(), COLOURS_MAX);
    }
}
