//! Where a reader is and what is done: the bar, marks that the device keeps, the map that shows them.

use std::fs;
use std::path::Path;

use anyhow::Result;
use serde_json::{Value, json};
use site_check::{Tab, View};

use crate::{DESK, address, chromium};

const PAGE: &str = "часть/шаг.html";

/// States of the first rows of the map.
const ROWS: &str = "[...document.querySelectorAll('[data-lecture]')].slice(0, 2).map(row => [row.dataset.lecture, row.classList.contains('read'), \
    row.classList.contains('next'), row.querySelector('.marks')?.textContent.trim() ?? ''])";

#[test]
fn what_is_read_and_solved_is_kept_and_the_map_lights_what_can_be_read_next() -> Result<()> {
    let Some((mut chromium, _turn)) = chromium() else { return Ok(()) };
    let mut tab = Tab::new(&mut chromium, DESK)?;
    tab.open(&address("index.html"))?;
    tab.evaluate("localStorage.removeItem('marks'), 0")?;
    tab.open(&address("index.html"))?;
    assert_eq!(tab.evaluate(ROWS)?, json!([["1.1", false, true, "можно читать"], ["1.2", false, false, ""]]));
    assert_eq!(tab.evaluate("document.querySelectorAll('.map-marks').length")?, json!(0));
    tab.open(&address(PAGE))?;
    tab.evaluate(
        "document.querySelector('.read-mark input').click(), document.querySelector('.solved input').click(), 0",
    )?;
    tab.open(&address(PAGE))?;
    let kept = "['.read-mark', '.solved'].map(mark => document.querySelector(`${mark} input`).checked)";
    assert_eq!(tab.evaluate(kept)?, json!([true, true]));
    tab.open(&address("index.html"))?;
    let rows = json!([["1.1", true, false, "1/1 прочитана, решено 1 из 1"], ["1.2", false, true, "можно читать"]]);
    assert_eq!(tab.evaluate(ROWS)?, rows);
    tab.evaluate("document.querySelector('.map-marks button').click(), 0")?;
    assert_eq!(
        tab.evaluate("[localStorage.getItem('marks'), document.querySelector('.map-marks').hidden]")?,
        json!([null, true])
    );
    assert_eq!(tab.troubles("file://")?, []);
    Ok(())
}

#[test]
fn the_bar_says_the_lecture_the_section_and_how_far() -> Result<()> {
    let Some((mut chromium, _turn)) = chromium() else { return Ok(()) };
    for width in [1280, 360] {
        let mut tab = Tab::new(&mut chromium, View { width, ..DESK })?;
        tab.open(&address(PAGE))?;
        let said = "['.lecture', '.section'].map(part => document.querySelector(`.where ${part}`).textContent)";
        assert_eq!(tab.evaluate(said)?, json!(["Скорость обучения и шаг", ""]));
        tab.evaluate("document.getElementById('definitions').scrollIntoView(), 0")?;
        assert_eq!(tab.until("document.querySelector('.where .section').textContent")?, json!("Определения"));
        let gone = "parseFloat(document.querySelector('.gone').style.transform.slice(7))";
        assert!(tab.until(gone)?.as_f64().is_some_and(|gone| gone > 0.0 && gone < 1.0));
        tab.evaluate("scrollTo(0, 1e9), 0")?;
        assert_eq!(tab.until(&format!("{gone} > 0.99"))?, json!(true));
    }
    Ok(())
}

#[test]
fn a_row_of_the_map_holds_the_longest_title_of_the_course_on_the_narrowest_phone() -> Result<()> {
    let Some((mut chromium, _turn)) = chromium() else { return Ok(()) };
    let syllabus = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../syllabus.json"))?;
    let syllabus: Value = serde_json::from_str(&syllabus)?;
    let lectures = syllabus["lectures"].as_array().into_iter().flatten();
    let titles: Vec<&str> = lectures.filter_map(|lecture| lecture["title"].as_str()).collect();
    assert!(titles.len() == 52, "{}", titles.len());
    for width in [360, 390] {
        let mut tab = Tab::new(&mut chromium, View { width, ..DESK })?;
        tab.open(&address("index.html"))?;
        let out = tab.evaluate(&format!(
            "(() => {{ const row = document.querySelector('[data-lecture]'); const link = row.querySelector('a'); \
             row.querySelector('.id').textContent = '1.1.10'; row.querySelectorAll('.facts, .marks').forEach(part => part.remove()); \
             link.insertAdjacentHTML('afterend', '<span class=\"marks\">3/12</span><span class=\"facts\"><span>●●○</span> 120 мин</span>'); \
             return {}.filter(title => {{ link.textContent = title; return row.scrollHeight > row.clientHeight || row.scrollWidth > row.clientWidth; }}); }})()",
            json!(titles)
        ))?;
        assert_eq!(out, json!([]), "at {width} px");
    }
    Ok(())
}
