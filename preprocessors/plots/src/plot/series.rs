//! The numbers of a plot, for whoever wants to claim something of what it draws.

use super::layer::{Layer, Shape};
use super::picture::Plot;

/// The values of a layer in the order in which they are drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    name: String,
    points: Vec<(f64, f64)>,
}

impl Plot {
    /// The numbers of the layer with this name, as they are drawn: values left out by `gaps` are not among them.
    ///
    /// ```
    /// use plots::plot;
    /// let figure = plot::line([3.0, 1.0, 0.5]).name("NAG").and(plot::line([3.0, 2.0, 1.5]).name("GD"));
    /// assert!(figure.series("NAG").last() < figure.series("GD").last());
    /// assert_eq!(figure.series("GD").at(1.0), 2.0);
    /// ```
    ///
    /// # Panics
    /// When there is no such layer, or it is neither a line nor points, bars or a histogram.
    #[track_caller]
    pub fn series(&self, name: &str) -> Series {
        let called = |layer: &&Layer| layer.name.as_deref() == Some(name);
        let Some(layer) = self.layers.iter().find(called) else {
            let names: Vec<String> =
                self.layers.iter().filter_map(|layer| Some(format!("«{}»", layer.name.as_ref()?))).collect();
            panic!("plot: there is no series «{name}»; the names are: {}", names.join(", "));
        };
        let mut points = match &layer.shape {
            Shape::Curve(curve) => curve.points.clone(),
            Shape::Errors(errors) => errors.points.clone(),
            Shape::Bars(bars) => (0..).map(f64::from).zip(bars.values.iter().copied()).collect(),
            Shape::Histogram(bins) => bins.columns().iter().map(|bin| (f64::midpoint(bin.0, bin.1), bin.2)).collect(),
            _ => panic!("plot: `series` is for lines, points, bars and histograms"),
        };
        points.retain(|point| point.0.is_finite() && point.1.is_finite());
        assert!(!points.is_empty(), "plot: the series «{name}» has no values");
        Series { name: name.to_owned(), points }
    }
}

impl Series {
    /// The points in order.
    pub fn points(&self) -> &[(f64, f64)] {
        &self.points
    }

    /// The ordinates in order.
    pub fn values(&self) -> Vec<f64> {
        self.points.iter().map(|point| point.1).collect()
    }

    /// The first ordinate.
    pub fn first(&self) -> f64 {
        self.points[0].1
    }

    /// The last ordinate.
    pub fn last(&self) -> f64 {
        self.points[self.points.len() - 1].1
    }

    /// The least ordinate.
    pub fn min(&self) -> f64 {
        self.values().into_iter().fold(f64::INFINITY, f64::min)
    }

    /// The greatest ordinate.
    pub fn max(&self) -> f64 {
        self.values().into_iter().fold(f64::NEG_INFINITY, f64::max)
    }

    /// The ordinate at an abscissa that is one of the drawn ones, up to a billionth of it or of the distance to the next.
    ///
    /// # Panics
    /// When no point stands there.
    #[track_caller]
    pub fn at(&self, x: f64) -> f64 {
        let away = |(abscissa, _): &&(f64, f64)| (abscissa - x).abs();
        let near = self.points.iter().min_by(|a, b| away(a).total_cmp(&away(b)));
        let found = near.filter(|point| away(point) <= 1e-9 * x.abs().max(self.gap(point.0)));
        match found {
            Some(point) => point.1,
            None => panic!("plot: the series «{}» has no point at {x}", self.name),
        }
    }

    /// How far the next drawn abscissa is; 1 where there is no other.
    fn gap(&self, from: f64) -> f64 {
        let gaps = self.points.iter().map(|point| (point.0 - from).abs()).filter(|gap| *gap > 0.0);
        gaps.min_by(f64::total_cmp).unwrap_or(1.0)
    }
}
