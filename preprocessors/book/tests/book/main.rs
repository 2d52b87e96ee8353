//! Whole books, from files to a site, with the real compiler: every test copies a small book, runs the tool, changes a file, and
//! runs it again.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod architecture;
mod build;
mod check;
mod clean;
mod disk;
mod faults;
mod fixture;
mod foreign;
mod hostile;
mod kept;
mod links;
mod manual;
mod messages;
mod mutate;
mod output;
mod pdf;
mod plugin;
mod references;
mod run;
mod serve;
mod shared;
mod soak;
mod take;
mod twice;
mod unchanged;
mod why;
mod workflows;
