//! The connection to the engine.

use std::fs::File;
use std::io::{self, Write};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

#[cfg(windows)]
use std::net::TcpStream as Socket;
#[cfg(unix)]
use std::os::unix::net::UnixStream as Socket;

use crate::wire::{self, Event, Frame, Reply};

/// The engine at the other end, and the file that both standard streams go to.
pub(crate) struct Engine {
    socket: Socket,
    printed: File,
}

/// The engine, or `None` under a plain `cargo run`.
///
/// A socket that is named but cannot be reached ends the program: results that nobody records are worse than none.
pub(crate) fn engine() -> Option<MutexGuard<'static, Engine>> {
    static ENGINE: OnceLock<Option<Mutex<Engine>>> = OnceLock::new();
    let engine = ENGINE.get_or_init(|| {
        let path = std::env::var_os(crate::SOCKET)?;
        let mut engine = connect(&path).expect("the engine listens as long as the program runs");
        engine.tell(Event::Hello(crate::VERSION.to_owned()));
        Some(Mutex::new(engine))
    });
    engine.as_ref().map(|engine| engine.lock().unwrap_or_else(PoisonError::into_inner))
}

#[cfg(unix)]
fn connect(path: &std::ffi::OsStr) -> io::Result<Engine> {
    use std::os::fd::AsFd;
    Ok(Engine { socket: Socket::connect(path)?, printed: File::from(io::stdout().as_fd().try_clone_to_owned()?) })
}

#[cfg(windows)]
fn connect(address: &std::ffi::OsStr) -> io::Result<Engine> {
    use std::os::windows::io::AsHandle;
    let address = address.to_str().ok_or_else(|| io::Error::other("the engine's address is not a text"))?;
    Ok(Engine {
        socket: Socket::connect(address)?,
        printed: File::from(io::stdout().as_handle().try_clone_to_owned()?),
    })
}

impl Engine {
    /// Bytes that both standard streams hold, after flushing ours.
    pub(crate) fn printed(&self) -> u64 {
        // A failed flush shows as missing text, which the engine sees; there is nobody else to tell.
        drop(io::stdout().flush());
        self.printed.metadata().map_or(0, |file| file.len())
    }

    /// Tells the engine; a program whose engine is gone has nothing left to do.
    pub(crate) fn tell(&mut self, event: Event) {
        let frame = Frame { printed: self.printed(), event };
        if let Err(error) = wire::write_frame(&mut self.socket, &frame) {
            eprintln!("the engine cannot be told: {error}");
            std::process::exit(70);
        }
    }

    /// Asks the engine.
    pub(crate) fn ask(&mut self, event: Event) -> io::Result<Vec<u8>> {
        self.tell(event);
        let reply: Reply = wire::read_reply(&mut self.socket)?;
        reply.map_err(io::Error::other)
    }

    /// Asks the engine for a number.
    pub(crate) fn number(&mut self, event: Event) -> io::Result<u32> {
        let answer: [u8; 4] =
            self.ask(event)?.try_into().map_err(|_| io::Error::other("the answer is not a number"))?;
        Ok(u32::from_le_bytes(answer))
    }
}

/// Tells the engine, if there is one.
pub(crate) fn tell(event: Event) {
    if let Some(mut engine) = engine() {
        engine.tell(event);
    }
}
