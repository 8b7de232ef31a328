//! `theme.toml`: what a site changes of its theme without writing templates –
//! the name, the logo, the colour and the words at the foot of each page.

use super::colour::{Colour, LEAST, WHITE};
use super::disk::OwnTheme;
use crate::config::{Keys, unread};
use crate::paths::{SourcePath, Span};
use crate::report::{Diagnostic, Report, rules};

/// What `theme.toml` says.
#[derive(Clone, Default)]
pub struct Brand {
    /// Stands in the header instead of the site's title.
    pub name: Option<String>,
    /// A picture below `static/`.
    pub logo: Option<String>,
    /// What the logo shows, when the name beside it does not say so.
    pub logo_alt: String,
    pub footer: Option<String>,
    /// For the light and for the dark scheme.
    colours: Option<(Colour, Colour)>,
}

/// Where the colours of a site stand below `static/`.
pub const SHEET: &str = "css/brand.css";

/// The paper of the built-in theme in the dark.
const DARK_PAPER: Colour = Colour::new(0x16, 0x1a, 0x1d);
const BLACK: Colour = Colour::new(0, 0, 0);

impl Brand {
    pub fn load(own: &OwnTheme, report: &mut Report) -> Self {
        let mut brand = Self::default();
        let Some(file) = own.settings() else {
            return brand;
        };
        let text = String::from_utf8_lossy(&file.bytes);
        let text = text.trim_start_matches('\u{feff}');
        let table = match toml::de::DeTable::parse(text) {
            Ok(table) => table,
            Err(error) => {
                let quotes = "text stands in quotes: `colour = \"#234b3c\"`";
                report.push(unread(&rules::BAD_CONFIG, &file.path, text, &error, quotes));
                return brand;
            }
        };
        let (mut light, mut dark) = (None, None);
        let mut said = Report::new();
        let mut keys = Keys::new(&file.path, "", table.get_ref(), &mut said);
        keys.optional("name", &mut brand.name);
        let logo = keys.optional("logo", &mut brand.logo);
        keys.text("logo_alt", &mut brand.logo_alt);
        keys.optional("footer", &mut brand.footer);
        let light_span = keys.optional("colour", &mut light);
        let dark_span = keys.optional("colour_dark", &mut dark);
        keys.finish();
        report.merge(said);
        if let Some(name) = &brand.logo
            && !own.assets().any(|(asset, _)| asset == name)
        {
            let words = format!("the logo `{name}` is not there");
            report.push(
                Diagnostic::new(&rules::BAD_THEME, &file.path, logo, words).help(
                    "it is a file in the folder `static` beside theme.toml: `logo = \"icons/logo.svg\"`",
                ),
            );
            brand.logo = None;
        }
        let light = light.and_then(|text| colour(&text, light_span, &file.path, report));
        let dark = dark.and_then(|text| colour(&text, dark_span, &file.path, report));
        if let Some(chosen) = light {
            let used = fit(
                chosen,
                (WHITE, BLACK),
                "the white of the page",
                light_span,
                &file.path,
                report,
            );
            let dark = match dark {
                Some(dark) => fit(
                    dark,
                    (DARK_PAPER, WHITE),
                    "the dark of the page",
                    dark_span,
                    &file.path,
                    report,
                ),
                None => chosen.readable_on(DARK_PAPER, WHITE),
            };
            brand.colours = Some((used, dark));
        } else if dark.is_some() && light_span.is_none() {
            report.push(
                Diagnostic::new(
                    &rules::BAD_THEME,
                    &file.path,
                    dark_span,
                    "`colour_dark` is used beside `colour` only",
                )
                .help("write `colour` as well"),
            );
        }
        brand
    }

    /// The style sheet that sets the colours, when there are any.
    pub fn sheet(&self) -> Option<String> {
        let (light, dark) = self.colours?;
        Some(format!(
            ":root {{ --accent: {light}; --on-accent: {WHITE}; }}\n\
             @media (prefers-color-scheme: dark) {{ :root {{ --accent: {dark}; --on-accent: {DARK_PAPER}; }} }}\n\
             @media print {{ :root {{ --accent: {BLACK}; }} }}\n"
        ))
    }
}

fn colour(text: &str, span: Option<Span>, path: &SourcePath, report: &mut Report) -> Option<Colour> {
    let colour = Colour::parse(text);
    if colour.is_none() {
        let words = format!("`{text}` is not a colour here");
        report.push(
            Diagnostic::new(&rules::BAD_THEME, path, span, words)
                .help("a colour is written as # and six digits: `#234b3c`"),
        );
    }
    colour
}

/// The chosen colour, or the nearest that can be read on its ground.
fn fit(
    chosen: Colour,
    (ground, end): (Colour, Colour),
    name: &str,
    span: Option<Span>,
    path: &SourcePath,
    report: &mut Report,
) -> Colour {
    let used = chosen.readable_on(ground, end);
    if used != chosen {
        let ratio = chosen.contrast(ground);
        let words = format!(
            "the colour `{chosen}` has a contrast of {ratio:.1} to 1 with {name}; {LEAST} to 1 is the least that everybody can read"
        );
        report.push(
            Diagnostic::new(&rules::LOW_CONTRAST, path, span, words)
                .help(format!("`{used}` is used in its place")),
        );
    }
    used
}
