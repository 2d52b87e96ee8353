//! Mutants put to the test: one program is compiled, run once, and continued as each of them from where it is first reached.

mod trunk;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::bail;
use diagnostic::{Diagnostic, Place};
use engine::{Limits, Message, Next, Outcome, Program, Run, Unit};
use kernel::wire::Event;

use crate::assemble::assemble;
use crate::assemble::states::States;
use crate::execution::Execution;
use crate::mutate::Mutant;
use crate::mutate::schema::{Copies, Schema};
use crate::parallel;
use crate::pin;
use crate::plan::flow::Thing;
use crate::plan::{Job, Role, Session};
use crate::run::execute::unit;
use crate::run::world::PageWorld;
use crate::run::{Artefacts, Runner};
use crate::twice::differences;

use trunk::{Course, Trunk};

/// What became of a mutant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// A check noticed it, or it failed.
    Killed,
    /// Nobody noticed; what of the page changed, in the order of the page.
    Survived(Vec<Diagnostic>),
    /// The page never comes to it.
    NotReached,
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
    /// How long it takes to compile and run the page once.
    pub rebuilding: Duration,
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
    let plain = unit(job, planned, &runner.config);
    let begun = Instant::now();
    runner.engine.compile(&plain)?;
    report.rebuilding = begun.elapsed();
    let mut copies = Copies::Yes;
    let mut left = numbers.to_vec();
    for _ in 0..ROUNDS {
        let schema = Schema::of(&planned.program, mutants, &left, copies);
        session.programs[0].program = schema.program.clone();
        let ours = Job { page: job.page, session: &session };
        let unit = Unit { text: schema.program.text.clone(), ..plain.clone() };
        let begun = Instant::now();
        let compiled = match copies {
            Copies::Yes => runner.engine.compile_branching(&unit),
            Copies::No => runner.engine.compile(&unit),
        };
        let compiled = match compiled {
            Err(error) if copies == Copies::Yes => {
                told(&format!("every change is a run from the start, because programs cannot branch here: {error:#}"));
                copies = Copies::No;
                continue;
            }
            compiled => compiled?,
        };
        report.compiling += begun.elapsed();
        report.compilations += 1;
        left = schema.numbers();
        let Some(program) = compiled.program else {
            let refused = refused(&schema, &compiled.messages);
            told(&format!("the compiler refuses {} of {} mutants", refused.len(), left.len()));
            if refused.is_empty() {
                let said = compiled.messages.iter().find(|message| message.level == "error");
                bail!("the program with mutants does not compile: {}", said.map_or("", |message| &message.text));
            }
            left.retain(|number| !refused.contains(number));
            continue;
        };
        let limits = runner.config.limits(session.timeout);
        let values = values(ours, mutants);
        let trial = Trial { runner, job: ours, artefacts, program: &*program, messages: &compiled.messages, values };
        let fates = trial.all(&left, copies, &limits, &mut report)?;
        let untried = numbers.iter().filter(|number| !left.contains(number));
        report.fates = untried.map(|number| (*number, Fate::NotTried)).chain(fates).collect();
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
    /// Mutants of values in sentences, by number, and the value of each.
    values: BTreeMap<usize, usize>,
}

/// Mutants of values that no input feeds: such a value is said once.
fn values(Job { page, session }: Job<'_>, mutants: &[Mutant]) -> BTreeMap<usize, usize> {
    let live: BTreeSet<Thing> =
        session.live.groups.iter().flat_map(|group| group.followers.iter().map(|follower| follower.thing)).collect();
    let value_of = |mutant: &Mutant| {
        let value = page.inlines.iter().position(|inline| inline.expression.contains(&mutant.range.start))?;
        (!live.contains(&Thing::Inline(value))).then_some(value)
    };
    (1..=mutants.len()).filter_map(|number| Some((number, value_of(&mutants[number - 1])?))).collect()
}

/// What came of trunks.
#[derive(Default)]
struct Grown {
    /// What became of branches.
    fates: Vec<(usize, Fate)>,
    /// Mutants that have to be runs of their own.
    whole: Vec<usize>,
}

impl Grown {
    fn len(&self) -> usize {
        self.fates.len() + self.whole.len()
    }
}

/// Mutants to come, by the stop in front of where they are first reached.
type Queue = Mutex<VecDeque<(u32, usize)>>;

impl Trial<'_> {
    fn all(
        &self,
        numbers: &[usize],
        copies: Copies,
        limits: &Limits,
        report: &mut Report,
    ) -> anyhow::Result<Vec<(usize, Fate)>> {
        let begun = Instant::now();
        let mut recording = Trunk::new(self, Course::Whole(Next::Record), self.world()?);
        let run = self.program.branch(limits, &mut recording)?;
        report.original = begun.elapsed();
        report.rebuilding += report.original;
        let (reached, page) = (recording.reached, recording.page);
        let (original, wrong) = self.said(run, page, limits);
        if let Some(wrong) = wrong.first() {
            bail!("the page is another one with its mutants in it, though none of them is chosen: {}", wrong.message);
        }
        let most = report.original * PATIENCE + GRACE;
        let limits = Limits { cpu: most.min(limits.cpu), ..limits.clone() };
        let begun = Instant::now();
        let mut queue: Vec<(u32, usize)> =
            numbers.iter().filter_map(|number| Some((*reached.get(number)?, *number))).collect();
        queue.sort_unstable();
        let mut fates: Vec<(usize, Fate)> = Vec::new();
        let not_reached = numbers.iter().filter(|number| !reached.contains_key(number));
        fates.extend(not_reached.map(|number| (*number, Fate::NotReached)));
        let workers: Vec<usize> = (0..self.runner.parallel()).collect();
        let mut whole: Vec<usize> = Vec::new();
        match copies {
            Copies::No => whole.extend(queue.into_iter().map(|(_, number)| number)),
            Copies::Yes => {
                let queue = Mutex::new(VecDeque::from(queue));
                for grown in parallel::map(workers.len(), &workers, |_| self.grow(&queue, &original, &limits)) {
                    let grown = grown?;
                    fates.extend(grown.fates);
                    whole.extend(grown.whole);
                }
            }
        }
        let ran = parallel::map(workers.len(), &whole, |number| self.whole(*number, &original, &limits));
        for (number, fate) in whole.into_iter().zip(ran) {
            fates.push((number, fate?));
        }
        report.running = begun.elapsed();
        Ok(fates)
    }

    /// Runs trunks until no mutant is left.
    fn grow(&self, queue: &Queue, original: &Execution, limits: &Limits) -> anyhow::Result<Grown> {
        let mut grown = Grown::default();
        let is_left = || !queue.lock().unwrap_or_else(PoisonError::into_inner).is_empty();
        while is_left() {
            let course = Course::Branches { queue, original, limits };
            let mut trunk = Trunk::new(self, course, self.world()?);
            let run = self.program.branch(limits, &mut trunk)?;
            let before = grown.len();
            // It ended with its trunk, which only a limit or a torn frame does.
            grown.fates.extend(trunk.branch.take().map(|(number, _)| (number, Fate::Killed)));
            grown.fates.append(&mut trunk.fates);
            grown.whole.append(&mut trunk.whole);
            if before == grown.len() && is_left() {
                bail!("the page does not come again to where it was, it ended with {:?}", run.end);
            }
        }
        Ok(grown)
    }

    /// A run from the start.
    fn whole(&self, number: usize, original: &Execution, limits: &Limits) -> anyhow::Result<Fate> {
        let mut trunk = Trunk::new(self, Course::Whole(Next::Become(number_of(number)?)), self.world()?);
        let run = self.program.branch(limits, &mut trunk)?;
        Ok(self.fate(run, trunk.page, original, limits))
    }

    /// Whether the mutant stands in this value and nowhere else.
    fn is_only(&self, number: usize, value: u32) -> bool {
        self.values.get(&number).is_some_and(|known| *known == value as usize)
    }

    /// What became of a mutant of a value, whose branch ends behind it.
    fn fate_of_value(&self, value: usize, run: &Run, original: &Execution) -> Option<Fate> {
        let said = run.frames.iter().rev().find_map(|frame| match &frame.event {
            Event::Inline { id, text, .. } if *id as usize == value => Some(text),
            _ => None,
        })?;
        let place = Place::new(&self.job.page.path, self.job.page.inlines[value].range.clone());
        let change = Diagnostic::error("differs", "the value is another", place);
        let before = &original.inlines[value].text;
        let changed = (before != said).then(|| change.note(format!("first `{before}`, then `{said}`")));
        Some(Fate::Survived(changed.into_iter().collect()))
    }

    fn fate(&self, run: Run, world: PageWorld<'_>, original: &Execution, limits: &Limits) -> Fate {
        let (execution, wrong) = self.said(run, world, limits);
        if wrong.is_empty() { Fate::Survived(differences(self.job, original, &execution)) } else { Fate::Killed }
    }

    /// The execution that a run made, and what is wrong with it.
    fn said(&self, run: Run, world: PageWorld<'_>, limits: &Limits) -> (Execution, Vec<Diagnostic>) {
        let taken = world.finish();
        let outcome = Outcome { messages: self.messages.to_vec(), run: Some(run) };
        let (mut execution, mut wrong) = assemble(self.job, &[outcome], &taken.seen, limits, self.runner.config.words);
        execution.saved = taken.saved.iter().map(|(name, bytes)| (name.clone(), store::hash(bytes))).collect();
        wrong.extend(pin::check(self.job.page, &execution));
        wrong.retain(|wrong| wrong.level == diagnostic::Level::Error);
        (execution, wrong)
    }

    fn world(&self) -> anyhow::Result<PageWorld<'_>> {
        let Job { page, session } = self.job;
        let Runner { data, config, .. } = self.runner;
        let saves = session.saves.iter().map(|(name, _)| name.clone()).collect();
        let states = States::new(page, &session.live, config.caps());
        let loads = self.runner.loads(self.job, self.artefacts)?;
        let mut world = PageWorld::new(data.clone(), loads, saves, states);
        world.answer_to(&session.programs[0].program);
        Ok(world)
    }
}

fn number_of(number: usize) -> anyhow::Result<u32> {
    u32::try_from(number).map_err(|_| anyhow::anyhow!("too many mutants"))
}
