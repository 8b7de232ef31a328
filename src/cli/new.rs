//! `minutebook new`

use std::process::ExitCode;

use minutebook::build;
use minutebook::report::rules;
use minutebook::start::{self, Made, Refusal, Wish};

use super::args::{NewArgs, NewRecord};
use super::console;
use super::files::{self, Put};

pub fn run(args: &NewArgs) -> ExitCode {
    let place = match &args.record {
        NewRecord::Meeting(record) => &record.place,
        NewRecord::Body(record) => &record.place,
        NewRecord::Person(record) => &record.place,
        NewRecord::Issue(record) => &record.place,
    };
    let look = build::look(&build::Options {
        root: place.root.clone(),
        output: place.root.join("public"),
        base_url: None,
        today: place.today,
        now: jiff::Timestamp::now(),
        drafts: false,
        keep_going: false,
        deny_warnings: false,
        home: None,
        program: String::new(),
        verify: false,
    });
    let missing = look
        .report
        .diagnostics()
        .iter()
        .find(|d| *d.rule == rules::NO_CONTENT);
    if let Some(missing) = missing {
        return console::refuse(
            &missing.message,
            Some("a new site is made by: minutebook init; another folder is named with --root"),
        );
    }
    let made: Result<Made, Refusal> = match &args.record {
        NewRecord::Meeting(record) => start::meeting(
            &look.archive,
            &Wish {
                body: &record.body,
                day: &record.day,
                title: record.title.as_deref(),
                start: record.start.as_deref(),
                venue: record.venue.as_deref(),
                folder: record.folder,
            },
            look.today,
        ),
        NewRecord::Body(record) => start::body(&look.archive, &record.name, record.kind.word()),
        NewRecord::Person(record) => start::person(&look.archive, &record.name),
        NewRecord::Issue(record) => start::issue(&look.archive, &record.title),
    };
    let made = match made {
        Ok(made) => made,
        Err(refusal) => return console::refuse(&refusal.words, refusal.help.as_deref()),
    };
    let shown = files::shown(&place.root, &made.file.path);
    match files::put(&place.root.join(&made.file.path), made.file.text.as_bytes()) {
        Ok(Put::Written) => {}
        Ok(Put::Kept) => {
            return console::refuse(
                &format!("{shown} is there already, and stays as it is"),
                Some("it may wait for its day, or hold an error: minutebook check"),
            );
        }
        Err(error) => return console::refuse(&format!("{shown} cannot be written: {error}"), None),
    }
    console::say(&format!("made {shown}"));
    for line in &made.next {
        console::say(&format!("- {line}"));
    }
    if look.report.errors() > 0 {
        console::say("- this site holds errors, so that not everything may be known: minutebook check");
    }
    ExitCode::SUCCESS
}
