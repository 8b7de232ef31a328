//! The page that asks the index, and its description for browsers.

use serde::Serialize;

use super::super::pages::{Frame, Make};
use crate::paths::Url;
use crate::site::Site;
use crate::text::escape::{escape, push_escaped};

/// The search page: all else on it is made in the browser.
#[derive(Serialize, Hash)]
pub struct SearchView<'a> {
    pub page: Frame<'a>,
}

pub fn view<'a>(site: &Site<'a>) -> SearchView<'a> {
    let make = Make {
        kind: "search",
        section: "search",
        title: String::new(),
        description: String::new(),
        url: address(),
        crumbs: Vec::new(),
        changed: None,
    };
    let mut page = make.frame(site, None);
    page.noindex = true;
    SearchView { page }
}

pub fn address() -> Url {
    Url::new("search/")
}

/// `/opensearch.xml` (OpenSearch 1.1, draft 6). It needs whole addresses, and
/// so a base URL.
pub fn description(site: &Site) -> Option<String> {
    let page = site.routes.absolute(&address())?;
    let own = site.routes.absolute(&Url::new("opensearch.xml"))?;
    let icon = site.routes.absolute(&site.routes.asset("icons/favicon.svg"))?;
    let title = &site.config.title;
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str("<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n");
    let mut tag = |name: &str, text: &str, most: usize| {
        out.push_str(&format!("<{name}>"));
        push_escaped(&mut out, &shortened(text, most));
        out.push_str(&format!("</{name}>\n"));
    };
    // The lengths are those that the specification allows.
    tag("ShortName", title, 16);
    tag("LongName", title, 48);
    tag("Description", title, 1024);
    tag("Language", &site.config.language, 35);
    tag("InputEncoding", "UTF-8", 16);
    out.push_str(&format!(
        "<Image type=\"image/svg+xml\">{}</Image>\n\
         <Url type=\"text/html\" rel=\"results\" template=\"{}?q={{searchTerms}}\"/>\n\
         <Url type=\"application/opensearchdescription+xml\" rel=\"self\" template=\"{}\"/>\n\
         </OpenSearchDescription>\n",
        escape(&icon),
        escape(&page),
        escape(&own)
    ));
    Some(out)
}

/// At most so many characters, cut at a word where there is one.
fn shortened(text: &str, most: usize) -> String {
    let text: Vec<char> = text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .collect();
    if text.len() <= most {
        return text.into_iter().collect();
    }
    let cut = text[..=most].iter().rposition(|c| *c == ' ').filter(|at| *at > 0);
    text[..cut.unwrap_or(most)].iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_at_words() {
        for (text, expected) in [
            ("Minutes", "Minutes"),
            ("Harrowmere Borough Council", "Harrowmere"),
            ("Sixteen letters.", "Sixteen letters."),
            ("Llanfairpwllgwyngyll", "Llanfairpwllgwyn"),
        ] {
            assert_eq!(shortened(text, 16), expected);
        }
    }
}
