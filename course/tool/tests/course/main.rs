//! The tool of the course on small books.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod authors;
mod fixture;
mod new;
