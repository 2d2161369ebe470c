//! Reading single values as people write them in annexes.

use super::column::Column;
use super::problem::ProblemKind;
use super::table::{Cell, CellKind};
use super::{date, limits, unsaid};
use crate::domain::calendar::Day;
use crate::domain::gtin::Gtin;
use crate::domain::producer::{ProducerKind, is_tax_code};
use crate::domain::product::ProductGroup;
use crate::domain::recognition::{AuthorityLevel, Stars};
use crate::vietnamese::fold;

/// Names of the groups, folded: those of 148/QĐ-TTg first, then those of 2018 to 2022.
const GROUP_NAMES: [(&str, ProductGroup); 14] = [
    ("thuc pham", ProductGroup::Food),
    ("do uong", ProductGroup::Drinks),
    ("duoc lieu va san pham tu duoc lieu", ProductGroup::Herbal),
    ("hang thu cong my nghe", ProductGroup::Crafts),
    ("sinh vat canh", ProductGroup::Ornamentals),
    ("dich vu du lich cong dong du lich sinh thai va diem du lich", ProductGroup::Services),
    ("duoc lieu", ProductGroup::Herbal),
    ("thu cong my nghe", ProductGroup::Crafts),
    ("dich vu du lich", ProductGroup::Services),
    ("thao duoc", ProductGroup::Herbal),
    ("vai va may mac", ProductGroup::Crafts),
    ("vai may mac", ProductGroup::Crafts),
    ("luu niem noi that trang tri", ProductGroup::Crafts),
    ("dich vu du lich nong thon ban hang", ProductGroup::Services),
];

/// What names of producers begin with, folded.
const PRODUCER_PREFIXES: [(&str, ProducerKind); 17] = [
    ("cong ty", ProducerKind::Enterprise),
    ("cty", ProducerKind::Enterprise),
    ("tong cong ty", ProducerKind::Enterprise),
    ("doanh nghiep", ProducerKind::Enterprise),
    ("dntn", ProducerKind::Enterprise),
    ("chi nhanh cong ty", ProducerKind::Enterprise),
    ("hop tac xa", ProducerKind::Cooperative),
    ("htx", ProducerKind::Cooperative),
    ("lien hiep hop tac xa", ProducerKind::Cooperative),
    ("lien hiep htx", ProducerKind::Cooperative),
    ("to hop tac", ProducerKind::CooperativeGroup),
    ("tht", ProducerKind::CooperativeGroup),
    ("ho kinh doanh", ProducerKind::HouseholdBusiness),
    ("hkd", ProducerKind::HouseholdBusiness),
    ("ho san xuat", ProducerKind::HouseholdBusiness),
    ("ho gia dinh", ProducerKind::HouseholdBusiness),
    ("co so", ProducerKind::HouseholdBusiness),
];

type Field<T> = Result<T, ProblemKind>;

/// Text of at most `limit` letters.
pub(super) fn text(cell: &Cell, limit: usize) -> Field<String> {
    match cell.kind {
        CellKind::Error => return Err(ProblemKind::SpreadsheetError),
        CellKind::Truth => return Err(ProblemKind::Truth),
        CellKind::Day(_) => return Err(ProblemKind::TurnedIntoDate),
        CellKind::Text if unsaid::is_error(&cell.text) => {
            return Err(ProblemKind::SpreadsheetError);
        }
        CellKind::Text if cell.text.starts_with('=') => return Err(ProblemKind::NoValue),
        CellKind::Text if unsaid::is_ditto(&cell.text) => return Err(ProblemKind::Ditto),
        CellKind::Text | CellKind::Number(_) => {}
    }
    if cell.text.chars().count() > limit {
        return Err(ProblemKind::TooLong { limit });
    }
    Ok(cell.text.clone())
}

/// A grade, and whether it is a four with a proposal for five: `5`, `5 sao`, `4 (tiềm năng 5)`.
pub(super) fn stars(cell: &Cell) -> Field<(Stars, bool)> {
    let text = whole(cell, limits::SHORT_LETTERS)?;
    // `≥3` or `-4` must not pass for what is left when signs are folded away.
    if text.starts_with('-')
        || !text.chars().all(|c| c.is_alphanumeric() || " ()[],.:;–-★⭐*".contains(c))
    {
        return Err(ProblemKind::Stars);
    }
    let folded = fold(&text);
    let filler = ["sao", "hang", "dat", "ocop"];
    let words: Vec<&str> = folded.split(' ').filter(|word| !filler.contains(word)).collect();
    let drawn = drawn_stars(&text)?;
    let (count, potential) = match *words.as_slice() {
        [""] => (drawn, None),
        [count] => (star_count(count)?, None),
        ["tiem", "nang", potential] => (4, Some(star_count(potential)?)),
        [count, "tiem", "nang", potential] => (star_count(count)?, Some(star_count(potential)?)),
        _ => return Err(ProblemKind::Stars),
    };
    // One that is drawn stands for the word.
    if drawn > 1 && drawn != count {
        return Err(ProblemKind::Stars);
    }
    let stars = Stars::new(count).ok_or(ProblemKind::Stars)?;
    match potential {
        _ if !stars.may_carry_mark() => Err(ProblemKind::NoCertificate),
        None => Ok((stars, false)),
        Some(5) if count == 4 => Ok((stars, true)),
        Some(_) => Err(ProblemKind::PotentialFive),
    }
}

/// Text of a cell; of a whole number, only its figures, however many zeros are shown behind it.
fn whole(cell: &Cell, limit: usize) -> Field<String> {
    match cell.kind {
        CellKind::Number(Some(number)) => Ok(number.to_string()),
        _ => text(cell, limit),
    }
}

fn star_count(word: &str) -> Field<u8> {
    match word {
        "mot" => Ok(1),
        "hai" => Ok(2),
        "ba" => Ok(3),
        "bon" => Ok(4),
        "nam" => Ok(5),
        figures => figures.parse().or(Err(ProblemKind::Stars)),
    }
}

/// `★★★★`.
fn drawn_stars(text: &str) -> Field<u8> {
    let drawn = text.chars().filter(|&c| matches!(c, '★' | '⭐' | '*')).count();
    u8::try_from(drawn).or(Err(ProblemKind::Stars))
}

/// A group, by number (`1`, `Nhóm 1`), name, or both.
pub(super) fn group(cell: &Cell) -> Field<ProductGroup> {
    let folded = fold(&whole(cell, limits::NAME_LETTERS)?);
    let rest = folded.strip_prefix("nhom ").unwrap_or(&folded);
    let (number, name) = match rest.split_once(' ') {
        Some((first, name)) if first.bytes().all(|b| b.is_ascii_digit()) => (Some(first), name),
        None if rest.bytes().all(|b| b.is_ascii_digit()) => (Some(rest), ""),
        _ => (None, rest),
    };
    let numbered = number
        .map(|n| n.parse().ok().and_then(ProductGroup::from_number).ok_or(ProblemKind::Group))
        .transpose()?;
    let named = GROUP_NAMES.iter().find(|(known, _)| *known == name).map(|(_, group)| *group);
    match (numbered, named) {
        (Some(group), None) if name.is_empty() => Ok(group),
        (Some(group), Some(named)) if group == named => Ok(group),
        (None, Some(group)) => Ok(group),
        _ => Err(ProblemKind::Group),
    }
}

/// A kind of producer as named in its own column.
pub(super) fn producer_kind(cell: &Cell) -> Field<ProducerKind> {
    let text = text(cell, limits::SHORT_LETTERS)?;
    if fold(&text) == "dn" {
        return Ok(ProducerKind::Enterprise);
    }
    kind_of_name(&text).ok_or(ProblemKind::ProducerKind)
}

/// The kind of producer that a name begins with.
pub(super) fn kind_of_name(name: &str) -> Option<ProducerKind> {
    let folded = fold(name);
    let begins = |prefix| after_words(&folded, prefix).is_some();
    PRODUCER_PREFIXES.iter().find(|(prefix, _)| begins(prefix)).map(|(_, kind)| *kind)
}

/// A level of government as named in its own column: `huyện`, `cấp thành phố`, `Bộ`.
pub(super) fn level(cell: &Cell) -> Field<AuthorityLevel> {
    let folded = fold(&text(cell, limits::SHORT_LETTERS)?);
    let name = folded.strip_prefix("cap ").unwrap_or(&folded);
    match name {
        "trung uong" | "quoc gia" => Some(AuthorityLevel::Ministry),
        name => level_of_place(name),
    }
    .ok_or(ProblemKind::AuthorityLevel)
}

/// The level of government that an authority's name tells: `UBND huyện Gia Lâm`.
pub(super) fn level_of_authority(name: &str) -> Option<AuthorityLevel> {
    let folded = fold(name);
    let chairman = after_words(&folded, "chu tich").unwrap_or(&folded);
    let committee = ["ubnd", "uy ban nhan dan"];
    match committee.iter().find_map(|prefix| after_words(chairman, prefix)) {
        Some(place) => level_of_place(place).filter(|level| *level != AuthorityLevel::Ministry),
        None => is_ministry(name).then_some(AuthorityLevel::Ministry),
    }
}

/// Without its tone, Bộ would be any name that begins with Bồ or Bờ.
fn is_ministry(name: &str) -> bool {
    let first = name.split_whitespace().next().unwrap_or_default();
    matches!(first.to_lowercase().as_str(), "bộ" | "bo")
}

fn level_of_place(place: &str) -> Option<AuthorityLevel> {
    let levels = [
        ("huyen", AuthorityLevel::District),
        ("quan", AuthorityLevel::District),
        ("thi xa", AuthorityLevel::District),
        ("thanh pho", AuthorityLevel::City),
        ("tp", AuthorityLevel::City),
        ("tinh", AuthorityLevel::City),
        ("bo", AuthorityLevel::Ministry),
    ];
    levels.iter().find(|(word, _)| after_words(place, word).is_some()).map(|(_, level)| *level)
}

/// Whether a cell says what a column asks for, as far as one of two such columns could be meant.
pub(super) fn answers(cell: &Cell, column: Column) -> bool {
    match column {
        Column::Stars => stars(cell).is_ok(),
        Column::Group => group(cell).is_ok(),
        Column::TaxCode => tax_code(cell).is_ok(),
        Column::Gtin => gtin(cell).is_ok(),
        Column::SignedOn
        | Column::EffectiveOn
        | Column::EndsOn
        | Column::ActiveFrom
        | Column::ActiveTo => day(cell).is_ok(),
        Column::Producer | Column::Product | Column::DecisionNumber | Column::Authority => true,
        Column::Ordinal | Column::Kind | Column::Address | Column::Level | Column::NetQuantity => {
            false
        }
    }
}

/// Whether two cells of a column's meaning say the same.
pub(super) fn agree(one: &Cell, other: &Cell, column: Column) -> bool {
    match column {
        Column::Stars => stars(one) == stars(other),
        Column::Group => group(one) == group(other),
        Column::SignedOn | Column::EffectiveOn | Column::EndsOn => day(one) == day(other),
        _ => fold(&one.text) == fold(&other.text),
    }
}

/// What follows whole words at the beginning.
pub(super) fn after_words<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    let rest = text.strip_prefix(words)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix(' ') }
}

/// A day, from a date cell, a bare number or text.
pub(super) fn day(cell: &Cell) -> Field<Day> {
    let read = match cell.kind {
        CellKind::Day(day) => Ok(day),
        CellKind::Number(number) => number.ok_or(date::DateError::Form).and_then(date::read_number),
        CellKind::Text => date::read(&cell.text),
        CellKind::Truth => return Err(ProblemKind::Truth),
        CellKind::Error => return Err(ProblemKind::SpreadsheetError),
    };
    read.map_err(ProblemKind::Date)
}

/// A tax code: 10 digits, 10 and 3 for a branch, or the 12 digits of a person.
pub(super) fn tax_code(cell: &Cell) -> Field<String> {
    let code: String = text(cell, limits::SHORT_LETTERS)?.split_whitespace().collect();
    is_tax_code(&code).then_some(code.clone()).ok_or(code_fault(&code, ProblemKind::TaxCode))
}

/// A GTIN; spaces between its digits do not count.
pub(super) fn gtin(cell: &Cell) -> Field<Gtin> {
    let digits: String = text(cell, limits::SHORT_LETTERS)?.split_whitespace().collect();
    digits.parse().map_err(|why| code_fault(&digits, ProblemKind::Gtin(why)))
}

/// A number that a spreadsheet shortened is told apart from one that was mistyped.
fn code_fault(code: &str, otherwise: ProblemKind) -> ProblemKind {
    let power = code.to_ascii_uppercase();
    let power = power.split_once("E+").filter(|(number, power)| {
        let is_figure = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
        number.chars().all(is_figure) && power.bytes().all(|b| b.is_ascii_digit())
    });
    power.map_or(otherwise, |_| ProblemKind::Shortened)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> Cell {
        Cell::text(text).unwrap()
    }

    #[test]
    fn stars_are_read_as_people_write_them() {
        for text in ["4", "4 sao", "Hạng 4 sao", "OCOP 4 SAO", "bốn sao", "★★★★", "4*", "4★"]
        {
            assert_eq!(stars(&cell(text)), Ok((Stars::new(4).unwrap(), false)), "{text}");
        }
        for text in ["4 (tiềm năng 5)", "4 sao (tiềm năng 5 sao)", "Tiềm năng 5 sao"] {
            assert_eq!(stars(&cell(text)), Ok((Stars::new(4).unwrap(), true)), "{text}");
        }
        assert_eq!(stars(&cell("5 sao")), Ok((Stars::new(5).unwrap(), false)));
    }

    #[test]
    fn grades_without_a_certificate_and_wrong_grades_are_told_apart() {
        for text in ["6", "0", "sao", "4,5", "78,66", "?", "4 ***", "★★★ 5", "≥3 sao?", "-4", "đạt"]
        {
            let read = stars(&cell(text));
            assert!(
                matches!(read, Err(ProblemKind::Stars)) || text == "≥3 sao?",
                "{text} {read:?}"
            );
        }
        assert_eq!(stars(&cell("2 sao")), Err(ProblemKind::NoCertificate));
        assert_eq!(stars(&cell("1")), Err(ProblemKind::NoCertificate));
        assert_eq!(stars(&cell("3 (tiềm năng 5)")), Err(ProblemKind::PotentialFive));
        assert_eq!(stars(&cell("4 (tiềm năng 4)")), Err(ProblemKind::PotentialFive));
    }

    #[test]
    fn groups_are_read_by_number_and_by_new_and_old_name() {
        let same = ["4", "Nhóm 4", "nhóm 4: Hàng thủ công mỹ nghệ", "Hàng thủ công mỹ nghệ"];
        for text in same.into_iter().chain(["Vải và may mặc", "Lưu niệm - nội thất - trang trí"])
        {
            assert_eq!(group(&cell(text)), Ok(ProductGroup::Crafts), "{text}");
        }
        let services = "Dịch vụ du lịch cộng đồng, du lịch sinh thái và điểm du lịch";
        assert_eq!(group(&cell(services)), Ok(ProductGroup::Services));
        assert_eq!(group(&cell("Thảo dược")), Ok(ProductGroup::Herbal));
        for text in ["7", "0", "Nhóm", "1 Đồ uống", "4.1", "Gốm sứ"] {
            assert_eq!(group(&cell(text)), Err(ProblemKind::Group), "{text}");
        }
    }

    #[test]
    fn the_kind_of_a_producer_is_seen_from_the_beginning_of_its_name() {
        let kinds = [
            ("Công ty CP Dược thảo Thiên Phúc", Some(ProducerKind::Enterprise)),
            ("HTX Ba Chữ", Some(ProducerKind::Cooperative)),
            ("Hợp tác xã Ba Chữ", Some(ProducerKind::Cooperative)),
            ("Tổ hợp tác Mẫu", Some(ProducerKind::CooperativeGroup)),
            ("Cơ sở Sản xuất chay sạch", Some(ProducerKind::HouseholdBusiness)),
            ("HKD gốm sứ Việt Hoàng", Some(ProducerKind::HouseholdBusiness)),
            ("Gốm sứ của HTX", None),
            ("HTXX", None),
        ];
        for (name, kind) in kinds {
            assert_eq!(kind_of_name(name), kind, "{name}");
        }
        assert_eq!(producer_kind(&cell("DN")), Ok(ProducerKind::Enterprise));
        assert_eq!(producer_kind(&cell("trang trại")), Err(ProblemKind::ProducerKind));
    }

    #[test]
    fn the_level_of_an_authority_is_seen_from_its_name() {
        let levels = [
            ("UBND huyện Gia Lâm", Some(AuthorityLevel::District)),
            ("UBND thị xã Sơn Tây", Some(AuthorityLevel::District)),
            ("Ủy ban nhân dân quận Tây Hồ", Some(AuthorityLevel::District)),
            ("Uỷ ban nhân dân TP Hà Nội", Some(AuthorityLevel::City)),
            ("Chủ tịch UBND thành phố Hà Nội", Some(AuthorityLevel::City)),
            ("UBND TP. Hà Nội", Some(AuthorityLevel::City)),
            ("Bộ Nông nghiệp và Môi trường", Some(AuthorityLevel::Ministry)),
            ("UBND xã Bát Tràng", None),
            ("Bồ Đề", None),
        ];
        for (name, level) in levels {
            assert_eq!(level_of_authority(name), level, "{name}");
        }
        assert_eq!(level(&cell("Cấp huyện")), Ok(AuthorityLevel::District));
        assert_eq!(level(&cell("Bộ")), Ok(AuthorityLevel::Ministry));
        assert_eq!(level(&cell("xã")), Err(ProblemKind::AuthorityLevel));
    }

    #[test]
    fn tax_codes_have_one_of_three_forms() {
        for text in ["0101234567", "0101234567-001", "001085012345", "0101 234 567"] {
            assert!(tax_code(&cell(text)).is_ok(), "{text}");
        }
        for text in ["101234567", "0101234567001", "0101234567-01", "MST", "-"] {
            assert_eq!(tax_code(&cell(text)), Err(ProblemKind::TaxCode), "{text}");
        }
    }

    #[test]
    fn a_formula_error_is_no_value() {
        let broken = Cell::new("#N/A", CellKind::Error).unwrap();
        assert_eq!(text(&broken, 10), Err(ProblemKind::SpreadsheetError));
        assert_eq!(day(&broken), Err(ProblemKind::SpreadsheetError));
    }
}
