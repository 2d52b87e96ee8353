//! Paints `data/colour.png`, the course's colour picture: `cargo run --package ml --example colour > data/colour.png`.
//!
//! A sunset over hills and a lake with a boat: smooth gradients, straight and curved edges, a few saturated colours and fine grain, so that
//! compression by ranks, by blocks and by palettes differ.

use std::io::{self, Write as _};

use ml::random;

/// The side of the picture in pixels.
pub const SIDE: usize = 128;

fn main() -> io::Result<()> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, SIDE as u32, SIDE as u32);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header()?.write_image_data(&picture())?;
    io::stdout().write_all(&file)
}

/// Red, green and blue of every pixel, row by row from the top.
pub fn picture() -> Vec<u8> {
    let mut grain = random::rng(2026);
    let mut bytes = Vec::with_capacity(3 * SIDE * SIDE);
    for row in 0..SIDE {
        for column in 0..SIDE {
            let (x, y) = (column as f64 / SIDE as f64, row as f64 / SIDE as f64);
            let shade = 4.0 * grain.normal();
            bytes.extend(colour(x, y).map(|part| (part + shade).round().clamp(0.0, 255.0) as u8));
        }
    }
    bytes
}

const SHORE: f64 = 0.62;

/// The colour at a place; x goes right and y down, from 0 to 1.
fn colour(x: f64, y: f64) -> [f64; 3] {
    if let Some(boat) = boat(x, y) {
        return boat;
    }
    if y < SHORE {
        return above(x, y);
    }
    // The lake mirrors what is above it, darker and broken by waves.
    let wave = 0.012 * libm::sin(90.0 * y * y + 9.0 * x);
    let mirrored = above((x + wave).clamp(0.0, 1.0), 2.0 * SHORE - y);
    blend(mirrored, [20.0, 40.0, 90.0], 0.35 + 0.5 * (y - SHORE))
}

fn above(x: f64, y: f64) -> [f64; 3] {
    let far = 0.50 + 0.04 * libm::sin(7.0 * x + 1.0) + 0.02 * libm::sin(19.0 * x);
    let near = 0.58 + 0.05 * libm::sin(4.0 * x + 4.0);
    if y > near {
        return [30.0, 90.0 - 60.0 * (y - near), 50.0];
    }
    if y > far {
        return [80.0, 70.0, 110.0 + 80.0 * (y - far)];
    }
    let (dx, dy) = (x - 0.68, y - 0.34);
    let distance = (dx * dx + dy * dy).sqrt();
    if distance < 0.09 {
        return [255.0, 225.0, 120.0];
    }
    let sky = blend([40.0, 60.0, 150.0], [250.0, 140.0, 80.0], (y / 0.55).min(1.0));
    blend(sky, [255.0, 200.0, 110.0], 0.7 * libm::exp(-9.0 * (distance - 0.09)))
}

/// A dark hull and a red sail.
fn boat(x: f64, y: f64) -> Option<[f64; 3]> {
    if (0.74..0.79).contains(&y) && (x - 0.30).abs() < 0.12 - 1.2 * (y - 0.74) {
        return Some([60.0, 35.0, 25.0]);
    }
    let inside = (0.50..0.73).contains(&y) && x > 0.29 && x < 0.29 + 0.5 * (y - 0.50);
    inside.then_some([205.0, 45.0, 50.0])
}

fn blend(a: [f64; 3], b: [f64; 3], share: f64) -> [f64; 3] {
    [0, 1, 2].map(|part| a[part] + (b[part] - a[part]) * share)
}
