//! Rules of external objects: PostScript, OPI, alternates, references.

use super::document::Check;
use super::reach::Reached;
use super::read;
use super::rule::Rule;

pub(super) fn check_object(check: &mut Check<'_>, reached: &Reached<'_>) {
    if reached.stream.is_none() {
        return;
    }
    let (dict, place) = (&reached.dict, reached.place());
    if read::is(dict, "Subtype", "Form") && read::has(dict, "Ref") {
        check.findings.add(Rule::ContentExternal, place, "reference to a page of another file");
    }
    if check.standard.is_none() {
        return;
    }
    let object = reached.within("XObject") || read::is(dict, "Type", "XObject");
    let postscript = read::is(dict, "Subtype", "PS") || read::is(dict, "Subtype2", "PS");
    if object && (postscript || read::has(dict, "PS")) {
        check.findings.add(Rule::ContentPostscript, place, "");
    }
    if read::has(dict, "OPI") {
        check.findings.add(Rule::ContentOpi, place, "");
    }
    if read::has(dict, "Alternates") {
        check.findings.add(Rule::ContentAlternateImage, place, "");
    }
}
