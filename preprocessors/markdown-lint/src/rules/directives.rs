//! `{{include …}}`: nearly a directive of mdBook, and shown as it is written.

use diagnostic::nearest;

use ::page::Finding;
use ::page::directive;

use crate::page::Page;

const NAMES: [&str; 5] = ["include", "rustdoc_include", "playground", "playpen", "title"];

pub fn check(page: &Page<'_>) -> Vec<Finding> {
    page.blocks().iter().filter_map(|block| nearly(page, block.first()?.start..block.last()?.end)).collect()
}

fn nearly(page: &Page<'_>, block: std::ops::Range<usize>) -> Option<Finding> {
    let text = &page.text[block.clone()];
    text.match_indices('{').find_map(|(at, _)| {
        let here = &text[at..];
        let braces = here.len() - here.trim_start_matches('{').len();
        let inside = here.trim_start_matches('{').trim_start();
        let words = inside.trim_start_matches('#').trim_start();
        let name = words.split(|letter: char| !letter.is_ascii_alphabetic() && letter != '_').next()?;
        let target = words[name.len()..].strip_prefix([' ', '\t'])?;
        let end = at + (target.as_ptr() as usize - here.as_ptr() as usize) + target.find('}')?;
        let end = end + (text[end..].len() - text[end..].trim_start_matches('}').len());
        let is_marked = inside.starts_with('#');
        let is_right = braces >= 2 && NAMES.contains(&name) && directive::find(&text[at..end]).is_some();
        let meant = match nearest(name, NAMES) {
            Some(meant) if is_marked || meant == name => meant,
            // `{{#quiz …}}` is another preprocessor's.
            _ => return None,
        };
        if is_right || text[..at].ends_with(['{', '\\', '$']) {
            return None;
        }
        let file = target.split('}').next().unwrap_or_default().trim();
        let place = block.start + at..block.start + end;
        let message = "this is no directive of mdBook, and is shown as it is written".to_owned();
        Some(Finding::new(
            "directive",
            place,
            message,
            format!("write `{{{{#{meant} {file}}}}}`, or `\\{{` for the sign itself"),
        ))
    })
}
