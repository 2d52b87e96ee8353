//! Histograms.

use crate::language::{say, word};
use kernel::Table;

use crate::plot::fault::{Axes, Fault, all_or_some};
use crate::plot::geometry::Point;
use crate::plot::kind::{Fit, Heads, Mark, numbers};
use crate::plot::pen::Pen;
use crate::plot::svg::Path;
use crate::plot::words::{called, count, number, span};

/// Numbers that are counted in bins of equal width.
#[derive(Clone, Debug)]
pub(crate) struct Histogram {
    pub(crate) values: Vec<f64>,
    pub(crate) bins: Option<usize>,
    pub(crate) heights: Heights,
    /// The range that is cut into bins; histograms in one plot share it.
    pub(crate) range: Point,
}

/// What the height of a bin says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Heights {
    Counts,
    /// The area of all bins is one, as that of a probability density.
    Density,
}

impl Histogram {
    pub(crate) fn new(values: Vec<f64>) -> Self {
        let range = span(values.iter().copied()).unwrap_or((0.0, 1.0));
        Self { values, bins: None, heights: Heights::Counts, range }
    }

    /// The number of bins: the author's, else by the rule of Freedman and Diaconis (1981).
    pub(crate) fn bins(&self) -> usize {
        self.bins.unwrap_or_else(|| {
            let sorted = self.sorted();
            let quantile = |share: f64| sorted.get((share * sorted.len() as f64) as usize).copied().unwrap_or(0.0);
            let width = 2.0 * (quantile(0.75) - quantile(0.25)) / (sorted.len().max(1) as f64).cbrt();
            let bins = ((self.range.1 - self.range.0) / width).ceil();
            if bins.is_finite() { (bins as usize).clamp(5, 60) } else { 10 }
        })
    }

    /// Lines between bins: without them a plateau looks like one bin.
    fn separators(&self, pen: &mut Pen<'_>, base: f64) {
        let mut path = Path::default();
        for pair in self.columns().windows(2) {
            let x = pen.x.pixel(pair[0].1);
            let top = pen.y.pixel(pair[0].2.min(pair[1].2));
            let (foot, top) = (pen.clamp((x, base)), pen.clamp((x, top)));
            if foot.1 - top.1 > 0.5 {
                path.move_to(foot.0, foot.1);
                path.line_to(top.0, top.1);
            }
        }
        let look = format!("stroke=\"{}\" stroke-opacity=\".4\"", pen.colour);
        pen.svg.path(path, &look);
    }

    fn sorted(&self) -> Vec<f64> {
        let mut sorted: Vec<f64> = self.values.iter().copied().filter(|value| value.is_finite()).collect();
        sorted.sort_by(f64::total_cmp);
        sorted
    }

    /// The bins: from, to, height.
    pub(crate) fn columns(&self) -> Vec<(f64, f64, f64)> {
        let bins = self.bins();
        let (low, high) = self.range;
        let (low, high) = if low < high { (low, high) } else { (low - 0.5, high + 0.5) };
        let width = (high - low) / bins as f64;
        let mut counts = vec![0_u32; bins];
        let mut total = 0_u32;
        for value in self.values.iter().filter(|value| (low..=high).contains(*value)) {
            // The last bin holds its right end too.
            counts[(((value - low) / width) as usize).min(bins - 1)] += 1;
            total += 1;
        }
        let unit = match self.heights {
            Heights::Counts => 1.0,
            Heights::Density => 1.0 / (f64::from(total.max(1)) * width),
        };
        let edge = |place: usize| low + width * place as f64;
        counts.into_iter().enumerate().map(|(i, count)| (edge(i), edge(i + 1), f64::from(count) * unit)).collect()
    }
}

impl Mark for Histogram {
    fn noun(&self) -> &'static str {
        "histogram"
    }

    fn faults(&self, axes: Axes) -> Vec<Fault> {
        let one = |(index, &value): (usize, &f64)| {
            axes.x.refusal(value).map(|why| format!("value {index} is {value}, which {why}"))
        };
        all_or_some("values", self.values.iter().enumerate().map(one).collect())
    }

    fn extent(&self) -> Vec<Point> {
        if self.sorted().is_empty() {
            return Vec::new();
        }
        let columns = self.columns();
        columns.iter().flat_map(|&(from, to, height)| [(from, 0.0), (to, height)]).collect()
    }

    fn fit(&self) -> Fit {
        Fit::Wide
    }

    fn draw(&self, pen: &mut Pen<'_>) {
        let foot = |y: f64| if y.is_finite() { y } else { pen.area.bottom };
        let mut outline = Vec::new();
        for (from, to, height) in self.columns() {
            let (left, right) = (pen.at((from, height)), pen.at((to, height)));
            let base = foot(pen.at((from, 0.0)).1);
            if outline.is_empty() {
                outline.push((left.0, base));
            }
            outline.extend([(left.0, foot(left.1)), (right.0, foot(right.1))]);
        }
        let base = foot(pen.y.pixel(0.0));
        outline.extend(outline.last().map(|last| (last.0, base)));
        let outline: Vec<Point> = outline.into_iter().map(|corner| pen.clamp(corner)).collect();
        let mut path = Path::default();
        path.polygon(&outline);
        let look = look(pen);
        pen.svg.path(path, &look);
        self.separators(pen, base);
    }

    fn swatch(&self, at: Point, pen: &mut Pen<'_>) {
        let look = look(pen);
        pen.svg.rect(at.0 + 2.0, at.1 - 12.0, 20.0, 13.0, &look);
    }

    fn describe(&self, name: Option<&str>) -> String {
        let sorted = self.sorted();
        let (Some(low), Some(high)) = (sorted.first(), sorted.last()) else {
            return say!("{}: нет значений.", "{}: no values.", called(word("Гистограмма", "Histogram"), name));
        };
        let mean = sorted.iter().sum::<f64>() / sorted.len() as f64;
        let median = sorted[sorted.len() / 2];
        let mode =
            self.columns().into_iter().fold((0.0, 0.0, -1.0), |best, bin| if bin.2 > best.2 { bin } else { best });
        say!(
            "{}: {} от {} до {}, среднее {}, медиана {}; самый высокий столбец от {} до {}.",
            "{}: {} from {} to {}, mean {}, median {}; the highest bar is from {} to {}.",
            called(word("Гистограмма", "Histogram"), name),
            count(sorted.len(), ["значение", "значения", "значений"], ["value", "values"]),
            number(*low),
            number(*high),
            number(mean),
            number(median),
            number(mode.0),
            number(mode.1)
        )
    }

    fn table(&self, heads: &Heads<'_>) -> Option<Table> {
        let rows = self.columns().into_iter().map(|(from, to, height)| vec![from, to, height]);
        let unit = match self.heights {
            Heights::Counts => word("число", "count"),
            Heights::Density => word("плотность", "density"),
        };
        Some(numbers(&[&say!("{}, от", "{}, from", heads.x), word("до", "to"), unit], rows))
    }
}

fn look(pen: &Pen<'_>) -> String {
    format!("fill=\"{0}\" fill-opacity=\".3\" stroke=\"{0}\" stroke-width=\"1.5\"{1}", pen.colour, pen.dash)
}
