//! Vietnamese keyboards that make one letter with marks of two or three keys: Telex (`AS` → `Á`) and VNI
//! (`A1` → `Á`). A serial has no such letter, so the keys can be found again.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use super::reading::{is_gap, letters};
use super::text::{SERIAL_SYMBOLS, read_serial};
use crate::domain::serial::Serial;

/// Letters with marks in one serial that are looked into; each multiplies the work.
const MARKED_MAX: usize = 3;

/// A tone is typed at the end of a syllable: so many letters may stand between a vowel and its key.
const LETTERS_BETWEEN_MAX: usize = 2;

/// Whether a letter has marks that a Vietnamese keyboard makes.
pub(super) fn is_marked(c: char) -> bool {
    keys(c).is_some()
}

/// The serials that may have been meant by one with such letters: those whose check symbol fits.
pub(super) fn meant(written: &str) -> Vec<Serial> {
    let letters: Vec<char> = letters(written).filter(|c| !is_gap(*c)).collect();
    let marked = letters.iter().filter(|c| is_marked(**c)).count();
    if letters.len() > SERIAL_SYMBOLS || !(1..=MARKED_MAX).contains(&marked) {
        return Vec::new();
    }
    let mut all = BTreeSet::new();
    for keyboard in [Keyboard::Plain, Keyboard::Telex, Keyboard::Vni] {
        let texts = retyped(&letters, keyboard);
        all.extend(texts.iter().filter_map(|text| read_serial(text).ok()));
    }
    all.into_iter().collect()
}

/// How letters are typed.
#[derive(Clone, Copy)]
enum Keyboard {
    /// The letter alone: the keyboard's program put the mark there.
    Plain,
    /// With letters.
    Telex,
    /// With digits.
    Vni,
}

/// A letter with marks: the letter itself, and what Telex and VNI add to it.
struct Keys {
    letter: char,
    /// For a circumflex, a breve, a horn or a stroke.
    shape: Option<(char, char)>,
    tone: Option<(char, char)>,
}

fn keys(c: char) -> Option<Keys> {
    if matches!(c, 'đ' | 'Đ') {
        return Some(Keys { letter: 'D', shape: Some(('D', '9')), tone: None });
    }
    let mut parts = c.nfd();
    let letter = parts.next().filter(char::is_ascii_alphabetic)?.to_ascii_uppercase();
    let mut keys = Keys { letter, shape: None, tone: None };
    for mark in parts {
        match mark {
            '\u{301}' => keys.tone = Some(('S', '1')),
            '\u{300}' => keys.tone = Some(('F', '2')),
            '\u{309}' => keys.tone = Some(('R', '3')),
            '\u{303}' => keys.tone = Some(('X', '4')),
            '\u{323}' => keys.tone = Some(('J', '5')),
            '\u{302}' => keys.shape = Some((letter, '6')),
            '\u{31b}' => keys.shape = Some(('W', '7')),
            '\u{306}' => keys.shape = Some(('W', '8')),
            _ => return None,
        }
    }
    (keys.shape.is_some() || keys.tone.is_some()).then_some(keys)
}

impl Keys {
    /// The key of the letter, and those that a keyboard adds to it.
    fn on(&self, keyboard: Keyboard) -> (char, Vec<char>) {
        let all = [self.shape, self.tone].into_iter().flatten();
        match keyboard {
            Keyboard::Plain => (self.letter, Vec::new()),
            // Telex makes Ư of a W alone, and no symbol is a U.
            Keyboard::Telex if self.letter == 'U' && self.shape.is_some() => {
                ('W', all.skip(1).map(|(telex, _)| telex).collect())
            }
            Keyboard::Telex => (self.letter, all.map(|(telex, _)| telex).collect()),
            Keyboard::Vni => (self.letter, all.map(|(_, vni)| vni).collect()),
        }
    }
}

/// All that may have been typed on a keyboard where these letters came out.
fn retyped(letters: &[char], keyboard: Keyboard) -> Vec<String> {
    let mut all = vec![String::new()];
    // The last letter first, so that keys typed later have their place already.
    for &c in letters.iter().rev() {
        let Some(keys) = keys(c) else {
            for text in &mut all {
                text.insert(0, c);
            }
            continue;
        };
        let (letter, added) = keys.on(keyboard);
        all = all.iter().flat_map(|text| with_keys(letter, &added, text)).collect();
    }
    all
}

/// A letter before a text, with its keys typed at once or after letters that follow it.
fn with_keys(letter: char, added: &[char], text: &str) -> Vec<String> {
    let Some((key, others)) = added.split_last() else { return vec![format!("{letter}{text}")] };
    let mut all = Vec::new();
    for before in with_keys(letter, others, "") {
        let following = text.chars().take_while(char::is_ascii_alphabetic);
        let most = following.take(LETTERS_BETWEEN_MAX).count();
        for between in 0..=most {
            if let Some((near, far)) = text.split_at_checked(between) {
                all.push(format!("{before}{near}{key}{far}"));
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::super::text::serial_grouped;
    use super::*;

    fn suggested(written: &str) -> Vec<String> {
        meant(written).into_iter().map(serial_grouped).collect()
    }

    #[test]
    fn a_mark_on_a_letter_that_was_typed_alone_is_taken_off() {
        assert_eq!(suggested("0002-0ÁPC-AV95"), ["0002-0APC-AV95"]);
        assert_eq!(suggested("0002-0A\u{301}PC-AV95"), ["0002-0APC-AV95"], "decomposed");
    }

    #[test]
    fn keys_that_became_a_mark_are_found_again() {
        // Serials with the keys of a mark behind a vowel, and what the keyboards make of them.
        for (telex, typed) in [("AS", "Á"), ("EE", "Ê"), ("DD", "Đ"), ("AW", "Ă"), ("AAS", "Ấ")]
        {
            let serial = with_symbols(telex);
            let text = serial.replacen(telex, typed, 1);
            assert!(suggested(&text).contains(&grouped(&serial)), "{text} for {serial}");
        }
        for (vni, typed) in [("A1", "Á"), ("E6", "Ê"), ("D9", "Đ"), ("A8", "Ă"), ("A65", "Ậ")]
        {
            let serial = with_symbols(vni);
            let text = serial.replacen(vni, typed, 1);
            assert!(suggested(&text).contains(&grouped(&serial)), "{text} for {serial}");
        }
    }

    #[test]
    fn a_tone_typed_at_the_end_of_its_syllable_is_found_too() {
        let serial = with_symbols("ANS");
        assert!(suggested(&serial.replacen("ANS", "ÁN", 1)).contains(&grouped(&serial)));
    }

    #[test]
    fn nothing_is_suggested_for_words() {
        assert_eq!(suggested("Tôi đã mua ở chợ hôm qua"), Vec::<String>::new());
        assert_eq!(suggested("0002-0APC-AV95"), Vec::<String>::new());
    }

    /// A serial with these symbols in it.
    fn with_symbols(symbols: &str) -> String {
        let of = |text: String| -> String {
            let last = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".chars();
            let fits = |c: &char| read_serial(&format!("{text}{c}")).is_ok();
            let check = last.clone().find(fits).unwrap();
            format!("{text}{check}")
        };
        let rest = "7".repeat(7 - symbols.len());
        of(format!("0002{symbols}{rest}"))
    }

    fn grouped(serial: &str) -> String {
        serial_grouped(read_serial(serial).unwrap())
    }
}
