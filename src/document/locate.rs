//! Where each key and value of a front matter stands in its file.
//!
//! The YAML library gives values without their places, and a diagnostic needs
//! a line and a column. This reads the same text a second time for its shape
//! alone: block and flow mappings and sequences, quoted and plain values. What
//! it does not understand it leaves out, and the place of what holds it serves.

use crate::paths::Span;

/// A value's place, and those of what it holds.
#[derive(Debug, Default)]
pub struct Spot {
    pub span: Span,
    pub inside: Inside,
}

#[derive(Debug, Default)]
pub enum Inside {
    #[default]
    Nothing,
    Map(Vec<Entry>),
    List(Vec<Spot>),
}

#[derive(Debug)]
pub struct Entry {
    pub key: String,
    pub key_span: Span,
    pub value: Spot,
}

impl Spot {
    /// The last entry of that key: the one that is at fault when it stands twice.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.inside {
            Inside::Map(entries) => entries.iter().rev().find(|e| e.key == key),
            _ => None,
        }
    }

    pub fn item(&self, index: usize) -> Option<&Spot> {
        match &self.inside {
            Inside::List(items) => items.get(index),
            _ => None,
        }
    }

    /// The first key that stands twice in one mapping, anywhere below.
    pub fn repeated_key(&self) -> Option<&Entry> {
        match &self.inside {
            Inside::Nothing => None,
            Inside::List(items) => items.iter().find_map(Spot::repeated_key),
            Inside::Map(entries) => entries.iter().enumerate().find_map(|(at, entry)| {
                let twice = entries[..at].iter().any(|e| e.key == entry.key);
                if twice {
                    Some(entry)
                } else {
                    entry.value.repeated_key()
                }
            }),
        }
    }
}

/// Reads the shape of a YAML text that begins at `base` in its file.
pub fn locate(text: &str, base: usize) -> Spot {
    let mut walk = Walk {
        text,
        bytes: text.as_bytes(),
        at: 0,
        base,
        depth: 0,
    };
    walk.block(0)
}

struct Walk<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    base: usize,
    depth: usize,
}

/// Deeper than this nothing is located.
const DEEPEST: usize = 70;

impl Walk<'_> {
    fn span(&self, from: usize, to: usize) -> Span {
        let to = from + self.text[from..to.max(from)].trim_end().len();
        Span::new(self.base + from, self.base + to)
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// The column of a position in its line.
    fn column(&self, at: usize) -> usize {
        at - self.text[..at].rfind('\n').map_or(0, |n| n + 1)
    }

    fn line_end(&self, at: usize) -> usize {
        self.text[at..].find('\n').map_or(self.text.len(), |n| at + n)
    }

    /// Moves to the next thing that is neither blank nor a comment.
    fn skip(&mut self) {
        while let Some(b) = self.peek() {
            match b {
                b' ' | b'\t' | b'\n' | b'\r' => self.at += 1,
                b'#' if self.at == 0 || self.bytes[self.at - 1].is_ascii_whitespace() => {
                    self.at = self.line_end(self.at);
                }
                _ => break,
            }
        }
    }

    /// A block value whose lines are indented by at least `indent`.
    fn block(&mut self, indent: usize) -> Spot {
        self.skip();
        let start = self.at;
        let column = self.column(start);
        self.depth += 1;
        let inside = if self.at >= self.bytes.len() || column < indent || self.depth > DEEPEST {
            Inside::Nothing
        } else if self.dash() {
            self.sequence(column)
        } else if self.key_here().is_some() {
            self.mapping(column)
        } else {
            self.depth -= 1;
            return self.value(column);
        };
        self.depth -= 1;
        Spot {
            span: self.span(start, self.at.min(self.line_end(start)).max(start)),
            inside,
        }
    }

    fn dash(&self) -> bool {
        self.peek() == Some(b'-')
            && self
                .bytes
                .get(self.at + 1)
                .is_none_or(|b| b.is_ascii_whitespace())
    }

    fn sequence(&mut self, column: usize) -> Inside {
        let mut items = Vec::new();
        loop {
            let before = self.at;
            self.skip();
            if !self.dash() || self.column(self.at) != column {
                self.at = if self.at >= self.bytes.len() {
                    self.at
                } else {
                    before.max(self.at)
                };
                break;
            }
            let dash = self.at;
            self.at += 1;
            let line_end = self.line_end(self.at);
            let rest = self.text[self.at..line_end].trim();
            if rest.is_empty() {
                items.push(self.block(column + 1));
            } else {
                while self.peek().is_some_and(|b| b == b' ') {
                    self.at += 1;
                }
                items.push(self.block(column + 1));
            }
            if self.at <= dash {
                break;
            }
        }
        Inside::List(items)
    }

    fn mapping(&mut self, column: usize) -> Inside {
        let mut entries = Vec::new();
        loop {
            self.skip();
            if self.at >= self.bytes.len() || self.column(self.at) != column {
                break;
            }
            let Some((key, end, after)) = self.key_here() else {
                break;
            };
            let key_span = self.span(self.at, end);
            self.at = after;
            let value = self.value_of_key(column, key_span);
            entries.push(Entry { key, key_span, value });
        }
        Inside::Map(entries)
    }

    /// The key that opens here: its text, its end, and where its value begins.
    fn key_here(&self) -> Option<(String, usize, usize)> {
        let rest = &self.text[self.at..];
        let first = *self.bytes.get(self.at)?;
        if first == b'"' || first == b'\'' {
            let close = 1 + rest[1..].find(first as char)?;
            let after = rest[close + 1..].trim_start_matches(' ');
            let colon = rest.len() - after.len();
            let ok = after.starts_with(':')
                && after[1..]
                    .chars()
                    .next()
                    .is_none_or(|c| c.is_whitespace() || c == ',');
            return ok.then(|| {
                (
                    rest[1..close].to_owned(),
                    self.at + close + 1,
                    self.at + colon + 1,
                )
            });
        }
        let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
        let colon = line
            .char_indices()
            .find(|(at, c)| *c == ':' && line[at + 1..].chars().next().is_none_or(char::is_whitespace))?
            .0;
        let key = line[..colon].trim_end();
        (!key.is_empty() && !key.starts_with(['[', '{', '#', '&', '*', '!', '|', '>']))
            .then(|| (key.to_owned(), self.at + key.len(), self.at + colon + 1))
    }

    fn value_of_key(&mut self, column: usize, key: Span) -> Spot {
        let line_end = self.line_end(self.at);
        let rest = self.text[self.at..line_end].trim_start();
        if rest.is_empty() || rest.starts_with('#') {
            let here = self.at;
            self.at = line_end;
            let before = self.at;
            self.skip();
            let next = self.column(self.at);
            let deeper = self.at < self.bytes.len() && (next > column || (next == column && self.dash()));
            if deeper {
                return self.block(if self.dash() { column } else { column + 1 });
            }
            self.at = before;
            let _ = here;
            return Spot {
                span: key,
                inside: Inside::Nothing,
            };
        }
        self.at = line_end - self.text[self.at..line_end].trim_start().len();
        self.value(column)
    }

    /// A value that begins here: flow, quoted, literal or plain.
    fn value(&mut self, column: usize) -> Spot {
        let start = self.at;
        match self.peek() {
            Some(b'[' | b'{') => self.flow(),
            Some(quote @ (b'"' | b'\'')) => {
                self.quoted(quote);
                Spot {
                    span: self.span(start, self.at),
                    inside: Inside::Nothing,
                }
            }
            Some(b'|' | b'>') => {
                self.at = self.line_end(start);
                self.indented_lines(column);
                Spot {
                    span: self.span(start, self.line_end(start)),
                    inside: Inside::Nothing,
                }
            }
            _ => {
                let end = self.line_end(start);
                let line = &self.text[start..end];
                let comment = line.find(" #").unwrap_or(line.len());
                self.at = end;
                self.indented_lines(column);
                Spot {
                    span: self.span(start, start + comment),
                    inside: Inside::Nothing,
                }
            }
        }
    }

    /// Passes over lines that are blank or indented deeper than `column`.
    fn indented_lines(&mut self, column: usize) {
        while self.at < self.bytes.len() {
            let line = self.at + 1;
            let end = self.line_end(line.min(self.bytes.len()));
            let text = &self.text[line.min(end)..end];
            let indent = text.len() - text.trim_start_matches(' ').len();
            if !text.trim().is_empty() && indent <= column {
                break;
            }
            self.at = end;
            if line >= self.bytes.len() {
                break;
            }
        }
    }

    fn quoted(&mut self, quote: u8) {
        self.at += 1;
        while let Some(b) = self.peek() {
            self.at += 1;
            if b == b'\\' && quote == b'"' {
                self.at += 1;
            } else if b == quote {
                if quote == b'\'' && self.peek() == Some(b'\'') {
                    self.at += 1;
                } else {
                    break;
                }
            }
        }
        self.at = self.at.min(self.bytes.len());
        while !self.text.is_char_boundary(self.at) {
            self.at += 1;
        }
    }

    fn flow(&mut self) -> Spot {
        self.skip();
        let start = self.at;
        self.depth += 1;
        let inside = match self.peek() {
            Some(b'[') if self.depth <= DEEPEST => {
                let mut items = Vec::new();
                self.at += 1;
                loop {
                    self.skip();
                    match self.peek() {
                        None => break,
                        Some(b']') => {
                            self.at += 1;
                            break;
                        }
                        Some(b',') => self.at += 1,
                        _ => {
                            let before = self.at;
                            items.push(self.flow());
                            if self.at == before {
                                break;
                            }
                        }
                    }
                }
                Inside::List(items)
            }
            Some(b'{') if self.depth <= DEEPEST => {
                let mut entries = Vec::new();
                self.at += 1;
                loop {
                    self.skip();
                    match self.peek() {
                        None => break,
                        Some(b'}') => {
                            self.at += 1;
                            break;
                        }
                        Some(b',') => self.at += 1,
                        _ => {
                            let before = self.at;
                            entries.extend(self.flow_entry());
                            if self.at == before {
                                break;
                            }
                        }
                    }
                }
                Inside::Map(entries)
            }
            Some(quote @ (b'"' | b'\'')) => {
                self.quoted(quote);
                Inside::Nothing
            }
            _ => {
                while self.peek().is_some_and(|b| !b",[]{}\n".contains(&b)) {
                    self.at += 1;
                }
                Inside::Nothing
            }
        };
        self.depth -= 1;
        Spot {
            span: self.span(start, self.at),
            inside,
        }
    }

    fn flow_entry(&mut self) -> Option<Entry> {
        let start = self.at;
        let (key, end) = match self.peek()? {
            quote @ (b'"' | b'\'') => {
                self.quoted(quote);
                (
                    self.text[start + 1..self.at.max(start + 2) - 1].to_owned(),
                    self.at,
                )
            }
            _ => {
                while self.peek().is_some_and(|b| !b":,{}[]\n".contains(&b)) {
                    self.at += 1;
                }
                (self.text[start..self.at].trim().to_owned(), self.at)
            }
        };
        let key_span = self.span(start, end);
        self.skip();
        let value = if self.peek() == Some(b':') {
            self.at += 1;
            self.skip();
            if matches!(self.peek(), Some(b',' | b'}')) {
                Spot {
                    span: key_span,
                    inside: Inside::Nothing,
                }
            } else {
                self.flow()
            }
        } else {
            Spot {
                span: key_span,
                inside: Inside::Nothing,
            }
        };
        Some(Entry { key, key_span, value })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str, spot: &Spot, out: &mut Vec<String>, name: &str) {
        match &spot.inside {
            Inside::Nothing => out.push(format!("{name}={}", &text[spot.span.range()])),
            Inside::Map(entries) => {
                entries
                    .iter()
                    .for_each(|e| show(text, &e.value, out, &format!("{name}/{}", e.key)));
            }
            Inside::List(items) => {
                items
                    .iter()
                    .enumerate()
                    .for_each(|(n, s)| show(text, s, out, &format!("{name}/{n}")));
            }
        }
    }

    #[test]
    fn every_value_has_its_place() {
        let text = "title: Cabinet # the name\nminutes: {status: draft, at: 'x y'}\nattendance:\n  chair: a\n  present: [a, \
                    {person: b, reason: \"c, d\"}]\n  apologies:\n  - e\n  - person: f\n    reason: g h\nlong: |\n  one\n  \
                    two\nlast:\nend: z\n";
        let mut out = Vec::new();
        show(text, &locate(text, 0), &mut out, "");
        assert_eq!(
            out,
            [
                "/title=Cabinet",
                "/minutes/status=draft",
                "/minutes/at='x y'",
                "/attendance/chair=a",
                "/attendance/present/0=a",
                "/attendance/present/1/person=b",
                "/attendance/present/1/reason=\"c, d\"",
                "/attendance/apologies/0=e",
                "/attendance/apologies/1/person=f",
                "/attendance/apologies/1/reason=g h",
                "/long=|",
                "/last=last",
                "/end=z",
            ]
        );
    }

    #[test]
    fn nonsense_ends() {
        for text in [
            "[[[",
            "{a: {b",
            "- - - -",
            "a:\n- b\n c",
            "'",
            "\"\\",
            ":",
            "- ",
            "? x\n: y",
            "a: b: c",
            "\u{feff}",
            "- a\n  - b\n- [c",
        ] {
            let _ = locate(text, 0);
        }
    }

    #[test]
    fn a_key_that_stands_twice_is_found() {
        let spot = locate("a: 1\nb:\n  c: 1\n  c: 2\n", 10);
        assert_eq!(
            spot.repeated_key().map(|e| (e.key.as_str(), e.key_span.start)),
            Some(("c", 27))
        );
    }
}
