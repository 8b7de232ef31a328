//! What the preview adds to a page: a script that loads it anew, and what is
//! wrong with the archive.

use super::policy;
use super::request::FOLDER;
use crate::text::escape::escape;

/// A page as it is shown: `mark` names the state that it belongs to.
pub fn page(html: &str, base: &str, mark: &str, problems: &[String]) -> String {
    let wide = policy::widened(html);
    let html = wide.as_deref().unwrap_or(html);
    let base = escape(base);
    let head = format!(
        "<script src=\"{base}{FOLDER}preview.js\" defer data-mark=\"{}\"></script>\n{}",
        escape(mark),
        match problems.is_empty() {
            true => String::new(),
            false => format!("<link rel=\"stylesheet\" href=\"{base}{FOLDER}preview.css\">\n"),
        }
    );
    let told = self::problems(problems);
    let mut out = String::with_capacity(html.len() + head.len() + told.len());
    // The head first, so that the script stands in it; a page without one gets
    // both at its end.
    let after_head = match html.find("</head>") {
        Some(at) => {
            out.push_str(&html[..at]);
            out.push_str(&head);
            &html[at..]
        }
        None => html,
    };
    let end = after_head.rfind("</body>").unwrap_or(after_head.len());
    out.push_str(&after_head[..end]);
    if !html.contains("</head>") {
        out.push_str(&head);
    }
    out.push_str(&told);
    out.push_str(&after_head[end..]);
    out
}

/// At most so many problems are shown; the terminal tells them all.
const MOST: usize = 20;

fn problems(problems: &[String]) -> String {
    if problems.is_empty() {
        return String::new();
    }
    let title = match problems.len() {
        1 => "1 error in the archive".to_owned(),
        n => format!("{n} errors in the archive"),
    };
    let mut text = problems.iter().take(MOST).cloned().collect::<Vec<_>>().join("\n");
    if problems.len() > MOST {
        text.push_str(&format!("\nand {} more\n", problems.len() - MOST));
    }
    format!(
        "<aside id=\"minutebook-problems\" aria-label=\"Errors in the archive\">\n<details open>\n<summary>{title}</summary>\n<p>What cannot be read now is shown as it was before.</p>\n<pre tabindex=\"0\">{}</pre>\n</details>\n</aside>\n",
        escape(&text)
    )
}

/// A page of the preview itself, where the site has none to show.
pub fn plain(title: &str, words: &str, base: &str, mark: &str, problems: &[String]) -> String {
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<link rel=\"stylesheet\" href=\"{}{FOLDER}preview.css\">\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n<p>{words}</p>\n</main>\n</body>\n</html>\n",
        escape(base),
        title = escape(title),
        words = escape(words),
    );
    page(&html, base, mark, problems)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_words() {
        let page = page(
            "<head></head><body><p>x</p></body>",
            "/",
            "1",
            &["</pre><script>alert(1)</script>".to_owned()],
        );
        assert!(page.contains("&lt;/pre&gt;&lt;script&gt;"), "{page}");
        assert_eq!(page.matches("<script").count(), 1);
        assert!(page.ends_with("</aside>\n</body>"));
    }

    #[test]
    fn a_page_without_a_head_is_loaded_anew_too() {
        let page = page("<p>x</p>", "/a/", "1", &[]);
        assert_eq!(
            page,
            "<p>x</p><script src=\"/a/.minutebook/preview.js\" defer data-mark=\"1\"></script>\n"
        );
    }
}
