//! The fonts that everything is printed with (SIL Open Font License, see `fonts/`), and what they can
//! print. A name that they cannot print must be known before any code is issued for it.

use std::collections::BTreeSet;

use ttf_parser::Face;

/// The wordmark and headings of stamps; what matters on papers that go with a print job.
pub const DISPLAY: &[u8] = include_bytes!("../fonts/BeVietnamPro-Bold.ttf");
/// Running text of those papers.
pub const TEXT: &[u8] = include_bytes!("../fonts/BeVietnamPro-Regular.ttf");
/// Product names and small capitals of stamps.
pub const STRONG: &[u8] = include_bytes!("../fonts/BarlowCondensed-SemiBold.ttf");
/// Producers on stamps, and the slug line.
pub const PLAIN: &[u8] = include_bytes!("../fonts/BarlowCondensed-Medium.ttf");
/// Serial numbers and checksums.
pub const MONO: &[u8] = include_bytes!("../fonts/JetBrainsMono-Medium.ttf");
/// Running text of official papers, cut to the measure of Times New Roman.
pub const OFFICIAL: &[u8] = include_bytes!("../fonts/LiberationSerif-Regular.ttf");
/// Headings of official papers.
pub const OFFICIAL_BOLD: &[u8] = include_bytes!("../fonts/LiberationSerif-Bold.ttf");
/// Places, dates and notes of official papers.
pub const OFFICIAL_ITALIC: &[u8] = include_bytes!("../fonts/LiberationSerif-Italic.ttf");

/// What the others lack: Greek, Cyrillic, rarer Latin letters and signs.
pub const FALLBACK: &[u8] = include_bytes!("../fonts/NotoSans-CondensedMedium.ttf");

/// Every font that a name may be set in; what one of them lacks is set in [`FALLBACK`].
pub const ALL: [&[u8]; 8] =
    [DISPLAY, TEXT, STRONG, PLAIN, MONO, OFFICIAL, OFFICIAL_BOLD, OFFICIAL_ITALIC];

/// A text that cannot be printed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .obstacle.told(.characters, .text))]
pub struct Unprintable {
    /// The text.
    pub text: String,
    /// What in it is in the way, each once.
    pub characters: Vec<char>,
    /// Why.
    pub obstacle: Obstacle,
}

/// Why characters are not printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// No font has them.
    Missing,
    /// They are Greek or Cyrillic letters that pass for Latin ones: in a word with Latin letters (UTS #39,
    /// section 5.1), or in one of which every letter looks Latin.
    Mixed,
}

impl Obstacle {
    fn told(self, characters: &[char], text: &str) -> String {
        let characters = quoted(characters);
        match self {
            Self::Missing => format!("no font prints {characters} of “{text}”: write it without"),
            Self::Mixed => {
                format!("{characters} in “{text}” only looks Latin: type that word again")
            }
        }
    }
}

impl Unprintable {
    /// The characters as a person is told them: `“☕” (U+2615)`.
    #[must_use]
    pub fn quoted(&self) -> String {
        quoted(&self.characters)
    }
}

fn quoted(characters: &[char]) -> String {
    let each = characters.iter().map(|&c| format!("“{c}” (U+{:04X})", u32::from(c)));
    each.collect::<Vec<_>>().join(", ")
}

/// Checks that a text can be printed, look-alikes printed for what has them.
///
/// # Errors
/// [`Unprintable`].
pub fn check(text: &str) -> Result<(), Unprintable> {
    let printed = printed(text);
    let faces: Vec<Face<'_>> = ALL.iter().filter_map(|bytes| Face::parse(bytes, 0).ok()).collect();
    let fallback = Face::parse(FALLBACK, 0).ok();
    let falls_back = |c: char| fallback.as_ref().is_some_and(|face| has(face, c));
    let is_missing = |c: &char| !faces.iter().all(|face| has(face, *c)) && !falls_back(*c);
    let missing = printed.chars().filter(is_missing).collect();
    let mixed = strangers(&printed).collect();
    for (obstacle, characters) in [(Obstacle::Missing, missing), (Obstacle::Mixed, mixed)] {
        let characters: BTreeSet<char> = characters;
        if !characters.is_empty() {
            let characters = characters.into_iter().collect();
            return Err(Unprintable { text: text.to_owned(), characters, obstacle });
        }
    }
    Ok(())
}

/// Greek and Cyrillic letters that look like Latin ones (UTS #39, confusables), capitals and others.
const LOOK_LATIN: &str = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοАВЕЅІЈКМНОРСТУХЬаеорсухѕіјһԁ";

/// Whether a letter is Greek or Cyrillic. Ω stands in units, and looks like no Latin letter.
fn is_strange(c: char) -> bool {
    let is_greek = matches!(c, '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}');
    c != '\u{3a9}' && is_greek || matches!(c, '\u{400}'..='\u{52f}' | '\u{1c80}'..='\u{1c8f}')
}

/// Greek and Cyrillic letters that pass for Latin ones.
fn strangers(text: &str) -> impl Iterator<Item = char> {
    let is_latin = |c: char| c.is_alphabetic() && !is_strange(c);
    let has_latin = text.chars().any(is_latin);
    let words = text.split(|c: char| !c.is_alphabetic());
    let passing = words.filter(move |word| {
        word.chars().any(is_latin) || has_latin && word.chars().all(|c| LOOK_LATIN.contains(c))
    });
    passing.flat_map(move |word| word.chars().filter(move |c| is_strange(*c)))
}

/// Checks that each of some texts can be printed.
///
/// # Errors
/// [`Unprintable`], at the first that cannot.
pub fn check_all<'a>(texts: impl IntoIterator<Item = &'a String>) -> Result<(), Unprintable> {
    texts.into_iter().try_for_each(|text| check(text))
}

/// Whether a font can set a character by itself: it is of the basic plane, the only one that the codes in
/// our files reach, and no mark on another letter.
#[must_use]
pub fn has(face: &Face<'_>, character: char) -> bool {
    let is_reached = u16::try_from(u32::from(character)).is_ok()
        && !matches!(character, '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{2064}');
    let glyph = face.glyph_index(character).filter(|_| is_reached);
    glyph.and_then(|glyph| face.glyph_hor_advance(glyph)).is_some_and(|advance| advance > 0)
}

/// A text in pieces that are each set in one font: those that `face` has, and those that it lacks (`true`).
pub fn runs<'t>(face: &Face<'_>, text: &'t str) -> impl Iterator<Item = (bool, &'t str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let is_lacking = !has(face, rest.chars().next()?);
        let end = rest.find(|c| has(face, c) == is_lacking).unwrap_or(rest.len());
        let (run, after) = rest.split_at_checked(end)?;
        rest = after;
        Some((is_lacking, run))
    })
}

/// The text as it is printed: for what fonts lack, what looks like it and means the same.
#[must_use]
pub fn printed(text: &str) -> String {
    let mut printed = String::with_capacity(text.len());
    for character in text.chars() {
        match look_alike(character) {
            Some(other) => printed.push_str(other),
            None => printed.push(plain_form(character)),
        }
    }
    printed
}

/// Several letters, or another one, for a character.
fn look_alike(character: char) -> Option<&'static str> {
    Some(match character {
        '\u{2010}' | '\u{2011}' | '\u{2043}' | '\u{fe63}' | '\u{ff0d}' => "-",
        '\u{2012}' | '\u{fe58}' => "–",
        '\u{2015}' => "—",
        '\n'
        | '\r'
        | '\t'
        | '\u{a0}'
        | '\u{2000}'..='\u{200a}'
        | '\u{202f}'
        | '\u{205f}'
        | '\u{3000}' => " ",
        'ʼ' | '′' | 'ʹ' => "’",
        '‛' => "‘",
        '″' => "”",
        '‟' => "“",
        '‧' | '⋅' | '∙' => "·",
        '№' => "No",
        '℃' => "°C",
        '℉' => "°F",
        '₫' | 'ɖ' => "đ",
        'Ɖ' => "Đ",
        'ℓ' => "l",
        'μ' => "µ",
        'Ⅰ' => "I",
        'Ⅱ' => "II",
        'Ⅲ' => "III",
        'Ⅳ' => "IV",
        'Ⅴ' => "V",
        'Ⅵ' => "VI",
        'Ⅶ' => "VII",
        'Ⅷ' => "VIII",
        'Ⅸ' => "IX",
        'Ⅹ' => "X",
        'Ⅺ' => "XI",
        'Ⅻ' => "XII",
        'ⅰ' => "i",
        'ⅱ' => "ii",
        'ⅲ' => "iii",
        'ⅳ' => "iv",
        'ⅴ' => "v",
        'ⅵ' => "vi",
        'ⅶ' => "vii",
        'ⅷ' => "viii",
        'ⅸ' => "ix",
        'ⅹ' => "x",
        'ⅺ' => "xi",
        'ⅻ' => "xii",
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        '㎎' => "mg",
        '㎏' => "kg",
        '㎖' => "ml",
        '㎗' => "dl",
        '㎜' => "mm",
        '㎝' => "cm",
        '㎡' => "m²",
        '㎥' => "m³",
        '㏄' => "cc",
        _ => return None,
    })
}

/// Subscript digits on the line, and full-width letters as others are.
fn plain_form(character: char) -> char {
    let shifted = |from: u32, to: u32| {
        let code = u32::from(character).wrapping_sub(from).wrapping_add(to);
        char::from_u32(code).unwrap_or(character)
    };
    match character {
        '₀'..='₉' => shifted(0x2080, 0x30),
        '！'..='～' => shifted(0xff01, 0x21),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_vietnamese_letter_can_be_printed() {
        let letters = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ";
        check(letters).unwrap();
        check(&letters.to_uppercase()).unwrap();
        check("0123456789 .,;:!?()[]/\\&%+-–—“”‘’'\"°²³½¼¾×÷±≤≥€§•…·™®©_@#*=<>^~|{}").unwrap();
    }

    #[test]
    fn what_looks_alike_is_printed_for_what_fonts_lack() {
        for (text, right) in [
            ("Hà\u{2011}Nội", "Hà-Nội"),
            ("Sữa A₂", "Sữa A2"),
            ("500\u{202f}㎏, 10 ㎡", "500 kg, 10 m²"),
            ("Ủ 5 ℃, № 5, 2.000 ₫", "Ủ 5 °C, No 5, 2.000 đ"),
            ("ＨＴＸ １", "HTX 1"),
            ("Trà “Sen” ½ m²", "Trà “Sen” ½ m²"),
            ("Mật ong Ⅱ, loại Ⅳ", "Mật ong II, loại IV"),
            ("5 k\u{3a9}, 3 \u{3bc}m", "5 k\u{3a9}, 3 \u{b5}m"),
        ] {
            assert_eq!(printed(text), right);
            check(text).unwrap();
        }
    }

    #[test]
    fn what_no_font_has_is_named() {
        let unprintable = |text: &str| check(text).unwrap_err().characters;
        assert_eq!(unprintable("Cà phê ☕ mẫu ☕"), ['☕']);
        assert_eq!(unprintable("Trà 茶"), ['茶']);
        assert_eq!(unprintable("Mật ong 🍯"), ['🍯']);
        assert_eq!(unprintable("Trà x\u{302}"), ['\u{302}']);
        assert_eq!(unprintable("Chà là تمر"), ['ت', 'ر', 'م']);
        assert_eq!(unprintable("Trà\u{200b}"), ['\u{200b}']);
        assert_eq!(unprintable("Trà\u{2028}sen"), ['\u{2028}']);
        let told = check("Trà 茶").unwrap_err().to_string();
        assert_eq!(told, "no font prints “茶” (U+8336) of “Trà 茶”: write it without");
    }

    #[test]
    fn what_only_the_fallback_has_can_be_printed() {
        for text in
            ["Мёд липовый", "Trà мёд", "Ω-3 và α-linolenic", "Ελιά", "Đường ⅓", "Ca⁴⁺", "Ǎ Ẅ"]
        {
            check(text).unwrap();
        }
    }

    #[test]
    fn letters_that_pass_for_latin_ones_within_a_word_are_named() {
        for (text, right) in
            [("Сà phê", 'С'), ("Trà Ѕen", 'Ѕ'), ("Νem chua", 'Ν'), ("HTΧ", 'Χ'), ("Vitamin С", 'С')]
        {
            let why = check(text).unwrap_err();
            assert_eq!((why.obstacle, &*why.characters), (Obstacle::Mixed, &[right][..]));
        }
        let told = check("Сà phê").unwrap_err().to_string();
        let right = "“С” (U+0421) in “Сà phê” only looks Latin: type that word again";
        assert_eq!(told, right);
    }

    #[test]
    fn a_text_is_cut_where_its_font_ends() {
        let face = Face::parse(STRONG, 0).unwrap();
        let of = |text| runs(&face, text).collect::<Vec<_>>();
        assert_eq!(of("Trà sen"), [(false, "Trà sen")]);
        assert_eq!(of("Ω-3 мёд"), [(false, "Ω-3 "), (true, "мёд")]);
        assert_eq!(of(""), []);
    }

    #[test]
    fn every_look_alike_can_be_printed() {
        for character in ('\u{20}'..='\u{ffff}').filter(|c| !c.is_control()) {
            let printed = printed(&character.to_string());
            if printed != character.to_string() {
                check(&printed).unwrap_or_else(|why| panic!("{character:?}: {why}"));
            }
        }
    }
}
