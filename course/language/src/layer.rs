//! One layer: attention, then a gated map of every place, each added to the state it has read (Touvron et al., 2023).

use crate::numbers::{add_product, matrix, matrix_mut, product, sigmoid};
use crate::rotary::{Rotary, Turn};
use crate::shape::Shape;
use crate::{attention, norm};

/// The weights of a layer, or their gradients.
pub(crate) struct Weights<S> {
    pub(crate) norm1: S,
    pub(crate) qkv: S,
    pub(crate) out: S,
    pub(crate) norm2: S,
    pub(crate) gate_up: S,
    pub(crate) down: S,
}

/// What a layer computed on the way, which the way back needs.
#[derive(Clone, Debug)]
pub(crate) struct Trace {
    /// What came in.
    pub(crate) x: Vec<f32>,
    scales1: Vec<f32>,
    normed1: Vec<f32>,
    qkv: Vec<f32>,
    /// For each sequence and head a square: how much each place takes from which.
    pub(crate) shares: Vec<f32>,
    mixed: Vec<f32>,
    middle: Vec<f32>,
    scales2: Vec<f32>,
    normed2: Vec<f32>,
    gate_up: Vec<f32>,
    inner: Vec<f32>,
}

/// Room for gradients of what a [`Trace`] keeps.
#[derive(Clone, Debug)]
pub(crate) struct Scratch {
    square: Vec<f32>,
    states: Vec<f32>,
    qkv: Vec<f32>,
    gate_up: Vec<f32>,
    inner: Vec<f32>,
}

impl Trace {
    pub(crate) fn new(shape: Shape, rows: usize, length: usize) -> Self {
        let zeros = |columns: usize| vec![0.0; rows * columns];
        Self {
            x: zeros(shape.width),
            scales1: zeros(1),
            normed1: zeros(shape.width),
            qkv: zeros(3 * shape.width),
            shares: zeros(shape.heads * length),
            mixed: zeros(shape.width),
            middle: zeros(shape.width),
            scales2: zeros(1),
            normed2: zeros(shape.width),
            gate_up: zeros(2 * shape.hidden),
            inner: zeros(shape.hidden),
        }
    }
}

impl Scratch {
    pub(crate) fn new(shape: Shape, rows: usize, length: usize) -> Self {
        let zeros = |columns: usize| vec![0.0; rows * columns];
        Self {
            square: vec![0.0; length * length],
            states: zeros(shape.width),
            qkv: zeros(3 * shape.width),
            gate_up: zeros(2 * shape.hidden),
            inner: zeros(shape.hidden),
        }
    }
}

/// The states behind the layer from those before it, `trace.x`.
pub(crate) fn forward(
    shape: Shape,
    length: usize,
    rotary: &Rotary,
    weights: &Weights<&[f32]>,
    trace: &mut Trace,
    y: &mut [f32],
) {
    let (width, hidden) = (shape.width, shape.hidden);
    norm::forward(&trace.x, weights.norm1, &mut trace.scales1, &mut trace.normed1);
    let qkv = matrix(weights.qkv, width);
    product(1.0, matrix(&trace.normed1, width), qkv.t(), matrix_mut(&mut trace.qkv, 3 * width));
    turn(rotary, Turn::Forward, &mut trace.qkv, width, length);
    attention::forward(shape, length, &trace.qkv, &mut trace.shares, &mut trace.mixed);
    trace.middle.copy_from_slice(&trace.x);
    let out = matrix(weights.out, width);
    add_product(1.0, matrix(&trace.mixed, width), out.t(), matrix_mut(&mut trace.middle, width));

    norm::forward(&trace.middle, weights.norm2, &mut trace.scales2, &mut trace.normed2);
    let gate_up = matrix(weights.gate_up, width);
    product(1.0, matrix(&trace.normed2, width), gate_up.t(), matrix_mut(&mut trace.gate_up, 2 * hidden));
    for (row, inner) in trace.gate_up.chunks_exact(2 * hidden).zip(trace.inner.chunks_exact_mut(hidden)) {
        let (gate, up) = row.split_at(hidden);
        for ((inner, gate), up) in inner.iter_mut().zip(gate).zip(up) {
            *inner = gate * sigmoid(*gate) * up;
        }
    }
    y.copy_from_slice(&trace.middle);
    let down = matrix(weights.down, hidden);
    add_product(1.0, matrix(&trace.inner, hidden), down.t(), matrix_mut(y, width));
}

/// Turns `d`, the gradient of what the layer gave, into that of what came in, and adds to those of the weights.
pub(crate) fn backward(
    (shape, length): (Shape, usize),
    rotary: &Rotary,
    weights: &Weights<&[f32]>,
    trace: &Trace,
    gradient: &mut Weights<&mut [f32]>,
    scratch: &mut Scratch,
    d: &mut [f32],
) {
    let (width, hidden) = (shape.width, shape.hidden);
    add_product(1.0, matrix(d, width).t(), matrix(&trace.inner, hidden), matrix_mut(gradient.down, hidden));
    product(1.0, matrix(d, width), matrix(weights.down, hidden), matrix_mut(&mut scratch.inner, hidden));
    let rows = trace.gate_up.chunks_exact(2 * hidden).zip(scratch.gate_up.chunks_exact_mut(2 * hidden));
    for ((row, drow), dinner) in rows.zip(scratch.inner.chunks_exact(hidden)) {
        let (gate, up) = row.split_at(hidden);
        let (dgate, dup) = drow.split_at_mut(hidden);
        for place in 0..hidden {
            let open = sigmoid(gate[place]);
            dup[place] = dinner[place] * gate[place] * open;
            dgate[place] = dinner[place] * up[place] * open * (1.0 + gate[place] * (1.0 - open));
        }
    }
    let dgate_up = matrix(&scratch.gate_up, 2 * hidden);
    add_product(1.0, dgate_up.t(), matrix(&trace.normed2, width), matrix_mut(gradient.gate_up, width));
    product(1.0, dgate_up, matrix(weights.gate_up, width), matrix_mut(&mut scratch.states, width));
    norm::backward(&trace.middle, weights.norm2, &trace.scales2, &scratch.states, d, gradient.norm2);

    add_product(1.0, matrix(d, width).t(), matrix(&trace.mixed, width), matrix_mut(gradient.out, width));
    product(1.0, matrix(d, width), matrix(weights.out, width), matrix_mut(&mut scratch.states, width));
    let kept = (trace.qkv.as_slice(), trace.shares.as_slice());
    attention::backward(shape, length, kept, &scratch.states, &mut scratch.qkv, &mut scratch.square);
    turn(rotary, Turn::Back, &mut scratch.qkv, width, length);
    let dqkv = matrix(&scratch.qkv, 3 * width);
    add_product(1.0, dqkv.t(), matrix(&trace.normed1, width), matrix_mut(gradient.qkv, width));
    product(1.0, dqkv, matrix(weights.qkv, width), matrix_mut(&mut scratch.states, width));
    norm::backward(&trace.x, weights.norm1, &trace.scales1, &scratch.states, d, gradient.norm1);
}

/// Queries and keys by their places; values stay.
fn turn(rotary: &Rotary, turn: Turn, qkv: &mut [f32], width: usize, length: usize) {
    for (row, qkv) in qkv.chunks_exact_mut(3 * width).enumerate() {
        rotary.turn(&mut qkv[..2 * width], row % length, turn);
    }
}
