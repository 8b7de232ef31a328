//! A site that is read once and then looked at again whenever somebody saves:
//! what did not change is neither read nor parsed twice, and a meeting in which
//! nothing but words changed is put into its old place, where all else stands.
//!
//! Whatever is wrong, there is something to show. A record that is spoiled
//! stays as it was when it was last right; so do the settings, and the theme.
//! The report says what is wrong now.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::SystemTime;

use jiff::Timestamp;
use jiff::civil::Date;
use rayon::prelude::*;

use super::frozen::{Frozen, show};
use super::{
    Anew, Counts, Options, Settings, around, counts, facts, loses_settings, plan, put_together, said_of,
    settings, tell,
};
use crate::assemble::again::Kept as KeptWhole;
use crate::config::Config;
use crate::document::outline::outline;
use crate::document::{self, Parsed};
use crate::hash::Digest;
use crate::model::MeetingId;
use crate::outlets::{self, Group};
use crate::paths::SourcePath;
use crate::report::{Report, Severity};
use crate::serve::{Content, Touched, Turn};
use crate::site::Site;
use crate::source::Source;
use crate::source::again::{Change, Kept};
use crate::theme::{Print, Theme};

/// A site folder, and all that is known of it.
pub struct Preview {
    options: Options,
    clock: fn() -> Timestamp,
    kept: Kept,
    config: Option<KeptConfig>,
    parsed: BTreeMap<SourcePath, (Digest, Arc<Parsed>)>,
    theme: Option<KeptTheme>,
    whole: Option<Whole>,
    /// The records that were read again, when they alone were.
    saved: Option<Vec<SourcePath>>,
    shown: Option<Arc<Frozen>>,
    report: Report,
    changed: Vec<String>,
    serial: u64,
}

/// The settings that were last right.
struct KeptConfig {
    /// Of `site.toml`, and what else they depend on.
    made_of: (Option<Digest>, Date, Date),
    settings: Settings,
    config: Arc<Config>,
}

struct KeptTheme {
    print: Print,
    /// As it was loaded, and what was said of it.
    untold: Theme,
    report: Report,
    /// With what its templates know of the site.
    told: Option<(Digest, Arc<Theme>)>,
}

/// What is kept of the last time that everything was put together.
struct Whole {
    kept: KeptWhole,
    /// What there is to say of everything as it is now; nothing is settled yet.
    report: Report,
    /// Files of which something is said that is not found by looking at them
    /// alone.
    entangled: BTreeSet<SourcePath>,
}

/// What looking again came to.
pub struct Seen {
    pub anew: Anew,
    pub turn: Turn,
    pub report: Report,
    pub counts: Counts,
    /// Which files are other than they were.
    pub changed: Vec<String>,
}

impl Preview {
    /// Nothing is read yet. `clock` tells the moment of each look.
    pub fn new(options: Options, clock: fn() -> Timestamp) -> Self {
        Self {
            options,
            clock,
            kept: Kept::default(),
            config: None,
            parsed: BTreeMap::new(),
            theme: None,
            whole: None,
            saved: None,
            shown: None,
            report: Report::new(),
            changed: Vec::new(),
            serial: 0,
        }
    }

    /// Looks again at what was touched. `None` when all is as it was.
    pub fn look(&mut self, touched: &Touched) -> Option<Seen> {
        self.options.now = (self.clock)();
        self.changed.clear();
        let change = self.read(touched);
        let first = self.serial == 0;
        let day = self.config.as_ref().map(|config| config.settings.today);
        let file = self.config.as_ref().map(|config| config.made_of.0);
        let config = self.configure();
        let theme = self.dress(touched);
        let now = self.config.as_ref();
        if file != now.map(|config| config.made_of.0) {
            self.changed.push("site.toml".to_owned());
        } else if day != now.map(|config| config.settings.today) {
            self.changed.push("a new day".to_owned());
        }
        if theme {
            self.changed.push("the theme".to_owned());
        }
        if change == Change::Papers && !config && !theme && !first {
            self.changed.push("papers".to_owned());
            return Some(self.told(Anew::Nothing));
        }
        if change == Change::None && !config && !theme && !first {
            return None;
        }
        self.serial += 1;
        let saved = self.saved.take().filter(|_| !config && !theme && !first);
        if saved.is_some_and(|saved| self.reword(&saved).is_some()) {
            return Some(self.told(Anew::Words));
        }
        self.freeze();
        Some(self.told(Anew::Everything))
    }

    /// The site as it was last put together.
    pub fn shown(&self) -> Option<&Arc<Frozen>> {
        self.shown.as_ref()
    }

    fn read(&mut self, touched: &Touched) -> Change {
        let (root, now) = (self.options.root.as_path(), SystemTime::from(self.options.now));
        self.saved = None;
        let Touched::Files(files) = touched else {
            return self.kept.read(root, now);
        };
        let mut change = Change::None;
        let mut saved = Vec::new();
        for file in files.iter().filter(|file| !file.starts_with("themes/")) {
            match self.kept.read_file(root, file, now) {
                Some(one) => change = change.max(one),
                None => return change.max(self.kept.read(root, now)),
            }
            saved.push(SourcePath::new(file));
        }
        self.saved = Some(saved);
        change
    }

    /// Puts those files into their old places, when they are meetings in which
    /// nothing but words changed. `None`, and nothing done, when they are more.
    fn reword(&mut self, saved: &[SourcePath]) -> Option<()> {
        let (Some(whole), Some(shown), Some(KeptConfig { settings, .. })) =
            (&mut self.whole, &self.shown, &self.config)
        else {
            return None;
        };
        let records = &self.kept.sources.records;
        let mut archive = shown.archive.clone();
        let mut reworded: Vec<(MeetingId, &Source, Parsed, Report)> = Vec::new();
        for path in saved {
            // What is no record was not read as one.
            let Ok(at) = records.binary_search_by(|source| source.path.cmp(path)) else {
                continue;
            };
            let (digest, before) = self.parsed.get(path)?;
            if *digest == records[at].digest {
                continue;
            }
            if whole.entangled.contains(path) {
                return None;
            }
            let mut now = document::parse_one(&records[at], &settings.labels, settings.release);
            if now.is_spoiled() {
                now = now.instead(before);
            }
            if outline(before.meeting()?) != outline(now.meeting()?) {
                return None;
            }
            let sources = &self.kept.sources;
            let (id, said) = whole
                .kept
                .again(&mut archive, sources, settings.today, path, now.meeting()?)?;
            reworded.push((id, &records[at], now, said));
        }
        let next = shown.with(archive, self.serial);
        let (before, now) = (shown.site(), next.site());
        let weighs_as_before = |id: MeetingId| {
            let mut outlets = shown.outlets.iter();
            outlets.all(|outlet| outlet.weight(&before, id) == outlet.weight(&now, id))
        };
        if !reworded.iter().all(|(id, ..)| weighs_as_before(*id)) {
            return None;
        }
        for (id, source, parsed, said) in reworded {
            whole.report.forget(&source.path);
            whole
                .report
                .merge(said_of(&next.archive, settings, parsed.report(), said, id));
            self.changed.push(source.path.as_str().to_owned());
            self.parsed
                .insert(source.path.clone(), (source.digest, Arc::new(parsed)));
        }
        let mut report = whole.report.clone();
        report.settle();
        report.sort();
        self.report = report;
        self.shown = Some(Arc::new(next));
        Some(())
    }

    /// Reads the settings, if something they depend on is other than it was.
    fn configure(&mut self) -> bool {
        let file = self.kept.sources.config.as_ref();
        let mut next = settings(&self.options, file);
        let made_of = (file.map(|f| f.digest), next.today, next.release);
        let Some(kept) = &mut self.config else {
            let config = Arc::new(next.config.clone());
            let settings = next;
            self.config = Some(KeptConfig {
                made_of,
                settings,
                config,
            });
            return true;
        };
        if kept.made_of == made_of {
            return false;
        }
        let before = (kept.settings.config.labels.clone(), kept.settings.release);
        if next.report.diagnostics().iter().any(loses_settings) {
            // The settings stay; what is wrong with the new ones is told.
            kept.settings.report = std::mem::take(&mut next.report);
            (kept.settings.today, kept.settings.release) = (next.today, next.release);
        } else {
            kept.config = Arc::new(next.config.clone());
            kept.settings = next;
        }
        let (labels, release) = (&kept.settings.config.labels, kept.settings.release);
        if (&before.0, before.1) != (labels, release) {
            // Every file is parsed anew; what was right is kept for those that are not now.
            let stale = Digest::of(b"parsed under other settings");
            self.parsed.values_mut().for_each(|parsed| parsed.0 = stale);
        }
        kept.made_of = made_of;
        true
    }

    /// Loads the theme, if a file of it, its name or the language is other
    /// than it was.
    fn dress(&mut self, touched: &Touched) -> bool {
        let Some(config) = &self.config else { return false };
        let config = &config.settings.config;
        let told = match touched {
            Touched::Everything => true,
            Touched::Files(files) => files.iter().any(|file| file.starts_with("themes")),
        };
        let alike = self
            .theme
            .as_ref()
            .is_some_and(|theme| theme.print.is_of(config) && !told);
        if alike {
            return false;
        }
        let print = Print::of(&self.options.root, config);
        let certain = matches!(touched, Touched::Files(_));
        if !certain && self.theme.as_ref().is_some_and(|theme| theme.print == print) {
            return false;
        }
        let (loaded, report) = Theme::load(&self.options.root, config);
        match (loaded, &mut self.theme) {
            (Some(untold), kept) => {
                *kept = Some(KeptTheme {
                    print,
                    untold,
                    report,
                    told: None,
                });
            }
            (None, Some(kept)) => {
                kept.print = print;
                kept.report = report;
            }
            (None, None) => self.report = report,
        }
        true
    }

    /// Parses what is new, puts everything together and plans it.
    fn freeze(&mut self) {
        let Some(KeptConfig { settings, config, .. }) = &self.config else {
            return;
        };
        self.whole = None;
        let mut report = self.kept.report.clone();
        report.merge(settings.report.clone());
        let entangled = report.diagnostics().iter().map(|d| d.path.clone());
        let mut entangled: BTreeSet<SourcePath> = entangled.collect();
        let parsed = parse(&mut self.parsed, &self.kept, settings, &mut self.changed);
        let (documents, said) = document::together(parsed, &self.kept.sources.records);
        report.merge(said);
        let (archive, kept) =
            put_together(documents, &self.kept.sources, config, settings.today, &mut report);
        let Some(theme) = &mut self.theme else {
            report.merge(std::mem::take(&mut self.report));
            report.settle();
            report.sort();
            self.report = report;
            return;
        };
        report.merge(theme.report.clone());
        let words = theme.untold.words();
        let mut site = Site::new(&archive, config, words.clone(), settings.today);
        let outlets = outlets::list(theme.untold.asset_names());
        let mut said = Report::new();
        let (jobs, paths) = plan(&mut site, &outlets, &mut said);
        entangled.extend(said.diagnostics().iter().map(|d| d.path.clone()));
        report.merge(said);
        let facts = facts(&site, &theme.untold, &outlets);
        let around = around(&self.options, &theme.untold, &facts);
        let told = match &theme.told {
            Some((before, told)) if *before == around => Arc::clone(told),
            _ => {
                let mut told = theme.untold.clone();
                tell(&mut told, &facts, config, &mut report);
                let told = Arc::new(told);
                theme.told = Some((around, Arc::clone(&told)));
                told
            }
        };
        let (zone, offers) = (site.zone.clone(), Arc::clone(&site.offers));
        let rows = Arc::clone(&site.rows);
        let groups: Vec<Group> = outlets.iter().filter_map(|outlet| outlet.group()).collect();
        let planned = |group: &Group| paths.job(&jobs, group.root).is_some();
        let groups = groups.into_iter().filter(planned).collect();
        self.whole = Some(Whole {
            kept,
            report: report.clone(),
            entangled,
        });
        report.settle();
        report.sort();
        self.report = report;
        self.shown = Some(Arc::new(Frozen {
            serial: self.serial,
            root: self.options.root.clone(),
            config: Arc::clone(config),
            theme: told,
            around,
            words,
            today: settings.today,
            zone,
            offers,
            rows,
            outlets: outlets.into(),
            groups,
            jobs: jobs.into(),
            paths: Arc::new(paths),
            archive,
        }));
    }

    fn told(&self, anew: Anew) -> Seen {
        let content = self.shown.clone().map(|shown| shown as Arc<dyn Content>);
        let grave = |severity: Severity| {
            severity == Severity::Error || (self.options.deny_warnings && severity == Severity::Warning)
        };
        let diagnostics = self.report.diagnostics().iter();
        let problems = diagnostics.filter(|d| grave(d.severity));
        Seen {
            anew,
            turn: Turn {
                content,
                problems: problems.map(|d| show(&self.options.root, d)).collect(),
            },
            report: self.report.clone(),
            counts: self
                .shown
                .as_ref()
                .map_or_else(Counts::default, |s| counts(&s.archive)),
            changed: self.changed.clone(),
        }
    }
}

/// What every file came to; only those are parsed that are new.
fn parse(
    kept: &mut BTreeMap<SourcePath, (Digest, Arc<Parsed>)>,
    sources: &Kept,
    settings: &Settings,
    changed: &mut Vec<String>,
) -> Vec<Parsed> {
    let records = &sources.sources.records;
    let parsed: Vec<Arc<Parsed>> = records
        .par_iter()
        .map(|source| match kept.get(&source.path) {
            Some((digest, parsed)) if *digest == source.digest => Arc::clone(parsed),
            before => {
                let parsed = document::parse_one(source, &settings.labels, settings.release);
                match before {
                    Some((_, before)) if parsed.is_spoiled() => Arc::new(parsed.instead(before)),
                    _ => Arc::new(parsed),
                }
            }
        })
        .collect();
    let anew = |(source, parsed): &(&Source, &Arc<Parsed>)| {
        kept.get(&source.path)
            .is_none_or(|before| !Arc::ptr_eq(&before.1, parsed))
    };
    let anew = records
        .iter()
        .zip(&parsed)
        .filter(anew)
        .map(|(source, _)| &source.path);
    changed.extend(anew.map(|path| path.as_str().to_owned()));
    let is_there = |path: &SourcePath| records.binary_search_by(|source| source.path.cmp(path)).is_ok();
    let gone = kept.keys().filter(|path| !is_there(path));
    changed.extend(gone.map(|path| path.as_str().to_owned()));
    *kept = records
        .iter()
        .zip(&parsed)
        .map(|(source, parsed)| (source.path.clone(), (source.digest, Arc::clone(parsed))))
        .collect();
    parsed.par_iter().map(|parsed| Parsed::clone(parsed)).collect()
}
