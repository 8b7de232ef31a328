//! The order of the stages, and nothing else.
//!
//! [`check`] reads, parses and assembles; [`build`] goes on to plan, make,
//! render and write; [`preview`] keeps what it read, for a server. None prints,
//! reads the clock or the environment.

mod fill;
mod frozen;
mod last;
mod preview;

use std::collections::BTreeMap;
use std::hash::Hash;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::assemble::again::Kept;
use crate::assemble::assemble_to_keep;
use crate::check::{check as sense, check_one};
use crate::config::{self, BaseUrl, Config};
use crate::document::outline::outline;
use crate::document::{self, Labels};
use crate::hash::{Digest, Sha256, Taker};
use crate::model::{Archive, MeetingId};
use crate::outlets::{self, Made, Outlet};
use crate::output::{Folder, OutputError, Receipt, Written};
use crate::paths::{OutPath, SourcePath};
use crate::report::{Diagnostic, Report, Severity, rules};
use crate::site::{Job, Paths, Site};
use crate::source::{self, ConfigFile, Sources};
use crate::theme::{Fault, PageLink, SiteFacts, Theme};

pub use frozen::Frozen;
pub use preview::{Preview, Seen};

use fill::Filled;
use last::{Base, Inputs, Last, Leaves, Standing};

/// What a build is asked for.
#[derive(Clone)]
pub struct Options {
    /// The site folder.
    pub root: PathBuf,
    /// The folder to publish to.
    pub output: PathBuf,
    /// Instead of the one in `site.toml`.
    pub base_url: Option<String>,
    /// The day it is built for, when that is not today.
    pub today: Option<Date>,
    /// The moment of the build.
    pub now: Timestamp,
    /// Show what waits for its day; for a preview only.
    pub drafts: bool,
    /// Publish what can be published in spite of errors.
    pub keep_going: bool,
    /// Warnings count as errors.
    pub deny_warnings: bool,
    /// The user's home folder, which is never published to.
    pub home: Option<PathBuf>,
    /// Tells this program from another of its version: what another one made
    /// is made again.
    pub program: String,
    /// Make every page, and know what is published by reading it.
    pub verify: bool,
}

/// How many records were read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub meetings: usize,
    pub items: usize,
    pub issues: usize,
    pub people: usize,
    pub bodies: usize,
    pub decisions: usize,
}

/// How much was put together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Anew {
    Everything,
    /// The meetings in which nothing but words changed.
    Words,
    /// Nothing, or nothing but papers.
    Nothing,
}

/// What a build or check came to.
pub struct Outcome {
    pub anew: Anew,
    pub report: Report,
    pub counts: Counts,
    /// None when nothing was written.
    pub written: Option<Written>,
    pub failure: Option<OutputError>,
}

/// Is told how far a build is.
pub trait Progress: Sync {
    /// A stage of so many steps begins.
    fn begin(&self, what: &'static str, steps: usize);
    /// One step of it is done.
    fn step(&self);
}

/// Above these a build says which switch makes the site smaller: some hosts
/// refuse more.
const MANY_FILES: usize = 20_000;
const MANY_BYTES: u64 = 1_000_000_000;

struct Read {
    config: Config,
    archive: Archive,
    report: Report,
    today: Date,
    /// Records of which an older page may stay.
    spoiled: Vec<String>,
    origin: Origin,
}

/// Where an archive comes from.
enum Origin {
    /// It was put together; with what the next build needs of that, if this
    /// is one.
    Anew(Option<Box<Base>>),
    /// It was stored, and new words were put into it.
    Standing(Standing),
}

/// What `site.toml`, the command and the clock say.
struct Settings {
    config: Config,
    labels: Labels,
    /// The day it is read for.
    today: Date,
    /// Up to which things are published.
    release: Date,
    /// A record with an error in its file keeps its old pages.
    keep_going: bool,
    report: Report,
}

fn settings(options: &Options, file: Option<&ConfigFile>) -> Settings {
    let site_toml = SourcePath::new("site.toml");
    let (mut config, mut report) = match file {
        Some(file) => config::read(&file.path, &file.text),
        None => (Config::default(), Report::new()),
    };
    if let Some(base) = &options.base_url {
        match BaseUrl::parse(base) {
            Ok(base) => config.base = Some(base),
            Err(words) => report.push(Diagnostic::new(
                &rules::BAD_CONFIG,
                &site_toml,
                None,
                format!("--base-url: {words}"),
            )),
        }
    }
    if config.base.is_none() {
        report.push(
            Diagnostic::new(
                &rules::NO_BASE_URL,
                &site_toml,
                None,
                "the site has no base_url: the site map and canonical addresses are left out",
            )
            .help("write `base_url = \"https://minutes.example.org/\"` in site.toml"),
        );
    }
    let (labels, unknown) = Labels::with(&config.labels);
    for (meaning, near) in unknown {
        let words = format!("[labels]: `{meaning}` is no section, field or list of names");
        report.push(
            Diagnostic::new(&rules::BAD_CONFIG, &site_toml, None, words)
                .maybe_help(near.map(|n| format!("did you mean `{n}`?"))),
        );
    }
    let zone = jiff::tz::TimeZone::get(&config.time_zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let clock = options.now.to_zoned(zone).date();
    let today = options.today.unwrap_or(clock);
    let release = match options.drafts {
        true => Date::MAX,
        // A later --today shows tomorrow's lists, but releases nothing early.
        false => today.min(clock),
    };
    Settings {
        config,
        labels,
        today,
        release,
        keep_going: options.keep_going,
        report,
    }
}

/// `keep`: what the next build needs is kept.
fn read(settings: Settings, sources: &mut Sources, mut report: Report, keep: bool) -> Read {
    let Settings {
        config,
        labels,
        today,
        release,
        keep_going,
        report: said,
    } = settings;
    report.merge(said);
    let entangled = report.diagnostics().iter().map(|d| d.path.clone());
    let entangled = keep.then(|| entangled.collect());
    let (mut documents, said) = document::parse_away(&mut sources.records, &labels, release);
    if keep_going {
        documents.set_aside(&said);
    }
    let withheld: Vec<SourcePath> = said
        .diagnostics()
        .iter()
        .filter(|d| d.withheld)
        .map(|d| d.path.clone())
        .collect();
    let spoiled = documents
        .spoiled
        .iter()
        .filter(|(path, _)| !withheld.contains(path))
        .map(|(_, place)| place)
        .chain(&sources.unread)
        .map(|place| {
            let folder = match place.kind {
                source::Kind::Meeting => "meetings/",
                source::Kind::Body => "bodies/",
                source::Kind::Person => "people/",
                source::Kind::Issue => "issues/",
                source::Kind::Decision => "decisions/",
                source::Kind::Page | source::Kind::Home => "",
            };
            format!("{folder}{}/", place.id)
        });
    let spoiled = spoiled.collect();
    report.merge(said);
    let outlines = keep.then(|| outlines(&documents));
    let (archive, kept) = put_together(documents, sources, &config, today, &mut report);
    let base = entangled.zip(outlines).map(|(entangled, outlines)| Base {
        kept,
        report: report.clone(),
        entangled,
        outlines,
    });
    Read {
        config,
        archive,
        report,
        today,
        spoiled,
        origin: Origin::Anew(base.map(Box::new)),
    }
}

/// The outlines of the files of meetings.
fn outlines(documents: &document::Documents) -> BTreeMap<SourcePath, Digest> {
    let of = |document: &document::Document| match &document.record {
        document::Record::Meeting(meeting) => Some((document.path.clone(), outline(meeting))),
        _ => None,
    };
    documents.documents.par_iter().filter_map(of).collect()
}

/// What there is to say of the file of a meeting that was put into its old
/// place: what was found by reading it, by resolving it, and by the checks.
fn said_of(archive: &Archive, settings: &Settings, read: &Report, resolved: Report, id: MeetingId) -> Report {
    let mut report = read.clone();
    report.merge(resolved);
    report.gather_blanks();
    report.merge(check_one(archive, &settings.config, settings.today, id));
    let file = &archive.meetings[id].source;
    report.merge(ahead(archive, |path| path == file));
    report
}

/// The archive of these documents, and what does not make sense in it.
fn put_together(
    documents: document::Documents,
    sources: &Sources,
    config: &Config,
    today: Date,
    report: &mut Report,
) -> (Archive, Kept) {
    let (archive, kept, said) = assemble_to_keep(documents, sources, config, today);
    report.merge(said);
    report.gather_blanks();
    report.merge(sense(&archive, config, today));
    report.merge(ahead(&archive, |_| true));
    (archive, kept)
}

/// What is to be published next, if the file that says so is asked about.
fn ahead(archive: &Archive, asked: impl Fn(&SourcePath) -> bool) -> Report {
    let mut report = Report::new();
    if let Some(next) = archive.next_release.as_ref().filter(|next| asked(&next.source)) {
        let words = format!("something here waits to be published on {}", next.day);
        report.push(
            Diagnostic::new(&rules::RELEASE_AHEAD, &next.source, None, words).help("build again on that day"),
        );
    }
    report
}

/// Plans everything; the site knows then what its pages offer.
fn plan(site: &mut Site, outlets: &[Box<dyn Outlet>], report: &mut Report) -> (Vec<Job>, Paths) {
    let mut plan = outlets::plan(outlets, site);
    site.offers = Arc::new(plan.take_offers());
    let (jobs, paths) = plan.take_jobs();
    report.merge(plan.finish().1);
    (jobs, paths)
}

fn counts(archive: &Archive) -> Counts {
    Counts {
        meetings: archive.meetings.len(),
        items: archive.items.len(),
        issues: archive.issues.len(),
        people: archive.people.len(),
        bodies: archive.bodies.len(),
        decisions: archive.decisions.len(),
    }
}

fn fails(options: &Options, report: &Report) -> bool {
    report.errors() > 0 || (options.deny_warnings && report.warnings() > 0)
}

/// What a command sees that goes on from what is there.
pub struct Look {
    pub archive: Archive,
    pub config: Config,
    /// The day it is read for.
    pub today: Date,
    pub report: Report,
}

/// Reads everything, for a command that goes on from what is there.
pub fn look(options: &Options) -> Look {
    let (mut sources, report) = source::disk::read(&options.root);
    let Read {
        archive,
        config,
        today,
        report,
        ..
    } = read(
        settings(options, sources.config.as_ref()),
        &mut sources,
        report,
        false,
    );
    Look {
        archive,
        config,
        today,
        report,
    }
}

/// Reads everything and writes nothing.
pub fn check(options: &Options, progress: &dyn Progress) -> Outcome {
    progress.begin("reading", 0);
    let (mut sources, report) = source::disk::read(&options.root);
    let settings = settings(options, sources.config.as_ref());
    let mut read = read(settings, &mut sources, report, false);
    let (theme, said) = Theme::load(&options.root, &read.config);
    read.report.merge(said);
    if let Some(theme) = theme {
        let site = Site::new(&read.archive, &read.config, theme.words(), read.today);
        let outlets = outlets::list(theme.asset_names());
        let (_, said) = outlets::plan(&outlets, &site).finish();
        read.report.merge(said);
    }
    read.report.settle();
    read.report.sort();
    Outcome {
        anew: Anew::Everything,
        counts: counts(&read.archive),
        report: read.report,
        written: None,
        failure: None,
    }
}

/// Reads everything and publishes it.
pub fn build(options: &Options, progress: &dyn Progress) -> Outcome {
    progress.begin("reading", 0);
    let (mut sources, report) = source::disk::read(&options.root);
    let settings = settings(options, sources.config.as_ref());
    let inputs = Inputs::of(options, &settings, &sources, &report);
    let last = Last::of(options);
    if let Some(outcome) = last.as_ref().and_then(|last| last.outcome(options, &inputs)) {
        return outcome;
    }
    let reworded = last
        .as_ref()
        .and_then(|last| last.reword(&settings, &sources, &inputs));
    let Read {
        config,
        archive,
        mut report,
        today,
        spoiled,
        origin,
    } = match reworded {
        Some((archive, report, standing)) => Read {
            config: settings.config,
            archive,
            report,
            today: settings.today,
            spoiled: Vec::new(),
            origin: Origin::Standing(standing),
        },
        None => read(settings, &mut sources, report, true),
    };
    let anew = match origin {
        Origin::Standing(_) => Anew::Words,
        Origin::Anew(_) => Anew::Everything,
    };
    let counts = counts(&archive);
    let stop = |mut report: Report, failure| {
        report.sort();
        Outcome {
            anew,
            report,
            counts,
            written: None,
            failure,
        }
    };
    let (theme, said) = Theme::load(&options.root, &config);
    report.merge(said);
    let Some(mut theme) = theme else {
        return stop(report, None);
    };
    let mut site = Site::new(&archive, &config, theme.words(), today);
    let outlets = outlets::list(theme.asset_names());
    let (jobs, _) = plan(&mut site, &outlets, &mut report);
    let facts = facts(&site, &theme, &outlets);
    let around = around(options, &theme, &facts);
    tell(&mut theme, &facts, &config, &mut report);
    report.settle();
    // Without its settings every page of the site would be another.
    let lost = report.diagnostics().iter().any(loses_settings);
    if (fails(options, &report) && !options.keep_going) || lost {
        return stop(report, None);
    }

    let opened = match last {
        Some(last) => Ok(last.into_folder()),
        None => Folder::open(&options.root, &options.output, options.home.as_deref()),
    };
    let folder = match opened {
        Ok(folder) => folder.verify(options.verify),
        Err(failure) => return stop(report, Some(failure)),
    };
    let leaves = match origin {
        Origin::Standing(standing) => Leaves::Standing(standing),
        // Of an older page that stays nothing is known.
        Origin::Anew(base) => Leaves::Stored(
            base.filter(|_| spoiled.is_empty())
                .and_then(|base| last::store(&folder, &inputs, &sources, &archive, &base)),
        ),
    };
    let frame = frame(around, &jobs, &site);
    let standing = match &leaves {
        Leaves::Standing(standing) if standing.frame == frame => Some(standing),
        _ => None,
    };
    progress.begin("writing", jobs.len());
    let made: Vec<Result<Done, Failed>> = jobs
        .par_iter()
        .map(|job| {
            let receipts = make(
                job,
                &outlets,
                &site,
                (&theme, around),
                (&folder, standing),
                (options, &sources),
            );
            progress.step();
            receipts
        })
        .collect();
    let mut receipts = Vec::with_capacity(made.len());
    // A fault of a template spoils many pages, and is told once.
    let mut faults: BTreeMap<Fault, (&Job, usize)> = BTreeMap::new();
    let mut waiting = Vec::new();
    for (made, job) in made.into_iter().zip(&jobs) {
        match made {
            Ok(Done::Put(made)) => receipts.extend(made),
            Ok(Done::Waits(make)) => waiting.push((job, make)),
            Err(Failed::Output(failure)) => return stop(report, Some(failure)),
            Err(Failed::Theme(fault)) => {
                let pages = faults.entry(fault).or_insert((job, 0));
                pages.1 += 1;
            }
        }
    }
    for (fault, (job, pages)) in &faults {
        let what = match pages {
            1 => format!("`/{}` cannot be shown", job.url.as_str()),
            n => format!("`/{}` and {} more cannot be shown", job.url.as_str(), n - 1),
        };
        report.push(fault.diagnostic(&config.theme, &what));
    }
    if fails(options, &report) && !options.keep_going {
        return stop(report, None);
    }
    let kept = folder.keep_below(&spoiled, &receipts);
    receipts.extend(kept);
    let sums = Folder::sums(&receipts);
    let closing: Result<Vec<Receipt>, OutputError> = waiting
        .into_iter()
        .map(|(job, make)| folder.put(&job.path, &make(&sums)))
        .collect();
    match closing {
        Ok(closing) => receipts.extend(closing),
        Err(failure) => return stop(report, Some(failure)),
    }
    // All is made: what the manifest takes finds room.
    drop(site);
    drop(archive);
    let committed = folder.commit_noting(receipts, |written| {
        warn_of_size(written, &config, &mut report);
        report.settle();
        report.sort();
        last::note(&inputs, frame, &report, counts, leaves)
    });
    match committed {
        Ok(written) => Outcome {
            anew,
            report,
            counts,
            written: Some(written),
            failure: None,
        },
        Err(failure) => stop(report, Some(failure)),
    }
}

/// Whether a setting could not be read.
fn loses_settings(said: &Diagnostic) -> bool {
    let rules = [
        &rules::BAD_CONFIG,
        &rules::NOT_UTF8,
        &rules::UNREADABLE_FILE,
        &rules::TOO_LARGE,
        &rules::NOT_A_FILE,
    ];
    let about = said.path.as_str() == "site.toml" && rules.iter().any(|rule| rule.name == said.rule.name);
    about && said.severity == Severity::Error
}

/// Files, or what makes one once all others are there.
enum Done {
    Put(Vec<Receipt>),
    Waits(fn(&[(&OutPath, Sha256)]) -> Vec<u8>),
}

enum Failed {
    Output(OutputError),
    Theme(Fault),
}

fn make(
    job: &Job,
    outlets: &[Box<dyn Outlet>],
    site: &Site,
    (theme, around): (&Theme, Digest),
    (folder, standing): (&Folder, Option<&Standing>),
    (options, sources): (&Options, &Sources),
) -> Result<Done, Failed> {
    if let Some(standing) = standing
        && !outlets[job.outlet].quotes(job, site, &standing.meetings)
        && let Some(receipt) = folder.stands(&job.path)
    {
        return Ok(Done::Put(vec![receipt]));
    }
    let put = |path: &OutPath, bytes: &[u8]| folder.put(path, bytes).map_err(Failed::Output);
    let made = outlets[job.outlet].make(job, site);
    let key = match &made {
        Made::Copy(source) => paper_key(source, sources),
        made => fill::key(around, made),
    };
    if let Some(receipt) = key.and_then(|key| folder.known(&job.path, key)) {
        return Ok(Done::Put(vec![receipt]));
    }
    let receipt = match fill::fill(made, theme, site).map_err(Failed::Theme)? {
        Filled::Held(bytes) => put(&job.path, &bytes)?,
        Filled::Flows(write) => {
            let mut file = folder.begin(&job.path).map_err(Failed::Output)?;
            write(&mut file).map_err(|failed| match failed {
                fill::Failed::Theme(fault) => Failed::Theme(fault),
                fill::Failed::Write(error) => Failed::Output(OutputError::cut(&job.path, error)),
            })?;
            folder.finish(file).map_err(Failed::Output)?
        }
        Filled::Copy(source) => {
            let copied = folder.copy(&job.path, &options.root.join(source.as_str()));
            copied.map_err(Failed::Output)?
        }
        Filled::Many(files) => {
            let files = files.iter().map(|(path, bytes)| put(path, bytes));
            return files.collect::<Result<_, _>>().map(Done::Put);
        }
        Filled::Last(make) => return Ok(Done::Waits(make)),
    };
    Ok(Done::Put(vec![key.into_iter().fold(receipt, Receipt::made_from)]))
}

/// What a published paper is made from. Of one without a time nobody knows
/// whether it is another.
fn paper_key(source: &SourcePath, sources: &Sources) -> Option<Digest> {
    let stamp = sources.papers.get(source)?.stamp?;
    let mut taker = Taker::default();
    (source.as_str(), stamp).hash(&mut taker);
    Some(taker.digest())
}

/// All that a page has of others but through its view: while this stays the
/// same, so does a page that quotes nothing new.
fn frame(around: Digest, jobs: &[Job], site: &Site) -> Digest {
    let mut taker = Taker::default();
    (around, jobs).hash(&mut taker);
    site.offers.take(jobs.iter().map(|job| &job.url), &mut taker);
    taker.digest()
}

/// What stands around every view: a page is rendered again when it changes.
fn around(options: &Options, theme: &Theme, facts: &SiteFacts) -> Digest {
    let mut taker = Taker::default();
    (&options.program, theme.digest(), facts).hash(&mut taker);
    taker.digest()
}

/// Tells the templates about the site.
fn tell(theme: &mut Theme, facts: &SiteFacts, config: &Config, report: &mut Report) {
    if let Err(fault) = theme.tell(facts) {
        report.push(fault.diagnostic(&config.theme, "no page can be shown"));
    }
}

fn facts(site: &Site, theme: &Theme, outlets: &[Box<dyn Outlet>]) -> SiteFacts {
    let config = site.config;
    let features = outlets.iter().filter_map(|o| o.feature(site)).collect();
    let css = site.routes.href(&site.routes.asset("css/site.css"));
    let page = |(id, page): (_, &crate::model::Page)| PageLink {
        href: site.routes.href(&site.routes.page(id)),
        name: page.title.clone().unwrap_or_else(|| page.id.clone()),
    };
    let stamped = |name: String| {
        let address = site.routes.href(&site.routes.asset(&name));
        let stamp = theme.stamp(&name);
        (name, format!("{address}?{stamp}"))
    };
    let pages: Vec<PageLink> = site.archive.pages.iter().map(page).collect();
    let lists = site.offers.lists().to_vec();
    let here = lists.iter().map(|list| &list.href);
    SiteFacts {
        here: here.chain(pages.iter().map(|page| &page.href)).cloned().collect(),
        title: config.title.clone(),
        authority: config.authority.clone(),
        language: config.language.clone(),
        base: config.base_path().to_owned(),
        contact: config.contact.clone(),
        licence: config.licence.clone(),
        generator: concat!("minutebook ", env!("CARGO_PKG_VERSION")).to_owned(),
        pages,
        css: format!("{css}?{}", theme.stamp("css/site.css")),
        assets: theme.asset_names().into_iter().map(stamped).collect(),
        features,
        brand: theme.brand(|name| site.routes.href(&site.routes.asset(name))),
        lists,
    }
}

fn warn_of_size(written: &Written, config: &Config, report: &mut Report) {
    if written.files <= MANY_FILES && written.bytes <= MANY_BYTES {
        return;
    }
    let words = format!(
        "the site has {} files and {} MB; some static hosts refuse more than 20,000 files or 1 GB",
        written.files,
        written.bytes / 1_000_000
    );
    let help = if config.item_pages {
        "`item_pages = false` under [output] in site.toml makes items anchors on their meeting's page"
    } else {
        "divide the archive, or choose a host that takes it"
    };
    report.push(Diagnostic::new(&rules::LARGE_SITE, &SourcePath::new("site.toml"), None, words).help(help));
}
