//! The languages a fence can name and the grammars that read them.

use std::sync::LazyLock;

use syntect::parsing::syntax_definition::SyntaxDefinition;
use syntect::parsing::{SyntaxReference, SyntaxSet, SyntaxSetBuilder};

/// A name that a fence can carry.
#[derive(Debug, PartialEq, Eq)]
pub struct Language {
    /// The fence's first word.
    pub name: &'static str,
    grammar: Grammar,
}

#[derive(Debug, PartialEq, Eq)]
enum Grammar {
    /// Nothing to colour.
    Plain,
    /// One of `grammars/`.
    Own,
    /// One of syntect's, by its file extension.
    Bundled(&'static str),
}

impl Language {
    /// All of them, by name.
    pub const ALL: &'static [Self] = &[
        Self::bundled("bash", "sh"),
        Self::bundled("c", "c"),
        Self::own("console"),
        Self::bundled("css", "css"),
        Self::bundled("diff", "diff"),
        Self::bundled("html", "html"),
        Self::bundled("javascript", "js"),
        Self::bundled("js", "js"),
        Self::bundled("json", "json"),
        Self::bundled("latex", "tex"),
        Self::bundled("markdown", "md"),
        Self::bundled("md", "md"),
        Self::plain("none"),
        Self::bundled("python", "py"),
        Self::own("rust"),
        Self::bundled("sh", "sh"),
        Self::bundled("sql", "sql"),
        Self::plain("text"),
        Self::own("toml"),
        Self::bundled("xml", "xml"),
        Self::bundled("yaml", "yaml"),
        Self::bundled("yml", "yaml"),
    ];

    const fn plain(name: &'static str) -> Self {
        Self { name, grammar: Grammar::Plain }
    }

    const fn own(name: &'static str) -> Self {
        Self { name, grammar: Grammar::Own }
    }

    const fn bundled(name: &'static str, extension: &'static str) -> Self {
        Self { name, grammar: Grammar::Bundled(extension) }
    }

    /// The grammar and the set it belongs to; `None` when there is nothing to colour.
    pub fn syntax(&self) -> Option<(&'static SyntaxReference, &'static SyntaxSet)> {
        let (set, token) = match self.grammar {
            Grammar::Plain => return None,
            Grammar::Own => (&*OWN, self.name),
            Grammar::Bundled(extension) => (&*BUNDLED, extension),
        };
        Some((set.find_syntax_by_extension(token).expect("a test looks up every language"), set))
    }
}

/// The language that a fence's first word names; a fence without one is plain text.
pub fn find(word: &str) -> Option<&'static Language> {
    let word = if word.is_empty() { "text" } else { word };
    Language::ALL.iter().find(|language| language.name == word)
}

/// The name that `word` is most like; nothing when it is like none.
pub fn nearest(word: &str) -> Option<&'static str> {
    const SHORT: [(&str, &str); 2] = [("rs", "rust"), ("py", "python")];
    let word = word.to_lowercase();
    let names = || Language::ALL.iter().map(|language| language.name);
    let short = SHORT.iter().find(|(short, _)| *short == word).and_then(|(_, long)| names().find(|name| name == long));
    short.or_else(|| diagnostic::nearest(&word, names()))
}

static BUNDLED: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

static OWN: LazyLock<SyntaxSet> = LazyLock::new(|| {
    let grammars = [
        include_str!("../grammars/console.sublime-syntax"),
        include_str!("../grammars/rust.sublime-syntax"),
        include_str!("../grammars/toml.sublime-syntax"),
    ];
    let mut set = SyntaxSetBuilder::new();
    for grammar in grammars {
        set.add(SyntaxDefinition::load_from_str(grammar, true, None).expect("a test loads every grammar"));
    }
    set.build()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_its_grammar() {
        for language in Language::ALL {
            assert_eq!(language.syntax().is_none(), language.grammar == Grammar::Plain, "{}", language.name);
        }
    }

    #[test]
    fn the_nearest_name_is_the_one_that_was_meant() {
        let meant = ["Rust", "rs", "pyton", "py", "tolm", "jsom", "txt"].map(nearest);
        assert_eq!(meant, ["rust", "rust", "python", "python", "toml", "json", "text"].map(Some));
        assert_eq!(["zig", "кобол"].map(nearest), [None, None]);
    }
}
