//! Whether the tags of a cleaned block of HTML may stand inside one another:
//! the content models of the HTML standard, for the few elements that pass.

/// What may stand in an element.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// Text, and what stands in a line.
    Line,
    /// Anything that makes a page: paragraphs, lists, tables, text.
    Flow,
    /// Only these.
    Only(&'static [&'static str]),
}

/// Elements that stand in certain others only.
const PARTS: &[(&str, &[&str])] = &[
    ("li", &["ul", "ol"]),
    ("dt", &["dl"]),
    ("dd", &["dl"]),
    ("summary", &["details"]),
    ("caption", &["table"]),
    ("thead", &["table"]),
    ("tbody", &["table"]),
    ("tfoot", &["table"]),
    ("tr", &["thead", "tbody", "tfoot"]),
    ("td", &["tr"]),
    ("th", &["tr"]),
];

/// Elements that make a block.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "ul",
    "ol",
    "dl",
    "table",
    "blockquote",
    "pre",
    "hr",
    "details",
];

fn holds(name: &str) -> Holds {
    match name {
        "ul" | "ol" => Holds::Only(&["li"]),
        "dl" => Holds::Only(&["dt", "dd"]),
        "table" => Holds::Only(&["caption", "thead", "tbody", "tfoot"]),
        "thead" | "tbody" | "tfoot" => Holds::Only(&["tr"]),
        "tr" => Holds::Only(&["td", "th"]),
        "div" | "li" | "dd" | "dt" | "td" | "th" | "blockquote" | "details" | "caption" => Holds::Flow,
        _ => Holds::Line,
    }
}

/// An element that is still open, and what came inside it.
struct Open<'h> {
    name: &'h str,
    children: Vec<&'h str>,
}

/// Whether every element stands where it may. The HTML is what a cleaner
/// wrote: every tag is closed, in order.
pub fn is_sound(html: &str) -> bool {
    let mut stack: Vec<Open> = Vec::new();
    let mut top = Vec::new();
    let mut rest = html;
    loop {
        let at = rest.find('<').unwrap_or(rest.len());
        let text = &rest[..at];
        if let Some(open) = stack.last()
            && matches!(holds(open.name), Holds::Only(_))
            && !text.trim().is_empty()
        {
            return false;
        }
        if let Some(open) = stack.last_mut()
            && open.name == "details"
            && open.children.is_empty()
            && !text.trim().is_empty()
        {
            return false;
        }
        rest = &rest[at..];
        if rest.is_empty() {
            return stack.is_empty();
        }
        let Some(end) = end_of(rest) else { return false };
        let (closes, tag) = match rest[1..end].strip_prefix('/') {
            Some(tag) => (true, tag),
            None => (false, &rest[1..end]),
        };
        let length = tag
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(tag.len());
        let name = &tag[..length];
        rest = &rest[end + 1..];
        if closes {
            let Some(open) = stack.pop() else { return false };
            if open.name != name || !is_whole(&open) {
                return false;
            }
            continue;
        }
        let parent = stack.last().map(|open| open.name);
        if !may_stand(name, parent) || (name == "a" && stack.iter().any(|open| open.name == "a")) {
            return false;
        }
        match stack.last_mut() {
            Some(open) => open.children.push(name),
            None => top.push(name),
        }
        if !matches!(name, "br" | "wbr" | "hr") {
            stack.push(Open {
                name,
                children: Vec::new(),
            });
        }
    }
}

/// Where a tag ends; a `>` in a quoted attribute does not end it.
pub fn end_of(tag: &str) -> Option<usize> {
    let mut quoted = false;
    for (at, byte) in tag.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return Some(at),
            _ => {}
        }
    }
    None
}

fn may_stand(name: &str, parent: Option<&str>) -> bool {
    if let Some((_, parents)) = PARTS.iter().find(|part| part.0 == name) {
        return parent.is_some_and(|parent| parents.contains(&parent));
    }
    match parent.map(holds) {
        Some(Holds::Only(names)) => names.contains(&name),
        Some(Holds::Line) => !BLOCKS.contains(&name),
        Some(Holds::Flow) | None => true,
    }
}

/// What an element must have inside it when it closes.
fn is_whole(open: &Open) -> bool {
    let children = &open.children;
    match open.name {
        "details" => {
            children.first() == Some(&"summary") && children.iter().filter(|c| **c == "summary").count() == 1
        }
        "tr" => !children.is_empty(),
        "dl" => children.first() != Some(&"dd") && children.last() != Some(&"dt"),
        // In the standard's order, the head and the foot once.
        "table" => {
            let rank = |name: &str| {
                ["caption", "thead", "tbody", "tfoot"]
                    .iter()
                    .position(|n| *n == name)
            };
            children.is_sorted_by_key(|name| rank(name))
                && ["caption", "thead", "tfoot"]
                    .iter()
                    .all(|once| children.iter().filter(|c| *c == once).count() <= 1)
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_standard_lets_stand() {
        for html in [
            "",
            "text <b>and <i>more</i></b>",
            "<ul>\n<li>one</li><li><p>two</p><ol><li>a</li></ol></li></ul>",
            "<dl><dt>a</dt><dd>b</dd><dd>c</dd></dl>",
            "<table><caption>x</caption><thead><tr><th>a</th></tr></thead><tbody><tr><td><p>b</p></td></tr></tbody></table>",
            "<details><summary>a > b</summary><p>c</p></details>",
            "<p title=\"a > b\">c<br>d</p><hr>",
            "<table></table>",
        ] {
            assert!(is_sound(html), "{html}");
        }
    }

    #[test]
    fn what_it_does_not() {
        for html in [
            "<li>one</li>",
            "<dd>one</dd>",
            "<ul>one</ul>",
            "<ul><p>one</p></ul>",
            "<summary>one</summary>",
            "<details>one</details>",
            "<details><p>a</p><summary>one</summary></details>",
            "<dl><dd>a</dd></dl>",
            "<dl><dt>a</dt></dl>",
            "<b><div>a</div></b>",
            "<p><ul><li>a</li></ul></p>",
            "<table><tbody><tr></tr></tbody></table>",
            "<table><tbody><tr><td>a</td></tr></tbody><thead><tr><td>a</td></tr></thead></table>",
            "<a href=\"x\"><b><a href=\"y\">z</a></b></a>",
            "<b>never closed",
        ] {
            assert!(!is_sound(html), "{html}");
        }
    }
}
