//! What a program may ask for while it runs.

use std::time::Duration;

use anyhow::bail;
use kernel::wire::{Event, Input, Reply};

/// What a program may ask for while it runs; whoever answers remembers what was asked.
pub trait World {
    /// A file of the book's data, by its path with forward slashes; the error is shown to the author.
    fn read(&mut self, path: &str) -> Result<Vec<u8>, String>;
    /// An artefact of another page.
    fn load(&mut self, name: &str) -> Result<Vec<u8>, String>;
    /// Keeps an artefact of this page.
    fn save(&mut self, name: &str, bytes: Vec<u8>) -> Result<(), String>;
    /// Which of its values an input has.
    fn input(&mut self, input: Input) -> Result<u32, String>;
    /// A state of a group of live cells begins; gives the last cell that it wants.
    fn state(&mut self, group: u32) -> u32;
    /// Whether the group has another state, now that the program has `used` so much processor time; none where the system does not say.
    fn again(&mut self, group: u32, used: Duration) -> bool;
}

/// Answers a question of a program.
pub(super) fn answer(question: Event, world: &mut dyn World, used: impl FnOnce() -> Duration) -> anyhow::Result<Reply> {
    match question {
        Event::Read(path) => Ok(world.read(&path)),
        Event::Load(name) => Ok(world.load(&name)),
        Event::Save { name, bytes } => Ok(world.save(&name, bytes).map(|()| Vec::new())),
        Event::Input(input) => Ok(world.input(*input).map(number)),
        Event::State(group) => Ok(Ok(number(world.state(group)))),
        Event::Again(group) => Ok(Ok(number(u32::from(world.again(group, used()))))),
        event => bail!("{event:?} is no question"),
    }
}

fn number(number: u32) -> Vec<u8> {
    number.to_le_bytes().to_vec()
}
