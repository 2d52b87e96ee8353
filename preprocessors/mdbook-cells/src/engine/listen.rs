//! The local socket that a program reports to.

use std::io;
use std::path::{Path, PathBuf};

#[cfg(windows)]
use std::net::{TcpListener as Inner, TcpStream as Stream};
#[cfg(unix)]
use std::os::unix::net::{UnixListener as Inner, UnixStream as Stream};

/// A connection to a program.
pub(super) type Socket = Stream;

/// Where a program is awaited.
pub(super) struct Listener {
    inner: Inner,
    address: PathBuf,
}

impl Listener {
    /// Listens in the scratch folder; the address that programs are told is relative to it.
    #[cfg(unix)]
    pub(super) fn open(scratch: &Path) -> io::Result<(Self, String)> {
        let address = scratch.join("engine");
        Ok((Self { inner: Inner::bind(&address)?, address }, "engine".to_owned()))
    }

    #[cfg(windows)]
    pub(super) fn open(_scratch: &Path) -> io::Result<(Self, String)> {
        let inner = Inner::bind("127.0.0.1:0")?;
        let address = inner.local_addr()?.to_string();
        Ok((Self { inner, address: PathBuf::from(&address) }, address))
    }

    /// Waits for the program.
    pub(super) fn accept(&self) -> io::Result<Socket> {
        Ok(self.inner.accept()?.0)
    }

    /// Ends a wait for a program that never came: what is accepted then says nothing.
    pub(super) fn interrupt(&self) -> io::Result<()> {
        #[cfg(unix)]
        let stream = Stream::connect(&self.address);
        #[cfg(windows)]
        let stream = Stream::connect(self.address.to_string_lossy().as_ref());
        stream.map(drop)
    }
}
