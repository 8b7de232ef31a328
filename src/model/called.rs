//! What records are called where a link says nothing itself, such as
//! `[[jane-roe]]`.

use super::archive::{Archive, Target, Text};
use super::prose::What;
use crate::text::escape::push_escaped;

impl Text {
    /// It holds links that say nothing themselves: the name of what they lead
    /// to stands in their place.
    pub fn has_unsaid(&self) -> bool {
        let unsaid = |target: &Target| matches!(target, Target::Bare(_) | Target::Words(_));
        self.links.iter().any(unsaid)
    }

    /// A stretch of its HTML, between these bytes and with these of its slots,
    /// and in it what such links show.
    pub fn said(&self, html: (u32, u32), slots: (u32, u32), name: impl Fn(&Target) -> String) -> String {
        let mut out = String::new();
        let mut from = html.0 as usize;
        let slots = self.slots.get(slots.0 as usize..slots.1 as usize);
        for slot in slots.unwrap_or_default() {
            let What::LinkOpen(link) = slot.what else { continue };
            let words = match &self.links[link as usize] {
                Target::Bare(target) => name(target),
                Target::Words(words) => words.clone(),
                _ => continue,
            };
            out.push_str(self.html.get(from..slot.at as usize).unwrap_or_default());
            push_escaped(&mut out, &words);
            from = slot.at as usize;
        }
        out.push_str(self.html.get(from..html.1 as usize).unwrap_or_default());
        out
    }
}

impl Archive {
    /// The name of what a link leads to; empty for what has none. A meeting
    /// without a title is called after its body and its day (ISO 8601).
    pub fn name(&self, target: &Target) -> String {
        match target {
            Target::Meeting(id) => {
                let meeting = &self.meetings[*id];
                let body = meeting.bodies.first().map(|b| self.bodies[*b].name.as_str());
                let titled = || format!("{}, {}", body.unwrap_or_default(), meeting.date);
                meeting.title.clone().unwrap_or_else(titled)
            }
            Target::Item(id) => self.items[*id].title.clone(),
            Target::Issue(id) => self.issues[*id].title.clone(),
            Target::Person(id) => self.people[*id].name.clone(),
            Target::Body(id) => self.bodies[*id].name.clone(),
            Target::Decision(id) => self.decisions[*id].title.clone(),
            Target::Page(id) => {
                let page = &self.pages[*id];
                page.title.clone().unwrap_or_else(|| page.id.clone())
            }
            Target::Topic(id) => self.topics[*id].name.clone(),
            Target::Paper(id) => self.papers[*id].source.name().to_owned(),
            Target::Bare(target) => self.name(target),
            _ => String::new(),
        }
    }
}
