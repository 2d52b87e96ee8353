//! Derivatives three ways, minima, roots, integrals, transforms.

use ml::dual::{self, Dual};
use ml::fft::Complex;
use ml::optim;
use ml::prelude::*;
use ml::tape::{Node, Tape};

#[track_caller]
fn near(found: f64, wanted: f64, tolerance: f64) {
    assert!((found - wanted).abs() <= tolerance * (1.0 + wanted.abs()), "{found:e}, not {wanted:e}");
}

fn rosenbrock(x: &[f64]) -> f64 {
    (1.0 - x[0]).powi(2) + 100.0 * (x[1] - x[0] * x[0]).powi(2)
}

fn slopes(x: &[f64]) -> Vec<f64> {
    let bend = x[1] - x[0] * x[0];
    vec![-2.0 * (1.0 - x[0]) - 400.0 * x[0] * bend, 200.0 * bend]
}

#[test]
fn differences_dual_numbers_and_the_tape_give_one_gradient() {
    let by_dual = |x: &[Dual]| {
        (x[0] * x[1]).sin() / (x[1].exp() + 2.0) + x[0].tanh().powi(3) - x[1].sqrt().ln() * x[0].sigmoid()
            + (-x[0]).cos()
            + x[1].relu()
    };
    let by_tape = |x: &[Node<'_>]| {
        let wave = (x[0] * x[1]).sin() / (x[1].exp() + 2.0);
        (wave + x[0].tanh().powi(3) - x[1].sqrt().ln() * x[0].sigmoid() + (-x[0]).cos() + x[1].relu()).backward()
    };
    let plain = |x: &[f64]| by_dual(&[Dual::constant(x[0]), Dual::constant(x[1])]).value;
    for x in [[0.3, 1.7], [-2.0, 0.4], [5.0, 9.0]] {
        let forward = dual::gradient(&by_dual, &x);
        let tape = Tape::new();
        let nodes = tape.vars(&x);
        let gradients = by_tape(&nodes);
        let differences = optim::gradient(&plain, &x);
        for k in 0..2 {
            near(gradients.of(nodes[k]), forward[k], 1e-14);
            near(differences[k], forward[k], 1e-8);
        }
        assert!(optim::gradient_error(&plain, &x, &forward) < 1e-8);
        assert!(optim::gradient_error(&plain, &x, &[-forward[0], forward[1]]) > 0.01);
    }
}

#[test]
fn a_number_used_twice_gets_both_derivatives_and_one_unused_gets_none() {
    let tape = Tape::new();
    let (x, unused) = (tape.var(3.0), tape.var(1.0));
    let gradients = (x * x + 2.0 * x - 1.0 / x).backward();
    near(gradients.of(x), 6.0 + 2.0 + 1.0 / 9.0, 1e-15);
    assert_eq!(gradients.of(unused), 0.0);
    // A zero that an infinite derivative is multiplied by stays a zero.
    let zero = tape.var(0.0);
    assert_eq!((zero.sqrt() * 0.0 + zero).backward().of(zero), 1.0);
    assert_eq!((tape.var(0.0).relu().backward().of(zero), Dual { value: 0.0, slope: 1.0 }.relu().slope), (0.0, 0.0));
}

#[test]
fn jacobians_and_hessians_are_those_by_hand() {
    let x = [-1.2, 1.0];
    let hessian = optim::hessian(&rosenbrock, &x);
    let wanted = array![[2.0 - 400.0 * (x[1] - 3.0 * x[0] * x[0]), -400.0 * x[0]], [-400.0 * x[0], 200.0]];
    hessian.iter().zip(&wanted).for_each(|(found, wanted)| near(*found, *wanted, 1e-5));
    let jacobian = optim::jacobian(&|x| slopes(x), &x);
    jacobian.iter().zip(&wanted).for_each(|(found, wanted)| near(*found, *wanted, 1e-8));
}

#[test]
fn searches_find_the_bottom_of_rosenbrocks_valley() -> Result {
    let f = |x: &[f64]| (rosenbrock(x), slopes(x));
    for found in [optim::bfgs(&f, &[-1.2, 1.0], 1e-8, 200)?, optim::lbfgs(&f, &[-1.2, 1.0], 5, 1e-8, 200)?] {
        near(found.x[0], 1.0, 1e-7);
        near(found.x[1], 1.0, 1e-7);
        assert!(found.steps < 60 && found.path.len() == found.steps + 1 && found.calls >= found.steps, "{found:?}");
    }
    let step = optim::line_search(
        &rosenbrock,
        &[-1.2, 1.0],
        &slopes(&[-1.2, 1.0]),
        &slopes(&[-1.2, 1.0]).iter().map(|g| -g).collect::<Vec<_>>(),
        1.0,
    )?;
    assert!(step > 0.0 && step < 0.01);
    let message = optim::line_search(&rosenbrock, &[-1.2, 1.0], &[1.0, 0.0], &[1.0, 0.0], 1.0).unwrap_err().to_string();
    assert_eq!(message, "optim: the direction does not lead down: the slope is 1");
    assert_eq!(optim::bfgs(&f, &[-1.2, 1.0], 1e-8, 3).unwrap_err().to_string(), "optim: no convergence after 3 steps");
    assert_eq!(optim::bfgs(&|_| (f64::NAN, vec![f64::NAN]), &[1.0], 1e-8, 9).unwrap_err(), optim::Error::NotFinite);
    Ok(())
}

#[test]
fn conjugate_gradients_need_as_many_steps_as_there_are_eigenvalues() -> Result {
    let scales: Vec<f64> = (0..30).map(|k| f64::from(1 + k % 3)).collect();
    let found =
        optim::conjugate_gradients(&|x| x.iter().zip(&scales).map(|(x, s)| x * s).collect(), &[1.0; 30], 1e-12, 30)?;
    assert_eq!(found.steps, 3);
    found.x.iter().zip(&scales).for_each(|(x, s)| near(*x, 1.0 / s, 1e-12));
    assert!(optim::conjugate_gradients(&|x| x.iter().map(|x| -x).collect(), &[1.0], 1e-12, 5).is_err());
    assert_eq!(optim::conjugate_gradients(&|x| x.to_vec(), &[0.0; 2], 1e-12, 5)?.x, [0.0, 0.0]);
    Ok(())
}

#[test]
fn roots_minima_and_integrals() -> Result {
    near(optim::root(&|x| x * x - 2.0, 0.0, 2.0, 1e-15)?, 2_f64.sqrt(), 1e-15);
    near(optim::root(&|x| x.cos() - x, 0.0, 1.0, 1e-15)?, 0.7390851332151607, 1e-15);
    near(optim::root(&|x| (x - 0.3).powi(9), -1.0, 2.0, 1e-12)?, 0.3, 1e-2);
    assert_eq!(optim::root(&|x| x, 0.0, 1.0, 1e-12)?, 0.0);
    assert!(optim::root(&|x| x * x + 1.0, -1.0, 1.0, 1e-9).is_err());
    near(optim::minimum(&|x| (x - 0.7).powi(2) + 3.0, -4.0, 9.0, 1e-8)?, 0.7, 1e-7);
    near(optim::integrate(&|x| x.exp(), 0.0, 1.0, 1e-14)?, 1_f64.exp() - 1.0, 1e-14);
    near(optim::integrate(&|x| x.sqrt(), 0.0, 1.0, 1e-10)?, 2.0 / 3.0, 1e-10);
    near(optim::integrate(&|x| (-x * x).exp(), -9.0, 9.0, 1e-13)?, std::f64::consts::PI.sqrt(), 1e-13);
    near(optim::integrate(&|x| x, 1.0, 0.0, 1e-13)?, -0.5, 1e-14);
    assert_eq!(optim::integrate(&|x| 1.0 / x, 0.0, 0.0, 1e-9).unwrap_err(), optim::Error::NotFinite);
    Ok(())
}

#[test]
fn the_fast_transform_is_the_sum_that_defines_it() {
    let mut rng = random::rng(1);
    for n in [0, 1, 2, 3, 4, 5, 8, 12, 17, 64, 100, 127] {
        let x: Vec<Complex> = (0..n).map(|_| Complex::new(rng.normal(), rng.normal())).collect();
        let found = fft::fft(&x);
        for (k, found) in found.iter().enumerate() {
            let angle = |j: usize| -std::f64::consts::TAU * ((j * k) % n) as f64 / n as f64;
            let wanted: Complex =
                x.iter().enumerate().map(|(j, x)| x * Complex::new(angle(j).cos(), angle(j).sin())).sum();
            assert!((found - wanted).norm() < 1e-12 * (1.0 + n as f64), "{n}, {k}");
        }
        assert!(fft::ifft(&found).iter().zip(&x).all(|(a, b)| (a - b).norm() < 1e-13 * (1.0 + n as f64)));
    }
    // NumPy: fft([1, 2, 0, −1, 3])[1].
    let one = fft::fft_real([1, 2, 0, -1, 3])[1];
    assert!((one - Complex::new(3.354_101_966_249_684, 0.363_271_264_002_680_4)).norm() < 1e-14);
}

#[test]
fn a_convolution_is_the_same_both_ways() {
    let mut rng = random::rng(2);
    for (n, m) in [(1, 1), (3, 5), (40, 7), (1000, 13)] {
        let (x, y) = (rng.normals(n), rng.normals(m));
        let found = fft::convolve(&x, &y);
        assert_eq!(found.len(), n + m - 1);
        for k in 0..n + m - 1 {
            let wanted: f64 = (0..m).filter(|&j| j <= k && k - j < n).map(|j| y[j] * x[k - j]).sum();
            near(found[k], wanted, 1e-12);
        }
    }
    assert_eq!(fft::convolve(Vec::<f64>::new(), [1.0]).len(), 0);
}
