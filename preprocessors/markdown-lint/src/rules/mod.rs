//! One file a kind of surprise.

mod directives;
mod emphasis;
mod footnotes;
mod headings;
mod letters;
mod lines;
mod links;
mod lists;
mod pictures;
mod quotes;
mod stray;
mod tables;
mod tags;
mod tildes;

use crate::page::Page;
use ::page::Finding;

/// All of them.
pub const ALL: &[fn(&Page<'_>) -> Vec<Finding>] = &[
    directives::check,
    emphasis::check,
    footnotes::check,
    headings::check,
    letters::check,
    lines::check,
    links::check,
    lists::check,
    pictures::check,
    quotes::check,
    stray::check,
    tables::check,
    tags::check,
    tildes::check,
];
