//! On which day a meeting was, and whose meeting: as its title, its first lines
//! or its file say. What they say in two ways is not chosen from.

use jiff::civil::Date;

use crate::import::known::Bodies;
use crate::import::markdown::Order;
use crate::import::markdown::dates::{Found, all};
use crate::text::names;

/// What a document says of itself.
pub struct Head<'a> {
    pub title: &'a str,
    pub lines: &'a [String],
    /// The lines of its headers and footers.
    pub edges: &'a [String],
    /// The title in its properties.
    pub property: &'a str,
    /// The path of the file.
    pub file: &'a str,
}

/// Words before a day that say that it is another day than that of the meeting.
const OTHER: &[&str] = &[
    "published",
    "issued",
    "circulated",
    "approved",
    "confirmed",
    "adopted",
    "signed",
    "printed",
    "revised",
    "updated",
    "version",
    "draft",
    "deadline",
    "next",
    "previous",
    "last",
    "prepared",
    "produced",
    "created",
    "amended",
    "accepted",
    "ratified",
    "distributed",
    "posted",
    "uploaded",
];
/// Words that say that it is the day of the meeting.
const THIS: &[&str] = &["held", "date", "took"];

/// Whether a line is one of the head of a document, and no sentence of its text:
/// a sentence may name any day and any body.
fn is_head(line: &str) -> bool {
    let lower = line.to_lowercase();
    let ends = line.trim_end().ends_with(['.', ';', '?', '!']) && !lower.trim_end().ends_with("m.");
    let short = line.chars().count() <= 140;
    short
        && (!ends || lower.starts_with("held ") || lower.contains(" held on ") || lower.contains(" held at "))
}

fn heads(lines: &[String]) -> Vec<String> {
    lines.iter().filter(|l| is_head(l)).cloned().collect()
}

/// The day, and where it stood; or what is missing, in words.
pub fn day(head: &Head, order: Option<Order>, notes: &mut Vec<String>) -> Result<(Date, String), String> {
    let name = head.file.rsplit('/').next().unwrap_or(head.file);
    let folder = &head.file[..head.file.len() - name.len()];
    let title = [head.title.to_owned()];
    let lines = heads(head.lines);
    let property = [head.property.to_owned()];
    let file = [name.to_owned()];
    let path = [folder.to_owned()];
    let places: [(&[String], &str); 5] = [
        (&title, "the title"),
        (&lines, "the first lines of the text"),
        (&file, "the name of the file"),
        (&path, "the path of the file"),
        (&property, "the title in the document's properties"),
    ];
    let mut sure: Vec<(Date, String)> = Vec::new();
    let mut torn: Option<(Vec<Date>, &str)> = None;
    let mut unsure = None;
    // The first lines name the day that is chosen, and say no more of it.
    let mut plainly = false;
    for (lines, said) in places {
        let told = days(lines, order);
        for words in told.unsure {
            unsure.get_or_insert(words);
        }
        let mut best = told.this;
        let said_so = !best.is_empty();
        if best.is_empty() {
            best = told.any;
        }
        match best[..] {
            [] => {}
            [one] => {
                plainly |= sure.is_empty() && !said_so && said.starts_with("the first");
                sure.push((one, said.to_owned()));
            }
            _ => {
                torn.get_or_insert((best, said));
            }
        }
    }
    if let Some((dates, said)) = torn {
        // Another place may say which of them it is.
        let first = sure.first().map(|s| s.0);
        match first.filter(|d| dates.contains(d)) {
            Some(_) => {}
            None => {
                let list: Vec<String> = dates.iter().map(Date::to_string).collect();
                return Err(format!("{said} name several days: {}", list.join(", ")));
            }
        }
    }
    let Some(chosen) = sure.first().cloned() else {
        return Err(match unsure {
            Some(words) => format!(
                "`{words}` is one day if the day stands first and another if the month does: say which with --date-order day-first or --date-order month-first"
            ),
            None => "it does not say on which day the meeting was".to_owned(),
        });
    };
    let differs = |(date, said): &&(Date, String)| plainly && *date != chosen.0 && said.contains("file");
    if let Some((other, file)) = sure.iter().skip(1).find(differs) {
        return Err(format!("{} say {}, and {file} says {other}", chosen.1, chosen.0));
    }
    for (date, said) in &sure[1..] {
        if *date != chosen.0 {
            notes.push(format!(
                "{} is taken from {}; {said} says {date}",
                chosen.0, chosen.1
            ));
        }
    }
    Ok(chosen)
}

#[derive(Default)]
struct Told {
    /// Days that are said to be that of the meeting.
    this: Vec<Date>,
    any: Vec<Date>,
    unsure: Vec<String>,
}

fn days(lines: &[String], order: Option<Order>) -> Told {
    let mut told = Told::default();
    for text in lines {
        for (at, found) in all(text, order) {
            let before: Vec<String> = text[..at]
                .to_lowercase()
                .split_whitespace()
                .rev()
                .take(6)
                .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_owned())
                .collect();
            let first = |words: &[&str]| before.iter().position(|w| words.contains(&w.as_str()));
            let other = first(OTHER);
            // `Draft minutes of the meeting held on …`: the nearest word counts.
            let held = first(&["held", "took"]);
            if other.is_some() && held.is_none_or(|h| other.is_some_and(|o| o < h)) {
                let near = first(&["meeting", "minutes", "agenda"]);
                let farther = near.is_some_and(|n| other.is_some_and(|o| n < o));
                let later = before
                    .iter()
                    .any(|w| ["next", "previous", "last"].contains(&w.as_str()));
                if !farther || later {
                    continue;
                }
            }
            match found {
                Found::Day(date) => {
                    if first(THIS).is_some() && !told.this.contains(&date) {
                        told.this.push(date);
                    }
                    if !told.any.contains(&date) {
                        told.any.push(date);
                    }
                }
                Found::Unsure(words) => told.unsure.push(words),
                Found::None => {}
            }
        }
    }
    told
}

/// Whose meeting it was, and where that stood; or what is missing, in words.
pub fn body(head: &Head, bodies: &Bodies) -> Result<(String, String), String> {
    let title = [head.title.to_owned()];
    let lines = heads(head.lines);
    let property = [head.property.to_owned()];
    let places: [(&[String], &str); 4] = [
        (&title, "the title"),
        (&lines, "the first lines of the text"),
        (&property, "the title in the document's properties"),
        (head.edges, "the header"),
    ];
    let mut torn = None;
    for (lines, said) in places {
        // What is named in so many words goes before a known name among others: `Parish
        // Council` above the name of a committee is not the body that met.
        let (named, known) = (named(lines), known(lines, bodies));
        match (named, known) {
            (Few::One(name), _) => {
                let name = bodies.name(&name).unwrap_or(name);
                return Ok((name, said.to_owned()));
            }
            (Few::None, Few::One(name)) => return Ok((name, said.to_owned())),
            (Few::More(names), Few::One(name))
                if names.iter().any(|n| bodies.name(n).as_ref() == Some(&name)) =>
            {
                return Ok((name, said.to_owned()));
            }
            (Few::More(names), _) | (Few::None, Few::More(names)) => {
                torn.get_or_insert((names, said));
            }
            (Few::None, Few::None) => {}
        }
    }
    if torn.is_none() {
        // A folder, or a file, that is named as a body that is known.
        let path = [head.file.replace(['/', '_', '-', '.'], " ")];
        if let Few::One(name) = known(&path, bodies) {
            return Ok((name, "the path of the file".to_owned()));
        }
    }
    Err(match torn {
        Some((names, said)) => format!("{said} name several bodies: {}", names.join(", ")),
        None => "it does not say whose meeting it was".to_owned(),
    })
}

enum Few {
    None,
    One(String),
    More(Vec<String>),
}

fn few(mut names: Vec<String>) -> Few {
    names.dedup();
    match names.len() {
        0 => Few::None,
        1 => Few::One(names.remove(0)),
        _ => Few::More(names),
    }
}

/// The bodies that have a file and are named in some lines. One that is named
/// within the name of another is not meant; nor is a council where one of its
/// committees is named too.
fn known(lines: &[String], bodies: &Bodies) -> Few {
    let text = names::fold(&lines.join(" \n "));
    let mut found: Vec<(usize, usize, String)> = Vec::new();
    for (spelling, name) in bodies.spellings() {
        for (at, _) in text.match_indices(&spelling) {
            let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
            let before = text[..at].chars().next_back();
            let after = text[at + spelling.len()..].chars().next();
            if edge(before) && edge(after) {
                found.push((at, at + spelling.len(), name.clone()));
            }
        }
    }
    let inside = |a: &(usize, usize, String)| {
        found
            .iter()
            .any(|b| b.2 != a.2 && b.0 <= a.0 && a.1 <= b.1 && b.1 - b.0 > a.1 - a.0)
    };
    let mut names: Vec<String> = found.iter().filter(|f| !inside(f)).map(|f| f.2.clone()).collect();
    names.sort();
    names.dedup();
    narrower(&mut names);
    few(names)
}

/// Words that a name of a body ends in.
const NOUNS: &[&str] = &[
    "committee",
    "sub-committee",
    "subcommittee",
    "council",
    "cabinet",
    "board",
    "panel",
    "forum",
    "group",
    "party",
    "trustees",
    "assembly",
    "executive",
    "commission",
    "partnership",
    "association",
    "society",
    "club",
    "trust",
    "governors",
    "directors",
    "senate",
    "court",
    "vestry",
    "league",
    "federation",
    "union",
    "team",
    "authority",
];

fn is_body(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let last = words.last().map(|w| w.to_lowercase()).unwrap_or_default();
    (1..=9).contains(&words.len())
        && NOUNS.contains(&last.as_str())
        && !name.chars().any(|c| c.is_ascii_digit())
}

/// Of a council and one of its committees, the committee is meant.
fn narrower(names: &mut Vec<String>) {
    let wide = |n: &String| names::fold(n).ends_with("council");
    if names.len() > 1 && names.iter().any(|n| !wide(n)) {
        names.retain(|n| !wide(n));
    }
}

/// The bodies that some lines name in so many words: `Minutes of the Parks
/// Committee`, or a line that is nothing but a name.
fn named(lines: &[String]) -> Few {
    let mut said: Vec<String> = Vec::new();
    let mut alone: Vec<String> = Vec::new();
    for line in lines.iter().take(12) {
        if line.chars().count() > 240 {
            continue;
        }
        said.extend(behind(line));
        for part in line
            .split([',', '–', '—', '|', ':', '/', '\t'])
            .flat_map(|p| p.split(" - "))
        {
            let part = bare(part);
            let small = ["of", "and", "the", "for", "to", "in", "on", "&"];
            let capital = |w: &str| w.starts_with(|c: char| !c.is_lowercase()) || small.contains(&w);
            if is_body(&part) && part.split_whitespace().all(capital) {
                alone.push(part);
            }
        }
    }
    let clean = |list: Vec<String>| {
        let mut out: Vec<String> = Vec::new();
        for name in list {
            if !out.iter().any(|n| names::fold(n) == names::fold(&name)) {
                out.push(name);
            }
        }
        narrower(&mut out);
        out
    };
    let said = clean(said);
    match said.is_empty() {
        false => few(said),
        true => few(clean(alone)),
    }
}

/// The name behind `meeting of the`, `minutes of the`.
fn behind(line: &str) -> Option<String> {
    let lower = line.to_lowercase();
    if lower.len() != line.len() {
        return None;
    }
    let phrases = [
        "meeting of ",
        "meetings of ",
        "minutes of ",
        "notes of ",
        "minutes for ",
        "agenda for ",
        "proceedings of ",
    ];
    // The last phrase counts: `Minutes of the meeting of the Parks Committee`.
    let at = phrases
        .iter()
        .filter_map(|p| Some(lower.find(p)? + p.len()))
        .max()?;
    let rest = line.get(at..)?;
    let folded = &lower[at..];
    let ends = [
        " held",
        " on ",
        " at ",
        ",",
        " –",
        " - ",
        " —",
        "(",
        ":",
        ";",
        ". ",
        " which",
        " took",
        " in the",
        " commencing",
        " from ",
    ];
    let end = ends
        .iter()
        .filter_map(|e| folded.find(e))
        .min()
        .unwrap_or(rest.len());
    let name = bare(rest.get(..end)?);
    let few = (1..=9).contains(&name.split_whitespace().count());
    let meeting_of = lower[..at].ends_with("meeting of ") || lower[..at].ends_with("meetings of ");
    let capital = name.starts_with(|c: char| c.is_uppercase());
    let dated = name.chars().any(|c| c.is_ascii_digit());
    (few && capital && !dated && (is_body(&name) || meeting_of)).then_some(name)
}

/// A name without what stands around it. Capitals become words.
fn bare(text: &str) -> String {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    let skip = [
        "the",
        "a",
        "an",
        "meeting",
        "minutes",
        "of",
        "ordinary",
        "annual",
        "special",
        "extraordinary",
        "monthly",
        "draft",
        "full",
        "regular",
        "weekly",
        "quarterly",
        "agenda",
        "statutory",
    ];
    let is = |w: &str| skip.contains(&w.to_lowercase().as_str());
    while words.first().is_some_and(|w| is(w)) && words.len() > 1 {
        words.remove(0);
    }
    while words
        .last()
        .is_some_and(|w| ["meeting", "minutes", "agenda", "notes"].contains(&w.to_lowercase().as_str()))
        && words.len() > 1
    {
        words.pop();
    }
    let text = words.join(" ");
    let text = text.trim_matches(|c: char| !c.is_alphanumeric() && c != ')' && c != '(');
    let shouts =
        !text.chars().any(char::is_lowercase) && text.chars().filter(|c| c.is_alphabetic()).count() > 4;
    if !shouts {
        return text.to_owned();
    }
    let small = ["of", "and", "the", "for", "to", "in", "on"];
    let word = |(n, w): (usize, &str)| {
        let lower = w.to_lowercase();
        if n > 0 && small.contains(&lower.as_str()) {
            return lower;
        }
        let mut out = String::new();
        let mut first = true;
        for c in lower.chars() {
            match first && c.is_alphabetic() {
                true => out.extend(c.to_uppercase()),
                false => out.push(c),
            }
            first = first && !c.is_alphabetic() || c == '-';
        }
        out
    };
    text.split_whitespace()
        .enumerate()
        .map(word)
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn head<'a>(title: &'a str, lines: &'a [String], file: &'a str) -> Head<'a> {
        Head {
            title,
            lines,
            edges: &[],
            property: "",
            file,
        }
    }

    #[test]
    fn the_day_is_that_of_the_meeting() {
        let twelfth = Ok((date(2024, 3, 12), "the first lines of the text".to_owned()));
        for lines in [
            &["Held on Tuesday 12 March 2024 at 7.30 pm"][..],
            &["12th March 2024", "Published 20 March 2024"],
            &["Date: 12/03/2024", "Next meeting: 9 April 2024"],
            &["Draft minutes of the meeting held on 12 March 2024, approved 9 April 2024"],
            &[
                "For the year that began on 1 May 2023",
                "Meeting held 12 March 2024",
            ][1..],
        ] {
            let lines: Vec<String> = lines.iter().map(|l| (*l).to_owned()).collect();
            let got = day(
                &head("Minutes", &lines, "x.docx"),
                Some(Order::DayFirst),
                &mut Vec::new(),
            );
            assert_eq!(got, twelfth, "{lines:?}");
        }
        let several = vec!["12 March 2024 and 13 March 2024".to_owned()];
        assert!(
            day(&head("", &several, "x.docx"), None, &mut Vec::new())
                .unwrap_err()
                .contains("several days")
        );
        // A sentence may name any day; and what a line and the name of a file say must agree.
        let sentence = vec!["The Cabinet met again on 14 March 2024, after the flood.".to_owned()];
        assert!(day(&head("", &sentence, "x.docx"), None, &mut Vec::new()).is_err());
        let line = vec!["14 March 2024".to_owned()];
        let torn = day(&head("", &line, "2024-03-13.docx"), None, &mut Vec::new());
        assert!(torn.unwrap_err().contains("2024-03-13"));
        let file = day(&head("", &several, "2024-03-13.docx"), None, &mut Vec::new());
        assert_eq!(file.unwrap().0, date(2024, 3, 13));
        let unsure = vec!["04/06/2015".to_owned()];
        assert!(
            day(&head("", &unsure, "x.docx"), None, &mut Vec::new())
                .unwrap_err()
                .contains("--date-order")
        );
    }

    #[test]
    fn a_body_is_named_and_never_guessed() {
        let none = Bodies::default();
        let sentence =
            ["Councillor Lund, having joined the Cabinet, took the chair of the Council.".to_owned()];
        assert!(body(&head("", &sentence, "x.docx"), &none).is_err());
        for (title, expected) in [
            (
                "Minutes of the meeting of the Parks Committee held on 12 March 2024",
                Some("Parks Committee"),
            ),
            (
                "MINUTES OF THE PARKS AND OPEN SPACES COMMITTEE",
                Some("Parks and Open Spaces Committee"),
            ),
            (
                "Harrowmere Parish Council – Planning Committee",
                Some("Planning Committee"),
            ),
            ("Annual meeting of the Council", Some("Council")),
            ("Allotments Working Party minutes 4 June 2024", None),
            ("Meeting notes", None),
            ("Parks Committee / Planning Committee", None),
        ] {
            let got = body(&head(title, &[], "x.docx"), &none).ok().map(|b| b.0);
            assert_eq!(got.as_deref(), expected, "{title}");
        }
    }
}
