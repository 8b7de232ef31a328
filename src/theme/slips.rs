//! What lies in a site's own theme and is not used: a file or folder with a
//! slip of the pen in its name, a word that no template asks for. A theme may
//! hold files and words of its own, so what is near no known name, or is named
//! in one of its templates, is left alone.

use memchr::memmem;

use super::builtin;
use super::disk::{OwnTheme, ThemeFile};
use crate::paths::Span;
use crate::report::{Diagnostic, Report, rules};
use crate::text::{language, nearest};

/// The folders of a theme.
const FOLDERS: &[&str] = &["templates", "static", "strings"];
const SETTINGS: &str = "theme.toml";

/// Tells of the files that nothing reads.
pub fn files(own: &OwnTheme, report: &mut Report) {
    let mut folder_told = None;
    for (name, file) in own.all() {
        let Some((folder, inner)) = name.split_once('/') else {
            top(name, file, report);
            continue;
        };
        let help = match folder {
            "templates" => template(own, inner),
            "static" => asset(own, inner),
            "strings" => {
                if let Some(words) = no_language(inner) {
                    tell(
                        file,
                        None,
                        words,
                        "it is a tag such as `en`, `en-GB` or `cy`",
                        report,
                    );
                }
                None
            }
            _ if folder_told == Some(folder) => None,
            _ => {
                folder_told = Some(folder);
                let near = nearest::did_you_mean(folder, FOLDERS.iter().copied());
                let help = near.unwrap_or_else(|| format!("a theme has the folders {}", FOLDERS.join(", ")));
                let words = format!("nothing is read from a folder `{folder}`");
                tell(file, None, words, &help, report);
                None
            }
        };
        if let Some(known) = help {
            let words = format!("`{inner}` takes the place of no file, and no template names it");
            tell(file, None, words, &format!("did you mean `{known}`?"), report);
        }
    }
}

/// A word that is none of the `known`, if no template asks for it.
pub fn word<'k>(
    own: &OwnTheme,
    file: &ThemeFile,
    (key, span): (&str, Span),
    known: impl Iterator<Item = &'k str>,
    report: &mut Report,
) {
    // As `t.word`, `t["word"]` or `t["beginning-" ~ status]`.
    let begins = key
        .match_indices(['-', '_'])
        .map(|(at, _)| format!("\"{}\"", &key[..=at]));
    let mut asked = [format!("t.{key}"), format!("\"{key}\"")]
        .into_iter()
        .chain(begins);
    let near = nearest::did_you_mean(key, known);
    // The built-in templates ask for none but those that are known, and for
    // some that may be missing.
    let by_built_in = |text: &str| near.is_none() && is_in_built_in(text);
    if asked.any(|text| is_named(own, &text) || by_built_in(&text)) {
        return;
    }
    let help =
        near.unwrap_or_else(|| "`minutebook theme copy strings/en.toml` shows which words there are".into());
    let words = format!("no template asks for the word `{key}`");
    tell(file, Some(span), words, &help, report);
}

fn is_in_built_in(text: &str) -> bool {
    builtin::templates().any(|(_, bytes)| memmem::find(bytes, text.as_bytes()).is_some())
}

/// Something in a theme that is not used as it stands.
pub fn tell(file: &ThemeFile, span: Option<Span>, words: String, help: &str, report: &mut Report) {
    report.push(Diagnostic::new(&rules::UNUSED_IN_THEME, &file.path, span, words).help(help));
}

/// Beside the folders, where a README may lie too.
fn top(name: &str, file: &ThemeFile, report: &mut Report) {
    let mut templates = builtin::templates().map(|(name, _)| name);
    let help = match templates.any(|template| template == name) {
        true => Some(format!("as a template it is `templates/{name}`")),
        false if name != SETTINGS => nearest::did_you_mean(name, [SETTINGS]),
        false => None,
    };
    if let Some(help) = help {
        tell(file, None, format!("nothing reads `{name}` here"), &help, report);
    }
}

/// The template that a file was probably meant to replace.
fn template(own: &OwnTheme, name: &str) -> Option<String> {
    let known = || builtin::templates().map(|(name, _)| name);
    if known().any(|template| template == name) {
        return None;
    }
    let stems = known().filter_map(|template| template.strip_suffix(".html"));
    let (stem, _) = name.rsplit_once('.').unwrap_or((name, ""));
    let near = nearest::nearest(stem, stems)?;
    let once = stem.strip_prefix("once_").map(|name| format!("once.{name}"));
    let used = is_named(own, &format!("\"{name}\""))
        || once.is_some_and(|once| is_named(own, &once))
        || holds_components(own, name);
    (!used).then(|| format!("{near}.html"))
}

/// Components are known to all templates, whatever file they stand in.
fn holds_components(own: &OwnTheme, name: &str) -> bool {
    let file = own.templates().find(|(template, _)| *template == name);
    file.is_some_and(|(_, file)| memmem::find(&file.bytes, b"{% component").is_some())
}

/// The file below `static/` that one was probably meant to replace: of the same
/// sort, with nearly its name or in another folder.
fn asset(own: &OwnTheme, name: &str) -> Option<String> {
    if builtin::assets().any(|(known, _)| known == name) {
        return None;
    }
    let parts = |path: &str| -> (String, String, String) {
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let (stem, kind) = file.rsplit_once('.').unwrap_or((file, ""));
        (folder.to_owned(), stem.to_owned(), kind.to_owned())
    };
    let (folder, stem, kind) = parts(name);
    let meant = builtin::assets().find(|(known, _)| {
        let (known_folder, known_stem, known_kind) = parts(known);
        let same = known_stem == stem;
        let near = known_folder == folder && nearest::nearest(&stem, [known_stem.as_str()]).is_some();
        known_kind == kind && (same || near)
    })?;
    let named = is_named(own, name) || own.settings().is_some_and(|file| holds(file, name));
    (!named).then(|| meant.0.to_owned())
}

/// Why a file of words is that of no language.
fn no_language(name: &str) -> Option<String> {
    match name.strip_suffix(".toml") {
        Some(tag) if language::is_known(tag) => None,
        Some(tag) => Some(format!(
            "`{tag}` is no language that is known, so nothing reads this file"
        )),
        None if name.ends_with(".md") || name.ends_with(".txt") => None,
        None => Some("words are read from `strings/<language>.toml`, and nothing reads this file".to_owned()),
    }
}

/// Whether one of the theme's own templates or style sheets holds a text.
fn is_named(own: &OwnTheme, text: &str) -> bool {
    let sheets = own.assets().filter(|(name, _)| name.ends_with(".css"));
    own.templates().chain(sheets).any(|(_, file)| holds(file, text))
}

fn holds(file: &ThemeFile, text: &str) -> bool {
    memmem::find(&file.bytes, text.as_bytes()).is_some()
}
