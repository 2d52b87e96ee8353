//! Agreement of people who label the same objects, beyond what chance would give.

use ndarray::Array2;

use super::{confusion, fit};

/// κ of Cohen (1960) for two annotators: (p₀ − pₑ)/(1 − pₑ); NaN when both gave one class to everything.
///
/// # Panics
/// When the sequences differ in length or are empty.
#[track_caller]
pub fn cohen_kappa(a: &[usize], b: &[usize]) -> f64 {
    fit(a.len(), b.len());
    let classes = a.iter().chain(b).max().map_or(0, |class| class + 1);
    let table = confusion(a, b, classes);
    let n = a.len() as f64;
    let share = |class| table.counts.row(class).sum() as f64 / n * (table.counts.column(class).sum() as f64 / n);
    let expected: f64 = (0..classes).map(share).sum();
    (table.accuracy() - expected) / (1.0 - expected)
}

/// κ of Fleiss (1971): of a table that says how many annotators gave each object (row) each class (column).
///
/// # Panics
/// When the rows have different sums, or fewer than two annotators.
#[track_caller]
pub fn fleiss_kappa(counts: &Array2<usize>) -> f64 {
    let annotators = counts.rows().into_iter().next().map_or(0, |row| row.sum());
    assert!(annotators > 1, "metrics: agreement needs two annotators of an object, here are {annotators}");
    for (object, row) in counts.rows().into_iter().enumerate() {
        assert!(row.sum() == annotators, "metrics: object {object} has {} labels, not {annotators}", row.sum());
    }
    let (n, objects) = (annotators as f64, counts.nrows() as f64);
    let pairs: f64 = counts.iter().map(|&count| count as f64 * (count as f64 - 1.0)).sum();
    let observed = pairs / (objects * n * (n - 1.0));
    let share = |count: usize| count as f64 / (objects * n);
    let expected: f64 = counts.columns().into_iter().map(|column| share(column.sum()) * share(column.sum())).sum();
    (observed - expected) / (1.0 - expected)
}

/// α of Krippendorff (1970) for classes: labels by objects, then annotators, `None` where one is missing.
///
/// Objects with fewer than two labels do not count; NaN when all labels are of one class.
pub fn krippendorff_alpha(labels: &[Vec<Option<usize>>]) -> f64 {
    let classes = labels.iter().flatten().flatten().max().map_or(0, |class| class + 1);
    let mut coincidences = Array2::<f64>::zeros((classes, classes));
    for object in labels {
        let given: Vec<usize> = object.iter().copied().flatten().collect();
        if given.len() < 2 {
            continue;
        }
        for (i, &a) in given.iter().enumerate() {
            for (j, &b) in given.iter().enumerate() {
                if i != j {
                    coincidences[[a, b]] += 1.0 / (given.len() - 1) as f64;
                }
            }
        }
    }
    let (all, same) = (coincidences.sum(), coincidences.diag().sum());
    let expected: f64 = (0..classes).map(|class| coincidences.row(class).sum()).map(|sum| sum * (sum - 1.0)).sum();
    1.0 - (all - 1.0) * (all - same) / (all * (all - 1.0) - expected)
}
