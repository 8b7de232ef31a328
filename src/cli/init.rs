//! `minutebook init`

use std::io::{BufRead, IsTerminal};
use std::path::Path;
use std::process::ExitCode;

use minutebook::config::{self, BaseUrl};
use minutebook::start::{self, Answers, DEFAULT_AUTHORITY, DEFAULT_BODY, Refusal};

use super::args::InitArgs;
use super::console;
use super::files::{self, Put};

pub fn run(args: &InitArgs) -> ExitCode {
    let root = &args.folder;
    for there in ["site.toml", "content"] {
        if files::is_there(&root.join(there)) {
            return console::refuse(
                &format!("there is a site here already: {}", files::shown(root, there)),
                Some("name another folder, or add to this site with: minutebook new"),
            );
        }
    }
    let asks = !args.yes && std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    let answers = match answers(args, asks) {
        Ok(answers) => answers,
        Err(refusal) => return console::refuse(&refusal.words, refusal.help.as_deref()),
    };
    let made = match start::site(&answers) {
        Ok(made) => made,
        Err(refusal) => return console::refuse(&refusal.words, refusal.help.as_deref()),
    };
    for file in &made {
        match files::put(&root.join(&file.path), file.text.as_bytes()) {
            Ok(Put::Written) => console::say(&format!("made {}", files::shown(root, &file.path))),
            Ok(Put::Kept) => {
                console::say(&format!(
                    "kept {}, which was here",
                    files::shown(root, &file.path)
                ));
                if file.path == ".gitignore" {
                    console::say("     see that it holds these lines: /public/ /.minutebook/ *.private*");
                }
            }
            Err(error) => {
                return console::refuse(
                    &format!("{} cannot be written: {error}", files::shown(root, &file.path)),
                    None,
                );
            }
        }
    }
    let folder = match root == Path::new(".") {
        true => String::new(),
        false => format!(" --root {}", root.display()),
    };
    console::say("");
    console::say("The site is ready. Next:");
    console::say(&format!(
        "  minutebook check{folder}    tells which blanks are to be filled in"
    ));
    console::say(&format!(
        "  minutebook build{folder}    writes the site to {}",
        files::shown(root, "public")
    ));
    ExitCode::SUCCESS
}

fn answers(args: &InitArgs, asks: bool) -> Result<Answers, Refusal> {
    let ask = |question: &str, given: Option<&String>, standard: String| -> String {
        match given {
            Some(given) => given.clone(),
            None if asks => answer(question, &standard).unwrap_or(standard),
            None => standard,
        }
    };
    if asks {
        console::ask("A few questions; Enter takes what stands in brackets.\n");
    }
    let authority = ask(
        "Whose record is it?",
        args.authority.as_ref(),
        DEFAULT_AUTHORITY.to_owned(),
    );
    let title = ask(
        "What is the site called?",
        args.title.as_ref(),
        format!("{authority}: public record"),
    );
    let body = loop {
        let body = ask(
            "Which body meets first?",
            args.body.as_ref(),
            DEFAULT_BODY.to_owned(),
        );
        match start::body_id(&body) {
            Ok(_) => break body,
            Err(refusal) if asks && args.body.is_none() => console::ask(&format!("{}\n", refusal.words)),
            Err(refusal) => return Err(refusal),
        }
    };
    let base_url = loop {
        let address = ask(
            "Where will the site be, if that is known?",
            args.base_url.as_ref(),
            String::new(),
        );
        if address.trim().is_empty() {
            break None;
        }
        match BaseUrl::parse(address.trim()) {
            Ok(base) => break Some(base.whole()),
            Err(words) if asks && args.base_url.is_none() => console::ask(&format!("{words}\n")),
            Err(words) => {
                let help = Some("write it like https://minutes.example.org/".to_owned());
                return Err(Refusal { words, help });
            }
        }
    };
    if let Some(zone) = &args.time_zone
        && let Err((words, help)) = config::time_zone(zone)
    {
        let help = Some(help);
        return Err(Refusal { words, help });
    }
    Ok(Answers {
        authority,
        title,
        base_url,
        body,
        time_zone: args.time_zone.clone().unwrap_or_else(time_zone),
        today: args.today.unwrap_or_else(|| jiff::Zoned::now().date()),
    })
}

/// One line, or nothing when only Enter was pressed or the input has ended.
fn answer(question: &str, standard: &str) -> Option<String> {
    match standard {
        "" => console::ask(&format!("{question} ")),
        standard => console::ask(&format!("{question} [{standard}] ")),
    }
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).ok()?;
    Some(line.trim().to_owned()).filter(|l| !l.is_empty())
}

/// The zone of this machine, if it says one that a council can have.
fn time_zone() -> String {
    let zone = jiff::tz::TimeZone::system();
    match zone.iana_name() {
        Some(name) if name.contains('/') && !name.starts_with("Etc/") => name.to_owned(),
        _ => "Europe/London".to_owned(),
    }
}
