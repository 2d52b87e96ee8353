//! `check --twice`: cells that give something else under other conditions are named, times are not.

use crate::fixture;

/// Cells, each of which shows something that another machine or moment would show otherwise.
const VARYING: [(&str, &str); 8] = [
    ("hash", "let m: std::collections::HashSet<u32> = (0..64).collect();\nprintln!(\"{m:?}\");"),
    ("адрес", "println!(\"{:p}\", &Box::leak(Box::new(1)));"),
    ("зона", "println!(\"{}\", std::env::var(\"TZ\")?);"),
    ("язык", "println!(\"{}\", std::env::var(\"LANG\")?);"),
    ("процессоры", "println!(\"{}\", std::thread::available_parallelism()?.get() > 1);"),
    ("папка", "println!(\"{}\", std::env::current_dir()?.display());"),
    ("часы", "println!(\"{:?}\", std::time::SystemTime::now());"),
    ("номер", "println!(\"{}\", std::process::id());"),
];

/// A cell that shows a time as a time.
const TIMED: &str = "# Время\n\n```rust cell\nlet x = timing(\"сумма\", || (0..1000_u64).sum::<u64>());\nx\n```\n\n```text out\n499500\n```\n";

#[test]
fn cells_that_give_something_else_the_second_time_are_named() {
    let book = fixture::book();
    let mut summary = format!("{}- [Время](время.md)\n", book.read("src/SUMMARY.md"));
    book.write("src/время.md", TIMED);
    for (name, code) in VARYING {
        summary.push_str(&format!("- [{name}]({name}.md)\n"));
        book.write(
            &format!("src/{name}.md"),
            &format!("# {name}\n\n```rust cell\n1\n```\n\n```rust cell\n{code}\n```\n"),
        );
    }
    let value = "# Число\n\n```rust cell\nlet x = std::process::id();\n```\n\nЧисло `=x`.\n";
    book.write("src/число.md", value);
    summary.push_str("- [Число](число.md)\n");
    book.write("src/SUMMARY.md", &summary);

    assert_eq!(book.book(&["check"]).code, 0, "once, all is well");
    let said = book.book(&["check", "--twice"]);
    assert_eq!(said.code, 1);
    assert!(
        said.stderr.contains("run again under other conditions: 13 pages, of which 9 gave something else"),
        "{}",
        said.stderr
    );
    let several = std::thread::available_parallelism().unwrap().get() > 1;
    for (name, _) in VARYING.iter().filter(|(name, _)| several || *name != "процессоры") {
        assert!(said.stderr.contains(&format!("src/{name}.md:7:")), "{name} is not named:\n{}", said.stderr);
        assert!(!said.stderr.contains(&format!("src/{name}.md:3:")), "{name} has a cell that is the same");
    }
    assert!(said.stderr.contains("src/число.md:7:7"), "{}", said.stderr);
    for page in ["время", "данные", "модель", "проверка"] {
        assert!(!said.stderr.contains(&format!("{page}.md:")), "{page} is the same:\n{}", said.stderr);
    }

    let one = book.book(&["check", "--twice", "зона.md"]);
    assert!(one.stderr.contains("1 page, of which 1 gave something else"), "{}", one.stderr);
    insta::assert_snapshot!(one.shown());
}

#[test]
fn a_time_is_on_the_page_and_in_no_comparison() {
    let book = fixture::book();
    book.write("src/index.md", TIMED);
    assert_eq!(book.book(&["build"]).code, 0, "the pinned output has no time in it");
    let page = book.read("book/index.html");
    let (_, rest) = page.split_once("<p class=\"output-timing\">сумма: <span class=\"timing\">").unwrap();
    let (time, _) = rest.split_once("</span></p>").unwrap();
    assert!(time.ends_with("с") && time.starts_with(|digit: char| digit.is_ascii_digit()), "{time}");
}
