//! Rules of colour spaces: which of them a press of the output intent can take.

use super::document::Check;
use super::report::Place;
use super::rule::Rule;
use super::scope::Scope;
use super::space::Space;

/// Asks whether a space may be used, by something that is called `used_by`.
pub(super) fn check(
    check: &mut Check<'_>,
    space: &Space,
    scope: &Scope<'_>,
    place: Place,
    used_by: &str,
) {
    if let Space::Icc { colours, fits: false } = space {
        check.findings.add(Rule::ColourProfile, place, format!("N is {colours}, {used_by}"));
    }
    match space {
        Space::Indexed(base) | Space::Pattern(Some(base)) => {
            self::check(check, base, scope, place, used_by);
        }
        Space::Spot(spot) => {
            if let Some((_, found)) = refusal(check, &spot.alternate, scope) {
                let detail = format!("{}: {found}", spot.names.join(", "));
                check.findings.add(Rule::ColourAlternate, place, detail);
            }
        }
        _ => {
            if let Some((rule, found)) = refusal(check, space, scope) {
                check.findings.add(rule, place, format!("{found}, {used_by}"));
            }
        }
    }
}

/// The rule that a space breaks, and its name.
fn refusal(check: &Check<'_>, space: &Space, scope: &Scope<'_>) -> Option<(Rule, &'static str)> {
    check.standard?;
    let intent = check.document.intent_colours;
    let instead = match space {
        Space::Gray => scope.default_space("DefaultGray"),
        Space::Rgb => scope.default_space("DefaultRGB"),
        Space::Cmyk => scope.default_space("DefaultCMYK"),
        _ => None,
    };
    let independent = |space: &Space| match space {
        Space::Cie(name, _) => Some(*name),
        Space::Icc { .. } => Some("ICCBased"),
        _ => None,
    };
    if check.x1a() {
        // A default space takes the place of the device space (ISO 32000-1, 8.6.5.6).
        let found = independent(instead.as_deref().unwrap_or(space));
        return match (space, found) {
            (Space::Rgb, _) => Some((Rule::ColourRgb, "DeviceRGB")),
            (_, Some(name)) => Some((Rule::ColourIndependent, name)),
            (Space::Cmyk, None) if intent.is_some_and(|colours| colours != 4) => {
                Some((Rule::ColourDevice, "DeviceCMYK"))
            }
            _ => None,
        };
    }
    match space {
        Space::Rgb if instead.is_none() && intent != Some(3) => {
            Some((Rule::ColourRgb, "DeviceRGB"))
        }
        Space::Cmyk if instead.is_none() && intent.is_some_and(|colours| colours != 4) => {
            Some((Rule::ColourDevice, "DeviceCMYK"))
        }
        _ => None,
    }
}
