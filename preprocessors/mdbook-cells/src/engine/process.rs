//! Running a program: its streams, its frames, its limits, its end.

use std::fs::File;
use std::io;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use kernel::wire::{self, Event, Frame};
use tempfile::TempDir;

use super::listen::{Listener, Socket};
use super::{End, Engine, Limit, Limits, Run, World};

/// A folder of its own for a unit. Its path is short: a socket's path has room for 108 bytes.
pub(super) fn scratch() -> anyhow::Result<TempDir> {
    let mut folder = std::env::temp_dir();
    if cfg!(unix) && folder.as_os_str().len() > 80 {
        folder = "/tmp".into();
    }
    tempfile::Builder::new()
        .prefix("cell")
        .tempdir_in(&folder)
        .with_context(|| format!("creating a folder in {}", folder.display()))
}

/// What the threads that wait for the program tell the one that watches it.
enum Heard {
    Connected(Socket),
    Frame(Frame),
    /// No more frames.
    Closed(Closed),
    /// The main process has ended but is not yet forgotten by the system.
    Ended,
}

/// Why there are no more frames.
enum Closed {
    /// The program closed the socket or is gone.
    End,
    /// There were more bytes than allowed.
    Flood,
    /// What came is no frame.
    Broken(io::Error),
}

pub(super) fn run(
    engine: &Engine,
    program: &Path,
    seed: u64,
    limits: &Limits,
    scratch: &Path,
    world: &mut dyn World,
) -> anyhow::Result<Run> {
    let home = scratch.join("run");
    std::fs::create_dir(&home).context("creating a program's folder")?;
    let path = scratch.join("printed");
    let printed =
        File::options().create_new(true).append(true).read(true).open(&path).context("creating a program's output")?;
    let (listener, address) = Listener::open(&home).context("opening a socket")?;
    let mut child = start(engine, program, &home, &printed, &address, seed).context("starting a program")?;
    let (sender, receiver) = channel();
    let watched = std::thread::scope(|scope| {
        let ends = sender.clone();
        let id = child.id();
        scope.spawn(move || {
            wait(id);
            ends.send(Heard::Ended)
        });
        scope.spawn(|| hear(&listener, limits.output, &sender));
        let watched = watch(&child, &receiver, limits, &printed, world, &listener);
        // Whatever went wrong, the threads end only when the program has.
        kill(&child);
        drop(listener.interrupt());
        watched
    });
    let status = child.wait().context("waiting for a program")?;
    let (frames, limit) = watched?;
    let mut text = std::fs::read(&path).context("reading a program's output")?;
    text.truncate(usize::try_from(limits.output).unwrap_or(usize::MAX));
    Ok(Run { frames, printed: text, end: limit.map_or_else(|| end(status), End::Limit) })
}

fn start(engine: &Engine, program: &Path, home: &Path, printed: &File, address: &str, seed: u64) -> io::Result<Child> {
    let _ = engine;
    let mut command = Command::new(program);
    command.current_dir(home).env_clear().env(kernel::SOCKET, address).env(kernel::SEED, seed.to_string());
    command.env("RAYON_NUM_THREADS", "1").env("TZ", "UTC").env("LANG", "C.UTF-8").env("HOME", ".").env("TMPDIR", ".");
    command.stdin(Stdio::null()).stdout(printed.try_clone()?).stderr(printed.try_clone()?);
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command.spawn()
}

/// Reads frames until the program closes the socket.
fn hear(listener: &Listener, most: u64, to: &Sender<Heard>) {
    let closed = frames(listener, most, to).unwrap_or_else(Closed::Broken);
    // The other end is gone only when it has failed and says so itself.
    drop(to.send(Heard::Closed(closed)));
}

fn frames(listener: &Listener, most: u64, to: &Sender<Heard>) -> io::Result<Closed> {
    let mut socket = Counted { socket: listener.accept()?, bytes: 0 };
    let mut total = 0;
    let gone = |_| io::Error::other("nobody listens");
    to.send(Heard::Connected(socket.socket.try_clone()?)).map_err(gone)?;
    while let Some(frame) = wire::read_frame(&mut socket)? {
        // Artefacts are kept, not shown: they are no output.
        total += if matches!(frame.event, Event::Save { .. }) { 0 } else { socket.bytes };
        socket.bytes = 0;
        if total > most {
            return Ok(Closed::Flood);
        }
        to.send(Heard::Frame(frame)).map_err(gone)?;
    }
    Ok(Closed::End)
}

/// A socket that counts what is read from it.
struct Counted {
    socket: Socket,
    bytes: u64,
}

impl io::Read for Counted {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let read = self.socket.read(to)?;
        self.bytes += read as u64;
        Ok(read)
    }
}

/// How often limits are looked at that the system does not enforce.
const TICK: Duration = Duration::from_millis(20);

fn watch(
    child: &Child,
    heard: &Receiver<Heard>,
    limits: &Limits,
    printed: &File,
    world: &mut dyn World,
    listener: &Listener,
) -> anyhow::Result<(Vec<Frame>, Option<Limit>)> {
    let deadline = Instant::now() + limits.wall;
    let (mut frames, mut socket, mut limit) = (Vec::new(), None, None);
    let (mut ended, mut closed, mut broken) = (false, false, None);
    while !(ended && closed) {
        let next = heard.recv_timeout(TICK.min(deadline.saturating_duration_since(Instant::now())));
        match next {
            Ok(Heard::Connected(stream)) => socket = Some(stream),
            Ok(Heard::Frame(Frame { event, printed })) => match answer(event, world) {
                Ok(event) => frames.push(Frame { event, printed }),
                Err(reply) => {
                    let left = deadline.saturating_duration_since(Instant::now()).max(TICK);
                    if let Some(socket) = &mut socket {
                        socket.set_write_timeout(Some(left)).context("limiting a reply")?;
                        // A program that died meanwhile, or does not listen until its time is over, needs no answer.
                        let _ = wire::write_reply(socket, &reply);
                    }
                }
            },
            Ok(Heard::Closed(why)) => {
                closed = true;
                match why {
                    Closed::End => {}
                    Closed::Flood => {
                        limit = limit.or(Some(Limit::Output));
                        kill(child);
                    }
                    Closed::Broken(error) => {
                        broken = Some(error);
                        kill(child);
                    }
                }
            }
            Ok(Heard::Ended) => {
                ended = true;
                kill(child);
                if socket.is_none() {
                    listener.interrupt().context("closing a program's socket")?;
                }
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        if limit.is_none() && !ended {
            limit = breach(limits, deadline, printed)?;
            if limit.is_some() {
                kill(child);
            }
        }
    }
    match broken {
        // A program that was killed may have been in the middle of a frame.
        Some(error) if limit.is_none() => Err(error).context("reading what a program reports"),
        _ => Ok((frames, limit)),
    }
}

fn breach(limits: &Limits, deadline: Instant, printed: &File) -> anyhow::Result<Option<Limit>> {
    if Instant::now() >= deadline {
        return Ok(Some(Limit::Wall));
    }
    let length = printed.metadata().context("measuring a program's output")?.len();
    Ok((length > limits.output).then_some(Limit::Output))
}

/// Answers a question; an event that is none comes back.
fn answer(event: Event, world: &mut dyn World) -> Result<Event, wire::Reply> {
    match event {
        Event::Read(path) => Err(world.read(&path)),
        Event::Load(name) => Err(world.load(&name)),
        Event::Save { name, bytes } => Err(world.save(&name, bytes).map(|()| Vec::new())),
        event => Ok(event),
    }
}

/// Waits until the process has ended, without making the system forget it: its number still names its group.
#[cfg(unix)]
fn wait(id: u32) {
    use rustix::process::{Pid, WaitId, WaitIdOptions, waitid};
    let Some(id) = i32::try_from(id).ok().and_then(Pid::from_raw) else { return };
    while let Err(rustix::io::Errno::INTR) = waitid(WaitId::Pid(id), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT) {}
}

#[cfg(unix)]
fn kill(child: &Child) {
    use rustix::process::{Pid, Signal, kill_process_group};
    if let Some(group) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) {
        // Nobody left in the group is what was wanted.
        let _ = kill_process_group(group, Signal::KILL);
    }
}

#[cfg(unix)]
fn end(status: ExitStatus) -> End {
    use std::os::unix::process::ExitStatusExt as _;
    match (status.code(), status.signal()) {
        (Some(code), _) => End::Exit(code),
        (None, signal) => End::Signal(signal.unwrap_or(0)),
    }
}
