//! The site at one moment, from which any of its files can be made when it is
//! asked for. It is shared and never changes.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use rayon::prelude::*;

use super::fill::{self, Filled};
use crate::config::Config;
use crate::hash::{Digest, Sha256, Sha256Writer};
use crate::model::Archive;
use crate::outlets::{Group, Made, Outlet};
use crate::paths::OutPath;
use crate::report::{Diagnostic, human};
use crate::serve::{Content, Key, Made as Served, Place};
use crate::site::{Job, Offers, Paths, Routes, Rows, Site, Words};
use crate::source::disk;
use crate::theme::{Fault, Theme};

/// An archive, its plan, and the theme that shows it.
pub struct Frozen {
    /// Which one it is, for keys of what no view tells apart.
    pub(super) serial: u64,
    pub(super) root: PathBuf,
    pub(super) archive: Archive,
    pub(super) config: Arc<Config>,
    pub(super) theme: Arc<Theme>,
    /// What stands around every view.
    pub(super) around: Digest,
    pub(super) words: Words,
    pub(super) today: Date,
    pub(super) zone: TimeZone,
    pub(super) offers: Arc<Offers>,
    pub(super) rows: Arc<Rows>,
    pub(super) outlets: Arc<[Box<dyn Outlet>]>,
    pub(super) groups: Arc<[Group]>,
    pub(super) jobs: Arc<[Job]>,
    pub(super) paths: Arc<Paths>,
}

impl Frozen {
    pub(super) fn site(&self) -> Site<'_> {
        Site {
            archive: &self.archive,
            config: &self.config,
            routes: Routes::new(&self.archive, &self.config),
            words: self.words.clone(),
            today: self.today,
            zone: self.zone.clone(),
            offers: Arc::clone(&self.offers),
            rows: Arc::clone(&self.rows),
        }
    }

    /// The same site with another archive that is planned alike.
    pub(super) fn with(&self, archive: Archive, serial: u64) -> Self {
        Self {
            serial,
            root: self.root.clone(),
            rows: Arc::new(Rows::new(&archive)),
            archive,
            config: Arc::clone(&self.config),
            theme: Arc::clone(&self.theme),
            around: self.around,
            words: self.words.clone(),
            today: self.today,
            zone: self.zone.clone(),
            offers: Arc::clone(&self.offers),
            outlets: Arc::clone(&self.outlets),
            groups: Arc::clone(&self.groups),
            jobs: Arc::clone(&self.jobs),
            paths: Arc::clone(&self.paths),
        }
    }

    /// Whether every file of another is this one's, but for what only tells
    /// one moment from the next.
    pub fn is_like(&self, other: &Self) -> bool {
        let Self {
            serial: _,
            root: _,
            archive,
            config: _,
            theme: _,
            around,
            words: _,
            today,
            zone: _,
            offers,
            // Made from the archive and the words.
            rows: _,
            outlets: _,
            groups: _,
            jobs,
            paths: _,
        } = self;
        *archive == other.archive
            && *around == other.around
            && *today == other.today
            && *offers == other.offers
            && *jobs == other.jobs
    }

    fn job(&self, path: &str) -> Option<&Job> {
        self.paths.job(&self.jobs, path)
    }

    fn shown(&self, fault: &Fault, job: &Job) -> String {
        let what = format!("`/{}` cannot be shown", job.url.as_str());
        show(&self.root, &fault.diagnostic(&self.config.theme, &what))
    }

    fn why(&self, failed: fill::Failed, job: &Job) -> String {
        match failed {
            fill::Failed::Theme(fault) => self.shown(&fault, job),
            fill::Failed::Write(error) => error.to_string(),
        }
    }

    fn fill<'a>(&'a self, made: Made<'a>, site: &'a Site<'a>, job: &Job) -> Result<Filled<'a>, String> {
        fill::fill(made, &self.theme, site).map_err(|fault| self.shown(&fault, job))
    }

    /// Every other file with its digest, as a build has them in the end.
    fn sums(&self, but: &Job, site: &Site) -> Result<Vec<(OutPath, Sha256)>, String> {
        let made: Result<Vec<Vec<(OutPath, Sha256)>>, String> = self
            .jobs
            .par_iter()
            .filter(|job| job.path != but.path)
            .map(|job| {
                let made = self.outlets[job.outlet].make(job, site);
                let sum = match self.fill(made, site, job)? {
                    Filled::Held(bytes) => Sha256::of(&bytes),
                    Filled::Flows(write) => {
                        let mut sum = Sha256Writer::new(std::io::sink());
                        write(&mut sum).map_err(|failed| self.why(failed, job))?;
                        sum.sum().0
                    }
                    Filled::Copy(source) => match disk::sum(&self.root, &source) {
                        Some(sum) => sum,
                        None => return Ok(Vec::new()),
                    },
                    Filled::Many(files) => {
                        let sums = files.into_iter().map(|(path, bytes)| (path, Sha256::of(&bytes)));
                        return Ok(sums.collect());
                    }
                    Filled::Last(_) => return Ok(Vec::new()),
                };
                Ok(vec![(job.path.clone(), sum)])
            })
            .collect();
        let mut sums: Vec<_> = made?.into_iter().flatten().collect();
        sums.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(sums)
    }
}

/// A diagnostic as a terminal without colours shows it.
pub fn show(root: &std::path::Path, said: &Diagnostic) -> String {
    human::show(said, disk::lines(root, &said.path).as_ref(), false)
}

impl Content for Frozen {
    fn base(&self) -> &str {
        self.config.base_path()
    }

    fn place(&self, path: &str) -> Place {
        let file = match path.is_empty() || path.ends_with('/') {
            true => format!("{path}index.html"),
            false => path.to_owned(),
        };
        if self.groups.iter().any(|group| group.root == file) {
            return Place::Beside(file);
        }
        if self.job(&file).is_some() {
            return Place::File(file);
        }
        if let Some(job) = self.job(&format!("{file}/index.html")) {
            return Place::Redirect(format!("{}{}", self.base(), job.url.encoded()));
        }
        let folder = |path: &str| path.rfind('/').map_or(0, |at| at + 1);
        let beside = |group: &&Group| file[..folder(&file)] == group.root[..folder(group.root)];
        match self.groups.iter().find(beside) {
            Some(group) => Place::Beside(group.root.to_owned()),
            None => Place::Nowhere,
        }
    }

    fn make(&self, path: &str, known: Option<Key>) -> Result<Served, String> {
        let Some(job) = self.job(path) else {
            return Ok(Served::Group(Vec::new()));
        };
        let site = self.site();
        let made = self.outlets[job.outlet].make(job, &site);
        let key = match fill::key(self.around, &made) {
            Some(key) => key.start(),
            None => (1 << 127) | Key::from(self.serial),
        };
        // The sums change with a paper, which no key tells of.
        if known == Some(key) && !matches!(made, Made::Last(_)) {
            return Ok(Served::Same);
        }
        Ok(match self.fill(made, &site, job)? {
            Filled::Held(bytes) => {
                let mut bytes = bytes.into_owned();
                // It may be kept for long.
                bytes.shrink_to_fit();
                Served::Bytes(key, bytes)
            }
            Filled::Flows(write) => {
                let mut bytes = Vec::new();
                write(&mut bytes).map_err(|failed| self.why(failed, job))?;
                Served::Bytes(key, bytes)
            }
            Filled::Copy(source) => Served::Copy(source.as_str().to_owned()),
            Filled::Many(files) => {
                let files = files
                    .into_iter()
                    .map(|(path, bytes)| (path.as_str().to_owned(), bytes));
                Served::Group(files.collect())
            }
            Filled::Last(make) => {
                let sums = self.sums(job, &site)?;
                let sums: Vec<(&OutPath, Sha256)> = sums.iter().map(|(path, sum)| (path, *sum)).collect();
                Served::Bytes(key, make(&sums))
            }
        })
    }

    fn not_found(&self) -> &str {
        "404.html"
    }

    fn ahead(&self, path: &str) -> Option<String> {
        let group = self.groups.iter().find(|group| group.page == path)?;
        Some(group.root.to_owned())
    }
}
