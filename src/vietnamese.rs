//! Vietnamese as people write it: one spelling to keep, one to tell names apart by, one to search by,
//! the alphabet to sort by, dates and numbers.

pub mod legacy;
mod legal_form;
mod name_key;
mod syllable;

use std::sync::LazyLock;

use chrono::Datelike;
use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

pub use legal_form::{producer_keys, producer_likeness};
pub use name_key::{likeness, name_key, search_key};

use crate::domain::calendar::Day;

#[expect(
    clippy::expect_used,
    reason = "the collation data is compiled in; a test makes a key, so this cannot fail later"
)]
static COLLATOR: LazyLock<CollatorBorrowed<'static>> = LazyLock::new(|| {
    Collator::try_new(locale!("vi").into(), CollatorOptions::default())
        .expect("the collation data for Vietnamese is compiled in")
});

/// The text as it is kept: composed letters (NFC), single spaces, none at the ends.
///
/// Invisible characters that come along when text is pasted (zero-width spaces, soft hyphens,
/// direction marks, control characters) are left out, and `Ð` and `Ɖ` of other alphabets, which old
/// keyboards gave for it, are `Đ`. Letter case is never changed.
#[must_use]
pub fn nfc(text: &str) -> String {
    let visible = text.chars().filter(|&c| !is_invisible(c)).map(own_letter);
    let composed: String = visible.nfc().collect();
    join_words(composed.split_whitespace())
}

/// The same of a text of several lines: each line as it is kept, none but one blank between two.
#[must_use]
pub fn nfc_lines(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines().map(nfc) {
        let is_second_blank = line.is_empty() && lines.last().is_none_or(String::is_empty);
        if !is_second_blank {
            lines.push(line);
        }
    }
    lines.join("\n").trim_end().to_owned()
}

/// The text as it is searched by: lower case, no diacritics, đ as d, words and numbers only.
///
/// Fold both what is kept and what is asked for: `gom su` then finds `Gốm sứ`, and `oà` finds `òa`.
/// It makes one of what is not the same: only [`name_key`] says that two names are one.
#[must_use]
pub fn fold(text: &str) -> String {
    let letters = text.nfkd().filter(|&c| !is_combining_mark(c) && !is_joiner(c));
    let plain: String =
        letters.map(own_letter).flat_map(char::to_lowercase).map(plain_letter).collect();
    join_words(plain.split_whitespace())
}

/// A key that sorts, byte by byte, in the order of the Vietnamese alphabet: a ă â … d đ … o ô ơ …
/// u ư; then by tone, then by case.
///
/// The bytes depend on the collation data of this build: keys that are stored must be made anew
/// when the `icu_collator` dependency changes.
#[must_use]
pub fn sort_key(text: &str) -> Vec<u8> {
    let mut key = Vec::new();
    let Ok(()) = COLLATOR.write_sort_key_to(text, &mut key);
    key
}

/// A day as it is shown: `04/03/2024`.
#[must_use]
pub fn date(day: Day) -> String {
    format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year())
}

/// A number as it is shown: `2.000`.
#[must_use]
pub fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut shown = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            shown.push('.');
        }
        shown.push(digit);
    }
    shown
}

/// đ has no decomposition, so Unicode leaves it; all that is no letter or digit parts words.
fn plain_letter(c: char) -> char {
    match c {
        'đ' => 'd',
        c if c.is_alphanumeric() => c,
        _ => ' ',
    }
}

/// Apostrophes join (`H'mông` is one word), and so does what cannot be seen.
fn is_joiner(c: char) -> bool {
    matches!(c, '\'' | '‘' | '’' | 'ʼ' | '`') || is_invisible(c)
}

/// What nobody sees on paper: Unicode's default ignorable characters, the empty pattern of braille, and
/// controls that are no space.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    let is_ignorable = matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
    );
    is_ignorable || (c.is_control() && !c.is_whitespace())
}

/// The Vietnamese letter for its twins: Icelandic eth and African d look like Đ in capitals.
fn own_letter(c: char) -> char {
    match c {
        'Ð' | 'Ɖ' => 'Đ',
        'ð' | 'ɖ' => 'đ',
        c => c,
    }
}

fn join_words<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut joined = String::new();
    for word in words {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(word);
    }
    joined
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sorted(mut words: Vec<&str>) -> Vec<&str> {
        words.sort_by_key(|word| sort_key(word));
        words
    }

    #[test]
    fn kept_text_is_composed_and_has_single_spaces() {
        assert_eq!(nfc("  Go\u{302}\u{301}m\u{a0} \t sứ\r\n"), "Gốm sứ");
        assert_eq!(nfc("\u{feff}HTX\u{200b} Ba\u{ad} Chữ"), "HTX Ba Chữ");
        assert_eq!(nfc("Công ty TNHH gốm sứ VIỆT Trung"), "Công ty TNHH gốm sứ VIỆT Trung");
        assert_eq!(nfc("o\u{200b}\u{300}a"), "òa");
        assert_eq!(nfc("\u{2800}"), "");
        assert_eq!(nfc("Ðông Ɖô, Trà\u{fe0f} sen"), "Đông Đô, Trà sen");
    }

    #[test]
    fn a_search_without_diacritics_finds_the_word() {
        assert_eq!(fold("Gốm sứ"), "gom su");
        assert_eq!(fold("ĐƯỜNG  Đậu phụ"), "duong dau phu");
        assert_eq!(fold("Ðông Ɖô"), "dong do");
        assert_eq!(fold("Hoà Lạc, thuý"), fold("Hòa Lạc (thúy)"));
        assert_eq!(fold("Thịt gà đen H'mông"), "thit ga den hmong");
        assert_eq!(fold("Bánh dẻo/nướng – 500 g"), "banh deo nuong 500 g");
        assert_eq!(fold("  …  "), "");
    }

    #[test]
    fn words_sort_by_the_vietnamese_alphabet() {
        let alphabet = vec![
            "a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "g", "i", "o", "ô", "ơ", "u", "ư", "y",
        ];
        let mut shuffled = alphabet.clone();
        shuffled.reverse();
        assert_eq!(sorted(shuffled), alphabet);
        // As code points đ, ă and ơ would all come after z.
        let words = vec!["Cam", "Dưa", "Đào", "Ếch", "Ơi", "Vải", "Xoài"];
        let mut shuffled = words.clone();
        shuffled.rotate_left(3);
        assert_eq!(sorted(shuffled), words);
    }

    #[test]
    fn tones_sort_after_letters() {
        assert_eq!(
            sorted(vec!["mạ", "má", "mã", "mả", "mà", "ma"]),
            ["ma", "mà", "mả", "mã", "má", "mạ"]
        );
        assert_eq!(sorted(vec!["bán b", "ban c", "ban a"]), ["ban a", "bán b", "ban c"]);
    }

    #[test]
    fn a_sort_key_does_not_depend_on_how_letters_are_composed() {
        assert_eq!(sort_key("ệ"), sort_key("e\u{323}\u{302}"));
    }

    #[test]
    fn dates_and_numbers_are_written_the_vietnamese_way() {
        assert_eq!(date(Day::from_ymd_opt(2024, 3, 4).unwrap()), "04/03/2024");
        let shown = [0, 999, 1_000, 2_000, 1_250_000, u64::MAX].map(number);
        assert_eq!(
            shown,
            ["0", "999", "1.000", "2.000", "1.250.000", "18.446.744.073.709.551.615"]
        );
    }

    proptest! {
        #[test]
        fn folding_and_composing_twice_changes_nothing(text in any::<String>()) {
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
            prop_assert_eq!(nfc(&nfc(&text)), nfc(&text));
            prop_assert_eq!(fold(&nfc(&text)), fold(&text));
        }
    }
}
