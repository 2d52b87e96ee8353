//! Whether SUMMARY.md, the syllabus and the titles of the pages agree where a lecture stands. One that only some of them know as a
//! lecture would lose its points and its place on the map without a word.

use std::ops::Range;

use diagnostic::{Diagnostic, Place};

use crate::syllabus::{FILE, Lecture, Syllabus};

/// A page of SUMMARY.md.
pub struct Listed<'a> {
    /// Its number there, `1.1.8`.
    pub number: Option<String>,
    /// Its file inside src.
    pub page: &'a str,
    /// The same from the book's root.
    pub path: &'a str,
    /// What it is called there.
    pub title: &'a str,
    /// The number that its title begins with, and where.
    pub numbered: Option<(String, Range<usize>)>,
    /// The words of its title, and where.
    pub titled: Option<(String, Range<usize>)>,
}

/// A line of SUMMARY.md, of a page or of one to come.
pub struct Line<'a> {
    /// Its number.
    pub number: String,
    /// What it is called.
    pub title: &'a str,
}

/// SUMMARY.md: its path from the book's root, and its text.
pub struct Summary<'a> {
    /// Its path from the book's root.
    pub path: &'a str,
    /// Its text.
    pub text: &'a str,
}

/// What does not agree.
pub fn disagreements(listed: &[Listed<'_>], syllabus: &Syllabus, summary: &Summary<'_>) -> Vec<Diagnostic> {
    if syllabus.lectures.is_empty() {
        return Vec::new();
    }
    let of_page = |page| place(page, syllabus, summary).into_iter().chain(title(page)).chain(words(page, syllabus));
    listed.iter().flat_map(of_page).collect()
}

/// Lines of SUMMARY.md that call a lecture otherwise than the syllabus does.
pub fn misnamed(lines: &[Line<'_>], syllabus: &Syllabus, summary: &Summary<'_>) -> Vec<Diagnostic> {
    let known = lines.iter().filter_map(|line| Some((line, syllabus.lecture(&line.number)?)));
    let other = known.filter(|(line, lecture)| !is_same(line.title, &lecture.title));
    let mistake = |(line, lecture): (&Line<'_>, &Lecture)| {
        let at = summary.text.find(&format!("[{}]", line.title)).map_or(0..0, |at| at + 1..at + 1 + line.title.len());
        let message = format!("lecture {} is «{}» here and «{}» in {FILE}", lecture.id, line.title, lecture.title);
        Diagnostic::error("other-title", message, Place::new(summary.path, at)).help("give it one title")
    };
    other.map(mistake).collect()
}

/// A page that is another lecture, or none, by its file than by its number.
fn place(page: &Listed<'_>, syllabus: &Syllabus, summary: &Summary<'_>) -> Option<Diagnostic> {
    let by_number = page.number.as_deref().and_then(|number| syllabus.lecture(number));
    let by_path = syllabus.lectures.iter().find(|lecture| lecture.path == page.page);
    let id = |lecture: Option<&Lecture>| lecture.map(|lecture| lecture.id.clone());
    if id(by_number) == id(by_path) {
        return None;
    }
    let file = page.page;
    let (message, help) = match (by_number, by_path) {
        (Some(lecture), None) => (
            format!("lecture {} is `{file}` here and `{}` in {FILE}", lecture.id, lecture.path),
            format!("name the file as {FILE} does, or write `\"path\": \"{file}\"` for the lecture there"),
        ),
        (_, Some(lecture)) => {
            let here = page.number.as_ref().map_or("without a number".to_owned(), |number| format!("as {number}"));
            (
                format!("`{file}` is lecture {} in {FILE}, and stands here {here}", lecture.id),
                format!("put the line where {} is, or change the `\"id\"` of the lecture in {FILE}", lecture.id),
            )
        }
        (None, None) => return None,
    };
    let at = summary.text.find(&format!("({file})")).map_or(0..0, |at| at + 1..at + 1 + file.len());
    Some(Diagnostic::error("misplaced-lecture", message, Place::new(summary.path, at)).help(help))
}

/// A title that begins with the number of another lecture.
fn title(page: &Listed<'_>) -> Option<Diagnostic> {
    let number = page.number.as_deref()?;
    let (digits, place) = page.numbered.as_ref().filter(|(digits, _)| digits != number)?;
    let place = Place::new(page.path, place.clone());
    let message = format!("this is {number} in SUMMARY.md, and {digits} by its title");
    Some(Diagnostic::error("wrong-number", message, place).help(format!("write `# {number}. …`, or move the page")))
}

/// A lecture whose own title is not the one in SUMMARY.md.
fn words(page: &Listed<'_>, syllabus: &Syllabus) -> Option<Diagnostic> {
    let number = page.number.as_deref().filter(|number| syllabus.lecture(number).is_some())?;
    let (words, place) = page.titled.as_ref().filter(|(words, _)| !is_same(words, page.title))?;
    let message = format!("this is «{}» in SUMMARY.md, and «{words}» by its title", page.title);
    let place = Place::new(page.path, place.clone());
    Some(Diagnostic::error("other-title", message, place).help(format!("write `# {number}. {}`", page.title)))
}

/// Titles that differ only by their blanks, marks of Markdown or capitals are the same.
fn is_same(one: &str, other: &str) -> bool {
    let plain = |title: &str| {
        let words = title.replace(['*', '`', '\\'], "").to_lowercase();
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    plain(one) == plain(other)
}

/// The words of the title of a page behind its number, and where.
pub fn title_of(text: &str) -> Option<(String, Range<usize>)> {
    let line = text.lines().find(|line| !line.trim().is_empty())?;
    let whole = line.strip_prefix("# ")?;
    let is_number = |word: &str| word.ends_with('.') && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let words = match whole.trim_start().split_once(char::is_whitespace) {
        Some((first, rest)) if is_number(first) => rest,
        _ => whole,
    };
    let words = words.rfind("{#").map_or(words, |id| &words[..id]).trim();
    let at = text.find(line)? + line.rfind(words)?;
    Some((words.to_owned(), at..at + words.len()))
}

/// The number that the title of a page begins with, and where.
pub fn number(text: &str) -> Option<(String, Range<usize>)> {
    let line = text.lines().find(|line| !line.trim().is_empty())?;
    let written = line.strip_prefix("# ")?.split_whitespace().next()?;
    let digits = written.trim_end_matches('.');
    let is_number = digits.contains('.') && digits.split('.').all(|part| part.parse::<u32>().is_ok());
    let at = text.find(written).filter(|_| is_number)?;
    Some((digits.to_owned(), at..at + digits.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SYLLABUS: &str = r#"{"lectures": [
        {"id": "1.1", "title": "Векторы", "path": "а/векторы.md", "prerequisites": [], "bullets": []},
        {"id": "1.2", "title": "Нормы", "path": "а/нормы.md", "prerequisites": [], "bullets": []}
    ]}"#;

    fn told(pages: &[(Option<&str>, &str, &str)]) -> String {
        let paths: Vec<String> = pages.iter().map(|(_, page, _)| format!("src/{page}")).collect();
        let listed: Vec<Listed<'_>> = pages
            .iter()
            .zip(&paths)
            .map(|((id, page, text), path)| Listed {
                number: id.map(str::to_owned),
                page,
                path,
                title: "Нормы",
                numbered: number(text),
                titled: title_of(text),
            })
            .collect();
        let summary: String = pages.iter().map(|(_, page, _)| format!("- [Т]({page})\n")).collect();
        let syllabus = serde_json::from_str(SYLLABUS).expect("it is a syllabus");
        let wrong = disagreements(&listed, &syllabus, &Summary { path: "src/SUMMARY.md", text: &summary });
        let line = |wrong: Diagnostic| {
            format!("{} {:?}: {}\n  {}", wrong.place.path, wrong.place.range, wrong.message, wrong.helps.join("; "))
        };
        wrong.into_iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_lecture_in_its_place_is_right() {
        let right = [
            (None, "index.md", "# О курсе\n"),
            (Some("1.1"), "а/векторы.md", "# 1.1. *Нормы* {#norms}\n"),
            (Some("1.2"), "а/нормы.md", "# нормы\n"),
            (Some("1.3"), "а/ещё.md", "# 3.5-разрядные числа\n"),
            (Some("1.4"), "а/год.md", "# 2024. Итоги\n"),
        ];
        assert_eq!(told(&right), "");
    }

    #[test]
    fn a_lecture_that_is_renamed_moved_or_misnumbered_is_told() {
        insta::assert_snapshot!(told(&[
            (None, "а/векторы.md", "# Векторы\n"),
            (Some("1.2"), "а/норма.md", "# 1.1. Норма\n"),
            (Some("1.1"), "а/нормы.md", "# 1.1. Нормы\n"),
        ]));
    }

    #[test]
    fn a_lecture_of_another_title_in_the_contents_is_told() {
        let syllabus = serde_json::from_str(SYLLABUS).expect("it is a syllabus");
        let summary = "- [Вектора]()\n- [`Нормы`](а/нормы.md)\n- [Дальше]()\n";
        let lines = [("1.1", "Вектора"), ("1.2", "Нормы"), ("1.3", "Дальше")];
        let lines = lines.map(|(number, title)| Line { number: number.to_owned(), title });
        let wrong = misnamed(&lines, &syllabus, &Summary { path: "src/SUMMARY.md", text: summary });
        let wrong = wrong.iter().map(|wrong| format!("{}: {}", &summary[wrong.place.range.clone()], wrong.message));
        assert_eq!(
            wrong.collect::<Vec<_>>(),
            ["Вектора: lecture 1.1 is «Вектора» here and «Векторы» in syllabus.json"]
        );
    }
}
