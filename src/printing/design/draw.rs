//! A design drawn for one job: what all its stamps share, and the places of what differs.

use super::data::{Align, Field, FieldKind, FontName, Shape};
use super::guards::{Guard, LETTER_MM_MIN};
use super::page_art::PageArt;
use super::palette::Palette;
use super::place::code_box;
use super::text::{self, Set, Unfilled};
use super::{Design, DesignError, Label, artwork, shapes};
use crate::printing::geometry::{Grid, Rect, as_f32, whole};
use crate::printing::pdf::content::Content;
use crate::printing::pdf::font::{FontError, Fonts, Style};

/// A design drawn for one job; lengths in dots from the lower left corner of the trim.
pub(crate) struct Art {
    pub(crate) content: Content,
    /// The page of a PDF file that the content draws.
    pub(crate) page: Option<PageArt>,
    /// What is written in the content, so that the fonts can be cut down to it.
    pub(crate) texts: Vec<(Style, String)>,
    /// Where the symbol goes, quiet zone included.
    pub(crate) code: Rect,
    pub(crate) serial: SerialLine,
    /// What a person should look at.
    pub(crate) guards: Vec<Guard>,
}

/// Where the serial number goes: centred on a point of its baseline.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SerialLine {
    pub(crate) centre: i32,
    pub(crate) baseline: i32,
    pub(crate) style: Style,
    pub(crate) size: f32,
}

/// The serial number that fields are measured with.
const WIDEST_SERIAL: &str = "WWWW-WWWW-WWWW";

/// What is written on a stamp; lengths as in [`Art`].
pub(super) struct Written {
    /// What lies below the art: white and varnish.
    below: Content,
    content: Content,
    texts: Vec<(Style, String)>,
    code: Rect,
    serial: SerialLine,
    pub(super) guards: Vec<Guard>,
}

/// Whether every text can be read as it must be.
pub(crate) fn check(guards: &[Guard], design: &Design) -> Result<(), DesignError> {
    let barring = guards.iter().find(|guard| guard.bars_printing()).cloned();
    barring.map_or(Ok(()), |guard| Err(DesignError::NoRoom { name: design.name.clone(), guard }))
}

/// Draws a design on trims of a size.
pub(crate) fn draw(
    design: &Design,
    label: &Label<'_>,
    palette: &Palette,
    frame: (Rect, Grid),
    fonts: &Fonts<'_>,
) -> Result<Art, DesignError> {
    let Written { below, content: written, texts, code, serial, guards } =
        lay_out(design, label, palette, frame, fonts)?;
    let mut content = below;
    let page = if design.data.art_is_page() {
        PageArt::draw(&mut content, design.art(), &design.data, frame).map(Some)
    } else {
        artwork::draw(&mut content, design.art(), &design.data, palette, frame).map(|()| None)
    };
    let page = page.map_err(|what| DesignError::Art { name: design.name.clone(), what })?;
    content.append(&written);
    Ok(Art { content, page, texts, code, serial, guards })
}

/// Sets the fields of a design on trims of a size.
pub(super) fn lay_out(
    design: &Design,
    label: &Label<'_>,
    palette: &Palette,
    (trim, grid): (Rect, Grid),
    fonts: &Fonts<'_>,
) -> Result<Written, DesignError> {
    let mut desk = Desk {
        design,
        label,
        palette,
        fonts,
        grid,
        trim,
        below: Content::default(),
        content: Content::default(),
        texts: Vec::new(),
        code: trim,
        marks: Vec::new(),
        guards: Vec::new(),
    };
    if let Some(field) = design.data.fields.iter().find(|field| field.kind == FieldKind::Qr) {
        desk.code = code_box(field, trim, grid);
    }
    let code = desk.code;
    let mut serial = None;
    for (number, field) in (1..).zip(&design.data.fields) {
        let area = desk.area(field);
        match field.kind {
            FieldKind::Qr => {
                desk.marks.push((number, code));
                desk.keep_from_the_cut(number, code, 1.0);
            }
            FieldKind::Serial => serial = Some(desk.serial(number, field, area)?),
            FieldKind::Stars => desk.stars(number, field, area),
            FieldKind::Text => desk.text(number, field, area)?,
        }
    }
    desk.keep_apart(code);
    let Desk { below, content, texts, guards, .. } = desk;
    let serial = serial.unwrap_or(SerialLine {
        centre: trim.width / 2,
        baseline: 0,
        style: Style::Mono,
        size: 1.0,
    });
    Ok(Written { below, content, texts, code, serial, guards })
}

struct Desk<'a> {
    design: &'a Design,
    label: &'a Label<'a>,
    palette: &'a Palette,
    fonts: &'a Fonts<'a>,
    grid: Grid,
    trim: Rect,
    below: Content,
    content: Content,
    texts: Vec<(Style, String)>,
    /// The box of the symbol.
    code: Rect,
    /// What each field covers, letter by letter, marks included.
    marks: Vec<(usize, Rect)>,
    guards: Vec<Guard>,
}

impl Desk<'_> {
    /// The box of a field in dots.
    fn area(&self, field: &Field) -> Rect {
        area(field, self.trim, self.grid)
    }

    fn text(&mut self, number: usize, field: &Field, area: Rect) -> Result<(), DesignError> {
        let filled = text::fill(field, self.label).map_err(|why| {
            let name = self.design.name.clone();
            match why {
                Unfilled::Fault(why) => {
                    DesignError::Value { name, what: format!("field {number}: {why}") }
                }
                Unfilled::Lacks(fact) => DesignError::Lacks { name, field: number, fact },
            }
        })?;
        if filled.trim().is_empty() {
            return Ok(());
        }
        let style = style(field.font);
        self.check(style, &filled)?;
        let mut set = text::set(self.fonts.get(style), &filled, field, area, self.grid);
        self.give_way(style, &mut set, area);
        self.measure(number, style, &set);
        if set.shortened {
            self.guards.push(Guard::Shortened { field: number, text: filled });
        } else if set.crowded {
            self.guards.push(Guard::Crowded { field: number });
        }
        let fonts = self.fonts;
        self.paint(&field.colour, |content| {
            for line in &set.lines {
                let kind = (style, set.size);
                content.begin_text(style, set.size);
                content.show_runs(fonts, kind, (line.x, line.y), &line.text).op(&[], "ET");
            }
        });
        self.texts.extend(set.lines.into_iter().map(|line| (style, line.text)));
        Ok(())
    }

    /// Draws something in a colour of the design, where that is printed.
    fn paint(&mut self, colour: &str, draw: impl Fn(&mut Content)) {
        let Some(ink) = self.palette.named(colour) else { return };
        let step = self.palette.spot_of(ink).and_then(|spot| spot.step);
        let step = step.filter(|step| step.is_no_image());
        let content = if step.is_some() { &mut self.below } else { &mut self.content };
        let layer = step.filter(|_| self.palette.standard().has_layers());
        if let Some(step) = layer {
            content.begin_layer(step);
        }
        for ink in self.palette.painted(ink) {
            content.fill_ink(ink);
            draw(content);
        }
        if layer.is_some() {
            content.end_layer();
        }
    }

    fn serial(
        &mut self,
        number: usize,
        field: &Field,
        area: Rect,
    ) -> Result<SerialLine, DesignError> {
        let style = style(field.font);
        self.check(style, WIDEST_SERIAL)?;
        let set = text::set(self.fonts.get(style), WIDEST_SERIAL, field, area, self.grid);
        self.measure(number, style, &set);
        if set.shortened {
            self.guards.push(Guard::Shortened { field: number, text: WIDEST_SERIAL.into() });
        }
        let baseline = set.lines.first().map_or(area.y, |line| whole(f64::from(line.y)));
        Ok(SerialLine { centre: area.x + area.width / 2, baseline, style, size: set.size })
    }

    fn stars(&mut self, number: usize, field: &Field, area: Rect) {
        self.marks.push((number, area));
        self.keep_from_the_cut(number, area, 1.0);
        let align = match field.align {
            Align::Left => 0.0,
            Align::Centre => 0.5,
            Align::Right => 1.0,
        };
        let stars = self.label.stars;
        self.paint(&field.colour, |content| shapes::stars(content, stars, area, align));
    }

    fn check(&self, style: Style, text: &str) -> Result<(), DesignError> {
        let wrong =
            |source: FontError| DesignError::Font { name: self.design.name.clone(), source };
        self.fonts.get(style).check(text).map_err(wrong)
    }

    /// Moves a text down, within its box, where its marks would reach those of a text above, or up where
    /// they would reach the symbol.
    fn give_way(&self, style: Style, set: &mut Set, area: Rect) {
        let clear = self.grid.dots(0.1);
        let own = self.letters(style, set);
        let Some(lowest) = own.iter().map(|it| it.y).min() else { return };
        let meeting =
            self.marks.iter().flat_map(|(_, above)| own.iter().map(move |it| (above, it)));
        let reach = meeting
            .filter(|(above, it)| above.y > it.y && above.x < it.right() && it.x < above.right());
        let wanted = reach.map(|(above, it)| it.top() + clear - above.y).max().unwrap_or(0);
        let room = (lowest - (area.y - self.grid.dots(text::MARKS_MM))).max(0);
        // A text that stands above the symbol keeps out of it.
        let over = |it: &Rect| it.x < self.code.right() && self.code.x < it.right();
        let is_above = area.y >= self.code.top() && own.iter().any(over);
        let room = if is_above { room.min(lowest - self.code.top()) } else { room };
        let down = as_f32(wanted.max(0).min(room));
        set.lines.iter_mut().for_each(|line| line.y -= down);
    }

    /// The letters of a text with their marks.
    fn letters(&self, style: Style, set: &Set) -> Vec<Rect> {
        let font = self.fonts.get(style);
        let of_line = |line: &text::Line| {
            let letters = font.letters(&line.text).into_iter().map(|letter| {
                let dots = |from: f32, ems: f32| whole(f64::from(from + ems * set.size));
                let (left, right) = (dots(line.x, letter.left), dots(line.x, letter.right));
                let (bottom, top) = (dots(line.y, letter.below), dots(line.y, letter.above));
                Rect { x: left, y: bottom, width: right - left, height: top - bottom }
            });
            letters.collect::<Vec<_>>()
        };
        set.lines.iter().flat_map(of_line).collect()
    }

    /// Notes how small and how far out a text is.
    fn measure(&mut self, number: usize, style: Style, set: &Set) {
        let font = self.fonts.get(style);
        let letter_mm = f64::from(font.cap_height() * set.size) * self.grid.mm_per_dot();
        if letter_mm < LETTER_MM_MIN - 0.005 {
            self.guards.push(Guard::SmallLetters { field: number, letter_mm });
        }
        for line in &set.lines {
            let (below, above) = font.extent(&line.text);
            let covered = |below: f32, above: f32| {
                let bottom = whole(f64::from(line.y + below * set.size));
                Rect {
                    x: whole(f64::from(line.x)),
                    y: bottom,
                    width: whole(f64::from(font.width(&line.text) * set.size)),
                    height: whole(f64::from(line.y + above * set.size)) - bottom,
                }
            };
            self.keep_from_the_cut(number, covered(0.0, font.cap_height()), 1.0);
            // Marks above and below letters may stand out a little further.
            self.keep_from_the_cut(number, covered(below, above), 0.5);
        }
        let letters = self.letters(style, set);
        self.marks.extend(letters.into_iter().map(|letter| (number, letter)));
    }

    /// Notes what comes too near to the cut: into so much of what the design keeps free.
    fn keep_from_the_cut(&mut self, number: usize, covered: Rect, share: f64) {
        let safe_mm = self.design.data.safe_mm;
        // Rounding to dots is forgiven.
        let safe = self.grid.from_mm(safe_mm * share) - 1.5;
        let inside = match self.design.data.shape {
            Shape::Circle => {
                let middle = (as_f32(self.trim.width) / 2.0, as_f32(self.trim.height) / 2.0);
                let radius = middle.0 - safe;
                let corners = [
                    (covered.x, covered.y),
                    (covered.right(), covered.y),
                    (covered.x, covered.top()),
                    (covered.right(), covered.top()),
                ];
                corners
                    .iter()
                    .all(|(x, y)| (as_f32(*x) - middle.0).hypot(as_f32(*y) - middle.1) <= radius)
            }
            Shape::Rectangle | Shape::Rounded => {
                let safe = whole(f64::from(safe));
                self.trim.grown(-safe).contains(&covered)
            }
        };
        let noted = Guard::NearTheCut { field: number, safe_mm };
        if !inside && !self.guards.contains(&noted) {
            self.guards.push(noted);
        }
    }

    /// Notes fields that reach into the symbol or into each other.
    fn keep_apart(&mut self, code: Rect) {
        let code_field = self.design.data.fields.iter().position(|it| it.kind == FieldKind::Qr);
        let mut noted = Vec::new();
        // As near as a twentieth of a millimetre is no touch, whatever dots round to.
        let near = self.grid.dots(0.05).max(1);
        for (index, (field, covered)) in self.marks.iter().enumerate() {
            if Some(field - 1) == code_field {
                continue;
            }
            if covered.grown(-near).overlaps(&code) {
                noted.push(Guard::InTheSymbol { field: *field });
            }
            let later = self.marks.iter().skip(index + 1);
            let touched = later.filter(|(other, area)| {
                other != field
                    && Some(other - 1) != code_field
                    && area.grown(-near).overlaps(covered)
            });
            noted
                .extend(touched.map(|(other, _)| Guard::Touching { field: *field, other: *other }));
        }
        for guard in noted {
            if !self.guards.contains(&guard) {
                self.guards.push(guard);
            }
        }
    }
}

fn style(font: FontName) -> Style {
    match font {
        FontName::Display => Style::Display,
        FontName::Strong => Style::Strong,
        FontName::Plain => Style::Plain,
        FontName::Mono => Style::Mono,
    }
}

/// The box of a field in dots.
pub(super) fn area(field: &Field, trim: Rect, grid: Grid) -> Rect {
    let [x, y, width, height] = field.box_mm.map(|length| length / grid.mm_per_dot());
    let top = f64::from(trim.height) - y;
    Rect { x: whole(x), y: whole(top - height), width: whole(width), height: whole(height) }
}
