//! The least that a book can cost: `rustc` for every program, and the programs' own running time.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, anyhow, ensure};
use engine::{Built, FLAGS, Toolchain};
use mdbook_cells::config::Config;
use mdbook_cells::draft::Draft;
use mdbook_cells::parallel;
use mdbook_cells::plan::Role;

/// What calls the compiler.
pub struct Bare {
    toolchain: Toolchain,
    library: Built,
    config: Config,
}

impl Bare {
    /// Builds the teaching crate of the book at `root`, unless that was done before.
    pub fn new(root: &Path) -> anyhow::Result<Self> {
        let mut config = Config::default();
        config.library = Some("ml".to_owned());
        let toolchain = Toolchain::find(root)?;
        let library = config.library(root)?;
        let progress = |step: &str| eprintln!("teaching crate: {step}");
        let built = library.build(&toolchain, &library.fingerprint(&toolchain)?, &progress)?;
        let library = built.map_err(|broken| anyhow!("the teaching crate does not compile:\n{}", broken.0))?;
        Ok(Self { toolchain, library, config })
    }

    /// Compiles and runs the programs of pages, as many at once as there are processors, and measures that alone.
    pub fn run(&self, pages: &[(String, String)]) -> anyhow::Result<Duration> {
        let folder = tempfile::tempdir().context("creating a folder")?;
        let mut programs = Vec::new();
        for (index, (path, text)) in self.programs(pages)?.into_iter().enumerate() {
            let folder = folder.path().join(index.to_string());
            let source = folder.join(&path);
            fs::create_dir_all(source.parent().context("a page lies in a folder")?)?;
            fs::write(source, text).context("writing a program")?;
            programs.push((folder, path));
        }
        let begun = Instant::now();
        let jobs = self.config.parallel();
        parallel::map(jobs, &programs, |(folder, path)| self.compile_and_run(folder, path))
            .into_iter()
            .collect::<anyhow::Result<()>>()?;
        Ok(begun.elapsed())
    }

    /// The same programs that our build compiles.
    fn programs(&self, pages: &[(String, String)]) -> anyhow::Result<Vec<(String, String)>> {
        let draft = Draft::read(pages.iter().map(|(path, text)| (path.clone(), text.as_str())), &self.config, &[]);
        let mut programs = Vec::new();
        ensure!(draft.diagnostics.is_empty(), "the generated pages are wrong: {:?}", draft.diagnostics);
        for (page, session) in draft.pages.iter().zip(draft.sessions) {
            for planned in session.into_iter().flat_map(|session| session.programs) {
                ensure!(planned.role == Role::Page, "the generated pages have one program each");
                programs.push((page.path.clone(), planned.program.text));
            }
        }
        Ok(programs)
    }

    fn compile_and_run(&self, folder: &Path, path: &str) -> anyhow::Result<()> {
        let mut rustc = Command::new(self.toolchain.rustc());
        rustc.current_dir(folder).arg(path).args(["--crate-name=page", "--crate-type=bin", "--emit=link"]);
        rustc.arg(format!("-Copt-level={}", self.config.opt)).args(FLAGS).args(self.library.arguments());
        succeed(&mut rustc)?;
        let program: PathBuf = folder.join(format!("page{}", std::env::consts::EXE_SUFFIX));
        succeed(Command::new(program).current_dir(folder))
    }
}

fn succeed(command: &mut Command) -> anyhow::Result<()> {
    command.stdin(Stdio::null()).stdout(Stdio::null());
    let output = command.output().with_context(|| format!("starting {command:?}"))?;
    ensure!(output.status.success(), "{command:?} failed:\n{}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}
