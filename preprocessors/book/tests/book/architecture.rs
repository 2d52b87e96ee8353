//! What ARCHITECTURE.md says is absent: edges between crates, and what code that computes must not touch.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// What a crate depends on, but for its tests.
fn dependencies(folder: &str) -> BTreeSet<String> {
    let manifest = std::fs::read_to_string(workspace().join(folder).join("Cargo.toml")).unwrap();
    let manifest: toml::Table = manifest.parse().unwrap();
    manifest
        .get("dependencies")
        .and_then(toml::Value::as_table)
        .into_iter()
        .flat_map(toml::Table::keys)
        .cloned()
        .collect()
}

fn crates(folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(workspace().join(folder)).unwrap().flatten();
    let crates = entries.filter(|entry| entry.path().join("Cargo.toml").is_file());
    crates.map(|entry| format!("{folder}/{}", entry.file_name().to_string_lossy())).collect()
}

/// Rust of a file or a folder, tests and comments aside, with its path.
fn sources(path: &Path, found: &mut Vec<(PathBuf, String)>) {
    if path.is_dir() {
        std::fs::read_dir(path).unwrap().flatten().for_each(|entry| sources(&entry.path(), found));
    } else if path.extension().is_some_and(|ending| ending == "rs") {
        let text = std::fs::read_to_string(path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let code = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        found.push((path.to_owned(), code));
    }
}

#[test]
fn crates_know_what_they_may_and_nothing_else() {
    assert_eq!(dependencies("preprocessors/kernel"), BTreeSet::new());
    let of_mdbook = |name: &&String| name.starts_with("mdbook") || name.as_str() == "step";
    assert_eq!(dependencies("ml").iter().find(of_mdbook), None);
    let tools = crates("preprocessors");
    assert!(tools.len() > 15, "{tools:?}");
    let steps = ["mdbook-cells", "mdbook-highlight", "mdbook-math", "mdbook-references", "mdbook-search"];
    for tool in &tools {
        let known = dependencies(tool);
        let name = tool.rsplit('/').next().unwrap();
        assert_eq!(known.contains("mdbook-driver"), name == "book", "{tool}");
        let others: Vec<_> = known.iter().filter(|other| steps.contains(&other.as_str()) && *other != name).collect();
        assert!(name == "book" || others.is_empty(), "{tool} knows {others:?}");
        let of_course = ["russian", "prose", "lecture", "course-site", "language", "ml"];
        assert!(!known.iter().any(|other| of_course.contains(&other.as_str())), "{tool} knows the course");
    }
    for leaf in ["preprocessors/diagnostic", "preprocessors/store", "preprocessors/elementary", "course/russian"] {
        let ours: BTreeSet<String> = tools.iter().map(|tool| tool.rsplit('/').next().unwrap().to_owned()).collect();
        assert!(dependencies(leaf).is_disjoint(&ours), "{leaf}");
    }
}

#[test]
fn what_computes_touches_no_file_process_clock_or_environment() {
    const OUTSIDE: [&str; 8] = [
        "std::fs",
        "std::env",
        "std::net",
        "std::thread::sleep",
        "process::Command",
        "Instant",
        "SystemTime",
        "File::",
    ];
    let cells = "preprocessors/mdbook-cells/src";
    let mut found = Vec::new();
    for path in ["preprocessors/page/src", "preprocessors/diagnostic/src", "preprocessors/markdown-lint/src"] {
        sources(&workspace().join(path), &mut found);
    }
    for room in ["plan", "assemble", "render", "mutate"] {
        sources(&workspace().join(cells).join(room), &mut found);
        sources(&workspace().join(cells).join(format!("{room}.rs")), &mut found);
    }
    assert!(found.len() > 80, "{}", found.len());
    for (path, code) in found {
        let outside = OUTSIDE.iter().find(|outside| code.contains(**outside));
        assert_eq!(outside, None, "{}", path.display());
    }
}

#[test]
fn only_the_names_of_the_c_library_are_unsafe() {
    let mut found = Vec::new();
    for crates in ["preprocessors", "course"].map(crates) {
        crates.iter().for_each(|of| sources(&workspace().join(of).join("src"), &mut found));
    }
    sources(&workspace().join("ml/src"), &mut found);
    let is_unsafe = |code: &str| {
        ["unsafe {", "unsafe fn", "unsafe impl", "#[unsafe(", "unsafe extern"].iter().any(|word| code.contains(word))
    };
    let files: Vec<&PathBuf> = found.iter().filter(|(_, code)| is_unsafe(code)).map(|(path, _)| path).collect();
    assert!(files.len() == 1 && files[0].ends_with("elementary/src/lib.rs"), "{files:?}");
}
