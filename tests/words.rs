//! The word check is itself checked: a faithful page passes, and whatever is taken from it, moved
//! or covered up is found, with its line.

#[path = "support/words.rs"]
mod words;

use words::{Kind, Loss, LossKind, compare, page_parts, source_parts};

fn losses(source: &str, page: &str) -> Vec<Loss> {
    compare(&source_parts(source), &page_parts(page))
}

/// What is lost, as "line word" and, if it was moved, where to.
fn told(source: &str, page: &str) -> Vec<String> {
    let tell = |loss: Loss| match loss.kind {
        LossKind::Missing => format!("{} {}", loss.line, loss.word),
        LossKind::Moved(to) => format!("{} {} → {to}", loss.line, loss.word),
    };
    losses(source, page).into_iter().map(tell).collect()
}

/// A page as a theme would make it; `items` are ids and what stands in them.
fn page(front: &str, items: &[(&str, &str)]) -> String {
    let items = items
        .iter()
        .map(|(id, text)| format!("<section id=\"{id}\">{text}</section>\n"));
    let items: String = items.collect();
    format!(
        "<!doctype html><html><head><title>The park</title></head><body><header>Skip to the text</header>\n\
         <main>{front}\n{items}<footer>Something wrong on this page?</footer></main></body></html>"
    )
}

const SOURCE: &str = "\u{feff}
---
title: Harbour Board
attendance:
  present: [ada-lund]
---
# Harbour Board, March

The Board met in the *old* net loft &amp; heard the tide.
<!-- nobody sees this -->

## Present
- Ada Lund (Chair), Bo Vik and Cleo Marsh
- 3 members of the public

## 5. The east **quay**

- Issue: east-quay
- Report: [State of the quay](5-report.pdf) (PDF, 20 KB)
- Report of: Harbour Master
- Introduced by: ada-lund
- Effective: 2031-04-02
- Key decision: no
- Aliases: /old?id=5

The quay’s east end is \u{200b}sinking. See [the survey](https://example.org/a/b \"hover\"),
Apple<b>sauce</b> and List<String>; H<sub>2</sub>O<br>runs under it, says [[bo-vik|the Warden]]'s
log and [[ada-lund]]'s map.

### Documents
- Appendix 1 - Soundings (to follow)
- Appendix 2 - Photographs (PDF, 3 MB)

### Decision
1. To close the steps. | owner: bo-vik | due: 2031-05-07
2. To ask for a second survey.

### Minutes
Members asked about:
· the steps
· the cranes

    An indented line is *prose* too.

| Crane | Load |
|---|---|
| North | 5 t |

![the crane](https://example.org/crane.png)

> ## Not an item

### Vote: Steps
- Motion: That the steps be closed
- For: 2 (ada-lund, Bo Vik)
- Against: 0
- Result: carried

## 6. Lease of the ice house

- **Exempt** – 3

### Public summary
The Board considered an offer.

### Minutes
Nobody may read the sum.

## Any other business

None.

## Close

The Board rose at noon.
";

const FRONT: &str = "<h1>Harbour Board, March</h1>
<div class=pre><p>The Board met in the <em>old</em> net loft &amp; heard the tide.</p></div>
<section><h2>Present</h2><ul><li><a href='/p'>Ada Lund</a> <span>Chair</span></li><li>Bo Vik</li>
<li>Cleo Marsh</li><li>3 members of the public</li></ul></section>
<nav><ol><li>The east quay</li></ol></nav>";

const QUAY: &str = "<h2><span>5.</span> The east <b>quay</b></h2><button>Copy</button>
<h3>Decision</h3><ol><li id='item-5-decision-1'>To close the steps.
<span>Owner: Bo Vik, due 7 May 2031</span></li><li>To ask for a second survey.</li></ol>
<dl><dt>Effective</dt><dd>2 April 2031</dd><dt>Issue</dt><dd><a>The east quay</a></dd><dt>Introduced by</dt>
<dd>Councillor Ada Lund</dd><dt>Report</dt><dd>State of the quay PDF, 114 KB</dd>
<dt>Report of</dt><dd>Harbour Master</dd></dl>
<h3>Summary</h3><p>The quay's east end is sinking. See <a>the survey</a>,
Apple<b>sauce</b> and List&lt;String&gt;; H<sub>2</sub>O<br>runs under it, says <a>the Warden</a>'s
log and <a>Ada Lund</a>'s map.</p>
<h3>Documents</h3><ul><li>Appendix 1 - Soundings <i>To follow</i></li>
<li>Appendix 2 - Photographs <i>PDF, 3 MB, not held here</i></li></ul>
<h3>Minutes</h3><p>Members asked about:</p><ul><li>the steps</li><li>the cranes</li></ul>
<p>An indented line is <em>prose</em> too.</p>
<table><tr><th>Crane<th>Load<tr><td>North<td>5 t</table>
<p><a>the crane</a></p><blockquote><p><strong>Not an item</strong></p></blockquote>
<h3>Vote: Steps</h3><dl><dt>Motion</dt><dd>That the steps be closed</dd><dt>For</dt><dd>2</dd>
<dd><ul><li>Ada Lund</li><li>Bo Vik</li></ul></dd><dt>Against</dt><dd>0</dd><dt>Result</dt><dd>carried</dd></dl>";

const ICE: &str = "<h2>6. Lease of the ice house</h2><p>Not public: paragraph 3</p>
<h3>Public summary</h3><p>The Board considered an offer.</p>";

fn harbour(front: &str, quay: &str) -> String {
    let other = "<h2>Any other business</h2><p>None.</p>";
    let items = [
        ("item-5", quay),
        ("item-6", ICE),
        ("item-any-other-business", other),
    ];
    let close = "<section><h2>Close</h2><p>The Board rose at noon.</p></section><footer>";
    page(front, &items).replace("<footer>", close)
}

/// Takes `what` out of the text, which must hold it once.
fn without(text: &str, what: &str) -> String {
    assert_eq!(text.matches(what).count(), 1, "{what:?}");
    text.replace(what, "")
}

#[test]
fn a_faithful_page_passes() {
    assert_eq!(told(SOURCE, &harbour(FRONT, QUAY)), [""; 0]);
}

#[test]
fn every_word_of_the_faithful_page_matters() {
    for (what, expected) in [
        ("old", "9 old"),
        ("Cleo", "13 Cleo"),
        ("members of", "14 members, 14 of"),
        ("east <b>quay</b>", "16 east, 16 quay"),
        ("State", "19 State"),
        ("Harbour Master", "20 Harbour, 20 Master"),
        ("2 April", "22 2031-04-02"),
        ("sinking.", "26 sinking"),
        ("sauce", "27 Applesauce"),
        ("&lt;String", ""),
        ("<sub>2</sub>", "27 H2O"),
        ("runs", "27 runs"),
        ("the Warden", "27 the, 27 Warden's"),
        ("Photographs", "32 Photographs"),
        ("7 May", "35 2031-05-07"),
        (
            "<li>To ask for a second survey.</li>",
            "36 To, 36 ask, 36 for, 36 a, 36 second, 36 survey",
        ),
        ("cranes", "41 cranes"),
        ("indented", "43 indented"),
        ("North", "47 North"),
        ("the crane</a>", "49 the, 49 crane"),
        ("Not an item", "51 Not, 51 an, 51 item"),
        ("<h3>Vote: Steps</h3>", "53 Vote, 53 Steps"),
        ("<dd>carried", "57 carried"),
    ] {
        let (front, quay) = if FRONT.contains(what) {
            (without(FRONT, what), QUAY.to_owned())
        } else {
            (FRONT.to_owned(), without(QUAY, what))
        };
        assert_eq!(
            told(SOURCE, &harbour(&front, &quay)).join(", "),
            expected,
            "without {what:?}"
        );
    }
}

#[test]
fn words_of_a_withheld_item_are_counted_only() {
    let parts = source_parts(SOURCE);
    let ice = parts
        .iter()
        .find(|part| part.title().contains("ice"))
        .expect("the item");
    assert_eq!(
        ice.words
            .iter()
            .map(|word| word.text.as_str())
            .collect::<Vec<_>>()
            .join(" "),
        "Public summary The Board considered an offer"
    );
    assert_eq!(ice.withheld, 8);
    let withheld = |source: &str| {
        source_parts(source)
            .iter()
            .map(|part| part.withheld.to_string())
            .collect::<Vec<_>>()
            .join(" ")
    };
    for (source, expected) in [
        ("## A\n\nOne\nCONFIDENTIAL: two\n\n## B\n\nThree", "0 3 0"),
        ("## 3. Part II - the land\n\nTwo words\n\n## B\n\nThree", "0 2 0"),
        ("## Confidential items\n\nTwo words\n\n## B\n\nThree", "0 2 1"),
        (
            "---\nexempt: 3\n---\nOne\n\n## B\n\nThree\n\n## Public summary\n\nFour",
            "1 2 0",
        ),
        (
            "## A\n\nNothing was exempt\n\nExempt later\n\n## B\n\nExemptions",
            "0 0 0",
        ),
    ] {
        assert_eq!(withheld(source), expected, "{source}");
    }
}

// ---------------------------------------------------------------------------------------------

const TALE: [&str; 6] = [
    "The clerk opened the gate and the members walked the length of the wall before the rain came.",
    "It was noted that the wall had moved by the width of a hand since the last inspection.",
    "The surveyor said that the wall would not move again before the spring, and that nobody need worry.",
    "A member asked whether the surveyor had said the same of the bridge that fell.",
    "The surveyor replied that the bridge had been the work of another surveyor.",
    "The members thanked the clerk and the surveyor, and walked back along the wall.",
];

/// Two items of many lines, and their page.
fn tale() -> (String, Vec<Vec<String>>) {
    let items: Vec<Vec<String>> = (0..2)
        .map(|item| {
            let line = |n: usize| TALE[(n * 5 + item) % TALE.len()];
            let lines = (0..18).map(|n| format!("In paragraph {n}: {} {}", line(n), line(n * 7 + 2)));
            lines.collect()
        })
        .collect();
    let source = items.iter().enumerate();
    let source = source.map(|(n, lines)| format!("## {}. The wall\n\n{}\n\n", n + 1, lines.join("\n\n")));
    (source.collect(), items)
}

fn tale_page(items: &[Vec<String>]) -> String {
    let text = |lines: &Vec<String>| {
        lines
            .iter()
            .map(|line| format!("<p>{line}</p>\n"))
            .collect::<String>()
    };
    let first = format!(
        "<h2>1. The wall</h2>{}<p>Back to the members</p>",
        text(&items[0])
    );
    let second = format!("<h2>2. The wall</h2>{}", text(&items[1]));
    page("<h1>Wall</h1>", &[("item-1", &first), ("item-2", &second)])
}

#[test]
fn a_lost_word_is_told_with_its_line_however_common_it_is() {
    let (source, items) = tale();
    assert_eq!(told(&source, &tale_page(&items)), [""; 0]);
    for (item, paragraph) in [(0, 0), (0, 11), (0, 17), (1, 8)] {
        let count = items[item][paragraph].split(' ').count();
        for gone in 0..count {
            let mut items = items.clone();
            let mut words: Vec<&str> = items[item][paragraph].split(' ').collect();
            let word = words.remove(gone).trim_matches(['.', ',', ':']).to_owned();
            items[item][paragraph] = words.join(" ");
            let line = 3 + paragraph * 2 + item * 38;
            assert_eq!(told(&source, &tale_page(&items)), [format!("{line} {word}")]);
        }
    }
}

#[test]
fn a_moved_paragraph_is_told_whole_and_alone() {
    let (source, mut items) = tale();
    let moved = items[0].remove(12);
    items[1].insert(15, moved.clone());
    let found = losses(&source, &tale_page(&items));
    assert_eq!(found.len(), moved.split(' ').count());
    for loss in found {
        assert_eq!((loss.line, loss.kind), (27, LossKind::Moved("item-2".into())));
    }
    // Out of every item.
    let (_, mut items) = tale();
    let moved = items[1].remove(3);
    let page = tale_page(&items).replace("</h1>", &format!("</h1><p>{moved}</p>"));
    for loss in losses(&source, &page) {
        assert_eq!(
            (loss.line, loss.kind),
            (47, LossKind::Moved("before the first item".into()))
        );
    }
}

#[test]
fn sentences_and_paragraphs_keep_their_order() {
    let source = "## 1. Wall\n\nThe tide came in. Nobody had expected it to come so far.\n\nThe gate held.\n";
    let shown = |text: &str| page("", &[("item-1", &format!("<h2>1. Wall</h2>{text}"))]);
    let good = "<p>The tide came in. Nobody had expected it to come so far.</p><p>The gate held.</p>";
    let swapped = "<p>Nobody had expected it to come so far. The tide came in.</p><p>The gate held.</p>";
    let turned = "<p>The gate held.</p><p>The tide came in. Nobody had expected it to come so far.</p>";
    assert_eq!(told(source, &shown(good)), [""; 0]);
    let expected = ["The", "tide", "came", "in"].map(|word| format!("3 {word} → item-1"));
    assert_eq!(told(source, &shown(swapped)), expected);
    let expected = ["The", "gate", "held"].map(|word| format!("5 {word} → item-1"));
    assert_eq!(told(source, &shown(turned)), expected);
}

#[test]
fn sections_may_change_places_but_stay_whole_and_in_their_item() {
    let source = "## 1. A\n\nLead text.\n\n### Minutes\n\nThe vote was close.\n\nThe vote was held.\n\n\
                  ### Resolved\n\nThat the vote was held.\n\n## 2. B\n\nOther text.\n";
    let shown = |one: &str, two: &str| {
        let one = format!("<h2>1. A</h2>{one}");
        page(
            "",
            &[
                ("item-1", &one),
                ("item-2", &format!("<h2>2. B</h2><p>Other text.</p>{two}")),
            ],
        )
    };
    let resolved = "<h3>Resolved</h3><p>That the vote was held.</p>";
    let minutes = "<h3>Minutes</h3><p>The vote was close.</p><p>The vote was held.</p>";
    let lead = "<h3>Summary</h3><p>Lead text.</p>";
    for order in [
        [resolved, minutes, lead],
        [minutes, lead, resolved],
        [lead, resolved, minutes],
    ] {
        assert_eq!(told(source, &shown(&order.concat(), "")), [""; 0]);
    }
    let expected = ["11 Resolved", "13 That", "13 the", "13 vote", "13 was", "13 held"];
    assert_eq!(told(source, &shown(&[minutes, lead].concat(), "")), expected);
    let expected = expected.map(|loss| format!("{loss} → item-2"));
    assert_eq!(
        told(source, &shown(&[minutes, lead].concat(), resolved)),
        expected
    );
}

#[test]
fn what_is_not_seen_does_not_count() {
    let source = "## 1. A\n\nThe sluice is open.\n";
    for hidden in [
        "<p hidden>The sluice is open.</p>",
        "<div hidden><p>The sluice is open.</p></div>",
        "<script>The sluice is open.</script>",
        "<style>The sluice is open.</style>",
        "<template><p>The sluice is open.</p></template>",
        "<nav>The sluice is open.</nav>",
        "<!-- The sluice is open. -->",
        "<p title='The sluice is open.'></p>",
    ] {
        let page = page("", &[("item-1", &format!("<h2>1. A</h2>{hidden}"))]);
        assert_eq!(told(source, &page).len(), 4, "{hidden}");
    }
    let outside = page("", &[("item-1", "<h2>1. A</h2>")]) + "<p>The sluice is open.</p>";
    assert_eq!(told(source, &outside).len(), 4);
}

#[test]
fn words_are_joined_and_parted_as_a_reader_sees_them() {
    let source = "## 1. A\n\nApple pie\nand *cust*ard, “naïve” don’t.\n";
    for (shown, expected) in [
        (
            "<p><b>A</b>pple pie and <em>cust</em>ard, “nai\u{308}ve” don't.</p>",
            "",
        ),
        (
            "<p>Apple<br>pie<br/>and <em>cust</em>ard, \"naïve\" don‘t.</p>",
            "",
        ),
        (
            "<p>App\u{ad}le p\u{200b}ie</p><p>and</p><div>custard naïve don’t</div>",
            "",
        ),
        ("<p>␂Apple pie and custard naïve don’t</p>", ""),
        ("<p>Applepie and custard naïve don’t</p>", "3 Apple, 3 pie"),
        ("<p>Ap<br>ple pie and custard naïve don’t</p>", "3 Apple"),
        ("<p>apple pie and custard naive don’t</p>", "3 Apple, 4 naïve"),
    ] {
        let page = page("", &[("item-1", &format!("<h2>1. A</h2>{shown}"))]);
        assert_eq!(told(source, &page).join(", "), expected, "{shown}");
    }
}

#[test]
fn a_label_does_not_cover_a_loss() {
    let source = "## 1. A\n\nThe members then turned to the next item\n";
    let text = "<h2>1. A</h2><p>The members then turned to the next</p>";
    for label in [
        "<p>Next item</p>",
        "<p>See the item on its own page</p>",
        "<span>item</span>",
    ] {
        let page = page("", &[("item-1", &format!("{text}<p></p>{label}"))]);
        let lost = told(source, &page);
        // A label that is the very word, and nothing else, cannot be told apart.
        assert_eq!(lost.is_empty(), label.starts_with("<span>"), "{label}: {lost:?}");
    }
}

#[test]
fn attendance_is_shown_anywhere_but_not_left_to_the_prose() {
    let source = "## 1. A\n\nAnn Berg spoke to Carl Dahl.\n\n## Present\n\n- Ann Berg (Chair)\n- Carl Dahl\n- Ann Berg\n";
    let item = ("item-1", "<h2>1. A</h2><p>Ann Berg spoke to Carl Dahl.</p>");
    let both = "<dl><dt>Present</dt><dd>Carl Dahl</dd><dd>Ann Berg, Chair</dd></dl>";
    assert_eq!(told(source, &page(both, &[item])), [""; 0]);
    assert_eq!(told(source, &page("", &[item, ("item-present", both)])), [""; 0]);
    let one = "<dl><dt>Present</dt><dd>Ann Berg, Chair</dd></dl>";
    assert_eq!(told(source, &page(one, &[item])), ["8 Carl", "8 Dahl"]);
}

#[test]
fn an_item_that_is_gone_or_merged_is_told() {
    let source = "## 1. A\n\nFirst text here.\n\n## 2. B\n\nSecond text there.\n\n## 3. C\n\nThird text.\n";
    let (a, b, c) = (
        "<h2>1. A</h2><p>First text here.</p>",
        "<h2>2. B</h2><p>Second text there.</p>",
        "<h2>3. C</h2><p>Third text.</p>",
    );
    let merged = format!("{a}{b}");
    let expected = ["5 2", "5 B", "7 Second", "7 text", "7 there"].map(str::to_owned);
    assert_eq!(told(source, &page("", &[("item-1", a), ("item-3", c)])), expected);
    let moved = expected.map(|loss| format!("{loss} → item-1"));
    assert_eq!(
        told(source, &page("", &[("item-1", &merged), ("item-3", c)]))[2..],
        moved[2..]
    );
    // Items that changed places: one of the two is told.
    let turned = losses(source, &page("", &[("item-2", b), ("item-1", a), ("item-3", c)]));
    assert!(!turned.is_empty() && turned.iter().all(|loss| matches!(loss.kind, LossKind::Moved(_))));
}

#[test]
fn headings_that_are_not_around_their_item_part_the_page_too() {
    let source =
        "Before.\n\n## 1. A\n\nFirst text.\n\n### Minutes\n\nMore of it.\n\n## 2. B\n\nSecond text.\n";
    let flat = "<main><p>Before.</p><h2 id=item-1>1. A</h2><p id=item-1-p-1a2b3c>First text.</p>\
                <h3 id=item-1-minutes>Minutes</h3><p>More of it.</p><h2 id=item-2>2. B</h2><p>Second text.</p></main>";
    let text = page_parts(flat);
    assert_eq!(
        text.places,
        [None, Some("item-1".to_owned()), Some("item-2".to_owned())]
    );
    let last = text
        .words
        .iter()
        .rposition(|word| word.text == "it")
        .expect("a word");
    assert_eq!(text.item_of(last), Some("item-1"));
    assert_eq!(told(source, flat), [""; 0]);
    let divided = flat.replace("<p id=item-1-p-1a2b3c>", "<div id=item-1-p-1a2b3c>");
    assert_eq!(page_parts(&divided).places, text.places);
}

#[test]
fn sources_are_parted_at_their_headings() {
    let shape = |source: &str| {
        let parts = source_parts(source);
        let part = |part: &words::Part| {
            let text: Vec<&str> = part.words.iter().map(|word| word.text.as_str()).collect();
            let kind = match part.kind {
                Kind::Preamble => "^",
                Kind::Item => "#",
                Kind::Attendance => "@",
                Kind::Closing => "$",
            };
            format!("{kind}{}@{}: {}", part.title(), part.line, text.join(" "))
        };
        parts.iter().map(part).collect::<Vec<_>>().join(" / ")
    };
    for (source, expected) in [
        ("", "^@1: "),
        (
            "one\r\n\r\n## Two ##\r\n\r\nthree\r\n",
            "^@1: one / #Two@3: three",
        ),
        (
            "# T\nbefore\n# Late\n## In\n# More",
            "^T@1: before / #Late@3:  / #In@4:  / #More@5: ",
        ),
        (
            "- ## in a list\n\n> ## quoted\n\n```\n## code\n```\n\n    ## far in",
            "^@1: in a list quoted code far in",
        ),
        ("Under\n=====\n\nLined\n---\n\n## A", "^@1: Under Lined / #A@7: "),
        ("===\n\n***\n\na = b", "^@1: a b"),
        (
            "## Present:\n- A\n\n## 1. Present\n\n## Close\nx",
            "^@1:  / @Present@1: A / #1 Present@4:  / $Close@6: x",
        ),
        ("\n\n---\na: 1\n---\n\n## A", "^@1:  / #A@7: "),
        (
            "---\n\nNo settings here\n\n---\n\n## A",
            "^@1: No settings here / #A@7: ",
        ),
        ("---\nopen: 1\n\n## A", "^@1: open 1 / #A@4: "),
        (
            "1. one\n2. two\n7) three\n\n1986\\. A year",
            "^@1: one two three 1986 A year",
        ),
        ("So:\n2. two\no three\n• four", "^@1: So two three four"),
        (
            "a <!-- b\nc --> d <i>e</i><span title=\"f g\">h</span> `<k>`",
            "^@1: a d eh k",
        ),
        (
            "<div>\nin *a* block &amp; more\n</div>\n\n<!-- no\n\n## no\n-->\nyes",
            "^@1: in a block more yes",
        ),
        (
            "x[^1] and [l m](http://n \"o\") <http://p.q>\n\n[^1]: note\n",
            "^@1: x and l m http://p.q note",
        ),
        (
            "$5 +3 -2% 100%. (re)open e.g. #12 @ada",
            "^@1: $5 +3 -2% 100% re)open e.g 12 ada",
        ),
    ] {
        assert_eq!(shape(source), expected, "{source:?}");
    }
    let lines: Vec<usize> = source_parts(SOURCE).iter().map(|part| part.line).collect();
    assert_eq!(lines, [1, 12, 16, 59, 69, 73]);
}

/// Few words, much repetition: whichever word goes, its like is told, and nothing else.
#[test]
fn repeated_words_do_not_cover_for_each_other() {
    const WORDS: [&str; 5] = ["the", "vote", "was", "held", "again"];
    let mut seed = 7_u64;
    let mut draw = |below: usize| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    for _ in 0..60 {
        let text: Vec<&str> = (0..30).map(|_| WORDS[draw(WORDS.len())]).collect();
        let source = format!("## 1. A\n\n{}\n", text.join(" "));
        let mut shown = text.clone();
        let gone = shown.remove(draw(text.len()));
        let page = page(
            "",
            &[("item-1", &format!("<h2>1. A</h2><p>{}</p>", shown.join(" ")))],
        );
        assert_eq!(
            told(&source, &page),
            [format!("3 {gone}")],
            "{text:?} without {gone}"
        );
    }
}

/// Nothing that a file can hold stops the reading.
#[test]
fn odd_sources_are_read_to_their_end() {
    for source in [
        "\0",
        "\u{feff}",
        "---",
        "---\n---",
        "<!--",
        "<!-->",
        "<b",
        "[[",
        "[[|]]",
        "[[a|b",
        "|",
        "| owner:",
        "##",
        "## ",
        "    <div>\n",
        "- \n  - \n    -",
        "`` ` ``",
        "`a\nb`",
        "&#0; &nbsp;x",
        "é<!--é-->é",
        "\t## é\n\té",
        "> - > [^é]: é",
        "| é |\n|--|\n| [[é|ü]] |",
        "\r\r\n\u{c}\u{b}",
        "<script>\n## é\n",
        "<é>é</é>",
        "(",
        "- (\n- )",
        "(to follow",
    ] {
        let wrapped = format!("## 1. é\n\n### Documents\n\n{source}\n\n> {source}\n");
        for source in [source, &wrapped] {
            let _ = losses(source, source);
        }
    }
}
