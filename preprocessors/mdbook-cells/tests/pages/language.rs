//! The language of a cell.

use insta::assert_snapshot;

use crate::page;

#[test]
fn cells_share_one_program_with_ordinary_borrows() {
    assert_snapshot!(page(
        "# Срез\n\n```rust cell\nlet ряд = vec![3, 1, 2];\nlet первый = &ряд[0];\n```\n\nТекст.\n\n```rust cell\n\
         fn удвоить(x: i32) -> i32 { 2 * x }\nудвоить(*первый)\n```\n"
    ));
}

#[test]
fn values_stand_in_sentences_formulas_headings_and_tables() {
    assert_snapshot!(page(
        "```rust cell hide\nlet доля = 0.98765;\nlet число = -1234567.5;\nlet слово = \"a*b_c\";\n```\n\n\
         ## Доля `=доля:.1%`\n\nИз `=число:.1` это $x = \\val{число:.2}$, слово `=слово`, код `= 5` и `==`.\n\n\
         | a | b |\n|---|---|\n| `=доля:.3` | `=(число * 2.0):.1e` |\n"
    ));
}

#[test]
fn hidden_lines_are_compiled_and_not_shown() {
    assert_snapshot!(page(
        "```rust cell\n# let скрыто = 5;\n#\n##[allow(dead_code)]\nстранно!();\n```\n"
            .replace("##[allow(dead_code)]\nстранно!();", "скрыто + 1")
            .as_str()
    ));
}

#[test]
fn what_is_hidden_quiet_or_folded_is_so() {
    assert_snapshot!(page(
        "```rust cell hide\nprintln!(\"видно\");\n```\n\n```rust cell quiet\nprintln!(\"не видно\");\n```\n\n```rust cell fold\n1\n```\n\n\
         ```rust cell hide quiet\nlet x = 1;\n```\n"
    ));
}

#[test]
fn a_cell_in_a_list_and_in_a_quote_keeps_its_container() {
    assert_snapshot!(page(
        "- список:\n\n  ```rust cell\n  let v = [1,\n      2];\n  v\n  ```\n\n  дальше\n\n> ```rust cell\n> v[0]\n> ```\n>\n> цитата\n"
    ));
}

#[test]
fn a_cell_that_must_panic_shows_its_panic_and_the_page_goes_on() {
    assert_snapshot!(page(
        "```rust cell should_panic\nlet пусто: Vec<i32> = Vec::new();\n# let скрыто = 1;\nпусто[0]\n```\n\n```rust cell\n\"живы\"\n```\n"
    ));
}

#[test]
fn a_cell_that_must_not_compile_shows_the_refusal() {
    assert_snapshot!(page(
        "```rust cell\nlet имя = String::from(\"шаг\");\n```\n\n```rust cell compile_fail=E0382\ndrop(имя);\nprintln!(\"{имя}\");\n```\n\n\
         ```rust cell\nимя\n```\n"
    ));
}

#[test]
fn a_refusal_counts_the_lines_that_the_reader_sees() {
    let page = page(
        "```rust cell compile_fail=E0308\n# let скрыто = 1;\nlet шаг = 2;\nlet x: f64 = \"а\";\n```\n\n\
         ```rust cell compile_fail=E0425\n# нет;\nlet шаг = 2;\n```\n",
    );
    assert!(page.contains("ячейка:2:14") && !page.contains("скрыто"), "{page}");
    assert!(page.contains("ячейка:1:3"), "a mistake in a hidden line is shown with it: {page}");
}

#[test]
fn cells_that_are_not_run_are_shown_and_one_of_them_is_compiled() {
    assert_snapshot!(page(
        "```rust cell no_run\nloop {}\n```\n\n```rust cell ignore\nне раст\n```\n\n```rust cell alone\nlet x = 1;\nx\n```\n"
    ));
}

#[test]
fn a_tail_behind_a_statement_on_its_line_and_before_a_comment_is_shown() {
    assert_snapshot!(page(
        "```rust cell\nlet x = 20; x + 1 // ответ\n// конец\n```\n\n```rust cell\nfor i in 0..2 { print!(\"{i} \"); }\n```\n"
    ));
}

#[test]
fn labels_number_figures_tables_and_listings_apart() {
    let svg = "Rich::svg(\"<svg viewBox='0 0 1 1'/>\").alt(\"точка\")";
    let table = "Table { columns: vec![(\"шаг\".into(), Align::Right)], rows: vec![vec![\"1\".into()]] }";
    assert_snapshot!(page(&format!(
        "На [рис.](#fig-б) и [](#fig-а), в [табл.](#tbl-т), [листинг](#lst-л).\n\n\
         ```rust cell #fig-а\n//| caption: Первая, $x$ = `=1 + 1`\n{svg}\n```\n\n```rust cell #fig-б hide\n//| caption: Вторая\n//| alt: своё\n{svg}\n```\n\n\
         ```rust cell #tbl-т hide\n//| caption: Шаги\n{table}\n```\n\n```rust cell #lst-л\n//| caption: Код\nlet x = 1;\n```\n"
    )));
}

#[test]
fn claims_leave_no_trace_on_the_page() {
    assert_snapshot!(page(
        "```rust cell\nlet x = 2.0_f64;\n```\n\nЭто так. <!-- claim: x.sqrt() > 1.4 -->\n\n<!-- claim:\nx > 1.0\n&& x < 3.0 -->\n\n<!-- просто так -->\n"
    ));
}

/// Four blanks in front of a paragraph would make code of it, two at the end of a line a break.
#[test]
fn many_claims_beside_each_other_leave_no_blanks_that_mean_something() {
    let claims = "<!-- claim: x > 1.0 --> <!-- claim: x > 0.0 --> <!-- claim: x < 3.0 --> <!-- claim: x < 4.0 -->";
    assert_snapshot!(page(&format!(
        "```rust cell hide\nlet x = 2.0_f64;\n```\n\n{claims} <!-- пояснение -->\n\n{claims} Так.\n\nЭто так. {claims}\nДальше {claims} и ещё.\n\n\
         > {claims} Цитата.\n\n- {claims} Пункт.\n\n{claims}\n"
    )));
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_change_nothing() {
    let page_text = "\u{feff}# Шаг\r\n\r\n```rust cell\r\nlet x = \"а\";\r\nx\r\n```\r\n\r\nЗначение `=x`.\r\n";
    assert_snapshot!(page(page_text).replace('\r', "␍"));
}

/// The type decides, and not the look: a version, a code of a region and a sign are texts.
#[test]
fn a_text_that_looks_like_a_number_is_set_as_it_is() {
    let page = page(
        "```rust cell hide\nlet версия = \"1.10\"; let код = String::from(\"00123456\"); let знак = std::borrow::Cow::from(\"12e4\"); let \
         цифра = '7'; let доля = 0.50; let всего = 12345; let имя = Some(\"1.0\");\n```\n\n\
         В `=версия` и `=&код` есть `=знак`, `=цифра:>3` и `=format!(\"{:.1}\", доля)`; а `=доля:.2` из `=всего`, `=имя.unwrap()`, `=-1.5`, \
         `=[\"-0.0\"][0]`.\n\nФормула $\\val{версия} \\val{доля:.2}$.\n",
    );
    let values: Vec<&str> =
        page.split("<span class=\"value\">").skip(1).map(|rest| rest.split("</span>").next().unwrap()).collect();
    insta::assert_debug_snapshot!(values);
    assert!(page.contains("\\text{1.10}") && page.contains("0{,}50"), "{page}");
}

#[test]
fn a_text_that_follows_an_input_is_a_text_in_every_state() {
    let page = page(
        "```rust cell live\nlet версия = input::choice(\"версия\", [\"1.10\", \"2.00\"]).default(\"1.10\");\nверсия\n```\n\nЭто `=версия`.\n",
    );
    assert!(page.contains("1.10</span>") && page.contains("2.00") && !page.contains("2,00"), "{page}");
}
