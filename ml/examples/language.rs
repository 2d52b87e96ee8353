//! Trains the course's model of language, data/language.safetensors, and writes down beside it what came of which recipe.
//!
//! `cargo run --profile cells --package ml --example language -- FILE`: 2800 steps, five a second on two processors that do nothing else. A run
//! that was stopped goes on from its last state in `target`; `.ci/train` compares what it gives with what the course carries.

use std::error::Error;
use std::path::{Path, PathBuf};

use ml::language::{Alphabet, KneserNey, Model, Rates, Recipe, Shape, Training};
use ml::{data, random};

const SEED: u64 = 1;
/// Steps after which the state is kept and something is said.
const EVERY: usize = 100;

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args().nth(1).ok_or("write where the model goes, as in `-- data/language.safetensors`")?;
    let (known, held_out) = data::prose_parts();
    let alphabet = Alphabet::of(&format!("{known}{held_out}"));
    let recipe = recipe(alphabet.len());
    let mut rng = random::rng(SEED);
    let mut training = Training::new(recipe, alphabet.clone(), &known, &mut || rng.normal())?;
    let place = state(&recipe, &known);
    if place.exists() {
        training.resume(&std::fs::read(&place)?)?;
    }
    let mut order =
        Order { sequences: training.sequences(), context: recipe.shape.context, epoch: None, begins: vec![] };
    let mut sum = 0.0;
    for step in training.steps()..recipe.steps {
        let begins: Vec<usize> = (step * recipe.batch..(step + 1) * recipe.batch).map(|at| order.begin(at)).collect();
        sum += training.step(&begins) / std::f64::consts::LN_2;
        if (step + 1) % EVERY == 0 {
            eprintln!("step {}: {:.3} bits a character", step + 1, sum / EVERY as f64);
            sum = 0.0;
            keep(&place, &training.state())?;
        }
    }
    let bytes = training.model().to_bytes()?;
    std::fs::write(&file, &bytes)?;
    let model = Model::from_bytes(&bytes)?;
    let mut note = format!(
        "# What ml/examples/language.rs made, by which recipe. Bits are those a character of held-out text.\n\
         blake3 = \"{}\"\nnumbers = {}\nseed = {SEED}\ncharacters = {}\nrecipe = \"{recipe:?}\"\nbits = {:.4}\n",
        blake3::hash(&bytes),
        model.count(),
        recipe.steps * recipe.batch * recipe.shape.context,
        model.bits(&held_out)?
    );
    for order in 4..=8 {
        let bits = KneserNey::new(order, alphabet.clone(), &known)?.bits(&held_out)?;
        note.push_str(&format!("kneser-ney-{order} = {bits:.4}\n"));
    }
    std::fs::write(Path::new(&file).with_extension("toml"), &note)?;
    print!("{note}");
    Ok(())
}

fn recipe(symbols: usize) -> Recipe {
    Recipe {
        shape: Shape { symbols, width: 96, layers: 4, heads: 4, hidden: 256, context: 128 },
        batch: 32,
        steps: 2800,
        warmup: 50,
        cooldown: 1100,
        rates: Rates { map: 0.03, embedding: 0.03, output: 0.01, gain: 0.01, decay: 0.1 },
    }
}

/// Where sequences begin: every epoch has all of them in another order, shifted by another number.
struct Order {
    sequences: usize,
    context: usize,
    epoch: Option<usize>,
    begins: Vec<usize>,
}

impl Order {
    fn begin(&mut self, at: usize) -> usize {
        let epoch = at / self.sequences;
        if self.epoch != Some(epoch) {
            let mut rng = random::rng(SEED ^ (epoch as u64 + 1) << 32);
            let shift = rng.below(self.context);
            let places = rng.permutation(self.sequences);
            self.begins = places.into_iter().map(|place| place * self.context + shift).collect();
            self.epoch = Some(epoch);
        }
        self.begins[at % self.sequences]
    }
}

/// Another recipe or text has another state.
fn state(recipe: &Recipe, text: &str) -> PathBuf {
    let hash = blake3::hash(format!("{recipe:?}{SEED}{text}").as_bytes()).to_hex();
    Path::new("target").join(format!("language-{}.state", &hash[..16]))
}

/// By a rename, so that a run that is stopped while it writes leaves the state before.
fn keep(place: &Path, state: &[u8]) -> std::io::Result<()> {
    let part = place.with_extension("part");
    std::fs::write(&part, state)?;
    std::fs::rename(part, place)
}
