//! Diagnostics as workflow commands: GitHub shows them beside the line of the
//! file they speak of.

use super::{Diagnostic, Lines, Severity};
use crate::text::escape::without_orders;

/// One line, with its line break.
pub fn show(d: &Diagnostic, text: Option<&Lines>) -> String {
    let kind = match d.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut out = format!("::{kind} file={}", property(d.path.as_str()));
    if let Some((line, column)) = d.span.zip(text).map(|(span, text)| text.line_column(span)) {
        out.push_str(&format!(",line={line}"));
        if !d.withheld {
            out.push_str(&format!(",col={column}"));
        }
    }
    let words = match &d.help {
        Some(help) => format!("{}\nhelp: {help}", d.message),
        None => d.message.clone(),
    };
    out.push_str(&format!(",title={}::{}\n", property(d.rule.name), data(&words)));
    without_orders(out)
}

fn data(s: &str) -> String {
    s.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(s: &str) -> String {
    data(s).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paths::SourcePath;
    use crate::report::{human, rules};

    #[test]
    fn no_order_reaches_the_terminal() {
        let path = SourcePath::new("content/a.md");
        let told = Diagnostic::new(
            &rules::UNKNOWN_LINK,
            &path,
            None,
            "nothing is called `a\u{9b}31mb`",
        )
        .help("write \u{85}\u{9d}0");
        for shown in [show(&told, None), human::show(&told, None, false)] {
            assert!(
                !shown.contains(|c| ('\u{80}'..='\u{9f}').contains(&c)),
                "{shown:?}"
            );
            assert!(shown.contains("a\u{fffd}31mb"), "{shown:?}");
        }
    }
}
