//! HTML as lines: what Word and the systems of councils make of minutes.
//!
//! Structure is kept (paragraphs, headings, lists, tables, links, emphasis);
//! looks are not. Word writes its lists as paragraphs with a mark and spaces in
//! front; they become lists again. A table that only arranges the page is
//! taken apart.

use scraper::{ElementRef, Html, Node, Selector};

use super::lines::{Kind, Line, mark};
use crate::document::written::{line, text};
use crate::paths::web_address;

/// Deeper than this no page is written: the marks of what is are not looked at.
const DEEPEST: usize = 200;

/// The lines of a page or of a part of one. `base`: the address it was at.
pub fn lines(html: &str, base: Option<&url::Url>) -> Vec<Line> {
    let document = Html::parse_document(html);
    element(document.root_element(), base)
}

/// The lines of an element.
pub fn element(root: ElementRef, base: Option<&url::Url>) -> Vec<Line> {
    let mut walk = Walk {
        base,
        ..Walk::default()
    };
    walk.element(root, 0);
    walk.flush();
    for (n, line) in walk.out.iter_mut().enumerate() {
        line.number = n + 1;
    }
    walk.out
}

/// The first element that fits one of the selectors, in their order.
pub fn first<'a>(document: &'a Html, selectors: &[&str]) -> Option<ElementRef<'a>> {
    selectors
        .iter()
        .find_map(|s| document.select(&Selector::parse(s).ok()?).next())
}

/// Whether a text is HTML rather than words.
pub fn is_html(text: &str) -> bool {
    let head: String = text.chars().take(4000).collect::<String>().to_lowercase();
    ["<html", "<!doctype html", "<body", "<table", "<div", "<p>", "<p "]
        .iter()
        .any(|tag| head.contains(tag))
}

#[derive(Default)]
struct Walk<'a> {
    base: Option<&'a url::Url>,
    out: Vec<Line>,
    plain: String,
    markdown: String,
    /// How often something was taken out of these two, for a line or for nothing.
    emptied: usize,
    /// The lists we are in: whether numbered, and the next number.
    lists: Vec<Option<usize>>,
    /// The mark of the entry that has just been opened.
    pending: Option<String>,
    heading: Option<u8>,
    /// The level of a list of Word's, of the paragraph we are in.
    word_list: Option<usize>,
    /// Everything in this paragraph so far is bold.
    bold: usize,
    all_bold: bool,
}

const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figure",
    "footer",
    "form",
    "header",
    "html",
    "hr",
    "legend",
    "main",
    "nav",
    "p",
    "pre",
    "section",
    "summary",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
];

const UNSEEN: &[&str] = &[
    "head", "script", "style", "noscript", "template", "iframe", "object", "svg", "select", "option",
    "button", "input", "textarea",
];

impl Walk<'_> {
    fn element(&mut self, at: ElementRef, depth: usize) {
        let name = at.value().name();
        if UNSEEN.contains(&name) && depth > 0 && name != "body" {
            return;
        }
        if depth > DEEPEST {
            // Its words are kept; what is within it is looked at no further.
            return self.words(&at.text().collect::<Vec<_>>().join(" "));
        }
        match name {
            "br" => {
                // A break between two lines of a paragraph parts them.
                self.flush_part();
            }
            "img" => {}
            "ul" | "ol" | "menu" => {
                self.flush();
                let start = at.value().attr("start").and_then(|s| s.parse().ok()).unwrap_or(1);
                self.lists.push((name == "ol").then_some(start));
                self.children(at, depth);
                self.flush();
                self.lists.pop();
            }
            "li" => {
                self.flush();
                if self.lists.is_empty() {
                    self.lists.push(None);
                }
                let asked = at.value().attr("value").and_then(|v| v.parse().ok());
                if let Some(Some(number)) = self.lists.last_mut() {
                    *number = asked.unwrap_or(*number);
                }
                self.pending = Some(match self.lists.last_mut() {
                    Some(Some(number)) => {
                        let mark = format!("{number}.");
                        *number += 1;
                        mark
                    }
                    _ => "-".to_owned(),
                });
                self.children(at, depth);
                self.flush();
                self.pending = None;
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.flush();
                self.heading = name[1..].parse().ok();
                self.children(at, depth);
                self.flush();
                self.heading = None;
            }
            "table" => {
                self.flush();
                match table(at, self.base) {
                    Some(line) => self.out.push(line),
                    None => self.children(at, depth),
                }
                self.flush();
            }
            "a" => self.link(at, depth),
            "strong" | "b" => self.emphasis(at, depth, "**"),
            "em" | "i" => self.emphasis(at, depth, "*"),
            "sup" | "sub" => {
                let words = at.text().collect::<String>();
                let words = line(&words);
                self.plain.push_str(&words);
                self.markdown
                    .push_str(&format!("<{name}>{}</{name}>", text::inside(&words)));
            }
            _ if BLOCKS.contains(&name) => {
                self.flush();
                let word = word_level(at);
                let outer = self.word_list;
                self.word_list = word.or(outer);
                self.children(at, depth);
                self.flush();
                self.word_list = outer;
            }
            _ => self.children(at, depth),
        }
    }

    fn children(&mut self, at: ElementRef, depth: usize) {
        for child in at.children() {
            match child.value() {
                Node::Text(words) => self.words(words),
                Node::Element(_) => {
                    if let Some(child) = ElementRef::wrap(child) {
                        self.element(child, depth + 1);
                    }
                }
                _ => {}
            }
        }
    }

    fn words(&mut self, words: &str) {
        // Runs of blanks are one; those at the ends count, as words may go on.
        let mut folded = String::with_capacity(words.len());
        for c in words.chars() {
            if c.is_whitespace() || c.is_control() {
                if !folded.ends_with(' ') {
                    folded.push(' ');
                }
            } else {
                folded.push(c);
            }
        }
        if self.plain.is_empty() || self.plain.ends_with(' ') {
            folded = folded.trim_start().to_owned();
        }
        if folded.is_empty() {
            return;
        }
        if self.plain.trim().is_empty() {
            self.all_bold = self.bold > 0;
        } else if self.bold == 0 && !folded.trim().is_empty() {
            self.all_bold = false;
        }
        self.plain.push_str(&folded);
        self.markdown.push_str(&text::inside(&folded));
    }

    fn emphasis(&mut self, at: ElementRef, depth: usize, marks: &str) {
        let holds_block = at
            .descendants()
            .any(|n| n.value().as_element().is_some_and(|e| BLOCKS.contains(&e.name())));
        self.bold += usize::from(marks == "**");
        if holds_block {
            self.children(at, depth);
        } else {
            let (from, emptied) = (self.markdown.len(), self.emptied);
            self.children(at, depth);
            // A break inside divides it; then the rest alone is marked.
            let from = if self.emptied == emptied { from } else { 0 };
            let inner = self.markdown.split_off(from);
            let trimmed = inner.trim();
            if trimmed.is_empty() || trimmed.contains(marks) {
                self.markdown.push_str(&inner);
            } else {
                let lead = &inner[..inner.len() - inner.trim_start().len()];
                let tail = &inner[inner.trim_end().len()..];
                // Marks bind only where words begin and end.
                let binds = trimmed.starts_with(char::is_alphanumeric)
                    && trimmed.ends_with(|c: char| c.is_alphanumeric())
                    && !self.markdown.ends_with(|c: char| c.is_alphanumeric() || c == '*');
                match binds {
                    true => self
                        .markdown
                        .push_str(&format!("{lead}{marks}{trimmed}{marks}{tail}")),
                    false => self.markdown.push_str(&inner),
                }
            }
        }
        self.bold -= usize::from(marks == "**");
    }

    fn link(&mut self, at: ElementRef, depth: usize) {
        let holds_block = at
            .descendants()
            .any(|n| n.value().as_element().is_some_and(|e| BLOCKS.contains(&e.name())));
        let target = at.value().attr("href").and_then(|href| absolute(href, self.base));
        let (from, emptied) = (self.markdown.len(), self.emptied);
        self.children(at, depth);
        if let Some(target) = target.filter(|_| !holds_block && self.emptied == emptied) {
            let inner = self.markdown.split_off(from);
            let words = inner.trim();
            let lead = &inner[..inner.len() - inner.trim_start().len()];
            if words.is_empty() || words == target || words.contains("](") {
                self.markdown.push_str(&inner);
            } else {
                let target = target.replace('(', "%28").replace(')', "%29");
                let tail = &inner[inner.trim_end().len()..];
                self.markdown
                    .push_str(&format!("{lead}[{words}]({target}){tail}"));
            }
        }
    }

    /// A break inside a paragraph: its parts are paragraphs.
    fn flush_part(&mut self) {
        if line(&self.plain).is_empty() {
            return;
        }
        let pending = self.pending.clone();
        self.flush();
        // What follows a break in an entry of a list goes on below it.
        if pending.is_some() {
            self.pending = None;
        }
    }

    fn flush(&mut self) {
        self.emptied += usize::from(!self.markdown.is_empty());
        let plain = line(&std::mem::take(&mut self.plain));
        let markdown = std::mem::take(&mut self.markdown);
        let all_bold = std::mem::take(&mut self.all_bold);
        if plain.is_empty() {
            return;
        }
        let mut markdown = markdown.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut words = plain.clone();
        let mut kind = match (self.heading, self.pending.take()) {
            (Some(level), _) => Kind::Heading(level),
            (None, Some(mark)) => Kind::Entry {
                depth: self.lists.len().saturating_sub(1),
                mark,
            },
            (None, None) => Kind::Paragraph,
        };
        if kind == Kind::Paragraph {
            let (mut found, mut rest) = mark(&plain);
            if let (None, Some(_), Some(behind)) = (&found, self.word_list, plain.strip_prefix("o ")) {
                // Word's inner bullet.
                (found, rest) = (Some(("-".to_owned(), true)), behind);
            }
            // Marks of a list are taken where Word says that it is one, or where
            // no word could begin so.
            let sure = found.as_ref().is_some_and(|(m, _)| m == "-") && !plain.starts_with(['o', '*', '–']);
            if let Some((sign, inner)) = found.filter(|_| self.word_list.is_some() || sure) {
                let depth = self
                    .word_list
                    .map_or(usize::from(inner), |level| level.saturating_sub(1));
                let escaped = text::inside(rest);
                markdown = match markdown.find(&escaped.chars().take(12).collect::<String>()) {
                    Some(at) if at > 0 => markdown[at..].to_owned(),
                    _ => escaped,
                };
                words = rest.to_owned();
                kind = Kind::Entry { depth, mark: sign };
            } else if all_bold && is_title(&plain) {
                kind = Kind::Heading(6);
            }
        }
        if matches!(kind, Kind::Heading(_)) {
            markdown = text::inside(&words);
        } else if kind == Kind::Paragraph && markdown == text::inside(&words) {
            markdown = text::words(&words);
        } else if kind == Kind::Paragraph && mark(&words).0.is_some() {
            markdown = guard(&markdown);
        }
        self.out.push(Line {
            kind,
            plain: words,
            markdown,
            number: 0,
            joined: false,
        });
    }
}

/// `1. x` as words and no entry, where other marks stand in the line.
fn guard(markdown: &str) -> String {
    let digits = markdown.bytes().take_while(u8::is_ascii_digit).count();
    match markdown[digits..].starts_with(['.', ')']) && digits > 0 {
        true => format!("{}\\{}", &markdown[..digits], &markdown[digits..]),
        false => format!("\\{markdown}"),
    }
}

/// A line that is all bold and no sentence is a heading of the text below it.
fn is_title(plain: &str) -> bool {
    let few = plain.chars().count() <= 80;
    let resolves = plain.split_whitespace().next().is_some_and(|first| {
        let word = first.trim_end_matches([':', ',']);
        ["RESOLVED", "AGREED", "RECOMMENDED", "ACTION", "DECISION", "NOTED"].contains(&word)
    });
    few && !resolves && !plain.ends_with(['.', ':', ';', ',']) && plain.chars().any(char::is_alphabetic)
}

/// The level of Word's list that a paragraph belongs to.
fn word_level(at: ElementRef) -> Option<usize> {
    let style = at.value().attr("style").unwrap_or("").to_lowercase();
    let class = at.value().attr("class").unwrap_or("");
    if let Some(found) = style.find("mso-list:") {
        let level = style[found..].find("level").map(|n| &style[found + n + 5..]);
        return Some(level.and_then(|l| l.chars().next()?.to_digit(10)).unwrap_or(1) as usize);
    }
    class.contains("MsoListParagraph").then_some(1)
}

fn absolute(href: &str, base: Option<&url::Url>) -> Option<String> {
    let href = href.trim();
    let found = match base {
        Some(base) => base.join(href).ok()?.to_string(),
        None => href.to_owned(),
    };
    web_address(&found)
}

/// A table of facts as Markdown; none where a table arranges a page.
fn table(at: ElementRef, base: Option<&url::Url>) -> Option<Line> {
    let class = at.value().attr("class").unwrap_or("").to_lowercase();
    let id = at.value().attr("id").unwrap_or("").to_lowercase();
    let arranges = ["mgitemtable", "mglayout", "layout"];
    if arranges
        .iter()
        .any(|word| class.contains(word) || id.contains(word))
        || at.value().attr("role") == Some("presentation")
    {
        return None;
    }
    let rows = Selector::parse("tr").ok()?;
    let inner = Selector::parse("table").ok()?;
    if at.select(&inner).next().is_some() {
        return None;
    }
    let mut cells: Vec<Vec<(String, String)>> = Vec::new();
    for row in at.select(&rows) {
        let of_row = row.children().filter_map(ElementRef::wrap);
        let of_row = of_row.filter(|c| ["td", "th"].contains(&c.value().name()));
        let made = of_row.map(|cell| {
            let lines = element(cell, base);
            let plain = lines
                .iter()
                .map(|l| l.plain.as_str())
                .collect::<Vec<_>>()
                .join(" ");
            let parts = lines.iter().map(|l| match &l.kind {
                Kind::Entry { mark, .. } if mark != "-" => format!("{mark} {}", l.markdown),
                _ => l.markdown.clone(),
            });
            (plain, parts.collect::<Vec<_>>().join("<br>"))
        });
        cells.push(made.collect());
    }
    cells.retain(|row| row.iter().any(|c| !c.0.is_empty()));
    let wide = cells.iter().map(Vec::len).max().unwrap_or(0);
    let filled = |row: &Vec<(String, String)>| row.iter().filter(|c| !c.0.is_empty()).count();
    // One column, one row, or rows with a single cell each: nothing is compared.
    let compares = cells.iter().filter(|row| filled(row) > 1).count() > 1;
    let longest = cells
        .iter()
        .flatten()
        .map(|c| c.0.chars().count())
        .max()
        .unwrap_or(0);
    if wide < 2 || cells.len() < 2 || !compares || longest > 1500 {
        return None;
    }
    let mut markdown = String::new();
    let mut plain = String::new();
    for (n, row) in cells.iter().enumerate() {
        let mut texts: Vec<&str> = row.iter().map(|c| c.1.as_str()).collect();
        texts.resize(wide, "");
        markdown.push_str(&format!("| {} |\n", texts.join(" | ")));
        if n == 0 {
            markdown.push_str(&format!("|{}\n", "---|".repeat(wide)));
        }
        for cell in row {
            plain.push_str(&cell.0);
            plain.push(' ');
        }
    }
    Some(Line {
        kind: Kind::Table,
        plain: line(&plain),
        markdown: markdown.trim_end().to_owned(),
        number: 0,
        joined: false,
    })
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::import::lines::write;

    /// Elements one inside the other in any order, with words between them.
    fn elements() -> impl Strategy<Value = String> {
        let tags = [
            "div",
            "p",
            "a",
            "b",
            "i",
            "sup",
            "h2",
            "ul",
            "ol",
            "li",
            "table",
            "tr",
            "td",
            "br",
            "span",
            "pre",
            "blockquote",
            "dl",
            "menu",
            "font",
        ];
        let words = prop::sample::select(vec!["", " ", "one", "1. x", "· y", "é", "**"]);
        let leaf = words.prop_map(str::to_owned);
        leaf.prop_recursive(6, 60, 4, move |inner| {
            let tag = prop::sample::select(tags.to_vec());
            (tag, vec(inner, 0..4)).prop_map(|(tag, inner)| {
                let inner = inner.concat();
                format!("<{tag} href=\"https://e.org/\">{inner}</{tag}>")
            })
        })
    }

    proptest! {
        #[test]
        fn any_elements_are_read(parts in vec(elements(), 0..4)) {
            md(&parts.concat());
        }
    }

    #[test]
    fn a_link_round_nothing_but_an_empty_heading_is_read() {
        let html = "<div>a</div><div><sup></sup><a href=\"https://e.org/\"><h2></h2></a>b</div>";
        assert_eq!(md(html), "a\n\nb");
    }

    fn md(html: &str) -> String {
        write(&lines(html, None), 4)
    }

    #[test]
    fn words_however_deep_are_kept() {
        let page = format!(
            "<html>{}<p>Deep <b>words</b>{}",
            "<div>".repeat(300),
            "</div>".repeat(300)
        );
        let found: Vec<String> = lines(&page, None).into_iter().map(|l| l.plain).collect();
        assert_eq!(found.join(" "), "Deep words");
    }

    #[test]
    fn what_word_writes_becomes_markdown() {
        for (html, expected) in [
            (
                "<p class=\"MsoNormal\">The <b>Chair</b>\nopened&nbsp;&nbsp; it.</p><p>&nbsp;</p><p>2 * 3</p>",
                "The **Chair** opened it.\n\n2 \\* 3",
            ),
            (
                "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span>·<span>&nbsp;&nbsp;&nbsp; </span></span>one</p><p class=MsoListParagraph style='mso-list:l0 level2 lfo1'>o<span>&nbsp; </span>two</p>",
                "- one\n    - two",
            ),
            ("<ol start=3><li>three<li><p>four</p></ol>", "3. three\n4. four"),
            (
                "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>",
                "- a\n    - b\n- c",
            ),
            (
                "<p><b>Performance</b></p><p>It was good.</p>",
                "#### Performance\n\nIt was good.",
            ),
            ("<p><b>RESOLVED</b></p>", "**RESOLVED**"),
            (
                "<table><tr><th>Ward</th><th>Votes</th></tr><tr><td><p>Mill</p></td><td>12</td></tr></table>",
                "| Ward | Votes |\n|---|---|\n| Mill | 12 |",
            ),
            (
                "<table><tr><td><p>One</p><p>Two</p></td></tr></table>",
                "One\n\nTwo",
            ),
            (
                "<p>see <a href=\"https://example.org/a_(b)\">the plan</a></p><script>x</script>",
                "see [the plan](https://example.org/a_%28b%29)",
            ),
            (
                "<p>see <a href=\"documents/x.pdf\">the plan</a></p>",
                "see the plan",
            ),
            ("<p>1. not a list</p>", "1\\. not a list"),
            ("a<br>b", "a\n\nb"),
            ("x<sup>2</sup> &lt;b&gt;", "x<sup>2</sup> \\<b>"),
        ] {
            assert_eq!(md(html), expected, "{html}");
        }
    }
}
