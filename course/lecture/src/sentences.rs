//! Paragraphs and sentences of Russian prose, in words.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// What stands for a formula or a piece of code in a sentence: neither is a word.
const FOREIGN: &str = "□";

/// Abbreviations that end with a dot and no sentence.
const SHORT: [&str; 22] = [
    "т", "е", "д", "п", "др", "пр", "рис", "табл", "см", "ср", "им", "гл", "стр", "с", "ред", "изд", "англ", "лат",
    "напр", "гг", "вв", "разд",
];

/// The paragraphs of a page's text: those of lists too, spoilers, tables, headings and code aside.
pub(crate) fn paragraphs(text: &str) -> Vec<String> {
    let (mut found, mut open, mut depth, mut left_out) = (Vec::new(), None::<String>, 0_usize, 0_usize);
    for event in Parser::new_ext(text, page::outline::extensions()) {
        match event {
            Event::Start(Tag::Paragraph) if depth == 0 && left_out == 0 => open = Some(String::new()),
            Event::End(TagEnd::Paragraph) => found.extend(open.take()),
            Event::Start(Tag::Heading { .. } | Tag::Table(_) | Tag::CodeBlock(_) | Tag::FootnoteDefinition(_)) => {
                left_out += 1;
            }
            Event::End(TagEnd::Heading(_) | TagEnd::Table | TagEnd::CodeBlock | TagEnd::FootnoteDefinition) => {
                left_out = left_out.saturating_sub(1);
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                depth = (depth + html.matches("<details").count()).saturating_sub(html.matches("</details").count());
            }
            Event::Text(words) => open.iter_mut().for_each(|open| open.push_str(&words)),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                open.iter_mut().for_each(|open| open.push_str(FOREIGN));
            }
            Event::SoftBreak | Event::HardBreak => open.iter_mut().for_each(|open| open.push(' ')),
            _ => {}
        }
    }
    found.retain(|paragraph| words(paragraph) > 0);
    found
}

/// How many words each sentence of a paragraph has; one without a word is none.
pub(crate) fn sentences(paragraph: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut from = 0;
    for (at, mark) in paragraph.char_indices().filter(|(_, letter)| matches!(letter, '.' | '!' | '?' | '…')) {
        if at < from {
            continue;
        }
        let behind = &paragraph[at + mark.len_utf8()..];
        let closing = behind.trim_start_matches(['»', '“', ')', '"', '.', '!', '?', '…']);
        let next = closing.trim_start();
        let is_end = next.is_empty() || (next.len() < closing.len() && begins(next));
        if is_end && !(mark == '.' && is_short(&paragraph[from..at]) && !next.is_empty()) {
            let end = paragraph.len() - closing.len();
            found.push(words(&paragraph[from..end.max(from)]));
            from = end.max(from);
        }
    }
    found.push(words(&paragraph[from..]));
    found.retain(|words| *words > 0);
    found
}

/// Whether a sentence may begin so.
fn begins(text: &str) -> bool {
    let first = text.trim_start_matches(['«', '„', '(', '"', '[']).chars().next();
    first
        .is_some_and(|letter| letter.is_uppercase() || letter.is_numeric() || FOREIGN.contains(letter) || letter == '—')
}

/// Whether what stands in front of a dot is an abbreviation or an initial.
fn is_short(text: &str) -> bool {
    let word = text.rsplit(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
    let is_initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    is_initial || SHORT.contains(&word)
}

fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_the_next_begins() {
        let lengths = |text: &str| sentences(&paragraphs(text).concat());
        assert_eq!(lengths("Слово раз. Два слова тут! А это? Да…"), [2, 3, 2, 1]);
        assert_eq!(lengths("См. рис. 3 и т. д. в книге Б. Т. Поляка. Вот."), [10, 1]);
        assert_eq!(lengths("Шаг равен $0.5$. $x$ растёт, а `=y.max(1)` нет. Всё."), [2, 3, 1]);
        assert_eq!(lengths("Он сказал: «Пойдём.» И пошёл"), [3, 2]);
        assert_eq!(lengths("Он спросил: «Пойдём?». И пошёл... Вот"), [3, 2, 1]);
        assert_eq!(lengths("Доля 3.5 процента."), [2]);
    }

    #[test]
    fn spoilers_tables_headings_and_code_are_no_prose() {
        let text = "# Заголовок\n\nРаз слово.\n\n<details><summary>Ещё</summary>\n\nСкрыто.\n\n</details>\n\n| а | б |\n|---|---|\n| в | г |\n\n\
                    ```text\nкод\n```\n\n- пункт первый\n\n- пункт второй\n";
        assert_eq!(paragraphs(text), ["Раз слово.", "пункт первый", "пункт второй"]);
    }
}
