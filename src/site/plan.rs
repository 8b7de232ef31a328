//! Everything that will be published, before any of it is made.

use std::collections::HashMap;

use super::offers::{Offer, Offers, Shelf};
use crate::model::*;
use crate::paths::{OutPath, SourcePath, Url};
use crate::report::{Diagnostic, Report, rules};

/// What a job is about.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Subject {
    Home,
    Meetings,
    Year(i16),
    Calendar,
    /// Year and month of the calendar.
    Month(i16, i8),
    Meeting(MeetingId),
    Item(ItemId),
    Bodies,
    Body(BodyId),
    People,
    Person(PersonId),
    Issues,
    Issue(IssueId),
    Topics,
    Topic(TopicId),
    Decision(DecisionId),
    Page(PageId),
    /// A register, by its key: the first page, or that of a year.
    Register(&'static str, Option<i16>),
    Paper(PaperId),
    NotFound,
    /// An old address and the link it leads to.
    Redirect(String),
    /// A file by its name: a style sheet, the site map.
    File(String),
}

/// One file to be made: plain data.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Job {
    pub path: OutPath,
    pub url: Url,
    pub subject: Subject,
    /// Which outlet of the list makes it.
    pub outlet: usize,
    /// The record it is made from, for messages.
    pub source: Option<SourcePath>,
}

/// Which job makes which file.
#[derive(Debug, Default)]
pub struct Paths {
    taken: HashMap<String, usize>,
}

impl Paths {
    /// The job of a path, among those that were given out with this.
    pub fn job<'j>(&self, jobs: &'j [Job], path: &str) -> Option<&'j Job> {
        let job = jobs.get(*self.taken.get(&path.to_lowercase())?)?;
        (job.path.as_str() == path).then_some(job)
    }
}

/// The jobs of all outlets, one for each path.
#[derive(Debug, Default)]
pub struct Plan {
    jobs: Vec<Job>,
    taken: HashMap<String, usize>,
    /// Folders that files stand in, with one of those files.
    folders: HashMap<String, usize>,
    outlet: usize,
    offers: Offers,
    report: Report,
}

impl Plan {
    pub fn new() -> Self {
        Self::default()
    }

    /// Jobs added from here on belong to this outlet.
    pub fn begin(&mut self, outlet: usize) {
        self.outlet = outlet;
    }

    pub fn jobs(&self) -> &[Job] {
        &self.jobs
    }

    pub fn has(&self, url: &Url) -> bool {
        url.file()
            .is_ok_and(|p| self.taken.contains_key(&p.as_str().to_lowercase()))
    }

    /// A page also leads to this.
    pub fn offer(&mut self, page: &Url, offer: Offer) {
        self.offers.add(page, offer);
    }

    /// Every page leads to this one, under the word of this key.
    pub fn list(&mut self, key: &'static str, href: String) {
        self.offers.list(key, href);
    }

    /// How much the list of this key holds, for its pages to tell.
    pub fn shelve(&mut self, key: &'static str, shelf: Shelf) {
        self.offers.shelve(key, shelf);
    }

    /// What pages offer besides themselves.
    pub fn take_offers(&mut self) -> Offers {
        std::mem::take(&mut self.offers)
    }

    pub fn finish(self) -> (Vec<Job>, Report) {
        (self.jobs, self.report)
    }

    /// Gives the jobs out; which of them makes a file is still known here.
    pub fn take_jobs(&mut self) -> (Vec<Job>, Paths) {
        let paths = Paths {
            taken: std::mem::take(&mut self.taken),
        };
        (std::mem::take(&mut self.jobs), paths)
    }

    /// Tells of an address that is none of this site.
    pub fn refuse(&mut self, source: Option<&SourcePath>, words: String, help: String) {
        let at = source.cloned().unwrap_or_else(|| SourcePath::new("site.toml"));
        self.report
            .push(Diagnostic::new(&rules::BAD_ADDRESS, &at, None, words).help(help));
    }

    /// Plans a file; a second one for the same path is an error and not made.
    pub fn add(&mut self, url: Url, subject: Subject, source: Option<&SourcePath>) {
        let site = || SourcePath::new("site.toml");
        let path = match url.file() {
            Ok(path) => path,
            Err(bad) => {
                let help =
                    "an address is written as it stands behind the name of the site: `/old/minutes.html`";
                return self.refuse(source, bad.to_string(), help.to_owned());
            }
        };
        // Some hosts and disks do not tell capitals from small letters.
        let key = path.as_str().to_lowercase();
        // No host can serve a file that is also a folder of files.
        let above = folders(&key).find_map(|folder| self.taken.get(folder));
        let clash = self.taken.get(&key).or(above).or_else(|| self.folders.get(&key));
        if let Some(&other) = clash {
            let at = source.cloned().unwrap_or_else(site);
            let first = self.jobs[other]
                .source
                .as_ref()
                .map_or_else(|| "the site itself".to_owned(), |s| format!("`{s}`"));
            let words = format!("the address `/{}` is already that of {first}", url.as_str());
            self.report.push(
                Diagnostic::new(&rules::DUPLICATE_ADDRESS, &at, None, words)
                    .help("give one of them another name or alias"),
            );
            return;
        }
        for folder in folders(&key) {
            if !self.folders.contains_key(folder) {
                self.folders.insert(folder.to_owned(), self.jobs.len());
            }
        }
        self.taken.insert(key, self.jobs.len());
        self.jobs.push(Job {
            path,
            url,
            subject,
            outlet: self.outlet,
            source: source.cloned(),
        });
    }
}

/// Every folder that a path lies in.
fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_jobs_for_one_path_are_an_error() {
        let mut plan = Plan::new();
        plan.add(Url::new("About/"), Subject::Home, None);
        plan.add(
            Url::new("about/index.html"),
            Subject::NotFound,
            Some(&SourcePath::new("content/x.md")),
        );
        plan.add(Url::new("../x"), Subject::NotFound, None);
        let (jobs, report) = plan.finish();
        assert_eq!((jobs.len(), report.errors()), (1, 2));
    }

    #[test]
    fn a_file_is_no_folder() {
        let mut plan = Plan::new();
        plan.add(Url::new("robots.txt"), Subject::NotFound, None);
        plan.add(Url::new("robots.txt/"), Subject::NotFound, None);
        plan.add(Url::new("robots.txt/a/b/"), Subject::NotFound, None);
        plan.add(Url::new("old/a/"), Subject::NotFound, None);
        plan.add(Url::new("Old"), Subject::NotFound, None);
        let (jobs, report) = plan.finish();
        assert_eq!((jobs.len(), report.errors()), (2, 3));
    }
}
