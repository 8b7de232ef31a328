//! `/forward-plan/`: what is still to be decided, by whom and when: issues with
//! a day, and key decisions on agendas that are published already.

use jiff::civil::Date;

use super::cell::{self, CellView, ColumnView, column, named};
use super::place::{Place, whole};
use super::{Line, Mark, Register, Visit};
use crate::model::*;
use crate::outlets::csv::{self, Cell, ColumnKind as C, column as field};
use crate::outlets::pages::rows;
use crate::site::Site;

pub const REGISTER: Register = Register {
    key: "forward-plan",
    about: "A row is a matter that is still to be decided.",
    columns: COLUMNS,
    csv: CSV,
    walk,
    pins: true,
    summary: None,
};

const COLUMNS: &[ColumnView] = &[
    column("decision-due", cell::DATE),
    column("matter", cell::TEXT),
    column("body", cell::CHOICE),
    column("key", cell::CHOICE),
    column("lead", cell::TEXT),
    column("notice", cell::DATE),
];

const CSV: &[csv::Column] = &[
    field("due", C::Date, "When it is to be decided."),
    field(
        "overdue",
        C::Flag,
        "Whether that day has passed without a decision, on the day of the build.",
    ),
    field(
        "matter",
        C::Text,
        "The title of the issue, or of the agenda item.",
    ),
    field("issue", C::Text, "The id of the issue."),
    field("reference", C::Text, "The authority's own reference."),
    field("body", C::Text, "The id of the body that is to decide."),
    field("key_decision", C::Flag, "Whether it is a key decision."),
    field(
        "notice_published",
        C::Date,
        "When the notice of it was published.",
    ),
    field("lead_member", C::Text, "The member in charge."),
    field(
        "meeting",
        C::Text,
        "The id of the meeting, when its agenda is published.",
    ),
    field("item_number", C::Text, "The number of the item on that agenda."),
    field("url", C::Address, "Where it stands."),
];

/// A matter that is to be decided.
struct Due {
    date: Option<Date>,
    issue: Option<IssueId>,
    item: Option<ItemId>,
    body: Option<BodyId>,
    key: Option<bool>,
    notice: Option<Date>,
    late: bool,
}

fn walk(site: &Site, _: Option<i16>, visit: Visit) {
    let mut due = of_agendas(site);
    for (id, issue) in site.archive.issues.iter() {
        let Some(plan) = issue.due else { continue };
        let settled = issue.status.as_deref().is_some_and(|s| s != "open");
        let decided = plan.date.is_some_and(|day| day < site.today) && decided_since(site, issue, plan.date);
        let agendas = due.iter().filter_map(|d| d.item);
        let mut agendas = agendas.map(|item| &site.archive.items[item]);
        let listed =
            agendas.any(|i| i.issues.contains(&id) && is_it(plan, &site.archive.meetings[i.meeting]));
        if settled || decided || listed {
            continue;
        }
        due.push(Due {
            date: plan.date,
            issue: Some(id),
            item: None,
            body: plan.body,
            key: plan.key,
            notice: plan.published,
            late: plan.date.is_some_and(|day| day < site.today),
        });
    }
    // What should have been decided stands first, then the next; without a day last.
    due.sort_by_key(|d| (!d.late, d.date.is_none(), d.date, d.issue, d.item));
    for line in &due {
        let mark = Mark {
            date: None,
            group: if line.late { "late" } else { "coming" },
            pinned: true,
        };
        visit(mark, line);
    }
}

/// Key decisions on agendas of meetings to come.
fn of_agendas(site: &Site) -> Vec<Due> {
    let archive = site.archive;
    let coming = archive
        .meetings
        .rows()
        .filter(|m| m.status == Status::Scheduled && m.date >= site.today);
    let items = coming.flat_map(|m| m.items.iter().map(move |i| (m, *i)));
    items
        .filter(|(_, id)| archive.items[*id].is_key() == Some(true))
        .map(|(meeting, id)| {
            let item = &archive.items[id];
            let mut plans = item.issues.iter().filter_map(|i| archive.issues[*i].due);
            let plan = plans.find(|plan| is_it(*plan, meeting));
            Due {
                date: Some(meeting.date),
                issue: item.issues.first().copied(),
                item: Some(id),
                body: meeting.bodies.first().copied(),
                key: Some(true),
                notice: item.day(FieldKey::Notice).or(plan.and_then(|p| p.published)),
                late: false,
            }
        })
        .collect()
}

/// Whether a meeting is the one at which an issue is planned to be decided: of
/// that body, whether it was put off or brought forward. Another body's is a
/// step on the way.
fn is_it(plan: DecisionDue, meeting: &Meeting) -> bool {
    plan.body.is_none_or(|body| meeting.bodies.contains(&body))
}

/// Whether anything was decided about an issue on a day or since.
fn decided_since(site: &Site, issue: &Issue, day: Option<Date>) -> bool {
    let archive = site.archive;
    let since = |date: Date| day.is_none_or(|day| date >= day) && date <= site.today;
    let decides = |section: &Section| {
        section
            .entries
            .iter()
            .any(|e| matches!(e.kind, EntryKind::Decision | EntryKind::Resolved))
    };
    issue.items.iter().any(|id| {
        let item = &archive.items[*id];
        since(archive.meetings[item.meeting].date) && item.sections.iter().any(decides)
    }) || issue.decisions.iter().any(|d| since(archive.decisions[*d].date))
}

impl Due {
    fn title(&self, site: &Site) -> String {
        match (self.issue, self.item) {
            (Some(issue), _) => site.archive.issues[issue].title.clone(),
            (None, Some(item)) => rows::title_of(&site.archive.items[item]),
            (None, None) => String::new(),
        }
    }

    fn href(&self, site: &Site) -> Option<String> {
        match (self.issue, self.item) {
            (Some(issue), _) => Some(site.routes.issue_href(issue)),
            (None, Some(item)) => Some(site.routes.item_href(item)),
            (None, None) => None,
        }
    }
}

impl Line for Due {
    fn cells(&self, site: &Site) -> Vec<CellView> {
        let lead = self
            .issue
            .and_then(|i| site.archive.issues[i].lead_member.as_ref())
            .map(|(id, name)| rows::person(site, *id, name));
        vec![
            CellView::date(self.date),
            CellView::said(
                self.title(site),
                self.href(site),
                self.item.and_then(|i| Place::Item(i).view(site)),
            ),
            CellView::name(self.body.map(|b| named(rows::body(site, b)))),
            CellView::flag(self.key),
            CellView::name(lead),
            CellView::date(self.notice),
        ]
    }

    fn csv(&self, site: &Site) -> Vec<Cell<'static>> {
        let archive = site.archive;
        let issue = self.issue.map(|i| &archive.issues[i]);
        let item = self.item.map(|i| &archive.items[i]);
        let lead = issue
            .and_then(|i| i.lead_member.as_ref())
            .map(|(id, name)| rows::person(site, *id, name).name);
        vec![
            self.date.into(),
            self.late.into(),
            self.title(site).into(),
            issue.map(|i| i.id.clone()).into(),
            issue.and_then(|i| i.reference.clone()).into(),
            self.body.map(|b| archive.bodies[b].id.clone()).into(),
            self.key.into(),
            self.notice.into(),
            lead.into(),
            item.map(|i| archive.meetings[i.meeting].id.clone()).into(),
            item.and_then(|i| i.number.clone()).into(),
            self.href(site).map(|href| whole(site, href)).into(),
        ]
    }
}
