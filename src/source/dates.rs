//! Dates in the names of files and folders: a meeting's day, the years and
//! months that folders are sorted by, and what a clerk meant who wrote a day
//! in another way.

use jiff::civil::Date;

/// What a name begins with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dated {
    /// `2017-06-27`, at its end or before a hyphen.
    Day(Date),
    /// Written as a date, and not in the calendar: `2017-02-30`.
    Impossible,
    /// No date at all.
    No,
}

/// Reads the date that a slug begins with.
pub fn leading(slug: &str) -> Dated {
    let shape = slug.get(..10).map(str::as_bytes);
    let shaped = shape.is_some_and(|b| {
        b.iter().enumerate().all(|(at, b)| {
            if at == 4 || at == 7 {
                *b == b'-'
            } else {
                b.is_ascii_digit()
            }
        })
    });
    if !shaped || !matches!(slug.as_bytes().get(10), None | Some(b'-')) {
        return Dated::No;
    }
    day(&slug[..4], &slug[5..7], &slug[8..10]).map_or(Dated::Impossible, Dated::Day)
}

/// Whether a name is a day and nothing else.
pub fn is_day(name: &str) -> bool {
    name.len() == 10 && matches!(leading(name), Dated::Day(_))
}

/// A folder that only sorts: a year, a municipal year, a month. It leaves no
/// trace in an id.
pub fn is_period(folder: &str) -> bool {
    let number = |s: &str| {
        if s.bytes().all(|b| b.is_ascii_digit()) {
            s.parse::<u32>().ok()
        } else {
            None
        }
    };
    let month = |s: &str| s.len() == 2 && number(s).is_some_and(|n| (1..=12).contains(&n));
    match folder.split_once('-') {
        None => is_year(folder) || month(folder) || month_name(folder).is_some(),
        Some((first, then)) if is_year(first) => {
            let next = number(first).map(|n| n + 1);
            let municipal = match then.len() {
                2 => number(then) == next.map(|n| n % 100),
                4 => number(then) == next,
                _ => false,
            };
            municipal || month(then)
        }
        Some(_) => false,
    }
}

/// Four digits, and so a year to everybody who reads an address.
pub fn is_year(name: &str) -> bool {
    name.len() == 4 && name.bytes().all(|b| b.is_ascii_digit())
}

/// The day that a name seems to speak of in another way than ours:
/// `27-06-2017`, `27 June 2017`, `20170627`, `2017-6-27`. Where day and month
/// could be either, the day comes first, as in Britain.
pub fn meant(name: &str) -> Option<Date> {
    let mut numbers: Vec<&str> = Vec::new();
    let mut month = None;
    for word in words(name) {
        if word.as_bytes()[0].is_ascii_digit() {
            numbers.push(word);
        } else if month.is_none() {
            month = month_named(word);
        }
    }
    match (numbers.as_slice(), month) {
        ([all], None) if all.len() == 8 => {
            day(&all[..4], &all[4..6], &all[6..]).or_else(|| day(&all[4..], &all[2..4], &all[..2]))
        }
        ([year, d], Some(month)) | ([d, year], Some(month)) if year.len() == 4 => day(year, month, d),
        ([year, a, b, ..], None) if year.len() == 4 => day(year, a, b).or_else(|| day(year, b, a)),
        ([a, b, year, ..], None) if year.len() == 4 => day(year, b, a).or_else(|| day(year, a, b)),
        _ => None,
    }
}

/// Runs of ASCII digits and runs of letters, in their order.
fn words(name: &str) -> impl Iterator<Item = &str> {
    let kind = |c: char| (c.is_ascii_digit(), c.is_alphabetic());
    let mut rest = name;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| kind(c) == (false, false));
        let first = kind(rest.chars().next()?);
        let end = rest.find(|c: char| kind(c) != first).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        rest = after;
        Some(word)
    })
}

fn day(year: &str, month: &str, day: &str) -> Option<Date> {
    let year: i16 = year.parse().ok().filter(|&y| y >= 1000)?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

const MONTHS: [(&str, &str); 12] = [
    ("january", "01"),
    ("february", "02"),
    ("march", "03"),
    ("april", "04"),
    ("may", "05"),
    ("june", "06"),
    ("july", "07"),
    ("august", "08"),
    ("september", "09"),
    ("october", "10"),
    ("november", "11"),
    ("december", "12"),
];

fn month_name(name: &str) -> Option<&'static str> {
    MONTHS
        .iter()
        .find(|(month, _)| month.eq_ignore_ascii_case(name))
        .map(|(_, number)| *number)
}

/// A month's name or the beginning of one, of three letters or more.
fn month_named(word: &str) -> Option<&'static str> {
    let word = word.to_lowercase();
    let begins = |month: &str| word.len() >= 3 && month.starts_with(&word);
    MONTHS
        .iter()
        .find(|(month, _)| begins(month))
        .map(|(_, number)| *number)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_name_begins_with_its_date() {
        let cases = [
            ("2017-06-27", Dated::Day(date(2017, 6, 27))),
            ("2017-06-27-2", Dated::Day(date(2017, 6, 27))),
            ("2016-02-29-budget", Dated::Day(date(2016, 2, 29))),
            ("2017-02-30", Dated::Impossible),
            ("2017-13-01-x", Dated::Impossible),
            ("0017-06-27", Dated::Impossible),
            ("2017-06-27t10", Dated::No),
            ("2017-06-270", Dated::No),
            ("2017-06", Dated::No),
            ("budget-2017-06-27", Dated::No),
            ("", Dated::No),
            ("２０１７-06-27", Dated::No),
        ];
        for (name, expected) in cases {
            assert_eq!(leading(name), expected, "{name}");
        }
    }

    #[test]
    fn years_and_months_only_sort() {
        for yes in [
            "2017",
            "2017-18",
            "1999-00",
            "2017-2018",
            "06",
            "2017-06",
            "June",
            "SEPTEMBER",
        ] {
            assert!(is_period(yes), "{yes}");
        }
        for no in [
            "17",
            "2017-19",
            "2017-2019",
            "2017-6",
            "13",
            "Jun",
            "2017-06-27",
            "+2",
            "papers",
            "",
            "-",
        ] {
            assert!(!is_period(no), "{no}");
        }
    }

    #[test]
    fn other_ways_to_write_a_day_are_understood() {
        let day = Some(date(2017, 6, 27));
        let cases = [
            ("27-06-2017", day),
            ("06-27-2017", day),
            ("2017-6-27", day),
            ("20170627", day),
            ("27062017", day),
            ("27 June 2017", day),
            ("27th Jun 2017", day),
            ("Cabinet 27.06.2017 minutes", day),
            ("June 27 2017", day),
            ("2017-02-30", None),
            ("papers", None),
            ("2017", None),
            ("１２", None),
        ];
        for (name, expected) in cases {
            assert_eq!(meant(name), expected, "{name}");
        }
    }
}
