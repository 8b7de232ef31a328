//! Who was there, as minutes in Word say it: a word and a list, a word and names
//! behind it, a table. It becomes headings with lists of names, which every
//! reader of the format knows; who is meant by a name is not asked here.

use super::block::{Block, Cell, Paragraph, Role, Span, Table};
use super::habits::Part;
use super::numbering::Mark;
use crate::document::written::line;
use crate::import::draft::Origin;
use crate::import::markdown::mapping::{Kept, Mapping};
use crate::import::markdown::people::are_names;
use crate::text::names;

/// A line that opens a list of names.
pub struct Found {
    pub label: Paragraph,
    pub names: Vec<Paragraph>,
    /// A word between the names that is not kept.
    pub used: Option<String>,
}

/// Lists that the front matter or a heading can open. Who took the chair is
/// said in a line, and stays there.
fn opens_list(words: &str, mapping: &Mapping) -> bool {
    mapping.label(words).is_some_and(|kept| kept != Kept::Chair)
}

/// `Present:`, `Present: Ada Lund, Bo Vik`, or names behind breaks and tabs.
pub fn label_line(paragraph: &Paragraph, mapping: &Mapping) -> Option<Found> {
    if matches!(paragraph.mark, Some(Mark::Number(_))) {
        return None;
    }
    let text = paragraph.text();
    let label_end = |end: usize| {
        let words = text[..end].trim();
        (!words.is_empty() && opens_list(words, mapping)).then_some(end)
    };
    let whole = label_end(text.len());
    let end = whole.or_else(|| {
        text.char_indices()
            .filter(|(_, c)| [':', '\n', '\t', '–', '-'].contains(c))
            .take(4)
            .find_map(|(at, _)| label_end(at))
    })?;
    let label = paragraph.with(paragraph.until(end));
    if whole.is_some() {
        return Some(Found {
            label,
            names: Vec::new(),
            used: None,
        });
    }
    let skipped = text[end..].len()
        - text[end..]
            .trim_start_matches([':', '\n', '\t', ' ', '–', '-'])
            .len();
    let rest = bald(paragraph.with(paragraph.from(end + skipped)));
    if rest.is_empty() {
        return Some(Found {
            label,
            names: Vec::new(),
            used: None,
        });
    }
    let mut used = None;
    let mut found = Vec::new();
    for part in rest.divided(|c| c == '\n') {
        let part = rest.with(part);
        if part.is_empty() {
            continue;
        }
        found.extend(entries(&part, &mut used)?);
    }
    (!found.is_empty()).then_some(Found {
        label,
        names: found,
        used,
    })
}

fn bald(paragraph: Paragraph) -> Paragraph {
    Paragraph {
        mark: None,
        role: Role::Text,
        ..paragraph
    }
}

/// The names in a line; none if it holds anything else.
fn entries(paragraph: &Paragraph, used: &mut Option<String>) -> Option<Vec<Paragraph>> {
    let text = paragraph.text();
    if let Some(some) = public(paragraph) {
        return Some(vec![some]);
    }
    let mut out: Vec<Paragraph> = Vec::new();
    for column in columns(&text) {
        let part = slice(paragraph, column.0, column.1);
        let words = part.text();
        let ends = words.trim_end().trim_end_matches(['.', ';', ',']).len();
        let list = &words[..ends];
        let parts = names::divide(list);
        for (at, name) in &parts {
            let one = part.with(slice(&part, *at, at + name.len()).spans);
            let plural = ["Councillors ", "Cllrs ", "Cllrs. ", "Members ", "Messrs "]
                .iter()
                .find(|p| name.starts_with(**p));
            let one = match plural {
                Some(word) => {
                    used.get_or_insert_default().push_str(&format!(" {word}"));
                    one.with(one.from(word.len()))
                }
                None => one,
            };
            let said = one.plain();
            if is_role(&said) && !out.is_empty() {
                // `Ada Lund, Clerk`
                if let Some(last) = out.last_mut() {
                    bracket(last, &one);
                }
            } else if let Some(some) = public(&one) {
                out.push(some);
            } else if is_name(&said) {
                out.push(one);
            } else {
                return None;
            }
        }
        if parts.len() > 1 {
            for word in [" and ", " & "] {
                let whole = parts.iter().any(|(_, name)| name.contains(word));
                if list.contains(word) && !whole {
                    used.get_or_insert_default().push_str(word);
                }
            }
        }
    }
    (!out.is_empty()).then_some(out)
}

/// Where the columns of a line begin and end that tabs part.
fn columns(text: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut from = 0;
    for (at, _) in text.match_indices('\t').chain([(text.len(), "")]) {
        if !text[from..at].trim().is_empty() {
            out.push((from, at));
        }
        from = at + 1;
    }
    out
}

fn slice(paragraph: &Paragraph, from: usize, to: usize) -> Paragraph {
    let cut = paragraph.with(paragraph.until(to));
    cut.with(cut.from(from))
}

/// Puts a role in brackets behind a name.
fn bracket(name: &mut Paragraph, role: &Paragraph) {
    let span = |text: String| Span {
        text,
        ..Span::default()
    };
    name.spans.push(span(format!(" ({})", role.plain())));
}

/// Words of offices: what stands behind a name and is none.
fn is_role(words: &str) -> bool {
    let lower = words.to_lowercase();
    let few = (1..=8).contains(&lower.split_whitespace().count());
    let word = |w: &str| {
        [
            "clerk",
            "chair",
            "chairman",
            "chairwoman",
            "chairperson",
            "vice-chair",
            "officer",
            "director",
            "manager",
            "secretary",
            "treasurer",
            "head",
            "leader",
            "president",
            "engineer",
            "assistant",
            "observer",
            "representative",
            "deputy",
            "solicitor",
            "accountant",
            "police",
            "pcso",
            "warden",
            "press",
            "minutes",
            "minute-taker",
            "administrator",
            "rfo",
            "convener",
            "lead",
            "auditor",
            "planner",
        ]
        .contains(&w.trim_matches(|c: char| !c.is_alphanumeric() && c != '-'))
    };
    let whole = ["mayor", "town mayor", "deputy mayor", "the mayor"].contains(&lower.trim());
    few && (whole || lower.split_whitespace().any(word))
}

/// `3 members of the public`: nobody's name. It opens with a small letter or a
/// figure, so that no reader takes it for one.
fn public(paragraph: &Paragraph) -> Option<Paragraph> {
    let plain = paragraph.plain();
    let lower = plain.to_lowercase();
    let few = lower.split_whitespace().count() <= 12;
    let says = (lower.contains("public") || lower.contains("press")) && lower.contains("member")
        || lower.contains("of the public")
        || lower.contains("of the press");
    if !(few && says) {
        return None;
    }
    let text = paragraph.text();
    let start = text.len() - text.trim_start().len();
    let first = text[start..].chars().next()?;
    if !first.is_uppercase() {
        return Some(paragraph.clone());
    }
    let mut spans = vec![Span {
        text: first.to_lowercase().collect(),
        ..Span::default()
    }];
    spans.extend(paragraph.from(start + first.len_utf8()));
    Some(paragraph.with(spans))
}

/// Whether some words are one name, with or without what is said of it.
fn is_name(words: &str) -> bool {
    let words = words.trim();
    let cut = [" (", "(", " – ", " - ", " — ", " [", "@"]
        .iter()
        .filter_map(|s| words.find(s))
        .min()
        .unwrap_or(words.len());
    let name = words[..cut].trim().trim_end_matches([',', '.', ';']);
    !nobody(name) && words.chars().count() <= 120 && name.split_whitespace().count() <= 7 && are_names(name)
}

/// Words that stand where a name could, and say that there is none.
pub fn nobody(words: &str) -> bool {
    let folded = names::fold(words);
    let folded = folded.trim_matches(|c: char| !c.is_alphanumeric());
    [
        "none",
        "nil",
        "nobody",
        "no one",
        "no apologies",
        "not applicable",
        "n/a",
        "all",
        "as above",
        "tbc",
    ]
    .contains(&folded)
}

/// Takes the parts that follow and are names of the list.
pub fn following(parts: &mut [Option<Part>], at: &mut usize, names: &mut Vec<Paragraph>) {
    while let Some(Some(Part::Block(Block::Paragraph(next)))) = parts.get(*at) {
        let plain = next.plain();
        let mut ignored = None;
        let found = match &next.mark {
            _ if next.role != Role::Text || nobody(&plain) => None,
            Some(Mark::Bullet | Mark::Nothing) if plain.split_whitespace().count() <= 14 => {
                Some(one_of_list(next, &mut ignored))
            }
            Some(_) => is_name(&plain).then(|| one_of_list(next, &mut ignored)),
            None => {
                let long = plain.split_whitespace().count() >= 2;
                let mut lines = Vec::new();
                let mut all = true;
                for part in next.divided(|c| c == '\n') {
                    let part = next.with(part);
                    match entries(&part, &mut ignored) {
                        _ if part.is_empty() => {}
                        Some(found) => lines.extend(found),
                        None => all = false,
                    }
                }
                (long && all && ignored.is_none() && !lines.is_empty()).then_some(lines)
            }
        };
        let Some(found) = found else { break };
        names.extend(found.into_iter().map(bald));
        *at += 1;
    }
}

/// An entry of a list: one name, whatever else stands in it.
fn one_of_list(paragraph: &Paragraph, used: &mut Option<String>) -> Vec<Paragraph> {
    match entries(paragraph, used) {
        Some(found) if found.len() == 1 => found,
        _ => {
            *used = None;
            vec![paragraph.clone()]
        }
    }
}

/// A table that says who was there, as lists. `label`: the line above it opens
/// a list. None if it is another table.
pub fn table(table: &Table, label: bool, mapping: &Mapping, origin: &mut Origin) -> Option<Vec<Part>> {
    let rows: Vec<Vec<&Cell>> = table
        .rows
        .iter()
        .map(|row| row.iter().filter(|c| !c.blocks.is_empty()).collect::<Vec<_>>())
        .filter(|row| !row.is_empty())
        .collect();
    if rows.is_empty() {
        return None;
    }
    if label && let Some(names) = all_names(&rows) {
        let entry = |p: Paragraph| {
            Part::Block(Block::Paragraph(Paragraph {
                mark: Some(Mark::Bullet),
                ..p
            }))
        };
        return Some(names.into_iter().map(entry).collect());
    }
    by_row(table, mapping, origin)
        .or_else(|| by_column(table, mapping))
        .or_else(|| by_state(table, mapping, origin))
}

fn all_names(rows: &[Vec<&Cell>]) -> Option<Vec<Paragraph>> {
    let mut out = Vec::new();
    for cell in rows.iter().flatten() {
        out.extend(cell_names(cell)?);
    }
    (!out.is_empty()).then_some(out)
}

/// The names in a cell; none if it holds anything else.
fn cell_names(cell: &Cell) -> Option<Vec<Paragraph>> {
    let mut out = Vec::new();
    for paragraph in cell.paragraphs() {
        for part in paragraph.divided(|c| c == '\n') {
            let part = bald(paragraph.with(part));
            if part.is_empty() {
                continue;
            }
            // The word before the last name would be lost.
            let mut used = None;
            let found = entries(&part, &mut used)?;
            match used {
                None => out.extend(found),
                Some(_) => out.push(part),
            }
        }
    }
    Some(out)
}

/// `Present | Ada Lund, Bo Vik` in each row; other rows are lines of their own.
fn by_row(table: &Table, mapping: &Mapping, origin: &mut Origin) -> Option<Vec<Part>> {
    let label = |row: &Vec<Cell>| {
        let first = row.first()?;
        let words = first.plain();
        opens_list(&words, mapping).then(|| first.paragraphs().first().map(|p| (*p).clone()))?
    };
    if table.rows.iter().filter(|r| label(r).is_some()).count() == 0 || table.rows.iter().any(|r| r.len() > 3)
    {
        return None;
    }
    // The heads of columns look the same.
    let first = table.rows.first()?;
    if first.len() > 1 && first.iter().all(|c| opens_list(&c.plain(), mapping)) {
        return None;
    }
    let mut out: Vec<Part> = Vec::new();
    let mut told: Vec<String> = Vec::new();
    for row in &table.rows {
        let others = || row.iter().skip(1);
        match label(row) {
            Some(words) => {
                let mut names = Vec::new();
                let mut text = Vec::new();
                for cell in others() {
                    for paragraph in cell.paragraphs() {
                        let mut used = None;
                        for part in paragraph.divided(|c| c == '\n') {
                            let part = bald(paragraph.with(part));
                            match entries(&part, &mut used) {
                                _ if part.is_empty() => {}
                                Some(found) => names.extend(found),
                                None => text.push(part),
                            }
                        }
                        told.extend(used);
                    }
                }
                if names.is_empty() {
                    out.extend(line_of(row));
                } else {
                    names.extend(text);
                    out.push(Part::Names(words, names));
                }
            }
            None if row.first().is_some_and(|c| c.blocks.is_empty()) && !out.is_empty() => {
                let found: Option<Vec<Vec<Paragraph>>> = others().map(cell_names).collect();
                match (out.last_mut(), found) {
                    (Some(Part::Names(_, names)), Some(found)) => names.extend(found.into_iter().flatten()),
                    _ => out.extend(line_of(row)),
                }
            }
            None => out.extend(line_of(row)),
        }
    }
    for word in told {
        origin.used(word, "a word between names");
    }
    out.iter().any(|p| matches!(p, Part::Names(..))).then_some(out)
}

/// A row of two cells as a line: `Venue: Town Hall`.
fn line_of(row: &[Cell]) -> Vec<Part> {
    let filled: Vec<&Cell> = row.iter().filter(|c| !c.blocks.is_empty()).collect();
    let short = |c: &&Cell| c.paragraphs().len() == 1;
    if let [key, value] = filled[..]
        && filled.iter().all(short)
        && let (Some(one), Some(other)) = (key.paragraphs().first(), value.paragraphs().first())
    {
        let colon = if one.plain().ends_with(':') { " " } else { ": " };
        let mut spans = one.spans.clone();
        spans.push(Span {
            text: colon.to_owned(),
            ..Span::default()
        });
        spans.extend(other.spans.iter().cloned());
        return vec![Part::Block(Block::Paragraph(bald(one.with(spans))))];
    }
    filled
        .into_iter()
        .flat_map(|c| c.blocks.clone())
        .map(Part::Block)
        .collect()
}

/// `Present | Apologies` above columns of names.
fn by_column(table: &Table, mapping: &Mapping) -> Option<Vec<Part>> {
    let (first, rest) = table.rows.split_first()?;
    let heads: Vec<Paragraph> = first
        .iter()
        .map(|c| opens_list(&c.plain(), mapping).then(|| c.paragraphs().first().map(|p| (*p).clone()))?)
        .collect::<Option<_>>()?;
    let mut columns: Vec<Vec<Paragraph>> = heads.iter().map(|_| Vec::new()).collect();
    for row in rest {
        for (n, cell) in row.iter().enumerate() {
            if cell.blocks.is_empty() || nobody(&cell.plain()) {
                // `None` says the same as an empty list, and must not be lost.
                if !cell.blocks.is_empty() {
                    return None;
                }
                continue;
            }
            columns.get_mut(n)?.extend(cell_names(cell)?);
        }
    }
    let all = heads.into_iter().zip(columns);
    Some(
        all.filter(|(_, n)| !n.is_empty())
            .map(|(h, n)| Part::Names(h, n))
            .collect::<Vec<_>>(),
    )
    .filter(|o| !o.is_empty())
}

/// `Name | Role | Attendance`, one person to a row.
fn by_state(table: &Table, mapping: &Mapping, origin: &mut Origin) -> Option<Vec<Part>> {
    let (first, rest) = table.rows.split_first()?;
    let heads: Vec<String> = first.iter().map(|c| names::fold(&c.plain())).collect();
    let named = |words: &[&str]| {
        heads
            .iter()
            .position(|h| words.contains(&h.trim_end_matches(':')))
    };
    let name = named(&[
        "name",
        "names",
        "member",
        "members",
        "councillor",
        "councillors",
        "attendee",
        "person",
    ])?;
    let state = named(&[
        "present",
        "attendance",
        "status",
        "attended",
        "present?",
        "attendance status",
    ])?;
    let mut lists: [(&str, Vec<Paragraph>); 4] = [
        ("Present", Vec::new()),
        ("Remote", Vec::new()),
        ("Apologies", Vec::new()),
        ("Absent", Vec::new()),
    ];
    let mut said = Vec::new();
    for row in rest {
        let words = row.get(state).map(Cell::plain).unwrap_or_default();
        let folded = names::fold(&words);
        let which = match folded.as_str() {
            "present" | "yes" | "y" | "p" | "✓" | "✔" | "x" | "☒" | "☑" | "in person" | "attended" => {
                0
            }
            "remote" | "online" | "virtual" | "by video" | "via zoom" | "via teams" | "zoom" | "teams" => 1,
            "apologies" | "apology" | "apologies received" | "excused" => 2,
            "absent" | "no" | "n" | "not present" => 3,
            _ => mapping.label(&words).and_then(|kept| match kept {
                Kept::Present => Some(0),
                Kept::Remote => Some(1),
                Kept::Apologies => Some(2),
                Kept::Absent => Some(3),
                _ => None,
            })?,
        };
        let mut found = cell_names(row.get(name)?)?;
        let [one] = &mut found[..] else { return None };
        for (n, cell) in row.iter().enumerate() {
            if n != name && n != state && !cell.blocks.is_empty() {
                let role = Paragraph {
                    spans: vec![Span {
                        text: cell.plain(),
                        ..Span::default()
                    }],
                    ..Paragraph::default()
                };
                bracket(one, &role);
            }
        }
        said.push(words);
        lists[which].1.append(&mut found);
    }
    for head in first {
        origin.used(head.plain(), "the heads of a table of names");
    }
    for words in said {
        origin.used(words, "whether somebody was there, which a list says");
    }
    let made = lists
        .into_iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(word, names)| {
            let label = Paragraph {
                spans: vec![Span {
                    text: line(word),
                    ..Span::default()
                }],
                ..Paragraph::default()
            };
            Part::Names(label, names)
        });
    Some(made.collect::<Vec<_>>()).filter(|o| !o.is_empty())
}
