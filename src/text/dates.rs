//! Dates as people write them. All are civil dates of the Gregorian calendar.

use jiff::civil::{Date, Weekday};

use super::scan;

pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// Reads `2017-06-27`, and nothing else. The error says what is wrong with it.
pub fn iso(text: &str) -> Result<Date, String> {
    let Some((year, month, day)) = iso_parts(text) else {
        return Err(not_a_date(text));
    };
    Date::new(year, month, day).map_err(|_| format!("there is no {text} in the calendar"))
}

/// The numbers of a text of that form, whether the calendar has them or not.
fn iso_parts(text: &str) -> Option<(i16, i8, i8)> {
    let &[y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1] = text.as_bytes() else {
        return None;
    };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0i16, |sum, digit| {
            digit.is_ascii_digit().then(|| sum * 10 + i16::from(digit - b'0'))
        })
    };
    let (month, day) = (number(&[m0, m1])?, number(&[d0, d1])?);
    Some((number(&[y0, y1, y2, y3])?, month as i8, day as i8))
}

fn not_a_date(text: &str) -> String {
    format!("`{text}` is not a date: write it as year-month-day, like 2017-06-27")
}

/// `27 June 2017`
pub fn long(date: Date) -> String {
    format!("{} {} {}", date.day(), month_name(date.month()), date.year())
}

/// `Tuesday`
pub fn weekday(date: Date) -> &'static str {
    WEEKDAYS[date.weekday().to_monday_zero_offset() as usize]
}

pub fn month_name(month: i8) -> &'static str {
    MONTHS[(month.clamp(1, 12) - 1) as usize]
}

/// A date written in words in a text, and where it stands.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct InWords {
    pub date: Date,
    pub weekday: Option<Weekday>,
    pub start: usize,
    pub end: usize,
}

/// Finds dates in words: `27 June 2017`, `27th of June 2017`, `June 27, 2017`
/// and `2017-06-27`, with the day of the week before them if it is there.
pub fn in_words(text: &str) -> Vec<InWords> {
    // Every date has a year in digits.
    if scan::position(text.as_bytes(), |b| b.is_ascii_digit()).is_none() {
        return Vec::new();
    }
    let words: Vec<(usize, &str)> = words(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match date_at(&words[at..]) {
            Some((date, used)) => {
                let weekday = at.checked_sub(1).and_then(|before| weekday_of(words[before].1));
                let (from, _) = words[at];
                let (last, word) = words[at + used - 1];
                found.push(InWords {
                    date,
                    weekday,
                    start: from,
                    end: last + word.len(),
                });
                at += used;
            }
            None => at += 1,
        }
    }
    found
}

/// The first day of a text that the calendar has not: `2026-11-31`,
/// `31 November 2026`.
pub fn impossible(text: &str) -> Option<&str> {
    let words = words(text);
    words.iter().enumerate().find_map(|(n, (from, first))| {
        if let Some((year, month, day)) = iso_parts(first) {
            return Date::new(year, month, day).is_err().then_some(*first);
        }
        let of = usize::from(words.get(n + 1)?.1.eq_ignore_ascii_case("of"));
        let day = day_of(first).or_else(|| first.parse().ok().filter(|day| (32..100).contains(day)))?;
        let month = month_of(words.get(n + 1 + of)?.1)?;
        let (at, year) = words.get(n + 2 + of)?;
        let number = year.parse().ok().filter(|_| year.len() == 4)?;
        Date::new(number, month, day)
            .is_err()
            .then(|| &text[*from..at + year.len()])
    })
}

fn words(text: &str) -> Vec<(usize, &str)> {
    let part = |c: char| c.is_alphanumeric() || c == '-';
    let mut out = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        match (part(c), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                out.push((from, &text[from..at]));
                start = None;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        out.push((from, &text[from..]));
    }
    out
}

fn date_at(words: &[(usize, &str)]) -> Option<(Date, usize)> {
    let word = |n: usize| words.get(n).map(|w| w.1);
    if let Some((year, month, day)) = iso_parts(word(0)?)
        && let Ok(date) = Date::new(year, month, day)
    {
        return Some((date, 1));
    }
    let (day, month, year, used) = if let Some(month) = word(0).and_then(month_of) {
        (day_of(word(1)?)?, month, word(2)?, 3)
    } else {
        let day = day_of(word(0)?)?;
        let of = usize::from(word(1)?.eq_ignore_ascii_case("of"));
        (day, month_of(word(1 + of)?)?, word(2 + of)?, 3 + of)
    };
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month, day)
        .ok()
        .map(|date| (date, used))
}

fn day_of(word: &str) -> Option<i8> {
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = &word[digits.len()..];
    if !["", "st", "nd", "rd", "th"].contains(&suffix) {
        return None;
    }
    digits.parse().ok().filter(|d| (1..=31).contains(d))
}

/// The number of a month from its English name or its first three letters.
pub fn month_of(word: &str) -> Option<i8> {
    if word.len() < 3 || !word.is_ascii() {
        return None;
    }
    // Three letters of a name are enough; those of May are all of it.
    let same =
        |m: &&str| m.eq_ignore_ascii_case(word) || (word.len() == 3 && m[..3].eq_ignore_ascii_case(word));
    MONTHS.iter().position(same).map(|at| at as i8 + 1)
}

fn weekday_of(word: &str) -> Option<Weekday> {
    let at = WEEKDAYS.iter().position(|d| d.eq_ignore_ascii_case(word))?;
    Weekday::from_monday_zero_offset(at as i8).ok()
}

/// Minutes since midnight of `17:30`, `17.30`, `5.30 pm` or `9am`.
pub fn time_of_day(text: &str) -> Option<u16> {
    let text = text.trim().to_lowercase();
    let (clock, half) = match text.strip_suffix("pm").or_else(|| text.strip_suffix("p.m.")) {
        Some(rest) => (rest.trim_end(), Some(12)),
        None => match text.strip_suffix("am").or_else(|| text.strip_suffix("a.m.")) {
            Some(rest) => (rest.trim_end(), Some(0)),
            None => (text.as_str(), None),
        },
    };
    let (hours, minutes) = match clock.split_once([':', '.']) {
        Some((h, m)) if m.len() == 2 || m.len() == 5 => {
            (h.parse::<u16>().ok()?, m.get(..2)?.parse::<u16>().ok()?)
        }
        Some(_) => return None,
        None if half.is_some() => (clock.parse().ok()?, 0),
        None => return None,
    };
    let hours = match half {
        Some(add) if (1..=12).contains(&hours) => hours % 12 + add,
        Some(_) => return None,
        None => hours,
    };
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    proptest! {
        /// Whatever is written where a day or an hour is expected.
        #[test]
        fn any_text_is_read(text in "[0-9：:.-]{0,6}\\PC{0,4}[0-9：:. -]{0,6}(pm|am|th|May| of )?\\PC{0,6}") {
            time_of_day(&text);
            in_words(&text);
            impossible(&text);
        }
    }

    #[test]
    fn a_colon_of_another_width_is_no_time() {
        for text in ["18:：30", "18:3：", "18.ééx"] {
            assert_eq!(time_of_day(text), None, "{text}");
        }
    }

    #[test]
    fn only_real_iso_dates_are_read() {
        assert_eq!(iso("2017-06-27"), Ok(date(2017, 6, 27)));
        for bad in [
            "2017-6-27",
            "27-06-2017",
            "2017-02-30",
            "2017-13-01",
            "",
            "2017-06-27x",
            "+017-06-27",
        ] {
            assert!(iso(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn dates_in_words_are_found() {
        let day = date(2017, 7, 20);
        for text in [
            "by 20 July 2017.",
            "the 20th of July 2017",
            "July 20, 2017",
            "on 2017-07-20",
            "20 jul 2017",
        ] {
            assert_eq!(in_words(text).first().map(|f| f.date), Some(day), "{text}");
        }
        for text in [
            "20 Jully 2017",
            "July 2017",
            "32 July 2017",
            "30 February 2017",
            "May I say 20 things",
        ] {
            assert!(in_words(text).is_empty(), "{text}");
        }
        assert_eq!(
            in_words("Tuesday 27 June 2017")[0].weekday,
            Some(Weekday::Tuesday)
        );
    }

    #[test]
    fn times_are_read() {
        for (text, minutes) in [
            ("17:30", Some(1050)),
            ("5.30 pm", Some(1050)),
            ("9am", Some(540)),
            ("12 am", Some(0)),
            ("24:00", None),
            ("half past", None),
            ("7", None),
        ] {
            assert_eq!(time_of_day(text), minutes, "{text}");
        }
    }

    #[test]
    fn days_that_the_calendar_has_not_are_found() {
        for (text, expected) in [
            ("2026-11-31", Some("2026-11-31")),
            ("until 2026-13-01", Some("2026-13-01")),
            ("on 31 November 2026.", Some("31 November 2026")),
            ("the 32nd of May 2026", None),
            ("45 May 2026", Some("45 May 2026")),
            ("30 November 2026", None),
            ("2026-11-30", None),
            ("not called in", None),
        ] {
            assert_eq!(impossible(text), expected, "{text}");
        }
    }
}
