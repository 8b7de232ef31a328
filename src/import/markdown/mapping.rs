//! `import.toml`: what a date, a body, an item and a name look like in a pile.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::divide::Divided;
use crate::text::names;

/// As it is written.
#[derive(Debug, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Raw {
    ready: bool,
    files: RawFiles,
    date: RawDate,
    body: RawBody,
    items: RawItems,
    attendance: RawAttendance,
    issues: RawIssues,
    people: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct RawFiles {
    skip: Vec<String>,
    agenda: Vec<String>,
    notice: Vec<String>,
    one_meeting_a_folder: bool,
}

#[derive(Debug, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct RawDate {
    from: Vec<String>,
    order: String,
}

#[derive(Debug, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct RawBody {
    from: String,
    name: String,
    names: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct RawItems {
    levels: Vec<u8>,
    only_numbered: bool,
    wrappers: Vec<String>,
    bullets: String,
    plain: Vec<String>,
}

#[derive(Debug, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct RawAttendance {
    present: Vec<String>,
    remote: Vec<String>,
    apologies: Vec<String>,
    absent: Vec<String>,
    in_attendance: Vec<String>,
    chair: Vec<String>,
    not_people: Vec<String>,
}

#[derive(Debug, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct RawIssues {
    github: bool,
    pattern: String,
}

/// What a file is to its meeting.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Role {
    Minutes,
    Agenda,
    Notice,
}

impl Role {
    pub fn word(self) -> &'static str {
        match self {
            Role::Minutes => "minutes",
            Role::Agenda => "agenda",
            Role::Notice => "notice",
        }
    }
}

/// Where a date or a body may stand.
#[derive(Clone, PartialEq, Debug)]
pub enum Place {
    /// A key of the front matter, as `date` or `event.startDate`.
    Key(String),
    File,
    Path,
    Title,
    Text,
}

impl Place {
    fn read(word: &str) -> Option<Self> {
        Some(match word {
            "file" => Place::File,
            "path" | "folder" => Place::Path,
            "title" => Place::Title,
            "text" => Place::Text,
            word => Place::Key(
                word.strip_prefix("key:")
                    .or_else(|| word.strip_prefix("key "))?
                    .trim()
                    .to_owned(),
            ),
        })
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Order {
    DayFirst,
    MonthFirst,
}

/// Which list a name stands in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kept {
    Present,
    Remote,
    Apologies,
    Absent,
    InAttendance,
    Chair,
}

impl Kept {
    /// The list of that key in a mapping.
    pub fn of(key: &str) -> Option<Self> {
        [
            Kept::Present,
            Kept::Remote,
            Kept::Apologies,
            Kept::Absent,
            Kept::InAttendance,
            Kept::Chair,
        ]
        .into_iter()
        .find(|kept| kept.key() == key)
    }

    pub fn key(self) -> &'static str {
        match self {
            Kept::Present => "present",
            Kept::Remote => "remote",
            Kept::Apologies => "apologies",
            Kept::Absent => "absent",
            Kept::InAttendance => "in_attendance",
            Kept::Chair => "chair",
        }
    }
}

/// As it is meant.
#[derive(Debug)]
pub struct Mapping {
    skip: Vec<String>,
    agenda: Vec<String>,
    notice: Vec<String>,
    by_folder: bool,
    pub dates: Vec<Place>,
    pub order: Option<Order>,
    body_from: Option<Place>,
    body_name: Option<String>,
    body_names: Vec<(String, String)>,
    pub levels: Vec<u8>,
    /// The levels that somebody said.
    levels_said: Vec<u8>,
    pub only_numbered: bool,
    wrappers: Vec<String>,
    /// Headings below which no entry of a list is an item.
    plain: Vec<String>,
    /// Bullets that name an issue are items, or all of a list.
    pub bullets: Bullets,
    labels: Vec<(String, Kept)>,
    /// Labels that nobody wrote down: the importer knows them by itself.
    lent: Vec<String>,
    pub not_people: Vec<String>,
    pub github: bool,
    pub pattern: Option<regex::Regex>,
    /// Folded spelling, and the name that is meant.
    pub spellings: BTreeMap<String, String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Bullets {
    No,
    WithIssue,
    All,
}

impl Mapping {
    /// Reads a mapping; the error is in words.
    pub fn read(text: &str) -> Result<Self, String> {
        let raw: Raw =
            toml::from_str(text).map_err(|e| format!("import.toml cannot be read: {}", e.message()))?;
        if !raw.ready {
            return Err("import.toml still says `ready = false`: read it, change what is wrong, and write `ready = true`".to_owned());
        }
        let place = |key: &str, word: &str| {
            Place::read(word).ok_or_else(|| {
                format!("import.toml: `{key}` cannot be `{word}`; it is `file`, `path`, `title`, `text` or `key:NAME`")
            })
        };
        let dates = raw
            .date
            .from
            .iter()
            .map(|w| place("date.from", w))
            .collect::<Result<Vec<_>, _>>()?;
        let order = match raw.date.order.as_str() {
            "" => None,
            "day-first" => Some(Order::DayFirst),
            "month-first" => Some(Order::MonthFirst),
            other => {
                return Err(format!(
                    "import.toml: `date.order` cannot be `{other}`; it is `day-first` or `month-first`"
                ));
            }
        };
        let body_from = match raw.body.from.as_str() {
            "" => None,
            word => Some(place("body.from", word)?),
        };
        let bullets = match raw.items.bullets.as_str() {
            "" | "none" => Bullets::No,
            "issues" => Bullets::WithIssue,
            "all" => Bullets::All,
            other => {
                return Err(format!(
                    "import.toml: `items.bullets` cannot be `{other}`; it is `none`, `issues` or `all`"
                ));
            }
        };
        let pattern = match raw.issues.pattern.as_str() {
            "" => None,
            pattern => Some(
                regex::Regex::new(pattern)
                    .map_err(|e| format!("import.toml: `issues.pattern` cannot be read: {e}"))?,
            ),
        };
        let mut labels = Vec::new();
        let a = &raw.attendance;
        for (list, kept) in [
            (&a.present, Kept::Present),
            (&a.remote, Kept::Remote),
            (&a.apologies, Kept::Apologies),
            (&a.absent, Kept::Absent),
            (&a.in_attendance, Kept::InAttendance),
            (&a.chair, Kept::Chair),
        ] {
            labels.extend(list.iter().map(|l| (l.clone(), kept)));
        }
        // The longest first, so that `Afwezig met afbericht` is not `Afwezig`.
        labels.sort_by_key(|(l, _)| std::cmp::Reverse(l.chars().count()));
        let mut spellings = BTreeMap::new();
        for (name, list) in &raw.people {
            for spelling in list {
                spellings.insert(names::key(spelling), name.clone());
            }
        }
        let some = |text: String| Some(text).filter(|t| !t.trim().is_empty());
        Ok(Self {
            skip: raw.files.skip,
            agenda: raw.files.agenda,
            notice: raw.files.notice,
            by_folder: raw.files.one_meeting_a_folder,
            dates,
            order,
            body_from,
            body_name: some(raw.body.name),
            body_names: raw.body.names.into_iter().collect(),
            levels_said: raw.items.levels.clone(),
            levels: if raw.items.levels.is_empty() {
                vec![2]
            } else {
                raw.items.levels
            },
            only_numbered: raw.items.only_numbered,
            wrappers: raw.items.wrappers.iter().map(|w| comparable(w)).collect(),
            plain: raw.items.plain.iter().map(|w| comparable(w)).collect(),
            bullets,
            labels,
            lent: Vec::new(),
            not_people: raw.attendance.not_people.iter().map(|n| names::key(n)).collect(),
            github: raw.issues.github,
            pattern,
            spellings,
        })
    }

    /// What a file is; none for one that is to be skipped.
    pub fn role(&self, name: &str) -> Option<Role> {
        let any = |list: &[String]| list.iter().any(|glob| fits(glob, name));
        if any(&self.skip) {
            None
        } else if any(&self.agenda) {
            Some(Role::Agenda)
        } else if any(&self.notice) {
            Some(Role::Notice)
        } else {
            Some(Role::Minutes)
        }
    }

    /// With an order for days in figures, where none is said.
    pub fn or_order(self, order: Option<Order>) -> Self {
        Self {
            order: self.order.or(order),
            ..self
        }
    }

    /// The levels of the headings that open items, if somebody said them.
    pub fn levels_said(&self) -> Option<&[u8]> {
        Some(self.levels_said.as_slice()).filter(|l| !l.is_empty())
    }

    /// For a file whose items are headings of this level, whatever was said.
    pub fn of_level(self, level: u8) -> Self {
        Self {
            levels: vec![level],
            ..self
        }
    }

    /// With more words that open a list of names. Those that are there come first.
    pub fn and_labels(mut self, more: impl Iterator<Item = (String, Kept)>) -> Self {
        for (label, kept) in more {
            if self.label(&label).is_none() {
                self.lent.push(label.clone());
                self.labels.push((label, kept));
            }
        }
        self.labels
            .sort_by_key(|(l, _)| std::cmp::Reverse(l.chars().count()));
        self
    }

    pub fn group_by_folder(&self) -> bool {
        self.by_folder
    }

    /// Whose meeting a file is of.
    pub fn body(&self, name: &str, divided: &Divided) -> Option<String> {
        let said = match &self.body_from {
            None => return self.body_name.clone(),
            Some(Place::File) => name.rsplit('/').next().unwrap_or(name).to_owned(),
            Some(Place::Path) => name.to_owned(),
            Some(Place::Title) => divided.title.clone().unwrap_or_default(),
            Some(Place::Text) => divided.head.clone(),
            Some(Place::Key(key)) => divided.key(key).unwrap_or_default(),
        };
        let folded = names::fold(&said);
        let fits = |word: &str| {
            let word = names::fold(word);
            folded.match_indices(&word).any(|(at, found)| {
                let before = folded[..at].chars().next_back();
                let after = folded[at + found.len()..].chars().next();
                let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
                // `bestuur` is found in `bestuursvergadering`: the beginning counts.
                edge(before) && (edge(after) || word.chars().count() > 3)
            })
        };
        let found = self
            .body_names
            .iter()
            .find(|(word, _)| fits(word))
            .map(|(_, name)| name.clone());
        found
            .or_else(|| self.body_name.clone())
            .or_else(|| match &self.body_from {
                Some(Place::Key(_)) if !said.trim().is_empty() && self.body_names.is_empty() => Some(said),
                Some(Place::Path) if self.body_names.is_empty() => {
                    name.split_once('/').map(|(folder, _)| folder.to_owned())
                }
                _ => None,
            })
    }

    pub fn is_plain(&self, heading: &str) -> bool {
        self.plain.contains(&comparable(heading))
    }

    pub fn is_wrapper(&self, heading: &str) -> bool {
        self.wrappers.contains(&comparable(heading))
    }

    /// The list that a heading, or the words before a colon, open.
    pub fn label(&self, words: &str) -> Option<Kept> {
        let folded = comparable(words);
        self.labels
            .iter()
            .find(|(l, _)| comparable(l) == folded)
            .map(|(_, kept)| *kept)
    }

    /// The labels as they are written, the longest first.
    pub fn labels(&self) -> &[(String, Kept)] {
        &self.labels
    }

    /// A title that says more than whose meeting it was and when.
    pub fn keeps_title(&self, title: &str) -> bool {
        !title.trim().is_empty()
    }

    /// What the site should know too, so that it reads the same lists: what was
    /// written down, and what was met. `met`: the headings of lists of names.
    pub fn advice(&self, met: &BTreeSet<String>) -> Vec<String> {
        let known = crate::document::Labels::default();
        let meaning = |kept: &Kept| match kept {
            Kept::Present => Some("present"),
            Kept::Remote => Some("remote"),
            Kept::Apologies => Some("apologies"),
            Kept::Absent => Some("absent"),
            Kept::InAttendance => Some("in attendance"),
            Kept::Chair => None,
        };
        let lines = self.labels.iter().filter_map(|(label, kept)| {
            if self.lent.contains(label) && !met.iter().any(|m| comparable(m) == comparable(label)) {
                return None;
            }
            let meaning = meaning(kept).filter(|_| known.attendance(label).is_none())?;
            Some(format!(
                "in site.toml, below [labels], belongs: \"{label}\" = \"{meaning}\""
            ))
        });
        let mut lines: Vec<String> = lines.collect();
        lines.sort();
        lines
    }
}

/// Case, marks and a colon at the end do not matter.
fn comparable(words: &str) -> String {
    let plain = words.replace(['*', '_', '#', '`'], "");
    names::fold(plain.trim().trim_end_matches([':', '.', ' ']))
}

/// Whether a path fits: `*` is any part of a name, `**` any part of a path. A
/// pattern without `/` is about the name of the file alone.
pub fn fits(glob: &str, path: &str) -> bool {
    let path = match glob.contains('/') {
        true => path,
        false => path.rsplit('/').next().unwrap_or(path),
    };
    let glob: Vec<char> = glob.chars().collect();
    let path: Vec<char> = path.chars().collect();
    // Where in the pattern each beginning of the path can have come to.
    let mut at = vec![false; glob.len() + 1];
    at[0] = true;
    star(&glob, &mut at);
    for c in path {
        let mut next = vec![false; glob.len() + 1];
        for n in 0..glob.len() {
            if !at[n] {
                continue;
            }
            if glob[n] == '*' {
                let deep = glob.get(n + 1) == Some(&'*') || n > 0 && glob[n - 1] == '*';
                if c != '/' || deep {
                    next[n] = true;
                }
            } else if glob[n] == c || glob[n] == '?' && c != '/' {
                next[n + 1] = true;
            }
        }
        at = next;
        star(&glob, &mut at);
    }
    at[glob.len()]
}

/// A star may stand for nothing.
fn star(glob: &[char], at: &mut [bool]) {
    for n in 0..glob.len() {
        if at[n] && glob[n] == '*' {
            at[n + 1] = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_fit_patterns() {
        for (glob, path, expected) in [
            ("*.md", "2019/a.md", true),
            ("blog.*.md", "blog.de.md", true),
            ("2019/*.md", "2019/a.md", true),
            ("2019/*.md", "2019/x/a.md", false),
            ("2019/**", "2019/x/a.md", true),
            ("**/agenda.md", "a/b/agenda.md", true),
            ("index", "index.md", false),
        ] {
            assert_eq!(fits(glob, path), expected, "{glob} {path}");
        }
    }

    #[test]
    fn a_mapping_must_be_ready_and_known() {
        assert!(
            Mapping::read("ready = false")
                .unwrap_err()
                .contains("ready = true")
        );
        assert!(
            Mapping::read("ready = true\n[date]\nform = []")
                .unwrap_err()
                .contains("form")
        );
        assert!(
            Mapping::read("ready = true\n[date]\norder = \"x\"")
                .unwrap_err()
                .contains("day-first")
        );
        assert!(Mapping::read("ready = true").is_ok());
    }
}
