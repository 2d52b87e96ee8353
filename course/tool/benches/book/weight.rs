//! How many bytes a reader's browser loads for a page.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::Context as _;
use flate2::Compression;
use flate2::write::GzEncoder;

/// Bytes as they lie on disk, and gzipped.
#[derive(Clone, Copy, Debug, Default)]
pub struct Weight {
    plain: usize,
    packed: usize,
}

/// The weight of a page without what it loads, and of the style sheets and scripts that it names.
pub fn weigh(page: &Path) -> anyhow::Result<(Weight, Weight)> {
    let html = fs::read_to_string(page).with_context(|| format!("reading {}", page.display()))?;
    let folder = page.parent().context("a page lies in a folder")?;
    let mut loaded = Weight::default();
    for file in named(&html) {
        // Addresses of other sites are nothing that can be weighed here.
        if let Ok(content) = fs::read(folder.join(file)) {
            loaded.add(&content)?;
        }
    }
    let mut alone = Weight::default();
    alone.add(html.as_bytes())?;
    Ok((alone, loaded))
}

impl Weight {
    fn add(&mut self, content: &[u8]) -> anyhow::Result<()> {
        let mut packer = GzEncoder::new(Vec::new(), Compression::best());
        packer.write_all(content).context("packing")?;
        self.plain += content.len();
        self.packed += packer.finish().context("packing")?.len();
        Ok(())
    }

    /// In kilobytes.
    pub fn text(&self) -> String {
        let kilobytes = |bytes: usize| format!("{:.0} KB", bytes as f64 / 1e3);
        format!("{} ({} gzipped)", kilobytes(self.plain), kilobytes(self.packed))
    }
}

/// Style sheets and scripts, each once.
fn named(html: &str) -> BTreeSet<&str> {
    let tags = html.split('<').filter(|tag| tag.starts_with("script") || tag.starts_with("link"));
    tags.filter_map(|tag| {
        let (_, rest) = tag.split_once("src=\"").or_else(|| tag.split_once("href=\""))?;
        let file = rest.split(['"', '?']).next()?;
        (file.ends_with(".css") || file.ends_with(".js")).then_some(file)
    })
    .collect()
}
