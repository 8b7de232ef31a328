//! `minutebook serve`

use std::collections::BTreeSet;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use minutebook::build::{Preview, Seen};
use minutebook::paths::SourcePath;
use minutebook::report::Diagnostic;
use minutebook::serve::{self, Clerk, Keeper, Limits, Settings, Touched, Turn};

use super::args::ServeArgs;
use super::console::{self, Console};

pub fn run(args: &ServeArgs) -> ExitCode {
    let common = &args.common;
    if !common.root.is_dir() {
        let words = format!("there is no folder `{}`", common.root.display());
        return console::refuse(&words, Some("name the site folder with --root"));
    }
    let console = Arc::new(Console::new(common));
    let settings = Settings {
        root: common.root.clone(),
        ip: args.bind,
        port: args.port,
        poll: args.poll,
        run: format!("{:x}", jiff::Timestamp::now().as_microsecond()),
        limits: Limits::default(),
    };
    let bound = match serve::bind(&settings) {
        Ok(bound) => bound,
        Err(error) => {
            let words = format!("{} cannot be used: {error}", settings.ip);
            return console::refuse(&words, Some("give another port with --port"));
        }
    };
    let mut options = super::build::options(common, common.root.join("public"));
    options.drafts = args.drafts;
    let at = bound.at;
    let teller = Teller {
        preview: Preview::new(options, jiff::Timestamp::now),
        console: Arc::clone(&console),
        known: BTreeSet::new(),
        wrong: false,
        first: true,
    };
    let ready = |base: Option<&str>| {
        let address = serve::address(at, base.unwrap_or("/"));
        if args.port != 0 && at.port() != args.port {
            console.note(&format!("port {} is taken; {} is free", args.port, at.port()));
        }
        if !common.quiet {
            console::say(&format!("the site is at {address}"));
        }
        console.note("a change is shown as soon as it is saved; Ctrl-C ends this");
        if args.drafts {
            console.note("what waits for its day is shown too; it stays on this machine");
        }
        if !at.ip().is_loopback() {
            console.note("other machines can read it too");
        }
        if args.open && open::that_detached(&address).is_err() {
            console.note("no browser could be opened; open the address yourself");
        }
    };
    let clerk = Arc::new(Words(Arc::clone(&console)));
    match serve::run(bound, &settings, teller, clerk, ready) {
        Ok(()) => {
            console.note("stopped");
            ExitCode::SUCCESS
        }
        Err(error) => console::refuse(&format!("the preview ended: {error}"), None),
    }
}

/// What is wrong, wherever in its file: typing above it moves it.
type Told = (SourcePath, &'static str, String);

fn told(said: &Diagnostic) -> Told {
    (said.path.clone(), said.rule.name, said.message.clone())
}

/// Looks again, and says what came of it and how long it took.
struct Teller {
    preview: Preview,
    console: Arc<Console>,
    /// What was told already.
    known: BTreeSet<Told>,
    /// Whether anything was wrong when it was last told.
    wrong: bool,
    first: bool,
}

impl Keeper for Teller {
    fn look(&mut self, touched: &Touched) -> Option<Turn> {
        let started = Instant::now();
        let seen = self.preview.look(touched)?;
        let took = started.elapsed().as_millis();
        self.tell(&seen, took);
        self.known = seen.report.diagnostics().iter().map(told).collect();
        self.wrong = seen.report.errors() + seen.report.warnings() > 0;
        self.first = false;
        Some(seen.turn)
    }
}

impl Teller {
    fn tell(&self, seen: &Seen, took: u128) {
        // What stands in the archive since yesterday is not told with every save.
        let new = seen
            .report
            .diagnostics()
            .iter()
            .filter(|d| !self.known.contains(&told(d)));
        let _ = self.console.diagnostics(new);
        let problems = console::problems(&seen.report);
        let line = match self.first {
            true => format!("{} read in {took} ms{problems}", console::records(&seen.counts)),
            false => {
                let mended = match (self.wrong, problems.is_empty()) {
                    (true, true) => "; all is mended",
                    _ => "",
                };
                format!("{}: ready in {took} ms{problems}{mended}", what(&seen.changed))
            }
        };
        self.console.note(&line);
    }
}

/// The files that changed, or how many.
fn what(changed: &[String]) -> String {
    match changed {
        [] => "the folder".to_owned(),
        few if few.len() <= 3 => few.join(", "),
        many => console::plural(many.len(), "file", "files"),
    }
}

struct Words(Arc<Console>);

impl Clerk for Words {
    fn polls(&self, why: &str) {
        let words = "changes are looked for every second instead";
        self.0.note(&format!(
            "the system does not tell when a file is saved ({why}); {words}"
        ));
    }

    fn fault(&self, path: &str, words: &str) {
        let path = SourcePath::new(path);
        self.0.note(&format!("/{path}\n{}", words.trim_end()));
    }
}
