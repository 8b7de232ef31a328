//! A new site: the files of `starter/`, with the answers of its clerk in them.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{NewFile, Refusal};
use crate::document::written::{line, quoted, scalar};
use crate::paths::SourcePath;
use crate::source::{Sorted, sort};
use crate::text::slug;

pub const DEFAULT_AUTHORITY: &str = "Our Council";
pub const DEFAULT_BODY: &str = "Council";

/// What a new site is told about itself.
pub struct Answers {
    pub authority: String,
    pub title: String,
    /// A whole address, checked.
    pub base_url: Option<String>,
    /// The name of its first body.
    pub body: String,
    /// One that is known.
    pub time_zone: String,
    pub today: Date,
}

/// Where each file of `starter/` goes. `{body}` and `{date}` are the first
/// body's id and the day of the first meeting.
const FILES: &[(&str, &str)] = &[
    ("site.toml", include_str!("../../starter/site.toml")),
    (".gitignore", include_str!("../../starter/gitignore")),
    ("README.md", include_str!("../../starter/README.md")),
    (
        ".github/workflows/publish.yml",
        include_str!("../../starter/ci/github.yml"),
    ),
    (".gitlab-ci.yml", include_str!("../../starter/ci/gitlab.yml")),
    ("content/index.md", include_str!("../../starter/content/index.md")),
    (
        "content/pages/about.md",
        include_str!("../../starter/content/pages/about.md"),
    ),
    (
        "content/pages/accessibility.md",
        include_str!("../../starter/content/pages/accessibility.md"),
    ),
    (
        "content/bodies/{body}.md",
        include_str!("../../starter/content/bodies/body.md"),
    ),
    (
        "content/people/alex-example.md",
        include_str!("../../starter/content/people/alex-example.md"),
    ),
    (
        "content/issues/new-notice-board.md",
        include_str!("../../starter/content/issues/new-notice-board.md"),
    ),
    (
        "content/meetings/{body}/{date}.md",
        include_str!("../../starter/content/meetings/meeting.md"),
    ),
];

/// The id that a body's name gives, if it can be one.
pub fn body_id(name: &str) -> Result<String, Refusal> {
    let id = slug(&line(name));
    match sort(&SourcePath::new(format!("content/bodies/{id}.md"))) {
        Sorted::Record(place) if line(name).chars().any(char::is_alphanumeric) => Ok(place.id),
        Sorted::Misplaced(said) => Err(Refusal {
            words: said.message,
            help: Some("give the body's whole name".into()),
        }),
        _ => Err(Refusal::new(
            format!("`{}` cannot be the name of a body", line(name)),
            "write it with letters, as `Parks Committee`",
        )),
    }
}

/// The files of a new site, in the order in which they are told of.
pub fn site(answers: &Answers) -> Result<Vec<NewFile>, Refusal> {
    let id = body_id(&answers.body)?;
    let after = |days: i64| {
        answers
            .today
            .checked_add(days.days())
            .unwrap_or(answers.today)
            .to_string()
    };
    let base_url = match &answers.base_url {
        Some(address) => format!("base_url = {}", quoted(address)),
        None => "# Where the site will be. The CI files find it out by themselves.\n\
                 # base_url = \"https://minutes.example.org/\""
            .to_owned(),
    };
    let values = [
        ("title", line(&answers.title)),
        ("title:quoted", quoted(&answers.title)),
        ("title:yaml", scalar(&answers.title)),
        ("authority", line(&answers.authority)),
        ("authority:quoted", quoted(&answers.authority)),
        ("base_url_line", base_url),
        ("time_zone:quoted", quoted(&answers.time_zone)),
        ("body", line(&answers.body)),
        ("body:yaml", scalar(&answers.body)),
        ("body_id", id.clone()),
        ("due", after(14)),
        ("next", after(21)),
        ("version", env!("CARGO_PKG_VERSION").to_owned()),
    ];
    // The first meeting was a week ago, so that it has minutes.
    let date = after(-7);
    let files = FILES.iter().map(|(path, text)| NewFile {
        path: path.replace("{body}", &id).replace("{date}", &date),
        text: fill(text, &values),
    });
    Ok(files.collect())
}

/// Puts values where their names stand, as `<<title>>`. What is put in is not
/// looked at again.
fn fill(text: &str, values: &[(&str, String)]) -> String {
    let mut out = String::with_capacity(text.len() + 200);
    let mut rest = text;
    while let Some(open) = rest.find("<<") {
        let (before, behind) = rest.split_at(open);
        out.push_str(before);
        let named = behind[2..].split_once(">>");
        let value = named.and_then(|(name, after)| {
            let (_, value) = values.iter().find(|(known, _)| *known == name)?;
            Some((value, after))
        });
        match value {
            Some((value, after)) => {
                out.push_str(value);
                rest = after;
            }
            None => {
                out.push_str("<<");
                rest = &behind[2..];
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn answers(name: &str) -> Answers {
        Answers {
            authority: name.to_owned(),
            title: name.to_owned(),
            base_url: Some("https://minutes.example.org/".into()),
            body: name.to_owned(),
            time_zone: "Europe/London".into(),
            today: date(2026, 11, 22),
        }
    }

    #[test]
    fn no_place_is_left_open_by_mistake() {
        for file in site(&answers("Parks <<title>> Committee")).expect("files") {
            let left = file.text.replace("Parks <<title>> Committee", "");
            assert!(!left.contains("<<"), "{}: {left}", file.path);
        }
    }

    #[test]
    fn the_name_of_a_body_is_one() {
        assert_eq!(body_id("Overview & Scrutiny").as_deref(), Ok("overview-scrutiny"));
        for wrong in ["2024", "", " ", "!!", "index"] {
            assert!(body_id(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn every_path_is_a_place_of_its_own() {
        let files = site(&answers("Parks Committee")).expect("files");
        for file in files.iter().filter(|f| f.path.starts_with("content/")) {
            assert!(
                matches!(sort(&SourcePath::new(&file.path)), Sorted::Record(_)),
                "{}",
                file.path
            );
        }
        assert!(
            files
                .iter()
                .any(|f| f.path == "content/meetings/parks-committee/2026-11-15.md")
        );
    }
}
