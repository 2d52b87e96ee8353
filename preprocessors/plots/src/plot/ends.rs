//! Names of lines at their right ends.

use super::geometry::{Area, Point};
use super::pen::HALO;
use super::svg::{Anchor, Svg, escape};
use super::text::LETTER;

/// A name, the end of its line in pixels, and the colour of the line.
pub(crate) struct End<'a> {
    pub(crate) name: &'a str,
    pub(crate) at: Point,
    pub(crate) colour: String,
}

/// Writes names one under another, each as near to its line as the others allow.
pub(crate) fn write(mut ends: Vec<End<'_>>, area: Area, svg: &mut Svg) {
    ends.sort_by(|a, b| a.at.1.total_cmp(&b.at.1));
    let wanted: Vec<f64> = ends.iter().map(|end| end.at.1).collect();
    let rows = apart(&wanted, LETTER + 3.0, (area.top + 8.0, area.bottom - 4.0));
    for (end, y) in ends.iter().zip(rows) {
        let x = area.right.min(end.at.0 + 6.0).max(end.at.0) + 4.0;
        svg.text(x, y + 5.5, Anchor::Start, &format!("fill=\"{}\" {HALO}", end.colour), &escape(end.name));
    }
}

/// Places that are at least a step apart and as near to the wanted ones, which rise, as blocks of neighbours can be.
fn apart(wanted: &[f64], step: f64, (low, high): Point) -> Vec<f64> {
    // Blocks of names that touch: the sum of where each would have the block begin, and how many they are.
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    for &place in wanted {
        let mut block = (place, 1);
        while let Some(&(sum, count)) = blocks.last() {
            let begins = |(sum, count): (f64, usize)| sum / count as f64;
            if begins((sum, count)) + step * count as f64 <= begins(block) {
                break;
            }
            blocks.pop();
            // Who comes later in the block would have it begin so much earlier.
            block = (sum + block.0 - step * (count * block.1) as f64, count + block.1);
        }
        blocks.push(block);
    }
    let mut places = Vec::with_capacity(wanted.len());
    for (sum, count) in blocks {
        let room = step * (count - 1) as f64;
        let begin = (sum / count as f64).min(high - room).max(low);
        places.extend((0..count).map(|at| begin + step * at as f64));
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_would_lie_on_one_another_are_moved_apart_about_their_middle() {
        assert_eq!(apart(&[10.0, 100.0], 20.0, (0.0, 200.0)), [10.0, 100.0]);
        assert_eq!(apart(&[100.0, 100.0], 20.0, (0.0, 200.0)), [90.0, 110.0]);
        assert_eq!(apart(&[100.0, 100.0, 115.0], 20.0, (0.0, 200.0)), [85.0, 105.0, 125.0]);
        assert_eq!(apart(&[195.0, 199.0], 20.0, (0.0, 200.0)), [180.0, 200.0]);
    }
}
