//! Diagnostics for people, in the look of rustc: the words, the place, the
//! line with a mark under it, and what was probably meant.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Severity};
use crate::paths::SourcePath;

/// Longer lines are shown by their place alone.
const LONGEST_LINE: usize = 600;

/// One diagnostic as text that ends in a line break. `text` finds the file.
pub fn show(d: &Diagnostic, text: Option<&str>, color: bool) -> String {
    let level = match d.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(d.message.as_str()).id(d.rule.name);
    let mut group = Group::with_title(title);
    let place = place(d, text);
    let marked = text
        .zip(d.span)
        .filter(|_| !d.withheld)
        .and_then(|(text, span)| line_of(text, span.range()));
    if let Some((line, from, range)) = &marked {
        let snippet = Snippet::source(*line)
            .line_start(*from)
            .path(d.path.as_str())
            .annotation(AnnotationKind::Primary.span(range.clone()));
        group = group.element(snippet);
    } else {
        group = group.element(annotate_snippets::Origin::path(place.as_str()));
    }
    if let Some(help) = &d.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut out = renderer.render(&[group]);
    out.push('\n');
    out
}

/// `file:line:column`, as far as they are known.
pub fn place(d: &Diagnostic, text: Option<&str>) -> String {
    match (d.span, text) {
        (Some(span), Some(text)) => {
            let (line, column) = span.line_column(text);
            if d.withheld {
                format!("{}:{line}", d.path)
            } else {
                format!("{}:{line}:{column}", d.path)
            }
        }
        _ => d.path.to_string(),
    }
}

/// The first line that a range touches, its number, and the range in it.
fn line_of(text: &str, range: std::ops::Range<usize>) -> Option<(&str, usize, std::ops::Range<usize>)> {
    let start = range.start.min(text.len());
    let from = text.get(..start)?.rfind('\n').map_or(0, |at| at + 1);
    let to = text.get(start..)?.find('\n').map_or(text.len(), |at| start + at);
    let line = text[from..to].trim_end_matches('\r');
    if line.len() > LONGEST_LINE {
        return None;
    }
    let end = range.end.clamp(start, from + line.len());
    let number = text[..from].bytes().filter(|&b| b == b'\n').count() + 1;
    let mut inside = start.min(from + line.len()) - from..end.max(start.min(from + line.len())) - from;
    if inside.is_empty() {
        let next = line[inside.start..].chars().next().map_or(0, char::len_utf8);
        inside.end = inside.start + next;
    }
    line.is_char_boundary(inside.end)
        .then_some((line, number, inside))
}

/// Finds the text of a file that a diagnostic speaks of.
pub type Texts<'a> = &'a dyn Fn(&SourcePath) -> Option<std::sync::Arc<str>>;
