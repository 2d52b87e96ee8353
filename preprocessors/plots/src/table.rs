//! Tables of what was computed: numbers to the right, words to the left.
//!
//! ```
//! use plots::table::{self, table};
//! table::new().column("метод", ["GD", "Ньютон"]).column("шагов", [310, 6]).column("ошибка", [1.2e-3, 4.0e-12]);
//! table(["метод", "шагов"], [("GD", 310), ("Ньютон", 6)]);
//! ```

use crate::language::word;
use kernel::{Align, Rich, Show};

use crate::number::{fixed, significant};

/// An empty table, to which [`Table::column`] adds.
pub fn new() -> Table {
    Table { columns: Vec::new(), digits: None }
}

/// A table from the names of its columns and its rows: tuples, arrays or vectors.
///
/// # Panics
/// When a row is not as long as the names.
#[track_caller]
pub fn table<R: Row>(names: impl IntoIterator<Item = impl Into<String>>, rows: impl IntoIterator<Item = R>) -> Table {
    let mut columns: Vec<Column> =
        names.into_iter().map(|name| Column { name: name.into(), cells: Vec::new() }).collect();
    for (place, row) in rows.into_iter().enumerate() {
        let cells = row.cells();
        assert!(
            cells.len() == columns.len(),
            "table: row {place} has {} cells for {} names",
            cells.len(),
            columns.len()
        );
        columns.iter_mut().zip(cells).for_each(|(column, cell)| column.cells.push(cell));
    }
    Table { columns, digits: None }
}

/// Named columns of numbers and words.
#[derive(Clone, Debug)]
#[must_use = "a table is shown as the last expression of a cell or by `show!`"]
pub struct Table {
    columns: Vec<Column>,
    digits: Option<usize>,
}

#[derive(Clone, Debug)]
struct Column {
    name: String,
    cells: Vec<Cell>,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// A word, at the left edge.
    Word(String),
    /// An integer, written out.
    Integer(i128),
    /// A real number, written with the digits of its column.
    Real(f64),
}

impl Table {
    /// Adds a column.
    ///
    /// # Panics
    /// When it is not as long as the first one.
    #[track_caller]
    pub fn column<C: Into<Cell>>(mut self, name: impl Into<String>, cells: impl IntoIterator<Item = C>) -> Self {
        let (name, cells) = (name.into(), cells.into_iter().map(Into::into).collect::<Vec<Cell>>());
        if let Some(first) = self.columns.first() {
            let (found, wanted) = (cells.len(), first.cells.len());
            assert!(found == wanted, "table: column `{name}` has {found} cells, the first one {wanted}");
        }
        self.columns.push(Column { name, cells });
        self
    }

    /// Writes real numbers with this many digits after the point; four significant ones unless told.
    pub fn digits(mut self, digits: usize) -> Self {
        self.digits = Some(digits);
        self
    }
}

impl Show for Table {
    fn show(&self) -> Rich {
        let rows = self.columns.iter().map(|column| column.cells.len()).max().unwrap_or(0);
        let texts: Vec<Vec<String>> = self.columns.iter().map(|column| column.texts(self.digits)).collect();
        Rich::table(kernel::Table {
            columns: self.columns.iter().map(|column| (column.name.clone(), column.align())).collect(),
            rows: (0..rows).map(|row| texts.iter().map(|column| column[row].clone()).collect()).collect(),
        })
    }
}

impl Column {
    fn align(&self) -> Align {
        let words = self.cells.iter().any(|cell| matches!(cell, Cell::Word(_)));
        if words { Align::Left } else { Align::Right }
    }

    fn texts(&self, digits: Option<usize>) -> Vec<String> {
        let digits = digits.or_else(|| self.common());
        let text = |cell: &Cell| match cell {
            Cell::Word(word) => word.clone(),
            Cell::Integer(number) if number.unsigned_abs() < 1 << 53 => fixed(*number as f64, 0),
            Cell::Integer(number) => number.to_string(),
            Cell::Real(number) if number.is_nan() => "—".to_owned(),
            Cell::Real(number) => match digits {
                Some(digits) if number.is_finite() => fixed(*number, digits),
                _ => significant(*number, 4),
            },
        };
        self.cells.iter().map(text).collect()
    }

    /// The digits after the point that show four significant ones of every number, unless the numbers are too different.
    fn common(&self) -> Option<usize> {
        let real = |cell: &Cell| if let Cell::Real(number) = cell { Some(number.abs()) } else { None };
        let sizes: Vec<f64> =
            self.cells.iter().filter_map(real).filter(|size| size.is_finite() && *size > 0.0).collect();
        let most = sizes.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let least = sizes.iter().copied().fold(f64::INFINITY, f64::min);
        if sizes.is_empty() || most / least > 1e4 || !(1e-4..1e7).contains(&most) {
            return None;
        }
        let decimals = |&size: &f64| significant(size, 4).split_once('.').map_or(0, |(_, fraction)| fraction.len());
        sizes.iter().map(decimals).max()
    }
}

macro_rules! integer {
    ($($type:ty)*) => {$(
        impl From<$type> for Cell {
            fn from(number: $type) -> Self {
                Self::Integer(number as i128)
            }
        }
        impl From<&$type> for Cell {
            fn from(number: &$type) -> Self {
                Self::Integer(*number as i128)
            }
        }
    )*};
}

integer!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 usize);

macro_rules! cell {
    ($($type:ty, $value:ident => $cell:expr;)*) => {$(
        impl From<$type> for Cell {
            fn from($value: $type) -> Self {
                $cell
            }
        }
    )*};
}

cell! {
    f64, number => Self::Real(number);
    &f64, number => Self::Real(*number);
    f32, number => Self::Real(f64::from(number));
    &f32, number => Self::Real(f64::from(*number));
    &str, word => Self::Word(word.to_owned());
    &&str, word => Self::Word((*word).to_owned());
    String, word => Self::Word(word);
    &String, word => Self::Word(word.clone());
    char, letter => Self::Word(letter.to_string());
    bool, holds => Self::Word(if holds { word("да", "yes") } else { word("нет", "none") }.to_owned());
}

/// A row of a table.
pub trait Row {
    /// Its cells from left to right.
    fn cells(self) -> Vec<Cell>;
}

impl<C: Into<Cell>, const N: usize> Row for [C; N] {
    fn cells(self) -> Vec<Cell> {
        self.into_iter().map(Into::into).collect()
    }
}

impl<C: Into<Cell>> Row for Vec<C> {
    fn cells(self) -> Vec<Cell> {
        self.into_iter().map(Into::into).collect()
    }
}

macro_rules! row {
    ($($name:ident)*) => {
        impl<$($name: Into<Cell>),*> Row for ($($name,)*) {
            fn cells(self) -> Vec<Cell> {
                #[expect(non_snake_case, reason = "the names of the types serve as names of the values")]
                let ($($name,)*) = self;
                vec![$($name.into()),*]
            }
        }
    };
}

row!(A);
row!(A B);
row!(A B C);
row!(A B C D);
row!(A B C D E);
row!(A B C D E F);
row!(A B C D E F G);
row!(A B C D E F G H);
