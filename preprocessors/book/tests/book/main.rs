//! Whole books, from files to a site, with the real compiler: every test copies a small book, runs the tool, changes a file, and
//! runs it again.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod authors;
mod build;
mod check;
mod clean;
mod fixture;
mod links;
mod messages;
mod new;
mod plugin;
mod references;
mod run;
mod serve;
mod take;
mod why;
mod workflows;
