//! What a stage has to say beside its value: [`Diagnostic`]s, gathered in a
//! [`Report`].
//!
//! A diagnostic names its rule, file, place and words; it holds no line of the
//! file. Whoever shows it looks the line up, and for withheld text shows the
//! place alone. How it looks is the business of [`human`], [`json`] and [`github`].

pub mod allow;
mod diagnostic;
pub mod explain;
pub mod github;
pub mod human;
pub mod json;
mod lines;
pub mod rules;

pub use allow::Allowance;
pub use diagnostic::{Diagnostic, Severity};
pub use lines::Lines;
pub use rules::Rule;

use serde::{Deserialize, Serialize};

use crate::paths::SourcePath;

/// The diagnostics of a stage, in the order they were found until [`Report::sort`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
    allowances: Vec<Allowance>,
    /// Allowances that nothing needed have been told.
    told: bool,
}

impl Report {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    pub fn merge(&mut self, other: Report) {
        self.diagnostics.extend(other.diagnostics);
        self.allowances.extend(other.allowances);
    }

    /// Takes away what is said of a file, and what is allowed in it.
    pub fn forget(&mut self, path: &SourcePath) {
        self.diagnostics.retain(|d| d.path != *path);
        self.allowances.retain(|a| a.everywhere || a.path != *path);
    }

    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    pub fn diagnostics_mut(&mut self) -> &mut Vec<Diagnostic> {
        &mut self.diagnostics
    }

    pub fn allowances_mut(&mut self) -> &mut Vec<Allowance> {
        &mut self.allowances
    }

    pub fn errors(&self) -> usize {
        self.count(Severity::Error)
    }

    pub fn warnings(&self) -> usize {
        self.count(Severity::Warning)
    }

    fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|d| d.severity == severity).count()
    }

    /// By file, place, rule and words; what was said twice is said once. The
    /// order of the stages, files and threads leaves no trace.
    pub fn sort(&mut self) {
        self.diagnostics.sort_by(|a, b| a.key().cmp(&b.key()));
        self.diagnostics.dedup();
    }

    /// Leaves the first of a file's blanks, and says how many more there are:
    /// a new site has many, and what is wrong in it must not drown in them.
    pub fn gather_blanks(&mut self) {
        self.sort();
        let mut kept: Vec<Diagnostic> = Vec::with_capacity(self.diagnostics.len());
        let mut first: Option<(usize, usize)> = None;
        for diagnostic in std::mem::take(&mut self.diagnostics) {
            if *diagnostic.rule != rules::BLANK {
                kept.push(diagnostic);
                continue;
            }
            match &mut first {
                Some((at, more)) if kept[*at].path == diagnostic.path => *more += 1,
                _ => {
                    tell_more(&mut kept, first);
                    first = Some((kept.len(), 0));
                    kept.push(diagnostic);
                }
            }
        }
        tell_more(&mut kept, first);
        self.diagnostics = kept;
    }
}

fn tell_more(kept: &mut [Diagnostic], first: Option<(usize, usize)>) {
    if let Some((at, more)) = first.filter(|f| f.1 > 0) {
        let follow = match more {
            1 => "; one more follows in this file".to_owned(),
            more => format!("; {more} more follow in this file"),
        };
        kept[at].message.push_str(&follow);
    }
}
