//! The real data of the course; where it comes from and under which licences is said in `data/README.md`.

use std::io;

use ndarray::{Array2, Array3};

use super::{Labelled, csv, read};

/// 150 irises of three species, 50 each: lengths and widths of sepals and petals in centimetres (Fisher, 1936).
///
/// There are two versions of this set. This is Fisher's own, as in R and scikit-learn; the copy of UCI has errors in flowers
/// 35 and 38.
///
/// # Panics
/// When `data/iris.csv` cannot be read.
#[track_caller]
pub fn iris() -> Labelled {
    let names = ["sepal_length", "sepal_width", "petal_length", "petal_width"];
    let load = || {
        let table = csv("iris.csv")?;
        let species = table.texts("species")?;
        let mut classes = species.clone();
        classes.dedup();
        let place = |name: &String| classes.iter().position(|class| class == name);
        let y: Option<Vec<usize>> = species.iter().map(place).collect();
        let features = ["длина чашелистика, см", "ширина чашелистика, см", "длина лепестка, см", "ширина лепестка, см"];
        Ok(Labelled {
            x: table.matrix(names)?,
            y: y.expect("every species is among the species"),
            features: features.map(str::to_owned).to_vec(),
            classes,
        })
    };
    carried(load())
}

/// 1797 handwritten digits of 13 people, 8 × 8 pixels each, row by row, of brightness 0 to 16 (Alpaydin and Kaynak, 1998).
///
/// This is the test part of the set, as in scikit-learn. One picture: `digits.x.row(k)` in shape `(8, 8)`.
///
/// # Panics
/// When `data/digits.csv` cannot be read.
#[track_caller]
pub fn digits() -> Labelled {
    let load = || {
        let table = csv("digits.csv")?;
        let features: Vec<String> = table.columns().iter().filter(|name| *name != "digit").cloned().collect();
        Ok(Labelled {
            x: table.matrix(&features)?,
            y: table.numbers("digit")?.iter().map(|&digit| digit as usize).collect(),
            features,
            classes: (0..10).map(|digit| digit.to_string()).collect(),
        })
    };
    carried(load())
}

/// A photograph of a man with a camera, 128 × 128 pixels of brightness 0 (black) to 1 (white) (Lav Varshney, CC0).
///
/// # Panics
/// When `data/picture.png` cannot be read.
#[track_caller]
pub fn picture() -> Array2<f64> {
    let load = || {
        let (shape, pixels) = pixels("picture.png", png::ColorType::Grayscale)?;
        Array2::from_shape_vec(shape, pixels).map_err(io::Error::other)
    };
    carried(load())
}

/// A painted sunset over a lake, 128 × 128 pixels (row, column, red–green–blue) of brightness 0 to 1; made by `ml/examples/colour.rs`.
///
/// # Panics
/// When `data/colour.png` cannot be read.
#[track_caller]
pub fn colour_picture() -> Array3<f64> {
    let load = || {
        let ((rows, columns), pixels) = pixels("colour.png", png::ColorType::Rgb)?;
        Array3::from_shape_vec((rows, columns, 3), pixels).map_err(io::Error::other)
    };
    carried(load())
}

/// Rows and columns of a picture, and its numbers from 0 to 1.
fn pixels(path: &str, colour: png::ColorType) -> io::Result<((usize, usize), Vec<f64>)> {
    let mut reader = png::Decoder::new(io::Cursor::new(read(path)?)).read_info()?;
    let mut bytes = vec![0; reader.output_buffer_size().unwrap_or(0)];
    let info = reader.next_frame(&mut bytes)?;
    if (info.color_type, info.bit_depth) != (colour, png::BitDepth::Eight) {
        return Err(io::Error::other(format!("data/{path}: {:?} of {:?} bits", info.color_type, info.bit_depth)));
    }
    let shape = (info.height as usize, info.width as usize);
    Ok((shape, bytes.into_iter().map(|byte| f64::from(byte) / 255.0).collect()))
}

/// The course's own data: without it there is nothing a page could do.
#[track_caller]
pub(super) fn carried<T>(data: io::Result<T>) -> T {
    data.unwrap_or_else(|error| panic!("the data of the course cannot be read: {error}"))
}
