//! What a reader does with a page: opens it, reads it without scripts, walks it with the Tab key, points at references, prints it.

use anyhow::Result;
use serde_json::json;

use crate::pages::encode;
use crate::tab::Tab;
use crate::views::strings;

/// Stops of the Tab key that are looked at on a page; the rest are of the same kinds.
const STOPS: usize = 40;
/// Width of the text on A4 with the margins of the style sheet, in CSS pixels.
const PAPER: u32 = 658;
/// Most elements that the first screens of a page may have; a lecture has 15,000 to 35,000.
const NEAR: u64 = 3000;
/// Most that may move while a page is loaded, as Chromium counts it.
const SHIFT: f64 = 0.01;

/// A page that stays where it is while it is loaded.
pub fn still(tab: &mut Tab<'_>) -> Result<Vec<String>> {
    let shift = tab.evaluate(MOVED)?;
    let sum = shift["sum"].as_f64().unwrap_or_default();
    let moved = strings(&shift["moved"]).join(", ");
    Ok(if sum > SHIFT { vec![format!("moves by {sum:.3} while it is loaded: {moved}")] } else { Vec::new() })
}

/// What is far from the window is not laid out when a page is opened.
pub fn work(tab: &mut Tab<'_>) -> Result<Vec<String>> {
    let laid_out = tab.evaluate(LAID_OUT)?.as_u64().unwrap_or_default();
    let text = format!("lays out {laid_out} elements when it is opened, of which {NEAR} should do");
    Ok(if laid_out > NEAR { vec![text] } else { Vec::new() })
}

/// Every stop of the Tab key can be seen and shows that it has the focus.
pub fn keyboard(tab: &mut Tab<'_>) -> Result<Vec<String>> {
    tab.evaluate("document.activeElement?.blur(), scrollTo(0, 0), 0")?;
    let mut found = Vec::new();
    for _ in 0..STOPS {
        tab.press("Tab", "Tab", 9)?;
        let stop = tab.evaluate(STOP)?;
        match stop.as_str() {
            Some("") => {}
            Some(wrong) => found.push(format!("by keyboard: {wrong}")),
            // The focus has left the page: it was walked through.
            None => break,
        }
    }
    Ok(found)
}

/// A reference shows what it refers to, when the pointer is over it and when it has the focus.
pub fn previews(tab: &mut Tab<'_>) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for kind in ["fig-", "tbl-", "lst-", "eq-"] {
        // What is folded cannot be pointed at.
        let selector = format!("main p a[href^=\"#{kind}\"]:not(.header, details:not([open]) *)");
        let there = tab.evaluate(&format!("!!document.querySelector({})", json!(selector)))?;
        if there != json!(true) {
            continue;
        }
        tab.hover(&selector)?;
        if tab.until(PREVIEW)? != json!(true) {
            found.push(format!("no preview of the first {kind} under the pointer"));
        }
        tab.press("Escape", "Escape", 27)?;
        tab.evaluate(&format!("document.querySelector({}).focus({{ focusVisible: true }}), 0", json!(selector)))?;
        if tab.until(PREVIEW)? != json!(true) {
            found.push(format!("no preview of the first {kind} that has the focus"));
        }
        tab.press("Escape", "Escape", 27)?;
        tab.evaluate("document.activeElement.blur(), 0")?;
    }
    Ok(found)
}

/// By what the page is to be found; nothing for one that asks not to be.
pub fn title(tab: &mut Tab<'_>) -> Result<Option<String>> {
    if tab.evaluate("document.querySelector('main').innerHTML.includes('<!-- search: off -->')")? == json!(true) {
        return Ok(None);
    }
    let title = tab.evaluate("document.querySelector('main h1')?.textContent ?? ''")?;
    Ok(Some(title.as_str().unwrap_or_default().to_owned()))
}

/// The page is found by its title, where the reader stands.
pub fn search(tab: &mut Tab<'_>, title: &str) -> Result<Vec<String>> {
    if !opens_search(tab)? {
        return Ok(vec!["the search does not open".to_owned()]);
    }
    let found = finds(tab, title, "location.pathname")?;
    tab.press("Escape", "Escape", 27)?;
    Ok(if found { Vec::new() } else { vec![missed(title)] })
}

/// Pages that are not found by their titles, wherever the reader stands.
pub fn search_all(tab: &mut Tab<'_>, home: &str, pages: &[(String, String)]) -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    let is_open = opens_search(tab)?;
    for (page, title) in pages {
        tab.evaluate("document.querySelector('dialog.search input')?.select(), 0")?;
        let path = format!("new URL({}).pathname", json!(format!("{home}{}", encode(page))));
        if !is_open || !finds(tab, title, &path)? {
            found.push((page.clone(), missed(title)));
        }
    }
    Ok(found)
}

fn opens_search(tab: &mut Tab<'_>) -> Result<bool> {
    tab.press("ы", "KeyS", 83)?;
    // The dialog is there before the index.
    Ok(tab.until("!!document.querySelector('dialog.search[open]') && !!globalThis.bookIndex")? == json!(true))
}

/// Whether the open search finds a page, whose path is an expression.
fn finds(tab: &mut Tab<'_>, title: &str, path: &str) -> Result<bool> {
    tab.write(title)?;
    let links = "[...document.querySelectorAll('dialog.search li a')]";
    Ok(tab.evaluate(&format!("{links}.some(link => link.pathname === {path})"))? == json!(true))
}

fn missed(title: &str) -> String {
    format!("is not found by its title «{title}»")
}

/// The mark of a checked formula shows its TeX and the code that checked it.
pub fn proof(tab: &mut Tab<'_>) -> Result<Vec<String>> {
    if tab.evaluate("document.querySelector('main').innerHTML.includes('<!-- checks:')")? != json!(true) {
        return Ok(Vec::new());
    }
    if tab.until("!!document.querySelector('.katex-display > .proof')")? != json!(true) {
        return Ok(vec!["checked formulas have no mark".to_owned()]);
    }
    tab.evaluate("document.querySelector('.katex-display > .proof').click(), 0")?;
    let is_shown = tab.until("document.querySelectorAll('.take-dialog[open] pre').length > 1")?;
    tab.press("Escape", "Escape", 27)?;
    Ok(if is_shown == json!(true) {
        Vec::new()
    } else {
        vec!["the mark of a checked formula does not show what checked it".to_owned()]
    })
}

/// Nothing is wider than a sheet of paper, and the page can be printed.
pub fn paper(tab: &mut Tab<'_>) -> Result<Vec<String>> {
    tab.on_paper(PAPER)?;
    let mut found: Vec<String> =
        strings(&tab.evaluate(CUT)?).into_iter().map(|text| format!("cut on paper: {text}")).collect();
    if !tab.print()?.starts_with("JVBERi0") {
        found.push("cannot be printed".to_owned());
    }
    Ok(found)
}

/// The text, the formulas and the way on are there before any script; what needs one is not.
pub fn bare(tab: &mut Tab<'_>) -> Result<Vec<String>> {
    Ok(strings(&tab.evaluate(BARE)?).into_iter().map(|text| format!("without scripts: {text}")).collect())
}

const LAID_OUT: &str = "[...document.querySelectorAll('main *')].filter(part => part.checkVisibility({ contentVisibilityAuto: true })).length";

/// How far the page moved, and what of it.
const MOVED: &str = "new Promise(done => {
    const moved = [];
    let sum = 0;
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) {
            sum += entry.value;
            for (const { node, previousRect, currentRect } of entry.sources ?? [])
                moved.push(`${(node?.outerHTML ?? node?.data ?? '').slice(0, 80)} from ${previousRect.y} to ${currentRect.y} px`);
        }
    }).observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => done({ sum, moved: moved.slice(0, 5) }), 100);
})";

/// Nothing when the focus is nowhere; what is wrong with where it is; an empty text when nothing is.
const STOP: &str = "(() => {
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    const named = at.outerHTML.slice(0, 120);
    const box = at.getBoundingClientRect();
    if (!box.width || !box.height) return `${named} cannot be seen`;
    if (box.bottom < 0 || box.top > innerHeight) return `${named} is out of sight`;
    const style = getComputedStyle(at);
    if (at.matches('main')) return '';
    const shown = [style, at.nextElementSibling && getComputedStyle(at.nextElementSibling)];
    if (!shown.some(style => style && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0)) return `${named} does not show the focus`;
    return '';
})()";

const PREVIEW: &str = "(() => { const preview = document.querySelector('.preview'); \
    return !!preview && !preview.hidden && preview.getBoundingClientRect().height > 10 && preview.childNodes.length > 0; })()";

/// What stands out of the text's right edge, or is hidden in something that cannot be scrolled on paper.
const CUT: &str = "(() => {
    const main = document.querySelector('main');
    const edge = main.getBoundingClientRect().right + 1;
    const cut = [];
    for (const part of main.querySelectorAll('.katex-display .katex-base, .katex-display .katex-tag, pre, table, .output-svg > svg, img, figcaption, p, li')) {
        if (!part.checkVisibility() || part.closest('.katex-mathml, .img-wrapper')) continue;
        const box = part.getBoundingClientRect();
        if (box.width && box.right > edge) cut.push(`${Math.round(box.right - edge + 1)} px of ${part.outerHTML.slice(0, 100)}`);
    }
    return cut.slice(0, 5);
})()";

const BARE: &str = "(() => {
    const wrong = [];
    const main = document.querySelector('main');
    if (main.innerText.trim().length < 20) wrong.push('no text');
    for (const formula of main.querySelectorAll('.katex-html')) {
        if (!formula.getBoundingClientRect().width && !formula.closest('details:not([open]), [hidden]')) { wrong.push('a formula that is not there'); break; }
    }
    for (const button of document.querySelectorAll('button, .tool')) {
        if (button.checkVisibility() && !button.closest('dialog') && button.tagName === 'BUTTON') wrong.push(`a button that does nothing: ${button.outerHTML.slice(0, 80)}`);
    }
    if (!document.querySelector('a[href$=\"toc.html\"]') && !document.querySelector('.contents-page')) wrong.push('no way to the contents');
    return wrong;
})()";
