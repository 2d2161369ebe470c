//! What a number looks like in its format, as a spreadsheet set to Vietnamese shows it.

use chrono::Datelike;

use crate::domain::calendar::Day;

/// Beyond this a spreadsheet holds no number digit by digit.
const EXACT: f64 = 1e15;
/// Digits after the point that General shows.
const GENERAL_DECIMALS: usize = 9;
/// Most digits after the point that a format can ask for.
const DECIMALS_MAX: usize = 15;

/// What a number looks like; `None` where its format shows something else than its value, or in a
/// way that is not told here.
pub(super) fn number(value: f64, code: &str) -> Option<String> {
    if !value.is_finite() || value.abs() >= EXACT {
        return None;
    }
    let sections = sections(code);
    let (section, value) = match sections.as_slice() {
        [_, negative, ..] if value < 0.0 => (negative, value.abs()),
        [_, _, zero, ..] if value == 0.0 => (zero, value),
        [first, ..] => (first, value),
        [] => return None,
    };
    let tokens = tokens(section)?;
    if tokens.contains(&Token::General) {
        let said = tokens.iter().map(|token| match token {
            Token::General => general(value),
            Token::Literal(text) => Some(text.clone()),
            _ => None,
        });
        return said.collect();
    }
    formatted(value, &tokens)
}

/// What a text looks like; `None` where its format does not show it.
pub(super) fn text(text: &str, code: &str) -> Option<String> {
    let sections = sections(code);
    let section = match sections.as_slice() {
        [_, _, _, of_text, ..] => of_text,
        [.., last] if without_literals(last).contains('@') => last,
        _ => return Some(text.to_owned()),
    };
    let tokens = tokens(section)?;
    let is_shown = tokens.contains(&Token::General);
    let said = tokens.into_iter().map(|token| match token {
        Token::General => Some(text.to_owned()),
        Token::Literal(text) => Some(text),
        _ => None,
    });
    said.collect::<Option<String>>().filter(|_| is_shown)
}

/// Whether a date shows its day, its month and its year, and not the month where people read the day.
pub(super) fn is_clear_date(day: Day, code: &str, builtin: Option<u32>) -> bool {
    // These are shown as the machine is set, day first in Việt Nam.
    if matches!(builtin, Some(14 | 22)) {
        return true;
    }
    let first = sections(code).into_iter().next().unwrap_or_default();
    if is_white(&first) {
        return false;
    }
    let plain = without_literals(&first).to_lowercase();
    // Formats of other languages that have no code of their own show whole dates.
    if plain.is_empty() || plain == "general" {
        return true;
    }
    let (d, m, y) = (day_of_month(&plain), plain.find('m'), plain.find('y'));
    let (Some(d), Some(m), Some(y)) = (d, m, y) else { return false };
    let in_words = plain.contains("mmm");
    let is_year_first = y < d && y < m;
    (m < d) == is_year_first || in_words || day.day() > 12 || day.day() == day.month()
}

/// Where a format has the day of the month: `ddd` and `dddd` are days of the week.
fn day_of_month(plain: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let rest = plain.get(from..)?;
        let at = from + rest.find('d')?;
        let length = plain.get(at..)?.bytes().take_while(|b| *b == b'd').count();
        if length <= 2 {
            return Some(at);
        }
        from = at + length;
    }
}

/// Whether a format shows anything of a date.
pub(super) fn is_date(code: &str) -> bool {
    let first = sections(code).into_iter().next().unwrap_or_default();
    without_literals(&first).to_lowercase().contains(['d', 'm', 'y'])
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Literal(String),
    /// `0`, `#` or `?`.
    Digit(char),
    Point,
    Comma,
    Percent,
    General,
}

/// The parts of a format for positive numbers, negative ones, zero and text.
fn sections(code: &str) -> Vec<String> {
    let (mut all, mut quoted, mut escaped) = (vec![String::new()], false, false);
    for c in code.chars() {
        if c == ';' && !quoted && !escaped {
            all.push(String::new());
            continue;
        }
        quoted ^= c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        if let Some(last) = all.last_mut() {
            last.push(c);
        }
    }
    all
}

fn without_literals(section: &str) -> String {
    let (mut plain, mut chars) = (String::new(), section.chars());
    while let Some(c) = chars.next() {
        match c {
            '"' => _ = chars.by_ref().take_while(|c| *c != '"').count(),
            '[' => _ = chars.by_ref().take_while(|c| *c != ']').count(),
            '\\' | '_' | '*' => _ = chars.next(),
            c => plain.push(c),
        }
    }
    plain
}

fn tokens(section: &str) -> Option<Vec<Token>> {
    let (mut tokens, mut rest) = (Vec::new(), section);
    while let Some(c) = rest.chars().next() {
        let general = rest.get(..7).is_some_and(|word| word.eq_ignore_ascii_case("general"));
        if general {
            tokens.push(Token::General);
            rest = rest.get(7..)?;
            continue;
        }
        rest = rest.get(c.len_utf8()..)?;
        match c {
            '0' | '#' | '?' => tokens.push(Token::Digit(c)),
            '.' => tokens.push(Token::Point),
            ',' => tokens.push(Token::Comma),
            '%' => tokens.push(Token::Percent),
            '@' => tokens.push(Token::General),
            '"' => {
                let (text, behind) = rest.split_once('"')?;
                tokens.push(Token::Literal(text.to_owned()));
                rest = behind;
            }
            '[' => {
                let (inside, behind) = rest.split_once(']')?;
                tokens.extend(bracketed(inside)?);
                rest = behind;
            }
            '\\' | '_' | '*' => {
                let next = rest.chars().next()?;
                let text = if c == '\\' { next.to_string() } else { String::new() };
                tokens.push(Token::Literal(text));
                rest = rest.get(next.len_utf8()..)?;
            }
            // Fractions, powers, dates.
            '/' | 'E' | 'e' | 'd' | 'm' | 'y' | 'h' | 's' | 'D' | 'M' | 'Y' | 'H' | 'S' => {
                return None;
            }
            c => tokens.push(Token::Literal(c.to_string())),
        }
    }
    Some(tokens)
}

/// Whether a section writes in white, which is also the second colour of the palette.
fn is_white(section: &str) -> bool {
    let section = section.to_ascii_lowercase().replace(' ', "");
    ["[white]", "[color2]"].into_iter().any(|white| section.contains(white))
}

/// Colours but white say nothing, currencies say what they are; conditions are not told here.
#[expect(clippy::option_option, reason = "what shows nothing is not what is not understood")]
fn bracketed(inside: &str) -> Option<Option<Token>> {
    if let Some(currency) = inside.strip_prefix('$') {
        let sign = currency.split('-').next().unwrap_or_default();
        return Some(Some(Token::Literal(sign.to_owned())));
    }
    let is_plain = inside.chars().all(|c| c.is_alphanumeric() || c == ' ');
    (is_plain && !is_white(&format!("[{inside}]"))).then_some(None)
}

fn general(value: f64) -> Option<String> {
    let shown = decimal(value, GENERAL_DECIMALS)?;
    let shown = if shown.contains('.') {
        shown.trim_end_matches('0').trim_end_matches('.')
    } else {
        &shown
    };
    Some(shown.replace('.', ","))
}

/// A number with so many decimals; `None` where they do not say all of it.
fn decimal(value: f64, decimals: usize) -> Option<String> {
    let shown = format!("{value:.decimals$}");
    let said: f64 = shown.parse().ok()?;
    ((said - value).abs() <= 1e-9 * value.abs().max(1.0)).then_some(shown)
}

fn formatted(value: f64, tokens: &[Token]) -> Option<String> {
    let is_percent = tokens.contains(&Token::Percent);
    let value = if is_percent { value * 100.0 } else { value };
    let point = tokens.iter().position(|token| *token == Token::Point);
    let (whole, behind) = tokens.split_at(point.unwrap_or(tokens.len()));
    let is_digit = |token: &&Token| matches!(token, Token::Digit(_));
    let decimals = behind.iter().filter(is_digit).count();
    if decimals > DECIMALS_MAX || whole.iter().filter(is_digit).count() + decimals == 0 {
        return None;
    }
    let said = decimal(value, decimals)?;
    let (integer, fraction) = said.split_once('.').unwrap_or((&said, ""));
    let (sign, integer) = integer.strip_prefix('-').map_or(("", integer), |rest| ("-", rest));
    // A comma behind the last digit divides by a thousand.
    let last = whole.iter().rposition(|token| matches!(token, Token::Digit(_)));
    let commas = whole.iter().enumerate().filter(|(_, token)| **token == Token::Comma);
    let commas: Vec<usize> = commas.map(|(at, _)| at).collect();
    if commas.iter().any(|at| Some(*at) > last) {
        return None;
    }
    let shown =
        [sign, &in_front(integer, whole, !commas.is_empty()), &after(fraction, behind)].concat();
    Some(shown)
}

/// The whole part, from its last digit on: the first place of the format takes what is left.
fn in_front(integer: &str, tokens: &[Token], grouped: bool) -> String {
    let mut digits = integer.trim_start_matches('0').chars().rev().peekable();
    let mut places = tokens.iter().filter(|token| matches!(token, Token::Digit(_))).count();
    let (mut shown, mut count) = (Vec::new(), 0_usize);
    let mut put = |shown: &mut Vec<String>, digit: char| {
        if grouped && count > 0 && count.is_multiple_of(3) {
            shown.push(".".to_owned());
        }
        count += 1;
        shown.push(digit.to_string());
    };
    for token in tokens.iter().rev() {
        match token {
            Token::Digit(place) => {
                places -= 1;
                match digits.next() {
                    Some(digit) => put(&mut shown, digit),
                    None if *place == '0' => put(&mut shown, '0'),
                    None => {}
                }
                if places == 0 {
                    digits.by_ref().for_each(|digit| put(&mut shown, digit));
                }
            }
            Token::Literal(text) => shown.push(text.clone()),
            Token::Percent => shown.push("%".to_owned()),
            Token::Comma | Token::Point | Token::General => {}
        }
    }
    shown.into_iter().rev().collect()
}

/// What is behind the point. Zeros that `#` asks for are not shown.
fn after(fraction: &str, tokens: &[Token]) -> String {
    let places: Vec<char> = tokens
        .iter()
        .filter_map(|token| if let Token::Digit(place) = token { Some(*place) } else { None })
        .collect();
    let kept = fraction.chars().zip(&places).collect::<Vec<_>>();
    let kept = kept.iter().rposition(|(digit, place)| *digit != '0' || **place == '0');
    let mut digits = fraction.chars().take(kept.map_or(0, |at| at + 1));
    let mut shown = String::new();
    for token in tokens {
        match token {
            Token::Digit(_) => shown.extend(digits.next()),
            Token::Point if !places.is_empty() => shown.push(','),
            Token::Literal(text) => shown.push_str(text),
            Token::Percent => shown.push('%'),
            Token::Point | Token::Comma | Token::General => {}
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_are_shown() {
        let shown = [
            (4.0, "General", "4"),
            (0.5, "General", "0,5"),
            (8_938_505_974_194.0, "General", "8938505974194"),
            (109_999_998.0, "0000000000", "0109999998"),
            (109_999_998_001.0, "0000000000\\-000", "0109999998-001"),
            (12_345_678.0, "00000000000000", "00000012345678"),
            (0.5, "0.0", "0,5"),
            (4.0, "0.00", "4,00"),
            (0.04, "0%", "4%"),
            (2000.0, "#,##0", "2.000"),
            (200.0, "0\" g\"", "200 g"),
            (200.0, "General\" g\"", "200 g"),
            (1.5, "#,##0.0#\\ \"kg\"", "1,5 kg"),
            (0.1 + 0.2, "General", "0,3"),
            (3.0, "@", "3"),
            (5.0, "[Red]0", "5"),
            (1_250_000.0, "#,##0\\ [$₫-42A]", "1.250.000 ₫"),
            (-4.0, "0;(0)", "(4)"),
            (-4.0, "0", "-4"),
        ];
        for (value, code, text) in shown {
            assert_eq!(number(value, code).as_deref(), Some(text), "{value} as {code}");
        }
    }

    #[test]
    fn a_format_that_hides_or_rounds_is_not_believed() {
        let hidden = [
            (3.6, "0"),
            (0.045, "0%"),
            (4.0, ";;;"),
            (4.0, "\"năm\""),
            (8_938_505_974_194.0, "0.00E+00"),
            (0.5, "# ?/?"),
            (2000.0, "0,"),
            (1e15, "0"),
            (4.0, "[>3]0;1"),
            (f64::NAN, "0"),
        ];
        for (value, code) in hidden {
            assert_eq!(number(value, code), None, "{value} as {code}");
        }
    }

    #[test]
    fn a_date_is_clear_where_day_month_and_year_are_seen_in_order() {
        let day = Day::from_ymd_opt(2026, 4, 3).unwrap();
        let later = Day::from_ymd_opt(2026, 4, 15).unwrap();
        for code in ["dd/mm/yyyy", "d-mmm-yy", "yyyy-mm-dd", "[$-42A]dd mmmm yyyy", "mmm d, yyyy"] {
            assert!(is_clear_date(day, code, Some(164)), "{code}");
        }
        for code in ["mm/yyyy", "yyyy", "dd/mm", "hh:mm", "mm/dd/yyyy", "m/d/yy"] {
            assert!(!is_clear_date(day, code, Some(164)), "{code}");
        }
        assert!(is_clear_date(later, "mm/dd/yyyy", Some(164)));
        assert!(is_clear_date(day, "mm-dd-yy", Some(14)));
    }
}
