//! What the book costs against the least that it could cost, side by side in one run: ratios, never a timed test.
//!
//! `cargo bench --package course` measures all, `cargo bench --package course -- --quick` less of it; `-- lectures` and `-- synthetic`
//! only one of the two books. The teaching crate, plain mdBook and mdbook-katex are built into `target/bench` the first time. With
//! `--profile dev` nothing else is compiled; otherwise the command is built with the bench profile too, and the table says what that
//! would gain.

mod bare;
#[path = "../../src/comments.rs"]
mod comments;
mod folder;
mod lectures;
mod pages;
mod process;
mod real;
mod table;
mod weight;

use std::path::{Path, PathBuf};

use anyhow::bail;

use crate::bare::Bare;
use crate::folder::{Folder, repository};
use crate::process::{Finished, build, mdbook};
use crate::table::{Row, Times};

/// Pages of the book that was promised for.
const PAGES: usize = 52;

fn main() -> anyhow::Result<()> {
    let mut effort = FULL;
    let mut books = Vec::new();
    for word in std::env::args().skip(1) {
        match word.as_str() {
            "--quick" => effort = QUICK,
            "lectures" | "synthetic" => books.push(word),
            // Cargo says so to every benchmark.
            "--bench" => {}
            word => bail!("unknown word `{word}`; there are `--quick`, `lectures` and `synthetic`"),
        }
    }
    let is_wanted = |book: &str| books.is_empty() || books.iter().any(|wanted| wanted == book);
    if is_wanted("lectures") {
        real::measure(effort)?;
    }
    if is_wanted("synthetic") {
        synthetic(effort)?;
    }
    Ok(())
}

/// The book of generated pages.
fn synthetic(effort: Effort) -> anyhow::Result<()> {
    let mut bench = Bench::prepare(effort)?;
    println!("{PAGES} pages of {} cells and {} formulas; {}\n", pages::CELLS, pages::FORMULAS, table::load());
    println!("{}", table::head());
    bench.cold()?;
    bench.unchanged()?;
    bench.prose_edited()?;
    bench.cell_edited()?;
    bench.weights()?;
    bench.longer_books()?;
    let peak = bench.peak.map_or("unknown".to_owned(), |peak| format!("{:.0} MB", peak as f64 / 1024.0));
    println!("\nmemory of our process in all of these: {peak}; {}", table::load());
    Ok(())
}

/// How much is measured.
#[derive(Clone, Copy)]
struct Effort {
    /// Builds with nothing stored, of each kind.
    cold: usize,
    /// Other builds, of each kind.
    warm: usize,
    /// Sizes of longer books.
    longer: &'static [usize],
}

const FULL: Effort = Effort { cold: 3, warm: 7, longer: &[104, 260, 520] };
const QUICK: Effort = Effort { cold: 1, warm: 3, longer: &[104] };

struct Bench {
    effort: Effort,
    program: PathBuf,
    tools: PathBuf,
    bare: Bare,
    ours: Folder,
    plain: Folder,
    katex: Folder,
    peak: Option<u64>,
}

impl Bench {
    fn prepare(effort: Effort) -> anyhow::Result<Self> {
        let folder = repository().join("target").join("bench");
        let tools = folder.join("tools");
        process::install(&tools)?;
        let mut ours = Folder::ours(folder.join("book"))?;
        let bare = Bare::new(&ours.root)?;
        let mut plain = Folder::plain(folder.join("plain"), "")?;
        let mut katex = Folder::plain(folder.join("katex"), "[preprocessor.katex]\nafter = [\"links\"]\n")?;
        for book in [&mut ours, &mut plain, &mut katex] {
            book.set(PAGES)?;
        }
        Ok(Self { effort, program: process::course()?, tools, bare, ours, plain, katex, peak: None })
    }

    /// Our build, with a look at its memory.
    fn build(&mut self) -> anyhow::Result<Finished> {
        let finished = build(&self.program, &self.ours.root)?;
        self.peak = self.peak.max(finished.peak);
        Ok(finished)
    }

    fn cold(&mut self) -> anyhow::Result<()> {
        let (mut ours, mut others) = (Times::default(), Times::default());
        let mut said = String::new();
        for _ in 0..self.effort.cold {
            self.ours.forget()?;
            let finished = self.build()?;
            ours.add(finished.took);
            others.add(self.bare.run(&self.ours.texts())?);
            said = finished.said;
        }
        let against = "rustc for every program, and its run";
        println!("{}", Row { what: "cold".into(), ours, others, against, most: Some(1.1) }.text());
        explain(&said);
        Ok(())
    }

    fn unchanged(&mut self) -> anyhow::Result<()> {
        let (mut ours, mut others, mut bench) = (Times::default(), Times::default(), Times::default());
        let mut said = String::new();
        // The command as the bench profile makes it, where that is another one.
        let other = Path::new(env!("CARGO_BIN_EXE_course"));
        self.build()?;
        for _ in 0..self.effort.warm {
            let finished = self.build()?;
            ours.add(finished.took);
            others.add(mdbook(&self.tools, &self.katex.root)?.took);
            bench.add(build(other, &self.ours.root)?.took);
            said = finished.said;
        }
        let what = "nothing changed".to_owned();
        println!("{}", Row { what, ours, others: others.clone(), against: KATEX, most: Some(0.05) }.text());
        explain(&said);
        if other != self.program {
            let what = "  our command in the bench profile".to_owned();
            println!("{}", Row { what, ours: bench, others, against: KATEX, most: None }.text());
        }
        Ok(())
    }

    fn prose_edited(&mut self) -> anyhow::Result<()> {
        let (mut ours, mut others) = (Times::default(), Times::default());
        for run in 0..self.effort.warm {
            let page = (7 * run + 3) % PAGES;
            self.ours.edit(page, |edits| edits.prose += 1)?;
            self.katex.edit(page, |edits| edits.prose += 1)?;
            ours.add(self.build()?.took);
            others.add(mdbook(&self.tools, &self.katex.root)?.took);
        }
        let what = "prose edited".to_owned();
        println!("{}", Row { what, ours, others, against: KATEX, most: Some(0.15) }.text());
        Ok(())
    }

    fn cell_edited(&mut self) -> anyhow::Result<()> {
        let (mut first, mut again, mut others) = (Times::default(), Times::default(), Times::default());
        let mut said = String::new();
        for run in 0..self.effort.warm {
            let page = (5 * run + 1) % PAGES;
            self.ours.edit(page, |edits| edits.code += 1)?;
            let finished = self.build()?;
            first.add(finished.took);
            said = finished.said;
            let rustc = self.bare.run(&[self.ours.text(page)])?;
            others.add(rustc + mdbook(&self.tools, &self.plain.root)?.took);
            // From the second edit on the compiler has its incremental state.
            self.ours.edit(page, |edits| edits.code += 1)?;
            again.add(self.build()?.took);
        }
        let against = "rustc and run of the page, and plain mdBook";
        let row = |what: &str, ours, most| Row { what: what.into(), ours, others: others.clone(), against, most };
        println!("{}", row("one cell edited", first, Some(1.1)).text());
        explain(&said);
        println!("{}", row("  the same page once more", again, None).text());
        Ok(())
    }

    /// What a reader loads for a page of each book.
    fn weights(&self) -> anyhow::Result<()> {
        mdbook(&self.tools, &self.katex.root)?;
        println!();
        for (name, book) in [("ours", &self.ours), ("mdBook with mdbook-katex", &self.katex)] {
            let page = book.root.join("book").join(pages::path(0)).with_extension("html");
            let (alone, loaded) = weight::weigh(&page)?;
            println!("a page of {name}: {}; style sheets and scripts: {}", alone.text(), loaded.text());
        }
        Ok(())
    }

    /// Whether time grows as the book does.
    fn longer_books(&mut self) -> anyhow::Result<()> {
        println!("\n{:>6} {:>16} {:>16} {:>16} {:>12}", "pages", "cold, a page", "unchanged", "a page", "memory");
        for pages in [PAGES].iter().chain(self.effort.longer) {
            self.ours.set(*pages)?;
            self.ours.forget()?;
            let cold = self.build()?.took.as_secs_f64() / *pages as f64;
            let (mut warm, mut peak) = (Times::default(), None);
            for _ in 0..self.effort.warm {
                let finished = self.build()?;
                peak = peak.max(finished.peak);
                warm.add(finished.took);
            }
            let each = 1e3 * warm.median() / *pages as f64;
            let peak = peak.map_or("unknown".to_owned(), |peak| format!("{:.0} MB", peak as f64 / 1024.0));
            println!("{pages:>6} {:>13.0} ms {:>14.2} s {each:>13.1} ms {peak:>12}", 1e3 * cold, warm.median());
        }
        Ok(())
    }
}

const KATEX: &str = "mdBook with mdbook-katex, which runs nothing";

/// Where our time went, as the command itself says.
fn explain(said: &str) {
    if let Some(story) = said.lines().find(|line| line.starts_with("time: ")) {
        println!("  {story}");
    }
}
