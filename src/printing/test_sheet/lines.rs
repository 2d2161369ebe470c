//! Small letters and thin lines, dark on light and light on dark.

use super::flow::{Section, Tile};
use super::{Press, label};
use crate::printing::pdf::font::Style;
use crate::printing::sketch::{Sketch, Type, decimal, points_mm};

/// Font sizes in points.
const SIZES_PT: [f64; 6] = [3.0, 4.0, 4.9, 5.5, 6.0, 7.0];
/// Vietnamese capitals, those with two marks among them.
const LETTERS: &str = "ĐƯỢC CÔNG NHẬN Ẫ Ễ Ữ";
/// Widths of hairlines, in millimetres.
const LINES_MM: [f64; 8] = [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5];
/// Width of a sample of letters.
const SAMPLE_MM: f64 = 57.0;
/// The darkest colour of the usual designs: three plates and black.
const RED: [f32; 4] = [0.1, 1.0, 0.9, 0.22];

/// Letters of several sizes on three grounds.
pub(super) fn letters<'t>(press: &'t Press<'_>) -> Section<'t> {
    let (black, paper) = (press.black(), press.paper());
    let grounds = [(paper, black), (black, paper), (press.ink(RED), paper)];
    let mut tiles = Vec::new();
    for points in SIZES_PT {
        let height = points_mm(points) * 1.5 + 0.8;
        for (ground, letters) in grounds {
            tiles.push(Tile::new((SAMPLE_MM, height), move |sketch, (x, y)| {
                sketch.fill(ground, (x, y), (SAMPLE_MM, height));
                let baseline = y + points_mm(points) * 1.15 + 0.4;
                let size = format!("{} pt", decimal(points, 1));
                let strong = Type(Style::Strong, points);
                sketch.text(Type(Style::Plain, 5.5), letters, (x + 1.0, baseline), 0.0, &size);
                sketch.text(strong, letters, (x + 8.0, baseline), 0.0, LETTERS);
                let mono = Type(Style::Mono, points);
                let serial = "MAU0-0000";
                if sketch.width(strong, LETTERS) + sketch.width(mono, serial) + 10.5 < SAMPLE_MM {
                    let right = x + SAMPLE_MM - 1.0;
                    sketch.text(mono, letters, (right, baseline), 1.0, serial);
                }
            }));
        }
    }
    Section {
        title: "3. Chữ nhỏ, dương bản và âm bản".into(),
        hint:
            "Tem dùng chữ từ 4,9 pt (chữ hoa cao 1,2 mm). Dấu của Ẫ, Ễ, Ữ phải tách rời; chữ trắng \
               không được bít."
                .into(),
        tiles,
    }
}

/// Lines of several widths, both ways and on both grounds.
pub(super) fn hairlines<'t>(press: &'t Press<'_>) -> Section<'t> {
    let tiles = LINES_MM.into_iter().map(|width| {
        Tile::new((14.0, 14.0), move |sketch, (x, y)| {
            let (black, paper) = (press.black(), press.paper());
            sketch.fill(black, (x + 7.0, y), (7.0, 10.4));
            sketch.pen(black, width);
            strokes(sketch, x + 0.5, y, width);
            sketch.pen(paper, width);
            strokes(sketch, x + 7.9, y, width);
            let text = format!("{} mm", decimal(width, 2));
            label(sketch, press, (x + 7.0, y + 13.2), 0.5, &text);
        })
    });
    Section {
        title: "4. Nét mảnh, đen trên trắng và trắng trên đen".into(),
        hint: "Nét mảnh nhất còn liền ở cả hai nền là giới hạn cho hoa văn trên tem.".into(),
        tiles: tiles.collect(),
    }
}

fn strokes(sketch: &mut Sketch<'_>, x: f64, y: f64, width: f64) {
    let pitch = width + 0.9;
    for row in 0..3 {
        let y = y + 0.9 + f64::from(row) * pitch;
        sketch.line((x, y), (x + 5.2, y));
    }
    for column in 0..3 {
        let x = x + 0.6 + f64::from(column) * pitch;
        sketch.line((x, y + 5.4), (x, y + 9.6));
    }
}
