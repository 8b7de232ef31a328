//! A first look at a pile: what its dates, bodies, items and names look like,
//! written down as a mapping that somebody reads before anything is imported.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::dates::{Found, first};
use super::divide::{Divided, divide, heading, plain};
use super::mapping::{Mapping, Order};
use crate::document::written::quoted;
use crate::import::draft::Origin;
use crate::text::names;

/// Words that open a list of who was there, in the languages we have met.
pub const LABELS: &[(&str, &[&str])] = &[
    (
        "present",
        &[
            "present",
            "members present",
            "attendance",
            "attendees",
            "participants",
            "aanwezig",
            "aanwezigen",
            "aanwezige leden",
            "anwesend",
            "teilnehmer",
            "présents",
            "presentes",
            "yn bresennol",
        ],
    ),
    (
        "remote",
        &["remote", "online", "online aanwezig", "skype", "via skype"],
    ),
    (
        "apologies",
        &[
            "apologies",
            "apologies for absence",
            "regrets",
            "excused",
            "afwezig met afbericht",
            "met afmelding",
            "afgemeld",
            "entschuldigt",
            "excusés",
            "ymddiheuriadau",
        ],
    ),
    (
        "absent",
        &["absent", "afwezig", "abwesend", "absents", "ausentes"],
    ),
    (
        "in_attendance",
        &["in attendance", "guests", "observers", "staff", "gasten", "gäste"],
    ),
    ("chair", &["chair", "facilitator", "voorzitter", "vorsitz"]),
];

/// Drafts a mapping.
pub fn draft(files: &[(&str, String)]) -> String {
    // One that says nothing.
    let Ok(plain_mapping) = Mapping::read("ready = true") else {
        return String::new();
    };
    let divided: Vec<(&str, Divided)> = files
        .iter()
        .map(|(name, text)| (*name, divide(text, &plain_mapping, &mut Origin::new(name))))
        .collect();
    let mut out = String::new();
    let n = files.len();
    let _ = writeln!(
        out,
        "# How to read these {n} files. minutebook drafted this from what it saw; it has imported nothing yet.\n\
         # Read it, change what is wrong, write `ready = true`, and run the same command again.\n\n\
         ready = false\n"
    );
    roles(files, &mut out);
    dates(&divided, &mut out);
    bodies(&divided, &mut out);
    items(files, &mut out);
    attendance(files, &mut out);
    let _ = writeln!(
        out,
        "# Different spellings of one person, as people write them. Those who share a handle (@name) are known already.\n\
         [people]\n# \"Jane Roe\" = [\"J. Roe\", \"Jane R.\"]"
    );
    out
}

fn some<T: AsRef<str>>(list: &[T], most: usize) -> String {
    let shown: Vec<&str> = list.iter().take(most).map(AsRef::as_ref).collect();
    let more = if list.len() > most { ", …" } else { "" };
    format!("{}{more}", shown.join(", "))
}

fn strings(list: &[String]) -> String {
    format!(
        "[{}]",
        list.iter().map(|s| quoted(s)).collect::<Vec<_>>().join(", ")
    )
}

fn roles(files: &[(&str, String)], out: &mut String) {
    let mut by_name: BTreeMap<&str, usize> = BTreeMap::new();
    let mut folders: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, _) in files {
        *by_name
            .entry(name.rsplit('/').next().unwrap_or(name))
            .or_default() += 1;
        if let Some((folder, _)) = name.split_once('/') {
            *folders.entry(folder).or_default() += 1;
        }
    }
    let repeated: Vec<String> = by_name
        .iter()
        .filter(|(_, n)| **n > 1)
        .map(|(name, n)| format!("{name} ({n})"))
        .collect();
    let is = |words: &[&str]| -> Vec<String> {
        let fits = |name: &&&str| words.iter().any(|w| name.to_lowercase().contains(w));
        by_name.keys().filter(fits).map(|n| (*n).to_owned()).collect()
    };
    let dated = folders
        .keys()
        .filter(|f| matches!(first(f, None), Found::Day(_)))
        .count();
    let several = folders.values().filter(|n| **n > 1).count();
    let by_folder = dated > 1 && dated * 2 > folders.len() && several > 0;
    let _ = writeln!(out, "[files]");
    if !repeated.is_empty() {
        let _ = writeln!(
            out,
            "# File names that occur more than once: {}",
            some(&repeated, 12)
        );
    }
    let index: Vec<String> = by_name
        .keys()
        .filter(|n| {
            ["index.", "readme.", "blog.", "list.", "calendar."]
                .iter()
                .any(|w| n.to_lowercase().starts_with(w))
        })
        .filter(|n| by_name.get(**n).is_some_and(|c| *c == 1))
        .map(|n| (*n).to_owned())
        .collect();
    let attachments = is(&["attachment", "financial"]);
    let mut skip = index;
    skip.extend(attachments);
    let _ = writeln!(
        out,
        "# What is left out. `*` stands for any part of a name, `**` for any part of a path.\nskip = {}",
        strings(&skip)
    );
    let _ = writeln!(
        out,
        "# Agendas and notices that stand beside the minutes of the same meeting; they are put together with them.\nagenda = {}\nnotice = {}",
        strings(&is(&["agenda"])),
        strings(&is(&["event", "notice"]))
    );
    let _ = writeln!(
        out,
        "# Whether all files of a folder are of one meeting, so that the day of one is the day of all.\none_meeting_a_folder = {by_folder}\n"
    );
}

fn dates(files: &[(&str, Divided)], out: &mut String) {
    let mut tallies: Vec<(String, Tally)> = Vec::new();
    let mut keys: BTreeMap<String, Tally> = BTreeMap::new();
    let (mut file, mut path, mut title, mut text) = (
        Tally::default(),
        Tally::default(),
        Tally::default(),
        Tally::default(),
    );
    for (name, divided) in files {
        file.add(name.rsplit('/').next().unwrap_or(name));
        path.add(name);
        title.add(divided.title.as_deref().unwrap_or(""));
        text.add(&divided.head);
        for (key, value) in divided.keys() {
            if !matches!(first(&value, None), Found::None) {
                keys.entry(key).or_default().add(&value);
            }
        }
    }
    tallies.push(("file".into(), file));
    tallies.push(("path".into(), path));
    tallies.push(("title".into(), title));
    tallies.extend(keys.into_iter().map(|(key, tally)| (format!("key:{key}"), tally)));
    tallies.push(("text".into(), text));
    let n = files.len();
    let _ = writeln!(
        out,
        "[date]\n# Where the day of the meeting stands. The first place that gives one counts; where others differ, you are told.\n\
         # A `date` in front matter is often the day on which the page was written, and no day of a meeting."
    );
    for (place, tally) in tallies.iter().filter(|(_, t)| t.found + t.unsure > 0) {
        let unsure = match tally.unsure {
            0 => String::new(),
            unsure => format!(", {unsure} that can be read in two ways"),
        };
        let _ = writeln!(
            out,
            "#   {place}: a day in {} of {n} files{unsure}; as {}",
            tally.found,
            some(&tally.examples, 2)
        );
    }
    // Names and titles before keys and texts: they are written for the meeting.
    let score = |place: &str, t: &Tally| match place {
        "file" if t.found * 10 >= n * 8 => 4,
        "title" if t.found * 10 >= n * 8 => 3,
        "path" if t.found * 10 >= n * 8 => 2,
        _ => 0,
    };
    let mut ranked: Vec<&(String, Tally)> = tallies.iter().filter(|(_, t)| t.found > 0).collect();
    ranked.sort_by_key(|(place, t)| std::cmp::Reverse((score(place, t), t.found)));
    let mut from: Vec<String> = ranked
        .iter()
        .filter(|(p, t)| score(p, t) > 0)
        .map(|(p, _)| p.clone())
        .collect();
    if from.is_empty() {
        from = ranked.iter().take(2).map(|(p, _)| p.clone()).collect();
    }
    if from.contains(&"file".to_owned()) {
        from.retain(|p| p != "path");
    }
    let _ = writeln!(out, "from = {}", strings(&from));
    let (day, month): (usize, usize) = tallies
        .iter()
        .fold((0, 0), |a, (_, t)| (a.0 + t.day_first, a.1 + t.month_first));
    let unsure: usize = tallies.iter().map(|(_, t)| t.unsure).sum();
    let _ = writeln!(
        out,
        "# Days written in figures, as 04-06-2015: \"day-first\" or \"month-first\". Left empty, such a day is not read,\n\
         # and its meeting is held back. Seen here: {unsure} that can be read either way, {day} that can only be day first,\n\
         # {month} that can only be month first.\norder = \"\"\n"
    );
}

#[derive(Default)]
struct Tally {
    found: usize,
    unsure: usize,
    day_first: usize,
    month_first: usize,
    examples: Vec<String>,
}

impl Tally {
    fn add(&mut self, text: &str) {
        let said = first(text, None);
        match &said {
            Found::Day(_) => self.found += 1,
            Found::Unsure(_) => self.unsure += 1,
            Found::None => return,
        }
        if let Found::Day(_) = said {
            let as_day = matches!(first(text, Some(Order::DayFirst)), Found::Day(_));
            let as_month = matches!(first(text, Some(Order::MonthFirst)), Found::Day(_));
            self.day_first += usize::from(as_day && !as_month);
            self.month_first += usize::from(as_month && !as_day);
        }
        if self.examples.len() < 2 {
            self.examples.push(quoted(
                &text
                    .lines()
                    .next()
                    .unwrap_or("")
                    .chars()
                    .take(60)
                    .collect::<String>(),
            ));
        }
    }
}

fn bodies(files: &[(&str, Divided)], out: &mut String) {
    let mut words: BTreeMap<String, usize> = BTreeMap::new();
    for (_, divided) in files {
        let title = divided.title.as_deref().unwrap_or("");
        let bare: Vec<&str> = title
            .split_whitespace()
            .filter(|w| {
                !w.bytes().any(|b| b.is_ascii_digit()) && super::dates::month(w.trim_matches(',')).is_none()
            })
            .collect();
        if !bare.is_empty() {
            *words.entry(bare.join(" ")).or_default() += 1;
        }
    }
    let mut titles: Vec<(String, usize)> = words.into_iter().collect();
    titles.sort_by_key(|(title, n)| (std::cmp::Reverse(*n), title.clone()));
    let _ = writeln!(
        out,
        "[body]\n# Whose meetings they are. With `name` alone, all are of that body. With `from`, the words in [body.names] are looked\n\
         # for in that place (\"title\", \"file\", \"path\", \"key:NAME\"), and `name` is for what holds none of them."
    );
    let shown: Vec<String> = titles.iter().take(8).map(|(t, n)| format!("{t} ({n})")).collect();
    if !shown.is_empty() {
        let _ = writeln!(out, "# Titles seen, without their dates: {}", some(&shown, 8));
    }
    let _ = writeln!(
        out,
        "name = \"\"\n# from = \"title\"\n# [body.names]\n# \"board\" = \"Board\"\n"
    );
}

fn items(files: &[(&str, String)], out: &mut String) {
    let mut levels: BTreeMap<u8, (usize, usize, BTreeMap<String, usize>)> = BTreeMap::new();
    let (mut bullets, mut refs) = (0, 0);
    for (_, text) in files {
        let mut fenced = false;
        for row in text.lines() {
            if row.trim_start().starts_with("```") {
                fenced = !fenced;
            }
            if fenced {
                continue;
            }
            if let Some((level, words)) = heading(row) {
                let words = plain(words);
                let entry = levels.entry(level).or_default();
                entry.0 += 1;
                entry.1 += usize::from(words.starts_with(|c: char| c.is_ascii_digit()));
                *entry.2.entry(words).or_default() += 1;
            }
            let top = row.starts_with("* ") || row.starts_with("- ");
            bullets += usize::from(top);
            let reference =
                row.contains("github.com/") && (row.contains("/issues/") || row.contains("/pull/"));
            refs += usize::from(top && reference);
        }
    }
    let n = files.len().max(1);
    let _ = writeln!(
        out,
        "[items]\n# Which headings open agenda items, by the number of their `#`. Seen here:"
    );
    for (level, (count, numbered, titles)) in &levels {
        let mut often: Vec<(&String, &usize)> = titles.iter().collect();
        often.sort_by_key(|(title, n)| (std::cmp::Reverse(**n), (*title).clone()));
        let shown: Vec<String> = often.iter().take(5).map(|(t, n)| format!("{t} ({n})")).collect();
        let _ = writeln!(
            out,
            "#   {} : {count} headings, {numbered} of them numbered; {}",
            "#".repeat(*level as usize),
            some(&shown, 5)
        );
    }
    // The level that is used most, from one heading a file on.
    let usual =
        levels
            .iter()
            .filter(|(_, (count, ..))| *count >= n)
            .max_by_key(|(level, (count, numbered, _))| {
                (*numbered * 2 > *count, *count, std::cmp::Reverse(**level))
            });
    let usual = usual
        .or_else(|| levels.iter().max_by_key(|(_, (count, ..))| *count))
        .map_or(2, |(level, _)| *level);
    let mut chosen = vec![usual];
    // Above it stand headings that gather items, where there are some in most files.
    let above = levels
        .iter()
        .filter(|(l, (count, ..))| **l < usual && **l > 1 && *count >= n)
        .map(|(l, _)| *l);
    chosen.extend(above);
    // Below it too, where lists of issues stand under headings of their own.
    let below = levels
        .get(&(usual + 1))
        .is_some_and(|(count, ..)| refs > n && *count >= 2 * n);
    chosen.extend(below.then_some(usual + 1));
    chosen.sort_unstable();
    let gather: Vec<String> = levels
        .values()
        .flat_map(|(_, _, titles)| titles.iter())
        .filter(|(title, count)| {
            **count * 2 > n
                && ["agenda", "minutes", "notulen", "protokoll"]
                    .contains(&names::fold(title).trim_end_matches(':'))
        })
        .map(|(title, _)| title.clone())
        .collect();
    let _ = writeln!(
        out,
        "levels = {chosen:?}\n# true: only headings with a number are items.\nonly_numbered = false\n\
         # Headings that only gather what is below them; they are dropped where nothing stands right under them.\nwrappers = {}",
        strings(&gather)
    );
    let aside: Vec<String> = levels
        .values()
        .flat_map(|(_, _, titles)| titles.keys())
        .filter(|t| {
            ["links", "upcoming meetings", "next meeting", "references"].contains(&names::fold(t).as_str())
        })
        .cloned()
        .collect();
    let kind = if refs > n { "issues" } else { "none" };
    let _ = writeln!(
        out,
        "# Whether entries of lists are items: \"none\", \"issues\" (those that name an issue), \"all\".\n\
         # Seen here: {bullets} entries, {refs} of them with a link to an issue or pull request.\nbullets = \"{kind}\"\n\
         # Headings below which no entry is an item.\nplain = {}\n",
        strings(&aside)
    );
    let _ = writeln!(
        out,
        "[issues]\n# How an item says which issue it belongs to: links to issues and pull requests on GitHub (owner/repository#123),\n\
         # and whatever fits a pattern (a regular expression), as a planning number: \"PA/\\\\d{{2}}/\\\\d+\"\n\
         github = {}\npattern = \"\"\n",
        refs * 2 > n
    );
}

fn attendance(files: &[(&str, String)], out: &mut String) {
    let mut seen: BTreeMap<&str, BTreeMap<String, usize>> = BTreeMap::new();
    for (_, text) in files {
        // Words before a colon count where the minutes begin: before the first
        // item, and in it.
        let (mut headings, mut begun) = (0, false);
        for row in text.lines() {
            let bare = plain(row.trim_start().trim_start_matches(['-', '*', '+', '#', ' ']));
            let found = heading(row);
            let is_heading = found.is_some();
            let is_title = matches!(found, Some((1, _))) && !begun;
            headings += usize::from(is_heading && !is_title);
            begun |= !bare.is_empty();
            if headings > 1 && !is_heading {
                continue;
            }
            let before = bare.split(':').next().unwrap_or("").trim().to_owned();
            let folded = names::fold(&before);
            for (key, words) in LABELS {
                let fits = words.contains(&folded.as_str()) && (is_heading || bare.contains(':'));
                if fits {
                    *seen.entry(key).or_default().entry(before.clone()).or_default() += 1;
                }
            }
            // `… gehouden in Amsterdam. Aanwezig: …`
            for (key, words) in LABELS {
                for word in words.iter().filter(|w| w.len() > 5) {
                    let lower = bare.to_lowercase();
                    if let Some(at) = lower
                        .find(&format!(". {word}:"))
                        .filter(|_| lower.len() == bare.len())
                    {
                        let label = bare[at + 2..at + 2 + word.len()].to_owned();
                        *seen.entry(key).or_default().entry(label).or_default() += 1;
                    }
                }
            }
        }
    }
    let _ = writeln!(
        out,
        "[attendance]\n# Headings, or words before a colon, that open a list of names."
    );
    for (key, _) in LABELS {
        let labels = seen.remove(key).unwrap_or_default();
        let counted: Vec<String> = labels.iter().map(|(label, n)| format!("{label} ({n})")).collect();
        if !counted.is_empty() {
            let _ = writeln!(out, "#   {}", some(&counted, 8));
        }
        let mut list: Vec<String> = labels.into_keys().collect();
        list.dedup_by(|a, b| names::fold(a) == names::fold(b));
        let _ = writeln!(out, "{key} = {}", strings(&list));
    }
    let _ = writeln!(
        out,
        "# Entries of such lists that are no people: they are kept, and get no page.\nnot_people = []\n"
    );
}
