//! Links, files and anchors.

use insta::assert_snapshot;

use crate::fixture;

const PAGE: &str = "# Ссылки

## Шаг

## Шаг

## Норма $\\ell_2$ и `код`

## Своя {#своя}

[1](#шаг) [2](#шаг-1) [3](#норма-и-код) [4](#своя) [5](#якорь) [6](#) [7](данные.md) [8](../src/данные.md)
[9](глава/модель.html#модель) [10](%D0%B4%D0%B0%D0%BD%D0%BD%D1%8B%D0%B5.md) ![11](рисунок.svg) <https://пример.рф/нет>
[12](print.html) [13](mailto:a@b.c) <a href=\"index.md#о-книге\" id=\"якорь\">14</a> сноска[^с]

<img src=\"рисунок.svg\" alt=\"\">

[^с]: К [ней](#footnote-с) и [от неё](#fr-с-1).
";

#[test]
fn links_that_lead_somewhere_are_right() {
    let book = fixture::book();
    book.write(
        "src/SUMMARY.md",
        "- [Ссылки](ссылки.md)\n- [О книге](index.md)\n- [Данные](данные.md)\n- [Модель](глава/модель.md)\n",
    );
    book.write("src/ссылки.md", &PAGE.replace(" [8](../src/данные.md)", ""));
    book.write("src/рисунок.svg", "<svg/>");
    let said = book.book(&["build", "ссылки.md"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    // mdBook itself agrees about the anchors.
    let html = book.read("book/ссылки.html");
    for id in ["шаг", "шаг-1", "норма-и-код", "своя", "якорь", "footnote-с", "fr-с-1"] {
        assert!(html.contains(&format!("id=\"{id}\"")), "{id}: {html}");
    }
}

#[test]
fn links_that_lead_nowhere_are_errors_at_their_place() {
    let book = fixture::book();
    book.write("src/SUMMARY.md", "- [Ссылки](ссылки.md)\n- [О книге](index.md)\n");
    book.write("src/глава/вне.md", "");
    book.write("src/ссылки.md", WRONG);
    assert_snapshot!(book.book(&["check", "ссылки.md"]).shown());
}

const WRONG: &str = "# Ссылки

## Шаг {#раз}

[пусто]() [якорь](#шагг) [файл](индекс.md) [картинка](нет.png) [корень](/index.md) [вне](../book.toml)

[папка](глава) [ничья](глава/вне.md) [там](index.md#о-книг) <a href=\"нет.html\">x</a>

> - [в списке](нет.md)

[название][нет] и сноска[^нет], [схема](htps://пример.рф) и [почта](mailto:а@б.рф)

## Ещё шаг {#раз}
";

#[test]
fn a_page_of_all_pages_is_there_only_where_it_is_made() {
    let book = fixture::book();
    book.write("src/index.md", "# О книге\n\n[вся](print.html)\n");
    assert_eq!(book.book(&["check", "index.md"]).code, 0);
    let config = book.read("book.toml");
    book.write("book.toml", &format!("{config}\n[output.html.print]\nenable = false\n"));
    let said = book.book(&["check", "index.md"]);
    assert!(said.code == 1 && said.shown().contains("print.html"), "{}", said.shown());
}

#[test]
fn a_file_of_the_same_name_elsewhere_is_proposed_and_a_picture_for_a_picture() {
    let book = fixture::book();
    book.write("src/глава/рис/кривая.svg", "<svg/>");
    book.write("src/модель.svg", "<svg/>");
    book.write(
        "src/index.md",
        "# О книге\n\n[данные](глава/данные.md) [модель](модель.md) ![кривая](кривая.svg) ![модель](моделль.svg)\n\n\
         <img src=\"глава/модель.svg\" alt=\"да\"> ![нет](совсем/другое.png) [данные](даные.md)\n",
    );
    assert_snapshot!(book.book(&["check", "index.md"]).shown());
}

#[test]
fn links_of_a_caption_are_followed_as_those_of_the_text() {
    let book = fixture::book();
    book.write("src/SUMMARY.md", "- [Ссылки](ссылки.md)\n- [О книге](index.md)\n");
    let cell = "```rust cell #fig-а hide\n//| caption: Как на [рис.](#fig-нет), в [разделе](#нет-раздела), в [файле](нет.md), [тут](#шаг) и ![вид](вид.svg)\nRich::text(\"1\")\n```\n";
    book.write("src/ссылки.md", &format!("# Ссылки\n\n## Шаг {{#шаг}}\n\n{cell}\n> - пункт\n>\n>   ```rust cell hide\n>   //| caption: В [списке](#нет-списка)\n>   1\n>   ```\n"));
    assert_snapshot!(book.book(&["check", "ссылки.md"]).shown());
}

#[test]
fn a_redirect_to_nowhere_is_told_at_its_place() {
    let book = fixture::book();
    let redirects = "\n[output.html.redirect]\n\"/глава/было.html\" = \"модель.html\"\n\"/б.html\" = \"глава/модел.html\"\n\
                     \"/в.html\" = \"index.html#нет\"\n\"/г.html\" = \"http:/example.org\"\n\"/index.html\" = \"глава/модель.html\"\n";
    book.write("book.toml", &format!("{}{redirects}", book.read("book.toml")));
    assert_snapshot!(book.book(&["check", "index.md"]).shown());
}
