//! The day of a meeting, wherever a pile keeps it. What can be read in two
//! ways is not read.

use jiff::civil::Date;

use super::divide::Divided;
use super::mapping::{Mapping, Order, Place};
use crate::import::draft::Origin;
use crate::text::dates as known;

/// The day of a file and where it stood; and what is missing, in words.
pub fn of(
    name: &str,
    divided: &Divided,
    mapping: &Mapping,
    origin: &mut Origin,
) -> (Option<(Date, String)>, Vec<String>) {
    let mut found: Vec<(Date, String)> = Vec::new();
    let mut unsure = Vec::new();
    for place in &mapping.dates {
        let (text, said) = match place {
            Place::File => (
                name.rsplit('/').next().unwrap_or(name).to_owned(),
                "the name of the file".to_owned(),
            ),
            Place::Path => (name.to_owned(), "the path of the file".to_owned()),
            Place::Title => (divided.title.clone().unwrap_or_default(), "the title".to_owned()),
            Place::Text => (divided.head.clone(), "the first lines of the text".to_owned()),
            Place::Key(key) => (
                divided.key(key).unwrap_or_default(),
                format!("the key `{key}` of the front matter"),
            ),
        };
        match first(&text, mapping.order) {
            Found::Day(date) => found.push((date, said)),
            Found::Unsure(words) => unsure.push(words),
            Found::None => {}
        }
    }
    let Some(chosen) = found.first().cloned() else {
        let missing = match unsure.first() {
            Some(words) => format!(
                "`{words}` is one day if the day stands first and another if the month does: say which with `date.order` in import.toml"
            ),
            None => "it does not say on which day the meeting was".to_owned(),
        };
        return (None, vec![missing]);
    };
    for (date, said) in &found[1..] {
        if *date != chosen.0 {
            origin.notes.push(format!(
                "{} is taken from {}; {said} says {date}",
                chosen.0, chosen.1
            ));
        }
    }
    (Some(chosen), Vec::new())
}

/// What a text says of a day.
#[derive(Debug, PartialEq)]
pub enum Found {
    Day(Date),
    /// It can be read in two ways.
    Unsure(String),
    None,
}

/// The first day that a text names.
pub fn first(text: &str, order: Option<Order>) -> Found {
    let mut unsure = Found::None;
    for (_, found) in all(text, order) {
        match found {
            Found::Day(_) => return found,
            _ if unsure == Found::None => unsure = found,
            _ => {}
        }
    }
    unsure
}

/// Every day that a text names, and where its words begin.
pub fn all(text: &str, order: Option<Order>) -> Vec<(usize, Found)> {
    let mut words: Vec<(usize, &str)> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let part = c.is_alphanumeric();
        match (part, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push((from, &text[from..at]));
                start = None;
            }
            _ => {}
        }
    }
    let found = |at: usize| match at_word(text, &words[at..], order) {
        Found::None => None,
        found => Some((words[at].0, found)),
    };
    (0..words.len()).filter_map(found).collect()
}

fn at_word(text: &str, words: &[(usize, &str)], order: Option<Order>) -> Found {
    let word = |n: usize| words.get(n).map(|w| w.1);
    let day = |y: Option<i16>, m: Option<i8>, d: Option<i8>| match (y, m, d) {
        (Some(y), Some(m), Some(d)) => Date::new(y, m, d).map_or(Found::None, Found::Day),
        _ => Found::None,
    };
    // What stands between two words must be one of these signs, or they do not
    // belong together.
    let tied = |n: usize| -> bool {
        match (words.get(n), words.get(n + 1)) {
            (Some(a), Some(b)) => {
                let between = &text[a.0 + a.1.len()..b.0];
                between.chars().count() <= 3 && between.chars().all(|c| " ,.-_/'’".contains(c))
            }
            _ => false,
        }
    };
    let Some(first) = word(0) else { return Found::None };
    // `20190412`
    if first.len() == 8 && first.bytes().all(|b| b.is_ascii_digit()) {
        return day(
            first[..4].parse().ok().filter(|y| (1700..2200).contains(y)),
            first[4..6].parse().ok(),
            first[6..].parse().ok(),
        );
    }
    if !tied(0) || !tied(1) {
        return Found::None;
    }
    let (Some(second), Some(third)) = (word(1), word(2)) else {
        return Found::None;
    };
    // `2019-04-12`; in `2019/04-12-2015` the folder does not belong to the day.
    let sign = |n: usize| text[words[n].0 + words[n].1.len()..words[n + 1].0].trim();
    if let Some(y) = year(first) {
        if let (Some(m), Some(d)) = (number(second), number(third)) {
            if sign(0) != sign(1) {
                return Found::None;
            }
            return day(Some(y), Some(m), Some(d));
        }
        return day(Some(y), month(second), day_number(third));
    }
    // `12 April 2019`, `12th of April 2019`, `12 de abril de 2019`
    if let Some(d) = day_number(first) {
        if let (Some(m), Some(y)) = (month(second), year(third)) {
            return day(Some(y), Some(m), Some(d));
        }
        if ["of", "de", "d"].contains(&second.to_lowercase().as_str())
            && let (Some(m), Some(fourth)) = (month(third), word(3))
        {
            let y = year(fourth).or_else(|| {
                word(4)
                    .and_then(year)
                    .filter(|_| fourth == "de" || fourth == "del")
            });
            return day(Some(y.unwrap_or(0)).filter(|y| *y > 0), Some(m), Some(d));
        }
    }
    // `April 12, 2019`
    if let (Some(m), Some(d), Some(y)) = (month(first), day_number(second), year(third)) {
        return day(Some(y), Some(m), Some(d));
    }
    // `04-06-2015`
    if let (Some(a), Some(b), Some(y)) = (number(first), number(second), year(third)) {
        if sign(0) != sign(1) {
            return Found::None;
        }
        let (as_day, as_month) = (Date::new(y, b, a).ok(), Date::new(y, a, b).ok());
        return match (as_day, as_month, order) {
            (Some(date), _, Some(Order::DayFirst)) | (_, Some(date), Some(Order::MonthFirst)) => {
                Found::Day(date)
            }
            (Some(one), Some(other), None) if one == other => Found::Day(one),
            (Some(date), None, None) | (None, Some(date), None) => Found::Day(date),
            (Some(_), Some(_), None) => {
                let end = words[2].0 + words[2].1.len();
                Found::Unsure(text[words[0].0..end].to_owned())
            }
            _ => Found::None,
        };
    }
    Found::None
}

fn year(word: &str) -> Option<i16> {
    let digits = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    word.parse().ok().filter(|y| digits && (1700..2200).contains(y))
}

fn number(word: &str) -> Option<i8> {
    let digits = word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit());
    word.parse().ok().filter(|_| digits)
}

/// `12`, `12th`, `1er`
fn day_number(word: &str) -> Option<i8> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let tail = word[digits..].to_lowercase();
    let known = ["", "st", "nd", "rd", "th", "e", "de", "ste", "er", "º"];
    word[..digits]
        .parse()
        .ok()
        .filter(|d| known.contains(&tail.as_str()) && (1..=31).contains(d))
}

/// Names of months, by month, in the languages of the minutes we have seen.
const MONTHS: [&[&str]; 12] = [
    &[
        "januari", "januar", "jänner", "janvier", "enero", "gennaio", "ionawr",
    ],
    &[
        "februari", "februar", "février", "fevrier", "febrero", "febbraio", "chwefror",
    ],
    &["maart", "märz", "marz", "mars", "marzo", "mawrth"],
    &["avril", "abril", "aprile", "ebrill"],
    &["mei", "mai", "mayo", "maggio"],
    &["juni", "juin", "junio", "giugno", "mehefin"],
    &["juli", "juillet", "julio", "luglio", "gorffennaf"],
    &["augustus", "août", "aout", "agosto", "awst"],
    &["septembre", "septiembre", "settembre", "medi"],
    &["oktober", "octobre", "octubre", "ottobre", "hydref"],
    &["novembre", "noviembre", "tachwedd"],
    &[
        "dezember",
        "décembre",
        "decembre",
        "diciembre",
        "dicembre",
        "rhagfyr",
    ],
];

/// The number of a month from its name.
pub fn month(word: &str) -> Option<i8> {
    let lower = word.to_lowercase();
    let lower = lower.trim_end_matches('.');
    known::month_of(lower).or_else(|| {
        let at = MONTHS.iter().position(|names| names.contains(&lower))?;
        Some(at as i8 + 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_read_in_many_forms_and_never_guessed() {
        let day = Found::Day(date(2015, 6, 4));
        for text in [
            "2015-06-04.md",
            "2015_06_04_CoMe",
            "20150604",
            "Notulen bestuursvergadering 4 juni 2015",
            "June 4, 2015, 2:00 PM",
            "Thursday 4th of June 2015",
            "notulen-4-juni-2015.md",
            "4. Juni 2015",
            "4 de junio de 2015",
        ] {
            assert_eq!(first(text, None), day, "{text}");
        }
        assert_eq!(first("04-06-2015.md", Some(Order::DayFirst)), day);
        assert_eq!(first("06/04/2015", Some(Order::MonthFirst)), day);
        assert_eq!(first("04-06-2015.md", None), Found::Unsure("04-06-2015".into()));
        assert_eq!(first("28-11-2016", None), Found::Day(date(2016, 11, 28)));
        assert_eq!(first("28-11-2016", Some(Order::MonthFirst)), Found::None);
        assert_eq!(
            first("2031/04-03-2031.md", None),
            Found::Unsure("04-03-2031".into())
        );
        for none in [
            "Meeting 2019",
            "June 2015",
            "item 4 of 2015",
            "2019-13-45",
            "1.2.3",
        ] {
            assert_eq!(first(none, None), Found::None, "{none}");
        }
    }
}
