//! A new body, person or issue, from its name.

use super::site::body_id;
use super::{Made, NewFile, Refusal, bodies};
use crate::assemble::names::{Found, Names};
use crate::document::written::{line, scalar};
use crate::model::{Archive, Id, Table};
use crate::paths::SourcePath;
use crate::source::{Sorted, sort};
use crate::text::names::{sort_form, without_honorifics};
use crate::text::slug;

/// What is known of the records of a kind.
struct Known<'a, T> {
    /// `person`
    kind: &'static str,
    /// `people`
    folder: &'static str,
    table: &'a Table<T>,
    names: Names<T>,
    file: fn(&T) -> Option<&SourcePath>,
    name: fn(&T) -> &str,
}

impl<T> Known<'_, T> {
    /// Refuses a record that is there under this name, another of its names or
    /// this id. Gives the record without a file that would get one, and the
    /// name that is so near that both may be the same.
    fn look(&self, name: &str, id: &str) -> Result<(Option<Id<T>>, Option<String>), Refusal> {
        let found = match self.names.find(name) {
            Found::One(row) => Some(row),
            Found::Many(rows) => rows.first().copied(),
            Found::None => self.names.id(id),
        };
        if let Some((row, file)) = found.and_then(|row| Some((row, (self.file)(&self.table[row])?))) {
            return Err(Refusal::new(
                format!(
                    "there is a {} called `{}` already",
                    self.kind,
                    (self.name)(&self.table[row])
                ),
                format!("its file is {}", file.as_str()),
            ));
        }
        let near = if found.is_none() {
            self.names.nearest(name).map(str::to_owned)
        } else {
            None
        };
        Ok((found, near))
    }

    /// The path of a new record, if its name can be one.
    fn path(&self, id: &str, name: &str) -> Result<String, Refusal> {
        let path = format!("content/{}/{id}.md", self.folder);
        let named = name.chars().any(char::is_alphanumeric);
        match sort(&SourcePath::new(&path)) {
            Sorted::Record(_) if named => Ok(path),
            Sorted::Misplaced(said) => Err(Refusal {
                words: said.message,
                help: said.help,
            }),
            _ => Err(Refusal {
                words: format!("`{name}` cannot be the name of a {}", self.kind),
                help: Some("write it with letters".into()),
            }),
        }
    }

    fn made(&self, path: String, text: String, near: Option<String>, next: Vec<String>) -> Made {
        let warned = near.map(|near| {
            format!(
                "`{near}` is very near: if both are the same {}, delete the new file again",
                self.kind
            )
        });
        Made {
            file: NewFile { path, text },
            next: warned.into_iter().chain(next).collect(),
        }
    }
}

/// A new person. An honorific is part of the name and not of the id.
pub fn person(archive: &Archive, name: &str) -> Result<Made, Refusal> {
    let name = line(name);
    let mut names = Names::new(true);
    for (id, person) in archive.people.iter() {
        names.add(&person.id, &person.name, &person.aliases, id);
    }
    let known = Known {
        kind: "person",
        folder: "people",
        table: &archive.people,
        names,
        file: |person| person.source.as_ref(),
        name: |person| &person.name,
    };
    let id = slug(without_honorifics(&name));
    let (found, near) = known.look(&name, &id)?;
    // A page that is there for the name alone keeps its address.
    let id = found.map_or(id, |row| archive.people[row].id.clone());
    let path = known.path(&id, &name)?;
    let text = format!(
        "---\n\
         name: {}\n\
         sort: {}\n\
         # party: …\n\
         # terms: [{{ward: …, from: 2026-05-07}}]\n\
         # contact: {{email: …}}\n\
         ---\n",
        scalar(&name),
        scalar(&sort_form(&name)),
    );
    let next = vec![format!(
        "a body's members stand in its file, as `- {{person: {id}, from: {}}}`",
        archive
            .today
            .map_or_else(|| "2026-05-07".to_owned(), |d| d.to_string())
    )];
    Ok(known.made(path, text, near, next))
}

/// A new body.
pub fn body(archive: &Archive, name: &str, kind: &str) -> Result<Made, Refusal> {
    let name = line(name);
    let mut names = Names::new(false);
    for (id, body) in archive.bodies.iter() {
        names.add(&body.id, &body.name, &body.aliases, id);
    }
    let known = Known {
        kind: "body",
        folder: "bodies",
        table: &archive.bodies,
        names,
        file: |body| body.source.as_ref(),
        name: |body| &body.name,
    };
    let id = body_id(&name)?;
    let (found, near) = known.look(&name, &id)?;
    let id = found.map_or(id, |row| archive.bodies[row].id.clone());
    let path = bodies::file(&id).as_str().to_owned();
    let text = format!(
        "---\n\
         name: {}\n\
         kind: {kind}\n\
         # parent: council\n\
         # quorum: 3\n\
         # members:\n\
         #   - {{person: jane-roe, role: Chair, from: 2026-05-07}}\n\
         standing_items:\n  \
           - Apologies for absence\n  \
           - Declarations of interest\n  \
           - Minutes of the last meeting\n  \
           - \"…\"\n  \
           - Any other business\n\
         ---\n\n\
         [[fill in: what the {name} is for, and what it may decide]]\n",
        scalar(&name),
    );
    let next = vec![
        "write its members and its remit into the file".to_owned(),
        format!("its first meeting is made by: minutebook new meeting {id} 2026-05-07"),
    ];
    Ok(known.made(path, text, near, next))
}

/// A new issue.
pub fn issue(archive: &Archive, title: &str) -> Result<Made, Refusal> {
    let title = line(title);
    let mut names = Names::new(false);
    for (id, issue) in archive.issues.iter() {
        names.add(&issue.id, &issue.title, &issue.aliases, id);
    }
    let known = Known {
        kind: "issue",
        folder: "issues",
        table: &archive.issues,
        names,
        file: |issue| issue.source.as_ref(),
        name: |issue| &issue.title,
    };
    let id = slug(&title);
    let (found, near) = known.look(&title, &id)?;
    let id = found.map_or(id, |row| archive.issues[row].id.clone());
    let path = known.path(&id, &title)?;
    let text = format!(
        "---\n\
         title: {}\n\
         status: open\n\
         # reference: PK-2026-02\n\
         # kind: policy, contract, planning, budget, petition, motion …\n\
         # topics: [parks, flooding]\n\
         # decision_due: {{body: parks, date: 2026-07-09}}\n\
         ---\n\n\
         [[fill in: the background, for somebody who hears of it for the first time]]\n",
        scalar(&title),
    );
    let next = vec![format!(
        "an item belongs to it with the line `- Issue: {id}` below its heading"
    )];
    Ok(known.made(path, text, near, next))
}
