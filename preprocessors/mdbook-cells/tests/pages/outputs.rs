//! What cells print and show.

use insta::assert_snapshot;

use crate::page;

#[test]
fn hostile_text_arrives_intact_and_harmless() {
    assert_snapshot!(page(
        "```rust cell hide\nprintln!(\"$x$ `код` </pre> {{{{#include a.rs}}}} <script>alert(1)</script>\\n\\n\\nпосле пустых *строк* \\\\ | \\u{202e}назад\");\n```\n"
    ));
}

#[test]
fn streams_and_values_keep_their_order() {
    assert_snapshot!(page(
        "```rust cell hide\nprint!(\"раз \");\neprintln!(\"ошибка\");\nprintln!(\"два\");\nshow!(1 + 1);\nprintln!(\"три\");\ndbg!(\"x\");\n[1.5, 2.5]\n```\n"
    ));
}

#[test]
fn long_output_is_folded_with_its_size() {
    assert_snapshot!(page("```rust cell hide\nfor i in 0..8 { println!(\"строка {i}\"); }\n```\n"));
}

#[test]
fn a_type_of_the_page_shows_itself() {
    assert_snapshot!(page(
        "```rust cell hide\nstruct Дробь(i32, i32);\nimpl Show for Дробь {\n    fn show(&self) -> Rich {\n        Rich::latex(format!(r\"\\frac{{{}}}{{{}}}\", self.0, self.1))\n    }\n}\nДробь(1, 2)\n```\n"
    ));
}

#[test]
fn html_is_cleaned_and_a_picture_carries_its_alt_text() {
    assert_snapshot!(page(
        "```rust cell hide\nshow!(Rich::html(\"<b onclick='x'>жирно</div><script>1</script>\\n\\n{{#include}}\"));\nRich::png(vec![137, 80]).alt(\"точка\")\n```\n"
    ));
}

#[test]
fn a_long_value_is_printed_over_several_lines() {
    assert_snapshot!(page(
        "```rust cell hide\n(0..3).map(|i| format!(\"очень длинная строка номер {i}, чтобы не влезло\")).collect::<Vec<_>>()\n```\n"
    ));
}

#[test]
fn a_million_lines_arrive() {
    let page = page("```rust cell hide\nfor _ in 0..1_000_000 { println!(\"ы\"); }\n```\n");
    assert!(
        page.contains("Показать всё: 1\u{202f}000\u{202f}000\u{a0}строк, 3,0\u{a0}МБ"),
        "{}",
        &page[..page.len().min(400)]
    );
    assert_eq!(page.matches('ы').count(), 1_000_003);
}

#[test]
fn long_values_tables_and_lines_are_folded_too() {
    assert_snapshot!(page(
        "```rust cell hide\n(0..9).map(|i| format!(\"значение, которому нужна своя строка {i}\")).collect::<Vec<_>>()\n```\n\n\
         ```rust cell hide\nTable { columns: vec![(\"шаг\".into(), Align::Right)], rows: (0..8).map(|i| vec![i.to_string()]).collect() }\n```\n"
    ));
    let page = page("```rust cell hide\nprint!(\"{}\", \"ы\".repeat(30_000));\n```\n");
    assert!(page.contains("Показать всё: 1\u{a0}строка, 60,0\u{a0}КБ"), "{}", &page[..page.len().min(400)]);
    assert_eq!(page.matches('ы').count(), 32_000);
}

#[test]
fn a_text_over_several_lines_is_the_same_inside_of_a_list() {
    let page = page(
        "- пункт\n\n  ```rust cell hide\n  let текст = \"а\n  б\n    в\"; println!(\"[{текст}]\");\n  ```\n\n\
         > ```rust cell hide\n> print!(\"{}\", r#\"г\n> # д\n> \"#)\n> ```\n",
    );
    assert!(page.contains("&#91;а&#10;б&#10;  в&#93;"), "{page}");
    assert!(page.contains(">г&#10;&#35; д</pre>"), "{page}");
}

#[test]
fn a_figure_stands_before_its_folded_code_and_a_cell_that_only_checks_says_what_came_of_it() {
    assert_snapshot!(page(
        "```rust cell #fig-точка fold\n//| caption: Точка\n//| alt: Точка\nRich::svg(\"<svg viewBox='0 0 9 9'></svg>\").alt(\"точка\")\n```\n\n\
         ```rust cell fold\nlet сумма = 2 + 2;\nassert_eq!(\n    сумма,\n    4\n);\n```\n\n```rust cell fold\nassert!(сумма > 0);\nсумма\n```\n\n\
         ```rust cell fold\nassert!(сумма > 0);\nlet ещё = сумма + 1;\n```\n"
    ));
}
