//! XML as a small tree. A document type is refused, and with it every entity
//! of its own; so are depth and breadth beyond what the files we read have.

use quick_xml::Reader;
use quick_xml::events::Event;

/// How large a tree may be.
#[derive(Clone, Copy)]
pub struct Limits {
    /// Elements within elements.
    pub deepest: usize,
    /// Elements in all.
    pub most: usize,
}

/// An answer of a service.
const ANSWER: Limits = Limits {
    deepest: 100,
    most: 500_000,
};

/// An element: its name in lower case, its attributes, its text and children.
#[derive(Debug, Default)]
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub text: String,
    pub children: Vec<Element>,
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(n, _)| n == name);
        found.map(|(_, v)| v.trim()).filter(|v| !v.is_empty())
    }

    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|c| c.name == name)
    }

    /// The trimmed text of a child; none when it is empty.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.child(name).map(|c| c.text.trim()).filter(|t| !t.is_empty())
    }

    /// Whether a child says `True`.
    pub fn says(&self, name: &str) -> bool {
        self.value(name).is_some_and(|v| v.eq_ignore_ascii_case("true"))
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |c| c.name == name)
    }

    /// Every element of that name below this one, this one included.
    pub fn below<'a>(&'a self, name: &str, out: &mut Vec<&'a Element>) {
        if self.name == name {
            out.push(self);
        }
        for child in &self.children {
            child.below(name, out);
        }
    }
}

/// Reads an answer of a service. The error is in words.
pub fn read(text: &str) -> Result<Element, String> {
    read_within(text, ANSWER)
}

/// Reads a document. The error is in words.
pub fn read_within(text: &str, limits: Limits) -> Result<Element, String> {
    let mut reader = Reader::from_str(text);
    let mut stack: Vec<Element> = vec![Element::default()];
    let mut count = 0usize;
    let broken = |reader: &Reader<&[u8]>, what: &str| {
        let at = usize::try_from(reader.buffer_position())
            .unwrap_or(0)
            .min(text.len());
        let line = text.as_bytes()[..at].iter().filter(|b| **b == b'\n').count() + 1;
        format!("its XML is broken at line {line}: {what}")
    };
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                count += 1;
                if stack.len() > limits.deepest || count > limits.most {
                    return Err("its XML is deeper or larger than any that people write".to_owned());
                }
                let element = open(&tag).map_err(|e| broken(&reader, &e))?;
                stack.push(element);
            }
            Ok(Event::Empty(tag)) => {
                count += 1;
                if count > limits.most {
                    return Err("its XML is larger than any that people write".to_owned());
                }
                let element = open(&tag).map_err(|e| broken(&reader, &e))?;
                if let Some(last) = stack.last_mut() {
                    last.children.push(element);
                }
            }
            Ok(Event::End(_)) => {
                let Some(done) = stack.pop().filter(|_| !stack.is_empty()) else {
                    return Err(broken(&reader, "a tag is closed that was never opened"));
                };
                if let Some(last) = stack.last_mut() {
                    last.children.push(done);
                }
            }
            Ok(Event::Text(words)) => {
                if let Some(last) = stack.last_mut() {
                    last.text.push_str(&words);
                }
            }
            Ok(Event::CData(words)) => {
                if let Some(last) = stack.last_mut() {
                    last.text.push_str(&words);
                }
            }
            Ok(Event::GeneralRef(name)) => {
                let known = match name.resolve_char_ref() {
                    Ok(Some(c)) => Some(c.to_string()),
                    _ => quick_xml::escape::resolve_predefined_entity(&name).map(str::to_owned),
                };
                let Some(known) = known else {
                    return Err(broken(&reader, "an entity that is not known"));
                };
                if let Some(last) = stack.last_mut() {
                    last.text.push_str(&known);
                }
            }
            Ok(Event::DocType(_)) => {
                return Err(
                    "its XML has a document type, which is refused: entities could hide in it".to_owned(),
                );
            }
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_)) => {}
            Ok(Event::Eof) => break,
            Err(error) => return Err(broken(&reader, &error.to_string())),
        }
    }
    if stack.len() > 1 {
        return Err("its XML ends before it is closed".to_owned());
    }
    let root = stack.pop().and_then(|mut root| root.children.pop());
    root.ok_or_else(|| "there is nothing in it".to_owned())
}

fn open(tag: &quick_xml::events::BytesStart) -> Result<Element, String> {
    let name = |text: &str| {
        let text = text.to_ascii_lowercase();
        text.rsplit(':').next().unwrap_or_default().to_owned()
    };
    let mut element = Element {
        name: name(tag.name().0),
        ..Element::default()
    };
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|e| e.to_string())?;
        let value = quick_xml::escape::unescape(&attribute.value).map_err(|e| e.to_string())?;
        element
            .attributes
            .push((name(attribute.key.0), value.into_owned()));
    }
    Ok(element)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_and_bombs_refused() {
        let read_one = read("<?xml version=\"1.0\"?>\n<Meeting a='1 &amp; 2'><id> 7 </id><t>a &lt;b&gt; &#233;</t><e>\n</e></Meeting>").unwrap();
        assert_eq!(read_one.name, "meeting");
        assert_eq!(read_one.attribute("a"), Some("1 & 2"));
        assert_eq!(read_one.value("id"), Some("7"));
        assert_eq!(read_one.value("t"), Some("a <b> é"));
        assert_eq!(read_one.value("e"), None);
        for (bad, word) in [
            ("<!DOCTYPE a [<!ENTITY b \"x\">]><a>&b;</a>", "document type"),
            ("<a>&b;</a>", "not known"),
            ("<a><b></a>", "broken"),
            ("<a>", "ends before"),
            ("", "nothing"),
            (&"<a>".repeat(200), "deeper"),
        ] {
            let error = read(bad).unwrap_err();
            assert!(error.contains(word), "{error}");
        }
    }
}
