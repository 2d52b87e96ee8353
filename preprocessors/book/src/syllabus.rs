//! The syllabus of the course: what every lecture has to cover, word for word.

use std::path::Path;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};
use tera::{Context, Delimiters, Tera};

/// The file, at the book's root.
pub const FILE: &str = "syllabus.json";

/// All lectures in the order of the course.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Syllabus {
    /// The lectures.
    pub lectures: Vec<Lecture>,
}

/// One lecture.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lecture {
    /// Its number in SUMMARY.md, `1.1.8`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its page inside src.
    pub path: String,
    /// Ids of lectures that it builds on.
    pub prerequisites: Vec<String>,
    /// What it has to cover.
    pub bullets: Vec<Bullet>,
}

/// A point of the syllabus.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum Bullet {
    /// One without points of its own.
    Leaf(String),
    /// One with.
    Branch {
        /// Its words.
        text: String,
        /// Its points.
        children: Vec<Bullet>,
    },
}

/// A heading for a point.
#[derive(Serialize)]
struct Heading<'a> {
    marks: String,
    text: &'a str,
    id: String,
}

impl Syllabus {
    /// Reads the syllabus of the book at `root`.
    pub fn read(root: &Path) -> anyhow::Result<Self> {
        let path = root.join(FILE);
        let text = std::fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
        serde_json::from_slice(&text).with_context(|| format!("reading {}", path.display()))
    }

    /// The lecture with an id.
    pub fn lecture(&self, id: &str) -> Option<&Lecture> {
        self.lectures.iter().find(|lecture| lecture.id == id)
    }
}

impl Lecture {
    /// Its points and theirs, in their order.
    pub fn points(&self) -> Vec<&str> {
        fn add<'a>(bullets: &'a [Bullet], points: &mut Vec<&'a str>) {
            for bullet in bullets {
                match bullet {
                    Bullet::Leaf(text) => points.push(text),
                    Bullet::Branch { text, children } => {
                        points.push(text);
                        add(children, points);
                    }
                }
            }
        }
        let mut points = Vec::new();
        add(&self.bullets, &mut points);
        points
    }

    /// The page to begin with; `needs` is what the reader should have read, as Markdown.
    pub fn page(&self, needs: &str) -> anyhow::Result<String> {
        let part = self.id.split('.').next().unwrap_or_default();
        let mut headings = Vec::new();
        self.bullets.iter().for_each(|bullet| add(bullet, "###", &mut headings));
        let mut context = Context::new();
        context.insert("number", &self.id);
        context.insert("part", &roman(part));
        context.insert("title", &self.title);
        context.insert("needs", needs);
        context.insert("bullets", &headings);
        let mut tera = Tera::new();
        // Tera's own comments begin like the ids of headings.
        let delimiters = Delimiters { comment_start: "<#".into(), comment_end: "#>".into(), ..Delimiters::default() };
        tera.set_delimiters(delimiters).context("preparing the template")?;
        tera.add_raw_template("lecture.md", include_str!("../templates/lecture.md")).context("reading the template")?;
        tera.render("lecture.md", &context).context("filling in the template")
    }
}

/// The number of a part as the course writes it.
fn roman(part: &str) -> String {
    const NUMBERS: [&str; 10] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"];
    let number = part.parse::<usize>().ok().and_then(|number| NUMBERS.get(number.checked_sub(1)?));
    number.map_or_else(|| part.to_owned(), |number| (*number).to_owned())
}

fn add<'a>(bullet: &'a Bullet, marks: &str, headings: &mut Vec<Heading<'a>>) {
    let (text, children) = match bullet {
        Bullet::Leaf(text) => (text, &[][..]),
        Bullet::Branch { text, children } => (text, children.as_slice()),
    };
    let mut id = id(text);
    let same = headings.iter().filter(|heading| heading.id == id || heading.id.starts_with(&format!("{id}-"))).count();
    if same > 0 {
        id = format!("{id}-{}", same + 1);
    }
    headings.push(Heading { marks: marks.to_owned(), text, id });
    children.iter().for_each(|child| add(child, &format!("{marks}#"), headings));
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
    fn the_course_has_all_its_points() {
        let syllabus = Syllabus::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")).unwrap();
        assert_eq!(syllabus.lectures.len(), 52);
        assert_eq!(syllabus.lectures.iter().map(|lecture| lecture.points().len()).sum::<usize>(), 379);
    }

    #[test]
    fn a_lecture_begins_with_all_its_points() {
        let lecture = serde_json::from_str::<Lecture>(
            r#"{"id": "1.1.9", "title": "Матричные дифференциалы",
                "path": "a/b.md", "prerequisites": ["1.1.8"],
                "bullets": ["Градиент & гессиан", {"text": "Цепное правило", "children": ["Self-attention", "Цепное правило"]}]}"#,
        );
        insta::assert_snapshot!(lecture.unwrap().page("[Разложение](svd.md)").unwrap());
    }
}
