//! Dates in every form Vietnamese papers and labels use (Nghị định 37/2026/NĐ-CP, Annex III).

use chrono::{Days, NaiveDate};

use crate::domain::calendar::Day;
use crate::vietnamese::fold;

/// Years a date in this trade can lie in; others are slips of the pen.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// Spreadsheet day numbers that are taken for dates: 1955 to 2119.
const SERIALS: std::ops::RangeInclusive<u32> = 20_000..=79_999;

/// Why a text is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// In none of the known forms.
    #[error("not in a form that dates are written in")]
    Form,
    /// In a known form, but the calendar has no such day (`31/02/2025`).
    #[error("there is no such day")]
    NoSuchDay,
    /// A bare number that can be read as two different days.
    #[error("the number can be read as two different days")]
    Unclear,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    DayFirst,
    YearFirst,
}

/// The day that a text names.
///
/// Day first, with `.` `/` `-`, spaces or nothing between: `04/03/2024`, `4.3.24`, `040324`,
/// `04032024`; ISO `2024-03-04`; `ngày 4 tháng 3 năm 2024`; year first when the text says so, as
/// `260402 (năm/tháng/ngày)`, or can be nothing else, as `20240304`. Years of two digits are 20yy. A
/// label before a colon (`NSX: 020426`) and a time of day after the date are passed over.
///
/// # Errors
/// [`DateError`] when the text is in no such form, or names a day that does not exist.
pub fn read(text: &str) -> Result<Day, DateError> {
    let text = without_time(without_label(text.trim()));
    let (text, order) = split_order(text);
    let is_in_words = fold(text).split(' ').any(|word| word == "thang");
    if is_in_words { read_words(text) } else { read_figures(text, order) }
}

/// The day that a bare number in a spreadsheet cell names: a day number counted from 30/12/1899, or
/// the figures of a date whose leading zero the spreadsheet dropped.
///
/// # Errors
/// [`DateError::Unclear`] when both readings give a day, else as for [`read`].
pub fn read_number(number: u32) -> Result<Day, DateError> {
    let figures = match number {
        10_000..=999_999 => format!("{number:06}"),
        1_000_000..=99_999_999 => format!("{number:08}"),
        _ => return Err(DateError::Form),
    };
    let by_figures = read(&figures);
    match (serial_day(number), by_figures) {
        (Some(_), Ok(_)) => Err(DateError::Unclear),
        (Some(day), Err(_)) => Ok(day),
        (None, by_figures) => by_figures,
    }
}

fn serial_day(number: u32) -> Option<Day> {
    let epoch = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    SERIALS.contains(&number).then(|| epoch.checked_add_days(Days::new(number.into())))?
}

/// `NSX: 020426` is a date with a label; the colon of a time of day follows a digit.
fn without_label(text: &str) -> &str {
    match text.split_once(':') {
        Some((label, rest)) if !label.contains(|c: char| c.is_ascii_digit()) => rest.trim(),
        _ => text,
    }
}

fn without_time(text: &str) -> &str {
    match text.rsplit_once(['T', ' ']) {
        Some((date, time)) if is_time(time) => date.trim_end(),
        _ => text,
    }
}

fn is_time(text: &str) -> bool {
    text.contains(':') && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.'))
}

/// Takes off a remark in brackets about the order of the figures.
fn split_order(text: &str) -> (&str, Order) {
    let remark = text.strip_suffix(')').and_then(|text| text.rsplit_once('('));
    match remark.map(|(date, remark)| (date.trim_end(), fold(remark))) {
        Some((date, remark)) if remark == "nam thang ngay" => (date, Order::YearFirst),
        Some((date, remark)) if remark == "ngay thang nam" => (date, Order::DayFirst),
        _ => (text, Order::DayFirst),
    }
}

/// `[Hà Nội, ngày] 4 tháng 3 [năm] 2024`.
fn read_words(text: &str) -> Result<Day, DateError> {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').collect();
    let at = words.iter().position(|&word| word == "thang").ok_or(DateError::Form)?;
    let (before, after) = words.split_at(at);
    let ([day] | [.., "ngay", day]) = before else { return Err(DateError::Form) };
    match after {
        [_, month, "nam", year] | [_, month, year] => from_texts(year, month, day),
        _ => Err(DateError::Form),
    }
}

fn read_figures(text: &str, order: Order) -> Result<Day, DateError> {
    let [first, second, third] = split_figures(text, order).ok_or(DateError::Form)?;
    if order == Order::DayFirst && text.len() == 8 && is_figures(text) {
        let day_first = from_texts(third, second, first);
        return day_first.or_else(|why| read_figures(text, Order::YearFirst).map_err(|_other| why));
    }
    if order == Order::YearFirst || first.len() == 4 {
        from_texts(first, second, third)
    } else {
        from_texts(third, second, first)
    }
}

fn is_figures(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// Three groups of digits, parted by one and the same separator or by none.
fn split_figures(text: &str, order: Order) -> Option<[&str; 3]> {
    if is_figures(text) {
        let lengths = match (text.len(), order) {
            (6, _) | (8, Order::DayFirst) => (2, 4),
            (8, Order::YearFirst) => (4, 6),
            _ => return None,
        };
        return Some([
            text.get(..lengths.0)?,
            text.get(lengths.0..lengths.1)?,
            text.get(lengths.1..)?,
        ]);
    }
    let separator = ['/', '-', '.'].into_iter().find(|&c| text.contains(c)).unwrap_or(' ');
    let mut parts = text.split(separator).map(str::trim).filter(|part| !part.is_empty());
    let parts = [parts.next()?, parts.next()?, parts.next()?, parts.next().unwrap_or_default()];
    let [first, second, third, ""] = parts else { return None };
    Some([first, second, third])
}

fn from_texts(year: &str, month: &str, day: &str) -> Result<Day, DateError> {
    let number = |text: &str, lengths: &[usize]| {
        let is_number = lengths.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| text.parse::<u32>().ok()).flatten().ok_or(DateError::Form)
    };
    let century = if year.len() == 2 { 2000 } else { 0 };
    let year = i32::try_from(century + number(year, &[2, 4])?).or(Err(DateError::Form))?;
    let (month, day) = (number(month, &[1, 2])?, number(day, &[1, 2])?);
    if !YEARS.contains(&year) {
        return Err(DateError::NoSuchDay);
    }
    NaiveDate::from_ymd_opt(year, month, day).ok_or(DateError::NoSuchDay)
}

#[cfg(test)]
mod tests {
    use chrono::Datelike;
    use proptest::prelude::*;

    use super::*;

    fn day(y: i32, m: u32, d: u32) -> Day {
        Day::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn the_examples_of_the_decree_are_read() {
        assert_eq!(read("NSX: 02/04/26"), Ok(day(2026, 4, 2)));
        assert_eq!(read("HSD: 02/10/28"), Ok(day(2028, 10, 2)));
        assert_eq!(read("NSX: 020426"), Ok(day(2026, 4, 2)));
        assert_eq!(read("260402 (năm/tháng/ngày)"), Ok(day(2026, 4, 2)));
    }

    #[test]
    fn the_remark_turns_the_order_around() {
        assert_eq!(read("260402"), Ok(day(2002, 4, 26)));
        assert_eq!(read("26 04 02 (năm tháng ngày)"), Ok(day(2026, 4, 2)));
        assert_eq!(read("20260402 (năm/tháng/ngày)"), Ok(day(2026, 4, 2)));
        assert_eq!(read("02/04/2026 (ngày/tháng/năm)"), Ok(day(2026, 4, 2)));
        assert_eq!(read("20260304"), Ok(day(2026, 3, 4)));
        assert_eq!(read("20112012"), Ok(day(2012, 11, 20)));
    }

    #[test]
    fn a_time_of_day_is_passed_over() {
        assert_eq!(read("2024-03-04T00:00:00"), Ok(day(2024, 3, 4)));
        assert_eq!(read("04/03/2024 00:00:00"), Ok(day(2024, 3, 4)));
        // Midnight in Việt Nam is the day before by universal time.
        assert_eq!(read("2024-03-03T17:00:00Z"), Err(DateError::Form));
    }

    #[test]
    fn a_day_that_does_not_exist_is_told_apart_from_a_text_that_is_no_date() {
        assert_eq!(read("31/02/2025"), Err(DateError::NoSuchDay));
        assert_eq!(read("03/13/2025"), Err(DateError::NoSuchDay));
        assert_eq!(read("04/03/0024"), Err(DateError::NoSuchDay));
        for text in
            ["", "/", "04/03", "04/03/2024/1", "4/3/024", "+4/3/2024", "tháng 3", "30 tháng"]
        {
            assert_eq!(read(text), Err(DateError::Form), "{text:?}");
        }
        for text in ["năm 2024", "04032", "04-03/2024", "٠٤/٠٣/٢٠٢٤", "ngày tháng năm", "HSD:"]
        {
            assert_eq!(read(text), Err(DateError::Form), "{text:?}");
        }
    }

    #[test]
    fn a_bare_number_is_a_day_number_or_figures_without_their_zero() {
        assert_eq!(read_number(45_355), Ok(day(2024, 3, 4)));
        assert_eq!(read_number(150_324), Ok(day(2024, 3, 15)));
        assert_eq!(read_number(4_032_024), Ok(day(2024, 3, 4)));
        assert_eq!(read_number(40_324), Err(DateError::Unclear));
        assert_eq!(read_number(12), Err(DateError::Form));
        assert_eq!(read_number(2024), Err(DateError::Form));
        assert_eq!(read_number(u32::MAX), Err(DateError::Form));
    }

    proptest! {
        #[test]
        fn a_day_written_in_any_form_is_read_back(
            date in (0_i64..36_525).prop_map(|n| day(2000, 1, 1) + chrono::TimeDelta::days(n)),
            separator in prop::sample::select(vec!["/", ".", "-", " ", " / ", " - "]),
        ) {
            let (y, m, d) = (date.year(), date.month(), date.day());
            let yy = y % 100;
            let mut forms = vec![
                format!("{d:02}{separator}{m:02}{separator}{y}"),
                format!("{d}{separator}{m}{separator}{y}"),
                format!("{y}{separator}{m:02}{separator}{d:02}"),
                format!("{d:02}{m:02}{y}"),
                format!("{y}{m:02}{d:02} (năm/tháng/ngày)"),
                format!("ngày {d} tháng {m} năm {y}"),
                format!("Hà Nội, ngày {d:02} tháng {m:02} năm {y}"),
                format!("{d} tháng {m}, {y}"),
                format!("NSX: {d:02}{separator}{m:02}{separator}{y}"),
                format!("{y}-{m:02}-{d:02}T00:00:00"),
            ];
            if y < 2100 {
                forms.push(format!("{d:02}{separator}{m:02}{separator}{yy:02}"));
                forms.push(format!("{d:02}{m:02}{yy:02}"));
                forms.push(format!("{yy:02}{m:02}{d:02} (năm/tháng/ngày)"));
            }
            for form in forms {
                prop_assert_eq!(read(&form), Ok(date), "{}", form);
            }
        }

        #[test]
        fn no_text_breaks_the_reader(text in any::<String>(), figures in "[0-9./ (:)T-]{0,16}") {
            let _ = read(&text);
            if let Ok(day) = read(&figures) {
                prop_assert!(YEARS.contains(&day.year()));
            }
        }
    }
}
