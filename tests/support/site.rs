//! Sites built for a test, into a folder that goes with it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::civil::{Date, date};
use minutebook::build::{self, Options, Outcome, Progress};

/// A built site: its files by their paths.
pub struct Built {
    pub files: BTreeMap<String, Vec<u8>>,
}

/// Nobody watches.
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _: &'static str, _: usize) {}
    fn step(&self) {}
}

/// The day for which every test builds.
pub const TODAY: Date = date(2026, 11, 22);

/// Builds the site folder `root` into `output`.
pub fn build(root: &Path, output: &Path, base_url: Option<&str>) -> Outcome {
    build_on(root, output, base_url, TODAY)
}

/// The same for another day.
pub fn build_on(root: &Path, output: &Path, base_url: Option<&str>, today: Date) -> Outcome {
    build::build(&options(root, output, base_url, today), &Silent)
}

/// What a build of a test is asked for.
pub fn options(root: &Path, output: &Path, base_url: Option<&str>, today: Date) -> Options {
    Options {
        root: root.to_owned(),
        output: output.to_owned(),
        base_url: base_url.map(str::to_owned),
        today: Some(today),
        now: format!("{today}T12:00:00Z").parse().expect("a moment"),
        drafts: false,
        keep_going: false,
        deny_warnings: false,
        home: None,
        program: String::new(),
        verify: false,
    }
}

/// Builds a copy of the example archive.
pub fn build_example(base_url: Option<&str>) -> Built {
    let settings = Path::new(env!("CARGO_MANIFEST_DIR")).join("site.toml");
    build_example_with(&std::fs::read_to_string(settings).expect("site.toml"), base_url)
}

/// Builds the records of the example archive with other settings.
pub fn build_example_with(settings: &str, base_url: Option<&str>) -> Built {
    let folder = tempfile::tempdir().expect("a folder");
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    std::fs::write(folder.path().join("site.toml"), settings).expect("site.toml");
    copy(&repository.join("content"), &folder.path().join("content"));
    let output = folder.path().join("public");
    let outcome = build(folder.path(), &output, base_url);
    assert_eq!(outcome.report.errors(), 0, "{:?}", outcome.report.diagnostics());
    Built {
        files: files(&output),
    }
}

/// Copies a folder.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a file");
        }
    }
}

/// Every file below a folder.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut out = BTreeMap::new();
    let mut folders: Vec<PathBuf> = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path
                    .strip_prefix(folder)
                    .expect("below")
                    .to_string_lossy()
                    .replace('\\', "/");
                out.insert(name, std::fs::read(&path).expect("a file"));
            }
        }
    }
    out
}

/// The files of a built site, by their paths.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Builds a site of these files for a day, without an error.
pub fn build_files(files: &[(&str, &str)], today: Date) -> Files {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let place = folder.path().join(path);
        std::fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
        std::fs::write(place, text).expect("written");
    }
    let output = folder.path().join("public");
    let outcome = build_on(folder.path(), &output, None, today);
    assert_eq!(outcome.report.errors(), 0, "{:?}", outcome.report.diagnostics());
    self::files(&output)
}

/// A file of a site as text.
pub fn text<'f>(files: &'f Files, path: &str) -> &'f str {
    let bytes = files.get(path).unwrap_or_else(|| panic!("{path} is not there"));
    std::str::from_utf8(bytes).expect("UTF-8")
}
