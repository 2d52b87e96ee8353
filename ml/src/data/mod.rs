//! Data of the course: real sets from the folder `data`, and generators with a seed.
//!
//! ```
//! use ml::data;
//! let iris = data::iris();
//! assert_eq!(iris.x.dim(), (150, 4));
//! let two = data::moons(200, 0.1, 7);
//! assert_eq!(two.y.len(), 200);
//! ```

mod course;
mod csv;
mod generate;
mod labelled;
mod real;
mod texts;

pub use course::{Lecture, Source, bibliography, syllabus};
pub use csv::{Csv, csv};
pub use generate::{Linear, blobs, circles, embeddings, linear, moons, sampled, spiral};
pub use labelled::Labelled;
pub use real::{colour_picture, digits, iris, picture};
pub use texts::{
    Chapter, Opinion, Query, Question, Work, language_model, onegin, opinions, passages, prose, prose_parts, queries,
    questions,
};

use std::io;

/// Reads a file of the folder `data`; its content becomes a part of the page's key.
///
/// # Errors
/// When there is no such file, or the engine refuses it.
pub fn read(path: &str) -> io::Result<Vec<u8>> {
    kernel::read(path).map_err(|error| io::Error::new(error.kind(), format!("data/{path}: {error}")))
}

/// Reads a text of the folder `data`.
///
/// # Errors
/// When there is no such file, the engine refuses it, or it is not UTF-8.
pub fn text(path: &str) -> io::Result<String> {
    let bytes = read(path)?;
    String::from_utf8(bytes)
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, format!("data/{path}: {error}")))
}
