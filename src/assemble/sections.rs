//! The sections and fields of an item, with their references understood.

use super::collect::{issue_parts, no_issue};
use super::names::Found;
use super::resolve::{Place, Resolver, guess};
use super::roll;
use crate::document::agenda::{SectionDoc, VoteDoc};
use crate::document::exempt::{self, Said};
use crate::document::fields::FieldDoc;
use crate::document::front_matter::Mention;
use crate::document::prose::{EntryDoc, has_size};
use crate::model::fit::collected;
use crate::model::*;
use crate::paths::{SourcePath, Span};
use crate::report::{Diagnostic, Report, rules};
use crate::text::blank::{holds_blank, is_shown};
use crate::text::escape::push_escaped;
use crate::text::{names as spelling, nothing, wiki};

/// The exemption of a paper in a list of papers.
fn withheld(section: SectionKind, text: &str) -> Option<Exemption> {
    if !matches!(section, SectionKind::Documents | SectionKind::BackgroundPapers) {
        return None;
    }
    exempt::paper(text).map(Said::exemption)
}

/// Whether an entry only says that there is none of its kind, or nothing: it is
/// shown, and no entry of a register.
fn says_none(kind: EntryKind, doc: &EntryDoc) -> bool {
    let things: &[&str] = match kind {
        EntryKind::Action => &["action", "actions"],
        EntryKind::Decision | EntryKind::Resolved | EntryKind::Recommended => {
            &["decision", "decisions", "resolution", "resolutions"]
        }
        EntryKind::Plain => return false,
    };
    let text = doc.text.trim();
    let words = doc.opener.and_then(|opener| text.strip_prefix(opener));
    let words = words.map(|rest| {
        rest.strip_prefix('S')
            .unwrap_or(rest)
            .trim_start_matches([':', ' '])
    });
    words.unwrap_or(text).is_empty() || nothing::is_none_of(things, words.unwrap_or(text))
}

/// `jane-roe`: a name in small letters, with hyphens for its blanks.
fn has_look_of_id(text: &str) -> bool {
    text.contains('-') && !text.contains(' ') && text == text.to_lowercase()
}

/// How many entries of each register an item has so far.
#[derive(Default)]
pub struct Counts {
    decision: u32,
    resolved: u32,
    action: u32,
    recommended: u32,
    votes: u32,
}

impl Counts {
    fn next(&mut self, kind: EntryKind) -> u32 {
        let count = match kind {
            EntryKind::Decision => &mut self.decision,
            EntryKind::Resolved => &mut self.resolved,
            EntryKind::Action => &mut self.action,
            EntryKind::Recommended => &mut self.recommended,
            EntryKind::Plain => return 0,
        };
        *count += 1;
        *count
    }
}

impl Resolver<'_> {
    pub fn section(
        &self,
        doc: SectionDoc,
        place: Place,
        counts: &mut Counts,
        report: &mut Report,
    ) -> Section {
        let papers = matches!(doc.kind, SectionKind::Documents | SectionKind::BackgroundPapers);
        let place = Place { papers, ..place };
        let SectionDoc {
            kind,
            label,
            prose,
            mut entries,
            vote,
            span,
        } = doc;
        let text = self.text(prose, &mut entries, place, Vec::new(), report);
        let entries = collected(
            entries.len(),
            entries
                .into_iter()
                .map(|entry| self.entry(entry, kind, place.path, counts, report)),
        );
        let vote = vote.map(|vote| {
            counts.votes += 1;
            Box::new(self.vote(*vote, counts.votes, place, report))
        });
        Section {
            kind,
            label,
            text,
            entries,
            vote,
            span,
        }
    }

    fn entry(
        &self,
        mut doc: EntryDoc,
        section: SectionKind,
        path: &SourcePath,
        counts: &mut Counts,
        report: &mut Report,
    ) -> Entry {
        let kind = match (section, doc.opener) {
            (SectionKind::Decision, _) => EntryKind::Decision,
            (SectionKind::Resolved, _) => EntryKind::Resolved,
            (SectionKind::Actions, _) => EntryKind::Action,
            (SectionKind::Minutes, Some("ACTION")) => EntryKind::Action,
            (SectionKind::Minutes, Some("RECOMMENDED")) => EntryKind::Recommended,
            (SectionKind::Minutes, Some(_)) => EntryKind::Resolved,
            _ => EntryKind::Plain,
        };
        let tail = doc.tail.take().map(|tail| *tail).unwrap_or_default();
        if let Some(owner) = &tail.owner {
            self.one_owner(owner, path, report);
        }
        let kind = match !tail.says() && says_none(kind, &doc) {
            true => EntryKind::Plain,
            false => kind,
        };
        Entry {
            exempt: withheld(section, &doc.text).map(Box::new),
            marks: doc.marks,
            kind,
            number: counts.next(kind),
            label: doc.label,
            text: match doc.lead.filter(|_| kind != EntryKind::Plain) {
                Some(lead) => format!("{lead} {}", doc.text),
                None => doc.text,
            },
            owner: tail.owner.map(|owner| Box::new(self.owner(&owner, path, report))),
            due: tail.due,
            done: tail.done,
            ticked: doc.done,
            span: doc.span,
        }
    }

    /// Tells of an owner that is several people: an entry has one, and what is
    /// written for it leads to none of them.
    fn one_owner(&self, owner: &Mention, path: &SourcePath, report: &mut Report) {
        let known = |text: &str| matches!(self.people.find(wiki::meant(text)), Found::One(_));
        let parts = spelling::divide(&owner.text);
        if parts.len() < 2 || known(&owner.text) || !parts.iter().all(|part| known(part.1)) {
            return;
        }
        let words = format!(
            "`{}` are several people, and the entry is listed with none of them",
            owner.text
        );
        report.push(
            Diagnostic::new(&rules::NOT_AN_ENTRY, path, Some(owner.span), words)
                .help("name the one who answers for it, or give each an entry of its own"),
        );
    }

    /// A name that may be a record, and is text if it is not: an owner, a speaker.
    pub fn named(
        &self,
        text: &str,
        span: Span,
        path: &SourcePath,
        report: &mut Report,
    ) -> (Option<PersonId>, String) {
        let text = wiki::meant(text);
        match self.people.find(text) {
            Found::One(id) => (Some(id), text.to_owned()),
            Found::Many(_) => {
                let mention = Mention {
                    text: text.to_owned(),
                    span,
                };
                (self.person(&mention, path, report), text.to_owned())
            }
            Found::None => {
                self.no_id(text, "it is shown as it is written", span, path, report);
                (None, text.to_owned())
            }
        }
    }

    /// Who is to act; a blank is told.
    fn owner(&self, owner: &Mention, path: &SourcePath, report: &mut Report) -> (Option<PersonId>, String) {
        if is_shown(&owner.text) {
            report.push(Diagnostic::blank(path, owner.span));
        }
        self.named(&owner.text, owner.span, path, report)
    }

    /// Tells of what has the look of an id, and is nobody's.
    pub fn no_id(
        &self,
        text: &str,
        comes_to: &str,
        span: Span,
        path: &SourcePath,
        report: &mut Report,
    ) -> bool {
        if !has_look_of_id(text) || self.hidden.holds(text) {
            return false;
        }
        let near = guess(&rules::NEAR_NAME, path, report, || self.people.nearest(text));
        let near = near.map(|n| format!("did you mean `{n}`?"));
        let words = format!("nobody has the id `{text}`; {comes_to}");
        report.push(Diagnostic::new(&rules::NEAR_NAME, path, Some(span), words).maybe_help(near));
        true
    }

    pub fn field(&self, doc: FieldDoc<FieldKey>, place: Place, report: &mut Report) -> (Field, Vec<IssueId>) {
        let FieldDoc {
            key,
            label,
            value,
            prose,
            label_span,
        } = doc;
        let span = Span {
            start: label_span.start,
            end: value.span.end,
        };
        let mut issues = Vec::new();
        let shown = match key {
            FieldKey::Issue => {
                let known = |text: &str| self.issues.find(text) != Found::None || self.hidden.holds(text);
                let none = no_issue(&value, known);
                for part in issue_parts(&value, known) {
                    let part = part.strip_prefix("issue:").unwrap_or(part);
                    match self.issues.find(part) {
                        Found::One(id) => issues.push(id),
                        Found::Many(ids) => {
                            let ids: Vec<String> = ids
                                .iter()
                                .filter_map(|id| self.issues.id_of(*id))
                                .map(|id| format!("`{id}`"))
                                .collect();
                            let words = format!("`{part}` may be {}", ids.join(" or "));
                            report.push(
                                Diagnostic::new(
                                    &rules::AMBIGUOUS_REFERENCE,
                                    place.path,
                                    Some(value.span),
                                    words,
                                )
                                .help("write the id instead of the title"),
                            );
                        }
                        // An issue that is not public yet leaves no trace.
                        Found::None => {}
                    }
                }
                // What is not said yet names nothing, and is told and shown.
                let text = (none || holds_blank(&value.text))
                    .then(|| self.text(prose, &mut [], place, Vec::new(), report));
                match text {
                    Some(text) if issues.is_empty() => FieldValue::Text(text),
                    _ => FieldValue::Issues(issues.clone()),
                }
            }
            FieldKey::IntroducedBy | FieldKey::LeadMember => {
                let parts: Vec<(usize, &str)> = spelling::divide(&value.text);
                let known = |text: &str| matches!(self.people.find(wiki::meant(text)), Found::One(_));
                if known(&value.text) {
                    FieldValue::People(vec![self.named(&value.text, value.span, place.path, report)])
                } else if parts.len() > 1 && parts.iter().all(|p| known(p.1)) {
                    FieldValue::People(
                        parts
                            .iter()
                            .map(|p| self.named(p.1, value.span, place.path, report))
                            .collect(),
                    )
                } else {
                    // Looks like an id that nobody has: say so, and show it.
                    let _ = self.named(&value.text, value.span, place.path, report);
                    FieldValue::Text(self.text(prose, &mut [], place, Vec::new(), report))
                }
            }
            FieldKey::Tags => FieldValue::Text(
                self.with_topics(&value.text)
                    .unwrap_or_else(|| self.text(prose, &mut [], place, Vec::new(), report)),
            ),
            FieldKey::Report => {
                let papers = Place {
                    papers: true,
                    ..place
                };
                let mut text = self.text(prose, &mut [], papers, Vec::new(), report);
                say_not_held(&mut text, has_size(&value.text));
                FieldValue::Text(text)
            }
            FieldKey::Webcast => {
                let mut text = self.text(prose, &mut [], place, Vec::new(), report);
                say_not_held(&mut text, !value.text.contains("://"));
                FieldValue::Text(text)
            }
            _ => FieldValue::Text(self.text(prose, &mut [], place, Vec::new(), report)),
        };
        (
            Field {
                key,
                label,
                value: shown,
                span,
            },
            issues,
        )
    }

    /// A plain value with the names in it linked where they stand; an id shows
    /// the name. None when the value holds marks of its own.
    fn with_names(
        &self,
        value: &str,
        names: impl Iterator<Item = (usize, String, Option<PersonId>)>,
    ) -> Option<Text> {
        let links = names.filter_map(|(at, name, person)| {
            let person = person.filter(|p| !self.unlisted.contains(p))?;
            let target = Target::Person(person);
            let target = match self.people.id(&name) {
                Some(_) => Target::Bare(Box::new(target)),
                None => target,
            };
            Some((at, name, target))
        });
        with_links(value, links)
    }

    /// A list of subjects, each linked to the page of its topic.
    fn with_topics(&self, value: &str) -> Option<Text> {
        let links = spelling::divide(value).into_iter().filter_map(|(at, name)| {
            let topic = self.topics.get(&crate::text::slug(name))?;
            Some((at, name.to_owned(), Target::Topic(*topic)))
        });
        with_links(value, links)
    }

    /// Tells of words in a line of a vote that are no number and no name.
    fn no_voter(&self, text: &str, span: Span, path: &SourcePath, report: &mut Report) {
        if self.hidden.holds(text) {
            return;
        }
        let words = format!("`{text}` is not read as a number or a name, and no vote is counted for it");
        report.push(
            Diagnostic::new(&rules::NOT_A_NAME, path, Some(span), words)
                .help("write how many they were, and their names in brackets behind it: `3 (jane-roe, …)`"),
        );
    }

    /// The people whom the words of a casting vote name, with their places: `for
    /// (jane-roe)`, `Jane Roe, for`. Of other words only an id says who is meant.
    fn named_in(&self, value: &Mention, path: &SourcePath, report: &mut Report) -> Vec<(usize, String)> {
        const MARKS: [char; 7] = ['(', ')', ',', ';', ':', '–', '—'];
        let mut found = Vec::new();
        let mut end = 0;
        for part in value.text.split_inclusive(MARKS) {
            let at = end + part.len() - part.trim_start().len();
            end += part.len();
            let part = part.trim_end_matches(MARKS).trim();
            match self.people.find(wiki::meant(part)) {
                Found::One(_) => found.push((at, part.to_owned())),
                _ if self.no_id(part, "it is shown as it is written", value.span, path, report) => {}
                _ => {
                    let word = part
                        .split_whitespace()
                        .find(|word| self.people.id(word).is_some());
                    found.extend(word.and_then(|word| Some((at + part.find(word)?, word.to_owned()))));
                }
            }
        }
        found
    }

    fn vote(&self, doc: VoteDoc, number: u32, place: Place, report: &mut Report) -> Vote {
        let lines = doc.lines.into_iter().map(|line| {
            let FieldDoc {
                key,
                label,
                value,
                prose,
                label_span,
            } = line;
            let span = Span {
                start: label_span.start,
                end: value.span.end,
            };
            let mut count = None;
            let mut whole = true;
            let mut places = Vec::new();
            let mut cast = false;
            match key {
                VoteKey::MovedBy | VoteKey::SecondedBy => places = roll::movers(&value.text),
                VoteKey::For | VoteKey::Against | VoteKey::Abstained | VoteKey::NotVoting => {
                    let tally = roll::tally(&value.text);
                    (count, whole, places) = (tally.count, tally.whole, tally.names);
                    cast = true;
                }
                VoteKey::CastingVote => places = self.named_in(&value, place.path, report),
                _ => {}
            }
            let mut names: Vec<(Option<PersonId>, String)> = Vec::with_capacity(places.len());
            places.retain(|(_, name)| {
                let who = self.named(name, value.span, place.path, report);
                let votes = !cast || who.0.is_some() || roll::can_be_voter(&who.1);
                if votes {
                    names.push(who);
                } else {
                    whole = false;
                    if !holds_blank(name) && (count.is_none() || !roll::is_remark(&who.1)) {
                        self.no_voter(&who.1, value.span, place.path, report);
                    }
                }
                votes
            });
            let spots = places
                .into_iter()
                .zip(&names)
                .map(|((at, name), (person, _))| (at, name, *person));
            let text = match self.with_names(&value.text, spots) {
                Some(text) => text,
                None => self.text(prose, &mut [], place, Vec::new(), report),
            };
            VoteLine {
                key,
                label,
                text,
                count,
                names,
                whole,
                span,
            }
        });
        Vote {
            number,
            title: doc.title,
            lines: lines.collect(),
        }
    }
}

/// Says behind all that its author says of a paper that we do not hold it: it
/// lies elsewhere, or is named only, and not linked.
fn say_not_held(text: &mut Text, named: bool) {
    let elsewhere = |slot: &Slot| match slot.what {
        What::Facts(link) => matches!(text.links.get(link as usize), Some(Target::Elsewhere(_))),
        _ => false,
    };
    let end = text.html.len() as u32;
    if text.slots.last().is_some_and(elsewhere) {
        if let Some(facts) = text.slots.last_mut() {
            // What stands behind the link is what its author says of it.
            let about = text.html[facts.at as usize..].trim();
            if about.starts_with('(') && about.ends_with(')') {
                facts.at = end;
            }
        }
    } else if named && text.links.is_empty() && !text.is_empty() {
        text.links.push(Target::NotHeld);
        text.slots.push(Slot {
            at: end,
            what: What::Facts(0),
        });
    }
}

/// A plain value with some of its words linked where they stand, in the order
/// of their places; what is bare shows the name of its target instead. None
/// when the value holds marks of its own, or nothing is to be linked.
fn with_links(value: &str, links: impl Iterator<Item = (usize, String, Target)>) -> Option<Text> {
    if value.contains(['[', '*', '_', '`', '<', '\\']) {
        return None;
    }
    let mut text = Text::default();
    let mut from = 0;
    for (at, words, target) in links.filter(|link| !link.1.is_empty()) {
        if at < from {
            continue;
        }
        push_escaped(&mut text.html, value.get(from..at)?);
        let bare = matches!(target, Target::Bare(_));
        text.links.push(target);
        let link = text.links.len() as u32 - 1;
        text.slots.push(Slot {
            at: text.html.len() as u32,
            what: What::LinkOpen(link),
        });
        if !bare {
            push_escaped(&mut text.html, &words);
        }
        text.slots.push(Slot {
            at: text.html.len() as u32,
            what: What::LinkClose(link),
        });
        from = at + words.len();
    }
    (!text.links.is_empty()).then(|| {
        push_escaped(&mut text.html, value.get(from..).unwrap_or(""));
        text
    })
}
