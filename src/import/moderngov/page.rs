//! The kinds of page, told by what stands on them.

use scraper::Html;

use super::head::{self, meeting_line, named, slashed};
use super::item::{self, is_furniture, lone_number, unfold, without_number};
use super::piece::{IssuePiece, ItemPiece, Piece, Told};
use crate::import::draft::Origin;
use crate::import::html;
use crate::import::lines::{Kind, Line, write};

/// Reads a page as it was saved by a browser.
pub fn of_html(text: &str, origin: &mut Origin) -> Told {
    let document = Html::parse_document(text);
    let base = html::first(
        &document,
        &["link[rel=canonical]", "base[href]", "meta[property='og:url']"],
    )
    .and_then(|e| e.value().attr("href").or(e.value().attr("content")))
    .and_then(|href| url::Url::parse(href).ok());
    let places = ["#modernGov", "#modgov", ".mgContent", "main", "#content", "body"];
    let Some(place) = html::first(&document, &places) else {
        return Told::default();
    };
    let mut lines = html::element(place, base.as_ref());
    origin.lines = lines.iter().map(|l| (l.number, l.plain.clone())).collect();
    // Words in a link that a reader does not see, and the sizes, are one line
    // with the title; what stands in cells of numbers is a line of its own.
    lines.retain(|l| !l.plain.is_empty());
    of_lines(lines, base, origin)
}

/// Reads the lines of a page.
pub fn of_lines(lines: Vec<Line>, base: Option<url::Url>, origin: &mut Origin) -> Told {
    let lines = unfold(lines);
    let has = |words: &str| {
        lines
            .iter()
            .any(|l| l.plain.trim().trim_end_matches(':').eq_ignore_ascii_case(words))
    };
    let starts = |words: &str| lines.iter().any(|l| l.plain.starts_with(words));
    if starts("Search results") || starts("Results 1 to ") || has("Search documents") {
        origin.skip("a page of search results, which is no record");
        return Told::default();
    }
    let meetings = lines.iter().filter(|l| meeting_line(&l.plain).is_some()).count();
    let url = base.as_ref().map(url::Url::to_string);
    if meetings > 0 {
        "page of an issue and its meetings".clone_into(&mut origin.what);
        return issue_meetings(&lines, url, origin);
    }
    if starts("Decision Maker:") || starts("Decided at meeting:") {
        "page of a decision".clone_into(&mut origin.what);
        return decision(&lines, url, origin);
    }
    if starts("Decision type:") || has("Issue details") {
        "page of an issue".clone_into(&mut origin.what);
        return issue(&lines, url, origin);
    }
    if has("Agenda item") && !starts("Venue:") {
        "page of an agenda item".clone_into(&mut origin.what);
        return agenda_item(&lines, url, origin);
    }
    let head = lines.iter().take(12).any(|l| named(&l.plain).is_some());
    if head || starts("Venue:") || has("No. Item") {
        "page of a meeting".clone_into(&mut origin.what);
        return meeting(&lines, url, origin);
    }
    if starts("Minutes:") || starts("Decision:") || starts("Additional documents:") {
        "part of a page".clone_into(&mut origin.what);
        let mut piece = Piece {
            rank: 2,
            ..Piece::default()
        };
        piece.items = unnumbered(&lines, origin);
        return Told::of(piece);
    }
    Told::default()
}

/// The value of `key=` in an address.
fn query(url: Option<&str>, key: &str) -> Option<String> {
    let url = url::Url::parse(url?).ok()?;
    let found = url.query_pairs().find(|(k, _)| k.eq_ignore_ascii_case(key))?;
    Some(found.1.into_owned())
        .filter(|v| v.bytes().all(|b| b.is_ascii_digit()) && !v.is_empty() && v.len() < 12)
}

/// The path and query of an address: what an old link asks of this site.
fn old_address(url: Option<&str>) -> Option<String> {
    let url = url::Url::parse(url?).ok()?;
    let query = url.query().map(|q| format!("?{q}")).unwrap_or_default();
    Some(format!("{}{query}", url.path())).filter(|a| a.len() > 1)
}

fn issue_meetings(lines: &[Line], url: Option<String>, origin: &mut Origin) -> Told {
    let mut told = Told::default();
    let at: Vec<usize> = (0..lines.len())
        .filter(|n| meeting_line(&lines[*n].plain).is_some())
        .collect();
    let head = &lines[..at.first().copied().unwrap_or(0)];
    let mut titles = head.iter().filter(|l| {
        let furniture = is_furniture(&l.plain);
        if furniture {
            origin.used(l.plain.clone(), "furniture of the page");
        }
        !furniture
    });
    let title = titles.next().map(|l| l.plain.clone()).unwrap_or_default();
    let rest: Vec<Line> = titles.cloned().collect();
    if !title.is_empty() {
        told.issues.push(IssuePiece {
            title: title.clone(),
            id: query(url.as_deref(), "IId"),
            url,
            text: write(&rest, 2),
            ..IssuePiece::default()
        });
    }
    for (n, &start) in at.iter().enumerate() {
        let end = at.get(n + 1).copied().unwrap_or(lines.len());
        let Some((date, body, number)) = meeting_line(&lines[start].plain) else {
            continue;
        };
        origin.used(
            lines[start].plain.clone(),
            "the day, body and number of the meeting",
        );
        let mut block: Vec<Line> = lines[start + 1..end].to_vec();
        let (first, own) = title_line(&mut block, number.as_deref());
        if own {
            origin.used(number.clone().unwrap_or_default(), "the number of the item");
        }
        let mut made = item::read(&first, number.as_deref(), &block, origin);
        made.issue = Some(title.clone()).filter(|t| !t.is_empty());
        told.pieces.push(Piece {
            body: Some(body),
            date: Some(date),
            dated: "the line `Meeting:` of the page".to_owned(),
            items: vec![made],
            rank: 3,
            ..Piece::default()
        });
    }
    told
}

/// The line with the title of an item; with a number before it, if it is the
/// item's own. It is taken out of the block.
fn title_line(block: &mut Vec<Line>, number: Option<&str>) -> (Line, bool) {
    // The number may stand on a line of its own.
    if block.len() > 1
        && block
            .first()
            .and_then(lone_number)
            .is_some_and(|n| Some(n.as_str()) == number)
    {
        block.remove(0);
        return (block.remove(0), true);
    }
    if block.is_empty() {
        return (Line::paragraph("", 0), false);
    }
    let mut first = block.remove(0);
    // `5. Title` was read as an entry of a list.
    if let Kind::Entry { mark, .. } = &first.kind
        && number == Some(mark.trim_end_matches('.'))
    {
        first.kind = Kind::Paragraph;
        return (first, true);
    }
    match number
        .and_then(|n| without_number(&first.plain, n))
        .map(str::to_owned)
    {
        Some(rest) => (first.with(&rest), true),
        None => (first, false),
    }
}

fn agenda_item(lines: &[Line], url: Option<String>, origin: &mut Origin) -> Told {
    let mut piece = Piece {
        rank: 1,
        ..Piece::default()
    };
    let mut number = None;
    let mut rest: Vec<Line> = Vec::new();
    let mut title: Option<Line> = None;
    for line in lines {
        let plain = &line.plain;
        if title.is_none() {
            if is_furniture(plain) {
                origin.used(plain.clone(), "furniture of the page");
            } else {
                title = Some(line.clone());
            }
            continue;
        }
        if let Some(head) = named(plain).filter(|h| h.item.is_some() || plain.starts_with("Meeting of")) {
            origin.used(plain.clone(), "the day, body and number of the meeting");
            number = head.item;
            piece.body = head.body;
            piece.date = head.date;
            piece.start = head.time;
            "the line `Meeting of` of the page".clone_into(&mut piece.dated);
            continue;
        }
        rest.push(line.clone());
    }
    let Some(title) = title else {
        return Told::default();
    };
    let mut made = item::read(&title, number.as_deref(), &rest, origin);
    made.aliases.extend(old_address(url.as_deref()));
    piece.url = url;
    piece.items.push(made);
    Told::of(piece)
}

fn meeting(lines: &[Line], url: Option<String>, origin: &mut Origin) -> Told {
    let mut piece = Piece {
        committee: query(url.as_deref(), "CId"),
        meeting: query(url.as_deref(), "MId"),
        url,
        rank: 2,
        whole: true,
        ..Piece::default()
    };
    let first = lines.iter().position(|l| lone_number(l).is_some());
    let table = lines.iter().position(|l| {
        let words = l.plain.trim_end_matches(['|', ' ']).to_lowercase();
        words == "no. item" || words == "no. | item" || words == "items"
    });
    // A page may hold no item at all, or items without their numbers.
    let body = match (first, table) {
        (Some(first), _) => first,
        (None, Some(table)) => table + 1,
        (None, None) => lines.len(),
    };
    let mut note: Vec<Line> = Vec::new();
    let mut title = None;
    for line in &lines[..body] {
        let plain = line.plain.as_str();
        if let Some(head) = named(plain).filter(|_| piece.date.is_none()) {
            origin.used(plain, "the day and body of the meeting");
            piece.body = head.body.or(piece.body.take());
            piece.date = head.date;
            piece.start = head.time;
            "the head of the page".clone_into(&mut piece.dated);
            if head.cancelled {
                piece.status = Some("cancelled".to_owned());
            }
        } else if let Some(venue) = plain.strip_prefix("Venue:") {
            let venue = venue.trim();
            let venue = venue
                .strip_suffix("View directions")
                .unwrap_or(venue)
                .trim()
                .trim_end_matches('.');
            piece.venue = Some(venue.to_owned()).filter(|v| !v.is_empty());
            origin.used("Venue: View directions", "said by the key `venue`");
        } else if is_furniture(plain) {
            origin.used(plain, "furniture of the page");
        } else if matches!(line.kind, Kind::Heading(_)) && title.is_none() && piece.date.is_none() {
            // Some pages put the body in a heading above the day.
            title = Some(plain.to_owned());
        } else {
            note.push(line.clone());
        }
    }
    match (title, &piece.body) {
        (Some(title), None) => piece.body = Some(title),
        (Some(title), Some(body)) if *body == title => {}
        (Some(title), Some(_)) => note.insert(0, Line::paragraph(&title, 0)),
        (None, _) => {}
    }
    piece.note = write(&note, 2);
    let rows = &lines[body..];
    piece.items = match first {
        Some(_) => numbered(rows, origin),
        None => unnumbered(rows, origin),
    };
    Told::of(piece)
}

/// Items that each begin with their number on a line of its own.
fn numbered(lines: &[Line], origin: &mut Origin) -> Vec<ItemPiece> {
    let at: Vec<usize> = (0..lines.len()).filter(|n| opens(lines, *n)).collect();
    let mut out = Vec::new();
    for (n, &start) in at.iter().enumerate() {
        let end = at.get(n + 1).copied().unwrap_or(lines.len());
        let Some(number) = lone_number(&lines[start]) else {
            continue;
        };
        let Some(title) = lines.get(start + 1).filter(|_| start + 1 < end) else {
            continue;
        };
        out.push(item::read(title, Some(&number), &lines[start + 2..end], origin));
    }
    out
}

/// Whether an item opens here: a number alone, and a title below it.
fn opens(lines: &[Line], at: usize) -> bool {
    lone_number(&lines[at]).is_some()
        && lines
            .get(at + 1)
            .is_some_and(|next| lone_number(next).is_none() && next.plain.chars().count() < 500)
}

/// Items without numbers: each begins with a title, above its description or
/// above `Additional documents:` and `Minutes:`.
fn unnumbered(lines: &[Line], origin: &mut Origin) -> Vec<ItemPiece> {
    let label = |l: &Line| {
        let word = l.plain.split(':').next().unwrap_or("").trim().to_lowercase();
        l.plain.contains(':')
            && [
                "additional documents",
                "supporting documents",
                "minutes",
                "decision",
            ]
            .contains(&word.as_str())
    };
    // A title is the line right above the first label of an item; or, where
    // each line was a row, the first line of the row.
    let mut starts: Vec<usize> = Vec::new();
    let mut open = false;
    for (at, line) in lines.iter().enumerate() {
        let word = line.plain.split(':').next().unwrap_or("").to_lowercase();
        let documents = word.starts_with("additional documents") && label(line);
        if label(line) {
            let new = !open
                || documents
                || word == "minutes" && starts.last().is_some_and(|s| has_minutes(lines, *s, at));
            if new && at > 0 && !label(&lines[at - 1]) && !is_furniture_row(&lines[at - 1]) {
                starts.push(at - 1);
            } else if new && at == 0 {
                starts.push(at);
            }
            open = true;
        }
    }
    starts.dedup();
    let mut out = Vec::new();
    for (n, &start) in starts.iter().enumerate() {
        let end = starts.get(n + 1).copied().unwrap_or(lines.len());
        let line = &lines[start];
        let (title, text) = split_title(&line.plain);
        let mut block = lines[start + 1..end].to_vec();
        if let Some(text) = text {
            block.insert(0, line.with(&text));
        }
        out.push(item::read(&line.with(&title), None, &block, origin));
    }
    if let Some(first) = starts.first()
        && *first > 0
    {
        let before: Vec<Line> = lines[..*first]
            .iter()
            .filter(|l| !is_furniture(&l.plain))
            .cloned()
            .collect();
        if let Some(item) = out.first_mut()
            && !before.is_empty()
        {
            item.text = format!("{}\n\n{}", write(&before, 4), item.text)
                .trim()
                .to_owned();
        }
    }
    out
}

fn is_furniture_row(line: &Line) -> bool {
    is_furniture(&line.plain)
}

fn has_minutes(lines: &[Line], from: usize, to: usize) -> bool {
    lines[from..to].iter().any(|l| l.plain.starts_with("Minutes:"))
}

/// `Declarations of Interest To receive …`: a title and what follows it in one
/// line. None where the whole is a title.
fn split_title(words: &str) -> (String, Option<String>) {
    for opener in [
        " To receive ",
        " To consider ",
        " To note ",
        " To agree ",
        " To confirm ",
    ] {
        if let Some(at) = words.find(opener).filter(|at| *at > 3) {
            return (words[..at].to_owned(), Some(words[at + 1..].to_owned()));
        }
    }
    (words.to_owned(), None)
}

/// `Key: value` lines of a page, and what else stands there.
fn values(lines: &[Line]) -> Vec<(Option<(String, String)>, Line)> {
    let pair = |l: &Line| {
        let (key, value) = l.plain.split_once(':')?;
        let plain =
            key.len() < 60 && key.split_whitespace().count() <= 7 && key.starts_with(char::is_uppercase);
        plain.then(|| {
            (
                key.trim().trim_end_matches('?').to_owned(),
                value.trim().to_owned(),
            )
        })
    };
    lines.iter().map(|l| (pair(l), l.clone())).collect()
}

fn issue(lines: &[Line], url: Option<String>, origin: &mut Origin) -> Told {
    let mut piece = IssuePiece {
        id: query(url.as_deref(), "IId"),
        url,
        ..IssuePiece::default()
    };
    let mut rest: Vec<Line> = Vec::new();
    for (pair, line) in values(lines) {
        let plain = line.plain.clone();
        match pair {
            Some((key, value)) if !value.is_empty() => {
                let known = match key.to_lowercase().as_str() {
                    "decision type" => {
                        piece.key = Some(value.eq_ignore_ascii_case("key"));
                        true
                    }
                    "decision due" => {
                        let (day, by) = value
                            .split_once(" by ")
                            .map_or((value.as_str(), None), |(d, b)| (d, Some(b)));
                        piece.due = crate::text::dates::in_words(day)
                            .first()
                            .map(|f| f.date)
                            .or_else(|| slashed(day));
                        piece.due_body = by.map(str::to_owned);
                        piece.due.is_some()
                    }
                    "notice of proposed decision first published" => {
                        piece.published = slashed(&value);
                        piece.published.is_some()
                    }
                    "lead member" => {
                        piece.lead_member = Some(value.clone());
                        true
                    }
                    _ => false,
                };
                if key.eq_ignore_ascii_case("decision status") {
                    piece.status = Some(value);
                }
                match known {
                    true => origin.used(plain, "said by a key of the issue"),
                    false => rest.push(line),
                }
            }
            _ if is_furniture(&plain) || plain == "Agenda items" => {
                origin.used(plain, "furniture of the page")
            }
            _ if piece.title.is_empty() => piece.title = plain,
            _ => rest.push(line),
        }
    }
    piece.text = write(&rest, 2);
    if piece.title.is_empty() {
        return Told::default();
    }
    Told {
        issues: vec![piece],
        ..Told::default()
    }
}

fn decision(lines: &[Line], url: Option<String>, origin: &mut Origin) -> Told {
    let mut piece = Piece {
        rank: 1,
        ..Piece::default()
    };
    let mut made = ItemPiece::default();
    let mut text: Vec<Line> = Vec::new();
    let mut sections: Vec<(String, Vec<Line>)> = Vec::new();
    for (pair, line) in values(lines) {
        let plain = line.plain.clone();
        let Some((key, value)) = pair else {
            if is_furniture(&plain) {
                origin.used(plain, "furniture of the page");
            } else if made.title.is_empty() && matches!(line.kind, Kind::Heading(_)) {
                made.title = plain;
            } else if let Some((_, lines)) = sections.last_mut() {
                lines.push(line);
            } else {
                text.push(line);
            }
            continue;
        };
        let field = |name: &str| (name.to_owned(), crate::document::written::text::inside(&value));
        match key.to_lowercase().as_str() {
            "decided at meeting" => {
                origin.used(plain.clone(), "the day and body of the meeting");
                if let Some((day, body)) = value.split_once(" - ") {
                    let (body, number) = head::item_behind(body);
                    piece.date = slashed(day);
                    piece.body = Some(body.to_owned());
                    made.number = number;
                    "the line `Decided at meeting` of the page".clone_into(&mut piece.dated);
                }
            }
            _ if value.is_empty() => match key.to_lowercase().as_str() {
                "decision"
                | "reason for the decision"
                | "reasons for the decision"
                | "alternative options considered" => {
                    sections.push((key, Vec::new()));
                }
                _ => origin.used(plain.clone(), "furniture of the page"),
            },
            "decision maker" => made.fields.push(field("Decision maker")),
            "decision status" => made.fields.push(field("Decision status")),
            "is key decision" => made.fields.push(field("Key decision")),
            "is subject to call in" => made.fields.push(field("Call-in")),
            "effective from" => made.fields.push(match slashed(&value) {
                Some(day) => {
                    origin.used(value.clone(), "written as a date");
                    ("Effective".to_owned(), day.to_string())
                }
                None => field("Effective"),
            }),
            "wards affected" => made.fields.push(field("Wards")),
            "contact" => made.fields.push(field("Contact")),
            "date of decision" if piece.date.is_none() && slashed(&value).is_some() => {
                piece.date = slashed(&value);
                "the line `Date of decision` of the page".clone_into(&mut piece.dated);
                text.push(line);
            }
            "reason" | "reasons" | "reason for decision" => {
                sections.push(("Reasons for decision".to_owned(), vec![line.with(&value)]));
                origin.used(key, "said by the heading");
            }
            _ => text.push(line),
        }
        if !["decided at meeting"].contains(&key_of(&plain).as_str()) {
            origin.used(key_of(&plain), "said by the field");
        }
    }
    if made.title.is_empty() {
        let Some(first) = text.first() else {
            return Told::default();
        };
        made.title = first.plain.trim_end_matches('.').to_owned();
        origin
            .notes
            .push("the page gives no title: its first words stand for it".to_owned());
        text.remove(0);
    }
    made.text = write(&text, 4);
    made.sections = sections
        .into_iter()
        .map(|(label, lines)| (label, write(&lines, 4)))
        .collect();
    made.aliases.extend(old_address(url.as_deref()));
    piece.url = url;
    piece.items.push(made);
    Told::of(piece)
}

fn key_of(plain: &str) -> String {
    plain
        .split(':')
        .next()
        .unwrap_or("")
        .trim()
        .trim_end_matches('?')
        .to_lowercase()
}
