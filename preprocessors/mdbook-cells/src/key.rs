//! Everything that a page's result follows from, part by part, so that one can say in words what changed.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use engine::Environment;
use serde::{Deserialize, Serialize};
use store::Key;

use crate::config::Config;
use crate::plan::Job;

/// Our own code, beside the engine's, that decides what a program is made of and what is made of its frames: when it changes, results are others.
const OURS: [&str; 16] = [
    include_str!("assemble.rs"),
    include_str!("claim.rs"),
    include_str!("compiler.rs"),
    include_str!("execution.rs"),
    include_str!("glue.rs"),
    include_str!("live/flow.rs"),
    include_str!("live/gather.rs"),
    include_str!("live/names.rs"),
    include_str!("live/states.rs"),
    include_str!("plan.rs"),
    include_str!("program.rs"),
    include_str!("replay.rs"),
    include_str!("stray.rs"),
    include_str!("syntax.rs"),
    include_str!("terminal.rs"),
    include_str!("threads.rs"),
];

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
        parts.insert("library".into(), format!("{} ({})", config.library, config.profile));
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

    /// In words, what is different from an earlier run.
    pub fn changes_since(&self, before: &Self) -> Vec<String> {
        let names: std::collections::BTreeSet<&String> = self.0.keys().chain(before.0.keys()).collect();
        let mut changes = Vec::new();
        let mut code = false;
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
                Some(("code", _)) => code = true,
                _ => changes.push(format!("{} changed from `{}` to `{}`", word(name), short(old), short(new))),
            }
        }
        if code {
            changes.push("the code of the page changed (a cell, a value in a sentence or a claim)".into());
        }
        changes
    }
}

/// A hash in hexadecimal digits.
pub fn hash(content: &[u8]) -> String {
    blake3::hash(content).to_hex().to_string()
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
        "library" => "the teaching crate",
        "opt" => "the optimisation level",
        "seed" => "the seed",
        other => other,
    }
}

fn short(value: Option<&String>) -> &str {
    value.map_or("nothing", |value| value.lines().next().unwrap_or_default())
}
