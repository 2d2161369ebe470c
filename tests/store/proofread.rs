//! Every file of a printing is read back before it has its name.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use ocop_stamp::domain::batch::Batch;
use ocop_stamp::domain::design::DesignRef;
use ocop_stamp::press::approved::approved;
use ocop_stamp::press::{self, Form, Intent, Part, PressError, PrintOrder, SymbolForm, Vdp};
use ocop_stamp::printing::{Design, ErrorCorrection, Imposition, Layout, LeftOut, Split};
use ocop_stamp::store::Store;
use tempfile::TempDir;

use crate::desk::{approve_design, issued, shipped_design, sql, today};
use crate::{Register, on_sqlite};

const STAMPS: u32 = 150;
const FORMS: [Form; 5] = [
    Form::Zpl,
    Form::Png,
    Form::Tiff,
    Form::Vdp(Vdp { symbols: SymbolForm::Pdf, mark: true, rows: press::ROWS_PER_PART }),
    Form::Vdp(Vdp { symbols: SymbolForm::Svg, mark: false, rows: press::ROWS_PER_PART }),
];

fn order(store: &Store, batch: &Batch, (layout, design): (&str, &str), out: &Path) -> PrintOrder {
    let version = approve_design(store, &shipped_design(design));
    let design = DesignRef { name: version.name, version: None };
    let design = approved(store, batch.number, layout, &design, today()).unwrap();
    let layout = Layout::by_name(layout).unwrap().unwrap();
    let needs_intent = layout.press.standard.has_intent();
    PrintOrder {
        batch: batch.number,
        layout,
        design,
        level: ErrorCorrection::M,
        intent: needs_intent.then(|| Intent::named("coated").unwrap()),
        split: Split { sheets: 2, ..Split::default() },
        lot: None,
        without: LeftOut::default(),
        out: out.to_owned(),
        office: "Văn phòng Điều phối".into(),
    }
}

/// A register with so many stamps, and an order to print them into a folder of its own.
fn at_press(stamps: u32, on: (&str, &str)) -> (Register, TempDir, PrintOrder) {
    let register = on_sqlite().unwrap();
    let batch = issued(&register.store, stamps);
    let folder = tempfile::tempdir().unwrap();
    let order = order(&register.store, &batch, on, folder.path());
    (register, folder, order)
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// Plates of label printers are small, and soon painted.
fn layout_of(form: Form) -> &'static str {
    match form {
        Form::Zpl | Form::Png | Form::Tiff => "cuon-nhiet-300",
        Form::Vdp(_) => "a4",
    }
}

/// The signatures of all stamps become others: a byte, over and over.
fn forge(store: &Store, byte: &str) {
    let signature = byte.repeat(64);
    sql(store, &format!("UPDATE stamps SET signature = x'{signature}'")).unwrap();
}

#[test]
fn every_design_and_every_layout_that_come_with_the_program_pass() {
    let register = on_sqlite().unwrap();
    let batch = issued(&register.store, STAMPS);
    let folder = tempfile::tempdir().unwrap();
    let mut seen = 0;
    for layout in Layout::shipped() {
        for name in Design::shipped() {
            let design = Design::by_name(name).unwrap().unwrap();
            let paper = Layout::by_name(layout).unwrap().unwrap();
            // All designs on one paper, and one of them on each.
            let is_tried = layout == "sra3" || name == "sen-25x35";
            if !is_tried || Imposition::new(&paper, design.size()).is_err() {
                continue;
            }
            let order = order(&register.store, &batch, (layout, name), folder.path());
            let printed = press::print(&register.store, &order, |_| ());
            printed.unwrap_or_else(|why| panic!("{layout}, {name}: {why}"));
            seen += 1;
        }
    }
    assert!(seen >= Design::shipped().len() + 8, "{seen}");
}

#[test]
fn every_other_form_of_every_design_passes() {
    let register = on_sqlite().unwrap();
    let batch = issued(&register.store, 20);
    let folder = tempfile::tempdir().unwrap();
    for name in Design::shipped() {
        for form in FORMS {
            let design = Design::by_name(name).unwrap().unwrap();
            let layout = layout_of(form);
            if Imposition::new(&Layout::by_name(layout).unwrap().unwrap(), design.size()).is_err() {
                continue;
            }
            let order = order(&register.store, &batch, (layout, name), folder.path());
            let written = press::hand_over(&register.store, &order, form, None, |_| ());
            let written = written.unwrap_or_else(|why| panic!("{name}, {form:?}: {why}"));
            assert_eq!(written.stamps, 20, "{name}, {form:?}");
        }
    }
}

#[test]
fn plates_in_colours_pass() {
    let (register, _folder, order) = at_press(5, ("a4", "trong-dong-30"));
    let written = press::hand_over(&register.store, &order, Form::Tiff, None, |_| ()).unwrap();
    assert_eq!(written.stamps, 5);
}

#[test]
fn a_symbol_that_says_something_else_than_the_register_is_refused_and_nothing_is_left() {
    let (register, folder, order) = at_press(STAMPS, ("a4", "sen-25x35"));
    let store = &register.store;
    let refused = press::print(store, &order, |_| forge(store, "01"));
    let Err(PressError::Misprint(misprint)) = refused else { panic!("{refused:?}") };
    assert_eq!((misprint.volume, misprint.sheet), (1, 1));
    assert_ne!(misprint.read, std::slice::from_ref(&misprint.meant));
    let told = misprint.to_string();
    for part in ["volume 1", "sheet 1", "cell", &misprint.meant, &misprint.read[0], "-001.pdf"] {
        assert!(told.contains(part), "{part} in {told}");
    }
    assert_eq!(files(folder.path()), Vec::<PathBuf>::new());
}

#[test]
fn volumes_that_are_written_again_are_read_back_too() {
    let (register, folder, order) = at_press(STAMPS, ("a4", "sen-25x35"));
    let store = &register.store;
    press::print(store, &order, |_| ()).unwrap();
    let parts = [Part::Volume(2), Part::Sheets(2..=3)];
    for part in &parts {
        press::print_again(store, &order, part, |_| ()).unwrap();
    }
    let kept = || -> BTreeMap<PathBuf, Vec<u8>> {
        let read = |path: PathBuf| (path.clone(), fs::read(path).unwrap());
        files(folder.path()).into_iter().map(read).collect()
    };
    let before = kept();
    for (part, byte) in parts.iter().zip(["01", "02"]) {
        let refused = press::print_again(store, &order, part, |_| forge(store, byte));
        assert!(matches!(refused, Err(PressError::Misprint(_))), "{part:?}: {refused:?}");
    }
    assert_eq!(kept(), before);
}

#[test]
fn other_forms_that_say_something_else_are_refused_and_nothing_is_left() {
    for form in FORMS {
        let (register, folder, order) = at_press(20, (layout_of(form), "sen-25x35"));
        let store = &register.store;
        let refused = press::hand_over(store, &order, form, None, |_| forge(store, "01"));
        assert!(matches!(refused, Err(PressError::Misprint(_))), "{form:?}: {refused:?}");
        assert_eq!(files(folder.path()), Vec::<PathBuf>::new(), "{form:?}");
    }
}

#[test]
fn a_file_that_the_disk_damages_is_refused_and_nothing_is_left() {
    let (register, folder, order) = at_press(STAMPS, ("a4", "sen-25x35"));
    let store = &register.store;
    let order = PrintOrder { split: Split::default(), ..order };
    let refused = press::print(store, &order, |done| {
        if done == u64::from(STAMPS) {
            let parts = files(folder.path());
            let volume = parts.iter().find(|path| path.to_string_lossy().contains(".pdf.part"));
            let file = fs::File::options().read(true).write(true).open(volume.unwrap()).unwrap();
            let length = file.metadata().unwrap().len();
            let from = length / 2;
            let zeros = vec![0; usize::try_from(length - from).unwrap()];
            file.write_all_at(&zeros, from).unwrap();
        }
    });
    let is_told = matches!(&refused, Err(PressError::Misprint(_) | PressError::Unreadable { .. }));
    assert!(is_told, "{refused:?}");
    assert_eq!(files(folder.path()), Vec::<PathBuf>::new());
}
