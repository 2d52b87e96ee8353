//! Choosing the next symbol.

/// A symbol with probability softmax(logits/temperature): the one in whose part of [0; 1) the number `u` lies.
pub(crate) fn drawn(logits: impl Iterator<Item = f64>, temperature: f64, u: f64) -> usize {
    let mut weights: Vec<f64> = logits.map(|logit| logit / temperature).collect();
    let largest = weights.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    weights.iter_mut().for_each(|weight| *weight = libm::exp(*weight - largest));
    let mut left = u * weights.iter().sum::<f64>();
    for (symbol, weight) in weights.iter().enumerate() {
        left -= weight;
        if left < 0.0 {
            return symbol;
        }
    }
    // Rounding has left a little: the last symbol that has a part.
    weights.iter().rposition(|weight| *weight > 0.0).unwrap_or_default()
}
