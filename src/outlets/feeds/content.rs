//! What an entry says: the record's text, as HTML that any reader can show.
//! Every link in it is whole, because it is read away from the site.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::entries::News;
use crate::model::*;
use crate::outlets::pages::frame::shorten;
use crate::outlets::pages::{parts, rows};
use crate::paths::Url;
use crate::site::{Quote, Site};
use crate::text::escape::{plain, push_escaped};
use crate::text::links;

/// An entry without its dates of change.
pub struct Entry {
    pub url: Url,
    /// Of an item without a page of its own: its place on its meeting's page.
    pub place: Option<String>,
    pub title: String,
    pub published: Date,
    pub bodies: Vec<String>,
    pub summary: String,
    pub html: String,
}

impl Entry {
    pub fn address(&self, site: &Site) -> Option<String> {
        Some(self.placed(site.routes.absolute(&self.url)?))
    }

    /// What the entry is known by for as long as it lives (RFC 4287, 4.2.6).
    pub fn id(&self, site: &Site) -> String {
        site.lasting_address(&self.url)
            .map_or_else(String::new, |address| self.placed(address))
    }

    fn placed(&self, page: String) -> String {
        match &self.place {
            Some(place) => format!("{page}#{place}"),
            None => page,
        }
    }
}

/// A meeting's text is told up to the item after which it is longer than
/// this, in bytes.
const LONGEST: usize = 60_000;

/// The length of a summary, in bytes.
const SUMMARY: usize = 300;

/// `quoted`: whether the text of an item is given, and not its title alone.
pub fn entry(site: &Site, news: News, quoted: bool) -> Entry {
    let mut entry = match news {
        News::Meeting(id) => meeting(site, id),
        News::Item(id) => item(site, id, quoted),
        News::Decision(id) => decision(site, id),
    };
    if let Some(base) = &site.config.base {
        entry.html = links::absolute(&entry.html, &base.origin);
    }
    entry.summary = match beginning(&entry.html) {
        text if text.is_empty() => entry.title.clone(),
        text => shorten(&text, SUMMARY),
    };
    entry
}

/// The text of HTML, or so much of its beginning that it must be cut.
fn beginning(html: &str) -> String {
    let mut enough = 4 * SUMMARY;
    loop {
        let end = match html.as_bytes().get(enough..) {
            Some(rest) => rest.iter().position(|b| *b == b'<').map(|at| enough + at),
            None => None,
        };
        let Some(end) = end else { return plain(html) };
        let text = plain(&html[..end]);
        if text.len() > SUMMARY {
            return text;
        }
        enough = 2 * end;
    }
}

fn meeting(site: &Site, id: MeetingId) -> Entry {
    let meeting = &site.archive.meetings[id];
    let mut html = String::new();
    facts(&mut html, site, meeting);
    for (date, text) in &meeting.corrections {
        let day = date
            .map(|d| format!("{}: ", site.long_date(d)))
            .unwrap_or_default();
        let word = site.words.get("corrections");
        paragraph(&mut html, Some(word), &format!("{day}{text}"));
    }
    html.push_str(&site.html(&meeting.preamble, &[], Quote::away(2)));
    sections(&mut html, site, &meeting.public_summary, None, 2);
    for item in &meeting.items {
        if html.len() > LONGEST {
            paragraph(&mut html, None, "…");
            let href = site.routes.meeting_href(id);
            let _ = write!(html, "<p><a href=\"{href}\">");
            push_escaped(&mut html, site.words.get("whole_meeting"));
            html.push_str("</a></p>");
            break;
        }
        let row = &site.archive.items[*item];
        html.push_str("<h2>");
        let _ = write!(html, "<a href=\"{}\">", site.routes.item_href(*item));
        push_escaped(&mut html, &numbered(row));
        html.push_str("</a></h2>");
        item_html(&mut html, site, *item, 3);
    }
    if let Some((label, text)) = &meeting.close {
        heading(&mut html, 2, label);
        html.push_str(&site.html(text, &[], Quote::away(3)));
    }
    let state = state(site, meeting);
    let name = site.meeting_name(id);
    Entry {
        url: site.routes.meeting(id),
        place: None,
        title: if state.is_empty() {
            name
        } else {
            format!("{name} ({state})")
        },
        published: site.first_published(meeting).unwrap_or(meeting.date),
        bodies: names(site, meeting),
        summary: String::new(),
        html,
    }
}

fn item(site: &Site, id: ItemId, quoted: bool) -> Entry {
    let item = &site.archive.items[id];
    let meeting = &site.archive.meetings[item.meeting];
    let mut html = String::new();
    if quoted {
        item_html(&mut html, site, id, 2);
    }
    let (url, place) = match site.routes.item_page(id) {
        Some(url) => (url, None),
        None => (
            site.routes.meeting(item.meeting),
            Some(format!("item-{}", item.address)),
        ),
    };
    Entry {
        url,
        place,
        title: format!("{} – {}", numbered(item), site.meeting_name(item.meeting)),
        published: site.first_published(meeting).unwrap_or(meeting.date),
        bodies: names(site, meeting),
        summary: String::new(),
        html,
    }
}

fn decision(site: &Site, id: DecisionId) -> Entry {
    let decision = &site.archive.decisions[id];
    let row = rows::decision(site, id);
    let mut html = String::new();
    if let Some(maker) = &row.maker {
        paragraph(&mut html, Some(site.words.get("decided_by")), maker);
    }
    if let Some(exempt) = &decision.exempt {
        paragraph(&mut html, Some(site.words.get("exempt")), &exempt.reason);
    }
    if let Some(until) = decision.call_in {
        paragraph(&mut html, Some(site.words.get("call_in")), &site.long_date(until));
    }
    sections(&mut html, site, &decision.sections, None, 2);
    let body = decision.body.map(|b| site.archive.bodies[b].name.clone());
    Entry {
        url: site.routes.decision(id),
        place: None,
        title: format!("{} ({})", decision.title, site.long_date(decision.date)),
        published: decision.date,
        bodies: body.into_iter().collect(),
        summary: String::new(),
        html,
    }
}

/// `4. Mill Pond restoration`
fn numbered(item: &Item) -> String {
    match &item.number {
        Some(number) if !item.title.is_empty() => format!("{number}. {}", item.title),
        _ => rows::title_of(item),
    }
}

fn names(site: &Site, meeting: &Meeting) -> Vec<String> {
    let name = |id: &BodyId| site.archive.bodies[*id].name.clone();
    meeting.bodies.iter().map(name).collect()
}

/// What became of the meeting, or what there is of it.
fn state(site: &Site, meeting: &Meeting) -> String {
    let status = meeting.status;
    let key = match (status, meeting.minutes) {
        (Status::Scheduled, _) if !site.shows_agenda(meeting) => return String::new(),
        (Status::Scheduled, _) => "badge-agenda".to_owned(),
        (Status::Held, Some(MinutesState::Draft)) => "badge-draft".to_owned(),
        (Status::Held, Some(MinutesState::Confirmed)) => "badge-confirmed".to_owned(),
        (Status::Held, None) => return String::new(),
        _ => format!("status-{}", status.name()),
    };
    site.words.get(&key).to_owned()
}

/// Day, time, place, how to attend.
fn facts(html: &mut String, site: &Site, meeting: &Meeting) {
    let day = match meeting.until {
        Some(until) => format!("{} – {}", site.long_date(meeting.date), site.long_date(until)),
        None => site.long_date(meeting.date),
    };
    let time = [meeting.start.as_deref(), meeting.end.as_deref()];
    let time: Vec<&str> = time.into_iter().flatten().collect();
    let parts = [Some(day), Some(time.join(" – ")), meeting.venue.clone()];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|p| !p.is_empty()).collect();
    paragraph(html, None, &parts.join(", "));
    if meeting.status.is_off() || matches!(meeting.status, Status::Adjourned | Status::Inquorate) {
        let key = format!("banner-{}", meeting.status.name());
        paragraph(html, None, site.words.get(&key));
    }
    if let Some(exempt) = &meeting.exempt {
        paragraph(html, Some(site.words.get("exempt")), &exempt.reason);
    }
    if let Some(attend) = meeting
        .attend
        .as_ref()
        .filter(|_| meeting.status == Status::Scheduled)
    {
        paragraph(html, Some(site.words.get("attend")), attend);
    }
}

/// All of an item below its title.
fn item_html(html: &mut String, site: &Site, id: ItemId, level: u8) {
    let item = &site.archive.items[id];
    if let Some(exempt) = &item.exempt {
        paragraph(html, Some(site.words.get("exempt")), &exempt.reason);
    }
    for field in &item.fields {
        let mut value = String::new();
        match &field.value {
            FieldValue::Text(text) => value = parts::text_of_field(site, field.key, text, Quote::away(6)),
            FieldValue::People(people) => {
                let names = people.iter().map(|(id, name)| rows::person(site, *id, name));
                list(&mut value, names.map(|n| (n.href, n.name)));
            }
            FieldValue::Issues(issues) => {
                let links = issues.iter().map(|i| rows::issue(site, *i));
                list(&mut value, links.map(|l| (Some(l.href), l.name)));
            }
        }
        if !value.is_empty() {
            html.push_str("<div><b>");
            push_escaped(html, &field.label);
            let _ = write!(html, ":</b> {value}</div>");
        }
    }
    sections(html, site, &item.sections, Some(id), level);
}

fn sections(html: &mut String, site: &Site, sections: &[Section], item: Option<ItemId>, level: u8) {
    for section in sections {
        let top = if section.label.is_empty() {
            level
        } else {
            level + 1
        };
        let quote = Quote {
            item,
            ..Quote::away(top.min(6))
        };
        if !section.label.is_empty() {
            heading(html, level, &section.label);
        }
        for line in section.vote.iter().flat_map(|v| &v.lines) {
            html.push_str("<div><b>");
            push_escaped(html, &line.label);
            let _ = write!(html, ":</b> {}</div>", site.html(&line.text, &[], quote));
        }
        html.push_str(&site.html(&section.text, &section.entries, quote));
    }
}

fn heading(html: &mut String, level: u8, words: &str) {
    let level = level.clamp(2, 6);
    let _ = write!(html, "<h{level}>");
    push_escaped(html, words);
    let _ = write!(html, "</h{level}>");
}

fn paragraph(html: &mut String, label: Option<&str>, words: &str) {
    html.push_str("<p>");
    if let Some(label) = label {
        html.push_str("<b>");
        push_escaped(html, label);
        html.push_str(if words.is_empty() { "</b>" } else { ":</b> " });
    }
    push_escaped(html, words);
    html.push_str("</p>");
}

fn list(html: &mut String, names: impl Iterator<Item = (Option<String>, String)>) {
    for (n, (href, name)) in names.enumerate() {
        if n > 0 {
            html.push_str(", ");
        }
        match href {
            Some(href) => {
                let _ = write!(html, "<a href=\"{href}\">");
                push_escaped(html, &name);
                html.push_str("</a>");
            }
            None => push_escaped(html, &name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_needs_the_beginning_alone() {
        for count in [0, 1, 20, 31, 60, 200, 2000] {
            for html in [
                format!("<p>{}</p><p>end</p>", "a word ".repeat(count)),
                "<p>é <b>&amp;</b></p>\n".repeat(count),
                "<i><b></b></i> ".repeat(count) + &"word <br>".repeat(100),
            ] {
                assert_eq!(
                    shorten(&beginning(&html), SUMMARY),
                    shorten(&plain(&html), SUMMARY)
                );
            }
        }
    }
}
