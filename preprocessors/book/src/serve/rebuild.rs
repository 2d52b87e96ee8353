//! Builds as processes of their own: whoever stops one stops all that it compiles and runs.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context as _;

use super::Happening;
use crate::console::Format;
use crate::launcher::launcher;

/// Starts builds, one at a time. A build ends with the program that has started it: it looks whether its standard input is open.
#[derive(Clone)]
pub struct Rebuilds {
    root: PathBuf,
    format: Format,
    happenings: Sender<Happening>,
    running: Arc<Mutex<Option<Running>>>,
}

/// A build and the folder for what it needs meanwhile.
struct Running {
    child: Child,
    scratch: PathBuf,
}

impl Rebuilds {
    /// Builds of the book at `root`; what they say to people goes where our own words go, what they say to programs to `happenings`.
    pub fn new(root: &Path, format: Format, happenings: Sender<Happening>) -> Self {
        Self { root: root.to_owned(), format, happenings, running: Arc::default() }
    }

    /// Begins a build that writes its site into a folder, like the one `before`; one that is still running is stopped.
    pub fn start(&self, build: u64, folder: &Path, before: Option<&Path>) -> anyhow::Result<()> {
        self.stop();
        let format = match self.format {
            Format::Json => "json",
            Format::Human | Format::Both => "both",
        };
        let mut command = Command::new(launcher()?);
        // What a stopped build leaves behind goes with its folder.
        let scratch = folder.with_extension("scratch");
        std::fs::create_dir_all(&scratch).with_context(|| format!("making {}", scratch.display()))?;
        for variable in ["TMPDIR", "TEMP", "TMP"] {
            command.env(variable, &scratch);
        }
        command.arg("--root").arg(&self.root).args(["--message-format", format, "rebuild"]).arg(folder);
        command.args(before.iter().flat_map(|before| [OsStr::new("--before"), before.as_os_str()]));
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context("starting a build of the book")?;
        let said = child.stdout.take().context("hearing what the build says")?;
        *self.running.lock().unwrap_or_else(PoisonError::into_inner) = Some(Running { child, scratch });
        let happenings = self.happenings.clone();
        std::thread::spawn(move || listen(build, said, &happenings));
        Ok(())
    }

    /// Stops the build that is running, if one is. What it has finished is in the store; what it was at is nowhere.
    pub fn stop(&self) {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(Running { mut child, scratch }) = running {
            // One that has ended by itself cannot be killed, and that is as good.
            let _ = child.kill();
            let _ = child.wait();
            // A program that is still ending may keep it; then it goes with all that the server has made.
            let _ = std::fs::remove_dir_all(scratch);
        }
    }
}

fn listen(build: u64, said: ChildStdout, happenings: &Sender<Happening>) {
    for line in BufReader::new(said).lines().map_while(Result::ok) {
        // Nobody listens any more only when the program ends.
        let Ok(event) = serde_json::from_str(&line) else { continue };
        drop(happenings.send(Happening::Said { build, event }));
    }
    drop(happenings.send(Happening::Ended(build)));
}
