//! Rules of optional content (ISO 32000-1, 8.11) and of processing steps (ISO 19593-1).

use std::collections::BTreeSet;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict};

use super::document::Check;
use super::limits::DIE_STEPS;
use super::reach::Reached;
use super::read;
use super::report::Place;
use super::rule::Rule;

/// Groups of processing steps (ISO 19593-1, table 2).
const STEP_GROUPS: [&str; 7] =
    ["Structural", "Braille", "Legend", "Dimensions", "Positions", "White", "Varnish"];

pub(super) fn check(check: &mut Check<'_>) {
    let Some(properties) = check.document.catalog.get::<Dict<'_>>("OCProperties") else { return };
    if check.x1a() {
        check.findings.add(Rule::LayersForbidden, Place::FILE, "");
    } else if check.x4() {
        configurations(check, &properties);
    }
}

fn configurations(check: &mut Check<'_>, properties: &Dict<'_>) {
    let default = properties.get::<Dict<'_>>("D");
    if default.is_none() {
        check.findings.add(Rule::LayersConfig, Place::FILE, "there is no default configuration");
    }
    let others = properties.get::<Array<'_>>("Configs");
    let others = others.into_iter().flat_map(|list| list.iter::<Dict<'_>>());
    let mut names = BTreeSet::new();
    for configuration in default.into_iter().chain(others) {
        let place = Place::object(read::object_number(&configuration));
        match read::text(&configuration, "Name").filter(|name| !name.is_empty()) {
            None => check.findings.add(Rule::LayersConfig, place, "it has no Name"),
            Some(name) if names.contains(&name) => {
                let detail = format!("two configurations are named {name:?}");
                check.findings.add(Rule::LayersConfig, place, detail);
            }
            Some(name) => drop(names.insert(name)),
        }
        if read::has(&configuration, "AS") {
            check.findings.add(Rule::LayersConfig, place, "it has AS");
        }
    }
}

/// Whether what is on a layer, or a group of layers, is a step that cuts or folds.
pub(super) fn is_die_step<'a>(pdf: &'a Pdf, layer: &Dict<'a>) -> bool {
    let one = read::own_dict(pdf, layer, "OCGs");
    let several = layer.get::<Array<'_>>("OCGs");
    let members = several.into_iter().flat_map(|list| list.iter::<Dict<'_>>());
    std::iter::once(layer.clone()).chain(one).chain(members).any(|layer| {
        read::own_dict(pdf, &layer, "GTS_Metadata").is_some_and(|step| {
            read::is(&step, "GTS_ProcStepsGroup", "Structural")
                && read::name(&step, "GTS_ProcStepsType")
                    .is_some_and(|kind| DIE_STEPS.iter().any(|die| kind.contains(die)))
        })
    })
}

/// The processing step that a layer is.
pub(super) fn check_object(check: &mut Check<'_>, reached: &Reached<'_>) {
    if !reached.under("GTS_Metadata") {
        return;
    }
    let group = read::name(&reached.dict, "GTS_ProcStepsGroup");
    let known = group.as_deref().is_some_and(|group| STEP_GROUPS.contains(&group));
    let step = read::has(&reached.dict, "GTS_ProcStepsType");
    if !known || (group.as_deref() == Some("Structural") && !step) {
        let detail = format!("group {}", group.unwrap_or_else(|| "missing".into()));
        check.findings.add(Rule::LayersSteps, reached.place(), detail);
    }
}
