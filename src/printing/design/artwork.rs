//! Artwork: SVG as vectors, its colours mapped to inks by the design's table.

use usvg::tiny_skia_path::{PathSegment, Point, Transform};
use usvg::{FillRule, Group, LineCap, LineJoin, Node, Options, Paint, Tree};

use super::data::Data;
use super::palette::{Palette, Rgb};
use crate::printing::colour::{Ink, Step};
use crate::printing::geometry::{Grid, Rect, as_f32};
use crate::printing::pdf::content::Content;

/// Most parts of an artwork.
const PARTS_MAX: usize = 20_000;

/// Draws an SVG file over the trim and its bleed; an error says what cannot be printed.
pub(super) fn draw(
    content: &mut Content,
    svg: &[u8],
    data: &Data,
    palette: &Palette,
    (trim, grid): (Rect, Grid),
) -> Result<(), String> {
    let tree = Tree::from_data(svg, &Options::default()).map_err(|error| error.to_string())?;
    let (width, height) = data.size_mm;
    let whole = (width + 2.0 * data.bleed_mm, height + 2.0 * data.bleed_mm);
    let (across, up) = (grid.from_mm(whole.0), grid.from_mm(whole.1));
    let (sx, sy) = (across / tree.size().width(), up / tree.size().height());
    if (sx / sy - 1.0).abs() > 0.01 {
        return Err(format!(
            "it is {} × {} units, and the stamp with its bleed {} × {} mm: give it the same shape",
            tree.size().width(),
            tree.size().height(),
            whole.0,
            whole.1
        ));
    }
    // In the middle of the trim, whose sides are whole dots.
    let left = (as_f32(trim.width) - across) / 2.0;
    let top = as_f32(trim.height) - (as_f32(trim.height) - up) / 2.0;
    let to_dots = Transform::from_row(sx, 0.0, 0.0, -sy, left, top);
    if palette.is_apart() {
        content.apart();
    }
    // White and varnish come first, each on its layer, and the colours leave their plates alone: so
    // whatever shows no plates shows the colours.
    for step in palette.no_images() {
        if palette.standard().has_layers() {
            content.begin_layer(step);
        }
        Drawing::of(content, palette, to_dots, Some(step)).group(tree.root())?;
        if palette.standard().has_layers() {
            content.end_layer();
        }
    }
    Drawing::of(content, palette, to_dots, None).group(tree.root())
}

struct Drawing<'a> {
    content: &'a mut Content,
    palette: &'a Palette,
    to_dots: Transform,
    /// What is drawn: white or varnish alone, or everything else.
    step: Option<Step>,
    parts: usize,
    /// Fill ink at hand, so that it is not set again.
    ink: Option<Ink>,
}

impl<'a> Drawing<'a> {
    fn of(
        content: &'a mut Content,
        palette: &'a Palette,
        to_dots: Transform,
        step: Option<Step>,
    ) -> Self {
        Self { content, palette, to_dots, step, parts: 0, ink: None }
    }

    fn group(&mut self, group: &Group) -> Result<(), String> {
        if group.opacity().get() < 1.0
            || group.clip_path().is_some()
            || group.mask().is_some()
            || !group.filters().is_empty()
        {
            return Err("it has opacity, clips, masks or filters: draw it with plain shapes".into());
        }
        for node in group.children() {
            match node {
                Node::Group(inner) => self.group(inner)?,
                Node::Path(path) => self.path(path)?,
                Node::Image(_) => return Err("it has an image: draw it with shapes".into()),
                Node::Text(_) => return Err("it has text: make it a field or outlines".into()),
            }
        }
        Ok(())
    }

    fn path(&mut self, path: &usvg::Path) -> Result<(), String> {
        self.parts += 1;
        if self.parts > PARTS_MAX {
            return Err(format!("it has more than {PARTS_MAX} parts"));
        }
        if !path.is_visible() {
            return Ok(());
        }
        let transform = path.abs_transform().post_concat(self.to_dots);
        // A line has nothing to fill, though SVG fills it black unless told otherwise.
        let bounds = path.data().bounds();
        let has_area = bounds.width() > 0.0 && bounds.height() > 0.0;
        if let Some(fill) = path.fill().filter(|_| has_area) {
            let operator = if fill.rule() == FillRule::EvenOdd { "f*" } else { "f" };
            for ink in self.inks_of(fill.paint(), fill.opacity().get())? {
                self.paint(ink, path, transform, operator, None);
            }
        }
        if let Some(stroke) = path.stroke() {
            if stroke.dasharray().is_some() {
                return Err("it has dashed lines: draw the dashes".into());
            }
            for ink in self.inks_of(stroke.paint(), stroke.opacity().get())? {
                self.paint(ink, path, transform, "S", Some(stroke));
            }
        }
        Ok(())
    }

    /// The inks of a paint, one after the other; none where it is not drawn now.
    fn inks_of(&self, paint: &Paint, opacity: f32) -> Result<Vec<Ink>, String> {
        let Paint::Color(colour) = paint else {
            return Err("it has gradients or patterns: use plain colours".into());
        };
        if opacity < 1.0 {
            return Err("it has transparent colours: use plain ones".into());
        }
        let rgb: Rgb = [colour.red, colour.green, colour.blue];
        let printed = self.palette.of_art(rgb).map_err(|unknown| unknown.to_string())?;
        let ink = printed.ink.filter(|_| printed.step == self.step);
        Ok(ink.map(|ink| self.palette.painted(ink)).unwrap_or_default())
    }

    fn paint(
        &mut self,
        ink: Ink,
        path: &usvg::Path,
        transform: Transform,
        operator: &str,
        stroke: Option<&usvg::Stroke>,
    ) {
        let overprint = self.palette.spot_of(ink).is_some_and(|spot| spot.overprint);
        if overprint {
            self.content.op(&[], "q").overprint();
            self.ink = None;
        }
        match stroke {
            Some(stroke) => pen(self.content, stroke, scale(transform), ink),
            None if self.ink != Some(ink) => {
                self.content.fill_ink(ink);
                self.ink = Some(ink);
            }
            None => {}
        }
        outline(self.content, path.data(), transform);
        self.content.op(&[], operator);
        if overprint {
            self.content.op(&[], "Q");
            self.ink = None;
        }
    }
}

/// Sets ink, width and ends of a line.
fn pen(content: &mut Content, stroke: &usvg::Stroke, scale: f32, ink: Ink) {
    let cap = match stroke.linecap() {
        LineCap::Butt => 0.0,
        LineCap::Round => 1.0,
        LineCap::Square => 2.0,
    };
    let join = match stroke.linejoin() {
        LineJoin::Miter | LineJoin::MiterClip => 0.0,
        LineJoin::Round => 1.0,
        LineJoin::Bevel => 2.0,
    };
    content.stroke_ink(ink).op(&[tenth(stroke.width().get() * scale)], "w");
    content.op(&[cap], "J").op(&[join], "j");
}

fn outline(content: &mut Content, path: &usvg::tiny_skia_path::Path, transform: Transform) {
    let at = |mut point: Point| {
        transform.map_point(&mut point);
        [tenth(point.x), tenth(point.y)]
    };
    let mut last = Point::zero();
    for segment in path.segments() {
        match segment {
            PathSegment::MoveTo(to) => {
                content.op(&at(to), "m");
                last = to;
            }
            PathSegment::LineTo(to) => {
                content.op(&at(to), "l");
                last = to;
            }
            PathSegment::QuadTo(control, to) => {
                // The same curve as a cubic one.
                let near = |end: Point| {
                    Point::from_xy(
                        end.x + (control.x - end.x) * 2.0 / 3.0,
                        end.y + (control.y - end.y) * 2.0 / 3.0,
                    )
                };
                curve(content, [at(near(last)), at(near(to)), at(to)]);
                last = to;
            }
            PathSegment::CubicTo(first, second, to) => {
                curve(content, [at(first), at(second), at(to)]);
                last = to;
            }
            PathSegment::Close => {
                content.op(&[], "h");
            }
        }
    }
}

fn curve(content: &mut Content, [[ax, ay], [bx, by], [cx, cy]]: [[f32; 2]; 3]) {
    content.op(&[ax, ay, bx, by, cx, cy], "c");
}

/// How much longer lines become.
fn scale(transform: Transform) -> f32 {
    (transform.sx * transform.sy - transform.kx * transform.ky).abs().sqrt()
}

/// To a tenth of a dot, which keeps files small.
fn tenth(length: f32) -> f32 {
    (length * 10.0).round() / 10.0
}
