//! The theme on a small book with everything in it, in a real Chromium. Without Chromium these tests say so and pass, unless
//! `BOOK_REQUIRE_CHROMIUM` is set.

mod cards;
mod long;
mod marks;
mod paper;
mod phone;

use std::fs;
use std::path::Path;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use book_test::copy;
use course_site::CourseMap;
use mdbook_driver::MDBook;
use mdbook_highlight::Highlight;
use mdbook_search::Search;
use serde_json::json;
use site_check::{Chromium, HEAVY, Report, Tab, View, check, find_chromium, pages};
use step::{Adapter, Record};
use tempfile::TempDir;

const DESK: View = View { width: 1280, is_dark: false, is_served: false };

/// The book, built once for all tests.
static SITE: LazyLock<TempDir> = LazyLock::new(|| {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = TempDir::new().expect("a folder for the book");
    copy(&here.join("tests/book"), root.path());
    copy(&here.join("../../theme"), &root.path().join("theme"));
    fs::write(root.path().join("src/часть/долго.md"), long::page()).expect("a page is written");
    fs::write(root.path().join("src/часть/упражнения.md"), paper::page()).expect("a page is written");
    fs::write(root.path().join("src/часть/телефон.md"), phone::page()).expect("a page is written");
    let mut book = MDBook::load(root.path()).expect("the book loads");
    let record = Record::default();
    book.with_preprocessor(Adapter::new(CourseMap, &record));
    book.with_preprocessor(Adapter::new(Highlight, &record)).with_preprocessor(Adapter::new(Search, &record));
    book.build().expect("the book builds");
    assert_eq!(record.take_diagnostics(), []);
    root
});

fn address(page: &str) -> String {
    format!("file://{}/book/{page}", SITE.path().display())
}

/// One test with browsers at a time: this machine is small.
fn turn() -> Option<MutexGuard<'static, ()>> {
    static TURN: Mutex<()> = Mutex::new(());
    let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    if find_chromium().is_none() {
        assert!(std::env::var_os("BOOK_REQUIRE_CHROMIUM").is_none(), "there is no Chromium on the PATH");
        eprintln!("skipped: there is no Chromium on the PATH");
        return None;
    }
    Some(turn)
}

fn chromium() -> Option<(Chromium, MutexGuard<'static, ()>)> {
    let turn = turn()?;
    Some((Chromium::start().expect("Chromium starts"), turn))
}

#[test]
fn no_page_troubles_its_reader() -> anyhow::Result<()> {
    let Some(_turn) = turn() else { return Ok(()) };
    let site = SITE.path().join("book");
    let reports = check(&site, &pages(&site)?, &View::all(), None)?;
    let found = reports.iter().flat_map(|report| &report.findings).map(ToString::to_string);
    // One formula of the book is too wide for a phone, so that it can be seen to scroll.
    let (wide, found): (Vec<String>, Vec<String>) =
        found.partition(|found| found.contains("360 px): the number of a formula is out of sight: (1)"));
    assert!(found.is_empty(), "{}", found.join("\n"));
    assert_eq!(wide.len(), View::all().len() / 2);
    Ok(())
}

#[test]
fn the_checks_see_what_is_wrong() -> anyhow::Result<()> {
    let Some(_turn) = turn() else { return Ok(()) };
    let site = TempDir::new()?;
    let page = "<!DOCTYPE html><html><head><title>а</title><style>button:focus { outline: none }</style></head><body><header><button title='Copy this'>я</button></header>\
        <main><h1>а</h1><img src='нет.png'><p style='width: 2000px'>б</p><a href=\"#нет\">в</a>\
        <figure id='рис'><div class='output-svg' style='width: 9px; overflow: auto'><svg width='99' height='9'></svg></div></figure>\
        <div class='katex-display' style='width: 50px; overflow: auto'><div style='width: 400px; text-align: right'><span class='katex-tag'>(7)</span></div></div></main>\
        <script>console.error('беда'); fetch('http://127.0.0.1:9/чужое').catch(() => 0)</script></body></html>";
    fs::write(site.path().join("index.html"), page)?;
    let reports = check(site.path(), &pages(site.path())?, &View::cover(), None)?;
    let findings = reports.iter().flat_map(|report| &report.findings);
    let found: Vec<&str> = findings.filter(|finding| finding.view == DESK).map(|finding| &*finding.text).collect();
    let wanted = [
        "asks http://127.0.0.1:9",
        "a request failed",
        "console: ",
        "scrolls sideways by",
        "a plot does not fit: рис",
        "the number of a formula is out of sight: (7), 350 px too wide",
        "speaks English: Copy this",
        "no such anchor: нет",
        "axe: html-has-lang",
        "axe: image-alt",
        "by keyboard: ",
        "cut on paper: ",
        "without scripts: a button that does nothing",
        "a link to #нет, whose page has no such anchor",
    ];
    for text in wanted {
        assert!(found.iter().any(|found| found.contains(text)), "{text} not in {found:#?}");
    }
    Ok(())
}

#[test]
fn a_page_that_was_seen_is_opened_again_only_when_it_has_changed() -> anyhow::Result<()> {
    let Some(_turn) = turn() else { return Ok(()) };
    let (root, memory) = (TempDir::new()?, TempDir::new()?);
    let site = root.path().join("book");
    copy(&SITE.path().join("book"), &site);
    let some: Vec<String> = pages(&site)?.into_iter().filter(|page| page.starts_with("часть/")).take(2).collect();
    let look = || -> anyhow::Result<Vec<(bool, Vec<String>)>> {
        let reports = check(&site, &some, &[DESK], Some(memory.path()))?;
        let told = |report: &Report| report.findings.iter().map(|finding| finding.text.clone()).collect();
        Ok(reports.iter().map(|report| (report.is_remembered, told(report))).collect())
    };
    let nothing = Vec::<String>::new();
    let first = look()?;
    assert_eq!(first, [(false, nothing.clone()), (false, nothing.clone())]);
    assert_eq!(look()?, [(true, nothing.clone()), (true, nothing.clone())]);
    let page = site.join(&some[1]);
    let html = fs::read_to_string(&page)?;
    fs::write(&page, html.replace("<h1", "<p>Copy this</p><img src=\"нет.png\" alt=\"\"><h1"))?;
    let after = look()?;
    assert_eq!(after[0], (true, nothing.clone()));
    assert!(!after[1].0 && after[1].1.iter().any(|text| text.contains("a request failed")), "{after:?}");
    assert_eq!(look()?[1].1, after[1].1, "a finding is found again");
    // The index of words is of all pages: what is not found any more is told of pages that are as they were.
    fs::write(&page, html)?;
    let index = fs::read_dir(site.join("search"))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()?;
    for script in index {
        let text = fs::read_to_string(&script)?;
        fs::write(&script, text.replace(&*some[0], "другая.html"))?;
    }
    let lost = look()?;
    assert!(lost[0].0 && lost[0].1.iter().any(|text| text.contains("is not found by its title")), "{lost:?}");
    Ok(())
}

#[test]
fn search_finds_forms_and_marks_them_on_the_opened_page() -> anyhow::Result<()> {
    let Some((mut chromium, _turn)) = chromium() else { return Ok(()) };
    let mut tab = Tab::new(&mut chromium, DESK)?;
    tab.open(&address("index.html"))?;
    // The key of the Russian letter «ы» is that of S.
    tab.press("ы", "KeyS", 83)?;
    tab.until("!!document.querySelector('.search[open]')")?;
    tab.write("матрица")?;
    // The dialog is there before the index.
    tab.until("!!document.querySelector('.search li a')")?;
    let results = tab
        .evaluate("[...document.querySelectorAll('.search .where, .search .heading')].map(line => line.textContent)")?;
    let whole = "Вся лекция";
    let expected = ["1.1. Скорость обучения и шаг", whole, "Определения", "1.2. Страница без всего", whole];
    assert_eq!(results, json!(expected));
    tab.press("ArrowDown", "ArrowDown", 40)?;
    tab.evaluate("setTimeout(() => document.activeElement.click(), 50), 0")?;
    tab.loaded()?;
    tab.until("!!document.querySelector('mark')")?;
    let marks = tab.evaluate("[...document.querySelectorAll('mark')].map(mark => mark.textContent)")?;
    assert_eq!(marks, json!(["Матрица", "Матрицами", "матрицы", "матрице"]));
    tab.press("Escape", "Escape", 27)?;
    assert_eq!(tab.evaluate("document.querySelectorAll('mark').length")?, json!(0));
    assert_eq!(tab.troubles("file://")?, []);
    Ok(())
}

#[test]
fn keys_are_places_on_the_keyboard() -> anyhow::Result<()> {
    let Some((mut chromium, _turn)) = chromium() else { return Ok(()) };
    let mut tab = Tab::new(&mut chromium, DESK)?;
    tab.open(&address("index.html"))?;
    let is_open = "document.documentElement.classList.contains('contents-open')";
    assert_eq!(tab.evaluate(is_open)?, json!(true));
    tab.press("с", "KeyC", 67)?;
    assert_eq!(tab.evaluate(is_open)?, json!(false));
    tab.press("е", "KeyT", 84)?;
    tab.press("е", "KeyT", 84)?;
    assert_eq!(tab.evaluate("document.getElementById('theme').title")?, json!("Тема: тёмная"));
    tab.evaluate("dispatchEvent(new KeyboardEvent('keydown')), 0")?;
    tab.evaluate(
        "setTimeout(() => document.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight' })), 50), 0",
    )?;
    tab.loaded()?;
    assert_eq!(tab.evaluate("document.querySelector('h1').textContent")?, json!("Скорость обучения и шаг"));
    // Both choices are remembered.
    assert_eq!(tab.evaluate("getComputedStyle(document.documentElement).colorScheme")?, json!("dark"));
    assert_eq!(tab.evaluate(is_open)?, json!(false));
    Ok(())
}

#[test]
fn a_reference_shows_its_figure_on_hover_and_on_focus() -> anyhow::Result<()> {
    let Some((mut chromium, _turn)) = chromium() else { return Ok(()) };
    let mut tab = Tab::new(&mut chromium, DESK)?;
    tab.open(&address("часть/шаг.html"))?;
    let shown = "(() => { const preview = document.querySelector('.preview'); return !preview || preview.hidden ? '' : preview.textContent; })()";
    tab.hover("main p a[href='#fig-спуск']:not(details *)")?;
    let figure = tab.until(shown)?;
    assert!(figure.as_str().is_some_and(|text| text.contains("Рис. 1.") && !text.contains("println")), "{figure}");
    tab.press("Escape", "Escape", 27)?;
    assert_eq!(tab.evaluate(shown)?, json!(""));
    tab.evaluate("document.querySelector('.footnote-reference a').focus({ focusVisible: true }), 0")?;
    let note = tab.until(shown)?;
    assert!(note.as_str().is_some_and(|text| text.contains("Сноска о матрице.") && !text.contains('↩')), "{note}");
    Ok(())
}

#[test]
fn a_copied_sentence_has_each_formula_once() -> anyhow::Result<()> {
    let Some((mut chromium, _turn)) = chromium() else { return Ok(()) };
    let mut tab = Tab::new(&mut chromium, DESK)?;
    tab.open(&address("часть/шаг.html"))?;
    // A part of the formula is selected: it is copied as a whole.
    let copied = "(() => {
        const formula = document.querySelector('main p > [data-tex]');
        const [words, inside] = [formula.previousSibling, formula.querySelector('.mathbb').firstChild];
        getSelection().setBaseAndExtent(words, words.data.indexOf('Матрица'), inside, 1);
        const data = new DataTransfer();
        document.body.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true }));
        return data.getData('text/plain');
    })()";
    assert_eq!(tab.evaluate(copied)?, json!(r"Матрица $A \in \mathbb{R}^{m \times n}$"));
    let caption = copied.replace("main p > [data-tex]", "figcaption [data-tex]").replace("'.mathbb'", "'.mrel'");
    let caption = caption.replace("'Матрица'", "'Погрешность'");
    assert_eq!(tab.evaluate(&caption)?, json!(r"Погрешность убывает при $\eta < 2$"));
    Ok(())
}

#[test]
fn the_map_shows_what_a_lecture_builds_on() -> anyhow::Result<()> {
    let Some((mut chromium, _turn)) = chromium() else { return Ok(()) };
    let mut tab = Tab::new(&mut chromium, DESK)?;
    tab.open(&address("index.html"))?;
    let lit = "[...document.querySelectorAll('.course-map :is(.needed, .leads, .lit)')].map(part => part.dataset.lecture ?? part.tagName)";
    assert_eq!(tab.evaluate(lit)?, json!([]));
    tab.hover("[data-lecture='1.2'] a")?;
    assert_eq!(tab.evaluate(lit)?, json!(["path", "1.1", "1.2"]));
    // The ends of an arc are beside its lectures.
    let far = "(() => { const box = document.querySelector('.arcs path').getBoundingClientRect(); \
        const rows = [...document.querySelectorAll('[data-lecture]')].map(row => { const { top, bottom } = row.getBoundingClientRect(); return (top + bottom) / 2; }); \
        return Math.max(Math.abs(box.top - rows[0]), Math.abs(box.bottom - rows[1])); })()";
    let far = tab.evaluate(far)?;
    assert!(far.as_f64().is_some_and(|far| far < 3.0), "{far} px");
    Ok(())
}

#[test]
fn footnotes_stand_on_a_wide_margin() -> anyhow::Result<()> {
    let Some((mut chromium, _turn)) = chromium() else { return Ok(()) };
    let notes = "[...document.querySelectorAll('.sidenote')].map(note => note.textContent.trim())";
    let mut tab = Tab::new(&mut chromium, View { width: 1800, ..DESK })?;
    tab.open(&address("часть/шаг.html"))?;
    assert_eq!(tab.evaluate(notes)?, json!(["1\nСноска о матрице."]));
    drop(tab);
    let mut tab = Tab::new(&mut chromium, View { width: 1280, ..DESK })?;
    tab.open(&address("часть/шаг.html"))?;
    assert_eq!(tab.evaluate(notes)?, json!([]));
    Ok(())
}

#[test]
fn a_page_can_be_read_without_scripts() -> anyhow::Result<()> {
    let Some((mut chromium, _turn)) = chromium() else { return Ok(()) };
    let mut tab = Tab::new(&mut chromium, DESK)?;
    tab.without_scripts()?;
    tab.open(&address("часть/шаг.html"))?;
    let seen = "(selector => [...document.querySelectorAll(selector)].filter(part => part.checkVisibility()).length)";
    assert_eq!(tab.evaluate(&format!("{seen}('.bar noscript a[href$=\"toc.html\"]')"))?, json!(1));
    assert_eq!(tab.evaluate(&format!("{seen}('button')"))?, json!(0));
    assert_eq!(tab.evaluate(&format!("{seen}('.neighbours a')"))?, json!(2));
    tab.open(&address("toc.html"))?;
    assert_eq!(tab.evaluate(&format!("{seen}('.contents-page a')"))?, json!(6));
    Ok(())
}

#[test]
fn a_bar_that_is_not_read_to_its_end_shows_no_button_that_would_move() -> anyhow::Result<()> {
    let Some((mut chromium, _turn)) = chromium() else { return Ok(()) };
    let page = fs::read_to_string(SITE.path().join("book/index.html"))?;
    let read =
        page.split_once("<button class=\"tool needs-js\" id=\"print\"").expect("a bar with a printer's button").0;
    fs::write(SITE.path().join("book/начало.html"), read)?;
    let mut tab = Tab::new(&mut chromium, DESK)?;
    let shown = "[...document.querySelectorAll('.tool')].filter(button => button.checkVisibility({ visibilityProperty: true })).length";
    tab.open(&address("начало.html"))?;
    fs::remove_file(SITE.path().join("book/начало.html"))?;
    assert_eq!(tab.evaluate(shown)?, json!(0));
    tab.open(&address("index.html"))?;
    assert!(tab.evaluate(shown)?.as_u64().is_some_and(|shown| shown >= 4));
    Ok(())
}

#[test]
fn an_address_that_is_no_text_does_not_stop_the_scripts() -> anyhow::Result<()> {
    let Some((mut chromium, _turn)) = chromium() else { return Ok(()) };
    for place in ["#%", "#%?шаг=%", "#%D0", "#нет?%E0%A4=%"] {
        let mut tab = Tab::new(&mut chromium, DESK)?;
        tab.open(&format!("{}{place}", address("index.html")))?;
        assert_eq!(tab.troubles("file://")?, [], "{place}");
        tab.press("ы", "KeyS", 83)?;
        assert_eq!(tab.until("!!document.querySelector('dialog.search[open]')")?, json!(true), "{place}");
    }
    Ok(())
}

#[test]
fn a_page_weighs_less_than_a_quarter_of_a_megabyte() -> anyhow::Result<()> {
    let Some(_turn) = turn() else { return Ok(()) };
    let reports = check(&SITE.path().join("book"), &["часть/шаг.html".to_owned()], &View::cover(), None)?;
    let weight = reports[0].weight;
    assert!(weight.without_plots() < HEAVY && weight.fonts > 0 && weight.plots > 0, "{weight:?}");
    Ok(())
}

#[test]
fn the_printers_button_prints_this_page() -> anyhow::Result<()> {
    let Some((mut chromium, _turn)) = chromium() else { return Ok(()) };
    let mut tab = Tab::new(&mut chromium, DESK)?;
    tab.open(&address("часть/шаг.html"))?;
    let printed = "(() => { let printed = 0; window.print = () => { printed += 1; }; \
        document.getElementById('print').click(); return printed; })()";
    assert_eq!(tab.evaluate(printed)?, json!(1));
    Ok(())
}
