//! What is left for the next build: from what this one was made, what it had
//! to say, and the archive as it was put together. When nothing has changed
//! since, that is said again, and nothing is read a second time; when nothing
//! but words of meetings has, all else is taken as it stands.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hash;

use serde::{Deserialize, Serialize};

use super::{Anew, Counts, Options, Outcome, Settings, fails, said_of};
use crate::assemble::again::Kept;
use crate::document;
use crate::document::outline::outline;
use crate::hash::{Digest, Taker};
use crate::model::{Archive, MeetingId};
use crate::output::Folder;
use crate::paths::SourcePath;
use crate::report::Report;
use crate::source::Sources;
use crate::theme;

/// All that a build is made from.
pub struct Inputs {
    /// Everything but the records: `site.toml` by its content, papers by how
    /// the disk knows them, the theme, the command, the day, and the program.
    around: Digest,
    /// That, and the records by their content.
    all: Digest,
}

impl Inputs {
    pub fn of(options: &Options, settings: &Settings, sources: &Sources, report: &Report) -> Self {
        let mut taker = Taker::default();
        (
            &options.program,
            &options.base_url,
            options.keep_going,
            settings.today.to_string(),
            settings.release.to_string(),
            theme::digest(&options.root, &settings.config),
        )
            .hash(&mut taker);
        sources.config.as_ref().map(|file| file.digest).hash(&mut taker);
        for paper in sources.papers.values() {
            (paper.path.as_str(), paper.stamp).hash(&mut taker);
        }
        // What could not be read, and why.
        for said in report.diagnostics() {
            (said.path.as_str(), said.rule.name, &said.message).hash(&mut taker);
        }
        let around = taker.digest();
        let mut taker = Taker::default();
        around.hash(&mut taker);
        for record in &sources.records {
            (record.path.as_str(), record.digest).hash(&mut taker);
        }
        Self {
            around,
            all: taker.digest(),
        }
    }
}

/// The note for the next build.
#[derive(Serialize, Deserialize)]
struct Note {
    inputs: Digest,
    /// Of what pages have of others but through their views.
    frame: Digest,
    counts: Counts,
    report: Report,
    /// The archive from which pages were made that were not made again since.
    store: Option<Digest>,
    /// Files in which words changed since that archive was stored.
    reworded: BTreeSet<SourcePath>,
}

/// A build's folder, and what the build before it left there.
pub struct Last {
    folder: Folder,
    note: Note,
}

/// The store, in two parts of which the first says whether the second is of
/// use.
#[derive(Serialize, Deserialize)]
struct Head {
    around: Digest,
    /// Every record, and of a meeting its outline.
    records: Vec<(SourcePath, Digest, Option<Digest>)>,
}

#[derive(Serialize, Deserialize)]
struct Stored<A, B> {
    archive: A,
    base: B,
}

/// What is known of an archive besides itself, as soon as it is put together.
#[derive(Serialize, Deserialize)]
pub struct Base {
    pub kept: Kept,
    /// What there is to say of the records.
    pub report: Report,
    /// Files of which something is said that is not found by looking at them
    /// alone.
    pub entangled: BTreeSet<SourcePath>,
    /// The outlines of the meetings' files.
    #[serde(skip)]
    pub outlines: BTreeMap<SourcePath, Digest>,
}

/// What stands of the last build, and what does not.
pub struct Standing {
    /// As it was then.
    pub frame: Digest,
    store: Digest,
    reworded: BTreeSet<SourcePath>,
    /// The meetings in which words changed since the pages were made that
    /// stand.
    pub meetings: BTreeSet<MeetingId>,
}

impl Last {
    /// What the last build left, unless nothing of it is to be trusted.
    pub fn of(options: &Options) -> Option<Self> {
        if options.verify {
            return None;
        }
        let folder = Folder::there(&options.root, &options.output, options.home.as_deref())?;
        let note = serde_json::from_str(&folder.note()?).ok()?;
        Some(Self { folder, note })
    }

    pub fn into_folder(self) -> Folder {
        self.folder
    }

    /// What the last build came to, if it was made from the same and all it
    /// published stands as it left it.
    pub fn outcome(&self, options: &Options, inputs: &Inputs) -> Option<Outcome> {
        let Note {
            inputs: made_of,
            counts,
            report,
            ..
        } = &self.note;
        if *made_of != inputs.all || (fails(options, report) && !options.keep_going) {
            return None;
        }
        Some(Outcome {
            anew: Anew::Nothing,
            report: report.clone(),
            counts: *counts,
            written: Some(self.folder.standing()?),
            failure: None,
        })
    }

    /// The archive of the last build with the words that are new in it, and
    /// what there is to say of it. `None` when more than words may have changed.
    pub fn reword(
        &self,
        settings: &Settings,
        sources: &Sources,
        inputs: &Inputs,
    ) -> Option<(Archive, Report, Standing)> {
        let store = self.note.store?;
        let bytes = self.folder.stored(store)?;
        let (head, rest) = postcard::take_from_bytes::<Head>(&bytes).ok()?;
        let records = &sources.records;
        let paths = head.records.iter().map(|record| &record.0);
        if head.around != inputs.around || !paths.eq(records.iter().map(|record| &record.path)) {
            return None;
        }
        let both = head.records.iter().zip(records);
        let other: Vec<_> = both
            .filter(|((_, digest, _), now)| *digest != now.digest)
            .collect();
        let mut reworded = self.note.reworded.clone();
        reworded.extend(other.iter().map(|(_, now)| now.path.clone()));
        if reworded.len() > MOST {
            return None;
        }
        // Before all the rest is read, which takes longer.
        let mut read = Vec::with_capacity(other.len());
        for ((_, _, before), source) in other {
            let now = document::parse_one(source, &settings.labels, settings.release);
            if now.is_broken() || outline(now.meeting()?) != (*before)? {
                return None;
            }
            read.push((source, now));
        }
        let stored: Stored<Archive, Base> = postcard::from_bytes(rest).ok()?;
        let Stored { mut archive, base } = stored;
        let mut report = base.report;
        let mut anew = Vec::with_capacity(read.len());
        for (source, now) in read {
            if base.entangled.contains(&source.path) {
                return None;
            }
            let (path, kept) = (&source.path, &base.kept);
            let (id, said) = kept.again(&mut archive, sources, settings.today, path, now.meeting()?)?;
            anew.push((id, source, now, said));
        }
        for (id, source, now, said) in anew {
            report.forget(&source.path);
            report.merge(said_of(&archive, settings, now.report(), said, id));
        }
        let meetings: Option<_> = reworded.iter().map(|path| base.kept.meeting(path)).collect();
        let meetings = meetings?;
        Some((
            archive,
            report,
            Standing {
                frame: self.note.frame,
                store,
                reworded,
                meetings,
            },
        ))
    }
}

/// When words changed in more files than this, everything is put together.
const MOST: usize = 100;

/// What a build leaves: a new archive, or the old one and what is other in it.
pub enum Leaves {
    Stored(Option<Digest>),
    Standing(Standing),
}

/// Stores an archive for the next build.
pub fn store(
    folder: &Folder,
    inputs: &Inputs,
    sources: &Sources,
    archive: &Archive,
    base: &Base,
) -> Option<Digest> {
    let records = sources.records.iter().map(|record| {
        let outline = base.outlines.get(&record.path).copied();
        (record.path.clone(), record.digest, outline)
    });
    let head = Head {
        around: inputs.around,
        records: records.collect(),
    };
    folder.store(|to| {
        let to = postcard::to_io(&head, to).map_err(std::io::Error::other)?;
        let stored = Stored { archive, base };
        postcard::to_io(&stored, to).map_err(std::io::Error::other)?;
        Ok(())
    })
}

/// The note for the next build.
pub fn note(inputs: &Inputs, frame: Digest, report: &Report, counts: Counts, leaves: Leaves) -> String {
    let (store, reworded) = match leaves {
        Leaves::Stored(store) => (store, BTreeSet::new()),
        Leaves::Standing(standing) => (Some(standing.store), standing.reworded),
    };
    let note = Note {
        inputs: inputs.all,
        frame,
        counts,
        report: report.clone(),
        store,
        reworded,
    };
    serde_json::to_string(&note).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use rayon::prelude::*;

    use super::*;
    use crate::model::{Archive, Section, Text};
    use crate::outlets::{self, Made};
    use crate::paths::OutPath;
    use crate::site::{Job, Site, Words};

    /// Another word at the beginning, and more at the end.
    fn more(text: &mut Text) {
        if text.is_empty() {
            return;
        }
        let mut inside = false;
        let first = text.html.char_indices().find(|(_, c)| {
            inside = matches!(c, '<' | '&') || inside && !matches!(c, '>' | ';');
            !inside && c.is_ascii_lowercase()
        });
        if let Some((at, _)) = first {
            text.html.replace_range(at..=at, "Z");
        }
        text.html.push_str("<p>And so on.</p>");
    }

    fn more_of(section: &mut Section) {
        more(&mut section.text);
        for entry in &mut section.entries {
            entry.text = format!("Z{} And so on.", entry.text);
        }
    }

    /// Other words wherever a meeting's outline knows none.
    fn reworded(archive: &Archive, id: MeetingId) -> Archive {
        let mut archive = archive.clone();
        let meeting = &mut archive.meetings[id];
        more(&mut meeting.preamble);
        meeting.close.iter_mut().for_each(|(_, text)| more(text));
        meeting.public_summary.iter_mut().for_each(more_of);
        for item in meeting.items.clone() {
            archive.items[item].sections.iter_mut().for_each(more_of);
        }
        archive
    }

    fn made(site: &Site, outlets: &[Box<dyn outlets::Outlet>], job: &Job) -> Option<Digest> {
        let mut taker = Taker::default();
        match outlets[job.outlet].make(job, site) {
            // The lines of a long one are known by marks in its view.
            Made::View { view, .. } | Made::Long { view, .. } => view.hash(&mut taker),
            Made::Bytes(bytes) => bytes.hash(&mut taker),
            Made::Stream(write) => {
                let mut bytes = Vec::new();
                write(site, &mut bytes).expect("written to memory");
                bytes.hash(&mut taker);
            }
            _ => return None,
        }
        Some(taker.digest())
    }

    /// Each meeting of the example is given other words: every file that is
    /// said to quote none of them must be as it was.
    #[test]
    fn what_quotes_no_meeting_is_as_it_was() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let (mut sources, report) = crate::source::disk::read(root);
        let options = Options {
            root: root.to_owned(),
            output: root.join("public"),
            base_url: None,
            today: Some(jiff::civil::date(2026, 11, 22)),
            now: jiff::Timestamp::UNIX_EPOCH,
            drafts: true,
            keep_going: false,
            deny_warnings: false,
            home: None,
            program: String::new(),
            verify: false,
        };
        let settings = super::super::settings(&options, sources.config.as_ref());
        let read = super::super::read(settings, &mut sources, report, false);
        let (archive, config) = (&read.archive, &read.config);
        let outlets = outlets::list(Vec::new());
        let before = Site::new(archive, config, Words::default(), read.today);
        let (jobs, _) = outlets::plan(&outlets, &before).finish();
        // The search is made as a whole, and is said to quote everything.
        let all: BTreeSet<MeetingId> = archive.meetings.ids().collect();
        let once: Vec<Option<Digest>> = jobs
            .par_iter()
            .map(|job| {
                let quotes = outlets[job.outlet].quotes(job, &before, &all);
                let one = |id| outlets[job.outlet].quotes(job, &before, &BTreeSet::from([id]));
                let asks = !quotes || !all.iter().all(|id| one(*id));
                asks.then(|| made(&before, &outlets, job)).flatten()
            })
            .collect();
        let wrong: Vec<(&str, &OutPath)> = all
            .par_iter()
            .flat_map_iter(|id| {
                let archive_now = reworded(archive, *id);
                let now = Site::new(&archive_now, config, Words::default(), read.today);
                let only = BTreeSet::from([*id]);
                let differs = |(job, once): &(&Job, &Option<Digest>)| {
                    once.is_some()
                        && !outlets[job.outlet].quotes(job, &now, &only)
                        && made(&now, &outlets, job) != **once
                };
                let wrong: Vec<_> = jobs.iter().zip(&once).filter(differs).collect();
                let source = archive.meetings[*id].source.as_str();
                wrong.into_iter().map(move |(job, _)| (source, &job.path))
            })
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
        let quoted: usize = jobs.iter().zip(&once).filter(|(_, once)| once.is_some()).count();
        assert!(quoted > 500, "{quoted}");
    }
}
