//! Live cells: what comes out of one program that is run for every state.

use insta::assert_snapshot;

use crate::{Book, messages, page};

const SVG: &str =
    "Rich::svg(format!(\"<svg viewBox='0 0 9 9'><path d='M0 0l{k} 1'/></svg>\")).alt(format!(\"наклон {k}\"))";

#[test]
fn a_figure_its_caption_and_the_prose_follow_an_input() {
    assert_snapshot!(page(&format!(
        "```rust cell hide\nprintln!(\"раз\");\n```\n\n```rust cell #fig-а live\n//| caption: При $k$ = `=k` квадрат равен `=k * k`, а это `=7`\n\
         let k = input::choice(\"ранг k\", [1, 2, 3]).default(2);\n{SVG}\n```\n\n\
         Сейчас `=k as f64 / 2.0:.1`, а без ручки `=1 + 1`. <!-- claim: k * k < 10 -->\n\n```rust cell\n\"дальше\"\n```\n"
    )));
}

#[test]
fn text_tables_and_every_kind_of_knob_follow() {
    assert_snapshot!(page(
        "```rust cell hide live\nlet η = input::range(\"шаг\", -0.1..=0.1).step(0.1).unit(\"°\").default(0.0);\n\
         let on = input::toggle(\"с весом\").default(false);\nprintln!(\"{η} {on}\");\n\
         let t = input::frames(\"эпоха\", 0..=20).step(10).default(20);\n\
         Table { columns: vec![(\"шаг\".into(), Align::Right)], rows: vec![vec![t.to_string()]] }\n```\n"
    ));
}

#[test]
fn an_input_under_an_if_has_values_only_there() {
    let page = page(
        "```rust cell live\nlet on = input::toggle(\"вкл\").default(true);\n\
         let n = if on { input::choice(\"n\", [1, 2, 3]).default(1) } else { 0 };\nn\n```\n",
    );
    assert!(page.contains(r#"["вкл","n"],[[0,null],[1,0],[1,1],[1,2]],[[0,0,["0","1","2","3"]]]"#), "{page}");
}

/// How often a page program goes through its live cells.
fn rounds(text: &str) -> usize {
    let page = page(&format!("{text}\n\n```rust cell\nROUNDS.load(std::sync::atomic::Ordering::Relaxed)\n```\n"));
    let shown = page.rsplit("tabindex=\"0\">").next().unwrap();
    shown.split('<').next().unwrap().parse().unwrap_or_else(|_| panic!("{page}"))
}

const COUNT: &str = "```rust cell hide\nstatic ROUNDS: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);\n\
    fn count() { ROUNDS.fetch_add(1, std::sync::atomic::Ordering::Relaxed); }\n```\n\n";

#[test]
fn only_inputs_used_together_are_crossed() {
    let a = "```rust cell live\nlet a = input::frames(\"a\", 1..=10).default(1);\nlet b = input::frames(\"b\", 1..=5).default(1);\ncount();\na * b\n```\n\n";
    let c = "```rust cell live\nlet c = input::frames(\"c\", 1..=100).default(1);\ncount();\nc\n```\n";
    // Each group is run for its default state twice.
    assert_eq!(rounds(&format!("{COUNT}{a}{c}")), 10 * 5 + 1 + 100 + 1);
    let reads = c.replace("\nc\n", "\na + c\n").replace("1..=100", "1..=7");
    // The second needs `a` and `c`, not `b`; the default state is shared, and no round for the first one goes on to the second.
    assert_eq!(rounds(&format!("{COUNT}{a}{reads}")), 2 * (1 + 1) + (10 * 5 - 1) + 2 * (10 * 7 - 1));
}

#[test]
fn a_later_live_cell_reads_an_input_of_an_earlier_one_and_an_ordinary_cell_does_not() {
    let first =
        "```rust cell live\nlet k = input::choice(\"k\", [1, 2]).default(1);\nlet twice = |x: i32| 2 * x;\nk\n```\n\n";
    let page = page(&format!("{first}```rust cell\ntwice(7)\n```\n\n```rust cell live\ntwice(k)\n```\n"));
    assert_eq!(page.matches("class=\"live-data\"").count(), 2, "{page}");
    assert!(page.contains(r#"["k"],0,[[0,0,["2","4"]]]"#), "{page}");
    assert_snapshot!(messages(&format!("{first}```rust cell\nlet t = k + 1;\nt\n```\n")));
}

#[test]
fn a_claim_is_checked_in_every_state() {
    assert_snapshot!(messages(
        "```rust cell live\nlet k = input::choice(\"k\", [1, 2, 3]).default(1);\nlet root = f64::from(k - 1).sqrt().recip();\nk\n```\n\n\
         Мало. <!-- claim: k < 2 --> Или `=root`. <!-- claim: k > 0 -->\n"
    ));
}

#[test]
fn a_panic_in_a_state_names_the_state_and_the_line() {
    assert_snapshot!(messages(
        "```rust cell live\nlet k = input::choice(\"k\", [1, 2]).default(1);\nlet ряд = [0, 1];\nряд[k]\n```\n"
    ));
}

#[test]
fn what_a_live_cell_changes_behind_the_compilers_back_is_found() {
    assert_snapshot!(messages(
        "```rust cell\nlet всего = std::cell::Cell::new(0);\n```\n\n```rust cell live\nlet k = input::choice(\"k\", [1, 2]).default(1);\nвсего.set(всего.get() + k);\nвсего.get()\n```\n"
    ));
}

#[test]
fn functions_and_types_are_seen_from_above_a_live_cell() {
    let text = page(
        "```rust cell\nlater(1)\n```\n\n```rust cell live\nlet k = input::choice(\"k\", [1, 2]).default(1);\nfn inside(k: i32) -> i32 { 10 * k }\ninside(k)\n```\n\n\
         ```rust cell\nfn later(x: i32) -> i32 { inside(x) + 1 }\ndbg!(inside(2));\n```\n",
    );
    assert!(text.contains(">11<") && text.contains("src/урок.md:13:1"), "{text}");
}

#[test]
fn what_a_live_cell_changes_is_the_compilers_business() {
    assert_snapshot!(messages(
        "```rust cell\nlet mut всего = 0;\n```\n\n```rust cell live\nlet k = input::choice(\"k\", [1, 2]).default(1);\nвсего += k;\nвсего\n```\n"
    ));
}

#[test]
fn a_variable_moved_into_a_live_cell_is_the_compilers_business() {
    assert_snapshot!(messages(
        "```rust cell\nlet имя = String::from(\"шаг\");\n```\n\n```rust cell live\nlet k = input::choice(\"k\", [1, 2]).default(1);\nlet s = имя;\ns.len() * k\n```\n"
    ));
}

#[test]
fn the_rest_of_the_page_may_move_what_stands_before_a_live_cell() {
    let text = "```rust cell\nlet имя = String::from(\"шаг\");\n```\n\n```rust cell live\nlet k = input::choice(\"k\", [1, 2]).default(2);\nимя.len() * k\n```\n\n\
        ```rust cell compile_fail=E0382\ndrop(имя);\nимя\n```\n\n```rust cell\nlet другое = имя;\n(другое, k)\n```\n";
    // The last cell reads an input, so it must be live too: nothing else is wrong.
    assert_eq!(messages(text).matches("error").count(), 1);
    assert!(page(&text.replace(", k)", ", 1)")).contains("(&#34;шаг&#34;, 1)"));
}

#[test]
fn mistakes_of_live_cells_are_named() {
    assert_snapshot!(messages("```rust cell live\nlet x = 1;\nx\n```\n"));
    assert_snapshot!(messages("```rust cell\nlet y = input::choice(\"y\", [1, 2]).default(1);\ny\n```\n"));
    assert_snapshot!(messages(
        "```rust cell live\nlet a = input::choice(\"k\", [1, 2]).default(1);\nlet b = input::choice(\"k\", [1, 3]).default(1);\n(a, b)\n```\n"
    ));
    assert_snapshot!(messages("```rust cell live quiet\n1\n```\n"));
    assert_snapshot!(messages(
        "```rust cell live\nlet k = input::choice(\"k\", [1, 2]).default(1);\nk\n```\n\nЗдесь $\\val{k} > 0$.\n"
    ));
}

#[test]
fn caps_name_themselves_the_number_and_the_cell() {
    let mut book = Book::new();
    book.config.live.states = 10;
    let text = "```rust cell live\nlet a = input::frames(\"a\", 1..=6).default(1);\nlet b = input::frames(\"b\", 1..=6).default(1);\na * b\n```\n";
    assert_snapshot!(book.build(&[("src/урок.md", text)]).messages);
    let mut book = Book::new();
    book.config.live.kilobytes = 1;
    let text = "```rust cell live\nlet a = input::frames(\"a\", 1..=6).default(1);\n\"ы\".repeat(300 * a)\n```\n";
    assert_snapshot!(book.build(&[("src/урок.md", text)]).messages);
    let mut book = Book::new();
    book.config.live.seconds = 0;
    assert!(book.build(&[("src/урок.md", text)]).messages.contains("`seconds` is 0"));
}

#[test]
fn states_are_kept_in_the_store() {
    let book = Book::new();
    let text = "```rust cell live\nlet a = input::frames(\"a\", 1..=6).default(1);\na\n```\n\nЗначение `=a`.\n";
    let first = book.build(&[("src/урок.md", text)]);
    let second = book.build(&[("src/урок.md", &text.replace("Значение", "Вот"))]);
    assert_eq!((first.ran.len(), second.ran.len()), (1, 0));
    assert_eq!(first.pages[0].as_ref().unwrap().replace("Значение", "Вот"), second.pages[0].clone().unwrap());
    assert_eq!(book.build(&[("src/урок.md", &text.replace(" live", ""))]).ran.len(), 1);
}
