//! Pictures in colour.

use crate::language::{say, word};
use kernel::Table;

use crate::plot::colour::Rgb;
use crate::plot::dense::Dense;
use crate::plot::fault::{Axes, Fault, all_or_some};
use crate::plot::geometry::Point;
use crate::plot::kind::{Fit, Heads, Mark, Names};
use crate::plot::pen::Pen;
use crate::plot::raster;
use crate::plot::scale::Spread;
use crate::plot::words::called;

/// Pixels, the first row at the top.
#[derive(Clone, Debug)]
pub(crate) struct Picture {
    pub(crate) pixels: Dense<Rgb>,
    /// A picture has no numbers at its sides.
    pub(crate) nameless: (Vec<String>, Vec<String>),
}

impl Picture {
    pub(crate) fn new(pixels: Dense<Rgb>) -> Self {
        let (rows, columns) = pixels.shape();
        Self { pixels, nameless: (vec![String::new(); rows], vec![String::new(); columns]) }
    }
}

impl Mark for Picture {
    fn noun(&self) -> &'static str {
        "rgb"
    }

    fn faults(&self, axes: Axes) -> Vec<Fault> {
        if axes.x.spread == Spread::Log || axes.y.spread == Spread::Log {
            return vec![Fault::told("rows and columns have no logarithmic axis")];
        }
        all_or_some("pixels", self.pixels.values().iter().map(|_| None).collect())
    }

    fn crowded(&self, (across, down): Point) -> Option<Fault> {
        let (rows, columns) = self.pixels.shape();
        let what = format!("{rows}×{columns} pixels do not fit the frame; show a part, or shrink the picture first");
        (across.min(down) < 0.999).then(|| Fault::told(what))
    }

    fn extent(&self) -> Vec<Point> {
        let (rows, columns) = self.pixels.shape();
        vec![(-0.5, -0.5), (columns as f64 - 0.5, rows as f64 - 0.5)]
    }

    fn fit(&self) -> Fit {
        Fit::Square
    }

    fn names(&self) -> Names<'_> {
        Names { x: &self.nameless.1, y: &self.nameless.0, downwards: true }
    }

    fn draw(&self, pen: &mut Pen<'_>) {
        let (rows, columns) = self.pixels.shape();
        let (from, to) = (pen.at((-0.5, -0.5)), pen.at((columns as f64 - 0.5, rows as f64 - 0.5)));
        let uri = raster::colour_uri(&self.pixels);
        pen.svg.image(from, (to.0 - from.0, to.1 - from.1), "style=\"image-rendering:pixelated\"", &uri);
    }

    fn swatch(&self, at: Point, pen: &mut Pen<'_>) {
        let [r, g, b] = self.mean();
        pen.svg.rect(at.0 + 5.0, at.1 - 12.0, 14.0, 13.0, &format!("fill=\"#{r:02x}{g:02x}{b:02x}\""));
    }

    fn describe(&self, name: Option<&str>) -> String {
        let (rows, columns) = self.pixels.shape();
        let [r, g, b] = self.mean();
        say!(
            "{} из {rows} строк и {columns} столбцов точек; средний цвет: красный {r}, зелёный {g}, синий {b} из 255.",
            "{} of {rows} rows and {columns} columns of points; mean colour: red {r}, green {g}, blue {b} of 255.",
            called(word("Цветное изображение", "Colour image"), name)
        )
    }

    fn table(&self, _: &Heads<'_>) -> Option<Table> {
        None
    }
}

impl Picture {
    fn mean(&self) -> Rgb {
        let pixels = self.pixels.values();
        let sum = |part: usize| pixels.iter().map(|pixel| u64::from(pixel[part])).sum::<u64>();
        let count = pixels.len().max(1) as u64;
        [0, 1, 2].map(|part| u8::try_from((sum(part) + count / 2) / count).unwrap_or(u8::MAX))
    }
}
