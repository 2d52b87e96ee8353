//! Statistics against SciPy 1.17.1, NumPy 2.4.6 and their definitions.

use ml::prelude::*;

#[track_caller]
fn near(found: f64, wanted: f64) {
    assert!((found - wanted).abs() <= 1e-12 * (1.0 + wanted.abs()), "{found}, not {wanted}");
}

const X: [f64; 7] = [5.1, 4.9, 6.2, 5.8, 6.0, 5.5, 5.3];
const Y: [f64; 5] = [6.1, 5.7, 6.8, 7.2, 5.9];
const A: [f64; 7] = [12.0, 2.0, 1.0, 12.0, 2.0, 5.0, 5.5];
const B: [f64; 7] = [1.0, 4.0, 7.0, 1.0, 0.0, 5.0, 9.0];

#[test]
fn summaries_divide_by_what_they_say() {
    near(stats::mean([1, 2, 3, 6]), 3.0);
    near(stats::variance([1, 2, 3, 6]), 14.0 / 3.0);
    near(stats::variance_population([1, 2, 3, 6]), 3.5);
    near(stats::sd([1, 2, 3, 6]), (14.0_f64 / 3.0).sqrt());
    near(stats::sd_population([1, 2, 3, 6]), 3.5_f64.sqrt());
    near(stats::standard_error([1, 2, 3, 6]), (14.0_f64 / 12.0).sqrt());
    assert!(stats::sd([1.0]).is_nan());
    // A large shift must not eat the digits.
    near(stats::variance([1e9 + 1.0, 1e9 + 2.0, 1e9 + 3.0]), 1.0);
}

#[test]
fn quantiles_are_those_of_numpy() {
    assert_eq!([0.1, 0.25, 0.5, 0.9].map(|level| stats::quantile(A, level)), [1.6, 2.0, 5.0, 12.0]);
    assert_eq!((stats::median([4, 1, 3, 2]), stats::mad(A)), (2.5, 3.0));
    assert_eq!(stats::quantile([7.0], 0.3), 7.0);
    assert_eq!(stats::quantile([f64::INFINITY, f64::INFINITY, 0.0], 0.9), f64::INFINITY);
}

#[test]
#[should_panic(expected = "stats: there is a NaN in the sample")]
fn a_quantile_of_a_nan_is_refused() {
    stats::median([1.0, f64::NAN]);
}

#[test]
#[should_panic(expected = "stats: the sample is empty")]
fn an_empty_sample_has_no_mean() {
    stats::mean(Vec::<f64>::new());
}

#[test]
fn correlations_are_those_of_scipy() {
    near(stats::kendall(A, B), -0.15389675281277307);
    near(stats::spearman(A, B), -0.22019275302527216);
    near(stats::correlation(A, B), -0.4117192354089783);
    assert_eq!(stats::ranks(A), [6.5, 2.5, 1.0, 6.5, 2.5, 4.0, 5.0]);
    near(stats::covariance(A, A), stats::variance(A));
    assert!(stats::correlation([1.0, 1.0], [1.0, 2.0]).is_nan() && stats::kendall([1.0, 1.0], [1.0, 2.0]).is_nan());
    let x = Array2::from_shape_fn((7, 2), |(i, j)| if j == 0 { A[i] } else { B[i] });
    near(stats::covariance_matrix(&x)[[0, 1]], stats::covariance(A, B));
    near(stats::correlation_matrix(&x)[[1, 0]], stats::correlation(A, B));
    near(stats::covariance_matrix(&x)[[1, 1]], stats::variance(B));
}

#[test]
fn tests_of_hypotheses_are_those_of_scipy() {
    let t = stats::t_test(X, 5.0);
    near(t.statistic, 2.997924593317836);
    near(t.p, 0.0240725943947707);
    let welch = stats::welch_test(X, Y);
    near(welch.statistic, -2.367284610824938);
    near(welch.freedom, 7.129845647229908);
    near(welch.p, 0.0491642432526572);
    let fit = stats::chi_square_fit(&[16, 18, 16, 14, 12, 12], [2, 2, 2, 2, 2, 1]);
    near(fit.statistic, 3.5);
    near(fit.p, 0.6233876277495822);
    let table = stats::chi_square_independence(&array![[10, 20, 30], [6, 9, 17]]);
    near(table.statistic, 0.27157465150403504);
    near(table.p, 0.873028283380073);
    near(stats::ks([0.1, 0.25, 0.3, 0.55, 0.8, 0.95, 0.97], |x| x).statistic, 0.23571428571428565);
    near(stats::ks_two_samples(X, Y).statistic, 0.5714285714285714);
    let adjusted = stats::benjamini_hochberg(&[0.01, 0.04, 0.03, 0.005, 0.5]);
    adjusted.iter().zip([0.025, 0.05, 0.05, 0.025, 0.5]).for_each(|(found, wanted)| near(*found, wanted));
    assert_eq!(stats::bonferroni(&[0.01, 0.5]), [0.02, 1.0]);
}

#[test]
fn intervals_are_those_of_scipy() {
    let wilson = stats::wilson(7, 50, 0.95);
    near(wilson.low, 0.06950833427016292);
    near(wilson.high, 0.26186193710585537);
    near(stats::wilson(0, 10, 0.95).high, 0.27753279986288926);
    assert_eq!((stats::wilson(0, 10, 0.95).low, stats::wilson(10, 10, 0.95).high), (0.0, 1.0));
    let exact = stats::clopper_pearson(7, 50, 0.95);
    near(exact.low, 0.05819170033997344);
    near(exact.high, 0.26739600249700846);
    near(stats::clopper_pearson(0, 10, 0.95).high, 0.30849710781876294);
    near(stats::wald(25, 100, 0.95).width(), 2.0 * 1.959963984540054 * (0.25_f64 * 0.75 / 100.0).sqrt());
    let mean = stats::mean_interval(X, 0.95);
    near(mean.low, 5.099776092954625);
    near(mean.high, 5.985938192759661);
}

#[test]
fn p_values_are_uniform_when_the_hypothesis_is_true() {
    let mut rng = random::rng(11);
    let ps: Vec<f64> = (0..1000).map(|_| stats::welch_test(rng.normals(8), rng.normals(12)).p).collect();
    assert!(stats::ks(&ps, |p| p).p > 1e-3);
    let ps: Vec<f64> =
        (0..300).map(|_| stats::permutation_test(rng.normals(6), rng.normals(7), 99, &mut random::rng(1))).collect();
    assert!(stats::ks(&ps, |p| p).p > 1e-3);
}

#[test]
fn resampling_finds_what_formulas_know() {
    let xs = random::rng(1).normals(400);
    let interval = stats::bootstrap(&xs, |xs| stats::mean(xs), 2000, 0.95, &mut random::rng(2));
    let wanted = stats::mean_interval(&xs, 0.95);
    assert!((interval.low - wanted.low).abs() < 0.01 && (interval.high - wanted.high).abs() < 0.01);
    assert!(stats::permutation_test([1.0, 1.1, 0.9, 1.2], [5.0, 5.1, 4.9, 5.2], 999, &mut random::rng(3)) < 0.06);
    assert_eq!(stats::permutation_test([1.0, 2.0], [2.0, 1.0], 50, &mut random::rng(3)), 1.0);
}

#[test]
fn an_experiment_is_made_for_every_seed() -> Result {
    let seeds = stats::over_seeds(5, |seed| Ok::<_, std::io::Error>(seed as f64))?;
    assert_eq!((seeds.values, seeds.mean, seeds.sd), (vec![1.0, 2.0, 3.0, 4.0, 5.0], 3.0, 2.5_f64.sqrt()));
    assert!(stats::over_seeds(2, |seed| if seed == 1 { Ok(0.0) } else { Err("расходится") }).is_err());
    Ok(())
}
