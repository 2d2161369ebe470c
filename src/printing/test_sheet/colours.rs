//! Tints, register of the plates, and register of the cutter.

use super::flow::{Section, Tile};
use super::{Press, label};
use crate::printing::pdf::font::Style;
use crate::printing::prepress::Standard;
use crate::printing::sketch::{Mm, Sketch, Type};

/// Tints of black, in per cent.
const TINTS: [u8; 12] = [2, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100];
/// The plates.
const PLATES: [&str; 4] = ["C", "M", "Y", "K"];

/// Steps of black, and with colours each plate in full and half.
pub(super) fn tints<'t>(press: &'t Press<'_>) -> Section<'t> {
    let mut patches: Vec<([f32; 4], String)> = TINTS
        .into_iter()
        .map(|tint| ([0.0, 0.0, 0.0, f32::from(tint) / 100.0], format!("K {tint}")))
        .collect();
    if press.standard != Standard::Gray {
        for (plate, name) in PLATES.into_iter().enumerate().take(3) {
            for tint in [100_u8, 50] {
                let inks =
                    std::array::from_fn(
                        |it| {
                            if it == plate { f32::from(tint) / 100.0 } else { 0.0 }
                        },
                    );
                patches.push((inks, format!("{name} {tint}")));
            }
        }
    }
    let tiles = patches.into_iter().map(|(inks, text)| {
        Tile::new((7.2, 10.5), move |sketch, at| {
            sketch.fill(press.ink(inks), at, (7.2, 7.2));
            label(sketch, press, (at.0 + 3.6, at.1 + 9.6), 0.5, &text);
        })
    });
    Section {
        title: "5. Tầng màu (%)".into(),
        hint: "Phải phân biệt được K 2 với giấy và K 90 với K 100; ô đặc phải đều, không sọc."
            .into(),
        tiles: tiles.collect(),
    }
}

/// Crosses of all plates, and lines of black on each colour.
pub(super) fn register<'t>(press: &'t Press<'_>) -> Section<'t> {
    let mut tiles = vec![Tile::new((14.0, 14.0), move |sketch, (x, y)| {
        sketch.pen(press.ink([1.0; 4]), 0.1);
        let middle = (x + 7.0, y + 5.4);
        cross(sketch, middle, 5.0);
        sketch.circle(middle, 3.2);
        label(sketch, press, (x + 7.0, y + 13.2), 0.5, "C+M+Y+K");
    })];
    for (plate, name) in PLATES.into_iter().enumerate().take(3) {
        tiles.push(Tile::new((14.0, 14.0), move |sketch, (x, y)| {
            let middle = (x + 7.0, y + 5.4);
            let inks = std::array::from_fn(|it| if it == plate { 1.0 } else { 0.0 });
            sketch.pen(press.ink(inks), 0.6);
            cross(sketch, middle, 5.0);
            sketch.pen(press.black(), 0.2);
            cross(sketch, middle, 5.0);
            label(sketch, press, (x + 7.0, y + 13.2), 0.5, &format!("K trên {name}"));
        }));
    }
    Section {
        title: "6. Chồng màu".into(),
        hint:
            "Dấu cộng bốn màu phải là một nét. Nét đen phải nằm giữa nét màu: mép màu hai bên rộng \
               0,2 mm; một bên mất hẳn là lệch 0,2 mm."
                .into(),
        tiles,
    }
}

fn cross(sketch: &mut Sketch<'_>, (x, y): Mm, half: f64) {
    sketch.line((x - half, y), (x + half, y));
    sketch.line((x, y - half), (x, y + half));
}

/// Cut lines with rulers to see how far the cutter is off.
pub(super) fn cuts<'t>(press: &'t Press<'_>) -> Section<'t> {
    let tile = Tile::new((56.0, 24.0), move |sketch, (x, y)| {
        let (left, top) = (x + 4.0, y + 2.0);
        let Some((ink, spot)) = &press.die else { return };
        let layers = press.standard.has_layers();
        rulers(sketch, press, (left, top), (20.0, 15.0));
        sketch.on_layer(spot, layers, |sketch| {
            sketch.pen(*ink, crate::printing::sketch::points_mm(press.layout.die.line_pt));
            sketch.frame((left, top), (20.0, 15.0));
            sketch.circle((left + 37.0, top + 7.5), 7.5);
        });
        sketch.pen(press.black(), 0.1);
        sketch.circle((left + 37.0, top + 7.5), 6.5);
        sketch.circle((left + 37.0, top + 7.5), 8.5);
        let name = format!("“{}”", spot.name);
        sketch.text(Type(Style::Plain, 6.5), press.black(), (left + 10.0, top + 8.5), 0.5, &name);
        label(sketch, press, (left + 10.0, y + 22.0), 0.5, "vạch cách nhau 0,5 mm");
        label(sketch, press, (left + 37.0, y + 22.0), 0.5, "vòng đen cách dao 1 mm");
    });
    Section {
        title: format!(
            "{}. Đường bế",
            if press.standard == Standard::Gray { 6 } else { 7 }
        ),
        hint: "Dao phải cắt đứt mặt decal mà không đứt đế. Đọc độ lệch của dao trên vạch: vạch dài ở giữa \
               là đúng chỗ."
            .into(),
        tiles: vec![tile],
    }
}

/// Marks at half millimetres on both sides of the middle of two cut lines.
fn rulers(sketch: &mut Sketch<'_>, press: &Press<'_>, (left, top): Mm, (width, height): Mm) {
    sketch.pen(press.black(), 0.1);
    for step in -3..=3 {
        let off = f64::from(step) * 0.5;
        let length = if step == 0 { 2.4 } else { 1.4 };
        let (x, y) = (left + width / 2.0, top + height / 2.0);
        sketch.line((left + off, y - length), (left + off, y - 0.4));
        sketch.line((x - length, top + off), (x - 0.4, top + off));
    }
}
