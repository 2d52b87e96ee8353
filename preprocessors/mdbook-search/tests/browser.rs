//! The half of the search that runs in the browser, run by Node.js; without Node.js these tests say so and pass, unless
//! `BOOK_REQUIRE_NODE` is set.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use kept::Kept;
use mdbook_search::{MarkdownOptions, Page, Settings, index, stem, words};
use page::Draft;
use step::Way;

fn theme(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../theme").join(file)
}

/// What a script prints after `search.js`.
fn run(script: &str) -> Option<String> {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("test.js");
    let source = fs::read_to_string(theme("search.js")).unwrap();
    fs::write(&file, format!("{source}\n{script}")).unwrap();
    let Ok(output) = Command::new("node").arg(&file).output() else {
        assert!(std::env::var_os("BOOK_REQUIRE_NODE").is_none(), "BOOK_REQUIRE_NODE is set, and there is no `node`");
        eprintln!("skipped: there is no Node.js here to run theme/search.js");
        return None;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

/// Words of the book, and every ending on every stem of a few.
fn vocabulary() -> Vec<String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                words(&fs::read_to_string(path).unwrap(), |word| _ = found.insert(word.to_owned()));
            }
        }
    }
    let endings = "а ев ов ие ье е иями ями ами и ией ей ой ий й иям ям ием ем ам ом о у ах иях ях ы ь ию ью ю ия ья я ла на ете йте ли \
        л н ло но ет ют ны ть ешь нно ила ыла ена ейте уйте ите или ыли уй ил ыл им ым ен ило ыло ено ят ует уют ит ыт ены ить ыть ишь ую \
        ая яя ою ею ого его ому ему вший вшись ив ывши ившись ющий щий ующий нный ейший ейше ость ости остью ся лся ется ойся";
    for beginning in "матриц градиент обуч быстр сильн дел чита вид сто переобучаем верн об э рас в".split(' ')
    {
        for middle in ["", "а", "я", "е", "и", "нн", "ен", "ост"] {
            found.extend(endings.split_whitespace().map(|ending| format!("{beginning}{middle}{ending}")));
        }
    }
    found.into_iter().collect()
}

#[test]
fn the_browser_stems_as_the_index_does() {
    let vocabulary = vocabulary();
    let list = serde_json::to_string(&vocabulary).unwrap();
    let Some(stems) = run(&format!("console.log({list}.map(bookSearch.stem).join('\\n'));")) else { return };
    let wrong: Vec<String> = vocabulary
        .iter()
        .zip(stems.lines())
        .filter(|(word, browser)| stem(word) != *browser)
        .map(|(word, browser)| format!("{word}: {} here, {browser} in the browser", stem(word)))
        .collect();
    assert_eq!(stems.lines().count(), vocabulary.len());
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), vocabulary.len(), wrong.join("\n"));
}

#[test]
fn the_browser_cuts_words_as_the_index_does() {
    let text = "Ещё ме\u{301}тод GPT-2, self-attention — «что-нибудь» 3,14 в 1936 г.; x_1, пере\u{ad}нос! ² Ⅳ I.";
    let mut expected = Vec::new();
    words(text, |word| expected.push(word.to_owned()));
    let list = serde_json::to_string(text).unwrap();
    let Some(found) = run(&format!("console.log(bookSearch.words({list}).join('\\n'));")) else { return };
    assert_eq!(found.lines().collect::<Vec<_>>(), expected);
}

fn library() -> Vec<Page> {
    let page = |url: &str, title: &str, markdown: &str| Page {
        url: url.to_owned(),
        title: title.to_owned(),
        part_of: Vec::new(),
        way: Way::begin(Draft::new(url, markdown)),
    };
    vec![
        page(
            "1/svd.html",
            "1.1. Сингулярное разложение",
            "# Сингулярное разложение\n\nЛюбая матрица раскладывается в произведение.\n\n## Приближение {#approx}\n\nУсечение даёт лучшее \
             приближение матрицами малого ранга. Ещё о *сжатии* изображений.\n\n## Упражнения\n\nДокажите неравенство Вейля.\n",
        ),
        page(
            "1/спуск.html",
            "1.2. Градиентный спуск",
            "# Градиентный спуск\n\nШаг вдоль антиградиента.\n\n## Сходимость {#rate}\n\nПри малом шаге метод сходится. Модель GPT-2 \
             обучают Adam.\n\n<figcaption>Рис. 1. Затухание <span class=\"math-inline\"><math>эта</math></span> шага</figcaption>\n",
        ),
    ]
}

fn find(queries: &[&str]) -> Option<String> {
    let queries = serde_json::to_string(queries).unwrap();
    run(&format!(
        "{}\nconst book = bookSearch.create(bookIndex);\nfor (const query of {queries}) {{\n  const {{ results, stems }} = book.find(query);\n  \
         console.log(query + ' → ' + results.map(r => r.url + (r.id ? '#' + r.id : '')).join(' ') + ' [' + stems.join(' ') + ']');\n}}",
        index(&library(), &MarkdownOptions::default(), &Settings::default(), &Kept::default()).unwrap().index
    ))
}

#[test]
fn queries_find_forms_prefixes_slips_and_the_other_keyboard() {
    let queries = [
        "матрица",
        "матрицей",
        "еще",
        "ЕЩЁ",
        "сжат",
        "гради",
        "градеент",
        "uhflbtyn",
        "gpt-2",
        "gpt",
        "adam",
        "сходимость градиентного спуска",
        "эта",
        "затухание",
        "вейля",
        "в",
        "нету такого",
        "",
        "приближение матрицы",
        "ghb,kb;tybt",
    ];
    let Some(found) = find(&queries) else { return };
    insta::assert_snapshot!(found);
}
