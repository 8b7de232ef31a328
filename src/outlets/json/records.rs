//! What the archive is as JSON. These types are the format: the published
//! schema is made from them, and their comments are its descriptions.
//!
//! Every key is always there; what is not known is `null` or an empty list.
//! Days are ISO 8601, addresses whole where the site has a base URL. Whatever
//! is withheld never reached the archive, and so is not here.

use schemars::JsonSchema;
use serde::Serialize;

use super::each::Each;

/// Raised when the meaning of a key changes or a key goes. New keys alone do
/// not raise it.
pub const VERSION: u32 = 1;

/// A file of the data of a site.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
#[allow(
    dead_code,
    clippy::large_enum_variant,
    reason = "it is never made: it stands for the root of the schema"
)]
pub enum File {
    Archive(Archive<'static>),
    Part(Part<'static>),
    Meeting(Meeting),
    Issue(Issue),
    Body(Body),
    Person(Person),
    Decision(Decision),
}

/// The whole archive. One with much text keeps its meetings in a file for each
/// year.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Archive<'a> {
    #[serde(rename = "$schema")]
    pub schema: String,
    #[serde(rename = "type")]
    pub record: ArchiveKind,
    /// The version of this format.
    pub version: u32,
    pub title: String,
    pub url: String,
    /// Who publishes the record.
    pub authority: Option<String>,
    /// Under which licence, as the site says it.
    pub licence: Option<String>,
    /// A language tag (BCP 47).
    pub language: String,
    /// The name of a zone of the IANA database.
    pub time_zone: String,
    /// The day for which the site was built.
    #[schemars(extend("format" = "date"))]
    pub built_for: String,
    pub generator: String,
    /// All meetings, in the order of their days; empty where `parts` holds them.
    #[schemars(with = "Vec<Meeting>")]
    pub meetings: Each<'a, Meeting>,
    /// The files that hold the meetings of each year; empty where `meetings` does.
    pub parts: Vec<PartRef>,
    #[schemars(with = "Vec<Body>")]
    pub bodies: Each<'a, Body>,
    #[schemars(with = "Vec<Person>")]
    pub people: Each<'a, Person>,
    #[schemars(with = "Vec<Issue>")]
    pub issues: Each<'a, Issue>,
    /// Decisions taken outside meetings.
    #[schemars(with = "Vec<Decision>")]
    pub decisions: Each<'a, Decision>,
    pub topics: Vec<Ref>,
    /// The home page's own text, if it has one, and the site's own pages in the order of their ids.
    #[schemars(with = "Vec<Page>")]
    pub pages: Each<'a, Page>,
}

/// Where the meetings of a year are.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartRef {
    pub year: i16,
    pub url: String,
    /// How many there are.
    pub meetings: usize,
}

/// The meetings of a year.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Part<'a> {
    #[serde(rename = "$schema")]
    pub schema: String,
    #[serde(rename = "type")]
    pub record: PartKind,
    pub year: i16,
    #[schemars(with = "Vec<Meeting>")]
    pub meetings: Each<'a, Meeting>,
}

macro_rules! kinds {
    ($($name:ident $variant:ident)*) => {
        $(
            /// The word that tells this record from others.
            #[derive(Serialize, JsonSchema, Default)]
            #[serde(rename_all = "kebab-case")]
            pub enum $name { #[default] $variant }
        )*
    };
}

kinds! {
    ArchiveKind Archive
    PartKind Part
    MeetingKind Meeting
    IssueKind Issue
    BodyKind Body
    PersonKind Person
    DecisionKind Decision
}

/// Another record.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ref {
    pub id: String,
    pub name: String,
    pub url: String,
}

/// Somebody, as the record names them. Who has no page has no id.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Name {
    pub id: Option<String>,
    /// As it was minuted.
    pub name: String,
    pub url: Option<String>,
}

/// A written text.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Text {
    pub html: String,
    /// The same without markup.
    pub text: String,
}

/// A meeting, with its agenda and its minutes.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Meeting {
    /// Only in a file of its own.
    #[serde(rename = "$schema", skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    #[serde(rename = "type")]
    pub record: MeetingKind,
    /// Its body and its day, as in `parks/2024-03-12`.
    pub id: String,
    pub url: String,
    /// Addresses that it had before.
    pub aliases: Vec<String>,
    pub title: String,
    #[schemars(extend("format" = "date"))]
    pub date: String,
    /// The last day of a meeting of several days.
    #[schemars(extend("format" = "date"))]
    pub until: Option<String>,
    /// Begin and end as they were written, such as `18:30`.
    pub start: Option<String>,
    pub end: Option<String>,
    /// The leading body first.
    pub bodies: Vec<Ref>,
    /// `ordinary`, `annual`, `special` …
    pub kind: Option<String>,
    /// `scheduled`, `held`, `cancelled`, `postponed`, `adjourned` or `inquorate`
    #[schemars(extend("enum" = ["scheduled", "held", "cancelled", "postponed", "adjourned", "inquorate"]))]
    pub status: String,
    /// `in person`, `remote` or `hybrid`
    pub mode: Option<String>,
    pub venue: Option<String>,
    /// How the public may attend.
    pub attend: Option<String>,
    pub webcast: Option<String>,
    /// The day on which the agenda was published.
    #[schemars(extend("format" = "date"))]
    pub agenda_published: Option<String>,
    /// The state of the minutes.
    pub minutes: Option<Minutes>,
    #[schemars(extend("format" = "date"))]
    pub minutes_published: Option<String>,
    /// The address of the meeting or item that confirmed the minutes.
    pub confirmed_at: Option<String>,
    /// The last change that the clerk declared, or else the day of the meeting; null while that is to come.
    #[schemars(extend("format" = "date"))]
    pub changed: Option<String>,
    /// `false`: this archive holds only part of the meeting.
    pub complete: bool,
    /// The address of the meeting that this one resumes.
    pub continues: Option<String>,
    /// The meeting is withheld, and why; empty where no reason could be read.
    pub exempt: Option<String>,
    pub corrections: Vec<Correction>,
    pub papers: Vec<Paper>,
    pub attendance: Vec<Attendee>,
    pub movements: Vec<Movement>,
    /// The text before the first item.
    pub preamble: Text,
    /// What may be said of a meeting that is withheld.
    pub public_summary: Vec<Section>,
    pub items: Vec<Item>,
    /// The closing remarks.
    pub close: Option<Text>,
    pub source: Source,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Minutes {
    Draft,
    Confirmed,
}

/// Where a record comes from.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its file in the site's folder.
    pub file: String,
    /// The system it was imported from.
    pub system: Option<String>,
    /// Its address there.
    pub url: Option<String>,
    /// When it was fetched.
    pub retrieved: Option<String>,
}

#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    #[schemars(extend("format" = "date"))]
    pub date: Option<String>,
    pub text: String,
}

/// A paper, as a meeting lists it.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    pub title: String,
    pub url: Option<String>,
    /// Type and size of a file that the site holds, such as `PDF`.
    pub format: Option<String>,
    pub bytes: Option<u64>,
    #[schemars(extend("format" = "date"))]
    pub published: Option<String>,
    /// It was sent after the agenda.
    pub supplement: bool,
    /// It is withheld, and why; empty where no reason could be read.
    pub exempt: Option<String>,
}

/// Somebody who was there, or was not.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Attendee {
    pub person: Name,
    /// `present`, `remote`, `substitutes`, `apologies`, `absent` or `in-attendance`
    #[schemars(extend("enum" = ["present", "remote", "substitutes", "apologies", "absent", "in-attendance"]))]
    pub presence: String,
    pub chair: bool,
    pub role: Option<String>,
    pub organisation: Option<String>,
    /// Why they were not there, where that was minuted.
    pub reason: Option<String>,
    /// For whom they stood in.
    pub substitute_for: Option<Name>,
}

#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Movement {
    pub person: Name,
    pub arrived: Option<String>,
    pub left: Option<String>,
    pub returned: Option<String>,
}

/// An item of an agenda.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// The meeting's id and the item's, as in `parks/2024-03-12#4`.
    pub id: String,
    pub url: String,
    /// Addresses that it had before.
    pub aliases: Vec<String>,
    pub number: Option<String>,
    pub title: String,
    /// The item is withheld, and why; empty where no reason could be read.
    pub exempt: Option<String>,
    pub issues: Vec<Ref>,
    /// Everybody whom its text or its fields name and who has a page.
    pub people: Vec<Ref>,
    pub fields: Vec<Field>,
    /// In the author's order.
    pub sections: Vec<Section>,
}

/// A fact at the top of an item.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// `report`, `introduced-by` …; `other` for one of the author's own.
    pub key: String,
    /// The author's word for it.
    pub label: String,
    pub value: Text,
    pub people: Vec<Name>,
    pub issues: Vec<Ref>,
}

/// A part of an item.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// `minutes`, `decision`, `vote` …; `free` for a heading of the author's own.
    pub kind: String,
    /// The author's heading; empty for the text right under the title.
    pub label: String,
    pub content: Text,
    /// Resolutions, decisions, recommendations and actions in it.
    pub entries: Vec<Entry>,
    pub vote: Option<Vote>,
}

/// A resolution, a decision, a recommendation or an action.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// `decision`, `resolved`, `action` or `recommended`
    #[schemars(extend("enum" = ["decision", "resolved", "action", "recommended"]))]
    pub kind: String,
    /// Its place among those of its kind in the item, from 1.
    pub number: u32,
    /// The letter or number that the author wrote before its words, such as `(b)`; null where a
    /// list counts its entries.
    pub label: Option<String>,
    pub url: String,
    pub text: String,
    /// Who is to act.
    pub owner: Option<Name>,
    #[schemars(extend("format" = "date"))]
    pub due: Option<String>,
    #[schemars(extend("format" = "date"))]
    pub done: Option<String>,
    /// The box of an action is ticked; none for an entry without a box.
    pub ticked: Option<bool>,
}

/// A recorded vote.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Vote {
    /// Its place among those of the item, from 1.
    pub number: u32,
    pub title: Option<String>,
    pub url: String,
    pub lines: Vec<VoteLine>,
}

#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VoteLine {
    /// `motion`, `moved-by`, `seconded-by`, `for`, `against`, `abstained`,
    /// `not-voting`, `casting-vote`, `result` or `other`
    #[schemars(extend("enum" = ["motion", "moved-by", "seconded-by", "for", "against", "abstained", "not-voting", "casting-vote", "result", "other"]))]
    pub key: String,
    /// The author's word for it.
    pub label: String,
    pub text: String,
    /// The number that was minuted.
    pub count: Option<u32>,
    pub names: Vec<Name>,
    /// Every vote that the line counts is named.
    pub complete: bool,
}

/// An item in the list of another record.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemRef {
    pub id: String,
    pub url: String,
    pub number: Option<String>,
    pub title: String,
    pub meeting: MeetingRef,
}

/// A meeting in the list of another record.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeetingRef {
    pub id: String,
    pub url: String,
    pub title: String,
    #[schemars(extend("format" = "date"))]
    pub date: String,
    #[schemars(extend("enum" = ["scheduled", "held", "cancelled", "postponed", "adjourned", "inquorate"]))]
    pub status: String,
}

/// A public matter that is followed across meetings.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Issue {
    #[serde(rename = "$schema", skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    #[serde(rename = "type")]
    pub record: IssueKind,
    pub id: String,
    pub url: String,
    pub title: String,
    pub aliases: Vec<String>,
    pub reference: Option<String>,
    /// `policy`, `contract`, `planning` …
    pub kind: Option<String>,
    pub status: Option<String>,
    pub decision_due: Option<Due>,
    pub lead_member: Option<Name>,
    pub topics: Vec<Ref>,
    pub related: Vec<Related>,
    pub background: Text,
    /// The items that considered it, newest first.
    pub considered: Vec<ItemRef>,
    /// The items of meetings to come that are to consider it, the last first.
    pub coming: Vec<ItemRef>,
    /// Decisions on it outside meetings.
    pub decisions: Vec<Ref>,
    pub source: Option<Source>,
}

#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Due {
    pub body: Option<Ref>,
    #[schemars(extend("format" = "date"))]
    pub date: Option<String>,
    /// Whether it is a key decision.
    pub key: Option<bool>,
    /// When the notice of it was published.
    #[schemars(extend("format" = "date"))]
    pub notice_published: Option<String>,
}

#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Related {
    pub issue: Ref,
    /// How, such as `follows`.
    #[serde(rename = "as")]
    pub how: Option<String>,
}

/// A council, a committee, a board.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Body {
    #[serde(rename = "$schema", skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    #[serde(rename = "type")]
    pub record: BodyKind,
    pub id: String,
    pub url: String,
    pub name: String,
    pub aliases: Vec<String>,
    /// `council`, `committee`, `working group` …
    pub kind: Option<String>,
    /// The body it answers to.
    pub parent: Option<Ref>,
    pub children: Vec<Ref>,
    /// When it was set up, and when it was dissolved.
    #[schemars(extend("format" = "date"))]
    pub from: Option<String>,
    #[schemars(extend("format" = "date"))]
    pub to: Option<String>,
    pub quorum: Option<u32>,
    pub members: Vec<Member>,
    pub contact: Contact,
    /// The terms of reference.
    pub remit: Text,
    /// Its own meetings and joint ones, oldest first.
    pub meetings: Vec<MeetingRef>,
    pub decisions: Vec<Ref>,
    pub source: Option<Source>,
}

#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Member {
    pub person: Name,
    pub role: Option<String>,
    #[schemars(extend("format" = "date"))]
    pub from: Option<String>,
    #[schemars(extend("format" = "date"))]
    pub to: Option<String>,
    pub voting: bool,
}

#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    pub name: Option<String>,
    pub email: Option<String>,
    pub telephone: Option<String>,
    pub address: Option<String>,
}

/// Somebody with a page.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Person {
    #[serde(rename = "$schema", skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    #[serde(rename = "type")]
    pub record: PersonKind,
    pub id: String,
    pub url: String,
    pub name: String,
    /// The name as it is sorted.
    pub sort_name: String,
    pub aliases: Vec<String>,
    pub party: Option<String>,
    pub terms: Vec<Term>,
    pub contact: Contact,
    pub biography: Text,
    /// Published registers of interests.
    pub interests: Vec<Paper>,
    pub memberships: Vec<Membership>,
    /// The meetings they are recorded at, newest first.
    pub attendance: Vec<Attended>,
    /// What that comes to, body by body; at a joint meeting they count for each.
    pub figures: Vec<Figures>,
    /// The same together, where a joint meeting is one; null where there are fewer than two bodies.
    pub figures_sum: Option<Sums>,
    /// What they are to do and have done: what is overdue first, what is done last.
    pub actions: Vec<Action>,
    /// Decisions outside meetings that they took, newest first.
    pub decided: Vec<Ref>,
    /// Votes they are named in, newest first.
    pub votes: Vec<Cast>,
    /// Items that name them, newest first.
    pub items: Vec<ItemRef>,
    pub source: Option<Source>,
}

#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Term {
    pub ward: Option<String>,
    #[schemars(extend("format" = "date"))]
    pub from: Option<String>,
    #[schemars(extend("format" = "date"))]
    pub to: Option<String>,
}

#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Membership {
    pub body: Ref,
    pub role: Option<String>,
    #[schemars(extend("format" = "date"))]
    pub from: Option<String>,
    #[schemars(extend("format" = "date"))]
    pub to: Option<String>,
    pub voting: bool,
}

#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Attended {
    pub meeting: MeetingRef,
    /// `present`, `remote`, `substitutes`, `apologies`, `absent` or `in-attendance`
    #[schemars(extend("enum" = ["present", "remote", "substitutes", "apologies", "absent", "in-attendance"]))]
    pub presence: String,
}

/// Attendance at the meetings of a body.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Figures {
    pub body: Ref,
    pub sums: Sums,
}

/// Counts of meetings.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sums {
    /// How they were there, or not, where they were expected.
    pub expected: Counts,
    /// Attended of expected, in whole per cent; null where nobody expected them.
    #[schemars(range(max = 100))]
    pub percent: Option<u32>,
    /// There in somebody's place, and not expected.
    pub stood_in: u32,
    /// The same counts of meetings for which nobody knows who was expected.
    pub beyond: Counts,
}

/// Counts of meetings, by the way of being there or not.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    pub present: u32,
    pub remote: u32,
    pub substituted: u32,
    pub apologies: u32,
    pub absent: u32,
    /// Expected, and named nowhere.
    pub unrecorded: u32,
}

/// Something somebody is to do.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// The place where it was set.
    pub url: String,
    /// The id of the item that set it; null where a decision outside a meeting did.
    pub item: Option<String>,
    /// The id of that decision.
    pub decision: Option<String>,
    pub text: String,
    #[schemars(extend("format" = "date"))]
    pub due: Option<String>,
    #[schemars(extend("format" = "date"))]
    pub done: Option<String>,
    /// `open`, `overdue` or `done`, on the day for which the site was built
    #[schemars(extend("enum" = ["open", "overdue", "done"]))]
    pub state: String,
}

/// A vote that somebody cast.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cast {
    /// The place of the vote.
    pub url: String,
    /// The id of the item that was voted on.
    pub item: String,
    /// What was voted on, where the heading says so.
    pub title: Option<String>,
    /// `for`, `against`, `abstained` or `not-voting`
    #[schemars(extend("enum" = ["for", "against", "abstained", "not-voting"]))]
    pub vote: String,
    /// What came of it, as minuted.
    pub result: Option<String>,
}

/// A page of the site's own.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// Its address below the site's, as in `about`; empty for the home page.
    pub id: String,
    pub url: String,
    pub title: Option<String>,
    pub content: Text,
    pub source: Source,
}

/// A decision taken outside a meeting.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    #[serde(rename = "$schema", skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    #[serde(rename = "type")]
    pub record: DecisionKind,
    pub id: String,
    pub url: String,
    pub title: String,
    #[schemars(extend("format" = "date"))]
    pub date: String,
    /// `officer`, `member` or `urgent`
    pub maker_kind: Option<String>,
    pub maker_role: Option<String>,
    pub maker: Option<Name>,
    pub body: Option<Ref>,
    pub key: Option<bool>,
    /// When the notice of a key decision was published.
    #[schemars(extend("format" = "date"))]
    pub notice_published: Option<String>,
    #[schemars(extend("format" = "date"))]
    pub call_in_until: Option<String>,
    #[schemars(extend("format" = "date"))]
    pub effective: Option<String>,
    pub status: Option<String>,
    pub reference: Option<String>,
    pub issues: Vec<Ref>,
    /// The decision is withheld, and why; empty where no reason could be read.
    pub exempt: Option<String>,
    pub sections: Vec<Section>,
    pub source: Source,
}
