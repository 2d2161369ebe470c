//! The job ticket.

use crate::file;
use crate::job::{Desk, desk, label};
use ocop_stamp::domain::calendar::Day;
use ocop_stamp::papers::PaperFonts;
use ocop_stamp::papers::job_ticket::JobTicket;
use ocop_stamp::printing::{Design, Label, LeftOut, Volume};

fn files(count: u32) -> Vec<(String, Volume)> {
    (1..=count)
        .map(|number| {
            let first_sheet = u64::from(number - 1) * 500 + 1;
            let volume = Volume {
                number,
                first_sheet,
                last_sheet: first_sheet + 499,
                first_serial: format!("AB12-{number:04}-0000"),
                last_serial: format!("AB12-{number:04}-ZZZZ"),
                stamps: 21_000,
                bytes: 5_500_000,
                sha256: format!("{number:064x}"),
            };
            (format!("AB12-{number}.pdf"), volume)
        })
        .collect()
}

fn compose(files: &[(String, Volume)]) -> Vec<u8> {
    compose_of(&desk(), files)
}

fn compose_of(desk: &Desk, files: &[(String, Volume)]) -> Vec<u8> {
    compose_with(desk, label(), files)
}

fn compose_with(desk: &Desk, label: Label<'_>, files: &[(String, Volume)]) -> Vec<u8> {
    let ticket = JobTicket {
        office: "Văn phòng Điều phối Chương trình xây dựng nông thôn mới thành phố Hà Nội",
        label,
        order: "2026-0007",
        imposition: &desk.imposition,
        design: &desk.design,
        without: &LeftOut::default(),
        module: (10, 0.4233),
        issued_on: Day::from_ymd_opt(2026, 11, 23).unwrap(),
        files,
    };
    ticket.compose(PaperFonts::BUNDLED).unwrap()
}

#[test]
fn the_same_facts_give_the_same_bytes() {
    assert!(compose(&files(3)) == compose(&files(3)));
    assert!(compose(&files(3)) != compose(&files(4)));
}

#[test]
fn the_ticket_names_the_design_by_its_version_and_by_what_is_in_its_files() {
    let first = desk();
    let version = Desk { design: first.design.clone().numbered(7), ..desk() };
    let toml = format!("{}# other\n", first.design.toml());
    let design = Design::new(&first.design.name, &toml, first.design.art()).unwrap();
    let content = Desk { design, ..desk() };
    let tickets = [&first, &version, &content].map(|desk| compose_of(desk, &files(1)));
    assert!(tickets[0] != tickets[1], "another version");
    assert!(tickets[0] != tickets[2], "another file");
}

#[test]
fn fonts_are_cut_down_to_what_is_written() {
    let ticket = compose(&files(2));
    assert!(ticket.len() < 100_000, "{} bytes", ticket.len());
    let programs = file::objects(&ticket);
    let programs = programs.iter().filter(|object| object.dict.contains("/Length1"));
    assert_eq!(programs.count(), 3);
}

#[test]
fn a_long_list_of_volumes_runs_over_pages_without_losing_one() {
    let ticket = compose(&files(48));
    let text = words(&ticket);
    for number in 1..=48 {
        assert!(text.contains(&format!("AB12-{number}.pdf")), "volume {number}");
        assert!(text.contains(&format!("{number:064x}")), "checksum {number}");
    }
    let pages = file::pages(&ticket).len();
    assert!(pages > 2);
    assert!(text.contains(&format!("Trang {pages}/{pages}")));
}

#[test]
fn vietnamese_can_be_read_back_from_the_file() {
    let text = words(&compose(&files(1)));
    for expected in [
        "PHIẾU GIAO IN TEM OCOP",
        "Bộ bát đĩa hoa sen đỏ",
        "MẪU-5/QĐ-BNNMT",
        "19/05/2028",
        "Công ty TNHH Gốm sứ Quang Vinh",
        "21.000",
        "BÊN GIAO",
    ] {
        assert!(text.contains(expected), "{expected} is not in\n{text}");
    }
}

#[test]
fn letters_that_the_fonts_of_papers_lack_are_set_in_the_fallback() {
    let label = Label { product_name: "Trà ⅓ мёд", ..label() };
    let text = words(&compose_with(&desk(), label, &files(1)));
    assert!(text.replace('\n', "").contains("Trà ⅓ мёд"), "{text}");
}

/// All texts of a paper, through the fonts' own tables from glyph to Unicode.
pub(crate) fn words(pdf: &[u8]) -> String {
    let objects = file::objects(pdf);
    let stream = |number: usize| {
        let object = objects.iter().find(|object| object.number == number).unwrap();
        String::from_utf8_lossy(object.stream.as_ref().unwrap()).into_owned()
    };
    let fonts: Vec<(String, String)> = objects
        .iter()
        .filter_map(|object| {
            let map = stream(file::value(&object.dict, "/ToUnicode")?);
            let name = object.dict.split("/BaseFont").nth(1)?.trim_start_matches('/');
            let name: String = name.chars().take_while(char::is_ascii_alphanumeric).collect();
            Some((name, map))
        })
        .collect();
    let mut out = String::new();
    for page in file::pages(pdf) {
        let page = String::from_utf8_lossy(&page).into_owned();
        let mut map = "";
        for line in page.split_inclusive("Tf").flat_map(|part| part.split('\n')) {
            if let Some((_, map_of)) =
                fonts.iter().find(|(name, _)| line.trim_start().starts_with(&format!("/{name} ")))
            {
                map = map_of;
            }
            for hex in line.split('<').skip(1).filter_map(|part| part.split_once('>')) {
                out.extend(hex.0.as_bytes().chunks(4).filter_map(|code| letter(map, code)));
                out.push('\n');
            }
        }
    }
    out
}

/// The character that a map from code to Unicode gives to a code.
fn letter(map: &str, code: &[u8]) -> Option<char> {
    let code = format!("<{}>", std::str::from_utf8(code).ok()?).to_lowercase();
    let lower = map.to_lowercase();
    let line = lower.lines().find(|line| line.starts_with(&code))?;
    let unicode =
        line.rsplit('<').next()?.trim_end_matches(|c: char| c == '>' || c.is_whitespace());
    char::from_u32(u32::from_str_radix(unicode, 16).ok()?)
}
