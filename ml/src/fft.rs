//! The fast Fourier transform, of any length.
//!
//! Its roots of unity come from `libm`, each computed for itself: `rustfft`, which would be the crate for this, takes them from the
//! operating system, whose last digit depends on the processor.
//!
//! ```
//! use ml::fft;
//! assert_eq!(fft::convolve([1.0, 2.0], [3.0, 4.0, 5.0]).map(|x| x.round()).to_vec(), [3.0, 10.0, 13.0, 10.0]);
//! ```

use std::f64::consts::TAU;

use ndarray::Array1;
pub use num_complex::Complex64 as Complex;

use crate::plot::Values;

/// X_k = Σ x_j·e^(−2πijk/n) for k = 0 … n − 1, in O(n log n) (Cooley and Tukey, 1965; lengths that are not powers of two by Bluestein, 1970).
pub fn fft(x: &[Complex]) -> Vec<Complex> {
    transform(x, -1.0)
}

/// The inverse: x_j = (1/n) Σ X_k·e^(2πijk/n).
pub fn ifft(spectrum: &[Complex]) -> Vec<Complex> {
    let scale = 1.0 / spectrum.len().max(1) as f64;
    transform(spectrum, 1.0).into_iter().map(|z| z * scale).collect()
}

/// The transform of real numbers, all n of its numbers; the second half mirrors the first.
pub fn fft_real(x: impl Values) -> Vec<Complex> {
    fft(&complex(x))
}

/// The convolution Σ_j x_j·y_(k − j), of length n + m − 1, by the theorem that it is a product of spectra.
///
/// An empty sequence gives an empty one.
pub fn convolve(x: impl Values, y: impl Values) -> Array1<f64> {
    let (mut x, mut y) = (complex(x), complex(y));
    if x.is_empty() || y.is_empty() {
        return Array1::zeros(0);
    }
    let length = x.len() + y.len() - 1;
    let size = length.next_power_of_two();
    x.resize(size, Complex::default());
    y.resize(size, Complex::default());
    let product: Vec<Complex> = fft(&x).into_iter().zip(fft(&y)).map(|(a, b)| a * b).collect();
    ifft(&product).into_iter().take(length).map(|z| z.re).collect()
}

fn complex(x: impl Values) -> Vec<Complex> {
    x.values().into_iter().map(Complex::from).collect()
}

fn transform(x: &[Complex], sign: f64) -> Vec<Complex> {
    match x.len() {
        0 | 1 => x.to_vec(),
        n if n.is_power_of_two() => by_halves(x, sign),
        _ => by_chirps(x, sign),
    }
}

/// e^(±2πik/n), exact where it is one of the four axes.
fn root(k: usize, n: usize, sign: f64) -> Complex {
    let turn = (k % n) as f64 / n as f64;
    let on_axis = [(0.0, 1.0, 0.0), (0.25, 0.0, 1.0), (0.5, -1.0, 0.0), (0.75, 0.0, -1.0)];
    let exact = on_axis.into_iter().find(|(at, ..)| *at == turn).map(|(_, re, im)| Complex::new(re, sign * im));
    exact.unwrap_or_else(|| Complex::new(libm::cos(TAU * turn), sign * libm::sin(TAU * turn)))
}

/// Even and odd places apart, from pairs up.
fn by_halves(x: &[Complex], sign: f64) -> Vec<Complex> {
    let n = x.len();
    let bits = n.trailing_zeros();
    let mut y: Vec<Complex> = (0..n).map(|k| x[k.reverse_bits() >> (usize::BITS - bits)]).collect();
    let roots: Vec<Complex> = (0..n / 2).map(|k| root(k, n, sign)).collect();
    let mut half = 1;
    while half < n {
        for block in y.chunks_mut(2 * half) {
            let (even, odd) = block.split_at_mut(half);
            for (k, (a, b)) in even.iter_mut().zip(odd).enumerate() {
                let turned = *b * roots[k * (n / (2 * half))];
                (*a, *b) = (*a + turned, *a - turned);
            }
        }
        half *= 2;
    }
    y
}

/// jk = (j² + k² − (k − j)²)/2 makes the transform a convolution, whose length can be a power of two.
fn by_chirps(x: &[Complex], sign: f64) -> Vec<Complex> {
    let n = x.len();
    let size = (2 * n - 1).next_power_of_two();
    // j²/2n turns: j² modulo 2n, so that a long sequence loses no digits.
    let chirp: Vec<Complex> = (0..n).map(|j| root((j * j) % (2 * n), 2 * n, sign)).collect();
    let mut a = vec![Complex::default(); size];
    let mut b = vec![Complex::default(); size];
    for j in 0..n {
        a[j] = x[j] * chirp[j];
        b[j] = chirp[j].conj();
        b[(size - j) % size] = chirp[j].conj();
    }
    let product: Vec<Complex> = by_halves(&a, -1.0).into_iter().zip(by_halves(&b, -1.0)).map(|(a, b)| a * b).collect();
    let convolved = by_halves(&product, 1.0);
    (0..n).map(|k| convolved[k] * chirp[k] / size as f64).collect()
}
