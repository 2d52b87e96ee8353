//! Seeded randomness: the same numbers on every machine.
//!
//! The generator is PCG-64 (O'Neill, 2014) from `rand_pcg`, whose stream is a promise of that crate. What `rand_distr` makes of a
//! stream depends on the logarithm of the operating system, so the distributions here are made with `libm`, which is the same
//! everywhere.

use candle_core::{Device, Shape, Tensor};
use ndarray::{Array1, Array2};
use rand_pcg::Pcg64;
use rand_pcg::rand_core::{Rng as _, SeedableRng};

/// A generator with a seed of one's own.
///
/// ```
/// use ml::random;
/// let (mut a, mut b) = (random::rng(7), random::rng(7));
/// assert_eq!(a.normal(), b.normal());
/// ```
pub fn rng(seed: u64) -> Rng {
    Rng { stream: Pcg64::seed_from_u64(seed), spare: None }
}

/// A generator with the seed of the page, which `seed=7` after `cell` sets.
pub fn seeded() -> Rng {
    rng(kernel::seed())
}

/// A source of random numbers.
#[derive(Clone, Debug)]
pub struct Rng {
    stream: Pcg64,
    /// The second number of a pair of normal ones.
    spare: Option<f64>,
}

impl Rng {
    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.stream.next_u64()
    }

    /// A number that is uniform on [0; 1).
    pub fn uniform(&mut self) -> f64 {
        const STEPS: f64 = (1_u64 << 53) as f64;
        (self.bits() >> 11) as f64 / STEPS
    }

    /// A number that is uniform between two others.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.uniform()
    }

    /// An integer below `n`, all equally likely (Lemire, 2019).
    ///
    /// # Panics
    /// When `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        assert!(n > 0, "random: nothing is below 0");
        let n = n as u64;
        let reject = n.wrapping_neg() % n;
        loop {
            let wide = u128::from(self.bits()) * u128::from(n);
            if wide as u64 >= reject {
                return (wide >> 64) as usize;
            }
        }
    }

    /// Whether something of probability `p` happens.
    pub fn chance(&mut self, p: f64) -> bool {
        self.uniform() < p
    }

    /// A place, with probability proportional to its weight.
    ///
    /// # Panics
    /// When a weight is negative, or none is positive.
    pub fn weighted(&mut self, weights: &[f64]) -> usize {
        let total: f64 = weights.iter().sum();
        assert!(total > 0.0 && weights.iter().all(|weight| *weight >= 0.0), "random: weights must be ⩾ 0, not all 0");
        let mut left = self.uniform() * total;
        for (place, weight) in weights.iter().enumerate() {
            left -= weight;
            if left < 0.0 {
                return place;
            }
        }
        // Rounding can leave a crumb after the last place.
        weights.iter().rposition(|weight| *weight > 0.0).expect("a weight is positive")
    }

    /// A standard normal number: mean 0, variance 1 (the polar method; Marsaglia and Bray, 1964).
    pub fn normal(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        loop {
            let (u, v) = (self.between(-1.0, 1.0), self.between(-1.0, 1.0));
            let square = u * u + v * v;
            if square > 0.0 && square < 1.0 {
                let scale = (-2.0 * libm::log(square) / square).sqrt();
                self.spare = Some(v * scale);
                return u * scale;
            }
        }
    }

    /// An exponential number with mean `1 / rate`.
    pub fn exponential(&mut self, rate: f64) -> f64 {
        -libm::log(1.0 - self.uniform()) / rate
    }

    /// A gamma number with the given shape and scale 1 (Marsaglia and Tsang, 2000).
    ///
    /// # Panics
    /// When the shape is not positive.
    pub fn gamma(&mut self, shape: f64) -> f64 {
        assert!(shape > 0.0, "random: the shape {shape} of a gamma number is not positive");
        if shape < 1.0 {
            return self.gamma(shape + 1.0) * libm::pow(1.0 - self.uniform(), 1.0 / shape);
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = (1.0 + c * x) * (1.0 + c * x) * (1.0 + c * x);
            if v > 0.0 && libm::log(1.0 - self.uniform()) < 0.5 * x * x + d - d * v + d * libm::log(v) {
                return d * v;
            }
        }
    }

    /// A beta number: the share of one gamma number in the sum of two.
    pub fn beta(&mut self, a: f64, b: f64) -> f64 {
        let (x, y) = (self.gamma(a), self.gamma(b));
        x / (x + y)
    }

    /// A Poisson number with the given mean (Knuth, 1969; time grows with the mean).
    pub fn poisson(&mut self, mean: f64) -> u64 {
        let mut left = mean;
        let mut events = 0;
        loop {
            left -= self.exponential(1.0);
            if left < 0.0 {
                return events;
            }
            events += 1;
        }
    }

    /// Puts a sequence into random order, all orders equally likely (Durstenfeld, 1964).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }

    /// The numbers 0 … n − 1 in random order.
    pub fn permutation(&mut self, n: usize) -> Vec<usize> {
        let mut places: Vec<usize> = (0..n).collect();
        self.shuffle(&mut places);
        places
    }

    /// One of the items.
    ///
    /// # Panics
    /// When there is none.
    pub fn choose<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// `k` different numbers below `n`, in random order.
    ///
    /// # Panics
    /// When `k > n`.
    pub fn sample(&mut self, n: usize, k: usize) -> Vec<usize> {
        assert!(k <= n, "random: there are no {k} different numbers below {n}");
        let mut places = self.permutation(n);
        places.truncate(k);
        places
    }

    /// `n` standard normal numbers.
    pub fn normals(&mut self, n: usize) -> Vec<f64> {
        (0..n).map(|_| self.normal()).collect()
    }

    /// `n` numbers that are uniform on [0; 1).
    pub fn uniforms(&mut self, n: usize) -> Vec<f64> {
        (0..n).map(|_| self.uniform()).collect()
    }

    /// A vector of standard normal numbers.
    pub fn normal_vector(&mut self, n: usize) -> Array1<f64> {
        self.normals(n).into()
    }

    /// A matrix of standard normal numbers, filled row by row.
    pub fn normal_array(&mut self, shape: (usize, usize)) -> Array2<f64> {
        Array2::from_shape_simple_fn(shape, || self.normal())
    }

    /// A matrix of numbers that are uniform on [0; 1), filled row by row.
    pub fn uniform_array(&mut self, shape: (usize, usize)) -> Array2<f64> {
        Array2::from_shape_simple_fn(shape, || self.uniform())
    }

    /// A tensor of standard normal `f32` numbers; candle's own `Tensor::randn` has no seed.
    ///
    /// # Errors
    /// When candle cannot make a tensor of this shape.
    pub fn normal_tensor(&mut self, shape: impl Into<Shape>) -> candle_core::Result<Tensor> {
        let shape = shape.into();
        let values: Vec<f32> = (0..shape.elem_count()).map(|_| self.normal() as f32).collect();
        Tensor::from_vec(values, shape, &Device::Cpu)
    }

    /// A tensor of `f32` numbers that are uniform on [0; 1); candle's own `Tensor::rand` has no seed.
    ///
    /// # Errors
    /// When candle cannot make a tensor of this shape.
    pub fn uniform_tensor(&mut self, shape: impl Into<Shape>) -> candle_core::Result<Tensor> {
        let shape = shape.into();
        let values: Vec<f32> = (0..shape.elem_count()).map(|_| self.uniform() as f32).collect();
        Tensor::from_vec(values, shape, &Device::Cpu)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_never_changes() {
        let mut rng = rng(2026);
        let numbers = (rng.bits(), rng.uniform(), rng.below(1000), rng.normal(), rng.gamma(0.5), rng.beta(2.0, 3.0));
        insta::assert_debug_snapshot!((numbers, rng.poisson(4.0), rng.permutation(8)));
    }

    #[test]
    fn moments_are_those_of_the_distributions() {
        const N: usize = 100_000;
        let mut rng = rng(1);
        let mut check = |name: &str, mean: f64, variance: f64, draw: &dyn Fn(&mut Rng) -> f64| {
            let values: Vec<f64> = (0..N).map(|_| draw(&mut rng)).collect();
            let found = values.iter().sum::<f64>() / N as f64;
            let spread = values.iter().map(|value| (value - found).powi(2)).sum::<f64>() / N as f64;
            assert!((found - mean).abs() < 4.0 * (variance / N as f64).sqrt(), "{name}: mean {found}, not {mean}");
            assert!((spread / variance - 1.0).abs() < 0.05, "{name}: variance {spread}, not {variance}");
        };
        check("uniform", 0.5, 1.0 / 12.0, &Rng::uniform);
        check("normal", 0.0, 1.0, &Rng::normal);
        check("exponential", 0.5, 0.25, &|rng| rng.exponential(2.0));
        check("gamma", 3.5, 3.5, &|rng| rng.gamma(3.5));
        check("gamma of a small shape", 0.3, 0.3, &|rng| rng.gamma(0.3));
        check("beta", 0.4, 0.04, &|rng| rng.beta(2.0, 3.0));
        check("poisson", 4.0, 4.0, &|rng| rng.poisson(4.0) as f64);
        check("below", 4.5, 8.25, &|rng| rng.below(10) as f64);
        check("weighted", 1.25, 0.6875, &|rng| rng.weighted(&[1.0, 1.0, 2.0]) as f64);
    }

    #[test]
    fn a_shuffle_loses_nothing() {
        let mut places = rng(3).permutation(100);
        places.sort_unstable();
        assert_eq!(places, (0..100).collect::<Vec<_>>());
    }
}
