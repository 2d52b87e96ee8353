//! What a lecture has, counted.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::page::{Lecture, Part, What};
use crate::tasks::tasks;

/// Counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Words of the text, spoilers and code aside.
    pub words: usize,
    /// Those of the longest sitting: from one place of rest, `<!-- rest -->`, to the next.
    pub sitting: usize,
    /// Formulas on their own lines.
    pub formulas: usize,
    /// Labelled formulas that a check is named for.
    pub checked: usize,
    /// Cells.
    pub cells: usize,
    /// Claims and assertions.
    pub checks: usize,
    /// Numbered figures.
    pub plots: usize,
    /// Exercises.
    pub exercises: usize,
    /// Questions with hidden answers.
    pub questions: usize,
    /// Different sources: cited, or listed in the section `{#sources}`.
    pub sources: usize,
}

impl Lecture {
    /// Counts what there is.
    pub fn facts(&self) -> Facts {
        let count = |is: fn(&What) -> bool| self.parts.iter().filter(|part| is(&part.what)).count();
        let sittings = self.sittings();
        let asserts = self.parts.iter().map(|part| match part.what {
            What::Cell { asserts, .. } => asserts,
            _ => 0,
        });
        let tasks = tasks(self);
        Facts {
            words: sittings.iter().sum(),
            sitting: sittings.iter().copied().max().unwrap_or_default(),
            formulas: count(|what| matches!(what, What::Formula { display: true, .. })),
            checked: self.checked().0.len(),
            cells: count(|what| matches!(what, What::Cell { .. })),
            checks: asserts.sum::<usize>() + count(|what| *what == What::Claim),
            plots: count(|what| matches!(what, What::Cell { words, .. } if words.contains("#fig-"))),
            exercises: tasks.exercises.len(),
            questions: tasks.questions,
            sources: self.sources(),
        }
    }

    /// The words of each sitting.
    fn sittings(&self) -> Vec<usize> {
        let is_rest = |part: &Part| matches!(&part.what, What::Comment { name, .. } if name == "rest");
        let words = |part: &Part| match part.what {
            What::Words(words) if !part.folded => words,
            _ => 0,
        };
        self.parts.split(is_rest).map(|sitting| sitting.iter().map(words).sum()).collect()
    }

    fn sources(&self) -> usize {
        let mut keys = BTreeSet::new();
        let mut listed = 0;
        let mut section = None;
        for part in &self.parts {
            match &part.what {
                What::Heading { level, id, .. } => match section {
                    _ if id.as_deref() == Some("sources") => section = Some(*level),
                    Some(open) if *level <= open => section = None,
                    _ => {}
                },
                What::Citations(cited) => keys.extend(cited.iter().cloned()),
                What::Comment { name, value } if name == "sources" => {
                    keys.extend(value.split(',').map(str::trim).filter(|key| !key.is_empty()).map(str::to_owned));
                }
                What::Item if section.is_some() => listed += 1,
                _ => {}
            }
        }
        keys.len().max(listed)
    }
}
