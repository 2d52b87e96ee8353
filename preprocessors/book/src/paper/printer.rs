//! A Chromium without a window that prints a page of the site into a file.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, ensure};

use super::contents::address;

/// What it may be called.
const NAMES: [&str; 5] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/// An installed Chromium.
pub struct Printer {
    program: PathBuf,
}

impl Printer {
    /// The first one in these folders, which are separated as in `PATH`.
    pub fn find(path: &OsStr) -> anyhow::Result<Self> {
        let folders: Vec<PathBuf> = std::env::split_paths(path).collect();
        let mut files = NAMES.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
        let program = files.find(|file| file.is_file());
        let program = program.with_context(|| {
            format!("there is no Chromium on the PATH to print with; install one that is called {}", NAMES.join(", "))
        })?;
        Ok(Self { program })
    }

    /// The page as it is printed from a window, with an outline of its headings, when so many sheets lie before it.
    pub fn print_behind(&self, page: &Path, sheets: usize) -> anyhow::Result<Vec<u8>> {
        let doing = || format!("numbering the sheets of {}", page.display());
        let html = std::fs::read_to_string(page).with_context(doing)?;
        let (head, body) = html.split_once("</head>").context("a page has a head").with_context(doing)?;
        // Beside the page, for all that it loads is named from there.
        let folder = page.parent().context("a page lies in a folder")?;
        let copy =
            tempfile::Builder::new().prefix(".printed-").suffix(".html").tempfile_in(folder).with_context(doing)?;
        let numbered = format!("{head}<style>html {{ counter-reset: page {sheets} }}</style></head>{body}");
        std::fs::write(copy.path(), numbered).with_context(doing)?;
        self.print(copy.path())
    }

    /// The page as it is printed from a window, with an outline of its headings.
    pub fn print(&self, page: &Path) -> anyhow::Result<Vec<u8>> {
        let folder = tempfile::tempdir().context("making a folder for Chromium")?;
        let file = folder.path().join("page.pdf");
        let page = page.canonicalize().with_context(|| format!("finding {}", page.display()))?;
        let mut chromium = Command::new(&self.program);
        // The page is the book's own; Chromium's sandbox does not start for root and in containers.
        chromium.args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
        ]);
        chromium.args(["--no-pdf-header-footer", "--generate-pdf-document-outline"]);
        chromium.arg(joined("--user-data-dir=", &folder.path().join("profile")));
        chromium.arg(joined("--print-to-pdf=", &file));
        chromium.arg(address(&page));
        let said = chromium.stdin(Stdio::null()).output().context("starting Chromium")?;
        let bytes = std::fs::read(&file).unwrap_or_default();
        ensure!(
            said.status.success() && bytes.starts_with(b"%PDF"),
            "Chromium did not print {}: {}",
            page.display(),
            String::from_utf8_lossy(&said.stderr).trim()
        );
        Ok(bytes)
    }
}

fn joined(flag: &str, path: &Path) -> std::ffi::OsString {
    let mut argument = std::ffi::OsString::from(flag);
    argument.push(path);
    argument
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_there_is_no_chromium_it_is_said_what_to_install() {
        let folder = tempfile::tempdir().expect("there is a temporary folder");
        let error = Printer::find(folder.path().as_os_str()).err().expect("nothing is there");
        assert!(error.to_string().starts_with("there is no Chromium on the PATH to print with; install"), "{error}");
    }
}
