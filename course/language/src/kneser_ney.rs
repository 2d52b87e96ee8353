//! Counts of n-grams, smoothed after Kneser and Ney as Chen and Goodman (1999) modified it.

use std::ops::Range;

use crate::sample::drawn;
use crate::{Alphabet, Error};

/// The largest order: an n-gram is a number of 128 bits, a byte a symbol.
const MOST: usize = 16;

/// A model of order n: the next symbol given the n − 1 before it.
///
/// p(w|h) = (c(hw) − D)/c(h) + γ(h)·p(w|h′), where h′ is h without its first symbol. At the highest order c counts occurrences, below it the
/// different symbols that stand before; D is D₁, D₂ or D₃ for counts 1, 2, 3 and more, and γ(h) gives out what the discounts took. Below order 1
/// all symbols of the alphabet are alike, so that none has probability 0.
#[derive(Clone, Debug)]
pub struct KneserNey {
    alphabet: Alphabet,
    /// By order, from 1.
    levels: Vec<Level>,
}

/// N-grams of one order.
#[derive(Clone, Debug)]
struct Level {
    /// The n-grams and their counts by contexts: the context stands in the high bits of a key, the symbol in the lowest byte.
    grams: Vec<(u128, u32)>,
    /// Contexts in order, with the places of their n-grams.
    contexts: Vec<(u128, Range<usize>)>,
    discounts: [f64; 3],
}

impl KneserNey {
    /// Counts a text.
    ///
    /// # Errors
    /// When the text is shorter than the order, or has characters that the alphabet has not.
    ///
    /// # Panics
    /// When the order is not between 1 and 16, or the alphabet has more than 256 symbols.
    #[track_caller]
    pub fn new(order: usize, alphabet: Alphabet, text: &str) -> Result<Self, Error> {
        assert!((1..=MOST).contains(&order), "language: an order is between 1 and {MOST}, not {order}");
        assert!(alphabet.len() <= 256, "language: {} symbols are more than 256", alphabet.len());
        let text = alphabet.encode(text)?;
        if text.len() < order {
            return Err(Error::Short { found: text.len(), needed: order });
        }
        let mut grams = counted(text.windows(order).map(key).collect());
        let mut levels = Vec::with_capacity(order);
        for below in (0..order).rev() {
            // What is left of an n-gram without its first symbol, once for each first symbol.
            let without_first = mask(below);
            let next = counted(grams.iter().map(|(gram, _)| gram & without_first).collect());
            levels.push(Level::new(grams));
            grams = next;
        }
        levels.reverse();
        Ok(Self { alphabet, levels })
    }

    /// The order n.
    pub fn order(&self) -> usize {
        self.levels.len()
    }

    /// The symbols that it knows.
    pub fn alphabet(&self) -> &Alphabet {
        &self.alphabet
    }

    /// How many different n-grams of the highest order there are.
    pub fn count(&self) -> usize {
        self.levels.last().map_or(0, |level| level.grams.len())
    }

    /// The probability of every symbol behind these.
    pub fn probabilities(&self, before: &[usize]) -> Vec<f64> {
        let mut p = vec![1.0 / self.alphabet.len() as f64; self.alphabet.len()];
        for (length, level) in self.levels.iter().enumerate() {
            let Some(from) = before.len().checked_sub(length) else { break };
            let Some(grams) = level.after(key(&before[from..])) else { break };
            level.mix(grams, &mut p);
        }
        p
    }

    /// −ln p of every character of a text but the first, given those before it.
    ///
    /// # Errors
    /// When the text has fewer than two characters, or one that the alphabet has not.
    pub fn nats(&self, text: &str) -> Result<Vec<f64>, Error> {
        let text = self.alphabet.encode(text)?;
        if text.len() < 2 {
            return Err(Error::Short { found: text.len(), needed: 2 });
        }
        let one = |place: usize| {
            let from = place.saturating_sub(self.order() - 1);
            -libm::log(self.probabilities(&text[from..place])[text[place]])
        };
        Ok((1..text.len()).map(one).collect())
    }

    /// Bits a character: the mean of −log₂ p over all but the first.
    ///
    /// # Errors
    /// As [`KneserNey::nats`].
    pub fn bits(&self, text: &str) -> Result<f64, Error> {
        let nats = self.nats(text)?;
        Ok(nats.iter().sum::<f64>() / nats.len() as f64 / std::f64::consts::LN_2)
    }

    /// So many characters behind a beginning; `uniform` gives numbers from [0; 1), one a character.
    ///
    /// # Errors
    /// When the beginning has a character that the alphabet has not.
    pub fn write(
        &self,
        begin: &str,
        count: usize,
        temperature: f64,
        uniform: &mut dyn FnMut() -> f64,
    ) -> Result<String, Error> {
        let mut text = self.alphabet.encode(begin)?;
        for _ in 0..count {
            let from = text.len().saturating_sub(self.order() - 1);
            let logarithms = self.probabilities(&text[from..]).into_iter().map(libm::log);
            text.push(drawn(logarithms, temperature, uniform()));
        }
        Ok(self.alphabet.decode(&text))
    }
}

impl Level {
    fn new(grams: Vec<(u128, u32)>) -> Self {
        let mut contexts = Vec::new();
        let mut begin = 0;
        for alike in grams.chunk_by(|a, b| a.0 >> 8 == b.0 >> 8) {
            contexts.push((alike[0].0 >> 8, begin..begin + alike.len()));
            begin += alike.len();
        }
        let discounts = discounts(&grams);
        Self { grams, contexts, discounts }
    }

    fn after(&self, context: u128) -> Option<&[(u128, u32)]> {
        let place = self.contexts.binary_search_by_key(&context, |(known, _)| *known).ok()?;
        Some(&self.grams[self.contexts[place].1.clone()])
    }

    /// Goes from the probabilities of the order below to those of this one, behind a context with these n-grams.
    fn mix(&self, grams: &[(u128, u32)], p: &mut [f64]) {
        let all: f64 = grams.iter().map(|(_, count)| f64::from(*count)).sum();
        let taken: f64 = grams.iter().map(|(_, count)| self.discount(*count)).sum();
        p.iter_mut().for_each(|p| *p *= taken / all);
        for (gram, count) in grams {
            p[(gram & 0xff) as usize] += (f64::from(*count) - self.discount(*count)) / all;
        }
    }

    fn discount(&self, count: u32) -> f64 {
        self.discounts[(count as usize).min(3) - 1]
    }
}

/// Dᵢ = i − (i + 1)·Y·nᵢ₊₁/nᵢ with Y = n₁/(n₁ + 2n₂), where nᵢ n-grams have the count i. Where so few were counted that this is not between 0 and i:
/// i/2, the half of the count.
fn discounts(grams: &[(u128, u32)]) -> [f64; 3] {
    let n = [1, 2, 3, 4].map(|count| grams.iter().filter(|gram| gram.1 == count).count() as f64);
    let y = n[0] / (n[0] + 2.0 * n[1]);
    [0, 1, 2].map(|place| {
        let count = (place + 1) as f64;
        let discount = count - (count + 1.0) * y * n[place + 1] / n[place];
        if discount > 0.0 && discount < count { discount } else { count / 2.0 }
    })
}

/// Each key once, in order, with how often it was there.
fn counted(mut keys: Vec<u128>) -> Vec<(u128, u32)> {
    keys.sort_unstable();
    keys.chunk_by(|a, b| a == b).map(|alike| (alike[0], alike.len() as u32)).collect()
}

fn key(symbols: &[usize]) -> u128 {
    symbols.iter().fold(0, |key, symbol| key << 8 | *symbol as u128)
}

fn mask(symbols: usize) -> u128 {
    if symbols == MOST { u128::MAX } else { (1 << (8 * symbols)) - 1 }
}
