//! Training from random weights: a recipe, and a run that can be stopped and taken up again.

use crate::model::Model;
use crate::network::{self, Plan, Workspace};
use crate::optimiser::{Memory, Rates};
use crate::shape::{Role, Shape};
use crate::{Alphabet, Error};

/// Sequences that are computed together: their states stay in the processor's cache.
const TOGETHER: usize = 4;
/// Threads, each of which takes a half of every batch: a fixed number, so that sums have a fixed order.
const THREADS: usize = 2;

/// All that a model depends on but its text and the numbers of chance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recipe {
    /// The sizes.
    pub shape: Shape,
    /// Sequences a step, a multiple of eight.
    pub batch: usize,
    /// Steps.
    pub steps: usize,
    /// Over how many first steps rates grow in a line.
    pub warmup: usize,
    /// Over how many last steps rates fall in a line to zero.
    pub cooldown: usize,
    /// The rates between.
    pub rates: Rates,
}

impl Recipe {
    fn factor(&self, step: usize) -> f64 {
        let up = (step + 1) as f64 / self.warmup as f64;
        let down = self.steps.saturating_sub(step) as f64 / self.cooldown as f64;
        up.min(down).min(1.0)
    }
}

/// A model that is being trained.
#[derive(Debug)]
pub struct Training {
    recipe: Recipe,
    plan: Plan,
    alphabet: Alphabet,
    text: Vec<usize>,
    weights: Vec<f32>,
    memory: Memory,
    rooms: Vec<(Workspace, Vec<f32>)>,
}

impl Training {
    /// Random weights for this text; `normal` gives standard normal numbers.
    ///
    /// # Errors
    /// When the text is shorter than a batch, or has characters that the alphabet has not.
    pub fn new(recipe: Recipe, alphabet: Alphabet, text: &str, normal: &mut dyn FnMut() -> f64) -> Result<Self, Error> {
        let text = alphabet.encode(text)?;
        let needed = recipe.shape.context + 2;
        if text.len() < needed {
            return Err(Error::Short { found: text.len(), needed });
        }
        let plan = Plan::new(recipe.shape);
        let weights = random(&plan, normal);
        let memory = Memory::new(plan.count());
        let room = || (Workspace::new(recipe.shape, TOGETHER, recipe.shape.context), vec![0.0; plan.count()]);
        let rooms = (0..THREADS).map(|_| room()).collect();
        Ok(Self { recipe, plan, alphabet, text, weights, memory, rooms })
    }

    /// How many steps have been made.
    pub fn steps(&self) -> usize {
        self.memory.steps
    }

    /// How many sequences of the context's length the text has, wherever the first begins.
    pub fn sequences(&self) -> usize {
        (self.text.len() - 1) / self.recipe.shape.context - 1
    }

    /// Makes a step on sequences that begin at these places; gives the loss before it, nats a symbol.
    ///
    /// # Panics
    /// When there are not as many as the recipe says, or one begins too late.
    pub fn step(&mut self, begins: &[usize]) -> f64 {
        let Recipe { shape, batch, .. } = self.recipe;
        assert_eq!(begins.len(), batch, "language: a batch has {batch} sequences");
        let (plan, weights, text) = (&self.plan, &self.weights, &self.text);
        let scale = 1.0 / (batch * shape.context) as f32;
        let work = |begins: &[usize], (space, gradient): &mut (Workspace, Vec<f32>)| -> f64 {
            gradient.fill(0.0);
            let part = |begins: &[usize]| {
                let cut = |by: usize| -> Vec<usize> {
                    begins.iter().flat_map(|at| &text[at + by..at + by + shape.context]).copied().collect()
                };
                network::loss(plan, weights, (&cut(0), &cut(1)), scale, space, gradient)
            };
            begins.chunks_exact(TOGETHER).map(part).sum()
        };
        let halves = begins.chunks_exact(batch / THREADS).zip(&mut self.rooms);
        let losses: Vec<f64> = std::thread::scope(|scope| {
            let running: Vec<_> = halves.map(|(begins, room)| scope.spawn(move || work(begins, room))).collect();
            running.into_iter().map(|thread| thread.join().expect("a thread that computes does not panic")).collect()
        });
        let (first, others) = self.rooms.split_at_mut(1);
        for (_, gradient) in others {
            first[0].1.iter_mut().zip(gradient).for_each(|(sum, g)| *sum += *g);
        }
        let factor = self.recipe.factor(self.memory.steps);
        self.memory.step(&plan.parts, &self.recipe.rates, factor, &mut self.weights, &first[0].1);
        losses.iter().sum::<f64>() / (batch * shape.context) as f64
    }

    /// The model as it is now.
    pub fn model(&self) -> Model {
        Model::new(self.recipe.shape, self.alphabet.clone(), self.weights.clone())
    }

    /// All that [`Training::resume`] needs.
    pub fn state(&self) -> Vec<u8> {
        let numbers = [&self.weights, &self.memory.first, &self.memory.second];
        let mut bytes = (self.memory.steps as u64).to_le_bytes().to_vec();
        numbers.into_iter().flatten().for_each(|number| bytes.extend(number.to_le_bytes()));
        bytes
    }

    /// Goes on where [`Training::state`] was taken: what comes then is the same to the last bit.
    ///
    /// # Errors
    /// When the bytes are of another recipe.
    pub fn resume(&mut self, state: &[u8]) -> Result<(), Error> {
        let count = self.plan.count();
        let (steps, rest) =
            state.split_at_checked(8).ok_or_else(|| Error::File("the state has no steps".to_owned()))?;
        if rest.len() != 12 * count {
            return Err(Error::File(format!("the state has {} bytes, not {}", rest.len(), 12 * count)));
        }
        let numbers: Vec<f32> = rest.as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
        self.weights.copy_from_slice(&numbers[..count]);
        self.memory.first.copy_from_slice(&numbers[count..2 * count]);
        self.memory.second.copy_from_slice(&numbers[2 * count..]);
        self.memory.steps = steps.iter().rev().fold(0, |sum, byte| sum << 8 | usize::from(*byte));
        Ok(())
    }
}

/// Maps into a state begin at zero, so that at first every layer passes on what it got.
fn random(plan: &Plan, normal: &mut dyn FnMut() -> f64) -> Vec<f32> {
    let mut weights = vec![0.0; plan.count()];
    for part in &plan.parts {
        let deviation = match part.role {
            Role::Gain => {
                weights[part.range.clone()].fill(1.0);
                continue;
            }
            Role::Map(1) => continue,
            Role::Map(_) => 0.6 / (part.columns as f64).sqrt(),
            Role::Embedding => 0.5,
            Role::Output => 0.02,
        };
        weights[part.range.clone()].iter_mut().for_each(|weight| *weight = (deviation * normal()) as f32);
    }
    weights
}
