//! Sentences about data, for those who cannot see the picture.

use super::geometry::Point;
use crate::language::{Language, language, say, word};
use crate::number::significant;

/// A number in a sentence.
pub(crate) fn number(value: f64) -> String {
    significant(value, 3)
}

/// A point in a sentence.
pub(crate) fn point((x, y): Point) -> String {
    say!("({}; {})", "({}, {})", number(x), number(y))
}

/// A noun with its number: `5 точек`.
pub(crate) fn count(count: usize, [one, few, many]: [&str; 3], [single, several]: [&str; 2]) -> String {
    let noun = match (language(), count % 10, count % 100) {
        (Language::English, ..) => {
            if count == 1 {
                single
            } else {
                several
            }
        }
        (Language::Russian, _, 11..=14) => many,
        (Language::Russian, 1, _) => one,
        (Language::Russian, 2..=4, _) => few,
        (Language::Russian, ..) => many,
    };
    format!("{} {noun}", crate::number::fixed(count as f64, 0))
}

/// A noun, with a name in quotes if there is one.
pub(crate) fn called(noun: &str, name: Option<&str>) -> String {
    name.map_or_else(|| noun.to_owned(), |name| say!("{noun} «{name}»", "{noun} “{name}”"))
}

/// A text in quotes behind a noun; nothing when it is empty.
pub(crate) fn quoted(text: &str) -> String {
    if text.is_empty() { String::new() } else { say!(" «{text}»", " “{text}”") }
}

/// The least and the greatest of the finite values.
pub(crate) fn span(values: impl IntoIterator<Item = f64>) -> Option<(f64, f64)> {
    let finite = values.into_iter().filter(|value| value.is_finite());
    finite.fold(None, |span, value| match span {
        None => Some((value, value)),
        Some((low, high)) => Some((f64::min(low, value), f64::max(high, value))),
    })
}

/// How a curve goes.
pub(crate) fn trend(points: &[Point]) -> String {
    let finite: Vec<Point> =
        points.iter().copied().filter(|point| point.0.is_finite() && point.1.is_finite()).collect();
    let (Some(&first), Some(&last)) = (finite.first(), finite.last()) else {
        return word("нет ни одной конечной точки", "no point is finite").to_owned();
    };
    if finite.len() == 1 {
        return say!("одна точка {}", "one point {}", point(first));
    }
    if !finite.windows(2).all(|pair| pair[0].0 <= pair[1].0) {
        let points = count(finite.len(), ["точка", "точки", "точек"], ["point", "points"]);
        return say!("{points}, путь от {} до {}", "{points}, a path from {} to {}", point(first), point(last));
    }
    let (mut low, mut high) = (first, first);
    for &at in &finite {
        if at.1 < low.1 {
            low = at;
        }
        if at.1 > high.1 {
            high = at;
        }
    }
    let ends = say!(
        "от {} при {} до {} при {}",
        "from {} at {} to {} at {}",
        number(first.1),
        number(first.0),
        number(last.1),
        number(last.0)
    );
    let height = high.1 - low.1;
    if height <= 1e-12 * high.1.abs().max(low.1.abs()) {
        return say!(
            "постоянна, {} от {} до {}",
            "constant, {} from {} to {}",
            number(first.1),
            number(first.0),
            number(last.0)
        );
    }
    let steps = || finite.windows(2).map(|pair| pair[1].1 - pair[0].1);
    let (up, down) = steps().fold((0.0, 0.0), |(up, down), d| if d > 0.0 { (up + d, down) } else { (up, down - d) });
    if down <= 1e-9 * up {
        return say!("{ends}, растёт", "{ends}, increasing");
    }
    if up <= 1e-9 * down {
        return say!("{ends}, убывает", "{ends}, decreasing");
    }
    let whole = match (last.1 - first.1) / height {
        share if share > 0.8 => word(", в целом растёт", ", increasing on the whole"),
        share if share < -0.8 => word(", в целом убывает", ", decreasing on the whole"),
        _ => "",
    };
    say!(
        "{ends}{whole}; наименьшее {} при {}, наибольшее {} при {}",
        "{ends}{whole}; least {} at {}, greatest {} at {}",
        number(low.1),
        number(low.0),
        number(high.1),
        number(high.0)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_is_told_by_its_ends_and_its_extremes() {
        let told = [
            trend(&[(0.0, 1.0), (50.0, 0.2), (100.0, 0.01)]),
            trend(&[(0.0, -1.0), (1.0, f64::NAN), (2.0, 3.0)]),
            trend(&[(0.0, 5.0), (1.0, 1.0), (2.0, 2.0), (3.0, 4.0)]),
            trend(&[(0.0, 0.0), (1.0, 5.0), (2.0, 4.8), (3.0, 10.0)]),
            trend(&[(0.0, 2.0), (9.0, 2.0)]),
            trend(&[(1.0, f64::NAN)]),
            trend(&[(3.0, 1.0), (1.0, 2.0), (2.0, 0.0)]),
        ];
        insta::assert_snapshot!(told.join("\n"));
    }

    #[test]
    fn nouns_agree_with_their_numbers() {
        let told = [1, 2, 5, 11, 21, 112].map(|n| count(n, ["точка", "точки", "точек"], ["point", "points"]));
        assert_eq!(told, ["1 точка", "2 точки", "5 точек", "11 точек", "21 точка", "112 точек"]);
    }
}
