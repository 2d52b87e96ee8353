//! How a lecture is made: where its pictures stand, how much code lies open, how its sentences run.

use std::ops::Range;

use page::Page;
use page::options::{Code, Mode};

use crate::guide::Guide;
use crate::page::{Lecture, What};
use crate::prose::{Block, Kind, blocks};
use crate::width;

/// What can be measured of the guide's pattern; spoilers aside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pattern {
    /// Words of the text.
    pub words: usize,
    /// Words in front of the first picture, as a share of all in per cent; none without a picture.
    pub first_picture: Option<usize>,
    /// Figures that are schemes.
    pub schemes: usize,
    /// Words of a paragraph on the average.
    pub paragraph: Option<usize>,
    /// Sentences.
    pub sentences: usize,
    /// Words of the one in the middle.
    pub sentence: Option<usize>,
    /// Sentences that are stubs.
    pub stubs: usize,
    /// Sentences that are too long.
    pub long_sentences: usize,
    /// Cells whose code lies open.
    pub open_cells: usize,
    /// Their lines, empty ones aside.
    pub open_lines: usize,
    /// Lines of the longest of them.
    pub longest_cell: usize,
    /// Characters of their widest line.
    pub widest_line: usize,
    /// Those that follow one another with no word between.
    pub side_by_side: usize,
    /// Displayed formulas that a phone has to scroll, as far as their source tells.
    pub wide_displays: usize,
}

/// Functions of the plots that draw what something is made of and not what was measured.
const SCHEMES: [&str; 7] = ["diagram(", "network(", "tree(", "leaf(", "tensors(", "tokens(", "space("];

impl Pattern {
    /// That of the page `path`, whose text is `text`.
    pub fn of(path: &str, text: &str, guide: &Guide) -> Self {
        let (page, _) = page::read(path, text, &[]);
        let lecture = Lecture::read(path, text);
        let mut pattern = Self { words: lecture.facts().words, ..Self::default() };
        pattern.code(&page, &lecture);
        pattern.pictures(&page, &lecture);
        pattern.prose(&blocks(text, &page.outline).into_values().collect::<Vec<_>>(), guide);
        let displays = lecture.parts.iter().filter(|part| matches!(part.what, What::Formula { display: true, .. }));
        let shown = displays.filter(|part| !part.folded);
        pattern.wide_displays = shown.filter(|part| width::ems(&text[part.range.clone()]) > guide.phone).count();
        pattern
    }

    fn code(&mut self, page: &Page, lecture: &Lecture) {
        let mut last: Option<&Range<usize>> = None;
        for cell in &page.cells {
            let is_open = cell.options.code == Code::Shown && cell.options.execution != Mode::Ignore;
            if !is_open || is_folded(lecture, &cell.fence) {
                continue;
            }
            let shown = cell.shown(&page.text);
            let lines: Vec<&str> = shown.lines().filter(|line| !line.trim().is_empty()).collect();
            if lines.is_empty() {
                continue;
            }
            self.open_cells += 1;
            self.open_lines += lines.len();
            self.longest_cell = self.longest_cell.max(lines.len());
            let widest = lines.iter().map(|line| line.chars().count()).max().unwrap_or_default();
            self.widest_line = self.widest_line.max(widest);
            let is_beside = |before: &&Range<usize>| words(lecture, before.end..cell.fence.start) == 0;
            self.side_by_side += usize::from(last.as_ref().is_some_and(is_beside));
            last = Some(&cell.fence);
        }
    }

    fn pictures(&mut self, page: &Page, lecture: &Lecture) {
        let is_figure =
            |cell: &&page::Cell| cell.options.label.as_ref().is_some_and(|(label, _)| label.starts_with("fig-"));
        let figures: Vec<&page::Cell> = page.cells.iter().filter(is_figure).collect();
        let before = figures.first().map(|cell| words(lecture, 0..cell.fence.start));
        self.first_picture = before.and_then(|before| (before * 100).checked_div(self.words));
        let is_scheme = |cell: &&&page::Cell| {
            let code = cell.code(&page.text);
            SCHEMES.iter().any(|scheme| code.contains(&format!("plot::{scheme}")))
        };
        self.schemes = figures.iter().filter(is_scheme).count();
    }

    fn prose(&mut self, blocks: &[Block], guide: &Guide) {
        let open: Vec<&Block> = blocks.iter().filter(|block| !block.folded).collect();
        let mut lengths: Vec<usize> = open.iter().flat_map(|block| block.sentences()).collect();
        lengths.sort_unstable();
        self.sentences = lengths.len();
        self.sentence = lengths.get(lengths.len() / 2).copied();
        self.stubs = lengths.iter().filter(|words| **words <= guide.stub).count();
        self.long_sentences = lengths.iter().filter(|words| **words > guide.longest_sentence).count();
        let paragraphs = open.iter().filter(|block| block.kind == Kind::Paragraph);
        let words: usize = paragraphs.clone().map(|block| block.words()).sum();
        self.paragraph = words.checked_div(paragraphs.count());
    }
}

fn is_folded(lecture: &Lecture, fence: &Range<usize>) -> bool {
    let is_cell =
        |part: &&crate::page::Part| matches!(part.what, What::Cell { .. }) && fence.contains(&part.range.start);
    lecture.parts.iter().find(is_cell).is_some_and(|part| part.folded)
}

/// Words of the text in a range, spoilers aside.
fn words(lecture: &Lecture, range: Range<usize>) -> usize {
    let inside = lecture.parts.iter().filter(|part| !part.folded && range.contains(&part.range.start));
    inside.map(|part| if let What::Words(words) = part.what { words } else { 0 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lecture_is_measured_and_held_against_the_guide() {
        let text = "# Шаг\n\nСлова до рисунка стоят здесь. Их семь.\n\n```rust cell #fig-схема fold\nplot::diagram()\n```\n\n\
                    ```rust cell\nlet а = 1;\n\nlet б = 2;\n```\n\n```rust cell\nlet в = 3; // самая широкая строка\n```\n\nСлово.\n\n\
                    ```rust cell\nlet г = 4;\n```\n\n```rust cell hide\nlet д = 5;\n```\n\n<details><summary>Ещё</summary>\n\nСкрыто.\n\n\
                    ```rust cell\nlet е = 6;\n```\n\n</details>\n\n$$\na_1 + a_2 + \\dots + a_n = \\frac{x + y + z + u + v + w}{2} \\qquad b = c + d + e + f\n$$\n\n$$\nx = 1\n$$\n";
        let pattern = Pattern::of("src/а.md", text, Guide::of_course());
        insta::assert_debug_snapshot!(pattern);
        let held = Guide::of_course().holds(&pattern, 2);
        let line = |held: crate::guide::Held| {
            format!("{} {}: {} ({})", if held.holds { " " } else { "!" }, held.what, held.has, held.wants)
        };
        insta::assert_snapshot!(held.into_iter().map(line).collect::<Vec<_>>().join("\n"));
    }

    #[test]
    fn a_page_without_anything_divides_by_nothing() {
        let pattern = Pattern::of("src/а.md", "", Guide::of_course());
        assert_eq!(pattern, Pattern::default());
        assert!(Guide::of_course().holds(&pattern, 0).iter().any(|held| held.has == "–" && !held.holds));
    }
}
