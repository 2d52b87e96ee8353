//! The teaching crate as a cell sees it.

mod data;
mod plots;
mod shown;
mod tables;
