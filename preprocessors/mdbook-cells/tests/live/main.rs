//! Live figures in a real Chromium: what a reader does to them, from disk and from a server. Without Chromium these tests say so
//! and pass, unless `BOOK_REQUIRE_CHROMIUM` is set.

mod site;
mod size;

use serde_json::json;
use site_check::{Chromium, Server, Tab, View};

use site::{DEFAULT, chromium, site};

const DESK: View = View { width: 1280, is_dark: false, is_served: false };

/// The knob of the first figure, and what shows its state.
const KNOB: &str = "figure[id=\"fig-волна\"] input[type=range]";
const SEEN: &str = "(() => { const text = selector => document.querySelector(selector).textContent; return [ \
    text('figure[id=\"fig-волна\"] .knob-value'), text('figure[id=\"fig-волна\"] figcaption .value'), \
    text('main > p .value'), text('figure[id=\"fig-знак\"] .output-stream'), \
    document.querySelector('figure[id=\"fig-волна\"] input[type=range]').getAttribute('aria-valuetext')].join('|'); })()";

fn file(page: &str) -> String {
    format!("file://{}/book/{page}", site().display())
}

#[test]
fn a_knob_is_dragged_and_pressed_and_everything_follows_from_disk_and_over_http() -> anyhow::Result<()> {
    let Some((mut chromium, _turn)) = chromium() else { return Ok(()) };
    let server = Server::start(&site().join("book"))?;
    for (home, is_served) in [(file(""), false), (server.address.clone(), true)] {
        let mut tab = Tab::new(&mut chromium, View { is_served, ..DESK })?;
        tab.open(&format!("{home}{}", site::page(DEFAULT)))?;
        assert_eq!(tab.evaluate(SEEN)?, json!("1,0\u{a0}Гц|1,0|6,28|k = 1.0|1,0\u{a0}Гц"));
        let before =
            tab.evaluate("document.querySelector('figure[id=\"fig-волна\"] path[data-live]').getAttribute('d')")?;
        tab.drag(KNOB, 0.25, 0.98)?;
        assert_eq!(tab.evaluate(SEEN)?, json!("2,5\u{a0}Гц|2,5|2,51|k = 2.5|2,5\u{a0}Гц"));
        let after =
            tab.evaluate("document.querySelector('figure[id=\"fig-волна\"] path[data-live]').getAttribute('d')")?;
        assert_ne!(before, after);
        tab.evaluate(&format!("document.querySelector('{KNOB}').focus(), 0"))?;
        tab.press("ArrowLeft", "ArrowLeft", 37)?;
        tab.press("ArrowLeft", "ArrowLeft", 37)?;
        assert_eq!(tab.evaluate(SEEN)?, json!("2,3\u{a0}Гц|2,3|2,73|k = 2.3|2,3\u{a0}Гц"));
        tab.press("Home", "Home", 36)?;
        assert_eq!(tab.evaluate(SEEN)?, json!("0,5\u{a0}Гц|0,5|12,57|k = 0.5|0,5\u{a0}Гц"));
        assert_eq!(tab.troubles(&home)?, []);
    }
    Ok(())
}

#[test]
fn figures_that_share_an_input_have_one_state() -> anyhow::Result<()> {
    let Some((mut chromium, _turn)) = chromium() else { return Ok(()) };
    let mut tab = Tab::new(&mut chromium, DESK)?;
    tab.open(&file(&site::page(DEFAULT)))?;
    tab.evaluate(
        "(() => { const knob = document.querySelector('figure[id=\"fig-знак\"] input[type=range]'); knob.value = 3; \
         knob.dispatchEvent(new Event('input', { bubbles: true })); return 0; })()",
    )?;
    tab.settle()?;
    assert_eq!(tab.evaluate(SEEN)?, json!("0,8\u{a0}Гц|0,8|7,85|k = 0.8|0,8\u{a0}Гц"));
    let cells =
        "[...document.querySelectorAll('figure[id=\"fig-знак\"] svg text')].map(text => text.textContent).join(' ')";
    let before = tab.evaluate(cells)?;
    tab.evaluate("document.querySelector('figure[id=\"fig-знак\"] input[type=checkbox]').click(), 0")?;
    tab.settle()?;
    let after = tab.evaluate(cells)?;
    let has = |text: &serde_json::Value, part: &str| text.as_str().is_some_and(|text| text.contains(part));
    assert!(has(&before, "0.8") || has(&before, "0,8"), "{before}");
    assert_ne!(before, after);
    Ok(())
}

#[test]
fn knobs_are_described_by_their_caption() -> anyhow::Result<()> {
    let Some((mut chromium, _turn)) = chromium() else { return Ok(()) };
    let mut tab = Tab::new(&mut chromium, DESK)?;
    tab.open(&file(&site::page(DEFAULT)))?;
    let captions = tab.evaluate(
        "[...document.querySelectorAll('figure[id] .knobs')].map(knobs => \
         document.getElementById(knobs.getAttribute('aria-describedby')) === knobs.closest('figure').querySelector('figcaption'))",
    )?;
    let captions = captions.as_array().expect("it is a list");
    assert!(captions.len() >= 2 && captions.iter().all(|is_its| *is_its == true), "{captions:?}");
    Ok(())
}

#[test]
fn the_state_is_in_the_address_and_comes_back_from_it_from_disk_and_over_http() -> anyhow::Result<()> {
    let Some((mut chromium, _turn)) = chromium() else { return Ok(()) };
    let server = Server::start(&site().join("book"))?;
    for (home, is_served) in [(file(""), false), (server.address.clone(), true)] {
        comes_back(&mut chromium, &home, View { is_served, ..DESK })?;
    }
    Ok(())
}

fn comes_back(chromium: &mut Chromium, home: &str, view: View) -> anyhow::Result<()> {
    let mut tab = Tab::new(chromium, view)?;
    tab.open(&format!("{home}{}", site::page(DEFAULT)))?;
    tab.evaluate(
        "[...document.querySelectorAll('.steps label')].find(label => label.textContent === 'нет').click(), 0",
    )?;
    tab.drag(KNOB, 0.25, 0.98)?;
    let address = tab.evaluate("location.href")?;
    let address = address.as_str().unwrap_or_default().to_owned();
    drop(tab);
    let mut tab = Tab::new(chromium, view)?;
    tab.open(&address)?;
    tab.settle()?;
    assert_eq!(tab.evaluate("decodeURIComponent(location.hash)")?, json!("#fig-волна?частота k=2,5\u{a0}Гц&слово=нет"));
    assert_eq!(tab.evaluate(SEEN)?, json!("2,5\u{a0}Гц|2,5|2,51|k = 2.5|2,5\u{a0}Гц"));
    let table = "document.querySelector('figure[id=\"tbl-ход\"] tr:last-child td').textContent";
    assert_eq!(tab.evaluate(table)?, json!("нет"));
    // What is not a value any more is left at its default.
    tab.evaluate("location.hash = '#fig-волна?частота k=99&чужое=1', 0")?;
    tab.settle()?;
    tab.settle()?;
    assert_eq!(tab.evaluate(SEEN)?, json!("1,0\u{a0}Гц|1,0|6,28|k = 1.0|1,0\u{a0}Гц"));
    drop(tab);
    // What is no text is not read, and stops nothing.
    let mut tab = Tab::new(chromium, view)?;
    tab.open(&format!("{home}{}#fig-%?частота%=%&слово=%D0", site::page(DEFAULT)))?;
    tab.settle()?;
    assert_eq!(tab.evaluate(SEEN)?, json!("1,0\u{a0}Гц|1,0|6,28|k = 1.0|1,0\u{a0}Гц"));
    assert_eq!(tab.troubles(home)?, []);
    Ok(())
}

#[test]
fn frames_are_played_to_their_end_and_not_at_all_when_motion_is_unwelcome() -> anyhow::Result<()> {
    let Some((mut chromium, _turn)) = chromium() else { return Ok(()) };
    let mut tab = Tab::new(&mut chromium, DESK)?;
    tab.open(&file(&site::page(DEFAULT)))?;
    // A tab of these tests wants no motion.
    assert_eq!(tab.evaluate("document.querySelector('.play').checkVisibility()")?, json!(false));
    // Every state is counted when it comes, however long a busy machine takes for it.
    let end = "new Promise(done => { const button = document.querySelector('.play'); const seen = new Set(); \
        new MutationObserver(() => { \
        seen.add(document.querySelector('figure[id=\"tbl-ход\"] td.number, figure[id=\"tbl-ход\"] td:last-child').textContent); \
        if (button.getAttribute('aria-pressed') === 'false') done([seen.size > 2, document.querySelector('.knob:has(.play) .knob-value').textContent]); \
        }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true }); button.click(); })";
    assert_eq!(tab.evaluate(end)?, json!([true, "30"]));
    Ok(())
}

#[test]
fn without_scripts_and_on_paper_the_default_state_is_there() -> anyhow::Result<()> {
    let Some((mut chromium, _turn)) = chromium() else { return Ok(()) };
    let mut tab = Tab::new(&mut chromium, DESK)?;
    tab.open(&file(&site::page(DEFAULT)))?;
    tab.drag(KNOB, 0.25, 0.98)?;
    tab.evaluate(&format!("addEventListener('beforeprint', () => {{ globalThis.on_paper = {SEEN}; }}), 0"))?;
    assert!(tab.print()?.starts_with("JVBERi0"), "not a PDF");
    assert_eq!(tab.evaluate("on_paper")?, json!("1,0\u{a0}Гц|1,0|6,28|k = 1.0|1,0\u{a0}Гц"));
    tab.settle()?;
    assert_eq!(tab.evaluate(SEEN)?, json!("2,5\u{a0}Гц|2,5|2,51|k = 2.5|2,5\u{a0}Гц"));
    drop(tab);
    let mut tab = Tab::new(&mut chromium, DESK)?;
    tab.without_scripts()?;
    tab.open(&file(&site::page(DEFAULT)))?;
    assert_eq!(tab.evaluate(SEEN)?, json!("1,0\u{a0}Гц|1,0|6,28|k = 1.0|1,0\u{a0}Гц"));
    let seen = "[...document.querySelectorAll('.knobs, .knob input')].filter(part => part.checkVisibility()).length";
    assert_eq!(tab.evaluate(seen)?, json!(0));
    Ok(())
}

#[test]
fn a_packed_state_is_to_the_pixel_what_it_is_alone() -> anyhow::Result<()> {
    let Some((mut chromium, _turn)) = chromium() else { return Ok(()) };
    let picture = "figure[id=\"fig-волна\"] .output-svg";
    for other in site::OTHERS {
        let mut tab = Tab::new(&mut chromium, DESK)?;
        tab.open(&file(&site::page(other)))?;
        let alone = tab.picture(picture)?;
        let text = tab.evaluate(SEEN)?;
        drop(tab);
        let mut tab = Tab::new(&mut chromium, DESK)?;
        tab.open(&file(&site::page(DEFAULT)))?;
        assert_ne!(tab.picture(picture)?, alone);
        let words = format!("{other},Гц").replace('.', ",").replace(",Г", "\u{a0}Г");
        tab.evaluate(&format!("location.hash = '#fig-волна?частота k={words}', 0"))?;
        tab.settle()?;
        tab.settle()?;
        assert_eq!(tab.evaluate(SEEN)?, text);
        assert!(tab.picture(picture)? == alone, "the figure at {other} differs");
    }
    Ok(())
}

/// What a browser has to do for a frame is counted, not timed: attributes, texts and elements that a step of the knob changes. The
/// benchmark has the times.
#[test]
fn a_step_of_a_knob_changes_little_of_the_page() -> anyhow::Result<()> {
    const CHANGES: i64 = 40;
    let Some((mut chromium, _turn)) = chromium() else { return Ok(()) };
    let mut tab = Tab::new(&mut chromium, View { width: 390, ..DESK })?;
    tab.open(&file(&site::page(DEFAULT)))?;
    tab.drag(KNOB, 0.0, 1.0)?;
    tab.settle()?;
    tab.evaluate(
        "window.changes = []; new MutationObserver(found => changes.push(...found)).observe(document.body, \
         { subtree: true, attributes: true, childList: true, characterData: true }), 0",
    )?;
    for step in 0..50 {
        tab.evaluate(&format!(
            "(() => {{ changes.length = 0; const knob = document.querySelector('{KNOB}'); knob.value = {}; \
             knob.dispatchEvent(new Event('input', {{ bubbles: true }})); }})()",
            step % 21
        ))?;
        tab.settle()?;
        let changed = tab.evaluate("changes.length")?.as_i64().unwrap_or_default();
        assert!((1..=CHANGES).contains(&changed), "step {step} changed {changed} parts of the page");
    }
    Ok(())
}
