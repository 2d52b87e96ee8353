//! A small book for every test, and the tool that is tested.

pub use book_test::{BookTest, Chance, count, pages};

/// The fixture.
pub fn book() -> BookTest {
    BookTest::new(env!("CARGO_BIN_EXE_book"))
}

/// A folder without anything.
pub fn nothing() -> BookTest {
    BookTest::empty(env!("CARGO_BIN_EXE_book"))
}
