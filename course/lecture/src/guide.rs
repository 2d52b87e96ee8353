//! The guide's numbers, and which of a lecture's are beyond them.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::pattern::Pattern;

/// What the guide wants of every lecture. The file says what each number is.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Guide {
    pub(crate) first_picture: usize,
    pub(crate) schemes: usize,
    pub(crate) words_a_point: usize,
    pub(crate) paragraph: [usize; 2],
    pub(crate) sentence: [usize; 2],
    pub(crate) stub: usize,
    pub(crate) stubs: usize,
    pub(crate) longest_sentence: usize,
    pub(crate) open_cells: usize,
    pub(crate) open_lines: usize,
    pub(crate) open_width: usize,
    #[serde(rename = "open-lines-for-100-words")]
    pub(crate) open_lines_for_100_words: usize,
    pub(crate) phone: f64,
    pub(crate) noticed_marked: usize,
    pub(crate) noticed_drawn: usize,
}

/// A number of a lecture beside the guide's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// What is counted, in a word or two.
    pub what: &'static str,
    /// The number, with its unit; `–` when there is nothing to count.
    pub has: String,
    /// What the guide wants.
    pub wants: String,
    /// Whether that is what the lecture has.
    pub holds: bool,
}

static GUIDE: LazyLock<Guide> =
    LazyLock::new(|| toml::from_str(include_str!("../guide.toml")).expect("a test reads the course's own guide"));

impl Guide {
    /// The course's.
    pub fn of_course() -> &'static Self {
        &GUIDE
    }

    /// A lecture that has to cover so many points of the syllabus.
    pub fn holds(&self, pattern: &Pattern, points: usize) -> Vec<Held> {
        let words_a_point = pattern.words.checked_div(points);
        let share = |part: usize| (part * 100).checked_div(pattern.sentences);
        let open = (pattern.open_lines * 100).checked_div(pattern.words);
        vec![
            most("picture %", pattern.first_picture, self.first_picture),
            least("schemes", Some(pattern.schemes), self.schemes),
            least("a point", words_a_point, self.words_a_point),
            within("paragraph", pattern.paragraph, self.paragraph),
            within("sentence", pattern.sentence, self.sentence),
            most("stubs %", share(pattern.stubs), self.stubs),
            most("long", Some(pattern.long_sentences), 0),
            most("open cells", Some(pattern.open_cells), self.open_cells),
            most("lines", Some(pattern.longest_cell), self.open_lines),
            most("width", Some(pattern.widest_line), self.open_width),
            most("open/100", open, self.open_lines_for_100_words),
            most("touching", Some(pattern.side_by_side), 0),
            most("wide", Some(pattern.wide_displays), 0),
        ]
    }

    /// The shares of changes that checks notice, in per cent: in formulas with marks, and in figures, counts and lines of theory.
    pub fn holds_mutants(&self, marked: Option<usize>, drawn: Option<usize>) -> Vec<Held> {
        vec![least("marked %", marked, self.noticed_marked), least("drawn %", drawn, self.noticed_drawn)]
    }
}

fn held(what: &'static str, has: Option<usize>, wants: String, is_right: impl Fn(usize) -> bool) -> Held {
    Held { what, has: has.map_or("–".into(), |has| has.to_string()), wants, holds: has.is_some_and(is_right) }
}

fn most(what: &'static str, has: Option<usize>, most: usize) -> Held {
    held(what, has, if most == 0 { "0".into() } else { format!("≤{most}") }, |has| has <= most)
}

fn least(what: &'static str, has: Option<usize>, least: usize) -> Held {
    held(what, has, format!("≥{least}"), |has| has >= least)
}

fn within(what: &'static str, has: Option<usize>, [least, most]: [usize; 2]) -> Held {
    held(what, has, format!("{least}–{most}"), |has| (least..=most).contains(&has))
}
