//! What stands on top of a page and mdBook does not read, and lines that end as nothing does any more.

use ::page::Finding;

use crate::page::Page;

pub fn check(page: &Page<'_>) -> Vec<Finding> {
    front_matter(page).into_iter().chain(old_line_end(page)).collect()
}

/// `---`, keys and values, `---`: other tools read it, mdBook shows it.
fn front_matter(page: &Page<'_>) -> Option<Finding> {
    let start = page.text.len() - page.text.trim_start_matches('\u{feff}').len();
    let text = &page.text[start..];
    let mark =
        ["---", "+++"].into_iter().find(|mark| text.lines().next().is_some_and(|line| line.trim_end() == *mark))?;
    let mut lines = text.lines().skip(1);
    let is_key = |line: &str| {
        let key = line.split([':', '=']).next().unwrap_or_default().trim();
        !key.is_empty()
            && key.len() < line.len()
            && key.chars().all(|letter| letter.is_alphanumeric() || "_-.".contains(letter))
    };
    if !lines.next().is_some_and(is_key) || !lines.any(|line| line.trim_end() == mark) {
        return None;
    }
    let message = "mdBook knows no front matter: these lines are shown on the page".to_owned();
    let help = "remove them: the title of a page is its `# …`, and stands in SUMMARY.md";
    Some(Finding::new("front-matter", start..start + mark.len(), message, help))
}

/// A carriage return without a line feed: to most tools the page is one line.
fn old_line_end(page: &Page<'_>) -> Option<Finding> {
    let (at, _) = page.text.match_indices('\r').find(|(at, _)| !page.text[at + 1..].starts_with('\n'))?;
    let message = "this line ends with a carriage return alone, which ends no line here".to_owned();
    Some(Finding::new("line-end", at..at + 1, message, "save the file with line ends of Unix or Windows"))
}
