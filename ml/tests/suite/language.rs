//! The course's model of language is what its note says, and better than counts.

use std::collections::BTreeSet;

use ml::language::{Alphabet, KneserNey};
use ml::prelude::*;

/// What stands in `data/language.toml` behind a name.
fn noted(name: &str) -> String {
    let note = data::text("language.toml").unwrap();
    let line = note.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = ")).unwrap();
    line.trim_matches('"').to_owned()
}

fn number(name: &str) -> f64 {
    noted(name).parse().unwrap()
}

/// The share of words that are in the known prose, those of one letter left out.
fn real(known: &BTreeSet<String>, written: &str) -> f64 {
    let words: Vec<String> = text::normal_words(written).into_iter().filter(|word| word.chars().count() > 1).collect();
    words.iter().filter(|word| known.contains(*word)).count() as f64 / words.len() as f64
}

#[test]
fn the_last_twentieth_of_every_work_is_held_out() {
    let (known, held_out) = data::prose_parts();
    let works: Vec<String> = data::prose().iter().map(data::Work::text).collect();
    let all: usize = works.iter().map(|work| work.chars().count()).sum();
    let (first, last) = (known.chars().count(), held_out.chars().count());
    // Works are joined by the end of a line.
    assert_eq!(first + last, all + 2 * (works.len() - 1));
    assert!((last as f64 / all as f64 - 0.05).abs() < 1e-4);
    let ends: Vec<String> = works.iter().map(|work| work.chars().skip(work.chars().count() - 100).collect()).collect();
    assert!(ends.iter().all(|end| held_out.contains(end) && !known.contains(end)));
    assert!(known.starts_with(&works[0][..1000]));
}

#[test]
fn the_model_is_what_its_note_says() {
    let model = data::language_model();
    let bytes = data::read("language.safetensors").unwrap();
    assert_eq!(blake3::hash(&bytes).to_hex().as_str(), noted("blake3"));
    assert_eq!(model.count() as f64, number("numbers"));
    assert!((200_000..=500_000).contains(&model.count()) && bytes.len() < 1_000_000);
    let (_, held_out) = data::prose_parts();
    let nats = model.nats(&held_out).unwrap();
    // A loss for every character, not for every byte or token.
    assert_eq!(nats.len(), held_out.chars().count() - 1);
    let bits = nats.iter().sum::<f64>() / nats.len() as f64 / 2_f64.ln();
    assert!((bits - number("bits")).abs() < 5e-4, "{bits}, not {}", number("bits"));
}

#[test]
fn the_model_foresees_more_than_counts_do() {
    let (known, held_out) = data::prose_parts();
    let alphabet = Alphabet::of(&format!("{known}{held_out}"));
    // Order 8 is the best of those that the note has.
    for (order, ahead) in [(5, 0.2), (7, 0.1), (8, 0.1)] {
        let bits = KneserNey::new(order, alphabet.clone(), &known).unwrap().bits(&held_out).unwrap();
        assert!((bits - number(&format!("kneser-ney-{order}"))).abs() < 1e-4, "order {order}: {bits}");
        assert!(number("bits") < bits - ahead, "order {order}: {bits}");
    }
}

#[test]
fn most_words_that_it_writes_are_words() {
    let (model, mut rng) = (data::language_model(), random::rng(1));
    let (known, _) = data::prose_parts();
    let known: BTreeSet<String> = text::normal_words(&known).into_iter().collect();
    let written = model.write("Он ", 4000, 0.7, &mut || rng.uniform()).unwrap();
    let share = real(&known, &written);
    assert!(share > 0.85, "{share:.3} of {written}");
    // The measure itself: the same letters in random order are seldom words.
    let mut letters: Vec<char> = written.chars().collect();
    rng.shuffle(&mut letters);
    assert!(real(&known, &letters.into_iter().collect::<String>()) < 0.4);
}
