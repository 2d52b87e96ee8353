//! The course about itself: its lectures and the works it cites.

use std::io;

use serde_json::Value;
use yaml_rust2::{Yaml, YamlLoader};

use super::real::carried;
use super::text;

/// A lecture of the syllabus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lecture {
    /// Its number, such as `1.1.8`.
    pub id: String,
    /// Its name.
    pub title: String,
    /// The file of its page in `src`.
    pub path: String,
    /// Numbers of the lectures that it needs.
    pub prerequisites: Vec<String>,
    /// Its points; those that have points of their own come before them.
    pub bullets: Vec<String>,
}

/// A work that the course cites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its key, such as `vaswani2017`.
    pub key: String,
    /// What it is: `article`, `book`, …
    pub kind: String,
    /// Its title.
    pub title: String,
    /// Who wrote it, surnames first.
    pub authors: Vec<String>,
    /// When it appeared; `None` where the list does not say.
    pub year: Option<i64>,
    /// Its number in the system DOI.
    pub doi: Option<String>,
    /// Its number on arXiv.
    pub arxiv: Option<String>,
    /// The journal or the collection it is a part of.
    pub parent: Option<String>,
}

/// The lectures of the course in their order, from `data/syllabus.json`, which a test keeps equal to the book's own.
///
/// # Panics
/// When the file cannot be read, or is not a syllabus.
#[track_caller]
pub fn syllabus() -> Vec<Lecture> {
    carried(text("syllabus.json").and_then(|json| {
        let whole: Value = serde_json::from_str(&json)?;
        let lectures =
            whole["lectures"].as_array().ok_or_else(|| wrong("syllabus.json", "there is no list `lectures`"))?;
        lectures.iter().map(lecture).collect()
    }))
}

/// The works that the course cites in the order of the list, from `data/bibliography.yml`, which a test keeps equal to the book's own.
///
/// # Panics
/// When the file cannot be read, or an entry has no title.
#[track_caller]
pub fn bibliography() -> Vec<Source> {
    carried(text("bibliography.yml").and_then(|yaml| {
        let documents =
            YamlLoader::load_from_str(&yaml).map_err(|error| wrong("bibliography.yml", &error.to_string()))?;
        let entries = documents.first().and_then(Yaml::as_hash);
        let entries = entries.ok_or_else(|| wrong("bibliography.yml", "there is no list of entries"))?;
        entries.iter().map(|(key, entry)| source(key, entry)).collect()
    }))
}

fn lecture(json: &Value) -> io::Result<Lecture> {
    let word = |key: &str| {
        let found = json[key].as_str().map(str::to_owned);
        found.ok_or_else(|| wrong("syllabus.json", &format!("a lecture has no `{key}`: {}", json["id"])))
    };
    let prerequisites = json["prerequisites"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let mut bullets = Vec::new();
    json["bullets"].as_array().into_iter().flatten().for_each(|bullet| gather(bullet, &mut bullets));
    Ok(Lecture {
        id: word("id")?,
        title: word("title")?,
        path: word("path")?,
        prerequisites: prerequisites.map(str::to_owned).collect(),
        bullets,
    })
}

/// A point is a text, or a text with children.
fn gather(bullet: &Value, bullets: &mut Vec<String>) {
    bullets.extend(bullet.as_str().or_else(|| bullet["text"].as_str()).map(str::to_owned));
    bullet["children"].as_array().into_iter().flatten().for_each(|child| gather(child, bullets));
}

fn source(key: &Yaml, entry: &Yaml) -> io::Result<Source> {
    let key = key.as_str().unwrap_or_default();
    let word =
        |yaml: &Yaml| yaml.as_str().map(str::to_owned).or_else(|| yaml.as_i64().map(|number| number.to_string()));
    let title = |yaml: &Yaml| word(yaml).or_else(|| word(&yaml["value"]));
    let authors = match entry["author"].as_vec() {
        Some(several) => several.iter().filter_map(word).collect(),
        None => word(&entry["author"]).into_iter().collect(),
    };
    Ok(Source {
        key: key.to_owned(),
        kind: word(&entry["type"]).unwrap_or_default(),
        title: title(&entry["title"]).ok_or_else(|| wrong("bibliography.yml", &format!("`{key}` has no title")))?,
        authors,
        year: entry["date"].as_i64().or_else(|| entry["date"].as_str().and_then(|date| date.get(..4)?.parse().ok())),
        doi: word(&entry["serial-number"]["doi"]),
        arxiv: word(&entry["serial-number"]["arxiv"]),
        parent: title(&entry["parent"]["title"]),
    })
}

fn wrong(file: &str, message: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("data/{file}: {message}"))
}
