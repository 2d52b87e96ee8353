//! The first sheets of a volume: its title, and where each page begins.

use std::path::{Path, PathBuf};

use page::escape;
use percent_encoding::{AsciiSet, CONTROLS, percent_encode};

/// What a path may have and an address may not.
const UNSAFE: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'?').add(b'<').add(b'>').add(b'`');

/// A line of the contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// How deep it stands, from 1.
    pub depth: usize,
    /// Its number and title.
    pub title: String,
    /// The page of the site, and the number of its first sheet; nothing for a heading over others.
    pub begins: Option<(PathBuf, usize)>,
}

/// The address of a file of this machine.
pub fn address(path: &Path) -> String {
    format!("file://{}", percent_encode(path.as_os_str().as_encoded_bytes(), UNSAFE))
}

/// The contents as a page of its own, which needs no other file.
pub fn page(title: &str, language: &str, lines: &[Line]) -> String {
    let title = escape::text(title);
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head><meta charset=\"utf-8\"><title>{title}</title>\n<style>{STYLE}</style></head>\n<body>\n<h1>{title}</h1>\n",
        escape::text(language)
    );
    for Line { depth, title, begins } in lines {
        let title = escape::text(title);
        let indent = 1.5 * (depth.saturating_sub(1)) as f64;
        html.push_str(&match begins {
            None => format!("<p class=\"over\" style=\"margin-left: {indent}em\">{title}</p>\n"),
            Some((page, sheet)) => format!(
                "<p style=\"margin-left: {indent}em\"><a href=\"{}\">{title}<i></i>{sheet}</a></p>\n",
                escape::text(&address(page))
            ),
        });
    }
    html + "</body>\n</html>\n"
}

const STYLE: &str = "
@page { size: A4; margin: 20mm 18mm; @bottom-center { content: counter(page, lower-roman); font: 8.5pt system-ui, sans-serif; color: #555 } }
body { font: 10.5pt serif }
h1 { margin: 30mm 0 20mm; font-size: 26pt; text-align: center }
p { margin: 0.25em 0; break-inside: avoid }
.over { margin-top: 1em; font-weight: bold; break-after: avoid }
a { display: flex; align-items: baseline; color: inherit; text-decoration: none }
i { flex: 1; min-width: 1em; margin: 0 0.4em; border-bottom: 1px dotted }
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_leads_to_its_page_and_a_heading_nowhere() {
        let lines = [
            Line { depth: 1, title: "1. Часть <и> целое".to_owned(), begins: None },
            Line {
                depth: 2, title: "1.1. Шаг".to_owned(), begins: Some((PathBuf::from("/к/шаг вперёд.html"), 7))
            },
        ];
        insta::assert_snapshot!(page("Книга", "ru", &lines).replace(STYLE, "…"), @r#"
        <!DOCTYPE html>
        <html lang="ru">
        <head><meta charset="utf-8"><title>Книга</title>
        <style>…</style></head>
        <body>
        <h1>Книга</h1>
        <p class="over" style="margin-left: 0em">1. Часть &#60;и&#62; целое</p>
        <p style="margin-left: 1.5em"><a href="file:///%D0%BA/%D1%88%D0%B0%D0%B3%20%D0%B2%D0%BF%D0%B5%D1%80%D1%91%D0%B4.html">1.1. Шаг<i></i>7</a></p>
        </body>
        </html>
        "#);
    }
}
