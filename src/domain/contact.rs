//! How people are reached: telephone numbers of Việt Nam and e-mail addresses, as they are kept.

/// Digits of a number after the 0 of a mobile telephone, and of a landline with its area.
const MOBILE_DIGITS: usize = 9;
const LANDLINE_DIGITS: usize = 10;
/// What a number may begin with after its 0: landlines with 2, mobile telephones with the others
/// (Thông tư 22/2014/TT-BTTTT; 01 ended in 2018).
const FIRST_DIGITS: [char; 6] = ['2', '3', '5', '7', '8', '9'];
/// Most characters of an e-mail address (RFC 5321).
const EMAIL_CHARS_MAX: usize = 254;

/// A telephone number in the spelling that is kept: `0912 345 678`, `024 3825 0000`, `1900 1234`. It is read
/// as people write it, with spaces, dots, hyphens and brackets, and with +84 in place of the 0. None where
/// the text is no number that can be called.
#[must_use]
pub fn phone(text: &str) -> Option<String> {
    let text = text.trim();
    let (text, is_abroad) = match text.strip_prefix('+') {
        Some(rest) => (rest, true),
        None => (text, false),
    };
    let is_written = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '(' | ')');
    if !text.chars().all(is_written) {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if is_abroad {
        // +84 (0)24 … is written too.
        let rest = digits.strip_prefix("84")?;
        return national(rest.strip_prefix('0').unwrap_or(rest));
    }
    match digits.strip_prefix('0') {
        Some(rest) => national(rest),
        None => hotline(&digits),
    }
}

/// A number after its 0.
fn national(rest: &str) -> Option<String> {
    let is_landline = rest.starts_with('2');
    let length = if is_landline { LANDLINE_DIGITS } else { MOBILE_DIGITS };
    if rest.len() != length || !rest.starts_with(FIRST_DIGITS) {
        return None;
    }
    let number = format!("0{rest}");
    // Hà Nội and Thành phố Hồ Chí Minh have areas of three digits.
    let area =
        if is_landline && !rest.starts_with("24") && !rest.starts_with("28") { 4 } else { 3 };
    if !is_landline {
        return grouped(&number, &[4, 3, 3]);
    }
    if area == 3 { grouped(&number, &[3, 4, 4]) } else { grouped(&number, &[4, 3, 4]) }
}

/// A number that is free or costs more: 1800 or 1900, with four or six digits more; or 1022, where cities
/// answer.
fn hotline(digits: &str) -> Option<String> {
    if digits == "1022" {
        return Some(digits.to_owned());
    }
    let is_hotline = digits.starts_with("1800") || digits.starts_with("1900");
    match digits.len() {
        8 if is_hotline => grouped(digits, &[4, 4]),
        10 if is_hotline => grouped(digits, &[4, 3, 3]),
        _ => None,
    }
}

fn grouped(digits: &str, lengths: &[usize]) -> Option<String> {
    let mut rest = digits;
    let mut groups = Vec::new();
    for length in lengths {
        let (group, after) = rest.split_at_checked(*length)?;
        groups.push(group);
        rest = after;
    }
    Some(groups.join(" "))
}

/// Whether a text can be an e-mail address: a name at a domain.
#[must_use]
pub fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.split_once('@') else { return false };
    let is_name = |part: &str| {
        let is_used = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
        !part.is_empty() && part.chars().all(is_used)
    };
    let is_label = |part: &str| {
        let is_used = |c: char| c.is_ascii_alphanumeric() || c == '-';
        !part.is_empty()
            && part.chars().all(is_used)
            && !part.starts_with('-')
            && !part.ends_with('-')
    };
    let is_top = |part: &str| part.len() > 1 && part.chars().all(|c| c.is_ascii_alphabetic());
    let is_top = |part: &str| is_top(part) || part.starts_with("xn--");
    text.len() <= EMAIL_CHARS_MAX
        && name.split('.').all(is_name)
        && domain.split('.').all(is_label)
        && domain.rsplit_once('.').is_some_and(|(_, top)| is_top(top))
}

/// How somebody can be reached, in the spelling that is kept: a telephone number, of another country with
/// its + too, or an e-mail address. None where nobody could be reached so.
#[must_use]
pub fn reach(text: &str) -> Option<String> {
    let text = text.trim();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let is_written = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '(' | ')');
    let is_abroad = text.strip_prefix('+').is_some_and(|rest| {
        !rest.starts_with("84") && (8..=15).contains(&digits) && rest.chars().all(is_written)
    });
    phone(text).or_else(|| (is_abroad || is_email(text)).then(|| text.to_owned()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn telephone_numbers_are_kept_in_one_spelling_however_they_are_written() {
        for (written, kept) in [
            ("0912.345.678", "0912 345 678"),
            ("+84 912 345 678", "0912 345 678"),
            ("+84912345678", "0912 345 678"),
            ("(024) 38250000", "024 3825 0000"),
            ("+84 (0)24 3825 0000", "024 3825 0000"),
            ("0203-123-4567", "0203 123 4567"),
            (" 1900 1234 ", "1900 1234"),
            ("1800.599.920", "1800 599 920"),
            ("1022", "1022"),
        ] {
            assert_eq!(phone(written).as_deref(), Some(kept), "{written}");
        }
    }

    #[test]
    fn what_nobody_can_call_is_no_telephone_number() {
        for text in [
            "",
            "abc",
            "12345",
            "0",
            "0912 345 67",
            "0912 345 6789",
            "0912 345 678 gặp Lan",
            "09+12345678",
            "+1 202 555 0100",
            "84912345678",
            "0000 000 000",
            "0123 456 789",
            "0412 345 678",
            "+84 612 345 678",
            "1900 12",
            "024 3825 000",
            "٠٩١٢٣٤٥٦٧٨",
            "0912\u{200B}345678",
        ] {
            assert_eq!(phone(text), None, "{text}");
        }
    }

    #[test]
    fn mail_addresses_have_a_name_at_a_domain() {
        for email in ["htx@example.vn", "lien.he+ocop@mail.example.vn", "a@xn--h-ni-hoa.xn--vn"] {
            assert!(is_email(email), "{email}");
        }
        for other in [
            "",
            "htx",
            "htx@",
            "@example.vn",
            "a b@x.vn",
            "a@b@c.vn",
            "a@vn",
            "a@.vn",
            "a@x..vn",
            ".a@x.vn",
            "a.@x.vn",
            "a..b@x.vn",
            "a@-x.vn",
            "a@x.v",
            "a@x.1",
            "<a@x.vn>",
            "á@x.vn",
        ] {
            assert!(!is_email(other), "{other}");
        }
    }

    #[test]
    fn who_leaves_a_contact_can_be_reached_by_it() {
        for contact in ["nguoi.mua@example.vn", "0912345678", "+1 202 555 0100"] {
            assert!(reach(contact).is_some(), "{contact}");
        }
        for other in ["", "cô Lan", "12345", "+84 12", "+1 202"] {
            assert_eq!(reach(other), None, "{other}");
        }
    }

    proptest! {
        #[test]
        fn the_kept_spelling_is_kept_as_it_is(text in "[+0-9 .()-]{0,16}") {
            if let Some(kept) = phone(&text) {
                prop_assert_eq!(phone(&kept), Some(kept.clone()));
            }
        }
    }
}
