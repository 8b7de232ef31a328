//! Diagnostics for people, in the look of rustc: the words, the place, the
//! line with a mark under it, and what was probably meant.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Lines, Severity};
use crate::text::escape::without_orders;

/// Longer lines are shown by their place alone.
const LONGEST_LINE: usize = 600;

/// One diagnostic as text that ends in a line break. `text` is the file.
pub fn show(d: &Diagnostic, text: Option<&Lines>, color: bool) -> String {
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
        .and_then(|(text, span)| text.marked(span.range(), LONGEST_LINE));
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
    let mut out = without_orders(renderer.render(&[group]));
    out.push('\n');
    out
}

/// `file:line:column`, as far as they are known.
pub fn place(d: &Diagnostic, text: Option<&Lines>) -> String {
    match (d.span, text) {
        (Some(span), Some(text)) => {
            let (line, column) = text.line_column(span);
            if d.withheld {
                format!("{}:{line}", d.path)
            } else {
                format!("{}:{line}:{column}", d.path)
            }
        }
        _ => d.path.to_string(),
    }
}
