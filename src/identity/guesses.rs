//! How many guesses a password takes of somebody who makes them as people in Việt Nam make passwords:
//! of words and names with or without accents, as Telex and VNI leave them, joined, reversed, with
//! digits in place of letters, and a year behind. The general guesser, zxcvbn, knows none of these.
//!
//! The cheapest way is looked for in which a password is put together of parts; each part costs as
//! many powers of ten as there are parts of its kind.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::password::About;
use crate::vietnamese;

/// What passwords are made of, the most usual first.
const PHRASES: &str = include_str!("../../assets/passwords/phrases.txt");
const NAMES: &str = include_str!("../../assets/passwords/names.txt");
const SYLLABLES: &str = include_str!("../../assets/passwords/syllables.txt");

/// Powers of ten that a part costs.
const OF_ITS_PERSON: f64 = 0.3;
const NAME: f64 = 2.0;
const USUAL_SYLLABLE: f64 = 2.4;
const SYLLABLE: f64 = 3.3;
const LETTER: f64 = 1.42;
const DIGIT: f64 = 1.0;
const OTHER: f64 = 1.5;
const YEAR: f64 = 1.9;
/// What is added where it is written in another way than plainly.
const REVERSED: f64 = 0.3;
const KEYED: f64 = 0.3;
const DIGIT_FOR_LETTER: f64 = 0.5;
const ACCENT: f64 = 0.6;
const SOME_CAPITALS: f64 = 0.5;
const SIGN: f64 = 0.5;

/// The longest syllable: nghiêng.
const SYLLABLE_LETTERS_MAX: usize = 7;

#[rustfmt::skip]
const ONSETS: [&str; 28] = [
    "", "b", "c", "ch", "d", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "qu", "r", "s", "t", "th",
    "tr", "v", "x", "f",
];
#[rustfmt::skip]
const RHYMES: [&str; 121] = [
    "a", "ac", "ach", "ai", "am", "an", "ang", "anh", "ao", "ap", "at", "au", "ay", "e", "ec", "em", "en", "eng", "enh", "ech", "eo",
    "ep", "et", "eu", "i", "ia", "ich", "iec", "iem", "ien", "ieng", "iep", "iet", "ieu", "im", "in", "inh", "ip", "it", "iu", "o",
    "oa", "oac", "oach", "oai", "oam", "oan", "oang", "oanh", "oao", "oap", "oat", "oay", "oc", "oe", "oem", "oen", "oeo", "oet", "oi",
    "om", "on", "ong", "oo", "oong", "ooc", "op", "ot", "u", "ua", "uan", "uang", "uat", "uay", "uc", "ue", "uech", "uenh", "ui", "um",
    "un", "ung", "uo", "uoc", "uoi", "uom", "uon", "uong", "uop", "uot", "uou", "up", "ut", "uu", "uy", "uya", "uych", "uyen", "uyet",
    "uynh", "uyt", "uyu", "uyn", "uyp", "uym", "y", "yem", "yen", "yet", "yeu", "ynh", "ych", "yt", "ym", "yn", "uou", "ieo", "uau",
    "eou", "oeu", "yp",
];

/// What everybody's passwords are made of, with what it costs.
static WORDS: LazyLock<HashMap<String, f64>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    let of = |text: &'static str| text.lines().map(|line| line.replace(' ', ""));
    let mut put = |word: String, cost: f64| {
        let known: &mut f64 = words.entry(word).or_insert(cost);
        *known = known.min(cost);
    };
    for onset in ONSETS {
        for rhyme in RHYMES {
            put(format!("{onset}{rhyme}"), SYLLABLE);
        }
    }
    of(SYLLABLES).for_each(|word| put(word, USUAL_SYLLABLE));
    of(NAMES).for_each(|word| put(word, NAME));
    of(PHRASES).zip(0_u32..).for_each(|(word, rank)| put(word, f64::from(10 + 2 * rank).log10()));
    words
});

/// The longest part that is looked for.
static WORD_LETTERS_MAX: LazyLock<usize> =
    LazyLock::new(|| WORDS.keys().map(String::len).max().unwrap_or(SYLLABLE_LETTERS_MAX));

/// What guessing a password takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Guesses {
    /// Powers of ten.
    pub(super) orders: f64,
    /// Whether it is mostly made of what is known of its person.
    pub(super) by_person: bool,
}

/// A way to put a password together, as far as it goes.
#[derive(Clone, Copy)]
struct Way {
    orders: f64,
    /// Marks that are known of its person.
    own: usize,
}

/// The phrases that are tried first, for the general guesser.
pub(super) fn phrases() -> impl Iterator<Item = String> {
    PHRASES.lines().map(|line| line.replace(' ', ""))
}

/// What guessing a password takes of somebody who knows whose it is.
pub(super) fn guesses(password: &str, about: &About) -> Guesses {
    let marks: Vec<Mark> = password.chars().flat_map(Mark::of).collect();
    let capitals = capitals(password);
    let (plain, signs) = without_signs(&marks);
    let lettered: Vec<Mark> = marks.iter().filter_map(|mark| mark.lettered()).collect();
    let letters = marks.iter().filter(|mark| mark.plain.is_alphabetic()).count();
    let mut best = Guesses { orders: f64::INFINITY, by_person: false };
    for (marks, more) in [(plain, signs), (lettered, DIGIT_FOR_LETTER)] {
        for (marks, more) in as_keyed(marks, more) {
            let mut reversed = marks.clone();
            reversed.reverse();
            for (marks, more) in [(marks, more), (reversed, more + REVERSED)] {
                let found = cheapest(&marks, about);
                let orders = found.orders + more + capitals;
                if orders < best.orders {
                    best = Guesses { orders, by_person: found.own * 2 > letters };
                }
            }
        }
    }
    best
}

/// A letter, digit or sign of a password.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Mark {
    /// Without accent, in lower case.
    plain: char,
    has_accent: bool,
}

impl Mark {
    fn of(c: char) -> Vec<Self> {
        let folded = vietnamese::fold(&c.to_string());
        if folded.is_empty() {
            return vec![Self { plain: c, has_accent: false }];
        }
        let has_accent = !c.is_ascii();
        folded.chars().map(|plain| Self { plain, has_accent }).collect()
    }

    fn is_word(self) -> bool {
        self.plain.is_alphanumeric()
    }

    /// The letter that a sign stands for; none where it stands between words.
    fn lettered(self) -> Option<Self> {
        let plain = match self.plain {
            '@' => 'a',
            '$' => 's',
            '!' | '|' => 'i',
            '€' => 'e',
            plain if self.is_word() => plain,
            _ => return None,
        };
        Some(Self { plain, ..self })
    }
}

/// The letters and digits alone, and what the signs between them cost: those of a kind together.
fn without_signs(marks: &[Mark]) -> (Vec<Mark>, f64) {
    let mut signs: Vec<char> =
        marks.iter().filter(|mark| !mark.is_word()).map(|mark| mark.plain).collect();
    let count = signs.len();
    signs.sort_unstable();
    signs.dedup();
    let kinds = f64::from(u32::try_from(signs.len()).unwrap_or(u32::MAX));
    // Signs that are not between words but instead of them.
    let words = marks.iter().filter(|mark| mark.is_word()).count();
    let each = if count > words { count.saturating_sub(words) } else { 0 };
    let instead = f64::from(u32::try_from(each).unwrap_or(u32::MAX)) * OTHER;
    (marks.iter().copied().filter(|mark| mark.is_word()).collect(), kinds * SIGN + instead)
}

/// The same as it is, and as it reads where it was typed by Telex or VNI without them.
fn as_keyed(marks: Vec<Mark>, more: f64) -> [(Vec<Mark>, f64); 3] {
    let (telex, vni) = (telex(&marks), vni(&marks));
    [(marks, more), (telex, more + KEYED), (vni, more + KEYED)]
}

/// Without the letters that Telex takes for accents.
fn telex(marks: &[Mark]) -> Vec<Mark> {
    let mut read: Vec<Mark> = Vec::with_capacity(marks.len());
    for (mark, next) in marks.iter().zip(marks.iter().skip(1).map(Some).chain([None])) {
        let last = read.last().map(|last| last.plain);
        let begins_a_syllable = next.is_some_and(|next| is_vowel(next.plain) || next.plain == 'h');
        let is_accent = match mark.plain {
            'a' | 'e' | 'o' | 'd' => last == Some(mark.plain),
            'w' => last.is_some_and(|last| matches!(last, 'a' | 'o' | 'u')),
            'f' | 'j' | 'z' => last.is_some(),
            's' | 'r' | 'x' => last.is_some() && !begins_a_syllable,
            _ => false,
        };
        match (is_accent, mark.plain) {
            (true, _) => {}
            (false, 'w') => read.push(Mark { plain: 'u', ..*mark }),
            (false, _) => read.push(*mark),
        }
    }
    read
}

/// Without the digits that VNI takes for accents: those within words.
fn vni(marks: &[Mark]) -> Vec<Mark> {
    let is_letter = |at: Option<usize>| {
        let mark = at.and_then(|at| marks.get(at));
        mark.is_some_and(|mark| mark.plain.is_alphabetic())
    };
    let within = |at: usize, mark: &Mark| {
        let before = (0..at).rev().find(|at| is_letter(Some(*at)));
        let after = is_letter(at.checked_add(1)) || is_letter(at.checked_add(2));
        matches!(mark.plain, '1'..='9') && before.is_some_and(|before| at - before <= 2) && after
    };
    let kept = marks.iter().enumerate().filter(|(at, mark)| !within(*at, mark));
    kept.map(|(_, mark)| *mark).collect()
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// The cheapest way to put it together, part by part.
fn cheapest(marks: &[Mark], about: &About) -> Way {
    let longest = WORD_LETTERS_MAX.max(about.longest());
    let mut best = vec![Way { orders: 0.0, own: 0 }];
    for end in 1..=marks.len() {
        let mut here = Way { orders: f64::INFINITY, own: 0 };
        for begin in end.saturating_sub(longest)..end {
            let (Some(so_far), Some(part)) = (best.get(begin), marks.get(begin..end)) else {
                continue;
            };
            let Some((cost, is_own)) = cost(part, about) else { continue };
            if so_far.orders + cost < here.orders {
                let own = if is_own { part.len() } else { 0 };
                here = Way { orders: so_far.orders + cost, own: so_far.own + own };
            }
        }
        best.push(here);
    }
    best.pop().unwrap_or(Way { orders: 0.0, own: 0 })
}

/// What a part costs, and whether it is of its person; none where it is none.
fn cost(part: &[Mark], about: &About) -> Option<(f64, bool)> {
    let text: String = part.iter().map(|mark| mark.plain).collect();
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some((number(&text, about), about.has(&text)));
    }
    if let Some(run) = run(&text) {
        return Some((run, false));
    }
    let read: String = part.iter().map(|mark| letter_of(mark.plain)).collect();
    let (word, swapped) = if read == text || text.bytes().any(|it| it.is_ascii_alphabetic()) {
        let swapped = if read == text { 0.0 } else { DIGIT_FOR_LETTER };
        (read, swapped)
    } else {
        (text, 0.0)
    };
    if about.has(&word) {
        return Some((OF_ITS_PERSON + swapped, true));
    }
    let accents = if part.iter().any(|mark| mark.has_accent) { ACCENT } else { 0.0 };
    WORDS.get(&word).map(|cost| (cost + swapped + accents, false))
}

/// A letter or sign that is of no word, or the same one again and again.
fn run(text: &str) -> Option<f64> {
    let mut letters = text.chars();
    let first = letters.next()?;
    let mut times = 1_u32;
    for letter in letters {
        if letter != first {
            return None;
        }
        times += 1;
    }
    let one = if first.is_ascii_lowercase() { LETTER } else { OTHER };
    Some(one + f64::from(times).log10())
}

/// What digits cost: one, a year, a row, a day, the same again and again, or any.
fn number(digits: &str, about: &About) -> f64 {
    let count = f64::from(u32::try_from(digits.len()).unwrap_or(u32::MAX));
    let any = count * DIGIT;
    let steps: Vec<i16> = digits
        .bytes()
        .zip(digits.bytes().skip(1))
        .map(|(one, next)| i16::from(next) - i16::from(one))
        .collect();
    let is_row = digits.len() > 2
        && [-1, 0, 1].iter().any(|step| steps.iter().all(|it| it == step || *it == step * -9));
    let is_year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
    let known = match digits.len() {
        _ if about.has(digits) => OF_ITS_PERSON,
        _ if is_row => 1.0 + count.log10(),
        2 => 1.5,
        3 => 2.4,
        4 if is_year => YEAR,
        6 if is_day(digits) => 4.2,
        8 if is_day(digits) => 4.3,
        _ => any,
    };
    known.min(any)
}

/// Whether digits are a day, as ddmmyy or ddmmyyyy.
fn is_day(digits: &str) -> bool {
    let part = |from: usize| digits.get(from..from + 2).and_then(|it| it.parse::<u8>().ok());
    let century = digits.get(4..6).is_some_and(|it| matches!(it, "19" | "20"));
    matches!((part(0), part(2)), (Some(1..=31), Some(1..=12))) && (digits.len() == 6 || century)
}

/// The letter that a digit stands for in words that are made harder to read.
fn letter_of(mark: char) -> char {
    match mark {
        '0' => 'o',
        '1' => 'i',
        '3' => 'e',
        '4' => 'a',
        '5' => 's',
        '7' => 't',
        other => other,
    }
}

/// What capitals cost: little where they begin words or are all there is.
fn capitals(password: &str) -> f64 {
    let upper = password.chars().filter(|c| c.is_uppercase()).count();
    let lower = password.chars().filter(|c| c.is_lowercase()).count();
    match (upper, lower) {
        (0, _) => 0.0,
        (_, 0) => SOME_CAPITALS / 2.0,
        (upper, _) => {
            let upper = u32::try_from(upper).unwrap_or(u32::MAX);
            SOME_CAPITALS + (f64::from(upper) / 16.0).min(1.0)
        }
    }
}
