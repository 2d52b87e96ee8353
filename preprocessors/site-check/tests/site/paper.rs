//! What a page is on paper.

use anyhow::Result;
use serde_json::json;
use site_check::Tab;

use crate::{DESK, address, chromium};

const PAGE: &str = "часть/упражнения.html";

/// A lecture's last sections: questions that are folded with their answers, exercises with solutions, a proof, folded code.
pub fn page() -> &'static str {
    "# Упражнения и вопросы\n\n<details><summary>Доказательство</summary>\n\nОчевидно.\n\n</details>\n\n\
     <figure class=\"cell\"><details class=\"cell-code\"><summary>Код</summary>\n\n```rust\nлагранж()\n```\n\n</details></figure>\n\n\
     ## Вопросы {#questions}\n\n<details><summary>1. Что будет при нуле?</summary>\n\nНичего.\n\n</details>\n\n\
     ## Упражнения {#ex}\n\n**3 (●●, код).** Найдите 2 + 2.\n\nПодсказка: на пальцах.\n\n<details><summary>Решение</summary>\n\nЧетыре.\n\n</details>\n\n\
     ## История и источники {#sources}\n\n<details><summary>Подробности</summary>\n\nСтарые.\n\n</details>\n"
}

/// The text of the page as a reader sees it, without the bar, line by line.
const TEXT: &str =
    "document.querySelector('main').innerText.split(/\\n+/).map(line => line.trim()).filter(line => line)";

#[test]
fn on_paper_answers_stand_at_the_end_and_code_stays_folded() -> Result<()> {
    let Some((mut chromium, _turn)) = chromium() else { return Ok(()) };
    let mut tab = Tab::new(&mut chromium, DESK)?;
    tab.open(&address(PAGE))?;
    let before = tab.evaluate("document.querySelector('main').innerHTML")?;
    tab.on_paper(658)?;
    tab.evaluate(&format!("addEventListener('beforeprint', () => {{ window.printed = {TEXT}; }}), 0"))?;
    assert!(tab.print()?.starts_with("JVBERi0"), "not a PDF");
    let wanted = [
        "Упражнения и вопросы",
        "Доказательство",
        "Очевидно.",
        "Вопросы",
        "1. Что будет при нуле?",
        "Упражнения",
        "3 (●●, код). Найдите 2 + 2.",
        "Подсказка: на пальцах.",
        "История и источники",
        "Подробности",
        "Старые.",
        "Ответы",
        "Вопросы",
        "1.",
        "Ничего.",
        "Упражнения",
        "3.",
        "Четыре.",
    ];
    assert_eq!(tab.evaluate("printed")?, json!(wanted));
    assert_eq!(tab.evaluate("document.querySelector('main').innerHTML")?, before);
    Ok(())
}

#[test]
fn a_sheet_says_what_it_is_of() -> Result<()> {
    let Some((mut chromium, _turn)) = chromium() else { return Ok(()) };
    let mut tab = Tab::new(&mut chromium, DESK)?;
    tab.open(&address(PAGE))?;
    let head = "(() => { dispatchEvent(new Event('beforeprint')); \
        const said = [...document.styleSheets].at(-1).cssRules[0].cssText; dispatchEvent(new Event('afterprint')); return said; })()";
    let said = tab.evaluate(head)?;
    assert!(said.as_str().is_some_and(|said| said.contains("content: \"Упражнения и вопросы")), "{said}");
    Ok(())
}

#[test]
fn a_figure_keeps_its_data_folded_on_paper() -> Result<()> {
    let Some((mut chromium, _turn)) = chromium() else { return Ok(()) };
    let mut tab = Tab::new(&mut chromium, DESK)?;
    tab.open(&address("часть/шаг.html"))?;
    let folded = "document.querySelectorAll('main details:not([open])').length";
    tab.evaluate(&format!("addEventListener('beforeprint', () => {{ window.folded = {folded}; }}), 0"))?;
    tab.print()?;
    let kept = tab.evaluate("document.querySelectorAll('main details:is(.output-data, .cell-code)').length")?;
    assert_ne!(kept, json!(0));
    assert_eq!(tab.evaluate("folded")?, kept);
    Ok(())
}
