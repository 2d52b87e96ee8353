//! A disk that is full, a folder that is read-only: the build says so, and the next one gives the right bytes.
//!
//! Each book lies on a small disk of its own, in a mount namespace; where the system has none for us, nothing is tested.
#![cfg(target_os = "linux")]

use std::path::Path;
use std::process::{Command, Output};

use crate::fixture::{self, BookTest};

/// Runs a script as the root of a namespace, with the tool, the book and a folder for the disk as `$TOOL`, `$BOOK` and `$DISK`.
fn within(book: &BookTest, disk: &Path, script: &str) -> Output {
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--mount", "sh", "-euc", script]).current_dir(book.root());
    command.env("TOOL", env!("CARGO_BIN_EXE_book")).env("BOOK", book.root()).env("DISK", disk).env("NO_COLOR", "1");
    command.env_remove("CARGO_TARGET_DIR").output().unwrap()
}

fn has_namespaces(book: &BookTest, disk: &Path) -> bool {
    let works = within(book, disk, "mount -t tmpfs tmpfs \"$DISK\"").status.success();
    assert!(works || std::env::var_os("BOOK_REQUIRE_SANDBOX").is_none(), "there are no namespaces");
    works
}

#[test]
fn a_full_disk_is_said_and_does_no_harm() {
    let book = fixture::book();
    assert_eq!(book.book(&["build"]).code, 0);
    let right = book.files("book");
    for folder in ["book", ".book", "target"] {
        std::fs::remove_dir_all(book.path(folder)).unwrap();
    }
    let disk = tempfile::tempdir().unwrap();
    if !has_namespaces(&book, disk.path()) {
        return;
    }
    // From a disk that has no room for the teaching crate to one that has no room for the site.
    let script = r#"
        mount -t tmpfs -o size=400m tmpfs "$DISK"
        cp -r "$BOOK" "$DISK/book"
        mkdir "$DISK/tmp"
        export TMPDIR="$DISK/tmp"
        cd "$DISK/book"
        used() { df --output=used -k "$DISK" | tail -1; }
        for room in $ROOMS; do
            rm -rf .book book target
            [ "$room" -gt 0 ] || room=8
            mount -o "remount,size=$(( $(used) + room ))k" "$DISK"
            code=0; "$TOOL" build 2>"$SAID" || code=$?
            [ "$code" -eq 0 ] || tail -c 4000 "$SAID" >&2
            echo "$room $code"
            mount -o remount,size=400m "$DISK"
            "$TOOL" build 2>"$SAID" || { cat "$SAID" >&2; exit 3; }
            diff -r book "$RIGHT" >&2 || exit 4
        done
    "#;
    let keep = tempfile::tempdir().unwrap();
    for (path, bytes) in &right {
        let path = keep.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let rooms = std::env::var("BOOK_ROOMS").unwrap_or_else(|_| "64 2600 7000".to_owned());
    let said = keep.path().with_extension("said");
    let script = format!("ROOMS='{rooms}'; RIGHT='{}'; SAID='{}'\n{script}", keep.path().display(), said.display());
    let output = within(&book, disk.path(), &script);
    let (said, told) = (String::from_utf8_lossy(&output.stderr), String::from_utf8_lossy(&output.stdout));
    assert!(output.status.success(), "{told}{said}");
    let codes: Vec<&str> = told.lines().filter_map(|line| line.split(' ').nth(1)).collect();
    eprintln!("rooms in KB and exit codes: {}", told.lines().collect::<Vec<&str>>().join(", "));
    assert!(codes.contains(&"2"), "{told}");
    assert!(said.contains("No space left on device"), "{said}");
}

#[test]
fn a_folder_that_is_read_only_is_named() {
    let book = fixture::book();
    assert_eq!(book.book(&["build"]).code, 0);
    let right = book.files("book");
    let disk = tempfile::tempdir().unwrap();
    if !has_namespaces(&book, disk.path()) {
        return;
    }
    for (folder, changed) in [(".book", true), ("book", false), ("target", true), ("tmp", true)] {
        std::fs::create_dir_all(book.path("tmp")).unwrap();
        if changed {
            book.write("kernel/src/lib.rs", &format!("{}// {folder}\n", book.read("kernel/src/lib.rs")));
        }
        // Where nothing at all has changed nothing is written.
        book.write("заметка.txt", folder);
        let script = format!(
            "mount --bind \"$BOOK/{folder}\" \"$BOOK/{folder}\"; mount -o remount,bind,ro \"$BOOK/{folder}\"; cd \"$BOOK\"; \
             export TMPDIR=\"$BOOK/tmp\"; \"$TOOL\" build"
        );
        let output = within(&book, disk.path(), &script);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{folder}: {said}");
        assert!(said.contains("Read-only file system"), "{folder}: {said}");
        assert!(said.contains(&format!("/{folder}")), "{said}");
        assert_eq!(book.book(&["build"]).code, 0);
        assert_eq!(book.files("book"), right, "{folder}");
    }
}
