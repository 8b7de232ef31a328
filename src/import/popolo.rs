//! People, bodies, memberships, meetings and votes from Popolo
//! (popoloproject.com), as other programs publish it and as we do ourselves.
//!
//! What Popolo says of a meeting is who came and how votes went. It has no
//! agenda: a vote stands in an item that bears the words of its motion.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde_json::Value as Json;

use super::draft::{Draft, Held, Imported, held_name};
use super::{Job, texts};
use crate::document::written::{Front, ItemText, RecordText, SectionText, Value, line, text};
use crate::text::dates;
use crate::text::slug::slug;

pub(super) fn read(job: &Job) -> Imported {
    let mut imported = Imported::default();
    let mut all = All::default();
    for (at, _, source) in texts(job, &mut imported) {
        let origin = &mut imported.origins[at];
        let json: Json = match serde_json::from_str(&source) {
            Ok(json) => json,
            Err(error) => {
                origin.fail(format!("its JSON is broken at line {}: {error}", error.line()));
                continue;
            }
        };
        "Popolo".clone_into(&mut origin.what);
        let before = all.0.len();
        all.take(&json, at);
        if all.0.len() == before {
            origin.skip("nothing of Popolo was found in it");
            continue;
        }
        words(&json, "", origin);
    }
    let people = all.people(job, &mut imported);
    let bodies = all.bodies(&people, job, &mut imported);
    all.meetings(&people, &bodies, job, &mut imported);
    imported
}

/// Every text of a document, except what only programs read.
fn words(json: &Json, key: &str, origin: &mut super::Origin) {
    match json {
        Json::String(said) => {
            let number = origin.lines.len() + 1;
            let (why, machine) = match key {
                "id" | "scheme" | "identifier" | "url" | "image" => {
                    ("an identifier or an address of the source", true)
                }
                key if key.ends_with("_id") || key == "vote_events" => ("an identifier of the source", true),
                "type" | "option" | "classification" | "status" | "result" | "lang" | "note" | "gender"
                | "sort_name" | "family_name" | "given_name" => {
                    ("said by a key, or by nothing that a record has", true)
                }
                key if key.ends_with("_date") || key == "date" => ("written as a date", true),
                _ => ("", false),
            };
            origin.lines.push((number, said.clone()));
            if machine {
                origin.used(said.clone(), why);
            }
        }
        Json::Array(list) => list.iter().for_each(|item| words(item, key, origin)),
        Json::Object(map) => map.iter().for_each(|(k, v)| {
            if k == "address" && v.is_object() || k == "contact_details" {
                return private(v, origin);
            }
            words(v, k, origin);
        }),
        _ => {}
    }
}

/// How somebody can be reached: what is not for everybody is counted alone.
fn private(json: &Json, origin: &mut super::Origin) {
    let Json::Array(list) = json else { return };
    for detail in list {
        let kind = text_of(detail, "type").unwrap_or_default();
        for key in ["value", "label", "note"] {
            if let Some(said) = text_of(detail, key) {
                let number = origin.lines.len() + 1;
                origin.lines.push((number, said.clone()));
                match kept_contact(&kind) && key != "note" {
                    true => origin.used(said, "a contact"),
                    false => origin.kept_private(said, "a private address or number"),
                }
            }
        }
    }
}

/// An office's e-mail and telephone may be published; where somebody lives may not.
fn kept_contact(kind: &str) -> bool {
    kind == "email" || kind == "voice"
}

fn text_of(json: &Json, key: &str) -> Option<String> {
    match json.get(key)? {
        Json::String(said) => Some(said.trim().to_owned()).filter(|t| !t.is_empty()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A whole day; `1970-01` says too little.
fn day_of(json: &Json, key: &str) -> Option<Date> {
    dates::iso(text_of(json, key)?.get(..10)?).ok()
}

/// The time of `2013-01-01T18:30:00`.
fn time_of(json: &Json, key: &str) -> Option<String> {
    let said = text_of(json, key)?;
    let time = said.get(11..16)?;
    dates::time_of_day(time).map(|_| time.to_owned())
}

/// Every object, by what it is, with the file it is from.
#[derive(Default)]
struct All(Vec<(&'static str, Json, usize)>);

const KINDS: [&str; 9] = [
    "persons",
    "organizations",
    "memberships",
    "posts",
    "areas",
    "events",
    "motions",
    "vote_events",
    "votes",
];

impl All {
    fn take(&mut self, json: &Json, origin: usize) {
        let mut found = false;
        for kind in KINDS {
            if let Some(list) = json.get(kind).and_then(Json::as_array) {
                found = true;
                self.0.extend(
                    list.iter()
                        .filter(|v| v.is_object())
                        .map(|v| (kind, v.clone(), origin)),
                );
            }
        }
        if found {
            return;
        }
        match json {
            Json::Array(list) => list.iter().for_each(|item| self.one(item, origin)),
            item => self.one(item, origin),
        }
    }

    /// An object that stands alone is known by its keys.
    fn one(&mut self, json: &Json, origin: usize) {
        let has = |key: &str| json.get(key).is_some();
        let kind = if has("person_id") && has("organization_id") {
            "memberships"
        } else if has("counts") || has("votes") && has("motion") {
            "vote_events"
        } else if has("vote_event_id") || has("voter_id") && has("option") {
            "votes"
        } else if has("text") && (has("creator_id") || has("vote_events") || has("requirement")) {
            "motions"
        } else if has("name") && has("start_date") && (has("attendees") || has("location")) {
            "events"
        } else if has("label") && has("organization_id") {
            "posts"
        } else if has("name")
            && (has("classification") || has("founding_date") || has("dissolution_date") || has("parent_id"))
        {
            "organizations"
        } else if has("name")
            && (has("other_names")
                || has("birth_date")
                || has("gender")
                || has("sort_name")
                || has("family_name"))
        {
            "persons"
        } else {
            return;
        };
        self.0.push((kind, json.clone(), origin));
    }

    fn of<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = (&'a Json, usize)> {
        self.0
            .iter()
            .filter(move |(k, ..)| *k == kind)
            .map(|(_, json, origin)| (json, *origin))
    }

    /// The records of people; their ids in the source, and ours.
    fn people(&self, job: &Job, imported: &mut Imported) -> BTreeMap<String, (String, String)> {
        let mut ids = BTreeMap::new();
        let mut taken = BTreeSet::new();
        for (json, origin) in self.of("persons") {
            let Some(name) = text_of(json, "name") else {
                imported.origins[origin]
                    .notes
                    .push("a person without a name is left out".to_owned());
                continue;
            };
            let own = text_of(json, "id").unwrap_or_else(|| name.clone());
            let id = free(&own, crate::text::names::without_honorifics(&name), &mut taken);
            ids.insert(own.clone(), (id.clone(), name.clone()));
            let mut front = Front::new().with("name", Some(name.clone()));
            front.set(
                "sort",
                text_of(json, "sort_name").filter(|s| *s != crate::text::names::sort_form(&name)),
            );
            front.set("aliases", Some(other_names(json, &name)));
            let mut terms = Vec::new();
            let mut party = None;
            for (membership, _) in self
                .of("memberships")
                .filter(|(m, _)| text_of(m, "person_id").as_ref() == Some(&own))
            {
                let group = text_of(membership, "on_behalf_of_id")
                    .or_else(|| text_of(membership, "organization_id").filter(|o| self.is_party(o)));
                party = party.or_else(|| group.and_then(|g| self.name_of("organizations", &g)));
                if let Some(area) = text_of(membership, "area_id").and_then(|a| self.name_of("areas", &a)) {
                    let term = Front::new()
                        .with("ward", Some(area))
                        .with("from", day_of(membership, "start_date"))
                        .with("to", day_of(membership, "end_date"));
                    terms.push(Value::Map(term));
                }
            }
            front.set("party", party);
            front.set("terms", Some(terms));
            front.set("contact", contact(json));
            front.set("source", source(json, job));
            let mut paragraphs: Vec<String> = Vec::new();
            for key in ["summary", "biography"] {
                let said = text_of(json, key).unwrap_or_default();
                paragraphs.extend(said.lines().map(text::words).filter(|l| !l.is_empty()));
            }
            let text = RecordText {
                front,
                text: paragraphs.join("\n\n"),
                items: Vec::new(),
            };
            imported.drafts.push(Draft {
                modest: true,
                ..Draft::new(format!("people/{id}.md"), text, [origin])
            });
        }
        ids
    }

    fn is_party(&self, id: &str) -> bool {
        self.of("organizations").any(|(o, _)| {
            text_of(o, "id").as_deref() == Some(id)
                && text_of(o, "classification").is_some_and(|c| c.eq_ignore_ascii_case("party"))
        })
    }

    fn name_of(&self, kind: &str, id: &str) -> Option<String> {
        self.of(kind)
            .find(|(o, _)| text_of(o, "id").as_deref() == Some(id))
            .and_then(|(o, _)| text_of(o, "name"))
    }

    /// The records of bodies, with their members.
    fn bodies(
        &self,
        people: &BTreeMap<String, (String, String)>,
        job: &Job,
        imported: &mut Imported,
    ) -> BTreeMap<String, String> {
        let mut ids = BTreeMap::new();
        let mut taken = BTreeSet::new();
        let listed: Vec<(&Json, usize)> = self
            .of("organizations")
            .filter(|(o, _)| text_of(o, "id").is_none_or(|id| !self.is_party(&id)))
            .collect();
        for (json, _) in &listed {
            if let Some(name) = text_of(json, "name") {
                let own = text_of(json, "id").unwrap_or_else(|| name.clone());
                let id = free(&own, &name, &mut taken);
                ids.insert(own, id);
            }
        }
        for (json, origin) in listed {
            let Some(name) = text_of(json, "name") else {
                continue;
            };
            let own = text_of(json, "id").unwrap_or_else(|| name.clone());
            let Some(id) = ids.get(&own) else { continue };
            let mut front = Front::new()
                .with("name", Some(name.clone()))
                .with("aliases", Some(other_names(json, &name)));
            let kind = text_of(json, "classification");
            let known = kind
                .clone()
                .map(|k| k.to_lowercase())
                .filter(|k| BODY_KINDS.contains(&k.as_str()));
            front.set("kind", known.clone());
            front.set(
                "parent",
                text_of(json, "parent_id").and_then(|p| ids.get(&p).cloned()),
            );
            front.set("from", day_of(json, "founding_date"));
            front.set("to", day_of(json, "dissolution_date"));
            let members: Vec<Value> = self
                .of("memberships")
                .filter(|(m, _)| text_of(m, "organization_id").as_ref() == Some(&own))
                // A ward is a term of the person, not a seat of its own.
                .filter(|(m, _)| {
                    m.get("area_id").is_none() || m.get("role").is_some() || m.get("post_id").is_some()
                })
                .filter_map(|(m, _)| {
                    let person = text_of(m, "person_id")?;
                    let id = people.get(&person).map(|p| p.0.clone())?;
                    let role = text_of(m, "role").or_else(|| self.post(&text_of(m, "post_id")?));
                    let front = Front::new()
                        .with("person", Some(id))
                        .with("role", role)
                        .with("from", day_of(m, "start_date"))
                        .with("to", day_of(m, "end_date"));
                    Some(Value::Map(front))
                })
                .collect();
            front.set("members", Some(members));
            front.set("contact", contact(json));
            front.set("source", source(json, job));
            let text = RecordText {
                front,
                text: kind
                    .filter(|_| known.is_none())
                    .map(|k| text::words(&k))
                    .unwrap_or_default(),
                items: Vec::new(),
            };
            imported.drafts.push(Draft {
                modest: true,
                ..Draft::new(format!("bodies/{id}.md"), text, [origin])
            });
        }
        ids
    }

    fn post(&self, id: &str) -> Option<String> {
        let (post, _) = self
            .of("posts")
            .find(|(p, _)| text_of(p, "id").as_deref() == Some(id))?;
        text_of(post, "role").or_else(|| text_of(post, "label"))
    }

    /// Meetings, and the votes of each.
    fn meetings(
        &self,
        people: &BTreeMap<String, (String, String)>,
        bodies: &BTreeMap<String, String>,
        job: &Job,
        imported: &mut Imported,
    ) {
        let mut made: BTreeMap<String, Meeting> = BTreeMap::new();
        for (json, origin) in self.of("events") {
            let kind = text_of(json, "classification").unwrap_or_default().to_lowercase();
            if !kind.is_empty() && !kind.contains("meeting") && !kind.contains("sitting") {
                let name = text_of(json, "name").unwrap_or_default();
                imported.origins[origin]
                    .notes
                    .push(format!("`{name}` is {kind} and no meeting: it is left out"));
                imported.origins[origin].used(name, "an event that is no meeting");
                continue;
            }
            let body = text_of(json, "organization_id").and_then(|o| bodies.get(&o).cloned());
            let body = body.or_else(|| job.options.body.as_ref().map(|b| slug(b)));
            let (Some(date), Some(body)) = (day_of(json, "start_date"), body) else {
                let name = text_of(json, "name").unwrap_or_default();
                hold(
                    &name,
                    json,
                    origin,
                    "it does not say on which day the meeting was, or whose it was",
                    imported,
                );
                continue;
            };
            let own = text_of(json, "id").unwrap_or_default();
            let key = place_of(&own, &body, date);
            let meeting = made.entry(key).or_insert_with(|| Meeting::new(date));
            meeting.from.insert(origin);
            meeting.own = own;
            let mut front = Front::new();
            front.set("title", text_of(json, "name"));
            front.set("status", text_of(json, "status").filter(|s| s == "cancelled"));
            front.set("start", time_of(json, "start_date"));
            front.set("end", time_of(json, "end_date"));
            front.set("until", day_of(json, "end_date").filter(|d| *d > date));
            front.set("venue", text_of(json, "location"));
            let there: Vec<String> = json
                .get("attendees")
                .and_then(Json::as_array)
                .into_iter()
                .flatten()
                .filter_map(|a| text_of(a, "id").or_else(|| a.as_str().map(str::to_owned)))
                .filter_map(|id| people.get(&id).map(|p| p.0.clone()))
                .collect();
            if !there.is_empty() {
                front.set("attendance", Some(Front::new().with("present", Some(there))));
            }
            front.set("source", source(json, job));
            meeting.front = front;
        }
        for (json, origin) in self.of("vote_events") {
            let motion = self.motion(json);
            let whole = motion.as_ref();
            let said = |key: &str| text_of(json, key).or_else(|| whole.and_then(|m| text_of(m, key)));
            let body = said("organization_id").and_then(|o| bodies.get(&o).cloned());
            let body = body.or_else(|| job.options.body.as_ref().map(|b| slug(b)));
            let date = day_of(json, "start_date")
                .or_else(|| whole.and_then(|m| day_of(m, "date")))
                .or(job.options.date);
            let name = whole
                .and_then(|m| text_of(m, "text"))
                .or_else(|| said("identifier"))
                .unwrap_or_else(|| "Vote".to_owned());
            let (Some(date), Some(body)) = (date, body) else {
                hold(
                    &name,
                    json,
                    origin,
                    "it does not say on which day the vote was, or in which body",
                    imported,
                );
                continue;
            };
            let own = text_of(json, "id").unwrap_or_default();
            // The meeting that the vote's own id begins with, or the one of that body and day.
            let within = made
                .iter()
                .filter(|(_, m)| !m.own.is_empty() && own.starts_with(&m.own));
            let key = within
                .max_by_key(|(_, m)| m.own.len())
                .map(|(key, _)| key.clone());
            let key = key.unwrap_or_else(|| format!("meetings/{body}/{date}.md"));
            let meeting = made.entry(key).or_insert_with(|| {
                let mut meeting = Meeting::new(date);
                meeting.front = Front::new()
                    .with("complete", Some(false))
                    .with("source", source(json, job));
                meeting
            });
            meeting.from.insert(origin);
            let address = own
                .strip_prefix(&meeting.own)
                .filter(|_| !meeting.own.is_empty())
                .and_then(|rest| rest.rsplit_once("-vote-"))
                .map(|(address, _)| address.trim_start_matches(['/', '#', '-']).to_owned())
                .filter(|a| !a.is_empty());
            meeting
                .votes
                .push((address, name, self.vote(json, whole, people)));
        }
        for (path, meeting) in made {
            let dated = "the date of the event or the vote".to_owned();
            let date = meeting.date;
            let from = meeting.from.clone();
            let mut draft = Draft::new(path, meeting.record(), from);
            draft.dated = Some((date, dated));
            imported.drafts.push(draft);
        }
    }

    fn motion(&self, vote: &Json) -> Option<Json> {
        if let Some(motion) = vote.get("motion").filter(|m| m.is_object()) {
            return Some(motion.clone());
        }
        let id = text_of(vote, "motion_id");
        let own = text_of(vote, "id");
        let found = self.of("motions").find(|(m, _)| {
            id.is_some() && text_of(m, "id") == id
                || own.is_some()
                    && m.get("vote_events").and_then(Json::as_array).is_some_and(|list| {
                        list.iter()
                            .any(|v| v.as_str().map(str::to_owned) == own || text_of(v, "id") == own)
                    })
        });
        found.map(|(m, _)| m.clone())
    }

    /// The lines of a vote.
    fn vote(
        &self,
        json: &Json,
        motion: Option<&Json>,
        people: &BTreeMap<String, (String, String)>,
    ) -> String {
        let mut lines = Vec::new();
        if let Some(words) = motion.and_then(|m| text_of(m, "text")) {
            lines.push(format!("- Motion: {}", text::inside(&line(&words))));
        }
        if let Some(mover) = motion
            .and_then(|m| text_of(m, "creator_id"))
            .and_then(|id| people.get(&id))
        {
            lines.push(format!("- Moved by: {}", mover.0));
        }
        let own = text_of(json, "id");
        let cast: Vec<&Json> = json
            .get("votes")
            .and_then(Json::as_array)
            .into_iter()
            .flatten()
            .collect();
        let apart: Vec<&Json> = self
            .of("votes")
            .filter(|(v, _)| own.is_some() && text_of(v, "vote_event_id") == own)
            .map(|(v, _)| v)
            .collect();
        for (option, label) in [
            ("yes", "For"),
            ("no", "Against"),
            ("abstain", "Abstained"),
            ("not voting", "Not voting"),
        ] {
            let of = |v: &&&Json| text_of(v, "option").is_some_and(|o| o.eq_ignore_ascii_case(option));
            let names: Vec<String> = cast
                .iter()
                .chain(&apart)
                .filter(of)
                .filter_map(|v| {
                    let known = text_of(v, "voter_id")
                        .and_then(|id| people.get(&id))
                        .map(|p| p.0.clone());
                    known.or_else(|| {
                        v.get("voter")
                            .and_then(|voter| text_of(voter, "name"))
                            .map(|n| text::inside(&n))
                    })
                })
                .collect();
            let counts = json.get("counts").and_then(Json::as_array).into_iter().flatten();
            let counted: Vec<u64> = counts
                .filter(|c| of(&c))
                .filter_map(|c| c.get("value")?.as_u64())
                .collect();
            let count = match counted.is_empty() {
                true => names.len() as u64,
                false => counted.iter().sum(),
            };
            if counted.is_empty() && names.is_empty() {
                continue;
            }
            let behind = match names.is_empty() {
                true => String::new(),
                false => format!(" ({})", names.join(", ")),
            };
            lines.push(format!("- {label}: {count}{behind}"));
        }
        let result = text_of(json, "result").or_else(|| motion.and_then(|m| text_of(m, "result")));
        if let Some(result) = result {
            let word = match result.as_str() {
                "pass" => "carried",
                "fail" => "lost",
                other => other,
            };
            lines.push(format!("- Result: {word}"));
        }
        lines.join("\n")
    }
}

const BODY_KINDS: [&str; 9] = [
    "council",
    "executive",
    "committee",
    "sub-committee",
    "joint",
    "partnership",
    "working group",
    "outside body",
    "board",
];

struct Meeting {
    date: Date,
    own: String,
    front: Front,
    from: BTreeSet<usize>,
    /// The item's part of the address, its title, its lines.
    votes: Vec<(Option<String>, String, String)>,
}

impl Meeting {
    fn new(date: Date) -> Self {
        Self {
            date,
            own: String::new(),
            front: Front::new(),
            from: BTreeSet::new(),
            votes: Vec::new(),
        }
    }

    fn record(self) -> RecordText {
        let mut items: Vec<(Option<String>, ItemText)> = Vec::new();
        for (address, name, lines) in self.votes {
            let section = SectionText {
                label: "Vote".to_owned(),
                text: lines,
            };
            match items.iter_mut().find(|(a, _)| a.is_some() && *a == address) {
                Some((_, item)) => item.sections.push(section),
                None => {
                    let number = address
                        .clone()
                        .filter(|a| a.starts_with(|c: char| c.is_ascii_digit()));
                    let item = ItemText {
                        number,
                        title: line(&name),
                        sections: vec![section],
                        ..ItemText::default()
                    };
                    items.push((address, item));
                }
            }
        }
        RecordText {
            front: self.front,
            text: String::new(),
            items: items.into_iter().map(|(_, item)| item).collect(),
        }
    }
}

/// Where a meeting goes: where its own id says, if that is an id of ours.
fn place_of(own: &str, body: &str, date: Date) -> String {
    let day = date.to_string();
    match own.split_once('/') {
        Some((folder, name)) if folder == body && name.starts_with(&day) && slug(name) == name => {
            format!("meetings/{body}/{name}.md")
        }
        _ => format!("meetings/{body}/{day}.md"),
    }
}

/// An id of the source that can be one of ours stays; else one is made of the name.
fn free(own: &str, name: &str, taken: &mut BTreeSet<String>) -> String {
    let readable =
        slug(own) == own && own.contains(char::is_alphabetic) && !own.bytes().any(|b| b.is_ascii_digit());
    let base = if readable { own.to_owned() } else { slug(name) };
    let mut id = base.clone();
    let mut n = 1;
    while !taken.insert(id.clone()) {
        n += 1;
        id = format!("{base}-{n}");
    }
    id
}

fn other_names(json: &Json, name: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for other in json
        .get("other_names")
        .and_then(Json::as_array)
        .into_iter()
        .flatten()
    {
        if let Some(other) = text_of(other, "name").filter(|o| o != name)
            && !out.contains(&other)
        {
            out.push(other);
        }
    }
    out
}

fn contact(json: &Json) -> Option<Front> {
    let details: Vec<&Json> = json
        .get("contact_details")
        .and_then(Json::as_array)
        .into_iter()
        .flatten()
        .collect();
    let of = |kind: &str| {
        details
            .iter()
            .find(|d| text_of(d, "type").as_deref() == Some(kind))
            .and_then(|d| text_of(d, "value"))
    };
    let label = details
        .iter()
        .find(|d| text_of(d, "type").is_some_and(|k| kept_contact(&k)))
        .and_then(|d| text_of(d, "label"));
    let email = text_of(json, "email").or_else(|| of("email"));
    let front = Front::new()
        .with("name", label)
        .with("email", email)
        .with("telephone", of("voice"));
    Some(front).filter(|f| f.get("email").is_some() || f.get("telephone").is_some())
}

fn source(json: &Json, job: &Job) -> Option<Front> {
    let first = |key: &str| {
        json.get(key)
            .and_then(Json::as_array)
            .and_then(|l| l.first())
            .and_then(|s| text_of(s, "url"))
    };
    Some(
        Front::new()
            .with("system", Some("popolo"))
            .with(
                "url",
                first("sources").and_then(|u| crate::paths::web_address(&u)),
            )
            .with("retrieved", job.options.retrieved),
    )
}

fn hold(name: &str, json: &Json, origin: usize, missing: &str, imported: &mut Imported) {
    let mut lines = Vec::new();
    plain_lines(json, "", &mut lines);
    imported.held.push(Held {
        text: RecordText {
            front: Front::new().with("title", Some(line(name))),
            text: lines.join("\n\n"),
            items: Vec::new(),
        },
        from: BTreeSet::from([origin]),
        missing: vec![missing.to_owned()],
        help: "Say it with --body \"NAME\" --date YYYY-MM-DD.".to_owned(),
        name: if name.is_empty() {
            held_name("popolo.json")
        } else {
            name.to_owned()
        },
    });
}

/// What an object says, a line each.
fn plain_lines(json: &Json, key: &str, out: &mut Vec<String>) {
    match json {
        Json::String(said) => out.push(text::words(&format!("{key}: {said}"))),
        Json::Number(number) => out.push(text::words(&format!("{key}: {number}"))),
        Json::Array(list) => list.iter().for_each(|v| plain_lines(v, key, out)),
        Json::Object(map) => map.iter().for_each(|(k, v)| plain_lines(v, k, out)),
        _ => {}
    }
}
