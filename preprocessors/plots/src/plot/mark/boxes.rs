//! Boxes and whiskers: how samples are spread (Tukey, 1977).

use crate::language::{say, word};
use kernel::{Align, Table};

use crate::number::significant;
use crate::plot::fault::{Axes, Fault, all_or_some};
use crate::plot::geometry::Point;
use crate::plot::kind::{Fit, Heads, Mark, Names};
use crate::plot::pen::Pen;
use crate::plot::svg::Path;
use crate::plot::words::{called, count, number, quoted};

/// Samples under names.
#[derive(Clone, Debug)]
pub(crate) struct Boxes {
    pub(crate) names: Vec<String>,
    pub(crate) samples: Vec<Vec<f64>>,
}

/// What is drawn of a sample.
struct Summary {
    quartiles: [f64; 3],
    /// The farthest values within one and a half boxes of the box.
    whiskers: (f64, f64),
    outliers: Vec<f64>,
}

impl Boxes {
    fn summaries(&self) -> Vec<Option<Summary>> {
        self.samples.iter().map(|sample| Summary::of(sample)).collect()
    }
}

impl Summary {
    fn of(sample: &[f64]) -> Option<Self> {
        let mut sorted: Vec<f64> = sample.iter().copied().filter(|value| value.is_finite()).collect();
        sorted.sort_by(f64::total_cmp);
        let last = sorted.len().checked_sub(1)?;
        let quantile = |share: f64| {
            let place = share * last as f64;
            let below = place.floor() as usize;
            let above = sorted[(below + 1).min(last)];
            sorted[below] + (above - sorted[below]) * (place - below as f64)
        };
        let quartiles = [0.25, 0.5, 0.75].map(quantile);
        let far = 1.5 * (quartiles[2] - quartiles[0]);
        let near = |value: &f64| (quartiles[0] - far..=quartiles[2] + far).contains(value);
        let (inner, outliers): (Vec<f64>, Vec<f64>) = sorted.into_iter().partition(near);
        let whiskers = (*inner.first()?, *inner.last()?);
        Some(Self { quartiles, whiskers, outliers })
    }
}

impl Mark for Boxes {
    fn noun(&self) -> &'static str {
        "boxes"
    }

    fn faults(&self, axes: Axes) -> Vec<Fault> {
        let one = |(name, sample): (&String, &Vec<f64>)| {
            if sample.is_empty() {
                return Some(format!("the sample{} is empty", quoted(name)));
            }
            let (index, why) =
                sample.iter().enumerate().find_map(|(index, &value)| Some((index, axes.y.refusal(value)?)))?;
            Some(format!("value {index} of the sample{} is {}, which {why}", quoted(name), sample[index]))
        };
        all_or_some("samples", self.names.iter().zip(&self.samples).map(one).collect())
    }

    fn extent(&self) -> Vec<Point> {
        let last = self.names.len() as f64 - 0.5;
        self.samples.iter().flatten().flat_map(|&value| [(-0.5, value), (last, value)]).collect()
    }

    fn fit(&self) -> Fit {
        Fit::Wide
    }

    fn names(&self) -> Names<'_> {
        Names { x: &self.names, ..Names::default() }
    }

    fn draw(&self, pen: &mut Pen<'_>) {
        const HALF: f64 = 0.28;
        let (mut boxes, mut lines, mut medians, mut dots) =
            (Path::default(), Path::default(), Path::default(), Path::default());
        for (place, summary) in self.summaries().into_iter().enumerate() {
            let Some(Summary { quartiles, whiskers, outliers }) = summary else { continue };
            let x = place as f64;
            let at = |pen: &Pen<'_>, dx: f64, value: f64| pen.clamp(pen.at((x + dx, value)));
            let (low, high) = (at(pen, -HALF, quartiles[0]), at(pen, HALF, quartiles[2]));
            boxes.polygon(&[low, (high.0, low.1), high, (low.0, high.1)]);
            for (from, to) in [(quartiles[0], whiskers.0), (quartiles[2], whiskers.1)] {
                let (from, to) = (at(pen, 0.0, from), at(pen, 0.0, to));
                lines.move_to(from.0, from.1);
                lines.line_to(to.0, to.1);
                lines.move_to(to.0 - 8.0, to.1);
                lines.line_to(to.0 + 8.0, to.1);
            }
            medians.move_to(low.0, at(pen, 0.0, quartiles[1]).1);
            medians.line_to(high.0, at(pen, 0.0, quartiles[1]).1);
            for value in outliers {
                let dot = pen.at((x, value));
                if pen.inside(dot) {
                    dots.dot(dot.0, dot.1);
                }
            }
        }
        let look = look(pen);
        let colour = pen.colour.clone();
        pen.svg.path(boxes, &look);
        pen.svg.path(lines, &format!("stroke=\"{colour}\" stroke-width=\"1.5\""));
        pen.svg.path(medians, &format!("stroke=\"{colour}\" stroke-width=\"3\""));
        pen.svg.path(dots, &format!("stroke=\"{colour}\" stroke-width=\"5\" stroke-linecap=\"round\""));
    }

    fn swatch(&self, at: Point, pen: &mut Pen<'_>) {
        let look = look(pen);
        pen.svg.rect(at.0 + 5.0, at.1 - 12.0, 14.0, 13.0, &look);
    }

    fn describe(&self, name: Option<&str>) -> String {
        let one = |(name, summary): (&String, Option<Summary>)| {
            let Summary { quartiles: [low, median, high], whiskers, outliers } = summary?;
            let outliers = match outliers.len() {
                0 => String::new(),
                some => format!(", {}", count(some, ["выброс", "выброса", "выбросов"], ["outlier", "outliers"])),
            };
            let [low, median, high, least, most] = [low, median, high, whiskers.0, whiskers.1].map(number);
            Some(say!(
                "{name} — медиана {median}, ящик от {low} до {high}, усы от {least} до {most}{outliers}",
                "{name}: median {median}, box from {low} to {high}, whiskers from {least} to {most}{outliers}"
            ))
        };
        let all: Vec<String> = self.names.iter().zip(self.summaries()).filter_map(one).collect();
        format!("{}: {}.", called(word("Ящики с усами", "Box plots"), name), all.join("; "))
    }

    fn table(&self, heads: &Heads<'_>) -> Option<Table> {
        let numbers = [
            word("нижний ус", "lower whisker"),
            word("нижний квартиль", "lower quartile"),
            word("медиана", "median"),
            word("верхний квартиль", "upper quartile"),
            word("верхний ус", "upper whisker"),
        ];
        let numbers = numbers.map(|head| (head.to_owned(), Align::Right));
        let columns = [(heads.x.to_owned(), Align::Left)].into_iter().chain(numbers).collect();
        let row = |(name, summary): (&String, Option<Summary>)| {
            let Summary { quartiles: [low, median, high], whiskers, .. } = summary?;
            let numbers = [whiskers.0, low, median, high, whiskers.1].map(|value| significant(value, 4));
            Some([name.clone()].into_iter().chain(numbers).collect())
        };
        Some(Table { columns, rows: self.names.iter().zip(self.summaries()).filter_map(row).collect() })
    }
}

fn look(pen: &Pen<'_>) -> String {
    format!("fill=\"{0}\" fill-opacity=\".2\" stroke=\"{0}\" stroke-width=\"1.5\"", pen.colour)
}
