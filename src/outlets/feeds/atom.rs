//! A feed as Atom (RFC 4287).

use std::borrow::Cow;
use std::io;

use jiff::civil::Date;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::content::Entry;
use super::entries::{self, News};
use super::{Feed, KIND};
use crate::site::Site;

type Xml = Writer<Vec<u8>>;

/// Texts of entries together, in bytes; what comes after them is told by its
/// title and link alone.
const LARGEST: usize = 1_000_000;

/// An item that names more people than this is told by its title and link alone
/// in the feeds of those people: its text would stand in each of them. No council
/// has so many members.
const MOST_NAMED: usize = 200;

pub fn write(site: &Site, feed: Feed) -> Vec<u8> {
    let mut xml = Writer::new(Vec::new());
    // A vector takes every byte.
    let _ = feed_element(&mut xml, site, feed);
    xml.into_inner()
}

fn feed_element(xml: &mut Xml, site: &Site, feed: Feed) -> io::Result<()> {
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let news = entries::news(site, feed);
    let config = site.config;
    let (page, own) = (feed.page(site), feed.url(site));
    xml.create_element("feed")
        .with_attribute(("xmlns", "http://www.w3.org/2005/Atom"))
        .with_attribute(("xml:lang", config.language.as_str()))
        .write_inner_content(|xml| {
            text(xml, "id", &site.lasting_address(&own).unwrap_or_default())?;
            text(xml, "title", &feed.title(site))?;
            let changed = news.first().map(|n| n.0);
            text(
                xml,
                "updated",
                &moment(site, changed.unwrap_or(Date::constant(1970, 1, 1))),
            )?;
            link(xml, "self", KIND, site.routes.absolute(&own))?;
            // The page of the decisions is another outlet's, which may be off.
            let page = match feed {
                Feed::Decisions => site.routes.home(),
                _ => page,
            };
            link(xml, "alternate", "text/html", site.routes.absolute(&page))?;
            xml.create_element("author").write_inner_content(|xml| {
                text(xml, "name", config.authority.as_ref().unwrap_or(&config.title))
            })?;
            if let Some(licence) = &config.licence {
                text(xml, "rights", licence)?;
            }
            xml.create_element("generator")
                .with_attribute(("version", env!("CARGO_PKG_VERSION")))
                .write_text_content(BytesText::new("minutebook"))?;
            let mut room = LARGEST;
            for (changed, news) in news {
                let quoted = match (feed, news) {
                    (Feed::Person(_), News::Item(id)) => site.archive.items[id].people.len() <= MOST_NAMED,
                    _ => true,
                };
                let told = super::content::entry(site, news, quoted);
                entry(xml, site, changed, &told, quoted.then_some(&mut room))?;
            }
            Ok(())
        })?;
    Ok(())
}

/// `room`: what is left for its text, if that is given.
fn entry(
    xml: &mut Xml,
    site: &Site,
    changed: Date,
    entry: &Entry,
    room: Option<&mut usize>,
) -> io::Result<()> {
    xml.create_element("entry").write_inner_content(|xml| {
        text(xml, "id", &entry.id(site))?;
        text(xml, "title", &entry.title)?;
        text(xml, "updated", &moment(site, changed))?;
        text(xml, "published", &moment(site, entry.published.min(changed)))?;
        link(xml, "alternate", "text/html", entry.address(site))?;
        for body in &entry.bodies {
            xml.create_element("category")
                .with_attribute(("term", clean(body).as_ref()))
                .write_empty()?;
        }
        text(xml, "summary", &entry.summary)?;
        let Some(room) = room else { return Ok(()) };
        if entry.html.len() <= *room {
            *room -= entry.html.len();
            let base = entry.address(site).unwrap_or_default();
            xml.create_element("content")
                .with_attribute(("type", "html"))
                .with_attribute(("xml:base", base.as_str()))
                .write_text_content(content(&entry.html))?;
        } else {
            *room = 0;
        }
        Ok(())
    })?;
    Ok(())
}

fn text(xml: &mut Xml, name: &str, text: &str) -> io::Result<()> {
    xml.create_element(name).write_text_content(content(text))?;
    Ok(())
}

fn link(xml: &mut Xml, rel: &str, kind: &str, address: Option<String>) -> io::Result<()> {
    if let Some(address) = address {
        xml.create_element("link")
            .with_attribute(("rel", rel))
            .with_attribute(("type", kind))
            .with_attribute(("href", address.as_str()))
            .write_empty()?;
    }
    Ok(())
}

/// The beginning of the day by the authority's clocks (RFC 3339).
fn moment(site: &Site, day: Date) -> String {
    match site.start_of(day) {
        Some(at) => at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
        None => format!("{day}T00:00:00Z"),
    }
}

/// Text as the content of an element, where quotes stand as they are (XML 1.0,
/// 2.4). Most of a feed is HTML, in which signs to escape are never far.
fn content(text: &str) -> BytesText<'_> {
    let text = clean(text);
    let signs = memchr::memchr3_iter(b'&', b'<', b'>', text.as_bytes());
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    let mut from = 0;
    for at in signs {
        out.push_str(&text[from..at]);
        out.push_str(match text.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            _ => "&gt;",
        });
        from = at + 1;
    }
    out.push_str(&text[from..]);
    BytesText::from_escaped(out)
}

/// Without the characters that XML 1.0 cannot hold.
fn clean(text: &str) -> Cow<'_, str> {
    // What none of these bytes begins is held.
    let rare = |b: u8| ((b < b' ') & (b != b'\t') & (b != b'\n')) | (b == 0xEF);
    if !text.bytes().fold(false, |found, b| found | rare(b)) {
        return text.into();
    }
    let held =
        |c: char| matches!(c, '\t' | '\n' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.chars()
        .map(|c| if held(c) { c } else { '\u{fffd}' })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_where_an_element_must_not_hold_it() {
        let text = "<p class=\"a\">\u{0}1 &amp; 'two' ]]></p>";
        let escaped = "&lt;p class=\"a\"&gt;\u{fffd}1 &amp;amp; 'two' ]]&gt;&lt;/p&gt;";
        assert_eq!(&*content(text), escaped);
    }

    #[test]
    fn what_xml_cannot_hold_is_replaced() {
        for (text, cleaned) in [
            ("a\tb\nc é \u{85} 🏛", "a\tb\nc é \u{85} 🏛"),
            ("a\u{0}b\rc\u{b}", "a\u{fffd}b\u{fffd}c\u{fffd}"),
            ("\u{ffff}\u{fffe}\u{fffd}", "\u{fffd}\u{fffd}\u{fffd}"),
        ] {
            assert_eq!(clean(text), cleaned);
        }
    }
}
