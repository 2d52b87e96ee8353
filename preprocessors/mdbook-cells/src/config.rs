//! `[preprocessor.cells]` of book.toml.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, ensure};
use engine::{Carried, Library, Limits, Wanted};
use mdbook_preprocessor::PreprocessorContext;
use serde::Deserialize;

use crate::assemble::states::Caps;
use crate::traps::Traps;
use crate::words::Words;

/// Plots come with the tool.
const PLOTS: Carried = Carried { name: "plots", manifest: plots::sources::MANIFEST, files: &plots::sources::FILES };

/// The settings of the cells.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// Package of the workspace around the book that cells use; without one they have the kernel alone.
    pub library: Option<String>,
    /// Other crates that cells may name, as cargo's own table of dependencies.
    pub dependencies: toml::Table,
    /// What every page begins with, as paths of `use`; by default the library's prelude.
    pub prelude: Option<Vec<String>>,
    /// Cargo profile that all of it is built with.
    pub profile: String,
    /// Folder of the data that cells may read.
    pub data: PathBuf,
    /// Folder of the store.
    pub store: PathBuf,
    /// Optimisation level of pages that do not say.
    pub opt: u8,
    /// Seed of pages that do not say.
    pub seed: u64,
    /// Outputs with more lines are folded.
    pub fold_lines: usize,
    /// How many pages run at once; 0 takes as many as there are processors.
    pub jobs: usize,
    /// When a program is stopped.
    pub limits: LimitsConfig,
    /// How much live cells may take.
    pub live: LiveConfig,
    /// Calls of the library that answer wrongly without a word, and what to write instead.
    pub traps: Traps,
    /// What is added to a page in words: `[book] language` decides.
    #[serde(skip, default = "english")]
    pub words: &'static Words,
    // mdBook's own keys of the table.
    command: Option<toml::Value>,
    before: Option<toml::Value>,
    after: Option<toml::Value>,
    renderers: Option<toml::Value>,
    optional: Option<toml::Value>,
}

/// `[preprocessor.cells.limits]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct LimitsConfig {
    /// Seconds a page's program may take.
    pub seconds: u64,
    /// The same for a page that has never run to a good end here, when it is less.
    pub first_seconds: Option<u64>,
    /// Megabytes of memory.
    pub memory: u64,
    /// Megabytes it may print and show.
    pub output: u64,
    /// Processes and threads.
    pub processes: u64,
    /// Megabytes of the files in its scratch folder, and of the artefacts that it saves.
    pub disk: u64,
}

/// `[preprocessor.cells.live]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct LiveConfig {
    /// States of a live cell, with all that is run together with it.
    pub states: usize,
    /// Seconds of processor time that all of them take.
    pub seconds: u64,
    /// Kilobytes that they add to the page.
    pub kilobytes: usize,
}

fn english() -> &'static Words {
    Words::of(None)
}

impl Default for LiveConfig {
    fn default() -> Self {
        Self { states: 400, seconds: 30, kilobytes: 512 }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            library: None,
            dependencies: toml::Table::new(),
            prelude: None,
            profile: "cells".into(),
            data: "data".into(),
            store: ".book/store".into(),
            opt: 1,
            seed: 0,
            fold_lines: 40,
            jobs: 0,
            limits: LimitsConfig::default(),
            live: LiveConfig::default(),
            traps: Traps::default(),
            words: english(),
            command: None,
            before: None,
            after: None,
            renderers: None,
            optional: None,
        }
    }
}

impl Default for LimitsConfig {
    fn default() -> Self {
        Self { seconds: 40, first_seconds: None, memory: 4096, output: 32, processes: 64, disk: 256 }
    }
}

impl Config {
    /// Reads the table.
    pub fn of(context: &PreprocessorContext) -> anyhow::Result<Self> {
        Self::read(&context.config)
    }

    /// Reads the table from mdBook's configuration.
    pub fn read(book: &mdbook_preprocessor::config::Config) -> anyhow::Result<Self> {
        let read: Option<Self> = book.get("preprocessor.cells").context("reading [preprocessor.cells] of book.toml")?;
        let mut config = read.unwrap_or_default();
        config.words = Words::of(book.book.language.as_deref());
        ensure!(config.opt <= 3, "[preprocessor.cells] of book.toml: `opt` is 0, 1, 2 or 3");
        for path in config.prelude.iter().flatten() {
            let is_path = syn::parse_str::<syn::ItemUse>(&format!("use ::{path};")).is_ok();
            ensure!(is_path, "[preprocessor.cells] of book.toml: `{path}` in `prelude` is nothing that `use` takes");
        }
        Ok(config)
    }

    /// What page programs begin with.
    pub fn prelude(&self) -> String {
        let uses: Vec<String> = self.uses().iter().map(|path| format!("use ::{path};")).collect();
        uses.join(" ")
    }

    fn uses(&self) -> Vec<String> {
        self.prelude.clone().unwrap_or_else(|| {
            let library = self.library.as_deref().unwrap_or("kernel");
            vec![format!("{}::prelude::*", library.replace('-', "_"))]
        })
    }

    /// What cargo has to build for the book in `root`.
    pub fn library(&self, root: &Path) -> anyhow::Result<Library> {
        let Self { library, dependencies, profile, .. } = self;
        let wanted = Wanted {
            library: library.clone(),
            dependencies: dependencies.clone(),
            profile: profile.clone(),
            store: self.store(root),
        };
        Library::of(root, &wanted, &[PLOTS])
    }

    /// What the crates that cells use are called in a message.
    pub fn library_name(&self) -> String {
        match &self.library {
            Some(library) => format!("the library `{library}`"),
            None => "what the cells depend on".to_owned(),
        }
    }

    /// How many pages run at once.
    pub fn parallel(&self) -> usize {
        match self.jobs {
            0 => std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            jobs => jobs,
        }
    }

    /// The settings for a page that has never run to a good end.
    pub fn for_a_first_run(&self) -> Self {
        let mut first = self.clone();
        first.limits.seconds = self.limits.first_seconds.unwrap_or(u64::MAX).min(self.limits.seconds);
        first
    }

    /// The limits of a page that asks for `timeout`.
    pub fn limits(&self, timeout: Option<Duration>) -> Limits {
        const MEGABYTE: u64 = 1 << 20;
        let wall = timeout.unwrap_or(Duration::from_secs(self.limits.seconds));
        Limits {
            wall,
            // A page has one thread of its own and a few of its libraries.
            cpu: wall * 4,
            memory: self.limits.memory * MEGABYTE,
            output: self.limits.output * MEGABYTE,
            processes: self.limits.processes,
            disk: self.limits.disk * MEGABYTE,
        }
    }

    /// The caps of live cells.
    pub fn caps(&self) -> Caps {
        Caps { states: self.live.states, time: Duration::from_secs(self.live.seconds) }
    }

    /// All settings that a finished page follows from: how long programs may take, and how many at once, is no part of what they give.
    pub fn of_pages(&self) -> String {
        // Every field is named, so that the compiler asks of a new one whether it is one of these.
        let Self {
            library,
            dependencies,
            prelude,
            profile,
            data,
            opt,
            seed,
            fold_lines,
            live,
            traps,
            words,
            store: _,
            jobs: _,
            limits: _,
            command: _,
            before: _,
            after: _,
            renderers: _,
            optional: _,
        } = self;
        let programs = (library, dependencies, prelude, profile, data, opt, seed);
        format!("{:?}", (programs, fold_lines, live, traps, words.code))
    }

    /// The folder of the store under `root`.
    pub fn store(&self, root: &Path) -> PathBuf {
        root.join(&self.store)
    }
}
