//! Training: it learns, it is the same every time, it can be taken up again.

use language::{Alphabet, Error, Training};

use crate::{begins, model, text, training};

#[test]
fn training_brings_the_loss_down() {
    let mut training = training(60);
    let losses: Vec<f64> = (0..60).map(|step| training.step(&begins(step))).collect();
    let symbols = training.model().shape().symbols as f64;
    assert!((losses[0] - symbols.ln()).abs() < 0.3, "{}", losses[0]);
    assert!(losses[59] < 0.6 * losses[0], "{} … {}", losses[0], losses[59]);
}

#[test]
fn a_run_that_was_stopped_goes_on_to_the_last_bit() {
    let mut whole = training(30);
    let mut stopped = training(30);
    (0..12).for_each(|step| {
        stopped.step(&begins(step));
    });
    let state = stopped.state();
    let mut resumed = training(30);
    resumed.resume(&state).unwrap();
    assert_eq!(resumed.steps(), 12);
    let first: Vec<f64> = (0..30).map(|step| whole.step(&begins(step))).collect();
    let second: Vec<f64> = (12..30).map(|step| resumed.step(&begins(step))).collect();
    assert_eq!(first[12..], second);
    assert_eq!(whole.state(), resumed.state());
    assert!(matches!(resumed.resume(&state[1..]), Err(Error::File(_))));
}

#[test]
fn behind_its_last_step_a_recipe_changes_no_weight() {
    let mut training = training(11);
    (0..11).for_each(|step| {
        training.step(&begins(step));
    });
    let before = training.state();
    training.step(&begins(11));
    let weights = 4 * training.model().count();
    assert_eq!(training.state()[8..8 + weights], before[8..8 + weights]);
}

#[test]
fn a_text_must_have_the_alphabet_and_a_window() {
    let recipe = training(1);
    let shape = recipe.model().shape();
    let wanted = |text: &str| {
        let rates = language::Rates { map: 0.1, embedding: 0.1, output: 0.1, gain: 0.1, decay: 0.0 };
        let recipe = language::Recipe { shape, batch: 8, steps: 1, warmup: 1, cooldown: 1, rates };
        Training::new(recipe, Alphabet::of(&self::text(400)), text, &mut || 0.0).map(|_| ()).unwrap_err()
    };
    assert_eq!(wanted("ветер"), Error::Short { found: 5, needed: 26 });
    assert_eq!(wanted("Ветер"), Error::Unknown { symbol: 'В', place: 1 });
}

#[test]
fn what_was_learnt_is_written() {
    let written = model().write("ветер ", 200, 0.3, &mut || 0.5).unwrap();
    assert!(written.starts_with("ветер "));
    assert_eq!(written.chars().count(), 206);
}
