//! What a page weighs on the wire.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};

use crate::pages::decode;

/// Most that a page may weigh without its plots.
pub const HEAVY: usize = 260 * 1024;

/// Bytes of a page with all that it loads, text compressed by gzip.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weight {
    /// The page without its plots.
    pub html: usize,
    /// Its pictures: inline SVG, the states of live figures, the tables of what is drawn.
    pub plots: usize,
    /// Style sheets and scripts.
    pub code: usize,
    /// Fonts that the page really uses.
    pub fonts: usize,
}

impl Weight {
    /// Everything but the plots.
    pub fn without_plots(&self) -> usize {
        self.html + self.code + self.fonts
    }
}

/// Weighs a page that was opened from disk by the addresses it asked for.
pub fn weigh(requests: &[String]) -> Result<Weight> {
    let mut weight = Weight::default();
    let requests: BTreeSet<&String> = requests.iter().collect();
    for url in requests {
        // What is asked for elsewhere or in vain is a finding of its own.
        let Some(file) = url.strip_prefix("file://") else { continue };
        let file = decode(file.split(['?', '#']).next().unwrap_or_default());
        let Ok(body) = fs::read(&file) else { continue };
        match file.rsplit('.').next() {
            Some("html") => {
                let html = String::from_utf8_lossy(&body);
                weight.html = compressed(without_plots(&html).as_bytes())?;
                weight.plots = compressed(&body)?.saturating_sub(weight.html);
            }
            Some("woff2") => weight.fonts += body.len(),
            _ => weight.code += compressed(&body)?,
        }
    }
    Ok(weight)
}

fn without_plots(html: &str) -> String {
    let kept = without(html, "<div class=\"output-svg\"", "</svg>");
    let kept = without(&kept, "<script type=\"application/json\"", "</script>");
    without(&kept, "<details class=\"output-data\"", "</details>")
}

fn without(html: &str, start: &str, end: &str) -> String {
    let mut rest = html;
    let mut kept = String::with_capacity(html.len());
    while let Some((before, after)) = rest.split_once(start) {
        kept.push_str(before);
        rest = after.split_once(end).map_or("", |(_, after)| after);
    }
    kept + rest
}

fn compressed(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).context("compressing a page")?;
    Ok(encoder.finish().context("compressing a page")?.len())
}
