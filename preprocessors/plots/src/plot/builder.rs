//! What is said of a plot as a whole.

use std::ops::RangeInclusive;

use kernel::{Part, Rich, Show};

use super::input::limits;
use super::layer::{Layer, Note, Rule, Shade, Shape};
use super::picture::{Aspect, Axis, Naming, Plot};
use super::scale::Spread;
use super::{description, draw};

impl Plot {
    #[track_caller]
    pub(crate) fn of(shape: Shape) -> Self {
        Self {
            layers: vec![Layer::new(shape)],
            rules: Vec::new(),
            shades: Vec::new(),
            notes: Vec::new(),
            naming: Naming::Legend,
            title: None,
            x: Axis::new(),
            y: Axis::new(),
            size: (640.0, 400.0),
            aspect: Aspect::Free,
            alt: None,
        }
    }

    /// Writes a title above the plot.
    pub fn title(mut self, text: impl Into<String>) -> Self {
        self.title = Some(text.into());
        self
    }

    /// Names the horizontal axis, with its unit: `"время, с"`.
    pub fn x(mut self, label: impl Into<String>) -> Self {
        self.x.label = Some(label.into());
        self
    }

    /// Names the vertical axis, with its unit.
    pub fn y(mut self, label: impl Into<String>) -> Self {
        self.y.label = Some(label.into());
        self
    }

    /// Makes the horizontal axis logarithmic.
    pub fn log_x(mut self) -> Self {
        self.x.spread = Spread::Log;
        self
    }

    /// Makes the vertical axis logarithmic.
    pub fn log_y(mut self) -> Self {
        self.y.spread = Spread::Log;
        self
    }

    /// Limits the horizontal axis; what is outside is cut off.
    ///
    /// # Panics
    /// When the range is empty.
    #[track_caller]
    pub fn x_range(mut self, range: RangeInclusive<f64>) -> Self {
        self.x.range = Some(limits(range));
        self
    }

    /// Limits the vertical axis; what is outside is cut off.
    ///
    /// # Panics
    /// When the range is empty.
    #[track_caller]
    pub fn y_range(mut self, range: RangeInclusive<f64>) -> Self {
        self.y.range = Some(limits(range));
        self
    }

    /// Makes a unit as long on the horizontal axis as on the vertical one.
    pub fn equal(mut self) -> Self {
        self.aspect = Aspect::Equal;
        self
    }

    /// Sets width and height of the picture in pixels; 640 × 400 unless told, and letters of 16.
    ///
    /// # Panics
    /// When there is no room for axes.
    #[track_caller]
    pub fn size(mut self, width: f64, height: f64) -> Self {
        assert!(width >= 100.0 && height >= 100.0, "plot: a picture of {width} × {height} has no room for axes");
        self.size = (width, height);
        self
    }

    /// Lays another plot over this one, on the same axes.
    ///
    /// Labels and ranges of this plot win; what it lacks is taken from the other.
    pub fn and(mut self, other: Self) -> Self {
        self.layers.extend(other.layers);
        self.rules.extend(other.rules);
        self.shades.extend(other.shades);
        self.notes.extend(other.notes);
        if other.naming == Naming::Ends {
            self.naming = Naming::Ends;
        }
        self.title = self.title.or(other.title);
        self.x = self.x.or(other.x);
        self.y = self.y.or(other.y);
        self.alt = self.alt.or(other.alt);
        if other.aspect == Aspect::Equal {
            self.aspect = Aspect::Equal;
        }
        self
    }

    /// Writes the names of lines at their right ends, each in the colour of its line, instead of into a legend.
    pub fn names_at_ends(mut self) -> Self {
        self.naming = Naming::Ends;
        self
    }

    /// Tints a stretch of the horizontal axis and writes at its top.
    ///
    /// # Panics
    /// When the range is empty.
    #[track_caller]
    pub fn shade_x(mut self, range: RangeInclusive<f64>, text: impl Into<String>) -> Self {
        self.shades.push(Shade::Horizontal(limits(range), text.into()));
        self
    }

    /// Tints a stretch of the vertical axis and writes in it.
    ///
    /// # Panics
    /// When the range is empty.
    #[track_caller]
    pub fn shade_y(mut self, range: RangeInclusive<f64>, text: impl Into<String>) -> Self {
        self.shades.push(Shade::Vertical(limits(range), text.into()));
        self
    }

    /// Draws a horizontal line across the plot and writes at it.
    ///
    /// # Panics
    /// When `y` is not finite.
    #[track_caller]
    pub fn hline(mut self, y: f64, text: impl Into<String>) -> Self {
        assert!(y.is_finite(), "plot: a horizontal line at {y}");
        self.rules.push(Rule::Horizontal(y, text.into()));
        self
    }

    /// Draws a vertical line across the plot and writes at it.
    ///
    /// # Panics
    /// When `x` is not finite.
    #[track_caller]
    pub fn vline(mut self, x: f64, text: impl Into<String>) -> Self {
        assert!(x.is_finite(), "plot: a vertical line at {x}");
        self.rules.push(Rule::Vertical(x, text.into()));
        self
    }

    /// Writes beside a point.
    ///
    /// # Panics
    /// When the point is not finite.
    #[track_caller]
    pub fn note(mut self, x: f64, y: f64, text: impl Into<String>) -> Self {
        assert!(x.is_finite() && y.is_finite(), "plot: a note at ({x}, {y})");
        self.notes.push(Note { at: (x, y), text: text.into() });
        self
    }

    /// Replaces the description that is made from the data.
    pub fn alt(mut self, text: impl Into<String>) -> Self {
        self.alt = Some(text.into());
        self
    }

    /// The picture, an `<svg>` element.
    ///
    /// # Panics
    /// When something cannot be drawn and no gap is allowed for it.
    #[track_caller]
    pub fn to_svg(&self) -> String {
        draw::svg(self).0
    }
}

impl Show for Plot {
    fn show(&self) -> Rich {
        // Only what can be drawn can be described.
        let (svg, warnings) = draw::svg(self);
        let text = description::description(self);
        let rich = Rich::svg(svg).alt(text.clone()).with(Part::Text(text));
        let rich = warnings.into_iter().fold(rich, |rich, warning| rich.with(Part::Warning(warning)));
        match description::data(self) {
            Some(table) => rich.with(Part::Table(table)),
            None => rich,
        }
    }
}
