//! What changes the weights: Muon for maps between states, Adam for the rest.

use ndarray::{Array2, ArrayView2};

use crate::numbers::{matrix, product};
use crate::shape::{Part, Role};

/// How much of the last direction Muon keeps.
const MOMENTUM: f32 = 0.95;
/// How slowly the means of Adam forget.
const BETAS: (f32, f32) = (0.9, 0.98);

/// Rates at their largest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rates {
    /// Of maps between states.
    pub map: f64,
    /// Of the embedding.
    pub embedding: f64,
    /// Of the output.
    pub output: f64,
    /// Of factors of normalised states.
    pub gain: f64,
    /// Which share of a map disappears at a step of rate 1.
    pub decay: f64,
}

/// Running means of gradients, and of their squares.
#[derive(Clone, Debug)]
pub(crate) struct Memory {
    pub(crate) steps: usize,
    pub(crate) first: Vec<f32>,
    pub(crate) second: Vec<f32>,
}

impl Memory {
    pub(crate) fn new(count: usize) -> Self {
        Self { steps: 0, first: vec![0.0; count], second: vec![0.0; count] }
    }

    /// Changes all weights once; `factor` is that of the schedule.
    pub(crate) fn step(&mut self, parts: &[Part], rates: &Rates, factor: f64, weights: &mut [f32], gradient: &[f32]) {
        self.steps += 1;
        let middle = parts.len() / 2;
        let cut = parts[middle].range.start;
        let (weights, tail) = weights.split_at_mut(cut);
        let (first, first_tail) = self.first.split_at_mut(cut);
        let (second, second_tail) = self.second.split_at_mut(cut);
        let steps = self.steps;
        // Parts do not know of each other, so that two threads give the same numbers as one.
        std::thread::scope(|scope| {
            scope.spawn(|| {
                change(&parts[..middle], 0, (rates, factor, steps), weights, [first, second], gradient);
            });
            change(&parts[middle..], cut, (rates, factor, steps), tail, [first_tail, second_tail], gradient);
        });
    }
}

fn change(
    parts: &[Part],
    from: usize,
    (rates, factor, steps): (&Rates, f64, usize),
    weights: &mut [f32],
    [first, second]: [&mut [f32]; 2],
    gradient: &[f32],
) {
    for part in parts {
        let own = part.range.start - from..part.range.end - from;
        let (weights, first, gradient) =
            (&mut weights[own.clone()], &mut first[own.clone()], &gradient[part.range.clone()]);
        let rate = match part.role {
            Role::Map(maps) => {
                let size = weights.len() / maps;
                for place in (0..maps).map(|map| map * size..(map + 1) * size) {
                    let (first, gradient) = (&mut first[place.clone()], &gradient[place.clone()]);
                    muon(rates.map * factor, rates.decay, part.columns, &mut weights[place], first, gradient);
                }
                continue;
            }
            Role::Embedding => rates.embedding,
            Role::Output => rates.output,
            Role::Gain => rates.gain,
        };
        adam((rate * factor) as f32, steps, weights, first, &mut second[own], gradient);
    }
}

/// m ← μm + (1 − μ)g, W ← W − η(√max(1, rows/columns)·O + λW), where O is the orthogonal matrix nearest to (1 − μ)g + μm (Jordan, 2024).
fn muon(rate: f64, decay: f64, columns: usize, weights: &mut [f32], first: &mut [f32], gradient: &[f32]) {
    let ahead: Vec<f32> = first
        .iter_mut()
        .zip(gradient)
        .map(|(m, g)| {
            *m = MOMENTUM * *m + (1.0 - MOMENTUM) * g;
            (1.0 - MOMENTUM) * g + MOMENTUM * *m
        })
        .collect();
    let direction = orthogonal(&matrix(&ahead, columns));
    let rows = weights.len() / columns;
    let length = (rows as f32 / columns as f32).max(1.0).sqrt() * rate as f32;
    let keep = (1.0 - rate * decay) as f32;
    weights.iter_mut().zip(&direction).for_each(|(weight, step)| *weight = keep * *weight - length * step);
}

/// A matrix with the singular vectors of `a` and singular values near 1 (0.7 … 1.2): five steps of X ← aX + (bA + cA²)X, A = XXᵀ, whose
/// coefficients make small values grow fastest.
fn orthogonal(a: &ArrayView2<'_, f32>) -> Array2<f32> {
    const STEPS: usize = 5;
    const COEFFICIENTS: (f32, f32, f32) = (3.4445, -4.775, 2.0315);
    let wide = a.nrows() <= a.ncols();
    let mut x = if wide { a.to_owned() } else { a.t().as_standard_layout().into_owned() };
    let norm = x.iter().map(|x| x * x).sum::<f32>().sqrt() + 1e-7;
    x.mapv_inplace(|x| x / norm);
    let side = x.nrows();
    let (mut square, mut fourth) = (Array2::zeros((side, side)), Array2::zeros((side, side)));
    let mut next = x.clone();
    for _ in 0..STEPS {
        product(1.0, x.view(), x.t(), square.view_mut());
        product(COEFFICIENTS.2, square.view(), square.view(), fourth.view_mut());
        fourth.scaled_add(COEFFICIENTS.1, &square);
        fourth.diag_mut().mapv_inplace(|x| x + COEFFICIENTS.0);
        product(1.0, fourth.view(), x.view(), next.view_mut());
        std::mem::swap(&mut x, &mut next);
    }
    if wide { x } else { x.t().as_standard_layout().into_owned() }
}

/// θ ← θ − η·m̂/(√v̂ + 10⁻⁸) (Kingma and Ba, 2015).
fn adam(rate: f32, steps: usize, weights: &mut [f32], first: &mut [f32], second: &mut [f32], gradient: &[f32]) {
    let whole = |beta: f32| (1.0 - libm::pow(f64::from(beta), steps as f64)) as f32;
    let (c1, c2) = (whole(BETAS.0), whole(BETAS.1));
    for (((weight, m), v), g) in weights.iter_mut().zip(first).zip(second).zip(gradient) {
        *m = BETAS.0 * *m + (1.0 - BETAS.0) * g;
        *v = BETAS.1 * *v + (1.0 - BETAS.1) * g * g;
        *weight -= rate * (*m / c1) / ((*v / c2).sqrt() + 1e-8);
    }
}
