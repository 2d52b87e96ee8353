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
    assert!(page.contains("Показать всё: 1000000 строк, 3,0\u{a0}МБ"), "{}", &page[..400]);
    assert_eq!(page.matches('ы').count(), 1_000_003);
}
