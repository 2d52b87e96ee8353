//! The cargo profile that the library is built with, where the workspace does not define it.

use std::path::Path;

use anyhow::Context as _;
use toml::{Table, Value};

/// The profiles that cargo has by itself.
const BUILT_IN: [&str; 4] = ["dev", "release", "test", "bench"];

/// What a profile for cells says, as cargo's `--config` wants it. At opt-level 1 a crate exports the generic functions that it instantiates,
/// so pages need not compile them again; the code of others is where pages spend their time, and its assertions are not ours to run. What
/// overflows in it is a page's number: that is told.
const CELLS: [&str; 6] = [
    "inherits=\"dev\"",
    "opt-level=1",
    "debug=false",
    "incremental=false",
    "package.\"*\".opt-level=3",
    "package.\"*\".debug-assertions=false",
];

/// The arguments that define `profile` for a cargo in the workspace at `root`; none where it is defined.
pub(super) fn arguments(root: &Path, profile: &str) -> anyhow::Result<Vec<String>> {
    let manifest = root.join("Cargo.toml");
    let text = std::fs::read_to_string(&manifest).with_context(|| format!("reading {}", manifest.display()))?;
    let manifest: Table = text.parse().with_context(|| format!("reading {}", manifest.display()))?;
    let is_known = BUILT_IN.contains(&profile)
        || manifest.get("profile").and_then(Value::as_table).is_some_and(|profiles| profiles.contains_key(profile));
    if is_known {
        return Ok(Vec::new());
    }
    Ok(CELLS.iter().flat_map(|setting| ["--config".to_owned(), format!("profile.{profile}.{setting}")]).collect())
}
