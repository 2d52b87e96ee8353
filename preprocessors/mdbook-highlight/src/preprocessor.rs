//! The step: all pages of a book at once.

use anyhow::Result;
use diagnostic::{Diagnostic, Place};
use kept::Kept;
use page::Draft;
use rayon::prelude::*;
use step::{Changes, Given, Made, Step};

use crate::{fences, highlight};

/// The step `highlight`; it wants to come behind all that change pages.
#[derive(Debug)]
pub struct Highlight;

impl Step for Highlight {
    fn name(&self) -> &'static str {
        "highlight"
    }

    fn subject(&self) -> &'static str {
        "highlighting"
    }

    fn supports(&self, _: &str) -> bool {
        true
    }

    fn run(&self, given: &Given<'_>) -> Result<Changes> {
        let Given { pages, failed, kept, .. } = given;
        let drafts: Vec<&Draft> = pages.iter().map(|page| &page.draft).collect();
        let highlighted = drafts.par_iter().map(|draft| {
            let Made { edits, mut diagnostics, .. } = highlighted(draft, kept)?;
            // A page that is wrong keeps its cells as they are.
            if !failed.contains(draft.path()) {
                diagnostics.extend(left_over(draft.text(), draft.path()));
            }
            Ok((edits, diagnostics))
        });
        let (edits, diagnostics): (Vec<_>, Vec<_>) = highlighted.collect::<Result<Vec<_>>>()?.into_iter().unzip();
        Ok(Changes { edits, diagnostics: diagnostics.concat(), ..Changes::default() })
    }
}

fn highlighted(draft: &Draft, kept: &Kept) -> Result<Made> {
    let parts = [("path", draft.path().as_bytes()), ("text", draft.text().as_bytes())];
    Made::or_make(kept, "code", &parts, || {
        let (edits, diagnostics) = highlight(draft.text(), draft.path());
        Ok(Made { edits, diagnostics, more: () })
    })
}

/// Cells that the step which runs cells has not seen, because they came with an included file.
fn left_over(content: &str, path: &str) -> Vec<Diagnostic> {
    if !content.contains("rust cell") {
        return Vec::new();
    }
    let is_cell = |fence: &fences::Fence| fence.info.split_whitespace().take(2).eq(["rust", "cell"]);
    let report = |fence: fences::Fence| {
        Diagnostic::error("cell-not-run", "a cell of an included file is not run", Place::new(path, fence.word))
            .help("write the cell into the page itself: its lines are the page's")
    };
    fences::find(content).into_iter().filter(is_cell).map(report).collect()
}
