//! Names of any length into a box: smaller, then on more lines, then cut with an ellipsis.

use std::ops::RangeInclusive;

use crate::printing::pdf::font::Font;

/// A text set to a width.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fitted {
    pub(crate) lines: Vec<String>,
    /// Font size in dots.
    pub(crate) size: f32,
    /// Whether the text was cut.
    pub(crate) shortened: bool,
}

/// Sets a text on exactly `lines` lines (fewer where it has fewer words), as large as the width
/// allows; at the smallest size it is cut.
pub(crate) fn fit(
    font: &Font<'_>,
    text: &str,
    width: f32,
    sizes: &RangeInclusive<f32>,
    lines: usize,
) -> Fitted {
    let words: Vec<&str> = text.split_whitespace().collect();
    let broken = balance(font, &words, lines);
    let widest = broken.iter().map(|line| font.width(line)).fold(0.0, f32::max);
    let size = (width / widest.max(f32::EPSILON)).min(*sizes.end());
    // Tenths of a dot keep the numbers in the file short.
    let size = (size * 10.0).floor() / 10.0;
    if size >= *sizes.start() {
        return Fitted { lines: broken, size, shortened: false };
    }
    let size = *sizes.start();
    Fitted { lines: cut(font, &words, width / size, lines), size, shortened: true }
}

/// Breaks words into lines so that the widest line is as narrow as can be.
fn balance(font: &Font<'_>, words: &[&str], lines: usize) -> Vec<String> {
    let whole = words.join(" ");
    if lines < 2 || words.len() < 2 {
        return vec![whole];
    }
    (1..words.len())
        .filter_map(|at| words.split_at_checked(at))
        .map(|(first, rest)| {
            let mut broken = vec![first.join(" ")];
            broken.extend(balance(font, rest, lines - 1));
            broken
        })
        .min_by(|a, b| widest(font, a).total_cmp(&widest(font, b)))
        .unwrap_or_else(|| vec![whole])
}

fn widest(font: &Font<'_>, lines: &[String]) -> f32 {
    lines.iter().map(|line| font.width(line)).fold(0.0, f32::max)
}

/// Fills lines from the left and cuts the last one.
fn cut(font: &Font<'_>, words: &[&str], width: f32, lines: usize) -> Vec<String> {
    let mut filled: Vec<String> = Vec::new();
    let mut words = words;
    while filled.len() + 1 < lines {
        let fitting = (1..=words.len())
            .rev()
            .find(|&n| words.get(..n).is_some_and(|some| font.width(&some.join(" ")) <= width));
        let Some((line, rest)) = fitting.and_then(|n| words.split_at_checked(n)) else { break };
        filled.push(line.join(" "));
        words = rest;
    }
    let mut last = words.join(" ");
    if font.width(&last) > width {
        while !last.is_empty() && font.width(&format!("{last}…")) > width {
            last.pop();
        }
        last.truncate(last.trim_end().len());
        last.push('…');
    }
    filled.push(last);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FONT: &[u8] = include_bytes!("../../../fonts/BarlowCondensed-SemiBold.ttf");
    const WIDTH: f32 = 542.0;

    proptest! {
        #[test]
        fn no_line_of_any_name_is_wider_than_its_box(
            name in "[A-ZĐa-zàáâãèéêìíòóôõùúýăđĩũơưạ-ỹ]{1,60}( [A-ZĐa-zàáâãèéêìíòóôõùúýăđĩũơưạ-ỹ0-9.,&()/-]{1,14}){0,24}",
            lines in 1_usize..=3,
        ) {
            let font = Font::new(FONT).unwrap();
            let fitted = fit(&font, &name, WIDTH, &(40.5..=54.0), lines);
            prop_assert!(!fitted.lines.is_empty() && fitted.lines.len() <= lines);
            prop_assert!((40.5..=54.0).contains(&fitted.size));
            for line in &fitted.lines {
                prop_assert!(font.width(line) * fitted.size <= WIDTH + 0.01, "{line}");
            }
            let joined = fitted.lines.join(" ");
            if fitted.shortened {
                prop_assert!(joined.ends_with('…'));
                prop_assert!(name.starts_with(joined.trim_end_matches('…')));
            } else {
                prop_assert_eq!(joined, name);
            }
        }
    }

    #[test]
    fn a_short_name_is_set_large_and_a_long_one_smaller_before_it_is_cut() {
        let font = Font::new(FONT).unwrap();
        let sizes = 40.5..=54.0;
        assert!(fit(&font, "Giò lụa", WIDTH, &sizes, 1).size > 53.9);
        let long = fit(&font, "Bộ chum 2 nắp trống đồng Đông Sơn", WIDTH, &sizes, 1);
        assert!(long.size < 54.0 && !long.shortened);
        let longer = "Sữa tươi thanh trùng không đường Trang Viên loại hai";
        assert!(fit(&font, longer, WIDTH, &sizes, 1).shortened);
        assert!(!fit(&font, longer, WIDTH, &sizes, 2).shortened);
    }
}
