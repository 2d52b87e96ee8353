//! A page: what its author wrote, read once.
//!
//! [`Outline`] is a text of Markdown taken apart by mdBook's own parser. [`markup`] takes HTML apart. [`Edit`] changes a text by byte
//! ranges, [`Draft`] is a page on its way to the reader that knows which of its bytes the author wrote, [`escape`] makes a text
//! harmless, [`comment`] knows every comment that means something. Nothing here touches a file, a process or a clock.

pub mod anchor;
pub mod comment;
mod draft;
mod edit;
pub mod escape;
pub mod markup;
pub mod outline;
pub mod prices;

pub use crate::draft::Draft;
pub use crate::edit::{Edit, apply};
pub use crate::outline::Outline;
