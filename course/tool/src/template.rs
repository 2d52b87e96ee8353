//! The page that a lecture begins with.

use anyhow::Context as _;
use course_site::Lecture;
use serde::Serialize;
use tera::{Context, Delimiters, Tera};

/// A heading for a point.
#[derive(Serialize)]
struct Heading<'a> {
    marks: String,
    text: &'a str,
    id: String,
}

/// The page, with the points of the lecture as headings; `needs` is what the reader should have read, as Markdown.
pub fn page(lecture: &Lecture, needs: &str) -> anyhow::Result<String> {
    let part = lecture.id.split('.').next().unwrap_or_default();
    let mut context = Context::new();
    context.insert("number", &lecture.id);
    context.insert("part", &roman(part));
    context.insert("title", &lecture.title);
    context.insert("needs", needs);
    context.insert("points", &headings(lecture));
    let mut tera = Tera::new();
    // Tera's own comments begin like the ids of headings.
    let delimiters = Delimiters { comment_start: "<#".into(), comment_end: "#>".into(), ..Delimiters::default() };
    tera.set_delimiters(delimiters).context("preparing the template")?;
    tera.add_raw_template("lecture.md", include_str!("../templates/lecture.md")).context("reading the template")?;
    tera.render("lecture.md", &context).context("filling in the template")
}

/// The number of a part as the course writes it.
fn roman(part: &str) -> String {
    const NUMBERS: [&str; 10] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"];
    let number = part.parse::<usize>().ok().and_then(|number| NUMBERS.get(number.checked_sub(1)?));
    number.map_or_else(|| part.to_owned(), |number| (*number).to_owned())
}

fn headings(lecture: &Lecture) -> Vec<Heading<'_>> {
    let mut headings: Vec<Heading<'_>> = Vec::new();
    for (text, depth) in lecture.all_points() {
        let mut id = id(text);
        let is_same = |heading: &&Heading<'_>| heading.id == id || heading.id.starts_with(&format!("{id}-"));
        let same = headings.iter().filter(is_same).count();
        if same > 0 {
            id = format!("{id}-{}", same + 1);
        }
        headings.push(Heading { marks: "#".repeat(3 + depth), text, id });
    }
    headings
}

/// The first words of a title in Latin letters.
fn id(text: &str) -> String {
    const WORDS: usize = 3;
    let latin: String = text.to_lowercase().chars().map(latin).collect();
    let words = latin.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.take(WORDS).collect::<Vec<_>>().join("-")
}

fn latin(letter: char) -> String {
    const CYRILLIC: &str = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя";
    const LATIN: [&str; 33] = [
        "a", "b", "v", "g", "d", "e", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f",
        "kh", "ts", "ch", "sh", "sch", "", "y", "", "e", "yu", "ya",
    ];
    match CYRILLIC.chars().position(|known| known == letter) {
        Some(at) => LATIN[at].to_owned(),
        None => letter.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lecture_begins_with_all_its_points() {
        let lecture: Lecture = serde_json::from_str(
            r#"{"id": "1.1.9", "title": "Матричные дифференциалы",
                "path": "a/b.md", "prerequisites": ["1.1.8"],
                "bullets": ["Градиент & гессиан", {"text": "Цепное правило", "children": ["Self-attention", "Цепное правило"]}]}"#,
        )
        .unwrap();
        insta::assert_snapshot!(page(&lecture, "[Разложение](svd.md)").unwrap());
    }
}
