//! Outputs in the final HTML, through every preprocessor and mdBook's own renderer: whatever a program says, the elements of the
//! page are those that it has when the program says something harmless.
//!
//! `BOOK_OUTPUTS` says how many pages are made (300 unless said).

use std::fmt::Write as _;

use mdbook_cells::config::Config;
use mdbook_cells::draft::Draft;
use mdbook_cells::execution::{Execution, Output, Said, Shown, Table};
use mdbook_cells::run::PageResult;
use mdbook_driver::MDBook;
use mdbook_highlight::Highlight;
use mdbook_math::Math;
use step::{Adapter, Record};

use crate::fixture::{Chance, count};

/// A page with every kind of output and every place of a value; a cell stands in a list and in a quote.
const PAGE: &str = "# Страница

```rust cell #fig-x
//| caption: Подпись `=a` и $\\val{b}$
//| alt: auto
1
```

- пункт

  ```rust cell hide
  2
  ```

> цитата `=a`
>
> ```rust cell fold
> 3
> ```

| `=a` | $\\val{b}$ |
|---|---|
| **`=a`** | [`=a`](#fig-x) |

Конец `=a` и $x + \\val{b}$, *конец*.
";

const HOSTILE: [&str; 44] = [
    "</pre>",
    "</p>",
    "</div>",
    "</figure>",
    "</table>",
    "</span>",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<?",
    "</",
    "<",
    ">",
    "\n\n",
    "\n",
    "\r\n",
    "\r",
    "```",
    "~~~",
    "`",
    "$",
    "$$",
    "\\",
    "\\(",
    "\\[",
    "{{#include /etc/passwd}}",
    "{{",
    "}}",
    "&lt;",
    "&#60;script&#62;",
    "&",
    "\"",
    "'",
    "|",
    "*",
    "**",
    "_",
    "[a](javascript:b)",
    "![",
    "\0",
    "\u{202e}",
    "    # ",
];

fn hostile(chance: &mut Chance) -> String {
    let mut text = String::new();
    for _ in 0..=chance.below(6) {
        match chance.below(5) {
            0 => text.push_str("слово "),
            1 => text.push(char::from_u32(u32::try_from(chance.below(0x3000)).unwrap()).unwrap_or('x')),
            _ => text.push_str(HOSTILE[usize::try_from(chance.below(HOSTILE.len() as u64)).unwrap()]),
        }
    }
    text
}

/// Outputs of all kinds whose texts are given by turns.
fn outputs(text: &mut dyn FnMut() -> String) -> Vec<Output> {
    let table = Table { columns: vec![(text(), false), (text(), true)], rows: vec![vec![text(), text()]] };
    let shown = |shown: Shown| Output::Shown(Box::new(shown));
    vec![
        Output::Stdout(format!("а{}б", text())),
        shown(Shown { text: Some(text()), ..Shown::default() }),
        Output::Stderr(format!("а{}б", text())),
        Output::Expected(text()),
        Output::Timing { what: text(), nanoseconds: 1 },
        Output::Stdout(format!("{}\n", text()).repeat(60)),
        shown(Shown { table: Some(table.clone()), ..Shown::default() }),
        shown(Shown { png: Some("AAAA".into()), alt: Some(text()), ..Shown::default() }),
        shown(Shown {
            svg: Some("<svg viewBox=\"0 0 1 1\"/>".into()),
            alt: Some(text()),
            table: Some(table),
            ..Shown::default()
        }),
    ]
}

/// The Markdown of the page when its programs say what `text` gives.
fn rendered(text: &mut dyn FnMut() -> String) -> String {
    let config = Config::default();
    let draft = Draft::read(std::iter::once(("src/а.md".to_owned(), PAGE)), &config, &[]);
    let page = &draft.pages[0];
    let execution = Execution {
        cells: page.cells.iter().map(|_| outputs(text)).collect(),
        // A number is written otherwise than a text: it would be no comparison.
        inlines: page.inlines.iter().map(|_| Said { text: format!("т{}", text()), ..Said::default() }).collect(),
        ..Execution::default()
    };
    let (texts, mistakes) =
        draft.render(&[PageResult { execution: Some(execution), diagnostics: Vec::new() }], &config);
    assert_eq!(mistakes, []);
    texts.into_iter().next().flatten().unwrap()
}

/// Builds a book of pages; gives the `<main>` of each, and none for one with a formula that KaTeX refuses: it fails the build.
fn built(pages: &[String]) -> Vec<Option<String>> {
    // mdBook gives every page the contents of the whole book: a book of all of them would take the square of their time.
    pages.chunks(300).flat_map(built_at_once).collect()
}

fn built_at_once(pages: &[String]) -> Vec<Option<String>> {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::create_dir(path("src")).unwrap();
    let settings = "[preprocessor.katex]\nno-css = true\nafter = [\"links\"]\n[preprocessor.highlight]\nafter = [\"katex\"]\n\
                    [output.html]\nsmart-punctuation = false\n[output.html.playground]\nrunnable = false\n[output.html.search]\nenable = false\n";
    std::fs::write(path("book.toml"), settings).unwrap();
    let mut summary = String::new();
    for (number, page) in pages.iter().enumerate() {
        writeln!(summary, "- [Страница](с{number}.md)").unwrap();
        std::fs::write(path(&format!("src/с{number}.md")), page).unwrap();
    }
    std::fs::write(path("src/SUMMARY.md"), summary).unwrap();
    let mut book = MDBook::load(folder.path()).unwrap();
    let record = Record::default();
    book.with_preprocessor(Adapter::new(Math, &record));
    book.with_preprocessor(Adapter::new(Highlight, &record));
    book.build().unwrap();
    let refused = record.take_diagnostics();
    let main = |number| {
        if refused.iter().any(|mistake| mistake.place.path == format!("src/с{number}.md")) {
            return None;
        }
        let page = std::fs::read_to_string(path(&format!("book/с{number}.html"))).unwrap();
        Some(page.split_once("<main>").unwrap().1.split_once("</main>").unwrap().0.to_owned())
    };
    (0..pages.len()).map(main).collect()
}

/// The tags of HTML without what their attributes say and without the inside of formulas, as a browser finds them.
fn tags(html: &str) -> Vec<String> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if !rest.starts_with(|letter: char| letter.is_ascii_alphabetic() || "/!?".contains(letter)) {
            tags.push("a bare `<`".to_owned());
            continue;
        }
        let (mut tag, mut quote, mut length) = (String::new(), None, rest.len());
        for (at, letter) in rest.char_indices() {
            match (quote, letter) {
                (None, '>') => {
                    length = at;
                    break;
                }
                (None, '"' | '\'') => quote = Some(letter),
                (Some(open), letter) if open == letter => quote = None,
                (None, letter) => tag.push(letter),
                (Some(_), _) => {}
            }
        }
        rest = &rest[length..];
        tags.push(tag);
    }
    tags
}

/// Without formulas, whose elements are as many as their letters.
fn without_formulas(html: &str) -> String {
    let mut plain = String::new();
    let mut rest = html;
    while let Some((before, formula)) = rest.split_once("<span class=\"katex") {
        plain.push_str(before);
        plain.push_str("<katex>");
        let (mut depth, mut at) = (1_usize, 0);
        while depth > 0 {
            let open = formula[at..].find("<span").map_or(usize::MAX, |found| at + found);
            let close = at + formula[at..].find("</span>").unwrap();
            (depth, at) = if open < close { (depth + 1, open + 5) } else { (depth - 1, close + 7) };
        }
        rest = &formula[at..];
    }
    plain + rest
}

#[test]
fn no_output_changes_the_elements_of_its_page() {
    let mut chance = Chance(u64::from(count("BOOK_SEED", 0x0701)));
    let mut pages = vec![rendered(&mut || "слово".to_owned())];
    pages.extend((0..count("BOOK_OUTPUTS", 300)).map(|_| rendered(&mut || hostile(&mut chance))));
    let built = built(&pages);
    let right = tags(&without_formulas(built[0].as_ref().unwrap()));
    // Most of these letters are no signs of formulas, and a page that puts such a letter into one is refused.
    let right_pages = built.iter().flatten().count();
    assert!(right_pages * 8 > pages.len(), "only {right_pages} of {} pages are right", pages.len());
    assert!(right.iter().any(|tag| tag == "katex") && right.iter().any(|tag| tag.starts_with("figure")));
    let found = pages.iter().zip(&built).skip(1).filter_map(|(page, html)| Some((page, html.as_ref()?)));
    for (page, html) in found {
        let tags = tags(&without_formulas(html));
        let at = tags.iter().zip(&right).position(|(found, right)| found != right).unwrap_or(right.len());
        assert_eq!(tags, right, "from tag {at} on; the page:\n{page}");
    }
}

/// HTML, formulas and pictures that a program makes have elements of their own; what stands behind them is untouched.
#[test]
fn what_stands_behind_rich_outputs_stays_where_it_is() {
    let mut chance = Chance(u64::from(count("BOOK_SEED", 0x71c4)));
    let config = Config::default();
    let text = "```rust cell hide\n1\n```\n\n<p id=\"end\">Конец</p>\n";
    let draft = Draft::read(std::iter::once(("src/а.md".to_owned(), text)), &config, &[]);
    let mut pages = Vec::new();
    while pages.len() < usize::try_from(count("BOOK_OUTPUTS", 300)).unwrap() {
        let inside = hostile(&mut chance);
        let shown = match chance.below(3) {
            0 => Shown { html: Some(inside), ..Shown::default() },
            1 => Shown { latex: Some(inside), ..Shown::default() },
            _ => Shown { svg: Some(format!("<svg>{inside}</svg>")), alt: Some("x".into()), ..Shown::default() },
        };
        let execution = Execution { cells: vec![vec![Output::Shown(Box::new(shown))]], ..Execution::default() };
        let result = PageResult { execution: Some(execution), diagnostics: Vec::new() };
        let (texts, mistakes) = draft.render(&[result], &config);
        if mistakes.is_empty() {
            pages.push(texts.into_iter().next().flatten().unwrap());
        }
    }
    for (page, html) in pages.iter().zip(&built(&pages)).filter_map(|(page, html)| Some((page, html.as_ref()?))) {
        let (before, _) =
            html.split_once("<p id=\"end\">Конец</p>").unwrap_or_else(|| panic!("{page}\nbecame\n{html}"));
        let tags = tags(before);
        for element in ["figure", "div", "pre", "svg", "table", "details", "p"] {
            let begins = |tag: &&String| tag.split([' ', '/']).next() == Some(element) && !tag.ends_with('/');
            let (open, closed) =
                (tags.iter().filter(begins).count(), tags.iter().filter(|tag| **tag == format!("/{element}")).count());
            assert_eq!(open, closed, "<{element}> of\n{page}\nbecame\n{html}");
        }
        let runs = |tag: &String| tag.starts_with("script") || tag.contains(" on") || tag == "a bare `<`";
        assert!(!tags.iter().any(runs), "{page}\nbecame\n{html}");
    }
}
