//! A site's own theme, as it lies in `themes/<name>`.

use std::collections::BTreeMap;
use std::hash::Hash;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::config::Config;
use crate::hash::{Digest, Taker};
use crate::paths::SourcePath;
use crate::report::{Diagnostic, Report, rules};
use crate::source::stamp::Stamp;
use crate::text::nearest;

/// A file of the theme.
pub struct ThemeFile {
    pub path: SourcePath,
    pub bytes: Vec<u8>,
}

/// The files by their names below the theme's folder.
#[derive(Default)]
pub struct OwnTheme {
    files: BTreeMap<String, ThemeFile>,
}

/// How a site's own theme looks from outside: another one has another.
#[derive(PartialEq, Eq)]
pub struct Print {
    name: String,
    language: String,
    files: Vec<(PathBuf, Option<Stamp>)>,
}

impl Print {
    /// Of the theme that the settings name.
    pub fn of(root: &Path, config: &Config) -> Self {
        let walk = WalkDir::new(root.join("themes").join(&config.theme)).follow_links(false);
        let files = walk.sort_by_file_name().into_iter().flatten();
        let stamp = |entry: walkdir::DirEntry| {
            let stamp = entry
                .metadata()
                .ok()
                .filter(|m| m.is_file())
                .map(|m| Stamp::of(&m));
            (entry.into_path(), stamp)
        };
        Self {
            name: config.theme.clone(),
            language: config.language.clone(),
            files: files.map(stamp).collect(),
        }
    }

    /// Whether the settings still name this theme.
    pub fn is_of(&self, config: &Config) -> bool {
        self.name == config.theme && self.language == config.language
    }
}

/// A larger file is no part of a theme.
const LARGEST: u64 = 8 * 1024 * 1024;

/// Reads `themes/<name>`. The theme `default` may be missing: it is built in.
pub fn read(root: &Path, name: &str, report: &mut Report) -> OwnTheme {
    let folder = root.join("themes").join(name);
    let mut theme = OwnTheme::default();
    if !folder.is_dir() {
        if name != "default" {
            let others: Vec<String> = std::fs::read_dir(root.join("themes"))
                .map(|dir| {
                    dir.flatten()
                        .map(|e| e.file_name().to_string_lossy().into_owned())
                        .collect()
                })
                .unwrap_or_default();
            let near = nearest::did_you_mean(name, others.iter().map(String::as_str).chain(["default"]));
            let words = format!("there is no folder `themes/{name}`");
            report.push(
                Diagnostic::new(&rules::BAD_THEME, &SourcePath::new("site.toml"), None, words).help(
                    near.unwrap_or_else(|| "write `theme = \"default\"` for the built-in theme".into()),
                ),
            );
        }
        return theme;
    }
    let walk = WalkDir::new(&folder).follow_links(false).sort_by_file_name();
    for entry in walk.into_iter().flatten().filter(|e| e.file_type().is_file()) {
        let Ok(inner) = entry.path().strip_prefix(&folder) else {
            continue;
        };
        let inner = inner.to_string_lossy().replace('\\', "/");
        if inner.split('/').any(|part| part.starts_with('.')) {
            continue;
        }
        let path = SourcePath::new(format!("themes/{name}/{inner}"));
        if entry.metadata().is_ok_and(|m| m.len() > LARGEST) {
            report.push(Diagnostic::new(
                &rules::TOO_LARGE,
                &path,
                None,
                "a file of a theme has at most 8 MB",
            ));
            continue;
        }
        match std::fs::read(entry.path()) {
            Ok(bytes) => drop(theme.files.insert(inner, ThemeFile { path, bytes })),
            Err(error) => report.push(Diagnostic::new(
                &rules::UNREADABLE_FILE,
                &path,
                None,
                format!("the file cannot be read: {error}"),
            )),
        }
    }
    theme
}

impl OwnTheme {
    /// The digest of all its files.
    pub fn digest(&self) -> Digest {
        let mut taker = Taker::default();
        for (name, file) in &self.files {
            (name, &file.bytes).hash(&mut taker);
        }
        taker.digest()
    }

    /// Every file, by its name below the theme's folder.
    pub fn all(&self) -> impl Iterator<Item = (&str, &ThemeFile)> {
        self.files.iter().map(|(name, file)| (name.as_str(), file))
    }

    fn below<'t>(&'t self, folder: &'static str) -> impl Iterator<Item = (&'t str, &'t ThemeFile)> {
        self.files
            .iter()
            .filter_map(move |(name, file)| Some((name.strip_prefix(folder)?, file)))
    }

    pub fn templates(&self) -> impl Iterator<Item = (&str, &ThemeFile)> {
        self.below("templates/")
    }

    pub fn assets(&self) -> impl Iterator<Item = (&str, &ThemeFile)> {
        self.below("static/")
    }

    /// The site's own `theme.toml`.
    pub fn settings(&self) -> Option<&ThemeFile> {
        self.files.get("theme.toml")
    }

    pub fn strings(&self, language: &str) -> Option<&ThemeFile> {
        self.files.get(&format!("strings/{language}.toml"))
    }
}
