//! `serve`: the book in a browser while it is written.
//!
//! It builds in a process of its own (`rebuild`), because a process can be stopped with all that it compiles and runs:
//! programs die with their engine, the store is written by renames, so whatever moment a save comes at, nothing is torn. One
//! loop hears three things: a file has changed, the build says something, the build is over. A change stops the build, unless
//! it cannot concern the programs that are running (a page that is not theirs, the theme, a file of the course at the root):
//! then these are let finish, so that frequent saves do not starve a page that takes long. The build's events become what
//! open pages show (`serve/notice`): what is running, messages over the last good page, and after a good build how many
//! errors and warnings `check` would add. The watch sees every folder of the book but those that tools make, and the teaching
//! crate wherever it lies.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use anyhow::Context as _;
use clap::Args;
use serde_json::{Value, json};

use crate::invocation::Invocation;
use crate::launcher::require_sandbox;
use crate::linked::list;
use crate::serve::{Happening, Messages, Published, Rebuilds, Watch, Words, start, wait_for_quiet};
use crate::verdict::Verdict;

/// Serves the book on this machine, rebuilds it whenever one of its files changes, and reloads the pages that are open.
///
/// A save stops the build that is running, and the programs that it runs, unless they are still wanted. A page that has never run to a
/// good end has 30 seconds (`first-seconds` of `[preprocessor.cells.limits]`); `run` gives it all its time. When the book is wrong, the old
/// page stays, with the messages on top. The folder of `build` is not touched: the site that is served lies in a folder of its own and
/// goes with the server.
#[derive(Debug, Args)]
pub struct Serve {
    /// Open the book in the browser.
    #[arg(long)]
    pub open: bool,
    /// Port of 127.0.0.1; 0 takes a free one.
    #[arg(long, default_value_t = 3000)]
    pub port: u16,
    /// Refuse where the system cannot keep page programs from files and the network.
    #[arg(long)]
    pub require_sandbox: bool,
}

/// Does it, until it is interrupted.
pub fn run(serve: &Serve, invocation: &Invocation<'_>) -> anyhow::Result<Verdict> {
    if serve.require_sandbox {
        require_sandbox()?;
    }
    let Invocation { root, console, .. } = invocation;
    let shelf = tempfile::Builder::new().prefix("book-serve-").tempdir().context("making a folder for the site")?;
    let (sender, happenings) = channel();
    let rebuilds = Rebuilds::new(root, console.format(), sender.clone());
    let (folder, running) = (shelf.path().to_owned(), rebuilds.clone());
    ctrlc::set_handler(move || {
        running.stop();
        // What cannot be removed lies where the system clears up.
        let _ = std::fs::remove_dir_all(&folder);
        std::process::exit(0);
    })
    .context("waiting for Ctrl-C")?;
    let published = Arc::new(Published::new(Words::of_book(root)));
    let address = format!("http://{}/", start(serve.port, &published)?);
    console.say(&format!("{address} (Ctrl-C ends)"));
    console.event(&json!({ "reason": "serving", "address": address }));
    if serve.open
        && let Err(error) = opener::open(&address)
    {
        console.say(&format!("warning: no browser could be opened: {error}"));
    }

    let mut watch = Watch::new(root, sender)?;
    let mut sites = Vec::new();
    for number in 1_u64.. {
        watch.refresh();
        published.speak(Words::of_book(root));
        published.building(String::new());
        let folder = shelf.path().join(number.to_string());
        rebuilds.start(number, &folder, sites.last().map(PathBuf::as_path))?;
        let build = Build { number, folder: &folder, published: &published, watch: &watch, invocation };
        let has_site = build.follow(&happenings);
        rebuilds.stop();
        if has_site {
            retire(&mut sites, folder);
        } else {
            // Nothing, or half a site.
            let _ = std::fs::remove_dir_all(&folder);
        }
        wait_for_quiet(&happenings);
    }
    Ok(Verdict::Fine)
}

/// Pages of the site before may still be asked for; older ones are nobody's.
fn retire(sites: &mut Vec<PathBuf>, folder: PathBuf) {
    sites.push(folder);
    if sites.len() > 2 {
        let oldest = sites.remove(0);
        let _ = std::fs::remove_file(list(&oldest));
        let _ = std::fs::remove_dir_all(oldest);
    }
}

/// A build that is running or has ended, until a change asks for another one.
struct Build<'a> {
    number: u64,
    folder: &'a Path,
    published: &'a Published,
    watch: &'a Watch,
    invocation: &'a Invocation<'a>,
}

impl Build<'_> {
    /// Shows what the build says until the book has changed and nothing that the build is at is wanted any more; true when it has
    /// made a site.
    fn follow(&self, happenings: &Receiver<Happening>) -> bool {
        let mut running = BTreeSet::new();
        // Pages whose programs are still wanted although the book has changed.
        let mut awaited: Option<BTreeSet<String>> = None;
        let mut has_site = false;
        let mut is_over = false;
        while let Ok(happening) = happenings.recv() {
            match happening {
                Happening::Changed(path) if self.watch.is_ours(&path) => {
                    if running.is_empty() || self.concerns(&path, &running) {
                        return has_site;
                    }
                    awaited.get_or_insert_with(|| running.clone());
                }
                Happening::Said { build, event } if build == self.number => {
                    has_site |= event["reason"] == "built";
                    is_over |= event["reason"] == "built" || event["reason"] == "failed";
                    self.hear(&event, &mut running);
                }
                Happening::Ended(build) if build == self.number => {
                    running.clear();
                    if !is_over {
                        let text = Words::of_book(&self.invocation.root).silent.to_owned();
                        self.published.failure(Messages { errors: 1, warnings: 0, text });
                    }
                }
                _ => {}
            }
            if awaited.as_ref().is_some_and(|awaited| awaited.is_disjoint(&running)) {
                return has_site;
            }
        }
        has_site
    }

    /// Whether a change makes something else of a program that is running.
    fn concerns(&self, path: &Path, running: &BTreeSet<String>) -> bool {
        self.watch.is_of_programs(path) || running.iter().any(|page| self.invocation.root.join(page) == path)
    }

    fn hear(&self, event: &Value, running: &mut BTreeSet<String>) {
        let text = |key: &str| event[key].as_str().unwrap_or_default().to_owned();
        let count = |key: &str| event[key].as_u64().and_then(|count| usize::try_from(count).ok()).unwrap_or_default();
        let messages = || Messages { errors: count("errors"), warnings: count("warnings"), text: text("text") };
        match event["reason"].as_str().unwrap_or_default() {
            "page" => {
                let page = text("page");
                let is_new = match &*text("result") {
                    "started" => running.insert(page),
                    "ran" => running.remove(&page),
                    _ => false,
                };
                if is_new {
                    self.published.building(running.iter().map(String::as_str).collect::<Vec<_>>().join(", "));
                }
            }
            "library" => self.published.building(text("step")),
            "built" => self.published.site(self.folder.to_owned()),
            "checked" => self.published.check(messages()),
            "failed" => self.published.failure(messages()),
            _ => {}
        }
        self.invocation.console.event(event);
    }
}
