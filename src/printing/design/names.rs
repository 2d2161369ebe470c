//! Product and producer together in one block: three lines at most, shared by need.

use super::fit::{Fitted, fit};
use crate::printing::geometry::{Rect, as_f32};
use crate::printing::pdf::font::{Font, Style};

/// Baselines of a text are this far apart, in font sizes; Vietnamese capitals with two marks
/// still keep clear of the line above.
const LEADING: f32 = 1.06;
/// From the upper edge of a line to its baseline, in font sizes.
const ASCENT: f32 = 0.85;

/// One line of the block.
pub(super) struct Line {
    pub(super) style: Style,
    pub(super) size: f32,
    /// Left end and baseline, in dots.
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) text: String,
}

/// The fonts and smallest sizes of both names.
pub(super) struct Faces<'a> {
    pub(super) product: &'a Font<'a>,
    pub(super) producer: &'a Font<'a>,
    /// Smallest height of a capital, in dots.
    pub(super) min_letter: f32,
}

/// Sets both names, centred in a block; returns the lines and the names that were cut.
pub(super) fn set(
    faces: &Faces<'_>,
    product: &str,
    producer: &str,
    block: Rect,
) -> (Vec<Line>, Vec<String>) {
    let (product_set, producer_set) = share(faces, product, producer, as_f32(block.width));
    let total = height(&product_set) + height(&producer_set);
    let mut top = as_f32(block.top()) - (as_f32(block.height) - total) / 2.0;
    let middle = as_f32(block.x) + as_f32(block.width) / 2.0;
    let mut lines = Vec::new();
    let both = [
        (&product_set, faces.product, Style::Strong),
        (&producer_set, faces.producer, Style::Plain),
    ];
    for (fitted, font, style) in both {
        for text in &fitted.lines {
            let x = middle - font.width(text) * fitted.size / 2.0;
            let y = top - ASCENT * fitted.size;
            let (x, y) = (x.round(), y.round());
            lines.push(Line { style, size: fitted.size, x, y, text: text.clone() });
            top -= LEADING * fitted.size;
        }
    }
    let cut = [(&product_set, product), (&producer_set, producer)];
    let shortened = cut.iter().filter(|(set, _)| set.shortened).map(|(_, name)| (*name).to_owned());
    (lines, shortened.collect())
}

/// Gives a second line to the name that needs it; the product first.
fn share(faces: &Faces<'_>, product: &str, producer: &str, width: f32) -> (Fitted, Fitted) {
    let min_product = half_dots(faces.min_letter / faces.product.cap_height());
    let min_producer = half_dots(faces.min_letter / faces.producer.cap_height());
    let attempt = |product_lines: usize, producer_lines: usize| {
        let roomy = product_lines + producer_lines == 2;
        let largest = if roomy { 1.08 * min_producer } else { min_producer };
        let below = fit(faces.producer, producer, width, &(min_producer..=largest), producer_lines);
        // Capitals with two marks stand out above their line, so a full block has no larger ones.
        let largest = match (product_lines, producer_lines) {
            (1, 1) => 1.35 * min_product,
            (1, _) => 1.05 * min_product,
            _ => min_product,
        };
        let above = fit(faces.product, product, width, &(min_product..=largest), product_lines);
        (above, below)
    };
    [(1, 1), (1, 2), (2, 1)]
        .into_iter()
        .map(|(above, below)| attempt(above, below))
        .find(|(above, below)| !above.shortened && !below.shortened)
        .unwrap_or_else(|| attempt(2, 1))
}

/// The next half of a dot upwards: font sizes come in these.
fn half_dots(size: f32) -> f32 {
    (size * 2.0).ceil() / 2.0
}

fn height(fitted: &Fitted) -> f32 {
    fitted.lines.iter().map(|_| LEADING * fitted.size).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::printing::pdf::font::{FontFiles, Fonts};
    use proptest::prelude::*;

    const NAME: &str = "[A-ZĐa-zàáâãèéêìíòóôõùúýăđĩũơưạ-ỹ]{1,12}( [A-ZĐa-zàáâãèéêìíòóôõùúýăđĩũơưạ-ỹ0-9.,&()/-]{1,12}){0,14}";

    proptest! {
        #[test]
        fn names_of_any_length_stay_in_their_block_and_no_letter_is_too_small(
            product in NAME,
            producer in NAME,
        ) {
            let fonts = Fonts::new(FontFiles::BUNDLED).unwrap();
            let faces = Faces {
                product: fonts.get(Style::Strong),
                producer: fonts.get(Style::Plain),
                min_letter: 28.35,
            };
            let block = Rect { x: 24, y: 552, width: 542, height: 135 };
            let (lines, shortened) = set(&faces, &product, &producer, block);
            prop_assert!((2..=3).contains(&lines.len()));
            for line in &lines {
                let font = fonts.get(line.style);
                let right = line.x + font.width(&line.text) * line.size;
                prop_assert!(line.x >= 23.5 && right <= 566.5, "{} ends at {right}", line.text);
                prop_assert!(line.y - 0.2 * line.size >= 551.5 && line.y + 1.075 * line.size <= 696.0);
                prop_assert!(font.cap_height() * line.size >= 28.35);
            }
            let cut = lines.iter().filter(|line| line.text.ends_with('…')).count();
            prop_assert_eq!(cut, shortened.len());
        }
    }
}
