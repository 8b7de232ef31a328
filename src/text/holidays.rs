//! Days on which nobody works: weekends, bank holidays, and days that a site
//! names itself. Clear days are counted without them.
//!
//! The bank holidays of England and Wales are those of the Banking and
//! Financial Dealings Act 1971, schedule 1, with the days that were moved or
//! added by proclamation; Good Friday and Christmas Day are holidays at common
//! law. A day that falls on a weekend is kept on the next working day.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};

/// Whose bank holidays count.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum BankHolidays {
    #[default]
    None,
    EnglandAndWales,
}

impl BankHolidays {
    /// The word of `site.toml`.
    pub fn named(word: &str) -> Option<Self> {
        match word {
            "none" => Some(BankHolidays::None),
            "england-and-wales" => Some(BankHolidays::EnglandAndWales),
            _ => None,
        }
    }
}

/// On which days nobody works.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Closed {
    pub bank: BankHolidays,
    /// More days, as the days between Christmas and New Year may be.
    pub more: Vec<Date>,
}

impl Closed {
    pub fn holds(&self, day: Date) -> bool {
        is_weekend(day)
            || self.more.contains(&day)
            || (self.bank == BankHolidays::EnglandAndWales && is_bank_holiday(day))
    }

    /// Working days between a publication and a meeting, neither of them
    /// counted: the "clear days" of the Local Government Act 1972, s. 100B.
    pub fn clear_days(&self, published: Date, meeting: Date) -> u32 {
        let mut clear = 0;
        let mut day = published;
        while let Ok(next) = day.tomorrow() {
            // Nobody asks whether it was years.
            if next >= meeting || clear >= MOST {
                break;
            }
            clear += u32::from(!self.holds(next));
            day = next;
        }
        clear
    }
}

const MOST: u32 = 999;

/// Days between two others, neither of them counted, whatever is done on them:
/// the 28 clear days of SI 2012/2089, reg. 9.
pub fn days_between(first: Date, last: Date) -> i32 {
    (last - first).get_days() - 1
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// Days that were moved, by the year: the usual day, the day instead.
const MOVED: &[(Date, Date)] = &[
    (date(1995, 5, 1), date(1995, 5, 8)),
    (date(2002, 5, 27), date(2002, 6, 4)),
    (date(2012, 5, 28), date(2012, 6, 4)),
    (date(2020, 5, 4), date(2020, 5, 8)),
    (date(2022, 5, 30), date(2022, 6, 2)),
];

/// Days that were added once.
const ADDED: &[Date] = &[
    date(1977, 6, 7),
    date(1981, 7, 29),
    date(1999, 12, 31),
    date(2002, 6, 3),
    date(2011, 4, 29),
    date(2012, 6, 5),
    date(2022, 6, 3),
    date(2022, 9, 19),
    date(2023, 5, 8),
];

/// Whether a day is a bank or public holiday in England and Wales, from 1978 on.
fn is_bank_holiday(day: Date) -> bool {
    if MOVED.iter().any(|(_, instead)| *instead == day) || ADDED.contains(&day) {
        return true;
    }
    if MOVED.iter().any(|(usual, _)| *usual == day) {
        return false;
    }
    let easter = easter(day.year());
    let monday = day.weekday() == Weekday::Monday;
    match (day.month(), day.day()) {
        // New Year's Day, or the Monday after it.
        (1, 1) => !is_weekend(day),
        (1, 2 | 3) if monday => true,
        // Early May, spring and summer.
        (5, 1..=7) if monday => true,
        (5 | 8, 25..=31) if monday => true,
        // Christmas Day and Boxing Day, or the next days that are no weekend.
        (12, 25 | 26) => !is_weekend(day),
        (12, 27) => matches!(day.weekday(), Weekday::Monday | Weekday::Tuesday),
        (12, 28) => matches!(day.weekday(), Weekday::Monday | Weekday::Tuesday),
        _ => easter.is_some_and(|easter| {
            let is = |moved: Result<Date, jiff::Error>| moved.is_ok_and(|found| found == day);
            is(easter.checked_sub(2.days())) || is(easter.checked_add(1.day()))
        }),
    }
}

/// Easter Sunday in the Gregorian calendar, by the rule of the Book of Common
/// Prayer in the form of J.-M. Oudin.
fn easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let century = year / 100;
    let golden = year % 19;
    let shift = (century - 17) / 25;
    let moon = (century - century / 4 - (century - shift) / 3 + 19 * golden + 15) % 30;
    let moon = moon - (moon / 28) * (1 - (moon / 28) * (29 / (moon + 1)) * ((21 - golden) / 11));
    let weekday = (year + year / 4 + moon + 2 - century + century / 4) % 7;
    let from = moon - weekday;
    let month = 3 + (from + 40) / 44;
    let day = from + 28 - 31 * (month / 4);
    Date::new(year as i16, month as i8, day as i8).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_is_found() {
        for day in [
            date(1999, 4, 4),
            date(2008, 3, 23),
            date(2016, 3, 27),
            date(2024, 3, 31),
            date(2025, 4, 20),
            date(2026, 4, 5),
            date(2038, 4, 25),
        ] {
            assert_eq!(easter(day.year()), Some(day));
        }
    }

    #[test]
    fn bank_holidays_of_a_year_are_all_there() {
        // As gov.uk/bank-holidays lists them.
        let of = |year: i16| -> Vec<String> {
            let mut day = date(year, 1, 1);
            let mut found = Vec::new();
            while day.year() == year {
                if is_bank_holiday(day) {
                    found.push(day.to_string()[5..].to_owned());
                }
                day = day.tomorrow().expect("a day");
            }
            found
        };
        for (year, expected) in [
            (2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28"),
            (2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28"),
            (
                2022,
                "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
            ),
            (2023, "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26"),
            (2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"),
            (2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28"),
        ] {
            assert_eq!(of(year).join(" "), expected, "{year}");
        }
    }

    #[test]
    fn clear_days_leave_out_both_ends_and_days_off() {
        let weekends = Closed::default();
        // Published on Monday 19 June, meeting on Tuesday 27 June 2017.
        assert_eq!(weekends.clear_days(date(2017, 6, 19), date(2017, 6, 27)), 5);
        assert_eq!(weekends.clear_days(date(2017, 6, 26), date(2017, 6, 27)), 0);
        assert_eq!(weekends.clear_days(date(2017, 6, 28), date(2017, 6, 27)), 0);
        // Over Easter 2026: Good Friday and Easter Monday do not count.
        let (published, meeting) = (date(2026, 3, 30), date(2026, 4, 9));
        assert_eq!(weekends.clear_days(published, meeting), 7);
        let england = Closed {
            bank: BankHolidays::EnglandAndWales,
            more: vec![date(2026, 4, 2)],
        };
        assert_eq!(england.clear_days(published, meeting), 4);
    }

    #[test]
    fn days_between_leave_out_both_ends() {
        assert_eq!(days_between(date(2026, 1, 1), date(2026, 1, 30)), 28);
        assert_eq!(days_between(date(2026, 1, 2), date(2026, 1, 1)), -2);
    }
}
