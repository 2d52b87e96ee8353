//! `cargo book new`: begins a lecture of the syllabus.

use anyhow::{Context as _, bail, ensure};
use book::{Entry, Invocation, Verdict, any_of, counted, entries, from_root, near, relative};
use clap::Args;
use course_site::{FILE, Lecture, Syllabus};
use mdbook_driver::config::Config;

use crate::template;

/// Begins a lecture: writes its page from the template, with the points of the syllabus as headings, and links it in SUMMARY.md.
///
/// Lectures are named by their number in syllabus.json. A page that exists is never written over.
#[derive(Debug, Args)]
pub struct New {
    /// Number of the lecture, as in 1.1.9.
    #[arg(value_name = "LECTURE-ID")]
    pub lecture: String,
}

/// Does it.
pub fn run(new: &New, invocation: &Invocation<'_>) -> anyhow::Result<Verdict> {
    ensure!(invocation.root.join(FILE).is_file(), "this book has no {FILE}, and lectures are begun from it");
    let syllabus = Syllabus::read(&invocation.root)?;
    let Some(lecture) = syllabus.lecture(&new.lecture) else { bail!(unknown(&new.lecture, &syllabus)) };
    let src = Config::from_disk(invocation.root.join("book.toml"))?.book.src;
    let (page, summary) = (from_root(&src, &lecture.path), from_root(&src, "SUMMARY.md"));
    let file = invocation.root.join(&page);
    ensure!(!file.exists(), "{page} is there already");
    let summary_file = invocation.root.join(&summary);
    let text = std::fs::read_to_string(&summary_file).with_context(|| format!("reading {summary}"))?;
    let linked = linked(&text, lecture).with_context(|| format!("linking the lecture in {summary}"))?;

    let text = typeset(template::page(lecture, &needs(lecture, &syllabus, &entries(&text)))?);
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    }
    std::fs::write(&file, text).with_context(|| format!("writing {page}"))?;
    std::fs::write(&summary_file, linked).with_context(|| format!("writing {summary}"))?;
    invocation.console.say(&format!(
        "{page}: begun, with {} of the syllabus\n{summary}: {} «{}» leads to it",
        counted(lecture.all_points().len(), "point"),
        lecture.id,
        lecture.title
    ));
    invocation.console.say("write it with `cargo book serve --open`");
    Ok(Verdict::Fine)
}

/// The page as `check --fix` would leave it: a new lecture does not begin with mistakes.
fn typeset(mut page: String) -> String {
    /// Mending one place can make room for another.
    const ROUNDS: usize = 5;
    for _ in 0..ROUNDS {
        for (range, fix) in prose::fixes(&prose::lint(&page, None)).into_iter().rev() {
            page.replace_range(range, &fix);
        }
    }
    page
}

/// SUMMARY.md with the lecture's page between the parentheses of its line.
fn linked(text: &str, lecture: &Lecture) -> anyhow::Result<String> {
    let entries = entries(text);
    let Some(entry) = entries.iter().find(|entry| entry.number == lecture.id) else {
        bail!("no line has the number {}", lecture.id);
    };
    ensure!(
        entry.title == lecture.title,
        "line {} is «{}», and {FILE} calls the lecture «{}»",
        entry.number,
        entry.title,
        lecture.title
    );
    ensure!(
        entry.path.is_empty() || entry.path == lecture.path,
        "line {} leads to {}, and {FILE} puts the lecture into {}",
        entry.number,
        entry.path,
        lecture.path
    );
    let mut text = text.to_owned();
    text.replace_range(entry.target.clone(), &lecture.path);
    Ok(text)
}

/// What the reader should have read: links to the lectures that are written, names of the others.
fn needs(lecture: &Lecture, syllabus: &Syllabus, entries: &[Entry]) -> String {
    let needed = lecture.prerequisites.iter().filter_map(|id| syllabus.lecture(id));
    let words = needed.map(|needed| {
        let is_written = entries.iter().any(|entry| entry.path == needed.path);
        if is_written {
            format!("[{}]({})", needed.title, relative(&lecture.path, &needed.path))
        } else {
            format!("«{}»", needed.title)
        }
    });
    words.collect::<Vec<_>>().join(", ")
}

fn unknown(id: &str, syllabus: &Syllabus) -> String {
    let in_chapter: Vec<&Lecture> =
        syllabus.lectures.iter().filter(|lecture| lecture.id.starts_with(&format!("{id}."))).collect();
    if let (Some(first), Some(last)) = (in_chapter.first(), in_chapter.last()) {
        return format!("{id} is not a lecture but a chapter: its lectures are {} to {}", first.id, last.id);
    }
    let ids = syllabus.lectures.iter().map(|lecture| lecture.id.as_str());
    let titles = syllabus.lectures.iter().map(|lecture| lecture.title.as_str());
    let alike: Vec<String> = near(id, ids.chain(titles))
        .into_iter()
        .filter_map(|name| syllabus.lectures.iter().find(|lecture| lecture.id == name || lecture.title == name))
        .map(|lecture| format!("{} ({})", lecture.id, lecture.title))
        .collect();
    let alike: Vec<&str> = alike.iter().map(String::as_str).collect();
    match alike.as_slice() {
        [] => format!("{FILE} has no lecture `{id}`; lectures are named by number, as in 1.1.8"),
        alike => format!("{FILE} has no lecture `{id}`; did you mean {}?", any_of(alike)),
    }
}
