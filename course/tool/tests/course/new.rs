//! `new`: a lecture from the syllabus.

use insta::assert_snapshot;

use crate::fixture;

const SYLLABUS: &str = r#"{"lectures": [
  {"id": "1.1", "title": "Данные", "path": "данные.md", "prerequisites": [], "bullets": ["Что такое данные"]},
  {"id": "2.1", "title": "Замысел", "path": "часть/замысел.md", "prerequisites": ["1.1", "2.2"],
   "bullets": ["Цель & средства в кроссвалидационном деле", {"text": "Порядок работы", "children": ["Сначала", "Потом"]}]},
  {"id": "2.2", "title": "Исполнение", "path": "часть/дело.md", "prerequisites": [], "bullets": []}
]}"#;

#[test]
fn a_lecture_begins_with_its_points_and_a_line_in_the_contents() {
    let book = fixture::book();
    book.write("syllabus.json", SYLLABUS);
    // Its prose is checked too.
    book.write("spelling.txt", "");
    let summary = book.read("src/SUMMARY.md");
    assert_snapshot!(book.book(&["new", "2.1"]).shown());
    assert_eq!(book.read("src/SUMMARY.md"), summary.replace("[Замысел]()", "[Замысел](часть/замысел.md)"));
    assert_snapshot!(book.read("src/часть/замысел.md"));
    let said = book.book(&["check", "2.1"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert!(!said.stderr.contains("mends"), "{}", said.stderr);
    // What the syllabus says is no slip of who begins the lecture.
    assert!(!said.stderr.contains("spelling"), "{}", said.stderr);
}

#[test]
fn what_is_there_is_not_written_over_and_what_is_not_known_is_not_guessed() {
    let book = fixture::book();
    book.write("syllabus.json", SYLLABUS);
    let before = book.files("src");
    let said: Vec<String> = ["1.1", "2.2", "2", "1.2", "Замысл", "9.9"]
        .into_iter()
        .map(|id| format!("{id}: {}", book.book(&["new", id]).shown()))
        .collect();
    assert_snapshot!(said.join("\n"));
    assert_eq!(book.files("src"), before);
}

#[test]
fn a_book_without_a_syllabus_has_no_lectures_to_begin() {
    let said = fixture::book().book(&["new", "1.1"]);
    assert_eq!(said.code, 2);
    assert!(said.stderr.contains("this book has no syllabus.json"), "{}", said.stderr);
}

#[test]
fn every_lecture_of_the_course_can_be_begun() {
    let book = fixture::book();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
    let syllabus = std::fs::read_to_string(root.join("syllabus.json")).unwrap();
    let summary = std::fs::read_to_string(root.join("src/SUMMARY.md")).unwrap();
    book.write("syllabus.json", &syllabus);
    let lectures: serde_json::Value = serde_json::from_str(&syllabus).unwrap();
    let lectures = lectures["lectures"].as_array().unwrap();
    assert_eq!(lectures.len(), 52);
    // As if none were written.
    let mut empty = summary;
    for lecture in lectures {
        empty = empty.replace(&format!("]({})", lecture["path"].as_str().unwrap()), "]()");
    }
    book.write("src/SUMMARY.md", &empty);
    for lecture in lectures {
        let said = book.book(&["new", lecture["id"].as_str().unwrap()]);
        assert_eq!(said.code, 0, "{}", said.stderr);
    }
}
