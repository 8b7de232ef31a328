//! A meeting's file: its front matter and its agenda.

use jiff::civil::Date;

use super::agenda::{self, Agenda, Given, SectionDoc, hide};
use super::exempt::{self, Said};
use super::fields;
use super::front_matter::{Map, Mention, Node, divide};
use super::labels::Labels;
use super::secrecy;
use crate::model::{Exemption, FieldKey, MeetingPlaces, MinutesState, Presence, SectionKind, Status};
use crate::paths::{SourcePath, Span};
use crate::report::{Diagnostic, Report, Severity, rules};
use crate::text::{dates, names, roles, wiki};

/// A meeting as it was written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MeetingDoc {
    pub title: Option<String>,
    pub date: Option<Date>,
    pub bodies: Vec<Mention>,
    pub kind: Option<String>,
    pub status: Option<Status>,
    pub start: Option<String>,
    pub end: Option<String>,
    pub until: Option<Date>,
    pub continues: Option<Mention>,
    pub venue: Option<String>,
    pub mode: Option<String>,
    pub attend: Option<String>,
    pub agenda_published: Option<Date>,
    pub minutes: MinutesDoc,
    pub corrections: Vec<(Option<Date>, String)>,
    pub updated: Option<Date>,
    pub complete: Option<bool>,
    pub webcast: Option<String>,
    pub papers: Vec<PaperDoc>,
    pub attendance: Vec<AttendeeDoc>,
    pub movements: Vec<MovementDoc>,
    pub aliases: Vec<Mention>,
    pub source: Option<(Option<String>, Option<String>, Option<String>)>,
    pub exempt: Option<Exemption>,
    pub public_summary: Vec<SectionDoc>,
    pub agenda: Agenda,
    /// Files that must not be published, as written in this file.
    pub withheld_files: Vec<Mention>,
    /// The next day on which something here is to be released.
    pub waiting: Vec<Date>,
    /// The minutes, but not the agenda, wait for this day.
    pub minutes_wait: Option<Date>,
    pub places: MeetingPlaces,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct MinutesDoc {
    pub state: Option<MinutesState>,
    pub published: Option<Date>,
    pub confirmed_at: Option<Mention>,
}

/// A paper of the front matter.
#[derive(Clone, Debug, PartialEq)]
pub struct PaperDoc {
    pub title: Option<String>,
    pub file: Option<Mention>,
    pub published: Option<Date>,
    pub supplement: bool,
    pub exempt: Option<Exemption>,
    pub span: Span,
}

/// A name in `attendance:`.
#[derive(Clone, Debug, PartialEq)]
pub struct AttendeeDoc {
    pub presence: Presence,
    pub who: Mention,
    pub chair: bool,
    pub role: Option<String>,
    pub organisation: Option<String>,
    pub reason: Option<String>,
    pub stands_for: Option<Mention>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct MovementDoc {
    pub who: Mention,
    pub arrived: Option<String>,
    pub left: Option<String>,
    pub returned: Option<String>,
}

/// What reading a file came to.
#[derive(Clone, Debug)]
pub enum Read<T> {
    Document(T),
    /// Not to be published before a day; these are the names it goes by.
    Hidden {
        until: Date,
        names: Vec<String>,
    },
    /// The file is spoiled, or must be withheld for a reason that was reported.
    Nothing,
}

impl<T> Read<T> {
    pub fn map<U>(self, map: impl FnOnce(T) -> U) -> Read<U> {
        match self {
            Read::Document(value) => Read::Document(map(value)),
            Read::Hidden { until, names } => Read::Hidden { until, names },
            Read::Nothing => Read::Nothing,
        }
    }
}

/// The day of publication cannot be read: the record is withheld.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Unreadable;

/// Whether a record waits for its day.
pub fn waits(map: &mut Map, release: Date, report: &mut Report) -> Result<Option<Date>, Unreadable> {
    let Some(node) = map.get("publish_at") else {
        return Ok(None);
    };
    match node.mention(&mut Report::new()).map(|m| dates::iso(&m.text)) {
        Some(Ok(day)) => Ok(Some(day).filter(|day| *day > release)),
        _ => {
            report.push(
                node.diagnostic(
                    &rules::BAD_DATE,
                    "the day of publication cannot be read; what waits for it is withheld",
                )
                .help("write it as `publish_at: 2026-12-01`")
                .withheld(true),
            );
            Err(Unreadable)
        }
    }
}

/// The exemption of a record; one that cannot be read withholds too.
pub fn exemption(map: &mut Map, report: &mut Report) -> Option<Exemption> {
    let node = map.get("exempt")?;
    let parts: Vec<String> = node
        .list()
        .iter()
        .filter_map(|n| n.mention(&mut Report::new()))
        .map(|m| m.text)
        .collect();
    let text = parts.join(", ");
    match exempt::value(&text) {
        Said::Exempt(exemption) => Some(exemption),
        Said::Unreadable => {
            report.push(
                Diagnostic::new(&rules::EXEMPT_UNREADABLE, map.path(), map.key_span("exempt"), "the reason of this exemption cannot be read; the record is withheld")
                    .help("write `exempt: 3` with the paragraph of Schedule 12A, or take the key away if the record is public")
                    .withheld(true),
            );
            Some(Exemption::default())
        }
    }
}

/// More items than any meeting has: the file is something else.
const MOST_ITEMS: usize = 2000;

/// Reads a meeting's file. `release`: the day up to which things are published.
pub fn read(
    path: &SourcePath,
    text: &str,
    named: Option<Date>,
    labels: &Labels,
    release: Date,
    report: &mut Report,
) -> Read<MeetingDoc> {
    let Some(parts) = divide(path, text, report) else {
        return Read::Nothing;
    };
    let mut map = parts.front.map(path, text);
    if secrecy::strays(&map, report) {
        return Read::Nothing;
    }
    let mut own = Report::new();
    let waiting = waits(&mut map, release, &mut own);
    let exempt = exemption(&mut map, &mut own);
    if !matches!(waiting, Ok(None)) {
        report.merge(own);
        return match waiting {
            Ok(Some(until)) => Read::Hidden {
                until,
                names: Vec::new(),
            },
            _ => Read::Nothing,
        };
    }
    let mut said = Report::new();
    let mut doc = front(&mut map, named, release, &mut said);
    let exempt = exempt.or_else(|| doc.title.as_deref().and_then(exempt::title));
    super::allow::read(&mut map, exempt.is_some(), &mut said);
    map.finish(&mut said);
    // Words of an exempt meeting's front matter stay out of the messages.
    if exempt.is_some() {
        let front = Span::new(0, parts.body);
        hide(&mut said, &[front]);
    }
    own.merge(said);
    report.merge(own);

    let agenda_only = doc.minutes_wait.is_some();
    let given = Given {
        title: doc.title.is_some(),
        exempt: exempt.is_some(),
        agenda_only,
        names: doc.attendance.iter().any(|who| who.presence.attended()),
    };
    let (mut agenda, said) = agenda::read(path, text, parts.body, labels, &given);
    if agenda.items.len() > MOST_ITEMS {
        let words = format!(
            "this file has {} agenda items; a meeting has at most {MOST_ITEMS}",
            agenda.items.len()
        );
        report.push(
            Diagnostic::new(&rules::TOO_LARGE, path, None, words)
                .help("open items with `##` and their parts with `###`, or divide the file"),
        );
        return Read::Nothing;
    }
    for item in &mut agenda.items {
        let named: Vec<&Mention> = item
            .fields
            .iter()
            .filter(|f| f.key == FieldKey::Issue)
            .map(|f| &f.value)
            .collect();
        let mut left = fields::issues_kept(path, &named, report);
        item.fields.retain(|f| {
            let keep = f.key != FieldKey::Issue || left > 0;
            left -= usize::from(keep && f.key == FieldKey::Issue);
            keep
        });
    }
    report.merge(said);
    let exempt = exempt.or(agenda.whole.take());
    if let Some(title) = agenda.title.take() {
        check_title_date(path, &title, doc.date, report);
        doc.title.get_or_insert(title.text);
    }
    if !agenda_only {
        secrecy::left_behind(path, text, &agenda.withheld, report);
    }
    doc.withheld_files.append(&mut agenda.withheld_files);
    if exempt.is_some() {
        let summaries = agenda
            .items
            .iter_mut()
            .flat_map(|i| std::mem::take(&mut i.sections));
        doc.public_summary = summaries
            .filter(|s| s.kind == SectionKind::PublicSummary)
            .collect();
        // Papers of the front matter are as secret as the text.
        let papers = doc.papers.iter().filter_map(|p| p.file.clone());
        doc.withheld_files.extend(papers.collect::<Vec<_>>());
        doc = MeetingDoc {
            title: doc.title,
            date: doc.date,
            bodies: doc.bodies,
            status: doc.status,
            public_summary: doc.public_summary,
            withheld_files: doc.withheld_files,
            ..MeetingDoc::default()
        };
    } else {
        doc.agenda = agenda;
    }
    doc.exempt = exempt;
    Read::Document(doc)
}

/// A first heading that names another day is a slip.
fn check_title_date(path: &SourcePath, title: &Mention, date: Option<Date>, report: &mut Report) {
    let found = dates::in_words(&title.text).first().map(|f| f.date);
    if let (Some(found), Some(date)) = (found, date)
        && found != date
    {
        let words = format!(
            "the title says {}, the meeting is filed under {}",
            dates::long(found),
            dates::long(date)
        );
        report.push(
            Diagnostic::new(&rules::DATE_DIFFERS, path, Some(title.span), words)
                .help("the file name counts; rename the file or mend the title"),
        );
    }
}

fn front(map: &mut Map, named: Option<Date>, release: Date, report: &mut Report) -> MeetingDoc {
    let mut doc = MeetingDoc {
        title: map.text("title", report),
        ..MeetingDoc::default()
    };
    let written = map.get("date").map(|node| {
        let mut said = Report::new();
        let date = node.date(&mut said);
        // The file name counts, so that a day nobody can read here stops nothing.
        if named.is_some() {
            said.diagnostics_mut()
                .iter_mut()
                .for_each(|d| d.severity = Severity::Warning);
        }
        report.merge(said);
        (node, date)
    });
    doc.date = named.or(written.as_ref().and_then(|w| w.1));
    if let (Some(named), Some((node, Some(written)))) = (named, &written)
        && named != *written
    {
        let words = format!("the front matter says {written}, the file is named {named}");
        report.push(
            node.diagnostic(&rules::DATE_DIFFERS, words)
                .help("the file name counts; take this key away or rename the file"),
        );
    }
    doc.bodies = map.mentions("bodies", report);
    doc.kind = map.text("kind", report);
    doc.status = map.one_of("status", Status::WORDS, report);
    doc.start = map.time("start", report);
    doc.end = map.time("end", report);
    doc.until = map.date("until", report);
    doc.continues = map.mention("continues", report);
    doc.venue = map.text("venue", report);
    doc.mode = map
        .one_of(
            "mode",
            &[
                ("in person", "in person"),
                ("remote", "remote"),
                ("hybrid", "hybrid"),
            ],
            report,
        )
        .map(str::to_owned);
    doc.attend = map.text("attend", report);
    if let Some(mut agenda) = map.map("agenda", report) {
        doc.agenda_published = agenda.date("published", report);
        agenda.finish(report);
    }
    if let Some(mut minutes) = map.map("minutes", report) {
        match waits(&mut minutes, release, report) {
            Ok(None) => {}
            Ok(Some(day)) => {
                doc.minutes_wait = Some(day);
                doc.waiting.push(day);
            }
            Err(Unreadable) => doc.minutes_wait = Some(Date::MAX),
        }
        doc.minutes = MinutesDoc {
            state: minutes.one_of(
                "status",
                &[
                    ("draft", MinutesState::Draft),
                    ("confirmed", MinutesState::Confirmed),
                ],
                report,
            ),
            published: minutes.date("published", report),
            confirmed_at: minutes.mention("confirmed_at", report),
        };
        minutes.finish(report);
        if doc.minutes_wait.is_some() {
            doc.minutes = MinutesDoc::default();
        }
    }
    for node in map.list("corrections") {
        if let Some(mut correction) = node.map(report) {
            let date = correction.date("date", report);
            let text = correction.text("text", report);
            correction.finish(report);
            doc.corrections.extend(text.map(|text| (date, text)));
        }
    }
    doc.places = MeetingPlaces {
        agenda: map.key_span("agenda"),
        minutes: map.key_span("minutes"),
        status: map.key_span("status"),
        end: map.key_span("end"),
        until: map.key_span("until"),
        continues: map.key_span("continues"),
    };
    doc.updated = map.date("updated", report);
    doc.complete = map.flag("complete", report);
    doc.webcast = map.text("webcast", report);
    for node in map.list("documents") {
        paper(node, release, &mut doc, report);
    }
    if let Some(attendance) = map.map("attendance", report) {
        attendance_of(attendance, &mut doc, report);
    }
    doc.aliases = map.mentions("aliases", report);
    doc.source = source(map, report);
    if doc.minutes_wait.is_some() {
        doc.attendance.clear();
        doc.movements.clear();
        doc.corrections.clear();
        doc.webcast = None;
    }
    doc
}

/// Where a record was imported from.
pub fn source(
    map: &mut Map,
    report: &mut Report,
) -> Option<(Option<String>, Option<String>, Option<String>)> {
    let mut source = map.map("source", report)?;
    let out = (
        source.text("system", report),
        source.text("url", report),
        source.text("retrieved", report),
    );
    // The file's name is for the one who imports again.
    let _ = source.text("file", report);
    source.finish(report);
    Some(out)
}

/// A paper of the front matter; one that waits or is exempt keeps no file.
fn paper(node: Node, release: Date, doc: &mut MeetingDoc, report: &mut Report) {
    let Some(mut map) = node.map(report) else { return };
    let waiting = waits(&mut map, release, report);
    let exempt = exemption(&mut map, report);
    let title = map.text("title", report);
    let file = map.mention("file", report).or_else(|| map.mention("url", report));
    let published = map.date("published", report);
    let supplement = map.flag("supplement", report).unwrap_or(false);
    map.finish(report);
    if waiting != Ok(None) {
        doc.waiting.extend(waiting.ok().flatten());
        doc.withheld_files.extend(file);
        return;
    }
    let titled = || title.as_deref().and_then(exempt::paper);
    let exempt = exempt.or_else(|| titled().map(Said::exemption));
    let file = if exempt.is_some() {
        doc.withheld_files.extend(file);
        None
    } else {
        file
    };
    if title.is_none() && file.is_none() {
        return;
    }
    doc.papers.push(PaperDoc {
        title,
        file,
        published,
        supplement,
        exempt,
        span: node.span(),
    });
}

/// The names of a text that lists several, as under a heading.
fn several(list: Mention) -> Vec<Mention> {
    let parts = names::divide(&list.text);
    let is_name = |part: &(usize, &str)| {
        let id = part.1.contains('-') && !part.1.contains(' ');
        let name = names::before_role(part.1);
        id || roles::looks_like_name(name) || wiki::opening(part.1).is_some_and(|(_, rest)| rest.is_empty())
    };
    if parts.len() < 2 || !parts.iter().all(is_name) {
        return vec![list];
    }
    let of = |part: &(usize, &str)| Mention {
        text: part.1.to_owned(),
        span: list.span,
    };
    parts.iter().map(of).collect()
}

/// Who is meant by a name that may be a `[[link]]`.
fn meant(who: Mention) -> Mention {
    let name = wiki::meant(&who.text);
    let name = name.strip_prefix("person:").unwrap_or(name).trim();
    if name.len() == who.text.len() {
        return who;
    }
    Mention {
        text: name.to_owned(),
        ..who
    }
}

fn attendance_of(mut map: Map, doc: &mut MeetingDoc, report: &mut Report) {
    let chair = map.mention("chair", report).map(meant);
    let keys: [(&'static str, Presence); 6] = [
        ("present", Presence::Present),
        ("remote", Presence::Remote),
        ("substitutes", Presence::Substitute),
        ("apologies", Presence::Apologies),
        ("absent", Presence::Absent),
        ("in_attendance", Presence::InAttendance),
    ];
    for (key, presence) in keys {
        for node in map.list(key) {
            let plain = AttendeeDoc {
                presence,
                who: Mention::default(),
                chair: false,
                role: None,
                organisation: None,
                reason: None,
                stands_for: None,
            };
            if node.is_map() {
                let Some(mut entry) = node.map(report) else {
                    continue;
                };
                let who = entry
                    .mention("person", report)
                    .or_else(|| entry.mention("name", report))
                    .map(meant);
                let attendee = AttendeeDoc {
                    role: entry.text("role", report),
                    organisation: entry.text("organisation", report),
                    reason: entry.text("reason", report),
                    stands_for: entry.mention("for", report),
                    ..plain
                };
                // Asked for either way, so that neither is unknown.
                let _ = entry.get("name");
                match who {
                    Some(who) => doc.attendance.push(AttendeeDoc { who, ..attendee }),
                    None => {
                        let named = entry.keys().iter().any(|key| key == "name");
                        entry.require(if named { "name" } else { "person" }, "say who it is", report);
                    }
                }
                entry.finish(report);
            } else if let Some(who) = node.mention(report) {
                let several = several(who).into_iter();
                doc.attendance.extend(several.map(|who| AttendeeDoc {
                    who: meant(who),
                    ..plain.clone()
                }));
            }
        }
    }
    if let Some(chair) = chair {
        match doc.attendance.iter_mut().find(|a| a.who.text == chair.text) {
            Some(known) => known.chair = true,
            None => doc.attendance.insert(
                0,
                AttendeeDoc {
                    presence: Presence::Present,
                    who: chair,
                    chair: true,
                    role: None,
                    organisation: None,
                    reason: None,
                    stands_for: None,
                },
            ),
        }
    }
    for node in map.list("movements") {
        let Some(mut movement) = node.map(report) else {
            continue;
        };
        let who = movement.mention("person", report).map(meant);
        let arrived = movement.time("arrived", report);
        let left = movement.time("left", report);
        let returned = movement.time("returned", report);
        match who {
            Some(who) => doc.movements.push(MovementDoc {
                who,
                arrived,
                left,
                returned,
            }),
            None => movement.require("person", "say who came or went", report),
        }
        movement.finish(report);
    }
    map.finish(report);
}
