//! The facts at the head of a page: which body met, when, and where; and the
//! size behind the title of a paper.

use jiff::civil::Date;

use super::piece::Paper;
use crate::text::dates;

/// `27/06/2017`, day first, as this system writes it.
pub fn slashed(text: &str) -> Option<Date> {
    let mut parts = text.trim().splitn(3, '/');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if year.len() != 4 || day.len() > 2 || month.len() > 2 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// `Meeting: 27/06/2017 - Cabinet (Item 5)`: the day, the body, the number.
pub fn meeting_line(words: &str) -> Option<(Date, String, Option<String>)> {
    let rest = words.strip_prefix("Meeting:")?.trim_start();
    let (day, rest) = rest.split_once(' ')?;
    let date = slashed(day)?;
    let rest = rest.trim_start().trim_start_matches(['-', '–', '—']).trim_start();
    let (body, number) = item_behind(rest);
    Some((date, body.trim_end_matches([',', ' ']).to_owned(), number)).filter(|f| !f.1.is_empty())
}

/// `Cabinet (Item 5.)`: the words before, and the number.
pub fn item_behind(words: &str) -> (&str, Option<String>) {
    let words = words.trim();
    let lower = words.to_ascii_lowercase();
    let Some(at) = lower.rfind("(item ") else {
        return (words, None);
    };
    let inside = words[at + 6..].trim_end_matches(')').trim().trim_end_matches('.');
    (
        words[..at].trim_end(),
        Some(inside.to_owned()).filter(|n| is_number(n)),
    )
}

/// The number of an item, as a page gives it.
pub fn is_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.len() <= 12
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "./-".contains(c))
}

/// A line that names a meeting: `Council - Wednesday, 2nd October, 2019 10.10
/// am`, `Meeting of Council, Wednesday, 26th February, 2014 7.30 p.m. (Item 6.)`.
#[derive(Debug, Default, PartialEq)]
pub struct Named {
    pub body: Option<String>,
    pub date: Option<Date>,
    pub time: Option<String>,
    pub item: Option<String>,
    pub cancelled: bool,
}

pub fn named(words: &str) -> Option<Named> {
    let (rest, item) = item_behind(words);
    let found = dates::in_words(rest).into_iter().next();
    let found = found.filter(|f| f.weekday.is_some() || item.is_some())?;
    let mut before = rest[..found.start].trim_end_matches([' ', ',']);
    for day in [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ] {
        before = before
            .strip_suffix(day)
            .unwrap_or(before)
            .trim_end_matches([' ', ',']);
    }
    let before = before.trim_end_matches(['-', '–', '—', ' ', ',']);
    let body = before.strip_prefix("Meeting of").unwrap_or(before);
    let body = body
        .trim_start_matches("the ")
        .trim()
        .trim_end_matches([',', '-', ' ']);
    // A sentence that holds a date is no head of a page.
    if body.split_whitespace().count() > 14 || body.contains(". ") {
        return None;
    }
    let after = &rest[found.end..];
    Some(Named {
        body: Some(body.to_owned()).filter(|b| !b.is_empty()),
        date: Some(found.date),
        time: time_in(after),
        item,
        cancelled: after.to_uppercase().contains("CANCELLED"),
    })
}

/// The first time of day in some words, as `18:30`.
pub fn time_in(words: &str) -> Option<String> {
    let lower = words
        .to_lowercase()
        .replace("p.m.", "pm")
        .replace("a.m.", "am")
        .replace(" noon", " pm");
    let tokens: Vec<&str> = lower
        .split([' ', ',', '-', '–'])
        .filter(|t| !t.is_empty())
        .collect();
    for (at, token) in tokens.iter().enumerate() {
        let token = token.trim_end_matches('.');
        let whole = match tokens.get(at + 1).map(|t| t.trim_matches(['.', ')'])) {
            Some(half @ ("am" | "pm")) => format!("{token} {half}"),
            _ => token.to_owned(),
        };
        let looks = token.contains(['.', ':']) || whole.ends_with("am") || whole.ends_with("pm");
        if let Some(minutes) =
            dates::time_of_day(&whole).filter(|_| looks && token.starts_with(|c: char| c.is_ascii_digit()))
        {
            return Some(format!("{:02}:{:02}", minutes / 60, minutes % 60));
        }
    }
    None
}

const TYPES: &[&str] = &[
    "PDF", "DOC", "DOCX", "XLS", "XLSX", "PPT", "PPTX", "RTF", "TXT", "CSV", "ZIP", "HTML", "HTM", "JPG",
    "PNG", "ODT", "TIF", "MP3", "MP4",
];

/// A title, and the size that a page puts behind it: `Plan pdf icon PDF 2 MB`.
pub fn paper(words: &str) -> Paper {
    let mut title = words.trim();
    let mut paper = Paper::default();
    let tokens: Vec<&str> = title.split_whitespace().collect();
    if let [.., kind, number, unit] = tokens[..] {
        let unit_known = ["KB", "MB", "GB", "B"].contains(&unit.to_uppercase().as_str());
        let number_known = number.starts_with(|c: char| c.is_ascii_digit())
            && number.chars().all(|c| c.is_ascii_digit() || c == '.');
        let upper = kind.to_uppercase();
        if unit_known && number_known && TYPES.contains(&upper.as_str()) && kind == upper {
            paper.size = Some(format!("{upper}, {number} {unit}"));
            let at = title.rfind(kind).unwrap_or(title.len());
            title = title[..at].trim_end();
            let lower = title.to_ascii_lowercase();
            for icon in [
                "pdf icon",
                "word icon",
                "excel icon",
                "document icon",
                "image icon",
                "powerpoint icon",
            ] {
                if lower.ends_with(icon) {
                    title = title[..title.len() - icon.len()].trim_end();
                }
            }
        }
    }
    if let Some(rest) = title
        .strip_suffix("TO FOLLOW")
        .or_else(|| title.strip_suffix("(to follow)"))
    {
        paper.to_follow = true;
        title = rest.trim_end_matches([' ', '-', '–']);
    }
    if let Some(rest) = title
        .strip_suffix("(Restricted)")
        .or_else(|| title.strip_suffix("RESTRICTED"))
    {
        paper.restricted = true;
        title = rest.trim_end();
    }
    paper.title = title.to_owned();
    paper
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn heads_are_read() {
        assert_eq!(
            meeting_line("Meeting: 27/06/2017 - Cabinet (Item 5)"),
            Some((date(2017, 6, 27), "Cabinet".into(), Some("5".into())))
        );
        let named = named("Council - Wednesday, 2nd October, 2019 10.10 am").unwrap();
        assert_eq!(
            (named.body.as_deref(), named.date, named.time.as_deref()),
            (Some("Council"), Some(date(2019, 10, 2)), Some("10:10"))
        );
        let named =
            super::named("Meeting of Council, Wednesday, 26th February, 2014 7.30 p.m. (Item 6.)").unwrap();
        assert_eq!(
            (
                named.body.as_deref(),
                named.item.as_deref(),
                named.time.as_deref()
            ),
            (Some("Council"), Some("6"), Some("19:30"))
        );
        let named = super::named("Thursday, 28th April, 2016 7.00 pm, CANCELLED").unwrap();
        assert!(named.cancelled && named.body.is_none());
        assert_eq!(
            super::named("To receive the minutes of the meeting held on 9 July 2024."),
            None
        );
    }

    #[test]
    fn sizes_are_taken_off_titles() {
        let p = paper("Appendix 1 - Plan, item 5 PDF 193 KB");
        assert_eq!(
            (p.title.as_str(), p.size.as_deref()),
            ("Appendix 1 - Plan, item 5", Some("PDF, 193 KB"))
        );
        let p = paper("Update pdf icon PDF 2 MB");
        assert_eq!(
            (p.title.as_str(), p.size.as_deref()),
            ("Update", Some("PDF, 2 MB"))
        );
        assert!(paper("Review TO FOLLOW").to_follow);
        assert_eq!(paper("The PDF 2 the Committee").size, None);
    }
}
