//! A build after an edit leaves what a clean build makes, byte for byte, and
//! writes no file that did not change. The edits, and the files that each of
//! them may write, stand in `tests/incremental/edits.toml`;
//! `UPDATE=1 cargo test --test incremental` writes the lists anew.

#[path = "support/site.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod site;

#[path = "support/edits.rs"]
mod edits;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

use edits::{EDITS, Edits, SITE, edit, put, put_site};
use minutebook::build::{Anew, Outcome};
use site::{TODAY, build_on};

/// Every published file: when it was written, and its bytes.
fn files(folder: &Path) -> BTreeMap<String, (SystemTime, Vec<u8>)> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).expect("inside");
            let path = path.to_string_lossy().replace('\\', "/");
            let written = entry.metadata().expect("known").modified().expect("a time");
            (path, (written, fs::read(entry.path()).expect("bytes")))
        })
        .collect()
}

fn said(outcome: &Outcome) -> Vec<String> {
    let said = outcome.report.diagnostics().iter();
    said.map(|d| {
        format!(
            "{:?} {} {:?} {} {:?}",
            d.severity, d.path, d.span, d.message, d.help
        )
    })
    .collect()
}

#[test]
#[allow(clippy::disallowed_methods, reason = "UPDATE is asked for by hand")]
fn a_build_after_an_edit_is_a_clean_build_and_writes_no_more_than_it_must() {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join(EDITS);
    let written = fs::read_to_string(&place).expect("the edits");
    let mut edits: Edits = toml::from_str(&written).expect("edits");
    let mut wrong = String::new();
    for case in &mut edits.edit {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().join("site");
        let public = folder.path().join("public");
        put_site(&root);
        let first = build_on(&root, &public, None, TODAY);
        assert!(first.written.is_some(), "{}: {:?}", case.name, said(&first));
        let before = files(&public);

        edit(&root, &public, case);
        let today = case
            .today
            .as_ref()
            .map_or(TODAY, |day| day.parse().expect("a day"));
        let after = build_on(&root, &public, None, today);
        let found = files(&public);
        let clean_folder = folder.path().join("clean");
        let clean = build_on(&root, &clean_folder, None, today);
        let clean_files = files(&clean_folder);

        let expected = match case.anew.as_str() {
            "nothing" => Anew::Nothing,
            "words" => Anew::Words,
            _ => Anew::Everything,
        };
        assert_eq!(after.anew, expected, "{}", case.name);
        assert_eq!(said(&after), said(&clean), "{}", case.name);
        assert_eq!(after.counts, clean.counts, "{}", case.name);
        for (path, (_, bytes)) in &clean_files {
            assert!(
                found.get(path).is_some_and(|f| f.1 == *bytes),
                "{}: {path} is not that of a clean build",
                case.name
            );
        }
        assert_eq!(found.len(), clean_files.len(), "{}", case.name);

        let new = |f: &(&String, &(SystemTime, Vec<u8>))| before.get(f.0).is_none_or(|old| old.0 != f.1.0);
        let writes: Vec<String> = found.iter().filter(new).map(|f| f.0.clone()).collect();
        let removes: Vec<String> = before
            .keys()
            .filter(|p| !found.contains_key(*p))
            .cloned()
            .collect();
        let told = after.written.as_ref().expect("written");
        assert_eq!(
            (told.changed, told.removed),
            (writes.len(), removes.len()),
            "{}",
            case.name
        );
        let (writes, removes) = (shown(writes), shown(removes));
        if (&writes, &removes) != (&case.writes, &case.removes) {
            let _ = writeln!(wrong, "{}: writes {writes:?}, removes {removes:?}", case.name);
        }
        (case.writes, case.removes) = (writes, removes);

        // Once more, and nothing is left to do.
        let again = build_on(&root, &public, None, today).written.expect("written");
        assert_eq!(
            (again.changed, again.removed, again.files),
            (0, 0, told.files),
            "{}",
            case.name
        );
    }
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&place, with_lists(&written, &edits)).expect("updated");
    } else {
        assert!(wrong.is_empty(), "{wrong}");
    }
}

fn assert_clean(root: &Path, public: &Path, folder: &Path, after: &Outcome, what: &str) {
    // Nothing of a build before it may help.
    let _ = fs::remove_dir_all(folder);
    let clean = build_on(root, folder, None, TODAY);
    assert_eq!(clean.anew, Anew::Everything, "{what}");
    assert_eq!(said(after), said(&clean), "{what}");
    assert_eq!(after.counts, clean.counts, "{what}");
    let (found, clean) = (files(public), files(folder));
    let bytes = |files: &BTreeMap<String, (SystemTime, Vec<u8>)>| -> BTreeMap<String, Vec<u8>> {
        files
            .iter()
            .map(|(path, file)| (path.clone(), file.1.clone()))
            .collect()
    };
    let (found, clean) = (bytes(&found), bytes(&clean));
    let differs = clean
        .keys()
        .chain(found.keys())
        .find(|path| found.get(*path) != clean.get(*path));
    assert_eq!(differs, None, "{what}");
}

/// Words change and change back, before and after every other edit: what stood
/// while they were other is made again.
#[test]
fn words_that_change_back_leave_nothing_behind() {
    let written = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(EDITS)).expect("the edits");
    let edits: Edits = toml::from_str(&written).expect("edits");
    let (parks, council) = (
        "content/meetings/parks/2026-03-03.md",
        "content/meetings/council/2026-05-05.md",
    );
    for case in edits.edit.iter().filter(|case| case.today.is_none()) {
        let folder = tempfile::tempdir().expect("a folder");
        let (root, public) = (folder.path().join("site"), folder.path().join("public"));
        let clean = folder.path().join("clean");
        put_site(&root);
        let replace = |path: &str, from: &str, to: &str| {
            let file = root.join(path);
            let Ok(text) = fs::read_to_string(&file) else {
                return;
            };
            fs::write(&file, text.replace(from, to)).expect("written");
        };
        let look = |what: &str| {
            let after = build_on(&root, &public, None, TODAY);
            assert_clean(&root, &public, &clean, &after, &format!("{}: {what}", case.name));
            after.anew
        };
        look("first");
        replace(parks, "There were none", "None were sent");
        assert_eq!(look("a word"), Anew::Words);
        replace(council, "elected", "chosen");
        assert_eq!(look("another"), Anew::Words);
        edit(&root, &public, case);
        look("the edit");
        replace(parks, "None were sent", "There were none");
        look("the first word back");
        replace(council, "chosen", "elected");
        look("the other word back");
        assert_eq!(look("nothing"), Anew::Nothing, "{}", case.name);
    }
}

/// Words can open a list of the site, to which every page leads.
#[test]
fn words_that_open_a_list_are_more_than_their_meeting() {
    let folder = tempfile::tempdir().expect("a folder");
    let (root, public) = (folder.path().join("site"), folder.path().join("public"));
    put_site(&root);
    let path = "content/meetings/council/2026-06-02.md";
    let text = "## 1. Declarations of interest\n\n### Minutes\n\nThere were none.\n";
    let register = public.join("declarations/index.html");
    put(&root, path, text);
    build_on(&root, &public, None, TODAY);
    assert!(!register.exists());
    put(
        &root,
        path,
        &text.replace("There were none.", "A member declared a boat."),
    );
    let after = build_on(&root, &public, None, TODAY);
    assert_eq!(after.anew, Anew::Words);
    assert_clean(&root, &public, &folder.path().join("clean"), &after, "a list");
    assert!(register.exists());
}

/// A store that was cut, or is another's, is not used.
#[test]
fn a_store_that_is_not_the_last_builds_is_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let (root, public) = (folder.path().join("site"), folder.path().join("public"));
    put_site(&root);
    build_on(&root, &public, None, TODAY);
    let notes = fs::read_dir(root.join(".minutebook")).expect("notes");
    let places = notes.map(|entry| entry.expect("an entry").path());
    let store = places
        .into_iter()
        .find(|path| path.extension().is_some_and(|e| e == "store"))
        .expect("a store");
    let bytes = fs::read(&store).expect("bytes");
    let (meeting, text) = SITE[8];
    for (n, spoilt) in [&bytes[..bytes.len() / 2], b"", &[&bytes[..], b"x"].concat()]
        .into_iter()
        .enumerate()
    {
        fs::write(&store, spoilt).expect("spoilt");
        put(&root, meeting, &text.replace("silted", &format!("silted {n}")));
        let after = build_on(&root, &public, None, TODAY);
        assert_eq!(after.anew, Anew::Everything, "{n}");
        assert_clean(&root, &public, &folder.path().join("clean"), &after, "spoilt");
    }
    put(&root, meeting, text);
    assert_eq!(build_on(&root, &public, None, TODAY).anew, Anew::Words);
}

/// Front matter and words of a meeting that cannot be read as they were meant, and whether its old
/// pages are left. What was to be withheld leaves none.
const BROKEN: &[(&str, &str, bool)] = &[
    ("status: over\n", "The HERON is sold.", true),
    ("status: draft\n", "The HERON is sold.", false),
    (
        "minutes:\n  - publish_at: 2999-01-01\n",
        "The HERON is sold.",
        true,
    ),
    ("title: [\n", "The HERON is sold.", true),
    ("publish_at: soon\n", "The HERON is sold.", false),
    ("draft: true\n", "The HERON is sold.", false),
    ("draft: true\ntitle: [\n", "The HERON is sold.", false),
    (
        "title: \"Buoys\nvisibility: members\n",
        "The HERON is sold.",
        false,
    ),
];

#[test]
fn a_broken_record_keeps_its_old_pages() {
    let file = "content/meetings/harbour/2025-03-04.md";
    let page = "meetings/harbour/2025-03-04/1/index.html";
    for (front, words, left) in BROKEN {
        let folder = tempfile::tempdir().expect("a folder");
        let (root, public) = (folder.path().join("site"), folder.path().join("public"));
        let mut options = site::options(&root, &public, None, TODAY);
        options.keep_going = true;
        let build = || minutebook::build::build(&options, &site::Silent);
        put(&root, "site.toml", "");
        put(
            &root,
            "content/meetings/harbour/2025-04-01.md",
            "## 1. Ferry\nIt sails.\n",
        );
        let mut seen = Vec::new();
        // Broken from the beginning, sound, and broken again.
        for (front, words) in [(*front, *words), ("", "The buoys are new."), (front, words)] {
            put(
                &root,
                file,
                &format!("---\n{front}---\n## 1. Buoys\n### Minutes\n{words}\n"),
            );
            let outcome = build();
            assert_eq!(
                outcome.report.errors() > 0,
                !front.is_empty(),
                "{front}: {:?}",
                said(&outcome)
            );
            seen.push(site::files(&public));
        }
        for (path, bytes) in seen.iter().flatten() {
            assert!(
                !String::from_utf8_lossy(bytes).contains("HERON"),
                "{front}: {path}"
            );
        }
        let kept = seen.pop().expect("three").get(page).cloned();
        let alike = kept.as_ref() == seen[1].get(page).filter(|_| *left);
        assert!(alike, "{front}: {}", if *left { "not left" } else { "left" });
    }
}

/// Parts of the search index are named by their content.
fn shown(paths: Vec<String>) -> Vec<String> {
    let name = |path: String| match path.strip_prefix("search/index/") {
        Some(part) if part != "root.bin" => "search/index/*.bin".to_owned(),
        _ => path,
    };
    let mut paths: Vec<String> = paths.into_iter().map(name).collect();
    paths.dedup();
    paths
}

/// The file of edits with its lists as they were found.
fn with_lists(written: &str, edits: &Edits) -> String {
    let mut out = String::new();
    let mut parts = written.split("[[edit]]\n");
    out.push_str(parts.next().unwrap_or(""));
    for (part, edit) in parts.zip(&edits.edit) {
        out.push_str("[[edit]]\n");
        let lists = part.find("\nwrites = ").or_else(|| part.find("\nremoves = "));
        out.push_str(part[..lists.unwrap_or(part.len())].trim_end());
        for (name, list) in [("writes", &edit.writes), ("removes", &edit.removes)] {
            if !list.is_empty() {
                let _ = write!(out, "\n{name} = [");
                for path in list {
                    let _ = write!(out, "\n    {path:?},");
                }
                out.push_str("\n]");
            }
        }
        out.push_str("\n\n");
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}
