//! Russian text as words and sentences: one rule for cells, for the counts of `stats` and for spelling.
//!
//! A **word** is a run of letters and digits with hyphens and apostrophes between them: «кто-то», «19-м», «x2». A number is one word,
//! however many groups and commas it has: «3,14», «10 000» with a no-break space. A formula, a piece of code or a computed value is
//! one word too, because it is read as one: whoever takes a page apart puts [`FORMULA`] in its place.
//!
//! A **sentence** ends with a full stop, an exclamation mark, a question mark or an ellipsis, and with the quotes and brackets behind,
//! where the next one begins: with a capital letter, a digit or a formula, behind quotes and a dash or not. So «„Кто?“ — спросил он» goes on, and «Да… нет» does
//! too. Behind initials («Б. Т. Поляк») and abbreviations («рис. 3», «т. е.») it goes on whatever follows, but for those that end an
//! enumeration («и т. д. Вот») and the year of a date («в 1799 г. Потом»). An empty line ends a sentence, a line break does not.
//!
//! UAX 29 (unicode-segmentation) was refused: «…» ends nothing there, a line break ends a sentence, and behind a formula it
//! looks for a small letter however far.

mod sentences;
mod words;

pub use crate::sentences::sentences;
pub use crate::words::{words, words_at};

/// What stands for a formula, a piece of code or a value: a word of its own.
pub const FORMULA: char = 'ℱ';

/// How many words a text has.
pub fn count(text: &str) -> usize {
    words_at(text).count()
}
