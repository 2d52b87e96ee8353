//! Cutting lines and polygons at the edges of the axes.

use super::geometry::{Area, Point};

/// The piece of a segment inside (Liang and Barsky, 1984).
pub(crate) fn segment(area: Area, from: Point, to: Point) -> Option<(Point, Point)> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    let sides =
        [(-dx, from.0 - area.left), (dx, area.right - from.0), (-dy, from.1 - area.top), (dy, area.bottom - from.1)];
    for (speed, room) in sides {
        if speed == 0.0 {
            // A curve that runs along the edge is inside, though rounding may put it a little outside.
            if room < -1e-6 {
                return None;
            }
        } else if speed < 0.0 {
            enter = enter.max(room / speed);
        } else {
            leave = leave.min(room / speed);
        }
    }
    let at = |share: f64| (from.0 + share * dx, from.1 + share * dy);
    (enter <= leave).then(|| (at(enter), at(leave)))
}

/// The part of a polygon inside (Sutherland and Hodgman, 1974).
pub(crate) fn polygon(area: Area, corners: Vec<Point>) -> Vec<Point> {
    type Inside = fn(Area, Point) -> f64;
    let sides: [Inside; 4] = [
        |area, point| point.0 - area.left,
        |area, point| area.right - point.0,
        |area, point| point.1 - area.top,
        |area, point| area.bottom - point.1,
    ];
    sides.into_iter().fold(corners, |corners, room| {
        let mut kept = Vec::with_capacity(corners.len());
        for (index, &to) in corners.iter().enumerate() {
            let from = corners[(index + corners.len() - 1) % corners.len()];
            let (before, after) = (room(area, from), room(area, to));
            if (before < 0.0) != (after < 0.0) {
                let share = before / (before - after);
                kept.push((from.0 + share * (to.0 - from.0), from.1 + share * (to.1 - from.1)));
            }
            if after >= 0.0 {
                kept.push(to);
            }
        }
        kept
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: Area = Area { left: 0.0, right: 10.0, top: 0.0, bottom: 10.0 };

    #[test]
    fn a_segment_is_cut_at_both_edges() {
        assert_eq!(segment(SQUARE, (-10.0, 5.0), (30.0, 5.0)), Some(((0.0, 5.0), (10.0, 5.0))));
        assert_eq!(segment(SQUARE, (-10.0, 11.0), (30.0, 11.0)), None);
    }

    #[test]
    fn a_polygon_around_the_axes_becomes_the_axes() {
        let around = vec![(-5.0, -5.0), (15.0, -5.0), (15.0, 15.0), (-5.0, 15.0)];
        let area = |corners: &[Point]| {
            corners.iter().zip(corners.iter().cycle().skip(1)).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum::<f64>() / 2.0
        };
        assert_eq!(area(&polygon(SQUARE, around)), 100.0);
    }
}
