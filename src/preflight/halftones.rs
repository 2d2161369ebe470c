//! Rules of transfer curves and halftones (ISO 32000-1, 10.5 and 10.6), which are the printer's.

use hayro_syntax::object::{Name, Object};

use super::document::Check;
use super::reach::Reached;
use super::read;
use super::rule::Rule;

pub(super) fn check(check: &mut Check<'_>, reached: &Reached<'_>) {
    if reached.within("ExtGState") || read::is(&reached.dict, "Type", "ExtGState") {
        transfer(check, reached, "TR", "Identity");
        transfer(check, reached, "TR2", "Default");
    }
    halftone(check, reached);
}

/// A transfer curve may only say that there is none.
fn transfer(check: &mut Check<'_>, reached: &Reached<'_>, key: &str, none: &str) {
    let harmless = match reached.dict.get::<Object<'_>>(key) {
        None | Some(Object::Null(_)) => true,
        Some(Object::Name(name)) => is_named(&name, none),
        Some(_) => false,
    };
    if !harmless {
        check.findings.add(Rule::HalftoneTransfer, reached.place(), key);
    }
}

fn is_named(name: &Name<'_>, text: &str) -> bool {
    name.as_ref() == text.as_bytes()
}

fn halftone(check: &mut Check<'_>, reached: &Reached<'_>) {
    let Some(kind) = reached.dict.get::<i32>("HalftoneType") else { return };
    if kind != 1 && kind != 5 {
        check.findings.add(Rule::HalftoneType, reached.place(), format!("type {kind}"));
    }
    if read::has(&reached.dict, "TransferFunction")
        && !read::is(&reached.dict, "TransferFunction", "Identity")
    {
        check.findings.add(Rule::HalftoneTransfer, reached.place(), "TransferFunction");
    }
}
