//! What `ocop sheet` tells of what it wrote.

use std::path::Path;

use serde_json::json;

use crate::code::text;
use crate::press::{Handover, PrintFiles, PrintOrder};
use crate::printing::Volume;
use crate::vietnamese;

/// Which version of a design was printed: other forms than PDF have no manifest that says so.
pub(super) fn design_facts(order: &PrintOrder) -> serde_json::Value {
    let design = order.design.design();
    json!({
        "name": design.name,
        "version": design.data.version,
        "sha256": design.sha256,
    })
}

pub(super) fn handover_facts(order: &PrintOrder, handover: &Handover) -> serde_json::Value {
    json!({
        "batch": text::batch(order.batch),
        "design": design_facts(order),
        "stamps": handover.stamps,
        "files": handover.files,
        "manifest": handover.manifest,
        "warnings": handover.warnings.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}

pub(super) fn tell_handover(order: &PrintOrder, handover: &Handover) {
    for path in handover.files.iter().chain(&handover.manifest) {
        println!("{}", path.display());
    }
    let design = order.design.design();
    let stamps = vietnamese::number(handover.stamps);
    println!("{stamps} stamps, design {}@{}", design.name, design.data.version);
    for warning in &handover.warnings {
        println!("note: {warning}");
    }
}

pub(super) fn facts(
    order: &PrintOrder,
    files: &PrintFiles,
    archive: Option<&Path>,
) -> serde_json::Value {
    let volumes = files.volumes.iter().map(|(path, volume)| volume_facts(path, volume));
    json!({
        "batch": text::batch(order.batch),
        "design": design_facts(order),
        "sheets": files.sheets,
        "volumes": volumes.collect::<Vec<_>>(),
        "manifest": files.manifest,
        "summary": files.summary,
        "ticket": files.ticket,
        "zip": archive,
        "warnings": files.warnings.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}

pub(super) fn volume_facts(path: &Path, volume: &Volume) -> serde_json::Value {
    json!({
        "path": path,
        "first_sheet": volume.first_sheet,
        "last_sheet": volume.last_sheet,
        "first_serial": volume.first_serial,
        "last_serial": volume.last_serial,
        "stamps": volume.stamps,
        "bytes": volume.bytes,
        "sha256": volume.sha256,
    })
}

pub(super) fn tell(files: &PrintFiles, archive: Option<&Path>) {
    for (path, volume) in &files.volumes {
        tell_volume(path, volume);
    }
    let beside: [&Path; 3] = [&files.manifest, &files.summary, &files.ticket];
    for path in beside.into_iter().chain(archive) {
        println!("{}", path.display());
    }
    for warning in &files.warnings {
        println!("note: {warning}");
    }
}

pub(super) fn tell_volume(path: &Path, volume: &Volume) {
    let stamps = vietnamese::number(volume.stamps);
    let (first, last) = (volume.first_sheet, volume.last_sheet);
    println!("{}  sheets {first}–{last}, {stamps} stamps", path.display());
}
