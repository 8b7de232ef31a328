//! What a clerk allows, with a reason: a warning that is not told again.
//!
//! An allowance stands in a record's front matter and counts for that file, or
//! in `site.toml` and counts everywhere. An error cannot be allowed, and an
//! allowance that nothing needs is told, so that none outlives its reason.

use serde::{Deserialize, Serialize};

use super::{Diagnostic, Report, Rule, Severity, rules};
use crate::paths::{SourcePath, Span};
use crate::text::nearest;

/// A rule that is not to be told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Allowance {
    #[serde(with = "rules::by_name")]
    pub rule: &'static Rule,
    /// The file it stands in.
    pub path: SourcePath,
    pub span: Option<Span>,
    /// It counts for every file, and not for its own alone.
    pub everywhere: bool,
    /// It stands in text that must not be shown.
    pub withheld: bool,
    /// It silenced something.
    used: bool,
}

/// An allowance as it is written, one of a list.
pub struct Written<'w> {
    pub rule: &'w str,
    pub reason: Option<&'w str>,
    pub path: &'w SourcePath,
    pub span: Option<Span>,
    pub everywhere: bool,
    pub withheld: bool,
}

impl Report {
    /// Takes an allowance in, or says why it cannot be one.
    pub fn allow(&mut self, written: &Written) {
        let name = written.rule.trim();
        let told = |words: String, help: String| {
            Diagnostic::new(&rules::BAD_ALLOWANCE, written.path, written.span, words)
                .help(help)
                .withheld(written.withheld)
        };
        let Some(rule) = rules::named(name) else {
            // A word of a text that is withheld is not repeated.
            let words = if written.withheld {
                "no rule has the name that is allowed here".to_owned()
            } else {
                format!("there is no rule called `{name}`")
            };
            let help = nearest::did_you_mean(name, rules::ALL.iter().map(|r| r.name))
                .unwrap_or_else(|| "`minutebook explain` lists the rules".to_owned());
            return self.push(told(words, help));
        };
        if rule.severity == Severity::Error {
            let words = format!("`{name}` is an error, and an error cannot be allowed");
            return self.push(told(
                words,
                "mend what it tells, and take this entry away".to_owned(),
            ));
        }
        if written.reason.is_none_or(|r| r.trim().is_empty()) {
            let words = format!("`{name}` is allowed here without a reason");
            self.push(told(
                words,
                match written.everywhere {
                    true => format!("write `{{ rule = \"{name}\", reason = \"why it is right here\" }}`"),
                    false => format!("write `{{rule: {name}, reason: why it is right here}}`"),
                },
            ));
        }
        self.allowances.push(Allowance {
            rule,
            path: written.path.clone(),
            span: written.span,
            everywhere: written.everywhere,
            withheld: written.withheld,
            used: false,
        });
    }

    /// Drops what is allowed, and tells of allowances that nothing needed. It
    /// may be asked again when more has been said.
    pub fn settle(&mut self) {
        let Self {
            diagnostics,
            allowances,
            told,
        } = self;
        diagnostics.retain(|d| {
            let mut silenced = false;
            for allowance in allowances.iter_mut() {
                let same = d.severity != Severity::Error && *d.rule == *allowance.rule;
                if same && (allowance.everywhere || allowance.path == d.path) {
                    allowance.used = true;
                    silenced = true;
                }
            }
            !silenced
        });
        if std::mem::replace(told, true) {
            return;
        }
        for allowance in allowances.iter().filter(|a| !a.used) {
            // The size of a site is known only when it has been written.
            if *allowance.rule == rules::LARGE_SITE {
                continue;
            }
            let whole = if allowance.everywhere { "site" } else { "file" };
            let words = format!(
                "`{}` is allowed, and nothing in this {whole} needs it",
                allowance.rule.name
            );
            diagnostics.push(
                Diagnostic::new(&rules::UNUSED_ALLOWANCE, &allowance.path, allowance.span, words)
                    .help("take this entry away, so that the next slip is told")
                    .withheld(allowance.withheld),
            );
        }
    }
}
