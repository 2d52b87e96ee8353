//! Running a program: its streams, its frames, its limits, its end.

use std::fs::File;
use std::path::Path;
use std::process::Stdio;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use kernel::wire::{Event, Frame};

use super::branch::{self, Asks, Branches, Next};
use super::group::{self, Group};
use super::listen::{Closed, Heard, Listener, Quota};
use super::rustc::Tools;
use super::sandbox::{self, Policy, Processes};
use super::scratch::{self, Scratch};
use super::world::{World, answer};
use super::{Conditions, End, Limit, Limits, Run};

/// How often limits are looked at that the system does not enforce.
const TICK: Duration = Duration::from_millis(20);

/// How long a socket may stay open after its program has ended, held by a process that got away.
const GRACE: Duration = Duration::from_millis(500);

/// A compiled program, and how it is to be run.
pub(super) struct Task<'a> {
    /// Where it lies.
    pub(super) program: &'a Path,
    /// For `kernel::seed`.
    pub(super) seed: u64,
    /// For `kernel::language`.
    pub(super) language: &'a str,
    /// When it is stopped.
    pub(super) limits: &'a Limits,
    /// What surrounds it.
    pub(super) conditions: Conditions,
}

/// Whom a program asks.
pub(super) enum Asked<'a> {
    /// The world of a program that is one process.
    World(&'a mut dyn World),
    /// That of a trunk and its branches.
    Branches(&'a mut dyn Branches),
}

/// Runs a program in `scratch`.
pub(super) fn run(tools: &Tools, task: &Task<'_>, scratch: &Scratch, mut asked: Asked<'_>) -> anyhow::Result<Run> {
    let Task { program, limits, .. } = *task;
    let home = scratch.folder(match task.conditions {
        Conditions::Usual => "run",
        Conditions::Other => "another folder/run",
    })?;
    let path = scratch.path().join("printed");
    let printed = File::options().create_new(true).append(true).read(true).open(&path);
    let printed = printed.context("creating a file for what a program prints")?;
    let (listener, address) = Listener::open(&home).context("opening a socket")?;
    let (processes, quota) = match asked {
        Asked::World(_) => (Processes::One, Quota::Once),
        Asked::Branches(_) => (Processes::Copies, Quota::EveryStop),
    };
    let mut command = sandbox::command(&tools.launcher, &policy(tools, task, &home, processes), program)?;
    command.current_dir(&home).env_clear().envs(ENVIRONMENT);
    if task.conditions == Conditions::Other {
        command.envs(ELSEWHERE);
    }
    command.env(kernel::SOCKET, address).env(kernel::SEED, task.seed.to_string());
    command.env(kernel::LANGUAGE, task.language);
    command.stdin(Stdio::null()).stdout(printed.try_clone()?).stderr(printed.try_clone()?);
    let group = Group::start(&mut command).context("starting a program")?;
    let (sender, receiver) = channel();
    let watched = std::thread::scope(|scope| {
        let (ends, group) = (sender.clone(), &group);
        scope.spawn(move || {
            group.wait();
            // The watcher has gone only when it needs no news.
            drop(ends.send(Heard::Ended));
        });
        scope.spawn(|| listener.hear(limits, quota, &sender));
        let watch = Watch {
            group,
            limits,
            printed: &printed,
            path: &path,
            home: &home,
            deadline: Instant::now() + limits.wall,
            branch: None,
        };
        let watched = watch.run(&receiver, &mut asked, &listener);
        // Whatever went wrong, the threads end only when the program has and nobody waits for an answer.
        drop(receiver);
        group.kill();
        listener.interrupt();
        watched
    });
    let used = group::processor_time(group.id());
    let status = group.finish().context("waiting for a program")?;
    let (frames, stopped) = watched?;
    let mut text = std::fs::read(&path).context("reading what a program printed")?;
    if let Some(failure) = sandbox::failure(status.code(), &text).filter(|_| frames.is_empty()) {
        bail!(failure);
    }
    let end = stopped.unwrap_or_else(|| group::end(status, &text, used, limits));
    text.truncate(usize::try_from(limits.output).unwrap_or(usize::MAX));
    Ok(Run { frames, printed: text, end })
}

/// All that a program finds in its environment besides the engine's two: the same on every machine.
const ENVIRONMENT: [(&str, &str); 6] =
    [("HOME", "."), ("TMPDIR", "."), ("TMP", "."), ("LANG", "C.UTF-8"), ("TZ", "UTC"), ("RAYON_NUM_THREADS", "1")];

/// What else it finds, or instead, when its outcome is put to the test: a time zone far away that needs no file, a language in which
/// `i` has another capital, and no mathematics of the C library's for processors that multiply and add in one step.
const ELSEWHERE: [(&str, &str); 5] = [
    ("LANG", "tr_TR.UTF-8"),
    ("LC_ALL", "tr_TR.UTF-8"),
    ("TZ", "XYZ-13:45"),
    ("USER", "somebody-else"),
    (
        "GLIBC_TUNABLES",
        "glibc.cpu.hwcaps=-AVX2,-AVX2_Usable,-FMA,-FMA_Usable,-FMA4,-FMA4_Usable,-AVX512F,-AVX512F_Usable",
    ),
];

fn policy(tools: &Tools, task: &Task<'_>, home: &Path, processes: Processes) -> Policy {
    let Task { program, limits, conditions, .. } = *task;
    let mut read = scratch::shared_libraries();
    read.push(program.to_owned());
    read.extend(tools.library.native.iter().map(|folder| super::build::native_folder(folder)));
    Policy {
        read,
        write: vec![home.to_owned(), "/dev/null".into()],
        processes,
        engine: Some(std::process::id()),
        cpu: Some(limits.cpu.as_secs() + u64::from(limits.cpu.subsec_nanos() > 0)),
        memory: Some(limits.memory),
        file: Some(limits.output.max(limits.disk)),
        processors: Some(1).filter(|_| conditions == Conditions::Other),
        lacking: tools.lacking.clone(),
    }
}

/// A program that is being watched.
struct Watch<'a> {
    group: &'a Group,
    limits: &'a Limits,
    printed: &'a File,
    /// Where that lies.
    path: &'a Path,
    home: &'a Path,
    deadline: Instant,
    branch: Option<Branch>,
}

/// A branch that is running: what of its run is the trunk's.
struct Branch {
    frames: usize,
    printed: u64,
    is_enough: bool,
}

impl Watch<'_> {
    /// Listens to a program until it and its frames have ended.
    fn run(
        mut self,
        heard: &Receiver<Heard>,
        asked: &mut Asked<'_>,
        listener: &Listener,
    ) -> anyhow::Result<(Vec<Frame>, Option<End>)> {
        let (mut frames, mut stopped) = (Vec::new(), None);
        let (mut ended, mut closed, mut looked) = (None, false, Instant::now());
        while ended.is_none() || !closed {
            match heard.recv_timeout(TICK.min(self.deadline.saturating_duration_since(Instant::now()))) {
                Ok(Heard::Frame(frame)) => {
                    if let (Asked::Branches(branches), Some(branch)) = (&*asked, &mut self.branch) {
                        branch.is_enough |= branches.is_enough(&frame.event);
                    }
                    frames.push(frame);
                }
                // A program that died meanwhile needs no answer.
                Ok(Heard::Question(question, to)) => {
                    if matches!(question.event, Event::State(_)) {
                        frames.push(question.clone());
                    }
                    let used = || group::processor_time(self.group.id());
                    drop(to.send(match asked {
                        Asked::World(world) => answer(question.event, *world, used)?,
                        Asked::Branches(branches) => match Asks::of(&question.event) {
                            Some(asks) => Ok(self.steer(asks, *branches, &mut frames)?.to_bytes()),
                            None => answer(question.event, *branches, used)?,
                        },
                    }));
                }
                Ok(Heard::Closed(why)) => {
                    closed = true;
                    let end = match why {
                        Closed::End => continue,
                        Closed::Beyond(limit) => End::Limit(limit),
                        Closed::Broken(error) => End::Nonsense(error.to_string()),
                        Closed::Foreign(version) => End::Foreign(version),
                    };
                    // A program that was stopped already may have been in the middle of a frame.
                    stopped.get_or_insert(end);
                    self.group.kill();
                }
                Ok(Heard::Ended) => {
                    ended = Some(Instant::now());
                    self.group.kill();
                    listener.dismiss();
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            if let Some(ended) = ended {
                if ended.elapsed() > GRACE {
                    listener.interrupt();
                }
            } else if stopped.is_none() && (looked.elapsed() >= TICK || Instant::now() >= self.deadline) {
                looked = Instant::now();
                stopped = self.breach()?.map(End::Limit);
                if stopped.is_some() {
                    self.group.kill();
                }
            }
        }
        Ok((frames, stopped))
    }

    /// Says how a trunk or a branch goes on.
    fn steer(&mut self, asks: Asks, branches: &mut dyn Branches, frames: &mut Vec<Frame>) -> anyhow::Result<Next> {
        let Asks::Stop { visit, status, reached } = asks else {
            return Ok(if self.branch.as_ref().is_some_and(|branch| branch.is_enough) {
                Next::End
            } else {
                Next::Go(0)
            });
        };
        if let Some(branch) = self.branch.take() {
            let printed = std::fs::read(self.path).context("reading what a branch printed")?;
            let end = group::end(branch::status(status), &printed, Duration::ZERO, self.limits);
            let all = frames.clone();
            frames.truncate(branch.frames);
            self.printed.set_len(branch.printed).context("forgetting what a branch printed")?;
            branches.over(Run { frames: all, printed, end })?;
        }
        let next = branches.stop(visit, &reached, group::threads(self.group.id()));
        if matches!(next, Next::Branch(_) | Next::Become(_)) {
            let printed = self.printed.metadata().context("measuring what a trunk printed")?.len();
            self.branch = Some(Branch { frames: frames.len(), printed, is_enough: false });
        }
        self.deadline = Instant::now() + self.limits.wall;
        Ok(next)
    }

    /// The limit that the program is beyond.
    fn breach(&self) -> anyhow::Result<Option<Limit>> {
        if Instant::now() >= self.deadline {
            return Ok(Some(Limit::Wall));
        }
        if self.printed.metadata().context("measuring what a program printed")?.len() > self.limits.output {
            return Ok(Some(Limit::Output));
        }
        let unnamed = group::unnamed_files(self.group.id());
        if unnamed + scratch::size(self.home, self.limits.disk) > self.limits.disk {
            return Ok(Some(Limit::Disk));
        }
        Ok(group::threads(self.group.id()).filter(|threads| *threads > self.limits.processes).map(|_| Limit::Processes))
    }
}
