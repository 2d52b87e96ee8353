//! The index of a small book, made and published by the real mdBook.

use std::fs;

use mdbook_driver::MDBook;
use mdbook_driver::config::Config;
use mdbook_search::{Field, MarkdownOptions, Search, cut};
use step::{Adapter, Record};
use tempfile::TempDir;

const PAGE: &str = "\
# Шаг *и* `код`

Введение с **термином** и формулой <span class=\"math-inline\"><span class=\"katex\">не <span>текст</span></span></span> внутри.

## Зачем это [нужно](b.md), а?

```rust
let код = 1;
```

## Повтор

### Повтор {#own}

<figure class=\"cell\" id=\"fig-a\">

<pre class=\"code\"><code>не текст</code></pre>

<div class=\"cell-output\"><div>число <div>7</div></div></div>

<figcaption><span class=\"label\">Рис. 1.</span> Подпись **важная**</figcaption>

</figure>

- список с `именем`
- ещё пункт

## Повтор
";

fn build(settings: &str) -> anyhow::Result<TempDir> {
    let root = TempDir::new()?;
    fs::create_dir(root.path().join("src"))?;
    fs::write(root.path().join("src/SUMMARY.md"), "- [Шаг](шаг.md)\n  - [Б](b.md)\n- [Черновик]()\n")?;
    fs::write(root.path().join("src/шаг.md"), PAGE)?;
    fs::write(root.path().join("src/b.md"), "Страница без заголовка.\n")?;
    let mut book = MDBook::load_with_config(root.path(), settings.parse::<Config>()?)?;
    book.with_preprocessor(Adapter::new(Search, &Record::default()));
    book.build()?;
    Ok(root)
}

const SETTINGS: &str =
    "[output.html]\nadditional-js = [\"search/index.js\"]\nsmart-punctuation = false\n[preprocessor.search]\n";

#[test]
fn the_index_is_published() {
    let root = build(SETTINGS).unwrap();
    let written = fs::read_to_string(root.path().join("search/index.js")).unwrap();
    let published = fs::read_dir(root.path().join("book/search")).unwrap().next().unwrap().unwrap().path();
    assert_eq!(fs::read_to_string(published).unwrap(), written);
    insta::assert_snapshot!(written);
}

#[test]
fn every_anchor_of_the_index_is_on_its_page() {
    let root = build(SETTINGS).unwrap();
    let html = fs::read_to_string(root.path().join("book/шаг.html")).unwrap();
    let sections = cut(PAGE, &MarkdownOptions::default()).sections;
    for section in &sections[1..] {
        assert!(html.contains(&format!("id=\"{}\"><a class=\"header\"", section.id)), "{}", section.id);
    }
    insta::assert_debug_snapshot!(sections);
    assert!(sections.iter().flat_map(|section| &section.texts).any(|(field, _)| *field == Field::Caption));
}

#[test]
fn an_index_that_nobody_publishes_is_an_error() {
    let error = build("[output.html]\n[preprocessor.search]\n").unwrap_err();
    insta::assert_snapshot!(format!("{error:#}"));
}

#[test]
fn a_nested_point_begins_a_word_of_its_own() {
    let sections =
        cut("- спуск\n  - шаг\n    1. оценка\n- предел\n\n  > цитата\n", &MarkdownOptions::default()).sections;
    let words: Vec<&str> = sections[0].texts.iter().flat_map(|(_, text)| text.split_whitespace()).collect();
    assert_eq!(words, ["спуск", "шаг", "оценка", "предел", "цитата"]);
}

#[test]
fn anchors_are_made_with_the_punctuation_of_the_book() {
    for is_smart in [true, false] {
        let root = TempDir::new().unwrap();
        let page = "# Шаг\n\n## Раз -- два \"три\"...\n";
        fs::create_dir(root.path().join("src")).unwrap();
        fs::write(root.path().join("src/SUMMARY.md"), "- [Шаг](шаг.md)\n").unwrap();
        fs::write(root.path().join("src/шаг.md"), page).unwrap();
        let settings = SETTINGS.replace("smart-punctuation = false", &format!("smart-punctuation = {is_smart}"));
        let mut book = MDBook::load_with_config(root.path(), settings.parse::<Config>().unwrap()).unwrap();
        book.with_preprocessor(Adapter::new(Search, &Record::default()));
        book.build().unwrap();
        let html = fs::read_to_string(root.path().join("book/шаг.html")).unwrap();
        let mut options = MarkdownOptions::default();
        options.smart_punctuation = is_smart;
        let id = &cut(page, &options).sections[1].id;
        assert!(html.contains(&format!("id=\"{id}\"")), "{id}");
        let index = fs::read_to_string(root.path().join("search/index.js")).unwrap();
        assert!(index.contains(id.as_str()), "{id}");
    }
}
