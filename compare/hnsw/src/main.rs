//! Recall and calls of the distance of hnsw_rs on the vectors of the lecture on vector databases.

use std::sync::atomic::{AtomicUsize, Ordering};

use hnsw_rs::prelude::*;
use rand_pcg::Pcg64;
use rand_pcg::rand_core::{Rng as _, SeedableRng};

const CLOUDS: usize = 60;
const RANK: usize = 12;
const DIMENSION: usize = 32;
const BASE: usize = 10_000;
const QUERIES: usize = 200;

static CALLS: AtomicUsize = AtomicUsize::new(0);

/// The generator of the course's `random`, draw for draw.
struct Random {
    source: Pcg64,
    spare: Option<f64>,
}

impl Random {
    fn uniform(&mut self) -> f64 {
        (self.source.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, n: usize) -> usize {
        let n = n as u64;
        let reject = n.wrapping_neg() % n;
        loop {
            let wide = u128::from(self.source.next_u64()) * u128::from(n);
            if wide as u64 >= reject {
                return (wide >> 64) as usize;
            }
        }
    }

    fn normal(&mut self) -> f64 {
        if let Some(x) = self.spare.take() {
            return x;
        }
        loop {
            let (u, v) = (-1.0 + 2.0 * self.uniform(), -1.0 + 2.0 * self.uniform());
            let q = u * u + v * v;
            if q > 0.0 && q < 1.0 {
                let k = (-2.0 * libm::log(q) / q).sqrt();
                self.spare = Some(v * k);
                return u * k;
            }
        }
    }
}

fn l2(x: &[f32], y: &[f32]) -> f32 {
    let mut sums = [0.0; 8];
    for (x, y) in x.chunks_exact(8).zip(y.chunks_exact(8)) {
        for t in 0..8 {
            sums[t] += (x[t] - y[t]) * (x[t] - y[t]);
        }
    }
    sums.iter().sum()
}

#[derive(Clone, Copy, Default)]
struct Counted;

impl Distance<f32> for Counted {
    fn eval(&self, x: &[f32], y: &[f32]) -> f32 {
        CALLS.fetch_add(1, Ordering::Relaxed);
        l2(x, y)
    }
}

/// What `data::embeddings(10_200, 32, 0.8, 7)` gives.
fn embeddings() -> Vec<Vec<f32>> {
    let mut random = Random { source: Pcg64::seed_from_u64(7), spare: None };
    let map: Vec<f64> = (0..DIMENSION * RANK).map(|_| random.normal() / (RANK as f64).sqrt()).collect();
    let centres: Vec<f64> = (0..CLOUDS * RANK).map(|_| random.normal()).collect();
    let mut vector = || {
        let cloud = random.below(CLOUDS);
        let hidden: Vec<f64> = (0..RANK).map(|t| centres[cloud * RANK + t] + 0.8 * random.normal()).collect();
        let mut value = |j: usize| {
            let sum = (0..RANK).map(|t| map[j * RANK + t] * hidden[t]).sum::<f64>();
            (sum + 0.05 * random.normal()) as f32
        };
        (0..DIMENSION).map(&mut value).collect()
    };
    (0..BASE + QUERIES).map(|_| vector()).collect()
}

fn nearest(base: &[Vec<f32>], query: &[f32]) -> Vec<usize> {
    let mut found: Vec<(u32, usize)> = base.iter().enumerate().map(|(i, x)| (l2(query, x).to_bits(), i)).collect();
    found.select_nth_unstable(10);
    found[..10].iter().map(|(_, i)| *i).collect()
}

fn main() {
    let all = embeddings();
    let (base, queries) = all.split_at(BASE);
    let truth: Vec<Vec<usize>> = queries.iter().map(|query| nearest(base, query)).collect();
    for run in 1..=5 {
        CALLS.store(0, Ordering::Relaxed);
        // At most 8 links, 16 layers, 64 candidates while it is built.
        let graph = Hnsw::<f32, Counted>::new(8, BASE, 16, 64, Counted);
        for (i, x) in base.iter().enumerate() {
            graph.insert((x, i));
        }
        println!("run {run}: {} distances a vector to build", CALLS.load(Ordering::Relaxed) / BASE);
        for ef in [10, 20, 40, 80] {
            CALLS.store(0, Ordering::Relaxed);
            let hits = |(query, truth): (&Vec<f32>, &Vec<usize>)| {
                graph.search(query, 10, ef).iter().filter(|found| truth.contains(&found.d_id)).count()
            };
            let hits: usize = queries.iter().zip(&truth).map(hits).sum();
            let recall = hits as f64 / (10 * QUERIES) as f64;
            let calls = CALLS.load(Ordering::Relaxed) as f64 / QUERIES as f64;
            println!("  ef {ef}: recall {recall:.3}, {calls:.0} distances");
        }
    }
}
