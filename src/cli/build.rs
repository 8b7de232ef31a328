//! `minutebook build`

use std::process::ExitCode;

use minutebook::build;

use super::args::{BuildArgs, Common, Deny};
use super::console::{self, Console};

pub fn run(args: &BuildArgs) -> ExitCode {
    let console = Console::new(&args.common);
    let output = args
        .output
        .clone()
        .unwrap_or_else(|| args.common.root.join("public"));
    let mut options = options(&args.common, output);
    options.keep_going = args.keep_going;
    options.verify = args.verify;
    let outcome = build::build(&options, console.progress());
    code(&outcome, &args.common, console.tell(&outcome, false))
}

/// What the library is asked for, from the command line, the clock and the
/// environment.
pub fn options(common: &Common, output: std::path::PathBuf) -> build::Options {
    build::Options {
        root: common.root.clone(),
        output,
        base_url: common.base_url.clone(),
        today: common.today,
        now: jiff::Timestamp::now(),
        drafts: false,
        keep_going: false,
        deny_warnings: common.deny == Some(Deny::Warnings),
        home: std::env::home_dir(),
        program: program(),
        verify: false,
    }
}

/// The version, and of a program that is being worked on which one it is.
fn program() -> String {
    let version = env!("CARGO_PKG_VERSION");
    let built = std::env::current_exe().and_then(std::fs::metadata);
    let stamp = built.ok().and_then(|meta| {
        let modified = meta.modified().ok()?;
        let since = modified.duration_since(std::time::UNIX_EPOCH).ok()?;
        Some(format!("{}-{}", meta.len(), since.as_nanos()))
    });
    format!("{version} {}", stamp.unwrap_or_default())
}

/// Clean, or not; `told` is whether everything could be said.
pub fn code(outcome: &build::Outcome, common: &Common, told: std::io::Result<()>) -> ExitCode {
    if let Err(error) = told {
        return console::untold(&error);
    }
    let denied = common.deny == Some(Deny::Warnings) && outcome.report.warnings() > 0;
    if outcome.failure.is_some() || outcome.report.errors() > 0 || denied {
        ExitCode::from(super::FAILED)
    } else {
        ExitCode::SUCCESS
    }
}
