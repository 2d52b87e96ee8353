//! A page of sixty screens: what is far from the window is not laid out, and nobody notices.

use std::thread;
use std::time::Duration;

use anyhow::Result;
use serde_json::json;
use site_check::{Tab, View};

use crate::{DESK, address, chromium};

const PAGE: &str = "часть/долго.html";
const PHONE: View = View { width: 390, ..DESK };

/// The page: sections of paragraphs that are not two alike, each with a figure that is wider than a phone.
pub fn page() -> String {
    let mut page = String::from("# Длинная страница\n\n");
    for section in 1..=60 {
        let (few, many) = (
            "Слова *идут* друг за другом. ".repeat(section % 7 + 1),
            "Абзац *всё* **длиннее**. ".repeat(5 * (section % 11)),
        );
        page += &format!(
            "## Раздел {section} {{#раздел-{section}}}\n\n{few}\n\n{many}Место {section}.\n\n\
             <figure class=\"cell\" id=\"fig-{section}\"><pre class=\"output-value\">{}</pre></figure>\n\n\
             <details><summary>Ответ {section}</summary>\n\n{few}\n\n</details>\n\n",
            "ширина ".repeat(30)
        );
    }
    page
}

/// Elements inside of blocks: those that are laid out, and all that are not folded.
const LAID_OUT: &str = "(() => { const all = [...document.querySelectorAll('main > :not(h2) *')]; \
    return [all.filter(part => part.checkVisibility({ contentVisibilityAuto: true })).length, all.filter(part => part.checkVisibility()).length]; })()";

/// How far from its place under the bar the target of the address stands, and how much has moved.
const LANDED: &str = "new Promise(done => {
    let moved = 0;
    new PerformanceObserver(list => { for (const { value } of list.getEntries()) moved += value; }).observe({ type: 'layout-shift', buffered: true });
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    // Frames, not time: a busy machine takes longer for them.
    let frames = 20;
    const next = () => frames-- > 0 ? requestAnimationFrame(next) : done([Math.round(target.getBoundingClientRect().top - 4 * rem), moved]);
    next();
})";

#[test]
fn a_long_page_is_laid_out_near_the_window_only() -> Result<()> {
    let Some((mut chromium, _turn)) = chromium() else { return Ok(()) };
    for view in [DESK, PHONE] {
        let mut tab = Tab::new(&mut chromium, view)?;
        tab.open(&address(PAGE))?;
        let counts = tab.evaluate(LAID_OUT)?;
        let (near, all) = (counts[0].as_u64().unwrap_or(0), counts[1].as_u64().unwrap_or(0));
        assert!(near > 20 && near < all / 4, "{near} of {all}");
        let layouts = tab.layouts()?;
        assert!(layouts < 40, "{layouts}");
    }
    Ok(())
}

#[test]
fn an_address_opens_a_long_page_at_its_place_and_nothing_moves() -> Result<()> {
    let Some((mut chromium, _turn)) = chromium() else { return Ok(()) };
    for view in [DESK, PHONE] {
        for id in ["раздел-2", "fig-17", "раздел-33", "fig-58"] {
            let mut tab = Tab::new(&mut chromium, view)?;
            tab.open(&format!("{}#{id}", address(PAGE)))?;
            assert_eq!(tab.evaluate(LANDED)?, json!([0, 0]), "#{id} at {} px", view.width);
        }
    }
    Ok(())
}

#[test]
fn a_link_inside_of_a_long_page_leads_to_its_place_at_once() -> Result<()> {
    let Some((mut chromium, _turn)) = chromium() else { return Ok(()) };
    for view in [DESK, PHONE] {
        let mut tab = Tab::new(&mut chromium, view)?;
        tab.open(&address(PAGE))?;
        for id in ["fig-40", "раздел-12", "fig-12", "раздел-59"] {
            let press = "const link = document.createElement('a'); link.href = '#' + id; link.className = 'header'; document.querySelector('main').append(link); \
                link.click(); link.remove();";
            tab.evaluate(&format!("(id => {{ {press} }})('{id}')"))?;
            tab.settle()?;
            assert_eq!(tab.evaluate(LANDED)?[0], json!(0), "#{id} at {} px", view.width);
        }
    }
    Ok(())
}

#[test]
fn an_address_leads_to_its_place_without_scripts_too() -> Result<()> {
    let Some((mut chromium, _turn)) = chromium() else { return Ok(()) };
    let mut tab = Tab::new(&mut chromium, DESK)?;
    tab.without_scripts()?;
    tab.open(&format!("{}#раздел-33", address(PAGE)))?;
    // Without scripts there is no clock in the page to wait by.
    let place = "Math.round(document.getElementById('раздел-33').getBoundingClientRect().top)";
    for _ in 0..400 {
        if tab.evaluate(place)? == json!(72) {
            return Ok(());
        }
        thread::sleep(Duration::from_millis(50));
    }
    anyhow::bail!("the target stands at {} px", tab.evaluate(place)?)
}

#[test]
fn a_word_that_is_far_is_found_and_shown() -> Result<()> {
    let Some((mut chromium, _turn)) = chromium() else { return Ok(()) };
    let mut tab = Tab::new(&mut chromium, DESK)?;
    tab.open(&address(PAGE))?;
    assert_eq!(tab.evaluate("window.find('Место 47.')")?, json!(true));
    let seen = "(() => { const { top, bottom, width } = getSelection().getRangeAt(0).getBoundingClientRect(); \
        return width > 0 && top >= 0 && bottom <= innerHeight; })()";
    assert_eq!(tab.until(seen)?, json!(true));
    Ok(())
}

#[test]
fn what_is_wide_becomes_a_stop_of_the_keyboard_when_it_comes_near() -> Result<()> {
    let Some((mut chromium, _turn)) = chromium() else { return Ok(()) };
    let mut tab = Tab::new(&mut chromium, PHONE)?;
    tab.open(&address(PAGE))?;
    let stops = "document.querySelectorAll('main figure pre[tabindex=\"0\"]').length";
    let first = tab.evaluate(stops)?;
    assert!(first.as_u64().is_some_and(|first| first < 20), "{first}");
    tab.read()?;
    assert_eq!(tab.evaluate(stops)?, json!(60));
    Ok(())
}

#[test]
fn all_of_a_long_page_is_laid_out_on_paper() -> Result<()> {
    let Some((mut chromium, _turn)) = chromium() else { return Ok(()) };
    let mut tab = Tab::new(&mut chromium, DESK)?;
    tab.open(&address(PAGE))?;
    tab.on_paper(658)?;
    let counts = tab.evaluate(LAID_OUT)?;
    assert_eq!(counts[0], counts[1]);
    Ok(())
}
