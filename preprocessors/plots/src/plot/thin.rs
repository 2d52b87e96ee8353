//! Fewer points for the same picture.

use super::geometry::Point;

/// A line with as few points as it needs.
///
/// In a live cell a line of moderate length keeps all of them: from state to state the same points move, and the page carries
/// their small moves.
pub(crate) fn thin(line: Vec<Point>) -> Vec<Point> {
    const MODERATE: usize = 500;
    if kernel::is_live() && line.len() <= MODERATE { line } else { corners(&columns(line)) }
}

/// The corners of a line that are needed to stay within a quarter of a pixel of it (Ramer, 1972; Douglas and Peucker, 1973).
pub(crate) fn corners(line: &[Point]) -> Vec<Point> {
    const NEAR: f64 = 0.25;
    if line.len() < 3 {
        return line.to_vec();
    }
    let mut keep = vec![false; line.len()];
    keep[0] = true;
    keep[line.len() - 1] = true;
    let mut open = vec![(0, line.len() - 1)];
    while let Some((from, to)) = open.pop() {
        let away = |&at: &usize| distance(line[at], line[from], line[to]);
        let Some(far) = (from + 1..to).max_by(|a, b| away(a).total_cmp(&away(b))) else { continue };
        if away(&far) > NEAR {
            keep[far] = true;
            open.extend([(from, far), (far, to)]);
        }
    }
    line.iter().zip(keep).filter(|(_, keep)| *keep).map(|(&point, _)| point).collect()
}

fn distance(at: Point, from: Point, to: Point) -> f64 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (px, py) = (at.0 - from.0, at.1 - from.1);
    let square = dx * dx + dy * dy;
    if square == 0.0 {
        return px.hypot(py);
    }
    let share = ((px * dx + py * dy) / square).clamp(0.0, 1.0);
    (px - share * dx).hypot(py - share * dy)
}

/// A long line with at most four points in a column of pixels: the first, the lowest, the highest and the last, which look the
/// same (M4; Jugel et al., 2014). A line that goes back is left as it is.
pub(crate) fn columns(line: Vec<Point>) -> Vec<Point> {
    const SHORT: usize = 2000;
    if line.len() <= SHORT || !line.windows(2).all(|pair| pair[0].0 <= pair[1].0) {
        return line;
    }
    let mut kept = Vec::new();
    for column in line.chunk_by(|a, b| a.0.floor() == b.0.floor()) {
        let by_height = |a: &usize, b: &usize| column[*a].1.total_cmp(&column[*b].1);
        let mut keep = vec![0, column.len() - 1];
        keep.extend((0..column.len()).min_by(by_height));
        keep.extend((0..column.len()).max_by(by_height));
        keep.sort_unstable();
        keep.dedup();
        kept.extend(keep.into_iter().map(|index| column[index]));
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_straight_line_needs_its_ends_only() {
        let line: Vec<Point> = (0..100).map(|k| (f64::from(k), 2.0 * f64::from(k))).collect();
        assert_eq!(corners(&line), [line[0], line[99]]);
    }

    #[test]
    fn a_peak_is_never_lost() {
        let line: Vec<Point> =
            (0..100_000).map(|k| (f64::from(k) / 200.0, if k == 77_777 { 100.0 } else { 0.0 })).collect();
        let thin = corners(&columns(line));
        assert!(thin.len() < 10 && thin.iter().any(|point| point.1 == 100.0), "{thin:?}");
    }
}
