//! Exercises as places that can be linked: `**3 (●●, код).** …` has the anchor `ex-3`.

use page::outline::What;
use page::{Edit, Outline, escape};

/// What their section is called.
const SECTION: &str = "Упражнения";

/// An anchor behind the title of each exercise; its link is empty, the theme shows a sign in it.
pub fn anchors(text: &str, outline: &Outline) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut section = None;
    for (index, piece) in outline.pieces.iter().enumerate() {
        match &piece.what {
            What::Heading(heading) if outline.words(text, index).trim().starts_with(SECTION) => {
                section = Some(heading.level);
            }
            What::Heading(heading) => section = section.filter(|open| heading.level > *open),
            What::Paragraph if section.is_some() && !piece.folded && piece.parent.is_none() => {
                let Some(title) = outline.inside(index).first().filter(|title| title.what == What::Strong) else {
                    continue;
                };
                let Some(number) = number(&text[title.range.clone()]) else { continue };
                edits.push(Edit::insert(title.range.end, anchor(number)));
            }
            _ => {}
        }
    }
    edits
}

/// The 3 of `**3 (●●, код).**`.
fn number(title: &str) -> Option<&str> {
    let number = title.trim_start_matches('*').split(' ').next()?.trim_end_matches(['*', '.']);
    (!number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit())).then_some(number)
}

fn anchor(number: &str) -> String {
    let number = escape::text(number);
    format!("<a class=\"exercise\" id=\"ex-{number}\" href=\"#ex-{number}\" aria-label=\"Упражнение {number}\"></a>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exercise_has_an_anchor_behind_its_title() {
        let text = "**1 (●).** Не здесь.\n\n## Упражнения {#ex}\n\n**1 (●, на бумаге).** Найдите.\n\n<details><summary>Решение</summary>\n\n\
            **2.** Шаг.\n\n</details>\n\n**Подсказка.** Нет.\n\n### Труднее\n\n**12.** Докажите.\n\n## Дальше\n\n**3 (●).** Нет.\n";
        let edits = anchors(text, &Outline::of(text));
        let marked = page::apply(text, &edits);
        let found: Vec<&str> = marked.lines().filter(|line| line.contains("class=\"exercise\"")).collect();
        assert_eq!(
            found,
            [
                "**1 (●, на бумаге).**<a class=\"exercise\" id=\"ex-1\" href=\"#ex-1\" aria-label=\"Упражнение 1\"></a> Найдите.",
                "**12.**<a class=\"exercise\" id=\"ex-12\" href=\"#ex-12\" aria-label=\"Упражнение 12\"></a> Докажите.",
            ]
        );
    }
}
