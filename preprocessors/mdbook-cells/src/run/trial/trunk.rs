//! A page's program as a trunk: it runs the page once, and branches before each statement that first comes to a mutant.

use std::collections::BTreeMap;
use std::sync::PoisonError;
use std::time::Duration;

use engine::{Branches, Limits, Next, Run, World};
use kernel::wire::{Event, Input};

use super::{Queue, Trial, number_of};
use crate::execution::Execution;
use crate::run::world::PageWorld;

/// What a trunk is run for.
pub(super) enum Course<'a> {
    /// One run to the end.
    Whole(Next),
    /// Mutants of a queue, of which other trunks take too.
    Branches {
        /// The queue.
        queue: &'a Queue,
        /// What the page does without a mutant.
        original: &'a Execution,
        /// When a branch is stopped.
        limits: &'a Limits,
    },
}

/// A trunk, and the world of its page.
pub(super) struct Trunk<'a> {
    trial: &'a Trial<'a>,
    course: Course<'a>,
    /// Whether it has been told what it is run for.
    has_begun: bool,
    /// What its page asks.
    pub(super) page: PageWorld<'a>,
    /// The mutant that is a branch now, and what that asks: it must not change what the trunk finds.
    pub(super) branch: Option<(usize, PageWorld<'a>)>,
    /// Mutants by number, with the stop in front of where they were first reached.
    pub(super) reached: BTreeMap<usize, u32>,
    /// How many branches have ended.
    pub(super) ended: usize,
    /// Mutants that are reached where the program cannot be copied, because it has threads.
    pub(super) whole: Vec<usize>,
}

impl<'a> Trunk<'a> {
    pub(super) fn new(trial: &'a Trial<'a>, course: Course<'a>, page: PageWorld<'a>) -> Self {
        let (reached, whole) = (BTreeMap::new(), Vec::new());
        Self { trial, course, has_begun: false, page, branch: None, reached, ended: 0, whole }
    }

    fn world(&mut self) -> &mut PageWorld<'a> {
        self.branch.as_mut().map_or(&mut self.page, |(_, world)| world)
    }
}

impl Branches for Trunk<'_> {
    fn stop(&mut self, visit: u32, reached: &[u32], threads: Option<u64>) -> Next {
        let queue = match &self.course {
            Course::Branches { queue, .. } => queue,
            Course::Whole(next) if !self.has_begun => {
                self.has_begun = true;
                return *next;
            }
            Course::Whole(_) => {
                let before = visit.saturating_sub(1);
                self.reached.extend(reached.iter().map(|number| (*number as usize, before)));
                return Next::Go(0);
            }
        };
        let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let Some((stop, number)) = queue.front().copied() else { return Next::End };
            if stop > visit {
                return Next::Go(stop);
            }
            queue.pop_front();
            // A copy has only the thread that made it, and would wait for the others.
            match number_of(number).ok().filter(|_| threads == Some(1)) {
                Some(change) => {
                    self.branch = Some((number, self.page.clone()));
                    return Next::Branch(change);
                }
                None => self.whole.push(number),
            }
        }
    }

    fn over(&mut self, run: Run) -> anyhow::Result<()> {
        let (Some((number, world)), Course::Branches { original, limits, .. }) = (self.branch.take(), &self.course)
        else {
            return Ok(());
        };
        let value = self.trial.values.get(&number);
        let fate = value.and_then(|value| self.trial.fate_of_value(*value, &run, original));
        self.ended += 1;
        self.trial.fates.found(number, fate.unwrap_or_else(|| self.trial.fate(run, world, original, limits)))
    }

    fn is_enough(&self, said: &Event) -> bool {
        match said {
            Event::Claim { holds, .. } => !holds,
            // A value in a sentence changes nothing but itself.
            Event::Inline { id, .. } => {
                self.branch.as_ref().is_some_and(|(number, _)| self.trial.is_only(*number, *id))
            }
            _ => false,
        }
    }
}

impl World for Trunk<'_> {
    fn read(&mut self, path: &str) -> Result<Vec<u8>, String> {
        self.world().read(path)
    }

    fn load(&mut self, name: &str) -> Result<Vec<u8>, String> {
        self.world().load(name)
    }

    fn save(&mut self, name: &str, bytes: Vec<u8>) -> Result<(), String> {
        self.world().save(name, bytes)
    }

    fn input(&mut self, input: Input) -> Result<u32, String> {
        self.world().input(input)
    }

    fn state(&mut self, group: u32) -> u32 {
        self.world().state(group)
    }

    fn again(&mut self, group: u32, used: Duration) -> bool {
        self.world().again(group, used)
    }
}
