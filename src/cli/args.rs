//! Which words the command line knows.

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
    /// Build the site into a folder that any static host can serve
    Build(BuildArgs),
    /// Read everything and say what is wrong, without writing anything
    Check(CheckArgs),
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
}

#[derive(ClapArgs)]
pub struct CheckArgs {
    #[command(flatten)]
    pub common: Common,
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
