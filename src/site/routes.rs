//! The only place that knows addresses.

use crate::config::Config;
use crate::model::*;
use crate::paths::{Url, encode_path};

/// Addresses of everything that has one.
#[derive(Clone, Copy)]
pub struct Routes<'a> {
    archive: &'a Archive,
    config: &'a Config,
}

impl<'a> Routes<'a> {
    pub fn new(archive: &'a Archive, config: &'a Config) -> Self {
        Self { archive, config }
    }

    /// The address as it stands in a link: below the base path, encoded.
    pub fn href(&self, url: &Url) -> String {
        format!("{}{}", self.config.base_path(), url.encoded())
    }

    /// The whole address with its host, when the site has a base URL.
    pub fn absolute(&self, url: &Url) -> Option<String> {
        self.config
            .base
            .as_ref()
            .map(|base| format!("{}{}", base.whole(), url.encoded()))
    }

    /// The link to what stands below the base under these names, one in the
    /// other: as [`href`](Self::href), without an address in between.
    fn below(&self, names: &[&str]) -> String {
        let base = self.config.base_path();
        let length: usize = names.iter().map(|name| name.len() + 1).sum();
        let mut out = String::with_capacity(base.len() + length);
        out.push_str(base);
        for name in names {
            out.push_str(&encode_path(name));
            out.push('/');
        }
        out
    }

    pub fn meeting_href(&self, id: MeetingId) -> String {
        self.below(&["meetings", &self.archive.meetings[id].id])
    }

    pub fn body_href(&self, id: BodyId) -> String {
        self.below(&["bodies", &self.archive.bodies[id].id])
    }

    pub fn person_href(&self, id: PersonId) -> String {
        self.below(&["people", &self.archive.people[id].id])
    }

    pub fn issue_href(&self, id: IssueId) -> String {
        self.below(&["issues", &self.archive.issues[id].id])
    }

    pub fn home(&self) -> Url {
        Url::new("")
    }

    pub fn list(&self, name: &str) -> Url {
        Url::new(format!("{name}/"))
    }

    pub fn year(&self, year: i16) -> Url {
        Url::new(format!("meetings/{year}/"))
    }

    pub fn register_year(&self, key: &str, year: i16) -> Url {
        Url::new(format!("{key}/{year}/"))
    }

    pub fn meeting(&self, id: MeetingId) -> Url {
        Url::new(format!("meetings/{}/", self.archive.meetings[id].id))
    }

    /// The item's own page; none when items are anchors on their meeting's page.
    pub fn item_page(&self, id: ItemId) -> Option<Url> {
        let item = &self.archive.items[id];
        self.config.item_pages.then(|| {
            Url::new(format!(
                "meetings/{}/{}/",
                self.archive.meetings[item.meeting].id, item.address
            ))
        })
    }

    pub fn body(&self, id: BodyId) -> Url {
        Url::new(format!("bodies/{}/", self.archive.bodies[id].id))
    }

    pub fn person(&self, id: PersonId) -> Url {
        Url::new(format!("people/{}/", self.archive.people[id].id))
    }

    pub fn issue(&self, id: IssueId) -> Url {
        Url::new(format!("issues/{}/", self.archive.issues[id].id))
    }

    pub fn topic(&self, id: TopicId) -> Url {
        Url::new(format!("topics/{}/", self.archive.topics[id].id))
    }

    pub fn decision(&self, id: DecisionId) -> Url {
        Url::new(format!("decisions/{}/", self.archive.decisions[id].id))
    }

    pub fn page(&self, id: PageId) -> Url {
        Url::new(format!("{}/", self.archive.pages[id].id))
    }

    pub fn paper(&self, id: PaperId) -> Url {
        Url::new(&self.archive.papers[id].address)
    }

    pub fn asset(&self, name: &str) -> Url {
        Url::new(format!("static/{name}"))
    }

    /// The link to an item: its page, or its place on the meeting's page.
    pub fn item_href(&self, id: ItemId) -> String {
        let item = &self.archive.items[id];
        let meeting = &self.archive.meetings[item.meeting].id;
        if self.config.item_pages {
            return self.below(&["meetings", meeting, &item.address]);
        }
        let mut out = self.below(&["meetings", meeting]);
        out.push_str("#item-");
        out.push_str(&item.address);
        out
    }

    /// The link to a part of an item, such as `vote-2`: on its page, or on its
    /// meeting's.
    pub fn item_part(&self, id: ItemId, anchor: &str) -> String {
        let mut out = self.item_href(id);
        out.push(if self.config.item_pages { '#' } else { '-' });
        out.push_str(anchor);
        out
    }

    /// Whether a link leads anywhere.
    pub fn leads(&self, target: &Target) -> bool {
        match target {
            Target::Bare(target) => self.leads(target),
            Target::Person(id) => self.archive.people[*id].listed,
            Target::NotHeld | Target::Note(..) | Target::Words(_) | Target::Nowhere(_) | Target::Hidden => {
                false
            }
            _ => true,
        }
    }

    /// Where a link leads; none when it is no link.
    pub fn target(&self, target: &Target) -> Option<String> {
        Some(match target {
            Target::Meeting(id) => self.meeting_href(*id),
            Target::Item(id) => self.item_href(*id),
            Target::Issue(id) => self.issue_href(*id),
            Target::Person(id) if self.archive.people[*id].listed => self.person_href(*id),
            Target::Body(id) => self.body_href(*id),
            Target::Decision(id) => self.href(&self.decision(*id)),
            Target::Page(id) => self.href(&self.page(*id)),
            Target::Topic(id) => self.href(&self.topic(*id)),
            Target::Home => self.href(&self.home()),
            Target::Paper(id) | Target::Picture(id, _) => self.href(&self.paper(*id)),
            Target::Elsewhere(address) => address.clone(),
            Target::PictureElsewhere(picture) => picture.0.clone(),
            Target::Listing(list) => self.href(&self.list(list.name())),
            Target::Bare(target) => return self.target(target),
            Target::Person(_)
            | Target::NotHeld
            | Target::Note(..)
            | Target::Words(_)
            | Target::Nowhere(_)
            | Target::Hidden => return None,
        })
    }
}
