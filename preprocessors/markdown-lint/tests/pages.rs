//! Pages that are read otherwise than they were meant, and pages that are not.

use markdown_lint::lint;

/// What is told of a page: the place, what stands there, what is wrong, what to write.
fn told(page: &str) -> String {
    let findings = lint(page).into_iter().map(|found| {
        let place = diagnostic::line_column(page, found.range.start);
        let fix = found.fix.map(|fix| format!(" → {fix:?}")).unwrap_or_default();
        let words = &page[found.range];
        format!("{}:{} {} {words:?}: {}\n    {}{fix}", place.line, place.column, found.rule, found.message, found.help)
    });
    findings.collect::<Vec<_>>().join("\n")
}

#[test]
fn stars_beside_quotation_marks_and_letters_are_told() {
    insta::assert_snapshot!(told(
        "Это**«главное»**слово, а это **$k$**-средних, и ещё *«шаг»*ом, и **Градиент.**Дальше.\n\n\
         Метод **k‑средних**, «**шаг**», (**да**), **да**.\n\n\
         слово**(в скобках)**слово, _«шаг»_ом и __«два»__ом\n\n\
         - в списке **«так»**же\n\n| в таблице *«так»*же |\n|---|\n| **забыли закрыть |\n\n> цитата**, тоже\n\n2*3*4, a*b*c и 0.5*(x + 1)*2\n"
    ));
}

#[test]
fn stars_that_are_stars_are_left_alone() {
    assert_eq!(
        told(
            "Поиск A* и D* быстры, 5 * 3 * 2, snake_case_name, \\*так\\* и `**a**`, $a^*b^*$, _слово_, ***оба***, 2 ** 3, * и *.\n\n\
             **«Главное»** слово, *шаг*ом, вод*ян*ой, «*шаг*», <b>да</b>ом, __init__.\n\n```text\n**«a»**b\n```\n"
        ),
        ""
    );
}

#[test]
fn a_year_at_the_beginning_of_a_paragraph_is_no_point_of_a_list() {
    insta::assert_snapshot!(told(
        "1960. Розенблатт строит перцептрон.\n\nТекст.\n\n1986) Румельхарт.\n\n## Дальше\n\n12. Сентябрь.\n\n\
         > 5. цитата\n\n## Ещё\n\n3. а\n7. б\n8. в\n\nВ разделе\n1. Дальше нет.\n\nОт десяти мы отнимаем\n- 3 и получаем\n\nи ещё, в среднем,\n+ 2 балла.\n"
    ));
}

#[test]
fn lists_that_are_lists_are_left_alone() {
    assert_eq!(
        told(
            "1. а\n2. б\n\nТекст:\n\n1. а\n\n```text\nкод\n```\n\n2. б\n\n- а\n- б\n\nСлова:\n- а\n\nСлова\n- а\n- б\n\n1. а\n1. б\n1. в\n\n\
             - а\n  - б\n\n1960\\. Розенблатт. В 1960. году.\n\n## Ещё\n\n0. ноль\n1. один\n"
        ),
        ""
    );
}

#[test]
fn headings_that_lose_words_or_have_no_anchor_are_told() {
    insta::assert_snapshot!(told(
        "## Функция f: X → {0, 1}\n\n## Множество {x}\n\n## Пусто {}\n\n## Шаг {#step .wide}\n\n## Шаг $\\{0, 1\\}$ {#два}\n\n\
         ## Множество \\{0, 1\\}\n\n## $\\alpha$\n\n## …\n\n## 🎲 {#dice}\n\n##Шаг\n\n#хештег и #1\n\nМного слов\nв двух строках\n---\n\n\
         Слово\n-\n\nЗаголовок\n=========\n\n> Слова\n> --\n\n## Код `{0, 1}`\n\n## Множество {0, 1} ##\n\n# Ключи {k=v data-x=\"1\"}\n"
    ));
}

#[test]
fn footnotes_that_nobody_is_led_to_are_told() {
    insta::assert_snapshot!(told(
        "Раз[^ё], два[^Note], три[^три].\n\n[^Ё]: Текст.\n\n[^note]: Text.\n\n[^три]: Три.\n\n[^три]: Ещё три.\n\n[^четыре]: Ничья.\n"
    ));
    assert_eq!(told("Раз[^а] и снова[^а].\n\n[^а]: Сноска, `[^б]` и \\[^в].\n"), "");
}

#[test]
fn a_wrapped_line_with_a_colon_and_a_tilde_are_told() {
    insta::assert_snapshot!(told(
        "Точность на проверке равна\n: 0,93 и больше не растёт.\n\nПотери 0,5 ~ 0,7, а затем ~0,2~ и H~2~O, ~~зачёркнуто~~, \\~да\\~.\n\n\
         Две строки\nтекста\n: и двоеточие\n\nтермин\n: что это\n\nещё\n: и это\n"
    ));
    assert_eq!(told("термин\n: что это\n\nещё термин\n: и это\n"), "");
}

#[test]
fn a_picture_wants_a_description() {
    insta::assert_snapshot!(told(
        "![](picture.svg) и ![ ](б.png \"титул\"), [![](в.svg)](г.md), ![][д]\n\n[д]: е.svg\n\n<img src=\"ж.svg\"> и\n\n<figure>\n<img\nsrc=\"з.svg\">\n</figure>\n"
    ));
    assert_eq!(
        told(
            "![Спуск по склону](а.svg) ![декоративная](б.svg) ![`x`](в.svg) ![$x$](г.svg) <img src='д.svg' alt=''> `<img>`\n\n<IMG ALT='е' src='е.svg'>\n"
        ),
        ""
    );
}

#[test]
fn a_line_that_was_broken_before_a_sign_of_a_quotation_is_told() {
    insta::assert_snapshot!(told("Порог равен\n> 5 процентам, а точность,\n> 90 %.\n\nСлово —\n> да.\n"));
    assert_eq!(told("Он сказал:\n> да.\n\n> раз\n> два\n\nКонец.\n> нет\n\n- а\n\n  > б\n"), "");
}

#[test]
fn a_column_without_a_head_is_told() {
    insta::assert_snapshot!(told(
        "| | б |\n|---|---|\n| 1 | |\n\n| <!-- а --> |  | $x$ |\n|---|---|---|\n| 1 | 2 | 3 |\n"
    ));
    assert_eq!(told("| а | `б` | $в$ | ![г](д.svg) | [е](ж.md) | <b>з</b> |\n|---|---|---|---|---|---|\n| 1 |\n"), "");
}

#[test]
fn a_line_that_defines_a_link_for_nobody_is_told() {
    insta::assert_snapshot!(told(
        "[@vaswani2017]: внимание\n\n[Важно]: раз\n\nСсылка [слова][имя] и [Имя].\n\n[имя]: а.md\n\nТекст [туда] (б.md#в), [или] (не туда), [сюда] (https://a.b).\n"
    ));
    assert_eq!(told("Как в [@vaswani2017]: внимание. [имя][] и ![п][п]\n\n[ИМЯ]: а.md\n[п]: б.svg\n"), "");
}

#[test]
fn letters_of_two_characters_are_told_and_mended() {
    let page = "Мои\u{306} е\u{308}ж, cafe\u{301}, ме\u{301}тод, ## И\u{306} `и\u{306}` $и\u{306}$\n\n```rust cell #fig-и\u{306}\n\"и\u{306}\"\n```\n";
    insta::assert_snapshot!(told(page));
    let mut mended = page.to_owned();
    for found in lint(page).into_iter().rev() {
        mended.replace_range(found.range, &found.fix.unwrap());
    }
    assert_eq!(told(&mended), "");
    assert!(
        mended.contains("Мой ёж, café, ме\u{301}тод")
            && mended.contains("\"и\u{306}\"")
            && mended.contains("`и\u{306}`")
    );
}

#[test]
fn cells_that_no_column_takes_are_told() {
    insta::assert_snapshot!(told(
        "| а | б |\n|---|---|\n| 1 | 2 | 3 |\n| 4 |\n| 5 | 6 |\n| 7 | 8 |  |\n9 | 10 | 11\n\n> | а |\n> |---|\n> | `x \\| y` | лишнее |\n"
    ));
}

#[test]
fn lines_between_bars_without_a_line_of_dashes_are_told() {
    insta::assert_snapshot!(told("| а | б |\n| 1 | 2 |\n\n> | в |\n> | 3 |\n\n| одна строка |\n\n|x| и |y|\n"));
}

#[test]
fn a_heading_without_a_space_begins_with_a_capital() {
    insta::assert_snapshot!(told("#Шаг\n\n#шаг\n\n#1\n"));
}

#[test]
fn tags_without_a_pair_and_code_that_is_read_as_a_tag_are_told() {
    insta::assert_snapshot!(told(
        "<details><summary>Ответ</summary>\n\nДа.\n\n## Дальше\n\nТип Vec<f64> и токен <eos>, <b>жирно.\n\n<div>\n\nда\n\n</span>\n\n</div>\n\nКонец</sub>.\n"
    ));
}

#[test]
fn tags_that_have_their_pair_or_need_none_are_left_alone() {
    assert_eq!(
        told(
            "<details><summary>Ответ <b>да</b></summary>\n\nДа<br>нет<hr/>.\n\n> <div>\n>\n> а\n>\n> </div>\n\n</details>\n\n\
             <p>Да\n\n`Vec<f64>`, $a < b > c$, 2 < 3, <https://а.рф>, \\<eos>\n\n<svg><path d=\"M0 0\"/><g><circle r=\"1\"></circle></g></svg>\n\n\
             ```html\n<div>\n```\n\n<!-- <div> -->\n\n<table><tr><td>1</table>\n"
        ),
        ""
    );
}

#[test]
fn what_is_nearly_a_directive_is_told() {
    insta::assert_snapshot!(told("{{include а.md}}\n\nДа {{#inlcude а.md}}\n\n{#include а.md:5}\n"));
    assert_eq!(
        told(
            "{{#include а.md}} {{#quiz а.toml}} {{ #include б.md:1:2}}\n\n{{имя}} и {title} и \\{{include а.md}}\n\n`{{include а}}` $\\frac{include a}{b}$\n"
        ),
        ""
    );
}

#[test]
fn front_matter_and_old_line_ends_are_told() {
    insta::assert_snapshot!(
        ["---\ntitle: Шаг\nавтор: Я\n---\n\n# Шаг\n", "+++\r\ntitle = \"Шаг\"\r\n+++\r\n", "# Шаг\r\rСлова.\r"]
            .map(told)
            .join("\n")
    );
    assert_eq!(told("---\n\nСлова: да\n\n---\n"), "");
}

#[test]
fn a_table_that_begins_inside_of_a_paragraph_is_told() {
    insta::assert_snapshot!(told(
        "1. раз\n| а | б |\n|---|---|\n| 1 | 2 |\n2. два\n\n> Слова\n> и ещё |\n> --- | ---\n"
    ));
    assert_eq!(told("- раз\n\n  | а | б |\n  |---|---|\n  | 1 | 2 |\n\nСлова\n\n| а |\n|---|\n| 1 |\n"), "");
}

#[test]
fn a_space_before_the_address_of_a_picture_is_told() {
    insta::assert_snapshot!(told("![шаг] (шаг.svg) и [так] (а.md)\n"));
}

#[test]
fn signs_that_nothing_was_made_of_are_told() {
    insta::assert_snapshot!(told(
        "`незакрытый код и ещё.\n\n[пробел](а б.md) и ![шаг](шаг.svg\n\nПусть \\(x\\) и \\[y = 1\\].\n"
    ));
    assert_eq!(
        told(
            "`а` и ``б`в``, \\`, [а](б.md) и [в](<г д.md>), \\[текст\\], $f[x](y)$, `a](b`, \\[так\\](нет)\n\n| `=а | б` |\n|---|---|\n"
        ),
        ""
    );
}

#[test]
fn letters_of_two_alphabets_and_signs_that_nobody_sees_are_told_and_mended() {
    insta::assert_snapshot!(told("Cлово, сpеда и mоdel\u{200b}, \u{202e}наоборот.\n"));
    assert_eq!(
        told("Слово \u{202b}\u{5d0}\u{5d1}\u{202c} значит «отец».\n"),
        "",
        "a direction beside Hebrew means something"
    );
    assert_eq!(
        told("\u{feff}SVD-разложение, $n$-й, n-й, L2-норма, ОС, OC, HTMLстраница, `сoде`, семья 👨\u{200d}👩\n"),
        ""
    );
}

#[test]
fn marks_with_blanks_inside_and_quotations_of_no_kind_are_told() {
    insta::assert_snapshot!(told(
        "Это ** очень важно ** и всё.\n\n> [!ВАЖНО]\n> да\n\n> [!NOTES]\n> да\n\n> [!NOTE] сразу\n"
    ));
    assert_eq!(told("2 ** 3 ** 4 и a ** b ** c\n\n> [!note]\n> да\n\n> [текст](а.md)\n"), "");
}

#[test]
fn values_without_their_backticks_are_told() {
    insta::assert_snapshot!(told("Ошибка равна =x:.2 и (=доля:.1%), а $=x.len():.3$ — нет.\n\n- **=среднее:.0**\n"));
    assert_eq!(told("`=x:.2`, $a = x:.2$, x=y:.2, = x, =x, =:.2 и \\=x:.2\n\n```text\n=x:.2\n```\n"), "");
    let cell = "```rust cell\nlet шаг = 1;\n```\n\n";
    assert!(told(&format!("{cell}Он равен {{{{ шаг }}}}.\n")).contains("write `` `=шаг` ``"));
    assert_eq!(told(&format!("{cell}Он равен {{{{шаги}}}}, \\{{{{шаг}}}}, `{{{{шаг}}}}` и {{{{#quiz шаг}}}}.\n")), "");
}

#[test]
fn entities_that_are_none_are_told() {
    insta::assert_snapshot!(told("Пять&nbspслов и пять&nbps;слов, а &mdsh; и &laquoслово&raquo, &amp.\n"));
    assert_eq!(told("5&nbsp;слов, AT&T, R&D; \\&nbsp и `&nbsp`, $a & b$, &self, &str;\n\n<div>&nbsp</div>\n"), "");
}

#[test]
fn markdown_between_tags_is_told() {
    insta::assert_snapshot!(told(
        "<details><summary>**Решение**</summary>\n\nДа.\n\n</details>\n\n<div>\nСлово и `код`.\n</div>\n\n\
         <div>\nСм. [там](а.md) и [[вектор]].\n</div>\n"
    ));
    assert_eq!(
        told(
            "<div>\n\n**Слово** и `код`.\n\n</div>\n\n<b>**да**</b>\n\n<pre>\n**a** `b` [c](d)\n</pre>\n\n\
             <div>\nа ** б ** в, f[x] (y)\n</div>\n\n<!-- `а` -->\n"
        ),
        ""
    );
}

#[test]
fn points_without_a_blank_behind_their_marks_are_told() {
    insta::assert_snapshot!(told(
        "1.Первый\n2.Второй\n\n-первый\n-второй\n\n*первый\n*второй\n\n> 1)Один\n\n1.один\n2.два\n\n- [ ]задача\n- [х] готово\n- [] нет\n"
    ));
    assert_eq!(
        told(
            "1.x — имя файла.\n\n-ый и -ая — окончания.\n\n2024.Год\n\n*так* и\n*эдак*\n\n-5\n-6\n\n1.5 и\n2.5\n\n\
             - [ ] задача\n- [x] готово\n- [а] буква\n- [х](а.md) ссылка\n"
        ),
        ""
    );
}

#[test]
fn a_picture_is_not_described_by_the_name_of_its_file() {
    insta::assert_snapshot!(told("![шаг.svg](шаг.svg) ![img_1](а/img_1.png) ![старое.PNG](новое.svg)\n"));
    assert_eq!(told("![спуск](спуск.svg) ![Шаг 2](шаг-2.svg) ![файл data.csv](а.svg)\n"), "");
}

#[test]
fn a_row_that_a_blank_line_parts_from_its_table_is_told() {
    insta::assert_snapshot!(told("| а | б |\n|---|---|\n\n| 1 | 2 |\n| 3 | 4 |\n"));
    assert_eq!(told("| а | б |\n|---|---|\n| 1 | 2 |\n\nСлова\n\n| в | г |\n|---|---|\n| 3 | 4 |\n"), "");
}

#[test]
fn stars_brackets_and_blanks_that_are_one_too_many_or_too_few_are_told() {
    insta::assert_snapshot!(told(
        "Это ***важно**.\n\nИ **важно***, [вектор]] да.\n\n- [[вектор], сноска[^ 1] и [ ^два].\n"
    ));
    assert_eq!(told("***оба***, [[вектор]], a[b[0]], [[1, 2], [3, 4]], сноска[^1]\n\n[^1]: Да.\n"), "");
}

#[test]
fn a_closing_tag_with_a_slip_is_told_once_and_says_what_was_meant() {
    insta::assert_snapshot!(told(
        "<details><summary>Решение</sumary>\n\nДа.\n\n</details>\n\n<details><summary>Ещё</summary>\n\nДа.\n\n</detials>\n"
    ));
}

#[test]
fn an_element_that_html_does_not_have_is_told() {
    insta::assert_snapshot!(told("<detail><summary>Решение</summary>\n\nДа.\n\n</detail>\n\n<stong>важно</stong>\n"));
    assert_eq!(
        told(
            "<kbd>a</kbd> <time>1</time> <my-item>б</my-item>\n\n<svg><tspan>в</tspan><linearGradient></linearGradient></svg>\n\n\
             <math><mn>1</mn></math>\n"
        ),
        ""
    );
}

#[test]
fn an_address_that_is_no_link_is_told() {
    insta::assert_snapshot!(told(
        "Код лежит на https://пример.рф/а_б_в(г), а ещё (http://a.b).\n\n- см. <https://a.b/ в>\n"
    ));
    assert_eq!(
        told(
            "<https://a.b>, [https://a.b](https://a.b), `https://a.b`, https:// и http://…\n\n```text\nhttps://a.b\n```\n"
        ),
        ""
    );
}

#[test]
fn a_backslash_that_breaks_no_line_is_told() {
    insta::assert_snapshot!(told("Слово\\\nслово\\\n\n- пункт\\\n"));
    assert_eq!(told("Слово\\\nслово\n\nC:\\\\\n\n`\\`\n\n$a \\ b$\n"), "");
}

#[test]
fn prose_that_spaces_make_code_is_told() {
    insta::assert_snapshot!(told(
        "Слова.\n\n\tОтступ сделан табуляцией, и это код.\n\n1. а\n\n        См. [[вектор]] и **важное**.\n\n    смотри [там](б.md)\n"
    ));
    assert_eq!(
        told(
            "Так:\n\n    let x = a**b + f[i](y);\n    $ cargo book $A$B\n\n- а\n\n      fn main() {}\n\nТак:\n\n    Error: no such file.\n    [[1, 2], [3, 4]]\n"
        ),
        ""
    );
}

#[test]
fn marks_of_other_tools_are_told() {
    insta::assert_snapshot!(told(
        "Это ==важно==, ++новое++, x^2^ и 10^−3^, {% raw %}, :smile: и @fig-спуск.\n\n[TOC]\n\n:::note\nСлова.\n\n!!! warning \"Слова\"\n\n\
         \\newpage Дальше \\LaTeX.\n\n![вид](а.svg){width=50} и [ссылка](а.md){.wide target=_blank} и `код`{.rust}.\n"
    ));
}

#[test]
fn signs_that_other_tools_take_for_marks_are_left_alone() {
    assert_eq!(
        told(
            "Если a == b и c == d, то i++ и j++, 2^10 и 2^3, 5 % {x}, в 10:30:15, C++ и C++11, `==а==`, `:smile:`, $x^2 y^2$, почта a@fig-x.ru.\n\n\
             Тип `std::fmt::Display` и слова: вот так: да.\n\n![вид](а.svg) {0, 1} и [ссылка](а.md), {да}.\n\n\\==а==\n"
        ),
        ""
    );
}

#[test]
fn marks_that_make_no_list_are_told() {
    insta::assert_snapshot!(told(
        "Слова:\n1)Один\n2)Два\n\n• Один\n• Два\n\n– Один\n– Два\n\nСлова:\nа) один;\nб) два.\n\n> • Один\n> • Два\n"
    ));
    let right = "В пункте\nа) сказано так.\n\n— Да? — спросил он.\n\nСлова — слова\n— и слова.\n\n- Один\n- Два\n\nf(x,\nа) и б)\n";
    assert_eq!(told(right), "");
}

#[test]
fn a_line_of_dashes_with_other_columns_than_the_head_is_told_once() {
    insta::assert_snapshot!(told("| а | б |\n|---|\n| 1 | 2 |\n\n| а |\n|---|---|\n| 1 |\n"));
}

#[test]
fn a_level_of_headings_that_is_left_out_is_told() {
    insta::assert_snapshot!(told("# Страница\n\n### Раздел\n\n## Второй\n\n#### Глубже\n"));
    assert_eq!(told("# Страница\n\n## Раздел\n\n### Глубже\n\n## Второй\n\n# Ещё\n"), "");
    assert_eq!(told("### Раздел\n\n### Второй\n"), "");
}
