//! Texts of the course: prose and verse in the public domain, and small sets written for it; sources and rules of annotation are in
//! `data/README.md`.

use std::io;

use language::Model;

use super::real::carried;
use super::{csv, read, text};

/// A part of a work under its own heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// Its heading; empty for what stands before the first.
    pub title: String,
    /// Paragraphs, or verses, by lines; an empty line between stanzas.
    pub text: String,
}

/// A work in prose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    /// Who wrote it.
    pub author: String,
    /// How it is called.
    pub title: String,
    /// When it was first printed in full.
    pub year: u32,
    /// Its parts, in order.
    pub chapters: Vec<Chapter>,
}

impl Work {
    /// All of the text without headings: a paragraph is a line.
    pub fn text(&self) -> String {
        self.chapters.iter().map(|chapter| chapter.text.as_str()).collect::<Vec<_>>().join("\n")
    }
}

/// «Евгений Онегин» by A. S. Pushkin (1833): the dedication and eight chapters, stanzas parted by empty lines, without epigraphs, numbers
/// of stanzas and notes; «е» for «ё».
///
/// # Panics
/// When the text cannot be read.
#[track_caller]
pub fn onegin() -> Vec<Chapter> {
    carried(chapters("onegin"))
}

/// Prose of four authors, 1.28 million characters: Pushkin, Lermontov, Chekhov, Tolstoy, by years; «е» for «ё».
///
/// # Panics
/// When a text cannot be read.
#[track_caller]
pub fn prose() -> Vec<Work> {
    const WORKS: [(&str, &str, &str, u32); 8] = [
        ("belkin", "Пушкин", "Повести Белкина", 1831),
        ("captain", "Пушкин", "Капитанская дочка", 1836),
        ("hero", "Лермонтов", "Герой нашего времени", 1840),
        ("childhood", "Толстой", "Детство", 1852),
        ("kashtanka", "Чехов", "Каштанка", 1887),
        ("duel", "Чехов", "Дуэль", 1891),
        ("case", "Чехов", "Человек в футляре", 1898),
        ("hadji-murat", "Толстой", "Хаджи-Мурат", 1912),
    ];
    let work = |(file, author, title, year): (&str, &str, &str, u32)| -> io::Result<Work> {
        Ok(Work { author: author.to_owned(), title: title.to_owned(), year, chapters: chapters(file)? })
    };
    carried(WORKS.into_iter().map(work).collect())
}

/// What a model of language learns from, and what it is tried on: [`prose`], and the last twentieth of every work of it.
///
/// # Panics
/// When a text cannot be read.
#[track_caller]
pub fn prose_parts() -> (String, String) {
    let parts = prose().into_iter().map(|work| {
        let mut known = work.text();
        let last = known.chars().count().div_ceil(20);
        let cut = known.char_indices().rev().nth(last - 1).map_or(0, |(at, _)| at);
        let held_out = known.split_off(cut);
        (known, held_out)
    });
    let (known, held_out): (Vec<_>, Vec<_>) = parts.unzip();
    (known.join("\n"), held_out.join("\n"))
}

/// The course's model of language: a transformer over characters that `ml/examples/language.rs` trained on the first of [`prose_parts`].
///
/// # Panics
/// When the file cannot be read, or is not a model.
#[track_caller]
pub fn language_model() -> Model {
    let load = || {
        let wrong = |error| io::Error::new(io::ErrorKind::InvalidData, format!("data/language.safetensors: {error}"));
        Model::from_bytes(&read("language.safetensors")?).map_err(wrong)
    };
    carried(load())
}

/// A sentence with its mood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opinion {
    /// The sentence.
    pub text: String,
    /// 1 for praise, 0 for blame.
    pub label: usize,
    /// What makes it hard: `отрицание`, `поворот`, `ирония`, or nothing.
    pub trap: String,
}

/// 210 sentences of praise and blame, written for the course.
///
/// # Panics
/// When the set cannot be read.
#[track_caller]
pub fn opinions() -> Vec<Opinion> {
    let load = || {
        let table = csv("sets/sentiment.csv")?;
        let (texts, traps, labels) = (table.texts("text")?, table.texts("trap")?, table.numbers("label")?);
        let rows = texts.into_iter().zip(traps).zip(labels);
        Ok(rows.map(|((text, trap), label)| Opinion { text, label: label as usize, trap }).collect())
    };
    carried(load())
}

/// A question with its answer and the passage that has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The question.
    pub question: String,
    /// The shortest answer, as the passage has it but for the case of its words.
    pub answer: String,
    /// The place among [`passages`].
    pub passage: usize,
}

/// Forty passages of one or two sentences each, written for the course: what questions and queries are asked of.
///
/// # Panics
/// When the set cannot be read.
#[track_caller]
pub fn passages() -> Vec<String> {
    carried(csv("sets/passages.csv").and_then(|table| table.texts("text")))
}

/// Forty questions, one for each of [`passages`].
///
/// # Panics
/// When the set cannot be read.
#[track_caller]
pub fn questions() -> Vec<Question> {
    let load = || {
        let table = csv("sets/questions.csv")?;
        let (questions, answers) = (table.texts("question")?, table.texts("answer")?);
        let rows = questions.into_iter().zip(answers).zip(table.numbers("passage")?);
        // Passages are numbered from 1 in the files, for people.
        Ok(rows.map(|((question, answer), id)| Question { question, answer, passage: id as usize - 1 }).collect())
    };
    carried(load())
}

/// A query to a search, with what is relevant to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// What was asked.
    pub text: String,
    /// `слова` when the passage has the words of the query, `смысл` when it says the same in others.
    pub kind: String,
    /// Places among [`passages`] with grades: 2 answers the query, 1 touches it; all others are 0.
    pub relevant: Vec<(usize, usize)>,
}

/// Fifty queries to [`passages`] with graded judgements.
///
/// # Panics
/// When the set cannot be read.
#[track_caller]
pub fn queries() -> Vec<Query> {
    let load = || {
        let table = csv("sets/queries.csv")?;
        let rows = table.texts("query")?.into_iter().zip(table.texts("kind")?).zip(table.texts("judgements")?);
        rows.map(|((text, kind), grades)| Ok(Query { text, kind, relevant: judgements(&grades)? })).collect()
    };
    carried(load())
}

/// Grades such as `1:2 6:1`, by numbers from 1.
fn judgements(grades: &str) -> io::Result<Vec<(usize, usize)>> {
    let one = |pair: &str| {
        let (id, grade) = pair.split_once(':')?;
        Some((id.parse::<usize>().ok()?.checked_sub(1)?, grade.parse().ok()?))
    };
    let wrong = |pair: &str| {
        io::Error::new(io::ErrorKind::InvalidData, format!("data/sets/queries.csv: `{pair}` is not a judgement"))
    };
    grades.split(' ').map(|pair| one(pair).ok_or_else(|| wrong(pair))).collect()
}

fn chapters(file: &str) -> io::Result<Vec<Chapter>> {
    let whole = text(&format!("texts/{file}.txt"))?;
    let mut chapters = vec![Chapter { title: String::new(), text: String::new() }];
    for line in whole.lines() {
        match (line.strip_prefix("# "), chapters.last_mut()) {
            (Some(title), _) => chapters.push(Chapter { title: title.to_owned(), text: String::new() }),
            (None, Some(chapter)) => {
                chapter.text.push_str(line);
                chapter.text.push('\n');
            }
            (None, None) => {}
        }
    }
    chapters.iter_mut().for_each(|chapter| chapter.text = chapter.text.trim().to_owned());
    chapters.retain(|chapter| !chapter.text.is_empty());
    Ok(chapters)
}
