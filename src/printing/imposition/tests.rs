use super::*;
use proptest::prelude::*;

const STAMP: StampSize = StampSize { width_mm: 25.0, height_mm: 35.0, bleed_mm: 2.0 };

fn impose(extra: &str, stamp: StampSize) -> Result<Imposition, LayoutError> {
    let text = format!("title = \"x\"\npage_mm = [210, 297]\n{extra}");
    Imposition::new(&Layout::from_toml("x", &text).unwrap(), stamp)
}

fn a4() -> Imposition {
    Imposition::new(&Layout::by_name("a4").unwrap().unwrap(), STAMP).unwrap()
}

fn sizes() -> [StampSize; 5] {
    [(25.0, 35.0, 2.0), (40.0, 25.0, 2.0), (30.0, 30.0, 1.5), (15.0, 15.0, 1.0), (60.0, 20.0, 0.0)]
        .map(|(width_mm, height_mm, bleed_mm)| StampSize { width_mm, height_mm, bleed_mm })
}

#[test]
fn forty_two_stamps_of_25_by_35_lie_on_a4() {
    let sheet = a4();
    assert_eq!((sheet.columns(), sheet.rows(), sheet.cells()), (6, 7, 42));
}

#[test]
fn cells_stay_inside_the_printable_page_and_never_bleed_into_each_other() {
    for name in Layout::shipped() {
        let layout = Layout::by_name(name).unwrap().unwrap();
        for size in sizes() {
            let Ok(sheet) = Imposition::new(&layout, size) else { continue };
            let (x, y) = sheet.inner_bleed();
            let step = sheet.grid().step();
            let cells: Vec<Rect> = (1..=sheet.cells()).map(|cell| sheet.cell(cell)).collect();
            for (index, a) in cells.iter().enumerate() {
                assert!(sheet.sheet().contains(a), "{name}: {a:?} is off the page");
                assert!(a.x % step == 0 && a.y % step == 0, "{name}: {a:?} is off the grid");
                for b in &cells[index + 1..] {
                    let apart = !a.grown_by(x, y).overlaps(&b.grown_by(x, y));
                    assert!(apart, "{name}: {a:?} {b:?}");
                }
            }
        }
    }
}

#[test]
fn no_further_row_or_column_fits() {
    let sheet = a4();
    let grid = sheet.grid();
    let edge = 2 * grid.dots(5.0 + 2.0 + MARK_MM);
    assert!(sheet.block().width + grid.dots(29.5) > sheet.sheet().width - edge);
    assert!(sheet.block().height + grid.dots(39.5) > sheet.sheet().height - edge);
}

#[test]
fn positions_fill_cells_by_rows_and_then_the_next_sheet() {
    let sheet = a4();
    let cells = u64::from(sheet.cells());
    let total = 3 * cells;
    assert_eq!(sheet.placement(1, total), Placement { sheet: 1, cell: 1 });
    assert_eq!(sheet.placement(cells, total), Placement { sheet: 1, cell: sheet.cells() });
    assert_eq!(sheet.placement(cells + 1, total), Placement { sheet: 2, cell: 1 });
    assert_eq!(sheet.cell(1).y, sheet.cell(2).y);
    assert!(sheet.cell(2).x > sheet.cell(1).x);
    assert!(sheet.cell(sheet.columns() + 1).y < sheet.cell(1).y);
    assert_eq!([0, cells, cells + 1].map(|stamps| sheet.sheets_for(stamps)), [0, 1, 2]);
}

#[test]
fn by_column_reversed_the_first_code_lies_at_the_lower_right() {
    let sheet = impose("[order]\nby = \"column\"\nreversed = true", STAMP).unwrap();
    let first = sheet.placement(1, 100);
    let lower_right = sheet.row_and_column(first.cell);
    assert_eq!(lower_right, (sheet.rows() - 1, sheet.columns() - 1));
    let second = sheet.row_and_column(sheet.placement(2, 100).cell);
    assert_eq!(second, (lower_right.0 - 1, lower_right.1), "codes run up the column");
}

#[test]
fn a_thousand_stamps_cut_and_stacked_lie_in_order_in_every_pile() {
    let layout = "margin_mm = 0\ngutter_mm = 0\n[marks]\ncrop = false\nslug = false\n\
                  [order]\npile = \"cell\"\ndepth = 16";
    let size = StampSize { width_mm: 30.0, height_mm: 32.9, bleed_mm: 0.0 };
    let sheet = impose(layout, size).unwrap();
    assert_eq!(sheet.cells(), 63);
    assert_eq!(sheet.sheets_for(1000), 16);
    // Position p on sheet s carries code p·S + s.
    assert_eq!(sheet.placement(1, 1000), Placement { sheet: 1, cell: 1 });
    assert_eq!(sheet.placement(2, 1000), Placement { sheet: 2, cell: 1 });
    assert_eq!(sheet.placement(17, 1000), Placement { sheet: 1, cell: 2 });
    // 16 × 63 − 1000 = 8 blanks, all in the last pile.
    assert_eq!(sheet.placement(1000, 1000), Placement { sheet: 8, cell: 63 });
}

#[test]
fn every_lane_of_a_roll_has_a_run_of_its_own() {
    let layout = Layout::by_name("cuon-100").unwrap().unwrap();
    let roll = Imposition::new(&layout, STAMP).unwrap();
    assert_eq!((roll.columns(), roll.rows()), (3, 8));
    let total = 100 * u64::from(roll.cells());
    let lane = |position| roll.row_and_column(roll.placement(position, total).cell).1;
    assert_eq!([1, 800, 801, 1600, 1601].map(lane), [0, 0, 1, 1, 2]);
    let frame = |position| roll.placement(position, total).sheet;
    assert_eq!([8, 9, 800].map(frame), [1, 2, 100]);
    // Frames follow each other at the pitch of the stamps.
    let gap = roll.sheet().height - roll.block().height;
    assert_eq!(gap, roll.grid().dots(4.0));
}

#[test]
fn a_turned_roll_keeps_its_width_and_its_lanes_run_along_it() {
    let roll = |extra: &str| {
        let text = "kind = \"roll\"\ngutter_mm = 4\nmarks.crop = false\n\
                    marks.slug = false\npage_mm = [100, 330]\ntitle = \"x\"\n";
        Imposition::new(&Layout::from_toml("x", &format!("{text}{extra}")).unwrap(), STAMP).unwrap()
    };
    for turn in [90, 270] {
        let lanes = "order = { by = \"row\", pile = \"lane\", depth = 10 }\n";
        let roll = roll(&format!("turn = {turn}\nmargin_mm = [4, 0, 4, 0]\n{lanes}"));
        let grid = roll.grid();
        // 35 + 4 mm across the web, twice; 25 + 4 mm along it, eleven times.
        assert_eq!(roll.page().width, grid.dots(100.0));
        assert_eq!(roll.page().height, 11 * roll.pitch().0);
        assert_eq!((roll.columns(), roll.rows()), (11, 2));
        let across = |position| {
            let cell = roll.placement(position, 10 * u64::from(roll.cells())).cell;
            roll.on_page(roll.cell(cell)).x
        };
        assert_eq!(across(1), across(110), "a lane is one run");
        assert_ne!(across(110), across(111));
        for cell in 1..=roll.cells() {
            assert!(roll.page().contains(&roll.on_page(roll.cell(cell))));
        }
    }
}

#[test]
fn a_turned_sheet_has_its_cells_on_the_page_and_upright_stamps_become_flat_ones() {
    for turn in [0, 90, 180, 270] {
        let sheet = impose(&format!("turn = {turn}"), STAMP).unwrap();
        let page = sheet.page();
        assert_eq!((page.width, page.height), (4960, 7016));
        for cell in 1..=sheet.cells() {
            let flat = sheet.on_page(sheet.cell(cell));
            assert!(page.contains(&flat));
            assert_eq!(flat.width > flat.height, turn % 180 == 90);
        }
    }
    let first = |turn: u16| {
        let sheet = impose(&format!("turn = {turn}"), STAMP).unwrap();
        let cell = sheet.on_page(sheet.cell(1));
        (cell.x * 2 < sheet.page().width, cell.y * 2 < sheet.page().height)
    };
    // The upper left corner moves counter-clockwise around the page.
    assert_eq!(
        [0, 90, 180, 270].map(first),
        [(true, false), (true, true), (false, true), (false, false)]
    );
}

#[test]
fn a_stamp_that_does_not_fit_is_refused_with_a_hint() {
    let huge = StampSize { width_mm: 300.0, ..STAMP };
    assert!(impose("", huge).unwrap_err().to_string().contains("a larger paper"));
    let labels = Layout::by_name("a4-65-nhan").unwrap().unwrap();
    assert!(Imposition::new(&labels, STAMP).unwrap_err().to_string().contains("another size"));
    let label = StampSize { width_mm: 38.1, height_mm: 21.2, bleed_mm: 0.0 };
    assert_eq!(Imposition::new(&labels, label).unwrap().cells(), 65);
}

proptest! {
    #[test]
    fn every_code_has_a_place_of_its_own_and_dealing_agrees_with_counting(
        total in 1_u64..3000,
        pile in prop::sample::select(vec!["sheet", "lane", "cell"]),
        depth in 1_u32..12,
        reversed: bool,
    ) {
        let order = format!(
            "[order]\nby = \"column\"\npile = \"{pile}\"\ndepth = {depth}\nreversed = {reversed}"
        );
        let sheet = impose(&order, STAMP).unwrap();
        let placed: std::collections::BTreeMap<Placement, u64> =
            (1..=total).map(|position| (sheet.placement(position, total), position)).collect();
        prop_assert_eq!(placed.len() as u64, total, "two codes share a place");
        let sheets = sheet.sheets_for(total);
        prop_assert!(placed.keys().all(|at| (1..=sheets).contains(&at.sheet)));
        prop_assert!(placed.keys().all(|at| (1..=sheet.cells()).contains(&at.cell)));
        let positions: Vec<u64> = (1..=total).collect();
        let mut dealt = std::collections::BTreeMap::new();
        let mut before = 0;
        for codes in positions.chunks(usize::try_from(sheet.block_stamps()).unwrap()) {
            let block = sheet.block_of(codes.len() as u64);
            for (number, cells) in (before + 1..).zip(block.deal(codes.to_vec())) {
                dealt.extend(cells.into_iter().map(|(cell, it)| (Placement { sheet: number, cell }, it)));
            }
            before += u64::from(block.sheets());
        }
        prop_assert_eq!(before, sheets);
        prop_assert_eq!(dealt, placed);
    }
}

#[test]
fn the_code_of_a_place_is_the_one_that_is_dealt_to_it() {
    let orders = [
        "",
        "reversed = true",
        "by = \"column\"\npile = \"lane\"\ndepth = 3",
        "pile = \"cell\"\ndepth = 5",
        "pile = \"cell\"\ndepth = 5\nreversed = true",
    ];
    for order in orders {
        let sheet = impose(&format!("[order]\n{order}"), STAMP).unwrap();
        let full = sheet.block_stamps();
        for stamps in [full, full - 1, u64::from(sheet.cells()) + 1] {
            let block = sheet.block_of(stamps.min(full));
            for index in 0..stamps.min(full) {
                assert_eq!(block.index(block.place(index)), index, "{order}");
            }
        }
    }
}
