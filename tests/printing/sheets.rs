//! Whole jobs.

use crate::file;
use crate::job::{self, desk, faces, job, label, print};
use crate::render;
use ocop_stamp::printing::design::{Fact, TextLanguage};
use ocop_stamp::printing::{
    Design, DesignError, ErrorCorrection, FontError, Guard, Job, Label, SheetError, SheetFault,
    Split, Warning,
};
use std::collections::BTreeSet;

#[test]
fn every_symbol_of_a_rendered_job_decodes_to_its_stamp_and_the_last_sheet_is_not_full() {
    let desk = desk();
    let total = u64::from(desk.imposition.cells()) + 5;
    let faces = faces(total);
    let (printed, volumes) = print(&job(&desk, total), faces.clone()).unwrap();
    assert_eq!(printed.warnings, []);
    let pages = render::at_300_dpi(volumes.into_iter().next().unwrap());
    assert_eq!(pages.len(), 2);
    assert_eq!((pages[0].width, pages[0].height), (2480, 3508));
    let mut seen = BTreeSet::new();
    for (position, face) in (1..).zip(&faces) {
        let place = desk.imposition.placement(position, total);
        let page = &pages[usize::try_from(place.sheet).unwrap() - 1];
        assert_eq!(
            render::decode_cell(page, &desk.imposition, place.cell).as_ref(),
            Some(&face.text)
        );
        assert!(seen.insert(&face.text), "the sample has doubles");
    }
    for cell in 6..=desk.imposition.cells() {
        assert_eq!(
            render::decode_cell(&pages[1], &desk.imposition, cell),
            None,
            "cell {cell} should be empty"
        );
    }
}

#[test]
fn texts_of_other_lengths_and_levels_decode_too() {
    let desk = desk();
    for (level, length) in
        [(ErrorCorrection::M, 30), (ErrorCorrection::Q, 90), (ErrorCorrection::L, 190)]
    {
        let mut faces = faces(4);
        for face in &mut faces {
            face.text = face.text.repeat(2)[..length].to_owned();
        }
        let job = Job { level, ..job(&desk, 4) };
        let (_, volumes) = print(&job, faces.clone()).unwrap();
        let pages = render::at_300_dpi(volumes.into_iter().next().unwrap());
        for (cell, face) in (1..).zip(&faces) {
            assert_eq!(
                render::decode_cell(&pages[0], &desk.imposition, cell).as_ref(),
                Some(&face.text)
            );
        }
    }
}

#[test]
fn the_same_job_gives_the_same_bytes_with_any_number_of_threads() {
    let desk = desk();
    let write = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| print(&job(&desk, 2000), faces(2000)).unwrap())
    };
    let (printed, volumes) = write(1);
    for threads in [2, 5] {
        let (again, bytes) = write(threads);
        assert_eq!(again, printed);
        assert!(bytes == volumes, "other bytes with {threads} threads");
    }
    let other = Job { label: Label { batch: "AB13", ..label() }, ..job(&desk, 2000) };
    assert_ne!(print(&other, faces(2000)).unwrap().0.volumes[0].sha256, printed.volumes[0].sha256);
}

#[test]
fn volumes_share_the_sheets_and_know_what_is_in_them() {
    let desk = desk();
    let cells = u64::from(desk.imposition.cells());
    let total = 4 * cells + 1;
    let faces = faces(total);
    let split = Split { sheets: 2, ..Split::default() };
    let job = Job { split, ..job(&desk, total) };
    let (printed, files) = print(&job, faces.clone()).unwrap();
    assert_eq!(printed.volumes.len(), 3);
    let mut position = 0;
    for (index, (volume, file)) in printed.volumes.iter().zip(&files).enumerate() {
        let index = u64::try_from(index).unwrap();
        assert_eq!(u64::from(volume.number), index + 1);
        assert_eq!(volume.first_sheet, 2 * index + 1);
        assert_eq!(volume.last_sheet, if index == 2 { 5 } else { 2 * index + 2 });
        assert_eq!(volume.bytes, u64::try_from(file.len()).unwrap());
        let mine = position..position + usize::try_from(volume.stamps).unwrap();
        position = mine.end;
        let serials = || faces[mine.clone()].iter().map(|face| &face.serial);
        assert_eq!(Some(&volume.first_serial), serials().min());
        assert_eq!(Some(&volume.last_serial), serials().max());
        let pages = file::pages(file);
        assert_eq!(u64::try_from(pages.len()).unwrap(), volume.last_sheet - volume.first_sheet + 1);
        let slug = file::texts(&pages[0]).pop().unwrap();
        assert!(slug.starts_with(&format!("Tờ {}/5 · ", volume.first_sheet)), "{slug}");
    }
    assert_eq!(position, faces.len());
}

#[test]
fn serial_numbers_stand_in_the_file_as_text_in_the_order_of_the_cells() {
    let desk = desk();
    let faces = faces(50);
    let (_, files) = print(&job(&desk, 50), faces.clone()).unwrap();
    let serials: Vec<String> = file::pages(&files[0])
        .iter()
        .flat_map(|page| file::texts(page))
        .filter(|text| text.starts_with("AB12-"))
        .collect();
    assert!(serials.iter().eq(faces.iter().map(|face| &face.serial)));
}

#[test]
fn symbols_lie_on_whole_pixels_of_300_dpi() {
    let desk = desk();
    let (_, files) = print(&job(&desk, 42), faces(42)).unwrap();
    let content = file::readable(&file::pages(&files[0])[0]);
    assert!(content.starts_with("0.12 0 0 0.12 0 0 cm\n"), "a dot is 0.12 pt");
    let mut symbols = 0;
    for line in content.lines().filter(|line| line.contains(" cm BI/W 41/H 41/")) {
        let numbers: Vec<f64> = line.split(' ').filter_map(|word| word.parse().ok()).collect();
        let [side, _, _, _, x, y] = numbers[..] else { panic!("{line}") };
        // A fifth of a dot within the box on each side.
        let dots = |length: f64| {
            assert!((length - length.round()).abs() < 0.002, "{line}");
            length.round()
        };
        let (side, x, y) = (dots(side + 0.4), dots(x - 0.2), dots(y - 0.2));
        let whole_pixels = |dots: f64| (dots / 2.0).fract() == 0.0;
        assert!(whole_pixels(side / 41.0), "modules are whole pixels");
        assert!(whole_pixels(x) && whole_pixels(y), "corners are on whole pixels");
        symbols += 1;
    }
    assert_eq!(symbols, 42);
}

#[test]
fn too_few_and_too_many_codes_are_refused() {
    let desk = desk();
    for found in [9, 11, 5000] {
        let error = print(&job(&desk, 10), faces(found)).unwrap_err();
        assert!(matches!(error, SheetError::Count { expected: 10, .. }), "{error:?}");
    }
}

#[test]
fn a_text_without_symbol_is_refused_by_its_serial_number() {
    let desk = desk();
    let mut faces = faces(60);
    faces[50].text = "x".repeat(300);
    let error = print(&job(&desk, 60), faces).unwrap_err();
    assert!(matches!(error, SheetError::Symbol { serial, .. } if serial == job::face(50).serial));
}

#[test]
fn what_the_font_of_a_text_lacks_is_printed_in_the_fallback() {
    let desk = desk();
    let name = "Trà ⅓ мёд";
    let job = Job { label: Label { product_name: name, ..label() }, ..job(&desk, 1) };
    let (_, files) = print(&job, faces(1)).unwrap();
    let objects = file::objects(&files[0]);
    let named = |font: &str| {
        let is = |it: &&file::Object| it.dict.contains("/FontDescriptor") && it.dict.contains(font);
        objects.iter().filter(is).count()
    };
    assert!(named("+NotoSans-CondensedMedium") >= 1 && named("+BarlowCondensed") >= 1);
    let drawn: String = objects
        .iter()
        .filter_map(|object| object.stream.as_deref())
        .filter(|stream| stream.windows(4).any(|four| four == b"/FF "))
        .flat_map(file::texts)
        .collect();
    assert!(drawn.contains("Trà ⅓ мёд"), "{drawn}");
}

#[test]
fn a_name_that_no_font_can_show_is_refused_by_the_character() {
    let desk = desk();
    let job = Job { label: Label { product_name: "Trà 茶", ..label() }, ..job(&desk, 1) };
    let SheetError::Fault(SheetFault::Design(error)) = print(&job, faces(1)).unwrap_err() else {
        panic!("another error")
    };
    let DesignError::Font { source, .. } = error else { panic!("{error}") };
    assert!(matches!(source, FontError::MissingGlyph { character: '茶', .. }));
}

#[test]
fn a_name_that_has_no_room_is_not_printed_cut_but_refused_with_the_whole_of_it() {
    let desk = desk();
    let name = "Hợp tác xã Dịch vụ nông nghiệp tổng hợp ".repeat(4).trim().to_owned();
    let job = Job { label: Label { producer_name: &name, ..label() }, ..job(&desk, 1) };
    let SheetError::Fault(SheetFault::Design(error)) = print(&job, faces(1)).unwrap_err() else {
        panic!("another error")
    };
    let DesignError::NoRoom { guard: Guard::Shortened { text, field }, .. } = &error else {
        panic!("{error}")
    };
    assert_eq!(*text, name);
    assert!(desk.design.data.fields[field - 1].text.contains("{producer}"), "field {field}");
    assert!(error.to_string().contains(&name), "{error}");
    assert!(desk.design.carries(&label(), &job::fonts()).is_ok());
    assert!(desk.design.carries(&job.label, &job::fonts()).is_err());
}

#[test]
fn a_text_that_stands_in_the_symbol_is_not_printed() {
    let mut desk = desk();
    let moved = desk
        .design
        .toml()
        .replace("box_mm = [3.4, 5.05, 20.6, 3.15]", "box_mm = [3.4, 20, 20.6, 3.15]");
    assert_ne!(moved, desk.design.toml());
    desk.design = Design::new("rieng", &moved, desk.design.art()).unwrap();
    let error = print(&job(&desk, 1), faces(1)).unwrap_err().to_string();
    assert!(error.contains("stands in the box of the QR symbol"), "{error}");
}

#[test]
fn modules_that_are_too_small_are_reported() {
    let desk = desk();
    let small = Job { level: ErrorCorrection::H, ..job(&desk, 1) };
    let mut face = job::face(0);
    face.text.truncate(0);
    face.text.push_str(&"a".repeat(115));
    let (printed, _) = print(&small, vec![face]).unwrap();
    assert!(
        matches!(&printed.warnings[..], [Warning::SmallModules { module_mm }] if *module_mm < 0.33),
        "{:?}",
        printed.warnings
    );
}

/// A design that says one fact and nothing else.
fn saying(fact: Fact) -> Design {
    let toml = format!(
        "title = \"x\"\nversion = 1\nsize_mm = [30, 35]\nart = \"art.svg\"\n\
         [mark]\nversion = \"x\"\nbasis = \"x\"\n\
         [[fields]]\nkind = \"qr\"\nbox_mm = [4, 3, 20.8, 20.8]\n\
         [[fields]]\nkind = \"serial\"\nbox_mm = [4, 24, 22, 2]\nsize_pt = 6\n\
         [[fields]]\nkind = \"text\"\ntext = \"Ghi {{{}}}\"\nbox_mm = [2, 28, 26, 4]\nsize_pt = 6\n\
         lines = 2\n",
        fact.key()
    );
    let art = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 34 39\"/>";
    Design::new("ghi", &toml, art.as_bytes()).unwrap()
}

#[test]
fn every_fact_that_a_design_may_say_is_printed_or_refused_by_name() {
    let full = Label { commune: "xã Bát Tràng", lot: "L-2026-01", ..label() };
    let none = Label {
        batch: "",
        product_name: "",
        producer_name: "",
        stars: 0,
        decision: "",
        valid_until: None,
        commune: "",
        lot: " ",
    };
    for fact in Fact::ALL {
        let design = saying(fact);
        let desk = job::desk_with(&job::layout("a4"), design);
        let said = full.said(fact, TextLanguage::Vi).unwrap();
        let (_, files) = print(&Job { label: full, ..job(&desk, 2) }, faces(2)).unwrap();
        let forms = file::objects(&files[0]);
        let forms = forms.iter().filter(|object| object.dict.contains("/Form"));
        let forms = forms.filter_map(|object| object.stream.as_deref());
        let written: Vec<String> = forms.flat_map(file::texts).collect();
        assert!(written.join(" ").contains(&said), "{fact:?}: {said} is not in {written:?}");

        let error = print(&Job { label: none, ..job(&desk, 2) }, faces(2)).unwrap_err();
        let SheetError::Fault(SheetFault::Design(error)) = error else { panic!("{error}") };
        assert!(
            matches!(&error, DesignError::Lacks { fact: lacking, .. } if *lacking == fact),
            "{fact:?}: {error}"
        );
        assert!(error.to_string().starts_with("the product has no "), "{error}");
    }
}
