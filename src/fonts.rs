//! The fonts that everything is printed with (SIL Open Font License, see `fonts/`), and what they can
//! print. A name that they cannot print must be known before any code is issued for it.

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

/// Every font: a name may be set in any of them.
pub const ALL: [&[u8]; 8] =
    [DISPLAY, TEXT, STRONG, PLAIN, MONO, OFFICIAL, OFFICIAL_BOLD, OFFICIAL_ITALIC];

/// A text that cannot be printed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no font prints {} of “{text}”: write it without", quoted(.characters))]
pub struct Unprintable {
    /// The text.
    pub text: String,
    /// What in it no font has, each once.
    pub characters: Vec<char>,
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
    let faces = || ALL.iter().filter_map(|bytes| Face::parse(bytes, 0).ok());
    let mut characters: Vec<char> = Vec::new();
    for face in faces() {
        let missing = printed.chars().filter(|&c| !has(&face, c));
        characters.extend(missing);
    }
    characters.sort_unstable();
    characters.dedup();
    if characters.is_empty() {
        return Ok(());
    }
    Err(Unprintable { text: text.to_owned(), characters })
}

/// Checks that each of some texts can be printed.
///
/// # Errors
/// [`Unprintable`], at the first that cannot.
pub fn check_all<'a>(texts: impl IntoIterator<Item = &'a String>) -> Result<(), Unprintable> {
    texts.into_iter().try_for_each(|text| check(text))
}

/// Whether a font has a character of the basic plane, the only one that the codes in our files reach.
#[must_use]
pub fn has(face: &Face<'_>, character: char) -> bool {
    u16::try_from(u32::from(character)).is_ok() && face.glyph_index(character).is_some()
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
        assert_eq!(unprintable("Ko К"), ['К']);
        let told = check("Trà 茶").unwrap_err().to_string();
        assert_eq!(told, "no font prints “茶” (U+8336) of “Trà 茶”: write it without");
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
