//! Pages of which it is known what they become: nothing has changed that follows into them, so nobody reads them.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use diagnostic::Diagnostic;
use kept::{Kept, Key};
use serde::{Deserialize, Serialize};
use step::{Made, Way};

use crate::config::Config;
use crate::draft::{Read, finished};
use crate::labels::{Labelled, Labels};
use crate::parallel;
use crate::run::computed::Computed;
use crate::run::{Artefacts, PageResult, Runner};

/// The kind of entry that a finished page is.
const KIND: &str = "cells";

/// A page with what was computed, and what that was computed from.
pub type Finished = Made<Computed>;

/// What a page says to the others, and to who runs it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Told {
    /// Its labels and its links to labels.
    pub labelled: Labelled,
    /// Artefacts that it saves or loads.
    artefacts: BTreeSet<String>,
    /// What is wrong with it is said by whoever reads it.
    is_wrong: bool,
}

impl Told {
    /// Hears a page, which `read` reads; gives what was read of it, where it had to be.
    pub fn hear(
        page: &Way,
        config: &Config,
        kept: &Kept,
        read: impl FnOnce(&Way) -> Result<Read>,
    ) -> Result<(Self, Option<Read>)> {
        let prelude = config.prelude();
        let mut was_read = None;
        let told = kept.or_make("told", &[("prelude", prelude.as_bytes()), ("page", page.name())], || {
            Ok(Self::of(was_read.insert(read(page)?)))
        });
        Ok((told?, was_read))
    }

    fn of(read: &Read) -> Self {
        let names = read.session.iter().flat_map(|session| session.saves.iter().chain(&session.loads));
        Self {
            labelled: Labelled::of(&read.page),
            artefacts: names.map(|(name, _)| name.clone()).collect(),
            is_wrong: !read.diagnostics.is_empty(),
        }
    }
}

/// A page with what was computed now.
pub struct Filled {
    finished: Finished,
    /// It is known what it was computed from, so that it may be kept.
    is_computed: bool,
    /// What running it has said.
    diagnostics: Vec<Diagnostic>,
}

/// The pages of a book, of which some may be known.
pub struct Shelf<'a> {
    /// What was made before.
    pub kept: &'a Kept,
    /// They as their authors wrote them.
    pub pages: &'a [&'a Way],
    /// What each says, in the same order.
    pub told: &'a [Told],
    /// The numbers of all labels.
    pub labels: &'a Labels,
    /// The settings.
    pub config: &'a Config,
    /// Who runs pages.
    pub runner: &'a Runner,
}

impl Shelf<'_> {
    /// The name of a finished page. What an environment is may be known only when the library was built.
    fn key(&self, page: usize) -> Key {
        let seen = self.labels.seen_from(&self.told[page].labelled);
        self.kept.key(&[
            ("config", self.config.of_pages().as_bytes()),
            ("environment", self.runner.environment().as_bytes()),
            ("labels", format!("{seen:?}").as_bytes()),
            ("page", self.pages[page].name()),
        ])
    }

    /// The pages that are known. Of pages that give each other artefacts all are known, or none.
    pub fn known(&self) -> Vec<Option<Finished>> {
        let numbers: Vec<usize> = (0..self.pages.len()).collect();
        let mut found = parallel::map(self.config.parallel(), &numbers, |page| {
            let right = Some(*page).filter(|page| !self.told[*page].is_wrong)?;
            let finished = Finished::known(self.kept, KIND, &self.key(right))?;
            finished.more.is_still_there(self.runner).then_some(finished)
        });
        let artefacts: Artefacts = found.iter().flatten().flat_map(|page| page.more.saved()).collect();
        for page in &mut found {
            page.take_if(|page| !page.more.loads_from(&artefacts));
        }
        for page in self.connected(&found) {
            found[page] = None;
        }
        found
    }

    /// Puts into a page that was read what was computed of it.
    pub fn filled(&self, read: &Read, result: PageResult, artefacts: &Artefacts) -> Filled {
        let (edits, diagnostics) =
            finished(&read.page, read.session.as_ref(), &result, self.labels, self.config).unwrap_or_default();
        let more = self.computed(read, &result, artefacts);
        let (is_computed, more) = (more.is_some(), more.unwrap_or_default());
        let finished = Finished { edits: edits.into(), diagnostics, more };
        Filled { finished, is_computed, diagnostics: result.diagnostics }
    }

    /// Keeps the pages that are right in a book that is; gives all, and what running them has said.
    pub fn finish(
        &self,
        known: Vec<Option<Finished>>,
        read: &[Option<Read>],
        filled: Vec<Option<Filled>>,
        of_book: &[Diagnostic],
    ) -> Result<(Vec<Finished>, Vec<Diagnostic>)> {
        let is_right = !diagnostic::has_errors(of_book);
        let mut diagnostics = Vec::new();
        let pages = known.into_iter().zip(read).zip(filled).enumerate().map(|(page, ((known, read), filled))| {
            let Some(read) = read else { return Ok(known.expect("what was not known was read")) };
            // There was nothing to run.
            let nothing = || self.filled(read, PageResult::default(), &Artefacts::new());
            let Filled { finished, is_computed, diagnostics: said } = filled.unwrap_or_else(nothing);
            diagnostics.extend(said);
            if is_computed && is_right && !diagnostic::has_errors(&finished.diagnostics) {
                finished.keep(self.kept, KIND, &self.key(page))?;
            }
            Ok(finished)
        });
        let pages = pages.collect::<Result<_>>()?;
        Ok((pages, diagnostics))
    }

    /// What a page was computed from; nothing where it is wrong, or was not run.
    fn computed(&self, read: &Read, result: &PageResult, artefacts: &Artefacts) -> Option<Computed> {
        match (read.job(), &result.execution) {
            (Some(job), Some(execution)) => Computed::of(self.runner, job, execution, artefacts),
            (None, None) if read.diagnostics.is_empty() => Some(Computed::default()),
            _ => None,
        }
    }

    /// The pages that artefacts connect, over however many others, with one that is not known.
    fn connected(&self, found: &[Option<Finished>]) -> BTreeSet<usize> {
        let mut users: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (page, told) in self.told.iter().enumerate() {
            told.artefacts.iter().for_each(|name| users.entry(name).or_default().push(page));
        }
        let mut connected = BTreeSet::new();
        let mut open: Vec<usize> = (0..found.len()).filter(|page| found[*page].is_none()).collect();
        while let Some(page) = open.pop() {
            if connected.insert(page) {
                open.extend(self.told[page].artefacts.iter().flat_map(|name| &users[name.as_str()]));
            }
        }
        connected
    }
}
