//! `cargo book store`: what pages gave, taken from a shared store and given to it.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context as _;
use clap::{Args, Subcommand};
use engine::{Adopted, Toolchain};
use mdbook_cells::config::Config;
use mdbook_cells::draft::Draft;
use mdbook_cells::run::Runner;
use mdbook_cells::run::key::Parts;
use mdbook_cells::run::parcel::{Parcel, Refused};
use mdbook_cells::run::share::{Given, Taken};
use serde_json::json;
use store::Key;

use crate::checks;
use crate::clock::Clock;
use crate::counts::counted;
use crate::invocation::Invocation;
use crate::launcher::launcher;
use crate::shared::{Changes, Listed, Place, Purpose, Shared};
use crate::verdict::Verdict;

/// Takes what pages gave from a shared store, or gives it there, so that others need not run them.
///
/// A shared store is a folder, or a branch of the git repository of the book that holds nothing else. A result is taken only if the
/// page, the library, the compiler, the system and the sandbox are the same; then the next build neither runs the page nor builds the
/// library. Whoever can write there decides what is shown here: `check --twice --sample N` runs some of what was pulled again.
#[derive(Debug, Args)]
pub struct Store {
    /// What to do.
    #[command(subcommand)]
    pub way: Way,
}

/// To here or from here.
#[derive(Debug, Subcommand)]
pub enum Way {
    /// Takes the results of all pages that have not run here.
    Pull(Place),
    /// Gives the results of all pages that have run here, in the place of older ones of the same pages.
    Push(Place),
}

/// Does it.
pub fn run(store: &Store, invocation: &Invocation<'_>) -> anyhow::Result<Verdict> {
    let book = match invocation.book(&Clock::default())? {
        Ok(book) => book,
        Err(verdict) => return Ok(verdict),
    };
    let config = Config::read(&book.config)?;
    let draft = checks::draft(&book, &config, invocation.extension);
    let sharing = Sharing { invocation, config, draft };
    match &store.way {
        Way::Pull(place) => sharing.pull(&*place.open(&invocation.root, Purpose::Pull)?),
        Way::Push(place) => sharing.push(&*place.open(&invocation.root, Purpose::Push)?),
    }
}

struct Sharing<'a> {
    invocation: &'a Invocation<'a>,
    config: Config,
    draft: Draft,
}

/// What lies in a shared store, without what pages gave.
#[derive(Default)]
struct Contents {
    /// What each result follows from.
    parts: BTreeMap<Key, Parts>,
    /// What else is known of the libraries, each once.
    notes: BTreeSet<(Vec<engine::Note>, BTreeMap<String, String>)>,
    /// Which machines the results are of, and how many of each.
    machines: BTreeMap<(String, String), usize>,
    /// What is no result, and why.
    refused: Vec<(String, String)>,
    /// The names of those.
    damaged: Vec<Key>,
}

impl Contents {
    /// Reads and checks every result, one after the other.
    fn of(shared: &dyn Shared) -> anyhow::Result<Self> {
        let mut contents = Self::default();
        for listed in shared.list()? {
            let key = match listed {
                Listed::Result(key) => key,
                Listed::Other(name, why) => {
                    contents.refused.push((name, why));
                    continue;
                }
            };
            match Parcel::unpack(&key, &shared.read(&key)?) {
                Ok(parcel) => {
                    let (compiler, sandbox) = parcel.machine();
                    *contents.machines.entry((compiler.to_owned(), sandbox.to_owned())).or_default() += 1;
                    contents.notes.insert((parcel.notes, parcel.parts.library()));
                    contents.parts.insert(key, parcel.parts);
                }
                Err(refused) => {
                    contents.refused.push((format!("results/{key}"), refused.to_string()));
                    contents.damaged.push(key);
                }
            }
        }
        Ok(contents)
    }
}

impl Sharing<'_> {
    fn pull(&self, shared: &dyn Shared) -> anyhow::Result<Verdict> {
        let Contents { parts, notes, machines, mut refused, .. } = Contents::of(shared)?;
        let root = &self.invocation.root;
        let library = self.config.library(root)?;
        let toolchain = Toolchain::find(root)?;
        for (notes, files) in notes {
            if let Adopted::Refused(why) = library.adopt(&toolchain, &notes, &files)? {
                let with = parts.iter().filter(|(_, parts)| parts.library() == files).map(|(key, _)| key);
                refused.extend(with.map(|key| (format!("results/{key}"), why.clone())));
            }
        }
        let names: BTreeSet<String> = refused.iter().map(|(name, _)| name.clone()).collect();
        let runner = self.runner()?;
        let find = &mut |key: &Key| -> anyhow::Result<Option<Result<Parcel, Refused>>> {
            if !parts.contains_key(key) || names.contains(&format!("results/{key}")) {
                return Ok(None);
            }
            // It is read and checked once more: nobody keeps all of them at once.
            Ok(Some(Parcel::unpack(key, &shared.read(key)?)))
        };
        let taken = runner.take(&self.draft.jobs(), find)?;
        let (mut here, mut before, mut missing) = (0, 0, Vec::new());
        for (index, taken) in taken {
            let page = &self.draft.pages[index].path;
            let (count, result) = match taken {
                Taken::Here => (&mut here, "pulled"),
                Taken::Before => (&mut before, "stored"),
                Taken::Missing | Taken::Refused(..) => {
                    if let Taken::Refused(key, why) = taken {
                        refused.push((format!("results/{key}"), format!("{why} ({page})")));
                    }
                    missing.push(page.as_str());
                    continue;
                }
            };
            *count += 1;
            self.page(page, result);
        }
        missing.iter().for_each(|page| self.page(page, "missing"));
        self.say(&format!("pulled the results of {}; {before} were here already", counted(here, "page")));
        if !missing.is_empty() {
            self.say(&format!("the next build runs {}: {}", counted(missing.len(), "page"), missing.join(", ")));
        }
        self.say_machines(&machines, &runner.machine());
        Ok(self.say_refused(&refused))
    }

    fn push(&self, shared: &dyn Shared) -> anyhow::Result<Verdict> {
        let contents = Contents::of(shared)?;
        let runner = self.runner()?;
        let (mut changes, mut missing, mut pulled, mut before) = (Changes::default(), Vec::new(), 0, 0);
        for (index, given) in runner.give(&self.draft.jobs())? {
            let page = &self.draft.pages[index].path;
            let parcel = match given {
                Given::Parcel(parcel) => parcel,
                Given::Pulled => {
                    pulled += 1;
                    self.page(page, "pulled");
                    continue;
                }
                Given::Missing => {
                    missing.push(page.as_str());
                    self.page(page, "missing");
                    continue;
                }
            };
            let key = parcel.key();
            let older =
                contents.parts.iter().filter(|(other, parts)| **other != key && parts.is_of_same(&parcel.parts));
            changes.go.extend(older.map(|(key, _)| *key));
            if self.is_there(&parcel, &contents, shared)? {
                before += 1;
                self.page(page, "stored");
            } else {
                let packed = parcel.pack().with_context(|| format!("packing what {page} gave"))?;
                changes.come.insert(key, packed);
                self.page(page, "pushed");
            }
        }
        changes.go.extend(contents.damaged.iter().filter(|key| !changes.come.contains_key(key)));
        let (came, gone) = (changes.come.len(), changes.go.len());
        if came + gone > 0 {
            shared.change(changes)?;
        }
        self.say(&format!(
            "pushed the results of {}; {before} were there already, {gone} older or damaged ones are gone",
            counted(came, "page")
        ));
        if pulled > 0 {
            self.say(&format!("left out what was pulled and never run here: {}", counted(pulled, "page")));
        }
        if !missing.is_empty() {
            self.say(&format!("not in the store: {}", missing.join(", ")));
        }
        self.say_refused(&contents.refused);
        Ok(Verdict::Fine)
    }

    /// Whether just this is there, of whatever run: times differ.
    fn is_there(&self, parcel: &Parcel, contents: &Contents, shared: &dyn Shared) -> anyhow::Result<bool> {
        let key = parcel.key();
        if !contents.parts.contains_key(&key) {
            return Ok(false);
        }
        let there = Parcel::unpack(&key, &shared.read(&key)?);
        Ok(there.is_ok_and(|there| there.execution.reads == parcel.execution.reads && there.notes == parcel.notes))
    }

    fn runner(&self) -> anyhow::Result<Runner> {
        Runner::new(&self.invocation.root, self.config.clone(), launcher()?)
    }

    fn page(&self, page: &str, result: &str) {
        self.invocation.console.event(&json!({"reason": "page", "page": page, "result": result}));
    }

    fn say(&self, line: &str) {
        self.invocation.console.say(line);
    }

    /// Results that nobody here can use.
    fn say_machines(&self, machines: &BTreeMap<(String, String), usize>, here: &(String, String)) {
        let others = machines.iter().filter(|(machine, _)| *machine != here);
        for ((compiler, sandbox), count) in others {
            let line = |name: &str| compiler.lines().find_map(|line| line.strip_prefix(name)).unwrap_or("unknown");
            let (host, release) = (line("host: ").escape_debug(), line("release: ").escape_debug());
            let sandbox = sandbox.escape_debug();
            self.say(&format!("left {count} of another machine: {host}, rustc {release}, sandbox {sandbox}"));
        }
    }

    fn say_refused(&self, refused: &[(String, String)]) -> Verdict {
        for (name, why) in refused {
            self.say(&format!("refused {name}: {why}"));
            self.invocation.console.event(&json!({"reason": "refused", "entry": name, "because": why}));
        }
        if refused.is_empty() { Verdict::Fine } else { Verdict::Wrong }
    }
}
