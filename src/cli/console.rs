//! The only printer: diagnostics, the progress of a long build, the summary.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use minutebook::build::{Counts, Outcome, Progress};
use minutebook::output::OutputError;
use minutebook::paths::SourcePath;
use minutebook::report::{Diagnostic, Lines, Report, Severity, github, human, json};

use super::args::{Common, Format};

/// Says one line of what was done.
pub fn say(line: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

/// Writes what another program reads.
pub fn out(write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    heard(write(&mut out).and_then(|()| out.flush()))
}

/// A reader who has seen enough closes the pipe; that is no failure.
fn heard(done: std::io::Result<()>) -> std::io::Result<()> {
    match done {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}

/// The end of a command that has nothing to do but to print.
pub fn printed(write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> ExitCode {
    match out(write) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => untold(&error),
    }
}

/// Not all could be told, as on a full disk: whoever reads what was must not
/// take it for all.
pub fn untold(error: &std::io::Error) -> ExitCode {
    refuse(&format!("what there is to say cannot be written: {error}"), None)
}

/// Asks on the terminal; the answer is typed behind it.
pub fn ask(words: &str) {
    let mut err = std::io::stderr().lock();
    let _ = write!(err, "{words}");
    let _ = err.flush();
}

/// Says why nothing was done, and what would help.
pub fn refuse(words: &str, help: Option<&str>) -> ExitCode {
    let mut err = std::io::stderr().lock();
    let _ = writeln!(err, "error: {words}");
    if let Some(help) = help {
        let _ = writeln!(err, " = help: {help}");
    }
    ExitCode::from(super::FAILED)
}

/// Where and how things are said.
pub struct Console {
    format: Format,
    quiet: bool,
    verbose: bool,
    color: bool,
    root: std::path::PathBuf,
    started: Instant,
    bar: Bar,
}

impl Console {
    pub fn new(common: &Common) -> Self {
        let terminal = std::io::stderr().is_terminal();
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|v| v == "dumb");
        Self {
            format: common.format,
            quiet: common.quiet,
            verbose: common.verbose,
            color: terminal && !no_color && !dumb,
            root: common.root.clone(),
            started: Instant::now(),
            bar: Bar::new(
                terminal
                    && !common.quiet
                    && common.format == Format::Human
                    && std::env::var_os("CI").is_none(),
            ),
        }
    }

    pub fn progress(&self) -> &dyn Progress {
        &self.bar
    }

    /// Tells every problem, then what was done. An error: not all of it could
    /// be told.
    pub fn tell(&self, outcome: &Outcome, checked: bool) -> std::io::Result<()> {
        self.bar.clear();
        self.diagnostics(outcome.report.diagnostics())?;
        if let Some(failure) = &outcome.failure {
            self.told(&match self.format {
                Format::Human => format!("error: {failure}\n"),
                Format::Json => format!(
                    "{}\n",
                    serde_json::json!({ "severity": "error", "rule": "output", "message": failure.to_string() })
                ),
                Format::Github => format!("::error title=output::{failure}\n"),
            })?;
        }
        if !self.quiet {
            let line = self.summary(outcome, checked);
            let _ = writeln!(std::io::stderr().lock(), "{line}");
        }
        // Something that was to be public no more may still be: that is told either way.
        if outcome
            .written
            .as_ref()
            .is_some_and(|written| written.unknown_past)
        {
            let _ = writeln!(
                std::io::stderr().lock(),
                "warning: the output folder holds an earlier build, and no note of it is left in `.minutebook/`: \
                 pages that were taken away or withheld since may still be there\n \
                 = help: empty the folder and build again, if nothing in it is your own"
            );
        }
        Ok(())
    }

    /// Tells what is wrong, as far as it is to be told.
    pub fn diagnostics<'d>(
        &self,
        diagnostics: impl IntoIterator<Item = &'d Diagnostic>,
    ) -> std::io::Result<()> {
        // Each file is read again once, for the lines that are shown.
        let mut last: Option<(SourcePath, Option<Lines>)> = None;
        for diagnostic in diagnostics {
            let shown = match diagnostic.severity {
                Severity::Note => self.verbose,
                _ => true,
            };
            if !shown {
                continue;
            }
            if last.as_ref().is_none_or(|(path, _)| *path != diagnostic.path) {
                last = Some((
                    diagnostic.path.clone(),
                    minutebook::source::disk::lines(&self.root, &diagnostic.path),
                ));
            }
            let text = last.as_ref().and_then(|l| l.1.as_ref());
            self.told(&match self.format {
                Format::Human => format!("{}\n", human::show(diagnostic, text, self.color)),
                Format::Json => json::show(diagnostic, text),
                Format::Github => github::show(diagnostic, text),
            })?;
        }
        Ok(())
    }

    /// Writes what is wrong where it is looked for.
    fn told(&self, text: &str) -> std::io::Result<()> {
        match self.format {
            Format::Human => heard(std::io::stderr().lock().write_all(text.as_bytes())),
            _ => out(|out| out.write_all(text.as_bytes())),
        }
    }

    /// Says one line of what was done, where people read it.
    pub fn note(&self, line: &str) {
        self.bar.clear();
        if !self.quiet {
            let _ = writeln!(std::io::stderr().lock(), "{line}");
        }
    }

    fn summary(&self, outcome: &Outcome, checked: bool) -> String {
        let records = records(&outcome.counts);
        let problems = problems(&outcome.report);
        let time = seconds(self.started.elapsed());
        match &outcome.written {
            Some(written) => {
                let mut line = format!(
                    "{records}: {}, {:.1} MB in {time} ({} changed, {} removed){problems}",
                    plural(written.files, "file", "files"),
                    written.bytes as f64 / 1e6,
                    written.changed,
                    written.removed
                );
                if !written.foreign.is_empty() {
                    let more = written.foreign.len();
                    line.push_str(&format!(
                        "\n{} in the output folder not ours, left alone: {}",
                        plural(more, "file is", "files are"),
                        some(&written.foreign)
                    ));
                }
                line
            }
            None if checked => format!("checked {records} in {time}{problems}"),
            None => {
                let what = match outcome.failure {
                    Some(OutputError::Half(_)) => "not all was written",
                    _ => "nothing was written",
                };
                format!("{what}; {records} read in {time}{problems}")
            }
        }
    }
}

/// How many records there are.
pub fn records(counts: &Counts) -> String {
    [
        plural(counts.meetings, "meeting", "meetings"),
        plural(counts.items, "item", "items"),
        plural(counts.issues, "issue", "issues"),
        plural(counts.people, "person", "people"),
        plural(counts.bodies, "body", "bodies"),
    ]
    .join(", ")
}

/// How much is wrong, behind a semicolon; nothing if nothing is.
pub fn problems(report: &Report) -> String {
    let (errors, warnings) = (report.errors(), report.warnings());
    let mut said = Vec::new();
    if errors > 0 {
        said.push(plural(errors, "error", "errors"));
    }
    if warnings > 0 {
        said.push(plural(warnings, "warning", "warnings"));
    }
    match said.is_empty() {
        true => String::new(),
        false => format!("; {}", said.join(", ")),
    }
}

fn some(names: &[String]) -> String {
    let shown = names.iter().take(5).cloned().collect::<Vec<_>>().join(", ");
    if names.len() > 5 {
        format!("{shown} …")
    } else {
        shown
    }
}

pub fn plural(n: usize, one: &str, many: &str) -> String {
    let mut digits = n.to_string();
    let mut at = digits.len();
    while at > 3 {
        at -= 3;
        digits.insert(at, ',');
    }
    format!("{digits} {}", if n == 1 { one } else { many })
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

/// A bar on a terminal, when a build is long enough to want one.
pub struct Bar {
    bar: ProgressBar,
    steps: AtomicUsize,
}

impl Bar {
    /// A bar for a person who waits at a terminal.
    pub fn for_terminal(quiet: bool) -> Self {
        Self::new(std::io::stderr().is_terminal() && !quiet && std::env::var_os("CI").is_none())
    }

    fn new(visible: bool) -> Self {
        let target = if visible {
            ProgressDrawTarget::stderr_with_hz(8)
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(Some(0), target);
        if let Ok(style) = ProgressStyle::with_template("{msg} {bar:40} {pos}/{len}") {
            bar.set_style(style);
        }
        Self {
            bar,
            steps: AtomicUsize::new(0),
        }
    }

    pub fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

/// Fewer steps than this need no bar.
const FEW: usize = 500;

impl minutebook::import::Progress for Bar {
    fn begin(&self, what: &'static str, steps: usize) {
        Progress::begin(self, what, steps);
    }

    fn step(&self) {
        Progress::step(self);
    }
}

impl Progress for Bar {
    fn begin(&self, what: &'static str, steps: usize) {
        self.steps.store(steps, Ordering::Relaxed);
        if steps >= FEW {
            self.bar.set_length(steps as u64);
            self.bar.set_position(0);
            self.bar.set_message(what);
        }
    }

    fn step(&self) {
        if self.steps.load(Ordering::Relaxed) >= FEW {
            self.bar.inc(1);
        }
    }
}
