//! What must hold of a page in every view.

use anyhow::Result;
use serde_json::Value;

use crate::finding::{DESK, View};
use crate::tab::{Tab, Trouble};

/// What is wrong with an open page, however it is looked at.
pub fn look(tab: &mut Tab<'_>, home: &str, view: View) -> Result<Vec<String>> {
    let mut found: Vec<String> = tab.troubles(home)?.into_iter().map(said).collect();
    // Not `innerWidth`: on a phone it grows with the page.
    let wide = tab.evaluate(&format!("document.scrollingElement.scrollWidth - {}", view.width))?;
    if wide.as_f64().unwrap_or_default() > 0.0 {
        let widest = tab.evaluate(WIDEST)?;
        found.push(format!("scrolls sideways by {wide} px because of {}", widest.as_str().unwrap_or_default()));
    }
    found.extend(strings(&tab.evaluate(CUT)?).into_iter().map(|figure| format!("a plot does not fit: {figure}")));
    let numbers = strings(&tab.evaluate(NUMBERS)?).into_iter();
    found.extend(numbers.map(|formula| format!("the number of a formula is out of sight: {formula}")));
    found.extend(strings(&tab.evaluate(ENGLISH)?).into_iter().map(|text| format!("speaks English: {text}")));
    found.extend(strings(&tab.evaluate(DANGLING)?).into_iter().map(|text| format!("no such anchor: {text}")));
    if view.width < DESK.width {
        found.extend(
            strings(&tab.evaluate(LETTERS)?).into_iter().map(|plot| format!("letters of a plot are small: {plot}")),
        );
    }
    // Rules of accessibility depend on the colours and the width, hardly on where the page came from: on a phone one scheme will do.
    if view.width == DESK.width || !view.is_dark {
        tab.read()?;
        tab.evaluate(AXE)?;
        found.extend(strings(&tab.evaluate(RULES)?).into_iter().map(|text| format!("axe: {text}")));
    }
    Ok(found)
}

fn said(trouble: Trouble) -> String {
    match trouble {
        Trouble::Outside(url) => format!("asks {url}"),
        Trouble::Failed(error) => format!("a request failed: {error}"),
        Trouble::Console(line) => format!("console: {line}"),
    }
}

/// The texts of an array.
pub(crate) fn strings(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

const AXE: &str = include_str!("../axe/axe.min.js");

const RULES: &str = "axe.run(document, { preload: false, resultTypes: ['violations'] }).then(result => \
    result.violations.map(rule => `${rule.id}: ${rule.nodes.length} × ${rule.nodes[0].html.slice(0, 160)} ${rule.nodes[0].failureSummary.split('\\n')[1] ?? ''}`))";

const WIDEST: &str = "(() => { let widest; for (const element of document.body.querySelectorAll('*')) \
    if (!widest || element.getBoundingClientRect().right > widest.getBoundingClientRect().right) widest = element; \
    return widest.outerHTML.slice(0, 160); })()";

/// Plots of which only a part is seen, though all of it could be read in this window.
const CUT: &str = "(() => {
    const letters = plot => [...plot.querySelectorAll('text')].map(text => {
        const { a, b } = text.getScreenCTM();
        return parseFloat(getComputedStyle(text).fontSize) * Math.hypot(a, b);
    });
    return [...document.querySelectorAll('.output-svg')]
        .filter(plot => plot.scrollWidth > plot.clientWidth + 1 && Math.min(...letters(plot)) * plot.clientWidth / plot.scrollWidth >= 10)
        .map(plot => plot.closest('[id]')?.id ?? plot.outerHTML.slice(0, 160));
})()";

/// Plots with letters that are less than ten pixels high.
const LETTERS: &str = "[...document.querySelectorAll('.output-svg')].flatMap(plot => { \
    const letters = [...plot.querySelectorAll('text')].map(text => { \
        const { a, b } = text.getScreenCTM(); \
        return parseFloat(getComputedStyle(text).fontSize) * Math.hypot(a, b); \
    }); \
    const smallest = Math.min(...letters); \
    return smallest < 9.9 ? [`${plot.closest('[id]')?.id}, ${smallest.toFixed(1)} px`] : []; \
})";

/// Numbers of formulas that are seen only by whoever scrolls the formula sideways.
const NUMBERS: &str = "[...document.querySelectorAll('.katex-display .katex-tag')] \
    .map(number => [number, number.closest('.katex-display')]) \
    .filter(([number, formula]) => number.getBoundingClientRect().right > formula.getBoundingClientRect().right + 1) \
    .map(([number, formula]) => `${number.textContent}, ${formula.scrollWidth - formula.clientWidth} px too wide`)";

/// What the interface says outside of the text: visible strings, names for screen readers, tooltips.
const ENGLISH: &str = r"(() => {
    const allowed = /CC BY|MIT|Apache|Esc|^[A-Z?/←→ ]{1,3}$/;
    const isEnglish = text => /[A-Za-z]{2,}/.test(text) && !/[А-Яа-яЁё]/.test(text) && !allowed.test(text);
    const found = [];
    for (const part of document.querySelectorAll('body > *, body > div.page > :not(main)')) {
        if (part.matches('div.page, main, script, style')) continue;
        const walker = document.createTreeWalker(part, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
        for (let node = walker.currentNode; node; node = walker.nextNode()) {
            if (node.nodeType === Node.TEXT_NODE) {
                if (isEnglish(node.data.trim()) && !node.parentElement.closest('script, style, .contents, .neighbours, .book')) found.push(node.data.trim());
            } else {
                for (const name of ['title', 'aria-label', 'placeholder', 'alt']) {
                    const value = node.getAttribute(name);
                    if (value && isEnglish(value)) found.push(value);
                }
            }
        }
    }
    return found;
})()";

const DANGLING: &str = "[...new Set([...document.querySelectorAll('main a[href^=\"#\"]')].map(link => decodeURIComponent(link.hash.slice(1)))\
    .filter(id => id && !document.getElementById(id)))]";
