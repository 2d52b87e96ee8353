//! A Chromium without a window that prints a page of the site into a file.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, ensure};
use percent_encoding::{AsciiSet, CONTROLS, percent_encode};

/// What it may be called.
const NAMES: [&str; 5] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/// What a path may have and an address may not.
const UNSAFE: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'?').add(b'<').add(b'>').add(b'`');

/// Entries of a PDF that hold the time of printing, `(D:20240229120000+00'00')`.
const CLOCKS: [&[u8]; 2] = [b"/CreationDate (D:", b"/ModDate (D:"];
/// What stands there instead.
const NO_TIME: &[u8] = b"19700101000000";

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

    /// The page as it is printed from a window, with an outline of its headings. The same page gives the same bytes.
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
        chromium.arg(format!("file://{}", percent_encode(page.as_os_str().as_encoded_bytes(), UNSAFE)));
        let said = chromium.stdin(Stdio::null()).output().context("starting Chromium")?;
        let mut bytes = std::fs::read(&file).unwrap_or_default();
        ensure!(
            said.status.success() && bytes.starts_with(b"%PDF"),
            "Chromium did not print {}: {}",
            page.display(),
            String::from_utf8_lossy(&said.stderr).trim()
        );
        forget_time(&mut bytes);
        Ok(bytes)
    }
}

fn joined(flag: &str, path: &Path) -> std::ffi::OsString {
    let mut argument = std::ffi::OsString::from(flag);
    argument.push(path);
    argument
}

/// Writes over the time at which a PDF was made, in place: a PDF refers to its parts by their offsets.
fn forget_time(pdf: &mut [u8]) {
    for clock in CLOCKS {
        let places: Vec<usize> =
            pdf.windows(clock.len()).enumerate().filter(|(_, part)| *part == clock).map(|(at, _)| at).collect();
        for at in places {
            let digits = pdf.iter_mut().skip(at + clock.len());
            digits
                .zip(NO_TIME)
                .take_while(|(digit, _)| digit.is_ascii_digit())
                .for_each(|(digit, zero)| *digit = *zero);
        }
    }
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

    #[test]
    fn the_time_of_printing_is_not_in_a_pdf() {
        let mut pdf = "/Title (Дата)\n/CreationDate (D:20261130192649+00'00')\n/ModDate (D:20261130192650+00'00')>>"
            .as_bytes()
            .to_vec();
        forget_time(&mut pdf);
        let wanted = "/Title (Дата)\n/CreationDate (D:19700101000000+00'00')\n/ModDate (D:19700101000000+00'00')>>";
        assert_eq!(String::from_utf8_lossy(&pdf), wanted);
        // One that is shorter than expected is left as long as it was.
        let mut short = b"/ModDate (D:2026)".to_vec();
        forget_time(&mut short);
        assert_eq!(short, b"/ModDate (D:1970)");
    }
}
