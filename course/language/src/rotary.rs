//! Rotary positions (Su et al., 2021): pairs of numbers turned by an angle that grows with the place.

/// Cosines and sines of the angles: place·10000^(−2i/head) for the pair i, whose numbers are i and i + head/2.
#[derive(Clone, Debug)]
pub(crate) struct Rotary {
    half: usize,
    cosines: Vec<f32>,
    sines: Vec<f32>,
}

/// Which way to turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// By the angle of the place.
    Forward,
    /// Back by it, as gradients are.
    Back,
}

impl Rotary {
    pub(crate) fn new(head: usize, context: usize) -> Self {
        let half = head / 2;
        let angle = |place: usize, pair: usize| place as f64 * libm::pow(10_000.0, -(pair as f64) / half as f64);
        let angles = (0..context).flat_map(|place| (0..half).map(move |pair| angle(place, pair)));
        let (cosines, sines) = angles.map(|angle| (libm::cos(angle) as f32, libm::sin(angle) as f32)).unzip();
        Self { half, cosines, sines }
    }

    /// Turns all heads that lie one after another in a row, for its place.
    pub(crate) fn turn(&self, row: &mut [f32], place: usize, turn: Turn) {
        let angles = place * self.half..(place + 1) * self.half;
        let (cosines, sines) = (&self.cosines[angles.clone()], &self.sines[angles]);
        let sign = match turn {
            Turn::Forward => 1.0,
            Turn::Back => -1.0,
        };
        for head in row.chunks_exact_mut(2 * self.half) {
            let (first, second) = head.split_at_mut(self.half);
            for ((a, b), (cosine, sine)) in first.iter_mut().zip(second).zip(cosines.iter().zip(sines)) {
                let sine = sign * sine;
                (*a, *b) = (*a * cosine - *b * sine, *a * sine + *b * cosine);
            }
        }
    }
}
