//! What every page program is linked with: it reports what the program computes.
//!
//! A page's cells become one ordinary program. Its values, numbers inside sentences, claims, panics and failed `?` travel to the
//! engine as frames ([`wire`]) over a local socket named by the environment variable [`SOCKET`]; text that the program prints
//! goes to the standard streams as ever, and every frame carries how much of it had been printed, so that the engine knows
//! which cell a line belongs to. Without the variable, as in a plain `cargo run`, values are printed as text instead.
//!
//! The crate has no dependencies and no macros of its own syntax: a page program is Rust that anybody could have written.

mod channel;
mod codec;
mod event;
mod fail;
mod fields;
mod file;
pub mod input;
mod live;
mod macros;
mod nature;
pub mod prelude;
mod rich;
mod session;
mod show;
pub mod sources;
mod steps;
mod timing;
pub mod wire;

pub use fail::{Error, Result};
pub use file::{load, read, save};
pub use live::{enough, is_live, rounds, settled, state};
pub use nature::{AsLetter, AsText, AsValue, Told};
pub use rich::{Align, Part, Rich, Table};
pub use session::{
    __stderr, Parts, claim, claim_pair, enter, here, inline, language, leave, main, panic_at, seed, should_panic,
};
pub use show::{ByDebug, ByShow, Show, Shown, emit};
pub use timing::{Times, times, timing};

/// The environment variable that holds the path of the engine's socket.
pub const SOCKET: &str = "BOOK_SOCKET";
/// The environment variable that holds the seed of the page.
pub const SEED: &str = "BOOK_SEED";
/// The environment variable that holds the language of the book.
pub const LANGUAGE: &str = "BOOK_LANGUAGE";
/// The version of this crate, which a program says first: an engine understands its own.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
