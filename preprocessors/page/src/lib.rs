//! A page: what its author wrote, read once.
//!
//! [`Page`] is what [`read`] makes of an author's Markdown: its cells, values, claims and links to labels, and its [`Outline`], which is a
//! text of Markdown taken apart by mdBook's own parser. [`markup`] takes HTML apart. [`Edit`] changes a text by byte
//! ranges, [`Draft`] is a page on its way to the reader that knows which of its bytes the author wrote, [`escape`] makes a text
//! harmless, [`comment`] knows every comment that means something, [`allow`] what an exception is for. Nothing here touches a file, a process or a clock.

pub mod allow;
pub mod anchor;
mod braces;
mod cell;
pub mod comment;
mod difference;
pub mod directive;
mod draft;
mod edit;
pub mod escape;
mod finding;
pub mod markup;
pub mod options;
pub mod outline;
mod page;
pub mod prices;
mod read;
mod spec;

pub use crate::braces::closing_brace;
pub use crate::cell::{Cell, Line, Pin};
pub use crate::draft::{Draft, Origin};
pub use crate::edit::{Edit, apply};
pub use crate::finding::Finding;
pub use crate::outline::Outline;
pub use crate::page::{Claim, Inline, InlinePlace, Page, Reference, Spec};
pub use crate::read::read;
