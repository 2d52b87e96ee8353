//! Ellipses: what a linear map makes of the unit circle.

use crate::language::{say, word};
use std::f64::consts::TAU;

use kernel::Table;

use super::polygon;
use crate::plot::fault::{Axes, Fault};
use crate::plot::geometry::Point;
use crate::plot::kind::{Heads, Mark, numbers};
use crate::plot::pen::Pen;
use crate::plot::words::{called, number, point};

/// The image of the unit circle under a matrix, about a centre.
#[derive(Clone, Debug)]
pub(crate) struct Ellipse {
    pub(crate) centre: Point,
    pub(crate) matrix: [[f64; 2]; 2],
}

impl Ellipse {
    fn outline(&self) -> Vec<Point> {
        const CORNERS: u32 = 120;
        let [[a, b], [c, d]] = self.matrix;
        let at = |corner: u32| {
            let (sine, cosine) = (f64::from(corner) / f64::from(CORNERS) * TAU).sin_cos();
            (self.centre.0 + a * cosine + b * sine, self.centre.1 + c * cosine + d * sine)
        };
        (0..CORNERS).map(at).collect()
    }

    /// The half axes, the longer one first: the singular values of the matrix.
    fn half_axes(&self) -> (f64, f64) {
        let [[a, b], [c, d]] = self.matrix;
        let (even, odd) = ((a + d).hypot(c - b), (a - d).hypot(c + b));
        (f64::midpoint(even, odd), (even - odd).abs() / 2.0)
    }
}

impl Mark for Ellipse {
    fn noun(&self) -> &'static str {
        "ellipse"
    }

    fn faults(&self, axes: Axes) -> Vec<Fault> {
        axes.points(&self.outline()).into_iter().map(|fault| Fault::told(fault.what)).collect()
    }

    fn extent(&self) -> Vec<Point> {
        self.outline()
    }

    fn draw(&self, pen: &mut Pen<'_>) {
        let look = polygon::look(pen);
        polygon::fill(pen, &self.outline(), &look);
    }

    fn swatch(&self, at: Point, pen: &mut Pen<'_>) {
        let look = polygon::look(pen);
        pen.svg.rect(at.0 + 1.0, at.1 - 12.0, 22.0, 13.0, &format!("rx=\"8\" {look}"));
    }

    fn describe(&self, name: Option<&str>) -> String {
        let (long, short) = self.half_axes();
        say!(
            "{}: центр {}, полуоси {} и {}.",
            "{}: centre {}, semi-axes {} and {}.",
            called(word("Эллипс", "Ellipse"), name),
            point(self.centre),
            number(long),
            number(short)
        )
    }

    fn table(&self, heads: &Heads<'_>) -> Option<Table> {
        let (long, short) = self.half_axes();
        let row = vec![self.centre.0, self.centre.1, long, short];
        let heads = [
            &say!("центр, {}", "centre, {}", heads.x),
            &say!("центр, {}", "centre, {}", heads.y),
            word("большая полуось", "major semi-axis"),
            word("малая полуось", "minor semi-axis"),
        ];
        Some(numbers(&heads, [row]))
    }
}
