//! `items.csv`

use super::Sheet;
use crate::outlets::csv::ColumnKind::*;
use crate::outlets::csv::{Cell, Csv, column, withheld};
use crate::outlets::json::{item_id, whole};
use crate::site::Site;

pub const SHEET: Sheet = Sheet {
    name: "items",
    about: "A row is an item of an agenda.",
    columns: &[
        column(
            "id",
            Text,
            "The meeting's id and the item's, as in parks/2024-03-12#4.",
        ),
        column("meeting", Text, "The id of the meeting."),
        column("date", Date, "The day of the meeting."),
        column("body", Text, "The id of the leading body."),
        column("position", Number, "Its place on the agenda, from 1."),
        column("number", Text, "Its number as it was written."),
        column("title", Text, "Its title."),
        column("issues", List, "The ids of the issues it belongs to."),
        column("people", List, "The ids of the people it names who have a page."),
        column("exempt", Text, "For an item that is withheld: yes, or why."),
        column(
            "url",
            Address,
            "Its page, or its place on the page of its meeting.",
        ),
    ],
    fill,
};

fn fill(site: &Site, csv: &mut Csv) {
    let archive = site.archive;
    for m in archive.meetings.rows() {
        let body = m.bodies.first().map(|b| archive.bodies[*b].id.as_str());
        for (n, id) in m.items.iter().enumerate() {
            let item = &archive.items[*id];
            let people = item
                .people
                .iter()
                .map(|p| &archive.people[*p])
                .filter(|p| p.listed);
            csv.row([
                item_id(site, *id).into(),
                (&m.id).into(),
                m.date.into(),
                body.into(),
                (n + 1).into(),
                item.number.as_ref().into(),
                (&item.title).into(),
                Cell::list(item.issues.iter().map(|i| &archive.issues[*i].id)),
                Cell::list(people.map(|p| &p.id)),
                withheld(item.exempt.as_ref()),
                whole(site, &site.routes.item_href(*id)).into(),
            ]);
        }
    }
}
