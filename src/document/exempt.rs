//! What must not be published, recognised from every spelling a clerk may use.
//!
//! This fails closed: a line that begins with one of the words withholds its
//! item whatever follows; what follows only says why, and when that cannot be
//! read it is an error. (Local Government Act 1972, s100A–I and Schedule 12A.)

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use unicode_normalization::UnicodeNormalization;

use crate::model::Exemption;
use crate::text::nearest;

/// Words that withhold whatever stands behind them.
const WORDS: &[&str] = &[
    "exemption",
    "exempt",
    "confidential",
    "part ii",
    "not for publication",
    "not for public release",
];

/// Words that are used for much else, so that they withhold only where they
/// stand alone, before a colon or a dash, or with words of their kind.
struct Weak {
    word: &'static str,
    /// As a heading it speaks of everything that follows.
    whole: bool,
    /// It withholds as the first line below a heading, too.
    line: bool,
}

const fn weak(word: &'static str, whole: bool, line: bool) -> Weak {
    Weak { word, whole, line }
}

const WEAK: &[Weak] = &[
    weak("part 2", true, false),
    weak("part two", true, false),
    weak("closed session", true, true),
    weak("closed part", true, true),
    weak("private session", true, true),
    weak("in camera", true, true),
    weak("restricted", false, true),
    weak("private", false, true),
];

/// What may stand behind one of the words in a heading of all that follows.
const GENERAL: &[&str] = &[
    "business",
    "items",
    "item",
    "information",
    "session",
    "matters",
    "reports",
    "section",
    "agenda",
    "part",
    "of",
    "the",
    "and",
    "confidential",
    "exempt",
    "minutes",
    "private",
    "only",
    "i",
    "ii",
];

/// Whether one of the words may stand in a text, in any case: looked for by
/// letters of them that are rare.
fn hints(text: &str) -> bool {
    let bytes = text.as_bytes();
    let around = |at: usize, before: usize, word: &str| {
        let from = at.checked_sub(before);
        from.and_then(|from| bytes.get(from..from + word.len()))
            .is_some_and(|there| there.eq_ignore_ascii_case(word.as_bytes()))
    };
    memchr::memchr2_iter(b'x', b'X', bytes).any(|at| around(at, 1, "exempt"))
        || memchr::memchr2_iter(b'f', b'F', bytes).any(|at| around(at, 3, "confidential"))
        // Between the words of "Part II" may stand any space, and no letter.
        || memchr::memchr2_iter(b'p', b'P', bytes).any(|at| {
            around(at, 0, "part") && !bytes.get(at + 4).is_some_and(u8::is_ascii_alphabetic)
        })
}

/// The same for the words that withhold only at the head of a line: looked for
/// where a line opens with the first of them.
fn hints_opening(text: &str) -> bool {
    static PIECES: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
        AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .kind(Some(AhoCorasickKind::DFA))
            .build(["publi", "session", "closed", "camera", "restricted", "private"])
            .ok()
    });
    PIECES.as_ref().is_none_or(|pieces| pieces.is_match(text))
}

/// Whether a text is worth a closer look: one of the words stands in it, or a
/// tag or a character that could hide inside one, or stand for a letter of it.
fn may_say(text: &str) -> bool {
    let odd = |c: char| {
        matches!(c, '\u{aa}' | '\u{ad}' | '\u{ba}' | '\u{1d00}'..='\u{1dbf}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{209f}' | '\u{2100}'..='\u{218f}' | '\u{2460}'..='\u{24ff}' | '\u{fb00}'..='\u{fb06}' | '\u{feff}'
            | '\u{ff00}'..='\u{ffef}' | '\u{1d400}'..='\u{1d7ff}' | '\u{1f100}'..='\u{1f1ff}')
    };
    hints(text) || text.contains('<') || (!text.is_ascii() && text.contains(odd))
}

/// The same of the words that withhold only at a line's head, too.
fn may_open_or_say(text: &str) -> bool {
    may_say(text) || hints_opening(text)
}

/// Whether a line may begin with one of the words. Only a line that opens in
/// plain ASCII is known not to: behind the marks that may stand before a word,
/// its letters are others. Whatever else it opens with gets the closer look.
fn may_open(line: &str) -> bool {
    // What begins a tag or an entity, or is not ASCII.
    let odd = |b: u8| matches!(b, b'<' | b'&') || !b.is_ascii();
    let mut rest = line.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        let words: &[&[u8]] = match first {
            b'e' | b'E' => &[b"exempt"],
            b'c' | b'C' => &[b"confidential", b"closed"],
            b'p' | b'P' => &[b"part", b"private"],
            b'n' | b'N' => &[b"not"],
            b'r' | b'R' => &[b"restricted"],
            b'i' | b'I' => &[b"in"],
            b'a'..=b'z' | b'A'..=b'Z' => return false,
            // The number of an entry, `3.` or `3)`.
            b'0'..=b'9' => {
                let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
                match rest.get(digits) {
                    Some(b'.' | b')') => rest = &rest[digits + 1..],
                    other => return other.is_some_and(|b| odd(*b)),
                }
                continue;
            }
            _ if odd(first) => return true,
            _ => {
                rest = behind;
                continue;
            }
        };
        return words.iter().any(|word| {
            let mut letters = rest.iter().zip(*word);
            let other = letters.find(|(b, letter)| !b.eq_ignore_ascii_case(letter));
            other.map_or(rest.len() >= word.len(), |(b, _)| odd(*b))
        });
    }
    false
}

/// What a line says about exemption.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Said {
    Exempt(Exemption),
    /// Exempt, for a reason that could not be read.
    Unreadable,
}

impl Said {
    /// What is withheld for: nothing, when that could not be read.
    pub fn exemption(self) -> Exemption {
        match self {
            Said::Exempt(exemption) => exemption,
            Said::Unreadable => Exemption::default(),
        }
    }
}

/// Whether a line begins with one of the words, and what it says.
pub fn line(line: &str) -> Option<Said> {
    if !may_open(line) || !may_open_or_say(line) {
        return None;
    }
    let plain = bare(line);
    match WORDS.iter().find_map(|word| after_word(&plain, word)) {
        Some(rest) => Some(reason(rest)),
        None => weak_line(&plain).then(|| Said::Exempt(Exemption::default())),
    }
}

/// Whether a line is nothing but one of the weak words, and words of its kind.
fn weak_line(plain: &str) -> bool {
    let mut words = WEAK.iter().filter(|weak| weak.line);
    words.any(|weak| after_word(plain, weak.word).is_some_and(is_general))
}

fn is_general(rest: &str) -> bool {
    words_of(rest).all(|word| GENERAL.contains(&word))
}

fn words_of(rest: &str) -> impl Iterator<Item = &str> {
    rest.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
}

/// Whether what stands behind a word opens with a colon, a bracket, or a dash
/// that is no hyphen.
fn set_off(rest: &str) -> bool {
    let behind = rest.trim_start();
    if behind.starts_with([':', '=', '(', '[']) {
        return true;
    }
    let dash = behind.strip_prefix(['-', '–', '—']);
    dash.is_some_and(|after| behind.len() < rest.len() || after.is_empty() || after.starts_with(' '))
}

/// Whether a value is nothing but one of the words, with its reason.
pub fn is_nothing_else(value: &str) -> bool {
    matches!(line(value), Some(Said::Exempt(_)))
        || may_open(value)
            && WEAK
                .iter()
                .any(|weak| after_word(&bare(value), weak.word).is_some_and(is_general))
}

/// What a page of a public site may explain: "Exempt information".
const EXPLAINED: &[&str] = &["business", "information", "items", "matters", "reports"];

/// Whether the title of a record that cannot be exempt says so by its first
/// words: alone, with words of their kind, or before a colon or a dash. What
/// merely opens with one of them, as "Exempt accommodation", does not. Of a
/// `page`, nor does what it may explain, or be a part of: "Part 2: Articles".
pub fn opens_title(words: &str, page: bool) -> bool {
    if !may_open(words) || !may_open_or_say(words) {
        return false;
    }
    let plain = bare(words);
    let explains = page && words_of(&plain).any(|word| EXPLAINED.contains(&word));
    let strong = WORDS
        .iter()
        .find_map(|word| Some((*word, after_word(&plain, word)?)));
    match strong {
        Some(("part ii", rest)) if page => is_general(rest),
        Some((_, rest)) if set_off(rest) => true,
        Some((_, rest)) => !explains && (is_general(rest) || reason(rest) != Said::Unreadable),
        None if page && (explains || plain.starts_with("part")) => false,
        None => weak_heading(&plain).is_some(),
    }
}

/// "This report is not for publication by virtue of paragraph 3": a sentence
/// that says it of the text it stands in. Of an appendix it says nothing here.
pub fn sentence(line: &str) -> Option<Said> {
    const NOUNS: &[&str] = &[
        "report", "item", "paper", "minute", "matter", "section", "text", "reports", "items", "papers",
        "document", "minutes", "agenda", "meeting", "decision",
    ];
    let opening = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    let mut first = words_of(opening);
    let (this, noun) = (first.next()?, first.next()?);
    let the = this.eq_ignore_ascii_case("the");
    if !(the || ["this", "these"].iter().any(|w| this.eq_ignore_ascii_case(w)))
        || !NOUNS[..if the { 3 } else { NOUNS.len() }]
            .iter()
            .any(|w| noun.eq_ignore_ascii_case(w))
    {
        return None;
    }
    let plain = folded(line);
    let end = plain.find(". ").unwrap_or(plain.len());
    let words: Vec<&str> = words_of(&plain[..end]).skip(2).collect();
    let elsewhere = |word: &&str| word.starts_with("append") || word.starts_with("annex");
    if words.iter().any(elsewhere) {
        return None;
    }
    let adverbs = ["currently", "therefore", "wholly", "also"];
    let (verb, rest) = words.split_first()?;
    let rest = match rest {
        [adverb, rest @ ..] if adverbs.contains(adverb) => rest,
        rest => rest,
    };
    let holds = ["contains", "contain"].contains(verb) && !the;
    // What is said of a part of them.
    let partly = ["agenda", "meeting", "minutes"]
        .iter()
        .any(|w| noun.eq_ignore_ascii_case(w));
    let is = ["is", "are"].contains(verb);
    let behind = match rest {
        ["not", "for", "publication" | "release" | "disclosure", rest @ ..] if is => rest,
        ["exempt", "information", rest @ ..] if holds && !partly => rest,
        // "exempt from call-in"
        ["exempt", rest @ ..] if is => match rest {
            [] | ["information", ..] | ["by", "virtue", ..] => rest,
            ["under", "paragraph" | "schedule" | "part" | "section", ..] => rest,
            ["from", "publication" | "disclosure", ..] => rest,
            _ => return None,
        },
        ["confidential", rest @ ..] if is && !the => rest,
        ["confidential", "information", rest @ ..] if holds && !partly => rest,
        _ => return None,
    };
    // Only the numbers say why.
    let said = reason(&behind.join(" "));
    Some(match said {
        Said::Unreadable => Said::Exempt(Exemption::default()),
        said => said,
    })
}

/// Whether a line holds the word and then a colon or a dash.
pub fn is_marked(line: &str) -> bool {
    let plain = bare(line);
    let rest = WORDS.iter().find_map(|word| after_word(&plain, word));
    rest.is_some_and(|rest| {
        rest.trim_start_matches(['*', '_', ' '])
            .starts_with([':', '-', '–', '—', '='])
    })
}

/// Whether a heading begins with one of the words; `true` when it speaks of
/// everything that follows, like "Exempt business" or "Part II".
pub fn heading(words: &str) -> Option<(Said, bool)> {
    if !may_open_or_say(words) {
        return None;
    }
    if !may_open(words) {
        return closed_part(&bare(words));
    }
    let plain = bare(words);
    let strong = WORDS
        .iter()
        .find_map(|word| after_word(&plain, word).map(|rest| (*word, rest)));
    let Some((word, rest)) = strong else {
        return weak_heading(&plain).or_else(|| closed_part(&plain));
    };
    let known = |w: &str| GENERAL.contains(&w) || nearest::nearest(w, GENERAL.iter().copied()).is_some();
    let whole = word == "part ii" || words_of(rest).all(known);
    Some((read_or_none(rest), whole))
}

fn weak_heading(plain: &str) -> Option<(Said, bool)> {
    WEAK.iter().find_map(|weak| {
        let rest = after_word(plain, weak.word)?;
        let general = is_general(rest);
        (general || set_off(rest)).then(|| (read_or_none(rest), general || weak.whole))
    })
}

/// What else may stand in a heading of the part of a meeting that is closed.
const OF_A_PART: &[&str] = &[
    "business",
    "items",
    "information",
    "session",
    "matters",
    "reports",
    "section",
    "agenda",
    "part",
    "of",
    "the",
    "and",
    "from",
    "for",
    "containing",
    "contain",
    "publication",
    "private",
    "restricted",
    "exempt",
    "confidential",
    "a",
    "b",
    "i",
    "ii",
    "two",
    "1",
    "2",
];

/// "Items exempt from publication", "Section 2: Confidential": a heading of all
/// that follows in which the word does not stand first.
fn closed_part(plain: &str) -> Option<(Said, bool)> {
    let words: Vec<&str> = words_of(plain).collect();
    let names_it = |w: &&str| matches!(*w, "exempt" | "confidential" | "private" | "restricted");
    let withheld = plain.contains("not for publication");
    let other = |w: &&str| !(OF_A_PART.contains(w) || withheld && *w == "not");
    let kinds = [
        "business", "items", "matters", "reports", "session", "section", "part", "agenda",
    ];
    let says = withheld || words.iter().any(names_it) || words.ends_with(&["agenda", "part", "ii"]);
    (says && words.iter().any(|w| kinds.contains(w)) && !words.iter().any(other))
        .then(|| (Said::Exempt(Exemption::default()), true))
}

/// Whether a heading that speaks of all that follows does so in words that are
/// used for much else: "Part 2", "Closed session".
pub fn is_weak(words: &str) -> bool {
    let plain = bare(words);
    !WORDS.iter().any(|word| after_word(&plain, word).is_some())
}

/// What a heading says of the reason, if it can be read.
fn read_or_none(rest: &str) -> Said {
    match reason(rest) {
        Said::Unreadable => Said::Exempt(Exemption::default()),
        said => said,
    }
}

/// What a heading says of the public at all that stands behind it. The item
/// itself is public: the resolution to go on without the public is taken before
/// it leaves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Door {
    /// "Exclusion of the press and public"
    Shuts,
    /// "Readmission of the public"
    Opens,
}

/// Whether a heading sends the public out, or lets it in again.
pub fn door(heading: &str) -> Option<Door> {
    if !may_be_a_door(heading) {
        return None;
    }
    let plain = bare(heading);
    let words: Vec<&str> = words_of(&plain).collect();
    if lets_in(&words) {
        return Some(Door::Opens);
    }
    let closed = plain.contains("admission to meetings") || goes_into_private(&words);
    if !closed && !sends_out(&words) {
        return None;
    }
    // "Possible exclusion of the public" stands on agendas of which nothing is
    // exempt.
    let perhaps = ["possible", "potential", "whether"];
    let known = !words.iter().any(|word| perhaps.contains(word));
    known.then_some(Door::Shuts)
}

/// A quick look: one of the pieces without which no heading is a door.
fn may_be_a_door(heading: &str) -> bool {
    let bytes = heading.as_bytes();
    let has = |piece: &[u8]| {
        bytes
            .windows(piece.len())
            .any(|there| there.eq_ignore_ascii_case(piece))
    };
    has(b"xclu")
        || has(b"admi")
        || has(b"session")
        || has(b"camera")
        || has(b"public b")
        || has(b"public part")
}

/// The words that stand between "exclusion" and whom it sends out.
const BETWEEN: &[&str] = &[
    "of", "the", "any", "all", "members", "and", "or", "general", "from", "for",
];

/// Whom a meeting sends out.
const OUTSIDERS: &[&str] = &["public", "press", "media"];

/// What "the public" is otherwise: a word behind it, or the place that it is
/// kept out of.
const NO_OUTSIDERS: &[&str] = &[
    "access",
    "bridleway",
    "footpath",
    "footpaths",
    "footway",
    "health",
    "highway",
    "highways",
    "house",
    "houses",
    "land",
    "open",
    "park",
    "parks",
    "path",
    "paths",
    "procurement",
    "realm",
    "right",
    "rights",
    "road",
    "roads",
    "sector",
    "space",
    "spaces",
    "toilet",
    "toilets",
    "transport",
    "zone",
    "zones",
];

/// "Exclusion of the press and public", "that the public be excluded".
fn sends_out(words: &[&str]) -> bool {
    let elsewhere = |word: Option<&&str>| word.is_some_and(|w| NO_OUTSIDERS.contains(w));
    let told = words.iter().enumerate().filter(|(_, w)| w.starts_with("exclu"));
    told.into_iter().any(|(at, _)| {
        let behind = &words[at + 1..];
        let people = |w: &&&str| BETWEEN.contains(*w) || OUTSIDERS.contains(*w);
        let length = behind.iter().take_while(people).count();
        if behind[..length].iter().any(|w| OUTSIDERS.contains(w)) && !elsewhere(behind.get(length)) {
            return true;
        }
        // "press and public to be excluded", "public exclusion"
        let verbs = ["be", "to", "are", "is", "was", "were", "should"];
        let before = words[..at].iter().rev().find(|w| !verbs.contains(w));
        before.is_some_and(|w| OUTSIDERS.contains(w))
            && behind.first() != Some(&"of")
            && !elsewhere(behind.first())
    })
}

/// "Resolution to go into closed session"
fn goes_into_private(words: &[&str]) -> bool {
    words.windows(3).any(|three| {
        let into = ["into", "to", "enter", "entering"].contains(&three[0]);
        let kinds = ["closed", "private", "confidential", "exempt"];
        into && (kinds.contains(&three[1]) && three[2] == "session"
            || three[1] == "in" && three[2] == "camera")
    }) || words.ends_with(&["into", "camera"])
}

/// "Readmission of the public", "Return to open session"
fn lets_in(words: &[&str]) -> bool {
    let again = |w: &str| w.starts_with("readmi");
    let split = words
        .windows(2)
        .any(|two| two[0] == "re" && two[1].starts_with("admi"));
    if (words.iter().any(|w| again(w)) || split) && words.iter().any(|w| OUTSIDERS.contains(w)) {
        return true;
    }
    let kept: Vec<&str> = words
        .iter()
        .copied()
        .filter(|w| {
            ![
                "return",
                "to",
                "the",
                "in",
                "resume",
                "resumption",
                "of",
                "reconvene",
            ]
            .contains(w)
        })
        .collect();
    matches!(kept[..], ["open" | "public", "session" | "business" | "part"])
}

/// Whether a text says that the public was sent out: `be excluded`.
pub fn sends_public_out(text: &str) -> bool {
    let bytes = text.as_bytes();
    let told = memchr::memchr2_iter(b'x', b'X', bytes).any(|at| {
        bytes
            .get(at..at + 4)
            .is_some_and(|there| there.eq_ignore_ascii_case(b"xclu"))
    });
    if !told {
        return false;
    }
    let plain = bare(text);
    let who = OUTSIDERS.iter().any(|word| plain.contains(word));
    let out = [
        "be excluded",
        "was excluded",
        "were excluded",
        "to exclude the",
        "excluded from the meeting",
    ];
    who && out.iter().any(|words| plain.contains(words))
}

/// The value of `exempt:` in a front matter.
pub fn value(text: &str) -> Said {
    match bare(text).as_str() {
        "" => Said::Unreadable,
        text => reason(text),
    }
}

/// A key that says, or nearly says, that something is withheld.
pub fn is_key(key: &str) -> bool {
    let plain: String = bare(key).chars().filter(|c| c.is_alphanumeric()).collect();
    ["exempt", "exemption", "exempted", "confidential", "partii"].contains(&plain.as_str())
}

/// Whether a key says or nearly says so with a value that gives a reason. Of a
/// word of its own, such as `Exception`, the reason has to be one.
pub fn is_slip(key: &str, value: &str) -> bool {
    let own = bare(key).starts_with("exce")
        || bare(key).starts_with("confidence")
        || bare(key).starts_with("confidentiality");
    (is_key(key) || is_nearly_key(key)) && (!own || matches!(reason(&bare_value(value)), Said::Exempt(_)))
}

/// A value in which a number may stand first.
fn bare_value(value: &str) -> String {
    without_tags(&folded(value))
}

/// A slip of the pen in such a key: it withholds too, with an error.
pub fn is_nearly_key(key: &str) -> bool {
    let plain: String = bare(key).chars().filter(|c| c.is_alphanumeric()).collect();
    !is_key(key) && nearest::nearest(&plain, ["exempt", "exemption", "confidential"]).is_some()
}

/// The marks of an exempt paper behind its title: `(exempt: 3)`.
pub fn paper(words: &str) -> Option<Said> {
    if !(may_say(words) || divides(words) && hints_opening(words)) {
        return None;
    }
    let plain = folded(words);
    for (at, _) in plain.char_indices().filter(|(_, c)| matches!(c, '(' | '[' | '{')) {
        let inside = start_of(&plain[at + 1..])
            .split([')', ']', '}'])
            .next()
            .unwrap_or("");
        if let Some(said) = line(inside).or_else(|| tail(inside)) {
            return Some(said);
        }
    }
    // "Part II" behind a dash is more often that of a plan.
    let marked = tails(&plain).find_map(|words| tail(words).filter(|_| !bare(words).starts_with("part ii")));
    if marked.is_some() {
        return marked;
    }
    // Without brackets the word needs its colon, or to end the line.
    plain.match_indices("exempt").find_map(|(at, _)| {
        let before = plain[..at]
            .chars()
            .next_back()
            .is_none_or(|c| !c.is_alphanumeric());
        if !before {
            return None;
        }
        let rest = plain[at..]
            .trim_start_matches("exemption")
            .trim_start_matches("exempt")
            .trim_start();
        let marked = rest.is_empty() || rest.starts_with([':', '-', '–', '—']);
        marked.then(|| reason(rest))
    })
}

/// So much of a text as a mark in brackets may hold, to the end of a word. Where
/// more stands there, its start says enough: fewer words withhold no less.
fn start_of(text: &str) -> &str {
    const LONGEST: usize = 300;
    if text.len() <= LONGEST {
        return text;
    }
    let end = (0..=LONGEST).rev().find(|end| text.is_char_boundary(*end));
    let start = &text[..end.unwrap_or(0)];
    start.rfind(' ').map_or(start, |blank| &start[..blank])
}

/// What a heading says behind its own words: `Land (exempt)`, `Land – exempt
/// item`, `Land: Part II`.
pub fn mark(words: &str) -> Option<Said> {
    if !may_open_or_say(words) {
        return None;
    }
    paper(words).or_else(|| tails(&folded(words)).find_map(tail))
}

/// Whether a heading withholds what it stands above, by its first words or by
/// those behind them.
pub fn title(words: &str) -> Option<Exemption> {
    let said = heading(words).map(|(said, _)| said).or_else(|| mark(words))?;
    Some(said.exemption())
}

/// Whether one of the words stands in a heading, wherever.
pub fn names_it(words: &str) -> bool {
    if !may_open_or_say(words) {
        return false;
    }
    let plain = without_tags(&folded(words));
    let mut all = words_of(&plain);
    all.any(|word| matches!(word, "exempt" | "confidential"))
        || plain.contains("not for publication")
        || ends_in_part_two(&plain)
}

/// "Staffing (Part 2)", "Staffing – Part Two": the second part of a matter, or
/// the part of an agenda that is closed.
fn ends_in_part_two(plain: &str) -> bool {
    let inside = plain
        .trim_end()
        .strip_suffix(')')
        .and_then(|open| open.rsplit_once('('));
    let last = inside.map(|(_, inside)| inside).or_else(|| tails(plain).last());
    last.is_some_and(|last| matches!(&*bare(last), "part 2" | "part two"))
}

/// Whether a bracket, a dash or a colon may stand in a text.
fn divides(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr3(b'(', b'[', b'{', bytes).is_some()
        || memchr::memchr3(b':', b';', b'-', bytes).is_some()
        || !text.is_ascii()
}

/// What stands behind the dashes and colons of a heading, each up to the next.
fn tails(plain: &str) -> impl Iterator<Item = &str> {
    let mut before = ' ';
    let mut from = None;
    let ends = plain.char_indices().filter_map(move |(at, c)| {
        let ends = match c {
            '–' | '—' | ':' | ';' => true,
            '-' => before == ' ',
            _ => false,
        };
        before = c;
        ends.then(|| (at, at + c.len_utf8()))
    });
    let ends = ends.chain([(plain.len(), plain.len())]);
    ends.filter_map(move |(end, next)| {
        let tail = from.map(|from: usize| &plain[from..end]);
        from = Some(next);
        tail
    })
}

/// Whether the words behind a dash or in brackets are nothing but one of the
/// words and a reason: "exempt item", "part exempt", "contains exempt information".
fn tail(words: &str) -> Option<Said> {
    const BEFORE: &[&str] = &[
        "contains ",
        "containing ",
        "includes ",
        "including ",
        "partly ",
        "partially ",
        "some ",
        "part ",
    ];
    let plain = bare(words);
    let strong = |plain: &str| {
        let rest = WORDS.iter().find_map(|word| after_word(plain, word))?;
        Some(reason(rest)).filter(|said| *said != Said::Unreadable)
    };
    let behind = || BEFORE.iter().find_map(|word| strong(plain.strip_prefix(word)?));
    let said = strong(&plain).or_else(behind);
    said.or_else(|| weak_line(&plain).then(|| Said::Exempt(Exemption::default())))
}

/// Lower case, one kind of space, nothing invisible.
fn folded(text: &str) -> String {
    if text.is_ascii() {
        let mut plain = text.replace("&nbsp;", " ");
        plain.make_ascii_lowercase();
        return match plain.contains(|c| matches!(c, '\t'..='\r')) {
            true => plain.replace(|c| matches!(c, '\t'..='\r'), " "),
            false => plain,
        };
    }
    folded_unicode(text)
}

fn folded_unicode(text: &str) -> String {
    text.replace("&nbsp;", " ")
        .nfkc()
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}' | '\u{202a}'..='\u{202e}'))
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect()
}

/// The same without the marks that may stand before the first word.
fn bare(line: &str) -> String {
    let folded = without_tags(&folded(line));
    let mut rest = folded.as_str();
    loop {
        let before = rest;
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits > 0 && rest[digits..].starts_with(['.', ')']) {
            rest = &rest[digits + 1..];
        }
        if rest == before {
            break;
        }
    }
    let mut words = String::with_capacity(rest.len());
    for word in rest.split(' ').filter(|w| !w.is_empty()) {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words
}

fn without_tags(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        rest = rest[open..].find('>').map_or("", |end| &rest[open + end + 1..]);
    }
    out.push_str(rest);
    out
}

fn after_word<'a>(plain: &'a str, word: &str) -> Option<&'a str> {
    let rest = plain.strip_prefix(word)?;
    rest.chars()
        .next()
        .is_none_or(|c| !c.is_alphabetic())
        .then_some(rest)
}

/// Reads what stands behind the word.
fn reason(rest: &str) -> Said {
    const KNOWN: &[&str] = &[
        "paragraph",
        "paragraphs",
        "para",
        "paras",
        "p",
        "part",
        "i",
        "ii",
        "schedule",
        "sch",
        "section",
        "s",
        "of",
        "the",
        "to",
        "and",
        "under",
        "act",
        "local",
        "government",
        "lga",
        "information",
        "business",
        "item",
        "items",
        "report",
        "category",
        "categories",
        "yes",
        "true",
        "by",
        "virtue",
        "as",
        "amended",
        "in",
        "confidential",
        "exempt",
        "exemption",
        "restricted",
        "not",
        "for",
        "publication",
        "private",
        "contains",
        "containing",
        "defined",
    ];
    let mut numbers: Vec<u32> = Vec::new();
    // "3 (financial affairs)": a number says why; the brackets only repeat it.
    let before = rest.split('(').next().unwrap_or("");
    let rest = if before.bytes().any(|b| b.is_ascii_digit()) && rest.trim_end().ends_with(')') {
        before
    } else {
        rest
    };
    let mut part = false;
    let ok = words_of(rest).all(|word| {
        // "Part 1 of Schedule 12A" is no paragraph 1.
        let of_part = std::mem::replace(&mut part, word == "part");
        match word.parse::<u32>() {
            Ok(1..=18) if of_part => true,
            Ok(number @ 1..=18) => {
                numbers.push(number);
                true
            }
            Ok(number) => (1972..=2100).contains(&number),
            Err(_) => KNOWN.contains(&word) || ["12a", "100a", "100i"].contains(&word),
        }
    });
    if !ok {
        return Said::Unreadable;
    }
    numbers.dedup();
    let list: Vec<String> = numbers.iter().map(u32::to_string).collect();
    let reason = match list.len() {
        0 => String::new(),
        1 => format!("paragraph {}", list[0]),
        _ => format!("paragraphs {}", list.join(", ")),
    };
    Said::Exempt(Exemption { reason })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_long_mark_in_brackets_withholds_as_a_short_one() {
        let long = " and so on".repeat(50);
        for (words, withheld) in [
            (format!("Plan (exempt: 3{long})"), true),
            (format!("Plan (exempt{long}"), true),
            (
                format!(
                    "Plan (contains exempt information{})",
                    " and information".repeat(40)
                ),
                true,
            ),
            (format!("Plan (the exempt{long})"), false),
            (format!("Plan ({}exempt: 3{long})", "(".repeat(400)), true),
        ] {
            assert_eq!(paper(&words).is_some(), withheld, "{words}");
        }
    }

    #[test]
    fn plain_text_is_folded_as_any() {
        for text in [
            "Part&nbsp;II",
            "A\tb\r\nC\u{b}d\u{c}E  f\u{0}\u{1f}\u{7f}",
            "",
            "(EXEMPT: 3) – no",
        ] {
            assert_eq!(folded(text), folded_unicode(text), "{text:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        /// The quick looks pass over no line that would have said something.
        #[test]
        fn quick_looks_miss_nothing(
            pieces in proptest::collection::vec(prop_oneof![
                3 => prop::sample::select(&[
                    "exempt", "Exempt", "EXEMPT", "ex", "empt", "confidential", "confi", "dential", "part", "Part II",
                    "ii", "Part 2", "Closed session", "private", "Restricted", "Not for publication", "in", "In camera",
                    "ｅ", "ⓔxempt", "ﬁ", "conﬁdential", "İ", "I\u{307}", "İI",
                ][..]),
                5 => prop::sample::select(&[
                    " ", "\u{a0}", "&nbsp;", "&", "<b>", "<", ">", "</", "3", "12.", "4)", "．", "²", ".", ")", "*", "**",
                    "- ", "_", ":", "–", "\u{ad}", "\u{200b}", "\u{301}", "\u{feff}", "\t", "e", "p", "c", "z", "é",
                ][..]),
            ], 0..7),
        ) {
            let text = pieces.concat();
            let plain = bare(&text);
            let begins = WORDS.iter().any(|word| after_word(&plain, word).is_some());
            prop_assert_eq!(line(&text).is_some(), begins || weak_line(&plain), "{}", text);
            let closed = weak_heading(&plain).or_else(|| closed_part(&plain));
            prop_assert_eq!(heading(&text).is_some(), begins || closed.is_some(), "{}", text);
        }
    }

    #[test]
    fn every_spelling_withholds() {
        for text in [
            "- Exempt: 3",
            "Exempt: 3",
            "**Exempt** – paragraph 3",
            "EXEMPT — para. 3",
            "Exemption: Schedule 12A paragraph 3",
            "- **exempt**: 3",
            "> Exempt: 3",
            "1. Exempt: 3",
            "1．Exempt: 3",
            "1<b>.</b> Exempt: 3",
            "Exempt：3",
            "\u{a0}Exempt: 3",
            "\u{200b}Exempt: 3",
            "<b>Exempt</b>: 3",
            "<p><span>E</span>xempt:&nbsp;paragraph 3</p>",
            "ex<wbr>empt: 3",
            "&nbsp;Exempt: 3",
            "* __Exempt__ 3",
            "ｅｘｅｍｐｔ: 3",
            "| Exempt | 3",
            "Exempt: 3 (financial affairs)",
        ] {
            assert_eq!(
                line(text),
                Some(Said::Exempt(Exemption {
                    reason: "paragraph 3".into()
                })),
                "{text}"
            );
        }
        for text in [
            "Confidential",
            "Part II",
            "PART II – CONFIDENTIAL",
            "Exempt",
            "exempt: yes",
            "Not for publication",
            "Private and confidential",
            "RESTRICTED",
            "In camera",
        ] {
            assert_eq!(line(text), Some(Said::Exempt(Exemption::default())), "{text}");
        }
        for text in [
            "Exempt: perhaps",
            "Exempt: no",
            "Exempt: 99",
            "Confidential waste was discussed",
        ] {
            assert_eq!(line(text), Some(Said::Unreadable), "{text}");
        }
        for text in [
            "Exemptions were discussed",
            "An exempt item",
            "Part III",
            "Confidentially",
            "Private hire licences",
            "Private: 3 spaces",
            "Part 2",
            "In camera-ready form",
            "",
        ] {
            assert_eq!(line(text), None, "{text}");
        }
    }

    #[test]
    fn headings_withhold_an_item_or_all_that_follows() {
        for (text, whole) in [
            ("Exempt business", true),
            ("PART II", true),
            ("Confidential items", true),
            ("Part II – Exempt information", true),
            ("Exempt – Sale of land", false),
            ("Confidential report on the depot", false),
            ("Part 2", true),
            ("PART 2 – the depot", true),
            ("Part Two: confidential items", true),
            ("Closed session", true),
            ("Closed session (pay)", true),
            ("Restricted items", true),
            ("Private", true),
            ("Restricted - pay", false),
            ("Private: pay", false),
            ("Private — pay", false),
            ("Not for publication: pay", false),
            ("Not for publication by virtue of paragraph 3", false),
            ("Items exempt from publication", true),
            ("Section 2: Confidential", true),
            ("Reports containing exempt information", true),
            ("Reports not for publication", true),
            ("Agenda part II", true),
            ("PART B – PRIVATE", true),
            ("Section B: restricted", true),
        ] {
            assert_eq!(heading(text).map(|h| h.1), Some(whole), "{text}");
        }
        for text in [
            "Tax exemptions",
            "Private hire licences",
            "Private-hire licences",
            "Restricted byway 12",
            "Part 2 of the local plan",
            "Part 20",
            "Closed sessions at the pool",
            "In cameras",
            "Not for the faint-hearted",
            "Items for publication",
            "Tax-exempt items",
            "Items not exempt",
            "Local plan part II",
            "Part A – public, Part B – private",
            "The private sector",
        ] {
            assert_eq!(heading(text), None, "{text}");
        }
    }

    #[test]
    fn sentences_that_say_it_of_their_own_text() {
        let reason = |reason: &str| {
            Some(Said::Exempt(Exemption {
                reason: reason.into(),
            }))
        };
        for (text, expected) in [
            (
                "This report is not for publication by virtue of paragraph 3 of Schedule 12A.",
                reason("paragraph 3"),
            ),
            (
                "*The report is **not for publication**.* It was discussed.",
                reason(""),
            ),
            ("These minutes are confidential.", reason("")),
            (
                "This item is exempt from publication under paragraph 1.",
                reason(""),
            ),
            (
                "This report contains exempt information as defined in paragraph 3",
                reason("paragraph 3"),
            ),
        ] {
            assert_eq!(sentence(text), expected, "{text}");
        }
        for text in [
            "This item is exempt from call-in.",
            "This decision is exempt from the requirement to give notice",
            "This report is not exempt.",
            "This report is no longer confidential.",
            "This report contains exempt information in its Appendix 2.",
            "The report was not for publication.",
            "This agenda contains exempt items.",
            "This Agenda contains exempt information.",
            "The minutes are confidential.",
            "The appendix is not for publication by virtue of paragraph 3.",
            "This is confidential waste.",
            "This report is for publication.",
            "",
        ] {
            assert_eq!(sentence(text), None, "{text}");
        }
    }

    #[test]
    fn titles_that_open_with_one_of_the_words() {
        for (text, page, expected) in [
            ("Confidential: pay review", true, true),
            ("Not for publication: pay", true, true),
            ("Part II - pay", false, true),
            ("Part II - Articles", true, false),
            ("Part 2: Articles", true, false),
            ("Confidential", true, true),
            ("Confidential minutes", true, true),
            ("Exempt information", true, false),
            ("Exempt information", false, true),
            ("Private items", true, false),
            ("Private – pay", false, true),
            ("Confidential reporting policy", true, false),
            ("Exempt accommodation", false, false),
            ("Private hire licences", false, false),
            ("Pay", false, false),
        ] {
            assert_eq!(opens_title(text, page), expected, "{text}");
        }
        assert!(is_nothing_else("exempt") && is_nothing_else("Part 2") && is_nothing_else("Private"));
        assert!(!is_nothing_else("private hire") && !is_nothing_else("exempt accommodation"));
    }

    #[test]
    fn a_part_of_a_schedule_is_no_paragraph() {
        let said = line("Not for publication by virtue of paragraph(s) 3 of Part 1 of Schedule 12A");
        let reason = "paragraph 3".into();
        assert_eq!(said, Some(Said::Exempt(Exemption { reason })));
    }

    #[test]
    fn headings_send_the_public_out_and_let_it_in() {
        for (text, expected) in [
            ("Exclusion of the Press and Public", Some(Door::Shuts)),
            ("EXCLUSION OF PUBLIC", Some(Door::Shuts)),
            ("Exclusion of press & public from the meeting", Some(Door::Shuts)),
            ("To exclude members of the public", Some(Door::Shuts)),
            ("Press and public to be excluded", Some(Door::Shuts)),
            (
                "Public Bodies (Admission to Meetings) Act 1960",
                Some(Door::Shuts),
            ),
            ("Resolution to move into closed session", Some(Door::Shuts)),
            ("Possible exclusion of the public", None),
            ("Readmission of the press and public", Some(Door::Opens)),
            ("Re-admission of the public", Some(Door::Opens)),
            ("Return to open session", Some(Door::Opens)),
            ("Public business", Some(Door::Opens)),
            ("Social exclusion and public health", None),
            ("Public Spaces Protection Order: exclusion of dogs", None),
            ("Exclusion of the public from the footpath", None),
            ("School exclusions", None),
            ("Exclusion of public rights of way", None),
            ("Report of the public session on parking", None),
            ("Admissions to public schools", None),
        ] {
            assert_eq!(door(text), expected, "{text}");
        }
    }

    #[test]
    fn headings_say_so_behind_their_words() {
        for text in [
            "Land – Confidential",
            "Land - CONFIDENTIAL",
            "Land – Part II",
            "Land – Exempt under paragraph 3",
            "Land – exempt item",
            "Land – exempt – paragraph 3",
            "Land: exempt",
            "Land (part exempt)",
            "Land (contains exempt information)",
            "Land (not for publication)",
            "Land (restricted)",
            "Vote: exempt",
        ] {
            assert!(mark(text).is_some(), "{text}");
        }
        for text in [
            "Waste – confidential waste contract",
            "Law – Exempt Land Act review",
            "Tax-exempt land",
            "Private hire licences",
            "Land (private hire)",
            "Roads: restricted byways",
            "Local plan (Part 2)",
            "Grants - exemptions",
        ] {
            assert!(mark(text).is_none(), "{text}");
        }
        assert!(names_it("Waste – confidential waste contract") && names_it("The Exempt Land Act"));
        assert!(!names_it("Grants and exemptions") && !names_it("Part 2 of the plan"));
        assert!(names_it("Staffing (Part 2)") && names_it("9. Staffing - Part Two"));
        assert!(!names_it("Local plan, Part 2") && !names_it("Part 2 (pay)"));
    }

    #[test]
    fn papers_say_so_behind_their_title() {
        for text in [
            "Appendix 3 (exempt: 3)",
            "Appendix [Exempt]",
            "x (Confidential)",
            "Costs – EXEMPT",
            "Costs exempt: 3",
            "Costs (not for publication)",
            "Costs [restricted]",
            "Costs – confidential",
        ] {
            assert!(paper(text).is_some(), "{text}");
        }
        for text in [
            "Exempt accommodation review",
            "Appendix (PDF, 2 MB)",
            "Tax-exempt bonds",
            "Local plan – Part II",
            "Fees (private hire)",
        ] {
            assert!(paper(text).is_none(), "{text}");
        }
    }

    #[test]
    fn keys_and_slips_in_keys() {
        assert!(is_key("Exempt") && is_key("EXEMPTION") && !is_key("example"));
        for (key, value, expected) in [
            ("Exemt", "3", true),
            ("Exempted", "3", true),
            ("Confidentail", "yes", true),
            ("Except", "paragraph 3", true),
            ("Exception", "members may speak", false),
            ("Example", "3", false),
        ] {
            assert_eq!(is_slip(key, value), expected, "{key}: {value}");
        }
        assert!(is_nearly_key("exmept") && is_nearly_key("Exemtp") && !is_nearly_key("Expected"));
    }
}
