//! Minutes in a table: a row for each agenda item, with columns for its number,
//! its subject, what was said, and who is to act.

use super::block::{Block, Cell, Paragraph, Span, Table};
use super::habits::{bare_end, first_words, is_figure, is_line, is_title, numbered};
use crate::import::draft::Origin;
use crate::text::names;

/// An agenda item that a row says.
pub struct Item {
    pub number: Option<String>,
    pub words: Paragraph,
    pub blocks: Vec<Block>,
    /// What stands in further columns, below the words above them.
    pub asides: Vec<(Paragraph, Vec<Block>)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Number,
    Subject,
    Text,
    Aside,
}

const NUMBER: &[&str] = &[
    "no",
    "item no",
    "#",
    "ref",
    "agenda item no",
    "nr",
    "minute no",
    "min no",
    "number",
    "agenda no",
];
/// A column of that name holds numbers or subjects.
const EITHER: &[&str] = &["item", "agenda item", "agenda", "minute", "item/minute"];
const SUBJECT: &[&str] = &[
    "subject",
    "topic",
    "heading",
    "title",
    "matter",
    "agenda topic",
    "item title",
];
const TEXT: &[&str] = &[
    "minutes",
    "discussion",
    "notes",
    "details",
    "detail",
    "comments",
    "description",
    "summary",
    "discussion points",
    "outcome",
    "decision",
    "decisions",
    "resolution",
    "points discussed",
    "discussion and decision",
    "minutes and actions",
    "discussion/decision",
    "discussion and decisions",
    "narrative",
    "discussion/action",
    "information",
    "notes and decisions",
];
const ASIDE: &[&str] = &[
    "action",
    "actions",
    "action by",
    "by",
    "by whom",
    "owner",
    "lead",
    "who",
    "responsible",
    "responsibility",
    "initials",
    "when",
    "date",
    "due",
    "deadline",
    "due date",
    "timescale",
    "target date",
    "action owner",
    "by when",
    "person responsible",
];

/// The items of a table; none if it is a table of another kind.
pub fn items(table: &Table, origin: &mut Origin) -> Option<Vec<Item>> {
    let (first, rest) = table.rows.split_first()?;
    let word = |cell: &Cell| names::fold(cell.plain().trim_end_matches([':', '.', ' ']));
    let figures = |at: usize| {
        let cells = rest
            .iter()
            .filter_map(|r| r.get(at))
            .filter(|c| !c.blocks.is_empty());
        let mut all = cells.map(|c| figure(&c.plain()).is_some()).peekable();
        all.peek().is_some() && all.all(|is| is)
    };
    let column = |(at, cell): (usize, &Cell)| {
        let word = word(cell);
        let has = |list: &[&str]| list.contains(&word.as_str());
        if has(EITHER) || word.is_empty() {
            match figures(at) {
                true => Some(Column::Number),
                false if word.is_empty() => None,
                // `Minute` may head what was said.
                false if word == "minute" => Some(Column::Text),
                false => Some(Column::Subject),
            }
        } else if has(NUMBER) {
            Some(Column::Number)
        } else if has(SUBJECT) {
            Some(Column::Subject)
        } else if has(TEXT) {
            Some(Column::Text)
        } else {
            has(ASIDE).then_some(Column::Aside)
        }
    };
    let columns: Vec<Column> = first.iter().enumerate().map(column).collect::<Option<_>>()?;
    let count = |kind: Column| columns.iter().filter(|c| **c == kind).count();
    let told = count(Column::Number) <= 1 && count(Column::Subject) <= 1 && count(Column::Text) == 1;
    if !told || count(Column::Number) + count(Column::Subject) == 0 {
        return None;
    }
    let mut out: Vec<Item> = Vec::new();
    for row in rest {
        if row.iter().all(|c| c.blocks.is_empty()) {
            continue;
        }
        let cell = |kind: Column| {
            let at = columns.iter().position(|c| *c == kind)?;
            row.get(at).filter(|c| !c.blocks.is_empty())
        };
        let number = cell(Column::Number).map(Cell::plain);
        let number = match number {
            None => None,
            Some(words) => Some(figure(&words)?),
        };
        let mut blocks = cell(Column::Text).map(|c| c.blocks.clone()).unwrap_or_default();
        let mut subject = None;
        let mut own = number;
        if let Some(cell) = cell(Column::Subject) {
            let paragraphs = cell.paragraphs();
            let (one, more) = paragraphs.split_first()?;
            let (found, words) = numbered(one, true);
            own = own.or(found);
            subject = Some(bare_end(words));
            let more = more.iter().map(|p| Block::Paragraph((*p).clone()));
            blocks.splice(0..0, more);
        } else if own.is_some() {
            let Some(Block::Paragraph(one)) = blocks.first().cloned() else {
                return None;
            };
            blocks.remove(0);
            if is_line(&one) && is_title(&one.plain()) {
                subject = Some(bare_end(one));
            } else {
                let (words, rest) = first_words(&one)?;
                subject = Some(words);
                blocks.splice(0..0, rest.map(Block::Paragraph));
            }
        }
        let mut asides: Vec<(Paragraph, Vec<Block>)> = Vec::new();
        for (at, kind) in columns.iter().enumerate() {
            if let (Column::Aside, Some(cell)) = (kind, row.get(at).filter(|c| !c.blocks.is_empty())) {
                asides.push((label(&first[at]), cell.blocks.clone()));
            }
        }
        match (subject, out.last_mut()) {
            (Some(words), _) if words.plain().is_empty() => return None,
            (Some(words), _) => out.push(Item {
                number: own,
                words: Paragraph { mark: None, ..words },
                blocks,
                asides,
            }),
            // A row without a number goes on in the item above it.
            (None, Some(last)) => {
                last.blocks.extend(blocks);
                for (label, blocks) in asides {
                    match last.asides.iter_mut().find(|(l, _)| l.plain() == label.plain()) {
                        Some((_, known)) => known.extend(blocks),
                        None => last.asides.push((label, blocks)),
                    }
                }
            }
            (None, None) => return None,
        }
    }
    if out.len() < 2 {
        return None;
    }
    for cell in first {
        origin.used(cell.plain(), "the heads of a table of items");
    }
    Some(out)
}

/// `4`, `4.`, `24/101`
fn figure(words: &str) -> Option<String> {
    let number = words.trim().trim_end_matches(['.', ')', ':']);
    is_figure(number).then(|| number.to_owned())
}

/// The words above a column as the heading of what stands in it.
fn label(head: &Cell) -> Paragraph {
    let words = head.plain();
    let acts = [
        "action",
        "actions",
        "by",
        "by whom",
        "owner",
        "who",
        "responsible",
        "responsibility",
        "initials",
        "lead",
        "action owner",
    ];
    let words = match acts.contains(&names::fold(&words).trim_end_matches(':')) {
        true => "Action by".to_owned(),
        false => words.trim_end_matches(':').to_owned(),
    };
    Paragraph {
        spans: vec![Span {
            text: words,
            ..Span::default()
        }],
        ..Paragraph::default()
    }
}
