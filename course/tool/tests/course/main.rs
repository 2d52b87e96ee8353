//! The tool of the course on small books.

mod authors;
mod colours;
mod fixture;
mod mutants;
mod new;
mod plain;
mod search;
