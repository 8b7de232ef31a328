//! Whether words behind a name are another name, or say what somebody is.

use super::names;

/// Whether words say what somebody is, or for whom they are there: "Leader",
/// "Head of Parks", "Harbour Ward".
pub fn is_role(text: &str) -> bool {
    let text = text.trim();
    words(text).any(|word| is_of_role(&word))
        || words(text).next().is_some_and(|word| is_quarter(&word))
        || text.split_whitespace().all(names::is_honorific)
}

/// Whether words are a role and nothing else, whoever has it: "Chair".
pub fn is_bare_role(text: &str) -> bool {
    let mut any = false;
    words(text).all(|word| {
        any = true;
        is_of_role(&word)
    }) && any
}

/// Whether words behind a name are a remark on it and no second name: "arrived
/// late", "by telephone". One small word alone may be a name, or an id.
pub fn is_remark(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let opens = words
        .next()
        .is_some_and(|word| word.starts_with(char::is_lowercase) && !names::is_particle(word));
    opens && words.next().is_some()
}

/// Whether one of the things said of somebody is that they took the chair.
pub fn is_chair(said: &str) -> bool {
    said.split(", ").any(|words| {
        matches!(
            words.to_lowercase().as_str(),
            "chair" | "chairman" | "chairwoman" | "chairperson" | "in the chair" | "presiding"
        )
    })
}

/// Whether words look like the name of a person: two or three of them, or more
/// with a title, each with a capital, and none that belongs to a role.
pub fn looks_like_name(text: &str) -> bool {
    let bare = names::without_honorifics(text);
    let plain = |word: &str| {
        let mut letters = word.chars();
        let capital = letters.next().is_some_and(char::is_uppercase);
        let initial = word.trim_end_matches('.').chars().count() == 1;
        let small = letters.clone().any(char::is_lowercase);
        capital && (initial || small) && word.chars().all(|c| c.is_alphabetic() || "'’.-".contains(c))
    };
    (2..=3).contains(&bare.split_whitespace().count()) && bare.split_whitespace().all(plain) && !is_role(bare)
}

/// Letters behind a name, such as "OBE" and "Jr.": a part of it.
pub fn is_behind_name(text: &str) -> bool {
    text.split([' ', ','])
        .filter(|word| !word.is_empty())
        .all(|word| {
            let letters = word.trim_end_matches('.');
            ["Jr", "Sr", "Junior", "Senior"].contains(&letters)
                || (letters.len() >= 2 && letters.bytes().all(|b| b.is_ascii_uppercase()))
        })
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let parts = text.split(|c: char| c.is_whitespace() || c == '-' || c == '/');
    parts
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .filter(|word| !word.is_empty())
}

/// Words with which a place begins and no name does.
fn is_quarter(word: &str) -> bool {
    matches!(
        word,
        "north" | "south" | "east" | "west" | "upper" | "lower" | "great" | "central"
    )
}

fn is_of_role(word: &str) -> bool {
    matches!(
        word,
        "leader"
            | "chair"
            | "chairman"
            | "chairwoman"
            | "chairperson"
            | "vice"
            | "deputy"
            | "clerk"
            | "head"
            | "director"
            | "officer"
            | "manager"
            | "holder"
            | "portfolio"
            | "secretary"
            | "treasurer"
            | "solicitor"
            | "engineer"
            | "surveyor"
            | "planner"
            | "assistant"
            | "adviser"
            | "advisor"
            | "auditor"
            | "accountant"
            | "consultant"
            | "observer"
            | "representative"
            | "member"
            | "councillor"
            | "executive"
            | "president"
            | "trustee"
            | "spokesperson"
            | "independent"
            | "substitute"
            | "council"
            | "committee"
            | "board"
            | "cabinet"
            | "group"
            | "club"
            | "ward"
            | "party"
            | "trust"
            | "association"
            | "society"
            | "ltd"
            | "limited"
            | "partnership"
            | "department"
            | "services"
            | "service"
            | "office"
            | "team"
            | "university"
            | "college"
            | "school"
            | "police"
            | "forum"
            | "alliance"
            | "union"
            | "institute"
            | "company"
            | "labour"
            | "conservative"
            | "conservatives"
            | "liberal"
            | "democrat"
            | "democrats"
            | "town"
            | "parish"
            | "county"
            | "borough"
            | "district"
            | "city"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_roles() {
        for name in [
            "John Doe",
            "J. Doe",
            "Cllr Mary Ann Poe",
            "Élodie O’Neill",
            "Ada Morgan-Hale",
        ] {
            assert!(looks_like_name(name) && !is_role(name), "{name}");
        }
        for role in [
            "Leader",
            "Vice-Chair",
            "Head of Parks",
            "Harbour Ward",
            "North Quay",
            "Mayor",
            "Green Party",
            "Councillor for Eastmarsh",
        ] {
            assert!(is_role(role) && !looks_like_name(role), "{role}");
        }
        for other in [
            "OBE",
            "Eastmarsh",
            "by telephone",
            "Friends of the Mere",
            "KC MP",
            "3 others",
            "",
        ] {
            assert!(!looks_like_name(other), "{other}");
        }
        for (text, remark) in [
            ("arrived late", true),
            ("from item 4", true),
            ("jane-roe", false),
            ("remote", false),
            ("van der Berg", false),
            ("Head of Parks", false),
        ] {
            assert_eq!(is_remark(text), remark, "{text}");
        }
        assert!(is_bare_role("Chair") && is_bare_role("Vice-Chair"));
        assert!(!is_bare_role("Jane Chair") && !is_bare_role(""));
        assert!(is_behind_name("OBE, DL") && is_behind_name("Jr.") && !is_behind_name("John Doe"));
    }
}
