//! Every link of the example archive leads somewhere: to a file that the build
//! made, and to an id in it; at the root of a host and below a path, and
//! whatever the settings leave out. No id stands twice on a page.

#[path = "support/site.rs"]
#[allow(dead_code)]
mod site;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use scraper::{Html, Selector};
use site::{Built, build_example, build_example_with};

/// What is wrong with the links of a built site whose addresses begin with `base`.
fn broken(site: &Built, base: &str) -> Vec<String> {
    let all = Selector::parse("*").expect("a selector");
    let mut ids: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut links: Vec<(String, String)> = Vec::new();
    let mut wrong = Vec::new();
    for (path, bytes) in &site.files {
        if !path.ends_with(".html") {
            continue;
        }
        let html = Html::parse_document(&String::from_utf8_lossy(bytes));
        let here = ids.entry(path.clone()).or_default();
        for element in html.select(&all) {
            if let Some(id) = element.attr("id")
                && !here.insert(id.to_owned())
            {
                wrong.push(format!("{path}: the id {id} stands twice"));
            }
            for attribute in ["href", "src"] {
                if let Some(link) = element.attr(attribute) {
                    links.push((path.clone(), link.to_owned()));
                }
            }
        }
    }
    for (path, link) in &links {
        if ["https:", "http:", "mailto:", "tel:", "webcal:"]
            .iter()
            .any(|scheme| link.starts_with(scheme))
        {
            continue;
        }
        let (target, fragment) = link
            .split_once('#')
            .map_or((link.as_str(), None), |(t, f)| (t, Some(f)));
        let target = target.split('?').next().unwrap_or("");
        let file = if target.is_empty() {
            path.clone()
        } else {
            let Some(below) = target.strip_prefix(base) else {
                wrong.push(format!("{path}: {link} leaves the site"));
                continue;
            };
            let below = minutebook::paths::decode_path(below).unwrap_or_default();
            if below.is_empty() || below.ends_with('/') {
                format!("{below}index.html")
            } else {
                below
            }
        };
        if !site.files.contains_key(&file) {
            wrong.push(format!("{path}: {link} leads to no file"));
        } else if let Some(fragment) = fragment
            && !ids.get(&file).is_some_and(|ids| ids.contains(fragment))
        {
            wrong.push(format!("{path}: {link} leads to no id"));
        }
    }
    wrong
}

#[test]
fn every_link_of_the_example_leads_somewhere() {
    for (address, base) in [
        ("https://minutes.example.org/", "/"),
        ("https://example.org/a/minutes/", "/a/minutes/"),
    ] {
        let site = build_example(Some(address));
        assert!(site.files.len() > 50, "only {} files", site.files.len());
        assert_eq!(broken(&site, base), Vec::<String>::new(), "at {address}");
    }
}

/// The switches under `[output]`, as the format names them.
fn switches() -> Vec<&'static str> {
    let format = include_str!("../docs/format.md");
    let (_, behind) = format.split_once("\n[output]\n").expect("the switches");
    let lines = behind.lines().take_while(|line| !line.is_empty());
    lines.filter_map(|line| line.strip_suffix(" = true")).collect()
}

#[test]
fn no_link_leads_to_what_is_switched_off() {
    let switches = switches();
    assert!(switches.len() > 10, "{switches:?}");
    let off = |switches: &[&str]| -> String {
        let lines = switches.iter().map(|switch| format!("{switch} = false\n"));
        format!("[output]\n{}", lines.collect::<String>())
    };
    let mut cases: Vec<Vec<&str>> = switches.iter().map(|&switch| vec![switch]).collect();
    cases.push(switches);
    cases.par_iter().for_each(|case| {
        let site = build_example_with(&off(case), Some("https://minutes.example.org/"));
        assert_eq!(broken(&site, "/"), Vec::<String>::new(), "without {case:?}");
    });
}

#[test]
fn a_broken_link_is_found() {
    let mut site = build_example(None);
    let page = br##"<main id="a"><p id="a"></p><a href="/nowhere/"></a><a href="/#nothing"></a><a href="//x"></a></main>"##;
    site.files.insert("x/index.html".into(), page.to_vec());
    assert_eq!(broken(&site, "/").len(), 4);
}
