//! What a page weighs on the wire.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::chromium::Chromium;
use crate::pages::decode;
use crate::tab::Tab;
use crate::views::View;

/// Most that a page may weigh without its plots.
pub const HEAVY: usize = 260 * 1024;

/// Bytes of a page with all that it loads, text compressed by gzip.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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

/// Weighs a page opened from disk.
pub fn weigh(chromium: &mut Chromium, site: &Path, page: &str) -> Result<Weight> {
    let home = crate::views::file_address(site)?;
    let mut tab = Tab::new(chromium, View { width: 1280, is_dark: false, is_served: false })?;
    tab.open(&format!("{home}{}", crate::pages::encode(page)))?;
    let mut requests = tab.requests()?;
    requests.sort();
    requests.dedup();
    let mut weight = Weight::default();
    for url in requests {
        let file = decode(url.strip_prefix("file://").unwrap_or(&url).split(['?', '#']).next().unwrap_or_default());
        let body = fs::read(&file).with_context(|| format!("weighing {file}"))?;
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
