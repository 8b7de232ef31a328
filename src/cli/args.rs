//! Which words the command line knows.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

/// Publishes the minutes of committees as a linked static website.
#[derive(Parser)]
#[command(name = "minutebook", version, about, max_term_width = 100)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Make a new site: a body, a meeting, an issue, a person, and CI files
    Init(InitArgs),
    /// Make a new record: a meeting, a body, a person or an issue
    New(NewArgs),
    /// Build the site into a folder that any static host can serve
    Build(BuildArgs),
    /// Show the site in a browser while it is written
    Serve(ServeArgs),
    /// Read everything and say what is wrong, without writing anything
    Check(CheckArgs),
    /// Make records of what is kept elsewhere: pages of another system, a pile of minutes
    Import(ImportArgs),
    /// Tell what a rule is for, or list the rules
    Explain(ExplainArgs),
    /// List the files of the built-in theme, or copy them out to change them
    Theme(ThemeArgs),
    /// Print a script that completes commands and options in a shell
    Completions(CompletionsArgs),
    /// Print the manual page, or write one for each command into a folder
    Man(ManArgs),
}

#[derive(ClapArgs)]
pub struct InitArgs {
    /// The folder of the new site
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub folder: PathBuf,
    /// Ask nothing, and take what is not given as it is in most sites
    #[arg(long, short)]
    pub yes: bool,
    /// Whose record it is
    #[arg(long, value_name = "NAME")]
    pub authority: Option<String>,
    /// What the site is called
    #[arg(long)]
    pub title: Option<String>,
    /// Where the site will be
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// The name of the first body
    #[arg(long, value_name = "NAME")]
    pub body: Option<String>,
    /// Whose "today" counts, as Europe/London
    #[arg(long, value_name = "ZONE")]
    pub time_zone: Option<String>,
    /// The day of the new files, instead of today
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub today: Option<Date>,
}

#[derive(ClapArgs)]
pub struct NewArgs {
    #[command(subcommand)]
    pub record: NewRecord,
}

#[derive(Subcommand)]
pub enum NewRecord {
    /// A meeting, with its body's members and standing items
    Meeting(NewMeeting),
    /// A body: a council, a committee, a board
    Body(NewBody),
    /// A person
    Person(NewPerson),
    /// An issue: a matter that is followed across meetings
    Issue(NewIssue),
}

#[derive(ClapArgs)]
pub struct Place {
    /// The site folder, which holds site.toml and content/
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    pub root: PathBuf,
    /// The day it is made on, instead of today
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub today: Option<Date>,
}

#[derive(ClapArgs)]
pub struct NewMeeting {
    /// Which body meets: its id or its name
    pub body: String,
    /// The day, as 2026-12-08; 2026-12-08-2 or 2026-12-08-budget is another of that day
    #[arg(value_name = "YYYY-MM-DD")]
    pub day: String,
    /// What the meeting is called, if it is not the body and the day
    #[arg(long)]
    pub title: Option<String>,
    /// When it begins [default: as the last one did]
    #[arg(long, value_name = "HH:MM")]
    pub start: Option<String>,
    /// Where [default: where the last one was]
    #[arg(long, value_name = "PLACE")]
    pub venue: Option<String>,
    /// Make a folder, for papers beside the minutes
    #[arg(long)]
    pub folder: bool,
    #[command(flatten)]
    pub place: Place,
}

#[derive(ClapArgs)]
pub struct NewBody {
    /// What it is called
    pub name: String,
    /// What kind of body it is
    #[arg(long, default_value = "committee")]
    pub kind: BodyKind,
    #[command(flatten)]
    pub place: Place,
}

#[derive(ClapArgs)]
pub struct NewPerson {
    /// The name, as it is to be shown
    pub name: String,
    #[command(flatten)]
    pub place: Place,
}

#[derive(ClapArgs)]
pub struct NewIssue {
    /// What the matter is called
    pub title: String,
    #[command(flatten)]
    pub place: Place,
}

#[derive(Clone, Copy, ValueEnum, PartialEq, Eq)]
pub enum BodyKind {
    Council,
    Executive,
    Committee,
    SubCommittee,
    Joint,
    Partnership,
    WorkingGroup,
    OutsideBody,
    Board,
}

impl BodyKind {
    /// As it stands in a body's file.
    pub fn word(self) -> &'static str {
        match self {
            BodyKind::Council => "council",
            BodyKind::Executive => "executive",
            BodyKind::Committee => "committee",
            BodyKind::SubCommittee => "sub-committee",
            BodyKind::Joint => "joint",
            BodyKind::Partnership => "partnership",
            BodyKind::WorkingGroup => "working group",
            BodyKind::OutsideBody => "outside body",
            BodyKind::Board => "board",
        }
    }
}

#[derive(ClapArgs)]
pub struct ThemeArgs {
    #[command(subcommand)]
    pub verb: ThemeVerb,
}

#[derive(Subcommand)]
pub enum ThemeVerb {
    /// List the files of the built-in theme, and which of them the site has its own of
    List(ThemeList),
    /// Copy files of the built-in theme into the site's own, to be changed there
    Copy(ThemeCopy),
}

#[derive(ClapArgs)]
pub struct ThemeList {
    /// The site folder, which holds site.toml and content/
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    pub root: PathBuf,
}

#[derive(ClapArgs)]
pub struct ThemeCopy {
    /// Which files, as templates/meeting.html, meeting.html or static/css; all without a name
    #[arg(value_name = "FILE")]
    pub files: Vec<String>,
    /// Copy over files that are there
    #[arg(long)]
    pub force: bool,
    /// The site folder, which holds site.toml and content/
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    pub root: PathBuf,
}

#[derive(ClapArgs)]
pub struct CompletionsArgs {
    /// Which shell
    pub shell: clap_complete::Shell,
}

#[derive(ClapArgs)]
pub struct ManArgs {
    /// The folder to write the pages of all commands to
    #[arg(long, short, value_name = "FOLDER")]
    pub output: Option<PathBuf>,
}

#[derive(ClapArgs)]
pub struct Common {
    /// The site folder, which holds site.toml and content/
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    pub root: PathBuf,
    /// The address the site will have, instead of base_url in site.toml
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// The day to build for, instead of today; a later day releases nothing early
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub today: Option<Date>,
    /// Treat warnings as errors
    #[arg(long, value_name = "WHAT")]
    pub deny: Option<Deny>,
    /// How problems are told
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
    /// Say nothing but problems
    #[arg(long, short)]
    pub quiet: bool,
    /// Tell notes too, which are no warnings
    #[arg(long, short)]
    pub verbose: bool,
}

#[derive(ClapArgs)]
pub struct BuildArgs {
    #[command(flatten)]
    pub common: Common,
    /// The folder to publish to [default: public in the site folder]
    #[arg(long, short, value_name = "FOLDER")]
    pub output: Option<PathBuf>,
    /// Publish what is right in spite of errors; a broken record keeps its old pages
    #[arg(long)]
    pub keep_going: bool,
    /// Make everything again, and know what is published by reading it
    #[arg(long)]
    pub verify: bool,
}

#[derive(ClapArgs)]
pub struct ServeArgs {
    #[command(flatten)]
    pub common: Common,
    /// The port of the address; if it is taken, the next that is free
    #[arg(long, short, value_name = "NUMBER", default_value_t = 4400)]
    pub port: u16,
    /// Where it can be reached from: this machine alone, or 0.0.0.0 for all of its network
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub bind: IpAddr,
    /// Open the site in the browser
    #[arg(long)]
    pub open: bool,
    /// Show what waits for its `publish_at` too; what is exempt is never shown
    #[arg(long)]
    pub drafts: bool,
    /// Look for changes every second, where the system does not tell of them
    #[arg(long)]
    pub poll: bool,
}

#[derive(ClapArgs)]
pub struct CheckArgs {
    #[command(flatten)]
    pub common: Common,
}

#[derive(ClapArgs)]
pub struct ImportArgs {
    /// What the files are
    #[arg(value_name = "FORMAT")]
    pub what: ImportFormat,
    /// The files, or folders of them
    #[arg(value_name = "SOURCE", required = true)]
    pub sources: Vec<PathBuf>,
    /// The content folder of the site
    #[arg(long, value_name = "FOLDER", default_value = "content")]
    pub into: PathBuf,
    /// Say what would be done, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Whose meetings they are, where a file does not say
    #[arg(long, value_name = "NAME")]
    pub body: Option<String>,
    /// The day of the meeting, where a file does not say
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub date: Option<Date>,
    /// How to read minutes in Markdown [default: import.toml beside the content folder] or in Word [default: none]
    #[arg(long, value_name = "FILE")]
    pub mapping: Option<PathBuf>,
    /// How days in figures are written, as 04/06/2015; without it, what can be read in two ways is not read
    #[arg(long, value_name = "ORDER")]
    pub date_order: Option<DateOrder>,
    /// Take tracked changes of Word documents as accepted: insertions come in, deletions stay out
    #[arg(long)]
    pub accept_changes: bool,
    /// The day on which the files were fetched, for `source` in every record
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub retrieved: Option<Date>,
    /// How it is told what became of everything
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: AccountFormat,
    /// Write the whole account into a file, as JSON
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Say nothing but what failed
    #[arg(long, short)]
    pub quiet: bool,
    /// Tell of every file, date and word
    #[arg(long, short)]
    pub verbose: bool,
}

#[derive(Clone, Copy, ValueEnum, PartialEq, Eq)]
pub enum ImportFormat {
    /// Saved pages and answers of ModernGov: HTML, plain text, XML
    Moderngov,
    /// Minutes in Markdown or HTML, steered by a mapping
    Markdown,
    /// People, bodies, memberships, meetings and votes as Popolo: JSON
    Popolo,
    /// Minutes written in Word: .docx
    Docx,
}

#[derive(Clone, Copy, ValueEnum, PartialEq, Eq)]
pub enum DateOrder {
    /// 04/06/2015 is the fourth of June
    DayFirst,
    /// 04/06/2015 is the sixth of April
    MonthFirst,
}

#[derive(Clone, Copy, ValueEnum, PartialEq, Eq)]
pub enum AccountFormat {
    /// For people
    Human,
    /// One JSON document, on standard output
    Json,
}

#[derive(ClapArgs)]
pub struct ExplainArgs {
    /// The name that stands in square brackets in a message
    #[arg(value_name = "RULE")]
    pub rule: Option<String>,
}

#[derive(Clone, Copy, ValueEnum, PartialEq, Eq)]
pub enum Deny {
    Warnings,
}

#[derive(Clone, Copy, ValueEnum, PartialEq, Eq)]
pub enum Format {
    /// For people, with the line and a mark
    Human,
    /// One JSON object a line, on standard output
    Json,
    /// Annotations for GitHub, on standard output
    Github,
}

fn day(text: &str) -> Result<Date, String> {
    minutebook::text::dates::iso(text)
}
