//! The book in a browser while it is written: a server for this machine, a watch on the files, reloads.

mod notice;
mod published;
mod server;
mod watch;

pub use published::Published;
pub use server::start;
pub use watch::Watch;
