//! Code blocks as classes for the style sheet to colour.

use std::sync::LazyLock;

use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

use crate::text::escape::{is_forbidden, push_escaped};

/// Constant data, unpacked when the first code block asks for it: most
/// archives hold none.
static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// Longer blocks are shown without colours.
const LONGEST: usize = 100_000;

/// Writes a code block; a language nobody knows is shown plain.
pub fn write(out: &mut String, language: &str, code: &str) {
    out.push_str("<pre tabindex=\"0\"");
    let known = (!language.is_empty() && code.len() <= LONGEST)
        .then(|| coloured(language, code))
        .flatten();
    match known {
        Some(html) => {
            out.push_str(" class=\"code\"><code>");
            out.push_str(&html);
        }
        None => {
            out.push_str("><code>");
            push_escaped(out, code);
        }
    }
    out.push_str("</code></pre>\n");
}

fn coloured(language: &str, code: &str) -> Option<String> {
    // The parser is not made for control characters, and writes them as they are.
    if code.contains(is_forbidden) {
        return None;
    }
    let syntax = SYNTAXES.find_syntax_by_token(language)?;
    let style = ClassStyle::SpacedPrefixed { prefix: "c-" };
    let mut generator = ClassedHTMLGenerator::new_with_class_style(syntax, &SYNTAXES, style);
    for line in LinesWithEndings::from(code) {
        generator.parse_html_for_line_which_includes_newline(line).ok()?;
    }
    Some(generator.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_keeps_its_words() {
        let mut out = String::new();
        write(&mut out, "rust", "let x = \"<b>\";\n");
        assert!(out.contains("class=\"code\"") && out.contains("c-"), "{out}");
        assert_eq!(crate::text::escape::plain(&out), "let x = \"<b>\";");
        let mut out = String::new();
        write(&mut out, "nobody-knows", "a < b");
        assert_eq!(out, "<pre tabindex=\"0\"><code>a &lt; b</code></pre>\n");
        let mut out = String::new();
        write(&mut out, "html", "a\u{fffe}b\u{1ffff}");
        assert_eq!(out, "<pre tabindex=\"0\"><code>a\u{fffd}b\u{fffd}</code></pre>\n");
    }
}
