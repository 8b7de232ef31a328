//! How an item and its paragraphs are cited: plain text with the lasting
//! address, to be copied.

use serde::Serialize;

use super::frame::shorten;
use super::rows;
use crate::model::*;
use crate::outlets::json::whole;
use crate::site::{Html, Site};
use crate::text::escape::{plain, push_escaped};

/// How a page and its paragraphs are cited.
#[derive(Serialize, Hash)]
pub struct Citation {
    /// `Harrowmere Borough Council, Parks Committee, 12 March 2024, item 4:
    /// Mill Pond restoration (draft minutes). https://…`
    pub text: String,
    /// The paragraphs of the page with their addresses, as the points of a list.
    pub list: Html,
    /// The same one by one. For a theme with templates of its own.
    pub places: Vec<Place>,
}

/// A paragraph or an entry with an address of its own.
#[derive(Serialize, Hash)]
pub struct Place {
    /// Its link on this page.
    pub href: String,
    /// Its permanent address.
    pub address: String,
    /// Its first words.
    pub words: String,
}

/// How many bytes of a paragraph are shown.
const WORDS: usize = 70;

/// None where the site does without. `prefix` stands before the ids of the
/// item on this page.
pub fn citation(site: &Site, id: ItemId, prefix: &str) -> Option<Citation> {
    if !site.config.citations {
        return None;
    }
    let archive = site.archive;
    let item = &archive.items[id];
    let meeting = &archive.meetings[item.meeting];
    let page = match site.routes.item_page(id) {
        Some(url) => url,
        None => site.routes.meeting(item.meeting),
    };
    let page = super::super::json::address(site, &page);
    let bodies: Vec<&str> = meeting
        .bodies
        .iter()
        .map(|b| archive.bodies[*b].name.as_str())
        .collect();
    let number = item.number.as_ref();
    let number = number.map(|n| site.words.get("cite_item").replace("{n}", n));
    let parts = [
        site.config.authority.clone(),
        Some(bodies.join(", ")),
        Some(site.long_date(meeting.date)),
        number,
    ];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|p| !p.is_empty()).collect();
    let state = match (meeting.status, meeting.minutes) {
        (Status::Scheduled, _) => site.shows_agenda(meeting).then_some("badge-agenda"),
        (_, Some(MinutesState::Draft)) => Some("badge-draft"),
        (_, Some(MinutesState::Confirmed)) => Some("badge-confirmed"),
        _ => None,
    };
    let state = state
        .map(|key| format!(" ({})", site.words.get(key)))
        .unwrap_or_default();
    let title = rows::title_of(item);
    let address = whole(site, &site.routes.item_href(id));
    let places = places(item, &page, prefix);
    let mut list = String::with_capacity(places.len() * 256);
    places.iter().for_each(|place| place.draw(&mut list));
    Some(Citation {
        text: format!("{}: {title}{state}. {address}", parts.join(", ")),
        list: Html(list),
        places: if site.words.parts { places } else { Vec::new() },
    })
}

impl Place {
    fn draw(&self, out: &mut String) {
        out.push_str("\n<li>");
        rows::push_link(out, "", &self.href, &self.words);
        out.push_str("<br><code>");
        push_escaped(out, &self.address);
        out.push_str("</code></li>");
    }
}

fn places(item: &Item, page: &str, prefix: &str) -> Vec<Place> {
    let mut out = Vec::new();
    for section in &item.sections {
        let html = &section.text.html;
        for slot in &section.text.slots {
            let mut id = String::new();
            match slot.what {
                What::Anchor(anchor) if anchor.repeat > 0 => anchor.push_to(&mut id),
                What::Entry(n) => match section.entries.get(n as usize) {
                    Some(entry) => match entry.kind.anchor() {
                        Some(anchor) => id = format!("{anchor}-{}", entry.number),
                        None => continue,
                    },
                    None => continue,
                },
                _ => continue,
            }
            let words = first_words(html, slot.at as usize);
            if !words.is_empty() {
                out.push(Place {
                    href: format!("#{prefix}{id}"),
                    address: format!("{page}#{prefix}{id}"),
                    words,
                });
            }
        }
    }
    out
}

/// The beginning of the block whose opening tag holds this place.
fn first_words(html: &str, at: usize) -> String {
    let rest = &html[at..];
    let inside = rest.find('>').map_or("", |end| &rest[end + 1..]);
    let ends = [
        "</p>",
        "</li>",
        "<li",
        "<ul",
        "<ol",
        "</h",
        "</blockquote>",
        "</td>",
    ];
    let block = memchr::memchr_iter(b'<', inside.as_bytes())
        .find(|at| ends.iter().any(|end| inside[*at..].starts_with(end)))
        .map_or(inside, |end| &inside[..end]);
    let mut words = plain(beginning(block));
    if words.len() <= WORDS {
        words = plain(block);
    }
    shorten(&words, WORDS)
}

/// So much of a block as most often holds more than is shown of it: up to a
/// space between its words, outside of tags.
fn beginning(block: &str) -> &str {
    let (mut text, mut tag) = (0, false);
    for (at, b) in block.bytes().enumerate() {
        match b {
            b'<' => tag = true,
            b'>' => tag = false,
            _ if tag => {}
            b' ' if text > 2 * WORDS => return &block[..at],
            _ => text += 1,
        }
    }
    block
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_words_are_those_of_the_whole_block() {
        let long = "The pond was <em class=\"a b\">dredged</em> &amp; re-lined. ".repeat(9);
        let spaces = format!("<p id=x>{} end</p><p>next", "&nbsp; ".repeat(200));
        let letters = format!("<p id=x>{}</p>", "ü".repeat(300));
        for html in [
            format!("<p id=x>{long}</p><p>next</p>"),
            format!("<li id=x>{long}<ul><li>next"),
            "<p id=x>Short.</p><p>next".to_owned(),
            spaces,
            letters,
            "<p id=x>no end <b>of it".to_owned(),
            "no tag".to_owned(),
        ] {
            let inside = html.find('>').map_or("", |end| &html[end + 1..]);
            let end = ["</p>", "<ul"].iter().filter_map(|end| inside.find(end)).min();
            let whole = plain(&inside[..end.unwrap_or(inside.len())]);
            assert_eq!(first_words(&html, 0), shorten(&whole, WORDS), "{html}");
        }
    }
}
