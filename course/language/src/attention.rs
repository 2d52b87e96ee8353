//! Attention of every place to itself and those before it (Vaswani et al., 2017).

use std::ops::Range;

use ndarray::{ArrayView2, ArrayViewMut2};

use crate::numbers::{add_product, cut, dot, exp, matrix, matrix_mut, product};
use crate::shape::Shape;

/// Rows whose products are taken together: keys that lie behind all of them are left out.
const ROWS: usize = 32;

/// Where rows of one sequence lie, and columns of one head in a matrix of queries, keys and values.
#[derive(Clone, Copy)]
struct Head {
    begin: usize,
    width: usize,
    column: usize,
    size: usize,
}

impl Head {
    /// Its queries (0), keys (1) or values (2), those of the places.
    #[expect(clippy::needless_pass_by_value, reason = "a view is a pointer")]
    fn of<'a>(self, qkv: ArrayView2<'a, f32>, which: usize, places: (usize, usize)) -> ArrayView2<'a, f32> {
        cut(qkv, self.begin + places.0..self.begin + places.1, self.columns(which))
    }

    /// As [`Head::of`], to write into.
    fn of_mut<'a>(self, qkv: ArrayViewMut2<'a, f32>, which: usize, places: (usize, usize)) -> ArrayViewMut2<'a, f32> {
        cut(qkv, self.begin + places.0..self.begin + places.1, self.columns(which))
    }

    fn columns(self, which: usize) -> Range<usize> {
        let from = which * self.width + self.column;
        from..from + self.size
    }

    fn scale(self) -> f32 {
        1.0 / (self.size as f32).sqrt()
    }
}

fn heads(shape: Shape, rows: usize, length: usize) -> impl Iterator<Item = Head> {
    let (size, width) = (shape.head(), shape.width);
    let starts = (0..rows).step_by(length);
    starts.flat_map(move |begin| (0..shape.heads).map(move |head| Head { begin, width, column: head * size, size }))
}

fn blocks(length: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..length).step_by(ROWS).map(move |from| (from, (from + ROWS).min(length)))
}

/// For sequences of `length` rows: shares = softmax(qkᵀ/√size) by rows over keys that are not behind, mixed = shares·v.
pub(crate) fn forward(shape: Shape, length: usize, qkv: &[f32], shares: &mut [f32], mixed: &mut [f32]) {
    let rows = mixed.len() / shape.width;
    let qkv = matrix(qkv, 3 * shape.width);
    for (head, shares) in heads(shape, rows, length).zip(shares.chunks_exact_mut(length * length)) {
        for (from, to) in blocks(length) {
            let block = matrix_mut(&mut shares[from * length..to * length], length);
            let (q, k) = (head.of(qkv, 0, (from, to)), head.of(qkv, 1, (0, to)));
            product(head.scale(), q, k.t(), cut(block, 0..to - from, 0..to));
        }
        for (place, row) in shares.chunks_exact_mut(length).enumerate() {
            let (seen, behind) = row.split_at_mut(place + 1);
            softmax(seen);
            behind.fill(0.0);
        }
        for (from, to) in blocks(length) {
            let block = cut(matrix(&shares[from * length..to * length], length), 0..to - from, 0..to);
            let out = head.of_mut(matrix_mut(mixed, shape.width), 0, (from, to));
            product(1.0, block, head.of(qkv, 2, (0, to)), out);
        }
    }
}

/// Gradients of queries, keys and values from that of what was mixed; `scratch` has room for a square of `length`.
pub(crate) fn backward(
    shape: Shape,
    length: usize,
    (qkv, shares): (&[f32], &[f32]),
    dmixed: &[f32],
    dqkv: &mut [f32],
    scratch: &mut [f32],
) {
    let rows = dmixed.len() / shape.width;
    let (qkv, dmixed) = (matrix(qkv, 3 * shape.width), matrix(dmixed, shape.width));
    dqkv.fill(0.0);
    for (head, shares) in heads(shape, rows, length).zip(shares.chunks_exact(length * length)) {
        for (from, to) in blocks(length) {
            let dout = head.of(dmixed, 0, (from, to));
            let block = &shares[from * length..to * length];
            let dblock = &mut scratch[from * length..to * length];
            let room = cut(matrix_mut(dblock, length), 0..to - from, 0..to);
            product(1.0, dout, head.of(qkv, 2, (0, to)).t(), room);
            for (row, drow) in block.chunks_exact(length).zip(dblock.chunks_exact_mut(length)) {
                through_softmax(&row[..to], &mut drow[..to]);
            }
            let block = cut(matrix(block, length), 0..to - from, 0..to);
            let dblock = cut(matrix(dblock, length), 0..to - from, 0..to);
            let dv = head.of_mut(matrix_mut(dqkv, 3 * shape.width), 2, (0, to));
            add_product(1.0, block.t(), dout, dv);
            let dq = head.of_mut(matrix_mut(dqkv, 3 * shape.width), 0, (from, to));
            product(head.scale(), dblock, head.of(qkv, 1, (0, to)), dq);
            let dk = head.of_mut(matrix_mut(dqkv, 3 * shape.width), 1, (0, to));
            add_product(head.scale(), dblock.t(), head.of(qkv, 0, (from, to)), dk);
        }
    }
}

/// Positive numbers with sum 1 in the place of logits.
pub(crate) fn softmax(x: &mut [f32]) {
    let largest = x.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    x.iter_mut().for_each(|x| *x = exp(*x - largest));
    let sum: f32 = x.iter().sum();
    x.iter_mut().for_each(|x| *x /= sum);
}

/// dx = y∘(dy − ⟨dy, y⟩), in the place of dy.
fn through_softmax(y: &[f32], dy: &mut [f32]) {
    let along = dot(y, dy);
    dy.iter_mut().zip(y).for_each(|(dy, y)| *dy = y * (*dy - along));
}
