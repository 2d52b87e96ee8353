//! `book install`: a book that mdBook knows becomes one whose cells are run.

use anyhow::{Context as _, ensure};
use clap::Args;

use crate::install::{Extra, FILES, edit};
use crate::invocation::Invocation;
use crate::verdict::Verdict;

/// Prepares the book: writes a style sheet and a script beside book.toml, and the lines there that are missing.
///
/// What is there stays as it is, and a second time changes nothing. Afterwards `book build` and plain `mdbook build` both run the cells.
#[derive(Debug, Args)]
pub struct Install {
    /// What the book shall have besides cells.
    #[arg(long, value_name = "EXTRA", value_enum)]
    pub with: Vec<Extra>,
}

/// Does it.
pub fn run(install: &Install, invocation: &Invocation<'_>) -> anyhow::Result<Verdict> {
    let Invocation { root, console, .. } = invocation;
    let path = root.join("book.toml");
    let text = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let (edited, added) = edit(&text, &install.with)?;
    let files = FILES.map(|(name, content)| (name, content, std::fs::read_to_string(root.join(name)).ok()));
    for (name, content, there) in &files {
        // A file of the author's by the same name is not ours to write over; one of another version begins as ours does.
        let is_ours = there.as_ref().is_none_or(|there| there.lines().next() == content.lines().next());
        ensure!(is_ours, "{name} is there already and is not the tool's: give it another name, also in book.toml");
    }
    for (name, content, there) in files {
        let file = root.join(name);
        if there.is_some_and(|there| there == content) {
            continue;
        }
        std::fs::write(&file, content).with_context(|| format!("writing {}", file.display()))?;
        console.say(&format!("wrote {name}"));
    }
    if added.is_empty() {
        console.say("book.toml has everything");
        return Ok(Verdict::Fine);
    }
    std::fs::write(&path, edited).with_context(|| format!("writing {}", path.display()))?;
    for line in added {
        console.say(&format!("book.toml: added {line}"));
    }
    Ok(Verdict::Fine)
}
