//! Why sheets were not made, and what a design cannot carry.

use super::unprintable;
use crate::desk::sheets::SheetsError;
use crate::domain::design::{Misfit, MisfitReason};
use crate::press::{PressError, PrintOrderError, UnprintableDesign};
use crate::printing::UnknownPlate;
use crate::web::words::Words;

/// Why sheets were not made; none where the person can do nothing.
pub(in crate::web) fn sheets(words: Words, why: &SheetsError) -> Option<String> {
    if let SheetsError::Order(PrintOrderError::Plate(UnknownPlate { wanted, design, known })) = why
    {
        let places = [("wanted", &**wanted), ("design", &**design), ("known", &*known.join(", "))];
        let key = if known.is_empty() { "no_plates" } else { "plate" };
        return Some(words.fill(&format!("sheets.problem.{key}"), places));
    }
    if let SheetsError::Press(why) = why
        && let Some(why) = why.misfit()
    {
        return Some(misfit(words, &why));
    }
    if let SheetsError::Press(PressError::Unprintable(why)) = why {
        return Some(unprintable(words, why));
    }
    if let SheetsError::Press(PressError::Misprint(why)) = why {
        let places = [("sheet", &*why.sheet.to_string()), ("cell", &*why.cell.to_string())];
        return Some(words.fill("sheets.problem.misprint", places));
    }
    let key = match why {
        SheetsError::Press(PressError::Unreadable { .. }) => "unreadable",
        SheetsError::NoLayout => "layout",
        SheetsError::Press(PressError::Layout(_)) => "no_place",
        SheetsError::Press(PressError::OtherSheets { .. }) => "other_sheets",
        SheetsError::Order(PrintOrderError::Design(why))
        | SheetsError::Press(PressError::Design(why)) => match why {
            UnprintableDesign::NoDesign { .. } | UnprintableDesign::NotApproved { .. } => "design",
            UnprintableDesign::Right { .. } => "right",
            UnprintableDesign::Changed(_) | UnprintableDesign::OtherVersion { .. } => "changed",
            UnprintableDesign::Design(_) | UnprintableDesign::Store(_) => return None,
        },
        _ => return None,
    };
    Some(words.say(&format!("sheets.problem.{key}")).into_owned())
}

/// Why a design cannot carry what the stamps of a product say.
pub(in crate::web) fn misfit(words: Words, misfit: &Misfit) -> String {
    let Misfit { design, why } = misfit;
    match why {
        MisfitReason::NoRoom(text) => {
            words.fill("misfit.no_room", [("design", &**design), ("text", &**text)])
        }
        MisfitReason::Lacks(fact) => {
            words.fill(&format!("misfit.lacks.{fact}"), [("design", design)])
        }
        MisfitReason::Other(why) => {
            words.fill("misfit.other", [("design", &**design), ("why", &**why)])
        }
    }
}
