//! `papers.csv`

use super::{Sheet, meetings};
use crate::model::*;
use crate::outlets::csv::ColumnKind::*;
use crate::outlets::csv::{Csv, column};
use crate::outlets::json::{address, item_id, whole};
use crate::site::Site;

pub const SHEET: Sheet = Sheet {
    name: "papers",
    about: "A row is a paper that a meeting lists, or a file that a text of the meeting links to.",
    columns: &[
        column("meeting", Text, "The id of the meeting."),
        column("item", Text, "The id of the item whose text links to it."),
        column("title", Text, "Its title; for a file in a text, the file's name."),
        column(
            "format",
            Text,
            "The type of a file that is held here, such as PDF.",
        ),
        column("bytes", Number, "The size of a file that is held here."),
        column("published", Date, "When it was published."),
        column("supplement", Flag, "It was sent after the agenda."),
        column("exempt", Text, "For a paper that is withheld: yes, or why."),
        column(
            "url",
            Address,
            "The file; elsewhere for a paper that is not held here.",
        ),
    ],
    fill,
};

fn fill(site: &Site, csv: &mut Csv) {
    let archive = site.archive;
    for m in archive.meetings.rows() {
        for paper in &m.papers {
            let file = match &paper.target {
                Some(Target::Paper(id) | Target::Picture(id, _)) => Some(&archive.papers[*id]),
                _ => None,
            };
            let href = paper.target.as_ref().and_then(|t| site.routes.target(t));
            csv.row([
                (&m.id).into(),
                None::<&str>.into(),
                (&paper.title).into(),
                file.map(|f| &f.kind).into(),
                file.map(|f| f.bytes).into(),
                paper.published.into(),
                paper.supplement.into(),
                meetings::withheld(&paper.exempt),
                href.map(|href| whole(site, &href)).into(),
            ]);
        }
        for id in &m.items {
            for paper in linked(&archive.items[*id]) {
                let file = &archive.papers[paper];
                csv.row([
                    (&m.id).into(),
                    item_id(site, *id).into(),
                    file.source.name().into(),
                    (&file.kind).into(),
                    file.bytes.into(),
                    None::<&str>.into(),
                    false.into(),
                    None::<&str>.into(),
                    address(site, &site.routes.paper(paper)).into(),
                ]);
            }
        }
    }
}

/// The files that an item's text links to, each once, in their order.
fn linked(item: &Item) -> Vec<PaperId> {
    let fields = item.fields.iter().filter_map(|f| match &f.value {
        FieldValue::Text(text) => Some(text),
        _ => None,
    });
    let mut out = Vec::new();
    for text in fields.chain(item.sections.iter().map(|s| &s.text)) {
        for link in &text.links {
            if let Target::Paper(id) | Target::Picture(id, _) = link
                && !out.contains(id)
            {
                out.push(*id);
            }
        }
    }
    out
}
