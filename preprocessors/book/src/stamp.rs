//! What a build leaves behind so that the next one can see that nothing has changed: the key of its inputs, a hash of every file that
//! it wrote, and what it said.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Context as _;
use diagnostic::{Diagnostic, Sources};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use store::{Store, hash};

use crate::inputs::Inputs;
use crate::pipeline::Prepared;

/// The kind of entry that a stamp is.
const KIND: &str = "stamp";

/// Where it is kept: of use on this machine only.
const KEPT: &str = ".book/local/site";

/// A build that came to a good end.
#[derive(Debug, Serialize, Deserialize)]
pub struct Stamp {
    /// Hashes of the files that it wrote, by their paths from the book's root.
    written: BTreeMap<String, String>,
    /// Pages of the site.
    pub pages: usize,
    /// Pages with something to run.
    pub computed: BTreeSet<String>,
    /// What it said.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that this is said of.
    texts: BTreeMap<String, String>,
}

impl Stamp {
    /// The stamp of the book at `root`, when it was built from these inputs and its site, in `folder`, is as it was written.
    pub fn of(root: &Path, folder: &Path, inputs: &Inputs) -> Option<Self> {
        let bytes = Store::open(root.join(KEPT)).get(KIND, &inputs.key())?;
        let stamp: Self = serde_json::from_slice(&bytes).ok()?;
        (written(root, folder).ok()? == stamp.written).then_some(stamp)
    }

    /// Keeps what a build has come to in the place of what earlier ones did.
    pub fn keep(root: &Path, folder: &Path, inputs: &Inputs, prepared: &Prepared) -> anyhow::Result<()> {
        let Prepared { written: book, watcher, diagnostics, sources, .. } = prepared;
        let stamp = Self {
            written: written(root, folder)?,
            pages: book.book.chapters().count(),
            computed: watcher.ran().union(&watcher.reused()).cloned().collect(),
            diagnostics: diagnostics.clone(),
            texts: texts(diagnostics, sources),
        };
        let (store, key) = (Store::open(root.join(KEPT)), inputs.key());
        store.put(KIND, &key, &serde_json::to_vec(&stamp)?)?;
        store.sweep(KIND, &|kept| *kept == key)?;
        Ok(())
    }

    /// The texts that the messages point into.
    pub fn sources(&self) -> Sources {
        let mut sources = Sources::default();
        self.texts.iter().for_each(|(path, text)| sources.insert(path, text));
        sources
    }
}

fn texts(diagnostics: &[Diagnostic], sources: &Sources) -> BTreeMap<String, String> {
    let places = diagnostics.iter().flat_map(Diagnostic::places);
    places.map(|place| (place.path.clone(), sources.get(&place.path).to_owned())).collect()
}

/// Hashes of all files of the site, and of the index that is made beside it.
fn written(root: &Path, folder: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    let mut files = vec![root.join(mdbook_search::INDEX)];
    files.retain(|file| file.is_file());
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).with_context(|| format!("listing {}", folder.display()))? {
            let entry = entry.with_context(|| format!("listing {}", folder.display()))?;
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if is_folder { open.push(entry.path()) } else { files.push(entry.path()) }
        }
    }
    let hashed = files.into_par_iter().map(|file| {
        let content = std::fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
        // Names that are no UTF-8 are kept apart too.
        Ok((format!("{:?}", file.strip_prefix(root).unwrap_or(&file)), hash(&content)))
    });
    hashed.collect()
}
