//! The terms of the course: one file, and the page that lists them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use diagnostic::{Diagnostic, Place};
use rust_stemmers::{Algorithm, Stemmer};
use serde::Deserialize;
use toml::Spanned;

use page::escape;

/// What means something on a page only.
const ELSEWHERE: [(&str, &str); 5] =
    [("a term", "[["), ("a citation", "[@"), ("a link", "]("), ("a value", "`="), ("a comment", "<!--")];

/// What may be linked.
#[derive(Debug, Default)]
pub struct Glossary {
    terms: Vec<Term>,
    /// Terms by the stems of their names.
    names: BTreeMap<String, usize>,
}

/// A term.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Its Russian name.
    pub ru: Spanned<String>,
    /// Its English one.
    pub en: String,
    /// What it means: a sentence of Markdown.
    pub definition: Spanned<String>,
    /// The number of the page that introduces it.
    pub lecture: Spanned<String>,
    /// Other names and forms that its stems do not give.
    #[serde(default)]
    pub also: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    term: Vec<Term>,
}

impl Glossary {
    /// Reads the file `path`, whose text is `text`; says what is wrong with it.
    pub fn read(path: &str, text: &str) -> (Self, Vec<Diagnostic>) {
        let mistake = |message: String, range| Diagnostic::error("glossary", message, Place::new(path, range));
        let file: File = match toml::from_str(text) {
            Ok(file) => file,
            Err(error) => {
                return (Self::default(), vec![mistake(error.message().to_owned(), error.span().unwrap_or(0..0))]);
            }
        };
        let mut glossary = Self { terms: file.term, names: BTreeMap::new() };
        let mut mistakes = Vec::new();
        for (at, term) in glossary.terms.iter().enumerate() {
            for (what, words) in [("English name", &term.en), ("definition", term.definition.get_ref())] {
                if words.trim().is_empty() {
                    let message = format!("«{}» has no {what}", term.ru.get_ref());
                    let help = "write it: this is what a reader sees of the term";
                    mistakes.push(mistake(message, term.ru.span()).help(help));
                }
            }
            if let Some((what, _)) = ELSEWHERE.iter().find(|(_, mark)| term.definition.get_ref().contains(mark)) {
                let message = format!("{what} in a definition stays as it is written");
                let help = "pages show a definition beside the term: write it without links";
                mistakes.push(mistake(message, term.definition.span()).help(help));
            }
            for name in std::iter::once(&term.ru).chain(&term.also) {
                if let Some(other) = glossary.names.insert(stems(name.get_ref()), at) {
                    let first = glossary.terms[other].ru.span();
                    let (what, help) = match other == at {
                        true => ("is a form of a name this term has", "leave it out: forms are found by themselves"),
                        false => ("is a name of another term", "two terms need two names"),
                    };
                    let message = format!("«{}» {what}", name.get_ref());
                    mistakes.push(mistake(message, name.span()).also(Place::new(path, first), "that one").help(help));
                }
            }
        }
        (glossary, mistakes)
    }

    /// The term that words name in any of their forms.
    pub fn find(&self, words: &str) -> Option<&Term> {
        self.names.get(&stems(words)).map(|at| &self.terms[*at])
    }

    /// Russian names of all terms.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.terms.iter().map(|term| term.ru.get_ref().as_str())
    }

    /// All terms and their places.
    pub fn terms(&self) -> impl Iterator<Item = (&Term, Range<usize>)> {
        self.terms.iter().map(|term| (term, term.ru.span()))
    }

    /// The list for a page: Markdown, because a definition may have formulas. `page` makes a link of the number of a page.
    pub fn list(&self, page: impl Fn(&str) -> String) -> String {
        let mut terms: Vec<&Term> = self.terms.iter().collect();
        terms.sort_by_cached_key(|term| term.ru.get_ref().to_lowercase().replace('ё', "е"));
        let mut list = String::from("<div class=\"glossary\">\n\n");
        for term in terms {
            let also: Vec<String> = term.also.iter().map(|name| escape::text(name.get_ref())).collect();
            let also = if also.is_empty() { String::new() } else { format!(" data-also=\"{}\"", also.join("|")) };
            let _ = write!(
                list,
                "<div class=\"term-entry\" id=\"{}\"{also}>\n\n**{}** (<span lang=\"en\">{}</span>)\u{a0}— {} <span class=\"cited-in\">→\u{a0}{}</span>\n\n</div>\n\n",
                term.id(),
                escape::text(term.ru.get_ref()),
                escape::text(&term.en),
                term.definition.get_ref().trim(),
                page(term.lecture.get_ref())
            );
        }
        list.push_str("</div>");
        list
    }
}

impl Term {
    /// Its anchor, made of its English name.
    pub fn id(&self) -> String {
        let latin = self.en.to_lowercase();
        let words = latin.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        format!("term-{}", words.collect::<Vec<_>>().join("-"))
    }
}

/// What is the same in all forms of a phrase.
fn stems(words: &str) -> String {
    let stemmer = Stemmer::create(Algorithm::Russian);
    let words = words.to_lowercase().replace('ё', "е");
    let words = words.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| stemmer.stem(word).into_owned()).collect::<Vec<_>>().join(" ")
}
