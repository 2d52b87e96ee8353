//! Lines of equal height: marching squares (Lorensen and Cline, 1987, in the plane).

use super::dense::Dense;
use super::geometry::Point;

/// Values of a function on the nodes of a grid: row 0 is at the lowest `y`.
#[derive(Clone, Debug)]
pub(crate) struct Grid {
    pub(crate) x: (f64, f64),
    pub(crate) y: (f64, f64),
    pub(crate) values: Dense,
}

impl Grid {
    /// Samples a function on `columns` × `rows` nodes.
    pub(crate) fn sample(f: impl Fn(f64, f64) -> f64, x: (f64, f64), y: (f64, f64), shape: (usize, usize)) -> Self {
        let (columns, rows) = shape;
        let at = |range: (f64, f64), place: usize, count: usize| {
            range.0 + (range.1 - range.0) * place as f64 / (count - 1) as f64
        };
        let values = Dense::from_fn((rows, columns), |(row, column)| f(at(x, column, columns), at(y, row, rows)));
        Self { x, y, values }
    }

    /// The finite values from the least to the greatest.
    pub(crate) fn sorted(&self) -> Vec<f64> {
        let mut values: Vec<f64> = self.values.values().iter().copied().filter(|value| value.is_finite()).collect();
        values.sort_by(f64::total_cmp);
        values
    }

    /// The point of a fractional column and row.
    pub(crate) fn point(&self, column: f64, row: f64) -> Point {
        let (rows, columns) = self.values.shape();
        let x = self.x.0 + (self.x.1 - self.x.0) * column / (columns - 1) as f64;
        let y = self.y.0 + (self.y.1 - self.y.0) * row / (rows - 1) as f64;
        (x, y)
    }

    /// The node where the function is least.
    pub(crate) fn lowest(&self) -> Option<(Point, f64)> {
        let finite = self.values.places().filter(|(_, value)| value.is_finite());
        let ((row, column), &value) = finite.min_by(|a, b| a.1.total_cmp(b.1))?;
        Some((self.point(column as f64, row as f64), value))
    }

    /// Levels that lie densely where the function is flat: quantiles of its values, rounded to two digits.
    pub(crate) fn levels(&self) -> Vec<f64> {
        let sorted = self.sorted();
        let quantile = |share: f64| sorted.get((share * (sorted.len().max(1) - 1) as f64) as usize).copied();
        let shares = [0.01, 0.04, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97];
        let mut levels: Vec<f64> = shares.into_iter().filter_map(quantile).map(two_digits).collect();
        levels.dedup();
        levels
    }

    /// The lines at a height, each from end to end.
    pub(crate) fn lines(&self, level: f64) -> Vec<Vec<Point>> {
        join(&self.segments(level))
            .into_iter()
            .map(|line| line.into_iter().map(|node| self.crossing(node, level)).collect())
            .collect()
    }

    fn segments(&self, level: f64) -> Vec<(Edge, Edge)> {
        let (rows, columns) = self.values.shape();
        let mut segments = Vec::new();
        for row in 0..rows.saturating_sub(1) {
            for column in 0..columns.saturating_sub(1) {
                let corners = [(0, 0), (0, 1), (1, 1), (1, 0)].map(|(r, c)| self.values[(row + r, column + c)]);
                if corners.iter().any(|value| !value.is_finite()) {
                    continue;
                }
                let edges = [
                    Edge { row, column, side: Side::Along },
                    Edge { row, column: column + 1, side: Side::Up },
                    Edge { row: row + 1, column, side: Side::Along },
                    Edge { row, column, side: Side::Up },
                ];
                let above = corners.map(|value| value >= level);
                let crossed: Vec<Edge> = (0..4).filter(|&i| above[i] != above[(i + 1) % 4]).map(|i| edges[i]).collect();
                match crossed[..] {
                    [a, b] => segments.push((a, b)),
                    [a, b, c, d] => {
                        // A saddle: the middle of the cell decides which corners hang together.
                        let middle = corners.iter().sum::<f64>() / 4.0 >= level;
                        let pairs = if middle == above[0] { [(a, b), (c, d)] } else { [(d, a), (b, c)] };
                        segments.extend(pairs);
                    }
                    _ => {}
                }
            }
        }
        segments
    }

    fn crossing(&self, edge: Edge, level: f64) -> Point {
        let Edge { row, column, side } = edge;
        let (r, c) = match side {
            Side::Along => (row, column + 1),
            Side::Up => (row + 1, column),
        };
        let (from, to) = (self.values[(row, column)], self.values[(r, c)]);
        let share = (level - from) / (to - from);
        self.point(column as f64 + share * (c - column) as f64, row as f64 + share * (r - row) as f64)
    }
}

/// An edge of the grid, from a node to the next one in its row or its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Edge {
    row: usize,
    column: usize,
    side: Side,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Along,
    Up,
}

/// Joins segments that share ends into lines.
fn join(segments: &[(Edge, Edge)]) -> Vec<Vec<Edge>> {
    let mut ends: std::collections::BTreeMap<Edge, Vec<usize>> = std::collections::BTreeMap::new();
    for (index, &(a, b)) in segments.iter().enumerate() {
        ends.entry(a).or_default().push(index);
        ends.entry(b).or_default().push(index);
    }
    let mut used = vec![false; segments.len()];
    let mut follow = |from: Edge| {
        let mut line = Vec::new();
        let mut at = from;
        while let Some(&next) = ends[&at].iter().find(|&&index| !used[index]) {
            used[next] = true;
            at = if segments[next].0 == at { segments[next].1 } else { segments[next].0 };
            line.push(at);
        }
        line
    };
    let mut lines = Vec::new();
    for &(start, _) in segments {
        let forward = follow(start);
        if forward.is_empty() {
            continue;
        }
        let mut line = follow(start);
        line.reverse();
        line.push(start);
        line.extend(forward);
        lines.push(line);
    }
    lines
}

fn two_digits(value: f64) -> f64 {
    if value == 0.0 {
        return 0.0;
    }
    let unit = 10f64.powf(value.abs().log10().floor() - 1.0);
    (value / unit).round() * unit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_level_line_of_a_paraboloid_is_one_closed_circle() {
        let grid = Grid::sample(|x, y| x * x + y * y, (-2.0, 2.0), (-2.0, 2.0), (81, 81));
        let lines = grid.lines(1.0);
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].first(), lines[0].last());
        assert!(lines[0].iter().all(|(x, y)| (x.hypot(*y) - 1.0).abs() < 1e-3));
    }

    #[test]
    fn a_line_that_leaves_the_grid_stays_open() {
        let grid = Grid::sample(|x, y| x * y, (-1.0, 1.0), (-1.0, 1.0), (40, 40));
        let lines = grid.lines(0.2);
        assert_eq!(lines.len(), 2);
        assert!(lines.iter().all(|line| line.first() != line.last()));
    }
}
