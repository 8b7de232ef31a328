//! The words that open typed sections, fields and attendance: data per
//! language, with those that a site adds in `[labels]`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::model::{FieldKey, Presence, SectionKind, VoteKey};
use crate::text::names;
use crate::text::nearest;

use FieldKey as F;
use SectionKind as S;
use VoteKey as V;

const SECTIONS: &[(&str, SectionKind)] = &[
    ("summary", S::Summary),
    ("recommendations", S::Recommendations),
    ("recommendation", S::Recommendations),
    ("documents", S::Documents),
    ("additional documents", S::Documents),
    ("supporting documents", S::Documents),
    ("declarations of interest", S::Declarations),
    ("public questions", S::PublicQuestions),
    ("petition", S::Petition),
    ("petitions", S::Petition),
    ("decision", S::Decision),
    ("decisions", S::Decision),
    ("action by", S::ActionBy),
    ("actions", S::Actions),
    ("action items", S::Actions),
    ("action points", S::Actions),
    ("minutes", S::Minutes),
    ("vote", S::Vote),
    ("recorded vote", S::Vote),
    ("resolved", S::Resolved),
    ("resolved that", S::Resolved),
    ("it was resolved", S::Resolved),
    ("it was resolved that", S::Resolved),
    ("resolution", S::Resolved),
    ("resolutions", S::Resolved),
    ("agreed", S::Resolved),
    ("reasons for decision", S::Reasons),
    ("reasons for the decision", S::Reasons),
    ("alternative options considered", S::Alternatives),
    ("conflicts of interest", S::Conflicts),
    ("consultation", S::Consultation),
    ("background papers", S::BackgroundPapers),
    ("public summary", S::PublicSummary),
    ("note", S::Note),
];

const FIELDS: &[(&str, FieldKey)] = &[
    ("issue", F::Issue),
    ("issues", F::Issue),
    ("report", F::Report),
    ("report of", F::ReportOf),
    ("introduced by", F::IntroducedBy),
    ("lead member", F::LeadMember),
    ("lead officer", F::LeadOfficer),
    ("contact", F::Contact),
    ("agenda item", F::AgendaItem),
    ("wards", F::Wards),
    ("key decision", F::KeyDecision),
    ("notice", F::Notice),
    ("notice published", F::Notice),
    ("call-in", F::CallIn),
    ("effective", F::Effective),
    ("decision status", F::DecisionStatus),
    ("decision maker", F::DecisionMaker),
    ("urgent", F::Urgent),
    ("exempt", F::Exempt),
    ("publish", F::Publish),
    ("webcast", F::Webcast),
    ("started", F::Started),
    ("ended", F::Ended),
    ("kind", F::Kind),
    ("tags", F::Tags),
    ("incomplete", F::Incomplete),
    ("aliases", F::Aliases),
];

const VOTES: &[(&str, VoteKey)] = &[
    ("motion", V::Motion),
    ("moved by", V::MovedBy),
    ("proposed by", V::MovedBy),
    ("seconded by", V::SecondedBy),
    ("for", V::For),
    ("in favour", V::For),
    ("against", V::Against),
    ("opposed", V::Against),
    ("abstained", V::Abstained),
    ("abstentions", V::Abstained),
    ("not voting", V::NotVoting),
    ("casting vote", V::CastingVote),
    ("result", V::Result),
    ("outcome", V::Result),
];

const ATTENDANCE: &[(&str, Presence)] = &[
    ("present", Presence::Present),
    ("members present", Presence::Present),
    ("councillors present", Presence::Present),
    ("those present", Presence::Present),
    ("remote", Presence::Remote),
    ("present remotely", Presence::Remote),
    ("apologies", Presence::Apologies),
    ("apologies for absence", Presence::Apologies),
    ("apologies received", Presence::Apologies),
    ("absent", Presence::Absent),
    ("not present", Presence::Absent),
    ("in attendance", Presence::InAttendance),
    ("also in attendance", Presence::InAttendance),
    ("officers in attendance", Presence::InAttendance),
    ("also present", Presence::InAttendance),
    ("officers present", Presence::InAttendance),
    ("substitutes", Presence::Substitute),
];

/// Words over a list of names that do not say whether these were members who
/// were there, or others, or away.
const NAMES: &[&str] = &["attendance", "attendees"];

const CLOSE: &[&str] = &["close", "close of meeting"];

/// Every word that has a meaning, in the form in which words are compared.
#[derive(Clone, Debug)]
pub struct Labels {
    sections: BTreeMap<String, SectionKind>,
    fields: BTreeMap<String, FieldKey>,
    votes: BTreeMap<String, VoteKey>,
    attendance: BTreeMap<String, Presence>,
    close: Vec<String>,
}

/// What a heading inside an item says.
pub enum Label<'a> {
    Section(SectionKind),
    /// `Vote: Amendment 1`
    NamedVote(&'a str),
    /// Almost the label given here, which is known.
    Nearly(String),
    /// A known label with more words behind it.
    Longer(String),
    /// A vote with a name that no colon stands before: how it is to be written.
    UnmarkedVote(String),
    Free,
}

impl Default for Labels {
    fn default() -> Self {
        let own = |list: &[(&str, SectionKind)]| list.iter().map(|(w, k)| (names::fold(w), *k)).collect();
        Self {
            sections: own(SECTIONS),
            fields: FIELDS.iter().map(|(w, k)| (names::fold(w), *k)).collect(),
            votes: VOTES.iter().map(|(w, k)| (names::fold(w), *k)).collect(),
            attendance: ATTENDANCE.iter().map(|(w, k)| (names::fold(w), *k)).collect(),
            close: CLOSE.iter().map(|w| names::fold(w)).collect(),
        }
    }
}

impl Labels {
    /// The built-in words and those of a site: `"Action required" = "actions"`.
    /// Gives back the entries whose meaning is not known, with the nearest one.
    pub fn with(extra: &BTreeMap<String, String>) -> (Self, Vec<(String, Option<String>)>) {
        let mut labels = Self::default();
        let mut unknown = Vec::new();
        for (word, meaning) in extra {
            let (word, key) = (comparable(word), comparable(&meaning.replace(['-', '_'], " ")));
            let key = if key == "call in" {
                "call-in".to_owned()
            } else {
                key
            };
            if let Some(kind) = labels.sections.get(&key).copied() {
                labels.sections.insert(word, kind);
            } else if let Some(field) = labels.fields.get(&key).copied() {
                labels.fields.insert(word, field);
            } else if let Some(presence) = labels.attendance.get(&key).copied() {
                labels.attendance.insert(word, presence);
            } else if let Some(vote) = labels.votes.get(&key).copied() {
                labels.votes.insert(word, vote);
            } else if labels.close.contains(&key) {
                labels.close.push(word);
            } else {
                let all = labels
                    .sections
                    .keys()
                    .chain(labels.fields.keys())
                    .chain(labels.attendance.keys());
                unknown.push((
                    meaning.clone(),
                    nearest::nearest(&key, all.map(String::as_str)).map(str::to_owned),
                ));
            }
        }
        (labels, unknown)
    }

    pub fn section<'a>(&self, heading: &'a str) -> Label<'a> {
        let key = comparable(heading);
        if let Some(kind) = self.sections.get(&key) {
            return Label::Section(*kind);
        }
        if let Some((first, rest)) = heading.split_once(':')
            && self.sections.get(&comparable(first)) == Some(&S::Vote)
            && !rest.trim().is_empty()
        {
            return Label::NamedVote(rest.trim());
        }
        let longer = self.sections.keys().filter(|l| l.len() > 3).find(|l| {
            key.strip_prefix(l.as_str())
                .is_some_and(|rest| rest.starts_with([' ', ':', '-', '(']))
        });
        if let Some(label) = longer {
            let name = heading.get(label.len()..).unwrap_or("");
            let name = name.trim_matches([' ', ':', '-', '–', '—', '(', ')']);
            if self.sections.get(label) == Some(&S::Vote) && !name.is_empty() {
                return Label::UnmarkedVote(format!("{}: {name}", &heading[..label.len()]));
            }
            return Label::Longer(label.clone());
        }
        match nearest::nearest(&key, self.sections.keys().map(String::as_str)) {
            Some(label) if key.len() > 3 && strsim::osa_distance(&key, label) <= 2 => {
                Label::Nearly(label.to_owned())
            }
            _ => Label::Free,
        }
    }

    pub fn section_of_level_two(&self, heading: &str) -> Option<SectionKind> {
        self.sections.get(&comparable(heading)).copied()
    }

    pub fn field(&self, key: &str) -> Option<FieldKey> {
        self.fields.get(&comparable(key)).copied()
    }

    pub fn vote(&self, key: &str) -> Option<VoteKey> {
        self.votes.get(&comparable(key)).copied()
    }

    pub fn attendance(&self, heading: &str) -> Option<Presence> {
        self.attendance.get(&comparable(heading)).copied()
    }

    /// The label of a list of names, or of the closing remarks, that a heading
    /// almost is. `counted`: who was there is told elsewhere.
    pub fn nearly_names(&self, heading: &str, counted: bool) -> Option<&str> {
        let key = comparable(heading);
        if NAMES.contains(&key.as_str()) {
            return Some("present").filter(|_| !counted);
        }
        // "Present (remotely)", "Apologies: Jane Roe"
        if let Some(at) = key.find([':', '(']).filter(|at| *at > 0) {
            let plain = key.replace(['(', ')'], "");
            let known = self.attendance.get_key_value(&plain);
            let known = known.or_else(|| self.attendance.get_key_value(key[..at].trim()));
            if let Some((label, _)) = known {
                return Some(label);
            }
        }
        let most = if key.chars().count() < 8 { 1 } else { 2 };
        let known = self.attendance.keys().chain(&self.close).map(String::as_str);
        nearest::nearest(&key, known)
            .filter(|near| near.len() > 4 && strsim::osa_distance(&key, near) <= most)
    }

    pub fn is_close(&self, heading: &str) -> bool {
        self.close.contains(&comparable(heading))
    }

    /// The known field that an unknown key is nearest to.
    pub fn nearest_field(&self, key: &str) -> Option<&str> {
        nearest::nearest(&comparable(key), self.fields.keys().map(String::as_str))
    }

    /// The known line of a vote that an unknown one is nearest to.
    pub fn nearest_vote(&self, key: &str) -> Option<&str> {
        nearest::nearest(&comparable(key), self.votes.keys().map(String::as_str))
    }
}

/// Case, a final colon and inline marks do not matter.
fn comparable(label: &str) -> String {
    let plain: Cow<str> = if label.contains(['*', '_', '`']) {
        label.replace(['*', '_', '`'], "").into()
    } else {
        label.into()
    };
    names::fold(plain.trim().trim_end_matches([':', '.', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_known_by_their_words() {
        let (labels, unknown) = Labels::with(&BTreeMap::from([
            ("Besluit".to_owned(), "decision".to_owned()),
            ("Aanwezig".to_owned(), "present".to_owned()),
            ("X".to_owned(), "decsion".to_owned()),
        ]));
        assert_eq!(unknown, [("decsion".to_owned(), Some("decision".to_owned()))]);
        assert_eq!(labels.attendance("Aanwezig:"), Some(Presence::Present));
        let show = |heading: &str| match labels.section(heading) {
            Label::Section(kind) => kind.name().to_owned(),
            Label::NamedVote(name) => format!("vote {name}"),
            Label::Nearly(label) => format!("nearly {label}"),
            Label::Longer(label) => format!("longer {label}"),
            Label::UnmarkedVote(meant) => format!("write {meant}"),
            Label::Free => "free".to_owned(),
        };
        for (heading, expected) in [
            ("**Minutes:**", "minutes"),
            ("IT WAS RESOLVED", "resolved"),
            ("besluit", "decision"),
            ("Vote: Amendment 1", "vote Amendment 1"),
            ("Desision", "nearly decision"),
            ("Vote – amendment", "write Vote: amendment"),
            ("Recorded vote (2)", "write Recorded vote: 2"),
            ("Action points:", "actions"),
            ("Minutes of the last meeting", "longer minutes"),
            ("Board update", "free"),
        ] {
            assert_eq!(show(heading), expected, "{heading}");
        }
        for (heading, expected) in [
            ("Attendance", Some("present")),
            ("Present (remotely)", Some("present remotely")),
            ("Present (in the hall)", Some("present")),
            ("Apologies: Jane Roe", Some("apologies")),
            ("Presnet", Some("present")),
            ("Apologies and declarations", None),
            ("Presentation", None),
        ] {
            assert_eq!(
                Labels::default().nearly_names(heading, false),
                expected,
                "{heading}"
            );
        }
    }
}
