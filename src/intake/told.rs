//! What is told of rows and their differences, in words.

use super::column::Column;
use super::problem::Problem;
use crate::domain::annex::{About, Difference, Doubt, Fact, Known, Value};
use crate::domain::language::Language;
use crate::domain::producer::ProducerKind;
use crate::domain::recognition::AuthorityLevel;
use crate::vietnamese;

/// Where a row is: `dòng 7`, `Phụ lục 1, dòng 7`.
#[must_use]
pub fn row(sheet: Option<&str>, number: u32, language: Language) -> String {
    in_sheet(sheet, &format!("{} {number}", language.of("dòng", "row")))
}

impl Problem {
    /// Where it is: `Phụ lục 1, ô D7, dòng 7, cột “Hạng sao”`.
    #[must_use]
    pub fn place(&self, language: Language) -> String {
        let cell = self.cell.as_ref().map(|at| format!("{} {at}, ", language.of("ô", "cell")));
        let (row, column) = (row(None, self.row, language), language.of("cột", "column"));
        let at = format!("{}{row}, {column} “{}”", cell.unwrap_or_default(), self.column);
        in_sheet(self.sheet.as_deref(), &at)
    }
}

fn in_sheet(sheet: Option<&str>, place: &str) -> String {
    sheet.map_or_else(|| place.to_owned(), |sheet| format!("{sheet}, {place}"))
}

/// What the register and a row say: `Hạng sao: hệ thống ghi “3”, phụ lục ghi “4”`.
#[must_use]
pub fn difference(it: &Difference, language: Language) -> String {
    let heading = heading(it.fact);
    let row = value(&it.row);
    if let Some(known) = it.register.as_ref().map(value) {
        let (register, annex) = (
            language.of("hệ thống ghi", "the register says"),
            language.of("phụ lục ghi", "the annex says"),
        );
        format!("{heading}: {register} “{known}”, {annex} “{row}”")
    } else {
        let (register, annex) = (
            language.of("hệ thống chưa có", "the register has none"),
            language.of("phụ lục ghi", "the annex says"),
        );
        format!("{heading}: {register}, {annex} “{row}”")
    }
}

/// What cannot be told of a row: `Chủ thể này có thể là số 12 “HTX Mẫu” (0101234567)`.
#[must_use]
pub fn doubt(it: &Doubt, language: Language) -> String {
    let one = |known: &Known| {
        let Known { id, name, .. } = known;
        let number = language.of("số", "number");
        match known.apart.join(", ") {
            apart if apart.is_empty() => format!("{number} {id} “{name}”"),
            apart => format!("{number} {id} “{name}” ({apart})"),
        }
    };
    let may_be = it.may_be.iter().map(one).collect::<Vec<_>>();
    let misanswered = match (it.is_misanswered, it.may_be.is_empty()) {
        (false, _) => "",
        (true, false) => {
            language.of("Câu trả lời đã cho không đúng. ", "The answer given is none of these. ")
        }
        (true, true) => {
            return language
                .of(
                    "Câu trả lời đã cho không đúng: hệ thống không có tên nào giống như vậy",
                    "The answer given is wrong: the register has nothing of a name like this",
                )
                .to_owned();
        }
    };
    let about = match it.about {
        About::Producer => language.of("Chủ thể này có thể là", "The producer may be"),
        About::Product => language.of("Sản phẩm này có thể là", "The product may be"),
        About::Authority => language.of("Cơ quan này có thể là", "The authority may be"),
        About::Gtin => language.of("Mã GTIN này là của sản phẩm", "The GTIN is that of product"),
    };
    format!("{misanswered}{about} {}", may_be.join(language.of(" hoặc ", " or ")))
}

/// What to do about what cannot be told.
#[must_use]
pub fn answer(it: &Doubt, language: Language) -> &'static str {
    let (vietnamese, english) = match (it.about, it.may_be_new) {
        (About::Authority, _) => (
            "Hãy ghi tên cơ quan đúng như trong hệ thống, hoặc thêm cơ quan này trước.",
            "Write its name as the register has it, or enter the authority first.",
        ),
        (About::Gtin, _) => (
            "Hãy đối chiếu mã với bao bì rồi sửa dòng này, hoặc sửa sản phẩm kia.",
            "Compare it with the pack; correct the row, or the other product.",
        ),
        (_, true) => (
            "Hãy trả lời: là một trong số đó, hay là mới.",
            "Say whether it is one of these or a new one.",
        ),
        (_, false) => (
            "Hãy trả lời là một trong số đó, hoặc sửa dòng này.",
            "Say which of these it is, or mend the row.",
        ),
    };
    language.of(vietnamese, english)
}

/// What to do about a difference.
#[must_use]
pub fn remedy(fact: Fact, language: Language) -> &'static str {
    let (vietnamese, english) = match fact {
        Fact::Producer | Fact::Kind | Fact::TaxCode => (
            "Nếu phụ lục đúng, hãy sửa ở trang của chủ thể.",
            "If the annex is right, change it on the producer's page.",
        ),
        Fact::Group | Fact::Gtin | Fact::NetQuantity => (
            "Nếu phụ lục đúng, hãy sửa ở trang của sản phẩm.",
            "If the annex is right, change it on the product's page.",
        ),
        Fact::EndsOn => (
            "Nếu thời hạn đã được đổi, hãy đổi ngày hết hiệu lực ở trang của sản phẩm.",
            "If the end was changed, change it on the product's page.",
        ),
        Fact::Level | Fact::InOfficeFrom | Fact::InOfficeTo => (
            "Nếu tệp đúng, hãy sửa ở danh mục cơ quan công nhận.",
            "If the file is right, change it in the list of authorities.",
        ),
        Fact::Address
        | Fact::Product
        | Fact::Stars
        | Fact::PotentialFiveStar
        | Fact::DecisionNumber
        | Fact::Authority
        | Fact::SignedOn
        | Fact::EffectiveOn => (
            "Điều quyết định đã ghi không được ghi đè: nếu có quyết định đính chính, hãy nhập quyết định đó; nếu phụ lục sai, hãy sửa phụ lục.",
            "What a decision said is not overwritten: enter the decision that corrects it, or correct the annex.",
        ),
    };
    language.of(vietnamese, english)
}

fn heading(fact: Fact) -> &'static str {
    let column = match fact {
        Fact::Producer => Column::Producer,
        Fact::Kind => Column::Kind,
        Fact::TaxCode => Column::TaxCode,
        Fact::Address => Column::Address,
        Fact::Product => Column::Product,
        Fact::Group => Column::Group,
        Fact::Gtin => Column::Gtin,
        Fact::NetQuantity => Column::NetQuantity,
        Fact::Stars => Column::Stars,
        Fact::PotentialFiveStar => return "Tiềm năng 5 sao",
        Fact::DecisionNumber => Column::DecisionNumber,
        Fact::Authority => Column::Authority,
        Fact::Level => Column::Level,
        Fact::SignedOn => Column::SignedOn,
        Fact::EffectiveOn => Column::EffectiveOn,
        Fact::EndsOn => Column::EndsOn,
        Fact::InOfficeFrom => Column::ActiveFrom,
        Fact::InOfficeTo => Column::ActiveTo,
    };
    column.heading()
}

/// What is stated, as annexes write it.
#[must_use]
pub fn value(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Day(day) => vietnamese::date(*day),
        Value::Stars(stars) => stars.get().to_string(),
        Value::Group(group) => group.number().to_string(),
        Value::Kind(kind) => kind_as_written(*kind).to_owned(),
        Value::Level(level) => level_as_written(*level).to_owned(),
        Value::Is(is) => (if *is { "có" } else { "không" }).to_owned(),
    }
}

/// A legal kind as annexes write it.
pub(super) fn kind_as_written(kind: ProducerKind) -> &'static str {
    match kind {
        ProducerKind::Enterprise => "doanh nghiệp",
        ProducerKind::Cooperative => "hợp tác xã",
        ProducerKind::CooperativeGroup => "tổ hợp tác",
        ProducerKind::HouseholdBusiness => "hộ kinh doanh",
    }
}

/// A level of government as annexes write it.
pub(super) fn level_as_written(level: AuthorityLevel) -> &'static str {
    match level {
        AuthorityLevel::District => "huyện",
        AuthorityLevel::City => "thành phố",
        AuthorityLevel::Ministry => "bộ",
    }
}
