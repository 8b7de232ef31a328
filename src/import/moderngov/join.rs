//! Pieces of one meeting become its record.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::piece::{IssuePiece, ItemPiece, Paper, PersonPiece, Piece, Told};
use crate::document::exempt;
use crate::document::written::{Front, ItemText, RecordText, SectionText, Value, text};
use crate::import::Job;
use crate::import::draft::{Draft, Held, Imported, held_name};
use crate::text::names;
use crate::text::slug::slug;

/// A piece, and the file it is from: none for one of an earlier import.
struct From<'a> {
    piece: Piece,
    file: &'a str,
    origin: Option<usize>,
}

pub fn join(
    told: &BTreeMap<String, Told>,
    fresh: &BTreeMap<String, usize>,
    job: &Job,
    imported: &mut Imported,
) {
    let committees: BTreeMap<&str, &str> = told
        .values()
        .flat_map(|t| t.committees.iter())
        .map(|(id, name)| (id.as_str(), name.as_str()))
        .collect();
    // A meeting's own number leads to its body, where one file alone knows it.
    let mut of_meeting: BTreeMap<&str, (Option<&str>, Option<Date>)> = BTreeMap::new();
    for piece in told.values().flat_map(|t| t.pieces.iter()) {
        if let Some(id) = &piece.meeting {
            let known = of_meeting.entry(id).or_default();
            known.0 = known.0.or(piece.body.as_deref());
            known.1 = known.1.or(piece.date);
        }
    }
    let mut meetings: BTreeMap<(String, Date), Vec<From>> = BTreeMap::new();
    for (file, said) in told {
        let origin = fresh.get(file).copied();
        for piece in &said.pieces {
            let mut piece = piece.clone();
            let known = piece.meeting.as_deref().and_then(|id| of_meeting.get(id));
            if piece.body.is_none() {
                let by_number = piece
                    .committee
                    .as_deref()
                    .and_then(|c| committees.get(c).copied());
                let said = job.options.body.clone().filter(|_| origin.is_some());
                piece.body = known.and_then(|k| k.0).or(by_number).map(str::to_owned).or(said);
            }
            if piece.date.is_none() {
                piece.date = known.and_then(|k| k.1);
            }
            let from = From { piece, file, origin };
            match (&from.piece.body, from.piece.date) {
                (Some(body), Some(date)) => meetings.entry((slug(body), date)).or_default().push(from),
                _ => hold(from, job, imported),
            }
        }
    }
    let issues = issues(told, fresh, job, imported);
    let mut bodies: BTreeMap<String, (String, BTreeSet<usize>)> = BTreeMap::new();
    for ((body, date), pieces) in meetings {
        for group in apart(pieces) {
            let from: BTreeSet<usize> = group.iter().filter_map(|g| g.origin).collect();
            if from.is_empty() {
                continue;
            }
            let name = group
                .iter()
                .find_map(|g| g.piece.body.clone())
                .unwrap_or_default();
            bodies
                .entry(body.clone())
                .or_insert_with(|| (name, BTreeSet::new()))
                .1
                .extend(&from);
            let dated = group
                .iter()
                .find(|g| g.origin.is_some() && !g.piece.dated.is_empty())
                .map_or_else(String::new, |g| g.piece.dated.clone());
            let mut draft = Draft::new(
                format!("meetings/{body}/{date}.md"),
                meeting(group, &issues, job, imported),
                from,
            );
            draft.dated = Some((date, dated));
            imported.drafts.push(draft);
        }
    }
    for said in told
        .iter()
        .filter_map(|(file, t)| fresh.get(file).map(|at| (at, t)))
    {
        for (_, name) in &said.1.committees {
            bodies
                .entry(slug(name))
                .or_insert_with(|| (name.clone(), BTreeSet::new()))
                .1
                .insert(*said.0);
        }
    }
    for (id, (name, from)) in bodies {
        let front = Front::new()
            .with("name", Some(name))
            .with("source", source(None, job));
        imported.drafts.push(Draft {
            modest: true,
            ..Draft::new(
                format!("bodies/{id}.md"),
                RecordText {
                    front,
                    ..RecordText::default()
                },
                from,
            )
        });
    }
    people(told, fresh, job, imported);
}

/// Where it comes from.
fn source(url: Option<&str>, job: &Job) -> Option<Front> {
    Some(
        Front::new()
            .with("system", Some("moderngov"))
            .with("url", url)
            .with("retrieved", job.options.retrieved),
    )
}

/// Two meetings of one body on one day are two where the system numbers them
/// so. What bears no number belongs to the first.
fn apart(pieces: Vec<From>) -> Vec<Vec<From>> {
    let mut numbers: Vec<String> = pieces.iter().filter_map(|p| p.piece.meeting.clone()).collect();
    numbers.sort_by_key(|n| (n.len(), n.clone()));
    numbers.dedup();
    let mut groups: Vec<Vec<From>> = (0..numbers.len().max(1)).map(|_| Vec::new()).collect();
    for piece in pieces {
        let own = piece
            .piece
            .meeting
            .as_ref()
            .and_then(|m| numbers.iter().position(|n| n == m));
        groups[own.unwrap_or(0)].push(piece);
    }
    for group in &mut groups {
        group.sort_by(|a, b| (a.piece.rank, a.file).cmp(&(b.piece.rank, b.file)));
    }
    groups.retain(|g| !g.is_empty());
    groups
}

/// What lacks a body or a day is held, with a note.
fn hold(from: From, job: &Job, imported: &mut Imported) {
    let Some(origin) = from.origin else { return };
    let mut missing = Vec::new();
    let mut options = String::new();
    if from.piece.body.is_none() {
        missing.push("it does not say whose meeting it was".to_owned());
        options.push_str(" --body \"NAME OF THE BODY\"");
    }
    if from.piece.date.is_none() {
        missing.push("it does not say on which day the meeting was".to_owned());
        options.push_str(" --date YYYY-MM-DD");
    }
    let help = format!(
        "Once you know, run: minutebook import moderngov \"{}\"{options}",
        from.file
    );
    let name = held_name(from.file);
    let text = meeting(vec![From { ..from }], &BTreeMap::new(), job, imported);
    imported.held.push(Held {
        text,
        from: BTreeSet::from([origin]),
        missing,
        help,
        name,
    });
}

/// The folded title of an issue, and its number if it has one.
type IssueKey = (String, Option<String>);

/// The issues, by their titles: id of the record.
fn issues(
    told: &BTreeMap<String, Told>,
    fresh: &BTreeMap<String, usize>,
    job: &Job,
    imported: &mut Imported,
) -> BTreeMap<String, String> {
    let mut all: BTreeMap<IssueKey, (Vec<&IssuePiece>, BTreeSet<usize>)> = BTreeMap::new();
    for (file, said) in told {
        for issue in &said.issues {
            let key = (names::fold(&issue.title), issue.id.clone());
            let entry = all.entry(key).or_default();
            entry.0.push(issue);
            entry.1.extend(fresh.get(file));
        }
    }
    // One that bears no number is the one of that title that does.
    let keys: Vec<_> = all.keys().cloned().collect();
    for key in keys.iter().filter(|k| k.1.is_none()) {
        let numbered = keys.iter().find(|k| k.0 == key.0 && k.1.is_some());
        if let Some(numbered) = numbered
            && let Some((pieces, from)) = all.remove(key)
            && let Some(entry) = all.get_mut(numbered)
        {
            entry.0.extend(pieces);
            entry.1.extend(from);
        }
    }
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for ((folded, _), (pieces, from)) in all {
        let Some(first) = pieces.first() else { continue };
        let base = slug(&first.title);
        let mut id = base.clone();
        let mut n = 1;
        while !taken.insert(id.clone()) {
            n += 1;
            id = format!("{base}-{n}");
        }
        ids.entry(folded).or_insert_with(|| id.clone());
        if from.is_empty() {
            continue;
        }
        let one = |get: fn(&IssuePiece) -> Option<String>| pieces.iter().find_map(|p| get(p));
        let mut front = Front::new().with("title", Some(first.title.clone()));
        front.set("status", one(|p| p.status.clone()).and_then(|s| issue_status(&s)));
        let due = Front::new()
            .with("body", one(|p| p.due_body.clone()))
            .with("date", pieces.iter().find_map(|p| p.due))
            .with(
                "key",
                pieces
                    .iter()
                    .find_map(|p| p.key)
                    .filter(|_| pieces.iter().any(|p| p.due.is_some())),
            )
            .with("published", pieces.iter().find_map(|p| p.published));
        // Whoever is to decide is a body of ours, or words.
        let (due, who) = split_due(due);
        front.set("decision_due", Some(due));
        front.set("lead_member", one(|p| p.lead_member.clone()));
        front.set("source", source(one(|p| p.url.clone()).as_deref(), job));
        let mut texts: Vec<String> = pieces
            .iter()
            .map(|p| p.text.clone())
            .filter(|t| !t.trim().is_empty())
            .collect();
        texts.dedup();
        if let Some(who) = who {
            texts.push(format!("Decision due by {}", text::inside(&who)));
        }
        if let Some(kind) = pieces.iter().find_map(|p| p.key)
            && !pieces.iter().any(|p| p.due.is_some())
        {
            texts.push(format!("Decision type: {}", if kind { "Key" } else { "Non-key" }));
        }
        imported.drafts.push(Draft {
            modest: true,
            ..Draft::new(
                format!("issues/{id}.md"),
                RecordText {
                    front,
                    text: texts.join("\n\n"),
                    items: Vec::new(),
                },
                from,
            )
        });
    }
    ids
}

/// A member who decides alone is no body.
fn split_due(due: Front) -> (Front, Option<String>) {
    let who = match due.get("body") {
        Some(Value::Text(who)) => who.clone(),
        _ => return (due, None),
    };
    let alone = ["councillor", "member", "director", "officer", "mayor", "chief"];
    if alone.iter().any(|word| who.to_lowercase().contains(word)) {
        let rest = due.0.into_iter().filter(|(k, _)| k != "body").collect();
        return (Front(rest), Some(who));
    }
    (due, None)
}

fn issue_status(words: &str) -> Option<&'static str> {
    let lower = words.to_lowercase();
    [
        ("withdrawn", "withdrawn"),
        ("superseded", "superseded"),
        ("approved", "decided"),
        ("implemented", "decided"),
        ("determined", "decided"),
        ("abandoned", "withdrawn"),
    ]
    .iter()
    .find(|(word, _)| lower.contains(word))
    .map(|(_, status)| *status)
}

fn people(
    told: &BTreeMap<String, Told>,
    fresh: &BTreeMap<String, usize>,
    job: &Job,
    imported: &mut Imported,
) {
    let mut all: BTreeMap<String, (Vec<&PersonPiece>, BTreeSet<usize>)> = BTreeMap::new();
    for (file, said) in told {
        for person in &said.people {
            let entry = all.entry(names::key(&person.name)).or_default();
            entry.0.push(person);
            entry.1.extend(fresh.get(file));
        }
    }
    for (_, (pieces, from)) in all {
        let Some(first) = pieces.first().filter(|_| !from.is_empty()) else {
            continue;
        };
        let terms: Vec<Value> = pieces
            .iter()
            .map(|p| {
                let term = Front::new()
                    .with("ward", p.ward.clone())
                    .with("from", p.from)
                    .with("to", p.to);
                Value::Map(term)
            })
            .filter(|v| !matches!(v, Value::Map(front) if front.is_empty()))
            .collect();
        let front = Front::new()
            .with("name", Some(first.name.clone()))
            .with("party", first.party.clone())
            .with("terms", Some(terms))
            .with("source", source(None, job));
        let posts = pieces.iter().find_map(|p| p.posts.clone());
        imported.drafts.push(Draft {
            modest: true,
            ..Draft::new(
                format!("people/{}.md", slug(names::without_honorifics(&first.name))),
                RecordText {
                    front,
                    text: posts.map(|p| text::words(&p)).unwrap_or_default(),
                    items: Vec::new(),
                },
                from,
            )
        });
    }
}

/// The record of a meeting.
fn meeting(
    group: Vec<From>,
    issues: &BTreeMap<String, String>,
    job: &Job,
    imported: &mut Imported,
) -> RecordText {
    let pieces: Vec<&Piece> = group.iter().map(|g| &g.piece).collect();
    let one = |get: fn(&Piece) -> Option<String>| pieces.iter().find_map(|p| get(p));
    let whole = pieces.iter().any(|p| p.whole);
    let status = one(|p| p.status.clone());
    let mut front = Front::new()
        .with("status", status.clone())
        .with("start", one(|p| p.start.clone()))
        .with("end", one(|p| p.end.clone()))
        .with("venue", one(|p| p.venue.clone()));
    if !whole && status.as_deref() != Some("cancelled") {
        front.set("complete", Some(false));
    }
    let mut papers: Vec<&Paper> = Vec::new();
    for paper in pieces.iter().flat_map(|p| p.documents.iter()) {
        if !papers.iter().any(|p| p.title == paper.title) {
            papers.push(paper);
        }
    }
    let (held, named): (Vec<&Paper>, Vec<&Paper>) =
        papers.into_iter().partition(|p| p.url.is_some() && !p.restricted);
    front.set("attendance", attendance(&pieces, &group, imported));
    front.set("aliases", Some(aliases(&pieces)));
    front.set("source", source(one(|p| p.url.clone()).as_deref(), job));
    let mut texts: Vec<&str> = pieces
        .iter()
        .map(|p| p.note.trim())
        .filter(|t| !t.is_empty())
        .collect();
    texts.dedup();
    let mut text = texts.join("\n\n");
    // Papers of the whole meeting that are not held here are a list in its text.
    let list: Vec<String> = held
        .iter()
        .chain(&named)
        .map(|p| format!("- {}", p.written()))
        .collect();
    if !list.is_empty() {
        text = format!("{text}\n\n{}", list.join("\n")).trim().to_owned();
    }
    let mut shut = false;
    let written = |piece: &ItemPiece| {
        let mut made = item(piece, issues);
        let door = exempt::door(&piece.title);
        // A saved page may show what only somebody who is signed in sees. The
        // service says of each item whether the public may see it.
        if shut && door.is_none() && piece.open && !piece.restricted && exempt::title(&piece.title).is_none()
        {
            made.fields.insert(0, ("Publish".to_owned(), "yes".to_owned()));
        }
        shut = match door {
            Some(door) => door == exempt::Door::Shuts,
            None => shut || exempt::heading(&piece.title).is_some_and(|(_, whole)| whole),
        };
        made
    };
    let items = items(&pieces).iter().map(written).collect();
    RecordText { front, text, items }
}

fn aliases(pieces: &[&Piece]) -> Vec<String> {
    let committee = pieces.iter().find_map(|p| p.committee.clone());
    let meeting = pieces.iter().find_map(|p| p.meeting.clone());
    match (committee, meeting) {
        (Some(c), Some(m)) => vec![format!("/ieListDocuments.aspx?CId={c}&MId={m}")],
        (None, Some(m)) => vec![format!("/ieListDocuments.aspx?MId={m}")],
        _ => Vec::new(),
    }
}

fn attendance(pieces: &[&Piece], group: &[From], imported: &mut Imported) -> Option<Front> {
    let list = pieces.iter().map(|p| &p.attendees).find(|a| !a.is_empty())?;
    let mut lists: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    let mut chair = None;
    let mut strange = BTreeSet::new();
    for one in list {
        let role = one.role.clone().unwrap_or_default();
        let lower = one.presence.to_lowercase();
        let key = match lower.as_str() {
            "" | "expected" => continue,
            word if word.contains("virtual") || word.contains("remote") || word.contains("online") => {
                "remote"
            }
            word if word.starts_with("present") => "present",
            word if word.contains("in attendance") => "in_attendance",
            word if word.contains("apolog") => "apologies",
            word if word.starts_with("absent") => "absent",
            _ => {
                strange.insert(format!("{} ({})", one.name, one.presence));
                continue;
            }
        };
        if role.to_lowercase().starts_with("chair") && key == "present" && chair.is_none() {
            chair = Some(one.name.clone());
        }
        let value = match key {
            "in_attendance" => Value::Map(
                Front::new()
                    .with("name", Some(one.name.clone()))
                    .with("role", one.role.clone()),
            ),
            _ => Value::Text(one.name.clone()),
        };
        lists.entry(key).or_default().push(value);
    }
    if let (Some(at), false) = (group.iter().find_map(|g| g.origin), strange.is_empty()) {
        let names = strange.into_iter().collect::<Vec<_>>().join(", ");
        imported.origins[at]
            .notes
            .push(format!("attendance that is not known is left out: {names}"));
    }
    let mut front = Front::new().with("chair", chair);
    for key in ["present", "remote", "apologies", "absent", "in_attendance"] {
        front.set(key, lists.remove(key));
    }
    Some(front)
}

/// The items of all pieces, each once: in the order of the piece that lists
/// most of them, with those that others add behind.
fn items(pieces: &[&Piece]) -> Vec<ItemPiece> {
    let mut order: Vec<&&Piece> = pieces.iter().collect();
    order.sort_by_key(|p| (!p.whole, p.rank));
    let mut out: Vec<ItemPiece> = Vec::new();
    for piece in order {
        for item in &piece.items {
            match out.iter_mut().find(|known| same(known, item)) {
                Some(known) => merge(known, item),
                None => out.push(item.clone()),
            }
        }
    }
    if out.iter().all(|i| i.number.is_some()) {
        // What other pages add stands where its number puts it.
        let key = |i: &ItemPiece| {
            let number = i.number.clone().unwrap_or_default();
            let lead: u32 = number
                .chars()
                .take_while(char::is_ascii_digit)
                .collect::<String>()
                .parse()
                .unwrap_or(0);
            (lead, number)
        };
        let sorted = pieces
            .iter()
            .filter(|p| p.whole)
            .all(|p| p.items.windows(2).all(|w| key(&w[0]).0 <= key(&w[1]).0));
        if sorted {
            out.sort_by_key(key);
        }
    }
    out
}

fn same(a: &ItemPiece, b: &ItemPiece) -> bool {
    let number = |i: &ItemPiece| i.number.as_ref().map(|n| n.to_lowercase());
    match (number(a), number(b)) {
        (Some(a), Some(b)) => a == b,
        _ => names::fold(&a.title) == names::fold(&b.title),
    }
}

/// Puts to an item what another page says of it.
fn merge(known: &mut ItemPiece, other: &ItemPiece) {
    known.restricted |= other.restricted;
    known.open |= other.open;
    known.issue = known.issue.take().or_else(|| other.issue.clone());
    known.report = known.report.take().or_else(|| other.report.clone());
    known.number = known.number.take().or_else(|| other.number.clone());
    if known.title.is_empty() {
        known.title.clone_from(&other.title);
    }
    for (key, value) in &other.fields {
        if !known.fields.iter().any(|(k, _)| k == key) {
            known.fields.push((key.clone(), value.clone()));
        }
    }
    for paper in &other.documents {
        if !known.documents.iter().any(|p| p.title == paper.title)
            && known.report.as_ref().is_none_or(|r| r.title != paper.title)
        {
            known.documents.push(paper.clone());
        }
    }
    for alias in &other.aliases {
        if !known.aliases.contains(alias) {
            known.aliases.push(alias.clone());
        }
    }
    let length = |text: &str| text.split_whitespace().count();
    if length(&other.text) > length(&known.text) {
        known.text.clone_from(&other.text);
    }
    // The sections of one page go together: the whole text takes the place of
    // the one that is cut, and of two that are whole the longer one counts.
    let all = |i: &ItemPiece| i.sections.iter().map(|s| length(&s.1)).sum::<usize>();
    let better = match (known.cut, other.cut) {
        (true, false) => !other.sections.is_empty() && all(other) > 0,
        (false, true) => known.sections.is_empty(),
        _ => all(other) > all(known),
    };
    if better {
        let old = std::mem::replace(&mut known.sections, other.sections.clone());
        known.cut = other.cut;
        // A part that only the other page has stays.
        for (label, text) in old {
            if !known.sections.iter().any(|(l, _)| l.eq_ignore_ascii_case(&label))
                && label != "Minutes"
                && !contains(known, &text)
            {
                known.sections.insert(0, (label, text));
            }
        }
    } else {
        for (label, text) in &other.sections {
            if !known.sections.iter().any(|(l, _)| l.eq_ignore_ascii_case(label)) && !contains(known, text) {
                let at = known
                    .sections
                    .iter()
                    .position(|s| s.0 == "Minutes")
                    .unwrap_or(known.sections.len());
                known.sections.insert(at, (label.clone(), text.clone()));
            }
        }
    }
}

/// Whether an item already holds these words.
fn contains(item: &ItemPiece, text: &str) -> bool {
    let folded = |t: &str| names::fold(&t.replace(['*', '\\'], ""));
    let needle = folded(text);
    item.sections.iter().any(|(_, t)| folded(t).contains(&needle))
}

/// An item as it is written.
fn item(piece: &ItemPiece, issues: &BTreeMap<String, String>) -> ItemText {
    let mut fields: Vec<(String, String)> = Vec::new();
    if let Some(title) = &piece.issue {
        let id = issues.get(&names::fold(title)).cloned();
        fields.push(("Issue".to_owned(), id.unwrap_or_else(|| text::inside(title))));
    }
    if piece.restricted {
        // Nothing but its title: what a page shows of it may not be for all.
        fields.insert(0, ("Exempt".to_owned(), "yes".to_owned()));
        fields.retain(|(key, _)| key == "Exempt");
        return ItemText {
            number: piece.number.clone(),
            title: piece.title.clone(),
            fields,
            ..ItemText::default()
        };
    }
    if let Some(report) = &piece.report {
        fields.push(("Report".to_owned(), report.written()));
    }
    fields.extend(piece.fields.iter().cloned());
    if piece.cut {
        fields.push(("Incomplete".to_owned(), "minutes".to_owned()));
    }
    if !piece.aliases.is_empty() {
        fields.push(("Aliases".to_owned(), piece.aliases.join(", ")));
    }
    let mut sections = Vec::new();
    if !piece.documents.is_empty() {
        let list: Vec<String> = piece
            .documents
            .iter()
            .map(|p| format!("- {}", p.written()))
            .collect();
        sections.push(SectionText {
            label: "Additional documents".to_owned(),
            text: list.join("\n"),
        });
    }
    let rest = piece.sections.iter().map(|(label, text)| SectionText {
        label: label.clone(),
        text: text.clone(),
    });
    sections.extend(rest);
    ItemText {
        number: piece.number.clone(),
        title: if piece.title.is_empty() {
            "Untitled".to_owned()
        } else {
            piece.title.clone()
        },
        fields,
        text: piece.text.clone(),
        sections,
    }
}
