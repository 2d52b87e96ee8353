//! The states of live cells: which values the inputs have in each round of a group, found while the program runs.
//!
//! The values that a round asks for are a path in a tree. Wherever a new input is met, its other values are rounds to come; so an
//! input under an `if` has values only where it is asked for. Inputs whose followers have nothing in common are not crossed:
//! each set of followers has a tree of its own, in which the other inputs keep their default.
//!
//! # Live figures
//!
//! A live cell is run once for each state of its inputs, in the page's one program: the part of the page from the cell to the
//! last thing that follows its inputs is the argument of a macro, `::kernel::live! { 0; CELL VALUES CLAIMS }`. The macro
//! repeats these tokens: in a closure, which is called for every state, and then as they are, with the default values, for
//! the rest of the page.
//!
//! So what stands before is computed once, every variable and item is where Rust expects it, and messages keep their lines.
//! The closure is a `Fn`: the compiler refuses a cell that moves or changes what stands before it. What it cannot see (a
//! `Cell`, a static) shows because the default state is run first and last: two results are an error. Against the
//! alternatives: a program for every state repeats seconds of training; `fork` needs `unsafe` and breaks threads; a loop
//! around the rest of the page hides its functions from what stands above.
//!
//! In the order of the data: `names` and `flow` (which statement feeds which name: scopes, macros, `mut`; what follows is
//! recorded, an ordinary cell that uses such a name is an error), `states` (answers the program's `input`, `state`, `again`;
//! the values asked for are a path in a tree, so an input under an `if` has states only there; sets of followers with nothing
//! in common have trees of their own: 10·5 + 100 rounds and not 5,000; the caps), `gather` (records of all rounds →
//! `execution::Live`; claims and values of all states), `tree` and `pack` (the HTML of all states, compared element by
//! element: one skeleton, marks `data-live`, slots), `numbers` (paths as differences between neighbouring states in VLQ),
//! `live` (knobs, JSON, values).
//!
//! - `input` knows no engine: without one it gives the default. Values travel as texts, so a value is what the reader sees of
//!   it.
//! - Under `kernel::is_live()` a line of up to 500 points is not thinned: the same points move, which is what makes states
//!   small.
//! - The page carries JSON without objects in a `<script type="application/json">`, every character that HTML or mdBook could
//!   read escaped. `theme/live.js` (2.8 KB compressed) is the only script; the default state is in the HTML, and
//!   `beforeprint` puts it back.
//! - Formulas are typeset later than the cells run, so a value in a formula cannot follow an input: an error.
//! - The table of a figure's data stays that of the default state, and says so.

use std::collections::BTreeSet;
use std::time::Duration;

use diagnostic::{Diagnostic, Place};
use kernel::wire::Input;

use crate::plan::flow::{Flow, Follower, Group};
use crate::plan::program::Program;
use page::Page;

/// An input and which of its values it has.
pub type Turn = (usize, u32);

/// How much live cells may take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caps {
    /// States of a group of live cells.
    pub states: usize,
    /// Processor time that all its states take together.
    pub time: Duration,
}

/// A round of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// The group.
    pub group: usize,
    /// What it is for.
    pub purpose: Purpose,
    /// The inputs it asked for, in that order.
    pub asked: Vec<Turn>,
}

/// What a round is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Default values, to see what is asked for.
    First,
    /// Other values, for the followers of a set of sources.
    State(usize),
    /// Default values again; the page goes on from here.
    Last,
}

/// What was seen of inputs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Inputs, in the order in which they were first asked for.
    pub inputs: Vec<Input>,
    /// For each of them the source; `None` when it was asked for in a function, and everything may depend on it.
    pub sources: Vec<Option<usize>>,
    /// Rounds, in order.
    pub rounds: Vec<Round>,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
}

impl Seen {
    /// The round that a record is of; the first record is of none.
    pub fn round(&self, record: usize) -> Option<&Round> {
        self.rounds.get(record.checked_sub(1)?)
    }

    /// Whether the page shows a record as it is: what is outside of all groups, and the last round of each.
    pub fn is_official(&self, record: usize) -> bool {
        let Some(round) = self.round(record) else { return true };
        self.round(record + 1).is_none_or(|next| next.group != round.group)
    }

    /// In words, the state that a record is of; `None` for the default one.
    pub fn state_of(&self, record: usize) -> Option<String> {
        let round = self.round(record).filter(|round| matches!(round.purpose, Purpose::State(_)))?;
        let word = |(input, value): &Turn| {
            let Input { name, unit, values, .. } = &self.inputs[*input];
            let space = if unit.is_empty() || unit.starts_with(['°', '%', '′', '″']) { "" } else { " " };
            format!("{name} = {}{space}{unit}", values[*value as usize])
        };
        let words: Vec<String> = round.asked.iter().map(word).collect();
        Some(format!("«{}»", words.join(", ")))
    }
}

/// Answers a running page program.
#[derive(Clone)]
pub struct States<'a> {
    page: &'a Page,
    flow: &'a Flow,
    caps: Caps,
    program: Option<&'a Program>,
    seen: Seen,
    running: Option<Running>,
}

/// A group that is being run.
#[derive(Clone)]
struct Running {
    group: usize,
    /// The processor time of the program when the first round was over.
    began: Option<Duration>,
    /// Sets of sources to cross, and the one whose turn it is.
    sets: Vec<BTreeSet<usize>>,
    set: usize,
    purpose: Purpose,
    /// What the first round asked for.
    first: Vec<Turn>,
    /// Values of this round, and of those to come.
    path: Vec<Turn>,
    open: Vec<Vec<Turn>>,
    asked: Vec<Turn>,
    states: usize,
}

impl<'a> States<'a> {
    /// For the programs of a page.
    pub fn new(page: &'a Page, flow: &'a Flow, caps: Caps) -> Self {
        Self { page, flow, caps, program: None, seen: Seen::default(), running: None }
    }

    /// The next answers are for this program.
    pub fn answer_to(&mut self, program: &'a Program) {
        self.end_round();
        self.program = Some(program);
    }

    fn end_round(&mut self) {
        if let Some(Running { group, purpose, asked, .. }) = self.running.take() {
            self.seen.rounds.push(Round { group, purpose, asked });
        }
    }

    /// What was seen, with the round in which the program ended if it did.
    pub fn finish(mut self) -> Seen {
        self.end_round();
        self.seen
    }

    /// The value of an input in this round.
    pub fn input(&mut self, input: Input) -> Result<u32, String> {
        let default = input.default;
        let spot = &input.spot;
        let at = self.program.map_or(0, |program| program.spot_to_page(spot.line, spot.column));
        let name = input.name.clone();
        let known = self.known(input, at)?;
        let Some(running) = &mut self.running else {
            let message = format!("the input `{name}` stands in a cell that is not live");
            let place = Place::new(&self.page.path, at..at);
            let help = "mark the cell `live`, so that the reader can turn the knob";
            self.seen.diagnostics.push(Diagnostic::error("input-not-live", message, place).help(help));
            return Ok(default);
        };
        if let Some((_, value)) = running.asked.iter().find(|(input, _)| *input == known) {
            return Ok(*value);
        }
        let value = running.path.iter().find(|(input, _)| *input == known).map_or(default, |(_, value)| *value);
        running.asked.push((known, value));
        Ok(value)
    }

    /// A round begins; gives the last cell that it wants.
    pub fn state(&mut self, group: usize) -> u32 {
        let Some(of) = self.flow.groups.get(group) else { return u32::MAX };
        let running = self.running.get_or_insert_with(|| Running::new(group, of));
        let Purpose::State(set) = running.purpose else { return u32::MAX };
        let wanted = of.followers.iter().filter(|follower| set_of(&running.sets, follower) == set);
        wanted.map(|follower| follower.after).max().and_then(|cell| u32::try_from(cell).ok()).unwrap_or(u32::MAX)
    }

    /// A round ends, when the program has `used` so much processor time; says whether there is another state. After all of them comes
    /// the last round.
    pub fn again(&mut self, used: Duration) -> bool {
        let Some(mut running) = self.running.take() else { return false };
        let asked = std::mem::take(&mut running.asked);
        self.seen.rounds.push(Round { group: running.group, purpose: running.purpose, asked: asked.clone() });
        match running.purpose {
            Purpose::Last => return false,
            Purpose::First => {
                running.first.clone_from(&asked);
                running.open(&asked, 0, &self.seen);
            }
            Purpose::State(_) => running.open(&asked, running.path.len(), &self.seen),
        }
        let took = used.saturating_sub(*running.began.get_or_insert(used));
        if let Some(too_much) = self.too_much(&running, took) {
            self.seen.diagnostics.push(too_much);
            running.give_up();
        }
        running.next(&self.seen);
        let more = running.purpose != Purpose::Last;
        self.running = Some(running);
        more
    }

    /// The number of an input; an error when another one has its name.
    fn known(&mut self, input: Input, at: usize) -> Result<usize, String> {
        let Some(known) = self.seen.inputs.iter().position(|other| other.name == input.name) else {
            let source = self.flow.sources.iter().position(|source| source.contains(&at));
            self.seen.inputs.push(input);
            self.seen.sources.push(source);
            return Ok(self.seen.inputs.len() - 1);
        };
        let before = &self.seen.inputs[known];
        let alike = (&before.unit, before.knob, &before.values, before.default)
            == (&input.unit, input.knob, &input.values, input.default);
        if !alike {
            return Err(format!(
                "the page has another input `{}`, with other values or another default; give one of them another name",
                input.name
            ));
        }
        // Asked for in two places, it belongs to both.
        if before.spot != input.spot
            && self.seen.sources[known].is_some_and(|source| !self.flow.sources[source].contains(&at))
        {
            self.seen.sources[known] = None;
        }
        Ok(known)
    }

    fn too_much(&self, running: &Running, took: Duration) -> Option<Diagnostic> {
        let states = running.states + running.open.len();
        let (key, cap, found) = if states > self.caps.states {
            ("states", self.caps.states.to_string(), format!("{states} states or more"))
        } else if took >= self.caps.time {
            let left = running.open.len();
            let done = running.states;
            (
                "seconds",
                format!("{}", self.caps.time.as_secs()),
                format!("not done after {done} states, {left} or more to come"),
            )
        } else {
            return None;
        };
        let cell = &self.page.cells[self.flow.groups[running.group].cell];
        let place = Place::new(&self.page.path, cell.info.clone());
        let message = format!("the live cell takes too much: {found}; `{key}` is {cap}");
        let help = "take fewer values, or raise the cap in `[preprocessor.cells.live]` of book.toml";
        Some(Diagnostic::error("live-cap", message, place).help(help))
    }
}

impl Running {
    fn new(group: usize, of: &Group) -> Self {
        Self {
            group,
            began: None,
            sets: sets(of),
            set: 0,
            purpose: Purpose::First,
            first: Vec::new(),
            path: Vec::new(),
            open: Vec::new(),
            asked: Vec::new(),
            states: 1,
        }
    }

    /// Opens the other values of the inputs that a round met beyond its path.
    fn open(&mut self, asked: &[Turn], from: usize, seen: &Seen) {
        for at in (from..asked.len()).rev() {
            let (input, taken) = asked[at];
            if !is_of(&self.sets[self.set], seen.sources[input]) {
                continue;
            }
            for value in (0..seen.inputs[input].values.len() as u32).rev().filter(|value| *value != taken) {
                let mut path = asked[..at].to_vec();
                path.push((input, value));
                self.open.push(path);
            }
        }
    }

    /// Leaves out what is still to come.
    fn give_up(&mut self) {
        self.open.clear();
        self.set = self.sets.len();
    }

    /// Takes the next path of this set or of the next one; after all of them, the default.
    fn next(&mut self, seen: &Seen) {
        while self.open.is_empty() && self.set + 1 < self.sets.len() {
            self.set += 1;
            let first = self.first.clone();
            self.open(&first, 0, seen);
        }
        match self.open.pop() {
            Some(path) => {
                self.path = path;
                self.purpose = Purpose::State(self.set);
                self.states += 1;
            }
            None => {
                self.path.clear();
                self.purpose = Purpose::Last;
            }
        }
    }
}

/// The sets of sources to cross: those of followers that are not part of another's.
pub fn sets(group: &Group) -> Vec<BTreeSet<usize>> {
    let mut sets: Vec<BTreeSet<usize>> = group.followers.iter().map(|follower| follower.sources.clone()).collect();
    sets.sort_by_key(|set| std::cmp::Reverse(set.len()));
    let mut largest: Vec<BTreeSet<usize>> = Vec::new();
    for set in sets {
        if !largest.iter().any(|other| set.is_subset(other)) {
            largest.push(set);
        }
    }
    largest
}

/// The set in whose rounds a follower is seen.
pub fn set_of(sets: &[BTreeSet<usize>], follower: &Follower) -> usize {
    sets.iter().position(|set| follower.sources.is_subset(set)).unwrap_or(0)
}

/// Whether a set of sources may hold an input.
pub fn is_of(set: &BTreeSet<usize>, source: Option<usize>) -> bool {
    source.is_none_or(|source| set.contains(&source))
}
