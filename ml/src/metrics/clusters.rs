//! How well clusters agree with classes, or stand apart.

use ndarray::Array2;

use super::{confusion, fit};

/// The adjusted index of Rand (Hubert and Arabie, 1985): 1 for the same clusters under any names, about 0 for random ones.
///
/// # Panics
/// When the sequences differ in length or are empty.
#[track_caller]
pub fn adjusted_rand(a: &[usize], b: &[usize]) -> f64 {
    let table = table(a, b);
    let pairs = |count: usize| count as f64 * (count as f64 - 1.0) / 2.0;
    let together: f64 = table.iter().map(|&count| pairs(count)).sum();
    let first: f64 = table.rows().into_iter().map(|row| pairs(row.sum())).sum();
    let second: f64 = table.columns().into_iter().map(|column| pairs(column.sum())).sum();
    let all = pairs(a.len());
    let expected = if all == 0.0 { 0.0 } else { first * second / all };
    let best = (first + second) / 2.0;
    // All in one cluster, or all apart, in both: the same partition.
    if best == expected { 1.0 } else { (together - expected) / (best - expected) }
}

/// Mutual information over the mean of the two entropies (Strehl and Ghosh, 2002), from 0 to 1; 1 when both are one cluster.
///
/// # Panics
/// When the sequences differ in length or are empty.
#[track_caller]
pub fn normalised_mutual_information(a: &[usize], b: &[usize]) -> f64 {
    let table = table(a, b).mapv(|count| count as f64 / a.len() as f64);
    let entropy =
        |shares: Vec<f64>| -> f64 { shares.iter().map(|&p| if p > 0.0 { -p * libm::log(p) } else { 0.0 }).sum() };
    let first = entropy(table.rows().into_iter().map(|row| row.sum()).collect());
    let second = entropy(table.columns().into_iter().map(|column| column.sum()).collect());
    let both = entropy(table.iter().copied().collect());
    if first + second == 0.0 { 1.0 } else { 2.0 * (first + second - both) / (first + second) }
}

/// The mean silhouette (Rousseeuw, 1987): (b − a)/max(a, b), where a is the mean distance of an object to its own cluster and b to
/// the nearest other one; an object that is alone has 0. Distances are Euclidean; time grows as n².
///
/// # Panics
/// When the rows of `x` and the clusters differ in number, or there are fewer than two clusters.
#[track_caller]
pub fn silhouette(x: &Array2<f64>, clusters: &[usize]) -> f64 {
    fit(x.nrows(), clusters.len());
    let names = clusters.iter().max().map_or(0, |name| name + 1);
    let mut sizes = vec![0_usize; names];
    clusters.iter().for_each(|&cluster| sizes[cluster] += 1);
    assert!(sizes.iter().filter(|&&size| size > 0).count() > 1, "metrics: a silhouette needs two clusters");
    let score = |object: usize| {
        let own = clusters[object];
        if sizes[own] == 1 {
            return 0.0;
        }
        let mut sums = vec![0.0; names];
        for (other, &cluster) in clusters.iter().enumerate() {
            let square: f64 = x.row(object).iter().zip(x.row(other)).map(|(a, b)| (a - b) * (a - b)).sum();
            sums[cluster] += square.sqrt();
        }
        let a = sums[own] / (sizes[own] - 1) as f64;
        let others = (0..names).filter(|&cluster| cluster != own && sizes[cluster] > 0);
        let b = others.map(|cluster| sums[cluster] / sizes[cluster] as f64).fold(f64::INFINITY, f64::min);
        if a == b { 0.0 } else { (b - a) / if a > b { a } else { b } }
    };
    (0..clusters.len()).map(score).sum::<f64>() / clusters.len() as f64
}

#[track_caller]
fn table(a: &[usize], b: &[usize]) -> Array2<usize> {
    let classes = a.iter().chain(b).max().map_or(0, |class| class + 1);
    confusion(a, b, classes).counts
}
