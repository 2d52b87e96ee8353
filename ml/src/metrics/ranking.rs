//! Whether the right things stand first.

use super::fit;
use crate::plot::Values;

/// The curve of receiver operating characteristic: shares of errors and of finds as the threshold falls.
#[derive(Clone, Debug, PartialEq)]
pub struct Roc {
    /// The share of class 0 that is taken for class 1.
    pub false_positive: Vec<f64>,
    /// The share of class 1 that is found.
    pub true_positive: Vec<f64>,
    /// The thresholds, from the largest: class 1 is said of scores not below it.
    pub thresholds: Vec<f64>,
}

/// The curve of scores of classes 0 and 1; equal scores change sides together. It begins at (0; 0) with an infinite threshold.
///
/// # Panics
/// When the sequences differ in length, a score is NaN, or one of the classes is absent.
#[track_caller]
pub fn roc(y: &[usize], scores: impl Values) -> Roc {
    let ranked = ranked(y, &scores.values());
    let positive = y.iter().filter(|&&y| y == 1).count();
    let negative = y.len() - positive;
    assert!(positive > 0 && negative > 0, "metrics: a curve needs both classes, {positive} ones and {negative} zeros");
    let mut curve = Roc { false_positive: vec![0.0], true_positive: vec![0.0], thresholds: vec![f64::INFINITY] };
    let (mut wrong, mut found) = (0, 0);
    for (place, &(score, y)) in ranked.iter().enumerate() {
        (found, wrong) = if y == 1 { (found + 1, wrong) } else { (found, wrong + 1) };
        if ranked.get(place + 1).is_none_or(|(next, _)| *next != score) {
            curve.false_positive.push(wrong as f64 / negative as f64);
            curve.true_positive.push(found as f64 / positive as f64);
            curve.thresholds.push(score);
        }
    }
    curve
}

/// The area under [`roc`]: the probability that a random object of class 1 has a larger score than one of class 0, ties counted half
/// (Hanley and McNeil, 1982).
///
/// # Panics
/// As [`roc`].
#[track_caller]
pub fn auc(y: &[usize], scores: impl Values) -> f64 {
    let curve = roc(y, scores);
    let widths = curve.false_positive.windows(2).map(|pair| pair[1] - pair[0]);
    let heights = curve.true_positive.windows(2).map(|pair| (pair[0] + pair[1]) / 2.0);
    widths.zip(heights).map(|(width, height)| width * height).sum()
}

/// Average precision: Σ (recallₖ − recallₖ₋₁)·precisionₖ over falling thresholds.
///
/// # Panics
/// When the sequences differ in length, a score is NaN, or class 1 is absent.
#[track_caller]
pub fn average_precision(y: &[usize], scores: impl Values) -> f64 {
    let ranked = ranked(y, &scores.values());
    let positive = y.iter().filter(|&&y| y == 1).count();
    assert!(positive > 0, "metrics: there is nothing to find");
    let (mut found, mut before, mut sum) = (0, 0, 0.0);
    for (place, &(score, y)) in ranked.iter().enumerate() {
        found += usize::from(y == 1);
        if ranked.get(place + 1).is_none_or(|(next, _)| *next != score) {
            sum += (found - before) as f64 / positive as f64 * found as f64 / (place + 1) as f64;
            before = found;
        }
    }
    sum
}

/// Discounted cumulative gain of the first k results: Σ (2^relᵢ − 1)/log₂(i + 1), i from 1 (Burges et al., 2005).
pub fn dcg(relevances: impl Values, k: usize) -> f64 {
    let gain = |(place, relevance): (usize, &f64)| (libm::exp2(*relevance) - 1.0) / libm::log2(place as f64 + 2.0);
    relevances.values().iter().take(k).enumerate().map(gain).sum()
}

/// nDCG@k (Järvelin and Kekäläinen, 2002): [`dcg`] of results in the order found, over that of the best order of all judged documents.
///
/// `judged` holds the relevances of all documents that are judged for the query; where all are 0 the answer is 0.
///
/// ```
/// use ml::metrics::ndcg;
/// assert_eq!(ndcg([1, 0], [0, 1], 1), 1.0);
/// assert_eq!(ndcg([0, 1], [0, 1], 1), 0.0);
/// ```
pub fn ndcg(found: impl Values, judged: impl Values, k: usize) -> f64 {
    let mut best = judged.values();
    best.sort_by(|a, b| b.total_cmp(a));
    let best = dcg(best, k);
    if best == 0.0 { 0.0 } else { dcg(found, k) / best }
}

/// 1/(place of the first relevant result, from 1), and 0 when there is none; its mean over queries is MRR (Voorhees, 1999).
pub fn reciprocal_rank<T: PartialEq>(found: &[T], relevant: &[T]) -> f64 {
    found.iter().position(|id| relevant.contains(id)).map_or(0.0, |place| 1.0 / (place + 1) as f64)
}

/// The share of relevant documents among the first k results.
///
/// # Panics
/// When nothing is relevant.
#[track_caller]
pub fn recall_at<T: PartialEq>(found: &[T], relevant: &[T], k: usize) -> f64 {
    assert!(!relevant.is_empty(), "metrics: nothing is relevant to the query");
    let found = &found[..k.min(found.len())];
    relevant.iter().filter(|id| found.contains(id)).count() as f64 / relevant.len() as f64
}

/// Scores and classes, from the largest score.
#[track_caller]
fn ranked(y: &[usize], scores: &[f64]) -> Vec<(f64, usize)> {
    fit(y.len(), scores.len());
    assert!(scores.iter().all(|score| !score.is_nan()), "metrics: a score is NaN");
    let mut ranked: Vec<(f64, usize)> = scores.iter().copied().zip(y.iter().copied()).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    ranked
}
