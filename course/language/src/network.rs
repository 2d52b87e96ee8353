//! The whole way: symbols, states, logits, loss, and back.

use crate::layer::{self, Scratch, Trace};
use crate::norm;
use crate::numbers::{add_product, exp, matrix, matrix_mut, product};
use crate::rotary::Rotary;
use crate::shape::{Part, Shape};

/// Which numbers of a transformer are which, and its rotations.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) shape: Shape,
    pub(crate) parts: Vec<Part>,
    pub(crate) rotary: Rotary,
}

/// Room for what is computed of some sequences of one length.
#[derive(Clone, Debug)]
pub(crate) struct Workspace {
    rows: usize,
    length: usize,
    pub(crate) layers: Vec<Trace>,
    last: Vec<f32>,
    scales: Vec<f32>,
    normed: Vec<f32>,
    /// A row a place, a logit a symbol.
    pub(crate) logits: Vec<f32>,
    states: Vec<f32>,
    scratch: Scratch,
}

impl Plan {
    pub(crate) fn new(shape: Shape) -> Self {
        Self { shape, parts: shape.parts(), rotary: Rotary::new(shape.head(), shape.context) }
    }

    /// How many numbers there are.
    pub(crate) fn count(&self) -> usize {
        self.parts.last().map_or(0, |part| part.range.end)
    }

    pub(crate) fn layer<'a>(&self, weights: &'a [f32], layer: usize) -> layer::Weights<&'a [f32]> {
        let of = |place: usize| &weights[self.parts[1 + 6 * layer + place].range.clone()];
        layer::Weights { norm1: of(0), qkv: of(1), out: of(2), norm2: of(3), gate_up: of(4), down: of(5) }
    }

    /// Norm and output, which stand behind all layers.
    pub(crate) fn ends<'a>(&self, weights: &'a [f32]) -> (&'a [f32], &'a [f32]) {
        let of = |back: usize| &weights[self.parts[self.parts.len() - back].range.clone()];
        (of(2), of(1))
    }
}

impl Workspace {
    pub(crate) fn new(shape: Shape, sequences: usize, length: usize) -> Self {
        let rows = sequences * length;
        let zeros = |columns: usize| vec![0.0; rows * columns];
        Self {
            rows,
            length,
            layers: (0..shape.layers).map(|_| Trace::new(shape, rows, length)).collect(),
            last: zeros(shape.width),
            scales: zeros(1),
            normed: zeros(shape.width),
            logits: zeros(shape.symbols),
            states: zeros(shape.width),
            scratch: Scratch::new(shape, rows, length),
        }
    }
}

/// Logits of the next symbol at every place of the sequences, one after another in `symbols`.
pub(crate) fn forward(plan: &Plan, weights: &[f32], symbols: &[usize], space: &mut Workspace) {
    let Plan { shape, parts, rotary } = plan;
    let width = shape.width;
    assert_eq!(symbols.len(), space.rows, "the workspace is made for another number of places");
    let embedding = &weights[parts[0].range.clone()];
    for (symbol, state) in symbols.iter().zip(space.states.chunks_exact_mut(width)) {
        state.copy_from_slice(&embedding[symbol * width..(symbol + 1) * width]);
    }
    for (place, trace) in space.layers.iter_mut().enumerate() {
        trace.x.copy_from_slice(&space.states);
        layer::forward(*shape, space.length, rotary, &plan.layer(weights, place), trace, &mut space.states);
    }
    space.last.copy_from_slice(&space.states);
    let (gain, output) = plan.ends(weights);
    norm::forward(&space.last, gain, &mut space.scales, &mut space.normed);
    let output = matrix(output, width);
    product(1.0, matrix(&space.normed, width), output.t(), matrix_mut(&mut space.logits, shape.symbols));
}

/// −ln p of the right symbol at every place; logits become probabilities.
pub(crate) fn nats(symbols: usize, logits: &mut [f32], targets: &[usize]) -> Vec<f64> {
    let rows = logits.chunks_exact_mut(symbols).zip(targets);
    rows.map(|(row, &target)| {
        let largest = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let right = f64::from(row[target] - largest);
        row.iter_mut().for_each(|x| *x = exp(*x - largest));
        let sum: f32 = row.iter().sum();
        row.iter_mut().for_each(|x| *x /= sum);
        libm::log(f64::from(sum)) - right
    })
    .collect()
}

/// The sum of −ln p over all places; its gradient times `scale` is added to `gradient`.
pub(crate) fn loss(
    plan: &Plan,
    weights: &[f32],
    (symbols, targets): (&[usize], &[usize]),
    scale: f32,
    space: &mut Workspace,
    gradient: &mut [f32],
) -> f64 {
    let (shape, width) = (plan.shape, plan.shape.width);
    forward(plan, weights, symbols, space);
    let sum = nats(shape.symbols, &mut space.logits, targets).iter().sum();
    for (row, &target) in space.logits.chunks_exact_mut(shape.symbols).zip(targets) {
        row[target] -= 1.0;
        row.iter_mut().for_each(|p| *p *= scale);
    }
    let mut slices = split(plan, gradient);
    let dlogits = matrix(&space.logits, shape.symbols);
    let (gain, output) = plan.ends(weights);
    let (doutput, dgain) = (slices.pop(), slices.pop());
    let (Some(doutput), Some(dgain)) = (doutput, dgain) else { return sum };
    add_product(1.0, dlogits.t(), matrix(&space.normed, width), matrix_mut(doutput, width));
    // The normed states are not needed any more: their gradient takes their place.
    product(1.0, dlogits, matrix(output, width), matrix_mut(&mut space.normed, width));
    space.states.fill(0.0);
    norm::backward(&space.last, gain, &space.scales, &space.normed, &mut space.states, dgain);
    for layer in (0..shape.layers).rev() {
        let mut own = slices.split_off(1 + 6 * layer).into_iter();
        let mut next = || own.next().unwrap_or_default();
        let mut gradient =
            layer::Weights { norm1: next(), qkv: next(), out: next(), norm2: next(), gate_up: next(), down: next() };
        let sizes = (shape, space.length);
        let weights = plan.layer(weights, layer);
        layer::backward(
            sizes,
            &plan.rotary,
            &weights,
            &space.layers[layer],
            &mut gradient,
            &mut space.scratch,
            &mut space.states,
        );
    }
    let Some(dembedding) = slices.pop() else { return sum };
    for (symbol, state) in symbols.iter().zip(space.states.chunks_exact(width)) {
        let row = &mut dembedding[symbol * width..(symbol + 1) * width];
        row.iter_mut().zip(state).for_each(|(sum, d)| *sum += d);
    }
    sum
}

/// All parts of a gradient at once.
fn split<'a>(plan: &Plan, mut rest: &'a mut [f32]) -> Vec<&'a mut [f32]> {
    let mut slices = Vec::with_capacity(plan.parts.len());
    for part in &plan.parts {
        let (slice, tail) = rest.split_at_mut(part.range.len());
        slices.push(slice);
        rest = tail;
    }
    slices
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shape::Role;

    fn plan() -> Plan {
        Plan::new(Shape { symbols: 7, width: 16, layers: 2, heads: 2, hidden: 24, context: 40 })
    }

    /// Numbers that look random and are the same everywhere.
    fn noise(count: usize, seed: u64) -> Vec<f32> {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as f32 / (1 << 23) as f32 - 1.0
        };
        (0..count).map(|_| next()).collect()
    }

    fn weights(plan: &Plan) -> Vec<f32> {
        let mut weights = noise(plan.count(), 1);
        for part in plan.parts.iter().filter(|part| part.role == Role::Gain) {
            weights[part.range.clone()].iter_mut().for_each(|gain| *gain = 1.0 + 0.3 * *gain);
        }
        weights
    }

    fn text(count: usize) -> Vec<usize> {
        noise(count, 5).into_iter().map(|x| ((x + 1.0) * 3.4) as usize).collect()
    }

    #[test]
    fn the_gradient_of_every_part_is_what_differences_say() {
        let plan = plan();
        let (weights, text) = (weights(&plan), text(81));
        let mut space = Workspace::new(plan.shape, 2, 40);
        let mut gradient = vec![0.0; plan.count()];
        loss(&plan, &weights, (&text[..80], &text[1..]), 1.0, &mut space, &mut gradient);
        for part in &plan.parts {
            let direction = noise(part.range.len(), 9);
            let moved = |by: f32| -> f64 {
                let mut weights = weights.clone();
                weights[part.range.clone()].iter_mut().zip(&direction).for_each(|(w, d)| *w += by * d);
                let mut space = Workspace::new(plan.shape, 2, 40);
                loss(&plan, &weights, (&text[..80], &text[1..]), 1.0, &mut space, &mut vec![0.0; plan.count()])
            };
            let difference = (moved(1e-3) - moved(-1e-3)) / 2e-3;
            let found: f64 = gradient[part.range.clone()].iter().zip(&direction).map(|(g, d)| f64::from(g * d)).sum();
            let gap = (found - difference).abs() / (difference.abs() + 0.1);
            assert!(gap < 0.02, "{}: {found}, by differences {difference}", part.name);
        }
    }
}
