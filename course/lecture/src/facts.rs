//! What a lecture has, counted.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::page::{Lecture, What};
use crate::tasks::tasks;

/// Counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Words of the text, spoilers and code aside.
    pub words: usize,
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
        let words = self.parts.iter().filter(|part| !part.folded).map(|part| match part.what {
            What::Words(words) => words,
            _ => 0,
        });
        let asserts = self.parts.iter().map(|part| match part.what {
            What::Cell { asserts, .. } => asserts,
            _ => 0,
        });
        let tasks = tasks(self);
        Facts {
            words: words.sum(),
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
