//! What a rule is for, in a clerk's words: the text of `docs/checks.md`, which
//! is part of the program.

use super::Rule;

const TEXT: &str = include_str!("../../docs/checks.md");

/// What the page says of a rule: Markdown, without the rule's heading and its
/// first line, which are its name and its explanation.
pub fn text(rule: &Rule) -> &'static str {
    section(rule).map_or("", |(_, text)| text)
}

/// The first line: how grave it is, and the rule's explanation.
pub fn line(rule: &Rule) -> &'static str {
    section(rule).map_or("", |(line, _)| line)
}

/// The names of the rules that the page explains, in its order.
pub fn names() -> impl Iterator<Item = &'static str> {
    headings().filter_map(|(_, line)| line.strip_prefix("### "))
}

/// The line below the heading of a rule, and the rest.
fn section(rule: &Rule) -> Option<(&'static str, &'static str)> {
    let mut headings = headings().skip_while(|(_, line)| line.strip_prefix("### ") != Some(rule.name));
    let (at, line) = headings.next()?;
    let end = headings.next().map_or(TEXT.len(), |(at, _)| at);
    TEXT[at + line.len()..end].trim().split_once('\n')
}

/// The headings of the page with their places. In an example they are none.
fn headings() -> impl Iterator<Item = (usize, &'static str)> {
    let mut at = 0;
    let mut example = false;
    TEXT.split_inclusive('\n').filter_map(move |line| {
        let from = at;
        at += line.len();
        example ^= line.starts_with("```");
        let is_heading = !example && line.starts_with('#');
        is_heading.then(|| (from, line.trim_end()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::rules;

    #[test]
    fn an_example_is_a_part_of_its_text() {
        assert!(text(&rules::NO_PUBLIC_SUMMARY).contains("### Public summary\n"));
    }
}
