//! The parts of an agenda item, and the facts that stand at its top.

use serde::{Deserialize, Serialize};

/// What a section of an item is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum SectionKind {
    Summary,
    Recommendations,
    Documents,
    Declarations,
    PublicQuestions,
    Petition,
    Decision,
    ActionBy,
    Actions,
    Minutes,
    Vote,
    Resolved,
    Reasons,
    Alternatives,
    Conflicts,
    Consultation,
    BackgroundPapers,
    PublicSummary,
    Note,
    /// A heading of the author's own.
    Free,
}

impl SectionKind {
    /// The word that themes and data know it by.
    pub fn name(self) -> &'static str {
        match self {
            SectionKind::Summary => "summary",
            SectionKind::Recommendations => "recommendations",
            SectionKind::Documents => "documents",
            SectionKind::Declarations => "declarations",
            SectionKind::PublicQuestions => "public-questions",
            SectionKind::Petition => "petition",
            SectionKind::Decision => "decision",
            SectionKind::ActionBy => "action-by",
            SectionKind::Actions => "actions",
            SectionKind::Minutes => "minutes",
            SectionKind::Vote => "vote",
            SectionKind::Resolved => "resolved",
            SectionKind::Reasons => "reasons",
            SectionKind::Alternatives => "alternatives",
            SectionKind::Conflicts => "conflicts",
            SectionKind::Consultation => "consultation",
            SectionKind::BackgroundPapers => "background-papers",
            SectionKind::PublicSummary => "public-summary",
            SectionKind::Note => "note",
            SectionKind::Free => "free",
        }
    }

    /// Known before the meeting: what an agenda may show.
    pub fn is_agenda(self) -> bool {
        use SectionKind::*;
        matches!(
            self,
            Summary | Recommendations | Documents | BackgroundPapers | PublicSummary
        )
    }

    /// A section that makes the text before it a summary.
    pub fn is_text(self) -> bool {
        use SectionKind::*;
        matches!(self, Summary | Recommendations | Decision | Minutes)
    }
}

/// A fact in the field block of an item.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum FieldKey {
    Issue,
    Report,
    ReportOf,
    IntroducedBy,
    LeadMember,
    LeadOfficer,
    Contact,
    AgendaItem,
    Wards,
    KeyDecision,
    /// When the notice of a key decision was published.
    Notice,
    CallIn,
    Effective,
    DecisionStatus,
    DecisionMaker,
    Urgent,
    Exempt,
    /// Public, although it stands behind the exclusion of the public.
    Publish,
    Webcast,
    Started,
    Ended,
    Kind,
    Tags,
    Incomplete,
    Aliases,
    /// A key nobody knows, shown as it was written.
    Other,
}

impl FieldKey {
    pub fn name(self) -> &'static str {
        match self {
            FieldKey::Issue => "issue",
            FieldKey::Report => "report",
            FieldKey::ReportOf => "report-of",
            FieldKey::IntroducedBy => "introduced-by",
            FieldKey::LeadMember => "lead-member",
            FieldKey::LeadOfficer => "lead-officer",
            FieldKey::Contact => "contact",
            FieldKey::AgendaItem => "agenda-item",
            FieldKey::Wards => "wards",
            FieldKey::KeyDecision => "key-decision",
            FieldKey::Notice => "notice",
            FieldKey::CallIn => "call-in",
            FieldKey::Effective => "effective",
            FieldKey::DecisionStatus => "decision-status",
            FieldKey::DecisionMaker => "decision-maker",
            FieldKey::Urgent => "urgent",
            FieldKey::Exempt => "exempt",
            FieldKey::Publish => "publish",
            FieldKey::Webcast => "webcast",
            FieldKey::Started => "started",
            FieldKey::Ended => "ended",
            FieldKey::Kind => "kind",
            FieldKey::Tags => "tags",
            FieldKey::Incomplete => "incomplete",
            FieldKey::Aliases => "aliases",
            FieldKey::Other => "other",
        }
    }
}

/// A line of a recorded vote.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum VoteKey {
    Motion,
    MovedBy,
    SecondedBy,
    For,
    Against,
    Abstained,
    NotVoting,
    CastingVote,
    Result,
    Other,
}

impl VoteKey {
    pub fn name(self) -> &'static str {
        match self {
            VoteKey::Motion => "motion",
            VoteKey::MovedBy => "moved-by",
            VoteKey::SecondedBy => "seconded-by",
            VoteKey::For => "for",
            VoteKey::Against => "against",
            VoteKey::Abstained => "abstained",
            VoteKey::NotVoting => "not-voting",
            VoteKey::CastingVote => "casting-vote",
            VoteKey::Result => "result",
            VoteKey::Other => "other",
        }
    }
}

/// How somebody took part in a meeting.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Presence {
    Present,
    Remote,
    Substitute,
    Apologies,
    Absent,
    InAttendance,
}

impl Presence {
    pub const ALL: [Presence; 6] = [
        Presence::Present,
        Presence::Remote,
        Presence::Substitute,
        Presence::Apologies,
        Presence::Absent,
        Presence::InAttendance,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Presence::Present => "present",
            Presence::Remote => "remote",
            Presence::Substitute => "substitutes",
            Presence::Apologies => "apologies",
            Presence::Absent => "absent",
            Presence::InAttendance => "in-attendance",
        }
    }

    /// In the room or on the line, with a seat at the table.
    pub fn attended(self) -> bool {
        matches!(self, Presence::Present | Presence::Remote | Presence::Substitute)
    }
}

/// Why a text is withheld: the author's words, such as the paragraphs of
/// Schedule 12A to the Local Government Act 1972.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub struct Exemption {
    /// `paragraph 3`, as far as it could be read; never free text.
    pub reason: String,
}
