//! Word documents as cases: lines that a person can read become the parts of a .docx file.
//!
//! A line is a paragraph. Before its words may stand, in braces, its style, its list and whether it
//! is centred: `{Heading1}`, `{list=2.0}` (the list and the level in it), `{center}`. In its words,
//! `**bold**`, `//italic//`, `__underlined__`, `\t` (a tab), `\n` (a break of the line),
//! `[ins]…[/ins]`, `[del]…[/del]`, `[hidden]…[/hidden]`, `[link rId9]…[/link]`, `[note 2]` (a footnote).
//! Lines `| a | b |` are rows of a table; `\p` parts the paragraphs of a cell. A line that opens with
//! `<` stands in the body as it is.
//!
//! `@link rId9 https://…` is an address that is linked to; `@part footnotes`, `@part comments`,
//! `@part header` and so on: the lines below it are the inside of that part; `@title` the title in
//! the properties; `@strict` the other namespaces that the standard has.
//!
//! Lists: 1 counts `1.`, `(a)`, `i.`; 2 has bullets; 3 counts `1.`, `1.1`.
#![allow(dead_code, reason = "each driver uses its part")]

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const STRICT_MAIN: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";
const STRICT_RELATIONS: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships";

/// A file of these parts.
pub fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default())
            .expect("a part");
        zip.write_all(bytes).expect("its bytes");
    }
    zip.finish().expect("a zip").into_inner()
}

/// A document of a case.
pub fn document(text: &str) -> Vec<u8> {
    let (mut body, mut rows) = (String::new(), Vec::<String>::new());
    let mut parts: Vec<(String, String)> = Vec::new();
    let mut links: Vec<(String, String)> = Vec::new();
    let (mut title, mut strict) = (String::new(), false);
    for line in text.lines() {
        if let Some(kind) = line.strip_prefix("@part ") {
            parts.push((kind.trim().to_owned(), String::new()));
        } else if let Some(rest) = line.strip_prefix("@link ") {
            let (id, target) = rest.split_once(' ').expect("an id and an address");
            links.push((id.to_owned(), target.trim().to_owned()));
        } else if let Some(rest) = line.strip_prefix("@title ") {
            title = rest.to_owned();
        } else if line.trim() == "@strict" {
            strict = true;
        } else if let Some((_, inside)) = parts.last_mut() {
            inside.push_str(line);
            inside.push('\n');
        } else if line.starts_with("| ") {
            rows.push(line.to_owned());
        } else {
            table(&mut rows, &mut body);
            match line.trim() {
                "" => {}
                raw if raw.starts_with('<') => body.push_str(raw),
                words => body.push_str(&paragraph(words)),
            }
        }
    }
    table(&mut rows, &mut body);
    let (main, relations) = match strict {
        true => (STRICT_MAIN, STRICT_RELATIONS),
        false => (MAIN, RELATIONS),
    };
    let root = |name: &str, inside: &str| {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:{name} xmlns:w=\"{main}\" xmlns:r=\"{relations}\" \
             xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
             xmlns:v=\"urn:schemas-microsoft-com:vml\">{inside}</w:{name}>"
        )
    };
    let mut related = String::new();
    let mut files: Vec<(String, String)> = Vec::new();
    let mut relate = |kind: &str, id: &str, target: &str, outside: bool| {
        let mode = if outside { " TargetMode=\"External\"" } else { "" };
        let _ = write!(
            related,
            "<Relationship Id=\"{id}\" Type=\"{relations}/{kind}\" Target=\"{}\"{mode}/>",
            escape(target)
        );
    };
    relate("styles", "rId1", "styles.xml", false);
    relate("numbering", "rId2", "numbering.xml", false);
    for (n, (kind, inside)) in parts.iter().enumerate() {
        relate(kind, &format!("rIdPart{n}"), &format!("part{n}.xml"), false);
        let name = match kind.as_str() {
            "header" => "hdr",
            "footer" => "ftr",
            kind => kind,
        };
        let inside = inside.lines().map(|l| match l.trim() {
            l if l.starts_with('<') || l.is_empty() => l.to_owned(),
            l => paragraph(l),
        });
        files.push((
            format!("word/part{n}.xml"),
            root(name, &inside.collect::<String>()),
        ));
    }
    for (id, target) in &links {
        relate("hyperlink", id, target, true);
    }
    files.push((
        "word/document.xml".into(),
        root("document", &format!("<w:body>{body}</w:body>")),
    ));
    files.push(("word/styles.xml".into(), root("styles", STYLES)));
    files.push(("word/numbering.xml".into(), root("numbering", NUMBERING)));
    let rels = "http://schemas.openxmlformats.org/package/2006/relationships";
    files.push((
        "word/_rels/document.xml.rels".into(),
        format!("<Relationships xmlns=\"{rels}\">{related}</Relationships>"),
    ));
    files.push((
        "docProps/core.xml".into(),
        format!(
            "<cp:coreProperties xmlns:cp=\"x\" xmlns:dc=\"y\"><dc:title>{}</dc:title></cp:coreProperties>",
            escape(&title)
        ),
    ));
    files.push((
        "_rels/.rels".into(),
        format!(
            "<Relationships xmlns=\"{rels}\"><Relationship Id=\"rId1\" Type=\"{relations}/officeDocument\" Target=\"word/document.xml\"/>\
             <Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/></Relationships>"
        ),
    ));
    let parts: Vec<(&str, &[u8])> = files.iter().map(|(n, t)| (n.as_str(), t.as_bytes())).collect();
    zipped(&parts)
}

fn escape(words: &str) -> String {
    words
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn table(rows: &mut Vec<String>, body: &mut String) {
    if rows.is_empty() {
        return;
    }
    body.push_str("<w:tbl><w:tblPr/>");
    for row in rows.drain(..) {
        body.push_str("<w:tr>");
        let inside = row.trim().trim_start_matches('|').trim_end_matches('|');
        for cell in inside.split('|') {
            body.push_str("<w:tc><w:tcPr/>");
            for words in cell.split("\\p") {
                body.push_str(&paragraph(words.trim()));
            }
            body.push_str("</w:tc>");
        }
        body.push_str("</w:tr>");
    }
    body.push_str("</w:tbl>");
}

/// `{Heading1 center} words` as a paragraph.
pub fn paragraph(line: &str) -> String {
    let (said, words) = match line.strip_prefix('{').and_then(|l| l.split_once('}')) {
        Some((said, words)) => (said, words.trim_start()),
        None => ("", line),
    };
    let mut properties = String::new();
    for word in said.split_whitespace() {
        let _ = match (word, word.strip_prefix("list=").and_then(|l| l.split_once('.'))) {
            (_, Some((list, level))) => write!(
                properties,
                "<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>"
            ),
            ("center", _) => write!(properties, "<w:jc w:val=\"center\"/>"),
            ("inserted", _) => write!(properties, "<w:rPr><w:ins w:id=\"1\"/></w:rPr>"),
            ("deleted", _) => write!(properties, "<w:rPr><w:del w:id=\"1\"/></w:rPr>"),
            (style, _) => write!(properties, "<w:pStyle w:val=\"{style}\"/>"),
        };
    }
    format!("<w:p><w:pPr>{properties}</w:pPr>{}</w:p>", runs(words))
}

/// Words with marks as runs.
pub fn runs(words: &str) -> String {
    let (mut bold, mut italic, mut underlined, mut hidden) = (false, false, false, false);
    let (mut inserted, mut deleted) = (false, false);
    let (mut out, mut text) = (String::new(), String::new());
    let mut rest = words;
    loop {
        let marks = [
            "**",
            "//",
            "__",
            "\\t",
            "\\n",
            "[ins]",
            "[/ins]",
            "[del]",
            "[/del]",
            "[hidden]",
            "[/hidden]",
            "[link ",
            "[/link]",
            "[note ",
        ];
        let mark = marks
            .iter()
            .find(|m| rest.starts_with(**m) && !(**m == "//" && text.ends_with(':')));
        if (mark.is_some() || rest.is_empty()) && !text.is_empty() {
            let mut look = String::new();
            for (on, tag) in [
                (bold, "<w:b/>"),
                (italic, "<w:i/>"),
                (underlined, "<w:u w:val=\"single\"/>"),
                (hidden, "<w:vanish/>"),
            ] {
                look.push_str(if on { tag } else { "" });
            }
            let tag = if deleted { "delText" } else { "t" };
            let run = format!(
                "<w:r><w:rPr>{look}</w:rPr><w:{tag} xml:space=\"preserve\">{}</w:{tag}></w:r>",
                escape(&text)
            );
            out.push_str(&match (inserted, deleted) {
                (true, _) => format!("<w:ins w:id=\"1\" w:author=\"x\">{run}</w:ins>"),
                (_, true) => format!("<w:del w:id=\"1\" w:author=\"x\">{run}</w:del>"),
                _ => run,
            });
            text.clear();
        }
        let Some(mark) = mark else {
            match rest.chars().next() {
                Some(c) => {
                    text.push(c);
                    rest = &rest[c.len_utf8()..];
                    continue;
                }
                None => break,
            }
        };
        rest = &rest[mark.len()..];
        match *mark {
            "**" => bold = !bold,
            "//" => italic = !italic,
            "__" => underlined = !underlined,
            "\\t" => out.push_str("<w:r><w:tab/></w:r>"),
            "\\n" => out.push_str("<w:r><w:br/></w:r>"),
            "[ins]" | "[/ins]" => inserted = *mark == "[ins]",
            "[del]" | "[/del]" => deleted = *mark == "[del]",
            "[hidden]" | "[/hidden]" => hidden = *mark == "[hidden]",
            "[link " => {
                let (id, after) = rest.split_once(']').expect("the id of a link");
                let _ = write!(out, "<w:hyperlink r:id=\"{id}\">");
                rest = after;
            }
            "[note " => {
                let (id, after) = rest.split_once(']').expect("the id of a note");
                let _ = write!(out, "<w:r><w:footnoteReference w:id=\"{id}\"/></w:r>");
                rest = after;
            }
            _ => out.push_str("</w:hyperlink>"),
        }
    }
    out
}

const STYLES: &str = "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"Title\"><w:name w:val=\"Title\"/><w:basedOn w:val=\"Normal\"/></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"Heading1\"><w:name w:val=\"heading 1\"/><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"Heading2\"><w:name w:val=\"heading 2\"/><w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"Kop3\"><w:name w:val=\"heading 3\"/></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"Agenda\"><w:name w:val=\"Agenda point\"/><w:basedOn w:val=\"Heading1\"/><w:pPr><w:numPr><w:numId w:val=\"3\"/></w:numPr></w:pPr></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"TOC1\"><w:name w:val=\"toc 1\"/></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"ListBullet\"><w:name w:val=\"List Bullet\"/><w:pPr><w:numPr><w:numId w:val=\"2\"/></w:numPr></w:pPr></w:style>\
    <w:style w:type=\"character\" w:styleId=\"Secret\"><w:name w:val=\"Secret\"/><w:rPr><w:vanish/></w:rPr></w:style>";

const NUMBERING: &str = "<w:abstractNum w:abstractNumId=\"1\">\
    <w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/></w:lvl>\
    <w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"lowerLetter\"/><w:lvlText w:val=\"(%2)\"/></w:lvl>\
    <w:lvl w:ilvl=\"2\"><w:start w:val=\"1\"/><w:numFmt w:val=\"lowerRoman\"/><w:lvlText w:val=\"%3.\"/></w:lvl></w:abstractNum>\
    <w:abstractNum w:abstractNumId=\"2\">\
    <w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"&#xF0B7;\"/></w:lvl>\
    <w:lvl w:ilvl=\"1\"><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"o\"/></w:lvl></w:abstractNum>\
    <w:abstractNum w:abstractNumId=\"3\">\
    <w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/></w:lvl>\
    <w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.%2\"/></w:lvl></w:abstractNum>\
    <w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num>\
    <w:num w:numId=\"2\"><w:abstractNumId w:val=\"2\"/></w:num>\
    <w:num w:numId=\"3\"><w:abstractNumId w:val=\"3\"/></w:num>\
    <w:num w:numId=\"4\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride></w:num>";
