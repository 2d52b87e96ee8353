//! The teaching crate as a cell sees it.

mod data;
mod networks;
mod plots;
mod shown;
mod tables;
