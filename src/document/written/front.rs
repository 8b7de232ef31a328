//! Keys and values, and the front matter that says them.

use jiff::civil::Date;

use super::{line, quoted, scalar};

/// A value of a front matter.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    Text(String),
    Day(Date),
    Flag(bool),
    Count(u32),
    List(Vec<Value>),
    Map(Front),
}

/// Keys and values in the order in which they are written.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Front(pub Vec<(String, Value)>);

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::Text(text)
    }
}

impl From<Date> for Value {
    fn from(day: Date) -> Self {
        Value::Day(day)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Value::Flag(flag)
    }
}

impl From<Front> for Value {
    fn from(front: Front) -> Self {
        Value::Map(front)
    }
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(list: Vec<T>) -> Self {
        Value::List(list.into_iter().map(Into::into).collect())
    }
}

/// A line that is longer than this is divided.
const WIDE: usize = 100;

impl Front {
    pub fn new() -> Self {
        Self::default()
    }

    /// With one more key, if there is a value for it.
    pub fn with(mut self, key: &str, value: Option<impl Into<Value>>) -> Self {
        self.set(key, value);
        self
    }

    /// One more key, if there is a value for it.
    pub fn set(&mut self, key: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value.map(Into::into).filter(|v| !v.is_empty()) {
            self.0.push((key.to_owned(), value));
        }
    }

    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.iter().find(|(k, _)| k == key).map(|(_, value)| value)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The lines between `---` and `---`; empty without a key.
    pub fn write(&self) -> String {
        let mut out = String::new();
        self.lines(0, &mut out);
        out
    }

    fn lines(&self, indent: usize, out: &mut String) {
        for (key, value) in &self.0 {
            out.push_str(&" ".repeat(indent));
            out.push_str(&key_text(key));
            out.push(':');
            value.behind(indent, out);
        }
    }

    fn flow(&self) -> String {
        let parts = self
            .0
            .iter()
            .map(|(k, v)| format!("{}: {}", key_text(k), v.flow()));
        format!("{{{}}}", parts.collect::<Vec<_>>().join(", "))
    }
}

fn key_text(key: &str) -> String {
    let plain = !key.is_empty()
        && key
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    let word = key.starts_with(|c: char| c.is_ascii_alphabetic()) && scalar(key) == key;
    if plain && word {
        key.to_owned()
    } else {
        quoted(key)
    }
}

impl Value {
    /// Nothing to be written.
    fn is_empty(&self) -> bool {
        match self {
            Value::Text(text) => line(text).is_empty(),
            Value::List(list) => list.is_empty(),
            Value::Map(front) => front.is_empty(),
            _ => false,
        }
    }

    fn is_scalar(&self) -> bool {
        !matches!(self, Value::List(_) | Value::Map(_))
    }

    fn flow(&self) -> String {
        match self {
            Value::Text(text) => {
                // Between brackets more signs have a meaning than on a line of their own.
                let plain = scalar(text);
                let harmless = |c: char| c.is_alphanumeric() || " -_./'’()&".contains(c);
                if plain.starts_with('"') || plain.chars().all(harmless) {
                    plain
                } else {
                    quoted(text)
                }
            }
            Value::Day(day) => day.to_string(),
            Value::Flag(flag) => flag.to_string(),
            Value::Count(count) => count.to_string(),
            Value::List(list) => {
                let parts: Vec<String> = list.iter().map(Value::flow).collect();
                format!("[{}]", parts.join(", "))
            }
            Value::Map(front) => front.flow(),
        }
    }

    /// Whether it reads well in one line.
    fn is_flat(&self, indent: usize) -> bool {
        let shallow = match self {
            Value::List(list) => list.iter().all(Value::is_scalar),
            Value::Map(front) => front.0.iter().all(|(_, v)| v.is_scalar()),
            _ => true,
        };
        shallow && self.flow().chars().count() + indent <= WIDE
    }

    /// The value behind its key, to the end of the line or below it.
    fn behind(&self, indent: usize, out: &mut String) {
        match self {
            Value::Text(text) => out.push_str(&format!(" {}\n", scalar(text))),
            Value::List(list) if !self.is_flat(indent + 16) => {
                out.push('\n');
                for value in list {
                    out.push_str(&" ".repeat(indent + 2));
                    out.push('-');
                    value.entry(indent + 4, out);
                }
            }
            Value::Map(front) if !self.is_flat(indent + 16) => {
                out.push('\n');
                front.lines(indent + 2, out);
            }
            value => out.push_str(&format!(" {}\n", value.flow())),
        }
    }

    /// The value behind the dash of a list.
    fn entry(&self, indent: usize, out: &mut String) {
        match self {
            Value::Map(front) if !self.is_flat(indent) && !front.is_empty() => {
                let mut lines = String::new();
                front.lines(indent, &mut lines);
                out.push(' ');
                out.push_str(lines.trim_start());
            }
            Value::Text(text) => out.push_str(&format!(" {}\n", scalar(text))),
            value => out.push_str(&format!(" {}\n", value.flow())),
        }
    }
}
