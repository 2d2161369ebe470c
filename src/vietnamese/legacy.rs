//! Text from before Unicode, or read in another encoding than it was written in: recognised, so that
//! nobody prints it.

use encoding_rs::{WINDOWS_1252, WINDOWS_1258};
use unicode_normalization::UnicodeNormalization;

use super::syllable::is_syllable;

/// What a text was written in, though it was read as something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// TCVN 5712:1993 VN3, of the `.Vn` fonts (ABC).
    Tcvn3,
    /// VNI Windows, of the `VNI-` fonts.
    Vni,
    /// Windows-1258.
    Windows1258,
    /// UTF-8, read as if it were Windows-1252.
    Utf8,
}

impl Encoding {
    /// The name that people know it by.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Tcvn3 => "TCVN3 (ABC)",
            Self::Vni => "VNI",
            Self::Windows1258 => "Windows-1258",
            Self::Utf8 => "UTF-8",
        }
    }
}

/// Letters of TCVN3 as they look when read as Windows-1252, and what they are.
const TCVN3: &str = "\
    µà¸á¶ả·ã¹ạ¨ă»ằ¾ắ¼ẳ½ẵÆặ©âÇầÊấÈẩÉẫËậ®đÌèÐéÎẻÏẽÑẹªêÒềÕếÓểÔễÖệ×ìÝíØỉÜĩÞịßòãóáỏâõäọ«ôåồèốæổçỗéộ\
    ¬ơêờíớëởìỡîợïùóúñủòũôụ\u{ad}ưõừøứöử÷ữùựúỳýýûỷüỹþỵ¡Ă¢Â§Đ£Ê¤Ô¥Ơ¦Ư";

/// What a text was written in, where it surely was not written as it reads now.
#[must_use]
pub fn garbled(text: &str) -> Option<Encoding> {
    if text.is_ascii() {
        return None;
    }
    if has_left_pairs(text) || is_utf8_within(text) {
        return Some(Encoding::Utf8);
    }
    let mut found = Hits::default();
    for word in words(text) {
        if word.chars().any(|c| c > '\u{ff}') && is_syllable(word) {
            // One real letter of Vietnamese: the text is what it looks like, but for letters that only
            // part of the old encodings has.
            return half_read(text);
        }
        found.add(word);
    }
    found.most().or_else(|| half_read(text))
}

/// Whether a text that may be what it looks like could as well be of an encoding: for those that stand
/// beside texts which are.
#[must_use]
pub fn may_be(text: &str, encoding: Encoding) -> bool {
    let reading: Reading = match encoding {
        Encoding::Tcvn3 => tcvn3,
        Encoding::Vni => vni,
        Encoding::Windows1258 => {
            return words(text).any(|word| other_half(word).is_some_and(|it| is_syllable(&it)));
        }
        Encoding::Utf8 => return false,
    };
    let mut old = words(text).filter(|word| !word.is_ascii()).peekable();
    old.peek().is_some() && old.all(|word| reading(word).is_some_and(|it| is_syllable(&it)))
}

/// Windows-1258 read as Windows-1252 and then put right in part: `týõi` for `tươi`.
fn half_read(text: &str) -> Option<Encoding> {
    let is_half = |word: &str| {
        let is_word = is_syllable(&word.replace(['Ð', 'ð'], "đ"));
        !is_word && other_half(word).is_some_and(|it| is_syllable(&it))
    };
    words(text).any(is_half).then_some(Encoding::Windows1258)
}

/// A word with the letters that Windows-1258 has in the place of others; `None` where it has none.
fn other_half(word: &str) -> Option<String> {
    let letter = |c: char| match c {
        'ý' => 'ư',
        'õ' => 'ơ',
        'ã' => 'ă',
        'Ý' => 'Ư',
        'Õ' => 'Ơ',
        'Ã' => 'Ă',
        'ð' => 'đ',
        'Ð' => 'Đ',
        c => c,
    };
    let read: String = word.chars().map(letter).collect();
    (read != word.replace('ð', "đ").replace('Ð', "Đ")).then_some(read)
}

/// What the bytes of a text file are written in, where its words tell.
#[must_use]
pub fn encoding_of(bytes: &[u8]) -> Option<Encoding> {
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    let mut found = Hits::default();
    words(&text).for_each(|word| found.add(word));
    found.most()
}

/// Whether letters were lost on the way: `H? N?i`.
#[must_use]
pub fn has_lost_letters(text: &str) -> bool {
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        let before_letter = letters.peek().is_some_and(|next| next.is_alphabetic());
        if c == char::REPLACEMENT_CHARACTER || c == '?' && before_letter {
            return true;
        }
    }
    false
}

/// Whether a text has what UTF-8 of Vietnamese looks like in Windows-1252: a letter and then what is no
/// letter and not of ASCII, `Ä‘` or `á»‘`.
fn has_left_pairs(text: &str) -> bool {
    let is_left = |c: char| !c.is_ascii() && (!c.is_alphabetic() || c == 'ƒ');
    let letters: Vec<char> = text.chars().collect();
    letters.windows(3).any(|it| matches!(*it, ['á', '»' | 'º', third] if !third.is_ascii()))
        || letters
            .windows(2)
            .any(|it| matches!(*it, ['Ã' | 'Ä' | 'Å' | 'Æ', second] if is_left(second)))
}

fn is_utf8_within(text: &str) -> bool {
    let (bytes, _, has_others) = WINDOWS_1252.encode(text);
    !has_others && !bytes.is_ascii() && str::from_utf8(&bytes).is_ok()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || c.is_ascii_punctuation() || c.is_ascii_digit())
}

/// Reads a word as one of an encoding.
type Reading = fn(&str) -> Option<String>;

/// How many words are Vietnamese only in an encoding.
#[derive(Default)]
struct Hits([(usize, Option<Encoding>); 3]);

impl Hits {
    fn add(&mut self, word: &str) {
        let is_candidate = !word.is_ascii() && word.bytes().any(|b| b.is_ascii_alphabetic());
        if !is_candidate || is_syllable(&word.replace(['Ð', 'ð'], "đ")) {
            return;
        }
        let read: [(Encoding, Reading); 3] =
            [(Encoding::Tcvn3, tcvn3), (Encoding::Vni, vni), (Encoding::Windows1258, windows1258)];
        for (hits, (encoding, read)) in self.0.iter_mut().zip(read) {
            if read(word).is_some_and(|word| is_syllable(&word)) {
                *hits = (hits.0 + 1, Some(encoding));
            }
        }
    }

    /// The first of equals.
    fn most(self) -> Option<Encoding> {
        self.0.into_iter().rev().max_by_key(|(hits, _)| *hits).and_then(|(_, encoding)| encoding)
    }
}

fn tcvn3(word: &str) -> Option<String> {
    let read = |c: char| {
        let mut pairs = TCVN3.chars().zip(TCVN3.chars().skip(1)).step_by(2);
        if c.is_ascii() { Some(c) } else { pairs.find(|(old, _)| *old == c).map(|(_, new)| new) }
    };
    word.chars().map(read).collect()
}

/// VNI writes a vowel and then its marks as letters of their own: `Noäi` is Nội.
fn vni(word: &str) -> Option<String> {
    let mut read = String::new();
    let mut last = ' ';
    for c in word.to_lowercase().chars() {
        match vni_mark(last, c) {
            Some(marks) => read.push_str(marks),
            None if c.is_ascii() => read.push(c),
            None => read.push(vni_letter(c)?),
        }
        last = c;
    }
    Some(read.nfc().collect())
}

fn vni_mark(vowel: char, mark: char) -> Option<&'static str> {
    let is_round = matches!(vowel, 'a' | 'e' | 'o');
    match mark {
        'ù' if matches!(vowel, 'a' | 'e' | 'o' | 'u' | 'y' | 'ô' | 'ö') => Some("\u{301}"),
        'ø' => Some("\u{300}"),
        'û' => Some("\u{309}"),
        'õ' => Some("\u{303}"),
        'ï' => Some("\u{323}"),
        'â' if is_round => Some("\u{302}"),
        'á' if is_round => Some("\u{302}\u{301}"),
        'à' if is_round => Some("\u{302}\u{300}"),
        'å' if is_round => Some("\u{302}\u{309}"),
        'ã' if is_round => Some("\u{302}\u{303}"),
        'ä' if is_round => Some("\u{302}\u{323}"),
        'ê' if vowel == 'a' => Some("\u{306}"),
        'é' if vowel == 'a' => Some("\u{306}\u{301}"),
        'è' if vowel == 'a' => Some("\u{306}\u{300}"),
        'ú' if vowel == 'a' => Some("\u{306}\u{309}"),
        'ü' if vowel == 'a' => Some("\u{306}\u{303}"),
        'ë' if vowel == 'a' => Some("\u{306}\u{323}"),
        _ => None,
    }
}

fn vni_letter(c: char) -> Option<char> {
    match c {
        'ñ' => Some('đ'),
        'ô' => Some('ơ'),
        'ö' => Some('ư'),
        'æ' => Some('ỉ'),
        'ó' => Some('ĩ'),
        'ò' => Some('ị'),
        'î' => Some('ỵ'),
        'í' | 'ì' => Some(c),
        _ => None,
    }
}

fn windows1258(word: &str) -> Option<String> {
    let (bytes, _, has_others) = WINDOWS_1252.encode(word);
    let (text, _) = WINDOWS_1258.decode_without_bom_handling(&bytes);
    (!has_others).then(|| text.nfc().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_old_fonts_is_recognised() {
        for text in ["HTX MÉu §åi ChÌ", "Th«n MÉu, x· MÉu, Hµ Néi", "KÑo l¹c gõng", "Tªn s¶n phÈm"]
        {
            assert_eq!(garbled(text), Some(Encoding::Tcvn3), "{text}");
        }
        for text in ["HTX Ñoài Maãu", "Xaõ Maãu, Haø Noäi", "Traø xanh ñoài choø", "BAÙNH CHÖNG"]
        {
            assert_eq!(garbled(text), Some(Encoding::Vni), "{text}");
        }
        assert_eq!(garbled("Gô\u{ec}m Ðô\u{cc}i Mâ\u{de}u"), Some(Encoding::Windows1258));
    }

    #[test]
    fn letters_that_were_put_right_in_part_are_recognised() {
        for text in [
            "Sữa týõi thanh trùng",
            "Bộ bát gốm sứ rồng phýợng",
            "Túi vải cýờm",
            "bột gạo lýt týõi",
        ] {
            assert_eq!(garbled(text), Some(Encoding::Windows1258), "{text}");
        }
        for text in ["Hộp sõn mài gắn trai", "Chãn bông"] {
            assert!(garbled(text).is_none() && may_be(text, Encoding::Windows1258), "{text}");
        }
        for text in ["Bét gõng", "BÝ xanh", "NÊm linh chi ®á"] {
            assert!(may_be(text, Encoding::Tcvn3), "{text}");
        }
        assert!(!may_be("Gốm sứ", Encoding::Tcvn3) && !may_be("Rau", Encoding::Tcvn3));
    }

    #[test]
    fn utf8_that_was_read_as_something_else_is_recognised() {
        for text in ["Gốm sứ", "Bánh", "Đậu phụ", "đường", "HTX Hà Nội", "Chè ủ"]
        {
            let (read, _) = WINDOWS_1252.decode_without_bom_handling(text.as_bytes());
            assert_eq!(garbled(&read), Some(Encoding::Utf8), "{read}");
        }
    }

    #[test]
    fn names_that_are_right_are_left_alone() {
        let right = [
            "Gốm sứ",
            "Bánh mì",
            "Cà phê Señor",
            "Crème brûlée",
            "Café Münster",
            "H'Mông",
            "Kôn Plông",
            "Sôcôla",
            "Trà ô long",
            "25°C",
            "½ lít",
            "m²",
            "Sữa 100 % №5 ™®©",
            "Ðồng Mẫu",
            "Ðông Anh",
            "«Ngon»",
            "«Lá»",
            "Pâté",
            "Açaí",
            "Xê Đăng",
            "Đắk Lắk",
            "HÀ NAM",
            "Côte d'Or",
            "piña colada",
        ];
        for text in right {
            assert_eq!(garbled(text), None, "{text}");
            assert!(!has_lost_letters(text), "{text}");
        }
    }

    #[test]
    fn lost_letters_are_seen() {
        assert!(
            has_lost_letters("H? N?i")
                && has_lost_letters("?ông")
                && has_lost_letters("G\u{fffd}m")
        );
        assert!(!has_lost_letters("Ngon không?") && !has_lost_letters("Ngon? Rẻ?"));
    }

    #[test]
    fn the_encoding_of_a_file_is_told_by_its_words() {
        let latin =
            |text: &str| text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        let bytes: [(Vec<u8>, Encoding); 3] = [
            (latin("Tªn s¶n phÈm;HTX §åi ChÌ"), Encoding::Tcvn3),
            (latin("Teân saûn phaåm;HTX Ñoài"), Encoding::Vni),
            (WINDOWS_1258.encode("Tên").0.into_owned(), Encoding::Windows1258),
        ];
        for (bytes, encoding) in bytes.iter().take(2) {
            assert_eq!(encoding_of(bytes), Some(*encoding));
        }
        let real = b"T\xean s\xe2\xd2n ph\xe2\xd2m; \xd0\xf4\xcci".to_vec();
        assert_eq!(encoding_of(&real), Some(Encoding::Windows1258));
    }
}
