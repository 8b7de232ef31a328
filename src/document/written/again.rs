//! A file read into the form in which it is written.

use super::{Front, ItemText, RecordText, SectionText};
use crate::document::agenda::{Reader, numbered_title};
use crate::document::fields;
use crate::document::front_matter::divide;
use crate::document::labels::Labels;
use crate::document::markdown::{self, BlockKind};
use crate::paths::SourcePath;
use crate::report::Report;

/// Divides the text of a file into the parts that [`RecordText::write`] puts
/// together. None if its front matter cannot be read; the report says why.
pub fn again(path: &SourcePath, text: &str, labels: &Labels, report: &mut Report) -> Option<RecordText> {
    let parts = divide(path, text, report)?;
    let front = parts.front.map(path, text).node().again();
    let reader = Reader::new(path, text, parts.body, labels);
    let mut record = RecordText {
        front: Front(front),
        ..RecordText::default()
    };
    // Where the heading of each part begins and ends, and how deep it is.
    let mut cuts: Vec<(u8, usize, usize)> = vec![(0, parts.body, parts.body)];
    for block in &reader.blocks {
        if let BlockKind::Heading(level @ 2..=3) = block.kind
            && (level == 2 || cuts.len() > 1)
        {
            cuts.push((level, block.span.start, block.span.end));
        }
    }
    for (n, &(level, start, from)) in cuts.iter().enumerate() {
        let to = cuts.get(n + 1).map_or(text.len(), |next| next.1);
        let body = text[from..to].trim_matches(['\n', '\r']).trim_end().to_owned();
        match level {
            0 => record.text = body,
            2 => {
                let words = words_at(&reader, start);
                let (number, title) = numbered_title(&words);
                let mut item = ItemText {
                    number: number.map(str::to_owned),
                    title: title.to_owned(),
                    ..ItemText::default()
                };
                item.text = match fields_of(&reader, from, to, labels) {
                    Some((list, end)) => {
                        item.fields = list;
                        text[end..to].trim_matches(['\n', '\r']).trim_end().to_owned()
                    }
                    None => body,
                };
                record.items.push(item);
            }
            _ => {
                let label = words_at(&reader, start);
                if let Some(item) = record.items.last_mut() {
                    item.sections.push(SectionText { label, text: body });
                }
            }
        }
    }
    Some(record)
}

fn words_at(reader: &Reader, start: usize) -> String {
    let block = reader.blocks.iter().find(|b| b.span.start == start);
    block.map_or_else(String::new, |b| markdown::plain(&reader.events[b.events.clone()]))
}

/// The fields of an item, and where their block ends.
type Fields = (Vec<(String, String)>, usize);

fn fields_of(reader: &Reader, from: usize, to: usize, labels: &Labels) -> Option<Fields> {
    let block = reader
        .blocks
        .iter()
        .find(|b| b.span.start >= from && b.span.end <= to)?;
    if !matches!(block.kind, BlockKind::List | BlockKind::Paragraph) {
        return None;
    }
    let known = |key: &str| labels.field(key).map(|_| ());
    let read = fields::read(reader.source, block.span.clone(), known, (), |()| false)?;
    let list = read.into_iter().map(|f| (f.label, f.value.text)).collect();
    Some((list, block.span.end))
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::document::written::{Value, line, text};

    fn read(text: &str) -> RecordText {
        let mut report = Report::new();
        let path = SourcePath::new("content/meetings/x/2024-03-12.md");
        let record = again(&path, text, &Labels::default(), &mut report).expect(text);
        assert_eq!(report.diagnostics(), [], "{text}");
        record
    }

    #[test]
    fn a_file_is_divided_as_it_was_written() {
        let text = "---\ntitle: Parks\nattendance:\n  present: [Ada Lund, Bo Vik]\n  in_attendance:\n    - {name: P. Larkin, role: \"Head, Parks\"}\n---\n\nThe Chair opened.\n\n## Present\n\n- Ada Lund\n\n## 4. Mill \\<Pond>\n\n- Issue: mill-pond\n- Report: [Pond](4.pdf)\n\nSummary.\n\n### Decision\n\n1. To repair.\n\n### Minutes\n\nText.\n\n#### Below\n\nMore.\n\n## Close\n\nAt eight.\n";
        let record = read(text);
        assert_eq!(record.write(), text);
        assert_eq!(record.items[1].fields[1].1, "[Pond](4.pdf)");
        assert_eq!(record.items[1].sections[1].text, "Text.\n\n#### Below\n\nMore.");
    }

    #[test]
    fn a_list_behind_fields_is_no_field() {
        let item = |text: &str| RecordText {
            items: vec![ItemText {
                number: Some("1".to_owned()),
                title: "Pond".to_owned(),
                fields: vec![("Issue".to_owned(), "pond".to_owned())],
                text: text.to_owned(),
                ..ItemText::default()
            }],
            ..RecordText::default()
        };
        let back = read(&item("- Monday: rain\n    - heavy\n\n- Tuesday\n\nThen - sun.").write());
        assert_eq!(
            back,
            item("* Monday: rain\n    - heavy\n\n* Tuesday\n\nThen - sun.")
        );
    }

    /// Words of a page: all signs, but no word that a reader takes for more
    /// than a word.
    fn sentence() -> impl Strategy<Value = String> {
        "[ -~À-ſ·•–’]{1,60}".prop_filter("says something", |t| !line(t).is_empty())
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            sentence().prop_map(|t| Value::Text(line(&t))),
            any::<bool>().prop_map(Value::Flag),
            (0u32..9999).prop_map(Value::Count),
        ];
        leaf.prop_recursive(3, 12, 4, |inner| {
            prop_oneof![
                vec(inner.clone(), 1..4).prop_map(Value::List),
                vec(("[a-z]{1,8}", inner), 1..4).prop_map(|mut map| {
                    map.sort_by(|a, b| a.0.cmp(&b.0));
                    map.dedup_by(|a, b| a.0 == b.0);
                    Value::Map(Front(map))
                }),
            ]
        })
    }

    fn section() -> impl Strategy<Value = SectionText> {
        (sentence(), vec(sentence(), 0..3)).prop_map(|(label, paragraphs)| SectionText {
            label: line(&label),
            text: join(&paragraphs),
        })
    }

    fn join(paragraphs: &[String]) -> String {
        paragraphs
            .iter()
            .map(|p| text::words(p))
            .collect::<Vec<_>>()
            .join("\n\n")
    }

    fn item() -> impl Strategy<Value = ItemText> {
        (
            proptest::option::of("[0-9]{1,3}[a-z/]?[0-9]{0,2}"),
            sentence(),
            vec(sentence(), 0..3),
            vec(section(), 0..3),
        )
            .prop_map(|(number, title, text, sections)| ItemText {
                number,
                title: line(&title),
                fields: vec![("Tags".to_owned(), "a, b".to_owned())],
                text: join(&text),
                sections,
            })
    }

    /// What a heading cannot say: a number of its own.
    fn sayable(item: &ItemText) -> bool {
        item.number.is_some() || numbered_title(&item.title).0.is_none()
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(
            front in vec(("[a-z]{1,8}", value()), 0..4),
            paragraphs in vec(sentence(), 0..3),
            items in vec(item().prop_filter("a title", sayable), 0..4),
        ) {
            let mut front = front;
            front.sort_by(|a, b| a.0.cmp(&b.0));
            front.dedup_by(|a, b| a.0 == b.0);
            let record = RecordText { front: Front(front), text: join(&paragraphs), items };
            let written = record.write();
            let mut report = Report::new();
            let path = SourcePath::new("content/meetings/x/2024-03-12.md");
            let back = again(&path, &written, &Labels::default(), &mut report);
            prop_assert_eq!(back.as_ref(), Some(&record), "{}", written);
        }

        #[test]
        fn words_are_read_as_these_words(text in sentence().prop_filter("no pasted list", |t| !line(t).starts_with(['·', '•', 'o']))) {
            let written = text::words(&text);
            let mut habits = markdown::Habits::default();
            let events = markdown::events(&written, 0, &mut habits);
            let blocks = markdown::blocks(&events);
            prop_assert_eq!(blocks.len(), 1, "{}", written);
            prop_assert_eq!(blocks[0].kind, BlockKind::Paragraph, "{}", written);
            prop_assert_eq!(markdown::plain(&events), line(&text), "{}", written);
        }
    }
}
