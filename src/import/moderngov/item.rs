//! The grammar of an item, which is the same on every page: a title with its
//! paper, a description, and the parts that `Additional documents:`,
//! `Decision:` and `Minutes:` open.

use super::head;
use super::piece::{ItemPiece, Paper};
use crate::document::written::text::inside;
use crate::import::draft::Origin;
use crate::import::lines::{Kind, Line, mark, write};

/// What a label opens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Part {
    Text,
    Documents,
    Decision,
    ActionBy,
    Minutes,
    /// RESOLVED on a line of its own.
    Resolved,
    /// Reasons, other options: prose until the next label.
    Prose,
}

const FURNITURE: &[&str] = &[
    "share this item",
    "media",
    "items",
    "no. item",
    "no",
    "item",
    "view directions",
    "agenda item",
    "issue - meetings",
    "issue details",
    "additional documents",
    "decision",
    "minutes",
    "agenda and minutes",
    "agenda, decisions and minutes",
    "agenda and decisions",
    "agenda",
    "councillors and committees",
    "council and democracy",
    "printed decisions",
    "printed minutes",
    "no documents are available for this meeting",
    "back to top",
    "top of page",
];

/// A line that only arranges the page.
pub fn is_furniture(plain: &str) -> bool {
    let words = plain.trim().trim_end_matches([':', '.', '|', ' ']).to_lowercase();
    let starts = |word: &str| words.starts_with(word);
    FURNITURE.contains(&words.as_str())
        || starts("view the background to item")
        || starts("view the declarations of interest")
        || starts("view the reasons why")
        || starts("view directions")
        || starts("home >")
        || words == "no. | item"
}

/// The label that a line is, and the words behind it.
fn label(plain: &str) -> Option<(Part, &str, &str)> {
    let (head, rest) = plain.split_once(':').map_or((plain, ""), |(h, r)| (h, r.trim()));
    let colon = plain.contains(':');
    let word = head.trim().trim_matches('*').to_lowercase();
    let part = match word.as_str() {
        "additional documents" | "supporting documents" | "accompanying documents" if colon => {
            Part::Documents
        }
        "decision" | "decisions" if colon => Part::Decision,
        "action by" if colon => Part::ActionBy,
        "minutes" | "minute" if colon => Part::Minutes,
        "reasons for decision"
        | "reasons for the decision"
        | "reason for decision"
        | "reasons for decisions"
        | "alternative options considered"
        | "alternative options"
        | "other options considered"
            if rest.is_empty() =>
        {
            Part::Prose
        }
        "resolved" | "resolved that" | "it was resolved that" | "resolved unanimously" | "decision taken"
            if rest.is_empty() && head.trim().chars().any(char::is_uppercase) && is_shouted(head) =>
        {
            Part::Resolved
        }
        _ => return None,
    };
    Some((part, head.trim().trim_matches('*'), rest))
}

/// `RESOLVED`, `RESOLVED that`: the first word in capitals.
fn is_shouted(words: &str) -> bool {
    let first = words
        .trim()
        .trim_matches('*')
        .split_whitespace()
        .next()
        .unwrap_or("");
    first.chars().all(|c| !c.is_lowercase())
}

/// Takes the lines apart that hold more than one part: `Title TO FOLLOW
/// Additional documents: Minutes: James Thomas …`, a row of a table.
pub fn unfold(lines: Vec<Line>) -> Vec<Line> {
    let mut out = Vec::with_capacity(lines.len());
    for line in lines {
        let mut rest = line;
        if rest.plain.ends_with('|') && !matches!(rest.kind, Kind::Table) {
            let plain = rest.plain.trim_end_matches(['|', ' ']).to_owned();
            rest = rest.with(&plain);
        }
        while let Some(at) = inner_label(&rest.plain) {
            let (before, after) = rest.plain.split_at(at);
            let (before, after) = (rest.with(before), rest.with(after));
            if !before.plain.is_empty() {
                out.push(before);
            }
            rest = after;
        }
        // `… submitted to the sub-committee. RESOLVED that` at the end of a line.
        let resolved = [" RESOLVED that", " RESOLVED", " RESOLVED:", " RESOLVED that:"]
            .iter()
            .find_map(|word| {
                rest.plain
                    .strip_suffix(word)
                    .map(|before| (before.to_owned(), word.trim()))
            });
        if let Some((before, word)) =
            resolved.filter(|(before, _)| before.ends_with(['.', ';', '!', '?', '"', '”']))
        {
            let mut opened = rest.with(word);
            opened.kind = Kind::Paragraph;
            out.push(rest.with(&before));
            out.push(opened);
            continue;
        }
        out.push(rest);
    }
    out
}

/// Where in a line another part begins.
fn inner_label(plain: &str) -> Option<usize> {
    let labels = [
        "Additional documents:",
        "Supporting documents:",
        "Minutes:",
        "Decision:",
    ];
    let opens = labels.iter().find(|l| plain.starts_with(**l));
    if let Some(label) = opens {
        // What stands behind the label, if it is more than the label.
        let rest = plain[label.len()..].trim_start();
        return (!rest.is_empty()).then(|| plain.len() - rest.len());
    }
    labels
        .iter()
        .filter_map(|l| plain.find(l))
        .filter(|at| plain[..*at].ends_with(' ') && !plain[..*at].trim().is_empty())
        // `the previous Minutes:` in a sentence is no label; a title is short.
        .filter(|at| {
            plain[*at..].starts_with("Additional")
                || plain[*at..].starts_with("Supporting")
                || plain[..*at].len() < 400
        })
        .min()
}

/// A short line between paragraphs that names what is below it.
fn is_heading(lines: &[Line], at: usize) -> bool {
    let (line, next) = (&lines[at], lines.get(at + 1));
    let words = line.plain.split_whitespace().count();
    line.kind == Kind::Paragraph
        && !line.joined
        && (1..=8).contains(&words)
        && line.plain.chars().count() <= 60
        && line
            .plain
            .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && !line.plain.ends_with(['.', ':', ';', ',', '?', '!', ')', '-'])
        && !is_shouted(&line.plain)
        && next.is_some_and(|n| n.kind == Kind::Paragraph && !n.joined && n.plain.chars().count() > 80)
        && !lines
            .get(at.wrapping_sub(1))
            .is_some_and(|l| l.plain.ends_with(':'))
}

struct Section {
    label: String,
    part: Part,
    lines: Vec<Line>,
    /// A list of what was resolved has begun.
    listed: bool,
}

/// Reads the lines of an item behind its title.
pub fn read(title: &Line, number: Option<&str>, lines: &[Line], origin: &mut Origin) -> ItemPiece {
    let mut item = ItemPiece {
        number: number.map(str::to_owned),
        ..ItemPiece::default()
    };
    title_of(title, &mut item, origin);
    let mut part = Part::Text;
    let mut text: Vec<Line> = Vec::new();
    let mut sections: Vec<Section> = Vec::new();
    let mut actions: Vec<Line> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let plain = line.plain.as_str();
        let text_part = !matches!(line.kind, Kind::Table);
        if text_part && plain.to_lowercase().starts_with("view the reasons why item") {
            item.restricted = true;
        }
        if text_part && is_furniture(plain) && label(plain).is_none() {
            origin.used(plain, "furniture of the page");
            continue;
        }
        if let Some((found, words, rest)) = label(plain).filter(|_| text_part) {
            part = found;
            match found {
                Part::Documents => origin.used(words, "furniture of the page"),
                Part::ActionBy => {}
                _ => sections.push(Section {
                    label: words.to_owned(),
                    part: found,
                    lines: Vec::new(),
                    listed: false,
                }),
            }
            if rest.is_empty() {
                continue;
            }
        }
        let rest = label(plain).filter(|_| text_part).map(|l| l.2);
        let line = rest.map_or_else(|| line.clone(), |rest| line.with(rest));
        let line = &uncut(line, &mut item, origin);
        if line.plain.is_empty() {
            continue;
        }
        match part {
            Part::Documents => document(line, &mut item, &mut part, &mut text, origin),
            Part::ActionBy => actions.push(line.clone()),
            Part::Text => text_line(line, &mut item, &mut text, origin),
            _ => {
                let mut made = line.clone();
                if matches!(part, Part::Minutes | Part::Prose) && is_heading(lines, at) {
                    made.kind = Kind::Heading(6);
                }
                let entry = made.is_entry();
                let Some(section) = sections.last_mut() else {
                    continue;
                };
                if section.part == Part::Resolved {
                    // A paragraph behind the list of what was resolved is minutes again.
                    let over = match section.listed {
                        true => true,
                        false => !section.lines.is_empty() && !opens_list(lines, at),
                    };
                    let leaves = !entry && over;
                    section.listed |= entry;
                    if leaves {
                        part = Part::Minutes;
                        sections.push(Section {
                            label: "Minutes".to_owned(),
                            part,
                            lines: vec![made],
                            listed: false,
                        });
                        continue;
                    }
                }
                section.lines.push(made);
            }
        }
    }
    item.text = write(&text, 4);
    if !actions.is_empty() {
        let list = actions.iter().map(action).collect::<Vec<_>>().join("\n");
        let at = sections
            .iter()
            .position(|s| s.part != Part::Decision)
            .unwrap_or(sections.len());
        item.sections = written(&sections[..at]);
        item.sections.push(("Action by".to_owned(), list));
        item.sections.extend(written(&sections[at..]));
    } else {
        item.sections = written(&sections);
    }
    item
}

fn written(sections: &[Section]) -> Vec<(String, String)> {
    let whole = sections.iter().map(|s| (s.label.clone(), write(&s.lines, 4)));
    whole.filter(|(_, text)| !text.trim().is_empty()).collect()
}

/// Whether an entry of a list follows, before anything else.
fn opens_list(lines: &[Line], at: usize) -> bool {
    lines.get(at + 1).is_some_and(Line::is_entry)
}

/// `CORPORATE DIRECTOR (D. JONES)`, and below it those in brackets.
fn action(line: &Line) -> String {
    let below = line.plain.starts_with('(') || matches!(line.kind, Kind::Entry { depth: 1.., .. });
    format!("{}- {}", if below { "  " } else { "" }, line.markdown)
}

/// The title, with the report that stands behind it.
fn title_of(line: &Line, item: &mut ItemPiece, origin: &mut Origin) {
    let paper = head::paper(&line.plain);
    for icon in ["pdf icon", "word icon", "excel icon", "document icon"] {
        if line.plain.contains(icon) {
            origin.used(icon, "furniture of the page");
        }
    }
    item.title = paper.title.trim_end_matches('|').trim().to_owned();
    item.restricted |= paper.restricted;
    let mut links = Vec::new();
    let mut rest = line.markdown.as_str();
    while let Some(url) = first_link(rest) {
        rest = &rest[rest.find("](").map_or(rest.len(), |at| at + 2)..];
        links.push(url);
    }
    // The title leads to the item's own page: an address of this site one day.
    let own = links.iter().find(|u| u.to_lowercase().contains("mgai.aspx?"));
    item.aliases.extend(
        own.and_then(|u| Some(u[u.find("://")? + 3..].to_owned()))
            .and_then(|u| Some(u[u.find('/')?..].to_owned())),
    );
    let url = links.into_iter().find(|url| is_document(url));
    if paper.size.is_some() || paper.to_follow || url.is_some() {
        item.report = Some(Paper { url, ..paper });
    }
}

fn is_document(url: &str) -> bool {
    let lower = url.to_lowercase();
    lower.contains("/documents/") || lower.contains("mgconvert2pdf") || lower.ends_with(".pdf")
}

/// A paper of the list, or the webcast that stands among them; or the end of
/// the list, where a page goes on without a label.
fn document(line: &Line, item: &mut ItemPiece, part: &mut Part, text: &mut Vec<Line>, origin: &mut Origin) {
    let plain = line.plain.as_str();
    if plain.starts_with("Webcast for ") || plain.starts_with("View the webcast") {
        let value = first_link(&line.markdown).unwrap_or_else(|| line.markdown.clone());
        if first_link(&line.markdown).is_some() {
            origin.used(plain, "the webcast's address is kept");
        }
        item.fields.push(("Webcast".to_owned(), value));
        return;
    }
    let mut paper = head::paper(plain);
    paper.url = first_link(&line.markdown).filter(|_| !paper.restricted);
    let is_paper =
        paper.size.is_some() || paper.to_follow || paper.url.is_some() || paper.restricted || line.is_entry();
    if !is_paper {
        *part = Part::Text;
        text.push(line.clone());
        return;
    }
    for icon in ["pdf icon", "word icon", "excel icon", "document icon"] {
        if plain.contains(icon) {
            origin.used(icon, "furniture of the page");
        }
    }
    item.documents.push(paper);
}

/// The address of the first link in a Markdown text.
pub fn first_link(markdown: &str) -> Option<String> {
    let at = markdown.find("](")? + 2;
    let end = markdown[at..].find(')')?;
    Some(markdown[at..at + end].to_owned())
}

/// A line of the description: whose report it is, or words.
fn text_line(line: &Line, item: &mut ItemPiece, text: &mut Vec<Line>, origin: &mut Origin) {
    let inner = line
        .plain
        .strip_prefix('[')
        .and_then(|t| t.strip_suffix(']'))
        .unwrap_or(&line.plain);
    if let Some(rest) = inner.strip_prefix("Report of ") {
        let (of, by) = match rest
            .split_once("To be introduced by ")
            .or_else(|| rest.split_once("Introduced by "))
        {
            Some((of, by)) => (of, Some(by)),
            None => (rest, None),
        };
        if of.chars().count() < 200 {
            item.fields.push(("Report of".to_owned(), inside(of.trim())));
            origin.used("Report of To be introduced by Introduced by", "said by the field");
            if let Some(by) = by {
                item.fields.push(("Introduced by".to_owned(), inside(by.trim())));
            }
            return;
        }
    }
    text.push(line.clone());
}

/// Takes off the words with which a page says that it cuts the text.
fn uncut(line: Line, item: &mut ItemPiece, origin: &mut Origin) -> Line {
    let lower = line.plain.to_lowercase();
    let Some(at) = lower.find("view the full minutes text for item") else {
        return line;
    };
    item.cut = true;
    origin.used(&line.plain[at..], "the page cuts its text here");
    let before = line.plain[..at].trim_end();
    let before = before
        .strip_suffix("...")
        .or_else(|| before.strip_suffix('…'))
        .unwrap_or(before);
    line.with(before.trim_end())
}

/// `5 Response to the inspection`, `5. Response`: the title without the number.
pub fn without_number<'a>(words: &'a str, number: &str) -> Option<&'a str> {
    let rest = words.strip_prefix(number)?;
    let rest = rest.strip_prefix(['.', ')']).unwrap_or(rest);
    rest.starts_with([' ', ':'])
        .then(|| rest.trim_start_matches([' ', ':']))
}

/// A line that is a number and nothing else: `62.`, `77/21`.
pub fn lone_number(line: &Line) -> Option<String> {
    let words = line.plain.trim().trim_end_matches(['.', ')', ' ']);
    let short = head::is_number(words) && words.len() <= 10 && mark(&line.plain).0.is_none();
    let digits = words.chars().filter(char::is_ascii_digit).count();
    (short && digits * 2 >= words.len()).then(|| words.to_owned())
}
