//! The records of a run to what follows the inputs, state by state, and what is wrong in any of the states.

use std::collections::{BTreeMap, BTreeSet};

use diagnostic::{Diagnostic, Place};

use crate::assemble::replay::Record;
use crate::assemble::states::{Purpose, Round, Seen, is_of, set_of, sets};
use crate::execution::{Followed, Live, Nature, Said};
use crate::plan::flow::{Flow, Follower, Thing};
use page::{Inline, Page};

/// How far a program came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    /// To the end of its page.
    ToTheEnd,
    /// Not so far: it says nothing about inputs that it did not come to.
    Short,
}

/// Everything that follows, and what is wrong with claims, values and live cells.
pub fn gather(page: &Page, flow: &Flow, seen: &Seen, records: &[Record], came: Came) -> (Live, Vec<Diagnostic>) {
    let mut diagnostics = claims(page, seen, records);
    diagnostics.extend(values(page, seen, records));
    diagnostics.extend(whole(page, records));
    let mut live = Live { inputs: seen.inputs.iter().cloned().map(Into::into).collect(), ..Live::default() };
    for (number, group) in flow.groups.iter().enumerate() {
        let rounds: Vec<(&Round, &Record)> = (1..records.len())
            .filter_map(|at| Some((seen.round(at).filter(|round| round.group == number)?, &records[at])))
            .collect();
        // The page ended before it came here.
        if rounds.is_empty() {
            continue;
        }
        if came == Came::ToTheEnd {
            diagnostics.extend(impure(page, &rounds));
        }
        let sets = sets(group);
        for follower in &group.followers {
            let set = set_of(&sets, follower);
            let of_set: Vec<(&Round, &Record)> = rounds
                .iter()
                .copied()
                .filter(|(round, _)| matches!(round.purpose, Purpose::First) || round.purpose == Purpose::State(set))
                .collect();
            match follower.thing {
                Thing::Cell(at) => {
                    let found = follow(at, follower, seen, &of_set, |record| record.cells.get(&at));
                    if found.inputs.is_empty() && came == Came::ToTheEnd {
                        diagnostics.push(without_input(page, at));
                    }
                    live.cells.push(found);
                }
                Thing::Inline(at) => {
                    let found = follow(at, follower, seen, &of_set, |record| record.inlines.get(&at));
                    if found.states.windows(2).any(|pair| pair[0].1 != pair[1].1) {
                        live.inlines.push(found);
                    }
                }
                Thing::Claim(_) => {}
            }
        }
    }
    (live, diagnostics)
}

/// A follower in all its states.
fn follow<'a, T: Clone + Default + PartialEq + 'a>(
    at: usize,
    follower: &Follower,
    seen: &Seen,
    rounds: &[(&Round, &'a Record)],
    what: impl Fn(&'a Record) -> Option<&'a T>,
) -> Followed<T> {
    let asked: BTreeSet<usize> = rounds.iter().flat_map(|(round, _)| &round.asked).map(|(input, _)| *input).collect();
    // The one with most values changes fastest: neighbouring states differ least.
    let in_order = |inputs: &mut Vec<usize>| inputs.sort_by_key(|input| seen.inputs[*input].values.len());
    let mut asked: Vec<usize> = asked.into_iter().collect();
    let mut own = asked.clone();
    own.retain(|input| is_of(&follower.sources, seen.sources[*input]));
    in_order(&mut asked);
    in_order(&mut own);
    // Should it depend on more than its source says, it depends on everything.
    match by_inputs(rounds, &own, &what) {
        Some(states) => Followed { at, inputs: own, states },
        None => Followed { at, states: last_of_each(rounds, &asked, &what), inputs: asked },
    }
}

type States<T> = Vec<(Vec<Option<u32>>, T)>;

/// What inputs give; `None` when the same values give different things.
fn by_inputs<'a, T: Clone + Default + PartialEq + 'a>(
    rounds: &[(&Round, &'a Record)],
    inputs: &[usize],
    what: impl Fn(&'a Record) -> Option<&'a T>,
) -> Option<States<T>> {
    let mut states: BTreeMap<Vec<Option<u32>>, T> = BTreeMap::new();
    for (round, record) in rounds {
        let gives = what(record).cloned().unwrap_or_default();
        let before = states.entry(values_of(round, inputs)).or_insert_with(|| gives.clone());
        if *before != gives {
            return None;
        }
    }
    Some(states.into_iter().collect())
}

fn last_of_each<'a, T: Clone + Default + 'a>(
    rounds: &[(&Round, &'a Record)],
    inputs: &[usize],
    what: impl Fn(&'a Record) -> Option<&'a T>,
) -> States<T> {
    let state =
        |(round, record): &(&Round, &'a Record)| (values_of(round, inputs), what(record).cloned().unwrap_or_default());
    rounds.iter().map(state).collect::<BTreeMap<_, _>>().into_iter().collect()
}

fn values_of(round: &Round, inputs: &[usize]) -> Vec<Option<u32>> {
    let value = |input: &usize| round.asked.iter().find(|(asked, _)| asked == input).map(|(_, value)| *value);
    inputs.iter().map(value).collect()
}

/// Claims that are false in some state: one message each, about the default state if it is among them.
fn claims(page: &Page, seen: &Seen, records: &[Record]) -> Vec<Diagnostic> {
    let mut failures: BTreeMap<usize, Vec<(usize, &String)>> = BTreeMap::new();
    for (at, record) in records.iter().enumerate() {
        for (claim, values) in &record.claims {
            failures.entry(*claim).or_default().push((at, values));
        }
    }
    let message = |(claim, failures): (&usize, &Vec<(usize, &String)>)| {
        let claim = page.claims.get(*claim)?;
        let place = Place::new(&page.path, claim.expression.clone());
        let official = failures.iter().find(|(at, _)| seen.state_of(*at).is_none());
        let (at, values) = official.or(failures.first())?;
        let states = failures.iter().filter(|(at, _)| seen.state_of(*at).is_some()).count();
        let diagnostic = Diagnostic::error("false-claim", "the claim is false", place).label(values.as_str());
        let diagnostic = match (seen.state_of(*at), states) {
            (Some(state), 1) => diagnostic.note(format!("in the state {state}")),
            (Some(state), _) => diagnostic.note(format!("in {states} states, the first of them {state}")),
            (None, 0) => diagnostic,
            (None, _) => diagnostic.note(format!("in the default state and in {states} more")),
        };
        Some(diagnostic.help("mend the sentence or the computation: they disagree"))
    };
    failures.iter().filter_map(message).collect()
}

/// Values that are no numbers: one message for each place.
fn values(page: &Page, seen: &Seen, records: &[Record]) -> Vec<Diagnostic> {
    let mut bad: BTreeMap<usize, (usize, &String)> = BTreeMap::new();
    for (at, record) in records.iter().enumerate() {
        for (inline, Said { text, nature }) in &record.inlines {
            if *nature == Nature::Value && ["NaN", "inf", "-inf"].contains(&text.trim()) {
                bad.entry(*inline).or_insert((at, text));
            }
        }
    }
    let message = |(inline, (at, text)): (usize, (usize, &String))| {
        let place = Place::new(&page.path, page.inlines.get(inline)?.expression.clone());
        let diagnostic = Diagnostic::error("not-a-number", format!("the value is {text}"), place)
            .help("a sentence needs a number; mend the computation");
        Some(match seen.state_of(at) {
            Some(state) => diagnostic.note(format!("in the state {state}")),
            None => diagnostic,
        })
    };
    bad.into_iter().filter_map(message).collect()
}

/// Whole numbers with digits asked for behind a point that they have not: `7 / 2` is 3, and no `.1` makes it 3.5.
fn whole(page: &Page, records: &[Record]) -> Vec<Diagnostic> {
    let asks = |inline: &Inline| {
        let digits = inline.spec.format.strip_prefix('.').and_then(|digits| digits.parse::<u32>().ok());
        digits.is_some_and(|digits| digits > 0)
    };
    let is_whole = |said: &Said| {
        let digits = said.text.trim_start_matches('-');
        said.nature == Nature::Value && !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit())
    };
    let said = records.iter().flat_map(|record| &record.inlines);
    let whole: BTreeSet<usize> = said.filter(|(_, said)| is_whole(said)).map(|(inline, _)| *inline).collect();
    let inlines = whole.into_iter().filter_map(|inline| page.inlines.get(inline)).filter(|inline| asks(inline));
    inlines
        .map(|inline| {
            let format = &inline.spec.format;
            let message = format!("the value is a whole number: it has no digits for `:{format}`");
            Diagnostic::error("whole-number", message, Place::new(&page.path, inline.expression.clone()))
                .help(format!("drop `:{format}`, or compute with floating-point numbers: of whole ones `7 / 2` is 3"))
        })
        .collect()
}

/// The default state is run first and last: whoever gives another result then has changed what the states share.
fn impure(page: &Page, rounds: &[(&Round, &Record)]) -> Option<Diagnostic> {
    let (_, first) = rounds.iter().find(|(round, _)| round.purpose == Purpose::First)?;
    let (_, last) = rounds.iter().find(|(round, _)| round.purpose == Purpose::Last)?;
    let cell = first.cells.iter().find(|(cell, outputs)| last.cells.get(cell) != Some(outputs));
    let inline = first.inlines.iter().find(|(inline, text)| last.inlines.get(inline) != Some(text));
    let range = match (cell, inline) {
        (Some((cell, _)), _) => page.cells.get(*cell)?.info.clone(),
        (None, Some((inline, _))) => page.inlines.get(*inline)?.expression.clone(),
        (None, None) => return None,
    };
    let message = "run twice with the same inputs, this gives two results";
    Some(
        Diagnostic::error("live-impure", message, Place::new(&page.path, range))
            .note("a live cell is run once for each state of its inputs")
            .help("it must not change what stands before it; take random numbers from a generator of its own"),
    )
}

fn without_input(page: &Page, cell: usize) -> Diagnostic {
    let place = Place::new(&page.path, page.cells[cell].info.clone());
    Diagnostic::error("no-input", "the live cell asks for no input", place)
        .help("drop `live`, or ask for one as in `input::range(\"step\", 0.0..=1.0).default(0.5)`")
}
