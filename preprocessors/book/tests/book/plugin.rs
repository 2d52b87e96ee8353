//! Plain mdBook with the same book.toml.

use std::path::Path;
use std::process::Command;

use mdbook_driver::MDBook;

use crate::fixture;

#[test]
fn plain_mdbook_writes_the_same_bytes() {
    let tools = Path::new(env!("CARGO_BIN_EXE_book")).parent().unwrap();
    let packages = ["mdbook-cells", "mdbook-references", "mdbook-math", "mdbook-highlight"];
    build(&packages, tools);
    let book = fixture::book();
    for (name, package) in ["cells", "references", "katex", "highlight"].into_iter().zip(packages) {
        let command = tools.join(package);
        book.replace("book.toml", &format!("\"mdbook-{name}\""), &format!("'{}'", command.display()));
    }
    assert_eq!(book.book(&["build"]).code, 0);
    let ours = book.files("book");
    std::fs::remove_dir_all(book.path("book")).unwrap();
    std::fs::remove_dir_all(book.path(".book")).unwrap();

    MDBook::load(book.root()).unwrap().build().unwrap();
    let theirs = book.files("book");
    assert_eq!(ours.keys().collect::<Vec<_>>(), theirs.keys().collect::<Vec<_>>());
    let different: Vec<&String> =
        ours.iter().filter(|(path, bytes)| theirs[*path] != **bytes).map(|(path, _)| path).collect();
    assert!(different.is_empty(), "{different:?}");
}

/// The tools in the profile of this test: cargo builds only the tools of the package that it tests.
fn build(packages: &[&str], tools: &Path) {
    let mut cargo = Command::new(std::env::var_os("CARGO").expect("cargo runs the tests"));
    cargo.args(["build", "--quiet", "--bins"]).current_dir(env!("CARGO_MANIFEST_DIR"));
    cargo.args(packages.iter().flat_map(|package| ["--package", package]));
    if tools.ends_with("release") {
        cargo.arg("--release");
    }
    assert!(cargo.status().expect("cargo starts").success());
}
