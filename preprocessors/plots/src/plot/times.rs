//! Times against sizes: the one picture that may be another every time.

use crate::language::{say, word};
use kernel::{Part, Rich, Show, Times};

use super::input::names;
use super::layer::Shape;
use super::mark::{Curve, Markers, Trace};
use super::picture::Plot;

/// A picture of times. It is no [`Plot`]: nothing of it can be read, so nothing else on a page can depend on a clock.
#[derive(Clone, Debug)]
#[must_use = "a picture of times is shown as the last expression of a cell or by `show!`"]
pub struct TimePlot {
    plot: Plot,
}

/// How long work takes by its size, both on logarithmic axes; a straight line of slope *k* is a time that grows as the *k*-th power.
///
/// ```
/// use plots::plot;
/// let mut naive = kernel::times("наивно");
/// for n in [100_usize, 200, 400] {
///     naive.measure(n as f64, || (0..n * n).sum::<usize>());
/// }
/// plot::times([&naive]).x("размер матрицы n");
/// ```
///
/// # Panics
/// When there is no series, or nothing was measured for one.
#[track_caller]
pub fn times<'a>(series: impl IntoIterator<Item = &'a Times>) -> TimePlot {
    let one = |times: &Times| {
        assert!(!times.__points().is_empty(), "plot: times: nothing was measured for «{}»", times.name());
        let points = times.__points().to_vec();
        Plot::of(Shape::Curve(Curve { points, trace: Trace::Straight, markers: Markers::Shown })).name(times.name())
    };
    let layers: Vec<Plot> = series.into_iter().map(one).collect();
    let plot = layers.into_iter().reduce(Plot::and);
    let plot = plot.unwrap_or_else(|| panic!("plot: times: there is no series"));
    TimePlot { plot: plot.log_x().log_y().x(word("размер", "size")).y(word("время, с", "time, s")) }
}

impl TimePlot {
    /// Names the axis of sizes, with their unit.
    pub fn x(mut self, label: impl Into<String>) -> Self {
        self.plot = self.plot.x(label);
        self
    }

    /// Writes a title above the picture.
    pub fn title(mut self, text: impl Into<String>) -> Self {
        self.plot = self.plot.title(text);
        self
    }

    /// Says in the description what is to be seen; without it the description has the axes and the names, never a time.
    pub fn alt(mut self, text: impl Into<String>) -> Self {
        self.plot = self.plot.alt(text);
        self
    }
}

impl Show for TimePlot {
    fn show(&self) -> Rich {
        let called = self.plot.layers.iter().filter_map(|layer| layer.name.as_ref());
        let called = names(called.map(|name| say!("«{name}»", "“{name}”"))).join(", ");
        let label = self.plot.x.label.as_deref().unwrap_or(word("размер", "size"));
        let text = say!(
            "График времени работы. По горизонтали {label}, по вертикали время в секундах: {called}.",
            "A plot of running times. Horizontally {label}, vertically time in seconds: {called}."
        );
        let text = self.plot.alt.clone().unwrap_or(text);
        let parts = self.plot.show().parts.into_iter();
        let mut rich = Rich { parts: parts.filter(|part| !matches!(part, Part::Alt(_) | Part::Text(_))).collect() };
        rich = rich.alt(text.clone()).with(Part::Text(text));
        rich.with(Part::Times)
    }
}
