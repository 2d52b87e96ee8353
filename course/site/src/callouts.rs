//! Callouts: quotations that begin with a bold word and a full stop, `> **Теорема (Вейль).** …`.

use std::ops::Range;

use diagnostic::{Diagnostic, Place};
use page::outline::What;
use page::{Edit, Outline};
use pulldown_cmark::BlockQuoteKind;

/// What a callout is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What a word means.
    Definition,
    /// What is proved.
    Theorem,
    /// One case.
    Example,
    /// By the way.
    Note,
    /// Where readers go wrong.
    Warning,
}

/// Words that begin a callout.
const WORDS: [(Kind, &[&str]); 5] = [
    (Kind::Definition, &["Определение", "Определения", "Обозначение", "Обозначения"]),
    (
        Kind::Theorem,
        &[
            "Теорема",
            "Лемма",
            "Следствие",
            "Утверждение",
            "Предложение",
            "Свойство",
            "Свойства",
            "Гипотеза",
            "Аксиома",
            "Аксиомы",
        ],
    ),
    (Kind::Example, &["Пример", "Примеры", "Контрпример", "Задача", "Эксперимент", "Алгоритм"]),
    (Kind::Note, &["Замечание", "Замечания", "Совет", "Идея", "Вопрос", "Итог", "Важно"]),
    (Kind::Warning, &["Внимание", "Осторожно", "Предупреждение", "Ловушка", "Ошибка"]),
];

impl Kind {
    /// The class of its frame.
    pub fn class(self) -> &'static str {
        match self {
            Self::Definition => "definition",
            Self::Theorem => "theorem",
            Self::Example => "example",
            Self::Note => "note",
            Self::Warning => "warning",
        }
    }

    /// The kind of a callout that begins with a title.
    pub fn of(title: &str) -> Option<Self> {
        let first = title.split(|letter: char| !letter.is_alphabetic()).next()?;
        WORDS.iter().find(|(_, words)| words.contains(&first)).map(|(kind, _)| *kind)
    }
}

/// The edits that frame the callouts of a page, and the callouts that nobody knows.
pub fn callouts(text: &str, outline: &Outline, path: &str) -> (Vec<Edit>, Vec<Diagnostic>) {
    let mut edits = Vec::new();
    let mut diagnostics = Vec::new();
    for (index, quote) in outline.pieces.iter().enumerate() {
        let What::Quote(alert) = &quote.what else { continue };
        if outline.is_in(quote, |around| matches!(around, What::Quote(_))) {
            continue;
        }
        let kind = match (alert, title(text, outline, index)) {
            (Some(alert), _) => {
                let (kind, title) = russian(*alert);
                edits.extend(mark(text, &quote.range).map(|mark| Edit::new(mark, format!("**{title}.**"))));
                kind
            }
            (None, Some((title, range))) if title.ends_with('.') => match Kind::of(&title) {
                Some(_) if title.matches('(').count() != title.matches(')').count() => {
                    diagnostics.push(half_named(&title, Place::new(path, range)));
                    continue;
                }
                Some(kind) => kind,
                None => {
                    diagnostics.push(unknown(&title, Place::new(path, range)));
                    continue;
                }
            },
            (None, title) => {
                diagnostics.extend(
                    nearly(text, outline, index, title)
                        .map(|range| without_title(&text[range.clone()], Place::new(path, range))),
                );
                continue;
            }
        };
        edits.extend(frame(text, &quote.range, kind));
    }
    (edits, diagnostics)
}

/// The bold words that a quotation begins with. An anchor for links may stand before them.
fn title(text: &str, outline: &Outline, quote: usize) -> Option<(String, Range<usize>)> {
    let is_before = |what: &What| matches!(what, What::Paragraph | What::Html | What::Markup(_) | What::Comment(_));
    let (at, first) = outline.inside(quote).iter().enumerate().find(|(_, piece)| !is_before(&piece.what))?;
    (first.what == What::Strong).then(|| (outline.words(text, quote + 1 + at), first.range.clone()))
}

/// A quotation that was meant as a callout: `> Теорема. …` without stars, `> **Теорема** …` and `> **Теорема**. …` without the full stop
/// inside of them.
fn nearly(text: &str, outline: &Outline, quote: usize, title: Option<(String, Range<usize>)>) -> Option<Range<usize>> {
    let is_word = |word: &str| WORDS.iter().any(|(_, words)| words.contains(&word));
    if let Some((title, range)) = title {
        return is_word(&title).then_some(range);
    }
    let first = outline.inside(quote).iter().find(|piece| matches!(piece.what, What::Text(None)))?;
    let line = &text[first.range.clone()];
    let begins = outline.ancestors(first).all(|around| matches!(around.what, What::Paragraph | What::Quote(_)));
    let end = line.find('.')?;
    let word = line[..end].split(" (").next()?;
    (begins && is_word(word)).then(|| first.range.start..first.range.start + end + 1)
}

/// GitHub's own callouts, whose titles mdBook would write in English.
fn russian(github: BlockQuoteKind) -> (Kind, &'static str) {
    match github {
        BlockQuoteKind::Note => (Kind::Note, "Замечание"),
        BlockQuoteKind::Tip => (Kind::Note, "Совет"),
        BlockQuoteKind::Important => (Kind::Note, "Важно"),
        BlockQuoteKind::Warning => (Kind::Warning, "Внимание"),
        BlockQuoteKind::Caution => (Kind::Warning, "Осторожно"),
    }
}

/// Where `[!NOTE]` stands.
fn mark(text: &str, quote: &Range<usize>) -> Option<Range<usize>> {
    let open = quote.start + text[quote.clone()].find("[!")?;
    let close = open + text[open..quote.end].find(']')?;
    Some(open..close + 1)
}

/// A frame around a quotation that begins its line; one behind the mark of a list stays a plain quotation.
fn frame(text: &str, quote: &Range<usize>, kind: Kind) -> Vec<Edit> {
    let line = text[..quote.start].rfind('\n').map_or(0, |before| before + 1);
    let indent = &text[line..quote.start];
    if !indent.trim().is_empty() {
        return Vec::new();
    }
    let opening = format!("{indent}<div class=\"callout {}\">\n\n", kind.class());
    let break_before = if text[..quote.end].ends_with('\n') { "" } else { "\n" };
    let closing = format!("{break_before}\n{indent}</div>\n\n");
    vec![Edit::insert(line, opening), Edit::insert(quote.end, closing)]
}

fn half_named(title: &str, place: Place) -> Diagnostic {
    let message = format!("one of the brackets of «{}» has no pair", title.trim_end_matches('.'));
    Diagnostic::error("unknown-callout", message, place).help("write the name as in `**Теорема (Эккарт — Янг).**`")
}

fn without_title(words: &str, place: Place) -> Diagnostic {
    let title = words.trim_matches(['*', '.']);
    Diagnostic::error("unknown-callout", "this quotation is framed as no callout".to_owned(), place)
        .label("a callout begins with bold words, a full stop among them")
        .help(format!("write `**{title}.**`; a plain quotation begins with another word"))
}

fn unknown(title: &str, place: Place) -> Diagnostic {
    let words: Vec<&str> = WORDS.iter().map(|(_, words)| words[0]).collect();
    Diagnostic::error("unknown-callout", format!("no callout begins with `{title}`"), place)
        .label("a quotation that begins with bold words and a full stop is a callout")
        .help(format!(
            "begin with {} or another word of CONTRIBUTING.md; a plain quotation begins otherwise",
            words.join(", ")
        ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use page::apply;

    fn framed(text: &str) -> (String, Vec<String>) {
        let (edits, diagnostics) = callouts(text, &Outline::of(text), "src/а.md");
        (apply(text, &edits), diagnostics.into_iter().map(|wrong| wrong.message).collect())
    }

    #[test]
    fn a_callout_is_framed_and_its_bytes_stay() {
        let text = "Да.\n\n> **Теорема (Вейль).** Пусть $x$.\n>\n> $$\n> y\n> $$\n\nНет.\n";
        let (page, wrong) = framed(text);
        insta::assert_snapshot!(page);
        assert!(wrong.is_empty());
        assert!(page.contains("> **Теорема (Вейль).** Пусть $x$.\n>\n> $$\n> y\n> $$\n"));
    }

    #[test]
    fn an_anchor_may_stand_before_the_title() {
        let (page, _) = framed("> <a id=\"thm\"></a>**Лемма.** Да.");
        assert!(page.starts_with("<div class=\"callout theorem\">\n\n> <a id=\"thm\">"), "{page}");
        assert!(page.ends_with("Да.\n\n</div>\n\n"), "{page}");
    }

    #[test]
    fn a_callout_of_a_list_stays_in_it() {
        let (page, _) = framed("- шаг\n\n  > **Пример.** Да.\n\n- шаг\n");
        insta::assert_snapshot!(page);
    }

    #[test]
    fn callouts_of_github_speak_russian() {
        let (page, _) = framed("> [!WARNING]\n> Не делите на нуль.\n");
        insta::assert_snapshot!(page);
    }

    #[test]
    fn quotations_are_left_alone() {
        for text in
            ["> Просто цитата.\n", "> **Кто-то** сказал.\n", "> Да. **Теорема.**\n", "- > **Пример.** за меткой\n"]
        {
            assert_eq!(framed(text), (text.to_owned(), Vec::new()));
        }
    }

    #[test]
    fn a_quotation_that_was_meant_as_a_callout_is_told() {
        for text in ["> Теорема. Да.\n", "> Теорема (Вейль). Да.\n", "> **Теорема** Да.\n", "> **Теорема**. Да.\n"]
        {
            assert_eq!(framed(text), (text.to_owned(), vec!["this quotation is framed as no callout".to_owned()]));
        }
        for text in
            ["> Теорема Вейля. Да.\n", "> Важно, что да.\n", "> **Теорема Вейля** верна.\n", "- > Да. Теорема.\n"]
        {
            assert_eq!(framed(text), (text.to_owned(), Vec::new()));
        }
    }

    #[test]
    fn an_unknown_word_is_a_mistake() {
        assert_eq!(framed("> **Теорема.** Да.\n\n> **Тиорема.** Нет.\n").1, ["no callout begins with `Тиорема.`"]);
    }
}
