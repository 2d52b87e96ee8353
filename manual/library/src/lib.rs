//! A weight on a rod: how it swings, and how long that takes.

use std::f64::consts::PI;

/// Acceleration of free fall, in m/s².
const G: f64 = 9.81;

/// A weight on a rod without weight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pendulum {
    /// Length of the rod, in metres.
    pub length: f64,
}

impl Pendulum {
    /// A pendulum whose rod has this length, in metres.
    ///
    /// # Panics
    /// When the length is not positive.
    pub fn new(length: f64) -> Self {
        assert!(length > 0.0, "a rod of {length} m cannot swing");
        Self { length }
    }

    /// Seconds and angles (radians), every hundredth of a second, of a weight that is let go at `angle`.
    pub fn swing(&self, angle: f64, seconds: f64) -> Vec<(f64, f64)> {
        const STEP: f64 = 0.01;
        let pull = |angle: f64| -G / self.length * angle.sin();
        let (mut at, mut speed) = (angle, 0.0);
        let mut path = vec![(0.0, at)];
        for step in 1..=(seconds / STEP).round() as u32 {
            // Half a step of speed, a step of place, half a step of speed: energy neither grows nor fades.
            speed += pull(at) * STEP / 2.0;
            at += speed * STEP;
            speed += pull(at) * STEP / 2.0;
            path.push((f64::from(step) * STEP, at));
        }
        path
    }

    /// The time of a full swing, in seconds, by the arithmetic-geometric mean.
    pub fn period(&self, angle: f64) -> f64 {
        let (mut a, mut b) = (1.0_f64, (angle / 2.0).cos());
        while (a - b).abs() > 1e-15 {
            (a, b) = ((a + b) / 2.0, (a * b).sqrt());
        }
        self.small() / a
    }

    /// The time of a full swing that is small.
    pub fn small(&self) -> f64 {
        2.0 * PI * (self.length / G).sqrt()
    }
}
