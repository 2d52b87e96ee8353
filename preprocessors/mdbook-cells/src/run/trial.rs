//! Mutants put to the test: one program is compiled, and run once for each of them.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use diagnostic::Diagnostic;
use engine::{Limits, Message, Outcome, Program, World};
use kernel::wire::Input;

use crate::assemble::assemble;
use crate::assemble::states::States;
use crate::execution::Execution;
use crate::mutate::Mutant;
use crate::mutate::schema::{QUESTION, Schema};
use crate::parallel;
use crate::pin;
use crate::plan::{Job, Role, Session};
use crate::run::execute::unit;
use crate::run::world::PageWorld;
use crate::run::{Artefacts, Runner};
use crate::twice::differences;

/// What became of a mutant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// A check noticed it, or it failed.
    Killed,
    /// Nobody noticed; what of the page changed, in the order of the page.
    Survived(Vec<Diagnostic>),
    /// It is no program.
    NotTried,
}

/// What came of all.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Mutants by number, in the order of the page.
    pub fates: Vec<(usize, Fate)>,
    /// How often the compiler was asked.
    pub compilations: usize,
    /// How long that took.
    pub compiling: Duration,
    /// How long the original ran.
    pub original: Duration,
    /// How long all mutants ran, side by side.
    pub running: Duration,
}

/// How many times the page's own time a mutant may take.
const PATIENCE: u32 = 3;
/// What it may take besides, so that a page of milliseconds is not stopped by a hiccup.
const GRACE: Duration = Duration::from_secs(2);
/// How often refused mutants are taken out before we give up: types are looked at before borrows.
const ROUNDS: usize = 12;

/// Tries the mutants with these numbers; `artefacts` are what the book's pages have saved. The library is there, and the page is right.
pub fn run(
    runner: &Runner,
    job: Job<'_>,
    artefacts: &Artefacts,
    mutants: &[Mutant],
    numbers: &[usize],
    told: &(dyn Fn(&str) + Sync),
) -> anyhow::Result<Report> {
    let Some(planned) = job.session.programs.iter().find(|planned| planned.role == Role::Page) else {
        return Ok(Report::default());
    };
    let mut session = Session { programs: vec![planned.clone()], ..job.session.clone() };
    let mut report = Report::default();
    let mut numbers = numbers.to_vec();
    let asked = numbers.clone();
    for _ in 0..ROUNDS {
        let schema = Schema::of(&planned.program, mutants, &numbers);
        session.programs[0].program = schema.program.clone();
        let ours = Job { page: job.page, session: &session };
        let unit = unit(ours, &session.programs[0], &runner.config);
        let begun = Instant::now();
        let compiled = runner.engine.compile(&unit)?;
        report.compiling += begun.elapsed();
        report.compilations += 1;
        numbers = schema.numbers();
        let Some(program) = compiled.program else {
            let refused = refused(&schema, &compiled.messages);
            told(&format!("the compiler refuses {} of {} mutants", refused.len(), numbers.len()));
            if refused.is_empty() {
                let said = compiled.messages.iter().find(|message| message.level == "error");
                bail!("the program with mutants does not compile: {}", said.map_or("", |message| &message.text));
            }
            numbers.retain(|number| !refused.contains(number));
            continue;
        };
        let limits = runner.config.limits(session.timeout);
        let trial = Trial { runner, job: ours, artefacts, program: &*program, messages: &compiled.messages };
        let begun = Instant::now();
        let (original, wrong) = trial.run(0, &limits)?;
        report.original = begun.elapsed();
        if let Some(wrong) = wrong.first() {
            bail!("the page is another one with its mutants in it, though none of them is chosen: {}", wrong.message);
        }
        let most = report.original * PATIENCE + GRACE;
        let limits = Limits { cpu: most.min(limits.cpu), ..limits };
        let begun = Instant::now();
        let fates = parallel::map(runner.parallel(), &numbers, |number| trial.fate(*number, &original, &limits));
        report.running = begun.elapsed();
        for (number, fate) in numbers.iter().zip(fates) {
            report.fates.push((*number, fate?));
        }
        let untried = asked.iter().filter(|number| !numbers.contains(number));
        report.fates.extend(untried.map(|number| (*number, Fate::NotTried)));
        report.fates.sort_by_key(|(number, _)| *number);
        return Ok(report);
    }
    bail!("after {ROUNDS} compilations the compiler still refuses mutants")
}

fn refused(schema: &Schema, messages: &[Message]) -> BTreeSet<usize> {
    let errors = messages.iter().filter(|message| message.level == "error");
    let meant = |message: &Message| -> Vec<usize> {
        let primary = message.spans.iter().filter(|span| span.primary);
        let meant: Vec<usize> = primary.flat_map(|span| schema.meant(&span.range)).collect();
        if !meant.is_empty() {
            return meant;
        }
        message.spans.iter().flat_map(|span| schema.meant(&span.range)).collect()
    };
    errors.flat_map(meant).collect()
}

struct Trial<'a> {
    runner: &'a Runner,
    job: Job<'a>,
    artefacts: &'a Artefacts,
    program: &'a dyn Program,
    messages: &'a [Message],
}

impl Trial<'_> {
    fn fate(&self, number: usize, original: &Execution, limits: &Limits) -> anyhow::Result<Fate> {
        let (execution, wrong) = self.run(number, limits)?;
        if !wrong.is_empty() {
            return Ok(Fate::Killed);
        }
        Ok(Fate::Survived(differences(self.job, original, &execution)))
    }

    /// The execution, and what is wrong with it.
    fn run(&self, number: usize, limits: &Limits) -> anyhow::Result<(Execution, Vec<Diagnostic>)> {
        let Job { page, session } = self.job;
        let Runner { data, config, .. } = self.runner;
        let saves = session.saves.iter().map(|(name, _)| name.clone()).collect();
        let states = States::new(page, &session.live, config.caps());
        let loads = self.runner.loads(self.job, self.artefacts)?;
        let mut world = Chosen {
            number: u32::try_from(number).context("too many mutants")?,
            page: PageWorld::new(data.clone(), loads, saves, states),
        };
        world.page.answer_to(&session.programs[0].program);
        let run = self.program.run(limits, &mut world)?;
        let taken = world.page.finish();
        let outcome = Outcome { messages: self.messages.to_vec(), run: Some(run) };
        let (mut execution, mut wrong) = assemble(self.job, &[outcome], &taken.seen, limits, config.words);
        execution.saved = taken.saved.iter().map(|(name, bytes)| (name.clone(), store::hash(bytes))).collect();
        wrong.extend(pin::check(page, &execution));
        wrong.retain(|wrong| wrong.level == diagnostic::Level::Error);
        Ok((execution, wrong))
    }
}

/// The world of a page that also knows which mutant its program is.
struct Chosen<'a> {
    number: u32,
    page: PageWorld<'a>,
}

impl World for Chosen<'_> {
    fn read(&mut self, path: &str) -> Result<Vec<u8>, String> {
        if path == QUESTION { Ok(self.number.to_le_bytes().to_vec()) } else { self.page.read(path) }
    }

    fn load(&mut self, name: &str) -> Result<Vec<u8>, String> {
        self.page.load(name)
    }

    fn save(&mut self, name: &str, bytes: Vec<u8>) -> Result<(), String> {
        self.page.save(name, bytes)
    }

    fn input(&mut self, input: Input) -> Result<u32, String> {
        self.page.input(input)
    }

    fn state(&mut self, group: u32) -> u32 {
        self.page.state(group)
    }

    fn again(&mut self, group: u32) -> bool {
        self.page.again(group)
    }
}
