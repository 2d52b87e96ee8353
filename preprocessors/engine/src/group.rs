//! A process and all that it started: waited for without being forgotten, killed together.

use std::io::{self, Read as _};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::channel;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::{End, Limit, Limits};

/// A process that leads a group of its own, where the system has groups.
pub(super) struct Group {
    id: u32,
    leader: Mutex<Child>,
}

impl Group {
    /// Starts a command in a new group.
    pub(super) fn start(command: &mut Command) -> io::Result<Self> {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        let leader = command.spawn()?;
        Ok(Self { id: leader.id(), leader: Mutex::new(leader) })
    }

    /// The number of its leader.
    pub(super) fn id(&self) -> u32 {
        self.id
    }

    /// Waits until the leader has ended. The system does not forget it yet, so that its number still names the group.
    #[cfg(unix)]
    pub(super) fn wait(&self) {
        use rustix::process::{WaitId, WaitIdOptions, waitid};
        let Some(id) = self.pid() else { return };
        while let Err(rustix::io::Errno::INTR) = waitid(WaitId::Pid(id), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT)
        {
        }
    }

    /// Waits until the process has ended.
    #[cfg(not(unix))]
    pub(super) fn wait(&self) {
        let leader = || self.leader.lock().unwrap_or_else(PoisonError::into_inner);
        // Whoever wants to kill it needs the lock too: it is let go before the nap.
        let is_running = || matches!(leader().try_wait(), Ok(None));
        while is_running() {
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Kills all of the group. Nobody left in it is what was wanted.
    #[cfg(unix)]
    pub(super) fn kill(&self) {
        use rustix::process::{Signal, kill_process_group};
        if let Some(id) = self.pid() {
            let _ = kill_process_group(id, Signal::KILL);
        }
    }

    /// Kills the process.
    #[cfg(not(unix))]
    pub(super) fn kill(&self) {
        let _ = self.leader.lock().unwrap_or_else(PoisonError::into_inner).kill();
    }

    /// Lets the system forget the process, and says how it ended.
    pub(super) fn finish(self) -> io::Result<ExitStatus> {
        self.leader.into_inner().unwrap_or_else(PoisonError::into_inner).wait()
    }

    #[cfg(unix)]
    fn pid(&self) -> Option<rustix::process::Pid> {
        i32::try_from(self.id).ok().and_then(rustix::process::Pid::from_raw)
    }
}

/// What a command said on its standard error, and how it ended.
pub(super) struct Said {
    /// The bytes.
    pub(super) bytes: Vec<u8>,
    /// The end of its first process.
    pub(super) status: ExitStatus,
    /// The limit at which it was stopped.
    pub(super) limit: Option<Limit>,
}

/// Runs a command, and ends whatever it started, within a time and a length of what it says.
pub(super) fn listen(command: &mut Command, wall: Duration, most: u64) -> io::Result<Said> {
    enum Heard {
        All(io::Result<Vec<u8>>),
        Ended,
    }
    let group = Group::start(command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()))?;
    let stderr = group.leader.lock().unwrap_or_else(PoisonError::into_inner).stderr.take();
    let (sender, receiver) = channel();
    let (bytes, limit) = std::thread::scope(|scope| {
        let (all, group, deadline) = (sender.clone(), &group, Instant::now() + wall);
        scope.spawn(move || {
            let mut bytes = Vec::new();
            let read = stderr.map_or(Ok(0), |stderr| stderr.take(most + 1).read_to_end(&mut bytes));
            all.send(Heard::All(read.map(|_| bytes)))
        });
        scope.spawn(move || {
            group.wait();
            sender.send(Heard::Ended)
        });
        let (mut bytes, mut ended, mut limit) = (None, false, None);
        while bytes.is_none() || !ended {
            // Once it is killed, its end is sure to come.
            let left = if limit.is_some() { wall } else { deadline.saturating_duration_since(Instant::now()) };
            match receiver.recv_timeout(left) {
                Ok(Heard::All(read)) => bytes = Some(read),
                Ok(Heard::Ended) => ended = true,
                Err(_) => limit = limit.or(Some(Limit::Wall)),
            }
            if matches!(&bytes, Some(Ok(bytes)) if bytes.len() as u64 > most) {
                limit = limit.or(Some(Limit::Output));
            }
            if limit.is_some() || ended {
                group.kill();
            }
        }
        (bytes, limit)
    });
    let status = group.finish()?;
    Ok(Said { bytes: bytes.unwrap_or_else(|| Ok(Vec::new()))?, status, limit })
}

/// How many threads a process has, where the system says.
pub(super) fn threads(id: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("Threads:")?.trim().parse().ok())
}

/// Processor time that a process has used which is not forgotten yet, where the system says.
#[cfg(target_os = "linux")]
pub(super) fn processor_time(id: u32) -> Duration {
    let ticks = || -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
        // The name, in parentheses, may hold anything; user and system time are the twelfth and thirteenth fields behind it.
        let mut fields = status.rsplit_once(')')?.1.split_whitespace().skip(11);
        Some(fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?)
    };
    Duration::from_millis(ticks().unwrap_or(0) * 1000 / rustix::param::clock_ticks_per_second())
}

#[cfg(not(target_os = "linux"))]
pub(super) fn processor_time(_: u32) -> Duration {
    Duration::ZERO
}

/// Bytes of files that a process has open and that lie in no folder any more, where the system says.
#[cfg(target_os = "linux")]
pub(super) fn unnamed_files(id: u32) -> u64 {
    use std::os::unix::fs::MetadataExt as _;
    let open = std::fs::read_dir(format!("/proc/{id}/fd")).into_iter().flatten().flatten();
    let files = open.filter_map(|file| std::fs::metadata(file.path()).ok());
    files.filter(|file| file.is_file() && file.nlink() == 0).map(|file| file.blocks() * 512).sum()
}

#[cfg(not(target_os = "linux"))]
pub(super) fn unnamed_files(_: u32) -> u64 {
    0
}

/// How a program ended that nobody stopped: by itself, or at a limit that the system enforces.
pub(super) fn end(status: ExitStatus, printed: &[u8], used: Duration, limits: &Limits) -> End {
    /// What Rust's runtime says before it aborts.
    const MEMORY: &[u8] = b"memory allocation of ";
    let Some((signal, known)) = signal(status) else { return End::Exit(status.code().unwrap_or(-1)) };
    match known {
        Some(Known::Time) => End::Limit(Limit::Cpu),
        // It took no notice of the signal that comes first.
        Some(Known::Kill) if used >= limits.cpu => End::Limit(Limit::Cpu),
        Some(Known::FileSize) if printed.len() as u64 >= limits.output => End::Limit(Limit::Output),
        Some(Known::FileSize) => End::Limit(Limit::Disk),
        Some(Known::Abort) if printed.windows(MEMORY.len()).any(|words| words == MEMORY) => End::Limit(Limit::Memory),
        _ => End::Signal(signal),
    }
}

/// Whether the system stopped it for the processor time it used.
pub(super) fn is_out_of_time(status: ExitStatus) -> bool {
    signal(status).is_some_and(|(_, known)| known == Some(Known::Time))
}

/// Whether the system stopped it for the length of a file that it wrote.
pub(super) fn is_too_large(status: ExitStatus) -> bool {
    signal(status).is_some_and(|(_, known)| known == Some(Known::FileSize))
}

/// Whether the system could not give it what it had mapped.
pub(super) fn is_bus_error(status: ExitStatus) -> bool {
    signal(status).is_some_and(|(_, known)| known == Some(Known::Bus))
}

/// Signals that mean a limit, and one that means a disk.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(not(unix), expect(dead_code, reason = "elsewhere there are no signals"))]
enum Known {
    Time,
    FileSize,
    Abort,
    Kill,
    Bus,
}

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<(i32, Option<Known>)> {
    use rustix::process::Signal;
    let signal = std::os::unix::process::ExitStatusExt::signal(&status)?;
    let known = [
        (Signal::XCPU, Known::Time),
        (Signal::XFSZ, Known::FileSize),
        (Signal::ABORT, Known::Abort),
        (Signal::KILL, Known::Kill),
        (Signal::BUS, Known::Bus),
    ];
    Some((signal, known.into_iter().find(|(known, _)| known.as_raw() == signal).map(|(_, known)| known)))
}

#[cfg(not(unix))]
fn signal(_: ExitStatus) -> Option<(i32, Option<Known>)> {
    None
}
