//! The way back, from what a record says to the text of its file.
//!
//! [`again`] reads a file into the same form, so that what was written can be
//! compared, joined and written anew.

pub mod again;
pub mod front;
pub mod record;
pub mod text;

pub use again::again;
pub use front::{Front, Value};
pub use record::{ItemText, RecordText, SectionText};

use crate::text::scan;

/// A text as one value of a front matter: as it is where YAML reads it so, in
/// quotes where it would not. Line breaks become spaces.
///
/// ```
/// use minutebook::document::written::scalar;
/// assert_eq!(scalar("Parks Committee"), "Parks Committee");
/// assert_eq!(scalar("Budget: second reading"), "\"Budget: second reading\"");
/// ```
pub fn scalar(text: &str) -> String {
    let text = line(text);
    if is_plain(&text) { text } else { quoted(&text) }
}

/// A text in quotes, as YAML and TOML both read it.
pub fn quoted(text: &str) -> String {
    // The escapes of JSON are those of both, except for this one sign.
    let json = serde_json::Value::String(line(text)).to_string();
    json.replace('\u{7f}', "\\u007f")
}

/// A text as one line: control characters and runs of blanks are one space.
pub fn line(text: &str) -> String {
    let visible = text.replace(|c: char| c.is_control(), " ");
    scan::folded(&visible)
}

/// Whether YAML reads it as a text, and as this one.
fn is_plain(text: &str) -> bool {
    let words = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];
    let first = text.chars().next().is_some_and(char::is_alphabetic);
    first
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with(':')
        && !text.contains(['{', '}', '[', ']', '"', '\\', '\u{feff}'])
        && text.chars().all(|c| !c.is_whitespace() || c == ' ')
        && !words.contains(&text.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::front_matter::divide;
    use crate::paths::SourcePath;
    use crate::report::Report;

    fn read_again(value: &str) -> Option<String> {
        let path = SourcePath::new("content/pages/x.md");
        let text = format!("---\ntitle: {value}\n---\n");
        let mut report = Report::new();
        let parts = divide(&path, &text, &mut report)?;
        let title = parts.front.map(&path, &text).text("title", &mut report);
        report.diagnostics().is_empty().then_some(title)?
    }

    #[test]
    fn a_value_is_read_as_it_was_given() {
        for text in [
            "Parks Committee",
            "Budget: second reading",
            "no",
            "2024-03-12",
            "#1",
            "Children's Services (joint)",
            "\"quoted\"",
            "- a dash",
            "a # b",
            "ends in a colon:",
            "Été, \\ and more",
            "[[x]]",
        ] {
            assert_eq!(
                read_again(&scalar(text)).as_deref(),
                Some(text),
                "{}",
                scalar(text)
            );
        }
    }

    proptest! {
        #[test]
        fn no_value_breaks_a_front_matter(text in "\\PC{1,40}") {
            let one = line(&text);
            prop_assume!(!one.is_empty());
            prop_assert_eq!(read_again(&scalar(&text)), Some(one.clone()));
            let toml: toml::Table = toml::from_str(&format!("a = {}", quoted(&text))).expect("TOML");
            prop_assert_eq!(toml["a"].as_str(), Some(one.as_str()));
        }
    }
}
