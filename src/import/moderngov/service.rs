//! The answers of the web service (`mgWebService.asmx`).

use super::head::slashed;
use super::piece::{Attendee, ItemPiece, Paper, PersonPiece, Piece, Told};
use crate::import::draft::Origin;
use crate::import::html;
use crate::import::lines::write;
use crate::import::xml::{self, Element};
use crate::text::dates;

/// Elements whose text says where somebody lives or can be reached at home.
const PRIVATE: &[&str] = &[
    "homeaddress",
    "workaddress",
    "homephone",
    "mobilephone",
    "homeemail",
    "address",
];

pub fn read(text: &str, origin: &mut Origin) -> Result<Told, String> {
    let root = xml::read(text)?;
    // `<string>` holds the answer as text where a browser saved it.
    let root = match root.name.as_str() {
        "string" if root.text.trim_start().starts_with('<') => xml::read(root.text.trim())?,
        _ => root,
    };
    let mut told = Told::default();
    match root.name.as_str() {
        "meeting" => {
            "answer about a meeting".clone_into(&mut origin.what);
            told.pieces.push(meeting(&root, origin));
        }
        "getmeetings" | "getmeetingsbydate" => {
            "answer with a list of meetings".clone_into(&mut origin.what);
            list(&root, &mut told, origin);
        }
        "committees" => {
            "answer with the list of bodies".clone_into(&mut origin.what);
            for committee in root.all("committee") {
                if let (Some(id), Some(title)) =
                    (committee.value("committeeid"), committee.value("committeetitle"))
                {
                    told.committees.push((id.to_owned(), title.to_owned()));
                    note(origin, title);
                }
                if let Some(category) = committee.value("committeecategory") {
                    origin.lines.push((origin.lines.len() + 1, category.to_owned()));
                    origin.used(category, "the category of a body, which is not kept");
                }
            }
        }
        "councillorsbyward" => {
            "answer with the councillors".clone_into(&mut origin.what);
            councillors(&root, &mut told, origin);
        }
        name => return Err(format!("its XML is no answer that is known (`{name}`)")),
    }
    Ok(told)
}

fn note(origin: &mut Origin, text: &str) {
    let number = origin.lines.len() + 1;
    origin.lines.push((number, text.to_owned()));
}

/// `10.00 am` as `10:00`.
fn time(text: Option<&str>, origin: &mut Origin) -> Option<String> {
    let text = text?;
    note(origin, text);
    match dates::time_of_day(text) {
        Some(minutes) => {
            origin.used(text, "written as a time");
            Some(format!("{:02}:{:02}", minutes / 60, minutes % 60))
        }
        None => None,
    }
}

fn day(text: Option<&str>, origin: &mut Origin) -> Option<jiff::civil::Date> {
    let text = text?;
    note(origin, text);
    let date = slashed(text)?;
    origin.used(text, "written as a date");
    Some(date)
}

/// HTML inside an answer as Markdown.
fn prose(html_text: Option<&str>, origin: &mut Origin) -> String {
    let lines = html::lines(html_text.unwrap_or(""), None);
    for line in &lines {
        note(origin, &line.plain);
    }
    write(&lines, 4)
}

/// A title, which may be escaped twice.
fn title(text: &str) -> String {
    let once = quick_xml::escape::unescape(text).map_or_else(|_| text.to_owned(), |t| t.into_owned());
    crate::document::written::line(&once)
}

fn meeting(root: &Element, origin: &mut Origin) -> Piece {
    let mut piece = Piece {
        meeting: root.value("meetingid").map(str::to_owned),
        committee: root.value("committeeid").map(str::to_owned),
        date: day(root.value("meetingdate"), origin),
        dated: "`meetingdate` of the service".to_owned(),
        start: None,
        whole: true,
        rank: 0,
        ..Piece::default()
    };
    piece.body = root.value("committeetitle").map(title);
    let actual = time(root.value("meetingactualstarttime"), origin);
    let planned = time(root.value("meetingtime"), origin);
    piece.start = actual.or(planned);
    piece.end = time(root.value("meetingactualfinishtime"), origin);
    if let Some(planned) = root.value("meetingplannedfinishtime") {
        note(origin, planned);
        origin.used(planned, "when it was planned to end, which is not kept");
    }
    let place: Vec<String> = ["meetingroom", "meetinglocation"]
        .iter()
        .filter_map(|k| root.value(k))
        .map(title)
        .collect();
    for part in &place {
        note(origin, part);
    }
    piece.venue = Some(place.join(", ")).filter(|p| !p.is_empty());
    status(root.value("meetingstatus"), &mut piece, origin);
    if let Some(items) = root.child("agendaitems") {
        for item in items.all("agendaitem") {
            piece.body = piece.body.take().or_else(|| body_of(item));
            let made = agenda_item(item, origin);
            piece.items.push(made);
        }
    }
    for list in root.all("linkeddocuments") {
        for doc in list.all("linkeddoc") {
            piece.body = piece
                .body
                .take()
                .or_else(|| doc.value("committeetitle").map(title));
            piece.documents.push(paper(doc, origin));
        }
    }
    for list in root.all("attendees") {
        for one in list.all("attendee") {
            attendee(one, &mut piece, origin);
        }
    }
    piece
}

/// The body stands only in the papers of its items.
fn body_of(item: &Element) -> Option<String> {
    let papers = item.child("linkeddocuments")?;
    papers
        .all("linkeddoc")
        .find_map(|doc| doc.value("committeetitle"))
        .map(title)
}

fn status(words: Option<&str>, piece: &mut Piece, origin: &mut Origin) {
    let Some(words) = words else { return };
    note(origin, words);
    let lower = words.to_lowercase();
    for (word, status) in [
        ("cancelled", "cancelled"),
        ("postponed", "postponed"),
        ("adjourned", "adjourned"),
        ("inquorate", "inquorate"),
    ] {
        if lower.contains(word) {
            piece.status = Some(status.to_owned());
            origin.used(word, "said by the key `status`");
        }
    }
    // That a meeting stands in the calendar says nothing of its minutes.
    for word in ["Confirmed", "Provisional", "New", "Agenda Published"] {
        origin.used(word, "the state of the meeting in the calendar");
    }
    let rest = words
        .split(';')
        .skip(1)
        .map(str::trim)
        .collect::<Vec<_>>()
        .join("; ");
    if !rest.is_empty() {
        piece.note = crate::document::written::text::words(&rest);
    }
}

fn agenda_item(at: &Element, origin: &mut Origin) -> ItemPiece {
    let name = title(at.value("agendaitemtitle").unwrap_or(""));
    note(origin, &name);
    let shown = at
        .value("fulldisplaynumberformat")
        .map(|n| n.trim_end_matches(['.', ')', ' ']).to_owned());
    let own = |key: &str, sub: &str| {
        let number = at.value(key)?;
        Some(match at.value(sub) {
            Some(sub) => format!("{number}{sub}"),
            None => number.to_owned(),
        })
    };
    let number = shown
        .filter(|n| super::head::is_number(n))
        .or_else(|| own("minutesitemnumber", "minutesitemsubnumber"))
        .or_else(|| own("agendaitemnumber", "agendaitemsubnumber"))
        .filter(|n| n != "0");
    let mut item = ItemPiece {
        number,
        title: name,
        restricted: at.says("isrestricted")
            || at
                .value("isdisplayallowed")
                .is_some_and(|v| v.eq_ignore_ascii_case("false")),
        ..ItemPiece::default()
    };
    let no = at
        .value("isrestricted")
        .is_some_and(|v| v.eq_ignore_ascii_case("false"));
    item.open = no && !item.restricted;
    if let Some(id) = at
        .value("agendaitemid")
        .filter(|id| id.bytes().all(|b| b.is_ascii_digit()))
    {
        item.aliases.push(format!("/mgAi.aspx?ID={id}"));
    }
    let parts = [
        ("agendatext", ""),
        ("decisionnonemptyhtmlbody", "Decision"),
        ("minutesnonemptyhtmlbody", "Minutes"),
    ];
    if item.restricted {
        // Its text is not for the public: it is counted, and goes nowhere.
        for (key, _) in parts {
            let lines = html::lines(at.value(key).unwrap_or(""), None);
            for line in lines {
                note(origin, &line.plain);
                origin.kept_private(line.plain, "the text of a restricted item");
            }
        }
    } else {
        for (key, label) in parts {
            let text = prose(at.value(key), origin);
            match label {
                _ if text.trim().is_empty() => {}
                "" => item.text = text,
                label => item.sections.push((label.to_owned(), text)),
            }
        }
        for n in 1..=2 {
            let (label, words) = (
                at.value(&format!("commentlabel{n}")),
                at.value(&format!("commenttext{n}")),
            );
            if let (Some(label), Some(words)) = (label, words) {
                note(origin, label);
                let text = prose(Some(words), origin);
                item.sections.push((title(label), text));
            }
        }
    }
    if let Some(committee) = at.value("refertocommittee") {
        origin.used(committee, "the body of the meeting");
    }
    for list in at.all("linkeddocuments") {
        for doc in list.all("linkeddoc") {
            let made = paper(doc, origin);
            // The report bears the title of its item.
            if item.report.is_none() && made.title == item.title {
                item.report = Some(made);
            } else {
                item.documents.push(made);
            }
        }
    }
    item
}

fn paper(doc: &Element, origin: &mut Origin) -> Paper {
    let name = title(doc.value("title").unwrap_or("a paper without a title"));
    let restricted = doc.says("isrestricted");
    note(origin, &name);
    let reason = doc.value("restrictionsref").and_then(|r| {
        let digits: String = r
            .chars()
            .skip_while(|c| !c.is_ascii_digit())
            .take_while(char::is_ascii_digit)
            .collect();
        digits
            .parse::<u8>()
            .ok()
            .filter(|n| (1..=18).contains(n))
            .map(|n| n.to_string())
    });
    Paper {
        title: name,
        size: None,
        url: doc
            .value("url")
            .filter(|_| !restricted)
            .and_then(crate::paths::web_address),
        published: doc.value("publicationdate").and_then(slashed),
        to_follow: false,
        restricted,
        reason,
    }
}

fn attendee(at: &Element, piece: &mut Piece, origin: &mut Origin) {
    let Some(name) = at.attribute("name") else { return };
    let presence = at.attribute("attendance").unwrap_or("");
    note(origin, name);
    note(origin, presence);
    origin.used(presence, "said by the list that the name is in");
    let role = at.attribute("roledescription").map(title);
    for key in [
        "roledescription",
        "politicalparty",
        "ward",
        "keyposts",
        "representing",
    ] {
        if let Some(value) = at.attribute(key) {
            note(origin, value);
            origin.used(
                value,
                "said of a member on the day the answer was saved, not of the meeting",
            );
        }
    }
    if presence.eq_ignore_ascii_case("expected") {
        origin.used(name, "expected is not present: who came is not said");
    }
    piece.attendees.push(Attendee {
        name: title(name),
        presence: presence.to_owned(),
        role,
    });
}

fn list(root: &Element, told: &mut Told, origin: &mut Origin) {
    let mut groups = Vec::new();
    root.below("committee", &mut groups);
    let mut meetings: Vec<(Option<(String, String)>, &Element)> = Vec::new();
    for group in &groups {
        let id = group.value("committeeid").unwrap_or("").to_owned();
        let name = group.value("committeetitle").map(title);
        if let Some(name) = &name {
            note(origin, name);
            told.committees.push((id.clone(), name.clone()));
        }
        let mut inner = Vec::new();
        group.below("meeting", &mut inner);
        meetings.extend(
            inner
                .into_iter()
                .map(|m| (name.clone().map(|n| (id.clone(), n)), m)),
        );
    }
    if groups.is_empty() {
        let mut inner = Vec::new();
        root.below("meeting", &mut inner);
        meetings.extend(inner.into_iter().map(|m| (None, m)));
    }
    for (group, at) in meetings {
        let own = at.value("committeetitle").map(title);
        if let Some(own) = &own {
            note(origin, own);
        }
        let mut piece = Piece {
            committee: at
                .value("committeeid")
                .map(str::to_owned)
                .or(group.as_ref().map(|g| g.0.clone())),
            meeting: at.value("meetingid").map(str::to_owned),
            body: own.or(group.map(|g| g.1)),
            date: day(at.value("meetingdate"), origin),
            dated: "`meetingdate` of the service".to_owned(),
            start: time(at.value("meetingtime"), origin),
            rank: 1,
            ..Piece::default()
        };
        status(at.value("meetingstatus"), &mut piece, origin);
        told.pieces.push(piece);
    }
}

fn councillors(root: &Element, told: &mut Told, origin: &mut Origin) {
    let mut wards = Vec::new();
    root.below("ward", &mut wards);
    for ward in wards {
        let ward_name = ward.value("wardtitle").map(title);
        for list in ward.all("councillors") {
            for one in list.all("councillor") {
                private(one, origin);
                let Some(name) = one.value("fullusername").map(title) else {
                    continue;
                };
                note(origin, &name);
                let party = one.value("politicalpartytitle").map(title);
                let posts = one.value("keyposts").map(title);
                for value in [&party, &posts, &ward_name].into_iter().flatten() {
                    note(origin, value);
                }
                let mut terms = Vec::new();
                one.below("termofoffice", &mut terms);
                let terms: Vec<_> = terms
                    .iter()
                    .map(|t| {
                        (
                            t.value("startdate").and_then(slashed),
                            t.value("enddate").and_then(slashed),
                        )
                    })
                    .collect();
                let person = PersonPiece {
                    name,
                    party,
                    ward: ward_name.clone(),
                    posts,
                    ..PersonPiece::default()
                };
                if terms.is_empty() {
                    told.people.push(person.clone());
                }
                told.people
                    .extend(terms.into_iter().map(|(from, to)| PersonPiece {
                        from,
                        to,
                        ..person.clone()
                    }));
            }
        }
    }
}

/// Counts what says where somebody lives, and keeps none of it.
fn private(at: &Element, origin: &mut Origin) {
    for name in PRIVATE {
        let mut found = Vec::new();
        at.below(name, &mut found);
        for element in found {
            let mut words = String::new();
            all_text(element, &mut words);
            let words = words.trim().to_owned();
            if !words.is_empty() {
                note(origin, &words);
                origin.kept_private(words, "a private address");
            }
        }
    }
}

fn all_text(at: &Element, out: &mut String) {
    out.push_str(&at.text);
    out.push(' ');
    for child in &at.children {
        all_text(child, out);
    }
}
