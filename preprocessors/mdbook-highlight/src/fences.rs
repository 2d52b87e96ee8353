//! Where the fenced code blocks of a page are and what they hold.

use std::ops::Range;

use page::Outline;

/// A fenced code block.
#[derive(Debug, PartialEq, Eq)]
pub struct Fence {
    /// From the first backtick to the end of the closing line, without the line break.
    pub range: Range<usize>,
    /// The info string.
    pub info: String,
    /// Its first word; empty when there is none.
    pub language: String,
    /// Where the first word is, or the first line when there is none.
    pub word: Range<usize>,
    /// The code without the indentation and the `>` of the blocks around it.
    pub code: String,
}

/// The fences in their order.
pub fn find(markdown: &str) -> Vec<Fence> {
    let outline = Outline::of_code(markdown);
    let fences = outline.fences().map(|(piece, fence)| {
        let info = &markdown[fence.info.clone()];
        let language = info.split([' ', '\t', ',']).find(|word| !word.is_empty()).unwrap_or_default();
        let word = match info.find(language) {
            Some(at) if !language.is_empty() => fence.info.start + at..fence.info.start + at + language.len(),
            _ => fence.marks.clone(),
        };
        let text = markdown[piece.range.clone()].trim_end_matches(['\n', '\r']);
        Fence {
            range: piece.range.start..piece.range.start + text.len(),
            info: info.to_owned(),
            language: language.to_owned(),
            word,
            code: fence.lines.iter().flat_map(|line| [&markdown[line.clone()], "\n"]).collect(),
        }
    });
    fences.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(markdown: &str) -> Vec<(String, String)> {
        find(markdown).into_iter().map(|fence| (fence.language, fence.code)).collect()
    }

    #[test]
    fn the_prefixes_of_lists_and_quotes_are_not_code() {
        let markdown = "- шаг\n\n  ```rust cell\n  let β = 1;\n\n    β\n  ```\n\n> ~~~text,out\n> а\n> ~~~\n";
        let expected = [("rust", "let β = 1;\n\n  β\n"), ("text", "а\n")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        assert_eq!(code(markdown), expected);
    }

    #[test]
    fn a_fence_ends_before_its_line_break() {
        let markdown = "а\n```toml\nx = 1\n```\nб\n";
        let fences = find(markdown);
        assert_eq!(&markdown[fences[0].range.clone()], "```toml\nx = 1\n```");
        assert_eq!(&markdown[fences[0].word.clone()], "toml");
    }

    #[test]
    fn indented_code_is_not_a_fence() {
        assert_eq!(code("текст\n\n    ```rust\n    let a = 1;\n    ```\n"), []);
    }

    #[test]
    fn a_fence_without_a_language_has_an_empty_word() {
        assert_eq!(code("```\nа\n```\n"), [(String::new(), "а\n".to_owned())]);
    }
}
