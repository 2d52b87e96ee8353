//! What a page takes from outside: files of the book's data, artefacts of other pages and values of its inputs, every one
//! written down.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use engine::World;
use kernel::wire::Input;

use crate::assemble::states::{Seen, States};
use crate::plan::program::Program;

/// Named bytes or hashes, in order of name.
type Named<T> = Vec<(String, T)>;

/// Reads a file of the data folder: nothing that a link leads to outside of it, and nothing that is no file.
pub fn read(data: &Path, path: &str) -> io::Result<Vec<u8>> {
    let file = data.join(path).canonicalize()?;
    if !file.starts_with(data.canonicalize()?) {
        return Err(io::Error::other("a link leads out of the folder"));
    }
    if !file.is_file() {
        return Err(io::Error::other("it is no file"));
    }
    std::fs::read(file)
}

/// What a page took from its world, and what it gave.
pub struct Taken {
    /// Files it read, with hashes; none for what was not there.
    pub reads: Named<Option<String>>,
    /// Artefacts it saved.
    pub saved: Named<Vec<u8>>,
    /// Its inputs.
    pub seen: Seen,
}

/// The world of one page.
#[derive(Clone)]
pub struct PageWorld<'a> {
    data: PathBuf,
    loads: BTreeMap<String, Vec<u8>>,
    saves: BTreeSet<String>,
    /// What was looked for first decides: a file that is different the second time makes the result one of no state of the book.
    reads: BTreeMap<String, Option<String>>,
    saved: BTreeMap<String, Vec<u8>>,
    states: States<'a>,
}

impl<'a> PageWorld<'a> {
    /// A world with these artefacts to load, in which these may be saved.
    pub fn new(data: PathBuf, loads: BTreeMap<String, Vec<u8>>, saves: BTreeSet<String>, states: States<'a>) -> Self {
        Self { data, loads, saves, reads: BTreeMap::new(), saved: BTreeMap::new(), states }
    }

    /// The next program that asks is this one.
    pub fn answer_to(&mut self, program: &'a Program) {
        self.states.answer_to(program);
    }

    /// What was taken and given.
    pub fn finish(self) -> Taken {
        Taken {
            reads: self.reads.into_iter().collect(),
            saved: self.saved.into_iter().collect(),
            seen: self.states.finish(),
        }
    }
}

impl World for PageWorld<'_> {
    fn read(&mut self, path: &str) -> Result<Vec<u8>, String> {
        let plain = |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', ':', '\0']);
        if !path.split('/').all(plain) {
            return Err(format!("`{path}` is not a path inside the book's data folder"));
        }
        let content = read(&self.data, path);
        let now = content.as_ref().ok().map(|content| store::hash(content));
        if *self.reads.entry(path.to_owned()).or_insert_with(|| now.clone()) != now {
            return Err(format!("`{path}` changed while the page was run; build again"));
        }
        content.map_err(|error| format!("`{path}` cannot be read from the book's data folder: {error}"))
    }

    fn load(&mut self, name: &str) -> Result<Vec<u8>, String> {
        let help = "a page loads what it names in a literal, as in `artefact::load(\"name\")`";
        self.loads.get(name).cloned().ok_or_else(|| format!("the artefact `{name}` is not known beforehand: {help}"))
    }

    fn save(&mut self, name: &str, bytes: Vec<u8>) -> Result<(), String> {
        if !self.saves.contains(name) {
            let help = "a page saves what it names in a literal, as in `artefact::save(\"name\", &bytes)`";
            return Err(format!("the artefact `{name}` is not known beforehand: {help}"));
        }
        self.saved.insert(name.to_owned(), bytes);
        Ok(())
    }

    fn input(&mut self, input: Input) -> Result<u32, String> {
        self.states.input(input)
    }

    fn state(&mut self, group: u32) -> u32 {
        self.states.state(group as usize)
    }

    fn again(&mut self, _: u32, used: Duration) -> bool {
        self.states.again(used)
    }
}
