use super::*;
use crate::domain::calendar::Day;
use crate::printing::design::data::Data;
use crate::printing::pdf::font::{FontFiles, Fonts, Style};
use proptest::prelude::*;

fn label<'a>() -> Label<'a> {
    Label {
        batch: "AB12",
        product_name: "Giò lụa",
        producer_name: "HTX Ước Lễ",
        stars: 4,
        decision: "1147/QĐ-UBND",
        valid_until: Day::from_ymd_opt(2027, 3, 4),
        commune: "",
        lot: "L1",
    }
}

fn field(rest: &str) -> Field {
    let design = format!(
        "title = \"x\"\nversion = 1\nsize_mm = [25, 35]\nart = \"art.svg\"\n\
         mark = {{ version = \"x\", basis = \"x\" }}\n[[fields]]\nkind = \"text\"\n\
         box_mm = [1, 1, 23, 5]\n{rest}"
    );
    Data::from_toml(&design).unwrap().fields.remove(0)
}

#[test]
fn placeholders_are_filled_in_and_dates_written_in_the_language_of_the_field() {
    let filled = |rest: &str| fill(&field(rest), &label());
    let said = |rest: &str| filled(rest).unwrap();
    assert_eq!(said("text = \"{product} · {stars} sao\""), "Giò lụa · 4 sao");
    assert_eq!(said("text = \"Đến {valid_until}\""), "Đến 04/03/2027");
    assert_eq!(said("text = \"Until {valid_until}\"\nlanguage = \"en\""), "Until 4 Mar 2027");
    assert_eq!(filled("text = \"Tại {commune}\"").unwrap_err(), Unfilled::Lacks(Fact::Commune));
}

#[test]
fn a_design_with_a_placeholder_that_is_none_is_refused_with_those_that_there_are() {
    assert_eq!(fault("Đến {valid_until}, {stars} sao"), None);
    for fact in Fact::ALL {
        assert_eq!(fault(&format!("{{{}}}", fact.key())), None, "{fact:?}");
        let said = fault("{price}").unwrap();
        assert!(said.contains(&format!("{{{}}}", fact.key())), "{said}");
    }
    assert!(fault("{product").unwrap().contains("without }"));
}

#[test]
fn a_short_text_is_set_large_on_one_line_and_a_long_one_on_two_before_it_is_cut() {
    let fonts = Fonts::new(FontFiles::BUNDLED).unwrap();
    let font = fonts.get(Style::Strong);
    let grid = Grid::default();
    let area = Rect { x: 24, y: 552, width: 542, height: 118 };
    let field = field("text = \"x\"\nsize_pt = [4.9, 7]\nlines = 2");
    let set = |text: &str| set(font, text, &field, area, grid);
    let short = set("Giò lụa");
    assert_eq!((short.lines.len(), short.shortened), (1, false));
    assert!((short.size - grid.from_points(7.0)).abs() <= 0.5);
    let long = set("Bộ chum hai nắp trống đồng Đông Sơn loại lớn");
    assert_eq!((long.lines.len(), long.shortened), (2, false));
    assert!(set(&"Sữa tươi thanh trùng không đường ".repeat(4)).shortened);
}

#[test]
fn lines_move_apart_where_marks_would_meet() {
    let fonts = Fonts::new(FontFiles::BUNDLED).unwrap();
    let font = fonts.get(Style::Strong);
    let field = field("text = \"x\"\nsize_pt = 4.9\nlines = 2");
    let apart = |text: &str, height| {
        let area = Rect { x: 24, y: 552, width: 400, height };
        let set = set(font, text, &field, area, Grid::default());
        let [upper, lower] = &set.lines[..] else { panic!("{text}") };
        ((upper.y - lower.y) / set.size, set.crowded)
    };
    let (plain, crowded) = apart("Bộ chum hai nắp trống đồng Đông Sơn", 200);
    assert!((plain - 1.08).abs() < 0.02 && !crowded, "{plain}");
    // A dot below above a tilde on a circumflex.
    let (wide, crowded) = apart("MẮM TÉP LỘC ẤM GẮN BỘT ỚT HỖN HỢP", 200);
    assert!(wide > 1.25 && !crowded, "{wide}");
    let (_, crowded) = apart("MẮM TÉP LỘC ẤM GẮN BỘT ỚT HỖN HỢP", 73);
    assert!(crowded);
}

proptest! {
    #[test]
    fn a_text_of_any_length_stays_in_its_box(
        text in "[A-ZĐa-zàáâãèéêìíòóôõùúýăđĩũơưạ-ỹ]{1,12}( [A-ZĐa-zàáâãèéêìíòóôõùúýăđĩũơưạ-ỹ0-9.,&()/-]{1,12}){0,14}",
        lines in 1_usize..4,
        align in prop::sample::select(vec!["left", "centre", "right"]),
    ) {
        let fonts = Fonts::new(FontFiles::BUNDLED).unwrap();
        let font = fonts.get(Style::Strong);
        let area = Rect { x: 24, y: 552, width: 542, height: 150 };
        let field = field(&format!(
            "text = \"x\"\nsize_pt = [4.9, 7]\nlines = {lines}\nalign = \"{align}\""
        ));
        let set = set(font, &text, &field, area, Grid::default());
        prop_assert!(!set.lines.is_empty() && set.lines.len() <= lines);
        // Lines that need more leading may stand out a little.
        let out = Grid::default().from_mm(super::LINES_MM) + 1.0;
        for line in &set.lines {
            let right = line.x + font.width(&line.text) * set.size;
            prop_assert!(line.x >= 23.0 && right <= 567.5, "{} ends at {right}", line.text);
            prop_assert!(line.y >= 552.0 - out);
            prop_assert!(line.y + font.cap_height() * set.size <= 702.0 + out);
        }
        let cut = set.lines.iter().any(|line| line.text.ends_with('…'));
        prop_assert_eq!(cut, set.shortened);
    }
}
