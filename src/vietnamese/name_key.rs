//! When two names are one.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{fold, is_invisible, join_words, own_letter};
use crate::domain::naming::Likeness;

/// The text as names are told apart by: two names are surely one where their keys are equal.
///
/// Letters and tones stay: `Mứt dừa`, `Mứt dứa` and `Mứt dưa` are three. Only what the same person
/// writes now this way and now that way is folded: letter case, how letters are composed, characters
/// that cannot be seen, runs and kinds of spaces, hyphens and dashes (a hyphen is a space), `Ð` and
/// `Ɖ` for `Đ`, and the old and the new place of the tone mark in `oa`, `oe` and `uy` (`hoà`, `hòa`).
/// Other punctuation, and letters that merely look alike (`A₂`, `A2`), keep names apart.
///
/// Names with different keys may still be one: [`likeness`] tells.
#[must_use]
pub fn name_key(text: &str) -> String {
    let visible = text.chars().filter(|&c| !is_invisible(c));
    let lower = visible.map(own_letter).flat_map(char::to_lowercase).map(space_for_hyphen);
    let mut letters: Vec<char> = lower.nfd().collect();
    place_tones(&mut letters);
    let composed: String = letters.into_iter().nfc().collect();
    join_words(composed.split_whitespace())
}

/// The text as names that are written alike are found by: folded, without spaces.
#[must_use]
pub fn search_key(text: &str) -> String {
    fold(text).replace(' ', "")
}

/// How two names compare.
///
/// `Gom su` may be `Gốm sứ` written without diacritics, and `Sữa A2` may be `Sữa “A₂”`. `Mứt dứa` and
/// `Mứt dừa` were both written with care.
#[must_use]
pub fn likeness(one: &str, other: &str) -> Likeness {
    let found_by = search_key(one);
    if found_by != search_key(other) {
        return Likeness::Other;
    }
    if name_key(one) == name_key(other) {
        return Likeness::Same;
    }
    let (one, other) = (letters(one), letters(other));
    let is_careless = one == other || one == found_by || other == found_by;
    if is_careless { Likeness::Careless } else { Likeness::Alike }
}

/// The letters and digits of a name with their tones, one after the other.
fn letters(name: &str) -> String {
    let plain: String = name_key(name).nfkc().flat_map(char::to_lowercase).collect();
    name_key(&plain).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether a character joins or parts words by a stroke: hyphens, dashes, minus.
fn is_hyphen(c: char) -> bool {
    let is_rare = matches!(c, '\u{2043}' | '\u{2e3a}' | '\u{2e3b}' | '\u{fe58}' | '\u{fe63}');
    is_rare || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}')
}

fn space_for_hyphen(c: char) -> char {
    if is_hyphen(c) { ' ' } else { c }
}

/// Moves the tone from the first to the second letter of `oa`, `oe` and `uy`, of decomposed text.
fn place_tones(letters: &mut [char]) {
    for at in 0..letters.len() {
        let Some([first, tone, second, after @ ..]) = letters.get_mut(at..) else { break };
        let is_pair = matches!((*first, *second), ('o', 'a' | 'e') | ('u', 'y'));
        let is_bare = !after.first().is_some_and(|&c| is_combining_mark(c));
        if is_pair && is_tone(*tone) && is_bare {
            std::mem::swap(tone, second);
        }
    }
}

/// Huyền, sắc, ngã, hỏi, nặng.
fn is_tone(c: char) -> bool {
    matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}')
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;
    use crate::vietnamese::{fold, nfc};

    const ONSETS: [&str; 28] = [
        "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh",
        "nh", "p", "ph", "qu", "r", "s", "t", "th", "tr", "v", "x",
    ];
    /// Rimes, the letter that bears the tone behind a bar.
    const RIMES: &str = "|a |ac |ach |ai |am |an |ang |anh |ao |ap |at |au |ay |ă |ăc |ăm |ăn |ăng \
        |ăp |ăt |â |âc |âm |ân |âng |âp |ât |âu |ây |e |ec |em |en |eng |eo |ep |et |ê |êch |êm |ên \
        |ênh |êp |êt |êu |i |ia i|êc i|êm i|ên i|êng i|êp i|êt i|êu |ich |im |in |inh |ip |it |iu |o \
        o|a o|ac o|ach o|ai o|am o|an o|ang o|anh o|ao o|ap o|at o|ay o|ăc o|ăm o|ăn o|ăng o|ăt o|e \
        o|en o|eo o|et |oc |oi |om |on |ong o|oc o|ong |op |ot |ô |ôc |ôi |ôm |ôn |ông |ôp |ôt |ơ |ơi \
        |ơm |ơn |ơp |ơt |u |ua |uc |ui |um |un |ung |up |ut u|â u|ân u|âng u|ât u|ây u|ê u|êch u|ên \
        u|ênh u|êt u|ô u|ôc u|ôi u|ôm u|ôn u|ông u|ôt u|ơ u|y u|ych u|ynh u|yt u|yu uy|a uy|ên uy|êt \
        |ư |ưa |ưc |ưi |ưng |ưt |ưu ư|ơc ư|ơi ư|ơm ư|ơn ư|ơng ư|ơp ư|ơt ư|ơu |y y|êm y|ên y|êng y|êt \
        y|êu";
    const TONES: [&str; 6] = ["", "\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}"];

    /// Every syllable, and how it is written with the tone on the letter that bears it.
    fn syllables() -> impl Iterator<Item = String> {
        let rimes = RIMES.split_whitespace().map(|rime| rime.split_once('|').unwrap());
        rimes.flat_map(|(before, bearer)| {
            ONSETS.iter().flat_map(move |onset| {
                TONES.iter().map(move |tone| {
                    let split = bearer.chars().next().unwrap().len_utf8();
                    let (letter, after) = bearer.split_at(split);
                    format!("{onset}{before}{letter}{tone}{after}").nfc().collect()
                })
            })
        })
    }

    #[test]
    fn syllables_that_differ_in_a_letter_or_a_tone_are_told_apart() {
        let mut by_key: HashMap<String, String> = HashMap::new();
        for syllable in syllables() {
            let known = by_key.entry(name_key(&syllable)).or_insert_with(|| syllable.clone());
            assert_eq!(*known, syllable);
        }
        assert!(by_key.len() > 25_000, "{} syllables", by_key.len());
    }

    #[test]
    fn the_old_and_the_new_place_of_the_tone_are_one() {
        let pairs = [
            ("hoà", "hòa"),
            ("thuý", "thúy"),
            ("khoẻ", "khỏe"),
            ("uỳ", "ùy"),
            ("quỳ", "qùy"),
            ("HOẠ", "HỌA"),
            ("Thuỷ", "THỦY"),
            ("loè", "lòe"),
            ("toàn", "tòan"),
            ("khuỷu", "khủyu"),
            ("luỹ", "lũy"),
            ("ngoài", "ngòai"),
        ];
        for (old, new) in pairs {
            assert_eq!(name_key(old), name_key(new), "{old} {new}");
            let decomposed: String = new.nfd().collect();
            assert_eq!(name_key(old), name_key(&decomposed), "{old} {new}");
        }
        // Đong giạ thóc, giặt gịa: two words.
        assert_ne!(name_key("giạ"), name_key("gịa"));
    }

    #[test]
    fn a_name_is_one_however_its_case_spaces_hyphens_and_d_are_written() {
        let written = [
            "Trà  Đông-Đô",
            "trà đông đô",
            "TRÀ ĐÔNG – ĐÔ",
            "Trà\u{a0}Ðông\u{2011}Ɖô",
            "Tra\u{300} \u{200b}Đo\u{302}ng\u{2212}Đô\u{fe0f} ",
        ];
        for name in written {
            assert_eq!(name_key(name), "trà đông đô", "{name:?}");
        }
    }

    #[test]
    fn names_that_differ_otherwise_are_told_apart() {
        let pairs = [
            ("HKD Hùng", "HKD Hưng"),
            ("Đồng Mẫu", "Đông Mẫu"),
            ("Gốm sứ", "Gom su"),
            ("Dao", "Đao"),
            ("Sữa A₂", "Sữa A2"),
            ("Bánh dẻo/nướng", "Bánh dẻo nướng"),
            ("Gạo ST25", "Gạo ST 25"),
            ("Rượu 1,5", "Rượu 15"),
        ];
        for (one, other) in pairs {
            assert_ne!(name_key(one), name_key(other));
        }
    }

    #[test]
    fn a_name_without_diacritics_or_with_other_punctuation_may_be_another_written_carelessly() {
        for (one, other, likeness_of_both) in [
            ("Gốm sứ", "gốm-sứ", Likeness::Same),
            ("Gom su", "Gốm sứ", Likeness::Careless),
            ("GÓM SỨ", "Gốm sứ", Likeness::Alike),
            ("Dau phu", "Đậu phụ", Likeness::Careless),
            ("Sữa A₂", "Sữa A2", Likeness::Careless),
            ("Gạo ST25", "Gạo ST 25", Likeness::Careless),
            ("Bánh dẻo/nướng", "Bánh dẻo, nướng", Likeness::Careless),
            ("Gà H'Mông", "Gà H’mông", Likeness::Careless),
            ("Mứt dừa", "Mứt dứa", Likeness::Alike),
            ("Kẹo me", "Kẹo mè", Likeness::Alike),
            ("Mứt dừa", "Mứt gừng", Likeness::Other),
        ] {
            assert_eq!(likeness(one, other), likeness_of_both, "{one} {other}");
            assert_eq!(likeness(other, one), likeness_of_both, "{other} {one}");
        }
    }

    proptest! {
        #[test]
        fn a_key_is_its_own_key(text in any::<String>()) {
            prop_assert_eq!(name_key(&name_key(&text)), name_key(&text));
        }

        #[test]
        fn a_key_of_vietnamese_letters_is_its_own_key(text in "[oaeuy\u{300}\u{301}\u{309}\u{323}\u{302}\u{31b} -]{0,12}") {
            prop_assert_eq!(name_key(&name_key(&text)), name_key(&text));
        }

        #[test]
        fn the_kept_text_has_the_key_of_what_was_typed(text in any::<String>()) {
            prop_assert_eq!(name_key(&nfc(&text)), name_key(&text));
        }

        #[test]
        fn names_of_one_key_are_found_by_the_same_words(
            text in "[a-zA-Z0-9À-ɏẠ-ỹ\u{300}-\u{323} ,.'’“₂²½–-]{0,20}",
        ) {
            prop_assert_eq!(fold(&name_key(&text)), fold(&text));
        }
    }
}
