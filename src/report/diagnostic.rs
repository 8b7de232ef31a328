//! One thing to tell the person who wrote a file.

use serde::{Deserialize, Serialize};

use super::{Rule, rules};
use crate::paths::{SourcePath, Span};

/// How grave it is: an error stops a build, a warning does not, a note is
/// told for information and counted nowhere.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Severity {
    Error,
    Warning,
    Note,
}

impl Severity {
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

/// A problem at a place: which rule, what is wrong in a clerk's words, and
/// what was probably meant.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Diagnostic {
    #[serde(with = "rules::by_name")]
    pub rule: &'static Rule,
    pub severity: Severity,
    pub path: SourcePath,
    /// None: the whole file.
    pub span: Option<Span>,
    pub message: String,
    /// What to write instead, or what was probably meant.
    pub help: Option<String>,
    /// The place is in text that must not be published: it is shown by file
    /// and line only, never with its text.
    pub withheld: bool,
}

impl Diagnostic {
    pub fn new(
        rule: &'static Rule,
        path: &SourcePath,
        span: Option<Span>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            severity: rule.severity,
            path: path.clone(),
            span,
            message: message.into(),
            help: None,
            withheld: false,
        }
    }

    /// Tells of a blank that is not filled in.
    pub fn blank(path: &SourcePath, span: Span) -> Self {
        Self::new(&rules::BLANK, path, Some(span), "a blank is not filled in yet")
            .help("write what belongs there instead of the brackets and all between them")
    }

    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the help only when there is something to say.
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }

    pub fn withheld(mut self, withheld: bool) -> Self {
        self.withheld = withheld;
        self
    }

    pub(super) fn key(
        &self,
    ) -> (
        &SourcePath,
        Option<Span>,
        Severity,
        &'static str,
        &str,
        Option<&str>,
    ) {
        (
            &self.path,
            self.span,
            self.severity,
            self.rule.name,
            &self.message,
            self.help.as_deref(),
        )
    }
}
