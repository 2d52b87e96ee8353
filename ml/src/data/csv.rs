//! Tables in files.

use std::fmt;
use std::io;

use ndarray::{Array1, Array2};

/// A table whose first line names its columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Csv {
    path: String,
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// Reads a table of the folder `data`: commas between fields, names of the columns in the first line.
///
/// # Errors
/// When the file cannot be read, or its lines differ in length.
pub fn csv(path: &str) -> io::Result<Csv> {
    let bytes = super::read(path)?;
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let columns = reader.headers().map_err(io::Error::from)?.iter().map(str::to_owned).collect();
    let row = |record: Result<csv::StringRecord, csv::Error>| Ok(record?.iter().map(str::to_owned).collect());
    let rows = reader.records().map(row).collect::<Result<_, csv::Error>>()?;
    Ok(Csv { path: path.to_owned(), columns, rows })
}

impl Csv {
    /// How many rows there are below the names.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The names of the columns.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// A column as texts.
    ///
    /// # Errors
    /// When there is no such column.
    pub fn texts(&self, column: &str) -> io::Result<Vec<String>> {
        let place = self.place(column)?;
        Ok(self.rows.iter().map(|row| row[place].clone()).collect())
    }

    /// A column as numbers.
    ///
    /// # Errors
    /// When there is no such column, or a field is not a number; the message names its line.
    pub fn numbers(&self, column: &str) -> io::Result<Array1<f64>> {
        let place = self.place(column)?;
        self.rows.iter().enumerate().map(|(row, fields)| self.number(row, &fields[place])).collect()
    }

    /// Columns as a matrix, in the order they are named.
    ///
    /// # Errors
    /// As [`numbers`](Self::numbers).
    pub fn matrix<S: AsRef<str>>(&self, columns: impl IntoIterator<Item = S>) -> io::Result<Array2<f64>> {
        let places: Vec<usize> =
            columns.into_iter().map(|column| self.place(column.as_ref())).collect::<io::Result<_>>()?;
        let mut matrix = Array2::zeros((self.len(), places.len()));
        for (row, fields) in self.rows.iter().enumerate() {
            for (to, &from) in places.iter().enumerate() {
                matrix[[row, to]] = self.number(row, &fields[from])?;
            }
        }
        Ok(matrix)
    }

    fn place(&self, column: &str) -> io::Result<usize> {
        let place = self.columns.iter().position(|name| name == column);
        place.ok_or_else(|| self.wrong(format_args!("there is no column `{column}` among {:?}", self.columns)))
    }

    fn number(&self, row: usize, field: &str) -> io::Result<f64> {
        field.trim().parse().map_err(|_| self.wrong(format_args!("line {}: `{field}` is not a number", row + 2)))
    }

    fn wrong(&self, message: fmt::Arguments<'_>) -> io::Error {
        io::Error::new(io::ErrorKind::InvalidData, format!("data/{}: {message}", self.path))
    }
}
