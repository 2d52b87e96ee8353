//! Programs that are measured: how long they take, how much memory they had.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};

use crate::folder::repository;

/// A finished program.
pub struct Finished {
    /// From start to end.
    pub took: Duration,
    /// Processor time of the program and of those that it waited for, where the system says so.
    pub worked: Option<Duration>,
    /// The most memory that it had itself, in kilobytes, where the system says so.
    pub peak: Option<u64>,
    /// What it said to people.
    pub said: String,
}

/// Starts a program and waits; it must succeed.
pub fn run(command: &mut Command) -> anyhow::Result<Finished> {
    let doing = format!("running {command:?}");
    let file = tempfile::tempfile().context("creating a file for what a program says")?;
    let begun = Instant::now();
    let worked = worked();
    // A build of `serve` ends when nobody is left at the other end.
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(file.try_clone()?);
    let mut child = command.spawn().with_context(|| doing.clone())?;
    let peak = watch(&mut child);
    let status = child.wait().with_context(|| doing.clone())?;
    let took = begun.elapsed();
    let worked = self::worked().zip(worked).map(|(after, before)| after.saturating_sub(before));
    let said = read(file)?;
    ensure!(status.success(), "{doing}: {status}\n{said}");
    Ok(Finished { took, worked, peak, said })
}

/// Processor time of all programs that have ended.
#[cfg(unix)]
fn worked() -> Option<Duration> {
    use nix::sys::resource::{UsageWho, getrusage};
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).ok()?;
    let microseconds = |time: nix::sys::time::TimeVal| {
        u64::try_from(time.tv_sec()).ok()?.checked_mul(1_000_000)?.checked_add(u64::try_from(time.tv_usec()).ok()?)
    };
    Some(Duration::from_micros(microseconds(usage.user_time())? + microseconds(usage.system_time())?))
}

#[cfg(not(unix))]
fn worked() -> Option<Duration> {
    None
}

/// Looks at the high-water mark until the program ends: it is gone together with the process.
fn watch(child: &mut Child) -> Option<u64> {
    let path = format!("/proc/{}/status", child.id());
    let mut peak = None;
    while let Ok(None) = child.try_wait() {
        let status = std::fs::read_to_string(&path).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        peak = line.and_then(|line| line.split_whitespace().next()?.parse().ok()).or(peak);
        std::thread::sleep(Duration::from_millis(1));
    }
    peak
}

fn read(mut file: std::fs::File) -> anyhow::Result<String> {
    use std::io::{Read as _, Seek as _};
    let mut said = String::new();
    file.rewind().and_then(|()| file.read_to_string(&mut said)).context("reading what a program said")?;
    Ok(said)
}

/// The command as `cargo book` builds it.
pub fn course() -> anyhow::Result<PathBuf> {
    let mut command = cargo();
    command.current_dir(repository()).args(["build", "--quiet", "--workspace", "--bins", "--message-format=json"]);
    let output = command.stderr(Stdio::inherit()).output().context("starting cargo")?;
    ensure!(output.status.success(), "building the command failed");
    for line in output.stdout.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        let message: serde_json::Value = serde_json::from_slice(line).context("reading cargo's messages")?;
        if let Some(path) = message["executable"].as_str().filter(|_| message["target"]["name"] == "course") {
            return Ok(path.into());
        }
    }
    bail!("cargo built no program `course`")
}

/// mdBook and mdbook-katex as everybody installs them, in `folder`.
pub fn install(folder: &Path) -> anyhow::Result<()> {
    for (name, version) in [("mdbook", "0.5.4"), ("mdbook-katex", "0.10.0")] {
        let program = folder.join("bin").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
        if program.is_file() {
            continue;
        }
        eprintln!("installing {name} {version} into {}", folder.display());
        let mut command = cargo();
        command.args(["install", "--quiet", "--locked", &format!("{name}@{version}"), "--root"]).arg(folder);
        let status = command.arg("--target-dir").arg(folder.join("target")).status().context("starting cargo")?;
        ensure!(status.success(), "installing {name} failed");
    }
    Ok(())
}

/// mdBook's build of the book at `root`.
pub fn mdbook(tools: &Path, root: &Path) -> anyhow::Result<Finished> {
    let bin = tools.join("bin");
    let mut path = vec![bin.clone()];
    path.extend(std::env::var_os("PATH").iter().flat_map(std::env::split_paths));
    run(Command::new(bin.join("mdbook")).arg("build").arg(root).env("PATH", std::env::join_paths(path)?))
}

/// Our build of the book at `root`.
pub fn build(program: &Path, root: &Path) -> anyhow::Result<Finished> {
    run(Command::new(program).arg("build").arg("--root").arg(root).env("NO_COLOR", "1"))
}

/// Our build of the book at `root` as `serve` makes it, into `folder`.
pub fn rebuild(program: &Path, root: &Path, folder: &Path) -> anyhow::Result<Finished> {
    run(Command::new(program).arg("--root").arg(root).arg("rebuild").arg(folder).env("NO_COLOR", "1"))
}

/// Removes files and folders of the book at `root`, as far as they are there.
pub fn forget(root: &Path, names: &[&str]) -> anyhow::Result<()> {
    for name in names {
        let path = root.join(name);
        let removed = if path.is_dir() { std::fs::remove_dir_all(&path) } else { std::fs::remove_file(&path) };
        if path.exists() {
            removed.with_context(|| format!("removing {}", path.display()))?;
        }
    }
    Ok(())
}

fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").as_deref().unwrap_or(OsStr::new("cargo")))
}
