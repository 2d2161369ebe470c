//! The words that head sections, sum up and close annexes. Tones matter: `Mục` heads, `Mực` is sold.

use super::field::after_words;
use crate::vietnamese::{fold, name_key};

/// What headings of sections begin with, whatever follows.
const SECTIONS: [&str; 13] = [
    "huyện",
    "quận",
    "thị xã",
    "xã",
    "phường",
    "thành phố",
    "ngành",
    "lĩnh vực",
    "danh sách",
    "sản phẩm hạng",
    "sản phẩm đạt",
    "khu vực",
    "địa bàn",
];

/// What headings of sections begin with where a number, or what is counted so, follows.
const NUMBERED: [&str; 7] = ["hạng", "nhóm", "phần", "mục", "đợt", "cấp", "đạt"];

/// What follows those.
const NUMBERS: [&str; 20] = [
    "một",
    "hai",
    "ba",
    "bốn",
    "năm",
    "sáu",
    "thứ",
    "sao",
    "sản phẩm",
    "ngành",
    "huyện",
    "thành phố",
    "tỉnh",
    "bộ",
    "trung ương",
    "quốc gia",
    "a",
    "b",
    "c",
    "d",
];

/// Names of groups of products, which stand for sections.
const GROUPS: [&str; 9] = [
    "thực phẩm",
    "đồ uống",
    "dược liệu và sản phẩm từ dược liệu",
    "dược liệu",
    "thảo dược",
    "hàng thủ công mỹ nghệ",
    "thủ công mỹ nghệ",
    "sinh vật cảnh",
    "dịch vụ du lịch cộng đồng du lịch sinh thái và điểm du lịch",
];

/// What totals begin with.
const TOTALS: [&str; 4] = ["tổng cộng", "tổng số", "tổng", "cộng"];

/// What totals count: what follows is one of these or a number.
const COUNTED: [&str; 16] = [
    "số",
    "cộng",
    "sản phẩm",
    "chủ thể",
    "hạng",
    "sao",
    "nhóm",
    "mục",
    "phần",
    "huyện",
    "quận",
    "xã",
    "phường",
    "chung",
    "toàn",
    "dồn",
];

/// What notes and signatures begin with.
const NOTES: [&str; 38] = [
    "ghi chú",
    "lưu ý",
    "chú thích",
    "người lập",
    "người tổng hợp",
    "lập biểu",
    "cán bộ",
    "kế toán",
    "thủ trưởng",
    "thư ký",
    "tm",
    "t m",
    "kt",
    "k t",
    "tuq",
    "tl",
    "chủ tịch",
    "phó chủ tịch",
    "giám đốc",
    "phó giám đốc",
    "trưởng phòng",
    "phó trưởng phòng",
    "trưởng ban",
    "chi cục trưởng",
    "chánh văn phòng",
    "đại diện",
    "nơi nhận",
    "hà nội ngày",
    "ngày",
    "xác nhận",
    "ký tên",
    "ký ghi rõ",
    "ký và ghi rõ",
    "đã ký",
    "danh sách này",
    "phụ lục này",
    "hội đồng",
    "uỷ ban nhân dân",
];

/// Notes and signatures of which these follow: `Ngày 4 tháng 3` is a day, `Ngày mới` a name.
const NUMBERED_NOTES: [&str; 1] = ["ngày"];

/// Whether a text heads a section: `Hạng 4 sao`, `Huyện Gia Lâm`, `Thực phẩm`.
pub(super) fn is_section(text: &str, is_free: bool) -> bool {
    let text = Text::of(text);
    text.begins_with_any(&SECTIONS, is_free).is_some()
        || text.follows(&NUMBERED, &[&NUMBERS, &GROUPS], is_free)
        || text.is_any(&GROUPS, is_free)
}

/// Whether a text sums up: `Tổng cộng`, `Cộng nhóm I`.
pub(super) fn is_total(text: &str, is_free: bool) -> bool {
    let text = Text::of(text);
    text.is_any(&TOTALS, is_free) || text.follows(&TOTALS, &[&COUNTED], is_free)
}

/// Whether a text is of a note or a signature.
pub(super) fn is_note(text: &str, is_free: bool) -> bool {
    let text = Text::of(text);
    let Some((words, rest)) = text.begins_with_any(&NOTES, is_free) else { return false };
    !NUMBERED_NOTES.contains(&words) || rest.is_empty() || is_numbered(rest)
}

/// A text as its words, with their tones and, where it has none at all, without.
struct Text {
    words: String,
    /// Whether it has no tones at all.
    is_plain: bool,
}

impl Text {
    fn of(text: &str) -> Self {
        let key = name_key(text);
        let parted = key.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let words = parted.collect::<Vec<_>>().join(" ");
        let is_plain = fold(&words) == words;
        Self { words, is_plain }
    }

    /// The words of a list that it begins with, and what follows them.
    fn begins_with_any<'a>(
        &'a self,
        list: &[&'static str],
        is_free: bool,
    ) -> Option<(&'static str, &'a str)> {
        list.iter().find_map(|words| {
            let plain = || {
                let is_taken = is_free && self.is_plain;
                is_taken.then(|| after_words(&self.words, &fold(words))).flatten()
            };
            let rest = after_words(&self.words, words).or_else(plain)?;
            Some((*words, rest))
        })
    }

    fn is_any(&self, list: &[&'static str], is_free: bool) -> bool {
        self.begins_with_any(list, is_free).is_some_and(|(_, rest)| rest.is_empty())
    }

    /// Whether a number or the words of other lists follow those of one.
    fn follows(&self, list: &[&'static str], then: &[&[&'static str]], is_free: bool) -> bool {
        list.iter().filter_map(|words| self.begins_with_any(&[*words], is_free)).any(|(_, rest)| {
            let rest = Self { words: rest.to_owned(), is_plain: self.is_plain };
            is_numbered(&rest.words)
                || then.iter().any(|list| rest.begins_with_any(list, is_free).is_some())
        })
    }
}

/// `4 sao`, `IV`.
fn is_numbered(text: &str) -> bool {
    let first = text.split(' ').next().unwrap_or_default();
    let is_roman = !first.is_empty() && first.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
    is_roman || first.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_written_as_they_are_compared() {
        let lists: [&[&str]; 7] =
            [&SECTIONS, &NUMBERED, &NUMBERS, &GROUPS, &TOTALS, &COUNTED, &NOTES];
        for words in lists.concat() {
            assert_eq!(Text::of(words).words, words);
        }
    }

    #[test]
    fn a_name_is_no_heading_for_words_that_it_only_resembles() {
        for name in ["Mực khô", "Phấn hoa", "Phần cơm cháy", "Nhóm lá", "Hạng bạch", "Xá xíu"]
        {
            assert!(!is_section(name, true), "{name}");
        }
        for name in ["Cồng chiêng", "Cộng cà phê", "Tổng hợp", "Tổng công ty Mẫu", "Tống vị"]
        {
            assert!(!is_total(name, true), "{name}");
        }
        for name in ["Ngày mới", "Ngây thơ", "Cân bò", "Kế toàn"] {
            assert!(!is_note(name, true), "{name}");
        }
    }
}
