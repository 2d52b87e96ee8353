//! What an engine is given: a unit, what to do with it, and within which limits.

use std::time::Duration;

/// One program to compile and perhaps to run. Line n of `text` is line n of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// The page as the compiler is told to call it, `src/math/svd.md`.
    pub file: String,
    /// Rust source.
    pub text: String,
    /// Optimisation level, 0 to 3.
    pub opt: u8,
    /// The language that it speaks with readers, for `kernel::language`.
    pub language: String,
    /// What to do with it.
    pub purpose: Purpose,
}

/// What a unit is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Compile and run.
    Run {
        /// Seed of the random numbers, for `kernel::seed`.
        seed: u64,
        /// When to stop it.
        limits: Limits,
    },
    /// Compile only, as far as errors are found (`compile_fail`, `no_run`, a cell that cannot be parsed).
    Check,
}

/// What surrounds a unit while it is compiled and run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Conditions {
    /// What surrounds it in every build.
    #[default]
    Usual,
    /// Other folders, time zone, language and processors, and the C library's mathematics for older ones. Addresses, the seeds of hash
    /// maps and the time are others in every run.
    Other,
}

/// When a program is stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Wall-clock time.
    pub wall: Duration,
    /// Processor time.
    pub cpu: Duration,
    /// Bytes of memory that it may ask for, touched or not.
    pub memory: u64,
    /// Bytes on both standard streams and in frames together.
    pub output: u64,
    /// Threads; other processes it cannot start where the sandbox is whole.
    pub processes: u64,
    /// Bytes of the files in its scratch folder, each alone and all together, and as many of all artefacts that it saves.
    pub disk: u64,
}
