//! How large a transformer is, and where each of its weights lies.

use std::ops::Range;

use crate::Error;

/// The sizes of a transformer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// How many symbols there are.
    pub symbols: usize,
    /// The length of a state.
    pub width: usize,
    /// How many layers there are.
    pub layers: usize,
    /// Heads of attention in a layer; each has `width / heads` numbers, which are an even number.
    pub heads: usize,
    /// The length of the inner state of the part behind attention.
    pub hidden: usize,
    /// How many symbols it sees at once.
    pub context: usize,
}

/// What a weight does, which says how it is trained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A row a symbol, looked up.
    Embedding,
    /// A row a symbol, multiplied with the last state.
    Output,
    /// A linear map between states: `rows` out, `columns` in; so many maps of the same size one under another.
    Map(usize),
    /// Factors of a normalised state.
    Gain,
}

/// One weight: its name, its role, its size, its place among all numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its name, such as `layers.0.qkv`.
    pub name: String,
    /// What it does.
    pub role: Role,
    /// Rows.
    pub rows: usize,
    /// Columns.
    pub columns: usize,
    /// Where its numbers lie, row by row.
    pub range: Range<usize>,
}

impl Shape {
    /// The length of a head's query.
    pub fn head(self) -> usize {
        self.width / self.heads
    }

    /// Sizes that go together.
    pub(crate) fn check(self) -> Result<(), Error> {
        let Self { symbols, width, layers, heads, hidden, context } = self;
        if [symbols, width, layers, heads, hidden].contains(&0) || context < 2 {
            return Err(Error::File(format!("a size is too small: {self:?}")));
        }
        if !width.is_multiple_of(2 * heads) {
            return Err(Error::File(format!("{heads} heads do not share {width} numbers by an even number each")));
        }
        Ok(())
    }

    /// All weights in order.
    pub fn parts(self) -> Vec<Part> {
        let Self { symbols, width, layers, hidden, .. } = self;
        let mut wanted = vec![("embedding".to_owned(), Role::Embedding, symbols, width)];
        for layer in 0..layers {
            let name = |what: &str| format!("layers.{layer}.{what}");
            wanted.extend([
                (name("norm1"), Role::Gain, 1, width),
                (name("qkv"), Role::Map(3), 3 * width, width),
                (name("out"), Role::Map(1), width, width),
                (name("norm2"), Role::Gain, 1, width),
                (name("gate_up"), Role::Map(2), 2 * hidden, width),
                (name("down"), Role::Map(1), width, hidden),
            ]);
        }
        wanted.push(("norm".to_owned(), Role::Gain, 1, width));
        wanted.push(("output".to_owned(), Role::Output, symbols, width));
        let mut begin = 0;
        let mut place = |(name, role, rows, columns): (String, Role, usize, usize)| {
            let range = begin..begin + rows * columns;
            begin = range.end;
            Part { name, role, rows, columns, range }
        };
        wanted.into_iter().map(&mut place).collect()
    }
}
