//! Everything that a page's result follows from, part by part, so that one can say in words what changed.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use engine::{Environment, Lack};
use serde::{Deserialize, Serialize};
use store::{Key, hash};

use crate::changes;
use crate::config::Config;
use crate::plan::Job;
use page::Page;

/// Our own code, beside the engine's, that decides what a program is made of and what is made of its frames: when it changes, results are others.
const OURS: [&str; 21] = [
    include_str!("../assemble.rs"),
    include_str!("../assemble/compiler.rs"),
    include_str!("../assemble/terminal.rs"),
    include_str!("../execution.rs"),
    include_str!("../plan/claim.rs"),
    include_str!("../plan/delimiters.rs"),
    include_str!("../plan/glue.rs"),
    include_str!("../plan/flow.rs"),
    include_str!("../assemble/gather.rs"),
    include_str!("../plan/names.rs"),
    include_str!("../assemble/states.rs"),
    include_str!("../plan.rs"),
    include_str!("../plan/program.rs"),
    include_str!("../assemble/replay.rs"),
    include_str!("../plan/stray.rs"),
    include_str!("../plan/syntax.rs"),
    include_str!("../plan/threads.rs"),
    include_str!("../plan/threads/shapes.rs"),
    include_str!("../words.rs"),
    include_str!("../words/en.rs"),
    include_str!("../words/ru.rs"),
];

/// The name of an artefact in the store.
pub(super) fn of_artefact(bytes: &[u8]) -> Key {
    Key::of(&[("artefact", bytes)])
}

/// Named hashes or short texts, in order of name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parts(pub BTreeMap<String, String>);

impl Parts {
    /// The parts of a session; `artefacts` are the hashes of what it loads.
    pub fn of(
        Job { page, session }: Job<'_>,
        config: &Config,
        environment: &Environment,
        artefacts: &BTreeMap<String, String>,
    ) -> Self {
        let mut parts = BTreeMap::new();
        parts.insert("tools".into(), tools().into());
        parts.insert("page".into(), page.path.clone());
        parts.insert("compiler".into(), environment.compiler.clone());
        parts.insert("flags".into(), environment.flags.clone());
        parts.insert("sandbox".into(), sandbox(&environment.lacking));
        parts.insert("library".into(), format!("{} ({})", config.library.as_deref().unwrap_or("none"), config.profile));
        parts.insert("prelude".into(), config.prelude());
        parts.insert("language".into(), config.words.code.to_owned());
        parts.insert("opt".into(), session.opt.unwrap_or(config.opt).to_string());
        parts.insert("seed".into(), session.seed.unwrap_or(config.seed).to_string());
        for (path, hash) in &environment.library {
            parts.insert(format!("file {path}"), hash.clone());
        }
        for (index, code) in session.code.iter().enumerate() {
            let first = code.split([' ', '\n']).next().unwrap_or_default();
            parts.insert(format!("code {index:05} {first}"), hash(code.as_bytes()));
        }
        for (name, hash) in artefacts {
            parts.insert(format!("artefact {name}"), hash.clone());
        }
        Self(parts)
    }

    /// The key.
    pub fn key(&self) -> Key {
        let parts: Vec<(&str, &[u8])> = self.0.iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect();
        Key::of(&parts)
    }

    /// Everything that the library is made of, by path.
    pub fn library(&self) -> BTreeMap<String, String> {
        let files = self.0.iter().filter_map(|(name, hash)| Some((name.strip_prefix("file ")?, hash)));
        files.map(|(path, hash)| (path.to_owned(), hash.clone())).collect()
    }

    /// Whether they are those of the same page on the same machine.
    pub fn is_of_same(&self, other: &Self) -> bool {
        ["page", "compiler", "sandbox"].iter().all(|name| self.0.get(*name) == other.0.get(*name))
    }

    /// In words, what of a page is different from an earlier run.
    pub fn changes_since(&self, before: &Self, page: &Page) -> Vec<String> {
        let names: std::collections::BTreeSet<&String> = self.0.keys().chain(before.0.keys()).collect();
        let mut changes = Vec::new();
        for name in names {
            let (old, new) = (before.0.get(name), self.0.get(name));
            if old == new {
                continue;
            }
            match name.split_once(' ') {
                Some(("file", path)) => changes.push(match (old, new) {
                    (Some(_), Some(_)) => format!("`{path}` changed"),
                    (None, _) => format!("`{path}` is new"),
                    (_, None) => format!("`{path}` is gone"),
                }),
                Some(("artefact", name)) => changes.push(format!("the artefact `{name}` changed")),
                // Where one comes or goes, all that follow have other numbers: they are compared as a whole.
                Some(("code", _)) => {}
                _ => changes.push(format!("{} changed from `{}` to `{}`", word(name), short(old), short(new))),
            }
        }
        changes.extend(changes::changes(page, &self.code(), &before.code()));
        changes
    }

    /// The hashes of cells, values and claims in their order.
    fn code(&self) -> Vec<&str> {
        self.0.iter().filter(|(name, _)| name.starts_with("code ")).map(|(_, hash)| hash.as_str()).collect()
    }
}

/// What page programs are kept from.
pub(super) fn sandbox(lacking: &[Lack]) -> String {
    if lacking.is_empty() {
        return "whole".to_owned();
    }
    let names: Vec<&str> = lacking.iter().map(|lack| lack.name()).collect();
    format!("without {}", names.join(", "))
}

/// Names the version of [`OURS`] and of the engine's.
fn tools() -> &'static str {
    static NAME: OnceLock<String> = OnceLock::new();
    NAME.get_or_init(|| hash([OURS.join("\0"), engine::SOURCES.join("\0")].join("\0").as_bytes())[..12].to_owned())
}

fn word(name: &str) -> &str {
    match name {
        "tools" => "the code that makes programs of pages",
        "page" => "the page's path",
        "compiler" => "the compiler",
        "flags" => "the compiler's flags",
        "sandbox" => "the sandbox",
        "library" => "the library",
        "prelude" => "`prelude`",
        "language" => "the language",
        "opt" => "the optimisation level",
        "seed" => "the seed",
        other => other,
    }
}

fn short(value: Option<&String>) -> &str {
    value.map_or("nothing", |value| value.lines().next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Files that say something of a page which is not stored, or make a program that no build runs.
    const NOT_IN_RESULTS: [&str; 2] = ["advice.rs", "standalone.rs"];

    #[test]
    fn every_file_that_makes_programs_or_results_is_in_the_key() {
        let src = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut open = ["plan", "assemble", "words"].map(|room| src.join(room)).to_vec();
        while let Some(path) = open.pop() {
            if path.is_dir() {
                open.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
                continue;
            }
            let name = path.file_name().unwrap().to_str().unwrap();
            let is_ours = OURS.contains(&std::fs::read_to_string(&path).unwrap().as_str());
            assert_ne!(is_ours, NOT_IN_RESULTS.contains(&name), "{}: in OURS, or in NOT_IN_RESULTS", path.display());
        }
    }
}
