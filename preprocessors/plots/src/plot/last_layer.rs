//! What is said of the last layer of a plot.

use std::ops::RangeInclusive;

use super::colour::Palette;
use super::input::{self, Values, limits};
use super::layer::{Dash, Gaps, Layer, Shape};
use super::mark::{Bars, Contour, Curve, Filling, Heat, Heights, Histogram, Markers, Trace};
use super::picture::Plot;
use super::scale::Spread;

impl Plot {
    /// Leaves out what of the last layer cannot be drawn: values that are not finite or, on a logarithmic axis, not positive.
    pub fn gaps(mut self) -> Self {
        self.last().gaps = Gaps::Allowed;
        self
    }

    /// Names the last layer in the legend.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.last().name = Some(name.into());
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
