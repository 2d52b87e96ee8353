//! The program that starts page programs, and whether it can keep them in.

use std::path::PathBuf;

use anyhow::{Context as _, ensure};

/// The program that becomes the launcher of page programs: this one.
pub fn launcher() -> anyhow::Result<PathBuf> {
    std::env::current_exe().context("finding this program")
}

/// Refuses to go on where page programs cannot be kept in.
pub fn require_sandbox() -> anyhow::Result<()> {
    let lacking = engine::lacking(&launcher()?)?;
    let lacking: Vec<String> = lacking.iter().map(ToString::to_string).collect();
    ensure!(lacking.is_empty(), "the sandbox is not complete on this system: {}", lacking.join("; "));
    Ok(())
}
