//! The site as one file that readers take with them; the same site gives the same bytes.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Packs a folder into an archive in which everything lies in one folder called `top`; gives its size in bytes.
pub fn pack(folder: &Path, top: &str, to: &Path) -> anyhow::Result<u64> {
    let doing = || format!("writing {}", to.display());
    let parent = to.parent().filter(|parent| *parent != Path::new("")).unwrap_or(Path::new("."));
    let mut staging = tempfile::NamedTempFile::new_in(parent).with_context(doing)?;
    let mut archive = ZipWriter::new(BufWriter::new(staging.as_file_mut()));
    for name in files(folder)? {
        let content = std::fs::read(folder.join(&name)).with_context(|| format!("packing {}", name.display()))?;
        let name = name.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
        archive.start_file(format!("{top}/{name}"), options(&name)).with_context(doing)?;
        archive.write_all(&content).with_context(doing)?;
    }
    archive.finish().with_context(doing)?.flush().with_context(doing)?;
    readable_by_all(staging.as_file()).with_context(doing)?;
    let file = staging.persist(to).with_context(doing)?;
    Ok(file.metadata().with_context(doing)?.len())
}

/// No clock and no user's rights; fonts and pictures are compressed as they are.
fn options(name: &str) -> SimpleFileOptions {
    let is_packed = [".woff2", ".png", ".jpg", ".webp"].iter().any(|end| name.ends_with(end));
    let method = if is_packed { CompressionMethod::Stored } else { CompressionMethod::Deflated };
    SimpleFileOptions::default()
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
        .compression_method(method)
        .compression_level((!is_packed).then_some(9))
}

/// All files of a folder, sorted.
fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![PathBuf::new()];
    while let Some(inside) = open.pop() {
        let doing = || format!("listing {}", folder.join(&inside).display());
        for entry in std::fs::read_dir(folder.join(&inside)).with_context(doing)? {
            let entry = entry.with_context(doing)?;
            let path = inside.join(entry.file_name());
            if entry.path().is_dir() { open.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    Ok(found)
}

/// A temporary file is its owner's alone; what is published is not.
#[cfg(unix)]
fn readable_by_all(file: &File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_all(_: &File) -> std::io::Result<()> {
    Ok(())
}
