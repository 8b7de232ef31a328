//! What is not for the public. A document that calls itself confidential is not
//! imported; an item that is exempt, or stands behind the exclusion of the
//! public, keeps its number and title, and none of its text.

use crate::document::exempt;
use crate::import::draft::Origin;
use crate::import::markdown::divide::Divided;
use crate::text::names;

/// What an item says of all that stand behind it.
enum Door {
    Shut,
    Open,
    Stays,
}

/// Whether a heading shuts the public out.
pub fn closes(heading: &str) -> bool {
    let folded = names::fold(heading);
    let out = folded.contains("exclu") && (folded.contains("public") || folded.contains("press"))
        || folded.contains("admission to meetings");
    out || [
        "closed session",
        "closed part",
        "private session",
        "confidential session",
        "executive session",
        "in camera",
        "part 2",
        "part ii",
        "part b",
        "pink papers",
        "pink pages",
    ]
    .iter()
    .any(|word| {
        folded == *word
            || folded.starts_with(&format!("{word} "))
            || folded.starts_with(&format!("{word}:"))
            || folded.starts_with(&format!("{word}("))
            || folded.ends_with(&format!(" {word}"))
    })
}

fn door(title: &str) -> Door {
    let folded = names::fold(title);
    let opens = [
        "readmi",
        "re-admi",
        "open session",
        "public session",
        "public part",
        "return to public",
    ]
    .iter()
    .any(|word| folded.contains(word));
    match exempt::heading(title) {
        _ if opens => Door::Open,
        Some((_, true)) => Door::Shut,
        _ if closes(title) => Door::Shut,
        _ => Door::Stays,
    }
}

/// Whether a line of a header, or one above the first item, says that the whole
/// document is not for the public.
pub fn says_so(line: &str) -> bool {
    exempt::line(line).is_some() && line.split_whitespace().count() <= 14
        || names::fold(line).contains("not for publication")
        || names::fold(line).contains("not for public release")
}

/// Takes out what is exempt. Gives how many items that were.
pub fn withhold(divided: &mut Divided, origin: &mut Origin) -> usize {
    let mut shut = false;
    let mut count = 0;
    for item in &mut divided.items {
        let first = item
            .text
            .lines()
            .map(|l| l.trim_start_matches(['-', '*', '#', ' ']))
            .find(|l| !l.trim().is_empty())
            .unwrap_or("");
        let own = exempt::heading(&item.title).is_some()
            || marked(&item.title)
            || exempt::line(first).is_some()
            || item
                .sections
                .iter()
                .any(|(label, _)| exempt::heading(label).is_some());
        // What shuts the door is said in public.
        let resolved = closes(&item.title) && !own;
        match door(&item.title) {
            Door::Open => shut = false,
            Door::Shut if resolved => {
                shut = true;
                continue;
            }
            Door::Shut => shut = true,
            Door::Stays => {}
        }
        if !own && !shut || item.is_names() {
            // Said in the text alone, it may be about one item or all that follow.
            let sections = item.sections.iter().map(|s| &s.1);
            if std::iter::once(&item.text)
                .chain(sections)
                .any(|t| exempt::sends_public_out(t))
            {
                let name = item.number.as_ref().unwrap_or(&item.title);
                origin.notes.push(format!(
                    "item {name} says that the public was excluded: see whether what follows may be public, for it is imported"
                ));
            }
            continue;
        }
        count += 1;
        item.fields = vec![("Exempt".to_owned(), "yes".to_owned())];
        item.issues.clear();
        let mut gone = std::mem::take(&mut item.text);
        for (label, text) in std::mem::take(&mut item.sections) {
            gone.push('\n');
            gone.push_str(&label);
            gone.push('\n');
            gone.push_str(&text);
        }
        origin.kept_private(gone, "the text of an exempt item");
    }
    count
}

/// `Land sale (exempt)`
fn marked(title: &str) -> bool {
    exempt::paper(title).is_some() || names::fold(title).contains("(confidential")
}
