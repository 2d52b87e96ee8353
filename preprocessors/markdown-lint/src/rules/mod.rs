//! One file a kind of surprise.

mod emphasis;
mod footnotes;
mod headings;
mod letters;
mod links;
mod lists;
mod pictures;
mod quotes;
mod tables;
mod tildes;

use crate::page::Page;
use ::page::Finding;

/// All of them.
pub const ALL: &[fn(&Page<'_>) -> Vec<Finding>] = &[
    emphasis::check,
    footnotes::check,
    headings::check,
    letters::check,
    links::check,
    lists::check,
    pictures::check,
    quotes::check,
    tables::check,
    tildes::check,
];
