//! Dates as the register counts them: civil days in Việt Nam.

use chrono::{DateTime, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

/// A moment, in UTC.
pub type Instant = DateTime<Utc>;

/// A civil day in Việt Nam.
pub type Day = NaiveDate;

/// Months a recognition lasts from the day its decision is signed (148/QĐ-TTg, 24/02/2023).
pub const RECOGNITION_MONTHS: u32 = 36;

/// Hours Vietnamese time is ahead of UTC; there is no daylight-saving time.
const VIETNAM_OFFSET_HOURS: i64 = 7;

/// The wall clock in Việt Nam at a moment.
#[must_use]
pub fn vietnam_time(at: Instant) -> NaiveDateTime {
    at.naive_utc() + TimeDelta::hours(VIETNAM_OFFSET_HOURS)
}

/// The civil day in Việt Nam at a moment.
#[must_use]
pub fn vietnam_day(at: Instant) -> Day {
    vietnam_time(at).date()
}

/// The moment a civil day begins in Việt Nam.
#[must_use]
pub fn vietnam_midnight(day: Day) -> Instant {
    day.and_time(NaiveTime::MIN).and_utc() - TimeDelta::hours(VIETNAM_OFFSET_HOURS)
}

/// The last day of a recognition whose decision was signed on `signed_on`, when the paper names no
/// other: 36 months later, the same day of the month (1147/QĐ-UBND of 04/03/2024 ends 04/03/2027).
///
/// `None` only beyond the calendar's range (year 262,000).
#[must_use]
pub fn default_end(signed_on: Day) -> Option<Day> {
    signed_on.checked_add_months(Months::new(RECOGNITION_MONTHS))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> Day {
        Day::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn a_recognition_lasts_36_months_from_the_signature() {
        assert_eq!(default_end(day(2024, 3, 4)), Some(day(2027, 3, 4)));
        assert_eq!(default_end(day(2024, 2, 29)), Some(day(2027, 2, 28)));
    }

    #[test]
    fn the_day_changes_at_midnight_in_viet_nam() {
        let before = day(2026, 11, 23).and_hms_opt(16, 59, 59).unwrap().and_utc();
        let after = day(2026, 11, 23).and_hms_opt(17, 0, 0).unwrap().and_utc();
        assert_eq!(vietnam_day(before), day(2026, 11, 23));
        assert_eq!(vietnam_day(after), day(2026, 11, 24));
        assert_eq!(vietnam_midnight(day(2026, 11, 24)), after);
    }
}
