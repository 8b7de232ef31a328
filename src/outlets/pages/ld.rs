//! What a page is about, in the words of schema.org, as JSON-LD: for search
//! engines and other programs.

use std::fmt::Write;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::super::json::{address, whole};
use super::frame::Frame;
use crate::model::*;
use crate::site::Site;
use crate::text::escape::is_forbidden;
use crate::text::scan;

/// Something with a type and properties, in their order.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Thing(Vec<(&'static str, Value)>);

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
enum Value {
    Text(String),
    Number(u32),
    Thing(Thing),
    List(Vec<Value>),
}

impl Serialize for Thing {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Text(text) => text.serialize(serializer),
            Value::Number(number) => number.serialize(serializer),
            Value::Thing(thing) => thing.serialize(serializer),
            Value::List(list) => list.serialize(serializer),
        }
    }
}

impl Thing {
    fn new(kind: &'static str) -> Self {
        Self(vec![("@type", Value::Text(kind.to_owned()))])
    }

    fn text(mut self, key: &'static str, text: impl Into<Option<String>>) -> Self {
        self.0.extend(
            text.into()
                .filter(|t| !t.is_empty())
                .map(|t| (key, Value::Text(t))),
        );
        self
    }

    fn thing(mut self, key: &'static str, thing: impl Into<Option<Thing>>) -> Self {
        self.0.extend(thing.into().map(|t| (key, Value::Thing(t))));
        self
    }

    fn texts<T: AsRef<str>>(mut self, key: &'static str, texts: &[T]) -> Self {
        if !texts.is_empty() {
            let texts = texts.iter().map(|t| Value::Text(t.as_ref().to_owned()));
            self.0.push((key, Value::List(texts.collect())));
        }
        self
    }

    fn things(mut self, key: &'static str, things: Vec<Thing>) -> Self {
        if !things.is_empty() {
            self.0
                .push((key, Value::List(things.into_iter().map(Value::Thing).collect())));
        }
        self
    }
}

/// What a page says of itself. A template gets it as the text of a JSON-LD
/// element, whose keys keep their order; nothing in it may end the element.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Graph {
    things: Vec<Thing>,
}

impl Serialize for Graph {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Element<'g> {
            #[serde(rename = "@context")]
            context: &'static str,
            #[serde(rename = "@graph")]
            things: &'g [Thing],
        }
        let element = Element {
            context: "https://schema.org",
            things: &self.things,
        };
        let text = serde_json::to_string(&element).map_err(serde::ser::Error::custom)?;
        serializer.serialize_str(&for_html(&text))
    }
}

/// JSON as it may stand in HTML: nothing in it opens a tag, and characters
/// that HTML forbids are written by their numbers.
fn for_html(json: &str) -> String {
    // What a character to be replaced can begin with.
    let rare = |b: u8| {
        let control = (b < 0x20) | (b == 0x7f) | (b == 0xC2);
        (b == b'<') | control | (0xEF..=0xF4).contains(&b)
    };
    let mut out = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(at) = scan::position(rest.as_bytes(), rare) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(c) = rest.chars().next() else { break };
        if c == '<' || is_forbidden(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
        rest = &rest[c.len_utf8()..];
    }
    out.push_str(rest);
    out
}

/// The page itself, and the way to it.
pub fn page(site: &Site, frame: &Frame) -> Option<Graph> {
    if !site.config.json_ld {
        return None;
    }
    let own = frame.canonical.clone().unwrap_or_else(|| frame.href.clone());
    let named = |name: &str, key: &str| match name {
        "" => site.words.get(key).to_owned(),
        name => name.to_owned(),
    };
    let name = match frame.kind {
        "home" => named(&frame.title, &site.config.title),
        kind => named(&frame.title, kind),
    };
    let mut steps = vec![(
        site.words.get("home").to_owned(),
        address(site, &site.routes.home()),
    )];
    for crumb in &frame.crumbs {
        let name = named(crumb.name.as_deref().unwrap_or(""), crumb.key.unwrap_or(""));
        steps.push((name, whole(site, &crumb.href)));
    }
    steps.push((name.clone(), own.clone()));
    let mut things = Vec::new();
    if frame.kind == "home" {
        things.push(
            Thing::new("WebSite")
                .text("name", site.config.title.clone())
                .text("url", own.clone())
                .text("inLanguage", site.config.language.clone())
                .thing("publisher", publisher(site)),
        );
        things.extend(publisher(site));
    } else {
        let step = |(n, (name, item)): (usize, (String, String))| {
            let mut step = Thing::new("ListItem");
            step.0.push(("position", Value::Number(n as u32 + 1)));
            step.text("name", name).text("item", item)
        };
        let steps = steps.into_iter().enumerate().map(step).collect();
        things.push(Thing::new("BreadcrumbList").things("itemListElement", steps));
    }
    let licence = site.config.licence.as_deref();
    things.push(
        Thing::new("WebPage")
            .text("name", name)
            .text("url", own)
            .text("description", frame.description.clone())
            .text("inLanguage", site.config.language.clone())
            .text("dateModified", frame.changed.clone())
            .text(
                "license",
                licence.map(|l| super::super::data::licence_address(l).unwrap_or_else(|| l.to_owned())),
            ),
    );
    Some(Graph { things })
}

impl Frame<'_> {
    /// Says in the page's data what it is about.
    pub fn about(mut self, thing: Thing) -> Self {
        if let Some(graph) = &mut self.ld {
            graph.things.push(thing);
        }
        self
    }
}

fn publisher(site: &Site) -> Option<Thing> {
    let name = site.config.authority.clone()?;
    Some(
        Thing::new("GovernmentOrganization")
            .text("name", name)
            .text("url", address(site, &site.routes.home())),
    )
}

fn body_ref(site: &Site, id: BodyId) -> Thing {
    Thing::new("GovernmentOrganization")
        .text("name", site.archive.bodies[id].name.clone())
        .text("url", address(site, &site.routes.body(id)))
}

fn person_ref(site: &Site, id: PersonId) -> Thing {
    let person = &site.archive.people[id];
    Thing::new("Person").text("name", person.name.clone()).text(
        "url",
        person.listed.then(|| address(site, &site.routes.person(id))),
    )
}

pub fn meeting(site: &Site, id: MeetingId) -> Thing {
    let meeting = &site.archive.meetings[id];
    let moment = |day: jiff::civil::Date, text: &Option<String>| {
        super::super::moment(site, day, text.as_deref()).unwrap_or_else(|| day.to_string())
    };
    let start = moment(meeting.date, &meeting.start);
    let end = crate::outlets::ends(meeting).map(|day| moment(day, &meeting.end));
    let status = match meeting.status {
        Status::Cancelled => "https://schema.org/EventCancelled",
        Status::Postponed => "https://schema.org/EventPostponed",
        _ => "https://schema.org/EventScheduled",
    };
    let mode = match meeting.mode.as_deref() {
        Some("in person") => Some("https://schema.org/OfflineEventAttendanceMode"),
        Some("remote") => Some("https://schema.org/OnlineEventAttendanceMode"),
        Some("hybrid") => Some("https://schema.org/MixedEventAttendanceMode"),
        _ => None,
    };
    let place = meeting.venue.clone().map(|venue| {
        let address = venue.clone();
        Thing::new("Place").text("name", venue).text("address", address)
    });
    let organizers = meeting.bodies.iter().map(|b| body_ref(site, *b)).collect();
    Thing::new("Event")
        .text("name", site.meeting_title(id))
        .text("url", address(site, &site.routes.meeting(id)))
        .text("startDate", start)
        .text("endDate", end)
        .text("eventStatus", status.to_owned())
        .text("eventAttendanceMode", mode.map(str::to_owned))
        .thing("location", place)
        .text("description", meeting.attend.clone())
        .things("organizer", organizers)
}

pub fn body(site: &Site, id: BodyId) -> Thing {
    let body = &site.archive.bodies[id];
    let mut members: Vec<PersonId> = Vec::new();
    for m in body.members_on(site.today) {
        if !members.contains(&m.person) {
            members.push(m.person);
        }
    }
    Thing::new("GovernmentOrganization")
        .text("name", body.name.clone())
        .texts("alternateName", &body.aliases)
        .text("url", address(site, &site.routes.body(id)))
        .text("foundingDate", body.from.map(|d| d.to_string()))
        .text("dissolutionDate", body.to.map(|d| d.to_string()))
        .text("email", body.contact.email.clone())
        .text("telephone", body.contact.telephone.clone())
        .thing(
            "parentOrganization",
            body.parent.map(|p| body_ref(site, p)).or_else(|| publisher(site)),
        )
        .things(
            "member",
            members.into_iter().map(|p| person_ref(site, p)).collect(),
        )
}

pub fn person(site: &Site, id: PersonId) -> Thing {
    let person = &site.archive.people[id];
    let mut bodies: Vec<BodyId> = Vec::new();
    let today = |m: &&(BodyId, Membership)| site.archive.bodies[m.0].holds(&m.1, site.today);
    for (body, _) in person.memberships.iter().filter(today) {
        if !bodies.contains(body) {
            bodies.push(*body);
        }
    }
    let mut member: Vec<Thing> = bodies.into_iter().map(|b| body_ref(site, b)).collect();
    member.extend(
        person
            .party
            .clone()
            .map(|party| Thing::new("Organization").text("name", party)),
    );
    Thing::new("Person")
        .text("name", person.name.clone())
        .texts("alternateName", &person.aliases)
        .text("url", address(site, &site.routes.person(id)))
        .text("email", person.contact.email.clone())
        .text("telephone", person.contact.telephone.clone())
        .things("memberOf", member)
}

/// The archive as a data set, for search engines of data.
pub fn dataset(site: &Site) -> Thing {
    let download = |url: &crate::paths::Url, kind: &'static str| {
        Thing::new("DataDownload")
            .text("contentUrl", address(site, url))
            .text("encodingFormat", kind.to_owned())
    };
    let mut downloads = Vec::new();
    if site.config.data {
        downloads.push(download(&super::super::json::whole_archive(), "application/json"));
    }
    if site.config.csv {
        downloads.extend(
            super::super::tables::published(site)
                .iter()
                .map(|table| download(&table.url, "text/csv")),
        );
    }
    if site.config.popolo {
        downloads.push(download(&super::super::popolo::url(), "application/json"));
    }
    let licence = site.config.licence.as_deref();
    Thing::new("Dataset")
        .text("name", site.config.title.clone())
        .text("description", site.words.get("data_about").to_owned())
        .text("url", address(site, &site.routes.list("data")))
        .text(
            "license",
            licence.map(|l| super::super::data::licence_address(l).unwrap_or_else(|| l.to_owned())),
        )
        .thing("creator", publisher(site))
        .things("distribution", downloads)
}
