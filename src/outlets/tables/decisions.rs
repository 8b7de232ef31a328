//! `decisions.csv`: what was decided and resolved in meetings, and the
//! decisions taken outside them.

use super::Sheet;
use crate::model::*;
use crate::outlets::csv::ColumnKind::*;
use crate::outlets::csv::{Cell, Csv, column};
use crate::outlets::json::{address, item_id, whole};
use crate::outlets::pages::rows;
use crate::site::Site;

pub const SHEET: Sheet = Sheet {
    name: "decisions",
    about: "A row is something that was decided: an entry under Decision or Resolved of an item, or a decision taken outside a meeting.",
    columns: &[
        column(
            "id",
            Text,
            "For a decision outside a meeting its id, else that of the item and the entry.",
        ),
        column("date", Date, "The day on which it was decided."),
        column("body", Text, "The id of the body."),
        column("meeting", Text, "The id of the meeting; empty outside meetings."),
        column("item", Text, "The id of the item; empty outside meetings."),
        column("kind", Text, "decision, resolved or outside-meeting."),
        column("title", Text, "The title of the item, or of the decision."),
        column("text", Text, "What was decided, without markup."),
        column("maker", Text, "Who decided outside a meeting."),
        column(
            "key",
            Flag,
            "Whether it is a key decision, where the record says so.",
        ),
        column(
            "call_in_until",
            Date,
            "The last day on which it can be called in.",
        ),
        column("effective", Date, "When it takes effect."),
        column("issues", List, "The ids of the issues it belongs to."),
        column("exempt", Text, "For a decision that is withheld: yes, or why."),
        column("url", Address, "Its place."),
    ],
    fill,
};

fn fill(site: &Site, csv: &mut Csv) {
    let archive = site.archive;
    let issues = |ids: &[IssueId]| Cell::list(ids.iter().map(|i| &archive.issues[*i].id));
    for m in archive.meetings.rows() {
        let body = m.bodies.first().map(|b| archive.bodies[*b].id.as_str());
        for id in &m.items {
            let item = &archive.items[*id];
            for entry in item.sections.iter().flat_map(|s| &s.entries) {
                let kind = match entry.kind {
                    EntryKind::Decision => "decision",
                    EntryKind::Resolved => "resolved",
                    _ => continue,
                };
                csv.row([
                    format!("{}-{kind}-{}", item_id(site, *id), entry.number).into(),
                    m.date.into(),
                    body.into(),
                    (&m.id).into(),
                    item_id(site, *id).into(),
                    kind.into(),
                    (&item.title).into(),
                    (&entry.text).into(),
                    None::<&str>.into(),
                    item.is_key().into(),
                    item.day(FieldKey::CallIn).into(),
                    item.day(FieldKey::Effective).into(),
                    issues(&item.issues),
                    None::<&str>.into(),
                    whole(site, &rows::entry_href(site, *id, entry)).into(),
                ]);
            }
        }
    }
    for (id, d) in archive.decisions.iter() {
        let text: Vec<String> = d
            .sections
            .iter()
            .filter(|s| s.kind == SectionKind::Decision)
            .map(|s| s.text.text())
            .collect();
        csv.row([
            (&d.id).into(),
            d.date.into(),
            d.body.map(|b| &archive.bodies[b].id).into(),
            None::<&str>.into(),
            None::<&str>.into(),
            "outside-meeting".into(),
            (&d.title).into(),
            text.join("\n").into(),
            rows::decision(site, id).maker.into(),
            d.key.into(),
            d.call_in.into(),
            d.effective.into(),
            issues(&d.issues),
            super::meetings::withheld(&d.exempt),
            address(site, &site.routes.decision(id)).into(),
        ]);
    }
}
