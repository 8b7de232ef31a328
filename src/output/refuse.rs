//! Which folder may be published to. A wrong `--output` must not cost anybody
//! a file: a folder is taken when it is empty or known to be ours.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::OutputError;
use super::manifest::Manifest;
use super::tree::{self, There};

/// What an empty folder may hold: the beginnings of a repository, and what
/// systems leave behind.
const HARMLESS: &[&str] = &[".git", ".gitignore", ".gitkeep", ".DS_Store", "lost+found"];

/// How far into `index.html` the generator is looked for.
const HEAD: u64 = 64 * 1024;
const GENERATOR: &[u8] = b"<meta name=\"generator\" content=\"minutebook";

/// The folder that `output` names, links resolved, if its place allows it to
/// be one. `root` is the site folder, resolved.
pub(super) fn resolve(root: &Path, output: &Path, home: Option<&Path>) -> Result<PathBuf, OutputError> {
    let refused = |because: &str, help: &str| OutputError::Refused {
        output: output.to_owned(),
        because: because.to_owned(),
        help: help.to_owned(),
    };
    let own = "name a folder that is only for the published site, as `public`";
    let resolved = existing_part(output).map_err(|because| refused(because, own))?;
    if resolved.parent().is_none() {
        return Err(refused("it is the whole disk", own));
    }
    let home = home.and_then(|home| fs::canonicalize(home).ok());
    if home.is_some_and(|home| home.starts_with(&resolved)) {
        return Err(refused("it is your home folder, or holds it", own));
    }
    if resolved == root {
        return Err(refused("it is the site folder itself", own));
    }
    if root.starts_with(&resolved) {
        return Err(refused("the site folder lies in it", own));
    }
    for (name, because) in [
        ("content", "it is, holds or lies in the content folder"),
        ("themes", "it is, holds or lies in the folder of themes"),
        (
            ".minutebook",
            "it is, holds or lies in the folder of this program's own notes",
        ),
    ] {
        let place = root.join(name);
        let real = fs::canonicalize(&place).unwrap_or_else(|_| place.clone());
        if [place, real]
            .iter()
            .any(|place| resolved.starts_with(place) || place.starts_with(&resolved))
        {
            return Err(refused(because, own));
        }
    }
    if resolved
        .components()
        .any(|part| part.as_os_str().eq_ignore_ascii_case(".git"))
    {
        return Err(refused("it lies in the folder where git keeps its history", own));
    }
    if fs::metadata(&resolved).is_ok_and(|meta| !meta.is_dir()) {
        return Err(refused(
            "it is a file",
            "name a folder, or delete the file yourself",
        ));
    }
    Ok(resolved)
}

/// Resolves as much of a path as exists, and puts the rest behind it.
fn existing_part(path: &Path) -> Result<PathBuf, &'static str> {
    if path.as_os_str().is_empty() {
        return Err("no folder is named");
    }
    let mut rest: Vec<&OsStr> = Vec::new();
    let mut base = path;
    loop {
        let error = match fs::canonicalize(base) {
            Ok(resolved) if rest.is_empty() || resolved.is_dir() => {
                return Ok(rest.iter().rev().fold(resolved, |path, part| path.join(part)));
            }
            Ok(_) => return Err("a part of its path is a file"),
            Err(error) => error,
        };
        match error.kind() {
            ErrorKind::NotFound if fs::symlink_metadata(base).is_ok() => {
                return Err("it is a link that leads nowhere");
            }
            ErrorKind::NotFound => {}
            ErrorKind::NotADirectory => return Err("a part of its path is a file"),
            ErrorKind::PermissionDenied => return Err("you have no permission to look into it"),
            _ => return Err("its path leads nowhere"),
        }
        // None for a path that ends in `..`: behind what is not there, nobody knows where it leads.
        rest.push(
            base.file_name()
                .ok_or("its path goes back (`..`) from a folder that is not there")?,
        );
        base = base
            .parent()
            .filter(|p| !p.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
    }
}

/// Whether a folder that exists is empty or ours.
pub(super) fn check_contents(output: &Path, manifest: &Manifest) -> Result<(), OutputError> {
    let mut names: Vec<OsString> = Vec::new();
    for entry in fs::read_dir(output).map_err(OutputError::io("look into", output))? {
        names.push(entry.map_err(OutputError::io("look into", output))?.file_name());
    }
    let ours = || is_listed(output, manifest) || is_generated(output);
    if names.iter().all(|name| is_harmless(name)) || ours() || holds_no_file(output) {
        return Ok(());
    }
    Err(OutputError::Refused {
        output: output.to_owned(),
        because: "it holds files that this program has not written".to_owned(),
        help: "name an empty folder, or delete this one yourself if nothing in it is needed".to_owned(),
    })
}

fn is_harmless(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    HARMLESS.contains(&&*name) || tree::is_own_name(&name)
}

/// Whether there is nothing else but folders: a first build that was killed
/// before its first file came to its place leaves some, and nothing can be lost
/// in them.
fn holds_no_file(output: &Path) -> bool {
    walkdir::WalkDir::new(output)
        .min_depth(1)
        .follow_links(false)
        .into_iter()
        .filter_entry(|entry| entry.depth() > 1 || !is_harmless(entry.file_name()))
        .all(|entry| entry.is_ok_and(|entry| entry.file_type().is_dir()))
}

/// Whether a file that our manifest lists is there as it was written. The
/// manifest alone says nothing: the folder may be a new one of the same name.
fn is_listed(output: &Path, manifest: &Manifest) -> bool {
    manifest
        .files
        .iter()
        .any(|(path, entry)| match tree::look(output, path) {
            Ok(There::File(meta)) => tree::holds(output, path, &meta, entry).unwrap_or(false),
            _ => false,
        })
}

/// Whether `index.html` says that we made it: the folder may come from another
/// computer, without its manifest.
fn is_generated(output: &Path) -> bool {
    let index = output.join("index.html");
    let mut head = Vec::new();
    fs::symlink_metadata(&index).is_ok_and(|meta| meta.is_file())
        && File::open(&index)
            .and_then(|file| file.take(HEAD).read_to_end(&mut head))
            .is_ok()
        && head.windows(GENERATOR.len()).any(|window| window == GENERATOR)
}
