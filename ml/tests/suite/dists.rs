//! Distributions against SciPy 1.17.1, and against themselves.

use ml::dist::{
    self, Beta, Binomial, Cauchy, ChiSquare, Continuous, Discrete, Exponential, FisherF, Gamma, Laplace,
    MultivariateNormal, Normal, Poisson, StudentT, Uniform,
};
use ml::prelude::*;

#[track_caller]
fn near(found: f64, wanted: f64, tolerance: f64) {
    assert!((found - wanted).abs() <= tolerance * wanted.abs(), "{found:e}, not {wanted:e}");
}

/// Checks (x, density, cdf, sf) and quantiles at 0.025, 0.5, 0.9, 0.999.
fn check(distribution: &dyn Continuous, values: &[(f64, f64, f64, f64)], quantiles: [f64; 4]) {
    for &(x, pdf, cdf, sf) in values {
        near(distribution.pdf(x), pdf, 1e-12);
        near(distribution.cdf(x), cdf, 1e-12);
        near(distribution.sf(x), sf, 1e-12);
    }
    for (p, wanted) in [0.025, 0.5, 0.9, 0.999].into_iter().zip(quantiles) {
        assert!(
            (distribution.quantile(p) - wanted).abs() <= 1e-11 * wanted.abs() + 1e-15,
            "{p}: {}",
            distribution.quantile(p)
        );
    }
}

#[test]
fn densities_probabilities_and_quantiles_are_those_of_scipy() {
    check(
        &Normal::new(1.0, 2.0),
        &[
            (-8.0, 7.991870553452739e-06, 3.3976731247300535e-06, 0.9999966023268753),
            (3.5, 0.09132454269451096, 0.8943502263331446, 0.10564977366685535),
            (12.0, 5.384880021271638e-08, 0.9999999810104375, 1.898956246588768e-08),
        ],
        [-2.919927969080109, 1.0, 3.5631031310892007, 7.180464612335626],
    );
    check(
        &StudentT::new(3.0),
        &[
            (-40.0, 1.2873450289638437e-06, 1.7190340394579253e-05, 0.9999828096596054),
            (0.1, 0.36511444382851754, 0.5366738255995971, 0.46332617440040297),
            (7.0, 0.0012233629336282368, 0.9970068721511465, 0.0029931278488535486),
        ],
        [-3.1824463052837086, 0.0, 1.637744353696209, 10.214531852407383],
    );
    check(
        &StudentT::new(0.5),
        &[(3.0, 0.02963313374888408, 0.8163459220070283, 0.1836540779929717)],
        [-164.55767348048846, 0.0, 10.27032441023451, 102849.11563017538],
    );
    check(
        &ChiSquare::new(4.0),
        &[
            (0.01, 0.002487531197981707, 1.2458411354275082e-05, 0.9999875415886458),
            (20.0, 0.0002269996488124241, 0.9995006007726127, 0.0004993992273873336),
            (80.0, 8.496708510583173e-17, 0.9999999999999998, 1.7418252446695558e-16),
        ],
        [0.4844185570879299, 3.3566939800333224, 7.779440339734858, 18.46682695290317],
    );
    check(
        &FisherF::new(3.0, 7.0),
        &[
            (0.1, 0.5861392633117859, 0.04252932018190326, 0.9574706798180966),
            (30.0, 2.4508519127751152e-05, 0.9997716449117469, 0.00022835508825303635),
        ],
        [0.06837889693755993, 0.870944253187285, 3.0740719939090035, 18.77226981509899],
    );
    check(
        &Gamma::new(0.5, 3.0),
        &[
            (0.001, 10.297212411017119, 0.020599001971146905, 0.979400998028853),
            (40.0, 8.341446113998274e-08, 0.9999997582436119, 2.4175638811190183e-07),
        ],
        [0.0014731036757628833, 0.682404634679358, 4.058315181143106, 16.2413492559941],
    );
    check(
        &Gamma::new(50.0, 0.1),
        &[(2.0, 1.9075471493600236e-07, 1.2458926079719434e-08, 0.9999999875410739)],
        [3.711096373746187, 4.966706461799423, 5.924900190553107, 7.472462638951943],
    );
    check(
        &Beta::new(0.5, 2.0),
        &[
            (0.001, 23.693365368811573, 0.04741835351422484, 0.9525816464857751),
            (0.9, 0.07905694150420946, 0.9961174629530394, 0.0038825370469605085),
        ],
        [0.0002778292347840913, 0.12061475842818319, 0.5318774334735805, 0.9488080552841687],
    );
    check(
        &Beta::new(30.0, 50.0),
        &[(0.6, 0.0019423159805056194, 0.9999754109422891, 2.4589057710869237e-05)],
        [0.2728467069181694, 0.37395335938762103, 0.4448715938409828, 0.5466133922200329],
    );
    check(
        &Laplace::new(1.0, 2.0),
        &[(-9.0, 0.0016844867497713668, 0.0033689734995427335, 0.9966310265004573)],
        [-4.991464547107982, 1.0, 4.218875824868201, 13.429216196844381],
    );
    check(
        &Cauchy::new(0.0, 1.0),
        &[
            (-1e6, 3.183098861834724e-13, 3.1830988618368455e-07, 0.9999996816901139),
            (1e8, 3.183098861837907e-17, 0.9999999968169011, 3.183098861837907e-09),
        ],
        [-12.706204736174707, 0.0, 3.0776835371752544, 318.30883898555015],
    );
    check(
        &Exponential::new(2.0),
        &[(30.0, 1.751302152539304e-26, 1.0, 8.75651076269652e-27)],
        [0.012658903992144938, 0.34657359027997264, 1.151292546497023, 3.453877639491068],
    );
    check(&Uniform::new(-1.0, 3.0), &[(0.0, 0.25, 0.25, 0.75)], [-0.9, 1.0, 2.6, 2.996]);
}

#[test]
fn the_far_tail_of_a_beta_quantile_is_right() {
    // For small x the cdf is (3/2)·√x·(1 − x/3), hence x = (p/1.5)²; SciPy 1.17.1 warns here and gives 2.45e−25.
    near(Beta::new(0.5, 2.0).quantile(1e-10), (1e-10_f64 / 1.5).powi(2), 1e-9);
}

#[test]
fn quantiles_invert_distribution_functions() {
    let all: [&dyn Continuous; 8] = [
        &Normal::new(-3.0, 0.5),
        &StudentT::new(4.5),
        &ChiSquare::new(1.0),
        &FisherF::new(2.0, 9.0),
        &Gamma::new(3.0, 2.0),
        &Beta::new(2.0, 0.7),
        &Exponential::new(0.1),
        &Laplace::new(0.0, 1.0),
    ];
    for distribution in all {
        for p in [1e-12, 1e-5, 0.01, 0.3, 0.5, 0.75, 0.99] {
            near(distribution.cdf(distribution.quantile(p)), p, 1e-10);
        }
        assert_eq!(distribution.cdf(distribution.quantile(0.0)), 0.0);
        assert_eq!(distribution.sf(distribution.quantile(1.0)), 0.0);
    }
}

#[test]
fn samples_come_from_their_distributions() {
    let all: [&dyn Continuous; 10] = [
        &Normal::new(2.0, 3.0),
        &StudentT::new(3.0),
        &ChiSquare::new(5.0),
        &FisherF::new(4.0, 12.0),
        &Gamma::new(0.4, 2.0),
        &Beta::new(2.0, 5.0),
        &Exponential::new(3.0),
        &Laplace::new(1.0, 0.5),
        &Cauchy::new(1.0, 2.0),
        &Uniform::new(1.0, 4.0),
    ];
    for (place, distribution) in all.into_iter().enumerate() {
        let xs = distribution.samples(2000, &mut random::rng(place as u64));
        let test = stats::ks(&xs, |x| distribution.cdf(x));
        assert!(test.p > 1e-3, "distribution {place}: {test:?}");
    }
}

#[test]
fn densities_have_their_moments() {
    let all: [&dyn Continuous; 6] = [
        &Normal::new(2.0, 3.0),
        &ChiSquare::new(5.0),
        &Gamma::new(2.5, 2.0),
        &Beta::new(2.0, 5.0),
        &Exponential::new(3.0),
        &FisherF::new(4.0, 30.0),
    ];
    for distribution in all {
        let (low, high) = (distribution.quantile(1e-15), distribution.quantile(1.0 - 1e-15));
        let moment = |k: i32| optim::integrate(&|x| x.powi(k) * distribution.pdf(x), low, high, 1e-10).unwrap();
        near(moment(0), 1.0, 1e-8);
        near(moment(1), distribution.mean(), 1e-8);
        near(moment(2) - moment(1) * moment(1), distribution.variance(), 1e-5);
    }
}

#[test]
fn counts_are_those_of_scipy() {
    let b = Binomial::new(20, 0.3);
    near(b.pmf(0), 0.0007979226629761171, 1e-12);
    near(b.pmf(6), 0.19163898275344254, 1e-12);
    near(b.pmf(20), 3.4867844009999975e-11, 1e-12);
    near(b.cdf(6), 0.6080098122009244, 1e-12);
    assert_eq!([0.025, 0.5, 0.975].map(|p| b.quantile(p)), [2, 6, 10]);
    assert_eq!((b.pmf(21), b.cdf(20), b.quantile(0.0)), (0.0, 1.0, 0));
    assert_eq!((Binomial::new(5, 0.0).pmf(0), Binomial::new(5, 1.0).pmf(5)), (1.0, 1.0));
    let p = Poisson::new(4.5);
    near(p.pmf(4), 0.18980762054012446, 1e-12);
    near(p.pmf(20), 5.29420178422907e-08, 1e-12);
    near(p.cdf(4), 0.5321035763747151, 1e-12);
    assert_eq!([0.025, 0.5, 0.975].map(|q| p.quantile(q)), [1, 4, 9]);
    let mut rng = random::rng(3);
    let counts: Vec<f64> = (0..5000).map(|_| b.sample(&mut rng) as f64).collect();
    assert!((stats::mean(&counts) - 6.0).abs() < 0.12 && (stats::variance(&counts) - b.variance()).abs() < 0.4);
}

#[test]
fn special_functions_are_those_of_scipy() {
    near(dist::digamma(0.1), -10.423754940411076, 1e-14);
    near(dist::digamma(1.0), -0.5772156649015329, 1e-14);
    near(dist::digamma(10.5), 2.3030010342976865, 1e-14);
    near(dist::ln_gamma(10.5), 13.940625219403763, 1e-14);
    near(dist::gamma_p(0.5, 0.1), 0.34527915398142317, 1e-13);
    near(dist::gamma_p(100.0, 90.0), 0.15822098918643007, 1e-12);
    near(dist::gamma_q(0.5, 30.0), 9.485737571073857e-15, 1e-12);
    near(dist::gamma_q(100.0, 150.0), 5.924540335483916e-06, 1e-12);
    near(dist::beta_inc(0.5, 0.5, 0.2), 0.2951672353008665, 1e-13);
    near(dist::beta_inc(10.0, 3.0, 0.9), 0.889130022255, 1e-12);
    near(dist::beta_inc(100.0, 200.0, 0.3), 0.10884306564490986, 1e-12);
    near(dist::ln_choose(50, 7).exp(), 99_884_400.0, 1e-12);
    for (x, wanted) in
        [(0.4, 0.9971923267772983), (0.8, 0.5441424115741981), (1.0, 0.26999967167735456), (2.5, 7.453306344157342e-06)]
    {
        near(dist::kolmogorov_sf(x), wanted, 1e-10);
    }
}

#[test]
#[should_panic(expected = "dist: σ must be positive, not -1")]
fn a_negative_deviation_is_refused() {
    Normal::new(0.0, -1.0);
}

#[test]
#[should_panic(expected = "dist: 1.5 is not a probability")]
fn a_quantile_of_more_than_one_is_refused() {
    ChiSquare::new(2.0).quantile(1.5);
}

#[test]
fn the_normal_distribution_of_vectors_has_its_density_and_its_conditional() -> Result {
    let d = MultivariateNormal::new([1.0, 2.0], &array![[2.0, 0.5], [0.5, 1.0]])?;
    near(d.ln_pdf([0.0, 3.0])?, -3.2605421032342, 1e-12);
    let given = d.given(&[1], [3.0])?;
    near(given.mean()[0], 1.5, 1e-14);
    near(given.covariance()[[0, 0]], 1.75, 1e-14);
    // p(x, y) = p(y)·p(x | y).
    let both = Normal::new(2.0, 1.0).ln_pdf(3.0) + given.ln_pdf([0.0])?;
    near(d.ln_pdf([0.0, 3.0])?, both, 1e-12);
    let xs = d.samples(4000, &mut random::rng(5));
    let covariance = stats::covariance_matrix(&xs);
    assert!((&covariance - d.covariance()).iter().all(|away| away.abs() < 0.15), "{covariance}");
    let squares: Vec<f64> = xs.rows().into_iter().map(|row| d.mahalanobis2(row)).collect::<Result<_, _>>()?;
    assert!(stats::ks(&squares, |x| ChiSquare::new(2.0).cdf(x)).p > 1e-3);
    let message = MultivariateNormal::new([0.0, 0.0], &array![[1.0, 2.0], [2.0, 1.0]]).unwrap_err().to_string();
    assert_eq!(message, "linalg: the matrix is not positive definite");
    Ok(())
}
