//! Artefacts of the build: what one page computes and later pages load, such as a trained model.

use std::io;

/// Saves bytes under a name that pages later in the course load.
///
/// # Errors
/// When the engine refuses, as for a name that another page has saved under.
pub fn save(name: &str, bytes: &[u8]) -> io::Result<()> {
    kernel::save(name, bytes)
}

/// Loads the bytes that an earlier page saved.
///
/// # Errors
/// When no page saves an artefact of that name.
pub fn load(name: &str) -> io::Result<Vec<u8>> {
    kernel::load(name)
}
