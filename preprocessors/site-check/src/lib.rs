//! The finished site, as readers meet it: every page in a real Chromium, from disk and from a server, light and dark, on a desk and on
//! a phone.
//!
//! [`check`] looks for what no page may do: ask anything of another host, fail to load, write an error to the console, scroll
//! sideways, break an accessibility rule of axe-core, speak English, move while it is loaded, lose the focus, be cut on paper, need a
//! script to be read, link to what is not there. [`Tab`] is for tests of what happens when something is pressed.

mod check;
mod chromium;
mod finding;
mod links;
mod pages;
mod reader;
mod server;
mod tab;
mod views;
mod weight;

pub use crate::check::{Report, check};
pub use crate::chromium::{Chromium, find_chromium};
pub use crate::finding::{DESK, Finding, View};
pub use crate::pages::pages;
pub use crate::server::Server;
pub use crate::tab::{Tab, Trouble};
pub use crate::weight::{HEAVY, Weight};
