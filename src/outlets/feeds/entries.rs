//! What a feed tells of: the newest first, and no more than the site asks for.

use std::cmp::Reverse;

use jiff::civil::Date;

use super::Feed;
use crate::model::*;
use crate::site::Site;

/// Something that a feed tells of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum News {
    Meeting(MeetingId),
    Item(ItemId),
    Decision(DecisionId),
}

/// What a feed tells of, with the day of its last change.
pub fn news(site: &Site, feed: Feed) -> Vec<(Date, News)> {
    let archive = site.archive;
    let most = site.config.feed_entries as usize;
    let mut all: Vec<(Date, Date, News)> = Vec::new();
    let mut add = |news: News| {
        let (changed, day) = match news {
            News::Meeting(id) => (site.revised(&archive.meetings[id]), archive.meetings[id].date),
            News::Item(id) => {
                let meeting = &archive.meetings[archive.items[id].meeting];
                (site.revised(meeting), meeting.date)
            }
            News::Decision(id) => {
                let date = archive.decisions[id].date;
                (Some(date).filter(|d| *d <= site.today), date)
            }
        };
        all.extend(changed.map(|changed| (changed, day, news)));
    };
    match feed {
        Feed::All => {
            archive.meetings.ids().for_each(|id| add(News::Meeting(id)));
            archive.decisions.ids().for_each(|id| add(News::Decision(id)));
        }
        Feed::Body(id) => {
            let body = &archive.bodies[id];
            body.meetings.iter().for_each(|id| add(News::Meeting(*id)));
            body.decisions.iter().for_each(|id| add(News::Decision(*id)));
        }
        Feed::Issue(id) => {
            let issue = &archive.issues[id];
            issue.items.iter().for_each(|id| add(News::Item(*id)));
            issue.decisions.iter().for_each(|id| add(News::Decision(*id)));
        }
        Feed::Person(id) => {
            let person = &archive.people[id];
            person.items.iter().for_each(|id| add(News::Item(*id)));
            let made = |d: &&DecisionId| {
                archive.decisions[**d]
                    .maker
                    .as_ref()
                    .is_some_and(|m| m.0 == Some(id))
            };
            let decisions = person.decisions.iter().filter(made);
            decisions.for_each(|id| add(News::Decision(*id)));
        }
        Feed::Decisions => {
            let decides = |(_, item): &(ItemId, &Item)| {
                let mut entries = item.sections.iter().flat_map(|s| &s.entries);
                entries.any(|e| matches!(e.kind, EntryKind::Decision | EntryKind::Resolved))
            };
            archive
                .items
                .iter()
                .filter(decides)
                .for_each(|(id, _)| add(News::Item(id)));
            archive.decisions.ids().for_each(|id| add(News::Decision(id)));
        }
    }
    all.sort_by_key(|(changed, day, news)| (Reverse(*changed), Reverse(*day), *news));
    all.truncate(most);
    all.into_iter()
        .map(|(changed, _, news)| (changed, news))
        .collect()
}
