//! A meeting's page: the agenda before it is held, the minutes after.

use serde::Serialize;

use super::frame::{Frame, Link, Make, Name, crumb};
use super::item::{self, ItemBlock, Shown};
use super::parts::{self, Piece, Rest, SectionBlock};
use super::rows;
use crate::model::*;
use crate::site::prose::size;
use crate::site::{Html, Ids, Quote, Shared, Site};
use crate::text::escape::push_escaped;
use crate::text::links::push_linked;
use crate::text::roles;

/// A meeting: the agenda before it is held, the minutes after.
#[derive(Serialize, Hash)]
pub struct MeetingView<'a> {
    pub page: Frame<'a>,
    /// Its title, day, place and state, as in a list.
    pub row: Shared<rows::MeetingRow>,
    /// It is still to be held: the page is a notice and an agenda.
    pub upcoming: bool,
    /// `ordinary`, `special` …, as in its file.
    pub kind: Option<&'a str>,
    /// When it ended.
    pub end: Option<&'a str>,
    /// The last day, of a meeting of several days.
    pub until: Option<String>,
    /// `in person`, `remote` or `hybrid`.
    pub mode: Option<&'a str>,
    /// How the public may attend, speak or watch, with links to the addresses in it.
    pub attend: Option<Html>,
    /// The day the agenda was published.
    pub agenda_published: Option<String>,
    /// The day the agenda is to be published, where that is to come.
    pub agenda_due: Option<String>,
    /// Clear days between the agenda's publication and the meeting.
    pub clear_days: Option<u32>,
    /// How many there should be; 0: nobody asks.
    pub clear_days_required: u32,
    /// The day the minutes were published.
    pub minutes_published: Option<String>,
    /// The item of the meeting that confirmed the minutes.
    pub confirmed_at: Option<Link>,
    /// Corrections to what was published.
    pub corrections: Vec<Correction<'a>>,
    /// This archive holds only part of the meeting.
    pub incomplete: bool,
    /// A recording or broadcast.
    pub webcast: Option<Name>,
    /// Papers of the whole meeting.
    pub papers: Vec<PaperRow>,
    /// Who was there and who was not, as the front matter says.
    pub attendance: Vec<AttendanceGroup<'a>>,
    /// Who came late, left and came back.
    pub movements: Vec<MovementRow<'a>>,
    /// Names under headings, as they were written.
    pub roll: Vec<RollBlock<'a>>,
    /// The text before the first item, as HTML.
    pub preamble: String,
    /// Its items, whole.
    pub items: Vec<ItemBlock>,
    /// The closing remarks.
    pub close: Option<RollBlock<'a>>,
    /// The whole meeting is withheld, and why.
    pub exempt: Option<&'a str>,
    /// What may be said of a meeting that is withheld, in pieces.
    pub public_text: Vec<Piece>,
    /// The same, section by section. For a theme with templates of its own.
    pub public_summary: Vec<SectionBlock>,
    /// The meeting of this body before it.
    pub previous: Option<Shared<rows::MeetingRow>>,
    /// The meeting of this body after it.
    pub next: Option<Shared<rows::MeetingRow>>,
    /// The meeting that resumes this one.
    pub continued: Option<Shared<rows::MeetingRow>>,
    /// The meeting that this one resumes.
    pub continues: Option<Link>,
    /// Where the record came from: system and address.
    pub system: Option<&'a str>,
}

/// A correction to what was published.
#[derive(Serialize, Hash)]
pub struct Correction<'a> {
    /// The day it was made.
    pub date: Option<String>,
    /// What is put right.
    pub text: &'a str,
}

/// A paper with its facts.
#[derive(Serialize, Hash)]
pub struct PaperRow {
    /// Its title.
    pub title: String,
    /// Its address, if it is public.
    pub href: Option<String>,
    /// `PDF, 114 KB`
    pub facts: Option<String>,
    /// We do not hold it.
    pub elsewhere: bool,
    /// The day it was published.
    pub published: Option<String>,
    /// Published after the agenda.
    pub late: bool,
    /// Sent after the agenda, as its meeting's file says.
    pub supplement: bool,
    /// Withheld, and why.
    pub exempt: Option<String>,
}

/// People who were at a meeting in one way.
#[derive(Serialize, Hash)]
pub struct AttendanceGroup<'a> {
    /// `present`, `apologies` …
    pub kind: &'static str,
    /// The people, as the points of a list.
    pub list: Html,
    /// The people, one by one. For a theme with templates of its own.
    pub people: Vec<AttendeeRow<'a>>,
}

/// Somebody at a meeting, or missed there.
#[derive(Serialize, Hash)]
pub struct AttendeeRow<'a> {
    /// The person.
    pub who: Name,
    /// Took the chair.
    pub chair: bool,
    /// `Head of Parks` and the like.
    pub role: Option<&'a str>,
    /// Whom they came for.
    pub organisation: Option<&'a str>,
    /// Why they were not there.
    pub reason: Option<&'a str>,
    /// Whom a substitute stood in for.
    pub stands_for: Option<Name>,
}

/// Somebody who came late, left or came back.
#[derive(Serialize, Hash)]
pub struct MovementRow<'a> {
    /// The person.
    pub who: Name,
    /// When they came.
    pub arrived: Option<&'a str>,
    /// When they left.
    pub left: Option<&'a str>,
    /// When they came back.
    pub returned: Option<&'a str>,
}

/// A heading with the text under it.
#[derive(Serialize, Hash)]
pub struct RollBlock<'a> {
    /// The heading, as it was written.
    pub label: &'a str,
    /// The text, as HTML.
    pub html: String,
}

pub fn view<'a>(site: &Site<'a>, id: MeetingId) -> MeetingView<'a> {
    let archive = site.archive;
    let meeting = &archive.meetings[id];
    let title = site.meeting_title(id);
    let items = meeting.items.iter().map(|item| {
        let prefix = format!("item-{}-", archive.items[*item].address);
        item::block(
            site,
            *item,
            &Shown {
                ids: Ids::Behind(&prefix),
                level: 3,
                longest: None,
                issue: None,
                apart: false,
            },
        )
    });
    let upcoming = meeting.status == Status::Scheduled && meeting.until.unwrap_or(meeting.date) >= site.today;
    let published = meeting.agenda_published.filter(|day| *day <= site.today);
    let mut crumbs = vec![crumb(site, "meetings")];
    crumbs.extend(meeting.bodies.first().map(|b| rows::body(site, *b).into()));
    let page = Make {
        kind: "meeting",
        section: "meetings",
        description: describe(site, id, &title),
        title,
        url: site.routes.meeting(id),
        crumbs,
        changed: site.changed(meeting),
    };
    // A heading in a text before the items stands right below the title.
    let quote = Quote {
        ids: Ids::Bare,
        top: 2,
        item: None,
    };
    let shown = Shown {
        ids: Ids::Bare,
        level: 2,
        longest: None,
        issue: None,
        apart: false,
    };
    let public = parts::sections(
        site,
        &meeting.public_summary,
        &shown,
        None,
        (String::new(), Rest::default()),
    );
    MeetingView {
        row: rows::meeting(site, id),
        upcoming,
        kind: meeting.kind.as_deref(),
        end: meeting.end.as_deref(),
        until: meeting.until.map(|d| d.to_string()),
        mode: meeting.mode.as_deref(),
        attend: meeting.attend.as_ref().map(|text| {
            let mut out = String::new();
            push_linked(&mut out, text);
            Html(out)
        }),
        agenda_published: published.map(|d| d.to_string()),
        agenda_due: meeting
            .agenda_published
            .filter(|d| *d > site.today)
            .map(|d| d.to_string()),
        clear_days: published.map(|d| site.config.check.closed.clear_days(d, meeting.date)),
        clear_days_required: site.config.check.clear_days,
        minutes_published: meeting.minutes_published.map(|d| d.to_string()),
        confirmed_at: meeting.confirmed_at.as_ref().and_then(|t| link(site, t)),
        corrections: meeting
            .corrections
            .iter()
            .map(|(date, text)| Correction {
                date: date.map(|d| d.to_string()),
                text,
            })
            .collect(),
        incomplete: !meeting.complete,
        webcast: meeting.webcast.as_ref().map(|w| webcast(w)),
        papers: meeting.papers.iter().map(|p| paper(site, meeting, p)).collect(),
        attendance: attendance(site, meeting),
        movements: meeting.movements.iter().map(|m| movement(site, m)).collect(),
        roll: meeting
            .roll
            .iter()
            .map(|r| RollBlock {
                label: &r.label,
                html: site.html(&r.text, &[], Quote::away(4)),
            })
            .collect(),
        preamble: site.html(&meeting.preamble, &[], quote),
        items: items.collect(),
        close: meeting.close.as_ref().map(|(label, text)| RollBlock {
            label,
            html: site.html(text, &[], Quote::away(3)),
        }),
        exempt: meeting.exempt.as_ref().map(|e| e.reason.as_str()),
        public_text: public.text,
        public_summary: public.sections,
        previous: meeting.previous.map(|m| rows::meeting(site, m)),
        next: meeting.next.map(|m| rows::meeting(site, m)),
        continued: meeting.continued.map(|m| rows::meeting(site, m)),
        continues: meeting.continues.and_then(|m| link(site, &Target::Meeting(m))),
        system: meeting.system.as_ref().and_then(|s| s.0.as_deref()),
        page: page
            .frame(site, Some(&meeting.source))
            .about(super::ld::meeting(site, id)),
    }
}

/// One sentence: what, when, how much.
fn describe(site: &Site, id: MeetingId, title: &str) -> String {
    let meeting = &site.archive.meetings[id];
    let body = meeting
        .bodies
        .first()
        .map_or("", |b| site.archive.bodies[*b].name.as_str());
    let day = site.long_date(meeting.date);
    let first: Vec<&str> = meeting
        .items
        .iter()
        .map(|i| site.archive.items[*i].title.as_str())
        .filter(|t| !t.is_empty())
        .take(4)
        .collect();
    let head = match (title.contains(body), title.contains(&day)) {
        (true, true) => title.to_owned(),
        (true, false) => format!("{title}, {day}"),
        (false, _) => format!("{title}, {body}, {day}"),
    };
    if first.is_empty() {
        head
    } else {
        format!("{head}: {}", first.join("; "))
    }
}

pub fn link(site: &Site, target: &Target) -> Option<Link> {
    let name = match target {
        Target::Item(id) => {
            let item = &site.archive.items[*id];
            let number = item.number.as_ref().map(|n| format!("{n}. ")).unwrap_or_default();
            format!("{}: {number}{}", site.meeting_name(item.meeting), item.title)
        }
        target => site.name(target),
    };
    Some(Link {
        href: site.routes.target(target)?,
        name,
    })
}

fn webcast(text: &str) -> Name {
    match crate::paths::web_address(text) {
        Some(address) => Name {
            href: Some(address),
            name: text.to_owned(),
        },
        None => Name {
            href: None,
            name: text.to_owned(),
        },
    }
}

fn paper(site: &Site, meeting: &Meeting, paper: &Paper) -> PaperRow {
    let facts = match &paper.target {
        Some(Target::Paper(id) | Target::Picture(id, _)) => {
            let file = &site.archive.papers[*id];
            Some(format!("{}, {}", file.kind, size(file.bytes)))
        }
        _ => None,
    };
    PaperRow {
        title: paper.title.clone(),
        href: paper.target.as_ref().and_then(|t| site.routes.target(t)),
        facts,
        elsewhere: matches!(paper.target, Some(Target::Elsewhere(_))),
        published: paper.published.map(|d| d.to_string()),
        late: paper
            .published
            .zip(meeting.agenda_published)
            .is_some_and(|(paper, agenda)| paper > agenda),
        supplement: paper.supplement,
        exempt: paper.exempt.as_ref().map(|e| e.reason.clone()),
    }
}

/// Those whom the front matter names; headings show theirs as written.
fn attendance<'a>(site: &Site<'a>, meeting: &'a Meeting) -> Vec<AttendanceGroup<'a>> {
    Presence::ALL
        .into_iter()
        .filter_map(|presence| {
            let rows = meeting
                .attendance
                .iter()
                .filter(|a| a.presence == presence && a.declared);
            let people: Vec<AttendeeRow> = rows
                .map(|a| AttendeeRow {
                    who: rows::person(site, a.person, &a.name),
                    chair: a.chair,
                    role: a.role.as_deref(),
                    organisation: a.organisation.as_deref(),
                    reason: a.reason.as_deref(),
                    stands_for: a
                        .stands_for
                        .as_deref()
                        .map(|(id, name)| rows::person(site, *id, name)),
                })
                .collect();
            let mut list = String::new();
            people.iter().for_each(|row| point(&mut list, site, row));
            (!people.is_empty()).then(|| AttendanceGroup {
                kind: presence.name(),
                list: Html(list),
                people: if site.words.parts { people } else { Vec::new() },
            })
        })
        .collect()
}

/// Somebody as a point of a list, with all that is said of them.
fn point(out: &mut String, site: &Site, row: &AttendeeRow) {
    let fact = |out: &mut String, open: &str, close: &str, words: &str| {
        out.push_str(open);
        push_escaped(out, words);
        out.push_str(close);
    };
    out.push_str("\n<li>");
    rows::push_name(out, &row.who);
    let chair = site.words.get("chair");
    if row.chair && !row.role.is_some_and(roles::is_chair) {
        fact(out, " (", ")", chair);
    }
    let said = [row.role, row.organisation].into_iter().flatten();
    let said: Vec<&str> = said.filter(|word| !word.is_empty()).collect();
    if !said.is_empty() {
        fact(out, ", <span class=\"facts\">", "</span>", &said.join(", "));
    }
    if let Some(reason) = row.reason.filter(|reason| !reason.is_empty()) {
        fact(out, " <span class=\"facts\">(", ")</span>", reason);
    }
    if let Some(whom) = &row.stands_for {
        fact(
            out,
            " <span class=\"facts\">",
            " ",
            site.words.get("substitute_for"),
        );
        rows::push_name(out, whom);
        out.push_str("</span>");
    }
    out.push_str("</li>");
}

fn movement<'a>(site: &Site<'a>, movement: &'a Movement) -> MovementRow<'a> {
    MovementRow {
        who: rows::person(site, movement.person, &movement.name),
        arrived: movement.arrived.as_deref(),
        left: movement.left.as_deref(),
        returned: movement.returned.as_deref(),
    }
}
