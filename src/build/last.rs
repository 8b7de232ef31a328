//! What is left for the next build: from what this one was made, and what it
//! had to say. When nothing has changed since, that is said again, and nothing
//! is read a second time.

use std::hash::Hash;

use serde::{Deserialize, Serialize};

use super::{Counts, Options, Outcome, Settings, fails};
use crate::hash::{Digest, Taker};
use crate::output::Folder;
use crate::paths::{SourcePath, Span};
use crate::report::{Diagnostic, Report, Severity, rules};
use crate::source::Sources;
use crate::theme;

/// The digest of all that a build is made from: the records and `site.toml` by
/// their content, papers by how the disk knows them, the theme, the command, the
/// day, and the program.
pub fn inputs(options: &Options, settings: &Settings, sources: &Sources, report: &Report) -> Digest {
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
    for record in &sources.records {
        (record.path.as_str(), record.digest).hash(&mut taker);
    }
    for paper in sources.papers.values() {
        (paper.path.as_str(), paper.stamp).hash(&mut taker);
    }
    // What could not be read, and why.
    for said in report.diagnostics() {
        (said.path.as_str(), said.rule.name, &said.message).hash(&mut taker);
    }
    taker.digest()
}

#[derive(Serialize, Deserialize)]
struct Note {
    inputs: String,
    counts: [usize; 6],
    said: Vec<Line>,
}

#[derive(Serialize, Deserialize)]
struct Line {
    rule: String,
    severity: u8,
    path: String,
    span: Option<(u32, u32)>,
    message: String,
    help: Option<String>,
    withheld: bool,
}

const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];

/// The note for the next build.
pub fn note(inputs: Digest, report: &Report, counts: &Counts) -> String {
    let line = |said: &Diagnostic| Line {
        rule: said.rule.name.to_owned(),
        severity: SEVERITIES.iter().position(|s| *s == said.severity).unwrap_or(0) as u8,
        path: said.path.as_str().to_owned(),
        span: said.span.map(|span| (span.start, span.end)),
        message: said.message.clone(),
        help: said.help.clone(),
        withheld: said.withheld,
    };
    let note = Note {
        inputs: inputs.to_string(),
        counts: [
            counts.meetings,
            counts.items,
            counts.issues,
            counts.people,
            counts.bodies,
            counts.decisions,
        ],
        said: report.diagnostics().iter().map(line).collect(),
    };
    serde_json::to_string(&note).unwrap_or_default()
}

/// What the last build came to, if it was made from the same and all it
/// published stands as it left it.
pub fn outcome(options: &Options, inputs: Digest) -> Option<Outcome> {
    if options.verify {
        return None;
    }
    let (note, written) = Folder::standing(&options.root, &options.output, options.home.as_deref())?;
    let note: Note = serde_json::from_str(&note).ok()?;
    if Digest::parse(&note.inputs)? != inputs {
        return None;
    }
    let mut report = Report::new();
    for line in note.said {
        let mut said = Diagnostic::new(
            rules::named(&line.rule)?,
            &SourcePath::new(line.path),
            line.span.map(|(start, end)| Span { start, end }),
            line.message,
        )
        .maybe_help(line.help)
        .withheld(line.withheld);
        said.severity = *SEVERITIES.get(usize::from(line.severity))?;
        report.push(said);
    }
    if fails(options, &report) && !options.keep_going {
        return None;
    }
    let [meetings, items, issues, people, bodies, decisions] = note.counts;
    Some(Outcome {
        report,
        counts: Counts {
            meetings,
            items,
            issues,
            people,
            bodies,
            decisions,
        },
        written: Some(written),
        failure: None,
    })
}
