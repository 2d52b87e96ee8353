//! What an author is told: prose, points of the syllabus, counts.

use insta::assert_snapshot;

use crate::fixture;

const SYLLABUS: &str = r#"{"lectures": [
  {"id": "1.1", "title": "Данные", "path": "данные.md", "prerequisites": [], "bullets": ["Сбор данных", {"text": "Очистка", "children": ["Шум"]}]},
  {"id": "2.1", "title": "Замысел", "path": "замысел.md", "prerequisites": [], "bullets": ["Потом"]}
]}"#;

const LECTURE: &str = "# Данные\n\n<!-- bullet: Сбор данных -->\n\nОн сказал \"да\" - и в 10-20 случаях это 0.5.\n\n\
    <!-- bullet: Сбор данных -->\n<!-- bullet: Сбор -->\n\n$$\nx = 1 \\label{eq-x}\n$$\n\nКод `a - \"b\"`. <!-- checks: eq-x -->\n\n\
    ## Упражнения {#ex}\n\n**1 (●).** Решите.\n\n## Шум\n";

#[test]
fn prose_is_told_and_mended_where_no_meaning_changes() {
    let book = fixture::book();
    // The words themselves are looked up only where the system has a dictionary.
    book.write("spelling.txt", "# слова\n*\n");
    book.write("src/данные.md", "# Данные\n\nОн сказал \"да\" - и в 10-20 случаях это 1.5.\n\nКод `a - \"b\"`.\n");
    let said = book.book(&["check", "данные.md"]);
    assert_eq!(said.code, 1);
    assert_snapshot!(without_notice(&said.shown()));
    let said = book.book(&["check", "данные.md", "--fix"]);
    assert_snapshot!(without_notice(&said.shown()));
    assert_snapshot!(book.read("src/данные.md"));
}

#[test]
fn a_lecture_covers_its_points_and_solves_its_exercises() {
    let book = fixture::book();
    book.write("syllabus.json", SYLLABUS);
    book.write("src/данные.md", LECTURE);
    assert_snapshot!(book.book(&["check", "данные.md"]).shown());
    let stats = book.book(&["stats", "--missing"]);
    assert_eq!(stats.code, 0, "{}", stats.stderr);
    assert_snapshot!(stats.stdout);
}

#[test]
fn a_number_of_a_formula_that_nobody_needs_is_told() {
    let book = fixture::book();
    book.write(
        "src/данные.md",
        "# Данные\n\n$$a = 1 \\label{eq-used}$$\n\n$$b = 2 \\label{eq-idle}$$\n\nПо [формуле](#eq-used).\n",
    );
    let said = book.book(&["check", "данные.md"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert_snapshot!(said.shown());
}

#[test]
fn a_misspelt_comment_of_the_course_is_told_where_cells_are_not_run_because_of_it() {
    let book = fixture::book();
    book.write(
        "src/данные.md",
        "# Данные\n\n<!-- bulet: Сбор данных -->\n\n<!-- cheks: eq-x -->\n\n<!-- course: mapp -->\n\n\
         <!-- allow: decimal-coma — так надо -->\n\nЗаметка. <!-- проверить: источник --> <!-- allow: unstable — порядок один -->\n\n\
         ```rust cell\nassert!(false, \"не выполнится\");\n```\n",
    );
    assert_snapshot!(book.book(&["build", "данные.md"]).shown());
}

/// Not every system has a dictionary.
fn without_notice(shown: &str) -> String {
    shown.lines().filter(|line| !line.starts_with("spelling: not checked")).map(|line| format!("{line}\n")).collect()
}

#[test]
fn marks_that_mark_nothing_and_a_copy_that_is_old_stop_a_build_too() {
    let book = fixture::book();
    book.replace(
        "book.toml",
        "[preprocessor.katex]",
        "[preprocessor.course]\nafter = [\"cells\"]\nbefore = [\"katex\"]\n\n[preprocessor.katex]",
    );
    book.write("syllabus.json", SYLLABUS);
    book.write("data/syllabus.json", &SYLLABUS.replace("Шум", "Шумы"));
    book.write(
        "src/index.md",
        "# О книге\n\n<!-- bullet: Сбор данных -->\n\n$$x = 1 \\label{eq-x}$$\n\n<!-- checks: eq-y -->\n",
    );
    book.write("src/данные.md", "# Данные\n\n<!-- bullet: Сбор даных -->\n\nСлова.\n");
    let said = book.book(&["build"]);
    assert_eq!(said.code, 1);
    assert_snapshot!(said.shown());
}

#[test]
fn a_lecture_has_one_title_in_the_contents_in_the_syllabus_and_on_its_page() {
    let book = fixture::book();
    book.replace(
        "book.toml",
        "[preprocessor.katex]",
        "[preprocessor.course]\nafter = [\"cells\"]\nbefore = [\"katex\"]\n\n[preprocessor.katex]",
    );
    book.write("syllabus.json", SYLLABUS);
    book.replace("src/SUMMARY.md", "[Замысел]", "[Замыслы]");
    book.write("src/данные.md", "# 1.1. Все данные {#все}\n\n<!-- bullet: Сбор данных -->\n\nСлова.\n");
    assert_snapshot!(book.book(&["build"]).shown());
}
