//! Mistakes that authors make, and that the message says cause and mend of each, at its place.

use crate::{messages, page};

/// The page is wrong, and every one of `words` is said of it, but nothing of our glue.
#[track_caller]
fn says(text: &str, words: &[&str]) -> String {
    let said = messages(text);
    for word in words {
        assert!(said.contains(word), "{word} is not in\n{said}");
    }
    assert!(!said.contains("::kernel::") && !said.contains("Shown<"), "{said}");
    said
}

#[test]
fn a_panic_does_not_hide_the_claims_that_were_false_before_it() {
    let said = says(
        "```rust cell\nlet шаг = 3;\n```\n\n<!-- claim: шаг == 4 -->\n\n<!-- claim: шаг < 0 -->\n\n```rust cell\nlet _x: Vec<i32> = Vec::new();\n_x[шаг];\n```\n",
        &["error[false-claim]", "src/урок.md:5:", "src/урок.md:7:", "error[panic]", "src/урок.md:11:3"],
    );
    assert_eq!(said.matches("error[").count(), 3, "{said}");
}

#[test]
fn a_panic_in_a_live_cell_says_nothing_of_inputs_that_it_did_not_come_to() {
    let said = says(
        "```rust cell live\nlet пусто: Vec<i32> = Vec::new();\nlet первый = пусто[0];\ninput::range(\"шаг\", 0.0..=1.0).step(0.5).default(0.5) + f64::from(первый)\n```\n",
        &["error[panic]", "src/урок.md:3:"],
    );
    assert_eq!(said.matches("error[").count(), 1, "{said}");
}

#[test]
fn a_panic_in_a_thread_is_seen_unless_the_page_looks_at_it() {
    says(
        "```rust cell\nstd::thread::spawn(|| { assert_eq!(1 + 1, 3, \"проверка в потоке\"); }).join().ok();\nlet h = std::thread::scope(|s| s.spawn(|| 5).join().unwrap());\nh\n```\n",
        &["error[thread-panic]", "проверка в потоке", "src/урок.md:2:25"],
    );
    says(
        "```rust cell\nlet нить = std::thread::spawn(|| { panic!(\"никто не узнает\") });\nwhile !нить.is_finished() {}\nprintln!(\"готово\");\n```\n",
        &["error[thread-panic]", "никто не узнает", "src/урок.md:2:"],
    );
    says(
        "```rust cell\nlet нить = std::thread::spawn(|| { panic!(\"никто не посмотрел\") });\nlet итог = нить.join();\n```\n\n\
         ```rust cell\nlet другая = std::thread::spawn(|| 5).join();\nassert!(другая.is_ok());\n```\n",
        &["error[thread-panic]", "никто не посмотрел", "src/урок.md:2:"],
    );
    let handled = page(
        "```rust cell hide\nlet нить = std::thread::spawn(|| { panic!(\"упала\") });\n```\n\n```rust cell hide\nprintln!(\"упала: {}\", нить.join().is_err());\n```\n",
    );
    assert!(handled.contains("упала: true") && !handled.contains("error["), "{handled}");
}

#[test]
fn a_false_and_shows_its_parts_and_leaves_out_what_was_not_evaluated() {
    let said = says(
        "```rust cell\nlet (прямо, вокруг) = (0.5, 0.25);\nlet готово = true;\n```\n\n<!-- claim: готово && !(прямо < вокруг || вокруг > 0.1) -->\n",
        &[
            "`готово` is true",
            "`прямо < вокруг` is false (left: 0.5, right: 0.25)",
            "`вокруг > 0.1` is true (left: 0.25, right: 0.1)",
        ],
    );
    assert!(said.contains("src/урок.md:6:"), "{said}");
    let said = says(
        "```rust cell\nlet x = 1;\nlet пусто: Vec<i32> = Vec::new();\n```\n\n<!-- claim: x > 1 && пусто[0] == 1 -->\n",
        &["`x > 1` is false"],
    );
    assert!(!said.contains("`пусто[0]"), "{said}");
}

#[test]
fn a_refused_file_is_called_so_however_the_program_gives_up() {
    says(
        "```rust cell\nlet имя = std::fs::read_to_string(\"/etc/hostname\").unwrap();\nимя.len()\n```\n",
        &["error[panic]", "the sandbox refused it", "reads only the book's data folder", "src/урок.md:2:"],
    );
}

#[test]
fn a_function_that_only_a_file_would_run_is_an_error_and_runs_in_a_cell_alone() {
    let said = says(
        "```rust cell\nfn main() -> Result<(), Box<dyn std::error::Error>> {\n    Ok(())\n}\n```\n\n```rust cell\n#[test]\nfn складывает() {}\n\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn тоже() {}\n}\n```\n",
        &["nobody calls this `main`", "src/урок.md:2:4", "a cell is statements", "src/урок.md:8:1", "src/урок.md:11:1"],
    );
    assert_eq!(said.matches("error[never-run]").count(), 4, "{said}");
    says("```rust cell alone\nfn main() {\n    assert!(1 + 1 == 3);\n}\n```\n", &["error[panic]", "src/урок.md:3:5"]);
    says(
        "```rust cell alone\nfn main() -> std::result::Result<(), Box<dyn std::error::Error>> {\n    \"нет\".parse::<i32>()?;\n    Ok(())\n}\n```\n",
        &["error[failed]", "invalid digit"],
    );
    let called = page("```rust cell hide\nfn main() { println!(\"вызвана\"); }\nmain();\n```\n");
    assert!(called.contains("вызвана") && !called.contains("error["), "{called}");
}

#[test]
fn a_macro_that_declares_something_may_be_the_last_thing_of_a_cell() {
    let page = page(
        "```rust cell\nthread_local! {\n    static СЧЁТ: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };\n}\n```\n\n\
         ```rust cell\nСЧЁТ.with(|с| с.set(с.get() + 1));\nСЧЁТ.with(|с| с.get())\n```\n\n\
         ```rust cell\nmacro_rules! пусть {\n    ($имя:ident = $знач:expr) => { let $имя = $знач; };\n}\nпусть! { шаг = 0.5 }\n```\n\n```rust cell\nшаг * 5.0\n```\n",
    );
    assert!(page.contains("2.5") && !page.contains("error["), "{page}");
}

#[test]
fn printed_and_shown_text_is_what_a_terminal_would_show() {
    let page = page(
        "```rust cell hide\nfor доля in [10, 50, 100] {\n    print!(\"\\rобработано {доля} %\");\n    eprint!(\"\");\n}\nprintln!();\nprintln!(\"\\x1b[31mкрасный\\x1b[0m\");\n```\n\n```text out\nобработано 100 %\nкрасный\n```\n\n\
         ```rust cell hide\nRich::text(\"\\x1b[1;38;5;34mзелёный\\x1b[0m\")\n```\n\n```rust cell hide\neprintln!(\"до\");\neprintln!();\neprintln!(\"после\");\n```\n",
    );
    assert!(!page.contains("error[") && !page.contains('\u{1b}') && !page.contains("10 %\r"), "{page}");
    assert!(page.contains("зелёный") && page.contains("до&#10;&#10;после"), "{page}");
}

#[test]
fn slips_of_writing_are_named_with_their_mend() {
    says(
        "```rust cell\nlet mut сумма = 0.0\nfor n in [2, 5] {\n    сумма += f64::from(n);\n}\nсумма\n```\n",
        &["a `;` is missing here", "src/урок.md:2:20"],
    );
    says("```rust cell\nlet x = 5;\nx\u{200b} + 1\n```\n", &["an invisible character (U+200B)", "src/урок.md:3:2"]);
    says(
        "```rust cell\nprintln!(“ответ”);\n```\n",
        &["a typographic quotation mark `“`", "write `\"`", "src/урок.md:2:10"],
    );
    says(
        "```rust cell\n#![allow(unused_variables)]\nlet x = 5;\n```\n",
        &["belongs to the top of a file", "src/урок.md:2:1"],
    );
    says("```rust cell\nfn шаг() -> f64 { 0.1 }\nшаг()\n/// и всё\n```\n", &["describes nothing", "src/урок.md:4:1"]);
    says(
        "```rust cell\nlet x = 5;\nх + 1\n```\n",
        &["`х` is written with Cyrillic letters; did you mean `x`?", "src/урок.md:3:1"],
    );
    says(
        "```rust cell\nlet путь = 0.5;\n```\n\nПуть равен `=путь:.2х`.\n",
        &["`.2х` is not a format", "Cyrillic", "src/урок.md:5:"],
    );
    says(
        "```rust cell\nlet путь = 0.5;\n```\n\nПуть равен `=путь:.2f`.\n",
        &["`.2f` is not a format", "src/урок.md:5:"],
    );
}

#[test]
fn a_decimal_comma_is_told_where_the_grammar_has_no_use_for_it() {
    says("```rust cell\nlet шаг = 0,5;\n```\n", &["it makes no fraction", "write `0.5`", "src/урок.md:2:11"]);
    says(
        "```rust cell\nlet шаг = 0.5;\n```\n\nШаг мал. <!-- claim: шаг == 0,50 -->\n",
        &["it makes no fraction", "write `0.50`", "src/урок.md:5:"],
    );
    says("```rust cell\nlet v = 1,5 * 2.0;\n```\n", &["write `1.5`", "src/урок.md:2:9"]);
}

#[test]
fn what_a_knob_refuses_is_told_at_the_authors_line_and_nowhere_else() {
    let said = says(
        "```rust cell live\nlet шаг = input::range(\"шаг\", 0.0..=1.0).step(0.3).default(0.3);\nшаг\n```\n",
        &["does not divide the range", "src/урок.md:2:52"],
    );
    assert!(!said.contains("input.rs"), "{said}");
}

#[test]
fn what_the_compiler_says_of_our_glue_is_said_of_the_authors_code() {
    says(
        "```rust cell\nstruct Сеть { слои: usize }\nlet сеть = Сеть { слои: 3 };\nсеть\n```\n",
        &["`Сеть` cannot be shown", "derive(Debug)", "src/урок.md:4:1"],
    );
    says(
        "```rust cell\nlet шаг = 0.1;\nmove |x: f64| x - шаг\n```\n",
        &["a closure is the last thing", "src/урок.md:3:1"],
    );
    says(
        "```rust cell\nlet число: usize = 7;\n```\n\nДоля `=число:.1%`.\n",
        &["a share is a floating-point number, and this is `usize`", "`=(число) as f64:.1%`", "src/урок.md:5:"],
    );
    says(
        "```rust cell\nlet числа = [7_u8];\n```\n\nДоля `=&числа[0]:.1%`.\n",
        &["a share is a floating-point number, and this is `&u8`", "`=*(&числа[0]) as f64:.1%`"],
    );
    says(
        "```rust cell\nlet шаг = 0.5;\n```\n\nШаг мал. <!-- claim: шаг -->\n",
        &["a claim is true or false, not floating-point number", "say what is so of it", "src/урок.md:5:22"],
    );
    says(
        "```rust cell\nlet mut шаг = 0.5;\n```\n\nШаг мал. <!-- claim: шаг = 0.5 -->\n",
        &["a claim is true or false, not `()`", "compare by `==`", "src/урок.md:5:22"],
    );
    says(
        "```rust cell\nlet имя = \"а\";\n```\n\nДоля `=имя:.1%`.\n",
        &[
            "a share is a floating-point number, and this is `&str`",
            "write a number between the backticks, or drop the `%`",
        ],
    );
    says(
        "```rust cell\nlet нет: Option<f64> = None;\n```\n\nДоля `=нет:.1%`.\n",
        &["this is `Option<f64>`", "write a number between the backticks, or drop the `%`"],
    );
    says(
        "```rust cell\nstruct Точка { x: f64 }\nmod геометрия {\n    use super::Точка;\n    pub fn длина(т: &Точка) -> f64 { т.x }\n}\nгеометрия::длина(&Точка { x: 2.0 })\n```\n",
        &["where `super` does not lead", "src/урок.md:4:"],
    );
    says(
        "```rust cell\nlet mut счёт = 0.0;\n```\n\n```rust cell live\nlet p = input::range(\"p\", 0.5..=2.0).step(0.5).default(1.0);\nсчёт += 1.0;\np * счёт\n```\n",
        &["a live cell cannot change what stands before it", "src/урок.md:7:"],
    );
}

/// A panic inside a library that says nothing of its callers: the statement of the page that ran then is named, whatever it is.
#[test]
fn a_panic_outside_of_the_page_is_told_at_the_statement_that_led_there() {
    // `repeat` panics inside the standard library, without `#[track_caller]`.
    let said = says(
        "```rust cell\nlet много = usize::MAX; let а = 1;\n\nlet слово =\n    \"я\".repeat(много);\nслово.len() + а\n```\n",
        &["error[panic]", "capacity overflow", "src/урок.md:4:1", "= note: at ", "library/alloc/src/"],
    );
    assert!(!said.contains("cell\n"), "the fence is not shown: {said}");
    says(
        "```rust cell\nfn длинно(слово: &str) -> String {\n    слово.repeat(usize::MAX)\n}\nlet а = 1; let б = длинно(\"я\"); let в = 2;\n```\n",
        &["error[panic]", "src/урок.md:5:12"],
    );
    says("```rust cell\nlet много = usize::MAX;\n\"я\".repeat(много)\n```\n", &["error[panic]", "src/урок.md:3:1"]);
    says(
        "```rust cell\nlet много = usize::MAX;\n```\n\nСлово `=\"я\".repeat(много)` длинное.\n",
        &["error[panic]", "src/урок.md:5:9"],
    );
    says(
        "```rust cell\nlet много = usize::MAX;\n```\n\nСлово. <!-- claim: \"я\".repeat(много).is_empty() -->\n",
        &["error[panic]", "src/урок.md:5:20"],
    );
    says(
        "```rust cell live\nlet много = input::choice(\"слов\", [1_usize, usize::MAX]).default(1);\nlet раз = 1; let слово = \"я\".repeat(много);\nслово.len()\n```\n",
        &["error[panic]", "src/урок.md:3:14"],
    );
    says(
        "```rust cell\nlet раз = \"первая\nвторая\"; let слово = \"я\".repeat(usize::MAX);\nраз.len()\n```\n",
        &["error[panic]", "src/урок.md:3:10"],
    );
}

/// Marks move nothing that a program can see of its own columns.
#[test]
fn columns_that_a_program_asks_for_are_those_of_the_page() {
    let page = page("```rust cell hide\ndbg!(1 + 1);\nlet а = column!();\nprintln!(\"столбец {а}\");\n```\n");
    assert!(page.contains("src/урок.md:2:1&#93;") && page.contains("столбец 9"), "{page}");
}

#[test]
fn what_is_made_below_is_not_known_above() {
    says(
        "Среднее `=среднее:.2`.\n\n```rust cell\nlet mut среднее = 1.5;\nсреднее += 1.0;\n```\n",
        &["cannot find value `среднее`", "src/урок.md:1:", "`среднее` is made below, in line 4"],
    );
    let said = says("Среднее `=среднее`.\n\n```rust cell\nlet среднее_из_трёх = 1.5;\n```\n", &["cannot find value"]);
    assert!(!said.contains("is made below"), "{said}");
}

#[test]
fn a_chain_of_comparisons_is_told_with_what_joins_two() {
    says(
        "```rust cell\nlet x = 3.0;\n```\n\n<!-- claim: 1.0 < x < 5.0 -->\n",
        &["src/урок.md:5:", "join two comparisons by `&&`"],
    );
    says("```rust cell\nlet x = 3.0;\nassert!(1.0 <= x <= 5.0);\n```\n", &["&&"]);
}

#[test]
fn a_whole_number_has_no_digits_behind_a_point() {
    says(
        "```rust cell\nlet половина = 7 / 2;\n```\n\nПоловина `=половина:.1`.\n",
        &["error[whole-number]", "src/урок.md:5:", "drop `:.1`"],
    );
    let right = page(
        "```rust cell hide\nlet (целое, дробное, слово) = (7, 7.0, \"12345\");\n```\n\n`=целое`, `=целое:.0`, `=дробное:.1`, `=слово:.2`\n",
    );
    assert!(right.contains("7,0") && right.contains("12"), "{right}");
}

#[test]
fn a_file_that_is_not_there_is_told_with_what_may_be_read() {
    says(
        "```rust cell\nlet таблица = std::fs::read_to_string(\"таблица.csv\").unwrap();\n```\n",
        &["src/урок.md:2:", "a page has no such file", "data folder"],
    );
}

#[test]
fn what_the_compiler_would_add_is_shown_with_what_it_is_added_to() {
    says("```rust cell\nlet шаг: f64 = 2;\n```\n", &["`2.0`"]);
    says("```rust cell\nlet шаг = 5;\nшаг = 6;\n```\n", &["`mut шаг`"]);
    says("```rust cell\nlet ряд = vec![1];\nlet другой = ряд;\nряд.len()\n```\n", &["`ряд.clone()`"]);
}

#[test]
fn a_claim_in_a_caption_is_checked_behind_its_cell_and_gone_from_the_page() {
    let cell = |claim: &str| {
        format!("```rust cell hide\n//| caption: Шаг `=шаг:.1` мал <!-- claim: {claim} -->\nlet шаг = 0.5;\nшаг\n```\n")
    };
    says(&cell("шаг > 0.1 && шаг > 1.0"), &["error[false-claim]", "src/урок.md:2:", "`шаг > 1.0` is false"]);
    let right = page(&cell("шаг < 1.0"));
    assert!(right.contains("</span> мал\n") && !right.contains("claim") && !right.contains("error["), "{right}");
}

#[test]
fn an_input_without_a_default_and_a_name_of_another_program_are_explained() {
    says(
        "```rust cell live\nlet а = input::range(\"шаг\", 0.0..=1.0).step(0.5);\nа\n```\n",
        &["this is an input and not yet a value", "`.default(0.5)`", "src/урок.md:3:1"],
    );
    says(
        "```rust cell live\nlet а = input::toggle(\"шаг\");\nlet б = !а;\nlet в = input::range(\"м\", 0.0..=1.0).step(0.5);\nв * 2.0\n```\n",
        &["error[E0600]", "src/урок.md:3:", "error[E0369]", "src/урок.md:5:", "`.default(0.5)`"],
    );
    says(
        "```rust cell\nlet шаг = 1;\n```\n\n```rust cell alone\nшаг + 1\n```\n",
        &["error[E0425]", "a cell that is `alone` is a program of its own", "src/урок.md:6:1"],
    );
}
