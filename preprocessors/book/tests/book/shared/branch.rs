//! A branch of a remote as a shared store.

use super::*;

/// A repository in the book's folder, and a remote of it.
fn repository(book: &BookTest, remote: &Path) {
    git(&book.root(), &["init", "--quiet", "--initial-branch=main"]);
    git(&book.root(), &["remote", "add", "origin", remote.to_str().unwrap()]);
}

fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .current_dir(folder)
        .args(["-c", "user.name=Некто", "-c", "user.email=a@b"])
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

#[test]
fn a_branch_of_the_remote_is_a_shared_store_of_one_commit() {
    let remote = tempfile::tempdir().unwrap();
    git(remote.path(), &["init", "--quiet", "--bare"]);
    let (book, other) = (fixture::book(), fixture::book());
    for book in [&book, &other] {
        repository(book, remote.path());
    }
    let told = other.book(&["store", "pull", "--branch", "выводы"]);
    assert_eq!(told.code, 2);
    assert!(told.stderr.contains("`origin` has no branch `выводы`"), "{}", told.stderr);
    book.ran(&["build"]);
    let push = || pages(&book.events(&["store", "push", "--branch", "выводы"]), "pushed");
    assert_eq!(push(), ALL);
    let commit = || git(remote.path(), &["rev-parse", "выводы"]);
    let first = commit();
    assert!(push().is_empty());
    assert_eq!(commit(), first, "nothing has changed");
    assert_eq!(pages(&other.events(&["store", "pull", "--branch", "выводы"]), "pulled"), ALL);
    assert!(other.ran(&["build"]).is_empty());
    assert!(!other.path("target").exists() && other.files("book") == book.files("book"));
    assert_eq!(git(&other.root(), &["for-each-ref"]), "", "nothing is left behind");
    let third = fixture::book();
    git(&third.root(), &["init", "--quiet"]);
    git(&third.root(), &["remote", "add", "сосед", remote.path().to_str().unwrap()]);
    let from = ["store", "pull", "--branch", "выводы", "--remote", "сосед"];
    assert_eq!(pages(&third.events(&from), "pulled"), ALL, "a remote of another name");
    assert_eq!(third.book(&["store", "pull", "--remote", "сосед"]).code, 2, "a remote without a branch");

    book.replace("src/данные.md", "строк: {длина}", "строк {длина}");
    book.ran(&["build"]);
    assert_eq!(push(), ["src/данные.md"]);
    assert_eq!(git(remote.path(), &["rev-list", "--count", "выводы"]), "1", "old results do not pile up");
    assert_eq!(git(remote.path(), &["ls-tree", "-r", "--name-only", "выводы"]).lines().count(), 4);
}

#[test]
fn files_of_a_branch_that_are_too_many_too_large_or_no_files_are_not_taken() {
    let given = Given::new();
    let remote = tempfile::tempdir().unwrap();
    git(remote.path(), &["init", "--quiet", "--bare"]);
    // A branch whose results are those of the folder, and what a script adds to them as lines of `git mktree`.
    let push = |more: &str| {
        let script = format!(
            r#"cd "$REMOTE"
            for file in "$STORE"/results/*; do
                printf '100644 blob %s\t%s\n' "$(git hash-object -w "$file")" "$(basename "$file")"
            done >lines
            empty=$(git hash-object -w --stdin </dev/null)
            {more}
            results=$(git mktree <lines)
            readme=$(git hash-object -w "$STORE/README.md")
            top=$(printf '100644 blob %s\tREADME.md\n040000 tree %s\tresults\n' "$readme" "$results" | git mktree)
            git -c user.name=N -c user.email=a@b commit-tree "$top" -m N >commit
            git update-ref refs/heads/results "$(cat commit)""#
        );
        let output = Command::new("sh")
            .args(["-euc", &script])
            .envs([("REMOTE", remote.path().to_str().unwrap()), ("STORE", given.path())])
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    let pull = || {
        let book = fixture::book();
        repository(&book, remote.path());
        book.book(&["store", "pull", "--branch", "results"])
    };
    push("");
    assert!(pull().stderr.contains("pulled the results of 3 pages"), "the branch is otherwise right");
    let many = format!(r#"seq -f "100644 blob $empty%064.0f" {TOO_MANY} | sed 's/^\(.\{{52\}}\)/\1\t/' >>lines"#);
    push(&many);
    let told = pull();
    assert_eq!(told.code, 2);
    assert!(told.stderr.contains("the branch has more than 10000 files"), "{}", told.stderr);
    let zeros = "0".repeat(64);
    for (more, name, why) in [
        (
            format!(
                "large=$(truncate -s 101M large; git hash-object -w large); printf '100644 blob %s\t{zeros}\n' $large >>lines"
            ),
            &*zeros,
            "it is larger than 100 MB",
        ),
        (format!("printf '120000 blob %s\t{zeros}\n' $empty >>lines"), &*zeros, "it is no file"),
        (format!("printf '160000 commit {}\t{zeros}\n' >>lines", "1".repeat(40)), &*zeros, "it is no file"),
        ("printf '100644 blob %s\t..тайна\n' $empty >>lines".to_owned(), "..тайна", "its name is not that of a result"),
        (
            "deep=$(printf '100644 blob %s\ta\n' $empty | git mktree); printf '040000 tree %s\tb\n' $deep >>lines"
                .to_owned(),
            "b/a",
            "its name is not that of a result",
        ),
    ] {
        push(&more);
        let told = pull();
        assert_eq!(told.code, 1, "{}", told.stderr);
        assert!(told.stderr.contains(&format!("refused results/{name}: {why}")), "{}", told.stderr);
        assert!(told.stderr.contains("pulled the results of 3 pages"), "{}", told.stderr);
    }
}

#[test]
fn a_branch_that_is_no_shared_store_is_neither_read_nor_written() {
    let remote = tempfile::tempdir().unwrap();
    git(remote.path(), &["init", "--quiet", "--bare"]);
    let book = fixture::book();
    repository(&book, remote.path());
    git(&book.root(), &["add", "book.toml"]);
    git(&book.root(), &["commit", "--quiet", "--message", "Книга"]);
    git(&book.root(), &["push", "--quiet", "origin", "main"]);
    let commit = git(remote.path(), &["rev-parse", "main"]);
    book.ran(&["build"]);
    for way in ["pull", "push"] {
        let told = book.book(&["store", way, "--branch", "main"]);
        assert_eq!(told.code, 2);
        assert!(told.stderr.contains("the branch `main` of `origin` is no shared store"), "{}", told.stderr);
    }
    assert_eq!(git(remote.path(), &["rev-parse", "main"]), commit);
    for wrong in
        [&["store", "push"][..], &["store", "push", "--branch", "--force"], &["store", "push", "x", "--branch", "y"]]
    {
        assert_eq!(book.book(wrong).code, 2, "{wrong:?}");
    }
    assert!(book.book(&["store", "push", "src"]).stderr.contains("is no shared store"));
}
