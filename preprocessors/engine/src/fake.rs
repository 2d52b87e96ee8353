//! An engine that compiles nothing: a function stands for the compiler and for every program. It speaks frames, as a real program does,
//! and asks the same world.

use std::time::Duration;

use kernel::wire::{self, Event, Frame, Reply};

use super::world::answer;
use super::{
    Broken, Compiled, Conditions, End, Engine, Environment, Limits, Message, Outcome, Program, Purpose, Run, Unit,
    World,
};

/// An engine whose programs are what a function says and does: it speaks for the program of a unit, or refuses to compile it.
pub struct Fake<F> {
    environment: Environment,
    program: F,
}

impl<F: Fn(&Unit, &mut Speaker<'_>) -> Result<End, Vec<Message>> + Sync> Fake<F> {
    /// An engine in an environment.
    pub fn new(environment: Environment, program: F) -> Self {
        Self { environment, program }
    }
}

impl<F: Fn(&Unit, &mut Speaker<'_>) -> Result<End, Vec<Message>> + Sync> Engine for Fake<F> {
    fn environment(&self) -> &Environment {
        &self.environment
    }

    fn prepare(&self, _: &dyn Fn(&str)) -> anyhow::Result<Result<(), Broken>> {
        Ok(Ok(()))
    }

    fn compile<'a>(&'a self, unit: &'a Unit) -> anyhow::Result<Compiled<'a>> {
        let spoken = Spoken { engine: self, unit };
        Ok(Compiled { messages: Vec::new(), program: Some(Box::new(spoken)) })
    }

    fn run(&self, unit: &Unit, _: Conditions, world: &mut dyn World) -> anyhow::Result<Outcome> {
        let mut speaker = Speaker { world, sent: Vec::new(), printed: Vec::new(), used: Duration::ZERO, error: None };
        let spoken = (self.program)(unit, &mut speaker);
        let Speaker { sent, printed, error, .. } = speaker;
        if let Some(error) = error {
            return Err(error);
        }
        let end = match spoken {
            Ok(end) => end,
            Err(messages) => return Ok(Outcome { messages, run: None }),
        };
        let run = matches!(unit.purpose, Purpose::Run { .. }).then(|| frames(&sent)).transpose()?;
        Ok(Outcome { messages: Vec::new(), run: run.map(|frames| Run { frames, printed, end }) })
    }
}

/// A program that a function speaks for.
struct Spoken<'a, F> {
    engine: &'a Fake<F>,
    unit: &'a Unit,
}

impl<F: Fn(&Unit, &mut Speaker<'_>) -> Result<End, Vec<Message>> + Sync> Program for Spoken<'_, F> {
    fn run(&self, _: &Limits, world: &mut dyn World) -> anyhow::Result<Run> {
        let outcome = self.engine.run(self.unit, Conditions::Usual, world)?;
        outcome.run.ok_or_else(|| anyhow::anyhow!("{} is refused by the compiler", self.unit.file))
    }
}

/// What a program says.
pub struct Speaker<'a> {
    world: &'a mut dyn World,
    sent: Vec<u8>,
    printed: Vec<u8>,
    used: Duration,
    error: Option<anyhow::Error>,
}

impl Speaker<'_> {
    /// Prints on a standard stream.
    pub fn print(&mut self, text: &str) {
        self.printed.extend(text.as_bytes());
    }

    /// Uses processor time.
    pub fn work(&mut self, time: Duration) {
        self.used += time;
    }

    /// Sends what needs no answer.
    pub fn tell(&mut self, event: Event) {
        let frame = Frame { printed: self.printed.len() as u64, event };
        wire::write_frame(&mut self.sent, &frame).expect("memory takes what is written to it");
    }

    /// Asks, and is answered by the world.
    pub fn ask(&mut self, question: Event) -> Reply {
        if matches!(question, Event::State(_)) {
            self.tell(question.clone());
        }
        answer(question, self.world, || self.used).unwrap_or_else(|error| {
            let said = Err(format!("{error:#}"));
            self.error = Some(error);
            said
        })
    }

    /// Asks for a number; the largest one when there is no answer.
    pub fn number(&mut self, question: Event) -> u32 {
        let reply = self.ask(question).ok().and_then(|bytes| bytes.try_into().ok());
        reply.map_or(u32::MAX, u32::from_le_bytes)
    }
}

fn frames(mut sent: &[u8]) -> anyhow::Result<Vec<Frame>> {
    let mut frames = Vec::new();
    while let Some(frame) = wire::read_frame(&mut sent)? {
        frames.push(frame);
    }
    Ok(frames)
}
