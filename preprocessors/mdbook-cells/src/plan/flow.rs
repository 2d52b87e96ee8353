//! What follows which input: found in the source, before anything is run.
//!
//! A statement that asks for an input is a source; names that it binds carry it on, and so do names computed from these. What
//! mentions such a name is a follower: a live cell, a value in a sentence, a claim. A group is a part of the page that is run
//! once for each state: from a live cell to the last of its followers.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::plan::names::Statement;

/// One thing of a page's program, in its order.
#[derive(Clone, Debug)]
pub struct Node {
    /// Which.
    pub thing: Thing,
    /// What it does with names.
    pub role: Role,
}

/// A part of a page that is run or evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing {
    /// A cell.
    Cell(usize),
    /// A value in a sentence.
    Inline(usize),
    /// A claim.
    Claim(usize),
}

/// What a part does with names.
#[derive(Clone, Debug)]
pub enum Role {
    /// A live cell: statements, with bytes of the page.
    Live(Vec<Statement>),
    /// Any other cell.
    Plain(Vec<Statement>),
    /// An expression that uses these names.
    Expression(BTreeSet<String>),
    /// Not run with the page.
    Apart,
}

/// What follows inputs on a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// Statements that ask for inputs: bytes of the page.
    pub sources: Vec<Range<usize>>,
    /// Parts of the page that are run for each state, in order, none overlapping another.
    pub groups: Vec<Group>,
}

/// A part of the page that is run for each state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// The first and the last of its nodes.
    pub nodes: Range<usize>,
    /// The live cell it begins with.
    pub cell: usize,
    /// What follows the inputs, in order.
    pub followers: Vec<Follower>,
}

/// Something that follows inputs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Follower {
    /// What.
    pub thing: Thing,
    /// The sources it may depend on.
    pub sources: BTreeSet<usize>,
    /// The last cell that must have run before it is there.
    pub after: usize,
}

/// An ordinary cell that uses a name which follows an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stale {
    /// The cell.
    pub cell: usize,
    /// Bytes of the statement in the page.
    pub range: Range<usize>,
    /// The name.
    pub name: String,
}

/// Finds the groups of a page.
pub fn flow(nodes: &[Node]) -> (Flow, Vec<Stale>) {
    let mut walk = Walk { asking: asking(nodes), ..Walk::default() };
    for (at, node) in nodes.iter().enumerate() {
        match (&node.role, node.thing) {
            (Role::Live(statements), Thing::Cell(cell)) => walk.live(at, cell, statements),
            (Role::Plain(statements), Thing::Cell(cell)) => walk.plain(cell, statements),
            (Role::Expression(uses), thing) => walk.expression(at, thing, uses),
            _ => {}
        }
    }
    let groups = walk.groups(nodes);
    (Flow { sources: walk.sources.into_iter().map(|(_, range)| range).collect(), groups }, walk.stale)
}

/// Functions of the page that ask for inputs.
fn asking(nodes: &[Node]) -> BTreeSet<String> {
    let statements = nodes.iter().flat_map(|node| match &node.role {
        Role::Live(statements) | Role::Plain(statements) => statements.as_slice(),
        Role::Expression(_) | Role::Apart => &[],
    });
    statements.filter(|statement| statement.asks).filter_map(|statement| statement.function.clone()).collect()
}

#[derive(Default)]
struct Walk {
    asking: BTreeSet<String>,
    /// The node of every source, and its place.
    sources: Vec<(usize, Range<usize>)>,
    /// Names that follow, and what.
    fed: BTreeMap<String, BTreeSet<usize>>,
    /// Names of live cells that can be changed.
    mutable: BTreeSet<String>,
    /// Node, thing, sources.
    followers: Vec<(usize, Thing, BTreeSet<usize>)>,
    stale: Vec<Stale>,
}

impl Walk {
    fn live(&mut self, at: usize, cell: usize, statements: &[Statement]) {
        let mut all = BTreeSet::new();
        for statement in statements.iter().filter(|statement| statement.function.is_none()) {
            let mut from = self.feeding(&statement.uses);
            if statement.asks || statement.uses.iter().any(|name| self.asking.contains(name)) {
                from.insert(self.sources.len());
                self.sources.push((at, statement.range.clone()));
            }
            self.mutable.extend(statement.mutable.iter().cloned());
            if from.is_empty() {
                self.forget(statement);
                continue;
            }
            // What can be changed may have been.
            for name in statement.uses.intersection(&self.mutable) {
                self.fed.entry(name.clone()).or_default().extend(&from);
            }
            for name in &statement.binds {
                self.fed.insert(name.clone(), from.clone());
            }
            all.extend(from);
        }
        self.followers.push((at, Thing::Cell(cell), all));
    }

    fn plain(&mut self, cell: usize, statements: &[Statement]) {
        for statement in statements.iter().filter(|statement| statement.function.is_none()) {
            if let Some(name) = statement.uses.iter().find(|name| self.fed.contains_key(*name)) {
                self.stale.push(Stale { cell, range: statement.range.clone(), name: name.clone() });
                return;
            }
            self.forget(statement);
        }
    }

    fn expression(&mut self, at: usize, thing: Thing, uses: &BTreeSet<String>) {
        let from = self.feeding(uses);
        if !from.is_empty() {
            self.followers.push((at, thing, from));
        }
    }

    fn feeding(&self, uses: &BTreeSet<String>) -> BTreeSet<usize> {
        uses.iter().filter_map(|name| self.fed.get(name)).flatten().copied().collect()
    }

    /// A name that is bound anew follows nothing any more.
    fn forget(&mut self, statement: &Statement) {
        for name in &statement.binds {
            self.fed.remove(name);
        }
    }

    /// Spans from sources to followers, joined where they overlap.
    fn groups(&self, nodes: &[Node]) -> Vec<Group> {
        let mut spans: Vec<Range<usize>> = self
            .followers
            .iter()
            .map(|(at, _, sources)| sources.iter().map(|source| self.sources[*source].0).min().unwrap_or(*at)..at + 1)
            .collect();
        spans.sort_by_key(|span| (span.start, span.end));
        let mut groups: Vec<Group> = Vec::new();
        for span in spans {
            match groups.last_mut() {
                Some(group) if span.start < group.nodes.end => group.nodes.end = group.nodes.end.max(span.end),
                _ => groups.push(Group { nodes: span, ..Group::default() }),
            }
        }
        for group in &mut groups {
            let mut after = 0;
            let mut followers = self.followers.iter().peekable();
            for at in group.nodes.clone() {
                if let (Thing::Cell(cell), Role::Live(_) | Role::Plain(_)) = (nodes[at].thing, &nodes[at].role) {
                    after = cell;
                }
                if at == group.nodes.start {
                    group.cell = after;
                }
                while let Some((_, thing, sources)) = followers.next_if(|(follower, ..)| *follower <= at) {
                    if group.nodes.contains(&at) && nodes[at].thing == *thing {
                        group.followers.push(Follower { thing: *thing, sources: sources.clone(), after });
                    }
                }
            }
        }
        groups
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::syntax;

    fn nodes(parts: &[(&str, &str)]) -> Vec<Node> {
        let statements = |code: &str| syntax::cell(code.to_owned()).0.statements;
        let node = |(at, (kind, code)): (usize, &(&str, &str))| match *kind {
            "live" => Node { thing: Thing::Cell(at), role: Role::Live(statements(code)) },
            "cell" => Node { thing: Thing::Cell(at), role: Role::Plain(statements(code)) },
            _ => Node { thing: Thing::Inline(at), role: Role::Expression(syntax::expression(code).unwrap().uses) },
        };
        parts.iter().enumerate().map(node).collect()
    }

    const K: &str = "let k = input::choice(\"k\", [1, 2]).default(1);";
    const M: &str = "let m = input::choice(\"m\", [1, 2]).default(1);";

    type Followers = Vec<(Thing, Vec<usize>)>;

    fn found(parts: &[(&str, &str)]) -> Vec<(Range<usize>, Followers)> {
        let (flow, stale) = flow(&nodes(parts));
        assert_eq!(stale, []);
        let followers = |group: &Group| {
            group.followers.iter().map(|one| (one.thing, one.sources.iter().copied().collect())).collect()
        };
        flow.groups.iter().map(|group| (group.nodes.clone(), followers(group))).collect()
    }

    #[test]
    fn a_group_ends_with_the_last_that_follows() {
        use Thing::{Cell, Inline};
        let parts = [
            ("live", K),
            ("value", "k"),
            ("value", "другое"),
            ("cell", "let z = 1;"),
            ("value", "f(k)"),
            ("value", "z"),
        ];
        assert_eq!(found(&parts), [(0..5, vec![(Cell(0), vec![0]), (Inline(1), vec![0]), (Inline(4), vec![0])])]);
    }

    #[test]
    fn live_cells_that_share_nothing_are_groups_of_their_own_and_others_are_one() {
        use Thing::{Cell, Inline};
        assert_eq!(
            found(&[("live", K), ("live", M)]),
            [(0..1, vec![(Cell(0), vec![0])]), (1..2, vec![(Cell(1), vec![1])])]
        );
        let both = format!("{K}\n{M}");
        let parts =
            [("live", both.as_str()), ("live", "let c = input::toggle(\"c\").default(true); k"), ("value", "m")];
        let one = vec![(Cell(0), vec![0, 1]), (Cell(1), vec![0, 2]), (Inline(2), vec![1])];
        assert_eq!(found(&parts), [(0..3, one)]);
    }

    #[test]
    fn what_is_changed_by_a_follower_follows_and_what_is_bound_anew_does_not() {
        use Thing::{Cell, Inline};
        let code = format!("let mut сумма = 0; {K} for i in 0..k {{ сумма += i; }}");
        assert_eq!(
            found(&[("live", &code), ("value", "сумма")]),
            [(0..2, vec![(Cell(0), vec![0]), (Inline(1), vec![0])])]
        );
        assert_eq!(found(&[("live", K), ("cell", "let k = 5;"), ("value", "k")]), [(0..1, vec![(Cell(0), vec![0])])]);
    }

    #[test]
    fn an_ordinary_cell_cannot_use_what_follows() {
        let (_, stale) = flow(&nodes(&[("live", K), ("cell", "let f = |k: u8| k;"), ("cell", "let t = k + 1;")]));
        assert_eq!(stale, [Stale { cell: 2, range: 0..14, name: "k".into() }]);
    }
}
