//! A test sheet for a press: printed once, it tells a shop the settings of its layout. Which modules
//! phones read, how far dark edges must be drawn back, how small letters and lines may be, how well
//! plates and cutter register.
//!
//! Its codes are [dead](super::proof::dead_face).

mod colours;
mod flow;
mod lines;
mod symbols;

use self::flow::{Section, Tile, flow};
use super::colour::{self, Ink, Spot, Step};
use super::dimensions::DrawingError;
use super::layout::Layout;
use super::pdf::declaration::OutputIntent;
use super::pdf::font::{Fonts, Style};
use super::pdf::leaf::Leaves;
use super::prepress::Standard;
use super::sketch::{Mm, Sketch, Type, decimal};
use crate::domain::calendar::Day;

/// Least white along the edges.
const EDGE_MM: f64 = 3.0;
/// Narrower areas have a small heading.
const WIDE_MM: f64 = 120.0;

const HEADING: &str = "PHIẾU IN THỬ";
const DEAD: &str = "Mọi mã QR trên phiếu là mã chết, không dùng làm tem được; quét sẽ báo “Mã nhập chưa đúng”. \
                    In đúng 100 %, không co giãn, không làm mịn, không chuyển màu.";

/// What the parts of a test sheet are drawn with.
pub(super) struct Press<'a> {
    layout: &'a Layout,
    standard: Standard,
    die: Option<(Ink, Spot)>,
}

impl Press<'_> {
    fn ink(&self, inks: [f32; 4]) -> Ink {
        colour::process(self.standard, inks)
    }

    fn black(&self) -> Ink {
        colour::black(self.standard)
    }

    fn paper(&self) -> Ink {
        colour::paper(self.standard)
    }
}

/// Writes the test sheet of a layout: its paper, dots, standard and die line. Narrow papers take
/// several pages.
///
/// # Errors
/// [`DrawingError`].
pub fn write(
    layout: &Layout,
    intent: Option<OutputIntent<'_>>,
    fonts: &Fonts<'_>,
    made_on: Day,
) -> Result<Vec<u8>, DrawingError> {
    // A test sheet has no document parts, which PDF/VT asks for.
    let standard = match layout.press.standard {
        Standard::Vt1 => Standard::X4,
        other => other,
    };
    let spot = Spot {
        name: layout.die.name.clone(),
        process: colour::fractions(layout.die.cmyk),
        overprint: true,
        step: Some(Step::Cutting),
    };
    let die = layout.die.is_drawn(standard).then_some((Ink::Spot(0), spot));
    let press = Press { layout, standard, die };
    let mut sketch = Sketch::new(fonts, layout.dots(), layout.page_mm);
    let area = area(layout);
    let sections = sections(&press, &sketch, area.1.0);
    flow(&mut sketch, area, &press, &sections);
    let (leaves, texts) = sketch.finish()?;
    let spots: Vec<Spot> = press.die.iter().map(|(_, spot)| spot.clone()).collect();
    let file = Leaves {
        grid: layout.dots(),
        standard,
        intent,
        title: HEADING,
        description: &layout.title,
        made_on,
        spots: &spots,
        texts: &texts,
    };
    Ok(file.write(&leaves, fonts)?)
}

/// Upper left corner and size of what may be printed on.
fn area(layout: &Layout) -> (Mm, Mm) {
    let margin = layout.margin_mm;
    let [top, right, bottom, left] =
        [margin.top, margin.right, margin.bottom, margin.left].map(|side| side.max(EDGE_MM));
    let (width, height) = layout.page_mm;
    ((left, top), (width - left - right, height - top - bottom))
}

fn sections<'t>(press: &'t Press<'_>, sketch: &Sketch<'_>, width: f64) -> Vec<Section<'t>> {
    let mut sections = vec![heading(press, sketch, width), symbols::modules(press)];
    sections.extend([symbols::reductions(press), lines::letters(press), lines::hairlines(press)]);
    sections.push(colours::tints(press));
    if press.standard != Standard::Gray {
        sections.push(colours::register(press));
    }
    if press.die.is_some() {
        sections.push(colours::cuts(press));
    }
    sections
}

/// What the sheet is, and room for what the shop must note.
fn heading<'t>(press: &'t Press<'_>, sketch: &Sketch<'_>, width: f64) -> Section<'t> {
    let layout = press.layout;
    let grid = layout.dots();
    let (title, small) = if width < WIDE_MM { (11.0, 6.0) } else { (18.0, 8.5) };
    let (title, small) = (Type(Style::Display, title), Type(Style::Plain, small));
    let about = format!(
        "Bố cục {} · {} · {} dpi, 1 điểm = {} mm · {}",
        layout.name,
        layout.title,
        grid.dpi(),
        decimal(grid.mm_per_dot(), 4),
        press.standard.title()
    );
    let mut lines = sketch.wrap(small, &about, width);
    lines.extend(sketch.wrap(small, DEAD, width));
    let pitch = small.1 * 0.42;
    let first = title.1 * 0.3;
    let count = u32::try_from(lines.len()).unwrap_or(u32::MAX);
    let height = first + 1.5 + pitch * f64::from(count);
    let black = press.black();
    let head = Tile::new((width, height), move |sketch, (x, y)| {
        sketch.text(title, black, (x, y + first), 0.0, HEADING);
        let mut baseline = y + first + 0.5;
        for line in &lines {
            baseline += pitch;
            sketch.text(small, black, (x, baseline), 0.0, line);
        }
    });
    let mut tiles = vec![head];
    for name in ["Máy in", "Giấy", "Mực", "Ngày in", "Người in"] {
        let length = if width < WIDE_MM { width } else { (width - 4.0 * 3.0) / 5.0 };
        tiles.push(Tile::new((length, 7.0), move |sketch, (x, y)| {
            let from = x + sketch.width(small, name) + 1.2;
            sketch.text(small, black, (x, y + 5.5), 0.0, name);
            sketch.pen(black, 0.12);
            sketch.line((from, y + 5.7), (x + length, y + 5.7));
        }));
    }
    Section { title: String::new(), hint: String::new(), tiles }
}

/// Labels of samples.
fn label(sketch: &mut Sketch<'_>, press: &Press<'_>, at: Mm, align: f64, text: &str) {
    sketch.text(Type(Style::Plain, 6.5), press.black(), at, align, text);
}
