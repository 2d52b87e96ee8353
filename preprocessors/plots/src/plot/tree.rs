//! Trees: decisions, searches, parses; every branch finds its place by itself.

use crate::language::{say, word};
use kernel::{Part, Rich, Show};

use super::geometry::Point;
use super::pen::HALO;
use super::svg::{Anchor, Path, Svg, document, escape};
use super::text;

/// A node with what hangs below it.
#[derive(Clone, Debug)]
#[must_use = "a tree is shown as the last expression of a cell or by `show!`"]
pub struct Tree {
    lines: Vec<String>,
    branches: Vec<(String, Tree)>,
    colour: Option<usize>,
    title: Option<String>,
    alt: Option<String>,
}

/// A node with nothing below it.
pub fn leaf(text: impl Into<String>) -> Tree {
    let lines = text.into().lines().map(str::to_owned).collect();
    Tree { lines, branches: Vec::new(), colour: None, title: None, alt: None }
}

/// A node with branches below it, each with a text at its edge (empty for none).
///
/// ```
/// use plots::plot::{branch, leaf};
/// branch("рост ≤ 170?", [("да", leaf("кот").colour(1)), ("нет", branch("хвост?", [("да", leaf("пёс")), ("нет", leaf("жираф"))]))]);
/// ```
pub fn branch<T: Into<String>>(text: impl Into<String>, branches: impl IntoIterator<Item = (T, Tree)>) -> Tree {
    let branches = branches.into_iter().map(|(text, tree)| (text.into(), tree)).collect();
    Tree { branches, ..leaf(text) }
}

const ROW: f64 = 21.0;
const EDGE: f64 = 12.0;
const BESIDE: f64 = 14.0;
const BELOW: f64 = 44.0;

impl Tree {
    /// Tints the node with one of the theme's colours, 1 to 8.
    ///
    /// # Panics
    /// When there is no such colour.
    #[track_caller]
    pub fn colour(mut self, number: usize) -> Self {
        assert!((1..=8).contains(&number), "plot: tree: colour {number} is not one of 1 to 8");
        self.colour = Some(number);
        self
    }

    /// Writes a title above the tree.
    pub fn title(mut self, text: impl Into<String>) -> Self {
        self.title = Some(text.into());
        self
    }

    /// Replaces the description that is made from the nodes.
    pub fn alt(mut self, text: impl Into<String>) -> Self {
        self.alt = Some(text.into());
        self
    }

    /// The picture, an `<svg>` element.
    pub fn to_svg(&self) -> String {
        let top = if self.title.is_some() { 36.0 } else { EDGE };
        let heights = self.heights();
        let mut svg = Svg::default();
        if let Some(title) = &self.title {
            svg.text(EDGE, 22.0, Anchor::Start, "font-weight=\"600\"", &escape(title));
        }
        let mut drawing = Drawing { edges: Path::default(), texts: Vec::new(), nodes: Vec::new() };
        self.place(EDGE, top, &heights, &mut drawing);
        svg.path(drawing.edges, "stroke=\"var(--plot-fg)\" stroke-width=\"1.5\"");
        for (x, y, text) in drawing.texts.into_iter().filter(|(.., text)| !text.is_empty()) {
            svg.text(x, y, Anchor::Middle, HALO, &escape(text));
        }
        for ((x, y), node) in drawing.nodes {
            node.draw(x, y, &mut svg);
        }
        let below = BELOW * (heights.len() - 1) as f64 + heights.iter().sum::<f64>();
        let title = self.title.as_deref().map_or(0.0, text::width);
        document((self.span().max(title) + 2.0 * EDGE, top + below + EDGE), &svg.finish())
    }

    /// Places the tree with its left edge at `left`; returns the middle of its root.
    fn place<'a>(&'a self, left: f64, top: f64, heights: &[f64], drawing: &mut Drawing<'a>) -> f64 {
        let y = top + heights[0] / 2.0;
        let own = self.span();
        let below: f64 = self.below();
        let mut at = left + (own - below) / 2.0;
        let mut middles = Vec::new();
        for (text, tree) in &self.branches {
            let span = tree.span().max(text::width(text));
            let inner = at + (span - tree.span()) / 2.0;
            middles.push((tree.place(inner, top + heights[0] + BELOW, &heights[1..], drawing), text, tree));
            at += span + BESIDE;
        }
        let x = match (middles.first(), middles.last()) {
            (Some(first), Some(last)) => {
                f64::midpoint(first.0, last.0).clamp(left + self.width() / 2.0, left + own - self.width() / 2.0)
            }
            _ => left + own / 2.0,
        };
        for (middle, text, tree) in middles {
            let (from, to) = (y + self.height() / 2.0, top + heights[0] + BELOW + (heights[1] - tree.height()) / 2.0);
            drawing.edges.move_to(x, from);
            drawing.edges.line_to(middle, to);
            // Near the lower end, where edges of one node are apart.
            drawing.texts.push((x + 0.62 * (middle - x), from + 0.62 * (to - from) + 5.5, text));
        }
        drawing.nodes.push(((x, y), self));
        x
    }

    fn draw(&self, x: f64, y: f64, svg: &mut Svg) {
        let colour = self.colour.map_or_else(|| "var(--plot-fg)".to_owned(), |number| format!("var(--plot-{number})"));
        let tint = if self.colour.is_some() { ".16" } else { ".04" };
        let round = if self.branches.is_empty() { 12 } else { 4 };
        let look = format!(
            "rx=\"{round}\" fill=\"{colour}\" fill-opacity=\"{tint}\" stroke=\"{colour}\" stroke-width=\"1.5\""
        );
        svg.rect(x - self.width() / 2.0, y - self.height() / 2.0, self.width(), self.height(), &look);
        let first = y + 5.5 - ROW * (self.lines.len() as f64 - 1.0) / 2.0;
        for (line, text) in self.lines.iter().enumerate() {
            svg.text(x, first + ROW * line as f64, Anchor::Middle, "", &escape(text));
        }
    }

    fn width(&self) -> f64 {
        self.lines.iter().map(|line| text::width(line)).fold(16.0, f64::max) + 18.0
    }

    fn height(&self) -> f64 {
        ROW * self.lines.len().max(1) as f64 + 12.0
    }

    /// The room that the branches need side by side.
    fn below(&self) -> f64 {
        let spans: f64 = self.branches.iter().map(|(text, tree)| tree.span().max(text::width(text))).sum();
        spans + BESIDE * self.branches.len().saturating_sub(1) as f64
    }

    /// The room that the node needs with all below it.
    fn span(&self) -> f64 {
        self.width().max(self.below())
    }

    /// The height of the tallest node of every level.
    fn heights(&self) -> Vec<f64> {
        let mut heights = vec![self.height()];
        for (_, tree) in &self.branches {
            for (level, height) in tree.heights().into_iter().enumerate() {
                match heights.get_mut(level + 1) {
                    Some(most) => *most = most.max(height),
                    None => heights.push(height),
                }
            }
        }
        heights
    }

    fn told(&self) -> String {
        let text = say!("«{}»", "“{}”", self.lines.join(", "));
        if self.branches.is_empty() {
            return text;
        }
        let one = |(text, tree): &(String, Self)| {
            if text.is_empty() { tree.told() } else { format!("{text} — {}", tree.told()) }
        };
        format!("{text} ({})", self.branches.iter().map(one).collect::<Vec<_>>().join("; "))
    }

    fn description(&self) -> String {
        if let Some(alt) = &self.alt {
            return alt.clone();
        }
        let title = self
            .title
            .as_ref()
            .map_or_else(|| word("Дерево", "Tree").to_owned(), |title| say!("Дерево «{title}»", "Tree “{title}”"));
        format!("{title}: {}.", self.told())
    }
}

struct Drawing<'a> {
    edges: Path,
    texts: Vec<(f64, f64, &'a str)>,
    nodes: Vec<(Point, &'a Tree)>,
}

impl Show for Tree {
    fn show(&self) -> Rich {
        let text = self.description();
        Rich::svg(self.to_svg()).alt(text.clone()).with(Part::Text(text))
    }
}
