//! How arrays and tensors are shown: as numbers in columns, large ones by their corners.

use candle_core::{DType, Tensor};
use kernel::{Rich, Shown};
use ndarray::{ArrayBase, Data, Dimension};

/// Gives `show!` forms of types that are neither the page's nor this crate's.
pub trait ForeignShow {
    /// The forms of the value.
    fn rich(&self) -> Rich;
}

/// A number, or a truth value, of an array.
pub trait Element: Copy {
    /// The number; 1 or 0 for a truth value.
    fn number(self) -> f64;
}

macro_rules! element {
    ($($type:ty)*) => {$(
        impl Element for $type {
            fn number(self) -> f64 {
                self as f64
            }
        }
    )*};
}

element!(f64 f32 i8 i16 i32 i64 isize u8 u16 u32 u64 usize);

impl Element for bool {
    fn number(self) -> f64 {
        f64::from(u8::from(self))
    }
}

impl<A: Element, S: Data<Elem = A>, D: Dimension> ForeignShow for &Shown<&ArrayBase<S, D>> {
    fn rich(&self) -> Rich {
        let values: Vec<f64> = self.0.iter().map(|&value| value.number()).collect();
        Rich::text(numbers("", self.0.shape(), &values))
    }
}

impl<A: Element> ForeignShow for &Shown<&Vec<Vec<A>>> {
    fn rich(&self) -> Rich {
        let width = self.0.first().map_or(0, Vec::len);
        if self.0.iter().any(|row| row.len() != width) {
            let line =
                |row: &Vec<A>| numbers("", &[row.len()], &row.iter().map(|value| value.number()).collect::<Vec<_>>());
            return Rich::text(self.0.iter().map(line).collect::<Vec<_>>().join("\n"));
        }
        let values: Vec<f64> = self.0.iter().flatten().map(|value| value.number()).collect();
        Rich::text(numbers("", &[self.0.len(), width], &values))
    }
}

impl ForeignShow for &Shown<&Tensor> {
    fn rich(&self) -> Rich {
        let tensor = self.0;
        let values =
            tensor.flatten_all().and_then(|flat| flat.to_dtype(DType::F64)).and_then(|flat| flat.to_vec1::<f64>());
        let kind = tensor.dtype().as_str();
        match values {
            Ok(values) => Rich::text(numbers(kind, tensor.dims(), &values)),
            Err(error) => Rich::text(format!("{} {kind}: {error}", shape(tensor.dims()))),
        }
    }
}

/// How many numbers of a row, a column or a stack are shown, and how many at each end when there are more.
const MOST: usize = 10;
const ENDS: usize = 3;

/// Numbers of a shape as text, under their kind and shape where these cannot be seen.
fn numbers(kind: &str, dims: &[usize], values: &[f64]) -> String {
    let write = writer(values);
    let body = match dims {
        [] => write(values.first().copied().unwrap_or(f64::NAN)),
        [_] => format!("[{}]", row(values, &write).join(", ")),
        [.., rows, columns] if values.is_empty() => format!("[] ({rows}×{columns})"),
        [.., rows, columns] => {
            let size = rows * columns;
            let stack = values.len() / size;
            let blocks = shown(stack).into_iter().map(|place| match place {
                Some(place) => matrix(&values[place * size..(place + 1) * size], *columns, &write),
                None => "⋮".to_owned(),
            });
            blocks.collect::<Vec<_>>().join("\n\n")
        }
    };
    let seen = kind.is_empty() && dims.len() <= 2 && dims.iter().all(|&length| length <= MOST);
    if seen { body } else { format!("{} {kind}\n{body}", shape(dims)).replacen(" \n", "\n", 1) }
}

fn shape(dims: &[usize]) -> String {
    match dims {
        [] => "скаляр".to_owned(),
        [length] => format!("вектор длины {length}"),
        _ => dims.iter().map(usize::to_string).collect::<Vec<_>>().join("×"),
    }
}

fn matrix(values: &[f64], columns: usize, write: &dyn Fn(f64) -> String) -> String {
    let lines: Vec<Option<Vec<String>>> = shown(values.len() / columns)
        .into_iter()
        .map(|place| place.map(|place| row(&values[place * columns..(place + 1) * columns], write)))
        .collect();
    let cells = lines.iter().flatten().flatten();
    let width = cells.map(|cell| cell.chars().count()).max().unwrap_or(0);
    let line = |(place, line): (usize, &Option<Vec<String>>)| {
        let open = if place == 0 { "[[" } else { " [" };
        let close = if place + 1 == lines.len() { "]]" } else { "]," };
        match line {
            Some(cells) => {
                let cells: Vec<String> = cells.iter().map(|cell| format!("{cell:>width$}")).collect();
                format!("{open}{}{close}", cells.join(", "))
            }
            None => format!(" {:>width$}", "⋮", width = width + 1),
        }
    };
    lines.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
}

fn row(values: &[f64], write: &dyn Fn(f64) -> String) -> Vec<String> {
    shown(values.len())
        .into_iter()
        .map(|place| place.map_or_else(|| "…".to_owned(), |place| write(values[place])))
        .collect()
}

/// The places that are shown, with `None` where some are left out.
fn shown(count: usize) -> Vec<Option<usize>> {
    if count <= MOST {
        return (0..count).map(Some).collect();
    }
    (0..ENDS).map(Some).chain([None]).chain((count - ENDS..count).map(Some)).collect()
}

/// Writes every number of an array in one way: integers as such, else with as many digits as show four of the largest.
fn writer(values: &[f64]) -> impl Fn(f64) -> String {
    let finite = || values.iter().copied().filter(|value| value.is_finite());
    let largest = finite().fold(0.0, |largest, value| f64::max(largest, value.abs()));
    let integers = finite().all(|value| value.fract() == 0.0) && largest < 1e15;
    let size = largest.log10().floor();
    let most = (3.0 - size).clamp(3.0, 7.0) as usize;
    let needed = |value: f64| format!("{value:.most$}").trim_end_matches('0').split('.').nth(1).map_or(0, str::len);
    let digits = if integers { 0 } else { finite().map(needed).max().unwrap_or(0).max(1) };
    let powers = !integers && !(-4.0..7.0).contains(&size);
    move |value| if powers { format!("{value:.3e}") } else { format!("{value:.digits$}") }
}
