//! The other records: bodies, people, issues, decisions taken outside
//! meetings, and free pages.

use jiff::civil::Date;

use super::agenda::{Reader, SectionDoc, blanked, hide, without};
use super::allow;
use super::exempt;
use super::fields::issues_kept;
use super::front_matter::{Map, Mention, Node, divide};
use super::labels::Labels;
use super::meeting::{Read, exemption, source, waits};
use super::prose::Written;
use super::secrecy;
use crate::model::{Exemption, SectionKind, StandingItem};
use crate::paths::{SourcePath, Span};
use crate::report::{Diagnostic, Report, rules};
use crate::text::blank::{holds_blank, shown};

/// How somebody can be reached: labels and values in the order of the form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ContactDoc {
    pub name: Option<String>,
    pub email: Option<String>,
    pub telephone: Option<String>,
    pub address: Option<String>,
}

#[derive(Clone, Debug)]
pub struct BodyDoc {
    pub name: Option<String>,
    pub aliases: Vec<String>,
    pub kind: Option<String>,
    pub parent: Option<Mention>,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub quorum: Option<u32>,
    pub members: Vec<MemberDoc>,
    pub standing_items: Vec<StandingItem>,
    pub contact: ContactDoc,
    pub text: Written,
}

#[derive(Clone, Debug)]
pub struct MemberDoc {
    pub who: Mention,
    pub role: Option<String>,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub voting: bool,
}

#[derive(Clone, Debug)]
pub struct PersonDoc {
    pub name: Option<String>,
    pub sort: Option<String>,
    pub aliases: Vec<String>,
    pub party: Option<String>,
    /// Ward, from, to.
    pub terms: Vec<(Option<String>, Option<Date>, Option<Date>)>,
    pub interests: Vec<(Option<Date>, Mention)>,
    /// The days on which others of them are to be released.
    pub waiting: Vec<Date>,
    pub contact: ContactDoc,
    pub listed: bool,
    pub text: Written,
}

#[derive(Clone, Debug)]
pub struct IssueDoc {
    pub title: Option<String>,
    pub aliases: Vec<String>,
    pub reference: Option<String>,
    pub kind: Option<String>,
    pub status: Option<String>,
    pub due: Option<DueDoc>,
    pub lead_member: Option<Mention>,
    pub topics: Vec<String>,
    /// Issue, and how it is related.
    pub related: Vec<(Mention, Option<String>)>,
    pub text: Written,
}

/// `decision_due`: who is to decide, when, and whether that is a key decision.
#[derive(Clone, Debug)]
pub struct DueDoc {
    pub body: Option<Mention>,
    pub date: Option<Date>,
    pub key: Option<bool>,
    /// When the notice of it was published.
    pub published: Option<Date>,
}

#[derive(Clone, Debug)]
pub struct DecisionDoc {
    pub title: Option<String>,
    pub date: Option<Date>,
    pub maker_kind: Option<String>,
    pub maker_role: Option<String>,
    pub maker: Option<Mention>,
    pub body: Option<Mention>,
    pub key: Option<bool>,
    /// When the notice of a key decision was published.
    pub notice: Option<Date>,
    pub call_in: Option<Date>,
    pub effective: Option<Date>,
    pub status: Option<String>,
    pub issues: Vec<Mention>,
    pub reference: Option<String>,
    pub exempt: Option<Exemption>,
    pub sections: Vec<SectionDoc>,
    pub aliases: Vec<Mention>,
}

#[derive(Clone, Debug)]
pub struct PageDoc {
    pub title: Option<String>,
    pub aliases: Vec<Mention>,
    pub text: Written,
}

/// Opens a record: divides the file, and stops when it is to be withheld.
/// `names` are the keys under which a hidden record is known, besides its title.
fn open<T>(
    path: &SourcePath,
    text: &str,
    labels: &Labels,
    release: Date,
    names: &[&'static str],
    report: &mut Report,
    read: impl FnOnce(&mut Map, Option<Exemption>, Reader, &mut Report) -> T,
) -> Read<T> {
    let Some(parts) = divide(path, text, report) else {
        return Read::Nothing;
    };
    let mut map = parts.front.map(path, text);
    if secrecy::strays(&map, report) {
        return Read::Nothing;
    }
    match waits(&mut map, release, report) {
        Ok(None) => {}
        Ok(Some(until)) => {
            let mut silent = Report::new();
            let mut names: Vec<String> = names.iter().flat_map(|key| map.texts(key, &mut silent)).collect();
            let heading = Reader::new(path, text, parts.body, labels).title();
            names.extend(heading.map(|(_, title)| title.text));
            return Read::Hidden { until, names };
        }
        Err(_) => return Read::Nothing,
    }
    let exempt = exemption(&mut map, report);
    let reader = Reader::new(path, text, parts.body, labels);
    let value = read(&mut map, exempt, reader, report);
    let _ = source(&mut map, report);
    map.finish(report);
    Read::Document(value)
}

/// The first heading of a record where it is its title, for nothing else gives
/// one.
fn heading(given: Option<&str>, reader: &Reader) -> Option<(usize, Mention)> {
    reader.title().filter(|_| given.is_none())
}

/// The title of a record. A heading that gives it is no part of the text.
fn titled(given: Option<String>, reader: &mut Reader) -> Option<String> {
    let heading = heading(given.as_deref(), reader);
    if let Some((at, _)) = heading {
        reader.blocks.drain(..=at);
    }
    given.or_else(|| Some(title_of(&heading?.1, &mut reader.report, reader.path)))
}

/// A heading as a title; a blank in it is told.
fn title_of(heading: &Mention, report: &mut Report, path: &SourcePath) -> String {
    if holds_blank(&heading.text) {
        report.push(Diagnostic::blank(path, heading.span));
    }
    shown(&heading.text).into_owned()
}

/// Whether the title of a record says that it is exempt, behind its words or
/// before them.
fn is_marked(title: Option<&str>, page: bool) -> bool {
    title.is_some_and(|title| exempt::mark(title).is_some() || exempt::opens_title(title, page))
}

/// Tells of a title that opens with one of the words as a title may,
/// "Confidential pay review", where that of an item would withhold it.
fn perhaps_exempt(path: &SourcePath, title: Option<&str>, secret: bool, report: &mut Report) {
    if secret || title.and_then(exempt::heading).is_none() {
        return;
    }
    let words =
        "the title opens with a word that would withhold an agenda item, and this record is published";
    report.push(
        Diagnostic::new(&rules::PERHAPS_EXEMPT, path, None, words).help(
            "keep the record in a file named `….private.md` if it is not public; if it is, let the title begin otherwise, or allow this",
        ),
    );
}

/// Only meetings and decisions can be exempt; elsewhere the record is withheld.
fn not_exempt<T>(path: &SourcePath, exempt: bool, read: Read<T>, report: &mut Report) -> Read<T> {
    if !exempt {
        return read;
    }
    // What was told of its text could hold words of it.
    hide(report, &[Span::new(0, u32::MAX as usize)]);
    report.push(
        Diagnostic::new(
            &rules::EXEMPT_UNREADABLE,
            path,
            None,
            "only meetings, items, papers and decisions can be exempt; this record is withheld",
        )
        .help("take the word away, or keep the record in a file named `….private.md`")
        .withheld(true),
    );
    Read::Nothing
}

pub fn body(
    path: &SourcePath,
    text: &str,
    labels: &Labels,
    release: Date,
    report: &mut Report,
) -> Read<BodyDoc> {
    let mut secret = false;
    let read = open(
        path,
        text,
        labels,
        release,
        &["name", "aliases"],
        report,
        |map, exempt, mut reader, report| {
            secret = exempt.is_some() || reader.calls_itself_exempt(true);
            allow::read(map, secret, report);
            let doc = BodyDoc {
                name: titled(map.text("name", report), &mut reader),
                aliases: map.texts("aliases", report),
                kind: map.one_of("kind", BODY_KINDS, report).map(str::to_owned),
                parent: map.mention("parent", report),
                from: map.date("from", report),
                to: map.date("to", report),
                quorum: map.count("quorum", report),
                members: map
                    .list("members")
                    .into_iter()
                    .filter_map(|node| member(node, report))
                    .collect(),
                standing_items: map
                    .list("standing_items")
                    .into_iter()
                    .filter_map(|node| standing_item(node, report))
                    .collect(),
                contact: contact(map, report),
                text: reader.whole(),
            };
            secret |= is_marked(doc.name.as_deref(), false);
            perhaps_exempt(path, doc.name.as_deref(), secret, report);
            report.merge(reader.report);
            doc
        },
    );
    not_exempt(path, secret, read, report)
}

const BODY_KINDS: &[(&str, &str)] = &[
    ("council", "council"),
    ("executive", "executive"),
    ("committee", "committee"),
    ("sub committee", "sub-committee"),
    ("joint", "joint"),
    ("partnership", "partnership"),
    ("working group", "working group"),
    ("outside body", "outside body"),
    ("board", "board"),
];

fn member(node: Node, report: &mut Report) -> Option<MemberDoc> {
    if !node.is_map() {
        let who = node.mention(report)?;
        return Some(MemberDoc {
            who,
            role: None,
            from: None,
            to: None,
            voting: true,
        });
    }
    let mut map = node.map(report)?;
    let who = map.mention("person", report);
    let doc = MemberDoc {
        who: who.clone().unwrap_or_default(),
        role: map.text("role", report),
        from: map.date("from", report),
        to: map.date("to", report),
        voting: map.flag("voting", report).unwrap_or(true),
    };
    if who.is_none() {
        map.require("person", "say who the member is", report);
    }
    map.finish(report);
    who.map(|_| doc)
}

/// A title, or a title with its words.
fn standing_item(node: Node, report: &mut Report) -> Option<StandingItem> {
    if !node.is_map() {
        let title = node.written(report)?.text;
        return Some(match title.as_str() {
            "…" | "..." => StandingItem::Business,
            _ => StandingItem::Titled { title, text: None },
        });
    }
    let mut map = node.map(report)?;
    // A new meeting has the blanks that stand here.
    let mut written = |key| {
        map.get(key)
            .and_then(|node| node.written(report))
            .map(|said| said.text)
    };
    let (title, text) = (written("title"), written("text"));
    if title.is_none() {
        map.require("title", "say what the item is called", report);
    }
    map.finish(report);
    title.map(|title| StandingItem::Titled { title, text })
}

fn contact(map: &mut Map, report: &mut Report) -> ContactDoc {
    let Some(node) = map.get("contact") else {
        return ContactDoc::default();
    };
    if !node.is_map() {
        return ContactDoc {
            email: node.text(report),
            ..ContactDoc::default()
        };
    }
    let Some(mut map) = node.map(report) else {
        return ContactDoc::default();
    };
    let doc = ContactDoc {
        name: map.text("name", report),
        email: map.text("email", report),
        telephone: map
            .text("telephone", report)
            .or_else(|| map.text("phone", report)),
        address: map.text("address", report),
    };
    let _ = map.get("phone");
    map.finish(report);
    doc
}

pub fn person(
    path: &SourcePath,
    text: &str,
    labels: &Labels,
    release: Date,
    report: &mut Report,
) -> Read<PersonDoc> {
    let mut secret = false;
    let read = open(
        path,
        text,
        labels,
        release,
        &["name", "aliases"],
        report,
        |map, exempt, mut reader, report| {
            secret = exempt.is_some() || reader.calls_itself_exempt(true);
            allow::read(map, secret, report);
            let terms = map.list("terms").into_iter().filter_map(|node| {
                let mut term = node.map(report)?;
                let out = (
                    term.text("ward", report),
                    term.date("from", report),
                    term.date("to", report),
                );
                term.finish(report);
                Some(out)
            });
            let terms = terms.collect();
            let mut days = Vec::new();
            let interests = map.list("interests").into_iter().filter_map(|node| {
                let mut interest = node.map(report)?;
                let waiting = waits(&mut interest, release, report);
                days.extend(waiting.as_ref().ok().copied().flatten());
                let out = (
                    interest.date("published", report),
                    interest.mention("file", report),
                );
                interest.finish(report);
                (waiting == Ok(None)).then_some((out.0, out.1?))
            });
            let interests = interests.collect();
            let doc = PersonDoc {
                name: titled(map.text("name", report), &mut reader),
                sort: map.text("sort", report),
                aliases: map.texts("aliases", report),
                party: map.text("party", report),
                terms,
                interests,
                waiting: days,
                contact: contact(map, report),
                listed: map.flag("listed", report).unwrap_or(true),
                text: reader.whole(),
            };
            secret |= is_marked(doc.name.as_deref(), false);
            perhaps_exempt(path, doc.name.as_deref(), secret, report);
            report.merge(reader.report);
            doc
        },
    );
    not_exempt(path, secret, read, report)
}

pub fn issue(
    path: &SourcePath,
    text: &str,
    labels: &Labels,
    release: Date,
    report: &mut Report,
) -> Read<IssueDoc> {
    let mut secret = false;
    let read = open(
        path,
        text,
        labels,
        release,
        &["title", "aliases", "reference"],
        report,
        |map, exempt, mut reader, report| {
            secret = exempt.is_some() || reader.calls_itself_exempt(true);
            allow::read(map, secret, report);
            let due = map.map("decision_due", report).map(|mut due| {
                let out = DueDoc {
                    body: due.mention("body", report),
                    date: due.date("date", report),
                    key: due.flag("key", report),
                    published: due.date("published", report),
                };
                due.finish(report);
                out
            });
            let related = map.list("related").into_iter().filter_map(|node| {
                if !node.is_map() {
                    return node.mention(report).map(|m| (m, None));
                }
                let mut related = node.map(report)?;
                let out = (related.mention("issue", report), related.text("as", report));
                related.finish(report);
                out.0.map(|issue| (issue, out.1))
            });
            let related = related.collect();
            let doc = IssueDoc {
                title: titled(map.text("title", report), &mut reader),
                aliases: map.texts("aliases", report),
                reference: map.text("reference", report),
                kind: map.text("kind", report),
                status: map.one_of("status", ISSUE_STATES, report).map(str::to_owned),
                due,
                lead_member: map.mention("lead_member", report),
                topics: map.texts("topics", report),
                related,
                text: reader.whole(),
            };
            secret |= is_marked(doc.title.as_deref(), false);
            perhaps_exempt(path, doc.title.as_deref(), secret, report);
            report.merge(reader.report);
            doc
        },
    );
    not_exempt(path, secret, read, report)
}

const ISSUE_STATES: &[(&str, &str)] = &[
    ("open", "open"),
    ("decided", "decided"),
    ("withdrawn", "withdrawn"),
    ("superseded", "superseded"),
];

pub fn decision(
    path: &SourcePath,
    text: &str,
    named: Option<Date>,
    labels: &Labels,
    release: Date,
    report: &mut Report,
) -> Read<DecisionDoc> {
    let mut secret = false;
    let read = open(
        path,
        text,
        labels,
        release,
        &["title"],
        report,
        |map, exempt, mut reader, report| {
            let title = map.text("title", report);
            let titled = || title.as_deref().and_then(exempt::title);
            let exempt = reader.says_exempt().or(exempt).or_else(titled);
            secret = exempt.is_some();
            allow::read(map, exempt.is_some(), report);
            let date = map.date("date", report);
            let (mut maker_kind, mut maker_role, mut maker) = (None, None, None);
            if let Some(mut of) = map.map("maker", report) {
                maker_kind = of
                    .one_of(
                        "kind",
                        &[("officer", "officer"), ("member", "member"), ("urgent", "urgent")],
                        report,
                    )
                    .map(str::to_owned);
                maker_role = of.text("role", report);
                maker = of.mention("person", report);
                // Asked for either way, so that it is not unknown.
                let name = of.mention("name", report);
                maker = maker.or(name);
                of.finish(report);
            }
            let notice = map.map("notice", report).and_then(|mut notice| {
                let published = notice.date("published", report);
                notice.finish(report);
                published
            });
            let call_in = map.map("call_in", report).and_then(|mut call| {
                let until = call.date("until", report);
                call.finish(report);
                until
            });
            let mut issues = map.mentions("issue", report);
            issues.extend(map.mentions("issues", report));
            issues.truncate(issues_kept(path, &issues.iter().collect::<Vec<_>>(), report));
            let written = heading(title.as_deref(), &reader);
            let from = written.as_ref().map_or(0, |t| t.0 + 1);
            let mut sections = reader.sections_at_two(from, exempt.is_some());
            let said = std::mem::take(&mut reader.report);
            if exempt.is_some() {
                let public: Vec<Span> = sections.iter().map(|s| s.span).collect();
                let all = Span::new(
                    reader.blocks.first().map_or(text.len(), |b| b.span.start),
                    text.len(),
                );
                secrecy::left_behind(path, text, &without(all, &public), report);
                // Read again without what is withheld: a public text may lean on it.
                let secret = without(Span::new(reader.body, text.len()), &public);
                let blank = blanked(text, &secret);
                sections = Reader::new(path, &blank, reader.body, labels).sections_at_two(0, true);
            }
            report.merge(said);
            let doc = DecisionDoc {
                title: title.or_else(|| Some(title_of(&written?.1, report, path))),
                date: named.or(date),
                maker_kind,
                maker_role,
                maker,
                body: map.mention("body", report),
                key: map.flag("key", report),
                notice,
                call_in,
                effective: map.date("effective", report),
                status: map.text("status", report),
                issues,
                reference: map.text("reference", report),
                exempt: exempt.clone(),
                sections,
                aliases: map.mentions("aliases", report),
            };
            match exempt {
                None => doc,
                Some(_) => DecisionDoc {
                    maker: None,
                    maker_role: None,
                    body: None,
                    issues: Vec::new(),
                    reference: None,
                    status: None,
                    aliases: Vec::new(),
                    sections: doc
                        .sections
                        .into_iter()
                        .filter(|s| s.kind == SectionKind::PublicSummary)
                        .collect(),
                    ..doc
                },
            }
        },
    );
    // Its words stay out of the messages, those of its front matter too.
    if secret {
        hide(report, &[Span::new(0, u32::MAX as usize)]);
    }
    read
}

pub fn page(
    path: &SourcePath,
    text: &str,
    labels: &Labels,
    release: Date,
    report: &mut Report,
) -> Read<PageDoc> {
    let mut secret = false;
    let read = open(
        path,
        text,
        labels,
        release,
        &["title"],
        report,
        |map, exempt, mut reader, report| {
            secret = exempt.is_some() || reader.calls_itself_exempt(false);
            allow::read(map, secret, report);
            let doc = PageDoc {
                title: titled(map.text("title", report), &mut reader),
                aliases: map.mentions("aliases", report),
                text: reader.whole(),
            };
            secret |= is_marked(doc.title.as_deref(), true);
            report.merge(reader.report);
            doc
        },
    );
    not_exempt(path, secret, read, report)
}
