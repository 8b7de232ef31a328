//! `site.toml`: what a site is called, where it lives, which switches are set.
//! [`read`] turns the file as written into a [`Config`] that is checked and
//! meaningful; every mistake is told with its line.

mod raw;

pub use raw::{Keys, kind};

use std::collections::BTreeMap;

use crate::paths::{SourcePath, Span, decode_path, encode_path};
use crate::report::allow::Written;
use crate::report::{Diagnostic, Report, Rule, rules};
use crate::text::holidays::{BankHolidays, Closed};
use crate::text::{language, nearest};

/// A site's settings, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    pub title: String,
    pub base: Option<BaseUrl>,
    /// Where it was first published, when that was elsewhere: the ids that
    /// feeds and calendars know a record by begin with it.
    pub first_base: Option<BaseUrl>,
    pub language: String,
    pub time_zone: String,
    pub theme: String,
    pub authority: Option<String>,
    pub licence: Option<String>,
    pub contact: Option<String>,
    pub autolink: bool,
    pub undeclared: Undeclared,
    pub item_pages: bool,
    pub search: bool,
    pub data: bool,
    pub feeds: bool,
    pub csv: bool,
    pub popolo: bool,
    pub calendar: bool,
    pub checksums: bool,
    pub json_ld: bool,
    pub citations: bool,
    pub registers: bool,
    /// How many months before and after today the calendars for programs hold.
    pub past_months: u32,
    pub future_months: u32,
    /// The most entries of a feed.
    pub feed_entries: u32,
    /// What the checks hold a record against.
    pub check: Check,
    /// More words for typed sections and fields, and what they mean.
    pub labels: BTreeMap<String, String>,
}

/// What is thought of a name without a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undeclared {
    Allow,
    Warn,
    Deny,
}

/// What the checks hold a record against.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// How many clear days before a meeting its agenda is to be published: 5 by
    /// the Local Government Act 1972, s. 100B, in England. 0: this is not checked.
    pub clear_days: u32,
    /// How many clear days before a key decision its notice is to be published:
    /// 28 by SI 2012/2089, reg. 9. 0: this is not checked.
    pub key_decision_days: u32,
    /// On which days nobody works.
    pub closed: Closed,
}

/// Where a site lives: `https://x.org/minutes/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    /// Scheme and host, without a slash: `https://x.org`.
    pub origin: String,
    /// Begins and ends with a slash: `/minutes/`.
    pub path: String,
}

impl BaseUrl {
    /// Reads an address; the error says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = |what: &str| Err(format!("`{text}` cannot be the address of a site: {what}"));
        let Some((scheme, rest)) = text.split_once("://") else {
            return wrong("it begins with https://");
        };
        if !["https", "http"].contains(&scheme) {
            return wrong("it begins with https://");
        }
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let plain = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
        if host.is_empty() || !host.chars().all(plain) {
            return match in_plain_letters(host) {
                Some(host) => wrong(&format!(
                    "the name of its host is written `{host}` where only plain letters may stand"
                )),
                None => wrong("the name of the host cannot be read"),
            };
        }
        // What is encoded already must not be so twice.
        let decoded = match path.contains(['?', '#', '<', '>', '"', '\\', ' ']) {
            true => None,
            false => decode_path(path),
        };
        let Some(path) = decoded.filter(|path| {
            !path.contains(char::is_control) && !path.split('/').any(|part| part == ".." || part == ".")
        }) else {
            return wrong("its path holds a character that no address holds");
        };
        let path = path.trim_matches('/');
        let path = if path.is_empty() {
            "/".to_owned()
        } else {
            format!("/{}/", encode_path(path))
        };
        Ok(Self {
            origin: format!("{scheme}://{}", host.to_lowercase()),
            path,
        })
    }

    pub fn whole(&self) -> String {
        format!("{}{}", self.origin, self.path)
    }
}

/// A host whose name has letters beyond A to Z, in the letters that addresses
/// are made of (RFC 5891).
fn in_plain_letters(host: &str) -> Option<String> {
    if host.is_ascii() {
        return None;
    }
    let (name, port) = host.split_once(':').map_or((host, None), |(n, p)| (n, Some(p)));
    let url::Host::Domain(name) = url::Host::parse(name).ok()? else {
        return None;
    };
    Some(port.map_or_else(|| name.clone(), |port| format!("{name}:{port}")))
}

/// Whether the clocks of a place are known by this name. If not: what is wrong,
/// and what would help.
pub fn time_zone(name: &str) -> Result<(), (String, String)> {
    if jiff::tz::TimeZone::get(name).is_ok() {
        return Ok(());
    }
    let known: Vec<String> = jiff::tz::db().available().map(|zone| zone.to_string()).collect();
    let near = nearest::did_you_mean(name, known.iter().map(String::as_str));
    let help = near.unwrap_or_else(|| "write it like `Europe/London`".to_owned());
    Err((format!("`{name}` is not a time zone"), help))
}

impl Default for Check {
    fn default() -> Self {
        Self {
            clear_days: 5,
            key_decision_days: 28,
            closed: Closed::default(),
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: "Minutes".into(),
            base: None,
            first_base: None,
            language: "en".into(),
            time_zone: "UTC".into(),
            theme: "default".into(),
            authority: None,
            licence: None,
            contact: None,
            autolink: true,
            undeclared: Undeclared::Allow,
            item_pages: true,
            search: true,
            data: true,
            feeds: true,
            csv: true,
            popolo: true,
            calendar: true,
            checksums: true,
            json_ld: true,
            citations: true,
            registers: true,
            past_months: 12,
            future_months: 24,
            feed_entries: 30,
            check: Check::default(),
            labels: BTreeMap::new(),
        }
    }
}

impl Config {
    /// The path that every address of the site begins with.
    pub fn base_path(&self) -> &str {
        self.base.as_ref().map_or("/", |b| &b.path)
    }
}

/// Why a file in TOML cannot be read. `quotes`: how text is written there.
pub fn unread(
    rule: &'static Rule,
    path: &SourcePath,
    text: &str,
    error: &toml::de::Error,
    quotes: &str,
) -> Diagnostic {
    let span = error.span();
    let key = span.clone().and_then(|span| text.get(span)).unwrap_or_default();
    let (words, help) = match error.message() {
        "duplicate key" => (
            format!("{} gives `{key}` twice", path.name()),
            "leave one of the two out; what belongs to a heading in brackets stands once under it",
        ),
        why => (format!("{} cannot be read: {why}", path.name()), quotes),
    };
    let span = span.map(|s| Span::new(s.start, s.end));
    Diagnostic::new(rule, path, span, words).help(help)
}

/// Reads `site.toml`; without one, every default.
pub fn read(path: &SourcePath, text: &str) -> (Config, Report) {
    let mut report = Report::new();
    let mut config = Config::default();
    let text = text.trim_start_matches('\u{feff}');
    let table = match toml::de::DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => {
            let quotes = "text stands in quotes: `title = \"Our minutes\"`";
            report.push(unread(&rules::BAD_CONFIG, path, text, &error, quotes));
            return (config, report);
        }
    };
    let mut top = raw::Keys::new(path, "", table.get_ref(), &mut report);
    top.text("title", &mut config.title);
    let mut base = None;
    let base_span = top.optional("base_url", &mut base);
    let mut first = None;
    let first_span = top.optional("first_base_url", &mut first);
    let language = top.text("language", &mut config.language);
    if language.is_some() && !language::is_known(&config.language) {
        top.wrong(
            language,
            format!("`{}` is no language that is known", config.language),
            "it is a tag such as `en-GB`, `cy` or `nl`",
        );
        config.language = Config::default().language;
    }
    let zone = top.text("time_zone", &mut config.time_zone);
    let theme = top.text("theme", &mut config.theme);
    top.optional("authority", &mut config.authority);
    top.optional("licence", &mut config.licence);
    top.optional("contact", &mut config.contact);
    top.table("archive", |keys| {
        keys.flag("autolink", &mut config.autolink);
        let mut word = String::from("allow");
        let span = keys.text("undeclared", &mut word);
        config.undeclared = match word.as_str() {
            "allow" => Undeclared::Allow,
            "warn" => Undeclared::Warn,
            "deny" => Undeclared::Deny,
            _ => {
                keys.wrong(
                    span,
                    format!("`undeclared` cannot be `{word}`"),
                    "it is one of `allow`, `warn`, `deny`",
                );
                Undeclared::Allow
            }
        };
    });
    top.table("output", |keys| {
        keys.flag("item_pages", &mut config.item_pages);
        keys.flag("search", &mut config.search);
        keys.flag("data", &mut config.data);
        keys.flag("feeds", &mut config.feeds);
        keys.flag("csv", &mut config.csv);
        keys.flag("popolo", &mut config.popolo);
        keys.flag("calendar", &mut config.calendar);
        keys.flag("checksums", &mut config.checksums);
        keys.flag("json_ld", &mut config.json_ld);
        keys.flag("citations", &mut config.citations);
        keys.flag("registers", &mut config.registers);
    });
    top.table("calendar", |keys| {
        keys.count("past_months", &mut config.past_months);
        keys.count("future_months", &mut config.future_months);
    });
    top.table("feeds", |keys| keys.count("entries", &mut config.feed_entries));
    top.table("labels", |keys| {
        for (word, meaning) in keys.all() {
            config.labels.insert(word, meaning);
        }
    });
    // Where the clocks are those of London, so are the bank holidays.
    if config.time_zone == "Europe/London" {
        config.check.closed.bank = BankHolidays::EnglandAndWales;
    }
    top.table("check", |keys| {
        keys.count("clear_days", &mut config.check.clear_days);
        keys.count("key_decision_days", &mut config.check.key_decision_days);
        let mut word = String::new();
        let span = keys.text("bank_holidays", &mut word);
        match BankHolidays::named(&word) {
            Some(bank) => config.check.closed.bank = bank,
            None if span.is_none() => {}
            None => keys.wrong(
                span,
                format!("`bank_holidays` cannot be `{word}`"),
                "it is one of `england-and-wales`, `none`; name other days in `closed`",
            ),
        }
        keys.days("closed", &mut config.check.closed.more);
        keys.tables("allow", |keys, span| {
            let (mut rule, mut reason) = (None, None);
            keys.optional("rule", &mut rule);
            keys.optional("reason", &mut reason);
            let Some(rule) = rule else {
                let words = "this entry does not say which rule is allowed".to_owned();
                return keys.wrong(Some(span), words, "write `rule = \"no-quorum\"` in it");
            };
            let path = keys.path();
            keys.report().allow(&Written {
                rule: &rule,
                reason: reason.as_deref(),
                path,
                span: Some(span),
                everywhere: true,
                withheld: false,
            });
        });
    });
    for (text, span, into) in [
        (base, base_span, &mut config.base),
        (first, first_span, &mut config.first_base),
    ] {
        match text.as_deref().map(BaseUrl::parse) {
            Some(Ok(base)) => *into = Some(base),
            Some(Err(words)) => top.wrong(
                span,
                words,
                "write it like `https://minutes.example.org/` or `https://example.org/minutes/`",
            ),
            None => {}
        }
    }
    if let Err((words, help)) = time_zone(&config.time_zone) {
        top.wrong(zone, words, &help);
        config.time_zone = "UTC".into();
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if config.theme.is_empty() || !config.theme.chars().all(plain) {
        top.wrong(
            theme,
            format!("`{}` cannot be the name of a theme", config.theme),
            "it is the name of a folder in `themes/`: letters, digits and `-`",
        );
        config.theme = "default".into();
    }
    top.finish();
    (config, report)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<String> {
        let (_, report) = read(&SourcePath::new("site.toml"), text);
        report
            .diagnostics()
            .iter()
            .map(|d| format!("{} | {}", d.message, d.help.as_deref().unwrap_or("")))
            .collect()
    }

    #[test]
    fn a_whole_file_is_read() {
        let (config, report) = read(
            &SourcePath::new("site.toml"),
            "title = \"T\"\nbase_url = \"https://X.org/a/minutes\"\n[archive]\nautolink = false\nundeclared = \"deny\"\n[output]\nitem_pages = false\n[labels]\n\"Besluit\" = \"decision\"\n",
        );
        assert_eq!(report.diagnostics(), []);
        assert_eq!(
            (config.title.as_str(), config.base_path(), config.autolink),
            ("T", "/a/minutes/", false)
        );
        assert_eq!(
            config.base.as_ref().map(BaseUrl::whole).as_deref(),
            Some("https://x.org/a/minutes/")
        );
        assert_eq!((config.undeclared, config.item_pages), (Undeclared::Deny, false));
        assert_eq!(config.labels.get("Besluit").map(String::as_str), Some("decision"));
    }

    #[test]
    fn a_path_is_encoded_once() {
        for (written, path) in [
            ("https://x.org/proc\u{e8}s verbaux", None),
            ("https://x.org/proc\u{e8}s", Some("/proc%C3%A8s/")),
            ("https://x.org/proc%C3%A8s/", Some("/proc%C3%A8s/")),
            ("https://x.org/our%20minutes/", Some("/our%20minutes/")),
            ("https://x.org/50%/", Some("/50%25/")),
        ] {
            let read = BaseUrl::parse(written).ok().map(|base| base.path);
            assert_eq!(read.as_deref(), path, "{written}");
        }
    }

    #[test]
    fn every_mistake_is_told() {
        for (text, expected) in [
            (
                "titel = \"x\"",
                "the key `titel` is not known here | did you mean `title`?",
            ),
            (
                "title = 5",
                "`title` is text in quotes, not a number | write `title = \"…\"`",
            ),
            (
                "[output]\nserch = true",
                "the key `serch` is not known here | did you mean `search`?",
            ),
            (
                "base_url = \"ftp://x\"",
                "`ftp://x` cannot be the address of a site: it begins with https:// | write it like `https://minutes.example.org/` or `https://example.org/minutes/`",
            ),
            (
                "time_zone = \"Mars/Base\"",
                "`Mars/Base` is not a time zone | write it like `Europe/London`",
            ),
            (
                "time_zone = \"Europe/Lodnon\"",
                "`Europe/Lodnon` is not a time zone | did you mean `Europe/London`?",
            ),
            (
                "base_url = \"https://\u{e9}glise.example:8080/\"",
                "`https://\u{e9}glise.example:8080/` cannot be the address of a site: the name of its host is written `xn--glise-9ra.example:8080` where only plain letters may stand | write it like `https://minutes.example.org/` or `https://example.org/minutes/`",
            ),
            (
                "base_url = \"https://x.org/a/%2e%2e/\"",
                "`https://x.org/a/%2e%2e/` cannot be the address of a site: its path holds a character that no address holds | write it like `https://minutes.example.org/` or `https://example.org/minutes/`",
            ),
            (
                "[check]\nclear_days = -1",
                "`clear_days` is a whole number, not one below 0 | it is 0 or more, without quotes: `clear_days = 5`",
            ),
            (
                "[calendar]\npast_months = 1.5",
                "`past_months` is a whole number, not one with a part | it is 0 or more, without quotes: `past_months = 12`",
            ),
            (
                "[feeds]\nentries = 99999999999",
                "`entries` is a whole number, not one so large | it is 0 or more, without quotes: `entries = 30`",
            ),
            (
                "theme = \"../x\"",
                "`../x` cannot be the name of a theme | it is the name of a folder in `themes/`: letters, digits and `-`",
            ),
        ] {
            assert_eq!(said(text), [expected], "{text}");
        }
        assert_eq!(said("title = ").len(), 1);
    }
}
