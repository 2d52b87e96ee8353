//! Graphs of numbered nodes with weighted edges: orders, distances, parts, importance. Searches are those of `petgraph`.
//!
//! ```
//! use ml::graph::Graph;
//! let mut reading = Graph::new(3);
//! reading.edge(0, 1, 1.0).edge(1, 2, 1.0);
//! assert_eq!(reading.order(), Ok(vec![0, 1, 2]));
//! ```

use std::collections::VecDeque;

use ndarray::Array2;
use petgraph::algo::{astar, dijkstra, tarjan_scc};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef as _;

/// A directed graph of nodes 0 … n − 1; an edge both ways is two edges.
#[derive(Clone, Debug)]
pub struct Graph {
    inner: DiGraph<(), f64>,
}

/// A node that comes before itself: the graph has a cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cycle {
    /// A node of the cycle.
    pub node: usize,
}

impl std::fmt::Display for Cycle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "graph: node {} comes before itself", self.node)
    }
}

impl std::error::Error for Cycle {}

impl Graph {
    /// `n` nodes without edges.
    pub fn new(n: usize) -> Self {
        let mut inner = DiGraph::new();
        (0..n).for_each(|_| {
            inner.add_node(());
        });
        Self { inner }
    }

    /// Adds an edge.
    ///
    /// # Panics
    /// When a node is not below n, or the weight is negative or not finite.
    #[track_caller]
    pub fn edge(&mut self, from: usize, to: usize, weight: f64) -> &mut Self {
        assert!(from.max(to) < self.len(), "graph: node {} is not among {}", from.max(to), self.len());
        assert!(weight >= 0.0 && weight.is_finite(), "graph: a weight is finite and not negative, not {weight}");
        self.inner.add_edge(NodeIndex::new(from), NodeIndex::new(to), weight);
        self
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.inner.node_count()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The edges (from, to, weight) in the order they were added.
    pub fn edges(&self) -> Vec<(usize, usize, f64)> {
        self.inner.edge_references().map(|e| (e.source().index(), e.target().index(), *e.weight())).collect()
    }

    /// The nodes that edges lead to from a node, in the order they were added.
    pub fn next(&self, node: usize) -> Vec<usize> {
        let mut edges: Vec<_> = self.inner.edges(NodeIndex::new(node)).collect();
        edges.sort_by_key(|edge| edge.id());
        edges.into_iter().map(|edge| edge.target().index()).collect()
    }

    /// The nodes in an order in which every edge leads forward; of several that may come next, the smallest number (Kahn, 1962).
    ///
    /// # Errors
    /// When there is a cycle.
    pub fn order(&self) -> Result<Vec<usize>, Cycle> {
        let mut waiting = vec![0_usize; self.len()];
        self.edges().iter().for_each(|&(_, to, _)| waiting[to] += 1);
        let mut ready: std::collections::BTreeSet<usize> = (0..self.len()).filter(|&node| waiting[node] == 0).collect();
        let mut order = Vec::with_capacity(self.len());
        while let Some(node) = ready.pop_first() {
            order.push(node);
            for to in self.next(node) {
                waiting[to] -= 1;
                if waiting[to] == 0 {
                    ready.insert(to);
                }
            }
        }
        let cyclic = |part: &Vec<usize>| part.len() > 1 || self.next(part[0]).contains(&part[0]);
        self.components().into_iter().find(cyclic).map_or(Ok(order), |part| Err(Cycle { node: part[0] }))
    }

    /// How many edges the shortest way from a node has; `None` where there is no way.
    pub fn hops(&self, from: usize) -> Vec<Option<usize>> {
        let mut hops = vec![None; self.len()];
        hops[from] = Some(0);
        let mut queue = VecDeque::from([(from, 0)]);
        while let Some((node, count)) = queue.pop_front() {
            for to in self.next(node) {
                if hops[to].is_none() {
                    hops[to] = Some(count + 1);
                    queue.push_back((to, count + 1));
                }
            }
        }
        hops
    }

    /// The least sum of weights on a way from a node (Dijkstra, 1959); infinite where there is no way.
    pub fn distances(&self, from: usize) -> Vec<f64> {
        let found = dijkstra(&self.inner, NodeIndex::new(from), None, |edge| *edge.weight());
        (0..self.len()).map(|node| found.get(&NodeIndex::new(node)).copied().unwrap_or(f64::INFINITY)).collect()
    }

    /// The nodes of a way with the least sum of weights, both ends included; `None` where there is no way.
    pub fn path(&self, from: usize, to: usize) -> Option<Vec<usize>> {
        let goal = NodeIndex::new(to);
        let found = astar(&self.inner, NodeIndex::new(from), |node| node == goal, |edge| *edge.weight(), |_| 0.0);
        found.map(|(_, path)| path.into_iter().map(NodeIndex::index).collect())
    }

    /// The strongly connected parts (Tarjan, 1972): of two nodes of one part each can be reached from the other; nodes and parts by
    /// number.
    pub fn components(&self) -> Vec<Vec<usize>> {
        let parts = tarjan_scc(&self.inner).into_iter();
        let mut parts: Vec<Vec<usize>> = parts.map(|part| part.into_iter().map(NodeIndex::index).collect()).collect();
        parts.iter_mut().for_each(|part| part.sort_unstable());
        parts.sort_unstable();
        parts
    }

    /// PageRank (Brin and Page, 1998): the share of time a reader is at each node who follows edges by their weights with probability
    /// `damping` and else, or where no edge leads on, goes to any node; to a change of 10⁻¹² in sum.
    pub fn page_rank(&self, damping: f64) -> Vec<f64> {
        let (n, edges) = (self.len(), self.edges());
        let mut out = vec![0.0; n];
        edges.iter().for_each(|&(from, _, weight)| out[from] += weight);
        let mut rank = vec![1.0 / n as f64; n];
        for _ in 0..10_000 {
            let stuck: f64 = (0..n).filter(|&node| out[node] == 0.0).map(|node| rank[node]).sum();
            let mut next = vec![(1.0 - damping) / n as f64 + damping * stuck / n as f64; n];
            for &(from, to, weight) in edges.iter().filter(|(from, ..)| out[*from] > 0.0) {
                next[to] += damping * rank[from] * weight / out[from];
            }
            let change: f64 = rank.iter().zip(&next).map(|(a, b)| (a - b).abs()).sum();
            rank = next;
            if change < 1e-12 {
                break;
            }
        }
        rank
    }

    /// The matrix of weights from rows to columns.
    pub fn adjacency(&self) -> Array2<f64> {
        let mut a = Array2::zeros((self.len(), self.len()));
        self.edges().into_iter().for_each(|(from, to, weight)| a[[from, to]] += weight);
        a
    }
}
