//! Counts that agree with their nouns.

use std::collections::BTreeSet;

use diagnostic::{Diagnostic, Level};

/// `3 errors and 1 warning in 2 files`.
pub fn summary(diagnostics: &[Diagnostic]) -> String {
    let count = |level| diagnostics.iter().filter(|diagnostic| diagnostic.level == level).count();
    let files: BTreeSet<&str> = diagnostics.iter().map(|diagnostic| diagnostic.place.path.as_str()).collect();
    let (errors, warnings) = (count(Level::Error), count(Level::Warning));
    let found = match (errors, warnings) {
        (0, warnings) => counted(warnings, "warning"),
        (errors, 0) => counted(errors, "error"),
        (errors, warnings) => format!("{} and {}", counted(errors, "error"), counted(warnings, "warning")),
    };
    format!("{found} in {}", counted(files.len(), "file"))
}

/// `1 page`, `2 pages`.
pub fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
