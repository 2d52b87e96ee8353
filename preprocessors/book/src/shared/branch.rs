//! A shared store on a branch of a git repository: one commit without parents, which each push replaces, so that nothing grows.
//!
//! Everything is done by the plain `git` command, with the user's own settings and rights, and nothing is ever checked out: files are
//! read as objects, after their sizes. A branch that holds anything else is never written.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, anyhow, bail, ensure};
use mdbook_cells::run::parcel::MOST_PACKED;
use store::Key;

use super::{Changes, Listed, MOST_FILES, Purpose, README, RESULTS, Shared, TEXT, is_ours, listed};

/// Where the branch is kept while it is read.
const HERE: &str = "refs/mdbook-cells/shared";

/// A branch of a remote.
pub struct Branch {
    git: Git,
    remote: String,
    branch: String,
    /// Its commit; none where there is no such branch yet.
    commit: Option<String>,
    /// What lies in it, by path.
    files: BTreeMap<String, File>,
}

/// A file of a tree.
struct File {
    /// Whether it is a plain file.
    is_plain: bool,
    object: String,
    length: u64,
}

impl Branch {
    /// The branch as it is now.
    pub fn open(root: &Path, remote: &str, branch: &str, purpose: Purpose) -> anyhow::Result<Self> {
        let git = Git { root: root.to_owned() };
        for name in [remote, branch] {
            ensure!(!name.is_empty() && !name.starts_with('-'), "`{name}` is no name of a remote or a branch");
        }
        let name = format!("refs/heads/{branch}");
        git.run(&["check-ref-format", &name]).with_context(|| format!("`{branch}` is no name of a branch"))?;
        let heads = git.run(&["ls-remote", "--", remote, &name])?;
        let commit = heads.split_whitespace().next().map(str::to_owned);
        let Some(commit) = commit else {
            ensure!(purpose == Purpose::Push, "`{remote}` has no branch `{branch}`; `store push` makes one");
            return Ok(Self {
                git,
                remote: remote.into(),
                branch: branch.into(),
                commit: None,
                files: BTreeMap::new(),
            });
        };
        let to_here = format!("+{commit}:{HERE}");
        let fetch = ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--"];
        git.run(&[&fetch[..], &[remote, &to_here]].concat())?;
        let files = git.files(&commit);
        git.run(&["update-ref", "-d", HERE])?;
        let found = Self { git, remote: remote.into(), branch: branch.into(), commit: Some(commit), files: files? };
        let of_store = |path: &String| path == README || path.starts_with(&format!("{RESULTS}/"));
        let others = found.files.keys().find(|path| !of_store(path));
        let readme = found.files.get(README).filter(|file| file.is_plain && file.length == TEXT.len() as u64);
        let readme = readme.map(|file| found.git.bytes(&["cat-file", "blob", &file.object], None)).transpose()?;
        ensure!(
            others.is_none() && readme.is_some_and(|text| is_ours(&text)),
            "the branch `{branch}` of `{remote}` is no shared store of this version of the tool; name another, or one that is not there yet"
        );
        Ok(found)
    }
}

impl Shared for Branch {
    fn list(&self) -> anyhow::Result<Vec<Listed>> {
        let results = self.files.iter().filter_map(|(path, file)| Some((path.strip_prefix(RESULTS)?, file)));
        let of = |(path, file): (&str, &File)| match file.is_plain {
            true => listed(path.trim_start_matches('/'), file.length),
            false => Listed::Other(format!("{RESULTS}{}", path.escape_debug()), "it is no file".to_owned()),
        };
        Ok(results.map(of).collect())
    }

    fn read(&self, key: &Key) -> anyhow::Result<Vec<u8>> {
        let path = super::path(key);
        let file = self.files.get(&path).filter(|file| file.is_plain && file.length <= MOST_PACKED);
        let file = file.with_context(|| format!("the branch `{}` has no file {path}", self.branch))?;
        self.git.bytes(&["cat-file", "blob", &file.object], None)
    }

    fn change(&self, Changes { come, go }: Changes) -> anyhow::Result<()> {
        let mut results = BTreeMap::new();
        for listed in self.list()? {
            if let Listed::Result(key) = listed
                && let Some(file) = self.files.get(&super::path(&key))
                && !go.contains(&key)
            {
                results.insert(key, file.object.clone());
            }
        }
        for (key, bytes) in come {
            results.insert(key, self.git.object(&["hash-object", "-w", "--stdin"], &bytes)?);
        }
        let lines: String = results.iter().map(|(key, object)| format!("100644 blob {object}\t{key}\n")).collect();
        let folder = self.git.object(&["mktree"], lines.as_bytes())?;
        let readme = self.git.object(&["hash-object", "-w", "--stdin"], TEXT.as_bytes())?;
        let top = format!("100644 blob {readme}\t{README}\n040000 tree {folder}\t{RESULTS}\n");
        let tree = self.git.object(&["mktree"], top.as_bytes())?;
        let commit = self.git.object(&["commit-tree", &tree], b"What the pages of the book gave\n")?;
        if self.commit.as_ref() == Some(&commit) {
            return Ok(());
        }
        let name = format!("refs/heads/{}", self.branch);
        // Nobody else's push is lost, and the hooks of the repository are for its code.
        let lease = format!("--force-with-lease={name}:{}", self.commit.as_deref().unwrap_or_default());
        let to = format!("{commit}:{name}");
        let pushed = self.git.run(&["push", "--quiet", "--no-verify", &lease, "--", &self.remote, &to]);
        pushed.map(drop).with_context(|| format!("pushing to `{}` of `{}`", self.branch, self.remote))
    }
}

/// The `git` command in the repository that the book is in.
struct Git {
    root: PathBuf,
}

impl Git {
    /// What a command says.
    fn run(&self, arguments: &[&str]) -> anyhow::Result<String> {
        String::from_utf8(self.bytes(arguments, None)?).context("git does not speak UTF-8")
    }

    /// The name of an object that a command makes of what it is given.
    fn object(&self, arguments: &[&str], given: &[u8]) -> anyhow::Result<String> {
        let said = String::from_utf8(self.bytes(arguments, Some(given))?).context("git does not speak UTF-8")?;
        Ok(said.trim().to_owned())
    }

    fn bytes(&self, arguments: &[&str], given: Option<&[u8]>) -> anyhow::Result<Vec<u8>> {
        let doing = || format!("git {}", arguments.first().copied().unwrap_or_default());
        let mut command = Command::new("git");
        command.current_dir(&self.root).args(arguments);
        // Neither who pushes nor when is part of a store: the same results are the same commit.
        for who in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{who}_NAME"), "book store").env(format!("GIT_{who}_EMAIL"), "book@localhost");
            command.env(format!("GIT_{who}_DATE"), "@0 +0000");
        }
        command.stdin(if given.is_some() { Stdio::piped() } else { Stdio::null() });
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().context("starting git, which has to be installed")?;
        let stdin = child.stdin.take();
        let output = std::thread::scope(|scope| {
            // It may stop listening before it has heard all: then it says why.
            scope.spawn(|| stdin.zip(given).map(|(mut to, given)| to.write_all(given)));
            child.wait_with_output()
        });
        let output = output.with_context(doing)?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            bail!("{}: {}", doing(), said.trim_end());
        }
        Ok(output.stdout)
    }

    /// The files of a commit with their sizes.
    fn files(&self, commit: &str) -> anyhow::Result<BTreeMap<String, File>> {
        let listed = self.bytes(&["ls-tree", "-r", "-z", "-l", "--full-tree", commit], None)?;
        let mut files = BTreeMap::new();
        for line in listed.split(|byte| *byte == 0).filter(|line| !line.is_empty()) {
            let line = String::from_utf8_lossy(line);
            let read = line.split_once('\t').and_then(|(head, path)| {
                let mut words = head.split_whitespace();
                let (mode, kind, object) = (words.next()?, words.next()?, words.next()?);
                let length = words.next()?.parse().unwrap_or(u64::MAX);
                let is_plain = kind == "blob" && matches!(mode, "100644" | "100755");
                Some((path.to_owned(), File { is_plain, object: object.to_owned(), length }))
            });
            let (path, file) = read.ok_or_else(|| anyhow!("git ls-tree says {line:?}"))?;
            ensure!(files.len() < MOST_FILES, "the branch has more than {MOST_FILES} files");
            files.insert(path, file);
        }
        Ok(files)
    }
}
