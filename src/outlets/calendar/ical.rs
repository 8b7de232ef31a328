//! iCalendar's lines (RFC 5545, 3.1 and 3.3.11): escaped, folded, ended by
//! CR LF. What they say is left to others.
//!
//! Our own, because the kept library for it, `icalendar`, stamps the time of
//! the clock and a random UID on every part, the time zone's too.

/// A line is folded so that none is longer than this, in octets.
const LONGEST: usize = 75;

/// A calendar on its way to text.
#[derive(Default)]
pub struct Lines {
    out: String,
}

impl Lines {
    /// A line whose value is written already: a word, a time, an address.
    pub fn line(&mut self, name: &str, value: &str) {
        let mut width = 0;
        let unseen = |c: &char| !c.is_control();
        for c in name.chars().chain([':']).chain(value.chars()).filter(unseen) {
            if width + c.len_utf8() > LONGEST {
                // The space that marks the rest counts with it.
                self.out.push_str("\r\n ");
                width = 1;
            }
            self.out.push(c);
            width += c.len_utf8();
        }
        self.out.push_str("\r\n");
    }

    /// A line whose value is free text.
    pub fn text(&mut self, name: &str, text: &str) {
        self.line(name, &escaped(text));
    }

    /// A line whose value is a list of free texts.
    pub fn texts<T: AsRef<str>>(&mut self, name: &str, texts: impl IntoIterator<Item = T>) {
        let texts: Vec<String> = texts.into_iter().map(|t| escaped(t.as_ref())).collect();
        self.line(name, &texts.join(","));
    }

    pub fn finish(self) -> Vec<u8> {
        self.out.into_bytes()
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped() {
        let mut lines = Lines::default();
        lines.text("SUMMARY", "a, b; c\\d\r\ne\u{7}\u{0}");
        lines.texts("CATEGORIES", ["x, y", "z"]);
        assert_eq!(
            lines.finish(),
            b"SUMMARY:a\\, b\\; c\\\\d\\ne\r\nCATEGORIES:x\\, y,z\r\n"
        );
    }

    #[test]
    fn long_lines_are_folded_between_characters() {
        for text in [
            "x".repeat(500),
            "é".repeat(300),
            "🏛".repeat(200),
            "aé🏛–".repeat(90),
        ] {
            let mut lines = Lines::default();
            lines.text("DESCRIPTION", &text);
            let out = String::from_utf8(lines.finish()).expect("no character is split");
            for line in out.trim_end().split("\r\n") {
                assert!(line.len() <= LONGEST, "{} octets", line.len());
            }
            assert_eq!(out.replace("\r\n ", ""), format!("DESCRIPTION:{text}\r\n"));
        }
    }
}
