//! Our own drawing: a lacquer-red head with gold stars over waves, names, code, serial number.
//!
//! It says *bản mẫu* (sample) and imitates no registered mark; the office supplies the real one.

use super::{Art, Label, MIN_LETTER_MM, SerialLine, names, shapes};
use crate::printing::geometry::{MM_PER_DOT, Rect, as_f32, dots};
use crate::printing::imposition::Layout;
use crate::printing::pdf::content::{BLACK, Content, Ink};
use crate::printing::pdf::font::{FontError, Fonts, Style};

const RED: Ink = [0.10, 1.0, 0.90, 0.22];
const WAVE: Ink = [0.10, 1.0, 0.90, 0.32];
const GOLD: Ink = [0.0, 0.22, 0.85, 0.0];
const PAPER: Ink = [0.0, 0.0, 0.0, 0.0];

const WORDMARK: &str = "OCOP";
const LINE: &str = "SẢN PHẨM OCOP HÀ NỘI";
const SAMPLE: &str = "BẢN MẪU";

/// Text keeps this far from the cut, in dots: 1 mm.
const SAFE: i32 = 24;
/// Height of the coloured head within the trim.
const HEAD: i32 = 130;
/// Upper edge of the code's box, from the lower edge of the trim.
const CODE_TOP: i32 = 552;
/// Side of the code's box: 41 modules and the quiet zone at ten dots a module.
const CODE_SIDE: i32 = 490;
const STAR_RADIUS: i32 = 25;
const STAR_PITCH: i32 = 51;

pub(super) fn draw(label: Label<'_>, layout: &Layout, fonts: &Fonts<'_>) -> Result<Art, FontError> {
    let trim = layout.trim();
    let bleed = dots(layout.bleed_mm);
    let mut pen = Pen { content: Content::default(), texts: Vec::new(), fonts };
    let head = Rect { x: trim.x, y: trim.top() - HEAD, width: trim.width, height: HEAD };
    ground(&mut pen.content, head, bleed);
    title(&mut pen, head, label.stars)?;
    let block =
        Rect { x: SAFE, y: CODE_TOP, width: trim.width - 2 * SAFE, height: head.y - CODE_TOP - 2 };
    let faces = names::Faces {
        product: fonts.get(Style::Strong),
        producer: fonts.get(Style::Plain),
        min_letter: min_letter(),
    };
    let (lines, shortened) = names::set(&faces, label.product_name, label.producer_name, block);
    pen.content.fill_ink(BLACK);
    for line in &lines {
        pen.text(line.style, line.size, (line.x, line.y), &line.text)?;
    }
    let middle = trim.width / 4 * 2;
    Ok(Art {
        content: pen.content,
        texts: pen.texts,
        code: Rect {
            x: (trim.width - CODE_SIDE) / 4 * 2,
            y: CODE_TOP - CODE_SIDE,
            width: CODE_SIDE,
            height: CODE_SIDE,
        },
        serial: SerialLine { centre: middle, baseline: 23, style: Style::Mono, size: 52 },
        shortened,
    })
}

/// The red head with its waves, bled off on three sides, and a gold rule below.
fn ground(content: &mut Content, head: Rect, bleed: i32) {
    let area = Rect {
        x: head.x - bleed,
        y: head.y,
        width: head.width + 2 * bleed,
        height: head.height + bleed,
    };
    content.fill_ink(RED).rect(area).op(&[], "f");
    content.stroke_ink(WAVE).op(&[3.0], "w");
    shapes::waves(content, area, 64);
    content.fill_ink(GOLD).rect(Rect { y: head.y, height: 5, ..area }).op(&[], "f");
}

/// Wordmark and stars; below them the line that says what it is, and that this is a sample.
fn title(pen: &mut Pen<'_>, head: Rect, stars: u8) -> Result<(), FontError> {
    let size = 66.0;
    let cap = pen.fonts.get(Style::Display).cap_height() * size;
    let baseline = as_f32(head.top() - SAFE + 4) - cap;
    pen.content.fill_ink(PAPER);
    pen.text(Style::Display, size, (as_f32(SAFE), baseline.round()), WORDMARK)?;
    let small = (min_letter() / pen.fonts.get(Style::Strong).cap_height()).ceil();
    let foot = as_f32(head.y + 15);
    pen.text(Style::Strong, small, (as_f32(SAFE + 2), foot), LINE)?;

    let first = head.right() - SAFE - STAR_RADIUS - STAR_PITCH * (i32::from(stars) - 1);
    let middle = head.top() - SAFE - STAR_RADIUS + 4;
    pen.content.fill_ink(GOLD);
    for star in 0..i32::from(stars) {
        shapes::star(&mut pen.content, (first + star * STAR_PITCH, middle), STAR_RADIUS);
    }
    pen.content.op(&[], "f");

    let width = pen.fonts.get(Style::Strong).width(SAMPLE) * small;
    let x = as_f32(head.right() - SAFE) - width - 14.0;
    let left = whole(x) - 14;
    let frame = Rect { x: left, y: head.y + 6, width: head.right() - SAFE - left, height: 48 };
    shapes::pill(&mut pen.content, frame);
    pen.content.op(&[], "f").fill_ink(RED);
    pen.text(Style::Strong, small, (x.round(), foot), SAMPLE)
}

/// The smallest height of a capital, in dots.
fn min_letter() -> f32 {
    #[expect(clippy::as_conversions, clippy::cast_possible_truncation, reason = "about 28 dots")]
    let letter = (MIN_LETTER_MM / MM_PER_DOT) as f32;
    letter
}

fn whole(dots: f32) -> i32 {
    #[expect(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        reason = "a few hundred dots"
    )]
    let whole = dots.round() as i32;
    whole
}

/// Writes text and remembers it for the fonts.
struct Pen<'a> {
    content: Content,
    texts: Vec<(Style, String)>,
    fonts: &'a Fonts<'a>,
}

impl Pen<'_> {
    fn text(
        &mut self,
        style: Style,
        size: f32,
        (x, y): (f32, f32),
        text: &str,
    ) -> Result<(), FontError> {
        self.fonts.get(style).check(text)?;
        self.content.begin_text(style, size).show(x, y, text).op(&[], "ET");
        self.texts.push((style, text.to_owned()));
        Ok(())
    }
}
