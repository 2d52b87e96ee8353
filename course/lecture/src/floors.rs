//! What a lecture of the course has at least.

use crate::facts::Facts;

/// What a lecture is about decides how much of what it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Parts I and II.
    Theory,
    /// Parts III and IV.
    Models,
    /// Parts V to VII.
    Practice,
}

/// A count that is too small, or too large.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Floor {
    /// What is counted.
    pub what: &'static str,
    /// How many there are.
    pub has: usize,
    /// How many there should be.
    pub wants: String,
}

impl Kind {
    /// The kind of a lecture by its number, `3.1.1`.
    pub fn of(id: &str) -> Self {
        match id.split('.').next() {
            Some("1" | "2") => Self::Theory,
            Some("3" | "4") => Self::Models,
            _ => Self::Practice,
        }
    }

    fn least(self) -> Facts {
        let every = Facts { questions: 5, sources: 4, checked: 3, ..Facts::default() };
        match self {
            Self::Theory => Facts { words: 3000, formulas: 12, cells: 8, checks: 4, plots: 6, exercises: 8, ..every },
            Self::Models => Facts { words: 3000, formulas: 8, cells: 8, checks: 4, plots: 6, exercises: 6, ..every },
            Self::Practice => Facts { words: 2000, formulas: 3, cells: 6, checks: 2, plots: 3, exercises: 5, ..every },
        }
    }

    /// More words than that want to be two lectures, or a place where the reader rests.
    fn most_words(self) -> usize {
        match self {
            Self::Theory | Self::Models => 6000,
            Self::Practice => 4500,
        }
    }

    /// What a lecture with these counts lacks.
    pub fn lacks(self, facts: &Facts) -> Vec<Floor> {
        let least = self.least();
        let counts = [
            ("words", facts.words, least.words),
            ("displayed formulas", facts.formulas, least.formulas),
            ("checked formulas", facts.checked, least.checked),
            ("cells", facts.cells, least.cells),
            ("checks", facts.checks, least.checks),
            ("plots", facts.plots, least.plots),
            ("exercises", facts.exercises, least.exercises),
            ("questions", facts.questions, least.questions),
            ("sources", facts.sources, least.sources),
        ];
        let short = counts.into_iter().filter(|(_, has, least)| has < least);
        let mut floors: Vec<Floor> =
            short.map(|(what, has, least)| Floor { what, has, wants: format!("at least {least}") }).collect();
        let most = self.most_words();
        if facts.sitting > most {
            floors.push(Floor { what: "words", has: facts.sitting, wants: format!("at most {most}") });
        }
        floors
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Lecture, coverage};

    const PAGE: &str = "# 1.1. Шаг\n\nСлова и ещё слова [@a; @b, с. 3] и $x$.\n\n## Теория {#theory}\n<!-- bullet: Первый пункт -->\n\n\
        $$\nx = 1 \\label{eq-x}\n$$\n\n$$\ny = 2 \\label{eq-y}\n$$\n\n\
        <!-- checks: eq-x -->\n\n```rust cell #fig-a\nassert!(x == 1);\nplot(x)\n```\n\n\
        Верно. <!-- claim: y == 2 --> <!-- checks: eq-y, eq-z -->\n\n<!-- checks: eq-x -->\n\nНичего.\n\n## Второй пункт\n<!-- bullet: Лишний -->\n<!-- bullet: Первый пункт -->\n\n\
        ## Вопросы {#questions}\n\n<details><summary>1. Что?</summary>\n\nСкрытые слова.\n\n</details>\n\n\
        ## Упражнения {#ex}\n\n**1 (●, код).** Решите.\n\n<details><summary>Решение</summary>\n\nВот.\n\n```rust cell\nassert_eq!(1, 1);\n```\n\n</details>\n\n\
        **2 (●●).** И это.\n\n## Источники {#sources}\n\n- Раз.\n- Два.\n- Три.\n";

    #[test]
    fn a_lecture_is_counted_from_its_source() {
        let lecture = Lecture::read("src/a.md", PAGE);
        let facts = lecture.facts();
        let expected = Facts {
            words: facts.words,
            sitting: facts.words,
            formulas: 2,
            checked: 2,
            cells: 2,
            checks: 3,
            plots: 1,
            exercises: 2,
            questions: 1,
            sources: 3,
        };
        assert_eq!(facts, expected);
        assert!(facts.words > 20 && facts.words < 32, "{}", facts.words);
        let lacks = Kind::of("1.1.1").lacks(&facts);
        insta::assert_snapshot!(
            lacks
                .iter()
                .map(|floor| format!("{}: {}, {}", floor.what, floor.has, floor.wants))
                .collect::<Vec<_>>()
                .join("\n")
        );
    }

    #[test]
    fn a_long_lecture_has_a_place_of_rest() {
        let part = "слово ".repeat(4000);
        let lacks = |page: &str| {
            let lacks = Kind::of("6.1").lacks(&Lecture::read("src/a.md", page).facts());
            lacks.into_iter().find(|floor| floor.what == "words").map(|floor| (floor.has, floor.wants))
        };
        assert_eq!(lacks(&format!("{part}\n\n{part}\n")), Some((8000, "at most 4500".to_owned())));
        assert_eq!(lacks(&format!("{part}\n\n<!-- rest -->\n\n{part}\n")), None);
    }

    #[test]
    fn what_is_wrong_is_told_at_its_place() {
        let lecture = Lecture::read("src/a.md", PAGE);
        let (coverage, mut mistakes) = coverage(&lecture, &["Первый пункт", "Второй  пункт", "Третий пункт"]);
        assert_eq!(coverage.covered(), 2);
        mistakes.extend(lecture.missing(&coverage));
        mistakes.extend(lecture.checked().1);
        mistakes.extend(lecture.unsolved());
        let lines = mistakes.iter().map(|mistake| {
            let place = diagnostic::line_column(PAGE, mistake.place.range.start);
            format!("{}:{} {}", place.line, place.column, mistake.message)
        });
        insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"));
    }
}
