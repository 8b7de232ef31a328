//! A fault of a template: in which file of the site's theme it stands, and
//! where.

use tera::ErrorKind;

use crate::paths::{SourcePath, Span};
use crate::report::{Diagnostic, rules};

/// What is wrong with a template. Pages that fail for one reason have equal
/// faults.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Fault {
    /// None: no file of the site's own, or one that is not known.
    path: Option<SourcePath>,
    span: Option<Span>,
    words: String,
}

impl Fault {
    /// `prefix` is that of the site's own templates.
    pub(super) fn new(error: &tera::Error, prefix: &str) -> Self {
        let own = |name: &str| name.starts_with(prefix).then(|| SourcePath::new(name));
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let range = report.span().range.clone();
                match own(report.filename()) {
                    Some(path) => Self {
                        path: Some(path),
                        span: Some(Span::new(range.start, range.end)),
                        words: report.message().to_owned(),
                    },
                    None => Self {
                        path: None,
                        span: None,
                        words: error.to_string(),
                    },
                }
            }
            kind => {
                let name = match kind {
                    ErrorKind::MissingParent { current, .. } => current,
                    ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => tpl,
                    _ => "",
                };
                Self {
                    path: own(name),
                    span: None,
                    words: error.to_string(),
                }
            }
        }
    }

    /// What is wrong when templates are loaded: filters, includes and
    /// components that are not there are told together, in one text.
    pub(super) fn all(error: &tera::Error, prefix: &str, text: impl Fn(&str) -> Option<String>) -> Vec<Self> {
        let ErrorKind::Msg(told) = error.kind() else {
            return vec![Self::new(error, prefix)];
        };
        let found: Vec<Self> = told
            .split("error: ")
            .filter_map(|one| {
                let (words, rest) = one.split_once('\n')?;
                let place = rest.lines().next()?.trim_start().strip_prefix("--> ")?;
                let mut parts = place.rsplitn(3, ':');
                let (column, line) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
                let name = parts.next().filter(|name| name.starts_with(prefix))?;
                Some(Self {
                    path: Some(SourcePath::new(name)),
                    span: text(name).and_then(|text| span(&text, line, column)),
                    words: words.to_owned(),
                })
            })
            .collect();
        match found.is_empty() {
            true => vec![Self::new(error, prefix)],
            false => found,
        }
    }

    /// A view that no template can be given.
    pub(super) fn of_view(words: String) -> Self {
        Self {
            path: None,
            span: None,
            words,
        }
    }

    /// For the one who wrote the theme. `what` begins the words: which page, or
    /// that no template can be used.
    pub fn diagnostic(&self, theme: &str, what: &str) -> Diagnostic {
        match &self.path {
            Some(path) => {
                let words = format!("{what}: {}", self.words);
                Diagnostic::new(&rules::BAD_THEME, path, self.span, words)
                    .help("mend the template, or take it away to fall back to the built-in one")
            }
            None => {
                let place = SourcePath::new(format!("themes/{theme}"));
                Diagnostic::new(&rules::BAD_THEME, &place, None, format!("{what}:\n{}", self.words))
                    .help("the file that is named is built in; a template of yours on which it builds lacks something")
            }
        }
    }
}

/// The word at a line and a column, both counted from one.
fn span(text: &str, line: usize, column: usize) -> Option<Span> {
    let start = text
        .split_inclusive('\n')
        .take(line.checked_sub(1)?)
        .map(str::len)
        .sum::<usize>();
    let row = text.get(start..)?.lines().next()?;
    let at = row
        .char_indices()
        .nth(column.checked_sub(1)?)
        .map_or(row.len(), |c| c.0);
    let word = row[at..]
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(row.len() - at);
    Some(Span::new(start + at, start + at + word.max(1)))
}
