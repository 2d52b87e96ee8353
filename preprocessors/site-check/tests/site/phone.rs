//! What a small screen asks for: code under no button, plots that can be read, knobs that are seen with their picture, an edge that says
//! that there is more.

use anyhow::Result;
use serde_json::{Value, json};
use site_check::{Tab, View};

use crate::{DESK, address, chromium};

const PAGE: &str = "часть/телефон.html";
const WIDTHS: [u32; 2] = [390, 360];

/// Code folded and not, a live figure with every kind of knob, a table that is too wide.
pub fn page() -> String {
    let knob = |inside: &str| format!("<div class=\"knob\">{inside}</div>");
    let slider = "<label><span class=\"knob-name\">очень длинное имя ручки</span><input type=\"range\" min=\"0\" max=\"9\" value=\"3\">\
        <span class=\"knob-value\" aria-hidden=\"true\">0,30</span></label>";
    let step = |name: &str| format!("<label><input type=\"radio\" name=\"шаги\"><span>{name}</span></label>");
    let steps = format!(
        "<div class=\"steps\" role=\"radiogroup\" aria-label=\"ранг\"><span class=\"knob-name\" aria-hidden=\"true\">ранг</span>{}</div>",
        ["1", "2", "5", "10", "20", "40", "64"].map(step).concat()
    );
    let knobs = [knob(slider), knob(slider), knob(&steps)].concat();
    let plot = "<div class=\"output-svg\" role=\"img\" aria-label=\"Линия\"><svg viewBox=\"0 0 640 560\" width=\"640\" height=\"560\" \
        font-family=\"inherit\" font-size=\"16\"><path d=\"M9 9L600 500\" stroke=\"var(--plot-1)\"/><text x=\"40\" y=\"500\">подпись</text>\
        <g font-size=\"13\"><text x=\"300\" y=\"300\">0,25</text></g></svg></div>";
    let wide = "<figure class=\"cell\" id=\"fig-схема\">\n\n<div class=\"cell-output\"><div class=\"output-svg\" role=\"img\" aria-label=\"Схема\">\
        <svg viewBox=\"0 0 714 200\" width=\"714\" height=\"200\" font-size=\"16\"><text x=\"9\" y=\"50\">слева</text>\
        <text x=\"640\" y=\"50\">справа</text></svg></div></div>\n\n</figure>\n\n";
    let code = "let очень_длинное_имя_переменной = чтобы_строка_ушла_под_кнопку(1.0, 2.0, 3.0);\nlet b = 2;\n";
    let cells = "длинная&nbsp;клетка&nbsp;таблицы".to_owned();
    let row = format!("| {} |\n", [cells.as_str(); 3].join(" | "));
    format!(
        "# Телефон\n\n```rust\n{code}```\n\n<details><summary>Код</summary>\n\n```rust\n{code}```\n\n</details>\n\n\
         <figure class=\"cell\" id=\"fig-ручки\">\n\n<div class=\"cell-output\">{plot}</div>\
         <fieldset class=\"knobs needs-js\"><legend class=\"visually-hidden\">Ручки рисунка</legend>{knobs}</fieldset>\n\n\
         <figcaption>Подпись.</figcaption>\n\n</figure>\n\n{wide}{row}|---|---|---|\n{row}\n{}",
        "Слова после рисунка. ".repeat(200)
    )
}

/// Buttons that lie over a letter of code.
const COVERED: &str = "(() => {
    document.querySelectorAll('main details').forEach(details => { details.open = true; });
    return [...document.querySelectorAll('.code-block')].map(block => {
        const button = block.querySelector('.copy').getBoundingClientRect();
        const range = document.createRange();
        const walker = document.createTreeWalker(block.querySelector('pre'), NodeFilter.SHOW_TEXT);
        const boxes = [];
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            range.selectNodeContents(node);
            boxes.push(...range.getClientRects());
        }
        return boxes.filter(box => box.right > button.left + 1 && box.left < button.right - 1 && box.bottom > button.top + 1 && box.top < button.bottom - 1).length;
    });
})()";

/// The smallest letters of plots, in pixels of the screen.
const SMALLEST: &str = "Math.min(...[...document.querySelectorAll('.output-svg text')]\
    .map(text => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a))";

/// Whether the wide plot can be scrolled to its end by a finger and by keyboard.
const SCROLLS: &str = "(() => { const plot = document.querySelector('figure[id=\"fig-схема\"] .output-svg'); \
    return [plot.tabIndex, plot.scrollWidth > plot.clientWidth, plot.scrollWidth < 1.5 * plot.clientWidth]; })()";

/// Whether all knobs and so many pixels of their picture are in the window.
const TOGETHER: &str = "(() => {
    const figure = document.querySelector('figure');
    figure.scrollIntoView();
    const bar = document.querySelector('.bar').getBoundingClientRect().bottom;
    const [knobs, plot] = [figure.querySelector('.knobs'), figure.querySelector('svg')].map(part => part.getBoundingClientRect());
    const beside = knobs.left >= plot.right;
    const seen = Math.min(plot.bottom, beside ? innerHeight : knobs.top) - Math.max(plot.top, bar);
    return [knobs.top >= bar - 1 && knobs.bottom <= innerHeight + 1, Math.round(100 * seen / plot.height)];
})()";

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_default()
}

#[test]
fn no_button_covers_code_on_a_phone() -> Result<()> {
    let Some((mut chromium, _turn)) = chromium() else { return Ok(()) };
    for width in WIDTHS {
        let mut tab = Tab::new(&mut chromium, View { width, ..DESK })?;
        tab.open(&address(PAGE))?;
        assert_eq!(tab.evaluate(COVERED)?, json!([0, 0]), "at {width} px");
    }
    Ok(())
}

#[test]
fn folded_code_has_no_empty_line_for_a_button_that_stands_elsewhere() -> Result<()> {
    let Some((mut chromium, _turn)) = chromium() else { return Ok(()) };
    let mut tab = Tab::new(&mut chromium, View { width: 390, ..DESK })?;
    tab.open(&address(PAGE))?;
    let above = "[...document.querySelectorAll('.code-block > pre')].map(code => parseFloat(getComputedStyle(code).paddingBlockStart))";
    let above = tab.evaluate(above)?;
    assert!(number(&above[1]) < number(&above[0]) / 2.0, "{above}");
    Ok(())
}

#[test]
fn letters_of_a_plot_are_ten_pixels_high_on_the_narrowest_phone() -> Result<()> {
    let Some((mut chromium, _turn)) = chromium() else { return Ok(()) };
    let mut tab = Tab::new(&mut chromium, View { width: 360, ..DESK })?;
    tab.open(&address(PAGE))?;
    let smallest = tab.evaluate(SMALLEST)?;
    assert!(number(&smallest) >= 10.0, "{smallest}");
    tab.read()?;
    assert_eq!(tab.evaluate(SCROLLS)?, json!([0, true, true]));
    Ok(())
}

#[test]
fn sliders_are_long_enough_for_a_finger_at_every_width() -> Result<()> {
    let Some((mut chromium, _turn)) = chromium() else { return Ok(()) };
    for width in [360, 390, 844, 1280] {
        let mut tab = Tab::new(&mut chromium, View { width, ..DESK })?;
        tab.open(&address(PAGE))?;
        let shortest = tab.evaluate(
            "Math.min(...[...document.querySelectorAll('[type=range]')].map(slider => slider.getBoundingClientRect().width))",
        )?;
        assert!(number(&shortest) >= 160.0, "{shortest} at {width} px");
    }
    Ok(())
}

#[test]
fn knobs_are_seen_with_their_picture() -> Result<()> {
    let Some((mut chromium, _turn)) = chromium() else { return Ok(()) };
    for (width, height, least) in [(360, 640, 50), (390, 844, 90), (844, 390, 95), (1280, 900, 95)] {
        let mut tab = Tab::new(&mut chromium, View { width, ..DESK })?;
        tab.resize(width, height)?;
        tab.open(&address(PAGE))?;
        let together = tab.evaluate(TOGETHER)?;
        assert_eq!(together[0], json!(true), "knobs are out of sight at {width}×{height}");
        assert!(number(&together[1]) >= f64::from(least), "{}% of the plot at {width}×{height}", together[1]);
    }
    Ok(())
}

#[test]
fn what_scrolls_sideways_says_so_at_its_edge() -> Result<()> {
    let Some((mut chromium, _turn)) = chromium() else { return Ok(()) };
    let mut tab = Tab::new(&mut chromium, View { width: 360, ..DESK })?;
    tab.open(&address(PAGE))?;
    tab.read()?;
    // Covers go along with what is scrolled, shades stay.
    let attachments = "[...document.querySelectorAll('main *')]\
        .filter(part => part.scrollWidth > part.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(part).overflowX))\
        .map(part => getComputedStyle(part).backgroundAttachment)";
    let found = tab.evaluate(attachments)?;
    let found = found.as_array().expect("a list");
    assert!(found.len() >= 2 && found.iter().all(|is| is == "local, local, scroll, scroll"), "{found:?}");
    Ok(())
}
