//! Any pile of minutes in Markdown or HTML, steered by a small mapping.
//!
//! What a date, a body, an item or a name looks like is different in every
//! pile. The mapping (`import.toml`) says so; without one, [`survey`] looks at
//! the files and drafts it, with what it saw, and nothing is imported until
//! somebody has read it.

pub(super) mod dates;
pub(super) mod divide;
pub(super) mod mapping;
pub(super) mod people;
mod refs;
pub(super) mod survey;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::draft::{Draft, Fate, Held, Imported, held_name};
use super::known::{Bodies, earlier};
use super::{Job, html, lines, texts};
use crate::document::written::{Front, ItemText, RecordText, SectionText, Value};
use crate::text::names;
pub use mapping::Order;

use divide::{Divided, divide, together};
use mapping::{Mapping, Role};
use people::People;

/// A file, divided, and what it says of its meeting.
pub(super) struct Sheet {
    pub origin: usize,
    pub name: String,
    pub divided: Divided,
    pub role: Role,
    pub date: Option<(Date, String)>,
    pub body: Option<String>,
    pub missing: Vec<String>,
}

/// An importer that brings sheets: its word, and what helps when something is
/// missing.
pub(super) struct Way {
    pub system: &'static str,
    pub help: &'static str,
}

const MARKDOWN: Way = Way {
    system: "markdown",
    help: "Say in import.toml where it stands, or name this file alone with --body \"NAME\" --date YYYY-MM-DD.",
};

pub(super) fn read(job: &Job) -> Imported {
    let mut imported = Imported::default();
    let read = texts(job, &mut imported);
    let Some(text) = &job.options.mapping else {
        let files: Vec<(&str, String)> = read
            .iter()
            .map(|(_, f, t)| (f.name.as_str(), as_markdown(&f.name, t)))
            .collect();
        imported.mapping = Some(survey::draft(&files));
        return imported;
    };
    let mapping = match Mapping::read(text) {
        Ok(mapping) => mapping.or_order(job.options.order),
        Err(why) => {
            imported.refused = Some(why);
            return imported;
        }
    };
    let mut sheets = Vec::new();
    for (at, file, text) in read {
        let origin = &mut imported.origins[at];
        let Some(role) = mapping.role(&file.name) else {
            origin.skip("the mapping says so");
            continue;
        };
        let text = as_markdown(&file.name, &text);
        origin.says(&text);
        role.word().clone_into(&mut origin.what);
        let mut divided = divide(&text, &mapping, origin);
        if origin.fate != Fate::Read {
            continue;
        }
        if divided.is_empty() {
            origin.skip("there is no text in it");
            continue;
        }
        let (date, mut missing) = dates::of(&file.name, &divided, &mapping, origin);
        let date = date.or_else(|| job.options.date.map(|d| (d, "the option --date".to_owned())));
        if let Some((day, _)) = &date {
            divided.date = Some(*day);
            missing.clear();
        }
        let body = mapping
            .body(&file.name, &divided)
            .or_else(|| job.options.body.clone());
        if body.is_none() {
            missing.push("it does not say whose meeting it was".to_owned());
        }
        sheets.push(Sheet {
            origin: at,
            name: file.name.clone(),
            divided,
            role,
            date,
            body,
            missing,
        });
    }
    recall(&mut sheets, job, &MARKDOWN);
    gather(sheets, &mapping, job, &MARKDOWN, &mut imported);
    imported
}

/// What somebody said of a file once holds for the next time, while the file is
/// what the record was made of: in a pile, many a file has the name of another.
pub(super) fn recall(sheets: &mut [Sheet], job: &Job, way: &Way) {
    if sheets.iter().all(|sheet| sheet.missing.is_empty()) {
        return;
    }
    let before = earlier(job.known, job.labels, way.system);
    let bodies = Bodies::of(job.known, job.labels);
    for sheet in sheets.iter_mut().filter(|sheet| !sheet.missing.is_empty()) {
        let made = before.get(&sheet.name).into_iter().flatten();
        let Some(made) = made.into_iter().find(|made| sheet.divided.is_told_in(made.text)) else {
            continue;
        };
        let said = "an earlier import of the same file".to_owned();
        sheet.date.get_or_insert((made.date, said));
        let name = || bodies.of_id(&made.body).unwrap_or_else(|| made.body.clone());
        sheet.body.get_or_insert_with(name);
        sheet.divided.date = sheet.date.as_ref().map(|d| d.0);
        sheet.missing.clear();
    }
}

/// Makes records of sheets: meetings, their bodies, their issues, and people of
/// several names.
pub(super) fn gather(
    mut sheets: Vec<Sheet>,
    mapping: &Mapping,
    job: &Job,
    way: &Way,
    imported: &mut Imported,
) {
    if mapping.group_by_folder() {
        share_date(&mut sheets);
    }
    let known = Bodies::of(job.known, job.labels);
    let lists = sheets
        .iter()
        .flat_map(|s| &s.divided.items)
        .filter(|i| i.is_names());
    let met: BTreeSet<String> = lists.map(|i| i.title.clone()).collect();
    let people = People::gather(sheets.iter().map(|s| &s.divided), mapping);
    for sheet in &sheets {
        let passed: Vec<String> = people.passed(&sheet.divided).map(|p| format!("`{p}`")).collect();
        if !passed.is_empty() {
            imported.origins[sheet.origin].notes.push(format!(
                "counted as nobody, where names stand: {}; below [people] of a mapping you can say who is meant",
                passed.join(", ")
            ));
        }
    }
    let mut meetings: BTreeMap<(String, Date), Vec<Sheet>> = BTreeMap::new();
    for sheet in sheets {
        match (&sheet.body, &sheet.date) {
            (Some(body), Some((date, _))) => meetings.entry((known.id(body), *date)).or_default().push(sheet),
            _ => hold(sheet, mapping, &people, job, way, imported),
        }
    }
    let mut issues = refs::Issues::default();
    let mut bodies: BTreeMap<String, (String, BTreeSet<usize>)> = BTreeMap::new();
    for ((body, date), sheets) in meetings {
        for group in apart(sheets, imported) {
            let Some(first) = group.first() else { continue };
            let name = first.body.clone().unwrap_or_default();
            let dated = group
                .iter()
                .find_map(|s| s.date.clone())
                .map_or_else(String::new, |d| d.1);
            let from: BTreeSet<usize> = group.iter().map(|s| s.origin).collect();
            bodies
                .entry(body.clone())
                .or_insert_with(|| (name, BTreeSet::new()))
                .1
                .extend(&from);
            let text = record(group, mapping, &people, &mut issues, &from, job, way);
            let mut draft = Draft::new(format!("meetings/{body}/{date}.md"), text, from);
            draft.dated = Some((date, dated));
            imported.drafts.push(draft);
        }
    }
    for (id, (name, from)) in bodies {
        let front = Front::new()
            .with("name", Some(name))
            .with("source", source(&[], job, way));
        let text = RecordText {
            front,
            ..RecordText::default()
        };
        imported.drafts.push(Draft {
            modest: true,
            ..Draft::new(format!("bodies/{id}.md"), text, from)
        });
    }
    issues.drafts(&source(&[], job, way), imported);
    people.drafts(&source(&[], job, way), imported);
    imported.notes.extend(mapping.advice(&met));
}

/// HTML minutes as Markdown; Markdown as it is. A page is known by the ending of
/// its name, or by how it begins; Markdown may hold HTML of its own.
fn as_markdown(name: &str, text: &str) -> String {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    let is_page = matches!(ending.as_deref(), Some("html" | "htm" | "xhtml"));
    let head = text.trim_start().get(..9).unwrap_or_default().to_lowercase();
    if is_page
        || ["<!doctype", "<html", "<?xml"]
            .iter()
            .any(|tag| head.starts_with(tag))
    {
        let made = html::lines(text, None);
        return lines::write(&made, 1);
    }
    text.to_owned()
}

/// Where it comes from.
fn source(files: &[&str], job: &Job, way: &Way) -> Option<Front> {
    let file = match files {
        [] => None,
        [one] => Some(Value::Text((*one).to_owned())),
        many => Some(Value::Text(many.join(", "))),
    };
    Some(
        Front::new()
            .with("system", Some(way.system))
            .with("file", file)
            .with("retrieved", job.options.retrieved),
    )
}

/// Files of one folder are of one meeting: the day that one of them gives is
/// the day of all.
fn share_date(sheets: &mut [Sheet]) {
    let folder = |name: &str| name.split('/').next().unwrap_or("").to_owned();
    let mut known: BTreeMap<String, (Date, String)> = BTreeMap::new();
    for sheet in sheets.iter() {
        if let Some(date) = &sheet.date {
            known.entry(folder(&sheet.name)).or_insert_with(|| date.clone());
        }
    }
    for sheet in sheets.iter_mut().filter(|s| s.date.is_none()) {
        if let Some(date) = known.get(&folder(&sheet.name)) {
            sheet.date = Some((date.0, format!("{}, of another file of its folder", date.1)));
            sheet.missing.retain(|m| !m.contains("day"));
        }
    }
}

/// Files of one body and day are one meeting if they are its minutes and its
/// agenda, or nearly the same; else each is a meeting.
fn apart(mut sheets: Vec<Sheet>, imported: &mut Imported) -> Vec<Vec<Sheet>> {
    sheets.sort_by(|a, b| (a.role, &a.name).cmp(&(b.role, &b.name)));
    let mut groups: Vec<Vec<Sheet>> = Vec::new();
    for sheet in sheets {
        let twin = groups.iter_mut().find(|g| {
            let first = &g[0];
            let near = |a: &str, b: &str| {
                let folder = |n: &str| n.split('/').next().unwrap_or("").to_owned();
                !a.contains('/') && !b.contains('/') || folder(a) == folder(b)
            };
            match (first.role, sheet.role) {
                (Role::Minutes, Role::Minutes) => first.divided.is_like(&sheet.divided),
                _ => {
                    near(&first.name, &sheet.name)
                        && !g.iter().any(|s| s.role == sheet.role && s.role == Role::Minutes)
                }
            }
        });
        match twin {
            Some(group) => {
                if group[0].role == Role::Minutes && sheet.role == Role::Minutes {
                    let longer = group[0].divided.words() < sheet.divided.words();
                    let kept = if longer { &sheet.name } else { &group[0].name };
                    let note = format!(
                        "it is the same meeting as {kept}, told with fewer words; one record is made"
                    );
                    let at = if longer { group[0].origin } else { sheet.origin };
                    imported.origins[at].notes.push(note);
                    if longer {
                        group.insert(0, sheet);
                    } else {
                        group.push(sheet);
                    }
                } else {
                    group.push(sheet);
                }
            }
            None => groups.push(vec![sheet]),
        }
    }
    groups
}

fn hold(sheet: Sheet, mapping: &Mapping, people: &People, job: &Job, way: &Way, imported: &mut Imported) {
    let held = Held {
        from: BTreeSet::from([sheet.origin]),
        missing: sheet.missing.clone(),
        help: way.help.to_owned(),
        name: held_name(&sheet.name.replace('/', "-")),
        text: record(
            vec![sheet],
            mapping,
            people,
            &mut refs::Issues::default(),
            &BTreeSet::new(),
            job,
            way,
        ),
    };
    imported.held.push(held);
}

/// The record of a meeting from its files: its minutes first.
fn record(
    group: Vec<Sheet>,
    mapping: &Mapping,
    people: &People,
    issues: &mut refs::Issues,
    from: &BTreeSet<usize>,
    job: &Job,
    way: &Way,
) -> RecordText {
    let files: Vec<&str> = group.iter().map(|s| s.name.as_str()).collect();
    let source = source(&files, job, way);
    let mut main: Option<Divided> = None;
    for sheet in group {
        match &mut main {
            None => main = Some(sheet.divided),
            Some(main) if sheet.role == Role::Minutes => {
                // Told with fewer words: only what stands nowhere else is told.
                let _ = main;
            }
            Some(main) => join(main, sheet.divided, sheet.role),
        }
    }
    let divided = main.unwrap_or_default();
    let date = divided.date;
    let mut front = Front::new();
    front.set("title", divided.title.clone().filter(|t| mapping.keeps_title(t)));
    front.set("start", divided.start.clone());
    front.set("attendance", people.attendance(&divided, mapping));
    front.set("source", source);
    front.set("extra", Some(divided.extra));
    let mut items: Vec<ItemText> = Vec::new();
    for item in divided.items {
        let mut fields = item.fields;
        for reference in &item.issues {
            let id = issues.add(reference, &item.title, date, from);
            fields.push(("Issue".to_owned(), id));
        }
        items.push(ItemText {
            number: item.number,
            title: item.title,
            fields,
            text: item.text,
            sections: item
                .sections
                .into_iter()
                .map(|(label, text)| SectionText { label, text })
                .collect(),
        });
    }
    RecordText {
        front,
        text: divided.preamble,
        items,
    }
}

/// Puts an agenda or a notice to the minutes.
fn join(main: &mut Divided, other: Divided, role: Role) {
    main.preamble = match role {
        Role::Notice => together([&other.preamble, &main.preamble]),
        _ => together([&main.preamble, &other.preamble]),
    };
    let mut extra = other.extra;
    if let Some(title) = other.title {
        extra.0.insert(0, ("title".to_owned(), Value::Text(title)));
    }
    let mut key = role.word().to_owned();
    while main.extra.get(&key).is_some() {
        key.push_str("-2");
    }
    main.extra.set(&key, Some(extra));
    main.names.extend(other.names);
    main.passed.extend(other.passed);
    main.start = main.start.take().or(other.start);
    for item in other.items {
        let same = main
            .items
            .iter_mut()
            .find(|i| names::fold(&i.title) == names::fold(&item.title));
        match same {
            Some(known) => {
                let own = known.text.trim().to_owned();
                if !item.text.trim().is_empty() {
                    // What the agenda says stands above what the minutes say.
                    if !own.is_empty() {
                        known.sections.insert(0, ("Minutes".to_owned(), own));
                    }
                    known.text = item.text;
                }
                known.sections.extend(item.sections);
                for issue in item.issues {
                    if !known.issues.iter().any(|i| i.is(&issue)) {
                        known.issues.push(issue);
                    }
                }
            }
            None => main.items.push(item),
        }
    }
}
