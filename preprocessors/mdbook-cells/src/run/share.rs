//! What pages gave, given to other machines and taken from them. What is taken is marked until it has been run here.

use engine::Note;
use store::Key;

use super::key::of_artefact;
use super::parcel::{Parcel, Refused, shape};
use super::record::{Record, Records};
use super::schedule::walk;
use super::{Artefacts, PageResult, Runner, Saved};
use crate::plan::Job;

/// The kind of entry that marks an execution which came from elsewhere.
const PULLED: &str = "pulled";

/// Looks for a parcel elsewhere.
pub type Find<'a> = dyn FnMut(&Key) -> anyhow::Result<Option<Result<Parcel, Refused>>> + 'a;

/// What the store has of a page, for others.
#[derive(Clone, Debug, PartialEq)]
pub enum Given {
    /// It has run here.
    Parcel(Box<Parcel>),
    /// It has not run, or something of it is not there any more.
    Missing,
    /// It came from elsewhere, and was not run here.
    Pulled,
}

/// What came of looking for a page's result elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It was there, and is here now.
    Here,
    /// It was here already.
    Before,
    /// It is not there, or follows from other files.
    Missing,
    /// What is there is nothing to take.
    Refused(Key, Refused),
}

impl Runner {
    /// What compiles programs here, and what keeps them in.
    pub fn machine(&self) -> (String, String) {
        let environment = self.engine.environment();
        (environment.compiler.clone(), super::key::sandbox(&environment.lacking))
    }

    /// What is here of every page with something to run, in the order in which they would run.
    pub fn give(&self, jobs: &[Option<Job<'_>>]) -> anyhow::Result<Vec<(usize, Given)>> {
        let notes = self.engine.notes()?;
        let mut given = Vec::new();
        walk(jobs, &mut |index, job, artefacts| {
            let found = self.given(job, artefacts, &notes);
            let saved = match &found {
                Given::Parcel(parcel) => Some(parcel.execution.saved.clone()),
                // Others may follow from what was pulled.
                Given::Pulled => self.stored(&self.parts(job, artefacts).key()).map(|execution| execution.saved),
                Given::Missing => None,
            };
            given.push((index, found));
            saved
        });
        Ok(given)
    }

    fn given(&self, job: Job<'_>, artefacts: &Artefacts, notes: &[Note]) -> Given {
        let parts = self.parts(job, artefacts);
        let key = parts.key();
        let Some(execution) = self.stored(&key) else { return Given::Missing };
        if self.is_pulled(&key) {
            return Given::Pulled;
        }
        let saved = execution.saved.iter().map(|(_, hash)| self.artefact(hash));
        let Some(artefacts) = saved.collect::<Option<Vec<_>>>() else { return Given::Missing };
        let milliseconds = self.record(job.page).map_or(0, |record| record.milliseconds);
        Given::Parcel(Box::new(Parcel { parts, milliseconds, notes: notes.to_vec(), execution, artefacts }))
    }

    /// Takes for every page what `find` has under its key, in the order in which they would run.
    pub fn take(&self, jobs: &[Option<Job<'_>>], find: &mut Find<'_>) -> anyhow::Result<Vec<(usize, Taken)>> {
        let (mut all, mut failure) = (Vec::new(), None);
        walk(jobs, &mut |index, job, artefacts| match self.taken(job, artefacts, find) {
            Ok((taken, saved)) => {
                all.push((index, taken));
                saved
            }
            Err(error) => {
                failure.get_or_insert(error);
                None
            }
        });
        failure.map_or(Ok(all), Err)
    }

    fn taken(
        &self,
        job: Job<'_>,
        artefacts: &Artefacts,
        find: &mut Find<'_>,
    ) -> anyhow::Result<(Taken, Option<Saved>)> {
        let key = self.parts(job, artefacts).key();
        if let Some(execution) = self.stored(&key) {
            return Ok((Taken::Before, Some(execution.saved)));
        }
        let parcel = match find(&key)? {
            None => return Ok((Taken::Missing, None)),
            Some(Err(refused)) => return Ok((Taken::Refused(key, refused), None)),
            Some(Ok(parcel)) => parcel,
        };
        if let Err(refused) = check(job, &parcel) {
            return Ok((Taken::Refused(key, refused), None));
        }
        let reads = &parcel.execution.reads;
        if !reads.iter().all(|(path, before)| self.data_hash(path) == *before) {
            return Ok((Taken::Missing, None));
        }
        self.keep_parcel(job, &parcel)?;
        Ok((Taken::Here, Some(parcel.execution.saved)))
    }

    /// Writes the execution last but for what only talks about it: until then nobody takes anything of the rest.
    fn keep_parcel(&self, job: Job<'_>, parcel: &Parcel) -> anyhow::Result<()> {
        for bytes in &parcel.artefacts {
            self.store.put("artefact", &of_artefact(bytes), bytes)?;
        }
        self.store.put(PULLED, &parcel.key(), b"")?;
        self.store.put("execution", &parcel.key(), &serde_json::to_vec(&parcel.execution)?)?;
        let records = Records::open(&self.store);
        if records.get(&job.page.path).is_none() {
            let (parts, reads) = (parcel.parts.clone(), parcel.execution.reads.clone());
            let because = vec!["its result was pulled".to_owned()];
            records.put(&job.page.path, &Record { parts, reads, milliseconds: parcel.milliseconds, because })?;
        }
        Ok(())
    }

    /// Which pages have results that came from elsewhere, in the order of their keys, which nobody chooses.
    pub fn pulled(&self, jobs: &[Option<Job<'_>>], results: &[PageResult]) -> Vec<usize> {
        let artefacts = saved(results);
        let with_results = jobs.iter().zip(results).enumerate().filter(|(_, (_, result))| result.execution.is_some());
        let keys = with_results.filter_map(|(index, (job, _))| Some((self.parts((*job)?, &artefacts).key(), index)));
        let mut pulled: Vec<(Key, usize)> = keys.filter(|(key, _)| self.is_pulled(key)).collect();
        pulled.sort_unstable();
        pulled.into_iter().map(|(_, index)| index).collect()
    }

    /// A page whose result came from elsewhere gave the same here: from now on it is ours.
    pub fn confirm(&self, job: Job<'_>, results: &[PageResult]) -> anyhow::Result<()> {
        self.store.remove(PULLED, &self.parts(job, &saved(results)).key())
    }

    /// It gave something else: the next build runs it.
    pub fn reject(&self, job: Job<'_>, results: &[PageResult]) -> anyhow::Result<()> {
        let key = self.parts(job, &saved(results)).key();
        self.store.remove("execution", &key)?;
        self.store.remove(PULLED, &key)
    }

    /// What was run here is no longer from elsewhere.
    pub(super) fn unmark(&self, key: &Key) -> anyhow::Result<()> {
        self.store.remove(PULLED, key)
    }

    fn is_pulled(&self, key: &Key) -> bool {
        self.store.written(PULLED, key).is_some()
    }
}

/// Whether a parcel is one that this page can have given.
fn check(Job { page, session }: Job<'_>, parcel: &Parcel) -> Result<(), Refused> {
    let mut named: Vec<&String> = session.saves.iter().map(|(name, _)| name).collect();
    let mut saved: Vec<&String> = parcel.execution.saved.iter().map(|(name, _)| name).collect();
    named.sort_unstable();
    named.dedup();
    saved.sort_unstable();
    if named != saved {
        return Err(Refused("it saves other artefacts than its page".to_owned()));
    }
    shape::check(page, &parcel.execution)
}

fn saved(results: &[PageResult]) -> Artefacts {
    results.iter().filter_map(|result| result.execution.as_ref()).flat_map(|run| run.saved.clone()).collect()
}
