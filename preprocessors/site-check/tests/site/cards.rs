//! Cards: what a link leads to is shown over the page, and every way out leads back to the link.

use anyhow::Result;
use serde_json::json;
use site_check::{Server, Tab, View};

use crate::{DESK, SITE, address, chromium};

const PHONE: View = View { width: 390, ..DESK };
const PAGE: &str = "часть/шаг.html";
const LINK: &str = "main > p a[href=\"#fig-спуск\"]";
const IS_OPEN: &str = "!!document.querySelector('.card-sheet[open]')";
const IS_CLOSED: &str = "!document.querySelector('.card-sheet[open]')";

/// Presses a link, and waits for its card.
fn open(tab: &mut Tab<'_>, link: &str) -> Result<()> {
    tab.evaluate(&format!("(link => {{ link.focus(); link.click(); }})(document.querySelector({})), 0", json!(link)))?;
    assert_eq!(tab.until(IS_OPEN)?, json!(true), "{link}");
    Ok(())
}

#[test]
fn a_card_shows_the_place_and_every_way_out_leads_back_to_the_link() -> Result<()> {
    let Some((mut chromium, _turn)) = chromium() else { return Ok(()) };
    let mut tab = Tab::new(&mut chromium, PHONE)?;
    tab.open(&address(PAGE))?;
    let swipe = "(() => { const head = document.querySelector('.card-sheet header'); \
        const touch = (type, clientY) => head.dispatchEvent(new TouchEvent(type, { bubbles: true, \
            touches: type === 'touchend' ? [] : [new Touch({ identifier: 1, target: head, clientY })], \
            changedTouches: [new Touch({ identifier: 1, target: head, clientY })] })); \
        touch('touchstart', 100); touch('touchmove', 240); touch('touchend', 240); })(), 0";
    let ways = [
        "history.back(), 0",
        "document.querySelector('.card-close').click(), 0",
        "document.querySelector('.card-sheet').click(), 0",
        swipe,
        "",
    ];
    for way in ways {
        open(&mut tab, LINK)?;
        let seen = "(() => { const card = document.querySelector('.card-sheet'); return [card.querySelector('h2').textContent, \
            card.contains(document.activeElement), card.querySelectorAll('[id]:not([id=card-title])').length]; })()";
        assert_eq!(tab.evaluate(seen)?, json!(["Рисунок", true, 0]), "{way}");
        let text = tab.evaluate("document.querySelector('.card-body').textContent")?;
        assert!(text.as_str().is_some_and(|text| text.contains("Рис. 1.") && !text.contains("println")), "{text}");
        if way.is_empty() {
            tab.press("Escape", "Escape", 27)?;
        } else {
            tab.evaluate(way)?;
        }
        let back = format!(
            "{IS_CLOSED} && history.state === null && document.activeElement === document.querySelector({})",
            json!(LINK)
        );
        assert_eq!(tab.until(&back)?, json!(true), "{way}");
        assert_eq!(tab.evaluate("location.hash")?, json!(""), "{way}");
    }
    assert_eq!(tab.troubles("file://")?, []);
    Ok(())
}

#[test]
fn a_card_leads_on_to_its_place_and_from_there_the_way_back_to_the_sentence() -> Result<()> {
    let Some((mut chromium, _turn)) = chromium() else { return Ok(()) };
    let mut tab = Tab::new(&mut chromium, PHONE)?;
    tab.open(&address(PAGE))?;
    open(&mut tab, LINK)?;
    // A card over a card.
    tab.evaluate("bookCards.open(document.querySelector('.footnote-reference a')), 0")?;
    let shown = "[document.querySelector('.card-sheet h2').textContent, document.querySelector('.card-back').hidden]";
    assert_ne!(tab.evaluate(shown)?[0], json!("Рисунок"));
    tab.evaluate("document.querySelector('.card-back').click(), 0")?;
    assert_eq!(tab.evaluate(shown)?, json!(["Рисунок", true]));
    tab.evaluate("document.querySelector('.card-page').click(), 0")?;
    assert_eq!(tab.until(&format!("{IS_CLOSED} && decodeURIComponent(location.hash)"))?, json!("#fig-спуск"));
    tab.evaluate("history.back(), 0")?;
    assert_eq!(tab.until("location.hash === ''")?, json!(true));
    assert_eq!(tab.evaluate(IS_CLOSED)?, json!(true));
    Ok(())
}

#[test]
fn a_place_of_another_page_is_shown_from_disk_and_over_http() -> Result<()> {
    let Some((mut chromium, _turn)) = chromium() else { return Ok(()) };
    let server = Server::start(&SITE.path().join("book"))?;
    let link = "main > p a[href$=\".html\"]";
    let is_sized = "parseFloat(document.querySelector('.card-sheet iframe')?.style.height) > 120";
    let mut tab = Tab::new(&mut chromium, PHONE)?;
    tab.open(&address("index.html"))?;
    open(&mut tab, link)?;
    assert_eq!(tab.until(is_sized)?, json!(true), "from disk");
    assert_eq!(tab.troubles("file://")?, []);
    drop(tab);
    let mut tab = Tab::new(&mut chromium, View { is_served: true, ..PHONE })?;
    tab.open(&format!("{}index.html", server.address))?;
    open(&mut tab, link)?;
    assert_eq!(tab.until(is_sized)?, json!(true), "over HTTP");
    // Over HTTP the page may look into the frame: the lecture's head is there, and not its bar, its figures or its end.
    let inside = "(() => { const page = document.querySelector('.card-sheet iframe').contentDocument; \
        return [page.querySelector('h1').textContent, ...['.lecture-head', '.bar', '.neighbours', 'figure'].map(part => page.querySelectorAll(part).length)]; })()";
    assert_eq!(tab.evaluate(inside)?, json!(["Скорость обучения и шаг", 1, 0, 0, 0]));
    Ok(())
}

#[test]
fn on_a_desk_a_pressed_link_is_followed_and_lists_of_links_open_no_cards() -> Result<()> {
    let Some((mut chromium, _turn)) = chromium() else { return Ok(()) };
    let mut tab = Tab::new(&mut chromium, DESK)?;
    tab.open(&address(PAGE))?;
    tab.evaluate(&format!("document.querySelector({}).click(), 0", json!(LINK)))?;
    assert_eq!(tab.until("decodeURIComponent(location.hash)")?, json!("#fig-спуск"));
    drop(tab);
    let mut tab = Tab::new(&mut chromium, PHONE)?;
    tab.open(&address("index.html"))?;
    tab.evaluate("setTimeout(() => document.querySelector('.course-map li:not(.planned) a').click(), 50), 0")?;
    tab.loaded()?;
    assert_eq!(tab.evaluate("document.querySelector('h1').textContent")?, json!("Скорость обучения и шаг"));
    Ok(())
}
