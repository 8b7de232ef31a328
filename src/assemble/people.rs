//! Records that a declared file or a mere mention makes.

use crate::document::records::{BodyDoc, ContactDoc, IssueDoc, PersonDoc};
use crate::model::{Body, Contact, Issue, Person, Prose};
use crate::paths::SourcePath;
use crate::text::names;

/// A person who has no file.
pub fn stranger(id: String, name: &str) -> Person {
    Person {
        id,
        name: name.to_owned(),
        sort: names::sort_form(name),
        aliases: Vec::new(),
        party: None,
        terms: Vec::new(),
        interests: Vec::new(),
        contact: Contact::default(),
        listed: true,
        text: Prose::default(),
        source: None,
        memberships: Vec::new(),
        attendance: Vec::new(),
        sittings: Vec::new(),
        decisions: Vec::new(),
        items: Vec::new(),
    }
}

pub fn person(id: &str, path: &SourcePath, doc: &PersonDoc) -> Person {
    let name = doc.name.clone().unwrap_or_else(|| from_id(id));
    Person {
        sort: doc.sort.clone().unwrap_or_else(|| names::sort_form(&name)),
        aliases: doc.aliases.clone(),
        party: doc.party.clone(),
        terms: doc.terms.clone(),
        contact: contact(&doc.contact),
        listed: doc.listed,
        source: Some(path.clone()),
        ..stranger(id.to_owned(), &name)
    }
}

/// A body that is only a folder, or only a name.
pub fn folder_body(id: &str) -> Body {
    Body {
        id: id.to_owned(),
        name: from_id(id),
        aliases: Vec::new(),
        kind: None,
        parent: None,
        from: None,
        to: None,
        quorum: None,
        members: Vec::new(),
        standing_items: Vec::new(),
        contact: Contact::default(),
        text: Prose::default(),
        source: None,
        meetings: Vec::new(),
        children: Vec::new(),
        decisions: Vec::new(),
        sittings: Vec::new(),
    }
}

pub fn body(id: &str, path: &SourcePath, doc: &BodyDoc) -> Body {
    Body {
        name: doc.name.clone().unwrap_or_else(|| from_id(id)),
        aliases: doc.aliases.clone(),
        kind: doc.kind.clone(),
        from: doc.from,
        to: doc.to,
        quorum: doc.quorum,
        standing_items: doc.standing_items.clone(),
        contact: contact(&doc.contact),
        source: Some(path.clone()),
        ..folder_body(id)
    }
}

/// An issue that only `Issue:` lines speak of.
pub fn named_issue(id: String, title: &str) -> Issue {
    Issue {
        id,
        title: title.to_owned(),
        aliases: Vec::new(),
        reference: None,
        kind: None,
        status: None,
        due: None,
        lead_member: None,
        topics: Vec::new(),
        related: Vec::new(),
        text: Prose::default(),
        source: None,
        items: Vec::new(),
        decisions: Vec::new(),
        named_by: Vec::new(),
    }
}

pub fn issue(id: &str, path: &SourcePath, doc: &IssueDoc) -> Issue {
    let title = doc.title.clone().unwrap_or_else(|| from_id(id));
    let mut aliases = doc.aliases.clone();
    aliases.extend(doc.reference.clone());
    Issue {
        aliases,
        reference: doc.reference.clone(),
        kind: doc.kind.clone(),
        status: doc.status.clone(),
        source: Some(path.clone()),
        ..named_issue(id.to_owned(), &title)
    }
}

fn contact(doc: &ContactDoc) -> Contact {
    Contact {
        name: doc.name.clone(),
        email: doc.email.clone(),
        telephone: doc.telephone.clone(),
        address: doc.address.clone(),
    }
}

/// `overview-and-scrutiny` → `Overview and scrutiny`
pub fn from_id(id: &str) -> String {
    let words = id.replace('-', " ");
    let mut chars = words.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => words,
    }
}
