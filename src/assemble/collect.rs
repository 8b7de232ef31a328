//! Which records there are: those with a file, and those that a folder or a
//! mention makes. Their texts are not looked at yet.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use jiff::civil::Date;

use super::links::KnownNames;
use super::names::{Found, Names, Strangers, guesses};
use super::papers::{Papers, file_part};
use super::people;
use super::resolve::{HiddenNames, World};
use super::roll;
use crate::config::{Config, Undeclared};
use crate::document::front_matter::Mention;
use crate::document::meeting::MeetingDoc;
use crate::document::prose::{HrefKind, Written};
use crate::document::{Document, Documents, Record};
use crate::model::*;
use crate::paths::{SourcePath, Span};
use crate::report::{Diagnostic, Report, rules};
use crate::source::{Kind, Sources};
use crate::text::{names as spelling, nothing, slug, wiki};

/// The records with their ids, and the documents that their texts are made of.
pub struct Collected {
    pub world: World,
    pub bodies: Table<Body>,
    pub people: Table<Person>,
    pub issues: Table<Issue>,
    pub topics: Table<Topic>,
    /// In the order of their ids.
    pub meetings: Vec<FiledMeeting>,
    pub decisions: Vec<(
        SourcePath,
        String,
        Date,
        Box<crate::document::records::DecisionDoc>,
    )>,
    pub pages: Vec<(SourcePath, String, crate::document::records::PageDoc)>,
    pub home: Option<(SourcePath, crate::document::records::PageDoc)>,
    pub body_docs: Vec<(BodyId, SourcePath, Box<crate::document::records::BodyDoc>)>,
    pub person_docs: Vec<(PersonId, SourcePath, Box<crate::document::records::PersonDoc>)>,
    pub issue_docs: Vec<(IssueId, SourcePath, Box<crate::document::records::IssueDoc>)>,
    pub next_release: Option<Release>,
}

/// A meeting with its day and its body.
pub struct FiledMeeting {
    pub path: SourcePath,
    pub id: String,
    pub date: Date,
    pub body: BodyId,
    pub doc: Box<MeetingDoc>,
    pub first_item: u32,
}

pub fn collect(documents: Documents, sources: &Sources, config: &Config, report: &mut Report) -> Collected {
    let release = |day: Date, path: &SourcePath| Release {
        day,
        source: path.clone(),
    };
    let mut next_release = documents.hidden.iter().map(|h| release(h.until, &h.path)).min();
    let hidden = hidden_names(&documents);
    let hidden_bodies: BTreeSet<String> = documents
        .hidden
        .iter()
        .filter(|h| h.kind == Kind::Body)
        .map(|h| h.id.clone())
        .collect();

    let mut bodies: Table<Body> = Table::default();
    let mut people_table: Table<Person> = Table::default();
    let mut issues: Table<Issue> = Table::default();
    let mut out_bodies = Vec::new();
    let mut out_people = Vec::new();
    let mut out_issues = Vec::new();
    let mut decisions = Vec::new();
    let mut pages = Vec::new();
    let mut home = None;
    let mut meetings: Vec<(SourcePath, crate::source::Place, Box<MeetingDoc>)> = Vec::new();
    for Document { path, place, record } in documents.documents {
        match record {
            Record::Home(doc) => home = Some((path, doc)),
            Record::Page(doc) => pages.push((path, place.id, doc)),
            Record::Body(doc) => {
                missing(
                    doc.name.is_none(),
                    &path,
                    "name",
                    "what the body is called",
                    report,
                );
                let id = bodies.push(people::body(&place.id, &path, &doc));
                out_bodies.push((id, path, doc));
            }
            Record::Person(doc) => {
                missing(
                    doc.name.is_none(),
                    &path,
                    "name",
                    "what the person is called",
                    report,
                );
                let id = people_table.push(people::person(&place.id, &path, &doc));
                // Of one who has no page, none is ever published.
                let waiting = doc.waiting.iter().filter(|_| doc.listed);
                let waiting = waiting.map(|day| release(*day, &path));
                next_release = next_release.into_iter().chain(waiting).min();
                out_people.push((id, path, doc));
            }
            Record::Issue(doc) => {
                missing(
                    doc.title.is_none(),
                    &path,
                    "title",
                    "what the issue is called",
                    report,
                );
                let id = issues.push(people::issue(&place.id, &path, &doc));
                out_issues.push((id, path, doc));
            }
            Record::Decision(doc) => match doc.date {
                Some(date) => decisions.push((path, place.id, date, doc)),
                None => no_date(&path, "decision", report),
            },
            Record::Meeting(doc) => {
                let body = place.body.clone().unwrap_or_default();
                if !hidden_bodies.contains(&body) {
                    let waiting = doc.waiting.iter().map(|day| release(*day, &path));
                    next_release = next_release.into_iter().chain(waiting).min();
                    meetings.push((path, place, doc));
                }
            }
        }
    }
    decisions.sort_by(|a, b| (a.2, &a.1).cmp(&(b.2, &b.1)));

    // A folder of minutes alone is already a body.
    let mut body_names: Names<Body> = Names::new(false);
    bodies
        .iter()
        .for_each(|(id, b)| body_names.add(&b.id, &b.name, &b.aliases, id));
    for (_, place, _) in &meetings {
        let folder = place.body.as_deref().unwrap_or("meetings");
        if !body_names.has_id(folder) {
            let body = people::folder_body(folder);
            let name = body.name.clone();
            let id = bodies.push(body);
            body_names.add(folder, &name, &[], id);
        }
    }

    let mut filed = Vec::new();
    for (path, place, doc) in meetings {
        let Some(date) = doc.date else {
            no_date(&path, "meeting", report);
            continue;
        };
        let folder = place.body.as_deref().unwrap_or("meetings");
        let Some(body) = body_names.id(folder) else {
            continue;
        };
        filed.push(FiledMeeting {
            path,
            id: place.id,
            date,
            body,
            doc,
            first_item: 0,
        });
    }
    filed.sort_by(|a, b| (a.date, &a.id).cmp(&(b.date, &b.id)));

    let mut people_names: Names<Person> = Names::new(true);
    people_table
        .iter()
        .for_each(|(id, p)| people_names.add(&p.id, &p.name, &p.aliases, id));
    let people_files: HashSet<&SourcePath> = out_people.iter().map(|person| &person.1).collect();
    let of_person = |path: &SourcePath, dest: &str| {
        let file = file_part(dest).and_then(|file| path.join(&file));
        dest.starts_with("/people/")
            || file.is_some_and(|file| people_files.contains(&file) || hidden.paths.contains(&file))
    };
    let strangers = strangers(
        &filed,
        &out_bodies,
        &people_names,
        &body_names,
        &hidden,
        of_person,
    );
    let often = strangers.often();
    let most = guesses(people_names.spellings().max(often.len()));
    for (n, stranger) in strangers.found.iter().enumerate() {
        let near = match n < most {
            true => people_names.nearest(&stranger.name),
            false => None,
        };
        judge(stranger, "person", near, config.undeclared, report);
        if near.is_none()
            && n < most
            && let Some(other) = stranger.nearly(&often)
        {
            let words = format!(
                "`{}` is written {}, `{}` {} times: they are shown as two people",
                stranger.name,
                once(stranger.times),
                other.name,
                other.times
            );
            report.push(
                Diagnostic::new(&rules::NEAR_NAME, &stranger.path, Some(stranger.span), words).help(format!(
                    "did you mean `{}`? If they are two, give each a file in `people/`",
                    other.name
                )),
            );
        }
    }
    for stranger in strangers.found {
        let name = spelling::without_honorifics(&stranger.name).to_owned();
        let id = free_id(slug(&name), |id| people_names.has_id(id));
        let row = people_table.push(people::stranger(id.clone(), &name));
        people_names.add(&id, &name, &[], row);
    }

    let mut issue_names: Names<Issue> = Names::new(false);
    issues
        .iter()
        .for_each(|(id, i)| issue_names.add(&i.id, &i.title, &i.aliases, id));
    let strangers = strange_issues(&filed, &decisions, &issue_names, &hidden);
    let most = guesses(issue_names.spellings());
    for (n, stranger) in strangers.found.iter().enumerate() {
        let near = match n < most {
            true => issue_names.nearest(&stranger.name),
            false => None,
        };
        judge(stranger, "issue", near, config.undeclared, report);
    }
    for stranger in strangers.found {
        let id = free_id(slug(&stranger.name), |id| issue_names.has_id(id));
        let title = if stranger.name == id {
            people::from_id(&id)
        } else {
            stranger.name
        };
        let row = issues.push(people::named_issue(id.clone(), &title));
        issue_names.add(&id, &title, &[], row);
    }

    body_names.settle();
    people_names.settle();
    issue_names.settle();

    let mut records: HashMap<SourcePath, Target> = HashMap::new();
    out_bodies
        .iter()
        .for_each(|(id, path, _)| drop(records.insert(path.clone(), Target::Body(*id))));
    out_people
        .iter()
        .for_each(|(id, path, _)| drop(records.insert(path.clone(), Target::Person(*id))));
    out_issues
        .iter()
        .for_each(|(id, path, _)| drop(records.insert(path.clone(), Target::Issue(*id))));
    // Ids of what is pushed later, in the order in which it will be.
    let mut by_meeting = BTreeMap::new();
    let mut by_item = HashMap::new();
    let mut item_count = 0u32;
    for (n, meeting) in filed.iter_mut().enumerate() {
        let id = MeetingId::from_index(n);
        by_meeting.insert(meeting.id.clone(), id);
        records.insert(meeting.path.clone(), Target::Meeting(id));
        meeting.first_item = item_count;
        for item in &meeting.doc.agenda.items {
            let item_id = ItemId::from_index(item_count as usize);
            item_count += 1;
            by_item.insert((id, item.address.clone()), item_id);
            for other in item.number.iter().chain(&item.other_number) {
                by_item.entry((id, slug(other))).or_insert(item_id);
                by_item.entry((id, other.clone())).or_insert(item_id);
            }
        }
    }
    let mut by_decision = HashMap::new();
    for (n, (path, id, ..)) in decisions.iter().enumerate() {
        by_decision.insert(id.clone(), DecisionId::from_index(n));
        records.insert(path.clone(), Target::Decision(DecisionId::from_index(n)));
    }
    let mut by_page = HashMap::new();
    for (n, (path, id, _)) in pages.iter().enumerate() {
        by_page.insert(id.clone(), PageId::from_index(n));
        records.insert(path.clone(), Target::Page(PageId::from_index(n)));
    }
    if let Some((path, _)) = &home {
        records.insert(path.clone(), Target::Home);
    }

    let (topics, by_topic) = topics(&out_issues, &filed);
    let unlisted = people_table
        .iter()
        .filter(|(_, p)| !p.listed)
        .map(|(id, _)| id)
        .collect();
    let known = if config.autolink {
        known_names(&people_table, &people_names)
    } else {
        KnownNames::new(Vec::new())
    };
    let mut collected = Collected {
        world: World {
            bodies: body_names,
            people: people_names,
            issues: issue_names,
            meetings: by_meeting,
            items: by_item,
            decisions: by_decision,
            pages: by_page,
            topics: by_topic,
            records,
            papers: Papers::default(),
            hidden,
            known,
            unlisted,
        },
        bodies,
        people: people_table,
        issues,
        topics,
        meetings: filed,
        decisions,
        pages,
        home,
        body_docs: out_bodies,
        person_docs: out_people,
        issue_docs: out_issues,
        next_release,
    };
    collect_papers(&mut collected, sources, report);
    collected
}

fn missing(is: bool, path: &SourcePath, key: &str, what: &str, report: &mut Report) {
    if is {
        let words = format!("the key `{key}` is missing: {what}");
        report.push(
            Diagnostic::new(&rules::MISSING_KEY, path, None, words).help(format!(
                "write `{key}: …` between two lines of `---` at the top of the file"
            )),
        );
    }
}

fn no_date(path: &SourcePath, what: &str, report: &mut Report) {
    let near = crate::source::dates::meant(path.stem()).map(|d| format!("did you mean `{d}.md`?"));
    let words = format!("this {what} has no date");
    report.push(
        Diagnostic::new(&rules::NO_DATE, path, None, words)
            .help(near.unwrap_or_else(|| "name the file after its day, like `2017-06-27.md`, or write `date: 2017-06-27` in its front matter".into())),
    );
}

fn hidden_names(documents: &Documents) -> HiddenNames {
    let mut hidden = HiddenNames::default();
    for record in &documents.hidden {
        hidden.keys.insert(record.id.clone());
        hidden.keys.extend(record.names.iter().map(|n| spelling::key(n)));
        hidden.paths.insert(record.path.clone());
        let alone = record.path.stem() == "index" && !matches!(record.kind, Kind::Home | Kind::Page);
        hidden
            .folders
            .extend(alone.then(|| format!("{}/", record.path.parent())));
    }
    for (path, place) in &documents.spoiled {
        hidden.keys.insert(place.id.clone());
        hidden.paths.insert(path.clone());
    }
    hidden
}

fn once(times: usize) -> String {
    if times == 1 {
        "once".to_owned()
    } else {
        format!("{times} times")
    }
}

/// An id that nobody has yet.
fn free_id(base: String, taken: impl Fn(&str) -> bool) -> String {
    let mut id = base.clone();
    let mut n = 2;
    while taken(&id) {
        id = format!("{base}-{n}");
        n += 1;
    }
    id
}

/// What is said about a name without a file.
fn judge(
    stranger: &super::names::Stranger,
    kind: &str,
    near: Option<&str>,
    undeclared: Undeclared,
    report: &mut Report,
) {
    let help = near.map(|n| format!("did you mean `{n}`?"));
    let name = &stranger.name;
    let (rule, words) = match (undeclared, &help) {
        (Undeclared::Deny, _) => (
            &rules::UNKNOWN_REFERENCE,
            format!("there is no {kind} called `{name}`"),
        ),
        (Undeclared::Warn, _) => (
            &rules::UNDECLARED,
            format!("the {kind} `{name}` has no file of its own"),
        ),
        (Undeclared::Allow, Some(_)) => (
            &rules::NEAR_NAME,
            format!("the {kind} `{name}` has no file; a known name is very near"),
        ),
        (Undeclared::Allow, None) => return,
    };
    report.push(Diagnostic::new(rule, &stranger.path, Some(stranger.span), words).maybe_help(help));
}

/// Names in attendance, membership and votes that no record bears.
fn strangers(
    filed: &[FiledMeeting],
    bodies: &[(BodyId, SourcePath, Box<crate::document::records::BodyDoc>)],
    people: &Names<Person>,
    body_names: &Names<Body>,
    hidden: &HiddenNames,
    of_person: impl Fn(&SourcePath, &str) -> bool,
) -> Strangers {
    let mut strangers = Strangers::default();
    // One spelling stands in many lists: as what a stranger is known by, if it is one.
    let mut keys: HashMap<String, Option<String>> = HashMap::new();
    let key_of = |who: &str| {
        let free = people.find(who) == Found::None && body_names.find(who) == Found::None;
        let key = (roll::can_be_name(who) && free && !hidden.holds(who)).then(|| people.key(who));
        key.filter(|key| !key.is_empty())
    };
    let mut meet = |path: &SourcePath, who: &str, span: Span| {
        let who = wiki::meant(who).trim();
        let known = match keys.get(who) {
            Some(known) => known,
            None => keys.entry(who.to_owned()).or_insert_with(|| key_of(who)),
        };
        if let Some(key) = known {
            strangers.meet(key, who, path, span);
        }
    };
    for (_, path, doc) in bodies {
        doc.members
            .iter()
            .for_each(|m| meet(path, &m.who.text, m.who.span));
    }
    for meeting in filed {
        let doc = &meeting.doc;
        for attendee in doc
            .attendance
            .iter()
            .filter(|a| a.presence != Presence::InAttendance)
        {
            let who = &attendee.who;
            if who.text.ends_with(')') {
                let apart = roll::apart(attendee.clone(), |name| people.find(name) != Found::None);
                meet(&meeting.path, &apart.who.text, who.span);
            } else {
                meet(&meeting.path, &who.text, who.span);
            }
        }
        for section in doc
            .agenda
            .attendance
            .iter()
            .filter(|s| s.presence != Presence::InAttendance)
        {
            // Who is known is no stranger.
            for listed in roll::listed(section, |_| false) {
                // A link to a record says who it is; the words need not.
                let link = listed.link.map(|link| &section.prose.links[link as usize]);
                if !link.is_some_and(|link| of_person(&meeting.path, &link.dest)) {
                    meet(&meeting.path, &listed.who.text, listed.who.span);
                }
            }
        }
        for vote in doc
            .agenda
            .items
            .iter()
            .flat_map(|i| &i.sections)
            .filter_map(|s| s.vote.as_ref())
        {
            for line in &vote.lines {
                match line.key {
                    VoteKey::MovedBy | VoteKey::SecondedBy => {
                        for (_, name) in roll::movers(&line.value.text) {
                            meet(&meeting.path, &name, line.value.span);
                        }
                    }
                    VoteKey::For | VoteKey::Against | VoteKey::Abstained | VoteKey::NotVoting => {
                        for (_, name) in roll::tally(&line.value.text).names {
                            meet(&meeting.path, &name, line.value.span);
                        }
                    }
                    _ => {}
                }
            }
        }
    }
    strangers
}

/// Whether an `Issue:` line says that there is none, or none yet.
pub fn no_issue(value: &Mention, known: impl Fn(&str) -> bool) -> bool {
    let says_so = nothing::is_nothing(&value.text) || nothing::is_open(&value.text);
    says_so && !known(value.text.trim())
}

/// The parts of an `Issue:` line: its `[[links]]`, or those between its commas
/// when every one of them is known; else the whole.
pub fn issue_parts(value: &Mention, known: impl Fn(&str) -> bool) -> Vec<&str> {
    if let Some(parts) = wiki::parts(&value.text) {
        let parts = parts.into_iter();
        return parts
            .map(|part| part.strip_prefix("issue:").unwrap_or(part))
            .collect();
    }
    if no_issue(value, &known) {
        return Vec::new();
    }
    let whole = value.text.trim();
    if known(whole) || !whole.contains(',') {
        return vec![whole];
    }
    let parts: Vec<&str> = whole
        .split(',')
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .collect();
    if parts.iter().all(|p| known(p)) {
        parts
    } else {
        vec![whole]
    }
}

fn strange_issues<'d>(
    filed: &'d [FiledMeeting],
    decisions: &'d [(
        SourcePath,
        String,
        Date,
        Box<crate::document::records::DecisionDoc>,
    )],
    issues: &Names<Issue>,
    hidden: &HiddenNames,
) -> Strangers {
    let mut strangers = Strangers::default();
    let known = |text: &str| issues.find(text) != Found::None || hidden.holds(text);
    // Many items name one issue: what is strange in a line, with its key.
    let mut lines: HashMap<&str, Vec<(String, &str)>> = HashMap::new();
    let mut meet = |path: &SourcePath, value: &'d Mention| {
        let strange = || {
            let parts = issue_parts(value, known).into_iter();
            let unknown = parts.filter(|part| !part.is_empty() && !known(part));
            unknown.map(|part| (issues.key(part), part)).collect()
        };
        for (key, part) in lines.entry(&value.text).or_insert_with(strange) {
            strangers.meet(key, part, path, value.span);
        }
    };
    for meeting in filed {
        for field in meeting
            .doc
            .agenda
            .items
            .iter()
            .flat_map(|i| &i.fields)
            .filter(|f| f.key == FieldKey::Issue)
        {
            meet(&meeting.path, &field.value);
        }
    }
    for (path, _, _, doc) in decisions {
        doc.issues.iter().for_each(|issue| meet(path, issue));
    }
    strangers
}

/// What is longer is not looked for in texts.
const LONGEST_NAME: usize = 120;

/// Names of two words or more that one person alone bears.
fn known_names(table: &Table<Person>, names: &Names<Person>) -> KnownNames {
    let mut spellings = Vec::new();
    for (id, person) in table.iter().filter(|(_, p)| p.listed) {
        for spelling_of in std::iter::once(&person.name).chain(&person.aliases) {
            let bare = spelling::without_honorifics(spelling_of);
            if bare.len() <= LONGEST_NAME
                && bare.split_whitespace().count() >= 2
                && names.find(bare) == Found::One(id)
            {
                spellings.push((bare.to_owned(), id));
            }
        }
    }
    spellings.sort();
    spellings.dedup();
    KnownNames::new(spellings)
}

/// A topic in small letters gets a capital, as one that is written as an id does.
fn capital(name: String) -> String {
    let mut chars = name.chars();
    match chars.next() {
        Some(first) if first.is_lowercase() => first.to_uppercase().chain(chars).collect(),
        _ => name,
    }
}

type Topics = (Table<Topic>, BTreeMap<String, TopicId>);

fn topics(
    issues: &[(IssueId, SourcePath, Box<crate::document::records::IssueDoc>)],
    filed: &[FiledMeeting],
) -> Topics {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for name in issues.iter().flat_map(|i| &i.2.topics) {
        names.entry(slug(name)).or_insert_with(|| name.clone());
    }
    for field in filed
        .iter()
        .flat_map(|m| &m.doc.agenda.items)
        .flat_map(|i| &i.fields)
        .filter(|f| f.key == FieldKey::Tags)
    {
        for (_, name) in spelling::divide(&field.value.text) {
            names.entry(slug(name)).or_insert_with(|| name.to_owned());
        }
    }
    let mut table = Table::default();
    let mut by_id = BTreeMap::new();
    for (id, name) in names {
        let name = if name == id {
            people::from_id(&id)
        } else {
            capital(name)
        };
        let row = table.push(Topic {
            id: id.clone(),
            name,
            issues: Vec::new(),
            items: Vec::new(),
        });
        by_id.insert(id, row);
    }
    (table, by_id)
}

/// Finds every file that visible text links to, and gives it the address of
/// the first record that does: meetings in the order of their days first.
fn collect_papers(collected: &mut Collected, sources: &Sources, report: &mut Report) {
    let mut papers = Papers::default();
    let mut secret_folders = BTreeSet::new();
    for meeting in &collected.meetings {
        for file in &meeting.doc.withheld_files {
            if let Some(path) = file_part(&file.text).and_then(|p| meeting.path.join(&p)) {
                papers.withheld.insert(path);
            }
        }
        let secret = !meeting.doc.agenda.withheld.is_empty()
            || meeting.doc.exempt.is_some()
            || !meeting.doc.withheld_files.is_empty();
        if secret {
            secret_folders.insert(meeting.path.parent().to_owned());
        }
    }
    // Of records that wait not even the folder is named.
    let hidden = &collected.world.hidden;
    papers.silent = hidden.paths.iter().map(|p| p.parent().to_owned()).collect();
    for folder in &hidden.folders {
        let from = SourcePath::new(folder.as_str());
        let inside = sources.papers.range(from..).map(|(path, _)| path);
        for path in inside.take_while(|path| path.as_str().starts_with(folder)) {
            papers.silent.insert(path.parent().to_owned());
            papers.withheld.insert(path.clone());
        }
    }
    let texts = texts(collected);
    for (path, _, prose) in &texts {
        for link in prose.links.iter().filter(|l| l.kind == HrefKind::Withheld) {
            if let Some(file) = file_part(&link.dest).and_then(|p| path.join(&p)) {
                papers.withheld.insert(file);
                secret_folders.insert(path.parent().to_owned());
            }
        }
    }
    for meeting in &collected.meetings {
        let home = format!("meetings/{}/", meeting.id);
        for file in meeting.doc.papers.iter().filter_map(|p| p.file.as_ref()) {
            papers.want(&meeting.path, &file.text, &home, file.span, sources, report);
        }
    }
    for (path, home, prose) in &texts {
        papers.want_all(path, prose, home, sources, report);
    }
    for (id, path, doc) in collected.person_docs.iter().filter(|p| p.2.listed) {
        let home = format!("people/{}/", collected.people[*id].id);
        doc.interests
            .iter()
            .for_each(|(_, f)| papers.want(path, &f.text, &home, f.span, sources, report));
    }
    papers.unlinked(sources, &secret_folders, report);
    collected.world.papers = papers;
}

/// Every written text that holds links, with its file and the address of its
/// record: meetings in the order of their days first.
fn texts<'c>(collected: &'c Collected) -> Vec<(&'c SourcePath, Rc<str>, &'c Written)> {
    let mut out: Vec<(&SourcePath, Rc<str>, &Written)> = Vec::new();
    for meeting in &collected.meetings {
        let home: Rc<str> = format!("meetings/{}/", meeting.id).into();
        let doc = &meeting.doc;
        let mut add = |prose: &'c Written| {
            // Most have none.
            if !prose.links.is_empty() {
                out.push((&meeting.path, home.clone(), prose));
            }
        };
        add(&doc.agenda.preamble);
        doc.agenda.attendance.iter().for_each(|a| add(&a.prose));
        doc.public_summary.iter().for_each(|s| add(&s.prose));
        for item in &doc.agenda.items {
            item.fields.iter().for_each(|f| add(&f.prose));
            item.sections.iter().for_each(|s| add(&s.prose));
            item.sections
                .iter()
                .filter_map(|s| s.vote.as_ref())
                .flat_map(|v| &v.lines)
                .for_each(|l| add(&l.prose));
        }
        doc.agenda.close.iter().for_each(|c| add(&c.1));
    }
    for (path, id, _, doc) in &collected.decisions {
        doc.sections
            .iter()
            .for_each(|s| out.push((path, format!("decisions/{id}/").into(), &s.prose)));
    }
    for (id, path, doc) in collected.person_docs.iter().filter(|p| p.2.listed) {
        out.push((
            path,
            format!("people/{}/", collected.people[*id].id).into(),
            &doc.text,
        ));
    }
    for (id, path, doc) in &collected.issue_docs {
        out.push((
            path,
            format!("issues/{}/", collected.issues[*id].id).into(),
            &doc.text,
        ));
    }
    for (id, path, doc) in &collected.body_docs {
        out.push((
            path,
            format!("bodies/{}/", collected.bodies[*id].id).into(),
            &doc.text,
        ));
    }
    for (path, id, doc) in &collected.pages {
        out.push((path, format!("{id}/").into(), &doc.text));
    }
    if let Some((path, doc)) = &collected.home {
        out.push((path, "".into(), &doc.text));
    }
    out.retain(|text| !text.2.links.is_empty());
    out
}
