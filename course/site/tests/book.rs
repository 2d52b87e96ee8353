//! The preprocessor on a small book, with mdBook's own renderer after it.

use std::fs;
use std::path::Path;

use course_site::CourseMap;
use kept::Kept;
use mdbook_driver::MDBook;
use mdbook_preprocessor::{Preprocessor as _, PreprocessorContext};
use step::{Adapter, Record};

const SYLLABUS: &str = r#"{"lectures": [
    {"id": "1.1.1", "title": "Векторы", "path": "a/v.md", "prerequisites": [], "bullets": ["Понятие"]},
    {"id": "1.1.2", "title": "Нормы", "path": "a/n.md", "prerequisites": ["1.1.1"], "bullets": ["Норма вектора", "Метрика"]},
    {"id": "2.1", "title": "Этика", "path": "e.md", "prerequisites": ["1.1.2"], "bullets": ["Право"]}
]}"#;
const SUMMARY: &str = "# Содержание\n\n[О курсе](index.md)\n[Программа](program.md)\n\n- [Основы]()\n  - [Алгебра]()\n    - [Векторы](a/v.md)\n    - [Нормы](a/n.md)\n- [Люди]()\n  - [Этика]()\n";
const NORMS: &str = "# 1.1.2. Нормы\n\n*Часть I · сложность ●○○ · 20 минут · нужно: «Векторы» (длина) · пригодится: «Этика»*\n\n## Длина {#length}\n\
    <!-- bullet: Норма вектора -->\n\nТекст.\n\n> **Определение.** Норма — это число.\n\n```rust cell\n1\n```\n\nДа. <!-- claim: true -->\n";

fn book(root: &Path) -> anyhow::Result<(MDBook, Record)> {
    fs::create_dir_all(root.join("src/a"))?;
    fs::write(
        root.join("book.toml"),
        "[book]\ntitle = \"К\"\n[preprocessor.course]\n[output.html.search]\nenable = false\n",
    )?;
    fs::write(root.join("syllabus.json"), SYLLABUS)?;
    fs::write(root.join("src/SUMMARY.md"), SUMMARY)?;
    fs::write(root.join("src/index.md"), "# О курсе\n\n<!-- course: map -->\n\nКонец.\n")?;
    fs::write(root.join("src/program.md"), "# Программа\n\n<!-- course: syllabus -->\n")?;
    fs::write(root.join("src/a/v.md"), "# 1.1.1. Векторы\n\nБез строки.\n")?;
    fs::write(root.join("src/a/n.md"), NORMS)?;
    let mut book = MDBook::load(root)?;
    let record = Record::default();
    book.with_preprocessor(Adapter::new(CourseMap, &record));
    Ok((book, record))
}

/// What stands between two marks.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let (_, rest) = text.split_once(from).unwrap_or_else(|| panic!("{from} is not in {text}"));
    rest.split_once(to).unwrap_or_else(|| panic!("{to} is not behind {from}")).0
}

#[test]
fn the_course_is_written_into_its_pages() -> anyhow::Result<()> {
    let root = tempfile::tempdir()?;
    let (book, record) = book(root.path())?;
    book.build()?;
    assert_eq!(record.take_diagnostics(), []);
    let page = |name: &str| fs::read_to_string(root.path().join("book").join(name));
    insta::assert_snapshot!("head", between(&page("a/n.html")?, "<main>", "</main>"));
    insta::assert_snapshot!("map", between(&page("index.html")?, "<main>", "</main>"));
    insta::assert_snapshot!("syllabus", between(&page("program.html")?, "<main>", "</main>"));
    assert!(page("a/v.html")?.contains("class=\"lecture-place\""));
    Ok(())
}

#[test]
fn pages_that_were_made_before_become_what_they_would_become_anew() -> anyhow::Result<()> {
    let (root, folder) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let kept = Kept::at(folder.path(), "инструмент");
    let built = |kept: &Kept| -> anyhow::Result<_> {
        let (config, book) = (root.path().join("book.toml"), MDBook::load(root.path())?.book);
        let config = mdbook_driver::config::Config::from_disk(config)?;
        let context = PreprocessorContext::new(root.path().to_owned(), config, "html".to_owned());
        let record = Record::default();
        let made = Adapter::new(CourseMap, &record).keeping(kept).run(&context, book)?;
        let pages: Vec<(String, String)> =
            made.chapters().map(|page| (page.name.clone(), page.content.clone())).collect();
        Ok((pages, record.take_diagnostics()))
    };
    book(root.path())?;
    let edit = |file: &str, from: &str, to: &str| -> anyhow::Result<()> {
        let text = fs::read_to_string(root.path().join(file))?;
        assert!(text.contains(from), "{file} has no {from}");
        Ok(fs::write(root.path().join(file), text.replacen(from, to, 1))?)
    };
    let edits: [(&str, &str, &str); 9] = [
        ("src/a/n.md", "Текст.", "Другой текст."),
        ("src/a/n.md", "20 минут", "40 минут"),
        ("src/a/n.md", "<!-- bullet: Норма вектора -->", "<!-- bullet: Метрика -->"),
        ("src/a/n.md", "**Определение.**", "**Сказка.**"),
        ("src/SUMMARY.md", "[Алгебра]", "[Линейная алгебра]"),
        ("src/SUMMARY.md", "[Векторы]", "[Векторы и длины]"),
        ("syllabus.json", "\"prerequisites\": [\"1.1.1\"]", "\"prerequisites\": []"),
        ("src/index.md", "<!-- course: map -->", "Карта."),
        ("src/a/v.md", "Без строки.", "<!-- course: map -->"),
    ];
    built(&kept)?;
    let mut before = built(&Kept::default())?;
    for (file, from, to) in edits {
        edit(file, from, to)?;
        let (with, anew) = (built(&kept)?, built(&Kept::default())?);
        assert!(with == anew, "{file}: {to}");
        assert!(anew != before, "{file}: {to} changes nothing");
        before = anew;
    }
    Ok(())
}

#[test]
fn what_mdbook_says_in_english_is_what_the_theme_was_translated_from() -> anyhow::Result<()> {
    let root = tempfile::tempdir()?;
    MDBook::init(root.path()).copy_theme(true).build()?;
    let mut files = Vec::new();
    for folder in ["theme", "theme/css"] {
        for entry in fs::read_dir(root.path().join(folder))? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "hbs" || extension == "js") {
                let name = path.strip_prefix(root.path())?.to_string_lossy().into_owned();
                files.push(format!("{name} {}", blake3::hash(&fs::read(&path)?).to_hex()));
            }
        }
    }
    files.sort();
    // A new version of mdBook: read what changed in these files, translate it in theme/, then take the new digests.
    insta::assert_snapshot!("mdbook_templates", files.join("\n"));
    Ok(())
}
