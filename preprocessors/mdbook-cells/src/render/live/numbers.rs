//! Paths of many states as differences between neighbouring states: small numbers, one letter each.
//!
//! A path of relative lines is a list of whole tenths of a pixel. From one state to the next these numbers change little, so
//! their differences are what is stored, in the base-64 digits of source maps.

/// Paths in one shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coded {
    /// Letters of the commands, each with how often it is repeated.
    pub shape: String,
    /// How many times differences are taken: 0, 1 or 2.
    pub order: usize,
    /// The numbers.
    pub digits: String,
}

/// Codes the `d` attributes of all states; `None` when they are not of one shape.
pub fn code(paths: &[&str]) -> Option<Coded> {
    let mut paths: Vec<Vec<(char, Vec<i64>)>> = paths.iter().map(|path| commands(path)).collect::<Option<_>>()?;
    pad(&mut paths);
    let letters = |path: &Vec<(char, Vec<i64>)>| path.iter().map(|(letter, _)| *letter).collect::<String>();
    let shape = letters(paths.first()?);
    if paths.iter().any(|path| letters(path) != shape) {
        return None;
    }
    let rows: Vec<Vec<i64>> = paths.into_iter().map(|path| path.into_iter().flat_map(|(_, at)| at).collect()).collect();
    let (order, rows) = (0..3).map(|order| (order, differences(&rows, order))).min_by_key(|(_, rows)| cost(rows))?;
    let mut digits = String::new();
    rows.iter().flatten().for_each(|number| push(&mut digits, *number));
    Some(Coded { shape: runs(&shape), order, digits })
}

/// A line that ends sooner in one state than in another stays where it ended.
fn pad(paths: &mut [Vec<(char, Vec<i64>)>]) {
    let is_line = |path: &Vec<(char, Vec<i64>)>| {
        path.len() > 1 && path[0].0 == 'M' && path[1..].iter().all(|(letter, _)| *letter == 'l')
    };
    let longest = paths.iter().map(Vec::len).max().unwrap_or(0);
    if paths.iter().all(is_line) {
        for path in paths {
            // A line without length at the end would be taken for one that was added here.
            if path.last().is_some_and(|(_, at)| at.iter().any(|number| *number != 0)) {
                path.resize(longest, ('l', vec![0, 0]));
            }
        }
    }
}

/// Absolute moves, relative moves and lines, closings; `None` with anything else.
fn commands(path: &str) -> Option<Vec<(char, Vec<i64>)>> {
    let mut found = Vec::new();
    let mut rest = path;
    while let Some(letter) = rest.chars().next() {
        let end = rest[1..].find(|letter: char| letter.is_ascii_alphabetic()).map_or(rest.len(), |at| at + 1);
        let numbers = numbers(&rest[1..end])?;
        rest = &rest[end..];
        match letter {
            'z' if numbers.is_empty() => found.push(('z', Vec::new())),
            'h' => found.extend(numbers.iter().map(|x| ('l', vec![*x, 0]))),
            'v' => found.extend(numbers.iter().map(|y| ('l', vec![0, *y]))),
            // Pairs behind that of an absolute move would be absolute lines.
            'M' if numbers.len() == 2 => found.push(('M', numbers)),
            'm' | 'l' if !numbers.is_empty() && numbers.len().is_multiple_of(2) => {
                let first = std::iter::once(letter).chain(std::iter::repeat('l'));
                found.extend(first.zip(numbers.chunks(2)).map(|(letter, pair)| (letter, pair.to_vec())));
            }
            _ => return None,
        }
    }
    Some(found)
}

/// Numbers in tenths; `None` when one has more digits.
fn numbers(text: &str) -> Option<Vec<i64>> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if matches!(bytes[at], b' ' | b',') {
            at += 1;
            continue;
        }
        let begin = at;
        at += usize::from(bytes[at] == b'-');
        let whole = digits(bytes, &mut at);
        let tenths = if bytes.get(at) == Some(&b'.') {
            at += 1;
            let tenths = digits(bytes, &mut at);
            if tenths.len() != 1 {
                return None;
            }
            tenths
        } else {
            b"0"
        };
        if whole.is_empty() && tenths == b"0" {
            return None;
        }
        let number: i64 = std::str::from_utf8(&[whole, tenths].concat()).ok()?.parse().ok()?;
        found.push(if bytes[begin] == b'-' { -number } else { number });
    }
    Some(found)
}

fn digits<'a>(bytes: &'a [u8], at: &mut usize) -> &'a [u8] {
    let begin = *at;
    while bytes.get(*at).is_some_and(u8::is_ascii_digit) {
        *at += 1;
    }
    &bytes[begin..*at]
}

/// Differences between neighbouring rows, `order` times.
fn differences(rows: &[Vec<i64>], order: usize) -> Vec<Vec<i64>> {
    let mut rows = rows.to_vec();
    for _ in 0..order {
        for at in (1..rows.len()).rev() {
            let (before, after) = rows.split_at_mut(at);
            for (number, before) in after[0].iter_mut().zip(&before[at - 1]) {
                *number -= before;
            }
        }
    }
    rows
}

/// About how many bits the numbers take when frequent ones are short.
fn cost(rows: &[Vec<i64>]) -> u64 {
    let mut counts = std::collections::BTreeMap::new();
    for number in rows.iter().flatten() {
        *counts.entry(number).or_insert(0_u32) += 1;
    }
    let all: f64 = counts.values().map(|count| f64::from(*count)).sum();
    counts.values().map(|count| f64::from(*count) * (all / f64::from(*count)).log2()).sum::<f64>() as u64
        + 16 * counts.len() as u64
}

/// `Mlll` as `M1l3`.
fn runs(letters: &str) -> String {
    let letters: Vec<char> = letters.chars().collect();
    letters.chunk_by(|a, b| a == b).map(|run| format!("{}{}", run[0], run.len())).collect()
}

fn push(to: &mut String, number: i64) {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut rest = number.unsigned_abs() << 1 | u64::from(number < 0);
    loop {
        let digit = (rest & 31) as usize;
        rest >>= 5;
        to.push(char::from(DIGITS[if rest > 0 { digit | 32 } else { digit }]));
        if rest == 0 {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_one_shape_become_small_differences() {
        let coded = code(&["M10 20l5-3 2 4h.5", "M10 21l5-3.1 2 4v1", "M10 22l5-3.2 2 4v2"]).unwrap();
        assert_eq!((coded.shape.as_str(), coded.order), ("M1l3", 1));
        assert_eq!(coded.digits, "oGwMkD9BoBwCKAAUADAALUAUADAAAU");
    }

    #[test]
    fn a_line_that_ends_sooner_is_padded() {
        assert_eq!(code(&["M0 0l1 1", "M0 0l1 1 1 1"]).unwrap().shape, "M1l2");
        assert_eq!(code(&["M0 0l1 1 0 0", "M0 0l1 1 1 1 1 1"]), None);
    }

    #[test]
    fn other_paths_are_left_alone() {
        for bad in ["C1 2 3 4 5 6", "M0 0 1 1", "M0 0l1", "M.12 0", "L1 1", "M1e3 0", "M - 1"] {
            assert_eq!(code(&[bad, bad]), None, "{bad}");
        }
        assert_eq!(code(&["M0 0z", "M0 0"]), None);
    }
}
