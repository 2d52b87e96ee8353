//! The sources that pages may cite, as their lists write them: to write all of them takes longer than to cite some.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use diagnostic::Diagnostic;
use serde::{Deserialize, Serialize};

use crate::bibliography::Bibliography;
use crate::style::Style;
use crate::written::Source;

/// What follows from the bibliography alone.
#[derive(Debug, Serialize, Deserialize)]
pub struct Literature {
    /// While the file cannot be read, nothing is known of its sources.
    pub is_read: bool,
    /// Every key of the file.
    pub keys: Vec<String>,
    /// Sources as they are written.
    pub sources: BTreeMap<String, Source>,
    /// What is wrong with the file.
    pub diagnostics: Vec<Diagnostic>,
}

impl Literature {
    /// Reads the file `path`, whose text is `text`, and writes its sources in a style.
    pub fn of(path: &str, text: &str, style: Style) -> Result<Self> {
        let (bibliography, mut diagnostics) = Bibliography::read(path, text, style);
        let is_read = diagnostics.is_empty() || !bibliography.is_empty();
        let sources = bibliography.sources().context("writing the sources")?;
        diagnostics.extend(bibliography.lost(path, &sources));
        let keys = bibliography.keys().map(|(key, _)| key.to_owned()).collect();
        Ok(Self { is_read, keys, sources, diagnostics })
    }
}
