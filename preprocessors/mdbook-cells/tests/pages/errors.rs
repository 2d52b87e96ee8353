//! What an author is told: the file, the line and the column of every mistake.

use insta::assert_snapshot;

use crate::{Book, messages, page};

#[test]
fn a_compile_error_names_its_line_of_the_page() {
    assert_snapshot!(messages(
        "# Шаг\n\n> ```rust cell\n> let шаг: f64 = \"строка\";\n> let y = неизвестное + 1; y\n> ```\n"
    ));
}

#[test]
fn a_panic_and_a_failed_question_mark_name_their_lines() {
    assert_snapshot!(messages(
        "```rust cell\nlet пусто: Vec<f64> = Vec::new();\n```\n\nтекст\n\n```rust cell\nlet x = 1; пусто[x]\n```\n"
    ));
    assert_snapshot!(messages("```rust cell\nlet число: i32 = \"не число\".parse()?;\n```\n"));
}

#[test]
fn an_unbalanced_brace_is_reported_in_its_own_cell_and_other_pages_go_on() {
    let built = Book::new().build(&[
        ("src/а.md", "```rust cell\nlet a = (1;\n```\n\n```rust cell\n2\n```\n"),
        ("src/б.md", "```rust cell\n3\n```\n"),
    ]);
    assert_snapshot!(built.messages);
    assert_eq!(built.ran, ["src/б.md"]);
    assert!(built.pages[0].is_none() && built.pages[1].is_some());
}

#[test]
fn a_false_claim_shows_both_sides() {
    assert_snapshot!(messages(
        "```rust cell\nlet среднее = 3.5;\n```\n\nОно больше четырёх. <!-- claim: среднее > 4.0 -->\n\n<!-- claim: false -->\n"
    ));
}

#[test]
fn a_drifted_pinned_output_is_shown_as_a_difference() {
    assert_snapshot!(page(
        "```rust cell\nprintln!(\"раз\\nдва\");\n0.1 + 0.2\n```\n\n```text out\nраз\nтри\n0.3\n```\n\n```rust cell\n0.1 + 0.2\n```\n\n```text out tol=1e-9\n0.3\n```\n"
    ));
}

#[test]
fn an_endless_loop_ends_at_its_limit_and_names_the_cell() {
    assert_snapshot!(messages(
        "```rust cell\n1\n```\n\n```rust cell timeout=5s\nloop { std::hint::black_box(1); }\n```\n"
    ));
}

#[test]
fn a_cell_without_code_is_an_error() {
    assert_snapshot!(messages(
        "```rust cell\n```\n\n> ```rust cell #fig-x\n> //| caption: Рисунок\n>\n> ```\n\n[рис.](#fig-x)\n\n```rust cell\n// Только слова.\n```\n\n```rust cell\n# let x = 1;\n```\n"
    ));
}

#[test]
fn unknown_and_contradicting_words_are_errors() {
    assert_snapshot!(messages(
        "```rust cell hidden timeout=5 opt=9 #fig-\n1\n```\n\n```rust cell hide fold fold\n//| capton: a\n1\n```\n\n```rust, cell\n1\n```\n\n```text out tolerance=1\n```\n"
    ));
}

#[test]
fn a_word_whose_value_stands_apart_from_it_is_told_as_one() {
    assert_snapshot!(messages("```rust cell timeout = 60s\n1\n```\n\n```rust cell timeout= 60s opt =3\n1\n```\n"));
}

#[test]
fn a_label_of_what_nobody_sees_is_told() {
    let svg = "Rich::svg(\"<svg/>\").alt(\"точка\")";
    assert_snapshot!(messages(&format!(
        "[код](#lst-шаг) и [рис.](#fig-шаг)\n\n```rust cell #lst-шаг hide\nlet шаг = 1;\n```\n\n\
         ```rust cell #fig-шаг quiet\n//| caption: Шаг\n{svg}\n```\n"
    )));
}

#[test]
fn unknown_duplicate_and_missing_labels_are_errors() {
    let svg = "Rich::svg(\"<svg/>\").alt(\"точка\")";
    assert_snapshot!(messages(&format!(
        "[рис.](#fig-нет), [рис.](нет.md#fig-а)\n\n```rust cell #fig-а\n//| caption: Раз\n{svg}\n```\n\n```rust cell #fig-а\n//| caption: Два\n{svg}\n```\n\n```rust cell #fig-б\n1\n```\n"
    )));
}

#[test]
fn a_cell_that_does_not_do_what_it_announces_is_an_error() {
    assert_snapshot!(messages(
        "```rust cell should_panic\n1\n```\n\n```rust cell compile_fail\n1\n```\n\n```rust cell compile_fail=E0382\nнет\n```\n"
    ));
}

#[test]
fn a_picture_without_words_and_a_bad_svg_are_errors() {
    assert_snapshot!(messages(
        "```rust cell\nshow!(Rich::png(vec![1]));\nRich::svg(\"<svg><script/></svg>\").alt(\"x\")\n```\n"
    ));
}

#[test]
fn values_that_are_no_numbers_and_programs_that_stop_are_errors() {
    assert_snapshot!(messages("```rust cell\nlet x = 0.0_f64 / 0.0;\n```\n\nДоля `=x:.2`.\n"));
    assert_snapshot!(messages("```rust cell\n1\n```\n\n```rust cell\nstd::process::exit(3);\n```\n"));
}

#[test]
fn a_recursion_that_is_too_deep_and_a_refused_file_are_called_so() {
    let deep = messages(
        "```rust cell\nfn вниз(n: u64) -> u64 { 1 + вниз(std::hint::black_box(n + 1)) + std::hint::black_box(n) }\nвниз(0)\n```\n",
    );
    assert!(deep.contains("because its stack is full") && deep.contains("src/урок.md:1:4"), "{deep}");
    let refused = messages("```rust cell\nstd::fs::read(\"/etc/passwd\")?;\n```\n");
    assert!(refused.contains("reads only the book's data folder") && refused.contains("src/урок.md:2:1"), "{refused}");
}

#[test]
fn a_claim_about_something_unknown_is_one_mistake() {
    let said = messages("```rust cell\n1\n```\n\n<!-- claim: неизвестное > 1 -->\n");
    assert_eq!(said.matches("error[").count(), 1, "{said}");
}

#[test]
fn a_line_that_only_begins_like_the_end_of_a_cell_closes_nothing() {
    for last in ["```rust cell", "    ```", "```` `"] {
        let said = messages(&format!("# Шаг\n\n```rust cell\nlet x = 1;\n{last}\n\n    "));
        assert!(said.contains("error[unclosed-cell]") && said.contains("src/урок.md:3:1"), "{last}: {said}");
    }
}

#[test]
fn an_unclosed_cell_value_and_an_included_file_are_errors() {
    assert_snapshot!(messages("```rust cell\n{{#include a.rs}}\n```\n\n$\\val{x$ и `=a b`\n\n```rust cell\n1\n"));
}

#[test]
fn what_looks_like_a_claim_or_a_value_and_is_none_is_an_error() {
    assert_snapshot!(messages(
        "```rust cell\nlet x = 1;\n```\n\nТак. <!-- Claim: x > 0 --> <!-- cliam : x > 0 --> <!-- план: x -->\n\n\
         <details><summary>Решение `=x` и `код`</summary>\n\n`=x` <!-- claim: x == 1 -->\n\n</details>\n"
    ));
}

#[test]
fn a_directive_that_mdbook_would_follow_is_an_error() {
    assert_snapshot!(messages("```rust cell\nlet а = \"{{ #include ../book.toml}}\";\n```\n"));
    let page = page("```rust cell hide\nRich::latex(\"{{#include a}}\")\n```\n");
    assert!(page.contains("$$ { {#include a}} $$"), "{page}");
}

#[test]
fn a_file_that_is_not_there_is_named() {
    assert_snapshot!(messages("```rust cell\nlet данные = kernel::read(\"нет.csv\")?;\n```\n\n```rust cell\n1\n```\n"));
}

#[test]
fn a_warning_is_told_every_time_and_does_not_fail_the_page() {
    let book = Book::new();
    let pages =
        [("src/а.md", "```rust cell\nlet x: Result<i32, String> = Ok(1);\nwhile true { break; }\nx.unwrap()\n```\n")];
    let first = book.build(&pages);
    let second = book.build(&[("src/а.md", &format!("Проза.\n\n{}", pages[0].1))]);
    assert_snapshot!(second.messages);
    assert!(first.pages[0].is_some() && second.ran.is_empty());
}

#[test]
fn a_result_or_an_option_where_a_value_was_wanted_is_told_with_the_way_to_it() {
    let cells = [
        "let n: u32 = \"5\".parse::<u32>();",
        "let сумма = доля() + 1.0;",
        "println!(\"{}\", доля());",
        "let m: &i32 = [1, 2].iter().max();",
        "let k = [1, 2].first() + 1;",
        "let д = -доля();",
        "let п = [1, 2].iter().min().pow(2);",
    ];
    for (number, cell) in cells.into_iter().enumerate() {
        let told = messages(&format!("```rust cell\nfn доля() -> Result<f64, String> {{ Ok(0.5) }}\n{cell}\n```\n"));
        assert!(
            ["takes the value out of the", "use the `?` operator", "::expect`"].iter().any(|way| told.contains(way)),
            "{number}: {told}"
        );
    }
    let own = messages("```rust cell\nstruct Доля;\nlet x: f64 = Доля;\nlet y: Result<f64, String> = 1.0;\n```\n");
    assert!(!own.contains("takes the value out"), "{own}");
}

#[test]
fn a_description_of_no_picture_is_told() {
    let told = messages("```rust cell\n//| alt: Кривая идёт вниз\nlet x = 1;\nprintln!(\"{x}\");\n```\n");
    assert!(told.contains("error[no-picture]") && told.contains("урок.md:2:10"), "{told}");
    let of_hidden =
        "```rust cell quiet\n//| alt: Кривая\nRich::svg(\"<svg xmlns='http://www.w3.org/2000/svg'></svg>\")\n```\n";
    assert!(messages(of_hidden).contains("error[no-picture]"));
}
