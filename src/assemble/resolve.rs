//! What was written becomes who and what is meant: mentions to ids, links to
//! targets. Above this stage nothing looks a name up.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Deref;

use serde::{Deserialize, Serialize};
use thin_vec::ThinVec;

use super::names::{Found, Names};
use super::papers::{self, Papers};
use crate::document::front_matter::Mention;
use crate::document::prose::{EntryDoc, Href, HrefKind, Written};
use crate::model::*;
use crate::paths::{SourcePath, Span, has_good_percents};
use crate::report::{Diagnostic, Report, Rule, rules};
use crate::source::Sources;
use crate::text::blank::blank;
use crate::text::names as spelling;
use crate::text::{scan, wiki};

/// Everything that can be meant.
#[derive(Serialize, Deserialize)]
pub struct World {
    pub bodies: Names<Body>,
    pub people: Names<Person>,
    pub issues: Names<Issue>,
    pub meetings: BTreeMap<String, MeetingId>,
    /// By meeting, then by address or number.
    pub items: HashMap<(MeetingId, String), ItemId>,
    pub decisions: HashMap<String, DecisionId>,
    pub pages: HashMap<String, PageId>,
    pub topics: BTreeMap<String, TopicId>,
    pub records: HashMap<SourcePath, Target>,
    pub papers: Papers,
    pub hidden: HiddenNames,
    pub known: super::links::KnownNames,
    pub unlisted: BTreeSet<PersonId>,
}

/// Finds what is meant.
pub struct Resolver<'a> {
    pub world: &'a World,
    pub sources: &'a Sources,
}

impl Deref for Resolver<'_> {
    type Target = World;

    fn deref(&self) -> &World {
        self.world
    }
}

/// `person:jane-roe`: which kind of record is meant, if it says so, and the name.
fn kind_and_name(text: &str) -> (&str, &str) {
    match text.split_once(':') {
        Some((kind, name))
            if ["body", "person", "issue", "meeting", "decision", "page", "topic"].contains(&kind) =>
        {
            (kind, name.trim())
        }
        _ => ("", text),
    }
}

/// Names of records that are not public yet: no mistake, and no link.
#[derive(Default, Serialize, Deserialize)]
pub struct HiddenNames {
    pub keys: BTreeSet<String>,
    pub paths: BTreeSet<SourcePath>,
    /// Folders with one such record: its papers wait with it.
    pub folders: BTreeSet<String>,
}

impl HiddenNames {
    pub fn holds(&self, text: &str) -> bool {
        !self.keys.is_empty() && (self.keys.contains(&spelling::key(text)) || self.keys.contains(text.trim()))
    }
}

/// Where a text stands.
#[derive(Clone, Copy)]
pub struct Place<'p> {
    pub path: &'p SourcePath,
    pub meeting: Option<MeetingId>,
    /// In Report and Documents a missing file is an error.
    pub papers: bool,
    /// Who may be meant by a title and a surname.
    pub surnames: &'p [(String, PersonId)],
    /// Which item of the meeting holds a footnote, by its label; none: the text itself.
    pub notes: Option<&'p BTreeMap<String, ItemId>>,
    /// Whose own page it is: their name is not linked there.
    pub own: Option<PersonId>,
}

/// The scheme of a link as a browser would find it: white space and control
/// characters inside it do not count.
pub fn scheme(dest: &str) -> Option<String> {
    let seen = |c: &char| !c.is_whitespace() && !c.is_control();
    let letters = dest[..scheme_end(dest)?].chars().filter(seen);
    Some(letters.map(|c| c.to_ascii_lowercase()).collect())
}

/// Where the colon behind the scheme of a link stands, if it has one.
pub fn scheme_end(dest: &str) -> Option<usize> {
    let end = dest.find([':', '/', '?', '#'])?;
    dest[end..].starts_with(':').then_some(end)
}

/// So many times in a file, for each rule, is it guessed what was meant: where
/// nothing fits, comparing every word with every name is long, and helps nobody.
const MOST_GUESSES: usize = 200;

/// What was probably meant, if the rule was not told too often of this file. All
/// that is said of one is said in one go.
pub fn guess<T>(
    rule: &Rule,
    path: &SourcePath,
    report: &Report,
    near: impl FnOnce() -> Option<T>,
) -> Option<T> {
    let of_file = report.diagnostics().iter().rev().take_while(|d| d.path == *path);
    let mut told = of_file.filter(|d| d.rule == rule);
    match told.nth(MOST_GUESSES - 1) {
        Some(_) => None,
        None => near(),
    }
}

impl Resolver<'_> {
    /// A person who must be a record or becomes one earlier: attendance, votes.
    pub fn person(&self, mention: &Mention, path: &SourcePath, report: &mut Report) -> Option<PersonId> {
        let text = wiki::meant(&mention.text);
        let text = text.strip_prefix("person:").unwrap_or(text);
        match self.people.find(text) {
            Found::One(id) => Some(id),
            Found::Many(ids) => {
                let ids: Vec<&str> = ids.iter().map(|id| self.people_id(*id)).collect();
                self.ambiguous(path, mention.span, text, &ids, report);
                None
            }
            Found::None => None,
        }
    }

    /// The person whose record a link leads to.
    pub fn linked_person(&self, link: &Href, path: &SourcePath) -> Option<PersonId> {
        let dest = link.dest.trim();
        let target = match dest.strip_prefix('/') {
            Some(address) => self.address(address.trim_end_matches('/')),
            None if scheme(dest).is_some() => None,
            None => self.record(&path.join(&papers::file_part(dest)?)?),
        };
        match target {
            Some(Target::Person(person)) => Some(person),
            _ => None,
        }
    }

    /// Tells of words in a list of names that cannot be a name.
    pub fn puzzling(&self, mention: &Mention, presence: Presence, path: &SourcePath, report: &mut Report) {
        let text = wiki::meant(&mention.text);
        // Of what looks like an id something is said elsewhere.
        let id = text.contains('-') && !text.contains(' ');
        let known = id || self.bodies.find(text) != Found::None || self.hidden.holds(text);
        let Some(severity) = super::roll::puzzles(text, presence).filter(|_| !known) else {
            return;
        };
        let words = format!("`{text}` is not read as a name, and nobody is counted for it");
        let mut told = Diagnostic::new(&rules::NOT_A_NAME, path, Some(mention.span), words).help(
            "write one name a line, its role in brackets behind it; a name begins with a capital letter",
        );
        told.severity = severity;
        report.push(told);
    }

    fn people_id(&self, id: PersonId) -> &str {
        self.people.id_of(id).unwrap_or("?")
    }

    fn ambiguous(&self, path: &SourcePath, span: Span, text: &str, ids: &[&str], report: &mut Report) {
        let words = format!(
            "`{text}` may be {}",
            ids.iter()
                .map(|id| format!("`{id}`"))
                .collect::<Vec<_>>()
                .join(" or ")
        );
        report.push(
            Diagnostic::new(&rules::AMBIGUOUS_REFERENCE, path, Some(span), words)
                .help("write the id instead of the name"),
        );
    }

    pub fn body(&self, mention: &Mention, path: &SourcePath, report: &mut Report) -> Option<BodyId> {
        let text = wiki::meant(&mention.text);
        let text = text.strip_prefix("body:").unwrap_or(text);
        match self.bodies.find(text) {
            Found::One(id) => Some(id),
            Found::Many(ids) => {
                let ids: Vec<&str> = ids.iter().filter_map(|id| self.bodies.id_of(*id)).collect();
                self.ambiguous(path, mention.span, text, &ids, report);
                None
            }
            Found::None if self.hidden.holds(text) => None,
            Found::None => {
                let near = || self.bodies.nearest(text);
                let near = guess(&rules::UNKNOWN_REFERENCE, path, report, near);
                self.unknown(path, mention.span, "body", text, near, report);
                None
            }
        }
    }

    pub fn unknown(
        &self,
        path: &SourcePath,
        span: Span,
        kind: &str,
        text: &str,
        near: Option<&str>,
        report: &mut Report,
    ) {
        let words = format!("there is no {kind} called `{text}`");
        report.push(
            Diagnostic::new(&rules::UNKNOWN_REFERENCE, path, Some(span), words)
                .maybe_help(near.map(|n| format!("did you mean `{n}`?"))),
        );
    }

    /// An issue that must have a record: `related`.
    pub fn declared_issue(
        &self,
        mention: &Mention,
        path: &SourcePath,
        report: &mut Report,
    ) -> Option<IssueId> {
        let text = wiki::meant(&mention.text);
        let text = text.strip_prefix("issue:").unwrap_or(text);
        match self.issues.find(text) {
            Found::One(id) => Some(id),
            Found::Many(ids) => {
                let ids: Vec<&str> = ids.iter().filter_map(|id| self.issues.id_of(*id)).collect();
                self.ambiguous(path, mention.span, text, &ids, report);
                None
            }
            Found::None if self.hidden.holds(text) => None,
            Found::None => {
                let near = || self.issues.nearest(text);
                let near = guess(&rules::UNKNOWN_REFERENCE, path, report, near);
                self.unknown(path, mention.span, "issue", text, near, report);
                None
            }
        }
    }

    /// `cabinet/2017-06-27`, `cabinet/2017-06-27#5`
    pub fn meeting_or_item(
        &self,
        mention: &Mention,
        path: &SourcePath,
        report: &mut Report,
    ) -> Option<Target> {
        let text = wiki::meant(&mention.text).trim_matches('/');
        let text = text.strip_prefix("meetings/").unwrap_or(text);
        let (meeting, item) = text.split_once('#').map_or((text, None), |(m, i)| (m, Some(i)));
        let Some(&id) = self.meetings.get(meeting) else {
            if !self.hidden.holds(meeting) {
                let known = self.meetings.keys().map(String::as_str);
                let near = || crate::text::nearest::nearest(meeting, known);
                let near = guess(&rules::UNKNOWN_REFERENCE, path, report, near);
                self.unknown(path, mention.span, "meeting", meeting, near, report);
            }
            return None;
        };
        match item {
            None => Some(Target::Meeting(id)),
            Some(item) => match self.item(id, item) {
                Some(item) => Some(Target::Item(item)),
                None => {
                    let words = format!("the meeting `{meeting}` has no item `{item}`");
                    report.push(Diagnostic::new(
                        &rules::UNKNOWN_REFERENCE,
                        path,
                        Some(mention.span),
                        words,
                    ));
                    Some(Target::Meeting(id))
                }
            },
        }
    }

    pub fn item(&self, meeting: MeetingId, name: &str) -> Option<ItemId> {
        let name = name
            .strip_prefix("item-")
            .filter(|n| self.items.contains_key(&(meeting, (*n).to_owned())))
            .unwrap_or(name);
        self.items.get(&(meeting, name.to_owned())).copied()
    }

    /// A text with its links understood and known names linked. The marks of
    /// its entries follow. `extra` are more stretches to link.
    pub fn text(
        &self,
        written: Written,
        entries: &mut [EntryDoc],
        place: Place,
        extra: Vec<super::links::Wanted>,
        report: &mut Report,
    ) -> Text {
        if written.links.is_empty() && written.runs.is_empty() && extra.is_empty() {
            return written.map_links(|_| Target::Hidden);
        }
        let mut text = written.map_links(|link| self.link(link, place, report));
        let mut wanted = super::links::find(&text, &self.known, place.surnames);
        wanted.extend(extra);
        wanted.retain(|w| !self.unlisted.contains(&w.2) && place.own != Some(w.2));
        super::links::insert(&mut text, entries, wanted);
        // No other name is looked for.
        text.runs = ThinVec::new();
        text
    }

    /// Where a link leads.
    fn link(&self, link: Href, place: Place, report: &mut Report) -> Target {
        if let (HrefKind::Wiki { .. }, Some(words)) = (link.kind, blank(&link.dest)) {
            return self.blank(&link, words, place, report);
        }
        match link.kind {
            HrefKind::Footnote => {
                let home = place.notes.and_then(|notes| notes.get(&link.label)).copied();
                Target::Note(crate::text::slug(&link.label), home)
            }
            HrefKind::Address => elsewhere(&link.dest).unwrap_or_else(|| Target::Nowhere(String::new())),
            HrefKind::Wiki { bare } => {
                let target = self.wiki(&link, place, report);
                match target {
                    Target::Nowhere(_) | Target::Hidden if bare => {
                        Target::Words(kind_and_name(link.dest.trim()).1.to_owned())
                    }
                    Target::Nowhere(_) | Target::Hidden => Target::Hidden,
                    target if bare => Target::Bare(Box::new(target)),
                    target => target,
                }
            }
            HrefKind::NotHeld => Target::NotHeld,
            HrefKind::Withheld if link.label.is_empty() => Target::Hidden,
            HrefKind::Withheld => Target::Words(link.label),
            HrefKind::Written | HrefKind::Image => self.written(link, place, report),
        }
    }

    /// A blank stays where it is, for its author to see.
    fn blank(&self, link: &Href, words: &str, place: Place, report: &mut Report) -> Target {
        let mut told = Diagnostic::blank(place.path, link.span);
        if !words.is_empty() {
            told.message = format!("{}: {words}", told.message);
        }
        report.push(told);
        Target::Words(format!("[{}]", link.dest))
    }

    fn written(&self, mut link: Href, place: Place, report: &mut Report) -> Target {
        let picture = link.kind == HrefKind::Image;
        // What cannot be seen in an address was pasted with it.
        if !link.dest.is_ascii() {
            let hidden = |c: char| matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}');
            link.dest.retain(|c| !hidden(c));
        }
        let dest = link.dest.trim();
        if dest.is_empty() {
            self.warn(
                &rules::UNKNOWN_LINK,
                &link,
                place,
                "this link has no address",
                None,
                report,
            );
            return nowhere(&link);
        }
        if let Some(scheme) = scheme(dest) {
            if !["http", "https", "mailto", "tel"].contains(&scheme.as_str()) {
                self.warn(
                    &rules::UNKNOWN_LINK,
                    &link,
                    place,
                    format!("links that begin with `{scheme}:` are shown as text"),
                    None,
                    report,
                );
                return nowhere(&link);
            }
            let Some(target) = elsewhere(dest) else {
                self.warn(
                    &rules::UNKNOWN_LINK,
                    &link,
                    place,
                    format!("`{dest}` is not an address"),
                    None,
                    report,
                );
                return nowhere(&link);
            };
            if let (true, Target::Elsewhere(address)) = (picture, &target) {
                let help = "put the picture beside this file and link that".to_owned();
                self.warn(
                    &rules::REMOTE_IMAGE,
                    &link,
                    place,
                    "a picture from elsewhere is shown as a link",
                    Some(help),
                    report,
                );
                return Target::PictureElsewhere(Box::new((address.clone(), link.label.clone())));
            }
            return target;
        }
        if dest.starts_with("//") {
            return match elsewhere(&format!("https:{dest}")) {
                Some(Target::Elsewhere(address)) if picture => {
                    Target::PictureElsewhere(Box::new((address, link.label)))
                }
                Some(target) => target,
                None => nowhere(&link),
            };
        }
        if let Some(fragment) = dest.strip_prefix('#') {
            if let Some(item) = place.meeting.and_then(|m| self.item(m, fragment)) {
                return Target::Item(item);
            }
            self.warn(
                &rules::UNKNOWN_LINK,
                &link,
                place,
                format!("there is nothing called `#{fragment}` here"),
                None,
                report,
            );
            return nowhere(&link);
        }
        if dest.starts_with('/') {
            return self.absolute(&link, place, report);
        }
        let (file, fragment) = dest.split_once('#').map_or((dest, None), |(f, i)| (f, Some(i)));
        let joined = papers::file_part(file).and_then(|p| place.path.join(&p));
        if let Some(target) = joined.as_ref().and_then(|p| self.record(p)) {
            return match target {
                Target::Meeting(meeting) => self.in_meeting(meeting, fragment, &link, place, report),
                target => target,
            };
        }
        if joined.as_ref().is_some_and(|p| self.hidden.paths.contains(p)) {
            return Target::Hidden;
        }
        match self.papers.find(place.path, dest, self.sources) {
            papers::Found::Paper(id) if picture && self.papers.is_picture(id) => {
                Target::Picture(id, link.label)
            }
            papers::Found::Paper(id) => Target::Paper(id),
            found @ (papers::Found::Withheld | papers::Found::Private) => {
                // No word of the file: its name may say too much already.
                let (words, help) = match found {
                    papers::Found::Private => papers::PRIVATE,
                    _ => (
                        "this links to a paper that is withheld",
                        "take the link away; the words may stay",
                    ),
                };
                report.push(
                    Diagnostic::new(&rules::EXEMPT_PAPER_LINKED, place.path, Some(link.span), words)
                        .help(help)
                        .withheld(true),
                );
                if picture {
                    Target::Words(link.label)
                } else {
                    Target::Hidden
                }
            }
            papers::Found::Clash => nowhere(&link),
            papers::Found::Refused(extension) => {
                let (words, help) = papers::refusal(&extension);
                report
                    .push(Diagnostic::new(&rules::FILE_KIND, place.path, Some(link.span), words).help(help));
                nowhere(&link)
            }
            papers::Found::Missing if place.papers => {
                let near = || self.near_file(place.path, file);
                let near = guess(&rules::MISSING_FILE, place.path, report, near);
                let words = format!("the file `{file}` is not there");
                report.push(
                    Diagnostic::new(&rules::MISSING_FILE, place.path, Some(link.span), words)
                        .maybe_help(near),
                );
                nowhere(&link)
            }
            papers::Found::Missing => {
                let near = || self.near_file(place.path, file);
                let near = guess(&rules::UNKNOWN_LINK, place.path, report, near);
                self.warn(
                    &rules::UNKNOWN_LINK,
                    &link,
                    place,
                    format!("`{dest}` is not there; it is shown as text"),
                    near,
                    report,
                );
                nowhere(&link)
            }
        }
    }

    /// A meeting, or the item of it that a link names behind its `#`.
    fn in_meeting(
        &self,
        meeting: MeetingId,
        fragment: Option<&str>,
        link: &Href,
        place: Place,
        report: &mut Report,
    ) -> Target {
        let Some(fragment) = fragment.filter(|f| !f.is_empty()) else {
            return Target::Meeting(meeting);
        };
        match self.item(meeting, fragment) {
            Some(item) => Target::Item(item),
            None => {
                let words = format!("that meeting has no item `{fragment}`; the link leads to the meeting");
                self.warn(&rules::UNKNOWN_LINK, link, place, words, None, report);
                Target::Meeting(meeting)
            }
        }
    }

    fn near_file(&self, path: &SourcePath, file: &str) -> Option<String> {
        let wanted = path.join(file)?;
        let folder = SourcePath::new(format!("{}/", wanted.parent()));
        let below = self.sources.papers.range(folder.clone()..);
        let names: Vec<&str> = below
            .map(|(paper, _)| paper)
            .take_while(|p| p.as_str().starts_with(folder.as_str()))
            .filter(|p| p.parent() == wanted.parent())
            .filter(|p| !self.papers.withheld.contains(p))
            .map(SourcePath::name)
            .collect();
        crate::text::nearest::did_you_mean(wanted.name(), names)
    }

    /// A record's file, or a folder that holds one.
    fn record(&self, path: &SourcePath) -> Option<Target> {
        self.records.get(path).cloned().or_else(|| {
            let text = path.as_str().trim_end_matches('/');
            ["/index.md", ".md"].iter().find_map(|end| {
                self.records
                    .get(&SourcePath::new(format!("{text}{end}")))
                    .cloned()
            })
        })
    }

    /// `/people/jane-roe/`: an address of the site itself.
    fn absolute(&self, link: &Href, place: Place, report: &mut Report) -> Target {
        let (path, fragment) = link
            .dest
            .split_once('#')
            .map_or((link.dest.as_str(), None), |(p, f)| (p, Some(f)));
        let path = path.trim_matches('/');
        if let Some(target) = self.address(path) {
            return match target {
                Target::Meeting(meeting) => self.in_meeting(meeting, fragment, link, place, report),
                target => target,
            };
        }
        self.warn(
            &rules::UNKNOWN_LINK,
            link,
            place,
            format!("this site has no page `{}`; the link is shown as text", link.dest),
            None,
            report,
        );
        nowhere(link)
    }

    fn address(&self, path: &str) -> Option<Target> {
        let (first, rest) = path.split_once('/').unwrap_or((path, ""));
        match (first, rest) {
            ("", "") => Some(Target::Home),
            ("meetings", "") => Some(Target::Listing(Listing::Meetings)),
            ("bodies", "") => Some(Target::Listing(Listing::Bodies)),
            ("people", "") => Some(Target::Listing(Listing::People)),
            ("issues", "") => Some(Target::Listing(Listing::Issues)),
            ("meetings", rest) => self.meetings.get(rest).map(|m| Target::Meeting(*m)).or_else(|| {
                let (meeting, item) = rest.rsplit_once('/')?;
                self.item(*self.meetings.get(meeting)?, item).map(Target::Item)
            }),
            ("bodies", id) => self.bodies.id(id).map(Target::Body),
            ("people", id) => self.people.id(id).map(Target::Person),
            ("issues", id) => self.issues.id(id).map(Target::Issue),
            ("decisions", id) => self.decisions.get(id).map(|d| Target::Decision(*d)),
            ("topics", id) => self.topics.get(id).map(|t| Target::Topic(*t)),
            (page, "") => self.pages.get(page).map(|p| Target::Page(*p)),
            _ => None,
        }
    }

    /// `[[jane-roe]]`, `[[body:planning]]`, `[[cabinet/2017-06-27#5]]`
    fn wiki(&self, link: &Href, place: Place, report: &mut Report) -> Target {
        let dest = link.dest.trim();
        let (name, fragment) = dest
            .split_once('#')
            .map_or((dest, None), |(n, f)| (n.trim(), Some(f.trim())));
        if name.is_empty() {
            if let Some(item) = fragment.and_then(|f| self.item(place.meeting?, f)) {
                return Target::Item(item);
            }
            self.warn(
                &rules::UNKNOWN_LINK,
                link,
                place,
                format!("there is nothing called `{dest}` here"),
                None,
                report,
            );
            return nowhere(link);
        }
        let (kind, name) = kind_and_name(name);
        let wanted = |k: &str| kind.is_empty() || kind == k;
        let mut found: Vec<(u8, &str, &str, Target)> = Vec::new();
        if wanted("meeting") {
            let id = name.trim_matches('/');
            let id = id.strip_prefix("meetings/").unwrap_or(id);
            if let Some(&meeting) = self.meetings.get(id) {
                return self.in_meeting(meeting, fragment, link, place, report);
            }
        }
        if wanted("person") {
            for (rank, id) in self.people.ranked(name) {
                found.push((rank, "person", self.people_id(id), Target::Person(id)));
            }
        }
        if wanted("body") {
            for (rank, id) in self.bodies.ranked(name) {
                let body = self.bodies.id_of(id).unwrap_or("?");
                found.push((rank, "body", body, Target::Body(id)));
            }
        }
        if wanted("issue") {
            for (rank, id) in self.issues.ranked(name) {
                let issue = self.issues.id_of(id).unwrap_or("?");
                found.push((rank, "issue", issue, Target::Issue(id)));
            }
        }
        if wanted("decision")
            && let Some(id) = self.decisions.get(name)
        {
            found.push((0, "decision", name, Target::Decision(*id)));
        }
        if wanted("page")
            && let Some(id) = self.pages.get(name)
        {
            found.push((0, "page", name, Target::Page(*id)));
        }
        if kind == "topic"
            && let Some(id) = self.topics.get(name)
        {
            found.push((0, "topic", name, Target::Topic(*id)));
        }
        let best = found.iter().map(|f| f.0).min();
        found.retain(|f| Some(f.0) == best);
        match found.len() {
            1 => match found.pop() {
                Some((.., target)) => target,
                None => Target::Hidden,
            },
            0 if self.hidden.holds(name) => Target::Hidden,
            0 => {
                let near = || {
                    let near = self.people.nearest(name).or_else(|| self.issues.nearest(name));
                    near.or_else(|| self.bodies.nearest(name))
                };
                let near = guess(&rules::UNKNOWN_LINK, place.path, report, near);
                let help = near.map(|n| format!("did you mean `[[{n}]]`?"));
                self.warn(
                    &rules::UNKNOWN_LINK,
                    link,
                    place,
                    format!("nothing is called `{name}`; the words are shown without a link"),
                    help,
                    report,
                );
                Target::Nowhere(String::new())
            }
            _ => {
                let words = format!(
                    "`[[{name}]]` may be {}",
                    found
                        .iter()
                        .map(|f| format!("`[[{}:{}]]`", f.1, f.2))
                        .collect::<Vec<_>>()
                        .join(" or ")
                );
                report.push(
                    Diagnostic::new(&rules::AMBIGUOUS_REFERENCE, place.path, Some(link.span), words)
                        .help("write the kind and the id"),
                );
                Target::Nowhere(String::new())
            }
        }
    }

    fn warn(
        &self,
        rule: &'static Rule,
        link: &Href,
        place: Place,
        words: impl Into<String>,
        help: Option<String>,
        report: &mut Report,
    ) {
        report.push(Diagnostic::new(rule, place.path, Some(link.span), words).maybe_help(help));
    }
}

/// A link that leads nowhere keeps its address as words.
fn nowhere(link: &Href) -> Target {
    match link.kind {
        HrefKind::Image => Target::Nowhere(format!("{} {}", link.label, link.dest).trim().to_owned()),
        _ => Target::Nowhere(link.dest.clone()),
    }
}

/// An address elsewhere, in a form that every browser reads alike.
pub fn elsewhere(dest: &str) -> Option<Target> {
    if is_plain_address(dest) {
        return Some(Target::Elsewhere(dest.to_owned()));
    }
    parsed_elsewhere(dest)
}

/// What may stand in an address as it is.
static OF_ADDRESS: [bool; 256] = scan::table(b"-._~/!$&'()*+,;=:@?#%");

fn is_of_address(b: u8) -> bool {
    OF_ADDRESS[usize::from(b)]
}

/// An address as most are, whose host is one whatever the rules for hosts say:
/// a name in small letters. It needs no parser to be known for what it is.
fn is_plain_address(dest: &str) -> bool {
    let rest = dest
        .strip_prefix("https://")
        .or_else(|| dest.strip_prefix("http://"));
    let Some(rest) = rest else { return false };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let label = |label: &str| {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        !label.is_empty() && label.bytes().all(plain) && !label.starts_with("xn--")
    };
    // A host whose last part is a number is an address of a machine.
    let last = host.rsplit('.').next().unwrap_or("");
    host.split('.').all(label)
        && last.starts_with(|c: char| c.is_ascii_lowercase())
        && path.bytes().all(is_of_address)
        && memchr::memchr_iter(b'#', path.as_bytes()).count() <= 1
        && has_good_percents(path)
}

fn parsed_elsewhere(dest: &str) -> Option<Target> {
    let parsed = url::Url::parse(dest.trim()).ok()?;
    if !["http", "https", "mailto", "tel"].contains(&parsed.scheme()) {
        return None;
    }
    let plain = |c: char| u8::try_from(c).is_ok_and(is_of_address);
    if dest.chars().all(plain)
        && !parsed
            .as_str()
            .contains(['[', ']', '|', '^', '`', '{', '}', '\\'])
        && dest.matches('#').count() <= 1
        && has_good_percents(dest)
    {
        // As it was written: an address is not ours to change.
        return Some(Target::Elsewhere(dest.to_owned()));
    }
    let mut out = String::with_capacity(dest.len() + 8);
    let mut hash = false;
    let whole = parsed.to_string();
    let bytes = whole.as_bytes();
    for (at, c) in whole.char_indices() {
        let percent = c == '%'
            && !bytes
                .get(at + 1..at + 3)
                .is_some_and(|h| h.iter().all(u8::is_ascii_hexdigit));
        if (plain(c) && !percent && !(c == '#' && hash))
            || (parsed.host_str().is_some_and(|h| h.starts_with('['))
                && at < whole.len() - parsed.path().len()
                && (c == '[' || c == ']'))
        {
            hash |= c == '#';
            out.push(c);
        } else {
            let mut buffer = [0; 4];
            for b in c.encode_utf8(&mut buffer).bytes() {
                out.push_str(&format!("%{b:02X}"));
            }
        }
    }
    Some(Target::Elsewhere(out))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn plain_addresses_are_known_as_a_parser_knows_them(
            dest in "https?://(([a-z0-9-]{1,5}|[a-z]{60,70}|xn--[a-z]{2}|[0-9]{1,3}|0x1|[A-Z_@:]|)\\.){0,2}([a-z][a-z0-9-]{0,3}|0x1|7)(:80)?([/?#][a-z.%20&'()*~]{0,6}){0,3}",
        ) {
            let shown = |target: Option<Target>| format!("{target:?}");
            prop_assert_eq!(shown(elsewhere(&dest)), shown(parsed_elsewhere(&dest)), "{}", dest);
        }

        #[test]
        fn schemes_are_found_behind_what_is_not_seen(dest in "[a:/?# \t\u{1}A\u{a0}]{0,12}") {
            let plain: String = dest.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
            let before = plain.find(['/', '?', '#']).unwrap_or(usize::MAX);
            let end = plain.find(':').filter(|end| *end < before);
            prop_assert_eq!(scheme(&dest), end.map(|end| plain[..end].to_ascii_lowercase()));
        }
    }

    #[test]
    fn what_is_said_of_one_file_takes_no_guess_from_another() {
        let mut report = Report::new();
        let tell = |report: &mut Report, rule: &'static Rule, path: &SourcePath, times: usize| {
            (0..times).for_each(|_| report.push(Diagnostic::new(rule, path, None, "x")));
        };
        let guesses = |report: &Report, path: &SourcePath| {
            guess(&rules::UNKNOWN_LINK, path, report, || Some(())).is_some()
        };
        let (one, other) = (
            SourcePath::new("content/issues/a.md"),
            SourcePath::new("content/issues/b.md"),
        );
        tell(&mut report, &rules::BLANK, &one, 2 * MOST_GUESSES);
        tell(&mut report, &rules::UNKNOWN_LINK, &one, MOST_GUESSES - 1);
        assert!(guesses(&report, &one));
        tell(&mut report, &rules::UNKNOWN_LINK, &one, 1);
        assert!(!guesses(&report, &one));
        assert!(guesses(&report, &other));
    }

    #[test]
    fn only_harmless_addresses_lead_elsewhere() {
        for (dest, expected) in [
            ("https://x.org/a?b=c#d", Some("https://x.org/a?b=c#d")),
            ("http://x.org/a b", Some("http://x.org/a%20b")),
            ("https://x.org/[a]|{b}", Some("https://x.org/%5Ba%5D%7C%7Bb%7D")),
            ("https://x.org/100%", Some("https://x.org/100%25")),
            ("mailto:a@b.org", Some("mailto:a@b.org")),
            ("javascript:alert(1)", None),
            ("https://", None),
        ] {
            let found = elsewhere(dest).map(|t| match t {
                Target::Elsewhere(a) => a,
                _ => String::new(),
            });
            assert_eq!(found.as_deref(), expected, "{dest}");
        }
    }

    #[test]
    fn schemes_are_found_as_a_browser_would() {
        for (dest, expected) in [
            ("java\tscript:alert(1)", Some("javascript")),
            (" DATA:x", Some("data")),
            ("a/b:c", None),
            ("5-plan.pdf", None),
            ("#a:b", None),
        ] {
            assert_eq!(scheme(dest).as_deref(), expected, "{dest}");
        }
    }
}
