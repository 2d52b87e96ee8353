//! The versions that a lock file pins.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::Context as _;
use toml::{Table, Value};

/// The locked packages that the named ones need, a line each with its checksum.
pub(super) fn locked<'a>(path: &Path, names: impl Iterator<Item = &'a String>) -> anyhow::Result<String> {
    let lock = match fs::read_to_string(path) {
        // The first build writes it.
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(String::new()),
        text => text.with_context(|| format!("reading {}", path.display()))?,
    };
    let lock: Table = lock.parse().with_context(|| format!("reading {}", path.display()))?;
    let mut packages: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for package in lock.get("package").and_then(Value::as_array).into_iter().flatten() {
        packages.entry(text(package, "name")).or_default().push(package);
    }
    let mut lines = BTreeSet::new();
    let mut wanted: Vec<&str> = names.map(String::as_str).collect();
    while let Some(name) = wanted.pop() {
        // `name`, or where there are several, `name version`, or where those are not enough, `name version (source)`.
        let mut words = name.split(' ');
        let (name, version) = (words.next().unwrap_or_default(), words.next());
        for package in packages.get(name).into_iter().flatten() {
            let is_meant = version.is_none_or(|version| text(package, "version") == version);
            let line = ["name", "version", "source", "checksum"].map(|field| text(package, field));
            if is_meant && lines.insert(line) {
                let needed = package.get("dependencies").and_then(Value::as_array);
                wanted.extend(needed.into_iter().flatten().filter_map(Value::as_str));
            }
        }
    }
    Ok(lines.into_iter().map(|line| line.join(" ")).collect::<Vec<_>>().join("\n"))
}

fn text<'a>(package: &'a Value, field: &str) -> &'a str {
    package.get(field).and_then(Value::as_str).unwrap_or_default()
}
