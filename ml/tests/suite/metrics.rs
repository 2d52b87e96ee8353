//! Measures against scikit-learn 1.9.1 (numpy 2.4.6), published examples and their own definitions.

use ml::metrics;
use ml::prelude::*;

fn near(found: f64, wanted: f64) {
    assert!((found - wanted).abs() <= 1e-12 * (1.0 + wanted.abs()), "{found}, not {wanted}");
}

const Y: [usize; 8] = [0, 1, 1, 2, 2, 2, 0, 1];
const Y_HAT: [usize; 8] = [0, 1, 2, 2, 2, 1, 1, 1];

#[test]
fn classes_are_counted_as_scikit_learn_counts_them() {
    let table = metrics::confusion(&Y, &Y_HAT, 3);
    assert_eq!(table.counts, array![[1, 1, 0], [0, 2, 1], [0, 1, 2]]);
    near(table.accuracy(), 0.625);
    near(metrics::accuracy(&Y, &Y_HAT), 0.625);
    near(table.macro_f1(), 0.634_920_634_920_634_9);
    near(table.matthews(), 0.425_532_248_173_504_95);
    near(metrics::cohen_kappa(&Y, &Y_HAT), 0.414_634_146_341_463_45);
    assert_eq!((table.precision(0), table.recall(0)), (1.0, 0.5));
    near(table.f(0, 2.0), 5.0 / 9.0);
}

#[test]
fn a_class_that_is_nowhere_has_no_score_and_is_left_out_of_the_mean() {
    let table = metrics::confusion(&[0, 0, 1], &[0, 1, 1], 3);
    assert!(table.f1(2).is_nan() && table.precision(2).is_nan() && table.recall(2).is_nan());
    near(table.macro_f1(), 2.0 / 3.0);
    assert_eq!(metrics::f1(&[1, 1, 0], &[0, 0, 0]), 0.0);
}

#[test]
#[should_panic(expected = "metrics: class 3 is not among 3")]
fn a_class_too_many_is_refused() {
    metrics::confusion(&[0, 3], &[0, 0], 3);
}

#[test]
fn rankings_are_those_of_scikit_learn() {
    let (y, scores) = ([0, 0, 1, 1, 0, 1, 1, 0], [0.1, 0.4, 0.35, 0.8, 0.4, 0.9, 0.4, 0.05]);
    let curve = metrics::roc(&y, scores);
    assert_eq!(curve.false_positive, [0.0, 0.0, 0.0, 0.5, 0.5, 0.75, 1.0]);
    assert_eq!(curve.true_positive, [0.0, 0.25, 0.5, 0.75, 1.0, 1.0, 1.0]);
    assert_eq!(curve.thresholds, [f64::INFINITY, 0.9, 0.8, 0.4, 0.35, 0.1, 0.05]);
    near(metrics::auc(&y, scores), 0.8125);
    near(metrics::average_precision(&y, scores), 0.816_666_666_666_666_7);
    near(metrics::brier(&y, scores), 0.145_625);
    near(metrics::log_loss(&y, scores), 0.434_115_247_615_278_4);
}

#[test]
fn the_area_is_the_share_of_pairs_in_the_right_order() {
    let mut rng = random::rng(3);
    let y: Vec<usize> = (0..60).map(|_| rng.below(2)).collect();
    let scores: Vec<f64> = (0..60).map(|_| rng.below(10) as f64).collect();
    let (mut right, mut pairs) = (0.0, 0.0);
    for (i, j) in (0..60).flat_map(|i| (0..60).map(move |j| (i, j))).filter(|&(i, j)| y[i] > y[j]) {
        pairs += 1.0;
        right += if scores[i] > scores[j] {
            1.0
        } else if scores[i] == scores[j] {
            0.5
        } else {
            0.0
        };
    }
    near(metrics::auc(&y, &scores), right / pairs);
}

#[test]
fn results_are_worth_more_at_the_top() {
    near(metrics::dcg([3, 2], 2), 7.0 + 3.0 / 3_f64.log2());
    near(
        metrics::ndcg([3, 2, 0, 1, 2], [3, 2, 0, 1, 2], 5),
        metrics::dcg([3, 2, 0, 1, 2], 5) / metrics::dcg([3, 2, 2, 1, 0], 5),
    );
    assert!(metrics::ndcg([2, 3], [3, 2], 2) < 1.0);
    assert_eq!(metrics::ndcg([0, 0], [0, 0], 2), 0.0);
    assert_eq!(metrics::reciprocal_rank(&["а", "б", "в"], &["в", "б"]), 0.5);
    assert_eq!(metrics::reciprocal_rank(&["а"], &["в"]), 0.0);
    assert_eq!(metrics::recall_at(&["а", "б", "в"], &["в", "б"], 2), 0.5);
}

#[test]
fn agreement_is_that_of_the_papers() {
    // The example of Fleiss (1971) as every textbook has it: 14 raters, 10 subjects, 5 classes.
    let counts = array![
        [0, 0, 0, 0, 14],
        [0, 2, 6, 4, 2],
        [0, 0, 3, 5, 6],
        [0, 3, 9, 2, 0],
        [2, 2, 8, 1, 1],
        [7, 7, 0, 0, 0],
        [3, 2, 6, 3, 0],
        [2, 5, 3, 2, 2],
        [6, 5, 2, 1, 0],
        [0, 2, 2, 3, 7],
    ];
    assert!((metrics::fleiss_kappa(&counts) - 0.210).abs() < 5e-4, "{}", metrics::fleiss_kappa(&counts));
    // Krippendorff (2011), «Computing Krippendorff's alpha-reliability», part C: four observers, missing values, α = 0.743.
    let observers =
        ["1 2 3 3 2 1 4 1 2 * * *", "1 2 3 3 2 2 4 1 2 5 * 3", "* 3 3 3 2 3 4 2 2 5 1 *", "1 2 3 3 2 4 4 1 2 5 1 *"];
    let rows: Vec<Vec<Option<usize>>> =
        observers.map(|row| row.split(' ').map(|label| label.parse().ok()).collect()).to_vec();
    let objects: Vec<Vec<Option<usize>>> = (0..12).map(|object| rows.iter().map(|row| row[object]).collect()).collect();
    assert!((metrics::krippendorff_alpha(&objects) - 0.743).abs() < 5e-4);
}

#[test]
fn kappa_is_low_where_one_class_prevails() {
    // 90 % of agreement, and less than chance would give.
    let a: Vec<usize> = [vec![0; 90], vec![1; 5], vec![0; 5]].concat();
    let b: Vec<usize> = [vec![0; 90], vec![0; 5], vec![1; 5]].concat();
    near(metrics::accuracy(&a, &b), 0.9);
    near(metrics::cohen_kappa(&a, &b), (0.9 - 0.905) / (1.0 - 0.905));
}

#[test]
fn clusters_are_compared_as_scikit_learn_does() {
    let (a, b) = ([0, 0, 1, 1, 2, 2, 2], [1, 1, 0, 0, 0, 2, 2]);
    near(metrics::adjusted_rand(&a, &b), 0.475);
    near(metrics::normalised_mutual_information(&a, &b), 0.747_179_095_066_261_9);
    assert_eq!(metrics::adjusted_rand(&[0, 0, 1], &[5, 5, 2]), 1.0);
    assert_eq!(metrics::adjusted_rand(&[0, 0], &[1, 1]), 1.0);
    let x = array![[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [5.0, 5.0], [6.0, 5.0], [5.0, 6.5], [9.0, 0.0]];
    near(metrics::silhouette(&x, &[0, 0, 0, 1, 1, 1, 2]), 0.696_353_069_508_934_8);
}

#[test]
fn errors_of_numbers_and_of_probabilities() {
    let (y, y_hat) = ([1.0, 2.0, 4.0, 8.0], [1.5, 1.5, 4.5, 7.0]);
    near(metrics::mse(y, y_hat), 1.75 / 4.0);
    near(metrics::rmse(y, y_hat), (1.75_f64 / 4.0).sqrt());
    near(metrics::mae(y, y_hat), 0.625);
    near(metrics::r2(y, y_hat), 0.939_130_434_782_608_7);
    assert!(metrics::r2([1.0, 1.0], [1.0, 2.0]).is_nan());
    let bins = metrics::calibration(&[0, 1, 1, 1], [0.1, 0.3, 0.9, 1.0], 2);
    assert_eq!(bins.iter().map(|bin| (bin.count, bin.happened)).collect::<Vec<_>>(), [(2, 0.5), (2, 1.0)]);
    near(metrics::expected_calibration_error(&[0, 1, 1, 1], [0.1, 0.3, 0.9, 1.0], 2), 0.5 * 0.3 + 0.5 * 0.05);
    assert!(metrics::log_loss(&[1], [0.0]).is_infinite());
}
