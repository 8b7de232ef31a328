//! The records of an archive. They name each other by id; no text above this
//! stands for a record any more.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thin_vec::ThinVec;

use super::attendance::{Sitting, SittingId};
use super::prose::{Marks, Prose};
use super::section::{Exemption, FieldKey, Presence, SectionKind, VoteKey};
use super::table::{Id, Table};
use crate::paths::{SourcePath, Span};
use crate::text::nothing;

pub type BodyId = Id<Body>;
pub type MeetingId = Id<Meeting>;
pub type ItemId = Id<Item>;
pub type IssueId = Id<Issue>;
pub type PersonId = Id<Person>;
pub type DecisionId = Id<Decision>;
pub type PaperId = Id<PaperFile>;
pub type TopicId = Id<Topic>;
pub type PageId = Id<Page>;

/// Written text whose links are understood.
pub type Text = Prose<Target>;

/// Where a link leads.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Target {
    Meeting(MeetingId),
    Item(ItemId),
    Issue(IssueId),
    Person(PersonId),
    Body(BodyId),
    Decision(DecisionId),
    Page(PageId),
    Topic(TopicId),
    Home,
    /// A file that we hold.
    Paper(PaperId),
    /// A picture that we hold; its alternative text.
    Picture(PaperId, String),
    /// An address elsewhere, checked to be harmless.
    Elsewhere(String),
    /// A picture elsewhere, which becomes a link: address, alternative text.
    PictureElsewhere(Box<(String, String)>),
    /// A list of the site.
    Listing(Listing),
    /// A footnote by its label, and the item that holds it; none: the same text.
    Note(String, Option<ItemId>),
    /// A paper of which we know only what is written.
    NotHeld,
    /// No link: these words in its place.
    Words(String),
    /// Leads nowhere: the words are shown, and this behind them.
    Nowhere(String),
    /// Leads to something that is not public: the words alone are shown.
    Hidden,
    /// A name in brackets whose words are the record's own; the target.
    Bare(Box<Target>),
}

/// The lists that a link may lead to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Listing {
    Meetings,
    Bodies,
    People,
    Issues,
}

impl Listing {
    /// Its address, and what it is called in one.
    pub fn name(self) -> &'static str {
        match self {
            Listing::Meetings => "meetings",
            Listing::Bodies => "bodies",
            Listing::People => "people",
            Listing::Issues => "issues",
        }
    }
}

/// Everything, frozen.
#[derive(Clone, Default, Debug, PartialEq, Serialize, Deserialize)]
pub struct Archive {
    pub bodies: Table<Body>,
    /// In the order of their dates, then of their paths.
    pub meetings: Table<Meeting>,
    /// In the order of their meetings.
    pub items: Table<Item>,
    pub issues: Table<Issue>,
    pub people: Table<Person>,
    /// Taken outside meetings, in the order of their dates.
    pub decisions: Table<Decision>,
    pub papers: Table<PaperFile>,
    pub topics: Table<Topic>,
    pub pages: Table<Page>,
    /// In the order of their meetings.
    pub sittings: Table<Sitting>,
    pub home: Option<Page>,
    /// The day it is read for.
    pub today: Option<Date>,
    /// What becomes public next.
    pub next_release: Option<Release>,
    pub order: Order,
}

/// Something that waits for a day: which one, and the file that says so.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Release {
    pub day: Date,
    pub source: SourcePath,
}

/// Orders in which lists are read, made once.
#[derive(Clone, Default, Debug, PartialEq, Serialize, Deserialize)]
pub struct Order {
    pub bodies: Vec<BodyId>,
    pub people: Vec<PersonId>,
    pub issues: Vec<IssueId>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Contact {
    pub name: Option<String>,
    pub email: Option<String>,
    pub telephone: Option<String>,
    pub address: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Body {
    pub id: String,
    pub name: String,
    pub aliases: Vec<String>,
    pub kind: Option<String>,
    pub parent: Option<BodyId>,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub quorum: Option<u32>,
    pub members: Vec<Membership>,
    /// What every agenda of it begins and ends with, for a new meeting.
    pub standing_items: Vec<StandingItem>,
    pub contact: Contact,
    pub text: Text,
    /// None for a body that is only a folder.
    pub source: Option<SourcePath>,
    /// Its own and joint ones, oldest first.
    pub meetings: Vec<MeetingId>,
    pub children: Vec<BodyId>,
    pub decisions: Vec<DecisionId>,
    /// Who sat on it at which meeting, oldest first.
    pub sittings: Vec<SittingId>,
}

/// An item of every agenda of a body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StandingItem {
    /// With the words that always stand under it.
    Titled { title: String, text: Option<String> },
    /// `…`: here stands the business of the day.
    Business,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Membership {
    pub person: PersonId,
    pub role: Option<String>,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub voting: bool,
    /// Where the body's file names them.
    pub span: Span,
}

impl Meeting {
    /// Whether it has yet to take place, or would have.
    pub fn is_to_come(&self, today: Date) -> bool {
        self.date > today || self.date == today && self.status == Status::Scheduled
    }
}

impl Body {
    /// The last day of one of its seats: no seat outlasts its body.
    pub fn end_of(&self, seat: &Membership) -> Option<Date> {
        seat.to.into_iter().chain(self.to).min()
    }

    /// The same where that day is past: the seat is a former one.
    pub fn ended(&self, seat: &Membership, today: Date) -> Option<Date> {
        self.end_of(seat).filter(|to| *to < today)
    }

    /// Whether one of its seats is held on a day: the first and the last count.
    pub fn holds(&self, seat: &Membership, day: Date) -> bool {
        seat.from.is_none_or(|from| from <= day) && self.end_of(seat).is_none_or(|to| day <= to)
    }

    /// Its members on a day.
    pub fn members_on(&self, day: Date) -> impl Iterator<Item = &Membership> {
        self.members.iter().filter(move |seat| self.holds(seat, day))
    }
}

/// What became of a meeting.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Status {
    Scheduled,
    Held,
    Cancelled,
    Postponed,
    Adjourned,
    Inquorate,
}

impl Status {
    pub const WORDS: &'static [(&'static str, Status)] = &[
        ("scheduled", Status::Scheduled),
        ("held", Status::Held),
        ("cancelled", Status::Cancelled),
        ("postponed", Status::Postponed),
        ("adjourned", Status::Adjourned),
        ("inquorate", Status::Inquorate),
    ];

    pub fn name(self) -> &'static str {
        Self::WORDS.iter().find(|w| w.1 == self).map_or("", |w| w.0)
    }

    /// It did not take place.
    pub fn is_off(self) -> bool {
        matches!(self, Status::Cancelled | Status::Postponed)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum MinutesState {
    Draft,
    Confirmed,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Meeting {
    /// `cabinet/2017-06-27`
    pub id: String,
    pub source: SourcePath,
    pub title: Option<String>,
    pub date: Date,
    /// The leading body first.
    pub bodies: Vec<BodyId>,
    pub kind: Option<String>,
    pub status: Status,
    pub start: Option<String>,
    pub end: Option<String>,
    pub until: Option<Date>,
    pub continues: Option<MeetingId>,
    pub venue: Option<String>,
    pub mode: Option<String>,
    pub attend: Option<String>,
    pub agenda_published: Option<Date>,
    pub minutes: Option<MinutesState>,
    pub minutes_published: Option<Date>,
    pub confirmed_at: Option<Target>,
    pub corrections: Vec<(Option<Date>, String)>,
    pub updated: Option<Date>,
    pub complete: bool,
    pub webcast: Option<String>,
    pub papers: Vec<Paper>,
    pub attendance: Vec<Attendee>,
    pub movements: Vec<Movement>,
    /// Names as they stand under their headings.
    pub roll: Vec<RollSection>,
    pub preamble: Text,
    pub items: Vec<ItemId>,
    pub close: Option<(String, Text)>,
    pub exempt: Option<Exemption>,
    pub public_summary: Vec<Section>,
    pub aliases: Vec<String>,
    pub system: Option<(Option<String>, Option<String>, Option<String>)>,
    pub places: MeetingPlaces,
    /// Before and after it in its leading body.
    pub previous: Option<MeetingId>,
    pub next: Option<MeetingId>,
    /// The meeting that resumes it.
    pub continued: Option<MeetingId>,
}

/// Where in a meeting's file some of its facts stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MeetingPlaces {
    /// The key `agenda`.
    pub agenda: Option<Span>,
    /// The key `minutes`.
    pub minutes: Option<Span>,
    pub status: Option<Span>,
    pub end: Option<Span>,
    pub until: Option<Span>,
    pub continues: Option<Span>,
}

/// A heading such as "Present" and the names under it, as they were written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RollSection {
    pub presence: Presence,
    pub label: String,
    pub text: Text,
}

/// Somebody who was there, or was not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attendee {
    pub presence: Presence,
    /// None for a name that is no record.
    pub person: Option<PersonId>,
    pub name: String,
    pub chair: bool,
    pub role: Option<String>,
    pub organisation: Option<String>,
    pub reason: Option<String>,
    pub stands_for: Option<Box<(Option<PersonId>, String)>>,
    /// Given in the front matter, and so not yet shown by a heading.
    pub declared: bool,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Movement {
    pub person: Option<PersonId>,
    pub name: String,
    pub arrived: Option<String>,
    pub left: Option<String>,
    pub returned: Option<String>,
    pub span: Span,
}

/// A paper as a meeting lists it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Paper {
    pub title: String,
    pub target: Option<Target>,
    pub published: Option<Date>,
    pub supplement: bool,
    pub exempt: Option<Exemption>,
}

/// A file that we hold and publish.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaperFile {
    pub source: SourcePath,
    pub bytes: u64,
    /// `PDF`
    pub kind: String,
    /// Below the base, without a leading slash.
    pub address: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    pub meeting: MeetingId,
    pub number: Option<String>,
    pub title: String,
    pub address: String,
    /// The other number it may be asked for by.
    pub other_number: Option<String>,
    pub fields: ThinVec<Field>,
    pub issues: ThinVec<IssueId>,
    pub sections: ThinVec<Section>,
    pub exempt: Option<Exemption>,
    /// A heading such as "Exempt business" that stands over what follows.
    pub is_divider: bool,
    /// People whom its text or fields name.
    pub people: ThinVec<PersonId>,
    pub aliases: ThinVec<String>,
    /// The line of its heading.
    pub heading: Span,
    pub span: Span,
}

impl Item {
    pub fn field(&self, key: FieldKey) -> Option<&Field> {
        self.fields.iter().find(|f| f.key == key)
    }

    /// The words of a field.
    pub fn field_text(&self, key: FieldKey) -> Option<String> {
        match &self.field(key)?.value {
            FieldValue::Text(text) => Some(text.text()),
            _ => None,
        }
    }

    /// The day of a field: `2026-11-24`, `until 24 November 2026`. A day that
    /// only stands in a sentence (`of the decision of 8 July 2025`) is none.
    pub fn day(&self, key: FieldKey) -> Option<Date> {
        let text = self.field_text(key)?;
        let found = *crate::text::dates::in_words(&text).first()?;
        let before = text[..found.start].trim().to_lowercase();
        let plain =
            |word: &str| ["until", "on", "from", "published"].contains(&word) || word.ends_with("day");
        before.split_whitespace().all(plain).then_some(found.date)
    }

    /// Whether it is a key decision, when it says so.
    pub fn is_key(&self) -> Option<bool> {
        let text = self.field_text(FieldKey::KeyDecision)?.to_lowercase();
        let says = |words: &[&str]| words.iter().any(|word| text.trim_start().starts_with(word));
        match (
            says(&["yes", "true", "ja"]),
            says(&["no", "false", "nee", "nein"]),
        ) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Field {
    pub key: FieldKey,
    pub label: String,
    pub value: FieldValue,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FieldValue {
    Text(Text),
    /// Names: records, or text as it was written.
    People(Vec<(Option<PersonId>, String)>),
    Issues(Vec<IssueId>),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Section {
    pub kind: SectionKind,
    pub label: String,
    pub text: Text,
    pub entries: ThinVec<Entry>,
    pub vote: Option<Box<Vote>>,
    pub span: Span,
}

/// An entry of a register: a resolution, a decision, an action, a paper.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    pub marks: Marks,
    /// Which register it belongs to, and its number there within the item.
    pub kind: EntryKind,
    pub number: u32,
    pub label: Option<String>,
    pub text: String,
    pub owner: Option<Box<(Option<PersonId>, String)>>,
    pub due: Option<Date>,
    pub done: Option<Date>,
    /// The state of a task's box.
    pub ticked: Option<bool>,
    /// A paper that is withheld.
    pub exempt: Option<Box<Exemption>>,
    pub span: Span,
}

impl Entry {
    /// Somebody is to do something: a task, or a decision with an owner or a day.
    pub fn is_action(&self) -> bool {
        self.kind == EntryKind::Action || self.owner.is_some() || self.due.is_some() || self.done.is_some()
    }

    /// Its words as they are compared with another's: one resolution may stand
    /// under two headings, with another label, capital or mark at its end.
    pub fn compared(&self) -> String {
        let label = self.label.as_deref().unwrap_or("");
        let text = self.text.strip_prefix(label).unwrap_or(&self.text);
        crate::text::names::fold(text.trim())
            .trim_end_matches(['.', ';', ','])
            .trim_end_matches("; and")
            .to_owned()
    }

    pub fn is_done(&self) -> bool {
        self.done.is_some() || self.ticked == Some(true)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum EntryKind {
    Decision,
    Resolved,
    Action,
    Recommended,
    /// In a list, but in no register.
    Plain,
}

impl EntryKind {
    /// What its anchor begins with.
    pub fn anchor(self) -> Option<&'static str> {
        match self {
            EntryKind::Decision => Some("decision"),
            EntryKind::Resolved => Some("resolved"),
            EntryKind::Action => Some("action"),
            EntryKind::Recommended => Some("recommended"),
            EntryKind::Plain => None,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Vote {
    pub number: u32,
    pub title: Option<String>,
    pub lines: Vec<VoteLine>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VoteLine {
    pub key: VoteKey,
    pub label: String,
    pub text: Text,
    /// The number that the clerk wrote.
    pub count: Option<u32>,
    pub names: Vec<(Option<PersonId>, String)>,
    /// The names are all there: none was left out with dots.
    pub whole: bool,
    pub span: Span,
}

impl VoteLine {
    /// Whether every vote that it counts is named.
    pub fn names_all(&self) -> bool {
        self.whole
            && self
                .count
                .map_or(!self.names.is_empty(), |n| n as usize == self.names.len())
    }

    /// How many votes it counts: its number, else its names when they are all there.
    pub fn votes(&self) -> Option<u32> {
        self.count
            .or_else(|| (self.whole && !self.names.is_empty()).then_some(self.names.len() as u32))
    }

    /// Whether the line of a casting vote says that none was given.
    pub fn says_none(&self) -> bool {
        let text = self.text.text();
        self.names.is_empty() && (text.trim().is_empty() || nothing::is_nothing(&text))
    }
}

/// When and by whom an issue is to be decided.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct DecisionDue {
    pub body: Option<BodyId>,
    pub date: Option<Date>,
    pub key: Option<bool>,
    /// When the notice of a key decision was published.
    pub published: Option<Date>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Issue {
    pub id: String,
    pub title: String,
    pub aliases: Vec<String>,
    pub reference: Option<String>,
    pub kind: Option<String>,
    pub status: Option<String>,
    pub due: Option<DecisionDue>,
    pub lead_member: Option<(Option<PersonId>, String)>,
    pub topics: Vec<TopicId>,
    pub related: Vec<(IssueId, Option<String>)>,
    pub text: Text,
    pub source: Option<SourcePath>,
    /// The items that considered it, newest first.
    pub items: Vec<ItemId>,
    pub decisions: Vec<DecisionId>,
    /// Issues that name this one as related.
    pub named_by: Vec<IssueId>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Person {
    pub id: String,
    pub name: String,
    pub sort: String,
    pub aliases: Vec<String>,
    pub party: Option<String>,
    pub terms: Vec<(Option<String>, Option<Date>, Option<Date>)>,
    pub interests: Vec<(Option<Date>, PaperId)>,
    pub contact: Contact,
    pub listed: bool,
    pub text: Text,
    pub source: Option<SourcePath>,
    pub memberships: Vec<(BodyId, Membership)>,
    /// Meetings they are recorded at, newest first, and how.
    pub attendance: Vec<(MeetingId, Presence)>,
    /// At which meetings they were expected or recorded, oldest first.
    pub sittings: Vec<SittingId>,
    /// Decisions outside meetings that they took, or that set them a task,
    /// newest first.
    pub decisions: Vec<DecisionId>,
    /// Items that name them, newest first.
    pub items: Vec<ItemId>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    pub id: String,
    pub source: SourcePath,
    pub title: String,
    pub date: Date,
    pub maker_kind: Option<String>,
    pub maker_role: Option<String>,
    pub maker: Option<(Option<PersonId>, String)>,
    pub body: Option<BodyId>,
    pub key: Option<bool>,
    /// When the notice of a key decision was published.
    pub notice: Option<Date>,
    pub call_in: Option<Date>,
    pub effective: Option<Date>,
    pub status: Option<String>,
    pub issues: Vec<IssueId>,
    pub reference: Option<String>,
    pub exempt: Option<Exemption>,
    pub sections: Vec<Section>,
    pub aliases: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Topic {
    pub id: String,
    pub name: String,
    pub issues: Vec<IssueId>,
    pub items: Vec<ItemId>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page {
    pub id: String,
    pub title: Option<String>,
    pub text: Text,
    pub source: SourcePath,
    pub aliases: Vec<String>,
}
