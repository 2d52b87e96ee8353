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
        self.with_holes.iter().find_map(|(english, said)| Some(self.fill(said, &holes(english, text)?)))
    }

    /// The sentence with its holes filled: what stands in one may be a sentence of ours itself, as what a plot says when it panics.
    fn fill(&self, sentence: &str, holes: &[&str]) -> String {
        let mut pieces = sentence.split(HOLE);
        let mut said = pieces.next().unwrap_or_default().to_owned();
        for (hole, piece) in holes.iter().zip(pieces) {
            // The list of names that may have been meant.
            said.push_str(&self.say(hole).unwrap_or_else(|| hole.replace("` or `", "` или `")));
            said.push_str(piece);
        }
        said
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

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

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
            "the cell panics: plot: line «ряд»: point 1 is (1, NaN), whose ordinate is not a number (and 2 more); leave it out, or allow gaps by `.gaps()`",
            "the cell panics: мимо",
            "pinned (-) and computed (+):\n-1\n+2",
        ]
        .map(|text| catalogue.say(text).unwrap());
        insta::assert_snapshot!(said.join("\n"));
        assert_eq!(catalogue.say("cannot find value `x` in this scope"), None);
    }

    /// The folder of the tools, and that of what only the course has.
    fn workspace() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
    }

    fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                files(&path, ending, found);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }

    /// Messages of what the tests show, but for those in the words of the compiler and of KaTeX.
    fn shown(text: &str) -> Vec<String> {
        let (mut is_ours, mut shown) = (false, Vec::new());
        for line in text.lines() {
            let title = line.strip_prefix("error[").or_else(|| line.strip_prefix("warning["));
            if let Some((code, message)) = title.and_then(|title| title.split_once("]: ")) {
                is_ours = code != "katex" && !code.starts_with('E') && !code.contains('_');
                shown.extend(is_ours.then(|| message.to_owned()));
            } else if is_ours {
                let line = line.trim_start();
                match line.strip_prefix("= help: ").or_else(|| line.strip_prefix("= note: ")) {
                    Some(advice) => shown.push(advice.to_owned()),
                    // A list of places goes on in the next lines.
                    None => shown.last_mut().filter(|last| last.ends_with(':')).into_iter().for_each(|last| {
                        *last += "\n";
                        *last += line;
                    }),
                }
            }
        }
        shown
    }

    #[test]
    fn every_message_of_ours_that_a_test_shows_is_translated() {
        /// What others say: mdBook, TOML, hayagriva, cargo, syn, the system; a difference of several lines; a text of a test.
        const OTHERS: [&str; 11] = [
            "failed to parse SUMMARY.md",
            "invalid unquoted key",
            "unknown field",
            "unknown variant",
            "Error updating",
            "failed to read",
            "No such file",
            "error[E",
            "pinned (-)",
            "unexpected token",
            "метк",
        ];
        let mut found = vec![workspace().join("manual/src/messages.md")];
        files(&workspace().join("preprocessors"), ".snap", &mut found);
        for folder in ["lecture", "prose", "site", "tool"] {
            files(&workspace().join("course").join(folder), ".snap", &mut found);
        }
        let catalogue = Catalogue::of(russian());
        let told = found.iter().flat_map(|file| shown(&std::fs::read_to_string(file).unwrap()));
        let is_ours = |text: &String| !OTHERS.iter().any(|words| text.contains(words)) && text != "назовите её иначе";
        let english: Vec<String> = told.filter(|text| is_ours(text) && catalogue.say(text).is_none()).collect();
        assert!(english.is_empty(), "without a translation in messages/ru.txt:\n{}", english.join("\n"));
    }

    /// What a source says beside these words, with a word in the place of everything that is filled in.
    fn written(source: &str) -> Vec<String> {
        const BEFORE: [&str; 7] =
            [".help(", ".note(", ".label(", "let message =", "let help =", "Mistake::new(", "Finding::new("];
        let source = source.split("#[cfg(test)]").next().unwrap_or_default();
        let calls = BEFORE.iter().flat_map(|words| source.match_indices(words).map(|(at, words)| at + words.len()));
        calls.filter_map(|at| literal(&source[at..])).collect()
    }

    fn literal(rest: &str) -> Option<String> {
        let rest = rest.trim_start();
        let formatted = rest.strip_prefix("format!(").map(str::trim_start);
        let raw = formatted.unwrap_or(rest);
        let text = match raw.strip_prefix("r\"") {
            Some(raw) => raw.split('"').next()?.to_owned(),
            None => {
                let plain = raw.strip_prefix('"')?;
                let end = plain.match_indices('"').find(|(at, _)| !plain[..*at].ends_with('\\'))?.0;
                let lines: Vec<&str> = plain[..end].split("\\\n").map(str::trim_start).collect();
                lines.concat().replace("\\\"", "\"").replace("\\\\", "\\")
            }
        };
        formatted.map_or(Some(text.clone()), |_| {
            let mut filled = String::new();
            let text = text.replace("{{", "\u{1}").replace("}}", "\u{2}");
            let mut pieces = text.split('{');
            filled.push_str(pieces.next()?);
            for piece in pieces {
                filled.push_str("слово");
                filled.push_str(piece.split_once('}')?.1);
            }
            Some(filled.replace('\u{1}', "{").replace('\u{2}', "}"))
        })
    }

    #[test]
    fn every_message_that_the_sources_write_is_translated() {
        /// What only a terminal says, and what is put together of parts of which each has its own words.
        const OTHERS: [&str; 8] = [
            "слово (U+слово)",
            "is the слово",
            "«слово» слово",
            "`слово` слово: a reader sees it",
            "affiliated:",
            "on the page changed",
            "at слово:слово:слово",
            "`cargo book",
        ];
        let mut found = Vec::new();
        for name in [
            "book",
            "markdown-lint",
            "mdbook-cells",
            "mdbook-highlight",
            "mdbook-math",
            "mdbook-references",
            "page",
            "step",
        ] {
            files(&workspace().join("preprocessors").join(name).join("src"), ".rs", &mut found);
        }
        for folder in ["lecture", "prose", "site", "tool"] {
            files(&workspace().join("course").join(folder).join("src"), ".rs", &mut found);
        }
        let catalogue = Catalogue::of(russian());
        let told = found.iter().flat_map(|file| written(&std::fs::read_to_string(file).unwrap()));
        let is_ours = |text: &String| text.contains(' ') && !OTHERS.iter().any(|words| text.contains(words));
        let english: Vec<String> = told.filter(|text| is_ours(text) && catalogue.say(text).is_none()).collect();
        assert!(english.is_empty(), "without a translation in messages/ru.txt:\n{}", english.join("\n"));
    }

    #[test]
    fn every_refusal_of_a_plot_is_translated() {
        const BEGIN: [&str; 4] = ["\"plot: ", "\"matrix: ", "\"table: ", "\"diagram: "];
        let mut found = Vec::new();
        files(&workspace().join("preprocessors/plots/src"), ".rs", &mut found);
        let catalogue = Catalogue::of(russian());
        let mut refusals = Vec::new();
        for file in found {
            let source = std::fs::read_to_string(file).unwrap();
            let source = source.split("#[cfg(test)]").next().unwrap_or_default();
            let code: Vec<&str> = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            let code = code.join("\n");
            let begins = BEGIN.iter().flat_map(|begin| code.match_indices(begin));
            refusals.extend(begins.filter_map(|(at, _)| literal(&format!("format!({}", &code[at..]))));
        }
        assert!(refusals.len() > 40, "{refusals:?}");
        let english: Vec<String> = refusals.into_iter().filter(|text| catalogue.say(text).is_none()).collect();
        assert!(english.is_empty(), "without a translation in messages/ru.txt:\n{}", english.join("\n"));
    }
}
