//! What a plot shows: layers of data, rules, notes.

/// A point of the plane of the plot.
pub(crate) type Point = (f64, f64);

/// Data drawn in one way, with the name that the legend calls it.
#[derive(Clone, Debug)]
pub(crate) struct Layer {
    pub(crate) shape: Shape,
    pub(crate) name: Option<String>,
    pub(crate) look: Look,
}

/// How a layer looks where the author has a wish; else by its place among the layers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Look {
    pub(crate) colour: Option<usize>,
    pub(crate) dash: Option<Dash>,
}

/// How a line is broken, so that curves differ in grey too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dash {
    Solid,
    Dashed,
}

/// The kinds of data.
#[derive(Clone, Debug)]
pub(crate) enum Shape {
    Curve { points: Vec<Point>, trace: Trace, markers: Markers },
}

/// How neighbouring points are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trace {
    Straight,
    Nothing,
}

/// Whether points are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Markers {
    Shown,
    Hidden,
}

impl Layer {
    pub(crate) fn new(shape: Shape) -> Self {
        Self { shape, name: None, look: Look::default() }
    }

    /// Every point that the axes must hold.
    pub(crate) fn extent(&self) -> Vec<Point> {
        match &self.shape {
            Shape::Curve { points, .. } => points.clone(),
        }
    }
}

/// A straight line across the plot with a text at it.
#[derive(Clone, Debug)]
pub(crate) enum Rule {
    Horizontal(f64, String),
    Vertical(f64, String),
}

/// A text at a point.
#[derive(Clone, Debug)]
pub(crate) struct Note {
    pub(crate) at: Point,
    pub(crate) text: String,
}
