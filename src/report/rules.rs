//! The list of rules: the stable name of everything a build can say, how
//! grave it is, and why it is said.

use super::Severity::{self, Error, Note, Warning};

/// A kind of problem. Its name is stable: files and scripts may speak of it.
#[derive(PartialEq, Eq, Debug)]
pub struct Rule {
    /// Kebab-case, never changed, never given to another rule.
    pub name: &'static str,
    pub severity: Severity,
    /// What the rule is for, in one or two sentences for a clerk.
    pub explanation: &'static str,
}

macro_rules! rules {
    ($($id:ident $severity:ident $name:literal $explanation:literal)*) => {
        $(#[doc = $explanation] pub static $id: Rule = Rule { name: $name, severity: $severity, explanation: $explanation };)*
        /// Every rule, in the order of the list.
        pub static ALL: &[&Rule] = &[$(&$id),*];
    };
}

rules! {
    // Files and folders
    UNREADABLE_FILE Error "unreadable-file" "A file could not be read; the rest is built without it."
    NOT_UTF8 Error "not-utf8" "Records are text in UTF-8. Save the file again in that encoding."
    NOT_A_FILE Warning "not-a-file" "Links, pipes, sockets and devices in the content folder are not followed or read."
    MISPLACED_FILE Error "misplaced-file" "Every record has its folder: meetings, bodies, people, issues, decisions, pages."
    COPIED_FILE Warning "copied-file" "A copy of a record is published as a record of its own."
    UNKNOWN_FOLDER Error "unknown-folder" "Between a body's folder and a meeting only folders named as a year, a municipal year or a month may stand."
    NO_DATE Error "no-date" "A meeting or decision needs a date, in its file name or in its front matter."
    TOO_LARGE Error "too-large" "A file, a line or a front matter beyond any real use is refused, so that a broken file cannot stop a build."
    NO_CONTENT Error "no-content" "The site folder holds no content folder."
    DUPLICATE_ID Error "duplicate-id" "Two records may not have one id: it is also their address."
    DUPLICATE_ADDRESS Error "duplicate-address" "Two pages or files may not have one address."
    BAD_ADDRESS Error "bad-address" "An address must stay inside the site and be one that every host can serve."
    RESERVED_NAME Error "reserved-name" "A record may not take an address that the site itself uses."

    // Configuration and theme
    BAD_CONFIG Error "bad-config" "site.toml or theme.toml could not be read, or says something it cannot mean."
    NO_BASE_URL Note "no-base-url" "Without base_url the site map, canonical addresses and Open Graph are left out."
    NO_WORDS Note "no-words" "The words of the interface are there in some languages only; elsewhere they are English."
    BAD_THEME Error "bad-theme" "A theme's template or file could not be used."
    UNUSED_IN_THEME Warning "unused-in-theme" "Something in a theme of your own is not used as it stands: most often a slip of the pen."
    LOW_CONTRAST Warning "low-contrast" "Text needs a contrast of 4.5 to 1 with what it stands on (WCAG 2.2, 1.4.3). A paler colour is darkened, a darker one lightened."

    // Front matter
    UNCLOSED_FRONT_MATTER Error "unclosed-front-matter" "The block between two lines of --- was never closed."
    BAD_FRONT_MATTER Error "bad-front-matter" "The front matter is not valid YAML."
    UNQUOTED_COLON Warning "unquoted-colon" "A value that holds a colon and a space is put in quotes."
    UNQUOTED_HASH Warning "unquoted-hash" "Behind a space, # begins a comment: a value that holds it is put in quotes."
    UNQUOTED_COMMA Error "unquoted-comma" "Between braces a comma ends a value: a value that holds one is put in quotes."
    LATE_FRONT_MATTER Warning "late-front-matter" "The front matter opens on the first line of a file."
    UNKNOWN_KEY Warning "unknown-key" "A key that is not known here is not used."
    WRONG_TYPE Error "wrong-type" "The value is of another kind than the key expects."
    BAD_DATE Error "bad-date" "Dates are written as 2017-06-27 and must exist in the calendar."
    BAD_VALUE Error "bad-value" "The key takes one of a few words."
    DATE_WITH_TIME Warning "date-with-time" "A date holds no time of day: the time goes in `start`."
    DATE_DIFFERS Warning "date-differs" "Two dates for one meeting differ; the file name counts."
    MISSING_KEY Error "missing-key" "A key that this record cannot do without is missing."

    // Headings and sections
    SETEXT_HEADING Warning "setext-heading" "A heading is written with # marks. An underlined line is read as prose."
    HEADING_NUMBER Warning "heading-number" "An item's number ends in a full stop: `## 5. Title`."
    NUMBERED_SUBHEADING Warning "numbered-subheading" "Agenda items are opened with two # marks."
    HEADING_LEVEL Warning "heading-level" "Two # marks open an agenda item or names, three a section of an item."
    REPEATED_ITEM Warning "repeated-item" "Two items of a meeting have one address; the second gets another."
    NEARLY_A_LABEL Warning "nearly-a-label" "A heading that is almost the name of a known section is read as prose."
    LATE_FIELDS Warning "late-fields" "The fields of an item stand right under its heading."
    UNREAD_SECTION Warning "unread-section" "What stands below Vote, Actions, Decision or Resolved has to be read to go to a register."
    RESOLVED_LIST Warning "resolved-list" "A list needs an empty line, or the words before it to end, to be read as one."
    UNLIFTED Note "unlifted" "RESOLVED in capitals goes to the registers where it stands in the minutes of an item."
    UNCLOSED_COMMENT Warning "unclosed-comment" "A comment that never closes hides everything behind it."
    NOT_AN_ENTRY Warning "not-an-entry" "The part behind `|` could not be read."
    TWO_TEXTS Warning "two-texts" "Decision and Resolved of an item say different things; both are shown."
    DATE_IN_WORDS Note "date-in-words" "A date in words can be given as `due:` so that it can be followed."
    BLANK Warning "blank" "A blank that a text leaves open, `[[fill in: …]]`, waits for its words."
    EMPTY_ITEM Warning "empty-heading" "A heading without words opens nothing."

    // References
    UNKNOWN_REFERENCE Error "unknown-reference" "A name or id that no record has."
    AMBIGUOUS_REFERENCE Error "ambiguous-reference" "A name that two records share: write the id, or the kind and the id."
    UNDECLARED Warning "undeclared" "A name without a record of its own."
    NEAR_NAME Warning "near-name" "A name that is almost another: probably a slip of the pen."
    UNKNOWN_LINK Warning "unknown-link" "A link in prose that leads nowhere; it is shown as text."
    ATTENDANCE_DIFFERS Warning "attendance-differs" "The attendance in the front matter and under a heading must agree."

    // Papers
    MISSING_FILE Error "missing-file" "A paper that is named is not there."
    FILE_KIND Error "file-kind" "Files that a browser would run on the site's own address are not published."
    UNLINKED_PAPER Warning "unlinked-paper" "A file beside a record that nothing visible links to is not published."
    EXEMPT_PAPER_LINKED Error "exempt-paper-linked" "A paper marked as exempt is linked from public text."
    REMOTE_IMAGE Warning "remote-image" "A picture from elsewhere is shown as a link: pages load nothing from other sites."

    // What must not be published
    PRIVATE_NAME Error "private-name" "A name that says that a file is not public, in another way than `.private.md`."
    EXEMPT_UNREADABLE Error "exempt-unreadable" "The reason of an exemption could not be read; the text is withheld."
    PERHAPS_EXEMPT Warning "perhaps-exempt" "A heading speaks of what is exempt or confidential, and does not withhold what stands below it."
    AFTER_EXCLUSION Warning "after-exclusion" "What stands behind the exclusion of the press and public is withheld, unless it says that it is public."
    EXEMPT_TEXT Warning "exempt-text" "Exempt text in a file of a public repository is already public."

    // Sense: dates
    WRONG_WEEKDAY Warning "wrong-weekday" "A day of the week does not fit the date behind it."
    DATES_REVERSED Warning "dates-reversed" "Something ends before it begins."
    MEETING_OUTSIDE_BODY Warning "meeting-outside-body" "A body meets before it was set up or after it was dissolved."
    HELD_AHEAD Warning "held-ahead" "A meeting that is still to come, or did not take place, has minutes, votes or attendance."

    // Sense: notice and minutes
    SHORT_NOTICE Warning "short-notice" "An agenda is to be published five clear days before the meeting."
    STALE_DRAFT Warning "stale-draft" "Minutes are still a draft although the body has met again."
    EARLY_CONFIRMATION Warning "early-confirmation" "Minutes are confirmed at a later meeting than their own."

    // Sense: who was there
    NO_QUORUM Warning "no-quorum" "Fewer are recorded as present than the body needs to decide anything."
    ATTENDANCE_TWICE Warning "attendance-twice" "Somebody is recorded as there and as away."
    PRESENT_NO_MEMBER Warning "present-no-member" "Somebody is recorded as present who was no member that day."
    NOT_A_NAME Warning "not-a-name" "An entry in a list of names could not be read as a name, and nobody is counted for it."

    // Sense: votes
    VOTE_COUNT Warning "vote-count" "The number in a vote and the names behind it must agree."
    VOTED_TWICE Warning "voted-twice" "Nobody has two votes."
    TOO_MANY_VOTES Warning "too-many-votes" "There are more votes than people who were there."
    WRONG_RESULT Warning "wrong-result" "The result of a vote does not follow from its numbers."
    CASTING_VOTE Warning "casting-vote" "A casting vote decides when the votes are equal, and only then."
    MOVER_SECONDER Warning "mover-seconder" "Nobody seconds a motion of their own."
    VOTER_ABSENT Warning "voter-absent" "Somebody voted who is not recorded as there."
    VOTER_LEFT Warning "voter-left" "Somebody voted on an item for which they were out of the room."
    VOTER_NO_MEMBER Warning "voter-no-member" "Somebody voted who had no vote that day."
    VOTER_INTEREST Warning "voter-interest" "Somebody voted on an item in which they had declared an interest."

    // Sense: decisions
    NO_REASONS Warning "no-reasons" "The record of an executive decision gives its reasons."
    NO_ALTERNATIVES Warning "no-alternatives" "The record of an executive decision tells which other options were rejected."
    NO_INTERESTS Warning "no-interests" "The record of an executive decision tells whether anybody declared a conflict of interest."
    KEY_DECISION_NOTICE Warning "key-decision-notice" "A key decision needs a notice 28 clear days before it."
    EARLY_EFFECT Warning "early-effect" "A decision takes effect when it has been taken and can no longer be called in."
    NO_PUBLIC_SUMMARY Warning "no-public-summary" "Where minutes are cut because they are exempt, a written summary takes their place."

    // Sense: actions
    DUE_BEFORE_MEETING Warning "due-before-meeting" "An action is due before it was set."
    DONE_AHEAD Warning "done-ahead" "An action is done on a day that is still to come."
    OWNERLESS_ACTION Warning "ownerless-action" "An action is overdue, and nobody is named who should have done it."

    // Slips of the pen
    HEADING_SPACE Warning "heading-space" "A heading begins with its # marks, and a space behind them."
    LIST_SPACE Warning "list-space" "An entry of a list needs a space behind its mark."
    TASK_BOX Warning "task-box" "The box of a task is written `[ ]` or `[x]`."

    // What is allowed
    BAD_ALLOWANCE Warning "bad-allowance" "An allowance names a warning and gives a reason."
    UNUSED_ALLOWANCE Warning "unused-allowance" "An allowance that nothing needs hides the next slip."

    // Output
    LARGE_SITE Warning "large-site" "Some static hosts refuse more than 20,000 files or 1 GB."
    RELEASE_AHEAD Note "release-ahead" "Something is waiting for its day of publication; build again on that day."
}

/// The rule of that name.
pub fn named(name: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.name == name)
}

/// How a rule stands in a note for the next build: by its name.
pub(super) mod by_name {
    use serde::de::{Deserialize, Deserializer, Error};
    use serde::ser::Serializer;

    use super::{Rule, named};

    pub fn serialize<S: Serializer>(rule: &Rule, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(rule.name)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'static Rule, D::Error> {
        let name = String::deserialize(deserializer)?;
        named(&name).ok_or_else(|| D::Error::custom("no such rule"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kebab_case_and_stand_once() {
        let mut seen = std::collections::BTreeSet::new();
        for rule in ALL {
            assert!(seen.insert(rule.name), "{} stands twice", rule.name);
            assert!(
                rule.name
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
                "{}",
                rule.name
            );
            assert!(rule.explanation.ends_with('.'), "{}", rule.name);
        }
    }
}
