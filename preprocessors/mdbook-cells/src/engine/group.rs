//! A process and all that it started: waited for without being forgotten, killed together.

use std::io;
use std::process::{Child, Command, ExitStatus};
use std::sync::{Mutex, PoisonError};

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
        while let Ok(None) = self.leader.lock().unwrap_or_else(PoisonError::into_inner).try_wait() {
            std::thread::sleep(std::time::Duration::from_millis(2));
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

/// How many threads a process has, where the system says.
pub(super) fn threads(id: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("Threads:")?.trim().parse().ok())
}

/// How a program ended that nobody stopped: by itself, or at a limit that the system enforces.
pub(super) fn end(status: ExitStatus, printed: &[u8], limits: &Limits) -> End {
    /// What Rust's runtime says before it aborts.
    const MEMORY: &[u8] = b"memory allocation of ";
    let Some((signal, known)) = signal(status) else { return End::Exit(status.code().unwrap_or(-1)) };
    match known {
        Some(Known::Time) => End::Limit(Limit::Cpu),
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

/// Signals that mean a limit.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(not(unix), expect(dead_code, reason = "elsewhere there are no signals"))]
enum Known {
    Time,
    FileSize,
    Abort,
}

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<(i32, Option<Known>)> {
    use rustix::process::Signal;
    let signal = std::os::unix::process::ExitStatusExt::signal(&status)?;
    let known = [(Signal::XCPU, Known::Time), (Signal::XFSZ, Known::FileSize), (Signal::ABORT, Known::Abort)];
    Some((signal, known.into_iter().find(|(known, _)| known.as_raw() == signal).map(|(_, known)| known)))
}

#[cfg(not(unix))]
fn signal(_: ExitStatus) -> Option<(i32, Option<Known>)> {
    None
}
