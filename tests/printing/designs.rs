//! Designs and layouts that come with the program, and designs of the office's own.

use crate::file;
use crate::job::{self, Desk, desk_of, desk_with, faces, job, layout, print};
use crate::render;
use ocop_stamp::preflight::{self, Against};
use ocop_stamp::printing::{
    Design, DesignError, Face, Guard, Imposition, Layout, Standard, Warning,
};
use pdf_writer::{Content, Pdf, Rect, Ref};

/// Stamps as a design wants them: small ones carry the serial alone.
fn faces_for(design: &Design, total: u64) -> Vec<Face> {
    let mut faces = faces(total);
    if design.data.size_mm.0 < 16.0 {
        for face in &mut faces {
            face.text = face.text.rsplit_once('/').unwrap().0.to_owned();
        }
    }
    faces
}

/// Prints so many stamps, or a sheet of them, and reads every symbol.
fn assert_reads(desk: &Desk, stamps: u32) {
    let total = u64::from(desk.imposition.cells().min(stamps));
    let faces = faces_for(&desk.design, total);
    let (printed, files) = print(&job(desk, total), faces.clone()).unwrap();
    let name = format!("{} on {}", desk.design.name, desk.imposition.layout.name);
    assert_eq!(printed.warnings, [], "{name}");
    let pages = render::at_300_dpi(files.into_iter().next().unwrap());
    for (position, face) in (1..).zip(&faces) {
        let place = desk.imposition.placement(position, total);
        let page = &pages[usize::try_from(place.sheet).unwrap() - 1];
        let read = render::decode_cell(page, &desk.imposition, place.cell);
        assert_eq!(read.as_ref(), Some(&face.text), "{name}, cell {}", place.cell);
    }
}

#[test]
fn every_design_that_comes_with_the_program_keeps_to_its_guards_and_is_read_from_a_sheet() {
    for name in Design::shipped() {
        assert_reads(&desk_of(&layout("a4"), name), 30);
    }
}

#[test]
fn capitals_with_two_marks_have_room_in_every_design_that_comes_with_the_program() {
    const NAMES: [(&str, &str); 3] = [
        ("Ẵ", "Ợ"),
        ("MẮM TẮC ẮẰẲẴẶ", "HTX ẾỀỂỄỆ ỢỰ"),
        ("BẮP NẤM ẤẦẨẪẬ ĐẶC SẢN ỘỢỰ", "CÔNG TY TNHH ĐỒNG MẪU ẺỄỆ VÀ CỘNG SỰ"),
    ];
    for name in Design::shipped() {
        let desk = desk_of(&layout("a4"), name);
        for (product_name, producer_name) in NAMES {
            let mut job = job(&desk, 1);
            job.label.product_name = product_name;
            job.label.producer_name = producer_name;
            let (printed, _) = print(&job, faces_for(&desk.design, 1)).unwrap();
            let is_cut = |it: &Warning| matches!(it, Warning::Design(Guard::Shortened { .. }));
            let other: Vec<&Warning> = printed.warnings.iter().filter(|it| !is_cut(it)).collect();
            assert!(other.is_empty(), "{name}, {product_name}: {other:?}");
        }
    }
}

#[test]
fn every_layout_that_comes_with_the_program_prints_sheets_that_are_read() {
    for name in Layout::shipped() {
        let layout = layout(name);
        let sizes = Design::shipped().into_iter().map(|name| Design::by_name(name).unwrap());
        let fitting = sizes
            .map(Result::unwrap)
            .find(|design| Imposition::new(&layout, design.size()).is_ok());
        // Labels that are cut already have sizes of their own.
        let Some(design) = fitting else { continue };
        if layout.press.dpi.dpi() >= 300 {
            assert_reads(&desk_of(&layout, &design.name), 12);
        }
    }
}

/// Checks a file by the rules of preflight, and that it claims what it should.
fn assert_clean(desk: &Desk, claims: &[&str]) {
    let total = u64::from(desk.imposition.cells()) + 1;
    let (_, files) = print(&job(desk, total), faces_for(&desk.design, total)).unwrap();
    let against = if claims.is_empty() { Against::Nothing } else { Against::Claim };
    let report = preflight::check(&files[0], against).unwrap();
    let name = format!("{} on {}", desk.design.name, desk.imposition.layout.name);
    let findings: Vec<String> = report.findings.iter().map(ToString::to_string).collect();
    assert_eq!(findings, [""; 0], "{name}");
    assert_eq!(report.claims, claims, "{name}");
}

#[test]
fn files_of_every_standard_keep_to_its_rules() {
    let claims: [(Standard, &[&str]); 4] = [
        (Standard::X4, &["PDF/X-4"]),
        (Standard::X1a, &["PDF/X-1a:2003"]),
        (Standard::Vt1, &["PDF/X-4", "PDF/VT-1"]),
        (Standard::Gray, &[]),
    ];
    for (standard, claims) in claims {
        // The one has plain inks only, the other a varnish plate.
        for design in ["sen-25x35", "trong-dong-30"] {
            let mut layout = layout("sra3");
            layout.press.standard = standard;
            assert_clean(&desk_of(&layout, design), claims);
        }
    }
}

#[test]
fn designs_and_layouts_that_come_with_the_program_keep_to_the_rules() {
    for name in Design::shipped() {
        assert_clean(&desk_of(&layout("a4"), name), &["PDF/X-4"]);
    }
    for name in ["a4-pha", "sra3-chong", "325x430", "cuon-100"] {
        assert_clean(&desk_of(&layout(name), "khue-van-40x25"), &["PDF/X-4"]);
    }
}

#[test]
fn the_die_line_is_a_plate_and_a_layer_of_its_own_with_the_name_the_shop_wants() {
    let mut layout = layout("a4");
    layout.die.name = "DIE LINE".into();
    let desk = desk_of(&layout, "trong-dong-30");
    let (_, files) = print(&job(&desk, 3), faces(3)).unwrap();
    let report = preflight::check(&files[0], Against::Claim).unwrap();
    let spots: Vec<&str> = report.plates.iter().skip(4).map(String::as_str).collect();
    assert_eq!(spots, ["DIE LINE", "Varnish"]);
    let layers: Vec<String> = file::objects(&files[0])
        .iter()
        .filter(|object| object.dict.contains("/Type/OCG"))
        .map(|object| object.dict.clone())
        .collect();
    assert_eq!(layers.len(), 2, "{layers:?}");
    let cutting = "/GTS_ProcStepsGroup/Structural/GTS_ProcStepsType/Cutting";
    assert!(layers.iter().any(|layer| layer.contains(cutting)), "{layers:?}");
    assert!(layers.iter().any(|layer| layer.contains("/GTS_ProcStepsGroup/Varnish")));
}

/// The default design with other artwork.
fn with_art(art: &str, bytes: &[u8]) -> Result<Design, DesignError> {
    let toml = include_str!("../../assets/designs/sen-25x35/design.toml");
    Design::new("rieng", &toml.replace("\"art.svg\"", &format!("\"{art}\"")), bytes)
}

/// A page of the size of the stamp with its bleed, cyan but for a window where the code goes.
fn page(width_mm: f32) -> Vec<u8> {
    let points = |mm: f32| mm / 25.4 * 72.0;
    let ids: [Ref; 4] = std::array::from_fn(|at| Ref::new(i32::try_from(at + 1).unwrap()));
    let mut content = Content::new();
    content.set_fill_cmyk(1.0, 0.0, 0.0, 0.0);
    content.rect(0.0, 0.0, points(width_mm), points(39.0)).fill_even_odd();
    content.set_fill_cmyk(0.0, 0.0, 0.0, 0.0);
    content.rect(points(4.0), points(2.5), points(22.5), points(24.0)).fill_even_odd();
    let mut pdf = Pdf::new();
    pdf.catalog(ids[0]).pages(ids[1]);
    pdf.pages(ids[1]).kids([ids[2]]).count(1);
    let mut sheet = pdf.page(ids[2]);
    sheet.parent(ids[1]).media_box(Rect::new(0.0, 0.0, points(width_mm), points(39.0)));
    sheet.resources();
    sheet.contents(ids[3]);
    drop(sheet);
    pdf.stream(ids[3], &content.finish());
    pdf.finish()
}

#[test]
fn a_page_of_a_pdf_file_can_be_the_artwork_and_keeps_its_inks() {
    let desk = desk_with(&layout("a4"), with_art("art.pdf", &page(29.0)).unwrap());
    assert_reads(&desk, 6);
    let (_, files) = print(&job(&desk, 3), faces(3)).unwrap();
    let forms: Vec<String> = file::objects(&files[0])
        .iter()
        .filter(|object| object.dict.contains("/Form"))
        .filter_map(|object| object.stream.as_deref().map(file::readable))
        .collect();
    assert!(forms.iter().any(|form| form.contains("1 0 0 0 k")), "{forms:?}");
    assert!(forms.iter().any(|form| form.contains("/P Do")));
}

#[test]
fn artwork_that_cannot_be_printed_is_refused_with_what_to_do() {
    let refused = |art: &str, bytes: &[u8]| {
        let desk = desk_with(&layout("a4"), with_art(art, bytes).unwrap());
        print(&job(&desk, 1), faces(1)).unwrap_err().to_string()
    };
    let svg = |inside: &str| {
        let head = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 29 39\">";
        format!("{head}{inside}</svg>").into_bytes()
    };
    let cases = [
        (
            "<rect width=\"9\" height=\"9\" fill=\"#123456\"/>",
            "no colour of the design stands for #123456",
        ),
        ("<rect width=\"9\" height=\"9\" fill=\"#9b1b1e\" opacity=\"0.5\"/>", "opacity"),
        ("<path d=\"M0 0h9\" stroke=\"#9b1b1e\" stroke-dasharray=\"1\"/>", "draw the dashes"),
        (
            "<linearGradient id=\"g\"><stop stop-color=\"#9b1b1e\"/><stop offset=\"1\" \
             stop-color=\"#fff\"/></linearGradient><rect width=\"9\" height=\"9\" fill=\"url(#g)\"/>",
            "gradients",
        ),
    ];
    for (inside, reason) in cases {
        let said = refused("art.svg", &svg(inside));
        assert!(said.contains(reason) && said.contains("rieng"), "{said}");
    }
    assert!(refused("art.svg", b"<svg").contains("artwork of design rieng"));
    assert!(refused("art.pdf", &page(40.0)).contains("40.0 × 39.0 mm"));
    assert!(refused("art.pdf", b"text").contains("no PDF"));
    let flat = b"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 39 29\"/>";
    assert!(refused("art.svg", flat).contains("the same shape"));
}

#[test]
fn a_wrong_design_is_refused_with_the_line_or_the_field() {
    let refused = |change: (&str, &str)| {
        let toml = include_str!("../../assets/designs/sen-25x35/design.toml");
        assert!(toml.contains(change.0), "{}", change.0);
        let changed = toml.replacen(change.0, change.1, 1);
        Design::new("rieng", &changed, b"").unwrap_err().to_string()
    };
    assert!(refused(("version = 1", "version = \"one\"")).contains("line 2"));
    assert!(refused(("kind = \"qr\"", "kind = \"text\"\nsize_pt = 5")).contains("\"qr\""));
    assert!(refused(("[3.2, 12.15,", "[30, 12.15,")).contains("field 1: box_mm leaves the stamp"));
    assert!(refused(("colour = \"gold\"", "colour = \"silver\"")).contains("no colour \"silver\""));
    assert!(refused(("size_pt = 5.2\n", "\n")).contains("give size_pt"));
    assert!(refused(("size_mm = [25, 35]", "size_mm = [2, 35]")).contains("from 8 to 300 mm"));
    let design = with_art("art.svg", job::desk().design.art()).unwrap();
    assert_ne!(design.sha256, job::desk().design.sha256.replace('0', "1"));
}
