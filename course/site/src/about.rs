//! What a page is about: what its author says in `<!-- about: … -->`, or its first sentences.

use page::Outline;
use page::outline::What;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// How many characters others show of a description.
const MOST: usize = 200;
const MARK: &str = "about:";
/// What stands later goes into particulars.
const FIRST: usize = 4;

/// The description of a page; empty for a page without a paragraph.
pub fn about(text: &str, outline: &Outline) -> String {
    let mut comments = outline.comments().map(|(_, inside)| &text[inside.clone()]);
    if let Some(said) = comments.find_map(|comment| comment.strip_prefix(MARK)) {
        return said.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let blocks =
        outline.pieces.iter().enumerate().filter(|(_, piece)| piece.parent.is_none() && piece.what == What::Paragraph);
    let mut paragraphs = blocks.take(FIRST).filter_map(|(_, piece)| prose(&text[piece.range.clone()]));
    paragraphs.next().map(|prose| sentences(&prose)).unwrap_or_default()
}

/// The words of a paragraph; none of one that is a line under a title, or has what words cannot say.
fn prose(markdown: &str) -> Option<String> {
    if markdown.starts_with('*') && !markdown.starts_with("**")
        || markdown.contains(['$', '<'])
        || markdown.contains("[[")
        || markdown.contains("](#")
    {
        return None;
    }
    let mut words = String::new();
    let mut notes = 0;
    for event in Parser::new_ext(markdown, Options::ENABLE_FOOTNOTES) {
        match event {
            Event::Start(Tag::FootnoteDefinition(_)) => notes += 1,
            Event::End(TagEnd::FootnoteDefinition) => notes -= 1,
            Event::Text(text) | Event::Code(text) if notes == 0 => words.push_str(&text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    (words.chars().count() > 60).then_some(words)
}

/// Whole sentences that fit; the beginning of the first where none does.
fn sentences(prose: &str) -> String {
    let fits = |end: &usize| prose[..*end].chars().count() <= MOST;
    let ends = prose.match_indices([' ']).filter(|(at, _)| {
        prose[..*at].ends_with(['.', '!', '?', '…', '»'])
            && prose[at + 1..].starts_with(|letter: char| letter.is_uppercase() || letter == '«')
    });
    let mut ends = ends.map(|(at, _)| at).chain([prose.len()]);
    if let Some(end) = ends.rfind(fits) {
        return prose[..end].to_owned();
    }
    let end = prose.match_indices(' ').map(|(at, _)| at).rfind(fits).unwrap_or(prose.len());
    format!("{}…", prose[..end].trim_end_matches([',', ';', ':', '—', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> String {
        about(text, &Outline::of(text))
    }

    #[test]
    fn a_page_is_about_what_its_author_or_its_first_sentences_say() {
        let long =
            "Как хранить *картинку* в десять раз короче и ничего не потерять? Ответ даёт [разложение](a.md) матрицы.";
        let plain = "Как хранить картинку в десять раз короче и ничего не потерять? Ответ даёт разложение матрицы.";
        assert_eq!(
            of(&format!(
                "# А\n\n*Часть I · 60 минут*\n\n## Зачем\n\nПусть $x$ — число, и о нём пойдёт речь во всей этой лекции.\n\n{long}\n"
            )),
            plain
        );
        assert_eq!(of(&format!("# А\n\n<!-- about: Своими словами. -->\n\n{long}\n")), "Своими словами.");
        let tail = "Второе предложение длиннее первого и не помещается, потому что в нём слишком много слов, которые ничего не значат, кроме того, что их много.";
        assert_eq!(of(&format!("{long} {tail}\n")), plain);
        assert!(of(&format!("{}.\n", "слово ".repeat(60))).ends_with("слово…"));
        assert_eq!(of("# А\n"), "");
    }
}
