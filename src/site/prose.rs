//! A written text on the page that quotes it: its slots are filled.

use std::fmt::Write;

use super::{Days, Site};
use crate::model::*;
use crate::text::escape::push_escaped;

/// The few words that stand inside a text and are the theme's.
#[derive(Clone, Debug, Default)]
pub struct Words {
    pub not_held: String,
    /// `Item {n}`
    pub item: String,
    pub owner: String,
    pub due: String,
    pub done: String,
    pub days: Days,
    /// Every word of the interface, by its key.
    pub all: std::collections::BTreeMap<String, String>,
    /// The theme has templates of its own: they are given texts part by part, too.
    pub parts: bool,
}

impl Words {
    /// A word of the interface; the key itself where a theme has none.
    pub fn get<'w>(&'w self, key: &'w str) -> &'w str {
        self.all.get(key).map_or(key, String::as_str)
    }
}

/// Which ids a quoted text carries.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ids<'q> {
    /// Quoted away from its home.
    None,
    /// On its own page.
    Bare,
    /// On a page with others: behind this.
    Behind(&'q str),
}

/// How a text is quoted.
#[derive(Clone, Copy, Debug)]
pub struct Quote<'q> {
    pub ids: Ids<'q>,
    /// The level of its shallowest heading.
    pub top: u8,
    /// The item it belongs to, for footnotes.
    pub item: Option<ItemId>,
}

impl<'q> Quote<'q> {
    /// A text with a page of its own.
    pub fn own(top: u8) -> Self {
        Self {
            ids: Ids::Bare,
            top,
            item: None,
        }
    }

    /// A text quoted away from its home.
    pub fn away(top: u8) -> Self {
        Self {
            ids: Ids::None,
            top,
            item: None,
        }
    }

    fn push_id(&self, out: &mut String, id: impl FnOnce(&mut String)) {
        let prefix = match self.ids {
            Ids::None => return,
            Ids::Bare => "",
            Ids::Behind(prefix) => prefix,
        };
        out.push_str(" id=\"");
        push_escaped(out, prefix);
        id(out);
        out.push('"');
    }
}

/// Texts shorter than this are never cut.
const SHORT: u32 = 1200;

impl Site<'_> {
    /// The whole text.
    pub fn html(&self, text: &Text, entries: &[Entry], quote: Quote) -> String {
        let mut out = String::with_capacity(text.html.len() + text.slots.len() * 24);
        self.push_html(&mut out, text, entries, quote);
        out
    }

    /// Appends the whole text.
    pub fn push_html(&self, out: &mut String, text: &Text, entries: &[Entry], quote: Quote) {
        self.range(out, text, entries, quote, 0..text.html.len(), 0..text.slots.len());
    }

    /// Appends the text up to the paragraph after which it would be long; `true`
    /// when something was left out.
    pub fn push_excerpt(
        &self,
        out: &mut String,
        text: &Text,
        entries: &[Entry],
        quote: Quote,
        longest: u32,
    ) -> bool {
        let cut = match text.text_len() <= longest.max(SHORT) {
            true => None,
            false => text.cuts.iter().find(|c| c.text >= longest).or(text.cuts.last()),
        };
        // A short rest is shown rather than asked for with a click: how a matter ended often stands last.
        match cut.filter(|c| {
            (c.html as usize) < text.html.len() && text.text_len() - c.text.min(text.text_len()) > SHORT / 2
        }) {
            Some(cut) => {
                let (html, slots) = (0..cut.html as usize, 0..cut.slots as usize);
                self.range(out, text, entries, quote, html, slots);
                true
            }
            None => {
                self.push_html(out, text, entries, quote);
                false
            }
        }
    }

    fn range(
        &self,
        out: &mut String,
        text: &Text,
        entries: &[Entry],
        quote: Quote,
        html: std::ops::Range<usize>,
        slots: std::ops::Range<usize>,
    ) {
        let mut at = html.start;
        for slot in &text.slots[slots] {
            out.push_str(&text.html[at..slot.at as usize]);
            at = slot.at as usize;
            self.fill(out, slot.what, text, entries, quote);
        }
        out.push_str(&text.html[at..html.end]);
    }

    fn fill(&self, out: &mut String, what: What, text: &Text, entries: &[Entry], quote: Quote) {
        match what {
            What::Anchor(anchor) if anchor.repeat > 0 => quote.push_id(out, |out| anchor.push_to(out)),
            What::Anchor(_) => {}
            What::HeadingOpen(depth) => {
                let _ = write!(out, "<h{}>", level(quote.top, depth));
            }
            What::HeadingClose(depth) => {
                let _ = writeln!(out, "</h{}>", level(quote.top, depth));
            }
            What::LinkOpen(n) => self.open(out, &text.links[n as usize]),
            What::LinkClose(n) => self.close(out, &text.links[n as usize]),
            What::Image(n) => self.image(out, &text.links[n as usize]),
            What::Facts(n) => self.facts(out, &text.links[n as usize]),
            What::Entry(n) => {
                if let Some((entry, anchor)) = entries
                    .get(n as usize)
                    .and_then(|e| e.kind.anchor().map(|a| (e, a)))
                {
                    quote.push_id(out, |out| {
                        let _ = write!(out, "{anchor}-{}", entry.number);
                    });
                }
            }
            What::Tail(n) => {
                if let Some(entry) = entries.get(n as usize) {
                    self.tail(out, entry);
                }
            }
            What::NoteCall(n) => {
                if let Target::Note(label, home) = &text.links[n as usize] {
                    let _ = write!(out, "<a href=\"{}\">", self.note_href(label, *home, quote));
                }
            }
            What::Note(n) => {
                if let Target::Note(label, _) = &text.links[n as usize] {
                    quote.push_id(out, |out| {
                        let _ = write!(out, "note-{label}");
                    });
                }
            }
        }
    }

    fn open(&self, out: &mut String, target: &Target) {
        if let Target::Words(words) = target {
            return push_escaped(out, words);
        }
        if let Target::Elsewhere(href) = target {
            out.push_str("<a href=\"");
            push_escaped(out, href);
            out.push_str("\">");
        } else if let Some(href) = self.routes.target(target) {
            out.push_str("<a href=\"");
            push_escaped(out, &href);
            out.push_str("\">");
        }
        if let Target::Bare(inner) = target {
            push_escaped(out, &self.name(inner));
        }
    }

    fn close(&self, out: &mut String, target: &Target) {
        if self.routes.leads(target) {
            out.push_str("</a>");
        } else if let Target::Nowhere(address) = target
            && !address.is_empty()
        {
            out.push_str(" (");
            push_escaped(out, address);
            out.push(')');
        }
    }

    fn image(&self, out: &mut String, target: &Target) {
        match target {
            Target::Picture(id, alt) => {
                out.push_str("<img src=\"");
                push_escaped(out, &self.routes.href(&self.routes.paper(*id)));
                out.push_str("\" alt=\"");
                push_escaped(out, alt);
                out.push_str("\" loading=\"lazy\">");
            }
            Target::PictureElsewhere(picture) => {
                let (address, alt) = &**picture;
                out.push_str("<a href=\"");
                push_escaped(out, address);
                out.push_str("\">");
                push_escaped(out, if alt.trim().is_empty() { address } else { alt });
                out.push_str("</a>");
            }
            Target::Nowhere(words) | Target::Words(words) => push_escaped(out, words),
            // A record or a paper that no picture can show: a link to it.
            target => {
                self.open(out, target);
                push_escaped(out, &self.name(target));
                self.close(out, target);
            }
        }
    }

    /// Type and size of a paper, or that we do not hold it.
    fn facts(&self, out: &mut String, target: &Target) {
        match target {
            Target::Paper(id) | Target::Picture(id, _) => {
                let paper = &self.archive.papers[*id];
                let _ = write!(
                    out,
                    " <span class=\"facts\">({}, {})</span>",
                    paper.kind,
                    size(paper.bytes)
                );
            }
            Target::Elsewhere(_) | Target::NotHeld => {
                out.push_str(" <span class=\"facts\">(");
                push_escaped(out, &self.words.not_held);
                out.push_str(")</span>");
            }
            _ => {}
        }
    }

    fn tail(&self, out: &mut String, entry: &Entry) {
        let mut parts: Vec<String> = Vec::new();
        if let Some((person, name)) = entry.owner.as_deref() {
            let mut part = String::new();
            let _ = write!(part, "{}: ", crate::text::escape::escape(&self.words.owner));
            match person.filter(|p| self.archive.people[*p].listed) {
                Some(person) => {
                    let target = Target::Bare(Box::new(Target::Person(person)));
                    self.open(&mut part, &target);
                    self.close(&mut part, &target);
                }
                None => push_escaped(
                    &mut part,
                    person.map_or(name.as_str(), |p| &self.archive.people[p].name),
                ),
            }
            parts.push(part);
        }
        for (word, date) in [(&self.words.due, entry.due), (&self.words.done, entry.done)] {
            if let Some(date) = date {
                let long = self.long_date(date);
                parts.push(format!(
                    "{} <time datetime=\"{date}\">{long}</time>",
                    crate::text::escape::escape(word)
                ));
            }
        }
        if !parts.is_empty() {
            let _ = write!(out, " <span class=\"tail\">{}</span>", parts.join(" · "));
        }
    }

    /// `27 June 2017` in the site's language.
    pub fn long_date(&self, date: jiff::civil::Date) -> String {
        self.words.days.long(date)
    }

    fn note_href(&self, label: &str, home: Option<ItemId>, quote: Quote) -> String {
        let Some(home) = home else {
            return match quote.ids {
                Ids::Behind(prefix) => format!("#{prefix}note-{label}"),
                _ => format!("#note-{label}"),
            };
        };
        let address = &self.archive.items[home].address;
        match quote.ids {
            Ids::Bare if quote.item == Some(home) => format!("#note-{label}"),
            Ids::Behind(_) => format!("#item-{address}-note-{label}"),
            _ => self.routes.item_part(home, &format!("note-{label}")),
        }
    }
}

fn level(top: u8, depth: u8) -> u8 {
    (top + depth - 1).clamp(2, 6)
}

/// `114 KB`, `3 MB`: as people write it, in steps of a thousand.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} KB", bytes.div_ceil(1_000)),
        _ => {
            let tenths = bytes / 100_000;
            if tenths < 100 && !tenths.is_multiple_of(10) {
                format!("{}.{} MB", tenths / 10, tenths % 10)
            } else {
                format!("{} MB", tenths / 10)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_read_as_people_write_them() {
        for (bytes, expected) in [
            (12, "12 bytes"),
            (114_000, "114 KB"),
            (3_000_000, "3 MB"),
            (2_349_000, "2.3 MB"),
            (45_600_000, "45 MB"),
        ] {
            assert_eq!(size(bytes), expected);
        }
    }
}
