//! Forms, images and shadings that are placed.

use std::rc::Rc;

use hayro_syntax::object::{Dict, Name, Object, Stream};

use super::paint::Mark;
use super::{Frame, Runner};
use crate::preflight::limits::{
    BITMAP_DPI_MIN, BITMAP_DPI_MODULES, IMAGE_DPI_MIN, IMAGE_PIXELS_MIN, PLACING_OPERATORS,
};
use crate::preflight::matrix::Matrix;
use crate::preflight::operators::Operation;
use crate::preflight::rule::Rule;
use crate::preflight::space::{Space, parse};
use crate::preflight::{colour, filters, layers, read};

/// An image, in line or by itself.
struct Picture {
    width: f64,
    height: f64,
    mask: bool,
    one_bit: bool,
    interpolate: bool,
    space: Option<Rc<Space>>,
}

impl<'a> Runner<'_, 'a> {
    pub(super) fn object_operation(
        &mut self,
        frame: &mut Frame<'a>,
        operation: &Operation<'_, '_>,
    ) {
        if let Some(image) = operation.image() {
            self.inline_image(frame, image);
            return;
        }
        self.operators += PLACING_OPERATORS;
        let Some(name) = operation.name() else { return };
        if operation.operator == b"sh" {
            match frame.scope.shading(name) {
                Some(shading) => self.shading(&shading, &Rc::clone(&frame.scope)),
                None => self.missing("Shading", name),
            }
            return;
        }
        let Some(object) = frame.scope.placed(name) else {
            self.missing("XObject", name);
            return;
        };
        let steps = self.steps;
        let layer = read::own_dict(self.pdf, object.dict(), "OC");
        self.steps += usize::from(layer.is_some_and(|it| layers::is_die_step(self.pdf, &it)));
        match read::name(object.dict(), "Subtype").as_deref() {
            Some("Form") => self.form(&object, &Rc::clone(&frame.scope), &frame.state.clone()),
            Some("Image") => self.image(frame, &object),
            _ => {}
        }
        self.steps = steps;
    }

    fn missing(&mut self, kind: &str, name: &Name<'_>) {
        self.add(Rule::ContentResource, format!("{kind} {}", read::name_text(name)));
    }

    fn image(&mut self, frame: &Frame<'a>, image: &Stream<'a>) {
        let dict = image.dict();
        let picture =
            picture(dict, ["Width", "Height", "ImageMask", "BitsPerComponent", "Interpolate"]);
        let space = self.spaces.under(dict, b"ColorSpace");
        let place = self.place;
        self.place.object = Some(image.obj_id().obj_number);
        self.placed(frame, &Picture { space, ..picture });
        self.place = place;
    }

    fn inline_image(&mut self, frame: &Frame<'a>, image: &Stream<'_>) {
        let dict = full_names(image.dict());
        filters::compression(self.check, &image.filters(), self.place);
        let picture = picture(image.dict(), dict);
        let space = match entry(image.dict(), "CS", "ColorSpace") {
            Some(Object::Name(name)) => frame.scope.space(&name, &mut self.spaces),
            Some(other) => Some(Rc::new(parse(&other, 0))),
            None => None,
        };
        self.placed(frame, &Picture { space, ..picture });
    }

    fn placed(&mut self, frame: &Frame<'a>, picture: &Picture) {
        if picture.interpolate {
            self.add(Rule::ImageInterpolate, "");
        }
        self.resolution(picture, frame.state.matrix);
        if picture.mask {
            self.painted(frame, Mark::Mask);
        } else if let Some(space) = &picture.space {
            colour::check(self.check, space, &frame.scope, self.place, "image");
            self.inks.whole(space, self.place);
        }
    }

    /// An image fills the unit square, wherever that lies on the page (ISO 32000-1, 8.9.4).
    fn resolution(&mut self, picture: &Picture, matrix: Matrix) {
        let per_inch = |pixels: f64, points: f64| pixels * 72.0 / points.max(1e-6);
        let dpi =
            per_inch(picture.width, matrix.width()).min(per_inch(picture.height, matrix.height()));
        let detail = format!("{dpi:.0} dpi");
        if picture.one_bit {
            if (BITMAP_DPI_MODULES..BITMAP_DPI_MIN).contains(&dpi) {
                self.add(Rule::ImageBitmap, detail);
            }
        } else if dpi < IMAGE_DPI_MIN && picture.width.min(picture.height) >= IMAGE_PIXELS_MIN {
            self.add(Rule::ImageResolution, detail);
        }
    }
}

/// The keys that an inline image uses: short or full names (ISO 32000-1, table 93).
fn full_names(dict: &Dict<'_>) -> [&'static str; 5] {
    let pairs = [
        ("W", "Width"),
        ("H", "Height"),
        ("IM", "ImageMask"),
        ("BPC", "BitsPerComponent"),
        ("I", "Interpolate"),
    ];
    pairs.map(|(short, full)| if dict.contains_key(short) { short } else { full })
}

fn entry<'a>(dict: &Dict<'a>, short: &str, full: &str) -> Option<Object<'a>> {
    dict.get::<Object<'_>>(short).or_else(|| dict.get::<Object<'_>>(full))
}

fn picture(dict: &Dict<'_>, keys: [&str; 5]) -> Picture {
    let [width, height, mask, bits, interpolate] = keys;
    let number = |key: &str| dict.get::<f64>(key).unwrap_or_default();
    let truth = |key: &str| dict.get::<bool>(key).unwrap_or(false);
    Picture {
        width: number(width),
        height: number(height),
        mask: truth(mask),
        one_bit: truth(mask) || dict.get::<i32>(bits) == Some(1),
        interpolate: truth(interpolate),
        space: None,
    }
}
