//! Kneser and Ney's counts: by hand, and by another implementation that follows the formulas.

use std::collections::{BTreeMap, BTreeSet};

use language::{Alphabet, Error, KneserNey};

use crate::text;

fn near(found: &[f64], right: &[f64]) {
    assert_eq!(found.len(), right.len());
    let gap = found.iter().zip(right).map(|(x, y)| (x - y).abs()).fold(0.0, f64::max);
    assert!(gap < 1e-12, "{found:?}, not {right:?}");
}

/// «ананас»: ан and на twice, ас once, so Y = 1/5, D₁ = 1 − 2·⅕·2 = ⅕; D₂ = 2 is too much, so 1. Behind а: (2 − 1)/3 + ⅖·⅓, ⅖ = (1 + ⅕)/3.
/// Of each symbol one other stands before it, so order 1 gives ⅓.
#[test]
fn six_letters_are_counted_by_hand() {
    let model = KneserNey::new(2, Alphabet::of("ананас"), "ананас").unwrap();
    let [a, n, s] = model.alphabet().encode("анс").unwrap()[..] else { panic!() };
    near(&model.probabilities(&[]), &[1.0 / 3.0; 3]);
    near(&model.probabilities(&[a]), &[2.0 / 15.0, 7.0 / 15.0, 6.0 / 15.0]);
    near(&model.probabilities(&[s, n]), &[4.0 / 6.0, 1.0 / 6.0, 1.0 / 6.0]);
    near(&model.probabilities(&[s]), &[1.0 / 3.0; 3]);
    let bits = -(7.0_f64 / 15.0).log2() - (4.0_f64 / 6.0).log2();
    assert!((model.bits("ана").unwrap() - bits / 2.0).abs() < 1e-12);
}

/// «Франциско» stands often, but behind «Сан» alone.
#[test]
fn what_follows_many_symbols_is_likelier_than_what_is_frequent() {
    let text = "рфрфрфрфрфаоболо";
    let model = KneserNey::new(2, Alphabet::of(text), text).unwrap();
    let p = model.probabilities(&[]);
    let of = |symbol: &str| p[model.alphabet().encode(symbol).unwrap()[0]];
    assert!(of("о") > 1.5 * of("ф"));
}

#[test]
fn probabilities_are_those_of_the_formulas_and_sum_to_one() {
    let text = text(300);
    let alphabet = Alphabet::of(&text);
    let symbols = alphabet.encode(&text).unwrap();
    for order in 1..=5 {
        let model = KneserNey::new(order, alphabet.clone(), &text).unwrap();
        for place in (0..symbols.len()).step_by(41) {
            let before = &symbols[place.saturating_sub(order - 1)..place];
            let p = model.probabilities(before);
            assert!((p.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            near(&p, &by_the_formulas(&symbols, order, alphabet.len(), before));
        }
    }
}

fn by_the_formulas(text: &[usize], order: usize, symbols: usize, before: &[usize]) -> Vec<f64> {
    let length = before.len() + 1;
    let lower = match before.split_first() {
        Some((_, rest)) => by_the_formulas(text, order, symbols, rest),
        None => vec![1.0 / symbols as f64; symbols],
    };
    let mut counts: BTreeMap<&[usize], f64> = BTreeMap::new();
    if length == order {
        text.windows(length).for_each(|gram| *counts.entry(gram).or_default() += 1.0);
    } else {
        let longer: BTreeSet<&[usize]> = text.windows(length + 1).collect();
        longer.into_iter().for_each(|gram| *counts.entry(&gram[1..]).or_default() += 1.0);
    }
    let having = |count: f64| counts.values().filter(|found| **found == count).count() as f64;
    let y = having(1.0) / (having(1.0) + 2.0 * having(2.0));
    let discount = |count: f64| {
        let i = count.min(3.0);
        let d = i - (i + 1.0) * y * having(i + 1.0) / having(i);
        if d > 0.0 && d < i { d } else { i / 2.0 }
    };
    let of = |symbol: usize| counts.get(&[before, &[symbol]].concat()[..]).copied();
    let all: f64 = (0..symbols).filter_map(of).sum();
    if all == 0.0 {
        return lower;
    }
    let gamma = (0..symbols).filter_map(of).map(discount).sum::<f64>() / all;
    (0..symbols).map(|symbol| of(symbol).map_or(0.0, |c| (c - discount(c)) / all) + gamma * lower[symbol]).collect()
}

#[test]
fn a_large_order_writes_what_it_has_read() {
    let text = text(50);
    let model = KneserNey::new(16, Alphabet::of(&text), &text).unwrap();
    let written = model.write("ёлка стоит в лесу", 0, 1.0, &mut || 0.5).unwrap();
    assert_eq!(written, "елка стоит в лесу");
    let begin: String = model.alphabet().decode(&model.alphabet().encode(&text).unwrap()[..15]);
    let cold = model.write(&begin, 30, 0.05, &mut || 0.5).unwrap();
    assert!(cold.starts_with(&begin) && cold.chars().count() == 45);
    assert_eq!(cold, model.write(&begin, 30, 0.05, &mut || 0.5).unwrap());
}

#[test]
fn a_text_that_cannot_be_read_is_an_error_with_its_place() {
    let model = KneserNey::new(2, Alphabet::of("да нет"), "да нет").unwrap();
    let error = model.bits("да, нет").unwrap_err();
    assert_eq!(error, Error::Unknown { symbol: ',', place: 3 });
    assert_eq!(
        error.to_string(),
        "language: the model has no character `,`, which is number 3 of the text: take it out, or write another"
    );
    assert_eq!(model.bits("д").unwrap_err(), Error::Short { found: 1, needed: 2 });
    assert_eq!(KneserNey::new(3, Alphabet::of("да"), "да").unwrap_err(), Error::Short { found: 2, needed: 3 });
}
