//! All mutants of a page in one program, which asks at its start which of them it is: `(if MUTANT == 17 { a - b } else { a + b })`. It
//! stops before every statement, where it can make copies of itself that go on as one mutant each.

use std::ops::Range;

use crate::mutate::Mutant;
use crate::plan::program::Program;

/// A program with mutants in it.
pub struct Schema {
    /// The program.
    pub program: Program,
    /// Where each mutant stands in its text, with all that was written for it; by the number of the mutant.
    places: Vec<(usize, Range<usize>)>,
}

/// Whether a program can make copies of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copies {
    /// It is compiled with the crate that does it.
    Yes,
    /// It is another run for every mutant.
    No,
}

/// What is said on the program's first line, before its `main`. The original is mutant 0.
fn chooser(most: usize, copies: Copies) -> String {
    let line = |text: &str| text.lines().map(str::trim).collect::<Vec<_>>().join(" ");
    let branch = match copies {
        Copies::Yes => line(include_str!("branch.txt")),
        Copies::No => String::new(),
    };
    let chooser = line(include_str!("chooser.txt")).replace("{MUTANTS}", &(most + 1).to_string());
    chooser.replace("{BRANCH}", &branch).replace("{ON}", engine::ON).replace("{STOP}", engine::STOP) + " "
}

/// The glue in front of every statement, value and claim, and of every cell: there a program can be stopped.
const STOPS: [&str; 2] = ["::kernel::here(); ", "::kernel::enter("];

/// Where a program can be stopped, in its order; the last is its end.
fn stops(program: &Program) -> Vec<usize> {
    let found = STOPS.iter().flat_map(|glue| program.text.match_indices(glue));
    let is_ours = |(at, glue): &(usize, &str)| program.is_glue(&(*at..at + glue.len()));
    let mut stops: Vec<usize> = found.filter(is_ours).map(|(at, _)| at).collect();
    stops.extend(program.text.rfind("Ok(()) }"));
    stops.sort_unstable();
    stops
}

impl Schema {
    /// Writes mutants into a program: numbers, of those that `mutants` has from 1, in the order of the page. A mutant that does not
    /// stand in the program is left out.
    pub fn of(program: &Program, mutants: &[Mutant], numbers: &[usize], copies: Copies) -> Self {
        let place = |number: &usize| Some((*number, program.range_of(&mutants[number - 1].range)?));
        let mut found: Vec<(usize, Range<usize>)> = numbers.iter().filter_map(place).collect();
        found.sort_by_key(|(number, range)| (range.start, std::cmp::Reverse(range.end), *number));
        let mut writing = Writing::default();
        writing.put(0, chooser(mutants.len(), copies));
        let mut stops = stops(program).into_iter().peekable();
        for (number, range) in found {
            while let Some(stop) = stops.next_if(|stop| *stop <= range.start) {
                writing.stop(stop);
            }
            writing.close(range.start);
            writing.open(number, range, &mutants[number - 1].with);
        }
        stops.for_each(|stop| writing.stop(stop));
        writing.close(usize::MAX);
        Self { program: program.with_glue(&writing.glue), places: writing.places }
    }

    /// The mutants of the program.
    pub fn numbers(&self) -> Vec<usize> {
        let mut numbers: Vec<usize> = self.places.iter().map(|(number, _)| *number).collect();
        numbers.sort_unstable();
        numbers
    }

    /// Those that the compiler means when it refuses a place of the program: the innermost one around it, or all that stand in it.
    pub fn meant(&self, place: &Range<usize>) -> Vec<usize> {
        let around = |(_, range): &&(usize, Range<usize>)| range.start <= place.start && place.end <= range.end;
        if let Some((number, _)) = self.places.iter().filter(around).min_by_key(|(_, range)| range.len()) {
            return vec![*number];
        }
        let inside = |(_, range): &&(usize, Range<usize>)| range.start < place.end && place.start < range.end;
        self.places.iter().filter(inside).map(|(number, _)| *number).collect()
    }
}

#[derive(Default)]
struct Writing {
    glue: Vec<(usize, String)>,
    /// Mutants that are not closed: number, end in the program as it was, start in what is written.
    open: Vec<(usize, usize, usize)>,
    places: Vec<(usize, Range<usize>)>,
    /// Bytes of glue so far.
    written: usize,
}

impl Writing {
    fn put(&mut self, at: usize, glue: String) {
        self.written += glue.len();
        self.glue.push((at, glue));
    }

    fn stop(&mut self, at: usize) {
        self.close(at);
        self.put(at, "crate::__mutants::pass(); ".to_owned());
    }

    fn open(&mut self, number: usize, range: Range<usize>, with: &str) {
        self.open.push((number, range.end, range.start + self.written));
        self.put(range.start, format!("(if crate::__mutants::is({number}) {{ {with} }} else {{ "));
    }

    fn close(&mut self, until: usize) {
        while let Some((number, end, start)) = self.open.pop_if(|(_, end, _)| *end <= until) {
            self.put(end, " })".to_owned());
            self.places.push((number, start..end + self.written));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mutate::mutants;
    use crate::plan::plan;

    #[test]
    fn mutants_of_one_expression_stand_inside_of_each_other_and_lines_stay() {
        let text = "Слово.\n\n```rust cell\nlet r = а[0]\n    + б;\n```\n";
        let (page, _) = page::read("src/а.md", text, &[]);
        let (session, _) = plan(&page, "");
        let program = &session.unwrap().programs[0].program;
        let mutants = mutants(&page, &[]);
        let schema = Schema::of(program, &mutants, &[1, 2, 3], Copies::No);
        let text = &schema.program.text;
        let code: Vec<&str> = text.lines().skip(3).take(2).map(str::trim).collect();
        assert_eq!(
            code,
            [
                "crate::__mutants::pass(); ::kernel::here(); let r = (if crate::__mutants::is(1) { (а [0]) - (б) } else { (if crate::__mutants::is(2) { а [0] } \
                 else { а[(if crate::__mutants::is(3) { (0) + 1 } else { 0 })]",
                "+ б }) });"
            ]
        );
        assert_eq!(text.lines().count(), program.text.lines().count());
        assert_eq!(schema.numbers(), [1, 2, 3]);
        let at = |word: &str| text.find(word).map(|at| at..at + word.len()).unwrap();
        assert_eq!(schema.meant(&at("(а [0]) - (б)")), [1]);
        assert_eq!(schema.meant(&at("(0) + 1")), [3], "the innermost is meant");
        assert_eq!(schema.meant(&(at("let r").start..text.len())), [3, 2, 1], "all that stand in what is refused");
    }
}
