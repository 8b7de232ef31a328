//! What reaches the search index, and what never does.

#[allow(dead_code, reason = "shared with tests that use more of it")]
#[path = "support/site.rs"]
mod site;

use std::collections::BTreeMap;
use std::path::Path;

/// The files of the index of a site made of these records.
fn index(records: &[(&str, String)]) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in records {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    }
    let output = folder.path().join("public");
    let outcome = site::build(folder.path(), &output, Some("https://example.org/"));
    assert!(outcome.written.is_some(), "{:?}", outcome.report.diagnostics());
    site::files(&output)
        .into_iter()
        .filter(|(name, _)| name.starts_with("search/"))
        .collect()
}

/// An archive in which `withheld` stands wherever the public may not see it.
fn records(withheld: &str, unlisted: &str) -> Vec<(&'static str, String)> {
    let (given, family) = unlisted.split_once(' ').expect("two names");
    vec![
        ("site.toml", "title = \"T\"\n".to_owned()),
        (
            "content/people/ann.md",
            "---\nname: Ann Bell\n---\nKnown to all.\n".to_owned(),
        ),
        (
            "content/people/quiet.md",
            format!(
                "---\nname: {unlisted}\nlisted: false\naliases: [{given} B. {family}]\n---\nLives at {withheld}.\n"
            ),
        ),
        (
            "content/people/later.md",
            format!("---\nname: {withheld} Person\npublish_at: 2099-01-01\n---\n{withheld}\n"),
        ),
        (
            "content/issues/pond.md",
            "---\ntitle: The pond\n---\nSilted.\n".to_owned(),
        ),
        (
            "content/issues/later.md",
            format!("---\ntitle: {withheld}\npublish_at: 2099-01-01\n---\n{withheld}\n"),
        ),
        (
            "content/decisions/2025-01-02-repair.md",
            format!("---\ntitle: Repair\nexempt: paragraph 3\n---\n## Decision\n\n{withheld}\n"),
        ),
        (
            "content/meetings/harbour/2025-03-04.md",
            format!(
                "---\nattendance:\n  present: [ann, quiet]\n---\n## Apologies\n\n- {unlisted}\n\n\
                 ## 1. The pond\n\n- Issue: pond\n- Introduced by: {unlisted}\n\n### Minutes\n\n\
                 {unlisted} spoke, and so did {given} B. {family}; Mrs {family}, Alderman {family} and the Rev. {family} agreed with [[quiet]].\n\n\
                 ## 2. The lease\n\n- Exempt: paragraph 3\n\n### Minutes\n\n{withheld}\n\n### Public summary\n\nA lease.\n"
            ),
        ),
        (
            "content/meetings/harbour/2025-04-01.md",
            format!("---\npublish_at: 2099-01-01\n---\n## 1. {withheld}\n\n{withheld}\n"),
        ),
    ]
}

#[test]
fn no_byte_of_the_index_depends_on_what_is_withheld() {
    let one = index(&records("Marlinspike", "Zelda Quimbly"));
    let other = index(&records("Oxenholme Quay 17", "Thorvald Achterberg"));
    assert!(one.len() > 4, "{:?}", one.keys());
    for (name, bytes) in &one {
        assert_eq!(Some(bytes), other.get(name), "{name} differs");
    }
    assert_eq!(one.len(), other.len());
    // And the check sees a difference where there is one.
    let mut public = records("Marlinspike", "Zelda Quimbly");
    public[4].1.push_str("Dredged.\n");
    assert_ne!(one, index(&public));
}

#[test]
fn the_index_may_be_left_out() {
    let mut records = records("x", "Zelda Quimbly");
    records[0].1.push_str("[output]\nsearch = false\n");
    assert_eq!(index(&records), BTreeMap::new());
}

#[test]
fn an_archive_without_anything_has_an_index_too() {
    let made = index(&[
        ("site.toml", "title = \"T\"\n".to_owned()),
        ("content/index.md", String::new()),
    ]);
    assert_eq!(
        made.keys().collect::<Vec<_>>(),
        ["search/index.html", "search/index/root.bin"]
    );
}

#[test]
fn the_reader_is_small() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/static/js/search.js");
    let bytes = std::fs::read(script).expect("the reader");
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut encoder, &bytes).expect("compressed");
    let size = encoder.finish().expect("compressed").len();
    assert!(size <= 17_250, "{size} bytes with gzip");
}
