//! One file a kind of surprise.

mod directives;
mod emphasis;
mod entities;
mod footnotes;
mod foreign;
mod headings;
mod html;
mod indented;
mod letters;
mod lines;
mod links;
mod lists;
mod pictures;
mod points;
mod quotes;
mod stray;
mod tables;
mod tags;
mod tildes;
mod values;

use crate::page::Page;
use ::page::Finding;

/// All of them.
pub const ALL: &[fn(&Page<'_>) -> Vec<Finding>] = &[
    directives::check,
    emphasis::check,
    entities::check,
    footnotes::check,
    foreign::check,
    headings::check,
    html::check,
    indented::check,
    letters::check,
    lines::check,
    links::check,
    lists::check,
    pictures::check,
    points::check,
    quotes::check,
    stray::check,
    tables::check,
    tags::check,
    tildes::check,
    values::check,
];
