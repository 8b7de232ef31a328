//! The lines of a register as rows of a table. A register may have a hundred
//! thousand, each with a dozen things to say.

use std::fmt::Write;

use super::attendance::Stretch;
use super::cell::{CellView, ColumnView, LineView, PlaceView};
use crate::outlets::pages::rows::{push_link, push_list, push_name};
use crate::site::{Html, Site};
use crate::text::dates;
use crate::text::escape::{escaped, push_escaped};

/// What was said is cut after so many characters.
const LONGEST: usize = 420;

/// Lines with a cell for each column.
pub fn rows(site: &Site, columns: &[ColumnView], rows: &[Vec<CellView>]) -> Html {
    let mut out = String::with_capacity(rows.len() * 1024);
    let word =
        |kind: &str, key: &str| escaped(site.words.get(&format!("register-{kind}-{key}"))).into_owned();
    let labels: Vec<String> = columns.iter().map(|column| word("column", column.key)).collect();
    for row in rows {
        out.push_str("\n<tr>");
        for (cell, label) in row.iter().zip(&labels) {
            let _ = write!(out, "<td class=\"cell-{}\" data-label=\"{label}\"", cell.kind);
            if cell.kind == "date" {
                let _ = write!(out, " data-sort=\"{}\"", cell.date);
            }
            out.push('>');
            match cell.kind {
                "date" => date(&mut out, site, &cell.date),
                "text" => push_escaped(&mut out, &cell.text),
                "number" => drop(write!(out, "{}", cell.n)),
                "said" => said(&mut out, site, cell),
                "names" => push_list(&mut out, &cell.names, push_name),
                "word" => out.push_str(&word("word", cell.key)),
                "parts" => push_list(&mut out, &cell.parts, |out, part| {
                    let words = site.words.get(&format!("register-part-{}", part.key)).to_owned();
                    push_link(out, "", &part.href, &words);
                }),
                _ => {}
            }
            out.push_str("</td>");
        }
        out.push_str("</tr>");
    }
    Html(out)
}

fn date(out: &mut String, site: &Site, day: &str) {
    let _ = write!(out, "<time datetime=\"{day}\">");
    match dates::iso(day) {
        Ok(date) => push_escaped(out, &site.words.days.short(date)),
        Err(_) => push_escaped(out, day),
    }
    out.push_str("</time>");
}

/// What was said, where, with what.
fn said(out: &mut String, site: &Site, cell: &CellView) {
    let words = match cell.text.char_indices().nth(LONGEST) {
        Some((end, _)) => &format!("{} …", &cell.text[..end]),
        None => &cell.text,
    };
    match filled(&cell.href) {
        Some(href) => push_link(out, " class=\"register-entry\"", href, words),
        None => push_escaped(out, words),
    }
    if let Some(facts) = filled(&cell.facts) {
        out.push_str(" <span class=\"facts\">(");
        push_escaped(out, facts);
        out.push_str(")</span>");
    }
    if !cell.status.0.is_empty() {
        out.push_str(" <span class=\"badge badge-words\">");
        out.push_str(&cell.status.0);
        out.push_str("</span>");
    }
    if let Some(at) = &cell.place {
        out.push_str(" <span class=\"meta\">");
        place(out, site, at, &cell.text);
        out.push_str("</span>");
    }
    let published = filled(&cell.published).map(|day| {
        let long = dates::iso(day).map_or_else(|_| day.to_owned(), |date| site.long_date(date));
        site.words.get("published").replace("{date}", &long)
    });
    let supplement = cell.supplement.then(|| site.words.get("supplement").to_owned());
    let facts: Vec<String> = [supplement, published].into_iter().flatten().collect();
    if !facts.is_empty() {
        out.push_str(" <span class=\"meta\">");
        push_escaped(out, &facts.join(", "));
        out.push_str("</span>");
    }
    division(out, site, &cell.division);
    cell.lines.iter().for_each(|one| line(out, site, one));
}

/// `Cabinet, Item 5: Title`; the title only where it says more.
fn place(out: &mut String, site: &Site, place: &PlaceView, text: &str) {
    let (meeting, number) = (filled(&place.meeting), filled(&place.number));
    let href = filled(&place.href);
    let more = !place.title.is_empty()
        && place.number.as_ref() != Some(&place.title)
        && (place.title != text || href.is_some() && number.is_none());
    if let Some(href) = href {
        out.push_str("<a class=\"place\" href=\"");
        push_escaped(out, href);
        out.push_str("\">");
    }
    if let Some(meeting) = meeting {
        push_escaped(out, meeting);
        out.push_str(if number.is_some() || more { ", " } else { "" });
    }
    if let Some(number) = number {
        push_escaped(out, &site.words.item.replace("{n}", number));
        out.push_str(if more { ": " } else { "" });
    }
    if more {
        push_escaped(out, &place.title);
    }
    out.push_str(if href.is_some() { "</a>" } else { "" });
}

/// Who moved, or voted how.
fn line(out: &mut String, site: &Site, line: &LineView) {
    out.push_str(" <span class=\"meta\">");
    push_escaped(out, site.words.get(&format!("vote-{}", line.key)));
    out.push_str(": ");
    if line.text.is_empty() {
        push_list(out, &line.names, push_name);
        out.push_str(if line.more { " …" } else { "" });
    } else {
        push_escaped(out, &line.text);
    }
    out.push_str("</span>");
}

/// The sides of a vote as a picture, each as wide as its votes.
pub fn division(out: &mut String, site: &Site, sides: &[Stretch]) {
    if sides.is_empty() {
        return;
    }
    out.push_str(
        "<svg class=\"bar\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"",
    );
    push_list(out, sides, |out, side| {
        push_escaped(out, site.words.get(&format!("vote-{}", side.key)));
        let _ = write!(out, ": {}", side.n);
    });
    out.push_str("\" focusable=\"false\">");
    for Stretch { key, x, width, .. } in sides {
        let _ = write!(
            out,
            "<rect class=\"bar-{key}\" x=\"{x}\" y=\"0\" width=\"{width}\" height=\"10\" vector-effect=\"non-scaling-stroke\"/>"
        );
    }
    out.push_str("</svg>");
}

/// What there is, if it is more than nothing.
fn filled(text: &Option<String>) -> Option<&str> {
    text.as_deref().filter(|text| !text.is_empty())
}
