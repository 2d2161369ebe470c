//! Which words can be Vietnamese: a beginning, a rhyme and a tone as the spelling allows them.

use unicode_normalization::UnicodeNormalization;

/// Beginnings, the longer first.
const BEGINNINGS: [&str; 28] = [
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g",
    "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
];

/// Rhymes without their tone.
const RHYMES: &str = "\
    a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây \
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in \
    inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe \
    oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc \
    uê uêch uên uênh uêt ui um un ung uôc uôi uôm uôn uông uôt uơ uơn up ut uy uya uych uyên uyêt uynh uyt uyu uyn ư ưa \
    ưc ươc ươi ươm ươn ương ươp ươt ươu ưi ưng ưt ưu y yêm yên yêng yêt yêu ym yn yt";

const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];
/// Sắc and nặng: the tones of rhymes that end in a stop.
const TONES_OF_STOPS: [char; 2] = ['\u{301}', '\u{323}'];

/// Whether a word can be a Vietnamese syllable, whatever its case.
pub(super) fn is_syllable(word: &str) -> bool {
    let lower = word.to_lowercase();
    let mut tones = lower.nfd().filter(|c| TONES.contains(c));
    let (tone, none) = (tones.next(), tones.next());
    let plain: String = lower.nfd().filter(|c| !TONES.contains(c)).nfc().collect();
    none.is_none() && BEGINNINGS.iter().any(|beginning| is_spelt(beginning, &plain, tone))
}

fn is_spelt(beginning: &str, word: &str, tone: Option<char>) -> bool {
    let Some(rhyme) = word.strip_prefix(beginning) else { return false };
    let Some(first) = rhyme.chars().next() else { return false };
    let is_front = matches!(first, 'e' | 'ê' | 'i' | 'y');
    let may_follow = match beginning {
        "k" | "gh" | "ngh" => is_front,
        "c" | "ng" => !is_front,
        "g" => !is_front || first == 'i',
        _ => true,
    };
    let is_stop = rhyme.ends_with(['c', 'p', 't']) || rhyme.ends_with("ch");
    let has_tone = !is_stop || tone.is_some_and(|tone| TONES_OF_STOPS.contains(&tone));
    may_follow && has_tone && RHYMES.split_whitespace().any(|known| known == rhyme)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_everyday_are_syllables_and_others_are_not() {
        let words = "Đồi Mẫu chè kẹo lạc gừng thôn xã Hà Nội quýt giò nghệ khoai rượu nếp \
            chuối Thuỷ thúy hoà hòa khuyết nguyễn giếng gì gìn quốc oản ếch yến ý ngoẹo huỳnh xoong";
        for word in words.split_whitespace() {
            assert!(is_syllable(word), "{word}");
        }
        for word in ["méu", "§åi", "kñeo", "Señor", "plông", "Đắk", "kôn", "café", "mẫt", "", "htx"]
        {
            assert!(!is_syllable(word), "{word}");
        }
    }
}
