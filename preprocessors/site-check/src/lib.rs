//! The finished site, as readers meet it: every page in a real Chromium, from disk and from a server, light and dark, on a desk and on
//! a phone.
//!
//! [`check`] looks for what no page may do: ask anything of another host, fail to load, write an error to the console, scroll
//! sideways, lay out much more than it shows, break an accessibility rule of axe-core, speak English, move while it is loaded, lose the focus, be cut on paper, need a
//! script to be read, link to what is not there. [`Tab`] is for tests of what happens when something is pressed.
//!
//! `site-check [--every-view] [--memory FOLDER] FOLDER [PAGE…]` opens as many browsers at once as there are processors. With a memory,
//! pages in which nothing was wrong are not opened again while they and all that they load are the same (`seen`).
//! Views differ in width (1280, 360 px), scheme (light, dark) and way (disk, HTTP): four of the eight, in which any two
//! choices meet, or all of them with `--every-view`. In each the elements that are laid out at once (`reader::work`), then
//! (`views`) outside requests, failed ones, console errors, sideways scroll, plots and numbers of formulas that do not fit, English
//! in the interface; at 1280 px, when the page was scrolled through, axe-core. On a desk, by day, from disk the page is also
//! used (`reader`): the first 40 stops of the Tab key, previews under the pointer and with the focus, the search
//! for its title, nothing cut on A4; it is loaded once from afar (layout shift while the fonts come late) and once without
//! scripts. `links` follows every link and anchor of the site. It ends with a table of bytes a page; more than 260 KiB
//! without plots is a finding (250 before formulas carried the TeX that is copied). `axe/` is axe-core as its authors
//! published it (MPL 2.0, in its head).

mod check;
mod chromium;
mod finding;
mod links;
mod pages;
mod reader;
mod seen;
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
