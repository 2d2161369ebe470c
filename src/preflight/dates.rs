//! Dates of the information dictionary (ISO 32000-1, 7.9.4) and of XMP (ISO 8601).

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Timelike};

/// A moment; without an offset from UTC where none is given.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment {
    local: NaiveDateTime,
    offset_minutes: Option<i32>,
}

impl Moment {
    /// `D:YYYYMMDDHHmmSSOHH'mm'`, cut off anywhere after the year; without `D:`, as older programs write
    /// it, anywhere after the day.
    pub(super) fn from_pdf(text: &str) -> Option<Self> {
        let digits = match text.strip_prefix("D:") {
            Some(digits) => digits,
            None => text.get(..8).map(|_| text)?,
        };
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        let (date, zone) = digits.split_at_checked(end)?;
        let part = |from: usize, to: usize, otherwise: u32| match date.get(from..to) {
            Some(part) => part.parse().ok(),
            None => (date.len() <= from).then_some(otherwise),
        };
        let year: i32 = date.get(..4)?.parse().ok()?;
        let day = NaiveDate::from_ymd_opt(year, part(4, 6, 1)?, part(6, 8, 1)?)?;
        let local = day.and_hms_opt(part(8, 10, 0)?, part(10, 12, 0)?, part(12, 14, 0)?)?;
        Some(Self { local, offset_minutes: offset(&zone.replace('\'', "")).ok()? })
    }

    /// `YYYY-MM-DDThh:mm:ss+hh:mm`, cut off at a day, a minute or a second.
    pub(super) fn from_xmp(text: &str) -> Option<Self> {
        if let Ok(full) = DateTime::parse_from_rfc3339(text) {
            let offset_minutes = Some(full.offset().local_minus_utc() / 60);
            let local = full.naive_local();
            let local = local.with_nanosecond(0).unwrap_or(local);
            return Some(Self { local, offset_minutes });
        }
        let (date, time) = text.split_once('T').unwrap_or((text, ""));
        let date = match date.len() {
            4 => format!("{date}-01-01"),
            7 => format!("{date}-01"),
            _ => date.to_owned(),
        };
        let day = NaiveDate::parse_from_str(&date, "%Y-%m-%d").ok()?;
        let end = time.find(['Z', '+', '-']).unwrap_or(time.len());
        let (clock, zone) = time.split_at_checked(end)?;
        let mut parts = clock.split(':');
        let mut part = || match parts.next() {
            Some(part) if !part.is_empty() => part.parse().ok(),
            _ => Some(0),
        };
        let local = day.and_hms_opt(part()?, part()?, part()?)?;
        Some(Self { local, offset_minutes: offset(&zone.replace(':', "")).ok()? })
    }

    /// Whether both can be the same moment; where an offset is missing, by the clock on the wall.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        match (self.offset_minutes, other.offset_minutes) {
            (Some(one), Some(two)) => {
                let utc = |moment: &Self, minutes: i32| {
                    moment.local.checked_sub_signed(TimeDelta::minutes(minutes.into()))
                };
                utc(self, one) == utc(other, two)
            }
            _ => self.local == other.local,
        }
    }
}

/// What is no offset from UTC.
struct NoOffset;

/// `Z`, `+hhmm`, `+hh`, or nothing; in minutes.
fn offset(zone: &str) -> Result<Option<i32>, NoOffset> {
    let sign = match zone.chars().next() {
        None => return Ok(None),
        Some('Z') => return Ok(Some(0)),
        Some('+') => 1,
        Some('-') => -1,
        Some(_) => return Err(NoOffset),
    };
    let digits = zone.get(1..).unwrap_or_default();
    let (hours, minutes) = if digits.len() == 2 {
        (digits.parse(), Ok(0))
    } else {
        let (hours, minutes) = digits.split_at_checked(2).ok_or(NoOffset)?;
        (hours.parse(), minutes.parse())
    };
    match (hours, minutes) {
        (Ok(hours @ 0..24), Ok(minutes @ 0..60)) => Ok(Some(sign * (hours * 60 + minutes))),
        _ => Err(NoOffset),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agree(pdf: &str, xmp: &str) -> bool {
        Moment::from_pdf(pdf).unwrap().agrees(&Moment::from_xmp(xmp).unwrap())
    }

    #[test]
    fn the_same_moment_is_known_in_both_notations() {
        assert!(agree("D:20261124134500+07'00'", "2026-11-24T13:45:00+07:00"));
        assert!(agree("D:20261124134500+07'00", "2026-11-24T06:45:00Z"));
        assert!(agree("D:20261124", "2026-11-24"));
        assert!(agree("20261124134500+07'00'", "2026-11-24T13:45:00+07:00"));
        assert!(agree("20261124", "2026-11-24"));
        assert!(agree("D:20261124134500", "2026-11-24T13:45:00.25+07:00"));
        assert!(agree("D:202611241345Z", "2026-11-24T13:45Z"));
        assert!(!agree("D:20261124134500Z", "2026-11-24T13:45:01Z"));
        assert!(!agree("D:20261124134500Z", "2026-11-24T13:45:00+07:00"));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "D:",
            "D:20",
            "D:20261324",
            "D:2026112",
            "D:20261124T",
            "2026",
            "202611",
            "today, 1 May",
        ] {
            assert!(Moment::from_pdf(text).is_none(), "{text}");
        }
        for text in ["", "today", "2026-13-01", "2026-11-24T25:00:00Z", "2026-11-24T10:00+x"] {
            assert!(Moment::from_xmp(text).is_none(), "{text}");
        }
    }
}
