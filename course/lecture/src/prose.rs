//! The prose of a page, block by block, as its reader sees it.
//!
//! Words and sentences are those of [`russian`]. A formula, a piece of code or a value inside of a sentence is a word; `[@key]` and
//! `{#eq-key}` are marks and none. Words are counted in paragraphs, points of lists, headings and tables; code, displayed formulas apart
//! and captions have none. Sentences are those of paragraphs and of points that end like a sentence: a point that names a thing is none. Bold words
//! with a full stop that a paragraph begins with («**Теорема 2.**», «**3 (●●, код).**») are its heading, and no sentence.
//!
//! A paragraph goes around the displayed formulas that stand in the middle of its thought: behind a lead-in that has not come to its full
//! stop («… даёт уравнение:»), and in front of words that go on («где $x$ — шаг»). A box and the task of an exercise are as long as what they
//! say: their sentences count, and they are no paragraphs of the text; the line of the lecture's facts under its title is neither.

use std::collections::BTreeMap;

use page::Outline;
use page::outline::{Piece, What};
use russian::FORMULA;

use crate::tasks::is_exercise;

/// A block of text that stands on its own, spoilers aside or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    pub kind: Kind,
    /// Inside of a spoiler.
    pub folded: bool,
    /// Bold words in front that are the block's heading.
    pub heading: String,
    /// What follows, or all of it.
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Paragraph,
    Point,
    /// A paragraph of a box, or the task of an exercise.
    Set,
    /// A heading, a cell of a table, a footnote, the line under the title.
    Apart,
}

impl Block {
    /// How many words it has.
    pub(crate) fn words(&self) -> usize {
        russian::count(&self.heading) + russian::count(&self.text)
    }

    /// Formulas that stand apart from the text.
    fn is_display(&self) -> bool {
        let all = || self.heading.chars().chain(self.text.chars());
        self.is_paragraph()
            && all().any(|letter| letter == FORMULA)
            && all().all(|letter| letter == FORMULA || !letter.is_alphanumeric())
    }

    fn is_paragraph(&self) -> bool {
        matches!(self.kind, Kind::Paragraph | Kind::Set)
    }

    /// Whether its last sentence still wants its end.
    fn leads_in(&self) -> bool {
        !ends_a_sentence(&self.text)
    }

    /// How many words each of its sentences has.
    pub(crate) fn sentences(&self) -> Vec<usize> {
        match self.kind {
            Kind::Apart => Vec::new(),
            Kind::Point if !ends_a_sentence(&self.text) => Vec::new(),
            Kind::Point | Kind::Paragraph | Kind::Set => {
                let lengths = russian::sentences(&self.text).into_iter().map(russian::count);
                lengths.filter(|words| *words > 0).collect()
            }
        }
    }
}

fn ends_a_sentence(text: &str) -> bool {
    text.trim_end().trim_end_matches(['»', '“', ')']).ends_with(['.', '!', '?', '…'])
}

/// The blocks of a page by the number of their piece.
pub(crate) fn blocks(text: &str, outline: &Outline) -> BTreeMap<usize, Block> {
    let mut blocks: BTreeMap<usize, Block> = BTreeMap::new();
    let formula = FORMULA.to_string();
    for piece in &outline.pieces {
        let words = match &piece.what {
            What::Text(None) => &text[piece.range.clone()],
            What::Text(Some(words)) => words,
            What::Code(_) | What::Formula(_) => &formula,
            What::SoftBreak | What::HardBreak => " ",
            _ => continue,
        };
        let Some((number, kind)) = around(outline, piece) else { continue };
        let (heading, text) = (String::new(), String::new());
        let new = Block { kind, folded: piece.folded, heading, text };
        let block = blocks.entry(number).or_insert(new);
        let is_heading = block.text.is_empty() && outline.is_in(piece, |what| *what == What::Strong);
        if is_heading { &mut block.heading } else { &mut block.text }.push_str(words);
    }
    for block in blocks.values_mut() {
        // Bold words without a stop are the beginning of a sentence.
        if !block.heading.trim_end().ends_with(['.', ':', '?', '!']) || block.text.trim().is_empty() {
            block.text.insert_str(0, &std::mem::take(&mut block.heading));
        }
        for text in [&mut block.heading, &mut block.text] {
            *text = without("[@", ']', &without("{#", '}', text));
        }
        match block.kind {
            Kind::Paragraph if is_exercise(&block.heading) => block.kind = Kind::Set,
            Kind::Paragraph if is_facts(&block.text) => block.kind = Kind::Apart,
            _ => {}
        }
    }
    joined(text, outline, blocks)
}

/// «*Часть I · сложность ●○○ · …*»
fn is_facts(text: &str) -> bool {
    text.starts_with("Часть") && text.contains(" · ")
}

/// Displayed formulas are no blocks of their own, and a paragraph goes around them: behind its lead-in, and in front of a sentence that goes
/// on («где $x$ — …»).
fn joined(text: &str, outline: &Outline, blocks: BTreeMap<usize, Block>) -> BTreeMap<usize, Block> {
    let follows = |before: usize, number: usize| {
        let (before, next) = (&outline.pieces[before].range, &outline.pieces[number].range);
        let is_quoting = |letter: char| letter.is_whitespace() || letter == '>';
        text.get(before.end..next.start).is_some_and(|between| between.chars().all(is_quoting))
    };
    let mut all: BTreeMap<usize, Block> = BTreeMap::new();
    // The last piece of a paragraph that displays have followed, and whether one has.
    let mut last: Option<(usize, bool)> = None;
    for (number, block) in blocks {
        let behind = last.filter(|(before, _)| follows(*before, number));
        if block.is_display() {
            last = behind.map(|_| (number, true));
            continue;
        }
        last = block.is_paragraph().then_some((number, false));
        let is_behind = block.is_paragraph() && block.heading.is_empty() && behind.is_some_and(|(_, display)| display);
        let around = all.last_entry().filter(|_| is_behind);
        let is_in_sentence = block.text.trim_start().starts_with(char::is_lowercase);
        match around {
            Some(mut first) if first.get().kind == block.kind && (is_in_sentence || first.get().leads_in()) => {
                // Inside of a sentence a formula is a word; behind its end another sentence begins.
                let between = if is_in_sentence { format!(" {FORMULA} ") } else { ". ".to_owned() };
                first.get_mut().text.push_str(&(between + &block.text));
            }
            _ => {
                all.insert(number, block);
            }
        }
    }
    all
}

/// The block that a piece is in: its number and what it is. A point of a tight list has no paragraph of its own.
fn around(outline: &Outline, piece: &Piece) -> Option<(usize, Kind)> {
    let numbers = std::iter::successors(piece.parent, |number| outline.pieces[*number].parent);
    let mut block = None;
    for number in numbers {
        let kind = match outline.pieces[number].what {
            What::Paragraph => Kind::Paragraph,
            What::Quote(_) => Kind::Set,
            What::Item | What::Term | What::Definition => Kind::Point,
            What::Heading(_) | What::TableCell | What::Footnote(_) => Kind::Apart,
            _ => continue,
        };
        block = match block {
            None => Some((number, kind)),
            Some((inner, Kind::Paragraph)) if kind != Kind::Paragraph => Some((inner, kind)),
            block => block,
        };
    }
    block
}

/// The text without marks that begin and end so: citations, labels of formulas.
fn without(begin: &str, end: char, text: &str) -> String {
    let mut left = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once(begin) {
        left.push_str(before);
        rest = behind.split_once(end).map_or("", |(_, behind)| behind);
    }
    left + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Block> {
        blocks(text, &Outline::of(text)).into_values().collect()
    }

    #[test]
    fn formulas_code_and_values_are_words_and_citations_are_none() {
        let blocks = read("Шаг $0.5$, а `=y.max(1)` нет [@polyak1964; @nesterov]. $k$-й шаг $$x = 1$$ последний.\n");
        assert_eq!(blocks[0].text, "Шаг ℱ, а ℱ нет . ℱ-й шаг ℱ последний.");
        assert_eq!((blocks[0].words(), blocks[0].sentences()), (9, vec![5, 4]));
    }

    #[test]
    fn a_displayed_formula_is_no_paragraph() {
        let blocks =
            read("Слова перед ней:\n\n$$x = 1.$$ {#eq-x}\n\n$$\\begin{aligned}y\\end{aligned}$$\n\n`=y` и $x$.\n");
        let texts: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(texts, ["Слова перед ней:. ℱ и ℱ."]);
        assert_eq!(blocks[0].sentences(), [3, 3]);
    }

    #[test]
    fn a_paragraph_goes_around_a_display_that_its_lead_in_wants_and_no_further() {
        let blocks = read("Отдельно:\n\n$$t.$$\n\nДальше.\n\n$$u$$\n\nНовый абзац.\n\nПосле него:\n\nслово.\n");
        let texts: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(texts, ["Отдельно:. Дальше.", "Новый абзац.", "После него:", "слово."]);
        let blocks = read("Отдельно:\n\n$$t.$$\n\n**Теорема.** Дальше:\n\n$$u$$\n\n> Врезка.\n\n$$v$$\n\n- Пункт.\n");
        let texts: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(
            texts,
            ["Отдельно:", " Дальше:", "Врезка.", "Пункт."],
            "a heading begins a paragraph, a box is apart"
        );
    }

    #[test]
    fn boxes_and_tasks_have_sentences_and_are_no_paragraphs_of_the_text() {
        let blocks = read(
            "*Часть I · сложность ●○○ · нужно: ничего*\n\n> **Теорема.** Если\n>\n> $$x = 1,$$\n>\n> то да.\n>\n> - Пункт.\n\n**3 (●●, код).** Найдите\n\n$$y.$$\n\n**Важно.** Текст.\n",
        );
        let all: Vec<(Kind, Vec<usize>)> = blocks.iter().map(|block| (block.kind, block.sentences())).collect();
        let wanted = [
            (Kind::Apart, vec![]),
            (Kind::Set, vec![4]),
            (Kind::Point, vec![1]),
            (Kind::Set, vec![1]),
            (Kind::Paragraph, vec![1]),
        ];
        assert_eq!(all, wanted);
    }

    #[test]
    fn a_sentence_that_goes_on_behind_a_display_is_one_with_its_beginning() {
        let blocks = read(
            "Тогда длина равна\n\n$$x,$$ {#eq-x}\n\nгде $x$ — шаг. Она мала.\n\n$$y$$\n\n$$z,$$\n\nи всё.\n\nОтдельно:\n\n$$t.$$\n\nДальше.\n\nи не туда.\n",
        );
        let texts: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(texts, ["Тогда длина равна ℱ где ℱ — шаг. Она мала. ℱ и всё.", "Отдельно:. Дальше.", "и не туда."]);
        assert_eq!(blocks[0].sentences(), [7, 2, 3]);
    }

    #[test]
    fn cells_and_points_between_part_paragraphs() {
        let blocks = read("Слово\n\n```text\nкод\n```\n\n$$x$$\n\nи ещё.\n\n- пункт\n\n$$x$$\n\nи конец.\n");
        let texts: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(texts, ["Слово", "и ещё.", "пункт", "и конец."]);
    }

    #[test]
    fn a_heading_in_bold_is_no_sentence_and_bold_words_are() {
        let blocks = read("**Теорема 2.** Она верна.\n\n**Важно** другое.\n\n**Вот и всё.**\n\nИ **так.** Да.\n");
        let lengths: Vec<Vec<usize>> = blocks.iter().map(Block::sentences).collect();
        assert_eq!(lengths, [vec![2], vec![2], vec![3], vec![2, 1]]);
        assert_eq!(blocks[0].words(), 4, "the words of a heading are words");
    }

    #[test]
    fn points_are_sentences_where_they_end_like_one() {
        let blocks = read(
            "- число слов;\n- Он верен. Почему?\n\nСлово.\n\n1. Пункт с абзацем.\n\n   Второй абзац.\n\n2. строки\n",
        );
        let lengths: Vec<(Kind, Vec<usize>)> = blocks.iter().map(|block| (block.kind, block.sentences())).collect();
        let point = |lengths: &[usize]| (Kind::Point, lengths.to_vec());
        let paragraph = (Kind::Paragraph, vec![1]);
        assert_eq!(lengths, [point(&[]), point(&[2, 1]), paragraph, point(&[3]), point(&[2]), point(&[])]);
    }

    #[test]
    fn headings_and_tables_have_words_and_no_sentences_and_code_has_neither() {
        let blocks = read(
            "# Заголовок здесь\n\n| а | б |\n|---|---|\n| Да. | г |\n\n```text\nкод\n```\n\n<details><summary>Ещё</summary>\n\nСкрыто.\n\n</details>\n",
        );
        let all: Vec<(usize, usize, bool)> =
            blocks.iter().map(|block| (block.words(), block.sentences().len(), block.folded)).collect();
        assert_eq!(all, [(2, 0, false), (1, 0, false), (1, 0, false), (1, 0, false), (1, 0, false), (1, 1, true)]);
    }
}
