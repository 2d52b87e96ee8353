//! What was found out by building a library, told to who has not built it: of use, and never more than what lies there anyway.

use std::fs;

use engine::{Adopted, Engine as _, Note};

use super::library::{Workspace, that_takes_in, toolchain};

/// A library that was built, and another copy of it that was not.
fn copies() -> (Workspace, Workspace) {
    let copies = (Workspace::new(), Workspace::new());
    that_takes_in(&copies.0);
    that_takes_in(&copies.1);
    copies.0.build().0.unwrap();
    fs::copy(copies.0.root().join("Cargo.lock"), copies.1.root().join("Cargo.lock")).unwrap();
    copies
}

/// A note about the library as it is when nothing of it was built.
fn note(of: &Workspace, files: &[&str], variables: &[&str]) -> Note {
    let fingerprint = of.fingerprint().key().to_string();
    let taken = serde_json::json!({"files": files, "variables": variables});
    serde_json::from_value(serde_json::json!({"fingerprint": fingerprint, "taken": taken})).unwrap()
}

#[test]
fn who_is_told_what_a_library_takes_in_knows_it_before_it_is_built() {
    let (built, other) = copies();
    let notes = built.build().0.unwrap().notes().unwrap();
    let files = built.fingerprint().files;
    assert!(!notes.is_empty() && !other.fingerprint().is_complete);
    assert_eq!(other.library().adopt(&toolchain(), &notes, &files).unwrap(), Adopted::Yes);
    assert!(other.fingerprint().is_complete);
    assert_eq!(other.fingerprint().files, files);
}

#[test]
fn notes_about_another_library_are_not_kept() {
    let (built, other) = copies();
    let notes = built.build().0.unwrap().notes().unwrap();
    let files = built.fingerprint().files;
    other.write("слова.txt", "война");
    let before = other.fingerprint();
    assert_eq!(other.library().adopt(&toolchain(), &notes, &files).unwrap(), Adopted::No);
    assert_eq!(other.fingerprint(), before);
    other.write("курс/src/иное.rs", "");
    assert_eq!(other.library().adopt(&toolchain(), &notes, &files).unwrap(), Adopted::No);
}

#[test]
fn nobody_looks_at_what_lies_outside_or_is_no_file() {
    let workspace = Workspace::new();
    let files = workspace.fingerprint().files;
    let many: Vec<String> = (0..2000).map(|number| format!("файл-{number}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    #[cfg(unix)]
    std::os::unix::fs::symlink("/dev/zero", workspace.root().join("ноль")).unwrap();
    let wrong = [
        note(&workspace, &["../тайна"], &[]),
        note(&workspace, &["/dev/zero"], &[]),
        note(&workspace, &["курс/../../тайна"], &[]),
        note(&workspace, &[""], &[]),
        #[cfg(unix)]
        note(&workspace, &["ноль"], &[]),
        note(&workspace, &[], &["CARGO_REGISTRY_TOKEN"]),
        note(&workspace, &[], &["A=B"]),
        note(&workspace, &many, &[]),
    ];
    for note in wrong {
        let said = workspace.library().adopt(&toolchain(), std::slice::from_ref(&note), &files).unwrap();
        assert!(matches!(said, Adopted::Refused(_)), "{note:?}: {said:?}");
        assert!(!workspace.root().join(".book/store/taken").exists());
    }
}

#[test]
fn a_note_that_leaves_something_out_is_found_out_when_the_library_is_built() {
    let (_, workspace) = copies();
    let files = workspace.fingerprint().files;
    let lie = note(&workspace, &[], &[]);
    assert_eq!(workspace.library().adopt(&toolchain(), &[lie], &files).unwrap(), Adopted::Yes);
    assert!(workspace.fingerprint().is_complete);
    let engine = workspace.build().0.unwrap();
    assert!(engine.environment().library.contains_key("слова.txt"), "what runs now is kept under what it follows from");
    assert!(workspace.fingerprint().files.contains_key("слова.txt"));
}
