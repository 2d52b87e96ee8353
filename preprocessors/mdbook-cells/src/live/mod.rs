//! Live cells: figures that answer to their inputs on a page that nobody serves.
//!
//! In the order of the data: [`names`] and [`flow`] find, before anything is run, what follows which input; [`states`] answers
//! the running program, state by state; [`gather`] sorts what it showed; [`pack`] makes of all states one
//! picture and what changes in it; [`follow`] writes that into the page, with what the reader turns.

pub mod flow;
pub mod follow;
pub mod gather;
pub mod names;
pub mod numbers;
pub mod pack;
pub mod states;
pub mod tree;
