//! Diagrams: boxes with texts, and arrows between them.

use crate::language::{say, word};
use kernel::{Part, Rich, Show};

use super::geometry::Point;
use super::input::Number;
use super::mark::arrow;
use super::pen::HALO;
use super::svg::{Anchor, Path, Svg, document, escape};
use super::text;

/// Boxes and arrows, as for a graph of computations or the blocks of a network.
#[derive(Clone, Debug, Default)]
#[must_use = "a diagram is shown as the last expression of a cell or by `show!`"]
pub struct Diagram {
    nodes: Vec<Node>,
    edges: Vec<Edge>,
    title: Option<String>,
    alt: Option<String>,
}

#[derive(Clone, Debug)]
struct Node {
    name: String,
    at: Point,
    lines: Vec<String>,
    colour: Option<usize>,
}

#[derive(Clone, Debug)]
struct Edge {
    from: usize,
    to: usize,
    text: String,
}

/// An empty diagram, to which [`Diagram::node`] and [`Diagram::edge`] add.
///
/// ```
/// use plots::plot;
/// plot::diagram()
///     .node("x", (0, 0), "x = 2")
///     .node("w", (0, 1), "w = 3")
///     .node("p", (1, 0.5), "p = x·w\n6")
///     .edge("x", "p", "3")
///     .edge("w", "p", "2");
/// ```
pub fn diagram() -> Diagram {
    Diagram::default()
}

const ROW: f64 = 21.0;
const EDGE: f64 = 12.0;

impl Diagram {
    /// Adds a box: its name for the arrows, its place in columns to the right and rows downwards, and its text, perhaps of
    /// several lines.
    ///
    /// # Panics
    /// When there is a box of this name already.
    #[track_caller]
    pub fn node<X: Number, Y: Number>(mut self, name: &str, at: (X, Y), text: impl Into<String>) -> Self {
        assert!(self.nodes.iter().all(|node| node.name != name), "diagram: there are two boxes `{name}`");
        let lines = text.into().lines().map(str::to_owned).collect();
        self.nodes.push(Node { name: name.to_owned(), at: (at.0.number(), at.1.number()), lines, colour: None });
        self
    }

    /// Tints the last box with one of the theme's colours, 1 to 8.
    ///
    /// # Panics
    /// When there is no such colour, or no box yet.
    #[track_caller]
    pub fn colour(mut self, number: usize) -> Self {
        assert!((1..=8).contains(&number), "diagram: colour {number} is not one of 1 to 8");
        self.nodes.last_mut().expect("a colour comes after its box").colour = Some(number);
        self
    }

    /// Adds an arrow from a box to a box, with a text at its middle (empty for none).
    ///
    /// # Panics
    /// When there is no box of such a name yet.
    #[track_caller]
    pub fn edge(mut self, from: &str, to: &str, text: impl Into<String>) -> Self {
        let (from, to) = (self.place(from), self.place(to));
        self.edges.push(Edge { from, to, text: text.into() });
        self
    }

    /// Writes a title above the diagram.
    pub fn title(mut self, text: impl Into<String>) -> Self {
        self.title = Some(text.into());
        self
    }

    /// Replaces the description that is made from the boxes and arrows.
    pub fn alt(mut self, text: impl Into<String>) -> Self {
        self.alt = Some(text.into());
        self
    }

    /// The picture, an `<svg>` element.
    ///
    /// # Panics
    /// When there is no box.
    #[track_caller]
    pub fn to_svg(&self) -> String {
        assert!(!self.nodes.is_empty(), "diagram: there is no box");
        let most = |pick: fn(&Node) -> f64| self.nodes.iter().map(pick).fold(f64::NEG_INFINITY, f64::max);
        let least = |pick: fn(&Node) -> f64| self.nodes.iter().map(pick).fold(f64::INFINITY, f64::min);
        let label = self.edges.iter().map(|edge| text::width(&edge.text)).fold(0.0, f64::max);
        let (wide, high) = (most(Node::width), most(Node::height));
        let unit = (wide + 48.0_f64.max(label + 24.0), high + 34.0);
        let top = if self.title.is_some() { 36.0 } else { EDGE };
        let (left, first) = (least(|node| node.at.0), least(|node| node.at.1));
        let place = |node: &Node| {
            (EDGE + wide / 2.0 + unit.0 * (node.at.0 - left), top + high / 2.0 + unit.1 * (node.at.1 - first))
        };
        let size = (
            2.0 * EDGE + wide + unit.0 * (most(|node| node.at.0) - left),
            top + EDGE + high + unit.1 * (most(|node| node.at.1) - first),
        );
        let mut svg = Svg::default();
        if let Some(title) = &self.title {
            svg.text(EDGE, 22.0, Anchor::Start, "font-weight=\"600\"", &escape(title));
        }
        self.arrows(&mut svg, place);
        self.boxes(&mut svg, place);
        document(size, &svg.finish())
    }

    fn arrows(&self, svg: &mut Svg, place: impl Fn(&Node) -> Point) {
        let mut path = Path::default();
        let mut texts = Vec::new();
        for edge in &self.edges {
            let (from, to) = (&self.nodes[edge.from], &self.nodes[edge.to]);
            let (start, end) = (place(from), place(to));
            let (start, end) = (from.border(start, end), to.border(end, start));
            arrow(&mut path, start, end, 9.0);
            texts.push((f64::midpoint(start.0, end.0), f64::midpoint(start.1, end.1) + 5.0, &edge.text));
        }
        svg.path(path, "fill=\"none\" stroke=\"var(--plot-fg)\" stroke-width=\"1.5\" stroke-linejoin=\"round\"");
        for (x, y, text) in texts.into_iter().filter(|(.., text)| !text.is_empty()) {
            svg.text(x, y, Anchor::Middle, HALO, &escape(text));
        }
    }

    fn boxes(&self, svg: &mut Svg, place: impl Fn(&Node) -> Point) {
        for node in &self.nodes {
            let (x, y) = place(node);
            let colour =
                node.colour.map_or_else(|| "var(--plot-fg)".to_owned(), |number| format!("var(--plot-{number})"));
            let tint = if node.colour.is_some() { ".16" } else { ".04" };
            let look =
                format!("rx=\"6\" fill=\"{colour}\" fill-opacity=\"{tint}\" stroke=\"{colour}\" stroke-width=\"1.5\"");
            let (width, height) = (node.width(), node.height());
            svg.rect(x - width / 2.0, y - height / 2.0, width, height, &look);
            let first = y + 5.5 - ROW * (node.lines.len() as f64 - 1.0) / 2.0;
            for (line, text) in node.lines.iter().enumerate() {
                svg.text(x, first + ROW * line as f64, Anchor::Middle, "", &escape(text));
            }
        }
    }

    #[track_caller]
    fn place(&self, name: &str) -> usize {
        let place = self.nodes.iter().position(|node| node.name == name);
        place.unwrap_or_else(|| panic!("diagram: there is no box `{name}` yet"))
    }

    fn description(&self) -> String {
        if let Some(alt) = &self.alt {
            return alt.clone();
        }
        let title = self.title.as_ref().map_or_else(
            || word("Схема.", "Diagram.").to_owned(),
            |title| say!("Схема «{title}».", "Diagram “{title}”."),
        );
        let called = |place: usize| say!("«{}»", "“{}”", self.nodes[place].lines.join(", "));
        let boxes: Vec<String> = (0..self.nodes.len()).map(called).collect();
        let arrow = |edge: &Edge| {
            let text = if edge.text.is_empty() { String::new() } else { format!(" ({})", edge.text) };
            format!("{} → {}{text}", called(edge.from), called(edge.to))
        };
        let arrows: Vec<String> = self.edges.iter().map(arrow).collect();
        let arrows = if arrows.is_empty() {
            String::new()
        } else {
            say!(" Стрелки: {}.", " Arrows: {}.", arrows.join("; "))
        };
        say!("{title} Блоки: {}.{arrows}", "{title} Boxes: {}.{arrows}", boxes.join(", "))
    }
}

impl Node {
    fn width(&self) -> f64 {
        self.lines.iter().map(|line| text::width(line)).fold(24.0, f64::max) + 20.0
    }

    fn height(&self) -> f64 {
        ROW * self.lines.len().max(1) as f64 + 14.0
    }

    /// Where the way from the middle of the box to another point leaves the box.
    fn border(&self, middle: Point, to: Point) -> Point {
        let (dx, dy) = (to.0 - middle.0, to.1 - middle.1);
        let (half_width, half_height) = (self.width() / 2.0 + 3.0, self.height() / 2.0 + 3.0);
        let share = (half_width / dx.abs()).min(half_height / dy.abs()).min(1.0);
        (middle.0 + dx * share, middle.1 + dy * share)
    }
}

impl Show for Diagram {
    fn show(&self) -> Rich {
        let text = self.description();
        Rich::svg(self.to_svg()).alt(text.clone()).with(Part::Text(text))
    }
}
