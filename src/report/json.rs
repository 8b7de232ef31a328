//! Diagnostics for programs: one JSON object a line.

use serde::Serialize;

use super::{Diagnostic, Lines};

#[derive(Serialize)]
struct Row<'a> {
    severity: &'static str,
    rule: &'static str,
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
}

/// One line, with its line break.
pub fn show(d: &Diagnostic, text: Option<&Lines>) -> String {
    let place = d.span.zip(text).map(|(span, text)| text.line_column(span));
    let row = Row {
        severity: d.severity.word(),
        rule: d.rule.name,
        file: d.path.as_str(),
        line: place.map(|p| p.0),
        column: place.filter(|_| !d.withheld).map(|p| p.1),
        message: &d.message,
        help: d.help.as_deref(),
    };
    let mut out = serde_json::to_string(&row).unwrap_or_default();
    out.push('\n');
    out
}
