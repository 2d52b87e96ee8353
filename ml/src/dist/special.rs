//! Special functions that distributions are made of.

/// The error function 2/√π ∫₀ˣ e^(−t²) dt.
pub fn erf(x: f64) -> f64 {
    libm::erf(x)
}

/// 1 − erf(x), small values to full precision.
pub fn erfc(x: f64) -> f64 {
    libm::erfc(x)
}

/// The logarithm of |Γ(x)|.
pub fn ln_gamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// The logarithm of B(a, b) = Γ(a)Γ(b)/Γ(a + b).
pub fn ln_beta(a: f64, b: f64) -> f64 {
    ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b)
}

/// The logarithm of the number of ways to choose k of n.
pub fn ln_choose(n: u64, k: u64) -> f64 {
    if k > n {
        return f64::NEG_INFINITY;
    }
    ln_gamma(n as f64 + 1.0) - ln_gamma(k as f64 + 1.0) - ln_gamma((n - k) as f64 + 1.0)
}

/// ψ(x) = Γ′(x)/Γ(x) for x > 0, by recurrence and Stirling's series; NaN for the rest.
pub fn digamma(x: f64) -> f64 {
    if x <= 0.0 || x.is_nan() {
        return f64::NAN;
    }
    let (mut x, mut sum) = (x, 0.0);
    while x < 12.0 {
        sum -= 1.0 / x;
        x += 1.0;
    }
    let square = 1.0 / (x * x);
    let series = [1.0 / 12.0, -1.0 / 120.0, 1.0 / 252.0, -1.0 / 240.0, 1.0 / 132.0, -691.0 / 32760.0, 1.0 / 12.0];
    let tail = series.into_iter().rev().fold(0.0, |tail, coefficient| (tail + coefficient) * square);
    sum + libm::log(x) - 0.5 / x - tail
}

/// The regularised lower incomplete gamma function P(a, x) = γ(a, x)/Γ(a), a > 0, x ⩾ 0 (series, or 1 − Q).
pub fn gamma_p(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return if x == 0.0 { 0.0 } else { f64::NAN };
    }
    if x.is_infinite() {
        return 1.0;
    }
    if x < a + 1.0 { gamma_series(a, x) } else { 1.0 - gamma_fraction(a, x) }
}

/// The regularised upper one, Q(a, x) = 1 − P(a, x), small values to full precision (the continued fraction by Lentz's method;
/// Press et al., Numerical Recipes, 2007, § 6.2).
pub fn gamma_q(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return if x == 0.0 { 1.0 } else { f64::NAN };
    }
    if x.is_infinite() {
        return 0.0;
    }
    if x < a + 1.0 { 1.0 - gamma_series(a, x) } else { gamma_fraction(a, x) }
}

/// The regularised incomplete beta function I_x(a, b) for a, b > 0 and x in [0; 1] (continued fraction; Press et al., 2007, § 6.4).
pub fn beta_inc(a: f64, b: f64, x: f64) -> f64 {
    beta_inc_at(a, b, x, 1.0 - x)
}

/// As [`beta_inc`], with 1 − x given apart, so that an x near 1 loses nothing.
pub(super) fn beta_inc_at(a: f64, b: f64, x: f64, rest: f64) -> f64 {
    if x.is_nan() || !(0.0..=1.0).contains(&x) {
        return f64::NAN;
    }
    if x == 0.0 || rest == 0.0 {
        return if x == 0.0 { 0.0 } else { 1.0 };
    }
    let front = libm::exp(a * libm::log(x) + b * libm::log(rest) - ln_beta(a, b));
    if x < (a + 1.0) / (a + b + 2.0) {
        front * beta_fraction(a, b, x) / a
    } else {
        1.0 - front * beta_fraction(b, a, rest) / b
    }
}

/// Far more terms than a fraction needs; their number grows as the root of the parameters.
const TERMS: usize = 100_000;
/// What Lentz's method puts in place of a zero.
const TINY: f64 = 1e-300;

fn gamma_series(a: f64, x: f64) -> f64 {
    let (mut term, mut sum, mut n) = (1.0 / a, 1.0 / a, a);
    for _ in 0..TERMS {
        n += 1.0;
        term *= x / n;
        sum += term;
        if term < sum * f64::EPSILON / 4.0 {
            break;
        }
    }
    sum * libm::exp(a * libm::log(x) - x - ln_gamma(a))
}

fn gamma_fraction(a: f64, x: f64) -> f64 {
    let mut b = x + 1.0 - a;
    let mut c = 1.0 / TINY;
    let mut d = 1.0 / b;
    let mut product = d;
    for i in 1..TERMS {
        let i = i as f64;
        let factor = -i * (i - a);
        b += 2.0;
        d = 1.0 / away(factor * d + b);
        c = away(b + factor / c);
        product *= c * d;
        if (c * d - 1.0).abs() < f64::EPSILON {
            break;
        }
    }
    product * libm::exp(a * libm::log(x) - x - ln_gamma(a))
}

fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    let mut c = 1.0;
    let mut d = 1.0 / away(1.0 - (a + b) * x / (a + 1.0));
    let mut product = d;
    for m in 1..TERMS {
        let m = m as f64;
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / away(1.0 + even * d);
        c = away(1.0 + even / c);
        product *= c * d;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / away(1.0 + odd * d);
        c = away(1.0 + odd / c);
        product *= c * d;
        if (c * d - 1.0).abs() < f64::EPSILON {
            break;
        }
    }
    product
}

fn away(x: f64) -> f64 {
    if x.abs() < TINY { TINY } else { x }
}
