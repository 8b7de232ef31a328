//! The only place that knows addresses.

use crate::config::Config;
use crate::model::*;
use crate::paths::Url;

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
        match self.item_page(id) {
            Some(url) => self.href(&url),
            None => {
                let item = &self.archive.items[id];
                format!("{}#item-{}", self.href(&self.meeting(item.meeting)), item.address)
            }
        }
    }

    /// Where a link leads; none when it is no link.
    pub fn target(&self, target: &Target) -> Option<String> {
        Some(match target {
            Target::Meeting(id) => self.href(&self.meeting(*id)),
            Target::Item(id) => self.item_href(*id),
            Target::Issue(id) => self.href(&self.issue(*id)),
            Target::Person(id) if self.archive.people[*id].listed => self.href(&self.person(*id)),
            Target::Body(id) => self.href(&self.body(*id)),
            Target::Decision(id) => self.href(&self.decision(*id)),
            Target::Page(id) => self.href(&self.page(*id)),
            Target::Topic(id) => self.href(&self.topic(*id)),
            Target::Home => self.href(&self.home()),
            Target::Paper(id) | Target::Picture(id, _) => self.href(&self.paper(*id)),
            Target::Elsewhere(address) | Target::PictureElsewhere(address, _) => address.clone(),
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
