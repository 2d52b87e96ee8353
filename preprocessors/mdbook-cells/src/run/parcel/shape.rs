//! Whether an execution that another machine made is one that this page can have: whoever renders it counts on that.

use page::Page;

use super::{Refused, refuse_unless};
use crate::execution::{Execution, Followed, Input, Knob, Output, Shown, Warning};

/// Lines of a page.
const MOST_LINES: usize = 10_000_000;
/// States of live cells.
const MOST_STATES: usize = 10_000_000;

/// Whether all files that it names lie in the folder of data.
pub fn check_files(execution: &Execution) -> Result<(), Refused> {
    let is_plain = |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', ':', '\0']);
    let is_inside = |path: &str| path.split('/').all(is_plain) && !path.contains(char::is_control);
    let outside = execution.reads.iter().find(|(path, _)| !is_inside(path));
    outside.map_or(Ok(()), |(path, _)| Err(Refused(format!("{path:?} is no path inside the book's data folder"))))
}

/// Whether it is an execution of this page.
pub fn check(page: &Page, execution: &Execution) -> Result<(), Refused> {
    let Execution { origins, cells, inlines, reads: _, saved: _, warnings, live } = execution;
    let counts = (origins.len(), cells.len(), inlines.len());
    let has = (page.cells.len(), page.cells.len(), page.inlines.len());
    refuse_unless(counts == has, || "it is not as long as its page".to_owned())?;
    let lines = origins.iter().all(|origin| origin.first <= origin.last && origin.last <= MOST_LINES);
    refuse_unless(lines, || "its cells stood at lines that no page has".to_owned())?;
    refuse_unless(warnings.iter().all(|warning| is_on(page, warning)), || "a warning is of no cell".to_owned())?;
    let states = live.cells.iter().flat_map(|cell| &cell.states).flat_map(|(_, outputs)| outputs);
    let pictures = cells.iter().flatten().chain(states).all(is_whole);
    refuse_unless(pictures, || "a picture is none".to_owned())?;
    let knobs = live.inputs.iter().all(is_input)
        && live.cells.iter().all(|followed| follows(followed, &live.inputs, cells.len()))
        && live.inlines.iter().all(|followed| follows(followed, &live.inputs, inlines.len()));
    refuse_unless(knobs, || "its live cells follow no inputs of theirs".to_owned())
}

fn is_on(page: &Page, warning: &Warning) -> bool {
    let Some(cell) = page.cells.get(warning.cell) else { return false };
    let (start, end) = (cell.to_page(warning.start), cell.to_page(warning.end));
    warning.start <= warning.end && page.text.is_char_boundary(start) && page.text.is_char_boundary(end)
}

fn is_whole(output: &Output) -> bool {
    let Output::Shown(shown) = output else { return true };
    let Shown { png, .. } = &**shown;
    png.as_ref().is_none_or(|png| png.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte)))
}

fn is_input(input: &Input) -> bool {
    let most = if input.knob == Knob::Toggle { 2 } else { MOST_STATES };
    (1..=most).contains(&input.values.len()) && (input.default as usize) < input.values.len()
}

/// Whether states are of inputs that there are, and something that there is follows them.
fn follows<T>(followed: &Followed<T>, inputs: &[Input], things: usize) -> bool {
    let Some(own) = followed.inputs.iter().map(|at| inputs.get(*at)).collect::<Option<Vec<&Input>>>() else {
        return false;
    };
    let all = own.iter().try_fold(1_usize, |all, input| all.checked_mul(input.values.len()));
    let is_state = |values: &Vec<Option<u32>>| {
        values.len() == own.len()
            && values.iter().zip(&own).all(|(value, input)| value.is_none_or(|at| (at as usize) < input.values.len()))
    };
    followed.at < things
        && all.is_some_and(|all| all <= MOST_STATES)
        && !followed.states.is_empty()
        && followed.states.iter().all(|(values, _)| is_state(values))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_leave_the_folder_of_data_are_refused_however_they_are_written() {
        let of = |path: &str| Execution { reads: vec![(path.to_owned(), None)], ..Execution::default() };
        for path in ["ирис.csv", "таблицы/ирис.csv", "...", ".ирис", "с пробелом.csv"] {
            assert_eq!(check_files(&of(path)), Ok(()), "{path}");
        }
        for path in [
            "",
            "/",
            "/тайна",
            "..",
            "../тайна",
            "таблицы/../../тайна",
            "таблицы/..",
            "./ирис.csv",
            "таблицы//ирис.csv",
            "таблицы/",
            "таблицы\\..\\тайна",
            "\\\\сервер\\тайна",
            "C:/тайна",
            "ирис.csv:поток",
            "ирис.csv\0",
            "и\nрис",
        ] {
            let said = check_files(&of(path));
            assert_eq!(said, Err(Refused(format!("{path:?} is no path inside the book's data folder"))), "{path:?}");
        }
    }
}
