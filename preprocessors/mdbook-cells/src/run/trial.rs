//! Mutants put to the test: one program is compiled, run once, and continued as each of them from where it is first reached.

mod trunk;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::bail;
use diagnostic::Diagnostic;
use engine::{Limits, Message, Next, Outcome, Program, Run, Unit};
use kernel::wire::Event;

use crate::assemble::assemble;
use crate::assemble::states::{Caps, States};
use crate::execution::Execution;
use crate::mutate::Mutant;
use crate::mutate::fates::{At, Changed, Fate, Fates, Kept};
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

/// What came of all.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Mutants by number, in the order of the page.
    pub fates: Vec<(usize, Fate)>,
    /// How many of them were known from before.
    pub known: usize,
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
/// How many times its limits a page may take while others run beside it, and slowed down by what asks which mutant it is: a mutant is
/// stopped by its processor time.
const WAITING: u32 = 10;
/// What it may take besides, so that a page of milliseconds is not stopped by a hiccup.
const GRACE: Duration = Duration::from_secs(2);
/// How often refused mutants are taken out before we give up: types are looked at before borrows.
const ROUNDS: usize = 12;

/// Who is told how it goes.
pub struct Listener<'a> {
    /// What is done, in words.
    pub step: &'a (dyn Fn(&str) + Sync),
    /// What became of a mutant, as soon as that is known.
    pub fate: &'a (dyn Fn(usize, &Fate) + Sync),
}

/// Tries the mutants with these numbers, of which some may be known from before; `artefacts` are what the book's pages have saved. The
/// library is there, and the page is right.
pub fn run(
    runner: &Runner,
    job: Job<'_>,
    artefacts: &Artefacts,
    mutants: &[Mutant],
    numbers: &[usize],
    listener: &Listener<'_>,
) -> anyhow::Result<Report> {
    let key = runner.parts(job, artefacts).key();
    let reads = runner.stored(&key).map(|execution| execution.reads).unwrap_or_default();
    let kept = Kept::new(&runner.store, &key, &reads);
    let fates = Fates::new(&kept, listener.fate);
    let left = fates.known(numbers);
    let mut report = Report { known: numbers.len() - left.len(), ..Report::default() };
    if !left.is_empty() {
        let asked = Asked { runner, job, artefacts, mutants, told: listener.step };
        asked.compiled(left, &fates, &mut report)?;
    }
    report.fates = fates.finish();
    Ok(report)
}

/// What is asked.
#[derive(Clone, Copy)]
struct Asked<'a> {
    runner: &'a Runner,
    job: Job<'a>,
    artefacts: &'a Artefacts,
    mutants: &'a [Mutant],
    told: &'a (dyn Fn(&str) + Sync),
}

impl Asked<'_> {
    /// Compiles what is left until the compiler takes it, and tries that.
    fn compiled(self, mut left: Vec<usize>, fates: &Fates<'_>, report: &mut Report) -> anyhow::Result<()> {
        let Self { runner, job, artefacts, mutants, told } = self;
        let Some(planned) = job.session.programs.iter().find(|planned| planned.role == Role::Page) else {
            return Ok(());
        };
        let numbers = left.clone();
        let mut session = Session { programs: vec![planned.clone()], ..job.session.clone() };
        let plain = unit(job, planned, &runner.config);
        let begun = Instant::now();
        runner.engine.compile(&plain)?;
        report.rebuilding = begun.elapsed();
        let mut copies = Copies::Yes;
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
                    told(&format!(
                        "every change is a run from the start, because programs cannot branch here: {error:#}"
                    ));
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
            let untried = numbers.iter().filter(|number| !left.contains(number));
            for number in untried {
                fates.expect([*number]);
                fates.found(*number, Fate::NotTried)?;
            }
            let messages = &compiled.messages;
            let trial = Trial { runner, job: ours, artefacts, program: &*program, messages, values, fates };
            return trial.all(&left, copies, &limits, report);
        }
        bail!("after {ROUNDS} compilations the compiler still refuses mutants")
    }
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
    fates: &'a Fates<'a>,
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

/// Mutants to come, by the stop in front of where they are first reached.
type Queue = Mutex<VecDeque<(u32, usize)>>;

impl Trial<'_> {
    fn all(&self, numbers: &[usize], copies: Copies, limits: &Limits, report: &mut Report) -> anyhow::Result<()> {
        let begun = Instant::now();
        let mut recording = Trunk::new(self, Course::Whole(Next::Record), self.world()?);
        let limits = &Limits { cpu: limits.cpu * WAITING, wall: limits.wall * WAITING, ..limits.clone() };
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
        for number in numbers.iter().filter(|number| !reached.contains_key(number)) {
            self.fates.expect([*number]);
            self.fates.found(*number, Fate::NotReached)?;
        }
        let mut queue: Vec<(u32, usize)> =
            numbers.iter().filter_map(|number| Some((*reached.get(number)?, *number))).collect();
        queue.sort_unstable();
        self.fates.expect(queue.iter().map(|(_, number)| *number));
        let workers: Vec<usize> = (0..self.runner.parallel()).collect();
        let mut whole: Vec<usize> = Vec::new();
        match copies {
            Copies::No => whole.extend(queue.into_iter().map(|(_, number)| number)),
            Copies::Yes => {
                let queue = Mutex::new(VecDeque::from(queue));
                for grown in parallel::map(workers.len(), &workers, |_| self.grow(&queue, &original, &limits)) {
                    whole.extend(grown?);
                }
            }
        }
        for tried in parallel::map(workers.len(), &whole, |number| self.whole(*number, &original, &limits)) {
            tried?;
        }
        report.running = begun.elapsed();
        Ok(())
    }

    /// Runs trunks until no mutant is left; gives those that have to be runs of their own.
    fn grow(&self, queue: &Queue, original: &Execution, limits: &Limits) -> anyhow::Result<Vec<usize>> {
        let mut whole = Vec::new();
        let is_left = || !queue.lock().unwrap_or_else(PoisonError::into_inner).is_empty();
        while is_left() {
            let course = Course::Branches { queue, original, limits };
            let mut trunk = Trunk::new(self, course, self.world()?);
            let run = self.program.branch(limits, &mut trunk)?;
            // It ended with its trunk, which only a limit or a torn frame does.
            if let Some((number, _)) = trunk.branch.take() {
                trunk.ended += 1;
                self.fates.found(number, Fate::Killed)?;
            }
            let is_idle = trunk.ended + trunk.whole.len() == 0;
            whole.append(&mut trunk.whole);
            if is_idle && is_left() {
                bail!("the page does not come again to where it was, it ended with {:?}", run.end);
            }
        }
        Ok(whole)
    }

    /// A run from the start.
    fn whole(&self, number: usize, original: &Execution, limits: &Limits) -> anyhow::Result<()> {
        let mut trunk = Trunk::new(self, Course::Whole(Next::Become(number_of(number)?)), self.world()?);
        let run = self.program.branch(limits, &mut trunk)?;
        self.fates.found(number, self.fate(run, trunk.page, original, limits))
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
        let before = &original.inlines[value].text;
        let how = || format!("first `{before}`, then `{said}`");
        let changed = (before != said).then(|| Changed { at: At::Value(value), how: how() });
        Some(Fate::Survived(changed.into_iter().collect()))
    }

    fn fate(&self, run: Run, world: PageWorld<'_>, original: &Execution, limits: &Limits) -> Fate {
        let (execution, wrong) = self.said(run, world, limits);
        if !wrong.is_empty() {
            return Fate::Killed;
        }
        let changes = differences(self.job, original, &execution);
        Fate::Survived(changes.into_iter().map(|change| self.changed(change)).collect())
    }

    fn changed(&self, change: Diagnostic) -> Changed {
        let (page, range) = (self.job.page, &change.place.range);
        let cell = page.cells.iter().position(|cell| cell.info == *range).map(At::Cell);
        let value = || page.inlines.iter().position(|inline| inline.range == *range).map(At::Value);
        let how = change.notes.into_iter().next().unwrap_or(change.message);
        Changed { at: cell.or_else(value).unwrap_or(At::Page), how }
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
        let caps = Caps { time: config.caps().time * WAITING, ..config.caps() };
        let states = States::new(page, &session.live, caps);
        let loads = self.runner.loads(self.job, self.artefacts)?;
        let mut world = PageWorld::new(data.clone(), loads, saves, states);
        world.answer_to(&session.programs[0].program);
        Ok(world)
    }
}

fn number_of(number: usize) -> anyhow::Result<u32> {
    u32::try_from(number).map_err(|_| anyhow::anyhow!("too many mutants"))
}
