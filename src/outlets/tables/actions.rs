//! `actions.csv`

use super::Sheet;
use crate::outlets::csv::ColumnKind::*;
use crate::outlets::csv::{Csv, column};
use crate::outlets::json::{item_id, whole};
use crate::outlets::pages::rows;
use crate::site::Site;

pub const SHEET: Sheet = Sheet {
    name: "actions",
    about: "A row is an action: an entry under Actions, or a decision with somebody to carry it out.",
    columns: &[
        column("id", Text, "The id of the item, and the entry."),
        column("date", Date, "The day of the meeting that set it."),
        column("body", Text, "The id of the leading body."),
        column("meeting", Text, "The id of the meeting."),
        column("item", Text, "The id of the item."),
        column("text", Text, "What is to be done, without markup."),
        column("owner", Text, "Who is to do it."),
        column(
            "owner_id",
            Text,
            "The owner's id; empty for somebody without a page.",
        ),
        column("due", Date, "The day on which it is due."),
        column("done", Date, "The day on which it was done."),
        column(
            "state",
            Text,
            "open, overdue or done, on the day for which the site was built.",
        ),
        column("url", Address, "Its place."),
    ],
    fill,
};

fn fill(site: &Site, csv: &mut Csv) {
    let archive = site.archive;
    for m in archive.meetings.rows() {
        let body = m.bodies.first().map(|b| archive.bodies[*b].id.as_str());
        for id in &m.items {
            for entry in archive.items[*id].sections.iter().flat_map(|s| &s.entries) {
                let Some(kind) = entry.kind.anchor().filter(|_| entry.is_action()) else {
                    continue;
                };
                let state = match (entry.is_done(), entry.due) {
                    (true, _) => "done",
                    (_, Some(due)) if due < site.today => "overdue",
                    _ => "open",
                };
                let owner = entry.owner.as_ref();
                let listed = owner
                    .and_then(|o| o.0)
                    .map(|p| &archive.people[p])
                    .filter(|p| p.listed);
                csv.row([
                    format!("{}-{kind}-{}", item_id(site, *id), entry.number).into(),
                    m.date.into(),
                    body.into(),
                    (&m.id).into(),
                    item_id(site, *id).into(),
                    (&entry.text).into(),
                    owner.map(|(id, name)| rows::person(site, *id, name).name).into(),
                    listed.map(|p| &p.id).into(),
                    entry.due.into(),
                    entry.done.into(),
                    state.into(),
                    whole(site, &rows::entry_href(site, *id, entry)).into(),
                ]);
            }
        }
    }
}
