//! What the book of real lectures costs: processor time and memory, against the same build with no page kept.

use crate::Effort;
use crate::lectures::Lectures;
use crate::process::{Finished, build, course, rebuild};
use crate::table::{self, Row, Times};

/// The most that a build may have, in megabytes.
const MEGABYTES: u64 = 300;

/// Measures it.
pub fn measure(effort: Effort) -> anyhow::Result<()> {
    let program = course()?;
    // Not below the repository: its settings for cargo would hold there as those of a folder above, and no execution would be found.
    let mut book = Lectures::new(std::env::temp_dir().join("course-bench").join("lectures"), &program)?;
    let served = tempfile::tempdir()?;
    // Formulas that no book had yet are typeset here.
    build(&program, &book.root)?;
    println!("52 real lectures, processor time; {}\n", table::load());
    println!("{}", table::head());
    let (mut whole, mut unchanged, mut edited, mut saved) =
        (Measured::default(), Measured::default(), Measured::default(), Measured::default());
    // A build of this book takes as long as ten of the generated one.
    for _ in 0..effort.cold {
        book.forget_pages()?;
        whole.add(&build(&program, &book.root)?);
        unchanged.add(&build(&program, &book.root)?);
        book.edit_word()?;
        edited.add(&build(&program, &book.root)?);
        book.edit_word()?;
        let folder = served.path().join("site");
        saved.add(&rebuild(&program, &book.root, &folder)?);
        std::fs::remove_dir_all(&folder)?;
    }
    let others = &whole;
    println!("{}", row("nothing changed", &unchanged, others, None));
    println!("{}", row("one word edited", &edited, others, None));
    println!("{}", row("one word edited, as `serve` builds", &saved, others, Some(0.05)));
    println!("\nthe least and the most that they took, and the memory of our process (at most {MEGABYTES} MB):");
    for (name, measured) in
        [("no page kept", &whole), ("nothing changed", &unchanged), ("one word", &edited), ("`serve`", &saved)]
    {
        println!("{name:>16}  {}", measured.text());
    }
    if let Some(story) = whole.story() {
        println!("\nno page kept: {story}");
    }
    println!("{}\n", table::load());
    Ok(())
}

/// Builds of one kind.
#[derive(Default)]
struct Measured {
    worked: Times,
    took: Times,
    peak: Option<u64>,
    said: String,
}

impl Measured {
    fn add(&mut self, finished: &Finished) {
        // Where the system does not say how long a program worked, the clock has to do.
        self.worked.add(finished.worked.unwrap_or(finished.took));
        self.took.add(finished.took);
        self.peak = self.peak.max(finished.peak);
        self.said.clone_from(&finished.said);
    }

    fn text(&self) -> String {
        let peak = self.peak.map_or("unknown".to_owned(), |peak| format!("{:.0} MB", peak as f64 / 1024.0));
        format!("{} of work, {} by the clock, {peak}", self.worked.range(), self.took.range())
    }

    /// Where the time of the last one went.
    fn story(&self) -> Option<&str> {
        self.said.lines().find(|line| line.starts_with("time: "))
    }
}

fn row(what: &str, ours: &Measured, others: &Measured, most: Option<f64>) -> String {
    let (ours, others) = (ours.worked.clone(), others.worked.clone());
    Row { what: what.into(), ours, others, against: "the same book with no page kept", most }.text()
}
