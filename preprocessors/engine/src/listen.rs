//! What a running program says: its frames and questions, over a local socket.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};

#[cfg(windows)]
use std::net::{TcpListener as Inner, TcpStream as Socket};
#[cfg(unix)]
use std::os::unix::net::{UnixListener as Inner, UnixStream as Socket};

use kernel::wire::{self, Event, Frame, Head, Reply};

use super::branch::Asks;
use super::{Limit, Limits};

/// What is heard of a program.
pub(super) enum Heard {
    /// Something that needs no answer.
    Frame(Frame),
    /// Something that does.
    Question(Frame, Sender<Reply>),
    /// No more.
    Closed(Closed),
    /// The main process has ended but the system still knows its number.
    Ended,
}

/// Why there are no more frames.
pub(super) enum Closed {
    /// The program closed the socket, is gone, or never came.
    End,
    /// There were more bytes than allowed, or would have been with the next frame.
    Beyond(Limit),
    /// What came is no frame.
    Broken(io::Error),
    /// The kernel of the program is of this version, which is not ours.
    Foreign(String),
}

/// When a program may say as much again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quota {
    /// Never.
    Once,
    /// At every stop of a trunk: what its branches said is forgotten there.
    EveryStop,
}

/// Where a program is awaited.
pub(super) struct Listener {
    inner: Inner,
    address: PathBuf,
    accepted: OnceLock<Socket>,
    dismissed: AtomicBool,
}

impl Listener {
    /// Listens in the folder where the program will run, and gives the address as seen from there. On Linux the sandbox lets
    /// programs connect to addresses of one letter.
    #[cfg(unix)]
    pub(super) fn open(home: &Path) -> io::Result<(Self, String)> {
        const NAME: &str = "e";
        let address = home.join(NAME);
        let inner = Inner::bind(&address)?;
        Ok((Self { inner, address, accepted: OnceLock::new(), dismissed: AtomicBool::new(false) }, NAME.to_owned()))
    }

    /// Listens on a port of this machine; there are no local sockets here.
    #[cfg(windows)]
    pub(super) fn open(_: &Path) -> io::Result<(Self, String)> {
        let inner = Inner::bind("127.0.0.1:0")?;
        let address = inner.local_addr()?.to_string();
        let dismissed = AtomicBool::new(false);
        Ok((Self { inner, address: PathBuf::from(&address), accepted: OnceLock::new(), dismissed }, address))
    }

    /// Ends [`hear`](Self::hear) although the program, which has ended, may never have come. If it did, it is first in the queue.
    pub(super) fn dismiss(&self) {
        self.dismissed.store(true, Ordering::SeqCst);
        // Fails only when there is nobody to dismiss.
        #[cfg(unix)]
        if Socket::connect(&self.address).is_err() {
            // The program may have removed the address from its folder.
            let _ = rustix::net::shutdown(&self.inner, rustix::net::Shutdown::Both);
        }
        #[cfg(windows)]
        let _ = Socket::connect(self.address.to_string_lossy().as_ref());
    }

    /// Ends [`hear`](Self::hear) although somebody may still hold the socket.
    pub(super) fn interrupt(&self) {
        self.dismiss();
        if let Some(socket) = self.accepted.get() {
            let _ = socket.shutdown(std::net::Shutdown::Both);
        }
    }

    /// Passes on what the program says until it closes the socket, or says more than it may.
    pub(super) fn hear(&self, limits: &Limits, quota: Quota, to: &Sender<Heard>) {
        let closed = self.frames(limits, quota, to).unwrap_or_else(Closed::Broken);
        // Nobody waits for it when the run has failed otherwise.
        let _ = to.send(Heard::Closed(closed));
    }

    fn frames(&self, limits: &Limits, quota: Quota, to: &Sender<Heard>) -> io::Result<Closed> {
        let (mut socket, _) = match self.inner.accept() {
            Err(_) if self.dismissed.load(Ordering::SeqCst) => return Ok(Closed::End),
            accepted => accepted?,
        };
        // The first program to come is the only one: nothing was set before.
        let _ = self.accepted.set(socket.try_clone()?);
        match greeting(&mut socket)? {
            None => return Ok(Closed::End),
            Some(version) if version != kernel::VERSION => return Ok(Closed::Foreign(version)),
            Some(_) => {}
        }
        let (mut output, mut disk) = (limits.output, limits.disk);
        while let Some(head) = Head::read(&mut socket)? {
            // An artefact is kept, not shown: it is as good as a file.
            let (left, limit) = if head.is_save() { (&mut disk, Limit::Disk) } else { (&mut output, Limit::Output) };
            let Some(rest) = left.checked_sub(head.length()) else { return Ok(Closed::Beyond(limit)) };
            *left = rest;
            let frame = head.frame(&mut socket)?;
            if quota == Quota::EveryStop && matches!(Asks::of(&frame.event), Some(Asks::Stop { .. })) {
                (output, disk) = (limits.output, limits.disk);
            }
            let went_well = if frame.event.is_answered() {
                ask(frame, to).is_some_and(|reply| wire::write_reply(&mut socket, &reply).is_ok())
            } else {
                to.send(Heard::Frame(frame)).is_ok()
            };
            if !went_well {
                break;
            }
        }
        Ok(Closed::End)
    }
}

/// The version that a program says before all else; `None` when it says nothing at all.
fn greeting(socket: &mut Socket) -> io::Result<Option<String>> {
    const LONGEST: u64 = 100;
    let refused = || io::Error::new(io::ErrorKind::InvalidData, "the first frame does not name the kernel's version");
    let Some(head) = Head::read(socket)? else { return Ok(None) };
    if head.length() > LONGEST {
        return Err(refused());
    }
    match head.frame(socket)?.event {
        Event::Hello(version) => Ok(Some(version)),
        _ => Err(refused()),
    }
}

fn ask(question: Frame, to: &Sender<Heard>) -> Option<Reply> {
    let (sender, answer) = channel();
    to.send(Heard::Question(question, sender)).ok()?;
    answer.recv().ok()
}
