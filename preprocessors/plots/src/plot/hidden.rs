//! Lines that nobody sees because another lies on them.

use super::geometry::Point;

/// A line in pixels, and how it is drawn.
pub(crate) struct Stroke<'a> {
    pub(crate) name: Option<&'a str>,
    pub(crate) pixels: Vec<Point>,
    pub(crate) look: Look,
}

/// What of a line below can be seen, and what it lets be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    Solid,
    Dashed,
    /// With marks at its points, which stand out below any line.
    Marked,
}

/// Warnings about strokes, in the order in which they are drawn, that a later solid one covers from end to end.
pub(crate) fn warnings(strokes: &[Stroke<'_>]) -> Vec<String> {
    let called = |place: usize| match strokes[place].name {
        Some(name) => format!("the line «{name}»"),
        None => format!("line {}", place + 1),
    };
    let covered = |below: usize| {
        let above = (below + 1..strokes.len()).find(|&above| covers(&strokes[above], &strokes[below]))?;
        let mend = "draw it later and dashed, or say in the text that they coincide";
        Some(format!("{} is hidden under {}: {mend}", called(below), called(above)))
    };
    (0..strokes.len()).filter_map(covered).collect()
}

fn covers(above: &Stroke<'_>, below: &Stroke<'_>) -> bool {
    const NEAR: f64 = 1.0;
    if above.look == Look::Dashed || below.look == Look::Marked || below.pixels.len() < 2 {
        return false;
    }
    let near = |&(x, y): &Point| {
        above.pixels.windows(2).any(|pair| {
            let (from, to) = (pair[0], pair[1]);
            let (dx, dy) = (to.0 - from.0, to.1 - from.1);
            let square = dx * dx + dy * dy;
            let share =
                if square > 0.0 { (((x - from.0) * dx + (y - from.1) * dy) / square).clamp(0.0, 1.0) } else { 0.0 };
            (x - from.0 - share * dx).hypot(y - from.1 - share * dy) <= NEAR
        })
    };
    below.pixels.iter().all(near)
}
