//! A fault of a template: in which file of the site's theme it stands, and
//! where.

use tera::ErrorKind;

use crate::paths::{SourcePath, Span};
use crate::report::{Diagnostic, rules};
use crate::text::nearest;

/// What is wrong with a template. Pages that fail for one reason have equal
/// faults.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Fault {
    /// None: no file of the site's own, or one that is not known.
    path: Option<SourcePath>,
    span: Option<Span>,
    words: String,
    /// What was probably meant.
    help: Option<String>,
}

impl Fault {
    /// `prefix` is that of the site's own templates.
    pub(super) fn new(error: &tera::Error, prefix: &str) -> Self {
        let own = |name: &str| name.starts_with(prefix).then(|| SourcePath::new(name));
        let (path, span, words) = match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let range = report.span().range.clone();
                match own(report.filename()) {
                    Some(path) => (
                        Some(path),
                        Some(Span::new(range.start, range.end)),
                        report.message().to_owned(),
                    ),
                    None => (None, None, error.to_string()),
                }
            }
            kind => {
                let name = match kind {
                    ErrorKind::MissingParent { current, .. } => current,
                    ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => tpl,
                    _ => "",
                };
                (own(name), None, error.to_string())
            }
        };
        let (words, help) = few_names(&words);
        Self {
            path,
            span,
            words,
            help,
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
                    help: None,
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
            help: None,
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
                    .maybe_help(self.help.clone())
            }
            None => {
                let place = SourcePath::new(format!("themes/{theme}"));
                Diagnostic::new(&rules::BAD_THEME, &place, None, format!("{what}:\n{}", self.words))
                    .help("the file that is named is built in; a template of yours on which it builds lacks something")
            }
        }
    }
}

/// The template engine lists every name there is behind one that is not known:
/// hundreds, of the words of a theme. Gives the words without the list, and
/// what was probably meant.
fn few_names(words: &str) -> (String, Option<String>) {
    let found = [" Available fields: ", " Available variables: "]
        .iter()
        .find_map(|label| words.split_once(label));
    let Some((before, behind)) = found else {
        return (words.to_owned(), None);
    };
    let (list, rest) = behind.split_once('\n').unwrap_or((behind, ""));
    let names: Vec<&str> = list.split(", ").collect();
    let unknown = before.rsplit('`').nth(1).unwrap_or("");
    let help = nearest::did_you_mean(unknown, names.iter().copied()).unwrap_or_else(|| {
        let more = match names.len().saturating_sub(FEW) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        format!("there are: {}{more}", names[..names.len().min(FEW)].join(", "))
    });
    let before = before.trim_end_matches('.');
    let words = match rest {
        "" => before.to_owned(),
        rest => format!("{before}\n{rest}"),
    };
    (words, Some(help))
}

/// As many names as are told at most.
const FEW: usize = 12;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_names_a_few_are_told() {
        let many: Vec<String> = (0..400).map(|n| format!("word-{n}")).collect();
        let said = few_names(&format!(
            "Field `nope` is not defined. Available fields: meetings, {}",
            many.join(", ")
        ));
        assert_eq!(said.0, "Field `nope` is not defined");
        let help = said.1.expect("help");
        assert!(
            help.starts_with("there are: meetings, word-0, ") && help.ends_with(" and 389 more"),
            "{help}"
        );
        let (words, help) = few_names(
            "error: Variable `titel` is not defined. Available variables: html, title\n --> base.html:1:4\n  |\n",
        );
        assert_eq!(
            words,
            "error: Variable `titel` is not defined\n --> base.html:1:4\n  |\n"
        );
        assert_eq!(help.as_deref(), Some("did you mean `title`?"));
        assert_eq!(
            few_names("Unknown filter `shout`"),
            ("Unknown filter `shout`".to_owned(), None)
        );
    }
}
