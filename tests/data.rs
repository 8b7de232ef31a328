//! The feeds and the data as other programs read them: each is read by a library of which this
//! program uses nothing, or held against a schema.

#[path = "support/site.rs"]
#[allow(dead_code)]
mod site;

use std::collections::{BTreeMap, BTreeSet};

use feed_rs::model::Feed;
use jiff::civil::{Date, date};
use scraper::{Html, Selector};
use serde_json::Value;
use site::{Files, text};

const TOML: (&str, &str) = (
    "site.toml",
    "title = \"Eastmarsh\"\nauthority = \"Eastmarsh Council\"\nbase_url = \"https://example.org/minutes/\"\ntime_zone = \"Europe/London\"\nlicence = \"OGL-UK-3.0\"\n",
);

fn built(files: &[(&str, &str)]) -> Files {
    site::build_files(files, site::TODAY)
}

fn json(files: &Files, path: &str) -> Value {
    serde_json::from_str(text(files, path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Texts that try to be something else, wherever a clerk may write one.
fn awkward() -> Vec<(&'static str, &'static str)> {
    vec![
        TOML,
        (
            "content/bodies/parks.md",
            "---\nname: \"=Parks </script><script>alert(1)</script>\"\nmembers: [{person: jane-roe, role: \"+Chair\"}, {person: hidden, from: 2020-01-01}]\ncontact: {email: p@example.org}\n---\nTerms & <conditions>.\n",
        ),
        (
            "content/people/jane-roe.md",
            "---\nname: Councillor Jane Roe\nparty: \"@home\"\nterms: [{ward: Mill, from: 2019-05-02}]\n---\nBorn.\n",
        ),
        (
            "content/people/hidden.md",
            "---\nname: Ola Hidden\nlisted: false\n---\n",
        ),
        (
            "content/issues/pond.md",
            "---\ntitle: \"The \\\"pond\\\"\"\ntopics: [water]\ndecision_due: {body: parks, date: 2027-01-01}\n---\nBackground \u{7}.\n",
        ),
        (
            "content/meetings/parks/2026-11-10.md",
            "---\nstart: \"18:30\"\nend: \"20:00\"\nvenue: \"Hall, \\\"A\\\"\"\nminutes: {status: draft, published: 2026-11-17}\nattendance: {present: [jane-roe, Ola Hidden], apologies: [{person: Ivo Brandt, reason: ill}]}\ndocuments: [{title: Pack, file: \"https://example.com/pack.pdf\", published: 2026-11-01}]\n---\nThe Chair \u{1} began.\n\n## 1. =SUM(A1) & <b>\n\n- Issue: pond\n- Introduced by: jane-roe\n\nJane Roe said `a < b` and [this](#x), [that](/about/).\n\n### Decision\n1. -1 to all\n2. To write. | owner: Ola Hidden | due: 2026-10-01\n\n### Vote: Amendment\n- Motion: That it be so\n- Moved by: jane-roe\n- For: 2 (jane-roe, Ola Hidden)\n- Against: 1\n- Result: Carried.\n\n## 2. Land\n\n- Exempt: 3\n\nHERON\n",
        ),
        (
            "content/decisions/2026-09-15-gate.md",
            "---\ntitle: Gate\nmaker: {kind: officer, role: Head}\nissue: pond\nkey: true\n---\n## Decision\n1. To mend it.\n",
        ),
    ]
}

// Feeds

fn feed(files: &Files, path: &str) -> Feed {
    feed_rs::parser::parse(text(files, path).as_bytes()).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn every_feed_of_the_example_reads_well() {
    let files = site::build_example(None).files;
    let base = "https://minutes.harrowmere.example/";
    let mut feeds = 0;
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for path in files.keys().filter(|path| path.ends_with("feed.xml")) {
        let feed = feed(&files, path);
        feeds += 1;
        assert_eq!(feed.id, format!("{base}{path}"));
        assert_eq!(
            feed.updated,
            feed.entries.iter().filter_map(|e| e.updated).max(),
            "{path}"
        );
        assert!((1..=30).contains(&feed.entries.len()), "{path}");
        let mut ids = BTreeSet::new();
        for entry in &feed.entries {
            assert!(ids.insert(&entry.id), "{path}: {} stands twice", entry.id);
            assert!(entry.published <= entry.updated && entry.updated.is_some());
            let page = entry.links[0].href.strip_prefix(base).expect("of this site");
            assert!(files.contains_key(&format!("{page}index.html")), "{page}");
            let content = entry
                .content
                .as_ref()
                .and_then(|c| c.body.clone())
                .expect("the text");
            assert!(
                !content.contains("=\"/") && !content.contains("<script"),
                "{path}: a link is not whole"
            );
            // One record is told of alike, wherever it is.
            let known = texts.entry(entry.id.clone()).or_insert_with(|| content.clone());
            assert_eq!(*known, content);
        }
    }
    assert!(feeds > 5, "all, decisions, bodies, issues, people");
    let home = text(&files, "index.html");
    assert!(home.contains("<link rel=\"alternate\" type=\"application/atom+xml\" href=\"/feed.xml\""));
    let all = feed(&files, "feed.xml");
    let item = all
        .entries
        .iter()
        .find(|e| e.id.ends_with("/meetings/cabinet/2026-09-08/"))
        .expect("the meeting");
    let content = item
        .content
        .as_ref()
        .and_then(|c| c.body.as_deref())
        .expect("the text");
    assert!(
        content.contains("for public consultation"),
        "the items are told in full"
    );
}

#[test]
fn an_entry_changes_only_with_its_record() {
    let meeting =
        |more: &str| format!("---\nagenda: {{published: 2026-10-01}}\n{more}---\n## 1. Pond\n\nTalk.\n");
    let days = |text: &str, today: Date| {
        let files = site::build_files(&[TOML, ("content/meetings/parks/2026-10-10.md", text)], today);
        let feed = feed(&files, "feed.xml");
        let entry = &feed.entries[0];
        (
            entry.id.clone(),
            entry.published.expect("a day").to_rfc3339(),
            entry.updated.expect("a day").to_rfc3339(),
            files["feed.xml"].clone(),
        )
    };
    let plain = meeting("");
    let agenda = days(&plain, date(2026, 10, 5));
    // By the authority's clocks, which are an hour ahead in summer.
    assert_eq!(
        (agenda.1.as_str(), agenda.2.as_str()),
        ("2026-09-30T23:00:00+00:00", "2026-09-30T23:00:00+00:00")
    );
    assert_eq!(
        days(&plain, date(2026, 10, 6)).3,
        agenda.3,
        "a day later nothing has changed"
    );
    let held = days(&plain, date(2026, 10, 10));
    assert_eq!(
        held.2, "2026-10-09T23:00:00+00:00",
        "the day of the meeting is a change"
    );
    assert_eq!(days(&plain, date(2027, 3, 1)).3, held.3);
    for (more, updated) in [
        (
            "minutes: {status: draft, published: 2026-10-30}\n",
            "2026-10-30T00:00:00+00:00",
        ),
        (
            "corrections: [{date: 2026-11-02, text: A slip.}]\n",
            "2026-11-02T00:00:00+00:00",
        ),
        (
            "documents: [{title: Late, file: \"https://x.example/a.pdf\", published: 2026-11-03}]\n",
            "2026-11-03T00:00:00+00:00",
        ),
        ("updated: 2026-11-04\n", "2026-11-04T00:00:00+00:00"),
        ("updated: 2026-12-31\n", "2026-10-09T23:00:00+00:00"),
    ] {
        let now = days(&meeting(more), site::TODAY);
        assert_eq!(
            (now.0.as_str(), now.1.as_str(), now.2.as_str()),
            (agenda.0.as_str(), agenda.1.as_str(), updated),
            "{more}"
        );
    }
    // Of a meeting to come nothing is news before something is dated.
    let coming = ("content/meetings/parks/2027-10-10.md", "## 1. Pond\n");
    assert!(!built(&[TOML, coming]).contains_key("feed.xml"));
}

/// RFC 4287, 4.2.6: a reader takes two entries with one id for one.
#[test]
fn entries_of_one_page_have_ids_of_their_own() {
    let toml = format!("{}[output]\nitem_pages = false\n", TOML.1);
    let items = "## 1. Pond\n- Issue: pond\n\nWords.\n\n## 2. More of it\n- Issue: pond\n\nMore.\n";
    let meeting = ("content/meetings/parks/2026-05-04.md", items);
    for (site, ends) in [
        (built(&[TOML, meeting]), ["/2026-05-04/1/", "/2026-05-04/2/"]),
        (
            built(&[("site.toml", &toml), meeting]),
            ["/2026-05-04/#item-1", "/2026-05-04/#item-2"],
        ),
    ] {
        let mut ids: Vec<String> = feed(&site, "issues/pond/feed.xml")
            .entries
            .into_iter()
            .map(|entry| entry.id)
            .collect();
        ids.sort();
        assert!(
            ids.len() == 2 && ids.iter().zip(ends).all(|(id, end)| id.ends_with(end)),
            "{ids:?}"
        );
    }
}

#[test]
fn feeds_are_bounded_and_can_be_switched_off() {
    let meetings: Vec<String> = (1..=28)
        .map(|day| format!("content/meetings/parks/2026-05-{day:02}.md"))
        .collect();
    let more: Vec<String> = (1..=12)
        .map(|day| format!("content/meetings/parks/2026-06-{day:02}.md"))
        .collect();
    let words = format!(
        "## 1. Pond\n\n{}\n\n## 2. More\n\n{}\n",
        "Long words. ".repeat(5_200),
        "Words. ".repeat(50)
    );
    let mut files: Vec<(&str, &str)> = meetings
        .iter()
        .chain(&more)
        .map(|path| (path.as_str(), words.as_str()))
        .collect();
    files.push(TOML);
    let site = built(&files);
    let all = feed(&site, "feed.xml");
    assert_eq!(all.entries.len(), 30);
    assert!(all.entries[0].id.ends_with("/2026-06-12/"), "the newest first");
    assert!(
        site["feed.xml"].len() < 1_200_000,
        "{} bytes",
        site["feed.xml"].len()
    );
    let first = all.entries[0]
        .content
        .as_ref()
        .and_then(|c| c.body.as_deref())
        .expect("a text");
    assert!(
        first.contains("2026-06-12/\">The whole meeting"),
        "a long text ends with a link"
    );
    let last = all.entries.last().expect("entries");
    assert!(last.content.is_none() && last.summary.is_some());

    let none = format!("{}[output]\nfeeds = false\n", TOML.1);
    files.pop();
    files.push(("site.toml", &none));
    assert!(!built(&files).keys().any(|path| path.ends_with("feed.xml")));
    files.pop();
    assert!(
        !built(&files).keys().any(|path| path.ends_with("feed.xml")),
        "a feed needs a base_url"
    );
    let five = format!("{}[feeds]\nentries = 5\n", TOML.1);
    files.push(("site.toml", &five));
    assert_eq!(feed(&built(&files), "feed.xml").entries.len(), 5);
}

// JSON

/// Holds every JSON file against the schema that is published beside it.
fn validated(files: &Files) -> usize {
    let schema = json(files, "data/schema.json");
    jsonschema::meta::validate(&schema).expect("the schema keeps to its own rules");
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .expect("a schema");
    let mut count = 0;
    for path in files
        .keys()
        .filter(|path| path.ends_with("/index.json") || path.starts_with("data/archive"))
    {
        let data = json(files, path);
        // The branches of `anyOf` say too little of what is wrong.
        let kind = data["type"].as_str().expect("a type").to_owned();
        let name = format!("{}{}", kind[..1].to_uppercase(), &kind[1..]);
        let mut branch = schema.clone();
        let top = branch.as_object_mut().expect("an object");
        top.remove("anyOf");
        top.remove("$id");
        top.insert("$ref".to_owned(), format!("#/$defs/{name}").into());
        let exact = jsonschema::validator_for(&branch).expect("a schema");
        let wrong: Vec<String> = exact
            .iter_errors(&data)
            .map(|e| format!("{}: {e}", e.instance_path()))
            .collect();
        assert_eq!(wrong, Vec::<String>::new(), "{path}");
        assert!(validator.is_valid(&data), "{path}");
        count += 1;
    }
    count
}

#[test]
fn the_json_keeps_to_its_schema() {
    let example = site::build_example(None).files;
    assert!(validated(&example) > 10);
    let archive = json(&example, "data/archive.json");
    assert_eq!(
        archive["meetings"].as_array().map(Vec::len),
        Some(
            example
                .keys()
                .filter(|p| p.starts_with("meetings/") && p.ends_with("/index.json"))
                .count()
        )
    );

    let files = built(&awkward());
    assert_eq!(
        validated(&files),
        6 + 1,
        "a meeting, an issue, a body, people, a decision; the archive"
    );
    let meeting = json(&files, "meetings/parks/2026-11-10/index.json");
    assert_eq!(meeting["$schema"], "https://example.org/minutes/data/schema.json");
    let item = &meeting["items"][0];
    assert_eq!(item["id"], "parks/2026-11-10#1");
    assert_eq!(
        item["url"],
        "https://example.org/minutes/meetings/parks/2026-11-10/1/"
    );
    let entry = &item["sections"][1]["entries"][1];
    assert_eq!(
        entry["url"],
        "https://example.org/minutes/meetings/parks/2026-11-10/1/#decision-2"
    );
    assert_eq!(
        (&entry["owner"]["name"], &entry["owner"]["id"]),
        (&"Ola Hidden".into(), &Value::Null)
    );
    let said = item["sections"][0]["content"]["html"].as_str().expect("HTML");
    assert!(
        said.contains("https://example.org/minutes/people/jane-roe/"),
        "{said}"
    );
    assert_eq!(meeting["items"][1]["exempt"], "paragraph 3");
    assert_eq!(meeting["items"][1]["sections"], Value::Array(Vec::new()));

    let person = json(&files, "people/jane-roe/index.json");
    assert_eq!(
        person["votes"],
        serde_json::json!([{
            "url": "https://example.org/minutes/meetings/parks/2026-11-10/1/#vote-1",
            "item": "parks/2026-11-10#1",
            "title": "Amendment",
            "vote": "for",
            "result": "Carried.",
        }])
    );
    let figures = &person["figures"][0];
    assert_eq!(figures["body"]["id"], "parks");
    assert_eq!(figures["sums"]["expected"]["present"], 1);
    assert_eq!(figures["sums"]["percent"], 100);
    assert_eq!(person["figures_sum"], Value::Null);

    // A schema that took everything would prove nothing.
    let schema = json(&files, "data/schema.json");
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .expect("a schema");
    for (key, value) in [
        ("date", Value::Null),
        ("items", "x".into()),
        ("unheard", 1.into()),
        ("until", "no day".into()),
        ("status", "somehow".into()),
    ] {
        let mut wrong = meeting.clone();
        wrong[key] = value;
        assert!(!validator.is_valid(&wrong), "{key}");
    }
}

/// What the data of each person counts is what their page shows.
#[test]
fn a_person_s_data_say_what_their_page_does() {
    let files = site::build_example(None).files;
    let archive = json(&files, "data/archive.json");
    let mut seen = [0; 4];
    for person in archive["people"].as_array().expect("people") {
        let id = person["id"].as_str().expect("an id");
        let html = text(&files, &format!("people/{id}/index.html"));
        let page = Html::parse_document(html);
        let count = |selector: &str| {
            page.select(&Selector::parse(selector).expect("a selector"))
                .count()
        };
        let counted = [
            ("votes", "li > [class*=badge-vote-]"),
            ("actions", "#actions li"),
            ("attendance", "li > a + .badge"),
            ("figures", "tbody tr"),
        ];
        for (n, (key, selector)) in counted.into_iter().enumerate() {
            let there = person[key].as_array().map_or(0, Vec::len);
            assert_eq!((id, key, there), (id, key, count(selector)));
            seen[n] += there;
        }
        for figures in person["figures"].as_array().expect("figures") {
            let expected = figures["sums"]["expected"].as_object().expect("counts");
            let meetings: u64 = expected.values().filter_map(Value::as_u64).sum();
            assert!(
                meetings == 0 || html.contains(&format!(" of {meetings}<")),
                "{id}: {figures}"
            );
        }
        for action in person["actions"].as_array().expect("actions") {
            let path = action["url"].as_str().expect("an address");
            assert!(
                html.contains(path.trim_start_matches("https://minutes.harrowmere.example")),
                "{id}: {path}"
            );
        }
        for decision in person["decided"].as_array().expect("decisions") {
            assert!(html.contains(decision["name"].as_str().expect("a name")), "{id}");
        }
    }
    assert!(seen.iter().all(|n| *n > 0), "{seen:?}");
    let own = |p: &Value| p["id"].as_str().map(str::to_owned);
    let pages = archive["pages"].as_array().expect("pages");
    assert_eq!(
        pages.iter().filter_map(own).collect::<Vec<_>>(),
        ["", "about", "accessibility", "take-part"]
    );
    for page in pages {
        let path = page["url"]
            .as_str()
            .and_then(|url| url.strip_prefix("https://minutes.harrowmere.example/"));
        let file = format!("{}index.html", path.expect("of this site"));
        assert!(files.contains_key(&file), "{file}");
    }
}

#[test]
fn a_large_archive_is_divided_by_year() {
    let words = format!("## 1. Pond\n\n{}\n", "Words upon words. ".repeat(40_000));
    let meetings: Vec<String> = (2021..=2026)
        .map(|year| format!("content/meetings/parks/{year}-05-04.md"))
        .collect();
    let mut files: Vec<(&str, &str)> = meetings
        .iter()
        .map(|path| (path.as_str(), words.as_str()))
        .collect();
    files.push(TOML);
    let site = built(&files);
    let archive = json(&site, "data/archive.json");
    assert_eq!(archive["meetings"], Value::Array(Vec::new()));
    let parts = archive["parts"].as_array().expect("parts");
    assert_eq!(parts.len(), 6);
    assert_eq!(
        parts[0]["url"],
        "https://example.org/minutes/data/archive-2026.json"
    );
    assert_eq!(
        json(&site, "data/archive-2021.json")["meetings"][0]["id"],
        "parks/2021-05-04"
    );
    assert!(text(&site, "data/index.html").contains("archive-2021.json"));
    assert_eq!(validated(&site), 6 + 1 + 6 + 1);
}

// CSV

#[test]
fn the_tables_read_as_they_are_described() {
    for files in [site::build_example(None).files, built(&awkward())] {
        let described = json(&files, "data/csv-metadata.json");
        let tables = described["tables"].as_array().expect("tables");
        assert_eq!(
            tables.len(),
            files
                .keys()
                .filter(|p| p.ends_with(".csv") && !p.starts_with("meetings/") && !p.starts_with("pages/"))
                .count(),
            "every table is described, and papers are not"
        );
        for table in tables {
            let url = table["url"].as_str().expect("a file");
            let path = match url.strip_prefix("../") {
                Some(path) => path.to_owned(),
                None => format!("data/{url}"),
            };
            let mut reader = csv::Reader::from_reader(files[&path].as_slice());
            let columns = table["tableSchema"]["columns"].as_array().expect("columns");
            let names: Vec<&str> = columns.iter().filter_map(|c| c["name"].as_str()).collect();
            assert_eq!(
                reader.headers().expect("names").iter().collect::<Vec<_>>(),
                names,
                "{path}"
            );
            for row in reader.records() {
                let row = row.unwrap_or_else(|error| panic!("{path}: {error}"));
                for (cell, column) in row.iter().zip(columns).filter(|(cell, _)| !cell.is_empty()) {
                    let fits = match column["datatype"].as_str() {
                        Some("integer") => cell.parse::<i64>().is_ok(),
                        Some("date") => cell.parse::<Date>().is_ok(),
                        Some("boolean") => ["true", "false"].contains(&cell),
                        Some("anyURI") => cell.starts_with("https://"),
                        _ => !cell.starts_with(['=', '+', '-', '@', '\t', '\n']),
                    };
                    assert!(fits, "{path}: {cell:?} in {column}");
                }
            }
        }
    }
    let files = built(&awkward());
    let rows = |name: &str| {
        let register = format!("{name}/{name}.csv");
        let path = match files.contains_key(&register) {
            true => register,
            false => format!("data/{name}.csv"),
        };
        text(&files, &path).to_owned()
    };
    assert!(rows("items").contains(",'=SUM(A1) &,"), "{}", rows("items"));
    assert!(rows("decisions").contains(",'-1 to all,"));
    assert!(rows("actions").contains("Ola Hidden,,2026-10-01,,overdue\r\n"));
    assert!(rows("memberships").contains("parks,,Ola Hidden,"));
    assert!(
        !rows("people").contains("Hidden"),
        "nobody without a page stands among the people"
    );
    let vote = "2,1,,,Councillor Jane Roe; Ola Hidden,,,,,Carried.\r\n";
    assert!(rows("votes").contains(vote), "{}", rows("votes"));
}

// Popolo

#[test]
fn popolo_keeps_to_what_it_is() {
    let schema: Value = serde_json::from_str(include_str!("data/popolo.schema.json")).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    for files in [site::build_example(None).files, built(&awkward())] {
        let data = json(&files, "data/popolo.json");
        let wrong: Vec<String> = validator
            .iter_errors(&data)
            .map(|e| format!("{}: {e}", e.instance_path()))
            .collect();
        assert_eq!(wrong, Vec::<String>::new());
        let ids = |table: &str| -> BTreeSet<String> {
            let rows = data[table].as_array().expect("a table").iter();
            let ids: Vec<String> = rows.filter_map(|r| r["id"].as_str()).map(str::to_owned).collect();
            let unique: BTreeSet<String> = ids.iter().cloned().collect();
            assert_eq!(ids.len(), unique.len(), "an id of {table} stands twice");
            unique
        };
        let (persons, organizations, motions) = (ids("persons"), ids("organizations"), ids("motions"));
        let (areas, votes) = (ids("areas"), ids("vote_events"));
        for (table, key, known) in [
            ("memberships", "person_id", &persons),
            ("memberships", "organization_id", &organizations),
            ("memberships", "area_id", &areas),
            ("organizations", "parent_id", &organizations),
            ("events", "organization_id", &organizations),
            ("motions", "creator_id", &persons),
            ("vote_events", "motion_id", &motions),
        ] {
            for row in data[table].as_array().expect("a table") {
                let id = row[key].as_str();
                assert!(id.is_none_or(|id| known.contains(id)), "{table}: {key} {id:?}");
            }
        }
        for vote in data["motions"]
            .as_array()
            .expect("motions")
            .iter()
            .flat_map(|m| m["vote_events"].as_array().expect("a list"))
        {
            assert!(votes.contains(vote.as_str().expect("an id")));
        }
    }
    let data = json(&built(&awkward()), "data/popolo.json");
    let vote = &data["vote_events"][0];
    assert_eq!(vote["result"], "pass");
    assert_eq!(vote["votes"][0]["voter_id"], "jane-roe");
    assert_eq!(vote["votes"][1]["voter"]["name"], "Ola Hidden");
    assert_eq!(data["events"][0]["start_date"], "2026-11-10T18:30:00+00:00");
    assert!(!data["persons"].to_string().contains("Hidden"));
}

// Every page

#[test]
fn every_page_says_what_it_is() {
    for files in [site::build_example(None).files, built(&awkward())] {
        for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with("index.html")) {
            let page = std::str::from_utf8(bytes).expect("UTF-8");
            // An old address only leads on.
            if page.contains("http-equiv=\"refresh\"") {
                continue;
            }
            let html = Html::parse_document(page);
            let script = Selector::parse("script:not([src])").expect("a selector");
            let scripts: Vec<_> = html.select(&script).collect();
            assert_eq!(scripts.len(), 1, "{path}");
            assert_eq!(scripts[0].attr("type"), Some("application/ld+json"), "{path}");
            let text = scripts[0].text().collect::<String>();
            assert!(!text.contains('<'), "{path}");
            let data: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
            let graph = data["@graph"].as_array().expect("a graph");
            let kinds: Vec<&str> = graph.iter().filter_map(|t| t["@type"].as_str()).collect();
            let first = match path.as_str() {
                "index.html" => "WebSite",
                _ => "BreadcrumbList",
            };
            assert_eq!(kinds[0], first, "{path}");
            let about = match path.split('/').collect::<Vec<_>>()[..] {
                ["meetings", _, _, "index.html"] => Some("Event"),
                ["bodies", _, "index.html"] => Some("GovernmentOrganization"),
                ["people", _, "index.html"] => Some("Person"),
                ["data", "index.html"] => Some("Dataset"),
                _ => None,
            };
            assert!(
                about.is_none_or(|about| kinds.contains(&about)),
                "{path}: {kinds:?}"
            );
            // What the page leads to is there.
            let link = Selector::parse("link[rel=alternate]").expect("a selector");
            for link in html.select(&link) {
                let href = link.attr("href").expect("an address");
                let file = href.trim_start_matches("/minutes").trim_start_matches('/');
                assert!(files.contains_key(file), "{path}: {href}");
                let shown = Selector::parse(&format!("body a[href=\"{href}\"]")).expect("a selector");
                assert!(html.select(&shown).next().is_some(), "{path}: {href} can be seen");
            }
        }
    }
    let files = built(&awkward());
    let body = text(&files, "bodies/parks/index.html");
    assert!(
        body.contains("=Parks \\u003c/script>"),
        "the name does not end the data"
    );
    let meeting = text(&files, "meetings/parks/2026-11-10/index.html");
    assert!(meeting.contains("\"startDate\":\"2026-11-10T18:30:00+00:00\""));
}

#[test]
fn items_and_paragraphs_can_be_cited() {
    let files = built(&awkward());
    let page = text(&files, "meetings/parks/2026-11-10/1/index.html");
    let html = Html::parse_document(page);
    let one = |css: &str| Selector::parse(css).expect("a selector");
    let cite = html
        .select(&one("details.cite p.citation"))
        .next()
        .expect("a citation");
    let cite = cite.text().collect::<String>();
    assert!(cite.starts_with("Eastmarsh Council, =Parks"), "{cite}");
    assert!(
        cite.ends_with(", 10 November 2026, item 1: =SUM(A1) & (Draft minutes). https://example.org/minutes/meetings/parks/2026-11-10/1/"),
        "{cite}"
    );
    let places: Vec<_> = html.select(&one("details.cite li")).collect();
    assert!(places.len() >= 3, "{}", places.len());
    for place in places {
        let href = place
            .select(&one("a"))
            .next()
            .and_then(|a| a.attr("href"))
            .expect("a link");
        let address = place
            .select(&one("code"))
            .next()
            .expect("an address")
            .text()
            .collect::<String>();
        assert_eq!(
            address,
            format!("https://example.org/minutes/meetings/parks/2026-11-10/1/{href}")
        );
        assert_eq!(
            html.select(&one(&format!("[id=\"{}\"]", &href[1..]))).count(),
            1,
            "{href}"
        );
    }
    // Where items have no pages, the meeting's page is their home.
    let mut small = awkward();
    let toml = format!("{}[output]\nitem_pages = false\n", TOML.1);
    small[0] = ("site.toml", &toml);
    let files = built(&small);
    let page = text(&files, "meetings/parks/2026-11-10/index.html");
    assert!(page.contains("https://example.org/minutes/meetings/parks/2026-11-10/#item-1-decision-2</code>"));
    assert!(page.contains("href=\"#item-1-decision-2\""));
}

// Checksums

#[test]
fn every_file_has_its_checksum() {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in awkward() {
        let place = folder.path().join(path);
        std::fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
        std::fs::write(place, text).expect("written");
    }
    std::fs::write(
        folder.path().join("content/meetings/parks/leaflet.pdf"),
        b"%PDF-1.4",
    )
    .expect("written");
    let output = folder.path().join("public");
    // The second time nothing is written, and all is known.
    for _ in 0..2 {
        site::build(folder.path(), &output, None);
        let files = site::files(&output);
        let list = text(&files, "sha256sums.txt");
        let told: BTreeMap<&str, &str> = list
            .lines()
            .filter_map(|l| l.split_once("  "))
            .map(|(sum, path)| (path, sum))
            .collect();
        let real: BTreeMap<&str, String> = files
            .iter()
            .filter(|(path, _)| *path != "sha256sums.txt")
            .map(|(path, bytes)| (path.as_str(), minutebook::hash::Sha256::of(bytes).to_string()))
            .collect();
        assert_eq!(told.len(), real.len());
        assert!(
            real.iter()
                .all(|(path, sum)| told.get(path) == Some(&sum.as_str()))
        );
        assert!(list.lines().is_sorted_by_key(|line| &line[66..]));
    }
}

#[test]
fn each_can_be_switched_off() {
    for (switch, gone) in [
        (
            "data",
            &["data/archive.json", "data/schema.json", "bodies/parks/index.json"][..],
        ),
        ("csv", &["data/meetings.csv", "data/csv-metadata.json"]),
        ("popolo", &["data/popolo.json"]),
        ("checksums", &["sha256sums.txt"]),
        ("feeds", &["feed.xml", "decisions/feed.xml"]),
        (
            "calendar",
            &["calendar.ics", "calendar/index.html", "bodies/parks/calendar.ics"],
        ),
    ] {
        let mut site = awkward();
        let all = built(&site);
        let toml = format!("{}[output]\n{switch} = false\n", TOML.1);
        site[0] = ("site.toml", &toml);
        let off = built(&site);
        for path in gone {
            assert!(all.contains_key(*path), "{path}");
            assert!(!off.contains_key(*path), "{switch}: {path}");
            let pages = off.iter().filter(|(page, _)| page.ends_with(".html"));
            for (page, bytes) in pages {
                let html = String::from_utf8_lossy(bytes);
                assert!(
                    !html.contains(&format!("href=\"/minutes/{path}\"")),
                    "{switch}: {page} leads to {path}"
                );
            }
        }
    }
    let mut site = awkward();
    let toml = format!(
        "{}[output]\ndata = false\ncsv = false\npopolo = false\nchecksums = false\njson_ld = false\ncitations = false\n",
        TOML.1
    );
    site[0] = ("site.toml", &toml);
    let off = built(&site);
    assert!(!off.contains_key("data/index.html"));
    assert!(!text(&off, "index.html").contains("ld+json"));
    assert!(!text(&off, "meetings/parks/2026-11-10/1/index.html").contains("citation"));
}

// What is not public

#[test]
fn what_is_withheld_is_in_no_byte() {
    let mut site = awkward();
    site.extend([
        ("content/meetings/parks/2026-11-11.md", "---\nexempt: 3\nvenue: Hall\n---\nHERON\n\n## 1. Sale\n\nHERON\n"),
        ("content/meetings/parks/2026-11-12.md", "---\npublish_at: 2099-01-01\ntitle: HERON\n---\n## 1. HERON\n"),
        (
            "content/meetings/parks/2026-11-13.md",
            "---\nminutes: {status: draft, publish_at: 2099-01-01}\nattendance: {present: [Heron Gray]}\n---\nHERON\n\n## 1. Pond\n\n### Decision\n1. HERON | owner: Heron | due: 2026-12-01\n\n### Vote\n- Motion: HERON\n- For: 1 (Heron Gray)\n\n### Documents\n- HERON (to follow)\n",
        ),
        ("content/people/heron.md", "---\nname: Heron Black\npublish_at: 2099-01-01\n---\nHERON\n"),
        ("content/issues/heron.md", "---\ntitle: HERON\npublish_at: 2099-01-01\n---\n"),
        ("content/decisions/2026-10-01-sale.md", "---\ntitle: Sale\nexempt: 3\nmaker: {kind: officer, role: Head}\n---\n## Decision\n1. HERON\n"),
        (
            "content/meetings/parks/2026-11-14.md",
            "## 1. Sale\n- Exempt: 3\n\n### Public summary\nAn offer.\n\n#### Exempt minutes\nHERON\n\n## 2. Quay\n- Exempt: 3\n\n### Public summary\nAn offer.\n\n**Confidential annex**\n\nHERON\n",
        ),
        (
            "content/decisions/2026-10-03-sale.md",
            "---\ntitle: Sale\nexempt: 3\n---\n## Public summary\nAn offer.\n\n### Minutes\nHERON\n",
        ),
        ("content/decisions/2026-10-02-heron.md", "---\ntitle: HERON\npublish_at: 2099-01-01\n---\n## Decision\n1. HERON\n"),
    ]);
    // `- HERON (to follow)` is a paper of the agenda, and public: it is no marker here.
    let text = site[9].1.replace("- HERON (to follow)", "- Plans (to follow)");
    site[9] = (site[9].0, &text);
    let files = built(&site);
    for (path, bytes) in &files {
        // A calendar's lines are folded anywhere.
        let text = String::from_utf8_lossy(bytes).replace("\r\n ", "").to_lowercase();
        assert!(!text.contains("heron") && !path.contains("heron"), "{path}");
    }
    assert!(files.contains_key("meetings/parks/2026-11-11/index.json"));
    assert!(files.contains_key("decisions/2026-10-01-sale/index.json"));
}

/// A register is rendered in pieces; its page has every line of its file, in
/// the same order, whatever the theme does with the list.
#[test]
fn a_long_register_is_whole() {
    let meeting = |day: u8, from: usize| {
        let lines = (from..from + 130).map(|n| format!("{}. To do number {n}.\n", n - from + 1));
        format!("## 1. Works\n\n### Decision\n{}", lines.collect::<String>())
            .replace("number", &format!("on the {day}th number"))
    };
    let (one, two) = (meeting(12, 1), meeting(11, 131));
    let page = |theme: &[(&str, &str)]| {
        let mut files = vec![
            TOML,
            ("content/bodies/parks.md", "---\nname: Parks\n---\n"),
            ("content/meetings/parks/2026-11-12.md", one.as_str()),
            ("content/meetings/parks/2026-11-11.md", two.as_str()),
        ];
        files.extend(theme);
        built(&files)
    };
    let files = page(&[]);
    let mut csv = csv::Reader::from_reader(text(&files, "decisions/decisions.csv").as_bytes());
    let place = csv
        .headers()
        .expect("names")
        .iter()
        .position(|name| name == "decision");
    let place = place.expect("a column of the words");
    let expected: Vec<String> = csv
        .records()
        .map(|row| row.expect("a row")[place].to_owned())
        .collect();
    assert_eq!(expected.len(), 260);
    let html = Html::parse_document(text(&files, "decisions/index.html"));
    let entry = Selector::parse("tbody tr a.register-entry").expect("a selector");
    let shown: Vec<String> = html.select(&entry).map(|a| a.text().collect()).collect();
    assert_eq!(shown, expected);
    // Twice, and not at all.
    let theme = |rows: &str| format!("{{% for g in groups %}}<p>{rows}</p>{{% endfor %}}");
    for (rows, times) in [("{{ g.here }}<hr>{{ g.here }}", 2), ("{{ g.lines }}", 0)] {
        let template = theme(rows);
        let files = page(&[("themes/default/templates/register.html", template.as_str())]);
        let html = text(&files, "decisions/index.html");
        assert_eq!(html.matches("<tr>").count(), times * 260, "{rows}");
    }
}
