//! Rules of transparency, which X-1a has none of (ISO 32000-1, 11).

use hayro_syntax::object::{Array, Dict, Name, Object};

use super::document::Check;
use super::reach::Reached;
use super::read;
use super::rule::Rule;

pub(super) fn check(check: &mut Check<'_>, reached: &Reached<'_>) {
    if reached.within("ExtGState") || read::is(&reached.dict, "Type", "ExtGState") {
        soft_mask_in_state(check, reached);
        alpha(check, reached);
        blend_mode(check, reached);
    } else if read::is(&reached.dict, "Subtype", "Image") {
        soft_mask_of_image(check, reached);
    }
    group(check, reached);
}

fn soft_mask_in_state(check: &mut Check<'_>, reached: &Reached<'_>) {
    if read::has(&reached.dict, "SMask") && !read::is(&reached.dict, "SMask", "None") {
        check.findings.add(Rule::TransparencySoftMask, reached.place(), "graphics state");
    }
}

fn soft_mask_of_image(check: &mut Check<'_>, reached: &Reached<'_>) {
    let inside = reached.dict.get::<i32>("SMaskInData").is_some_and(|value| value > 0);
    if inside || read::has(&reached.dict, "SMask") {
        check.findings.add(Rule::TransparencySoftMask, reached.place(), "image");
    }
}

fn alpha(check: &mut Check<'_>, reached: &Reached<'_>) {
    for key in ["CA", "ca"] {
        if let Some(alpha) = reached.dict.get::<f64>(key)
            && alpha < 1.0
        {
            check.findings.add(Rule::TransparencyAlpha, reached.place(), format!("{key} {alpha}"));
        }
    }
}

fn blend_mode(check: &mut Check<'_>, reached: &Reached<'_>) {
    let mode = match reached.dict.get::<Object<'_>>("BM") {
        Some(Object::Name(name)) => read::name_text(&name),
        Some(Object::Array(modes)) => first(&modes),
        _ => return,
    };
    if mode != "Normal" && mode != "Compatible" {
        check.findings.add(Rule::TransparencyBlend, reached.place(), mode);
    }
}

fn first(modes: &Array<'_>) -> String {
    let first = modes.iter::<Name<'_>>().next();
    first.map(|name| read::name_text(&name)).unwrap_or_default()
}

fn group(check: &mut Check<'_>, reached: &Reached<'_>) {
    let group = reached.dict.get::<Dict<'_>>("Group");
    if group.is_some_and(|group| read::is(&group, "S", "Transparency")) {
        check.findings.add(Rule::TransparencyGroup, reached.place(), "");
    }
}
