//! Decompositions against residuals, published values and NumPy 2.4.6.

use ml::linalg::{self, Error};
use ml::prelude::*;

#[track_caller]
fn near(found: f64, wanted: f64, tolerance: f64) {
    assert!((found - wanted).abs() <= tolerance * (1.0 + wanted.abs()), "{found:e}, not {wanted:e}");
}

/// The largest |aᵢⱼ − bᵢⱼ|, NaN when there is one.
fn away(a: &Array2<f64>, b: &Array2<f64>) -> f64 {
    assert_eq!(a.dim(), b.dim());
    (a - b).iter().map(|x| x.abs()).fold(0.0, larger)
}

fn hilbert(n: usize) -> Array2<f64> {
    Array2::from_shape_fn((n, n), |(i, j)| 1.0 / (i + j + 1) as f64)
}

/// Square, tall, wide, of one row or column, deficient, badly scaled, zero.
fn matrices() -> Vec<Array2<f64>> {
    let mut rng = random::rng(4);
    let mut all: Vec<Array2<f64>> = [(1, 1), (3, 3), (7, 4), (4, 7), (1, 5), (5, 1), (20, 20), (60, 8)]
        .map(|shape| rng.normal_array(shape))
        .to_vec();
    all.push(hilbert(8));
    all.push(array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]);
    all.push(linalg::product(&rng.normal_array((9, 2)), &rng.normal_array((2, 6))).unwrap());
    all.push(Array2::zeros((3, 2)));
    all.push(Array2::eye(5));
    all.push(array![[1e150, 0.0], [0.0, 1e-150]]);
    all.push(array![[0.0, 1.0], [0.0, 0.0]]);
    all
}

fn orthonormal(q: &Array2<f64>) -> f64 {
    away(&linalg::product(&q.t().to_owned(), q).unwrap(), &Array2::eye(q.ncols()))
}

#[test]
fn singular_vectors_are_orthonormal_and_put_the_matrix_together() -> Result {
    for a in matrices() {
        let svd = linalg::svd(&a)?;
        let scale = svd.s[0].max(f64::MIN_POSITIVE);
        assert!(orthonormal(&svd.u) < 1e-13 && orthonormal(&svd.vt.t().to_owned()) < 1e-13, "{a}");
        assert!(away(&svd.truncated(a.ncols()), &a) < 1e-13 * scale, "{a}");
        assert!(svd.s.iter().zip(svd.s.iter().skip(1)).all(|(more, less)| more >= less && *less >= 0.0), "{}", svd.s);
    }
    Ok(())
}

#[test]
fn singular_values_of_hilberts_matrix_are_those_of_numpy() -> Result {
    let wanted = [
        1.6188998589243393,
        0.24236087057520947,
        0.016321521319875812,
        0.0006157483541826451,
        1.2570757122632469e-05,
        1.0827994844462713e-07,
    ];
    let s = linalg::svd(&hilbert(6))?.s;
    s.iter().zip(wanted).for_each(|(found, wanted)| near(*found, wanted, 1e-15));
    near(linalg::condition(&hilbert(6))?, 14951058.64177819, 1e-9);
    let s = linalg::svd(&array![[4.0, 0.0], [3.0, -5.0]])?.s;
    near(s[0], 2.0 * 10_f64.sqrt(), 1e-15);
    near(s[1], 10_f64.sqrt(), 1e-15);
    Ok(())
}

#[test]
fn ranks_are_those_that_rounding_lets_one_see() -> Result {
    let ranks: Vec<usize> = matrices().iter().map(linalg::rank).collect::<Result<_, _>>()?;
    assert_eq!(ranks, [1, 3, 4, 4, 1, 1, 20, 8, 8, 2, 2, 0, 5, 1, 1]);
    assert_eq!(linalg::condition(&Array2::zeros((2, 2)))?, f64::INFINITY);
    Ok(())
}

#[test]
fn the_pseudo_inverse_meets_the_four_conditions_of_penrose() -> Result {
    for a in matrices().into_iter().filter(|a| a.iter().all(|x| x.abs() < 1e100)) {
        let p = linalg::pinv(&a)?;
        let size = 1.0 + linalg::frobenius(&p);
        let (ap, pa) = (linalg::product(&a, &p)?, linalg::product(&p, &a)?);
        assert!(away(&linalg::product(&ap, &a)?, &a) < 1e-12 * size);
        assert!(away(&linalg::product(&pa, &p)?, &p) < 1e-12 * size * size);
        assert!(away(&ap, &ap.t().to_owned()) < 1e-12 * size && away(&pa, &pa.t().to_owned()) < 1e-12 * size);
    }
    Ok(())
}

#[test]
fn systems_are_solved_and_factors_put_the_matrix_together() -> Result {
    let mut rng = random::rng(5);
    for n in [1, 2, 5, 30] {
        let (a, x) = (rng.normal_array((n, n)), rng.normals(n));
        let b: Vec<f64> = a.rows().into_iter().map(|row| linalg::dot(row, &x)).collect();
        let found = linalg::solve(&a, &b)?;
        assert!(linalg::distance(&found, &x) < 1e-11 * linalg::norm(&x), "{n}");
        let lu = linalg::lu(&a)?;
        assert!(away(&linalg::product(&lu.l, &lu.u)?, &a.select(Axis(0), &lu.rows)) < 1e-14 * n as f64);
        assert!(lu.l.iter().all(|l| l.abs() <= 1.0), "the largest pivot is taken");
        assert!(away(&linalg::product(&a, &linalg::inverse(&a)?)?, &Array2::eye(n)) < 1e-11);
        let other = rng.normal_array((n, n));
        let both = linalg::det(&linalg::product(&a, &other)?)?;
        near(both, linalg::det(&a)? * linalg::det(&other)?, 1e-9);
    }
    near(linalg::det(&array![[2.0, -1.0, 0.0], [1.0, 3.0, 4.0], [0.0, 5.0, -2.0]])?, -54.0, 1e-14);
    assert_eq!(linalg::det(&array![[0.0, 1.0], [1.0, 0.0]])?, -1.0);
    assert_eq!(linalg::det(&array![[1.0, 2.0], [2.0, 4.0]])?, 0.0);
    Ok(())
}

#[test]
fn orthonormal_bases_stay_orthonormal_where_gram_and_schmidt_lose_them() -> Result {
    for a in matrices().into_iter().filter(|a| a.iter().all(|x| x.abs() < 1e100)) {
        let qr = linalg::qr(&a)?;
        assert!(orthonormal(&qr.q) < 1e-14 * 10.0, "{a}");
        assert!(away(&linalg::product(&qr.q, &qr.r)?, &a) < 1e-13 * (1.0 + linalg::frobenius(&a)));
        assert!(qr.r.indexed_iter().all(|((i, j), r)| if i > j { *r == 0.0 } else { i < j || *r >= 0.0 }));
    }
    Ok(())
}

#[test]
fn least_squares_leave_a_residual_at_right_angles() -> Result {
    let mut rng = random::rng(6);
    for (n, m) in [(30, 4), (5, 5), (4, 9)] {
        let (a, b) = (rng.normal_array((n, m)), rng.normals(n));
        let x = linalg::least_squares(&a, &b)?;
        let residual: Vec<f64> = a.rows().into_iter().zip(&b).map(|(row, b)| b - linalg::dot(row, &x)).collect();
        assert!(a.columns().into_iter().all(|column| linalg::dot(column, &residual).abs() < 1e-12 * n as f64));
    }
    // Of all solutions of x + y = 2 the shortest.
    let x = linalg::least_squares(&array![[1.0, 1.0], [2.0, 2.0]], [2.0, 4.0])?;
    assert!(linalg::distance(&x, [1.0, 1.0]) < 1e-14);
    Ok(())
}

#[test]
fn eigenvectors_of_symmetric_matrices() -> Result {
    let second_difference = Array2::from_shape_fn((50, 50), |(i, j)| match i.abs_diff(j) {
        0 => 2.0,
        1 => -1.0,
        _ => 0.0,
    });
    let found = linalg::eigh(&second_difference)?;
    let wanted = (1..=50).rev().map(|k| 2.0 - 2.0 * (f64::from(k) * std::f64::consts::PI / 51.0).cos());
    found.values.iter().zip(wanted).for_each(|(found, wanted)| assert!((found - wanted).abs() < 1e-14));
    let a = array![[4.0, 1.0, 2.0], [1.0, 3.0, 0.0], [2.0, 0.0, -1.0]];
    for a in [&second_difference, &a, &Array2::eye(4), &Array2::zeros((2, 2)), &hilbert(10)] {
        let linalg::Eigh { values, vectors } = linalg::eigh(a)?;
        assert!(orthonormal(&vectors) < 1e-13);
        assert!(away(&linalg::product(a, &vectors)?, &(&vectors * &values)) < 1e-13 * (1.0 + linalg::frobenius(a)));
    }
    let values = linalg::eigh(&a)?.values;
    values
        .iter()
        .zip([5.123983179505811, 2.6014655557952935, -1.7254487353011072])
        .for_each(|(v, w)| near(*v, w, 1e-14));
    Ok(())
}

#[test]
fn eigenvectors_of_any_square_matrix() -> Result {
    let mut rng = random::rng(8);
    let turn = array![[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 0.0]];
    let defective = array![[1.0, 1.0], [0.0, 1.0]];
    let matrices = [
        rng.normal_array((6, 6)),
        turn.clone(),
        defective.clone(),
        Array2::eye(3),
        array![[2.0, 1.0], [1.0, 2.0]],
        Array2::zeros((2, 2)),
    ];
    for a in &matrices {
        let found = linalg::eig(a)?;
        for (k, value) in found.values.iter().enumerate() {
            let v = found.vectors.column(k);
            let length: f64 = v.iter().map(|z| z.norm_sqr()).sum();
            near(length, 1.0, 1e-13);
            for i in 0..a.nrows() {
                let image: fft::Complex = (0..a.nrows()).map(|j| v[j] * a[[i, j]]).sum();
                assert!((image - v[i] * value).norm() < 1e-7, "{a}: {value}");
            }
        }
        let trace: fft::Complex = found.values.iter().sum();
        near(trace.re, a.diag().sum(), 1e-12);
        assert!(trace.im.abs() < 1e-12);
    }
    let values = linalg::eig(&turn)?.values;
    assert!((values[0] - fft::Complex::new(1.0, 0.0)).norm() < 1e-14 && values[0].im == 0.0);
    assert!((values[1] - fft::Complex::new(-0.5, 0.75_f64.sqrt())).norm() < 1e-14);
    // The columns of the identity's vectors are independent, those of a matrix that cannot be diagonalised are not.
    let determinant = |a: &Array2<f64>| -> Result<f64> { Ok(linalg::det(&linalg::eig(a)?.vectors.mapv(|z| z.re))?) };
    near(determinant(&Array2::eye(3))?.abs(), 1.0, 1e-12);
    assert!(determinant(&defective)?.abs() < 1e-7);
    Ok(())
}

#[test]
fn cholesky_is_a_test_of_positive_definiteness() -> Result {
    let mut rng = random::rng(9);
    let b = rng.normal_array((6, 6));
    let a = linalg::product(&b, &b.t().to_owned())? + Array2::<f64>::eye(6);
    let factor = linalg::cholesky(&a)?;
    assert!(away(&linalg::product(factor.l(), &factor.l().t().to_owned())?, &a) < 1e-13);
    near(factor.ln_det(), linalg::det(&a)?.ln(), 1e-12);
    assert!(linalg::distance(factor.solve([1.0; 6])?, linalg::solve(&a, [1.0; 6])?) < 1e-13);
    assert_eq!(linalg::cholesky(&array![[1.0, 2.0], [2.0, 1.0]]).unwrap_err(), Error::NotPositiveDefinite);
    assert_eq!(linalg::cholesky(&array![[1.0, 2.0], [0.0, 1.0]]).unwrap_err(), Error::NotSymmetric { place: (1, 0) });
    Ok(())
}

#[test]
fn what_cannot_be_solved_says_why() {
    let messages = [
        linalg::solve(&array![[1.0, 2.0], [2.0, 4.0]], [1.0, 2.0]).unwrap_err(),
        linalg::solve(&array![[1.0, 2.0]], [1.0]).unwrap_err(),
        linalg::solve(&array![[1.0]], [1.0, 2.0]).unwrap_err(),
        linalg::solve(&array![[f64::NAN]], [1.0]).unwrap_err(),
        linalg::svd(&Array2::zeros((0, 3))).unwrap_err(),
        linalg::product(&array![[1.0, 2.0]], &array![[1.0, 2.0]]).unwrap_err(),
        linalg::eigh(&array![[1.0, 2.0], [3.0, 1.0]]).unwrap_err(),
    ];
    assert_eq!(
        messages.map(|error| error.to_string()),
        [
            "linalg: the matrix is singular",
            "linalg: a matrix 1 × 2 is not square",
            "linalg: shapes 1 × 1 and 2 × 1 do not fit",
            "linalg: element [0, 0] is not a finite number",
            "linalg: the matrix is empty",
            "linalg: shapes 1 × 2 and 1 × 2 do not fit",
            "linalg: elements [1, 0] and [0, 1] differ",
        ]
    );
}

#[test]
fn norms_neither_overflow_nor_vanish() {
    assert!((linalg::norm([3e200, 4e200]) / 5e200 - 1.0).abs() < 1e-15);
    assert!((linalg::norm([3e-200, 4e-200]) / 5e-200 - 1.0).abs() < 1e-15);
    assert_eq!((linalg::norm([0.0, 0.0]), linalg::norm([f64::INFINITY, 1.0])), (0.0, f64::INFINITY));
    assert!(linalg::norm([f64::NAN, 1.0]).is_nan());
    near(linalg::cosine([1.0, 2.0], [2.0, 4.0]), 1.0, 1e-15);
    near(linalg::cosine([1e-300, 0.0], [1e-300, 1e-300]), 0.5_f64.sqrt(), 1e-15);
    assert!(linalg::cosine([0.0, 0.0], [1.0, 0.0]).is_nan());
    let a = array![[1.0, -2.0], [3.0, 4.0]];
    assert_eq!((linalg::norm_1(&a), linalg::norm_inf(&a), linalg::frobenius(&a)), (6.0, 7.0, 30_f64.sqrt()));
    near(linalg::norm_2(&a).unwrap(), ((30.0 + (900.0_f64 - 400.0).sqrt()) / 2.0).sqrt(), 1e-14);
}

#[test]
fn signs_of_vectors_do_not_depend_on_the_sign_of_the_matrix() -> Result {
    let a = random::rng(2).normal_array((5, 3));
    let (plus, minus) = (linalg::svd(&a)?, linalg::svd(&a.mapv(|x| -x))?);
    assert!(away(&plus.u, &minus.u) < 1e-13 && away(&plus.vt, &minus.vt.mapv(|x| -x)) < 1e-13);
    Ok(())
}
