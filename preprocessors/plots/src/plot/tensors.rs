//! Tensor networks: tensors as circles, indices as lines between them or free ends (Penrose, 1971).

use crate::language::{say, word};
use kernel::{Part, Rich, Show};

use super::geometry::Point;
use super::input::Number;
use super::pen::HALO;
use super::svg::{Anchor, Path, Svg, document, escape};
use super::text;

/// Tensors and the indices that they share.
#[derive(Clone, Debug, Default)]
#[must_use = "a tensor network is shown as the last expression of a cell or by `show!`"]
pub struct Tensors {
    tensors: Vec<(String, Point)>,
    bonds: Vec<(usize, usize, String)>,
    legs: Vec<(usize, Side, String)>,
    title: Option<String>,
    alt: Option<String>,
}

/// Where a free index leaves its tensor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// To the left.
    Left,
    /// To the right.
    Right,
    /// Upwards.
    Up,
    /// Downwards.
    Down,
}

/// An empty tensor network, to which [`Tensors::tensor`], [`Tensors::bond`] and [`Tensors::leg`] add.
///
/// ```
/// use plots::plot::{self, Side};
/// plot::tensors()
///     .tensor("A", (0, 0))
///     .tensor("B", (1, 0))
///     .bond("A", "B", "k")
///     .leg("A", Side::Left, "i")
///     .leg("B", Side::Right, "j");
/// ```
pub fn tensors() -> Tensors {
    Tensors::default()
}

const RADIUS: f64 = 20.0;
const UNIT: f64 = 110.0;
const LEG: f64 = 36.0;
const EDGE: f64 = 12.0;

impl Tensors {
    /// Adds a tensor at a place in columns to the right and rows downwards.
    ///
    /// # Panics
    /// When there is a tensor of this name already, or one at this place.
    #[track_caller]
    pub fn tensor<X: Number, Y: Number>(mut self, name: &str, at: (X, Y)) -> Self {
        let at = (at.0.number(), at.1.number());
        assert!(self.tensors.iter().all(|tensor| tensor.0 != name), "plot: tensors: there are two tensors `{name}`");
        if let Some((other, _)) = self.tensors.iter().find(|tensor| tensor.1 == at) {
            panic!("plot: tensors: `{name}` would cover `{other}`");
        }
        self.tensors.push((name.to_owned(), at));
        self
    }

    /// Joins two tensors by an index over which one sums.
    ///
    /// # Panics
    /// When there is no tensor of such a name yet.
    #[track_caller]
    pub fn bond(mut self, from: &str, to: &str, index: impl Into<String>) -> Self {
        let (from, to) = (self.place(from), self.place(to));
        assert!(from != to, "plot: tensors: a tensor is not joined with itself");
        self.bonds.push((from, to, index.into()));
        self
    }

    /// Adds a free index.
    ///
    /// # Panics
    /// When there is no tensor of such a name yet, or it has an index on this side already.
    #[track_caller]
    pub fn leg(mut self, tensor: &str, side: Side, index: impl Into<String>) -> Self {
        let place = self.place(tensor);
        let free = self.legs.iter().all(|leg| (leg.0, leg.1) != (place, side));
        assert!(free, "plot: tensors: `{tensor}` has an index on this side already");
        self.legs.push((place, side, index.into()));
        self
    }

    /// Writes a title above the network.
    pub fn title(mut self, text: impl Into<String>) -> Self {
        self.title = Some(text.into());
        self
    }

    /// Replaces the description that is made from the tensors.
    pub fn alt(mut self, text: impl Into<String>) -> Self {
        self.alt = Some(text.into());
        self
    }

    /// The picture, an `<svg>` element.
    ///
    /// # Panics
    /// When there is no tensor.
    #[track_caller]
    pub fn to_svg(&self) -> String {
        assert!(!self.tensors.is_empty(), "plot: tensors: there is no tensor");
        let top = if self.title.is_some() { 36.0 } else { EDGE };
        let least = |pick: fn(&Point) -> f64| self.tensors.iter().map(|t| pick(&t.1)).fold(f64::INFINITY, f64::min);
        let most = |pick: fn(&Point) -> f64| self.tensors.iter().map(|t| pick(&t.1)).fold(f64::NEG_INFINITY, f64::max);
        let (left, first) = (least(|at| at.0), least(|at| at.1));
        let longest = self.legs.iter().map(|leg| text::width(&leg.2)).fold(0.0, f64::max);
        let margin = (RADIUS + LEG + longest + 4.0, RADIUS + LEG + 18.0);
        let at = |place: usize| {
            let (x, y) = self.tensors[place].1;
            (EDGE + margin.0 + UNIT * (x - left), top + margin.1 + UNIT * (y - first))
        };
        let mut svg = Svg::default();
        if let Some(title) = &self.title {
            svg.text(EDGE, 22.0, Anchor::Start, "font-weight=\"600\"", &escape(title));
        }
        self.lines(&mut svg, at);
        for (place, (name, _)) in self.tensors.iter().enumerate() {
            let (x, y) = at(place);
            let look = format!("rx=\"{RADIUS}\" fill=\"var(--plot-bg)\" stroke=\"var(--plot-1)\" stroke-width=\"2\"");
            svg.rect(x - RADIUS, y - RADIUS, 2.0 * RADIUS, 2.0 * RADIUS, &look);
            svg.text(x, y + 5.5, Anchor::Middle, "", &escape(name));
        }
        let width = 2.0 * (EDGE + margin.0) + UNIT * (most(|at| at.0) - left);
        let title = self.title.as_deref().map_or(0.0, text::width) + 2.0 * EDGE;
        let height = top + EDGE + 2.0 * margin.1 + UNIT * (most(|at| at.1) - first);
        document((width.max(title), height), &svg.finish())
    }

    fn lines(&self, svg: &mut Svg, at: impl Fn(usize) -> Point) {
        let mut path = Path::default();
        let mut texts = Vec::new();
        for (from, to, index) in &self.bonds {
            let (from, to) = (at(*from), at(*to));
            path.move_to(from.0, from.1);
            path.line_to(to.0, to.1);
            texts.push((f64::midpoint(from.0, to.0), f64::midpoint(from.1, to.1) - 6.0, Anchor::Middle, index));
        }
        for (place, side, index) in &self.legs {
            let (x, y) = at(*place);
            let far = RADIUS + LEG;
            let (end, text, anchor) = match side {
                Side::Left => ((x - far, y), (x - far - 4.0, y + 5.5), Anchor::End),
                Side::Right => ((x + far, y), (x + far + 4.0, y + 5.5), Anchor::Start),
                Side::Up => ((x, y - far), (x, y - far - 5.0), Anchor::Middle),
                Side::Down => ((x, y + far), (x, y + far + 17.0), Anchor::Middle),
            };
            path.move_to(x, y);
            path.line_to(end.0, end.1);
            texts.push((text.0, text.1, anchor, index));
        }
        svg.path(path, "stroke=\"var(--plot-fg)\" stroke-width=\"2\"");
        for (x, y, anchor, text) in texts {
            svg.text(x, y, anchor, HALO, &escape(text));
        }
    }

    #[track_caller]
    fn place(&self, name: &str) -> usize {
        let place = self.tensors.iter().position(|tensor| tensor.0 == name);
        place.unwrap_or_else(|| panic!("plot: tensors: there is no tensor `{name}` yet"))
    }

    fn description(&self) -> String {
        if let Some(alt) = &self.alt {
            return alt.clone();
        }
        let title = self.title.as_ref().map_or_else(
            || word("Тензорная сеть", "Tensor network").to_owned(),
            |t| say!("Тензорная сеть «{t}»", "Tensor network “{t}”"),
        );
        let name = |place: usize| &self.tensors[place].0;
        let tensors: Vec<&str> = self.tensors.iter().map(|tensor| tensor.0.as_str()).collect();
        let bond = |(from, to, index): &(usize, usize, String)| {
            say!("{} и {} по {index}", "{} and {} over {index}", name(*from), name(*to))
        };
        let leg = |(place, _, index): &(usize, Side, String)| say!("{index} у {}", "{index} of {}", name(*place));
        let list = |what: &str, all: Vec<String>| {
            if all.is_empty() { String::new() } else { format!(" {what}: {}.", all.join(", ")) }
        };
        let bonds = list(word("Свёртки", "Contractions"), self.bonds.iter().map(bond).collect());
        let legs = list(word("Свободные индексы", "Free indices"), self.legs.iter().map(leg).collect());
        say!("{title}: тензоры {}.{bonds}{legs}", "{title}: tensors {}.{bonds}{legs}", tensors.join(", "))
    }
}

impl Show for Tensors {
    fn show(&self) -> Rich {
        let text = self.description();
        Rich::svg(self.to_svg()).alt(text.clone()).with(Part::Text(text))
    }
}
