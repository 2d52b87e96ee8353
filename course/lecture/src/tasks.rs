//! Exercises and questions, and that none is left without its answer.

use diagnostic::{Diagnostic, Place};

use crate::page::{Lecture, What};

/// What the section of exercises is called.
const EXERCISES: &str = "Упражнения";

/// What a reader is asked.
#[derive(Debug, Default)]
pub(crate) struct Tasks {
    pub exercises: Vec<Exercise>,
    pub questions: usize,
}

/// `**3 (●●, код).** …`.
#[derive(Debug)]
pub(crate) struct Exercise {
    pub place: std::ops::Range<usize>,
    pub name: String,
    pub solved: bool,
}

/// Reads the exercises of their section, and the questions.
pub(crate) fn tasks(lecture: &Lecture) -> Tasks {
    let mut tasks = Tasks::default();
    let mut section = None;
    for part in &lecture.parts {
        let in_exercises = section.is_some();
        match &part.what {
            What::Heading { level, text, .. } if text.starts_with(EXERCISES) => section = Some(*level),
            What::Heading { level, .. } => section = section.filter(|open| level > open),
            What::Paragraph { bold: Some(bold) } if !part.folded && in_exercises && is_exercise(bold) => {
                tasks.exercises.push(Exercise { place: part.range.clone(), name: bold.clone(), solved: false });
            }
            What::Summary(title) => {
                if title.split_once('.').is_some_and(|(number, _)| number.parse::<usize>().is_ok()) {
                    tasks.questions += 1;
                } else if let Some(exercise) = tasks.exercises.last_mut().filter(|_| in_exercises) {
                    exercise.solved |= title.starts_with("Решение") || title.starts_with("Ответ");
                }
            }
            _ => {}
        }
    }
    tasks
}

/// `3 (●●, код).`
pub(crate) fn is_exercise(bold: &str) -> bool {
    let number = bold.split(' ').next().unwrap_or_default().trim_end_matches('.');
    !number.is_empty() && number.chars().all(|digit| digit.is_ascii_digit())
}

impl Lecture {
    /// Exercises without a solution.
    pub fn unsolved(&self) -> Vec<Diagnostic> {
        let unsolved = tasks(self).exercises.into_iter().filter(|exercise| !exercise.solved);
        unsolved
            .map(|exercise| {
                let message = format!("exercise {} has no solution", exercise.name.trim_end_matches('.'));
                Diagnostic::error("unsolved-exercise", message, Place::new(&self.path, exercise.place))
                    .help("solve it below, in `<details><summary>Решение</summary>`")
            })
            .collect()
    }
}
