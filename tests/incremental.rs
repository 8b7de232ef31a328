//! A build after an edit leaves what a clean build makes, byte for byte, and
//! writes no file that did not change. The edits, and the files that each of
//! them may write, stand in `tests/incremental/edits.toml`;
//! `UPDATE=1 cargo test --test incremental` writes the lists anew.

#[path = "support/site.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod site;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

use minutebook::build::Outcome;
use serde::Deserialize;
use site::{TODAY, build_on};

const EDITS: &str = "tests/incremental/edits.toml";

#[derive(Deserialize)]
struct Edits {
    edit: Vec<Edit>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    name: String,
    #[serde(default)]
    touch: Vec<String>,
    /// File, what stands in it, what is to stand there.
    #[serde(default)]
    replace: Vec<[String; 3]>,
    #[serde(default, rename = "move")]
    moves: Vec<[String; 2]>,
    #[serde(default)]
    delete: Vec<String>,
    #[serde(default)]
    write: Vec<[String; 2]>,
    /// Published files that somebody else writes into.
    #[serde(default)]
    spoil: Vec<String>,
    /// Published files that somebody else removes.
    #[serde(default)]
    lose: Vec<String>,
    today: Option<String>,
    /// What the build after it writes and removes.
    #[serde(default)]
    writes: Vec<String>,
    #[serde(default)]
    removes: Vec<String>,
}

/// The site before each edit.
const SITE: &[(&str, &str)] = &[
    (
        "site.toml",
        "title = \"Minutes\"\nbase_url = \"https://minutes.example.org/\"\n\n[output]\nfeeds = true\n",
    ),
    ("content/index.md", "Of the parish.\n"),
    ("content/people/jane-roe.md", "---\nname: Jane Roe\n---\n"),
    ("content/people/tom-hale.md", "---\nname: Tom Hale\n---\n"),
    ("content/bodies/parks.md", "---\nname: Parks Committee\n---\n"),
    ("content/bodies/council.md", "---\nname: Parish Council\n---\n"),
    ("content/issues/mill-pond.md", "---\ntitle: Mill Pond\n---\n"),
    ("content/files/plan.pdf", "%PDF-1.4 a plan\n"),
    (
        "content/meetings/parks/2026-03-03.md",
        "---\ndate: 2026-03-03\npresent: [jane-roe, tom-hale]\n---\n\n## 1. Apologies\n\n### Minutes\n\nThere were none.\n\n## 2. The pond\n\n- Issue: Mill Pond\n- Report: [Plan](../../files/plan.pdf)\n\n### Minutes\n\nJane Roe said that it had silted up.\n\n### Decision\n\n1. To dredge it.\n",
    ),
    (
        "content/meetings/parks/2026-09-01.md",
        "## 1. The pond\n\n- Issue: Mill Pond\n\n### Minutes\n\nIt was dredged.\n",
    ),
    (
        "content/meetings/council/2026-05-05.md",
        "---\ntitle: Annual council\npresent: [tom-hale]\n---\n\n## 1. Chair\n\n### Minutes\n\nTom Hale was elected.\n",
    ),
    (
        "content/meetings/council/2026-12-08.md",
        "---\nstatus: scheduled\n---\n\n## 1. The precept\n",
    ),
];

fn put(root: &Path, path: &str, text: &str) {
    let place = root.join(path);
    fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
    fs::write(place, text).expect("written");
}

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

#[allow(clippy::disallowed_methods, reason = "what a clerk's disk does")]
fn edit(root: &Path, public: &Path, edit: &Edit) {
    for [from, to] in &edit.moves {
        fs::rename(root.join(from), root.join(to)).expect("moved");
    }
    for [path, from, to] in &edit.replace {
        let text = fs::read_to_string(root.join(path)).expect("a file");
        assert!(text.contains(from.as_str()), "{}: {from}", edit.name);
        put(root, path, &text.replacen(from.as_str(), to, 1));
    }
    for path in &edit.touch {
        let file = fs::File::options()
            .append(true)
            .open(root.join(path))
            .expect("open");
        file.set_modified(SystemTime::now() + std::time::Duration::from_secs(7))
            .expect("touched");
    }
    for [path, text] in &edit.write {
        put(root, path, text);
    }
    for path in &edit.delete {
        fs::remove_file(root.join(path)).expect("deleted");
    }
    for path in &edit.spoil {
        fs::write(public.join(path), "spoilt").expect("spoilt");
    }
    for path in &edit.lose {
        fs::remove_file(public.join(path)).expect("lost");
    }
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
        for (path, text) in SITE {
            put(&root, path, text);
        }
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
