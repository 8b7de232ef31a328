//! Minutes written in Word (ECMA-376, Office Open XML; .docx).
//!
//! A document is read in four steps: its parts ([`package`]), its paragraphs and
//! tables ([`body`]), what each of them is by the habit of this document
//! ([`habits`]), and the Markdown that says it ([`write`]). From there on it is a
//! file of Markdown like any other: `markdown` divides it into items, finds who
//! was there and makes the records.
//!
//! What nobody sees on paper is never published: hidden words, words that are
//! blacked out, comments. They are counted, and stand in no report either.

mod attendance;
mod block;
mod body;
mod grid;
mod habits;
mod looks;
mod numbering;
mod package;
mod place;
mod secret;
mod symbols;
mod write;

use std::collections::BTreeMap;

use super::draft::{Fate, Imported, Origin};
use super::known::Bodies;
use super::markdown::divide::divide;
use super::markdown::mapping::{Kept, Mapping, Role};
use super::markdown::{Sheet, Way, gather, recall, survey};
use super::xml::Element;
use super::{Job, opened};
use block::Block;
use body::{Left, NoteKind, Reader};
use looks::Styles;
use numbering::Numbering;
use package::Package;

/// The endings of the names of files that are looked at. All but two are told
/// how they can be read.
pub const ENDINGS: &[&str] = &["docx", "docm", "dotx", "dotm", "doc", "dot", "rtf", "odt"];

const WORD: Way = Way {
    system: "docx",
    help: "Name this file alone, and say what is missing with --body \"NAME\" or --date YYYY-MM-DD.",
};

/// More words that open lists of names, and the words of the format for them.
const SYNONYMS: &[(&str, &[&str])] = &[
    (
        "Present",
        &[
            "attendance",
            "attendees",
            "attended",
            "attending",
            "participants",
            "councillors present",
            "present were",
            "those present",
            "trustees present",
            "directors present",
            "governors present",
            "members in attendance",
            "committee members present",
            "members attending",
            "board members present",
        ],
    ),
    (
        "Remote",
        &[
            "remotely",
            "attending remotely",
            "present remotely",
            "joined remotely",
            "via zoom",
            "via teams",
        ],
    ),
    (
        "Apologies",
        &[
            "apologies received",
            "apologies received from",
            "apologies from",
            "apologies for absence received",
            "apology",
        ],
    ),
    (
        "Absent",
        &[
            "not present",
            "absent without apology",
            "absent without apologies",
        ],
    ),
    (
        "In attendance",
        &[
            "also present",
            "also in attendance",
            "officers present",
            "officers in attendance",
            "officers",
            "others present",
            "others in attendance",
            "guests",
            "observers",
            "staff",
            "staff present",
            "visitors",
            "invited",
            "invitees",
            "also attending",
            "members of the public",
        ],
    ),
];

/// What a document holds.
struct Document {
    blocks: Vec<Block>,
    /// The notes that are referred to, in their order.
    notes: Vec<Vec<Block>>,
    /// The lines of headers and footers, each once.
    edges: Vec<String>,
    /// The title in its properties.
    property: String,
    comments: Vec<String>,
    /// Words of charts and diagrams.
    drawn: Vec<String>,
    left: Left,
}

pub(super) fn read(job: &Job) -> Imported {
    let mut imported = Imported::default();
    let mapping = match mapping(job) {
        Ok(mapping) => mapping,
        Err(why) => {
            imported.refused = Some(why);
            return imported;
        }
    };
    let bodies = Bodies::of(job.known, job.labels);
    let accept = job.options.accept_changes;
    let documents = opened(job, &mut imported, |bytes, _| document(bytes, accept));
    let mut sheets = Vec::new();
    let mut from: BTreeMap<(String, String), usize> = BTreeMap::new();
    for (at, file, document) in documents {
        let origin = &mut imported.origins[at];
        let Some(role) = mapping.role(&file.name) else {
            origin.skip("the mapping says so");
            continue;
        };
        if let Some(sheet) = sheet(
            document, &file.name, role, &mapping, &bodies, job, origin, &mut from,
        ) {
            sheets.push(Sheet { origin: at, ..sheet });
        }
    }
    recall(&mut sheets, job, &WORD);
    for ((name, said), n) in from {
        let files = if n == 1 { "file" } else { "files" };
        imported
            .notes
            .push(format!("{name} is the body of {n} {files}, from {said}"));
    }
    gather(sheets, &mapping, job, &WORD, &mut imported);
    imported
}

/// How documents are read: as the mapping says, if there is one.
fn mapping(job: &Job) -> Result<Mapping, String> {
    const OWN: &str = "ready = true\n[files]\nagenda = [\"*agenda*\", \"*Agenda*\", \"*AGENDA*\"]\n\
        [items]\nwrappers = [\"Agenda\", \"Minutes\", \"Agenda items\", \"Items\", \"Business\", \"Minutes of the meeting\"]\n";
    let mapping = Mapping::read(job.options.mapping.as_deref().unwrap_or(OWN))?;
    let words = survey::LABELS
        .iter()
        .filter_map(|(key, words)| Some((Kept::of(key)?, *words)));
    let more = SYNONYMS
        .iter()
        .filter_map(|(word, words)| Some((Kept::of(&word.to_lowercase().replace(' ', "_"))?, *words)));
    let labels = words
        .chain(more)
        .flat_map(|(kept, words)| words.iter().map(move |w| ((*w).to_owned(), kept)));
    Ok(mapping.and_labels(labels).or_order(job.options.order).of_level(2))
}

/// Reads the parts of a document.
fn document(bytes: &[u8], accept: bool) -> Result<Document, String> {
    let mut package = Package::open(bytes)?;
    let path = package.document()?;
    let relations = package.relations(&path)?;
    let target = |kind: &str| {
        relations
            .values()
            .find(|r| r.kind == kind && !r.outside)
            .map(|r| r.target.clone())
    };
    let part = |package: &mut Package, kind: &str| match target(kind) {
        Some(path) => package.tree(&path),
        None => Ok(None),
    };
    let styles = part(&mut package, "styles")?
        .map(|t| Styles::read(&t))
        .unwrap_or_default();
    let numbering = part(&mut package, "numbering")?
        .map(|t| Numbering::read(&t))
        .unwrap_or_default();
    let footnotes = part(&mut package, "footnotes")?;
    let endnotes = part(&mut package, "endnotes")?;
    let comments = part(&mut package, "comments")?;
    let root = package.tree(&path)?.ok_or("there is no text in it")?;
    let body = root.child("body").ok_or("there is no text in it")?;
    let mut reader = Reader::new(&styles, numbering, &relations, accept);
    let blocks = reader.read(body);
    let wanted = std::mem::take(&mut reader.notes);
    let note = |kind: NoteKind, id: &str| {
        let list = match kind {
            NoteKind::Footnote => footnotes.as_ref()?,
            NoteKind::Endnote => endnotes.as_ref()?,
        };
        list.children.iter().find(|n| n.attribute("id") == Some(id))
    };
    let notes = wanted
        .iter()
        .map(|(kind, id)| note(*kind, id).map(|n| reader.read(n)).unwrap_or_default())
        .collect();
    reader.notes.clear();
    // Notes that nothing refers to are words all the same.
    for (kind, list) in [(NoteKind::Footnote, &footnotes), (NoteKind::Endnote, &endnotes)] {
        for at in list.iter().flat_map(|l| &l.children) {
            let own = at.attribute("type").is_none_or(|t| t == "normal");
            let used = at
                .attribute("id")
                .is_some_and(|id| wanted.iter().any(|(k, i)| *k == kind && i == id));
            if own && !used {
                let blocks = reader.read(at);
                let words = plain(&blocks);
                reader
                    .left
                    .stray
                    .extend(words.into_iter().map(|w| (reader.count, w)));
            }
        }
    }
    let mut left = std::mem::take(&mut reader.left);
    let told = comments.iter().flat_map(|c| c.all("comment"));
    let comments = told.map(words_of).collect();
    let mut edges: Vec<String> = Vec::new();
    let mut drawn = Vec::new();
    let others: Vec<(String, String)> = relations
        .values()
        .filter(|r| !r.outside)
        .map(|r| (r.kind.clone(), r.target.clone()))
        .collect();
    for (kind, target) in others {
        match kind.as_str() {
            "header" | "footer" => {
                let Some(tree) = package.tree(&target)? else {
                    continue;
                };
                let relations = package.relations(&target)?;
                let mut reader = Reader::new(&styles, Numbering::default(), &relations, accept);
                let blocks = reader.read(&tree);
                left.hidden.extend(reader.left.hidden);
                left.inserted.extend(reader.left.inserted);
                left.deleted.extend(reader.left.deleted);
                left.pictures.extend(reader.left.pictures);
                for line in plain(&blocks) {
                    if !edges.contains(&line) {
                        edges.push(line);
                    }
                }
            }
            "chart" | "diagramdata" => {
                if let Some(tree) = package.tree(&target)? {
                    let words = words_of(&tree);
                    drawn.extend(Some(words).filter(|w| !w.is_empty()));
                }
            }
            _ => {}
        }
    }
    let property = match package.properties()? {
        Some(path) => package
            .tree(&path)?
            .and_then(|t| t.value("title").map(crate::document::written::line)),
        None => None,
    };
    Ok(Document {
        blocks,
        notes,
        edges,
        property: property.unwrap_or_default(),
        comments,
        drawn,
        left,
    })
}

fn plain(blocks: &[Block]) -> Vec<String> {
    let mut paragraphs = Vec::new();
    block::paragraphs(blocks, &mut paragraphs);
    let words = paragraphs.iter().map(|p| p.plain());
    words.filter(|w| !w.is_empty()).collect()
}

/// Every word below an element, whatever it is.
fn words_of(at: &Element) -> String {
    let mut found = Vec::new();
    at.below("t", &mut found);
    let words: Vec<&str> = found.iter().map(|t| t.text.as_str()).collect();
    crate::document::written::line(&words.join(" "))
}

/// A document as a file of minutes. None where nothing of it may be imported, or
/// there is nothing; the origin says why.
#[allow(clippy::too_many_arguments, reason = "a step of one importer, called once")]
fn sheet(
    document: Document,
    name: &str,
    role: Role,
    mapping: &Mapping,
    bodies: &Bodies,
    job: &Job,
    origin: &mut Origin,
    from: &mut BTreeMap<(String, String), usize>,
) -> Option<Sheet> {
    "minutes".clone_into(&mut origin.what);
    if document.edges.iter().any(|l| secret::says_so(l)) {
        origin.skip(SECRET);
        return None;
    }
    lines(&document, origin);
    let parts = habits::parts(document.blocks, mapping, origin);
    let above = parts.title.iter().chain(&parts.head);
    if above.into_iter().any(|l| secret::says_so(l)) {
        origin.lines.clear();
        origin.used.clear();
        origin.skip(SECRET);
        return None;
    }
    let title = parts.title.clone().unwrap_or_default();
    let role = match role {
        Role::Minutes if is_agenda(&title) => Role::Agenda,
        role => role,
    };
    role.word().clone_into(&mut origin.what);
    let markdown = write::write(&parts.pieces, &document.notes);
    let mut divided = divide(&markdown, mapping, origin);
    if origin.fate != Fate::Read {
        return None;
    }
    let withheld = secret::withhold(&mut divided, origin);
    tell(
        &document.left,
        &document.comments,
        &document.edges,
        &document.drawn,
        withheld,
        origin,
    );
    if divided.is_empty() {
        // Lines of a file that is skipped are not looked at: its words are told here.
        let words = document.left.inserted.iter().chain(&document.left.stray);
        let words: Vec<&str> = words.map(|(_, w)| w.as_str()).collect();
        if !words.is_empty() {
            origin.notes.push(format!("left out: {}", words.join(" / ")));
        }
        origin.skip("there is no text in it");
        return None;
    }
    if withheld > 0 {
        origin.notes.push(match withheld {
            1 => "1 item is exempt: its title is kept, its text is left out".to_owned(),
            n => format!("{n} items are exempt: their titles are kept, their text is left out"),
        });
    }
    if parts.habit.starts_with("nothing") && divided.items.iter().all(|i| i.is_names()) {
        origin.notes.push(
            "no agenda items were found in it: there are neither headings nor bold or numbered lines"
                .to_owned(),
        );
    }
    let head = place::Head {
        title: &title,
        lines: &parts.head,
        edges: &document.edges,
        property: &document.property,
        file: name,
    };
    let mut missing = Vec::new();
    let date = match place::day(&head, mapping.order, &mut origin.notes) {
        Ok(found) => Some(found),
        Err(why) => match job.options.date {
            Some(date) => Some((date, "the option --date".to_owned())),
            None => {
                missing.push(why);
                None
            }
        },
    };
    divided.date = date.as_ref().map(|d| d.0);
    let mut told = place::body(&head, bodies);
    if let Some(name) = mapping.body(name, &divided) {
        told = Ok((name, "the mapping".to_owned()));
    }
    let body = match told {
        Ok((name, said)) => {
            *from.entry((name.clone(), said)).or_default() += 1;
            Some(name)
        }
        Err(why) => {
            if job.options.body.is_none() {
                missing.push(why);
            }
            job.options.body.clone()
        }
    };
    Some(Sheet {
        origin: 0,
        name: name.to_owned(),
        divided,
        role,
        date,
        body,
        missing,
    })
}

const SECRET: &str = "it says of itself that it is confidential, exempt or not for publication: nothing of it is imported. If it may be public, take those words out of it";

fn is_agenda(title: &str) -> bool {
    let lower = title.to_lowercase();
    lower.split(|c: char| !c.is_alphabetic()).any(|w| w == "agenda") && !lower.contains("minutes")
}

/// What the document says, paragraph by paragraph.
fn lines(document: &Document, origin: &mut Origin) {
    let mut paragraphs = Vec::new();
    block::paragraphs(&document.blocks, &mut paragraphs);
    for blocks in &document.notes {
        block::paragraphs(blocks, &mut paragraphs);
    }
    for paragraph in paragraphs {
        let words = match &paragraph.mark {
            Some(numbering::Mark::Number(label)) => format!("{label} {}", paragraph.plain()),
            _ => paragraph.plain(),
        };
        if !words.is_empty() {
            origin.lines.push((paragraph.number, words));
        }
    }
}

/// Tells what is in no record.
fn tell(
    left: &Left,
    comments: &[String],
    edges: &[String],
    drawn: &[String],
    withheld: usize,
    origin: &mut Origin,
) {
    let words = |list: &[(usize, String)]| {
        list.iter()
            .map(|(_, w)| crate::text::words::words(w).len())
            .sum::<usize>()
    };
    let many = |n: usize, one: &str, more: &str| match n {
        1 => format!("1 {one}"),
        n => format!("{n} {more}"),
    };
    // Of a document with exempt items, nothing is quoted: it may belong to them.
    let quotes = withheld == 0;
    let private = |origin: &mut Origin, list: &[(usize, String)], why: &'static str| {
        for (n, words) in list {
            origin.lines.push((*n, words.clone()));
            origin.kept_private(words.clone(), why);
        }
    };
    private(origin, &left.hidden, "hidden words");
    if words(&left.hidden) > 0 {
        let n = many(words(&left.hidden), "word that is", "words that are");
        origin
            .notes
            .push(format!("{n} hidden, or blacked out, and left out"));
    }
    for comment in comments {
        origin.lines.push((1, comment.clone()));
        origin.kept_private(comment.clone(), "a comment");
    }
    if !comments.is_empty() {
        let n = many(comments.len(), "comment is", "comments are");
        origin.notes.push(format!("{n} left out"));
    }
    if !left.inserted.is_empty() {
        let n = many(
            left.insertions,
            "insertion that nobody has accepted is",
            "insertions that nobody has accepted are",
        );
        origin
            .notes
            .push(format!("{n} left out: --accept-changes takes insertions in"));
        match quotes {
            // Their words are left over, and told.
            true => origin.lines.extend(left.inserted.iter().cloned()),
            false => private(origin, &left.inserted, "an insertion that is not accepted"),
        }
    }
    if left.insertions > 0 && left.inserted.is_empty() {
        let n = many(left.insertions, "insertion is", "insertions are");
        origin.notes.push(format!("{n} taken as accepted"));
    }
    if left.deletions > 0 && left.deleted.is_empty() {
        let n = many(
            left.deletions,
            "deletion that nobody has accepted stays",
            "deletions that nobody has accepted stay",
        );
        origin
            .notes
            .push(format!("{n} in the text: --accept-changes takes deletions out"));
    }
    if !left.deleted.is_empty() {
        let n = many(left.deletions, "deletion", "deletions");
        origin.notes.push(format!(
            "{n} taken as accepted: {}",
            many(words(&left.deleted), "word is out", "words are out")
        ));
        private(origin, &left.deleted, "words that an accepted change takes out");
    }
    for (n, words) in &left.contents {
        origin.lines.push((*n, words.clone()));
        origin.used(words.clone(), "the table of contents");
    }
    match quotes {
        true => origin.lines.extend(left.stray.iter().cloned()),
        false => private(origin, &left.stray, "words in no place that we know"),
    }
    for words in drawn {
        match quotes {
            true => origin.lines.push((1, words.clone())),
            false => private(origin, &[(1, words.clone())], "words of a drawing"),
        }
    }
    for picture in &left.pictures {
        let words = if quotes { picture.as_str() } else { "" };
        origin.notes.push(match words {
            "" => "a picture is left out".to_owned(),
            words => format!("a picture is left out: {words}"),
        });
    }
    for object in &left.objects {
        origin.notes.push(format!("{object} is left out"));
    }
    for edge in edges {
        origin.lines.push((1, edge.clone()));
        origin.used(edge.clone(), "a header or footer");
    }
    if !edges.is_empty() {
        origin
            .notes
            .push(format!("the header or footer says: {}", edges.join(" / ")));
    }
    if left.links > 0 {
        let n = many(left.links, "link that leads", "links that lead");
        origin.notes.push(format!(
            "{n} to no address on the web: the words are kept, the link is not"
        ));
    }
    if left.symbols > 0 {
        let n = many(left.symbols, "sign", "signs");
        origin.notes.push(format!(
            "{n} of a font of symbols could not be read: \u{fffd} stands in its place"
        ));
    }
}
