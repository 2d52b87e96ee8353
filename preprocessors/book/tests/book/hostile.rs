//! Pages that mean harm: each ends within its limit, is named with its line, and leaves nothing behind; the others are built.
#![cfg(target_os = "linux")]

use std::path::Path;

use crate::fixture;

/// What stands in a cell, what is said of it, and on which line. Rust's own calls are denied or end; the rest is in the engine's tests.
const PAGES: [(&str, &str, &str); 9] = [
    ("петля", "loop { std::hint::black_box(1); }", "the page takes longer than 5 s"),
    ("сон", "std::thread::sleep(std::time::Duration::from_secs(1000));", "the page takes longer than 5 s"),
    (
        "память",
        "let mut v = Vec::new(); loop { v.push(vec![0_u8; 1 << 24]); std::hint::black_box(&v); }",
        "the page needs more than 256 MB of memory",
    ),
    ("потоп", "loop { println!(\"{}\", \"потоп\".repeat(1000)); }", "the page prints more than 4 MB"),
    ("файлы", "for i in 0.. { std::fs::File::create(format!(\"{i}\"))?; }", "the page writes more than 1 MB"),
    (
        "потоки",
        // Not at once: else it is refused memory for their stacks before anybody has counted them.
        "let nap = |ms| std::thread::sleep(std::time::Duration::from_millis(ms)); loop { std::thread::spawn(move || nap(99_000)); nap(5); }",
        "the page starts more than 16 processes",
    ),
    (
        "дети",
        "for _ in 0.. { std::process::Command::new(std::env::current_exe()?).spawn()?; }",
        "a `?` gave up: Operation not permitted",
    ),
    ("сигнал", "std::process::abort();", "the page's program ended here by signal 6"),
    ("выход", "return Ok(());", "the page's program ended without coming here"),
];

#[test]
fn pages_that_mean_harm_end_within_their_limits_and_leave_nothing_behind() {
    let book = fixture::book();
    let temporary = tempfile::tempdir().unwrap();
    let mut summary = book.read("src/SUMMARY.md");
    for (name, code, _) in PAGES {
        summary.push_str(&format!("- [{name}]({name}.md)\n"));
        // Only those that would never end are given little time: a busy machine needs it for the others.
        let time = if ["петля", "сон"].contains(&name) { " timeout=5s" } else { "" };
        book.write(&format!("src/{name}.md"), &format!("# {name}\n\n```rust cell{time}\n{code}\n```\n"));
    }
    book.write("src/SUMMARY.md", &summary);
    book.replace("book.toml", "seconds = 20", "seconds = 600\nmemory = 256\noutput = 4\nprocesses = 16\ndisk = 1");
    let output = book.command(&["check"]).env("TMPDIR", temporary.path()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    for (name, _, message) in PAGES {
        let place = said.find(&format!("src/{name}.md:3:")).unwrap_or_else(|| {
            said.find(&format!("src/{name}.md:4:")).unwrap_or_else(|| panic!("{name} is not named:\n{said}"))
        });
        let before = &said[..place];
        let error = &before[before.rfind("error[").unwrap()..];
        assert!(error.contains(message), "{name}: {error}");
    }
    for page in ["данные", "глава/модель", "глава/проверка"] {
        assert!(!said.contains(&format!("src/{page}.md:")), "{page} is right:\n{said}");
    }
    assert_eq!(std::fs::read_dir(temporary.path()).unwrap().count(), 0, "a file was left behind");
    assert_eq!(inhabitants(temporary.path()), Vec::<String>::new(), "a process was left behind");
}

/// Processes whose program or folder lies below a folder.
pub fn inhabitants(folder: &Path) -> Vec<String> {
    let folder = folder.canonicalize().unwrap();
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    let is_inside = |process: &Path| {
        ["exe", "cwd"].iter().any(|link| process.join(link).read_link().is_ok_and(|place| place.starts_with(&folder)))
    };
    let found = processes.filter(|process| is_inside(&process.path()));
    found.map(|process| process.file_name().to_string_lossy().into_owned()).collect()
}

#[test]
fn what_lies_outside_of_the_book_stays_there() {
    let book = fixture::book();
    let secret = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(secret.path(), "тайна").unwrap();
    let link = |path: &str| std::os::unix::fs::symlink(secret.path(), book.path(path)).unwrap();
    link("data/тайна.csv");
    link("src/тайна.png");
    book.write("src/глава/вставка.txt", "{{#include ../../../../../../../../../etc/passwd}}");
    book.write(
        "src/index.md",
        "# О книге\n\n{{#include /etc/passwd}} {{ #include\n../../book.toml}} {{#include глава/вставка.txt}} {{#include SUMMARY.md}}\n",
    );
    let said = book.book(&["build"]);
    assert_eq!(said.code, 1);
    insta::assert_snapshot!(said.stderr.replace(&*secret.path().to_string_lossy(), "SECRET"));
    assert!(!book.path("book").exists());

    // A link that appears later is refused when it is read.
    let book = fixture::book();
    std::fs::create_dir(book.path("data/папка")).unwrap();
    std::os::unix::fs::symlink("../ирис.csv", book.path("data/папка/свои.csv")).unwrap();
    book.replace("src/данные.md", "ирис.csv", "папка/свои.csv");
    assert_eq!(book.book(&["build"]).code, 0, "a link inside of the book is a file of the book");
    book.replace("src/данные.md", "папка/свои.csv", "папка");
    let said = book.book(&["check"]).stderr;
    assert!(said.contains("`папка` cannot be read from the book's data folder: it is no file"), "{said}");
}

/// Pages as other editors, other systems and other writing directions make them.
#[test]
fn strange_pages_are_built_or_reported() {
    let book = fixture::book();
    let cell = "```rust cell\nlet x = 6 * 7;\nx\n```\n\nЧисло `=x`. <!-- claim: x == 42 -->\n";
    let nested = "- пункт\n\n  > цитата\n  >\n  > 1. ещё\n  >\n  >    ```rust cell\n  >    let x = 6 * 7;\n  >    x\n  >    ```\n\nКонец.\n";
    let deep = format!("{} глубоко\n\n{}пункт\n\n{cell}", "> ".repeat(3000), "- ".repeat(3000));
    let pages = [
        ("crlf", format!("# Строки\r\n\r\n{}", cell.replace('\n', "\r\n"))),
        ("bom", format!("\u{feff}# Метка\n\n{cell}")),
        ("rtl", format!("# \u{5e9}\u{5dc}\u{5d5}\u{5dd}\n\n\u{202b}\u{5d0}\u{5d1}\u{202c}\n\n{cell}")),
        ("nested", nested.to_owned()),
        ("deep", deep),
        ("long", format!("# Длинная\n\n{}\n\n{cell}", "слово ".repeat(90_000))),
        ("nul", format!("# Нуль\n\nа\0б\u{1b}в\n\n{cell}")),
    ];
    let mut summary = book.read("src/SUMMARY.md");
    for (name, text) in &pages {
        summary.push_str(&format!("- [{name}]({name}.md)\n"));
        book.write(&format!("src/{name}.md"), text);
    }
    book.write("src/SUMMARY.md", &summary);
    let said = book.book(&["build"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    for (name, _) in &pages {
        assert!(book.read(&format!("book/{name}.html")).contains("output-value\" tabindex=\"0\">42</pre>"), "{name}");
    }

    std::fs::write(book.path("src/rtl.md"), b"# \xff\xfe\n").unwrap();
    let said = book.book(&["build"]);
    assert_eq!(said.code, 1);
    assert!(
        said.stderr.contains("`rtl.md` cannot be read") && said.stderr.contains("src/SUMMARY.md:"),
        "{}",
        said.stderr
    );
}
