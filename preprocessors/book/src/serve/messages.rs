//! The tool's messages in the language of the book, for the pages that `serve` shows. On a terminal they stay English: there they stand
//! among those of rustc and cargo, and are looked for by their words.

use std::collections::BTreeMap;

use diagnostic::{Diagnostic, Sources, render_all_in};

use super::words::Words;

/// Where a sentence has a word of the page.
const HOLE: &str = "{}";

/// What the messages are in a language: sentences in English and in that language by turns, an empty line behind both.
pub struct Catalogue {
    whole: BTreeMap<&'static str, &'static str>,
    /// Sentences with holes, those that say the most first.
    with_holes: Vec<(&'static str, &'static str)>,
}

impl Catalogue {
    /// The catalogue of a language.
    pub fn of(words: &Words) -> Self {
        let pairs = words.messages.split("\n\n").filter_map(|pair| pair.trim_end().split_once('\n'));
        let (mut with_holes, whole): (Vec<_>, Vec<_>) = pairs.partition(|(english, _)| english.contains(HOLE));
        with_holes.sort_by_key(|(english, _)| std::cmp::Reverse(english.len()));
        Self { whole: whole.into_iter().collect(), with_holes }
    }

    /// A sentence in the language; none when it is not one of the tool's own, as what a compiler or a program says.
    pub fn say(&self, text: &str) -> Option<String> {
        if let Some(said) = self.whole.get(text) {
            return Some((*said).to_owned());
        }
        self.with_holes.iter().find_map(|(english, said)| Some(fill(said, &holes(english, text)?)))
    }

    fn translate(&self, diagnostic: &Diagnostic) -> Diagnostic {
        let mut said = diagnostic.clone();
        let texts = [&mut said.message, &mut said.label].into_iter().chain(&mut said.notes).chain(&mut said.helps);
        for text in texts.chain(said.labels.iter_mut().map(|label| &mut label.text)) {
            if let Some(translated) = self.say(text) {
                *text = translated;
            }
        }
        said
    }
}

/// Messages with their frames in the language of the book.
pub fn rendered(diagnostics: &[Diagnostic], sources: &Sources, words: &Words) -> String {
    let catalogue = Catalogue::of(words);
    let said: Vec<Diagnostic> = diagnostics.iter().map(|diagnostic| catalogue.translate(diagnostic)).collect();
    render_all_in(&said, sources, &words.titles)
}

/// What stands in the holes of a sentence.
fn holes<'a>(sentence: &str, text: &'a str) -> Option<Vec<&'a str>> {
    let mut pieces = sentence.split(HOLE);
    let mut rest = text.strip_prefix(pieces.next()?)?;
    let mut found = Vec::new();
    let mut pieces = pieces.peekable();
    while let Some(piece) = pieces.next() {
        let length = if pieces.peek().is_none() {
            rest.ends_with(piece).then(|| rest.len() - piece.len())?
        } else {
            // Two holes have words between them.
            rest.find(piece)?
        };
        let (hole, behind) = (&rest[..length], &rest[length + piece.len()..]);
        (!hole.is_empty()).then_some(())?;
        found.push(hole);
        rest = behind;
    }
    rest.is_empty().then_some(found)
}

fn fill(sentence: &str, holes: &[&str]) -> String {
    let mut pieces = sentence.split(HOLE);
    let mut said = pieces.next().unwrap_or_default().to_owned();
    for (hole, piece) in holes.iter().zip(pieces) {
        // The list of names that may have been meant.
        said.push_str(&hole.replace("` or `", "` или `"));
        said.push_str(piece);
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    fn russian() -> &'static Words {
        Words::of(Some("ru"))
    }

    #[test]
    fn every_sentence_has_a_translation_with_as_many_holes() {
        let mut seen = BTreeMap::new();
        for pair in russian().messages.split("\n\n") {
            let lines: Vec<&str> = pair.trim_end().lines().collect();
            let [english, said] = lines[..] else { panic!("{lines:?}") };
            assert_eq!(english.matches(HOLE).count(), said.matches(HOLE).count(), "{english}");
            assert!(!english.contains("{}{}"), "{english}");
            assert_eq!(seen.insert(english, said), None);
        }
    }

    #[test]
    fn words_of_the_page_stay_what_they_are() {
        let catalogue = Catalogue::of(russian());
        let said = [
            "unknown cell option `hiden`",
            "did you mean `hide`?",
            "did you mean `а.md`, `б.md` or `в.md`?",
            "did you mean `claim`? write it as in `<!-- claim: x > 0.0 -->`",
            "`\\mathbb` has no `1`: it would be set as if `\\mathbb` were not there",
            "the cell panics: index out of bounds: the len is 2 but the index is 7",
            "pinned (-) and computed (+):\n-1\n+2",
        ]
        .map(|text| catalogue.say(text).unwrap());
        insta::assert_snapshot!(said.join("\n"));
        assert_eq!(catalogue.say("cannot find value `x` in this scope"), None);
    }

    #[test]
    fn what_the_manual_shows_of_our_own_messages_is_translated() {
        let page = include_str!("../../../../manual/src/messages.md");
        let catalogue = Catalogue::of(russian());
        let told = page.lines().filter_map(|line| {
            let title = line.strip_prefix("error[").or_else(|| line.strip_prefix("warning["));
            // These are in the words of the compiler and of KaTeX.
            let is_ours = |code: &str| code != "katex" && !code.starts_with('E');
            let message = title.and_then(|title| title.split_once("]: ")).filter(|(code, _)| is_ours(code));
            message.map(|(_, message)| message).or_else(|| line.trim_start().strip_prefix("= help: "))
        });
        let english: Vec<&str> = told.filter(|text| catalogue.say(text).is_none()).collect();
        assert!(english.is_empty(), "without a translation in messages/ru.txt:\n{}", english.join("\n"));
    }
}
