//! The transformer against another one, written from the papers in f64 without any thought of speed.

use std::collections::BTreeMap;

use language::{Model, Reader};

use crate::{model, text};

type Rows = Vec<Vec<f64>>;

fn weights(model: &Model) -> BTreeMap<String, Rows> {
    let rows = |columns: usize, numbers: &[f32]| -> Rows {
        numbers.chunks(columns).map(|row| row.iter().map(|x| f64::from(*x)).collect()).collect()
    };
    model.weights().map(|(name, _, columns, numbers)| (name.to_owned(), rows(columns, numbers))).collect()
}

fn dot(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(x, y)| x * y).sum()
}

fn times(w: &Rows, x: &[f64]) -> Vec<f64> {
    w.iter().map(|row| dot(row, x)).collect()
}

/// x/√(mean x² + ε), times the gain: the mean itself stays.
fn rms_norm(x: &[f64], gain: &[f64]) -> Vec<f64> {
    let root = (dot(x, x) / x.len() as f64 + 1e-5).sqrt();
    x.iter().zip(gain).map(|(x, gain)| x / root * gain).collect()
}

/// Numbers i and i + d/2 are a complex number, multiplied by e^(i·place·10000^(−2i/d)).
fn rotated(x: &[f64], place: usize) -> Vec<f64> {
    let half = x.len() / 2;
    let mut y = x.to_vec();
    for i in 0..half {
        let angle = place as f64 * 10_000_f64.powf(-2.0 * i as f64 / x.len() as f64);
        y[i] = x[i] * angle.cos() - x[i + half] * angle.sin();
        y[i + half] = x[i] * angle.sin() + x[i + half] * angle.cos();
    }
    y
}

/// Logits at every place, of the places up to it alone.
fn by_the_papers(model: &Model, symbols: &[usize]) -> Rows {
    let (w, shape) = (weights(model), model.shape());
    let size = shape.width / shape.heads;
    let mut states: Rows = symbols.iter().map(|symbol| w["embedding"][*symbol].clone()).collect();
    for layer in 0..shape.layers {
        let of = |name: &str| &w[&format!("layers.{layer}.{name}")];
        let qkv: Rows = states.iter().map(|x| times(of("qkv"), &rms_norm(x, &of("norm1")[0]))).collect();
        let part = |place: usize, which: usize, head: usize| {
            let from = which * shape.width + head * size;
            qkv[place][from..from + size].to_vec()
        };
        for (place, state) in states.iter_mut().enumerate() {
            let mut mixed = Vec::new();
            for head in 0..shape.heads {
                let query = rotated(&part(place, 0, head), place);
                let score = |from| dot(&query, &rotated(&part(from, 1, head), from)) / (size as f64).sqrt();
                let e: Vec<f64> = (0..=place).map(|from| score(from).exp()).collect();
                let all: f64 = e.iter().sum();
                mixed.extend(
                    (0..size).map(|i| (0..=place).map(|from| e[from] / all * part(from, 2, head)[i]).sum::<f64>()),
                );
            }
            state.iter_mut().zip(times(of("out"), &mixed)).for_each(|(x, y)| *x += y);
            let both = times(of("gate_up"), &rms_norm(state, &of("norm2")[0]));
            let (gate, up) = both.split_at(shape.hidden);
            let inner: Vec<f64> = gate.iter().zip(up).map(|(g, u)| g / (1.0 + (-g).exp()) * u).collect();
            state.iter_mut().zip(times(of("down"), &inner)).for_each(|(x, y)| *x += y);
        }
    }
    states.iter().map(|x| times(&w["output"], &rms_norm(x, &w["norm"][0]))).collect()
}

/// −ln of the softmax of logits at one symbol.
fn nats(logits: &[f64], symbol: usize) -> f64 {
    logits.iter().map(|z| z.exp()).sum::<f64>().ln() - logits[symbol]
}

#[test]
fn the_model_is_the_one_of_the_papers() {
    let model = model();
    // One window: 24 symbols and the one behind.
    let text: String = text(20).chars().take(25).collect();
    let symbols = model.alphabet().encode(&text).unwrap();
    let right = by_the_papers(&model, &symbols[..24]);
    let found = model.nats(&text).unwrap();
    assert_eq!(found.len(), 24);
    for (place, found) in found.into_iter().enumerate() {
        let right = nats(&right[place], symbols[place + 1]);
        assert!((found - right).abs() < 1e-4, "place {place}: {found}, not {right}");
    }
}

#[test]
fn a_reader_gives_what_the_whole_window_gives() {
    let model = model();
    let symbols = model.alphabet().encode(&text(20)).unwrap();
    let right = by_the_papers(&model, &symbols[..24]);
    let mut reader = Reader::new(&model);
    for (symbol, right) in symbols.iter().zip(right) {
        let found = reader.read(*symbol);
        let gap = found.iter().zip(&right).map(|(x, y)| (f64::from(*x) - y).abs()).fold(0.0, f64::max);
        assert!(gap < 1e-4, "{gap}");
    }
}

#[test]
fn a_reader_with_a_full_window_forgets_its_first_half() {
    let model = model();
    let symbols = model.alphabet().encode(&text(20)).unwrap();
    let mut reader = Reader::new(&model);
    symbols[..24].iter().for_each(|symbol| {
        reader.read(*symbol);
    });
    let found = reader.read(symbols[24]).to_vec();
    let right = by_the_papers(&model, &symbols[12..25]);
    let gap = found.iter().zip(&right[12]).map(|(x, y)| (f64::from(*x) - y).abs()).fold(0.0, f64::max);
    assert!(gap < 1e-4, "{gap}");
}

#[test]
fn windows_overlap_by_half_and_every_character_is_counted_once() {
    let model = model();
    for length in [2, 3, 13, 24, 25, 26, 37, 38, 60, 61, 100] {
        let text: String = text(60).chars().take(length).collect();
        let symbols = model.alphabet().encode(&text).unwrap();
        let found = model.nats(&text).unwrap();
        assert_eq!(found.len(), length - 1, "{length} characters");
        // Character i is foreseen at place i − 1, by the window that begins last of those which have half a context before it.
        for (place, found) in found.into_iter().enumerate() {
            let begin = (place / 12).saturating_sub(1) * 12;
            let right = by_the_papers(&model, &symbols[begin..=place]);
            let right = nats(&right[place - begin], symbols[place + 1]);
            assert!((found - right).abs() < 1e-4, "{length} characters, place {place}: {found}, not {right}");
        }
    }
}

#[test]
fn attention_gives_shares_of_what_was_read() {
    let model = model();
    let text: String = text(20).chars().take(10).collect();
    let shares = model.attention(&text).unwrap();
    assert_eq!((shares.len(), shares[0].len(), shares[0][0].dim()), (2, 2, (10, 10)));
    for shares in shares.iter().flatten() {
        for ((place, from), share) in shares.indexed_iter() {
            assert!(if from > place { *share == 0.0 } else { *share > 0.0 });
        }
        shares.rows().into_iter().for_each(|row| assert!((row.sum() - 1.0).abs() < 1e-5));
    }
}
