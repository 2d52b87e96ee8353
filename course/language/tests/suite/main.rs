//! Models of language as those who use them see them.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod architecture;
mod counts;
mod files;
mod training;

use language::{Alphabet, Model, Rates, Recipe, Shape, Training};

/// A text with some order in it: words in the order of a generator that is the same everywhere.
pub fn text(words: usize) -> String {
    const WORDS: [&str; 8] = ["ёлка", "стоит", "в лесу", "и", "шумит", "ветер", "над", "рекой"];
    let mut state = 1_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        WORDS[(state >> 61) as usize]
    };
    (0..words).map(|_| next()).collect::<Vec<_>>().join(" ")
}

/// Numbers that look normal and are the same everywhere: sums of twelve uniform ones.
pub fn normal() -> impl FnMut() -> f64 {
    let mut state = 7_u64;
    let mut uniform = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    move || (0..12).map(|_| uniform()).sum::<f64>() - 6.0
}

/// A run of so many steps that has not begun.
pub fn training(steps: usize) -> Training {
    let text = text(400);
    let alphabet = Alphabet::of(&text);
    let shape = Shape { symbols: alphabet.len(), width: 16, layers: 2, heads: 2, hidden: 24, context: 24 };
    let rates = Rates { map: 0.02, embedding: 0.02, output: 0.02, gain: 0.01, decay: 0.1 };
    let recipe = Recipe { shape, batch: 8, steps, warmup: 5, cooldown: 10, rates };
    Training::new(recipe, alphabet, &text, &mut normal()).unwrap()
}

/// Begins of sequences for a step.
pub fn begins(step: usize) -> Vec<usize> {
    (0..8).map(|place| (step * 97 + place * 211) % 2000).collect()
}

/// A small model that has learnt a little, so that no part of it is zero or idle.
pub fn model() -> Model {
    let mut training = training(40);
    (0..40).for_each(|step| {
        training.step(&begins(step));
    });
    training.model()
}
