//! The tool of the course on small books.

mod authors;
mod fixture;
mod mutants;
mod new;
mod plain;
