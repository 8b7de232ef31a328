//! A file of minutes, divided as the mapping says: what stands before the
//! first item, the items, and who is named as present. The Markdown itself
//! stays as it was written.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::mapping::{Bullets, Kept, Mapping};
use super::people::{self, Named, read_entry};
use super::refs::{self, Reference};
use crate::document::agenda::numbered_title;
use crate::document::front_matter;
use crate::document::written::{Front, Value, line};
use crate::import::draft::Origin;
use crate::paths::SourcePath;
use crate::report::Report;
use crate::text::words;

#[derive(Default, Debug)]
pub struct Divided {
    /// The keys of the front matter that no record has, to be kept.
    pub extra: Front,
    pub title: Option<String>,
    /// The first lines of the text: where a date may stand.
    pub head: String,
    pub date: Option<Date>,
    pub start: Option<String>,
    pub names: Vec<(Kept, Named)>,
    /// What stands among names and is none.
    pub passed: Vec<String>,
    pub preamble: String,
    pub items: Vec<Item>,
}

#[derive(Default, Debug)]
pub struct Item {
    pub number: Option<String>,
    pub title: String,
    pub issues: Vec<Reference>,
    /// Other facts about it.
    pub fields: Vec<(String, String)>,
    pub text: String,
    pub sections: Vec<(String, String)>,
    /// Its level in the file.
    level: u8,
    /// Its heading only gathers what is below it.
    wrapper: bool,
    /// Its list is read as names by every reader of the format.
    listed: Option<Kept>,
}

impl Item {
    /// Whether it is a list of who was there.
    pub fn is_names(&self) -> bool {
        self.listed.is_some()
    }
}

impl Divided {
    /// The value of a key of the front matter: `date`, `event.startDate`.
    pub fn key(&self, key: &str) -> Option<String> {
        let mut at = Value::Map(self.extra.clone());
        for part in key.split('.') {
            at = match at {
                Value::Map(front) => front.get(part)?.clone(),
                _ => return None,
            };
        }
        Some(shown(&at))
    }

    /// Its keys, one below another with a full stop between them.
    pub fn keys(&self) -> Vec<(String, String)> {
        let mut out = Vec::new();
        flatten("", &self.extra, &mut out);
        out
    }

    pub fn is_empty(&self) -> bool {
        self.preamble.trim().is_empty() && self.items.is_empty() && self.title.is_none()
    }

    /// Whether a record tells of this meeting: nine words of ten stand in it.
    pub fn is_told_in(&self, record: &str) -> bool {
        let mut there: BTreeMap<String, usize> = BTreeMap::new();
        for word in words::words(record) {
            *there.entry(word).or_default() += 1;
        }
        let own = self.count();
        let shared: usize = own
            .iter()
            .map(|(word, n)| n.min(there.get(word).unwrap_or(&0)))
            .sum();
        shared * 10 >= own.values().sum::<usize>() * 9
    }

    fn count(&self) -> BTreeMap<String, usize> {
        let mut out = BTreeMap::new();
        let sections = self.items.iter().flat_map(|i| i.sections.iter());
        let texts = self.items.iter().flat_map(|i| [&i.title, &i.text]);
        let all = texts
            .chain(sections.flat_map(|(label, text)| [label, text]))
            .chain([&self.preamble]);
        for word in all.flat_map(|t| words::words(t)) {
            *out.entry(word).or_default() += 1;
        }
        out
    }

    pub fn words(&self) -> usize {
        self.count().values().sum()
    }

    /// Whether both tell of the same meeting: nine words of ten are the same, of at least a dozen.
    pub fn is_like(&self, other: &Divided) -> bool {
        let (a, b) = (self.count(), other.count());
        let shared: usize = a.iter().map(|(word, n)| n.min(b.get(word).unwrap_or(&0))).sum();
        let least = a.values().sum::<usize>().min(b.values().sum());
        least > 12 && shared * 10 >= least * 9
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Day(day) => day.to_string(),
        Value::Flag(flag) => flag.to_string(),
        Value::Count(count) => count.to_string(),
        Value::List(list) => list.iter().map(shown).collect::<Vec<_>>().join(", "),
        Value::Map(_) => String::new(),
    }
}

fn flatten(before: &str, front: &Front, out: &mut Vec<(String, String)>) {
    for (key, value) in &front.0 {
        let name = match before {
            "" => key.clone(),
            before => format!("{before}.{key}"),
        };
        match value {
            Value::Map(inner) => flatten(&name, inner, out),
            value => out.push((name, shown(value))),
        }
    }
}

/// A line, and whether it is text of the file: not code, not in a comment.
struct Row<'a> {
    text: &'a str,
    plain: bool,
}

fn rows(body: &str) -> Vec<Row<'_>> {
    let mut fence: Option<String> = None;
    let mut comment = false;
    let mut out = Vec::new();
    for text in body.lines() {
        let trimmed = text.trim_start();
        let marks: String = trimmed.chars().take_while(|c| *c == '`' || *c == '~').collect();
        let mut plain = fence.is_none() && !comment;
        match &fence {
            Some(open) if marks.starts_with(open.as_str()) && trimmed.trim_end() == marks => fence = None,
            Some(_) => {}
            None if marks.len() >= 3 && !comment => {
                fence = Some(marks[..3].to_owned());
                plain = false;
            }
            None => {}
        }
        if fence.is_none() {
            let opens = text.rfind("<!--");
            let closes = text.rfind("-->");
            comment = match (opens, closes) {
                (Some(open), Some(close)) => open > close,
                (Some(_), None) => true,
                (None, Some(_)) => false,
                (None, None) => comment,
            };
            if opens == Some(0) {
                plain = false;
            }
        }
        out.push(Row { text, plain });
    }
    out
}

/// `## Title ##`: the level and the words.
pub fn heading(text: &str) -> Option<(u8, &str)> {
    let lead = text.len() - text.trim_start_matches(' ').len();
    let trimmed = text.trim_start();
    let level = trimmed.bytes().take_while(|b| *b == b'#').count();
    if lead > 3 || !(1..=6).contains(&level) {
        return None;
    }
    let rest = &trimmed[level..];
    if !rest.is_empty() && !rest.starts_with([' ', '\t']) {
        return None;
    }
    let words = rest.trim();
    let bare = words.trim_end_matches('#');
    let words = if bare.len() < words.len() && (bare.is_empty() || bare.ends_with(' ')) {
        bare.trim()
    } else {
        words
    };
    Some((level as u8, words))
}

/// A heading without the comments in it, and the comments.
fn without_comments(words: &str) -> (String, Vec<String>) {
    let (mut out, mut comments) = (words.to_owned(), Vec::new());
    while let Some(open) = out.find("<!--") {
        let end = out[open..].find("-->").map_or(out.len(), |at| open + at + 3);
        let mut comment = out[open..end].to_owned();
        if !comment.ends_with("-->") {
            comment.push_str(" -->");
        }
        comments.push(comment);
        out.replace_range(open..end, "");
    }
    (out.trim().to_owned(), comments)
}

/// Words of Markdown without its marks.
pub fn plain(markdown: &str) -> String {
    let mut out = String::new();
    let chars: Vec<char> = markdown.chars().collect();
    let mut at = 0;
    while at < chars.len() {
        match chars[at] {
            '\\' if chars.get(at + 1).is_some_and(char::is_ascii_punctuation) => {
                out.push(chars[at + 1]);
                at += 1;
            }
            '*' | '`' => {}
            ']' if chars.get(at + 1) == Some(&'(') => {
                let close = chars[at..].iter().position(|c| *c == ')');
                at += close.unwrap_or(0);
            }
            '[' if chars[at..]
                .iter()
                .position(|c| *c == ']')
                .is_some_and(|end| chars.get(at + end + 1) == Some(&'(')) => {}
            c => out.push(c),
        }
        at += 1;
    }
    line(&out)
}

/// Divides a file.
pub fn divide(text: &str, mapping: &Mapping, origin: &mut Origin) -> Divided {
    let path = SourcePath::new(format!("content/pages/{}.md", origin.name));
    let mut report = Report::new();
    let Some(parts) = front_matter::divide(&path, text, &mut report) else {
        let why = report
            .diagnostics()
            .first()
            .map_or("", |d| d.message.as_str())
            .to_owned();
        origin.fail(format!("its front matter cannot be read: {why}"));
        return Divided::default();
    };
    let mut out = Divided {
        extra: Front(parts.front.map(&path, text).node().again()),
        ..Divided::default()
    };
    // The names of keys are no words of the minutes; their values are.
    let first = text[..parts.body].lines().count();
    origin.lines.retain(|(n, _)| *n > first);
    for (n, (_, value)) in out.keys().into_iter().enumerate() {
        origin.lines.insert(n, (1, value));
    }
    let named_title = out.extra.0.iter().position(|(k, _)| k == "title");
    if let Some(at) = named_title {
        let (_, value) = out.extra.0.remove(at);
        out.title = Some(shown(&value)).filter(|t| !t.is_empty());
    }
    let rows = rows(&text[parts.body..]);
    let head = rows
        .iter()
        .filter(|r| r.plain && !r.text.trim().is_empty())
        .take(6);
    out.head = head
        .map(|r| plain(r.text.trim_start_matches(['#', ' '])))
        .collect::<Vec<_>>()
        .join("\n");
    let mut walk = Walk {
        mapping,
        origin,
        out,
        block: Vec::new(),
        seen: false,
        further: BTreeMap::new(),
    };
    for row in &rows {
        walk.row(row);
    }
    walk.close();
    walk.finish()
}

struct Walk<'m, 'o> {
    mapping: &'m Mapping,
    origin: &'o mut Origin,
    out: Divided,
    /// The lines since the last heading.
    block: Vec<String>,
    /// Something stood above.
    seen: bool,
    /// Words that open a list of names which is none of the meeting, and how
    /// often each does.
    further: BTreeMap<String, usize>,
}

impl Walk<'_, '_> {
    fn row(&mut self, row: &Row) {
        let words = row.text.trim();
        if row.plain && words.len() >= 3 && words.bytes().all(|b| b == b'=') {
            return;
        }
        let found = heading(row.text).filter(|_| row.plain);
        if let Some((level, words)) = found {
            self.heading(level, words);
            self.seen = true;
            return;
        }
        self.seen |= !words.is_empty() && row.plain;
        self.block.push(row.text.trim_end().replace('\u{a0}', " "));
    }

    fn heading(&mut self, level: u8, written: &str) {
        let (words, comments) = without_comments(written);
        let words = words.as_str();
        let title = plain(words);
        // What a title cannot hold stands right below it.
        let mut below = comments;
        if words.contains("](") {
            below.push(
                words
                    .trim_start_matches(|c: char| c.is_ascii_digit() || ".) ".contains(c))
                    .to_owned(),
            );
        }
        if level == 1 && !self.seen && !self.mapping.levels.contains(&1) {
            match &self.out.title {
                None => self.out.title = Some(title),
                Some(known) if *known == title => {
                    let title = title.clone();
                    self.origin.used(title, "the title, which stands above already");
                }
                Some(_) => self.block.push(format!("**{words}**")),
            }
            return;
        }
        let least = self.mapping.levels.iter().min().copied().unwrap_or(2);
        let (number, rest) = numbered_title(&title);
        let named = self.mapping.label(&title);
        let own = self.mapping.levels.contains(&level) && (!self.mapping.only_numbered || number.is_some());
        let inside = self.out.items.last().map_or(0, |i| i.level);
        let opens = own
            || level < least
            || named.is_some()
            || self.out.items.is_empty() && !self.mapping.only_numbered && level <= least;
        if opens && !title.is_empty() {
            self.close();
            self.out.items.push(Item {
                number: number.map(str::to_owned),
                title: rest.to_owned(),
                level,
                wrapper: self.mapping.is_wrapper(&title),
                listed: named,
                ..Item::default()
            });
            for text in below {
                self.block.extend([text, String::new()]);
            }
            return;
        }
        if title.is_empty() {
            self.block.extend(below);
            return;
        }
        // A heading of an item's own, as deep below it as it was.
        let depth = match inside {
            0 => 4,
            inside => 3 + level.saturating_sub(inside + 1).min(3),
        };
        if depth == 3 && below.is_empty() {
            self.close();
            if let Some(item) = self.out.items.last_mut() {
                item.sections.push((title, String::new()));
            }
        } else {
            self.block.push(String::new());
            self.block
                .push(format!("{} {written}", "#".repeat(depth as usize)));
            self.block.push(String::new());
        }
    }

    /// The lines since the last heading go where they belong.
    fn close(&mut self) {
        let lines = std::mem::take(&mut self.block);
        let mut lines = trimmed(lines);
        if lines.is_empty() {
            return;
        }
        // Empty lines count in code only.
        if !lines
            .iter()
            .any(|l| l.trim_start().starts_with("```") || l.trim_start().starts_with("~~~"))
        {
            lines.dedup_by(|a, b| a.trim().is_empty() && b.trim().is_empty());
        }
        let in_section = self.out.items.last().is_some_and(|i| !i.sections.is_empty());
        let listed = self
            .out
            .items
            .last()
            .and_then(|i| i.listed)
            .filter(|_| !in_section);
        if let Some(kept) = listed {
            // An entry that names an issue is an item, below names too.
            let more = match self.names_issue(&lines) {
                Some(at) => lines.split_off(at),
                None => Vec::new(),
            };
            let text = self.names(kept, trimmed(lines));
            if let Some(item) = self.out.items.last_mut() {
                item.text = text;
            }
            self.bullets(more);
            return;
        }
        let first = self.out.items.is_empty();
        self.labelled(&lines);
        let aside = self
            .out
            .items
            .last()
            .is_some_and(|i| self.mapping.is_plain(&i.title));
        let bullets = self.mapping.bullets != Bullets::No && !in_section && !first && !aside;
        if bullets {
            self.bullets(lines);
            return;
        }
        let text = lines.join("\n");
        match self.out.items.last_mut() {
            None => self.out.preamble = text,
            Some(item) => match item.sections.last_mut() {
                Some(section) => section.1 = text,
                None => item.text = text,
            },
        }
    }

    /// The first entry that names an issue, where such entries are items.
    fn names_issue(&self, lines: &[String]) -> Option<usize> {
        let issue =
            |l: &String| bullet(l).is_some_and(|lead| lead <= 3) && !refs::find(l, self.mapping).is_empty();
        match self.mapping.bullets {
            Bullets::WithIssue => lines.iter().position(issue),
            Bullets::No | Bullets::All => None,
        }
    }

    /// Names behind a word and a colon, or in the list below it. They say who
    /// was at the meeting where its head is: before the first item and, of what
    /// is not said there, in it. Further down they may be of anything: the word
    /// is told, and nothing of what may be exempt.
    fn labelled(&mut self, lines: &[String]) {
        let first = self.out.items.is_empty();
        let head = self.out.items.iter().filter(|i| !i.is_names()).count() <= 1;
        let known: Vec<Kept> = self.out.names.iter().map(|(kept, _)| *kept).collect();
        let mut passed = Vec::new();
        // Where the last list below a word ends: it is read once.
        let mut read = 0;
        for (at, text) in lines.iter().enumerate() {
            let mut found = people::named_in(text, self.mapping, first, &mut passed);
            if head
                && at >= read
                && let Some(kept) = people::bare_label(text, self.mapping)
            {
                let below = bullet(text).map_or(0, |lead| lead + 1);
                let blank = lines[at + 1..].iter().take_while(|l| l.trim().is_empty()).count();
                read = at + 1 + blank;
                let entries = lines[read..].iter();
                for entry in entries.take_while(|l| bullet(l).is_some_and(|lead| lead >= below)) {
                    read += 1;
                    let words = entry.trim_start()[1..].trim();
                    match read_entry(words).filter(Named::is_plain) {
                        Some(named) => found.push((kept, named)),
                        None if words.starts_with(char::is_alphabetic) => passed.push(words.to_owned()),
                        None => {}
                    }
                }
            }
            let before = found.len();
            found.retain(|(kept, _)| head && (first || !known.contains(kept)));
            if found.len() < before {
                let words = plain(text.trim_start().trim_start_matches(['-', '*', '+', ' ']));
                let label = words.split(':').next().unwrap_or_default().to_owned();
                *self.further.entry(label).or_default() += 1;
            }
            self.out.names.append(&mut found);
        }
        if first {
            self.out.passed = passed;
        }
    }

    /// The entries of a list of names, each so that every reader finds the name
    /// in it. What is no person is kept elsewhere.
    fn names(&mut self, kept: Kept, lines: Vec<String>) -> String {
        let mut left = Vec::new();
        // How far the last entry is indented: what is indented further, and has
        // no mark, goes on with its words.
        let mut inside = None;
        for text in lines {
            let trimmed = text.trim_start();
            let entry = trimmed
                .strip_prefix(['-', '*', '+'])
                .filter(|r| r.starts_with([' ', '\t']));
            let indent = &text[..text.len() - trimmed.len()];
            if entry.is_some() {
                inside = Some(indent.len());
            }
            let parts: Vec<&str> = match entry {
                Some(entry) => vec![entry.trim()],
                None if inside.is_some_and(|lead| indent.len() > lead) => {
                    left.push(text);
                    continue;
                }
                // A line of names without a mark.
                None if people::are_names(trimmed) => crate::text::names::divide(trimmed)
                    .into_iter()
                    .map(|p| p.1)
                    .collect(),
                None => {
                    left.push(text);
                    continue;
                }
            };
            for part in parts {
                let part = people::initials_behind(part);
                let line = match entry {
                    Some(_) => format!("{indent}{} {part}", &trimmed[..1]),
                    None => format!("{indent}* {part}"),
                };
                match read_entry(&part) {
                    Some(named)
                        if self
                            .mapping
                            .not_people
                            .contains(&crate::text::names::key(&named.name)) =>
                    {
                        self.out.names.push((Kept::InAttendance, named));
                    }
                    Some(mut named) => {
                        named.listed = true;
                        self.out.names.push((kept, named));
                        left.push(line);
                    }
                    None => left.push(line),
                }
            }
        }
        left.join("\n")
    }

    /// Entries of a list that are items of their own.
    fn bullets(&mut self, lines: Vec<String>) {
        let Some(parent) = self.out.items.last().filter(|_| !lines.is_empty()) else {
            return;
        };
        let level = parent.level;
        let mut own: Vec<String> = Vec::new();
        let mut made: Vec<Item> = Vec::new();
        let mut at = 0;
        while at < lines.len() {
            let Some(lead) = bullet(&lines[at]).filter(|lead| *lead <= 3) else {
                match made.last_mut() {
                    // What follows an entry, without a mark of its own, is said of it.
                    Some(item) => {
                        // An empty line above it parts it from what stands there.
                        let above = at
                            .checked_sub(1)
                            .is_some_and(|above| lines[above].trim().is_empty());
                        if above && !item.text.is_empty() && !item.text.ends_with("\n\n") {
                            item.text.push('\n');
                        }
                        if !lines[at].trim().is_empty() || !item.text.is_empty() {
                            item.text.push_str(&lines[at]);
                            item.text.push('\n');
                        }
                    }
                    None => own.push(lines[at].clone()),
                }
                at += 1;
                continue;
            };
            let mut end = at + 1;
            while end < lines.len() {
                let text = &lines[end];
                let indent = text.len() - text.trim_start().len();
                let next = bullet(text).is_some_and(|l| l <= lead.max(1));
                let apart = !text.trim().is_empty() && indent <= lead && lines[end - 1].trim().is_empty();
                if next || apart {
                    break;
                }
                end += 1;
            }
            let block = &lines[at..end];
            match self.entry(block, level) {
                Some(item) => made.push(item),
                None => match made.last_mut() {
                    Some(item) => {
                        item.text.push_str(&block.join("\n"));
                        item.text.push('\n');
                    }
                    None => own.extend(block.iter().cloned()),
                },
            }
            at = end;
        }
        if let Some(parent) = self.out.items.last_mut() {
            parent.text = together([&parent.text, &trimmed(own).join("\n")]);
            let alone = parent.text.is_empty() && !made.is_empty();
            let name = parent.title.to_lowercase();
            // `owner/repository` above the issues of it is said by each of them.
            let said = made.iter().all(|i| {
                i.issues
                    .first()
                    .is_some_and(|r| r.name.to_lowercase().starts_with(&name))
            });
            if alone && said && parent.title.contains('/') {
                parent.wrapper = true;
            }
        }
        for item in &mut made {
            item.text = item.text.trim_end().to_owned();
        }
        self.out.items.extend(made);
    }

    /// An entry of a list as an item; none if it is no item.
    fn entry(&mut self, block: &[String], level: u8) -> Option<Item> {
        let first = block.first()?;
        let lead = first.len() - first.trim_start().len();
        let mark = first.trim_start().chars().next()?.len_utf8();
        let mut paragraph = vec![first.trim_start()[mark..].trim()];
        let more = block[1..].iter().map(|l| l.trim());
        paragraph.extend(more.take_while(|l| !l.is_empty() && bullet(l).is_none()));
        let rest = paragraph.len();
        let mut said = paragraph.split_off(self.title_lines(&paragraph));
        // An entry that nobody wrote anything behind.
        said.retain(|l| !["-", "*", "+"].contains(l));
        let title = paragraph.join(" ");
        let mut issues = refs::find(&title, self.mapping);
        // Of a matter that gathers several, all that is said below may name
        // them; of another, what bears the number of an issue.
        let gathers = issues.is_empty();
        let entries = block[rest..].iter().map(String::as_str);
        let below = said
            .iter()
            .copied()
            .chain(entries.filter(|t| bullet(t).is_some()));
        for text in below.filter(|t| gathers || t.contains("[#")) {
            for reference in refs::find(text, self.mapping) {
                let number = reference.name.rsplit('#').next().unwrap_or("");
                let named = gathers || text.contains(&format!("[#{number}]"));
                if named && !issues.iter().any(|known| known.is(&reference)) {
                    issues.push(reference);
                }
            }
        }
        if issues.is_empty() && self.mapping.bullets == Bullets::WithIssue {
            return None;
        }
        let bare = without_references(&title, &issues, self.origin);
        let words = plain(&bare);
        if words.is_empty() {
            return None;
        }
        let mut text = together([&said.join("\n"), &dedented(&block[rest..], lead)]);
        if bare.contains("](") {
            // The title cannot hold its link.
            text = together([bare.trim(), &text]);
        }
        let mut name = words;
        if name.chars().count() > 160 {
            // A whole paragraph is no title: its first sentence is.
            let cut = name.char_indices().filter(|(at, _)| *at > 20).find(|(at, _)| {
                [". ", "? ", ": ", "; "]
                    .iter()
                    .any(|sign| name[*at..].starts_with(sign))
            });
            if let Some((at, _)) = cut {
                let tail = name[at + 1..].trim().to_owned();
                name.truncate(at);
                text = together([&crate::document::written::text::words(&tail), &text]);
            }
        }
        let (number, rest) = numbered_title(&name);
        Some(Item {
            number: number.map(str::to_owned),
            title: rest.to_owned(),
            issues,
            text: if text.is_empty() {
                text
            } else {
                format!("{text}\n")
            },
            level: level + 1,
            ..Item::default()
        })
    }

    /// How many lines of an entry's first paragraph are its title: up to the
    /// one that names its issue, or all; but none from where somebody speaks.
    fn title_lines(&self, paragraph: &[&str]) -> usize {
        let title = paragraph.iter().skip(1).take_while(|l| !is_spoken(l)).count() + 1;
        let lines = &paragraph[..title.min(paragraph.len())];
        let issue = |l: &&str| !refs::find(l, self.mapping).is_empty();
        let Some(named) = lines.iter().position(issue) else {
            return lines.len();
        };
        let mut end = named + 1;
        while let Some(next) = lines.get(end) {
            let goes_on = !refs::closes(lines[end - 1], self.mapping) && next.starts_with(char::is_lowercase);
            if !goes_on && !refs::is_all(next, self.mapping) {
                break;
            }
            end += 1;
        }
        end
    }

    fn finish(self) -> Divided {
        let mut out = self.out;
        for (label, times) in &self.further {
            let often = if *times > 1 {
                format!(" ({times} times)")
            } else {
                String::new()
            };
            self.origin.notes.push(format!(
                "`{label}:` stands before names further down{often}: they are not counted as who was at the meeting"
            ));
        }
        for item in &out.items {
            if item.wrapper && item.text.trim().is_empty() && item.sections.is_empty() {
                let title = match &item.number {
                    Some(number) => format!("{number} {}", item.title),
                    None => item.title.clone(),
                };
                self.origin
                    .used(title, "a heading that only gathers what is below it");
            }
        }
        out.items
            .retain(|i| !(i.wrapper && i.text.trim().is_empty() && i.sections.is_empty()));
        out
    }
}

/// How far a bullet is indented.
fn bullet(text: &str) -> Option<usize> {
    let lead = text.len() - text.trim_start().len();
    let rest = text.trim_start().strip_prefix(['-', '*', '+'])?;
    (rest.starts_with([' ', '\t']) && !rest.trim().is_empty()).then_some(lead)
}

/// Whether a line opens with who says what follows: `Michael: In flight`.
fn is_spoken(text: &str) -> bool {
    let Some((who, said)) = text.split_once(':') else {
        return false;
    };
    let words = || who.trim_matches(['*', '_']).split_whitespace();
    said.starts_with([' ', '*', '_'])
        && (1..=3).contains(&words().count())
        && words().all(|w| w.starts_with(char::is_uppercase))
}

/// Two texts, one below the other.
pub(super) fn together(parts: [&str; 2]) -> String {
    let parts: Vec<&str> = parts
        .into_iter()
        .map(|t| t.trim_start_matches('\n').trim_end())
        .filter(|t| !t.is_empty())
        .collect();
    parts.join("\n\n")
}

/// A title without the links that only name its issue: `[#680](https://…)`.
fn without_references(title: &str, issues: &[Reference], origin: &mut Origin) -> String {
    let mut out = title.to_owned();
    for reference in issues {
        let number = reference.name.rsplit('#').next().unwrap_or("");
        let Some(own) = &reference.address else { continue };
        let mut from = 0;
        while let Some(found) = out[from..].find("](https://github.com/") {
            let at = from + found;
            let Some(open) = out[..at].rfind('[') else { break };
            let Some(close) = out[at..].find(')').map(|c| at + c) else {
                break;
            };
            let words = out[open + 1..at].trim_matches(['#', ' ']).to_owned();
            let address = out[at + 2..close].to_owned();
            // The address of one comment of it is more than its record has.
            let names = address.trim().trim_end_matches('/').eq_ignore_ascii_case(own);
            if names && (words == number || words.ends_with(&format!("#{number}"))) {
                origin.used(address, "the address of the issue, which its record has");
                origin.used(words, "the number of the issue, which its record has");
                out.replace_range(open..=close, "");
                from = open;
            } else {
                from = close;
            }
        }
    }
    out
}

fn trimmed(mut lines: Vec<String>) -> Vec<String> {
    while lines.last().is_some_and(|l| l.trim().is_empty()) {
        lines.pop();
    }
    let lead = lines.iter().take_while(|l| l.trim().is_empty()).count();
    lines.drain(..lead);
    lines
}

/// Lines below an entry, as they stand without it.
fn dedented(lines: &[String], lead: usize) -> String {
    let indent = |l: &&String| l.len() - l.trim_start().len();
    let least = lines
        .iter()
        .filter(|l| !l.trim().is_empty())
        .map(|l| indent(&l))
        .min()
        .unwrap_or(0);
    let off = least.max(usize::from(lead > 0) * lead);
    let cut = |l: &String| {
        let at = off.min(l.len() - l.trim_start().len());
        l[at..].to_owned()
    };
    trimmed(lines.iter().map(cut).collect()).join("\n")
}
