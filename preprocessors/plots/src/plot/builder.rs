//! What is said of a plot after it is made.

use std::ops::RangeInclusive;

use kernel::{Part, Rich, Show};

use super::colour::Palette;
use super::input::{self, Values, limits};
use super::layer::{Dash, Gaps, Layer, Note, Rule, Shade, Shape};
use super::mark::{Bars, Contour, Curve, Filling, Heat, Heights, Histogram, Markers, Trace};
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

    /// Leaves out what of the last layer cannot be drawn: values that are not finite or, on a logarithmic axis, not positive.
    pub fn gaps(mut self) -> Self {
        self.last().gaps = Gaps::Allowed;
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

    /// Names the last layer in the legend.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.last().name = Some(name.into());
        self
    }

    /// Writes the names of lines at their right ends, each in the colour of its line, instead of into a legend.
    pub fn names_at_ends(mut self) -> Self {
        self.naming = Naming::Ends;
        self
    }

    /// Breaks the line of the last layer into dashes, as is usual for a theory over a measurement.
    pub fn dashed(mut self) -> Self {
        self.last().dash = Some(Dash::Dashed);
        self
    }

    /// Keeps the line of the last layer unbroken, whatever its place among the layers.
    pub fn solid(mut self) -> Self {
        self.last().dash = Some(Dash::Solid);
        self
    }

    /// Gives the last layer one of the theme's colours, 1 to 8; by its place among the layers unless told.
    ///
    /// # Panics
    /// When there is no such colour.
    #[track_caller]
    pub fn colour(mut self, number: usize) -> Self {
        assert!((1..=8).contains(&number), "plot: colour {number} is not one of 1 to 8");
        self.last().colour = Some(number);
        self
    }

    /// Marks the points of the last line.
    ///
    /// # Panics
    /// When the last layer is not a line.
    #[track_caller]
    pub fn points(mut self) -> Self {
        self.curve("points").markers = Markers::Shown;
        self
    }

    /// Keeps the last line level until its next point, as a distribution function is.
    ///
    /// # Panics
    /// When the last layer is not a line.
    #[track_caller]
    pub fn steps(mut self) -> Self {
        self.curve("steps").trace = Trace::Steps;
        self
    }

    /// Sets the number of bins of the last histogram; by the rule of Freedman and Diaconis (1981) unless told.
    ///
    /// # Panics
    /// When the last layer is not a histogram, or `bins` is 0.
    #[track_caller]
    pub fn bins(mut self, bins: usize) -> Self {
        assert!(bins > 0, "plot: a histogram without bins");
        self.histogram("bins").bins = Some(bins);
        self
    }

    /// Makes the area of the last histogram one, as that of a probability density.
    ///
    /// # Panics
    /// When the last layer is not a histogram.
    #[track_caller]
    pub fn density(mut self) -> Self {
        self.histogram("density").heights = Heights::Density;
        self
    }

    /// Puts bars on one another instead of side by side.
    ///
    /// # Panics
    /// When the last layer is not bars.
    #[track_caller]
    pub fn stacked(mut self) -> Self {
        self.bars("stacked").stacked = true;
        self
    }

    /// Writes the numbers of the last heat map or of the last bars, with this many digits after the point.
    ///
    /// # Panics
    /// When the last layer is neither.
    #[track_caller]
    pub fn values(mut self, digits: usize) -> Self {
        match &mut self.last().shape {
            Shape::Heat(heat) => heat.digits = Some(digits),
            Shape::Bars(bars) => bars.digits = Some(digits),
            _ => panic!("plot: `values` is for heat maps and bars"),
        }
        self
    }

    /// Gives each of the last bars a whisker of this half-length.
    ///
    /// # Panics
    /// When the last layer is not bars, or there are not as many half-lengths as bars.
    #[track_caller]
    pub fn whiskers(mut self, radii: impl Values) -> Self {
        let radii = radii.values();
        let bars = self.bars("whiskers");
        assert!(radii.len() == bars.values.len(), "plot: {} half-lengths for {} bars", radii.len(), bars.values.len());
        bars.radii = radii;
        self
    }

    /// Spreads the colours of the last heat map over ratios instead of differences.
    ///
    /// # Panics
    /// When the last layer is not a heat map.
    #[track_caller]
    pub fn log_colours(mut self) -> Self {
        self.heat("log_colours").spread = Spread::Log;
        self
    }

    /// Names the rows of the last heat map.
    ///
    /// # Panics
    /// When the last layer is not a heat map, or the number of names is not that of the rows.
    #[track_caller]
    pub fn rows(mut self, names: impl IntoIterator<Item = impl ToString>) -> Self {
        let names = input::names(names);
        let heat = self.heat("rows");
        assert!(names.len() == heat.matrix.shape().0, "plot: {} names for {} rows", names.len(), heat.matrix.shape().0);
        heat.rows = names;
        self
    }

    /// Names the columns of the last heat map.
    ///
    /// # Panics
    /// When the last layer is not a heat map, or the number of names is not that of the columns.
    #[track_caller]
    pub fn columns(mut self, names: impl IntoIterator<Item = impl ToString>) -> Self {
        let names = input::names(names);
        let heat = self.heat("columns");
        assert!(
            names.len() == heat.matrix.shape().1,
            "plot: {} names for {} columns",
            names.len(),
            heat.matrix.shape().1
        );
        heat.columns = names;
        self
    }

    /// Colours the last heat map blue below zero and red above it.
    ///
    /// # Panics
    /// When the last layer is not a heat map.
    #[track_caller]
    pub fn diverging(mut self) -> Self {
        self.heat("diverging").palette = Palette::Diverging;
        self
    }

    /// Averages blocks of the last heat map or picture, so that at most so many rows and columns stay.
    ///
    /// # Panics
    /// When the last layer is neither, or no row or column would stay.
    #[track_caller]
    pub fn averaged(mut self, rows: usize, columns: usize) -> Self {
        assert!(rows > 0 && columns > 0, "plot: {rows} rows and {columns} columns show nothing");
        self.heat("averaged").average((rows, columns));
        self
    }

    /// Sets the numbers that the ends of the colour scale of the last heat map or picture stand for.
    ///
    /// # Panics
    /// When the last layer is not a heat map or a picture, or the range is empty.
    #[track_caller]
    pub fn limits(mut self, range: RangeInclusive<f64>) -> Self {
        self.heat("limits").limits = Some(limits(range));
        self
    }

    /// Sets the heights of the level lines; quantiles of the function unless told.
    ///
    /// # Panics
    /// When the last layer is not a contour plot.
    #[track_caller]
    pub fn levels(mut self, levels: impl Values) -> Self {
        self.contour("levels").levels = Some(levels.values());
        self
    }

    /// Colours the heights of a contour plot too.
    ///
    /// # Panics
    /// When the last layer is not a contour plot.
    #[track_caller]
    pub fn filled(mut self) -> Self {
        self.contour("filled").filling = Filling::Colours;
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

    #[track_caller]
    fn last(&mut self) -> &mut Layer {
        self.layers.last_mut().expect("every plot is made with a layer and none is taken away")
    }

    #[track_caller]
    fn curve(&mut self, word: &str) -> &mut Curve {
        let Shape::Curve(curve) = &mut self.last().shape else { panic!("plot: `{word}` is for lines") };
        curve
    }

    #[track_caller]
    fn histogram(&mut self, word: &str) -> &mut Histogram {
        let Shape::Histogram(histogram) = &mut self.last().shape else { panic!("plot: `{word}` is for histograms") };
        histogram
    }

    #[track_caller]
    fn bars(&mut self, word: &str) -> &mut Bars {
        let Shape::Bars(bars) = &mut self.last().shape else { panic!("plot: `{word}` is for bars") };
        bars
    }

    #[track_caller]
    fn heat(&mut self, word: &str) -> &mut Heat {
        let Shape::Heat(heat) = &mut self.last().shape else { panic!("plot: `{word}` is for heat maps") };
        heat
    }

    #[track_caller]
    fn contour(&mut self, word: &str) -> &mut Contour {
        let Shape::Contour(contour) = &mut self.last().shape else { panic!("plot: `{word}` is for contour plots") };
        contour
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
