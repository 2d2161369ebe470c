//! Plates that are no image of their own: white, varnish and the die line, and leaving them out.

use crate::file;
use crate::job::{Desk, desk_of, desk_with, faces, job, layout, print};
use crate::own;
use crate::render;
use ocop_stamp::preflight::{self, Against};
use ocop_stamp::printing::{Design, Job, LeftOut, Standard};

/// A picture that gold and a white ground below everything belong to, and varnish over half of it.
/// White and varnish are drawn last, where designers put them.
const ART: &str = r##"
    <rect x="-2" y="-2" width="24" height="10" fill="#aa0000"/>
    <rect x="2" y="0" width="8" height="8" fill="#ddaa00"/>
    <rect x="4" y="2" width="4" height="4" fill="#0000aa"/>
    <rect x="-2" y="-2" width="24" height="34" fill="#eeeeff"/>
    <rect x="6" y="-2" width="16" height="10" fill="#00ffff"/>"##;
const MORE: &str = r##"
[colours.blue]
svg = "#0000aa"
cmyk = [100, 50, 0, 0]
[colours.white]
svg = "#eeeeff"
cmyk = [90, 0, 0, 0]
spot = "White"
step = "white"
[[fields]]
kind = "text"
text = "CHỮ"
box_mm = [2, 4, 8, 3]
size_pt = 6
colour = "paper"
"##;

fn on(design: Design, standard: Standard) -> Desk {
    let mut layout = layout("a4");
    layout.press.standard = standard;
    desk_with(&layout, design)
}

fn without(desk: &Desk, plates: &[&str]) -> Vec<u8> {
    let die = &desk.imposition.layout.die;
    let without = LeftOut::read(plates, &desk.design, die).unwrap();
    let (_, files) = print(&Job { without, ..job(desk, 4) }, faces(4)).unwrap();
    files.into_iter().next().unwrap()
}

#[test]
fn varnish_hides_nothing_in_a_viewer_that_shows_no_plates() {
    for standard in [Standard::X4, Standard::X1a, Standard::Vt1] {
        let mut layout = layout("a4");
        layout.press.standard = standard;
        let desk = desk_of(&layout, "trong-dong-30");
        let shown = render::at_300_dpi(without(&desk, &[])).remove(0);
        let bare = render::at_300_dpi(without(&desk, &["varnish"])).remove(0);
        let differ = shown.luma.iter().zip(&bare.luma).filter(|(a, b)| a != b).count();
        assert_eq!(differ, 0, "{standard:?}: the varnish shows in {differ} pixels");
    }
}

#[test]
fn white_and_varnish_lie_below_the_colours_wherever_the_art_draws_them() {
    for standard in [Standard::X4, Standard::X1a] {
        let desk = on(own::design(MORE, ART), standard);
        let shown = render::at_300_dpi(without(&desk, &[])).remove(0);
        let bare = render::at_300_dpi(without(&desk, &["white", "varnish"])).remove(0);
        let trim = desk.imposition.on_page(desk.imposition.cell(1));
        let pixel = |dots: i32| usize::try_from(dots / desk.imposition.grid().step()).unwrap();
        let millimetres = |length: f64| pixel(desk.imposition.grid().dots(length));
        // The picture: eight millimetres from the upper edge.
        let (left, top) = (pixel(trim.x), shown.height - pixel(trim.top()));
        let mut differ = 0;
        for y in top..top + millimetres(7.8) {
            let row = y * shown.width + left;
            let row = row..row + pixel(trim.width);
            let pairs = shown.luma[row.clone()].iter().zip(&bare.luma[row]);
            differ += pairs.filter(|(a, b)| a.abs_diff(**b) > 24).count();
        }
        // The edges of gold are smoothed twice, over bare paper.
        let edges = 2 * millimetres(8.0) + millimetres(8.0);
        assert!(differ <= edges, "{standard:?}: {differ} pixels differ");
    }
}

#[test]
fn files_with_white_and_varnish_keep_to_their_standard() {
    for (standard, claim) in [(Standard::X4, "PDF/X-4"), (Standard::X1a, "PDF/X-1a:2003")] {
        for desk in [
            on(own::design(MORE, ART), standard),
            on(Design::by_name("trong-dong-30").unwrap().unwrap(), standard),
        ] {
            let report = preflight::check(&without(&desk, &[]), Against::Claim).unwrap();
            let findings: Vec<String> = report.findings.iter().map(ToString::to_string).collect();
            assert_eq!(findings, [""; 0], "{}", desk.design.name);
            assert_eq!(report.claims, [claim]);
        }
    }
}

#[test]
fn process_inks_leave_plates_of_white_and_varnish_alone_and_knock_out_each_other() {
    let pdf = without(&on(own::design(MORE, ART), Standard::X4), &[]);
    let state = file::objects(&pdf);
    let state = state.iter().find(|object| object.dict.contains("/OPM 0"));
    let state = &state.expect("a graphics state keeps the plates apart").dict;
    assert!(state.contains("/op true") && state.contains("/OP true"), "{state}");
    let page = file::readable(&file::pages(&pdf)[0]);
    assert!(page.contains("/GA gs"), "codes leave the plates alone too: {page}");
    // Without such a plate nothing overprints.
    let plain = without(&desk_of(&layout("a4"), "sen-25x35"), &[]);
    assert!(!file::readable(&file::pages(&plain)[0]).contains("/GA gs"));
}

#[test]
fn a_plate_that_is_left_out_is_in_no_file_and_the_rest_is_as_before() {
    for name in ["Varnish", "CutContour"] {
        let desk = desk_of(&layout("a4"), "trong-dong-30");
        let report = |pdf: &[u8]| preflight::check(pdf, Against::Claim).unwrap();
        let (all, less) = (report(&without(&desk, &[])), report(&without(&desk, &[name])));
        assert!(all.plates.iter().any(|plate| plate == name), "{:?}", all.plates);
        assert!(less.plates.iter().all(|plate| plate != name), "{:?}", less.plates);
        assert_eq!(all.plates.len(), less.plates.len() + 1);
        assert!(less.findings.is_empty(), "{:?}", less.findings);
    }
    let desk = on(own::design(MORE, ART), Standard::X4);
    let gold = preflight::check(&without(&desk, &["gold", "White"]), Against::Claim).unwrap();
    let plates: Vec<&str> = gold.plates.iter().skip(4).map(String::as_str).collect();
    assert_eq!(plates, ["CutContour", "Varnish"]);
}
