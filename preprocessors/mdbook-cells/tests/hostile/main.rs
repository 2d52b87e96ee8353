//! Whatever an author writes or a program says: no panic, no time without end, no byte changed that is not a cell's.
//!
//! `PROPTEST_CASES` says how many inputs each property gets (256 unless said); the long run is
//! `PROPTEST_CASES=200000 cargo test --workspace --test hostile`.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod large;
mod outputs;
mod pages;
mod pieces;
