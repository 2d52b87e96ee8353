//! Division of a state by the root of its mean square (Zhang and Sennrich, 2019).

use crate::numbers::dot;

/// What keeps the quotient finite.
pub(crate) const EPSILON: f32 = 1e-5;

/// y = x·s∘gain by rows, s = 1/√(mean x² + ε); s is kept for the way back.
pub(crate) fn forward(x: &[f32], gain: &[f32], scales: &mut [f32], y: &mut [f32]) {
    let width = gain.len();
    for ((x, y), scale) in x.chunks_exact(width).zip(y.chunks_exact_mut(width)).zip(scales) {
        *scale = 1.0 / (dot(x, x) / width as f32 + EPSILON).sqrt();
        for ((y, x), gain) in y.iter_mut().zip(x).zip(gain) {
            *y = x * *scale * gain;
        }
    }
}

/// Adds to dx = s(h − x̂·mean(h∘x̂)) with h = dy∘gain, x̂ = xs; and to dgain = Σ dy∘x̂ over all rows.
pub(crate) fn backward(x: &[f32], gain: &[f32], scales: &[f32], dy: &[f32], dx: &mut [f32], dgain: &mut [f32]) {
    let width = gain.len();
    let rows = x.chunks_exact(width).zip(dy.chunks_exact(width)).zip(dx.chunks_exact_mut(width)).zip(scales);
    let mut h = vec![0.0; width];
    for (((x, dy), dx), scale) in rows {
        for (place, h) in h.iter_mut().enumerate() {
            *h = dy[place] * gain[place];
            dgain[place] += dy[place] * x[place] * scale;
        }
        let along = dot(&h, x) * scale * scale / width as f32;
        for ((dx, h), x) in dx.iter_mut().zip(&h).zip(x) {
            *dx += scale * (h - x * along);
        }
    }
}
