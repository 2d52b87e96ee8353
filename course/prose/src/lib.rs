//! Russian prose of a Markdown page: typography, words of the course, spelling.
//!
//! [`Text`] replaces everything that is not prose by marks of the same length, so every rule is a search in a string and every place
//! is a place of the file. [`lint`] gives what the rules find, without what a page allows itself in sight of its readers:
//! `<!-- allow: decimal-comma -->`. [`fixes`] are byte ranges; code, formulas and addresses are never in them.
//!
//! A rule tells; where no meaning can change it also gives a fix, which `check --fix` repeats until nothing is left. An
//! exception that excuses nothing is an error. All of it is switched on by a `spelling.txt` at the book's root.
//!
//! Spelling is spellbook 0.4 (pure Rust, Hunspell's format, MPL-2.0) on the system's `ru_RU` of hunspell-ru (146,000 stems,
//! BSD with an advertising clause and 3.5 MB: not vendored); where there is none, `check` says so, and CI requires it. An
//! unknown word is a warning. «ё» is a list of ours: the dictionary has every word of «ё» with «е» too, and forms like
//! «решёна».

mod allow;
mod rules;
mod spelling;
mod text;

use std::ops::Range;

use diagnostic::{Diagnostic, Level};
pub use page::Finding;

pub use crate::rules::RULES;
pub use crate::spelling::Dictionary;
pub use crate::text::{Block, Kind, Text};

/// The rule that needs a dictionary.
const SPELLING: &str = "spelling";

/// Everything that is to be said about a page; without a dictionary its spelling is not looked at.
pub fn lint(source: &str, dictionary: Option<&Dictionary>) -> Vec<Finding> {
    let text = Text::of(source);
    let mut findings = rules::check(&text);
    let silent = match dictionary {
        Some(dictionary) => {
            findings.extend(dictionary.check(&text));
            &[][..]
        }
        None => &[SPELLING],
    };
    allow::apply(&text, findings, silent)
}

/// The message to the author of `path`: an error, for an unknown word a warning, because no dictionary knows every word that is right.
pub fn diagnostic(finding: &Finding, path: &str) -> Diagnostic {
    let level = if finding.rule == SPELLING { Level::Warning } else { Level::Error };
    let diagnostic = Diagnostic { level, ..finding.diagnostic(path) };
    if finding.fix.is_some() { diagnostic.note("`cargo book check --fix` does that") } else { diagnostic }
}

/// What a machine may change: ranges in their order, none of them in another.
pub fn fixes(findings: &[Finding]) -> Vec<(Range<usize>, String)> {
    let mut fixes: Vec<(Range<usize>, String)> = Vec::new();
    for finding in findings {
        let Some(fix) = &finding.fix else { continue };
        // Two rules may want the same bytes: the first comes first, the other is found again by the next check.
        let is_free =
            fixes.last().is_none_or(|(before, _)| before.end <= finding.range.start && *before != finding.range);
        if is_free {
            fixes.push((finding.range.clone(), fix.clone()));
        }
    }
    fixes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(source: &str) -> String {
        let findings = lint(source, None);
        let lines = findings.iter().map(|found| {
            let place = diagnostic::line_column(source, found.range.start);
            let fix = found.fix.as_ref().map(|fix| format!(" → {fix:?}")).unwrap_or_default();
            format!("{}:{} {} {:?}{fix}", place.line, place.column, found.rule, &source[found.range.clone()])
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    fn fixed(source: &str) -> String {
        let mut text = source.to_owned();
        for (range, fix) in fixes(&lint(source, None)).into_iter().rev() {
            text.replace_range(range, &fix);
        }
        text
    }

    #[test]
    fn wrong_marks_are_told_at_their_places() {
        insta::assert_snapshot!(told(
            "Шаг \"большой\" - это 10-20, или 0.95, или 1.5; при -5 и 5% из 10000 ... и так , далее! Еще счетчик идет вперед, а определенно все перед зерном.\n\n\
             «Одно «другое»» и „третье“, то—это, т.е. Б. Т. Поляк, x ≤ y — конец\n— да и\nнет.\n\n\
             Контролируемое обучение и «контролируемое обучение»; в современном\nмире. $\\phi \\le 0.5$ и $x^T$\n"
        ));
    }

    #[test]
    fn what_is_right_is_left_alone() {
        let right = "# 1.8. Разложение (SVD) {#svd-1}\n\n\
            Шаг «большой „очень“»\u{a0}— это 10–20, 0,95, −5, 5\u{a0}% из\u{a0}10\u{a0}000; по\u{a0}версии 1.1, CC BY 4.0, (3.1.2), GPT-3.5.\n\n\
            Код `a - b \"c\" 0.5`, $a - 0{,}5$, [ссылка](a-1.5.md), arXiv:2106.09685, кто-то, $n$-й, 2-й. \
            Черновик чернилами, чернокожий полетит; ГОСТ\u{a0}Р\u{a0}71476-2024, ISO/IEC\u{a0}42001-2023.\n\n\
            - пункт\n- и\u{a0}ещё\n\n| 0,5 | — |\n|---|---|\n| 12345678-я | `x` % |\n\n```text\n\"a\" - 0.5 !\n```\n\n<!-- claim: x > 0.5 -->\n";
        assert_eq!(told(&right.replace("| `x` % |", "| `x`\u{a0}% |")), "");
    }

    #[test]
    fn what_is_safe_is_mended_and_nothing_else_is_touched() {
        insta::assert_snapshot!(fixed(
            "Он сказал \"да\" - и в 10-20 % случаев ушёл в лес, `\"x\" - 10-20`, $10-20$, [а](b-c.md \"д\").\n> цитата — \"так\" ...\n"
        ));
        let once = fixed("в \"а\" - и о -5 т.е. 0.5%\n");
        assert_eq!(fixed(&once), once);
    }

    #[test]
    fn groups_of_digits_that_a_line_can_part_are_told_and_mended() {
        let page = "Всего 10 000 слов, 1 000 000,5 букв, −12 500 и 5–10\u{a0}000 руб. (2 000), в 2020 году 10 000-мерный.\nИз 10\n000 и $1 000$.\n\n| 1 000 |\n|---|\n";
        insta::assert_snapshot!(told(page));
        assert!(fixed(page).contains("1\u{a0}000\u{a0}000,5 букв"));
    }

    #[test]
    fn digits_that_are_no_groups_of_one_number_are_left_alone() {
        let right = "Телефон 8 800 555 35 35 и +7 495 123 45 67, год 2020 300 человек, 1 2 300, 5 100-метровых забегов, 007 008, \
            10\u{a0}000, 1 000.5, 12:30 100:1, `10 000`, $10\\,000$, x1 000, страница 10\n300 человек.\n\n```text\n10 000\n```\n";
        assert_eq!(told(right).lines().filter(|line| line.contains(" digits ")).collect::<Vec<_>>(), [""; 0]);
    }

    #[test]
    fn numbers_and_sentences_that_touch_their_neighbours_are_told_and_mended() {
        let page = "Как на рис.5, п. 3 и №7, см. гл.\n2. Первое.Второе,третье; «так».Нет,«да»; **Всё.**Дальше.\n";
        insta::assert_snapshot!(told(page));
        assert_eq!(told(&fixed(page)).lines().count(), 1, "a number on the next line is the author's to move");
        let right = "Файл слово.md, т.\u{a0}е. пример.рф, 3,5 и 10.5.2020 <!-- allow: decimal-comma — дата -->, слово,&nbsp;другое, рис.\u{a0}5, ип.3.\n";
        let told = told(right);
        assert!(!told.contains(" space ") && !told.contains(" abbreviation "), "{told}");
    }

    #[test]
    fn an_exception_before_a_table_holds_for_all_of_it() {
        let table = "<!-- allow: decimal-comma — как на экране -->\n\n| 0.5 | 0.25 |\n|---|---|\n| a | 0.125 |\n";
        assert_eq!(told(table), "");
        assert_eq!(told(&format!("{table}\n0.5 руб.\n")), "7:2 decimal-comma \".\" → \",\"");
    }

    #[test]
    fn exceptions_are_seen_and_must_be_needed() {
        insta::assert_snapshot!(told(
            "Курс 0.5 <!-- allow: decimal-comma — так на экране -->\n\n<!-- allow: quotes -->\n\nВот \"так\".\n\nА 0.5 тут.\n\n\
             Здесь всё верно. <!-- allow: quotes, unstable -->\n"
        ));
    }
}
