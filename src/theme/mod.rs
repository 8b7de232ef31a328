//! How pages look: templates, style sheets and the words of the interface.
//!
//! The built-in theme is part of the program. A site's own theme lies over it,
//! file by file: what it has counts, what it lacks falls back. A template asks
//! nothing: it has one view, the words `t`, the settings `site`, and filters
//! that are pure.

mod brand;
mod builtin;
mod colour;
mod disk;
mod fault;
mod filters;
mod slips;
mod strings;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Serialize;
use tera::{Context, Tera};

use crate::config::Config;
use crate::hash::Digest;
use crate::report::{Diagnostic, Report, rules};
use crate::site::{Html, ListLink, Words};
use crate::text::escape::escaped;
use brand::Brand;
pub use disk::Print;
pub use fault::Fault;
use strings::Strings;

/// Every file of the built-in theme, by its name in a theme's folder, sorted.
pub fn built_in() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    builtin::FILES.iter().copied()
}

/// A theme, loaded and checked.
#[derive(Clone)]
pub struct Theme {
    tera: Tera,
    assets: BTreeMap<String, Cow<'static, [u8]>>,
    strings: Strings,
    /// What the names of the site's own templates begin with.
    prefix: String,
    brand: Brand,
    /// Of what the site laid over the built-in theme.
    digest: Digest,
    /// Templates are among that.
    templates: bool,
}

/// What every template knows of the site.
#[derive(Serialize, Hash)]
pub struct SiteFacts {
    /// The name of the site.
    pub title: String,
    /// Who publishes the record.
    pub authority: Option<String>,
    /// The language of the site: `en-GB`.
    pub language: String,
    /// What every address on the site begins with: `/` or `/minutes/`.
    pub base: String,
    /// Whom a reader may write to.
    pub contact: Option<String>,
    /// The licence of the record.
    pub licence: Option<String>,
    /// The program and its version.
    pub generator: String,
    /// The free pages, for the footer.
    pub pages: Vec<PageLink>,
    /// The address of the style sheet, with a mark of its content.
    pub css: String,
    /// Addresses of the files below `static/` by their names, each with a mark
    /// of its content: `site.assets["icons/favicon.svg"]`.
    pub assets: BTreeMap<String, String>,
    /// What the outlets offer on every page: `search`.
    pub features: Vec<&'static str>,
    /// What `theme.toml` says.
    pub brand: BrandFacts,
    /// Lists that outlets add to the site.
    pub lists: Vec<ListLink>,
    /// The addresses of these lists and of the free pages.
    pub here: Vec<String>,
}

/// What the site changed of its theme.
#[derive(Serialize, Hash)]
pub struct BrandFacts {
    /// Stands in the header instead of the site's title.
    pub name: Option<String>,
    /// The address of the logo.
    pub logo: Option<String>,
    /// What the logo shows. Empty when the name beside it says so.
    pub logo_alt: String,
    /// A sentence for the foot of each page.
    pub footer: Option<String>,
    /// The address of the style sheet with the site's colours.
    pub css: Option<String>,
}

/// A free page in the footer.
#[derive(Serialize, Hash)]
pub struct PageLink {
    /// Its address.
    pub href: String,
    /// Its title.
    pub name: String,
}

/// The digest of a site's own theme and of its language's words. The built-in
/// theme is a part of the program.
pub fn digest(root: &Path, config: &Config) -> Digest {
    disk::read(root, &config.theme, &mut Report::new()).digest()
}

/// Where the built-in templates stand in the engine, behind the site's own,
/// which stand there under their paths.
const BUILTIN: &str = "default/";

/// Room for most pages, in bytes.
const PAGE: usize = 64 * 1024;

impl Theme {
    /// Loads the built-in theme and, over it, the one in `themes/<name>`.
    pub fn load(root: &Path, config: &Config) -> (Option<Self>, Report) {
        let mut report = Report::new();
        let own = disk::read(root, &config.theme, &mut report);
        let digest = own.digest();
        let mut tera = Tera::default();
        tera.set_escape_fn(|text, out| out.write_all(escaped(text).as_bytes()));
        let prefix = format!("themes/{}/templates/", config.theme);
        if tera
            .set_fallback_prefixes([prefix.clone(), BUILTIN.to_owned()])
            .is_err()
        {
            return (None, report);
        }
        slips::files(&own, &mut report);
        let strings = Strings::load(&own, &config.language, &mut report);
        filters::register(&mut tera, &strings);
        let mut templates: Vec<(String, String)> = Vec::new();
        for (name, bytes) in builtin::templates() {
            templates.push((
                format!("{BUILTIN}{name}"),
                String::from_utf8_lossy(bytes).into_owned(),
            ));
        }
        for (name, file) in own.templates() {
            match std::str::from_utf8(&file.bytes) {
                Ok(text) => templates.push((format!("{prefix}{name}"), text.to_owned())),
                Err(_) => report.push(Diagnostic::new(
                    &rules::BAD_THEME,
                    &file.path,
                    None,
                    "a template is text in UTF-8",
                )),
            }
        }
        if let Err(error) = tera.add_raw_templates(templates) {
            let text = |name: &str| {
                let (_, file) = own
                    .templates()
                    .find(|t| Some(t.0) == name.strip_prefix(&prefix))?;
                Some(String::from_utf8_lossy(&file.bytes).into_owned())
            };
            for fault in Fault::all(&error, &prefix, text) {
                report.push(fault.diagnostic(&config.theme, "the templates cannot be used"));
            }
            return (None, report);
        }
        let mut assets: BTreeMap<String, Cow<'static, [u8]>> = builtin::assets()
            .map(|(name, bytes)| (name.to_owned(), Cow::Borrowed(bytes)))
            .collect();
        assets.extend(
            own.assets()
                .map(|(name, file)| (name.to_owned(), Cow::Owned(file.bytes.clone()))),
        );
        let brand = Brand::load(&own, &mut report);
        if let Some(sheet) = brand.sheet() {
            assets.insert(brand::SHEET.to_owned(), Cow::Owned(sheet.into_bytes()));
        }
        tera.global_context().insert("t", strings.all());
        (
            Some(Self {
                tera,
                assets,
                strings,
                prefix,
                brand,
                digest,
                templates: own.templates().next().is_some(),
            }),
            report,
        )
    }

    /// Tells the templates about the site, and renders what is the same on all
    /// its pages: to a template, `once_top.html` is `once.top`.
    pub fn tell(&mut self, facts: &SiteFacts) -> Result<(), Fault> {
        let of_view = |error: tera::Error| Fault::of_view(error.to_string());
        let value = tera::Value::try_from_serializable(facts).map_err(of_view)?;
        self.tera.global_context().insert_value("site", value);
        let mut once: BTreeMap<String, Html> = BTreeMap::new();
        for name in self.once() {
            let html = self.write(&format!("once_{name}.html"), &Context::new())?;
            once.insert(name, Html(String::from_utf8_lossy(&html).into_owned()));
        }
        self.tera.global_context().insert("once", &once);
        Ok(())
    }

    /// What is rendered once, without its `once_` and its `.html`.
    fn once(&self) -> BTreeSet<String> {
        let name = |template: &str| {
            let name = [self.prefix.as_str(), BUILTIN]
                .iter()
                .find_map(|prefix| template.strip_prefix(prefix))?;
            Some(name.strip_prefix("once_")?.strip_suffix(".html")?.to_owned())
        };
        self.tera.get_template_names().filter_map(name).collect()
    }

    /// The digest of what the site laid over the built-in theme.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// Renders one view.
    pub fn render(&self, template: &str, view: &impl Serialize) -> Result<Vec<u8>, Fault> {
        let context = Context::from_serialize(view).map_err(|e| Fault::of_view(e.to_string()))?;
        self.write(template, &context)
    }

    fn write(&self, template: &str, context: &Context) -> Result<Vec<u8>, Fault> {
        let mut page = Vec::with_capacity(PAGE);
        let rendered = self.tera.render_to(template, context, &mut page);
        rendered.map_err(|error| Fault::new(&error, &self.prefix))?;
        Ok(page)
    }

    /// Names of the files below `static/`.
    pub fn asset_names(&self) -> Vec<String> {
        self.assets.keys().cloned().collect()
    }

    pub fn asset(&self, name: &str) -> Option<&[u8]> {
        self.assets.get(name).map(|bytes| bytes.as_ref())
    }

    /// The name of the style sheet with a mark of its content behind it, so
    /// that a changed one is never taken from a reader's cache.
    pub fn stamp(&self, name: &str) -> String {
        self.asset(name)
            .map_or_else(String::new, |bytes| Digest::of(bytes).short(8))
    }

    /// What the site changed, with the addresses its files have.
    pub fn brand(&self, address: impl Fn(&str) -> String) -> BrandFacts {
        let stamped = |name: &str| format!("{}?{}", address(name), self.stamp(name));
        BrandFacts {
            name: self.brand.name.clone(),
            logo: self.brand.logo.as_deref().map(stamped),
            logo_alt: self.brand.logo_alt.clone(),
            footer: self.brand.footer.clone(),
            css: self.brand.sheet().map(|_| stamped(brand::SHEET)),
        }
    }

    /// The few words that stand inside written texts.
    pub fn words(&self) -> Words {
        Words {
            parts: self.templates,
            ..self.strings.words()
        }
    }
}
