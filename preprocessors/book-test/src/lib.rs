//! A small book of its own for every test: a copy of `fixture/` in a temporary folder, and a tool to run on it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// A book in a temporary folder.
pub struct BookTest {
    folder: TempDir,
    tool: PathBuf,
}

/// What the tool said.
pub struct Said {
    /// Its exit code.
    pub code: i32,
    /// The standard output.
    pub stdout: String,
    /// The standard error, without progress.
    pub stderr: String,
}

impl BookTest {
    /// A copy of the fixture, with the kernel as its library; `tool` is the program that is tested.
    pub fn new(tool: &str) -> Self {
        let folder = tempfile::tempdir().expect("there is a temporary folder");
        let it = Self { folder, tool: tool.into() };
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        copy(&here.join("fixture"), &it.root());
        copy(&here.join("../kernel/src"), &it.root().join("kernel/src"));
        it
    }

    /// A folder without anything, for a book that a test writes.
    pub fn empty(tool: &str) -> Self {
        let folder = tempfile::tempdir().expect("there is a temporary folder");
        let it = Self { folder, tool: tool.into() };
        fs::create_dir_all(it.root()).expect("folders can be made");
        it
    }

    /// Its folder.
    pub fn root(&self) -> PathBuf {
        self.folder.path().join("книга")
    }

    /// A file of it.
    pub fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    /// Writes a file, and the folders that it lies in.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("folders can be made");
        fs::write(path, text).expect("files can be written");
    }

    /// Reads a file.
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Changes some words of a file.
    pub fn replace(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} has no `{from}`");
        self.write(path, &text.replace(from, to));
    }

    /// The tool with some arguments.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.tool);
        command.args(arguments).current_dir(self.root()).env("NO_COLOR", "1").env_remove("CARGO_TARGET_DIR");
        command
    }

    /// Runs the tool.
    pub fn book(&self, arguments: &[&str]) -> Said {
        let Output { status, stdout, stderr } = self.command(arguments).output().expect("the tool starts");
        let text = |bytes| String::from_utf8(bytes).expect("the tool speaks UTF-8");
        let stderr = text(stderr).replace(&*self.root().to_string_lossy(), "ROOT");
        let stderr: String = stderr.lines().filter(|line| !is_progress(line)).map(|line| format!("{line}\n")).collect();
        Said { code: status.code().expect("nobody kills the tool"), stdout: text(stdout), stderr }
    }

    /// Runs the tool, for a program; gives what it says.
    pub fn events(&self, arguments: &[&str]) -> Vec<Value> {
        let said = self.book(&[arguments, &["--message-format", "json"]].concat());
        said.stdout.lines().map(|line| serde_json::from_str(line).expect("a line is an object")).collect()
    }

    /// Builds; gives the pages that were run.
    pub fn ran(&self, arguments: &[&str]) -> Vec<String> {
        pages(&self.events(arguments), "ran")
    }

    /// All files of a folder and what is in them.
    pub fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(&self.path(folder), "", &mut files);
        files
    }
}

impl Said {
    /// Exit code and messages.
    pub fn shown(&self) -> String {
        format!("{}\n---\nexit {}\n", self.stderr.trim_end(), self.code)
    }
}

/// The pages of which something is said, sorted.
pub fn pages(events: &[Value], what: &str) -> Vec<String> {
    let of = |event: &Value| {
        let is = event["reason"] == "page" && event["result"] == what;
        is.then(|| event["page"].as_str().expect("a page has a path").to_owned())
    };
    let mut pages: Vec<String> = events.iter().filter_map(of).collect();
    pages.sort();
    pages
}

/// Lines with times in them.
fn is_progress(line: &str) -> bool {
    line.starts_with("library:") || line.starts_with("time:") || line.starts_with('[') || line.contains(" run, ")
}

/// Copies a folder with all that is in it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("folders can be made");
    for entry in fs::read_dir(from).expect("the fixture is there") {
        let entry = entry.expect("the fixture can be read");
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).expect("files can be copied");
        }
    }
}

fn collect(folder: &Path, inside: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let entry = entry.expect("the folder can be read");
        let path = format!("{inside}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{path}/"), files);
        } else {
            files.insert(path, fs::read(entry.path()).expect("files can be read"));
        }
    }
}

/// Numbers that look like chance and are the same every time.
pub struct Chance(pub u64);

impl Chance {
    /// One that is smaller.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) % limit
    }
}

/// How many of something a variable asks for.
pub fn count(variable: &str, usually: u32) -> u32 {
    std::env::var(variable).ok().map_or(usually, |count| count.parse().expect("it is a number"))
}
