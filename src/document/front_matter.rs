//! The one door to YAML: a file is divided into front matter and text, and the
//! front matter read key by key, each mistake with its place and its cure.

use std::borrow::Cow;

use jiff::civil::Date;
use serde_yaml::Value;

use super::expansion;
use super::hashes;
use super::locate::{Spot, locate};
use super::written;
use crate::paths::{SourcePath, Span};
use crate::report::{Diagnostic, Report, Rule, rules};
use crate::text::blank::{holds_blank, is_blank, shown};
use crate::text::{dates, held, nearest};

/// A front matter beyond this is refused before it is parsed.
const LONGEST: usize = 64 * 1024;
const DEEPEST: usize = 64;

/// A text as written, and where: a name, an id, a value still to be understood.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Mention {
    pub text: String,
    pub span: Span,
}

/// A file divided: its front matter, if it has one, and where its text begins.
pub struct Parts {
    pub front: FrontMatter,
    /// Byte offset of the first line after the front matter.
    pub body: usize,
}

/// A front matter that could be read; without one, an empty mapping.
pub struct FrontMatter {
    value: Value,
    spot: Spot,
}

/// Divides a file. An error means that nothing of the file can be trusted.
pub fn divide(path: &SourcePath, text: &str, report: &mut Report) -> Option<Parts> {
    let bom = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let lead = text[bom..].len() - text[bom..].trim_start_matches(['\n', '\r', ' ', '\t']).len();
    let open = bom + lead;
    let first = text[open..].lines().next().unwrap_or("").trim_end();
    if first == "+++" || first == ";;;" {
        report.push(
            Diagnostic::new(
                &rules::BAD_FRONT_MATTER,
                path,
                Some(Span::new(open, open + 3)),
                "this front matter is not YAML; the file is left out",
            )
            .help("open and close it with `---`, and write `key: value`")
            .withheld(true),
        );
        return None;
    }
    if first != "---" && is_rule(first) && opens_with_key(&text[line_after(text, open)..]) {
        let words =
            format!("the front matter opens with `{first}` and not with three hyphens; the file is left out");
        report.push(
            Diagnostic::new(
                &rules::BAD_FRONT_MATTER,
                path,
                Some(Span::new(open, open + first.len())),
                words,
            )
            .help("type `---` above and below it; a word processor turns hyphens into dashes")
            .withheld(true),
        );
        return None;
    }
    if let Some(end) = unopened(&text[open..]) {
        report.push(
            Diagnostic::new(
                &rules::BAD_FRONT_MATTER,
                path,
                Some(Span::new(open, open + end)),
                "this front matter has no `---` above it; the file is left out",
            )
            .help("write a line of `---` above its first key")
            .withheld(true),
        );
        return None;
    }
    if first != "---" {
        if let Some(at) = held_back_in_text(text) {
            report.push(
                Diagnostic::new(
                    &rules::BAD_FRONT_MATTER,
                    path,
                    Some(at),
                    "this holds the file back, and stands in no front matter; the file is left out",
                )
                .help("open the file with a line of `---`, and close the front matter with another")
                .withheld(true),
            );
            return None;
        }
        return Some(Parts {
            front: FrontMatter::empty(),
            body: bom,
        });
    }
    let from = line_after(text, open);
    let Some((to, body)) = closing(text, from) else {
        // A lone rule at the top of a text that never closes and names no key
        // is still an error: what was meant to be withheld could stand in it.
        report.push(
            Diagnostic::new(
                &rules::UNCLOSED_FRONT_MATTER,
                path,
                Some(Span::new(open, open + 3)),
                "the front matter is opened here and never closed",
            )
            .help("write a line of `---` behind its last key")
            .withheld(true),
        );
        return None;
    };
    // `---` twice, or two front matters: what holds the record back may stand
    // in the second one.
    let behind = body + text[body..].len() - text[body..].trim_start().len();
    if let Some(end) = unopened(&text[behind..]) {
        report.push(
            Diagnostic::new(
                &rules::BAD_FRONT_MATTER,
                path,
                Some(Span::new(behind, behind + end)),
                "a second front matter stands below the first; the file is left out",
            )
            .help("write all keys between the first two lines of `---`")
            .withheld(true),
        );
        return None;
    }
    if open > 0 {
        let at = Span::new(open, open + 3);
        let (words, help) = match lead {
            0 => (
                "an invisible byte-order mark stands before the front matter",
                "save the file as UTF-8 without a byte-order mark (BOM)",
            ),
            _ => (
                "there are empty lines before the front matter",
                "let `---` be the first line of the file",
            ),
        };
        report.push(Diagnostic::new(&rules::LATE_FRONT_MATTER, path, Some(at), words).help(help));
    }
    let front = FrontMatter::read(path, &text[from..to], from, report)?;
    Some(Parts { front, body })
}

/// A line made of hyphens, or of what a word processor makes of them.
fn is_rule(line: &str) -> bool {
    !line.is_empty()
        && line
            .chars()
            .all(|c| matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}'))
}

/// Keys and values at the top of a file with a closing `---` alone. Gives the
/// length of the first line.
fn unopened(text: &str) -> Option<usize> {
    let first = text.lines().next().filter(|l| opens_with_key(l))?;
    let mut lines = text.lines().map(str::trim_end).take_while(|l| !l.is_empty());
    let ends = lines
        .by_ref()
        .find(|l| *l == "---" || !(opens_with_key(l) || l.starts_with([' ', '-'])))?;
    (ends == "---").then_some(first.len())
}

/// A key that holds a file back, at the top of a file that has no front matter:
/// in its first line, or behind its title, a comment, or a line of hyphens.
fn held_back_in_text(text: &str) -> Option<Span> {
    let unseen = |c: char| c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}');
    let (mut titled, mut ruled) = (false, false);
    let mut at = 0;
    while at < text.len() {
        let end = line_after(text, at);
        let line = text[at..end].trim_matches(unseen);
        let opens = line
            .strip_prefix("---")
            .is_some_and(|rest| rest.trim_start().starts_with('#'));
        if line.starts_with("<!--") {
            at += text[at..].find("-->")? + 3;
            continue;
        } else if line.starts_with("# ") && !titled {
            titled = true;
        } else if opens || (line.len() > 2 && is_rule(line)) {
            if ruled {
                return None;
            }
            ruled = true;
        } else if !line.is_empty() {
            break;
        }
        at = end;
    }
    while at < text.len() {
        let end = line_after(text, at);
        let line = text[at..end].trim_end();
        if !line.starts_with([' ', '-']) && !opens_with_key(line) || line == "---" {
            return None;
        }
        if opens_with_key(line) && super::secrecy::line_holds_back(line, ruled) {
            return Some(Span::new(at, at + line.len()));
        }
        at = end;
    }
    None
}

/// Whether the first line with words is a key of a front matter, as `title: …`.
fn opens_with_key(text: &str) -> bool {
    let line = text.lines().map(str::trim).find(|l| !l.is_empty()).unwrap_or("");
    line.split_once(':').is_some_and(|(key, value)| {
        let plain = key.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        !key.is_empty() && plain && (value.is_empty() || value.starts_with(' '))
    })
}

fn line_after(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |n| at + n + 1)
}

/// The end of the front matter and the start of the text behind it.
fn closing(text: &str, from: usize) -> Option<(usize, usize)> {
    let mut at = from;
    while at < text.len() {
        let next = line_after(text, at);
        let line = text[at..next].trim_end();
        if line == "---" || line == "..." {
            return Some((at, next));
        }
        at = next;
    }
    None
}

impl FrontMatter {
    fn empty() -> Self {
        Self {
            value: Value::Mapping(Default::default()),
            spot: Spot::default(),
        }
    }

    fn read(path: &SourcePath, text: &str, base: usize, report: &mut Report) -> Option<Self> {
        let whole = Span::new(base, base + text.lines().next().map_or(0, str::len));
        let hide = || held::may_be(text);
        if text.len() > LONGEST {
            report.push(
                Diagnostic::new(
                    &rules::TOO_LARGE,
                    path,
                    Some(whole),
                    "the front matter is longer than 64 kB",
                )
                .help("what is long belongs in the text below it")
                .withheld(hide()),
            );
            return None;
        }
        if depth(text) > DEEPEST {
            let words = "the front matter is nested deeper than 64 levels";
            report.push(Diagnostic::new(&rules::TOO_LARGE, path, Some(whole), words).withheld(hide()));
            return None;
        }
        if expansion::is_too_much(text) {
            let words =
                "the front matter repeats itself through its aliases (`*name`) more often than can be read";
            report.push(
                Diagnostic::new(&rules::TOO_LARGE, path, Some(whole), words)
                    .help("write each value out")
                    .withheld(hide()),
            );
            return None;
        }
        let spot = locate(text, base);
        let mut parsed = serde_yaml::from_str::<Value>(text);
        if let (Err(_), Some((mended, keys))) = (&parsed, quoted_colons(text))
            && let Ok(value) = serde_yaml::from_str::<Value>(&mended)
        {
            parsed = Ok(value);
            for (key, at) in keys {
                let span = Span::new(base + at.start, base + at.end);
                let words = format!("the value of `{key}` holds a colon; it was read as one text");
                let help = format!("put it in quotes: `{key}: \"…: …\"`");
                report.push(
                    Diagnostic::new(&rules::UNQUOTED_COLON, path, Some(span), words)
                        .help(help)
                        .withheld(hide()),
                );
            }
        }
        if parsed.is_ok() {
            for hash in hashes::unmeant(text) {
                let (of, quotes) = match hash.key.as_str() {
                    "" => (String::new(), "\"…\"".to_owned()),
                    key => (format!(" of `{key}`"), format!("{key}: \"…\"")),
                };
                let words = format!(
                    "a comment begins with this `#`, and what stands in it is no part of the value{of}"
                );
                let help = format!(
                    "put the whole value in quotes: `{quotes}`; a comment on purpose has a space behind its `#`"
                );
                let span = Span::new(base + hash.place.start, base + hash.place.end);
                report.push(
                    Diagnostic::new(&rules::UNQUOTED_HASH, path, Some(span), words)
                        .help(help)
                        .withheld(hide()),
                );
            }
        }
        match parsed {
            Ok(Value::Null) => Some(Self::empty()),
            Ok(value @ Value::Mapping(_)) => Some(Self { value, spot }),
            Ok(_) => {
                report.push(
                    Diagnostic::new(
                        &rules::BAD_FRONT_MATTER,
                        path,
                        Some(whole),
                        "the front matter is not a list of keys and values",
                    )
                    .help("write each as `key: value`, for example `title: Cabinet`")
                    .withheld(hide()),
                );
                None
            }
            Err(error) => {
                let mut said = yaml_error(path, text, base, &spot, &error).withheld(hide());
                if hide() {
                    said.message = "the front matter cannot be read".to_owned();
                }
                report.push(said);
                None
            }
        }
    }

    /// The keys at the top.
    pub fn map<'a>(&'a self, path: &'a SourcePath, text: &'a str) -> Map<'a> {
        Map::new(Node {
            value: &self.value,
            key: "",
            spot: Some(&self.spot),
            span: self.spot.span,
            path,
            text,
        })
    }
}

/// A key, and where its value stands.
type LooseValue = (String, std::ops::Range<usize>);

/// The same text with quotes round every plain value that holds a colon and a
/// space, as in `title: Budget: second reading`, and the keys of those values.
fn quoted_colons(text: &str) -> Option<(String, Vec<LooseValue>)> {
    let mut out = String::with_capacity(text.len() + 16);
    let mut keys = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end();
        let loose = content.split_once(": ").filter(|(key, value)| {
            let key = key.trim_start().trim_start_matches("- ");
            let plain = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
            plain
                && value.contains(": ")
                && !value
                    .trim_start()
                    .starts_with(['"', '\'', '[', '{', '|', '>', '&', '*', '#'])
        });
        match loose {
            Some((key, value)) => {
                out.push_str(&format!("{key}: '{}'\n", value.trim().replace('\'', "''")));
                keys.push((key.trim().to_owned(), at + key.len() + 2..at + content.len()));
            }
            None => out.push_str(line),
        }
        at += line.len();
    }
    (!keys.is_empty()).then_some((out, keys))
}

fn yaml_error(
    path: &SourcePath,
    text: &str,
    base: usize,
    spot: &Spot,
    error: &serde_yaml::Error,
) -> Diagnostic {
    let said = error.to_string();
    if said.contains("duplicate entry")
        && let Some(entry) = spot.repeated_key()
    {
        let words = format!("the key `{}` stands twice", entry.key);
        return Diagnostic::new(&rules::BAD_FRONT_MATTER, path, Some(entry.key_span), words)
            .help("keep one of them, or put both values into one list");
    }
    let at = error.location().map_or(0, |l| l.index()).min(text.len());
    if let Some((at, words, help)) = slip(text) {
        let span = Span::new(base + at, base + at + 1);
        return Diagnostic::new(&rules::BAD_FRONT_MATTER, path, Some(span), words).help(help);
    }
    let span = Span::new(base + at, base + at + 1);
    let words = said.split(" at line ").next().unwrap_or(&said);
    let line = text[..floor(text, at)].rfind('\n').map_or(0, |n| n + 1);
    let line = text[line..].lines().next().unwrap_or("");
    let help = if words.contains("mapping values are not allowed") || line.matches(": ").count() > 1 {
        Some("a value that holds a colon and a space is put in quotes: `title: \"Budget: second reading\"`")
    } else if text.contains('\t') && words.contains("cannot start any token") {
        Some("indent with spaces, not with tabs")
    } else if words.contains("flow") || words.contains("expected ',' or") {
        Some("a bracket or brace was opened and not closed")
    } else if words.contains("quoted scalar") || words.contains("unexpected end of stream") {
        Some("a quotation mark was opened and not closed")
    } else if words.contains("cannot start any token") {
        Some("a value that begins with `@`, `%` or a backtick is put in quotes")
    } else {
        None
    };
    Diagnostic::new(
        &rules::BAD_FRONT_MATTER,
        path,
        Some(span),
        format!("the front matter cannot be read: {words}"),
    )
    .maybe_help(help.map(str::to_owned))
}

/// The slips that the parser notices late or tells in words of its own: a tab
/// at the start of a line, a quotation mark or a bracket that never closes.
fn slip(text: &str) -> Option<(usize, String, &'static str)> {
    let mut open: Vec<(usize, char)> = Vec::new();
    // A `#` that takes a closing bracket away.
    let mut hash: Option<usize> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
        if let Some(tab) = indent.find('\t') {
            return Some((
                at + tab,
                "this line begins with a tab".into(),
                "indent with spaces; the tab key makes a character that is not allowed here",
            ));
        }
        let mut quote: Option<(usize, char)> = None;
        // What stands before a sign decides whether it opens anything.
        let (mut before, mut space) = ('\n', true);
        for (n, c) in line.char_indices() {
            match (quote, c) {
                (Some((_, mark)), c) if c == mark && before != '\\' => quote = None,
                (Some(_), _) => {}
                (None, '#') if space => {
                    let closes = line[n..].contains([']', '}']);
                    hash = hash.or((!open.is_empty() && closes).then_some(at + n));
                    break;
                }
                (None, '"' | '\'') if matches!(before, '\n' | ':' | '[' | '{' | ',' | '-') => {
                    quote = Some((at + n, c))
                }
                (None, '[' | '{')
                    if !open.is_empty() || matches!(before, '\n' | ':' | '[' | '{' | ',' | '-') =>
                {
                    open.push((at + n, c))
                }
                (None, ']' | '}') => drop(open.pop()),
                _ => {}
            }
            space = c.is_whitespace();
            if !space {
                before = c;
            }
        }
        if let Some((at, mark)) = quote {
            return Some((
                at,
                format!("the quotation mark {mark} that opens here is never closed"),
                "put the same mark at the end of the value",
            ));
        }
        at += line.len();
    }
    let (at, bracket) = open.pop()?;
    if let Some(hash) = hash {
        return Some((
            hash,
            format!("this `#` begins a comment, so the bracket `{bracket}` before it is never closed"),
            "put the value in quotes: `text: \"Item #4 was wrong\"`",
        ));
    }
    let close = if bracket == '[' {
        "close it with `]` at the end of the list"
    } else {
        "close it with `}` behind its last value"
    };
    Some((
        at,
        format!("the bracket `{bracket}` that opens here is never closed"),
        close,
    ))
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// How deep a YAML text nests, at most: brackets, and dashes or indents in a
/// line. Counted before the parser sees the text; too much rather than too little.
fn depth(text: &str) -> usize {
    let (mut open, mut deepest) = (0usize, 0);
    let mut indents: Vec<usize> = Vec::new();
    for line in text.lines() {
        let indent = line.len() - line.trim_start().len();
        while indents.last().is_some_and(|last| *last >= indent) {
            indents.pop();
        }
        indents.push(indent);
        let marks = line
            .split(' ')
            .take_while(|w| w.is_empty() || *w == "-" || *w == "?")
            .filter(|w| !w.is_empty())
            .count();
        deepest = deepest.max(indents.len() + marks);
        for b in line.bytes() {
            match b {
                b'[' | b'{' => {
                    open += 1;
                    deepest = deepest.max(open);
                }
                b']' | b'}' => open = open.saturating_sub(1),
                _ => {}
            }
        }
    }
    deepest
}

/// A value and its place.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    value: &'a Value,
    /// The key that it stands under; empty at the top.
    key: &'static str,
    spot: Option<&'a Spot>,
    span: Span,
    path: &'a SourcePath,
    text: &'a str,
}

impl<'a> Node<'a> {
    pub fn span(&self) -> Span {
        self.span
    }

    pub fn is_map(&self) -> bool {
        self.value.is_mapping()
    }

    /// Its keys and values, to be written again.
    pub fn again(&self) -> Vec<(String, written::Value)> {
        let entries = self.entries().into_iter();
        entries
            .filter_map(|(key, _, node)| Some((key, node?.value_again()?)))
            .collect()
    }

    fn value_again(&self) -> Option<written::Value> {
        Some(match self.value {
            Value::Null => return None,
            Value::Bool(flag) => written::Value::Flag(*flag),
            Value::Number(number) => match number.as_u64().map(u32::try_from) {
                Some(Ok(count)) if self.raw().is_none_or(|raw| raw == count.to_string()) => {
                    written::Value::Count(count)
                }
                _ => written::Value::Text(self.written(&mut Report::new())?.text),
            },
            Value::Sequence(_) => {
                let items = self.list().into_iter().filter_map(|n| n.value_again());
                written::Value::List(items.collect())
            }
            Value::Mapping(_) => written::Value::Map(written::Front(self.again())),
            Value::String(_) | Value::Tagged(_) => {
                let text = self.written(&mut Report::new())?.text;
                match dates::iso(&text) {
                    Ok(day) if self.raw().is_some_and(|raw| raw == text) => written::Value::Day(day),
                    _ => written::Value::Text(text),
                }
            }
        })
    }

    /// As it stands in the file, where it stands in one line.
    fn raw(&self) -> Option<&'a str> {
        self.spot?;
        let raw = self.text.get(self.span.range())?.trim();
        (!raw.is_empty() && !raw.contains('\n')).then_some(raw)
    }

    /// Nothing stands there.
    pub fn is_empty(&self) -> bool {
        self.value.is_null() || self.value.as_str().is_some_and(|s| s.trim().is_empty())
    }

    /// It says yes.
    pub fn is_yes(&self) -> bool {
        let word = self.word();
        self.value == &Value::Bool(true) || word.is_some_and(|w| ["yes", "true", "on"].contains(&w.as_str()))
    }

    /// Its text in lower case, if it is one.
    pub fn word(&self) -> Option<String> {
        self.value.as_str().map(|text| text.trim().to_lowercase())
    }

    /// It says no.
    pub fn is_no(&self) -> bool {
        let word = self.value.as_str().map(str::to_lowercase);
        self.value == &Value::Bool(false)
            || word.is_some_and(|w| ["no", "false", "off"].contains(&w.as_str()))
    }

    /// The entries of a mapping: key, its place, its value.
    pub fn entries(&self) -> Vec<(String, Option<Span>, Option<Node<'a>>)> {
        let Value::Mapping(mapping) = self.value else {
            return Vec::new();
        };
        let entry = |(key, value): (&'a Value, &'a Value)| {
            let name = key.as_str().map_or_else(|| scalar(key), str::to_owned);
            let entry = self.spot.and_then(|s| s.entry(&name));
            let span = entry.map(|e| e.key_span);
            let node = Node {
                value,
                spot: entry.map(|e| &e.value),
                span: entry.map_or(self.span, |e| e.value.span),
                ..*self
            };
            (name, span, Some(node))
        };
        mapping.iter().map(entry).collect()
    }

    /// The items of a list, and of nothing else.
    pub fn items(&self) -> Vec<Node<'a>> {
        if self.value.is_sequence() {
            self.list()
        } else {
            Vec::new()
        }
    }

    fn wrong(&self, expected: &str, report: &mut Report) {
        let found = match self.value {
            Value::Null => "nothing",
            Value::Bool(_) => "yes or no",
            Value::Number(_) => "a number",
            Value::String(_) => "text",
            Value::Sequence(_) => "a list",
            Value::Mapping(_) => "keys and values",
            Value::Tagged(_) => "a value with a YAML tag",
        };
        let words = match self.key {
            "" => format!("here should stand {expected}, not {found}"),
            key => format!("`{key}` should be {expected}, not {found}"),
        };
        let example = self.example().filter(|_| expected == "keys and values");
        report.push(self.diagnostic(&rules::WRONG_TYPE, words).maybe_help(example));
    }

    /// What to write: the value as the keys and values that were meant. Of a
    /// list it is one entry, for others may stand beside it.
    fn example(&self) -> Option<String> {
        let said = match self.value {
            Value::Mapping(_) | Value::Sequence(_) => return None,
            Value::String(text) => text.trim().to_owned(),
            _ => self.raw().unwrap_or_default().to_owned(),
        };
        let day = dates::iso(&said).is_ok();
        let entry = match self.key {
            "corrections" => format!("{{date: 2026-11-20, text: {}}}", value(&said)),
            "documents" => format!("{{title: …, file: {}}}", value(&said)),
            "members" => format!("{{person: {}}}", value(&said)),
            "terms" => "{ward: Mill Ward, from: 2023-05-04}".to_owned(),
            "related" => format!("{{issue: {}, as: follows}}", value(&said)),
            _ => String::new(),
        };
        if !entry.is_empty() {
            return Some(format!("write each entry of `{}` as `{entry}`", self.key));
        }
        let inner = match self.key {
            "minutes" if day => "published",
            "minutes" => "status",
            "agenda" | "notice" => "published",
            "call_in" => "until",
            "maker" => {
                return Some(format!(
                    "write `maker: {{kind: officer, role: {}}}`",
                    value(&said)
                ));
            }
            "contact" => "name",
            "source" => "system",
            "attendance" => return Some("write `attendance: {present: [jane-roe, john-doe]}`".to_owned()),
            "decision_due" => {
                return Some("write `decision_due: {body: parks, date: 2026-11-20}`".to_owned());
            }
            _ => return None,
        };
        Some(format!("write `{}: {{{inner}: {}}}`", self.key, value(&said)))
    }

    pub fn diagnostic(&self, rule: &'static Rule, words: impl Into<String>) -> Diagnostic {
        Diagnostic::new(rule, self.path, Some(self.span), words)
    }

    /// Whether nothing but a blank stands here, of which is told.
    fn is_blank(&self, report: &mut Report) -> bool {
        let blank = self.value.as_str().is_some_and(is_blank);
        if blank {
            report.push(Diagnostic::blank(self.path, self.span));
        }
        blank
    }

    /// What names or says something that is understood. A blank is nothing yet.
    pub fn mention(&self, report: &mut Report) -> Option<Mention> {
        let written = self.written(report)?;
        (!is_blank(&written.text)).then_some(written)
    }

    /// A text for readers: they meet a blank in it as it is shown.
    pub fn text(&self, report: &mut Report) -> Option<String> {
        let written = self.written(report)?.text;
        Some(match shown(&written) {
            Cow::Borrowed(_) => written,
            Cow::Owned(shown) => shown,
        })
    }

    /// A text; numbers, `no` and `on` stay as they are written, and so do blanks.
    pub fn written(&self, report: &mut Report) -> Option<Mention> {
        let text = match self.value {
            Value::String(s) => s.clone(),
            Value::Number(_) | Value::Bool(_) => {
                let raw = self
                    .spot
                    .and_then(|_| self.text.get(self.span.range()))
                    .unwrap_or("")
                    .trim();
                if raw.is_empty() || raw.contains('\n') {
                    scalar(self.value)
                } else {
                    raw.to_owned()
                }
            }
            _ => {
                self.wrong("text", report);
                return None;
            }
        };
        if holds_blank(&text) {
            report.push(Diagnostic::blank(self.path, self.span));
        }
        Some(Mention {
            text: text.trim().to_owned(),
            span: self.span,
        })
        .filter(|m| !m.text.is_empty())
    }

    pub fn date(&self, report: &mut Report) -> Option<Date> {
        let mention = self.mention(report)?;
        let day = mention.text.split(['T', ' ']).next().unwrap_or_default();
        match dates::iso(day) {
            Ok(date) => {
                if day.len() < mention.text.len() {
                    let words = format!("only the day is read from `{}`", mention.text);
                    report.push(
                        self.diagnostic(&rules::DATE_WITH_TIME, words).help(
                            "write the day alone; the time a meeting begins goes in `start: \"17:30\"`",
                        ),
                    );
                }
                Some(date)
            }
            Err(words) => {
                // What is no date at all is shown whole: `24 February 2025`, not `24`.
                let words = if day.len() == "2017-06-27".len() {
                    words
                } else {
                    dates::iso(&mention.text).err().unwrap_or(words)
                };
                let meant = dates::in_words(&mention.text)
                    .first()
                    .map(|d| format!("did you mean {}?", d.date));
                report.push(
                    self.diagnostic(&rules::BAD_DATE, words)
                        .maybe_help(meant.or_else(|| day_first(&mention.text))),
                );
                None
            }
        }
    }

    pub fn flag(&self, report: &mut Report) -> Option<bool> {
        let word = match self.value {
            Value::Bool(b) => return Some(*b),
            Value::String(s) => s.to_lowercase(),
            _ => String::new(),
        };
        match word.as_str() {
            "yes" | "on" | "true" => Some(true),
            "no" | "off" | "false" => Some(false),
            _ if self.is_blank(report) => None,
            _ => {
                self.wrong("true or false", report);
                None
            }
        }
    }

    pub fn map(&self, report: &mut Report) -> Option<Map<'a>> {
        if self.is_map() {
            return Some(Map::new(*self));
        }
        if self.is_blank(report) {
            return None;
        }
        self.wrong("keys and values", report);
        None
    }

    /// The entries of a list; a single value counts as a list of one.
    pub fn list(&self) -> Vec<Node<'a>> {
        match self.value {
            Value::Sequence(items) => items
                .iter()
                .enumerate()
                .filter(|(_, value)| !value.is_null())
                .map(|(n, value)| {
                    let spot = self.spot.and_then(|s| s.item(n));
                    Node {
                        value,
                        spot,
                        span: spot.map_or(self.span, |s| s.span),
                        ..*self
                    }
                })
                .collect(),
            Value::Null => Vec::new(),
            _ => vec![*self],
        }
    }
}

/// "27-06-2017" and "27/06/2017": the day first, when nothing else is possible.
fn day_first(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let [day, month, year] = parts[..] else {
        return None;
    };
    let (day, month) = (day.parse::<u8>().ok()?, month.parse::<u8>().ok()?);
    let date = dates::iso(&format!("{year}-{month:02}-{day:02}")).ok()?;
    Some(format!("did you mean {date}?"))
}

/// A value between braces, where a comma would end it.
fn value(text: &str) -> String {
    match text {
        "" => "…".to_owned(),
        text if dates::iso(text).is_ok() => text.to_owned(),
        text if text.contains(',') => written::quoted(text),
        text => written::scalar(text),
    }
}

fn scalar(value: &Value) -> String {
    match value {
        Value::Bool(b) => b.to_string(),
        Value::Number(n) => n.to_string(),
        _ => String::new(),
    }
}

/// The keys of a mapping, read one by one. [`Map::finish`] reports those that
/// nobody asked for.
pub struct Map<'a> {
    node: Node<'a>,
    known: Vec<&'static str>,
}

impl<'a> Map<'a> {
    fn new(node: Node<'a>) -> Self {
        Self {
            node,
            known: Vec::new(),
        }
    }

    pub fn node(&self) -> Node<'a> {
        self.node
    }

    pub fn path(&self) -> &'a SourcePath {
        self.node.path
    }

    /// The keys as they are written.
    pub fn keys(&self) -> Vec<String> {
        match self.node.value {
            Value::Mapping(mapping) => mapping
                .keys()
                .filter_map(|k| k.as_str().map(str::to_owned))
                .collect(),
            _ => Vec::new(),
        }
    }

    pub fn key_span(&self, key: &str) -> Option<Span> {
        self.node.spot.and_then(|s| s.entry(key)).map(|e| e.key_span)
    }

    /// The value of a key; none when it is missing or left empty.
    pub fn get(&mut self, key: &'static str) -> Option<Node<'a>> {
        self.known.push(key);
        let value = self.node.value.get(key).filter(|v| !v.is_null())?;
        let entry = self.node.spot.and_then(|s| s.entry(key));
        let span = entry.map_or(self.node.span, |e| e.value.span);
        Some(Node {
            value,
            key,
            spot: entry.map(|e| &e.value),
            span,
            ..self.node
        })
    }

    pub fn mention(&mut self, key: &'static str, report: &mut Report) -> Option<Mention> {
        self.get(key)?.mention(report)
    }

    pub fn text(&mut self, key: &'static str, report: &mut Report) -> Option<String> {
        self.get(key)?.text(report)
    }

    pub fn date(&mut self, key: &'static str, report: &mut Report) -> Option<Date> {
        self.get(key)?.date(report)
    }

    pub fn flag(&mut self, key: &'static str, report: &mut Report) -> Option<bool> {
        self.get(key)?.flag(report)
    }

    pub fn map(&mut self, key: &'static str, report: &mut Report) -> Option<Map<'a>> {
        self.get(key)?.map(report)
    }

    pub fn list(&mut self, key: &'static str) -> Vec<Node<'a>> {
        self.get(key).map(|n| n.list()).unwrap_or_default()
    }

    pub fn mentions(&mut self, key: &'static str, report: &mut Report) -> Vec<Mention> {
        self.list(key).iter().filter_map(|n| n.mention(report)).collect()
    }

    pub fn texts(&mut self, key: &'static str, report: &mut Report) -> Vec<String> {
        self.mentions(key, report).into_iter().map(|m| m.text).collect()
    }

    /// A whole number that is not negative.
    pub fn count(&mut self, key: &'static str, report: &mut Report) -> Option<u32> {
        let node = self.get(key)?;
        let number = node.value.as_u64().and_then(|n| u32::try_from(n).ok());
        if number.is_none() && !node.is_blank(report) {
            node.wrong("a whole number", report);
        }
        number
    }

    /// A time of day, as written; it must read like one.
    pub fn time(&mut self, key: &'static str, report: &mut Report) -> Option<String> {
        let node = self.get(key)?;
        let text = node.mention(report)?.text;
        if dates::time_of_day(&text).is_none() {
            report.push(
                node.diagnostic(&rules::BAD_VALUE, format!("`{text}` is not a time of day"))
                    .help("write hours and minutes in quotes, like \"17:30\""),
            );
            return None;
        }
        Some(text)
    }

    /// One of a few words.
    pub fn one_of<T: Copy>(
        &mut self,
        key: &'static str,
        words: &[(&str, T)],
        report: &mut Report,
    ) -> Option<T> {
        let node = self.get(key)?;
        let said = node.mention(report)?.text;
        let plain = said.to_lowercase().replace(['-', '_'], " ");
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == plain) {
            return Some(*value);
        }
        let list: Vec<String> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
        let help = nearest::did_you_mean(&plain, words.iter().map(|w| w.0));
        report.push(
            node.diagnostic(&rules::BAD_VALUE, format!("`{key}` cannot be `{said}`"))
                .help(help.unwrap_or_else(|| format!("it is one of {}", list.join(", ")))),
        );
        None
    }

    /// Reports a key that the record cannot do without. Of a blank is told already.
    pub fn require(&self, key: &str, what: &str, report: &mut Report) {
        if self
            .node
            .value
            .get(key)
            .and_then(Value::as_str)
            .is_some_and(is_blank)
        {
            return;
        }
        let words = format!("the key `{key}` is missing: {what}");
        report.push(Diagnostic::new(
            &rules::MISSING_KEY,
            self.node.path,
            Some(self.node.span).filter(|s| s.end > 0),
            words,
        ));
    }

    /// Reports the keys that were never asked for, with the nearest known one.
    pub fn finish(self, report: &mut Report) {
        let Value::Mapping(mapping) = self.node.value else {
            return;
        };
        // The key of the last value that was written out.
        let mut before = String::new();
        let mut cut = false;
        for (key, value) in mapping {
            let name = match key {
                Value::String(s) => s.clone(),
                other => scalar(other),
            };
            if self.known.contains(&name.as_str()) || name == "extra" {
                before = name;
                continue;
            }
            let span = self
                .node
                .spot
                .and_then(|s| s.entry(&name))
                .map_or(self.node.span, |e| e.key_span);
            if value.is_null() && self.is_cut(span) {
                if !cut {
                    report.push(self.unquoted_comma(&before, span));
                }
                cut = true;
                continue;
            }
            report.push(
                Diagnostic::new(
                    &rules::UNKNOWN_KEY,
                    self.node.path,
                    Some(span),
                    format!("the key `{name}` is not known here"),
                )
                .help(self.meant(&name)),
            );
        }
    }

    /// Whether a key between braces is none, but the rest of a value that a
    /// comma cut off: words without a colon.
    fn is_cut(&self, span: Span) -> bool {
        let text = self.node.text;
        let words = text.get(span.range()).unwrap_or("");
        let behind = text.get(span.range().end..).unwrap_or("").trim_start();
        behind.starts_with([',', '}'])
            && (words.contains(' ') || !words.starts_with(|c: char| c.is_lowercase()))
    }

    fn unquoted_comma(&self, before: &str, span: Span) -> Diagnostic {
        let (words, help) = match before {
            "" => (
                "a comma ends the value before this".to_owned(),
                "put the whole value in quotes".to_owned(),
            ),
            key => (
                format!(
                    "the comma before this ends the value of `{key}`, so that its rest would be left out"
                ),
                format!("put the whole value in quotes: `{key}: \"…, …\"`"),
            ),
        };
        Diagnostic::new(&rules::UNQUOTED_COMMA, self.node.path, Some(span), words).help(help)
    }

    /// What a key that is not known was probably meant to be.
    fn meant(&self, name: &str) -> String {
        // Keys that stand below another, and other words for a key.
        const BELOW: &[(&str, &[&str])] = &[
            (
                "attendance",
                &[
                    "chair",
                    "present",
                    "remote",
                    "substitutes",
                    "apologies",
                    "absent",
                    "in_attendance",
                    "movements",
                ],
            ),
            ("minutes", &["confirmed_at"]),
        ];
        const OTHERS: &[(&str, &str)] = &[
            ("location", "venue"),
            ("place", "venue"),
            ("room", "venue"),
            ("time", "start"),
            ("begin", "start"),
            ("started", "start"),
            ("finish", "end"),
            ("ended", "end"),
            ("committee", "bodies"),
            ("body", "bodies"),
        ];
        let above = BELOW
            .iter()
            .find(|(above, keys)| self.known.contains(above) && keys.contains(&name));
        if let Some((above, _)) = above {
            return format!("indent it below `{above}:`");
        }
        let other = OTHERS
            .iter()
            .find(|(word, key)| *word == name && self.known.contains(key));
        if let Some((_, key)) = other {
            return format!("did you mean `{key}`?");
        }
        nearest::did_you_mean(name, self.known.iter().copied())
            .unwrap_or_else(|| "it is not used; what a theme of yours needs goes under `extra:`".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with<T>(text: &str, read: impl FnOnce(&mut Map, &mut Report) -> T) -> (T, Report) {
        let path = SourcePath::new("content/x.md");
        let mut report = Report::new();
        let parts = divide(&path, text, &mut report).expect("readable");
        let mut map = parts.front.map(&path, text);
        let value = read(&mut map, &mut report);
        map.finish(&mut report);
        (value, report)
    }

    #[test]
    fn text_stays_as_it_is_written() {
        let text = "---\na: no\nb: 1.10\nc: 0012\nd: 2017-06-27\ne: on\nf: '12'\n---\n";
        let (texts, report) = with(text, |m, r| {
            ["a", "b", "c", "d", "e", "f"].map(|k| m.text(k, r).unwrap_or_default())
        });
        assert_eq!(texts, ["no", "1.10", "0012", "2017-06-27", "on", "12"]);
        assert_eq!(report.diagnostics(), []);
    }

    #[test]
    fn a_second_front_matter_is_not_published() {
        for text in [
            "---\n---\npublish_at: 2099-01-01\n---\nx",
            "---\ntitle: x\n---\n\nexempt: 3\nvenue: y\n---\n",
        ] {
            let mut report = Report::new();
            assert!(
                divide(&SourcePath::new("content/x.md"), text, &mut report).is_none(),
                "{text}"
            );
            assert!(report.diagnostics()[0].withheld);
        }
        for text in [
            "---\n---\n\n## 1. A\n\n---\n",
            "---\ntitle: x\n---\n\nNote: all were there.\n\n---\n",
        ] {
            assert!(
                divide(&SourcePath::new("content/x.md"), text, &mut Report::new()).is_some(),
                "{text}"
            );
        }
    }

    #[test]
    fn nesting_is_counted_before_parsing() {
        assert!(depth(&"[".repeat(65)) > DEEPEST);
        assert!(depth(&"- ".repeat(65)) > DEEPEST);
        assert!(depth("a: [[1], [2]]\nb: {c: d}") < 5);
    }
}
