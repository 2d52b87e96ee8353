//! How many changes of a page's code its checks noticed.
//!
//! Counting takes minutes, so `mutate` writes what came of it into a file of the book, [`FILE`], which is committed like a page. A count
//! is true of the code that it was counted of and of no other: it carries the hash of that code, and is not there once the code has
//! changed. Prose changes nothing.

mod code;

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::Context as _;
use page::Page;
use serde::{Deserialize, Serialize};

/// The file, at the book's root.
pub const FILE: &str = "mutants.json";

/// What changed code is for, by where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// What a marked check calls or reads, or the marked cell itself.
    Checked,
    /// A function that a plot draws.
    Theory,
    /// Something that is counted.
    Count,
    /// A cell whose label is a figure's.
    Figure,
    /// A value in a sentence.
    Number,
    /// All other code.
    Other,
}

impl Kind {
    /// What a figure shows and what is counted, which the guide to a lecture holds together.
    pub const DRAWN: [Self; 3] = [Self::Figure, Self::Count, Self::Theory];

    /// In a word or two.
    pub fn name(self) -> &'static str {
        match self {
            Self::Checked => "formulas behind labels",
            Self::Theory => "lines of theory",
            Self::Count => "counts",
            Self::Figure => "figures",
            Self::Number => "numbers in sentences",
            Self::Other => "other code",
        }
    }
}

/// How many mutants of a kind came to which end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shares {
    /// Some check noticed them.
    pub killed: usize,
    /// None did.
    pub survived: usize,
    /// Those of the survivors that change nothing on the page.
    pub unseen: usize,
    /// The compiler refuses them.
    pub untried: usize,
}

impl Shares {
    /// Those that were tried.
    pub fn tried(self) -> usize {
        self.killed + self.survived
    }

    /// The share that was noticed, in per cent; none of none.
    pub fn noticed(self) -> Option<usize> {
        (self.killed * 100).checked_div(self.tried())
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            killed: self.killed + other.killed,
            survived: self.survived + other.survived,
            unseen: self.unseen + other.unseen,
            untried: self.untried + other.untried,
        }
    }
}

/// The counts of one page, by kind.
pub type Counts = BTreeMap<Kind, Shares>;

/// Some kinds together.
pub fn together(counts: &Counts, kinds: &[Kind]) -> Shares {
    kinds.iter().filter_map(|kind| counts.get(kind)).fold(Shares::default(), |sum, shares| sum.and(*shares))
}

/// What is known of a book's pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Mutants(BTreeMap<String, Counted>);

/// The counts of a page, and the code that they were counted of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Counted {
    code: String,
    mutants: Counts,
}

impl Mutants {
    /// What the book in `root` says; nothing where it has no such file.
    pub fn read(root: &Path) -> anyhow::Result<Self> {
        let path = root.join(FILE);
        let text = match std::fs::read(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::default()),
            text => text.with_context(|| format!("reading {}", path.display()))?,
        };
        serde_json::from_slice(&text).with_context(|| {
            format!("reading {}, which `mutate` writes: remove it, or take it back as it was", path.display())
        })
    }

    /// Writes it into the book in `root`.
    pub fn write(&self, root: &Path) -> anyhow::Result<()> {
        let path = root.join(FILE);
        let text = serde_json::to_string_pretty(self)? + "\n";
        // Whoever reads it meanwhile finds the old one or the new one.
        let unfinished = path.with_added_extension("new");
        let written = std::fs::write(&unfinished, text).and_then(|()| std::fs::rename(&unfinished, &path));
        written.with_context(|| format!("writing {}", path.display()))
    }

    /// The counts of a page; none when they are of other code.
    pub fn of(&self, page: &Page) -> Option<&Counts> {
        let counted = self.0.get(&page.path)?;
        (counted.code == code::hash(page)).then_some(&counted.mutants)
    }

    /// Takes in the counts of a page as it is.
    pub fn insert(&mut self, page: &Page, mutants: Counts) {
        self.0.insert(page.path.clone(), Counted { code: code::hash(page), mutants });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_counted_is_of_the_code_that_there_is() {
        let text = "Слово.\n\n```rust cell\nlet шаг = 1 + 2;\n```\n\nШаг `=шаг`. <!-- claim: шаг == 3 -->\n";
        let (page, _) = page::read("src/а.md", text, &[]);
        let counts = BTreeMap::from([(Kind::Figure, Shares { killed: 2, survived: 1, unseen: 0, untried: 0 })]);
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Mutants::read(folder.path()).unwrap(), Mutants::default());
        let mut mutants = Mutants::default();
        mutants.insert(&page, counts.clone());
        mutants.write(folder.path()).unwrap();
        let read = Mutants::read(folder.path()).unwrap();
        assert_eq!(read, mutants);
        let of = |path: &str, text: &str| read.of(&page::read(path, text, &[]).0).cloned();
        assert_eq!(of("src/а.md", text), Some(counts.clone()));
        assert_eq!(of("src/а.md", &text.replace("Слово.", "Абзац.\n\nЕщё один.")), Some(counts), "prose is no code");
        assert_eq!(of("src/б.md", text), None, "another page");
        for (before, after) in [("1 + 2", "1 - 2"), ("`=шаг`", "`=шаг + 0`"), ("шаг == 3", "шаг > 2")] {
            assert_eq!(of("src/а.md", &text.replace(before, after)), None, "{after}");
        }
        let with = |what: &str| of("src/а.md", &text.replace("Шаг", what));
        assert_eq!(with("<!-- checks: eq-x --> Шаг"), None, "a mark says what is behind a label");
        assert_eq!(with("<!-- equivalent: `1` → `2`: так --> Шаг"), None, "an excuse leaves a change out");
    }

    #[test]
    fn a_file_that_is_no_count_is_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), "{\"src/а.md\": {\"доля\": 1}}").unwrap();
        let message = format!("{:#}", Mutants::read(folder.path()).unwrap_err());
        assert!(message.contains(FILE) && message.contains("unknown field `доля`"), "{message}");
    }

    #[test]
    fn kinds_are_put_together_and_none_of_none_is_no_share() {
        let shares = |killed, survived| Shares { killed, survived, ..Shares::default() };
        let counts =
            BTreeMap::from([(Kind::Figure, shares(2, 1)), (Kind::Count, shares(1, 0)), (Kind::Other, shares(9, 9))]);
        assert_eq!(together(&counts, &Kind::DRAWN).noticed(), Some(75));
        assert_eq!(together(&counts, &[Kind::Checked]).noticed(), None);
    }
}
