//! Conditional formats that may hide what a cell holds, or show it otherwise.

use std::fmt::Write as _;

use ocop_stamp::intake::{Defaults, IntakeError, ProblemKind, TooLarge, preview};
use rust_xlsxwriter::{
    Color, ConditionalFormat, ConditionalFormat2ColorScale, ConditionalFormatDataBar,
    ConditionalFormatFormula, ConditionalFormatIconSet, ConditionalFormatIconType, Format,
    FormatBorder, Worksheet,
};

use crate::looks::{HEADINGS, RIGHT, book};
use crate::workbook::{rows, workbook};
use crate::{entries, faults, read};

type Faults = Vec<(String, ProblemKind)>;

fn rule(format: &Format) -> ConditionalFormatFormula {
    ConditionalFormatFormula::new().set_rule("=$A$1<>0").set_format(format)
}

/// The faults where the product and the stars of the second row have a rule.
fn faults_under(rule: &(impl ConditionalFormat + Send + Sync)) -> Faults {
    faults_of(|sheet| {
        for column in [3, 5] {
            sheet.add_conditional_format(2, column, 2, column, rule).unwrap();
        }
    })
}

fn faults_of(make: impl FnOnce(&mut Worksheet)) -> Faults {
    let read = read(book(make));
    assert_eq!(entries(&read).len() + usize::from(!faults(&read).is_empty()), 2);
    faults(&read)
}

fn both() -> Faults {
    ["D3", "F3"].map(|cell| (cell.to_owned(), ProblemKind::ConditionalFormat)).to_vec()
}

#[test]
fn a_rule_that_may_hide_a_cell_is_told_with_the_cell() {
    let font = |colour| Format::new().set_font_color(colour);
    for format in [
        font(Color::White),
        font(Color::Theme(0, 1)),
        font(Color::RGB(0x00FE_FEFE)),
        font(Color::Red).set_background_color(Color::Red),
        font(Color::Theme(4, 0)).set_background_color(Color::Theme(4, 0)),
        Format::new().set_background_color(Color::Black),
        Format::new().set_font_strikethrough(),
        Format::new().set_num_format(";;;"),
        Format::new().set_num_format("\"5\";\"5\";\"5\";\"khác\""),
    ] {
        assert_eq!(faults_under(&rule(&format)), both(), "{format:?}");
    }
}

#[test]
fn a_rule_that_leaves_a_cell_to_be_read_does_no_harm() {
    let font = |colour| Format::new().set_font_color(colour);
    for format in [
        font(Color::RGB(0x009C_0006)).set_background_color(Color::RGB(0x00FF_C7CE)),
        font(Color::White).set_background_color(Color::Navy),
        Format::new().set_background_color(Color::Yellow),
        Format::new().set_bold(),
        Format::new().set_border(FormatBorder::Thin).set_border_color(Color::Black),
        Format::new().set_num_format("0"),
        Format::new().set_num_format("General"),
        Format::new().set_num_format("@"),
    ] {
        assert_eq!(faults_under(&rule(&format)), [], "{format:?}");
    }
}

#[test]
fn a_rule_is_seen_on_the_ground_of_its_cell() {
    let (white, navy) = (
        Format::new().set_font_color(Color::White),
        Format::new().set_background_color(Color::Navy),
    );
    let dark = |rule: ConditionalFormatFormula| {
        faults_of(|sheet| {
            sheet
                .write_with_format(2, 3, "Củ", &navy.clone().set_font_color(Color::White))
                .unwrap();
            sheet.add_conditional_format(2, 3, 2, 3, &rule).unwrap();
        })
    };
    assert_eq!(dark(rule(&white)), []);
    let light = Format::new().set_background_color(Color::White);
    assert_eq!(dark(rule(&light)), both()[..1]);
    // One rule colours the text, another its ground.
    let (text, ground) =
        (Format::new().set_font_color(Color::Red), Format::new().set_background_color(Color::Red));
    let two = faults_of(|sheet| {
        sheet.add_conditional_format(1, 0, 2, 9, &rule(&text)).unwrap();
        sheet.add_conditional_format(2, 3, 2, 3, &rule(&ground)).unwrap();
    });
    assert_eq!(two, both()[..1]);
}

#[test]
fn a_date_that_a_rule_shows_otherwise_is_told() {
    let date = Format::new().set_num_format("dd/mm/yyyy");
    let under = |code: &str| {
        faults_of(|sheet| {
            sheet.write_number_with_format(2, 8, 46_085.0, &date).unwrap();
            let format = Format::new().set_num_format(code);
            sheet.add_conditional_format(2, 8, 2, 8, &rule(&format)).unwrap();
        })
    };
    assert_eq!(under("d/m/yyyy"), []);
    for code in ["mm/yyyy", "mm/dd/yyyy", "0", "General", ";;;"] {
        assert_eq!(under(code), [("I3".into(), ProblemKind::ConditionalFormat)], "{code}");
    }
}

#[test]
fn bars_icons_and_scales_count_where_they_hide_the_value() {
    let stars = &both()[1..];
    let on_stars = |rule: &dyn Fn(&mut Worksheet)| faults_of(|sheet| rule(sheet));
    let bar = |bar: ConditionalFormatDataBar| {
        on_stars(&|sheet| _ = sheet.add_conditional_format(2, 5, 2, 5, &bar).unwrap())
    };
    assert_eq!(bar(ConditionalFormatDataBar::new()), []);
    assert_eq!(bar(ConditionalFormatDataBar::new().set_bar_only(true)), stars);
    assert_eq!(bar(ConditionalFormatDataBar::new().set_fill_color(Color::Black)), stars);
    let icons = |only| {
        let icons = ConditionalFormatIconSet::new()
            .set_icon_type(ConditionalFormatIconType::ThreeArrows)
            .show_icons_only(only);
        on_stars(&|sheet| _ = sheet.add_conditional_format(2, 5, 2, 5, &icons).unwrap())
    };
    assert_eq!((icons(false), icons(true)), (vec![], stars.to_vec()));
    let scale = |colour| {
        let scale = ConditionalFormat2ColorScale::new().set_maximum_color(colour);
        on_stars(&|sheet| _ = sheet.add_conditional_format(2, 5, 2, 5, &scale).unwrap())
    };
    assert_eq!((scale(Color::Green), scale(Color::Black)), (vec![], stars.to_vec()));
}

/// A row that is right, and conditional formats behind the cells.
fn with_rules(rules: &str, styles: &str) -> Vec<u8> {
    let sheet = format!("{}</sheetData>{rules}<sheetData>", rows(&[&HEADINGS[..9], &RIGHT]));
    workbook(&sheet, &[("styles.xml", styles)])
}

const WHITE: &str = r#"<dxf><font><color rgb="FFFFFFFF"/></font></dxf>"#;

#[test]
fn rules_of_the_newer_kind_and_of_many_areas_are_read() {
    let styles = format!("<styleSheet><dxfs><dxf/>{WHITE}</dxfs></styleSheet>");
    let newer = format!(
        r#"<extLst><ext><x14:conditionalFormattings><x14:conditionalFormatting><x14:cfRule type="expression"><xm:f>1</xm:f><x14:{}</x14:cfRule><xm:sqref>A1 D2:D9</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>"#,
        WHITE.trim_start_matches('<').replace("</dxf>", "</x14:dxf>")
    );
    let listed = |areas: &str, number: u32| {
        format!(
            r#"<conditionalFormatting sqref="{areas}"><cfRule type="expression" dxfId="{number}" priority="1"><formula>1</formula></cfRule></conditionalFormatting>"#
        )
    };
    let product = [("D2".to_owned(), ProblemKind::ConditionalFormat)];
    for rules in [newer, listed("Z1 D1:D1048576", 1), listed("D:D", 1), listed("$D$9:$D$1", 1)] {
        assert_eq!(faults(&read(with_rules(&rules, &styles))), product, "{rules}");
    }
    for rules in [listed("D3:D9 J2", 1), listed("D2", 0), listed("D2", 7), listed("", 1)] {
        assert_eq!(faults(&read(with_rules(&rules, &styles))), [], "{rules}");
    }
}

#[test]
fn more_rules_than_can_be_followed_are_refused() {
    let styles = format!("<styleSheet><dxfs>{WHITE}</dxfs></styleSheet>");
    let too_large = |rules: &str| {
        let read = preview(&with_rules(rules, &styles), &Defaults::default());
        assert!(matches!(read, Err(IntakeError::TooLarge(TooLarge::Cells))), "{read:?}");
    };
    let rule = r#"<cfRule type="expression" dxfId="0" priority="1"/>"#;
    let areas = "A1 ".repeat(200_000);
    too_large(&format!(r#"<conditionalFormatting sqref="{areas}">{rule}</conditionalFormatting>"#));
    // Colours and grounds that each could come together.
    let mut many = String::new();
    for _ in 0..8_000 {
        let ground = r#"<cfRule><colorScale><color rgb="FFFFFF00"/></colorScale></cfRule>"#;
        write!(many, "{rule}{ground}").unwrap();
    }
    too_large(&format!(r#"<conditionalFormatting sqref="A1:Z99">{many}</conditionalFormatting>"#));
    let far = "XFD9 ".repeat(200_000);
    let far = format!(r#"<conditionalFormatting sqref="{far}">{rule}</conditionalFormatting>"#);
    assert_eq!(faults(&read(with_rules(&far, &styles))), []);
}
