//! `minutebook theme`

use std::path::Path;
use std::process::ExitCode;

use minutebook::config;
use minutebook::paths::SourcePath;
use minutebook::text::nearest;
use minutebook::theme;

use super::args::{ThemeArgs, ThemeCopy, ThemeList, ThemeVerb};
use super::console;
use super::files;

/// A file of the built-in theme: its name there, and its bytes.
type BuiltIn = (&'static str, &'static [u8]);

pub fn run(args: &ThemeArgs) -> ExitCode {
    let done = match &args.verb {
        ThemeVerb::List(args) => list(args),
        ThemeVerb::Copy(args) => copy(args).map(|()| ExitCode::SUCCESS),
    };
    done.unwrap_or_else(|(words, help)| console::refuse(&words, help.as_deref()))
}

/// Why nothing was done, and what would help.
type Refused = (String, Option<String>);

fn list(args: &ThemeList) -> Result<ExitCode, Refused> {
    let folder = folder(&args.root)?;
    let mut lines = String::new();
    for (name, _) in theme::built_in() {
        let path = format!("{folder}/{name}");
        lines.push_str(name);
        if files::is_there(&args.root.join(&path)) {
            lines.push_str(&format!("    yours: {}", files::shown(&args.root, &path)));
        }
        lines.push('\n');
    }
    Ok(console::printed(|out| out.write_all(lines.as_bytes())))
}

fn copy(args: &ThemeCopy) -> Result<(), Refused> {
    let folder = folder(&args.root)?;
    let chosen = chosen(&args.files)?;
    let place = |name: &str| format!("{folder}/{name}");
    let there: Vec<String> = chosen
        .iter()
        .map(|(name, _)| place(name))
        .filter(|path| files::is_there(&args.root.join(path)))
        .map(|path| files::shown(&args.root, &path))
        .collect();
    if !there.is_empty() && !args.force {
        let words = match there.len() {
            1 => format!("{} is there already", there[0]),
            n => format!("{n} of these files are there already:\n  {}", there.join("\n  ")),
        };
        let help =
            "nothing was copied; --force copies over what is there, and what you changed in it is lost";
        return Err((words, Some(help.to_owned())));
    }
    for (name, bytes) in &chosen {
        let path = place(name);
        let shown = files::shown(&args.root, &path);
        let to = args.root.join(&path);
        let done = match args.force {
            true => files::replace(&to, bytes),
            false => files::put(&to, bytes).map(drop),
        };
        done.map_err(|error| (format!("{shown} cannot be written: {error}"), None))?;
        console::say(&format!("copied {shown}"));
    }
    console::say(
        "- what lies there now counts instead of the built-in file, in every version of minutebook:",
    );
    console::say("  delete what you do not change");
    Ok(())
}

/// The folder of the site's own theme, below the site folder.
fn folder(root: &Path) -> Result<String, Refused> {
    let text = std::fs::read_to_string(root.join("site.toml")).ok();
    if text.is_none() && !root.join("content").is_dir() {
        return Err((
            format!("there is no site in {}", root.display()),
            Some(
                "run the command in the folder that holds site.toml, or name that folder with --root".into(),
            ),
        ));
    }
    let (config, said) = config::read(&SourcePath::new("site.toml"), &text.unwrap_or_default());
    match said.errors() {
        0 => Ok(format!("themes/{}", config.theme)),
        _ => Err((
            "site.toml holds an error, so that the name of the theme is not known".into(),
            Some("minutebook check tells which".into()),
        )),
    }
}

/// The files that are asked for: all, or by their names, by the last part of
/// their names, or by their folder.
fn chosen(asked: &[String]) -> Result<Vec<BuiltIn>, Refused> {
    if asked.is_empty() {
        return Ok(theme::built_in().collect());
    }
    let mut out: Vec<BuiltIn> = Vec::new();
    for name in asked {
        let bare = name.trim_start_matches("./").trim_end_matches('/');
        let fits = |(known, _): &BuiltIn| {
            *known == bare
                || known
                    .strip_suffix(bare)
                    .is_some_and(|before| before.ends_with('/'))
                || known
                    .strip_prefix(bare)
                    .is_some_and(|behind| behind.starts_with('/'))
        };
        let found: Vec<BuiltIn> = theme::built_in().filter(fits).collect();
        if found.is_empty() {
            let last = |known: &'static str| known.rsplit('/').next().unwrap_or(known);
            let known: Vec<&str> = theme::built_in().flat_map(|(n, _)| [n, last(n)]).collect();
            let help = nearest::did_you_mean(bare, known)
                .unwrap_or_else(|| "minutebook theme list tells their names".to_owned());
            return Err((format!("the built-in theme has no file `{name}`"), Some(help)));
        }
        out.extend(found);
    }
    out.sort_by_key(|file| file.0);
    out.dedup_by_key(|file| file.0);
    Ok(out)
}
