//! What is there already: bodies that a source may name, and meetings that were
//! made of a source before.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::document::Labels;
use crate::document::written::{Value, again};
use crate::report::Report;
use crate::source::{Kind, Sources};
use crate::text::names;
use crate::text::slug::slug;

/// A meeting that was made of a file before.
pub(crate) struct Earlier<'a> {
    /// The id of its body.
    pub body: String,
    pub date: Date,
    /// Its record as it is now.
    pub text: &'a str,
}

/// What files became when they were imported before, by their names. `system`:
/// by which importer.
pub(crate) fn earlier<'a>(
    known: &'a Sources,
    labels: &Labels,
    system: &str,
) -> BTreeMap<String, Vec<Earlier<'a>>> {
    let mut out: BTreeMap<String, Vec<Earlier>> = BTreeMap::new();
    for source in known.records.iter().filter(|s| s.place.kind == Kind::Meeting) {
        // Most records were not imported: they need not be read.
        if !source.text.contains("source:") {
            continue;
        }
        let Some(record) = again(&source.path, &source.text, labels, &mut Report::new()) else {
            continue;
        };
        let Some(Value::Map(from)) = record.front.get("source") else {
            continue;
        };
        let (Some(Value::Text(made)), Some(Value::Text(file))) = (from.get("system"), from.get("file"))
        else {
            continue;
        };
        let Some((body, day)) = source.place.id.rsplit_once('/') else {
            continue;
        };
        if let Some(date) = day
            .get(..10)
            .and_then(|d| d.parse().ok())
            .filter(|_| made == system)
        {
            for name in file.split(", ") {
                out.entry(name.to_owned()).or_default().push(Earlier {
                    body: body.to_owned(),
                    date,
                    text: &source.text,
                });
            }
        }
    }
    out
}

#[derive(Default, Debug)]
pub(crate) struct Bodies(Vec<Body>);

#[derive(Debug)]
struct Body {
    id: String,
    name: String,
    aliases: Vec<String>,
}

impl Bodies {
    pub fn of(known: &Sources, labels: &Labels) -> Self {
        let bodies = known.records.iter().filter(|s| s.place.kind == Kind::Body);
        let one = |source: &crate::source::Source| {
            let record = again(&source.path, &source.text, labels, &mut Report::new());
            let front = record.map(|r| r.front).unwrap_or_default();
            let text = |value: &Value| match value {
                Value::Text(text) => Some(text.clone()),
                _ => None,
            };
            let aliases = match front.get("aliases") {
                Some(Value::List(list)) => list.iter().filter_map(text).collect(),
                Some(value) => text(value).into_iter().collect(),
                None => Vec::new(),
            };
            Body {
                name: front
                    .get("name")
                    .and_then(text)
                    .unwrap_or_else(|| source.place.id.clone()),
                id: source.place.id.clone(),
                aliases,
            }
        };
        Self(bodies.map(one).collect())
    }

    /// Every spelling in the form in which names are compared, and the name.
    pub fn spellings(&self) -> impl Iterator<Item = (String, &String)> {
        self.0.iter().flat_map(|b| {
            let all = std::iter::once(&b.name).chain(&b.aliases);
            all.map(move |s| (names::fold(s), &b.name))
                .filter(|(spelling, _)| spelling.chars().count() > 2)
        })
    }

    fn find(&self, name: &str) -> Option<&Body> {
        let folded = names::fold(name);
        self.0.iter().find(|b| {
            b.id == name
                || std::iter::once(&b.name)
                    .chain(&b.aliases)
                    .any(|s| names::fold(s) == folded)
        })
    }

    /// The name as its file writes it.
    pub fn name(&self, name: &str) -> Option<String> {
        self.find(name).map(|b| b.name.clone())
    }

    /// The name of the body of that id.
    pub fn of_id(&self, id: &str) -> Option<String> {
        self.0.iter().find(|b| b.id == id).map(|b| b.name.clone())
    }

    /// The id of a body, whether it has a file or not.
    pub fn id(&self, name: &str) -> String {
        self.find(name).map_or_else(|| slug(name), |b| b.id.clone())
    }
}
