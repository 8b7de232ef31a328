//! `votes.csv`

use super::Sheet;
use crate::model::*;
use crate::outlets::csv::ColumnKind::*;
use crate::outlets::csv::{Cell, Csv, column};
use crate::outlets::json::{item_id, whole};
use crate::outlets::pages::rows;
use crate::site::Site;

pub const SHEET: Sheet = Sheet {
    name: "votes",
    about: "A row is a recorded vote.",
    columns: &[
        column("id", Text, "The id of the item, and the vote."),
        column("date", Date, "The day of the meeting."),
        column("body", Text, "The id of the leading body."),
        column("meeting", Text, "The id of the meeting."),
        column("item", Text, "The id of the item."),
        column(
            "title",
            Text,
            "The name of the vote, such as Amendment 1; else the item's title.",
        ),
        column("motion", Text, "The motion, without markup."),
        column("moved_by", List, "Who moved it."),
        column("seconded_by", List, "Who seconded it."),
        column("for", Number, "How many voted for it, as it was minuted."),
        column("against", Number, "How many voted against it."),
        column("abstained", Number, "How many abstained."),
        column("not_voting", Number, "How many did not vote."),
        column("names_for", List, "Who voted for it, where names were minuted."),
        column("names_against", List, "Who voted against it."),
        column("names_abstained", List, "Who abstained."),
        column("names_not_voting", List, "Who did not vote."),
        column("casting_vote", Text, "The casting vote, as it was minuted."),
        column("result", Text, "The result, as it was minuted."),
        column("url", Address, "Its place."),
    ],
    fill,
};

fn fill(site: &Site, csv: &mut Csv) {
    let archive = site.archive;
    for m in archive.meetings.rows() {
        let body = m.bodies.first().map(|b| archive.bodies[*b].id.as_str());
        for id in &m.items {
            let item = &archive.items[*id];
            for vote in item.sections.iter().filter_map(|s| s.vote.as_ref()) {
                let of = |key: VoteKey| vote.lines.iter().filter(move |l| l.key == key);
                let words = |key| of(key).map(|l| l.text.text()).next();
                let count = |key| of(key).find_map(|l| l.count);
                let names = |key| {
                    let names = of(key).flat_map(|l| &l.names);
                    Cell::list(names.map(|(id, name)| rows::person(site, *id, name).name))
                };
                let href = site.routes.item_href(*id);
                let joint = if site.routes.item_page(*id).is_some() {
                    '#'
                } else {
                    '-'
                };
                csv.row([
                    format!("{}-vote-{}", item_id(site, *id), vote.number).into(),
                    m.date.into(),
                    body.into(),
                    (&m.id).into(),
                    item_id(site, *id).into(),
                    vote.title.as_ref().unwrap_or(&item.title).into(),
                    words(VoteKey::Motion).into(),
                    names(VoteKey::MovedBy),
                    names(VoteKey::SecondedBy),
                    count(VoteKey::For).into(),
                    count(VoteKey::Against).into(),
                    count(VoteKey::Abstained).into(),
                    count(VoteKey::NotVoting).into(),
                    names(VoteKey::For),
                    names(VoteKey::Against),
                    names(VoteKey::Abstained),
                    names(VoteKey::NotVoting),
                    words(VoteKey::CastingVote).into(),
                    words(VoteKey::Result).into(),
                    whole(site, &format!("{href}{joint}vote-{}", vote.number)).into(),
                ]);
            }
        }
    }
}
