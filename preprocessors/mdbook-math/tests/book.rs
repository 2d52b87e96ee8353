//! Books with formulas, through the preprocessor and mdBook's own renderer.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod library;

use std::fs;

use diagnostic::{Diagnostic, Place};
use kept::Kept;
use library::{Shelf, normal, outline, random, report};
use mdbook_math::engine::{self, Answer};
use mdbook_math::{Cache, Page, Settings, typeset};
use page::apply;

const PAGE: &str = include_str!("book.md");

/// The settings of pages that are in no book.
const SETTINGS: &str = "[preprocessor.katex]\nno-css = true\ninclude-src = true\n";

/// A page without formulas that others link to.
const OTHER: &str = "# Б\n\n$$ x \\label{eq-x} $$\n";

#[test]
fn every_formula_is_right_and_nothing_else_is_touched() {
    let shelf = Shelf::new("", &[("а.md", PAGE), ("b.md", OTHER)]);
    let (page, diagnostics) = shelf.build("а");
    assert_eq!(diagnostics, []);
    insta::assert_snapshot!(outline(&page));
}

#[test]
fn hostile_tex_arrives_as_katex_made_it() {
    let formulas = [
        r"\text{* \_ \{\{\#x\}\} \$ [a](b) ~ -- ... ' \&lt; \lq}",
        r"\sqrt{a_1} * b_2 * [c] < d > e' + \backslash",
        r"\overbrace{x}^{\text{а <b> \& б}} \vec{y} \cancel{z}",
        r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
        r"\color{red}{x} \verb~_*_~",
        r"!\lbrack a \rbrack (b) \# \% 1.\ 2)\ -\ +",
    ];
    let katex = |tex: &str| match engine::typeset(tex, r#"{"output":"htmlAndMathml"}"#).unwrap() {
        Answer::Typeset { markup, .. } => markup,
        other => panic!("{other:?}"),
    };
    let mut page = String::new();
    let mut expected = Vec::new();
    for tex in formulas {
        let cell = tex.replace('|', r"\|");
        page += &format!("${tex}$\n\n> - *курсив ${tex}$ и __жир ${tex}$__*\n\n[ссылка ${tex}$](b.md)\n\n");
        page += &format!("| а |\n|---|\n| ${cell}$ |\n\n### Ф ${tex}$\n\n");
        expected.extend(std::iter::repeat_n(normal(&katex(tex)), 6));
    }
    let shelf = Shelf::new("[output.html]\nsmart-punctuation = true\n", &[("а.md", &page), ("b.md", OTHER)]);
    let (page, diagnostics) = shelf.build("а");
    assert_eq!(report(&shelf, &diagnostics), "");
    let arrived = page.split("<span class=\"katex\">").skip(1).map(|rest| {
        let rest = format!("<span class=\"katex\">{rest}");
        normal(library::element(&rest))
    });
    let arrived: Vec<String> = arrived.collect();
    assert_eq!(arrived.len(), expected.len());
    for (arrived, expected) in arrived.iter().zip(&expected) {
        assert_eq!(arrived, expected);
    }
}

#[test]
fn titles_are_characters() {
    let summary = "# Оглавление $х\n\n# Часть $\\alpha$\n\n- [Нормы $L_1$ и $\\{x\\}$](а.md)\n  - [Шаг $\\плохо$](b.md)\n- [Цена 5$]()\n";
    let shelf = Shelf::new("", &[("SUMMARY.md", summary), ("а.md", "# А\n"), ("b.md", "# Б\n")]);
    let (_, diagnostics) = shelf.build("а");
    insta::assert_snapshot!(report(&shelf, &diagnostics));
    let toc = shelf.read("toc.html");
    for title in ["Часть α", "Нормы L₁ и {x}", "Шаг $&#92;плохо$", "Цена 5$"] {
        assert!(toc.contains(title), "{toc}");
    }
    assert!(shelf.read("а.html").contains("<title>Нормы L₁ и {x}</title>"));
}

#[test]
fn mistakes_are_reported_at_their_place() {
    let page = "\
# Шаг $\\foo$\n\n> $$\n> a +\n>   \\bar{\\плохо} b\n> $$\n\n| $x \\| \\bad$ |\n|---|\n\nДано $x равно\nи $, а не x$ тоже.\n
$$ x \\label{eq-a} $$\n\n$$ y \\label{eq-a} $$\n\n$z \\label{eq-z}$ и [формула](#eq-нет), [ф](нет.md#eq-a), [eq]\n\n[eq]: #eq-a\n[$t$]: б.md\n\n[$t$]\n
$$\n\\begin{align}\nx\n\\end{align}\n$$\n\n$$\nа\n\nб\n$$\n";
    let shelf = Shelf::new("", &[("а.md", page)]);
    let (html, diagnostics) = shelf.build("а");
    insta::assert_snapshot!(report(&shelf, &diagnostics));
    assert!(html.contains(r"$\foo$"), "a formula with a mistake stays: {html}");
}

#[test]
fn places_are_those_of_the_written_file() {
    let written = "\
# Спуск\n\n```rust cell\n//| caption: Шаг $\\eta \\нет$ из [ф](#eq-в-подписи)\nf()\n```\n\nПри $x = \\val{a[{0}]:.2} + \\плохо$ и $y$.\n
Ещё $\\плохо$ и [ф](#eq-нет).\n";
    let text = "\
# Спуск\n\n<figure>\n\n$$\n\\сгенерировано\n$$\n\n[ф](#eq-другой)\n\nШаг $\\eta \\нет$ из [ф](#eq-в-подписи)\n\n</figure>\n\nПри $x = 0{,}25 + \\плохо$ и $y$.\n
Ещё $\\плохо$ и [ф](#eq-нет).\n";
    let shelf = Shelf::new("", &[("а.md", written)]);
    insta::assert_snapshot!(report(&shelf, &shelf.run(text, Vec::new())));
}

#[test]
fn a_dollar_that_only_an_output_has_is_reported_where_the_output_was_made() {
    let (written, text) = ("# Спуск\n\n```rust cell\n//| caption: Шаг $η\n```\n", "# Спуск\n\nШаг $η\n");
    let shelf = Shelf::new("", &[("а.md", written)]);
    insta::assert_snapshot!(report(&shelf, &shelf.run(text, Vec::new())));
}

#[test]
fn no_text_is_changed_outside_formulas_and_markdown_sees_nothing_inside() {
    let (settings, _) = Settings::read("/".as_ref(), &SETTINGS.parse().unwrap()).unwrap();
    let mut cache = Cache::default();
    let mut typeset_some = 0;
    // The long run: `BOOK_FORMULAS=50000 cargo test --workspace --test book no_text`.
    let pages = std::env::var("BOOK_FORMULAS").map_or(1500, |pages| pages.parse().unwrap());
    for seed in 0..pages {
        let text = random::text(seed);
        let (edits, diagnostics) =
            typeset(&[Page::body("src/а.md", &text)], &settings, &mut cache, &Kept::default()).unwrap();
        let page = apply(&text, &edits[0].read().unwrap());
        typeset_some += usize::from(page != text);
        random::assert_only_formulas_changed(&text, &page);
        // A formula that stays as it is may have a backtick, which is nothing in a formula and begins code in the text.
        if !diagnostics
            .iter()
            .any(|diagnostic| ["katex", "formula-in-name", "code-in-formula"].contains(&diagnostic.code.as_str()))
        {
            random::assert_inert(&text, &page);
        }
        for place in diagnostics.iter().map(|diagnostic| &diagnostic.place) {
            assert!(text.get(place.range.clone()).is_some(), "{place:?} of {text:?}");
        }
    }
    assert!(typeset_some > 700, "{typeset_some}");
}

#[test]
fn the_options_of_mdbook_katex_are_honoured() {
    let settings =
        "[preprocessor.katex]\nmacros = \"макросы.txt\"\ninclude-src = true\noutput = \"mathml\"\nleqno = true\n";
    let shelf = Shelf::new(settings, &[("а.md", "Дано $\\R \"$.\n\n$$ x \\label{eq-x} $$\n")]);
    fs::write(shelf.path("макросы.txt"), "\\R:\\mathbb{R}\n").unwrap();
    let (page, diagnostics) = shelf.build("а");
    assert_eq!(diagnostics, []);
    insta::assert_snapshot!(page);
}

#[test]
fn the_stylesheet_is_linked_unless_the_theme_has_it() {
    let link = |settings: &str| {
        let shelf = Shelf::new(settings, &[("а.md", "$x$\n"), ("b.md", "y\n")]);
        ["а", "b"].map(|page| shelf.build(page).0.contains("cdn.jsdelivr.net"))
    };
    assert_eq!(link("[preprocessor.katex]\n"), [true, false]);
    assert_eq!(link("[preprocessor.katex]\nno-css = true\n"), [false, false]);
}

#[test]
fn a_second_build_takes_everything_from_the_cache() {
    let shelf = Shelf::new("", &[("а.md", PAGE), ("b.md", OTHER)]);
    let (first, _) = shelf.build("а");
    let cache = shelf.path(".book/formulas");
    let whole = fs::read(&cache).unwrap();
    let written = cache.metadata().unwrap().modified().unwrap();
    assert_eq!(shelf.build("а").0, first);
    assert_eq!(cache.metadata().unwrap().modified().unwrap(), written);

    let mut damaged = whole.clone();
    for byte in damaged.iter_mut().skip(40).step_by(997) {
        *byte ^= 1;
    }
    fs::write(&cache, &damaged).unwrap();
    assert_eq!(shelf.build("а").0, first);
    assert_eq!(fs::read(&cache).unwrap(), whole);
}

#[test]
fn a_page_that_failed_before_is_not_blamed_for_its_missing_values() {
    let shelf = Shelf::new("", &[("а.md", "Шаг $\\eta = \\val{lr}$, $\\плохо$.\n")]);
    let text = "Шаг $\\eta = \\val{lr}$, $\\плохо$.\n\n$\\тоже$\n";
    let report_after = |earlier: Vec<Diagnostic>| {
        let before = earlier.len();
        let diagnostics = shelf.run(text, earlier).split_off(before);
        diagnostics.into_iter().map(|diagnostic| (diagnostic.code, diagnostic.place.range.start)).collect::<Vec<_>>()
    };
    let written = "Шаг $\\eta = \\val{lr}$, $\\плохо$.\n";
    let (value, here) = (written.find("\\val").unwrap(), written.find("\\плохо").unwrap());
    let all = [value, here, written.len()].map(|at| ("katex".to_owned(), at));
    assert_eq!(report_after(Vec::new()), all);
    let failed = Diagnostic::error("E0425", "нет такого имени", Place::new("src/а.md", 0..1));
    assert_eq!(report_after(vec![failed]), all[1..2]);
}

#[test]
fn mdbook_test_gets_the_book_as_it_is() {
    let shelf = Shelf::new("", &[("а.md", "$\\плохо$\n")]);
    assert_eq!(shelf.preprocess("test"), ("$\\плохо$\n".to_owned(), Vec::new()));
}
