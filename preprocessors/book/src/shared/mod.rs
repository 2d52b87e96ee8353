//! A shared store: what pages gave, in a folder or on a branch of a git repository, one file a page and machine.
//!
//! ```text
//! README.md         says what this is, and in which form
//! results/0a1b…     64 hexadecimal digits: the key of a page's execution
//! ```
//!
//! What lies there comes from outside: names and sizes are looked at before anything is read, and nothing is ever unpacked into a folder.

mod branch;
mod folder;

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use mdbook_cells::run::parcel::MOST_PACKED;
use store::Key;

use branch::Branch;
use folder::Folder;

/// What lies at the top of a shared store, and tells it from everything else.
const README: &str = "README.md";
const TEXT: &str = "\
# What the pages of a book gave

Form 1. Written by `book store push`, read by `book store pull`: packed results of page programs, by the hash of all that they follow
from. Whoever can write here decides what is shown in the books of all who pull; what was pulled is run again by
`book check --twice --sample N`.
";
/// Where the results lie.
const RESULTS: &str = "results";
/// Files of a shared store; more than that were not written by a book.
const MOST_FILES: usize = 10_000;

/// Where a shared store is.
#[derive(Clone, Debug, Args)]
#[group(skip)]
pub struct Place {
    /// A folder.
    #[arg(value_name = "DIR", required_unless_present = "branch", conflicts_with = "branch")]
    pub folder: Option<PathBuf>,
    /// A branch that holds nothing else, of the git repository that the book is in.
    #[arg(long, value_name = "BRANCH")]
    pub branch: Option<String>,
    /// The remote whose branch it is.
    #[arg(long, value_name = "REMOTE", default_value = "origin", requires = "branch")]
    pub remote: String,
}

/// A file of a shared store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listed {
    /// It may be a result.
    Result(Key),
    /// It is none, and why.
    Other(String, String),
}

/// What changes in a shared store.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// Results that come, or take the place of one of the same name.
    pub come: BTreeMap<Key, Vec<u8>>,
    /// Results that go.
    pub go: Vec<Key>,
}

/// A shared store as it was when it was opened.
pub trait Shared {
    /// Its files, in order of name.
    fn list(&self) -> anyhow::Result<Vec<Listed>>;

    /// One of its results, no longer than a result may be.
    fn read(&self, key: &Key) -> anyhow::Result<Vec<u8>>;

    /// Changes it, all at once where that is possible.
    fn change(&self, changes: Changes) -> anyhow::Result<()>;
}

/// What a shared store is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// There has to be one.
    Pull,
    /// There may be none yet.
    Push,
}

impl Place {
    /// Opens it, seen from the book at `root`.
    pub fn open(&self, root: &std::path::Path, purpose: Purpose) -> anyhow::Result<Box<dyn Shared>> {
        match (&self.folder, &self.branch) {
            (Some(folder), _) => Ok(Box::new(Folder::open(folder, purpose)?)),
            (None, Some(branch)) => Ok(Box::new(Branch::open(root, &self.remote, branch, purpose)?)),
            (None, None) => anyhow::bail!("name a folder or a branch"),
        }
    }
}

/// A file by its name below `results` and its length.
fn listed(name: &str, length: u64) -> Listed {
    let other = |why: &str| Listed::Other(format!("{RESULTS}/{}", name.escape_debug()), why.to_owned());
    match Key::parse(name).filter(|key| key.to_string() == name) {
        None => other("its name is not that of a result"),
        Some(_) if length > MOST_PACKED => other(&format!("it is larger than {} MB", MOST_PACKED >> 20)),
        Some(key) => Listed::Result(key),
    }
}

/// Where a result lies.
fn path(key: &Key) -> String {
    format!("{RESULTS}/{key}")
}

/// Whether the text at the top is ours.
fn is_ours(text: &[u8]) -> bool {
    text == TEXT.as_bytes()
}
