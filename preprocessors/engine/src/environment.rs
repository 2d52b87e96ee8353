//! Which of our variables cargo gets: those that would change how the crate is compiled are not among them, so that it is the same crate
//! everywhere.

use std::process::Command;

/// Whether a variable reaches cargo.
pub(super) fn reaches_cargo(name: &str) -> bool {
    const CONNECTION: [&str; 6] =
        ["CARGO_HOME", "CARGO_NET_", "CARGO_HTTP_", "CARGO_REGISTR", "CARGO_SOURCE_", "CARGO_TARGET_DIR"];
    let changes = name.starts_with("CARGO") && !CONNECTION.iter().any(|kept| name.starts_with(kept));
    !changes && !name.starts_with("RUSTFLAGS") && !name.starts_with("RUSTC")
}

/// Takes from a command what does not reach cargo.
pub(super) fn clean(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| !reaches_cargo(name)) {
            command.env_remove(&name);
        }
    }
}
