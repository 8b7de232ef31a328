//! Edits of a small site, as they stand in `tests/incremental/edits.toml`.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use serde::Deserialize;

pub const EDITS: &str = "tests/incremental/edits.toml";

#[derive(Deserialize)]
pub struct Edits {
    pub edit: Vec<Edit>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "one test asks for less")]
pub struct Edit {
    pub name: String,
    #[serde(default)]
    pub touch: Vec<String>,
    /// File, what stands in it, what is to stand there.
    #[serde(default)]
    pub replace: Vec<[String; 3]>,
    #[serde(default, rename = "move")]
    pub moves: Vec<[String; 2]>,
    #[serde(default)]
    pub delete: Vec<String>,
    #[serde(default)]
    pub write: Vec<[String; 2]>,
    /// Published files that somebody else writes into.
    #[serde(default)]
    pub spoil: Vec<String>,
    /// Published files that somebody else removes.
    #[serde(default)]
    pub lose: Vec<String>,
    pub today: Option<String>,
    /// `nothing`, `words`, or else `everything`: how much is put together.
    #[serde(default)]
    pub anew: String,
    /// What the build after it writes and removes.
    #[serde(default)]
    pub writes: Vec<String>,
    #[serde(default)]
    pub removes: Vec<String>,
}

/// The site before each edit.
pub const SITE: &[(&str, &str)] = &[
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
        "---\ndate: 2026-03-03\npresent: [jane-roe, tom-hale]\ndocuments: [{title: Photographs, file: pond.pdf, publish_at: 2999-01-01}]\n---\n\n## 1. Apologies\n\n### Minutes\n\nThere were none.\n\n## 2. The pond\n\n- Issue: Mill Pond\n- Report: [Plan](../../files/plan.pdf)\n\n### Minutes\n\nJane Roe said that it had silted up.\n\n### Decision\n\n1. To dredge it.\n",
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

/// Puts the site into a folder.
pub fn put_site(root: &Path) {
    SITE.iter().for_each(|(path, text)| put(root, path, text));
}

pub fn put(root: &Path, path: &str, text: &str) {
    let place = root.join(path);
    fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
    fs::write(place, text).expect("written");
}

#[allow(clippy::disallowed_methods, reason = "what a clerk's disk does")]
pub fn edit(root: &Path, public: &Path, edit: &Edit) {
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
