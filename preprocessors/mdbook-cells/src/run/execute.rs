//! One page through an engine: its programs in order, what they asked and said, the execution that this makes.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;

use diagnostic::{Diagnostic, Place};
use engine::{Conditions, Engine, Purpose, Unit};

use crate::assemble::assemble;
use crate::assemble::states::States;
use crate::config::Config;
use crate::execution::Execution;
use crate::plan::{Job, Planned, Role};
use crate::run::key::of_artefact;
use crate::run::world::{PageWorld, Taken};
use page::Page;

/// What a page is run with.
pub(crate) struct Setting<'a> {
    /// What compiles and runs its programs.
    pub(crate) engine: &'a dyn Engine,
    /// What surrounds them.
    pub(crate) conditions: Conditions,
    /// The settings of the book.
    pub(crate) config: &'a Config,
    /// The folder of the data that it may read.
    pub(crate) data: &'a Path,
    /// The artefacts that it may load.
    pub(crate) loads: BTreeMap<String, Vec<u8>>,
}

/// What came of running a page's programs.
pub(crate) struct Executed {
    pub(crate) execution: Execution,
    /// Artefacts by name.
    pub(crate) saved: Vec<(String, Vec<u8>)>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Setting<'_> {
    /// Runs the programs of a page. `Err` is the machine's failure; the author's are diagnostics.
    pub(crate) fn execute(self, job: Job<'_>) -> anyhow::Result<Executed> {
        let Job { page, session } = job;
        let saves: BTreeSet<String> = session.saves.iter().map(|(name, _)| name.clone()).collect();
        let states = States::new(page, &session.live, self.config.caps());
        let mut world = PageWorld::new(self.data.to_owned(), self.loads, saves, states);
        let mut outcomes = Vec::new();
        for planned in &session.programs {
            world.answer_to(&planned.program);
            outcomes.push(self.engine.run(&unit(job, planned, self.config), self.conditions, &mut world)?);
        }
        let Taken { reads, saved, seen } = world.finish();
        let limits = self.config.limits(session.timeout);
        let (mut execution, mut diagnostics) = assemble(job, &outcomes, &seen, &limits, self.config.words);
        if !diagnostic::has_errors(&diagnostics) {
            let is_saved = |name: &String| saved.iter().any(|(saved, _)| saved == name);
            let unsaved = session.saves.iter().filter(|(name, _)| !is_saved(name));
            diagnostics.extend(unsaved.map(|(name, range)| never_saved(page, name, range)));
        }
        execution.reads = reads;
        let hash = |bytes: &[u8]| of_artefact(bytes).to_string();
        execution.saved = saved.iter().map(|(name, bytes)| (name.clone(), hash(bytes))).collect();
        Ok(Executed { execution, saved, diagnostics })
    }
}

pub(crate) fn unit(Job { page, session }: Job<'_>, planned: &Planned, config: &Config) -> Unit {
    let purpose = match planned.role {
        Role::Page | Role::Alone(_) => {
            Purpose::Run { seed: session.seed.unwrap_or(config.seed), limits: config.limits(session.timeout) }
        }
        Role::CompileFail(_) | Role::NoRun(_) => Purpose::Check,
    };
    let opt = session.opt.unwrap_or(config.opt);
    Unit {
        file: page.path.clone(),
        text: planned.program.text.clone(),
        opt,
        language: config.words.code.to_owned(),
        purpose,
    }
}

fn never_saved(page: &Page, name: &str, range: &Range<usize>) -> Diagnostic {
    let place = Place::new(&page.path, range.clone());
    Diagnostic::error("artefact-unsaved", format!("the artefact `{name}` was never saved"), place)
        .help("the call was not reached; save it on every way through the page")
}
