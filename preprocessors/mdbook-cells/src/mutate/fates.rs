//! What became of mutants, one by one: told in the order in which they are asked for, and kept, so that a run that was stopped goes on
//! where it was.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use mutants::Counts;
use serde::{Deserialize, Serialize};
use store::{Key, Store};

use super::Mutant;

/// What became of a mutant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fate {
    /// A check noticed it, or it failed.
    Killed,
    /// Nobody noticed; what of the page changed, in the order of the page.
    Survived(Vec<Changed>),
    /// The page never comes to it.
    NotReached,
    /// It is no program.
    NotTried,
}

/// An output that a mutant changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// Which.
    pub at: At,
    /// How.
    pub how: String,
}

/// A place of a page that stays the same when only its prose changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum At {
    /// A cell, by its number.
    Cell(usize),
    /// A value, by its number.
    Value(usize),
    /// The page.
    Page,
}

/// How many came to which end, by kind.
pub fn counts<'a>(mutants: &[Mutant], fates: impl IntoIterator<Item = &'a (usize, Fate)>) -> Counts {
    let mut counts = Counts::new();
    for (number, fate) in fates {
        let shares = counts.entry(mutants[number - 1].kind).or_default();
        match fate {
            Fate::Killed => shares.killed += 1,
            Fate::NotTried => shares.untried += 1,
            Fate::NotReached => {
                shares.survived += 1;
                shares.unseen += 1;
            }
            Fate::Survived(changed) => {
                shares.survived += 1;
                shares.unseen += usize::from(changed.is_empty());
            }
        }
    }
    counts
}

/// Where fates are kept: those of one page's code, library and data.
#[derive(Clone, Debug)]
pub struct Kept<'a> {
    store: &'a Store,
    page: String,
}

const KIND: &str = "fates";

/// Other rules make other mutants.
const RULES: [&str; 2] = [include_str!("../mutate.rs"), include_str!("rules.rs")];

impl<'a> Kept<'a> {
    /// Those of the page whose key and files are these.
    pub fn new(store: &'a Store, page: &Key, reads: &[(String, Option<String>)]) -> Self {
        let rules = store::hash(RULES.concat().as_bytes());
        let page =
            Key::of(&[("page", &page.0), ("reads", format!("{reads:?}").as_bytes()), ("rules", rules.as_bytes())]);
        Self { store, page: page.to_string() }
    }

    /// What became of a mutant, when it was tried before.
    pub fn get(&self, number: usize) -> Option<Fate> {
        // What cannot be read is tried again.
        serde_json::from_slice(&self.store.get(KIND, &self.key(number))?).ok()
    }

    fn put(&self, number: usize, fate: &Fate) -> anyhow::Result<()> {
        self.store.put(KIND, &self.key(number), &serde_json::to_vec(fate)?)
    }

    fn key(&self, number: usize) -> Key {
        Key::of(&[("page", self.page.as_bytes()), ("number", number.to_string().as_bytes())])
    }
}

/// Fates as they are found, by many at once.
pub struct Fates<'a> {
    kept: &'a Kept<'a>,
    tell: &'a (dyn Fn(usize, &Fate) + Sync),
    state: Mutex<State>,
}

/// What is told, and what waits for those before it.
#[derive(Default)]
struct State {
    order: VecDeque<usize>,
    waiting: BTreeMap<usize, Fate>,
    told: Vec<(usize, Fate)>,
}

impl<'a> Fates<'a> {
    /// Fates that are kept and told.
    pub fn new(kept: &'a Kept<'a>, tell: &'a (dyn Fn(usize, &Fate) + Sync)) -> Self {
        Self { kept, tell, state: Mutex::default() }
    }

    /// Tells the mutants that are known from before; those that are not are left.
    pub fn known(&self, numbers: &[usize]) -> Vec<usize> {
        let mut left = Vec::new();
        for number in numbers {
            match self.kept.get(*number) {
                Some(fate) => self.tell(*number, fate),
                None => left.push(*number),
            }
        }
        left
    }

    /// These will come, and are told in this order.
    pub fn expect(&self, numbers: impl IntoIterator<Item = usize>) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).order.extend(numbers);
    }

    /// Keeps a fate, and tells all that no other one has to come before.
    pub fn found(&self, number: usize, fate: Fate) -> anyhow::Result<()> {
        self.kept.put(number, &fate)?;
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.waiting.insert(number, fate);
        while let Some(next) = state.order.front().copied()
            && let Some(fate) = state.waiting.remove(&next)
        {
            state.order.pop_front();
            (self.tell)(next, &fate);
            state.told.push((next, fate));
        }
        Ok(())
    }

    /// All that were told, in the order of the page.
    pub fn finish(self) -> Vec<(usize, Fate)> {
        let mut told = self.state.into_inner().unwrap_or_else(PoisonError::into_inner).told;
        told.sort_by_key(|(number, _)| *number);
        told
    }

    fn tell(&self, number: usize, fate: Fate) {
        (self.tell)(number, &fate);
        self.state.lock().unwrap_or_else(PoisonError::into_inner).told.push((number, fate));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fates_are_told_in_one_order_whoever_finds_them_first_and_are_known_the_next_time() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path());
        let kept = Kept::new(&store, &Key::of(&[("страница", b"1")]), &[]);
        let survived = Fate::Survived(vec![Changed { at: At::Cell(1), how: "иначе".into() }]);
        let said = Mutex::new(Vec::new());
        let tell = |number: usize, fate: &Fate| said.lock().unwrap().push((number, fate.clone()));
        let fates = Fates::new(&kept, &tell);
        assert_eq!(fates.known(&[2, 5, 7]), [2, 5, 7]);
        fates.expect([7, 2, 5]);
        fates.found(5, Fate::Killed).unwrap();
        fates.found(2, survived.clone()).unwrap();
        assert_eq!(said.lock().unwrap().len(), 0, "the first is still to come");
        fates.found(7, Fate::NotTried).unwrap();
        let all = [(7, Fate::NotTried), (2, survived.clone()), (5, Fate::Killed)];
        assert_eq!(*said.lock().unwrap(), all);
        assert_eq!(fates.finish().iter().map(|(number, _)| *number).collect::<Vec<_>>(), [2, 5, 7]);
        said.lock().unwrap().clear();
        let again = Fates::new(&kept, &tell);
        assert_eq!(again.known(&[2, 3, 5]), [3]);
        assert_eq!(*said.lock().unwrap(), [(2, survived), (5, Fate::Killed)]);
        let other = Kept::new(&store, &Key::of(&[("страница", b"1")]), &[("данные.csv".into(), None)]);
        assert_eq!(other.get(2), None, "of other data nothing is known");
    }
}
