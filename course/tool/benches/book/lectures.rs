//! A book of 52 real lectures: those of the repository, and copies of them in the places of lectures that nobody has written yet.
//!
//! A copy has a title, a path and artefacts of its own; the executions of the lecture that it is made of are kept for it, so that its
//! cells are never run.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use book::relative;
use engine::{Engine as _, Rustc};
use mdbook_cells::config::Config;
use mdbook_cells::draft::Draft;
use mdbook_cells::run::key::Parts;
use mdbook_cells::run::record::{Record, Records};
use serde_json::Value;
use store::Store;

use crate::comments::COMMENTS;
use crate::folder::{self, copy, repository, write};
use crate::process;

/// The book.
pub struct Lectures {
    /// Its root.
    pub root: PathBuf,
    /// Its lectures, in their order.
    pages: Vec<Lecture>,
    edits: usize,
}

/// A lecture of it; paths are inside src.
struct Lecture {
    path: String,
    /// The lecture of the repository that it is made of.
    original: String,
    /// What stands behind the names of its artefacts; empty for a lecture of the repository.
    suffix: String,
}

impl Lectures {
    /// Makes the book at `root`. Lectures of the repository whose executions are in no store are run first, with `program`.
    pub fn new(root: PathBuf, program: &Path) -> anyhow::Result<Self> {
        folder::lectures(&root)?;
        let store = repository().join(".book").join("store");
        if store.is_dir() && !root.join(".book").join("store").is_dir() {
            copy(&store, &root.join(".book").join("store"))?;
        }
        process::build(program, &root)?;
        let pages = Written::read(&root)?.fill(&root)?;
        let lectures = Self { root, pages, edits: 0 };
        lectures.keep_executions(program)?;
        Ok(lectures)
    }

    /// Changes a word of a lecture.
    pub fn edit_word(&mut self) -> anyhow::Result<()> {
        self.edits += 1;
        let lecture = &self.pages[(7 * self.edits + 3) % self.pages.len()];
        let path = self.root.join("src").join(&lecture.path);
        let text = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        let (before, after) = text.split_once("\n## ").context("a lecture has sections")?;
        let (heading, after) = after.split_once("\n\n").context("a section has text")?;
        // A sentence of its own, so that an edit never stands inside of a formula.
        let edit = format!("Правка номер {}.", self.edits);
        write(&path, &format!("{before}\n## {heading}\n\n{edit}\n\n{after}"))
    }

    /// Forgets what builds keep of pages; executions and formulas stay.
    pub fn forget_pages(&self) -> anyhow::Result<()> {
        process::forget(&self.root, &[".book/local/pages", ".book/local/site"])
    }

    /// Keeps for every copy the execution of its original, under the key that the copy has.
    fn keep_executions(&self, launcher: &Path) -> anyhow::Result<()> {
        let book = mdbook_driver::config::Config::from_disk(self.root.join("book.toml"))?;
        let config = Config::read(&book)?;
        let store = Store::open(config.store(&self.root));
        let engine = Rustc::new(config.library(&self.root)?, launcher.to_owned())?;
        let mut texts = Vec::new();
        for lecture in &self.pages {
            let path = format!("src/{}", lecture.path);
            let text = fs::read_to_string(self.root.join(&path)).with_context(|| format!("reading {path}"))?;
            texts.push((path, text));
        }
        let draft = Draft::read(texts.iter().map(|(path, text)| (path.clone(), text.as_str())), &config, &COMMENTS);
        let errors: Vec<_> = draft.diagnostics.iter().map(|found| (&found.place.path, &found.message)).collect();
        ensure!(errors.is_empty(), "the copies of lectures are wrong: {errors:?}");
        let mut artefacts = BTreeMap::new();
        for (lecture, job) in self.pages.iter().zip(draft.jobs()) {
            let job = job.with_context(|| format!("{} has no cells", lecture.path))?;
            let record = Records::open(&store).get(&format!("src/{}", lecture.original));
            let record = record.with_context(|| format!("{} has never been run", lecture.original))?;
            let kept = store.get("execution", &record.parts.key()).context("its execution is gone")?;
            let mut execution: Value = serde_json::from_slice(&kept).context("reading an execution")?;
            for saved in execution["saved"].as_array_mut().into_iter().flatten() {
                let name = format!("{}{}", saved[0].as_str().unwrap_or_default(), lecture.suffix);
                artefacts.insert(name.clone(), saved[1].as_str().unwrap_or_default().to_owned());
                saved[0] = name.into();
            }
            let loads = job.session.loads.iter();
            let loads = loads.filter_map(|(name, _)| Some((name.clone(), artefacts.get(name)?.clone()))).collect();
            let parts = Parts::of(job, &config, engine.environment(), &loads);
            store.put("execution", &parts.key(), &serde_json::to_vec(&execution)?)?;
            Records::open(&store).put(&job.page.path, &Record { parts, ..record })?;
        }
        Ok(())
    }
}

/// The book of the repository.
struct Written {
    summary: String,
    syllabus: Value,
    /// Paths and texts of the lectures that are written, in their order.
    lectures: Vec<(String, String)>,
}

impl Written {
    fn read(root: &Path) -> anyhow::Result<Self> {
        let read = |path: &str| fs::read_to_string(root.join(path)).with_context(|| format!("reading {path}"));
        let syllabus: Value = serde_json::from_str(&read("syllabus.json")?).context("reading the syllabus")?;
        let mut lectures = Vec::new();
        for lecture in listed(&syllabus) {
            let path = lecture["path"].as_str().context("a lecture has a path")?;
            if root.join("src").join(path).is_file() {
                lectures.push((path.to_owned(), read(&format!("src/{path}"))?));
            }
        }
        ensure!(!lectures.is_empty(), "no lecture is written");
        Ok(Self { summary: read("src/SUMMARY.md")?, syllabus, lectures })
    }

    /// Writes a copy of a lecture in every place that is empty.
    fn fill(self, root: &Path) -> anyhow::Result<Vec<Lecture>> {
        let Self { mut summary, mut syllabus, lectures } = self;
        let points: BTreeMap<String, Value> = listed(&syllabus)
            .iter()
            .filter_map(|lecture| Some((lecture["path"].as_str()?.to_owned(), lecture["bullets"].clone())))
            .collect();
        let mut pages = Vec::new();
        let mut copies = 0;
        for lecture in syllabus["lectures"].as_array_mut().context("the syllabus lists lectures")? {
            let text = |key: &str| lecture[key].as_str().unwrap_or_default().to_owned();
            let (path, title, number) = (text("path"), text("title"), text("id"));
            if lectures.iter().any(|(written, _)| *written == path) {
                pages.push(Lecture { original: path.clone(), path, suffix: String::new() });
                continue;
            }
            let (original, written) = &lectures[copies % lectures.len()];
            let suffix = format!("-{}", copies / lectures.len() + 2);
            copies += 1;
            let page = Copy { original, path: &path, suffix: &suffix }.text(written, &format!("{number}. {title}"));
            write(&root.join("src").join(&path), &page)?;
            lecture["bullets"] = points[original].clone();
            // A chapter may be called as one of its lectures is: the place of a lecture is the one with nothing under it.
            summary = with_page(&summary, &title, &path)?;
            pages.push(Lecture { path, original: original.clone(), suffix });
        }
        write(&root.join("src").join("SUMMARY.md"), &summary)?;
        write(&root.join("syllabus.json"), &syllabus.to_string())?;
        Ok(pages)
    }
}

fn listed(syllabus: &Value) -> &[Value] {
    syllabus["lectures"].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// The table of contents in which the lecture of this title has a page.
fn with_page(summary: &str, title: &str, path: &str) -> anyhow::Result<String> {
    let lines: Vec<&str> = summary.lines().collect();
    let depth = |line: &str| line.len() - line.trim_start().len();
    let is_place = |index: &usize| {
        let is_leaf = lines.get(index + 1).is_none_or(|next| depth(next) <= depth(lines[*index]));
        is_leaf && lines[*index].trim_start() == format!("- [{title}]()")
    };
    let place = (0..lines.len()).find(is_place).with_context(|| format!("SUMMARY.md has no place for «{title}»"))?;
    let filled = lines[place].replace("()", &format!("({path})"));
    let lines: Vec<&str> =
        lines.iter().enumerate().map(|(index, line)| if index == place { &*filled } else { *line }).collect();
    Ok(lines.join("\n") + "\n")
}

/// A lecture in another place.
struct Copy<'a> {
    original: &'a str,
    path: &'a str,
    suffix: &'a str,
}

impl Copy<'_> {
    fn text(&self, written: &str, title: &str) -> String {
        let (_, rest) = written.split_once('\n').unwrap_or((written, ""));
        let mut text = format!("# {title}\n{rest}");
        for name in artefacts(written) {
            text = text.replace(&format!("\"{name}\""), &format!("\"{name}{}\"", self.suffix));
        }
        self.relink(&text)
    }

    /// Links to pages lead where those of the original lead.
    fn relink(&self, text: &str) -> String {
        let mut relinked = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("](") {
            relinked.extend([before, "]("]);
            rest = after;
            let Some((address, behind)) = after.split_once(')') else { continue };
            let (path, anchor) = address.split_once('#').map_or((address, None), |(path, anchor)| (path, Some(anchor)));
            let target = page::anchor::target(self.original, path);
            let Some(target) = target.filter(|_| path.ends_with(".md") && !path.contains(':')) else { continue };
            relinked.push_str(&relative(self.path, &target));
            relinked.extend(anchor.iter().flat_map(|anchor| ["#", anchor]));
            relinked.push(')');
            rest = behind;
        }
        relinked + rest
    }
}

/// Names of the artefacts that a page saves or loads.
fn artefacts(text: &str) -> Vec<&str> {
    let calls = ["artefact::save(\"", "artefact::load(\""];
    let calls = calls.iter().flat_map(|call| text.match_indices(call));
    let mut names: Vec<&str> = calls.filter_map(|(at, call)| text[at + call.len()..].split('"').next()).collect();
    names.sort_unstable();
    names.dedup();
    names
}
