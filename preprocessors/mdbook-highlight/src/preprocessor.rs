//! The step: all pages of a book at once.

use std::collections::BTreeMap;

use anyhow::Result;
use diagnostic::{Diagnostic, Place};
use kept::{Kept, Key};
use rayon::prelude::*;
use step::{Changes, Given, Made, Step, Way};

use crate::{fences, highlight_by, html};

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
        let highlighted = pages.par_iter().map(|page| {
            let Made { edits, mut diagnostics, more } = highlighted(&page.way, kept)?;
            // A page that is wrong keeps its cells as they are.
            if !failed.contains(page.way.path()) {
                diagnostics.extend(more);
            }
            Ok((edits, diagnostics))
        });
        let (edits, diagnostics): (Vec<_>, Vec<_>) = highlighted.collect::<Result<Vec<_>>>()?.into_iter().unzip();
        Ok(Changes { edits, diagnostics: diagnostics.concat(), ..Changes::default() })
    }
}

/// The kind of entry that the coloured fences of a page are.
const FENCES: &str = "fences";

/// What becomes of a page, and apart from it the cells that are left on it.
fn highlighted(page: &Way, kept: &Kept) -> Result<Made<Vec<Diagnostic>>> {
    // They are wanted when the page changes.
    kept.has(FENCES, &kept.key(&[("path", page.path().as_bytes())]));
    Made::or_make(kept, "code", &[("page", page.name())], || {
        let (path, text) = (page.path(), page.text()?);
        let before: BTreeMap<String, String> = kept.last(FENCES, &[("path", path.as_bytes())]);
        let mut fences = BTreeMap::new();
        let (edits, diagnostics) = highlight_by(text, path, |fence, language| {
            let name = Key::of(&[("language", language.name.as_bytes()), ("code", fence.code.as_bytes())]).to_string();
            let block = before.get(&name).cloned().unwrap_or_else(|| html::block(fence, language));
            fences.insert(name, block.clone());
            block
        });
        kept.put_last(FENCES, &[("path", path.as_bytes())], &fences)?;
        Ok(Made { edits: edits.into(), diagnostics, more: left_over(text, path) })
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
