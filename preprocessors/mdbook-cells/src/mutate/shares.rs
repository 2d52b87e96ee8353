//! How many mutants came to which end, and what of that a book keeps: until the page's program is another.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use store::{Key, Store};

use super::{Kind, Mutant};
use crate::plan::{Job, Role};
use crate::run::trial::{Fate, Report};

/// How many mutants of a kind came to which end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shares {
    /// Some check noticed them.
    pub killed: usize,
    /// None did.
    pub survived: usize,
    /// Those of the survivors that change nothing on the page.
    pub unseen: usize,
    /// The compiler refuses them.
    pub untried: usize,
}

impl Shares {
    /// Those that were tried.
    pub fn tried(self) -> usize {
        self.killed + self.survived
    }

    /// The share that was noticed, in per cent; none of none.
    pub fn noticed(self) -> Option<usize> {
        (self.killed * 100).checked_div(self.tried())
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            killed: self.killed + other.killed,
            survived: self.survived + other.survived,
            unseen: self.unseen + other.unseen,
            untried: self.untried + other.untried,
        }
    }
}

/// The shares of a report.
pub fn shares(mutants: &[Mutant], report: &Report) -> BTreeMap<Kind, Shares> {
    let mut shares: BTreeMap<Kind, Shares> = BTreeMap::new();
    for (number, fate) in &report.fates {
        let shares = shares.entry(mutants[number - 1].kind).or_default();
        match fate {
            Fate::Killed => shares.killed += 1,
            Fate::NotTried => shares.untried += 1,
            Fate::NotReached => {
                shares.survived += 1;
                shares.unseen += 1;
            }
            Fate::Survived(changed) => {
                shares.survived += 1;
                shares.unseen += usize::from(changed.is_empty());
            }
        }
    }
    shares
}

/// Keeps the shares of a page's usual sample.
pub fn keep(store: &Store, job: Job<'_>, shares: &BTreeMap<Kind, Shares>) -> anyhow::Result<()> {
    store.put(KIND, &key(job), &serde_json::to_vec(&shares.iter().collect::<Vec<_>>())?)
}

/// What was kept of a page whose program is still the same.
pub fn kept(store: &Store, job: Job<'_>) -> Option<BTreeMap<Kind, Shares>> {
    let kept: Vec<(Kind, Shares)> = serde_json::from_slice(&store.get(KIND, &key(job))?).ok()?;
    Some(kept.into_iter().collect())
}

const KIND: &str = "mutants";

/// Other rules make other mutants.
const RULES: [&str; 2] = [include_str!("../mutate.rs"), include_str!("rules.rs")];

fn key(Job { page, session }: Job<'_>) -> Key {
    let program = session.programs.iter().find(|planned| planned.role == Role::Page);
    Key::of(&[
        ("page", page.path.as_bytes()),
        ("program", program.map_or(&[], |planned| planned.program.text.as_bytes())),
        ("rules", store::hash(RULES.concat().as_bytes()).as_bytes()),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::plan;

    #[test]
    fn what_was_kept_is_of_the_program_that_there_is() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path());
        let text = "Слово.\n\n```rust cell\nlet шаг = 1 + 2;\n```\n";
        let of = |text: &str, shares: Option<&BTreeMap<Kind, Shares>>| {
            let (page, _) = page::read("src/а.md", text, &[]);
            let (session, _) = plan(&page, "");
            let job = Job { page: &page, session: session.as_ref().unwrap() };
            shares.map_or_else(|| kept(&store, job), |shares| keep(&store, job, shares).ok().and(None))
        };
        let shares = BTreeMap::from([(Kind::Figure, Shares { killed: 2, survived: 1, unseen: 0, untried: 0 })]);
        assert_eq!(of(text, None), None);
        of(text, Some(&shares));
        assert_eq!(of(text, None), Some(shares));
        assert_eq!(
            of(&text.replace("Слово.", "Другое слово."), None).map(|kept| kept.len()),
            Some(1),
            "prose is no program"
        );
        assert_eq!(of(&text.replace("1 + 2", "1 - 2"), None), None);
    }
}
