//! `minutebook check`

use std::process::ExitCode;

use minutebook::build;

use super::args::CheckArgs;
use super::console::Console;

pub fn run(args: &CheckArgs) -> ExitCode {
    let console = Console::new(&args.common);
    let options = super::build::options(&args.common, args.common.root.join("public"));
    let outcome = build::check(&options, console.progress());
    super::build::code(&outcome, &args.common, console.tell(&outcome, true))
}
