//! Pages of a size that nobody writes by hand. A way through them that is not linear would take hours.

use mdbook_cells::config::Config;
use mdbook_cells::draft::Draft;
use mdbook_cells::execution::{Execution, Output, Said};
use mdbook_cells::run::PageResult;

/// Far more than all tests of this program take together.
const MOST: u64 = 900;

/// Processor time of this process, where the system says: other programs, and how many, do not matter.
fn processor_seconds() -> u64 {
    const TICKS: u64 = 100;
    let said = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = said.rsplit_once(')').map_or("", |(_, fields)| fields).split_whitespace();
    fields.skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum::<u64>() / TICKS
}

/// Reads, plans and renders a page whose cells print `said`; gives its rendered text.
fn through(text: &str, said: &str) -> String {
    let before = processor_seconds();
    let draft = Draft::read(std::iter::once(("src/а.md".to_owned(), text)), &Config::default(), &[]);
    let page = &draft.pages[0];
    let execution = Execution {
        cells: page.cells.iter().map(|_| vec![Output::Stdout(said.to_owned())]).collect(),
        inlines: page.inlines.iter().map(|_| Said { text: said.to_owned(), ..Said::default() }).collect(),
        ..Execution::default()
    };
    let result = PageResult { execution: Some(execution), diagnostics: Vec::new() };
    let (texts, _) = draft.render(&[result], &Config::default());
    let took = processor_seconds() - before;
    assert!(took < MOST, "{} bytes took {took} s", text.len());
    texts.into_iter().next().flatten().unwrap()
}

#[test]
fn a_page_of_ten_megabytes_is_read() {
    let prose = "Абзац текста с $x$, `кодом` и [ссылкой](#fig-x).\n\n".repeat(150_000);
    let page = format!("{prose}```rust cell\n1\n```\n\n{prose}");
    assert!(page.len() > 20_000_000);
    assert!(through(&page, "2").contains("<pre class=\"output-stream\" tabindex=\"0\">2</pre>"));
}

#[test]
fn a_page_of_ten_thousand_cells_is_planned() {
    let page: String = (0..10_000)
        .map(|n| format!("```rust cell\nlet x{n} = {n};\nx{n}\n```\n\n```text out\n{n}\n```\n\nИ `=x{n}`.\n\n"))
        .collect();
    let rendered = through(&page, "1");
    assert_eq!(rendered.matches("<figure class=\"cell\">").count(), 10_000);
    let draft = Draft::read(std::iter::once(("src/а.md".to_owned(), page.as_str())), &Config::default(), &[]);
    assert_eq!(draft.sessions[0].as_ref().unwrap().programs.len(), 1);
}

#[test]
fn programs_beside_the_page_are_not_made_without_end() {
    let page = "```rust cell no_run\n1\n```\n\n".repeat(1000);
    let draft = Draft::read(std::iter::once(("src/а.md".to_owned(), page.as_str())), &Config::default(), &[]);
    assert!(draft.sessions[0].is_none());
    assert_eq!(draft.diagnostics[0].code, "too-many-programs");
}

#[test]
fn lines_of_a_megabyte_are_read() {
    let long = "слово ".repeat(90_000);
    for page in [
        format!("{long}\n"),
        format!("```rust cell\n// {}\n```\n", "x".repeat(40_000)),
        format!("| {} |\n|---|\n| {long} |\n", "а"),
        format!("{long} `=x` {long}"),
        format!("<!-- {long} -->"),
    ] {
        through(&page, &long);
    }
}

/// Pieces whose repetition is known to have cost somebody's parser quadratic time or its stack.
#[test]
fn pieces_that_are_repeated_without_end_take_linear_time() {
    const SIZE: usize = 200_000;
    for piece in [
        "`",
        "``` ",
        "$",
        "$$",
        "[",
        "![",
        "](",
        "*",
        "_",
        "**a",
        "<",
        "<!--",
        "<!-- claim: x",
        "<a ",
        "\\val{",
        "$\\val{",
        "> ",
        "- ",
        "1. ",
        "|",
        "\n|-",
        "&",
        "{{",
        "{{#include a",
        "`=",
        "`=x:",
        "[^1]",
        "[a]: b\n",
        "#",
        "~~~\n",
        "```rust cell\n",
        "```rust cell\n```\n",
        "\n    ",
        "\t",
        "\r\n",
        "\u{feff}",
        "(",
        "a*",
        "<div>\n\n",
        "]: <",
        "<?",
        "<![CDATA[",
    ] {
        through(&piece.repeat(SIZE / piece.len()), "x");
    }
}

#[test]
fn code_that_is_nested_without_end_is_refused_or_planned() {
    const DEPTH: usize = 30_000;
    for (open, close) in [
        ("(", ")"),
        ("[", "]"),
        ("{", "}"),
        ("-", ""),
        ("&", ""),
        ("!", ""),
        ("|| ", ""),
        ("return ", ""),
        ("if x {} else ", "{}"),
        ("x.", "x"),
        ("x + ", "x"),
        ("Vec<", ">"),
        ("loop {", "}"),
        ("a = ", "b"),
        ("f(", ")"),
        ("x[", "]"),
        ("match x { _ => ", "}"),
        ("let _ = ", "1"),
        ("#[a] ", "x"),
        ("*", "x"),
        ("break ", ""),
        ("1..", ""),
        ("\"", ""),
        ("/*", "*/"),
        ("x as &", "u8"),
        ("'a: loop {", "}"),
    ] {
        let depth = DEPTH / open.len().max(close.len());
        for core in ["1", ""] {
            let code = format!("{}{core}{}", open.repeat(depth), close.repeat(depth));
            through(&format!("```rust cell\n{code}\n```\n\n`={}`\n", code.replace('`', "")), "x");
            through(&format!("```rust cell\nlet x = {code};\n```\n"), "x");
        }
    }
    let long = format!("```rust cell\n{}\n```\n", "x();\n".repeat(20_000));
    let draft = Draft::read(std::iter::once(("src/а.md".to_owned(), long.as_str())), &Config::default(), &[]);
    assert_eq!(draft.diagnostics[0].code, "too-long");
}
