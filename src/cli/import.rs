//! `minutebook import`

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use minutebook::document::Labels;
use minutebook::import::{self, Format, HELD, Job, Now, Options, Order, Outcome, Shelf};
use minutebook::source::{disk, pile};

use super::args::{AccountFormat, DateOrder, ImportArgs, ImportFormat};
use super::console::{self, Bar};
use super::files;

pub fn run(args: &ImportArgs) -> ExitCode {
    let Some(root) = root(&args.into) else {
        return console::refuse(
            &format!("`{}` is not named `content`", args.into.display()),
            Some("records lie in the folder `content` of a site: --into my-site/content"),
        );
    };
    let format = match args.what {
        ImportFormat::Moderngov => Format::ModernGov,
        ImportFormat::Markdown => Format::Markdown,
        ImportFormat::Popolo => Format::Popolo,
        ImportFormat::Docx => Format::Docx,
    };
    let brought = pile::read(&args.sources, |name| format.wants(name));
    if brought.is_empty() {
        return console::refuse("there is no file in what was named", None);
    }
    let (known, _) = disk::read(&root);
    let mut options = Options {
        body: args.body.clone(),
        date: args.date,
        retrieved: args.retrieved,
        mapping: None,
        order: args.date_order.map(|order| match order {
            DateOrder::DayFirst => Order::DayFirst,
            DateOrder::MonthFirst => Order::MonthFirst,
        }),
        accept_changes: args.accept_changes,
    };
    let place = args
        .mapping
        .clone()
        .unwrap_or_else(|| match root == Path::new(".") {
            true => PathBuf::from("import.toml"),
            false => root.join("import.toml"),
        });
    // Word documents are read without a mapping, unless one is named.
    let mapped = format == Format::Markdown || format == Format::Docx && args.mapping.is_some();
    if mapped {
        match fs::read_to_string(&place) {
            Ok(text) => options.mapping = Some(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound && format == Format::Markdown => {}
            Err(error) => {
                return console::refuse(&format!("{} cannot be read: {error}", place.display()), None);
            }
        }
    }
    let bar = Bar::for_terminal(args.quiet);
    let outcome = import::import(
        format,
        &Job {
            brought: &brought,
            options: &options,
            known: &known,
            labels: &Labels::default(),
            shelf: &Folder { root: root.clone() },
            progress: &bar,
        },
    );
    bar.clear();
    if let Some(why) = &outcome.refused {
        return console::refuse(why, Some(&format!("it is {}", place.display())));
    }
    if let Some(mapping) = &outcome.mapping {
        return drafted(args, &place, mapping);
    }
    if !args.dry_run
        && let Err(error) = write(&root, format, &outcome)
    {
        return console::refuse(
            &error,
            Some("what was written so far stays; run the same command again"),
        );
    }
    tell(args, &outcome)
}

/// A mapping was drafted: it is written, and nothing else.
fn drafted(args: &ImportArgs, place: &Path, mapping: &str) -> ExitCode {
    if args.dry_run {
        return console::printed(|out| out.write_all(mapping.as_bytes()));
    }
    match files::put(place, mapping.as_bytes()) {
        Ok(_) => {
            console::say(&format!(
                "made {}",
                files::shown(Path::new("."), &place.display().to_string())
            ));
            console::say(
                "- it says how the files are read, and what was seen in them: read it, and change what is wrong",
            );
            console::say("- then write `ready = true` in it, and run the same command again");
            ExitCode::SUCCESS
        }
        Err(error) => console::refuse(&format!("{} cannot be written: {error}", place.display()), None),
    }
}

fn tell(args: &ImportArgs, outcome: &Outcome) -> ExitCode {
    let account = &outcome.account;
    if let Some(file) = &args.report
        && let Err(error) = files::replace(file, account.json().as_bytes())
    {
        return console::refuse(&format!("{} cannot be written: {error}", file.display()), None);
    }
    let told = match args.format {
        AccountFormat::Json => console::out(|out| out.write_all(account.json().as_bytes())),
        AccountFormat::Human if args.quiet => {
            for file in account.files.iter().filter(|f| f.fate == "failed") {
                console::say(&format!(
                    "failed: {}: {}",
                    file.name,
                    file.why.as_deref().unwrap_or("")
                ));
            }
            Ok(())
        }
        AccountFormat::Human => {
            let told = console::out(|out| out.write_all(account.text(args.verbose).as_bytes()));
            if args.dry_run {
                console::say("this was a dry run: nothing was written");
            }
            told
        }
    };
    if let Err(error) = told {
        return console::untold(&error);
    }
    if account.failures() > 0 {
        ExitCode::from(super::FAILED)
    } else {
        ExitCode::SUCCESS
    }
}

/// The site folder that a content folder is of.
fn root(into: &Path) -> Option<PathBuf> {
    let named = into.file_name().is_some_and(|name| name == "content");
    let parent = into.parent().unwrap_or(Path::new(""));
    named.then(|| match parent.as_os_str().is_empty() {
        true => PathBuf::from("."),
        false => parent.to_owned(),
    })
}

/// What lies there from before.
struct Folder {
    root: PathBuf,
}

impl Folder {
    fn notes(&self) -> PathBuf {
        self.root.join(".minutebook").join("import")
    }
}

impl Shelf for Folder {
    fn now(&self, path: &str) -> Now {
        let content = self.root.join("content");
        let place = content.join(path);
        if files::leads_out(&content, path) {
            return Now::Other;
        }
        match fs::read(&place) {
            Ok(bytes) => String::from_utf8(bytes).map_or(Now::Other, Now::Text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Now::Missing,
            Err(_) => Now::Other,
        }
    }

    fn held(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.root.join(HELD).join(path)).ok()
    }

    fn base(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.notes().join("base").join(path)).ok()
    }

    fn memory(&self, format: Format) -> Option<String> {
        fs::read_to_string(self.notes().join(format!("{}.json", format.word()))).ok()
    }
}

/// Writes everything. What a record now holds is noted only after it is written.
fn write(root: &Path, format: Format, outcome: &Outcome) -> Result<(), String> {
    let put = |path: PathBuf, text: &str| {
        files::exchange(&path, text.as_bytes())
            .map_err(|e| format!("{} cannot be written: {e}", path.display()))
    };
    let held = root.join(HELD);
    for (path, text) in &outcome.held {
        if files::leads_out(root, &format!("{HELD}/{path}")) {
            return Err(format!("{HELD}/{path} is a link"));
        }
        put(held.join(path), text)?;
    }
    for path in &outcome.released {
        let place = held.join(path);
        fs::remove_file(&place).map_err(|e| format!("{} cannot be removed: {e}", place.display()))?;
    }
    for (path, text) in &outcome.files {
        put(root.join("content").join(path), text)?;
    }
    let notes = root.join(".minutebook").join("import");
    for (path, text) in &outcome.bases {
        put(notes.join("base").join(path), text)?;
    }
    if let Some(memory) = &outcome.memory {
        put(notes.join(format!("{}.json", format.word())), memory)?;
    }
    Ok(())
}
