//! The lines of a file that diagnostics speak of, found once for all of them.

use std::ops::Range;

use crate::paths::Span;

/// A text and where its lines begin.
pub struct Lines {
    text: String,
    starts: Vec<usize>,
}

impl Lines {
    pub fn new(text: String) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, b)| *b == b'\n');
        let starts = std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect();
        Self { text, starts }
    }

    /// Which line, from 0, a place stands in.
    fn index(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at) - 1
    }

    /// The line and column, both from 1, of a span's start. A column counts
    /// characters, not bytes.
    pub fn line_column(&self, span: Span) -> (usize, usize) {
        let mut start = span.range().start.min(self.text.len());
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        let line = self.index(start);
        (line + 1, self.text[self.starts[line]..start].chars().count() + 1)
    }

    /// The first line that a range touches, its number from 1, and the range
    /// in it. None when it is longer than `longest`.
    pub fn marked(&self, range: Range<usize>, longest: usize) -> Option<(&str, usize, Range<usize>)> {
        let start = range.start.min(self.text.len());
        let index = self.index(start);
        let from = self.starts[index];
        let to = self
            .starts
            .get(index + 1)
            .map_or(self.text.len(), |next| next - 1);
        let line = self.text[from..to].trim_end_matches('\r');
        if line.len() > longest {
            return None;
        }
        let start = (start - from).min(line.len());
        let end = range.end.saturating_sub(from).clamp(start, line.len());
        if !line.is_char_boundary(start) || !line.is_char_boundary(end) {
            return None;
        }
        let next = line[start..].chars().next().map_or(0, char::len_utf8);
        Some((line, index + 1, start..end.max(start + next)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_from_one() {
        let at = |text: &str, from| Lines::new(text.to_owned()).line_column(Span::new(from, from + 1));
        assert_eq!(at("abc", 0), (1, 1));
        assert_eq!(at("äb\n\ncd", 6), (3, 2));
        assert_eq!(at("a\n", 99), (2, 1));
    }

    #[test]
    fn a_range_is_marked_in_its_first_line() {
        let lines = Lines::new("ä one\r\ntwo\n".to_owned());
        assert_eq!(lines.marked(3..10, 99), Some(("ä one", 1, 3..6)));
        assert_eq!(lines.marked(7..8, 99), Some(("ä one", 1, 6..6)));
        assert_eq!(lines.marked(8..8, 99), Some(("two", 2, 0..1)));
        assert_eq!(lines.marked(50..60, 99), Some(("", 3, 0..0)));
        assert_eq!(lines.marked(1..2, 99), None);
        assert_eq!(lines.marked(8..9, 2), None);
    }
}
