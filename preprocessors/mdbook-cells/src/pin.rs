//! Pinned outputs: what an author expects a cell to print, and whether it does.

use std::ops::Range;

use diagnostic::{Diagnostic, Place};
use similar::TextDiff;

use crate::execution::Execution;
use page::{Page, Pin};

/// Outputs that are not what the page pins.
pub fn check(page: &Page, execution: &Execution) -> Vec<Diagnostic> {
    let drifted = drifted(page, execution);
    let report = |(pin, actual): (&Pin, String)| {
        let pinned = pinned(page, pin);
        let diff = TextDiff::from_lines(pinned.as_str(), actual.as_str()).unified_diff().context_radius(2).to_string();
        let range = pin
            .lines
            .first()
            .map_or(pin.fence.start..pin.fence.start, |line| line.start..pin.lines.last().unwrap_or(line).end);
        Diagnostic::error(
            "drifted-output",
            "the cell's output is not what is pinned here",
            Place::new(&page.path, range),
        )
        .note(format!("pinned (-) and computed (+):\n{}", diff.trim_end()))
        .help("`check --fix` pins the new output; or mend the cell")
    };
    drifted.into_iter().map(report).collect()
}

/// Edits that pin what the cells print now.
pub fn fixes(page: &Page, execution: &Execution) -> Vec<(Range<usize>, String)> {
    drifted(page, execution).into_iter().map(|(pin, actual)| fix(page, pin, &actual)).collect()
}

fn drifted<'a>(page: &'a Page, execution: &Execution) -> Vec<(&'a Pin, String)> {
    let mut drifted = Vec::new();
    for (index, cell) in page.cells.iter().enumerate() {
        let Some(pin) = &cell.pin else { continue };
        let actual = normal(&execution.plain(index));
        if !agree(&pinned(page, pin), &actual, pin.tolerance) {
            drifted.push((pin, actual));
        }
    }
    drifted
}

fn pinned(page: &Page, pin: &Pin) -> String {
    let lines: Vec<&str> = pin.lines.iter().map(|line| &page.text[line.clone()]).collect();
    normal(&lines.join("\n"))
}

/// Without blanks at the ends of lines and of the text, which nobody sees.
fn normal(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim_end().to_owned() + "\n"
}

/// Equal texts, except that numbers may differ by the tolerance.
fn agree(pinned: &str, actual: &str, tolerance: f64) -> bool {
    if pinned == actual {
        return true;
    }
    let (mut left, mut right) = (tokens(pinned), tokens(actual));
    tolerance > 0.0
        && loop {
            match (left.next(), right.next()) {
                (None, None) => break true,
                (Some(a), Some(b)) if a == b || close(a, b, tolerance) => {}
                _ => break false,
            }
        }
}

fn close(a: &str, b: &str, tolerance: f64) -> bool {
    let (Ok(a), Ok(b)) = (a.parse::<f64>(), b.parse::<f64>()) else { return false };
    (a - b).abs() <= tolerance * a.abs().max(b.abs()).max(1.0)
}

/// Numbers, and everything between them.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    let is_number = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | '-' | '+' | 'e' | 'E');
    text.split_inclusive(move |letter| !is_number(letter)).flat_map(move |piece| {
        let end = piece
            .char_indices()
            .next_back()
            .filter(|(_, letter)| !is_number(*letter))
            .map_or(piece.len(), |(at, _)| at);
        [&piece[..end], &piece[end..]].into_iter().filter(|token| !token.is_empty())
    })
}

fn fix(page: &Page, pin: &Pin, actual: &str) -> (Range<usize>, String) {
    let text = &page.text;
    let line_start = text[..pin.fence.start].rfind('\n').map_or(0, |newline| newline + 1);
    let prefix: String = text[line_start..pin.fence.start]
        .chars()
        .map(|letter| if letter == '>' || letter.is_whitespace() { letter } else { ' ' })
        .collect();
    let body: String = actual.lines().map(|line| format!("{}\n", format!("{prefix}{line}").trim_end())).collect();
    // From behind the opening line to the beginning of the closing one.
    let start = text[pin.fence.start..].find('\n').map_or(pin.fence.end, |newline| pin.fence.start + newline + 1);
    let opening = &text[pin.fence.start..start];
    let mark = opening.chars().next().unwrap_or('`');
    let info = opening.trim_start_matches(mark);
    let longest = actual.split(|letter| letter != mark).map(str::len).max().unwrap_or(0);
    if longest >= opening.len() - info.len() {
        // A line of the output would end the fence.
        let marks = mark.to_string().repeat(longest + 1);
        return (pin.fence.clone(), format!("{marks}{info}{body}{prefix}{marks}"));
    }
    let end = text[..pin.fence.end].rfind('\n').map_or(start, |newline| newline + 1).max(start);
    (start..end, body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_output_with_a_fence_in_it_is_pinned_in_a_longer_one() {
        let page = "> ```rust cell\n> x\n> ```\n>\n> ```text out tol=1e-3\n> 1\n> ```\n";
        let (page, _) = page::read("src/а.md", page, &[]);
        let pin = page.cells[0].pin.as_ref().unwrap();
        assert_eq!(fix(&page, pin, "2\n").1, "> 2\n");
        let (range, text) = fix(&page, pin, "```\n2\n");
        assert_eq!(range, pin.fence);
        assert_eq!(text, "````text out tol=1e-3\n> ```\n> 2\n> ````");
    }

    #[test]
    fn numbers_may_differ_by_the_tolerance_and_nothing_else_may() {
        assert!(agree("потеря = 0.1000000\n", "потеря = 0.1000001\n", 1e-6));
        assert!(!agree("потеря = 0.1\n", "потеря = 0.2\n", 1e-6));
        assert!(!agree("потеря = 0.1\n", "шаг = 0.1\n", 1e-6));
        assert!(!agree("1 2\n", "1 2 3\n", 1e-6));
        assert!(!agree("1.0\n", "1.0000001\n", 0.0));
    }
}
