//! Matrices as pictures: a PNG with a palette, inside the SVG as a data address.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::colour::{Palette, Rgb};
use super::dense::Dense;

/// Steps of colour; the eye tells fewer apart, and the palette is a part of every picture.
const STEPS: usize = 128;
const CLEAR: u8 = STEPS as u8;

/// The address of a PNG in which every number is a pixel; what is not finite is transparent.
pub(crate) fn data_uri(matrix: &Dense, palette: Palette, limits: (f64, f64)) -> String {
    // Some readers of PDF smooth what is small: a cell is several pixels, which compress to almost nothing.
    let zoom = (160 / matrix.shape().0.max(matrix.shape().1).max(1)).max(1);
    data_uri_zoomed(matrix, palette, limits, zoom)
}

/// As [`data_uri`], with one pixel a number, for pictures that browsers may smooth.
pub(crate) fn data_uri_smooth(matrix: &Dense, palette: Palette, limits: (f64, f64)) -> String {
    data_uri_zoomed(matrix, palette, limits, 1)
}

/// The address of a PNG of coloured pixels.
pub(crate) fn colour_uri(pixels: &Dense<Rgb>) -> String {
    let (rows, columns) = pixels.shape();
    let zoom = (160 / rows.max(columns).max(1)).max(1);
    let wide =
        |row: &[Rgb]| row.iter().flat_map(|&pixel| std::iter::repeat_n(pixel, zoom)).flatten().collect::<Vec<u8>>();
    let bytes: Vec<u8> = pixels.rows().flat_map(|row| std::iter::repeat_n(wide(row), zoom)).flatten().collect();
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, (columns * zoom) as u32, (rows * zoom) as u32);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_compression(png::Compression::High);
    let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(&bytes));
    written.expect("writing to memory does not fail, and there is a colour for every pixel");
    format!("data:image/png;base64,{}", STANDARD.encode(out))
}

fn data_uri_zoomed(matrix: &Dense, palette: Palette, limits: (f64, f64), zoom: usize) -> String {
    let index = |value: f64| {
        if !value.is_finite() {
            return CLEAR;
        }
        let share = ((value - limits.0) / (limits.1 - limits.0)).clamp(0.0, 1.0);
        (share * (STEPS - 1) as f64).round() as u8
    };
    let mut pixels = Vec::with_capacity(matrix.values().len() * zoom * zoom);
    for row in matrix.rows() {
        let line: Vec<u8> = row.iter().flat_map(|&value| std::iter::repeat_n(index(value), zoom)).collect();
        for _ in 0..zoom {
            pixels.extend_from_slice(&line);
        }
    }
    // Only the colours that occur, in the order of their values.
    let mut used: Vec<u8> = pixels.clone();
    used.sort_unstable();
    used.dedup();
    let place = |index: u8| used.partition_point(|&other| other < index) as u8;
    pixels.iter_mut().for_each(|pixel| *pixel = place(*pixel));
    let colour = |&index: &u8| palette.at(f64::from(index.min(CLEAR - 1)) / (STEPS - 1) as f64);
    let colours: Vec<u8> = used.iter().flat_map(colour).collect();
    let opacity: Vec<u8> = used.iter().map(|&index| if index == CLEAR { 0 } else { 255 }).collect();
    let size = ((matrix.shape().1 * zoom) as u32, (matrix.shape().0 * zoom) as u32);
    let opacity = if opacity.contains(&0) { Some(opacity) } else { None };
    format!("data:image/png;base64,{}", STANDARD.encode(encode(size, &pixels, colours, opacity)))
}

fn encode((width, height): (u32, u32), pixels: &[u8], colours: Vec<u8>, opacity: Option<Vec<u8>>) -> Vec<u8> {
    let depth = match colours.len() / 3 {
        0..=2 => png::BitDepth::One,
        3..=4 => png::BitDepth::Two,
        5..=16 => png::BitDepth::Four,
        _ => png::BitDepth::Eight,
    };
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(depth);
    encoder.set_compression(png::Compression::High);
    encoder.set_palette(colours);
    if let Some(opacity) = opacity {
        encoder.set_trns(opacity);
    }
    let bits = depth as usize;
    let packed: Vec<u8> = pixels.chunks(width as usize).flat_map(|row| pack(row, bits)).collect();
    let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(&packed));
    written.expect("writing to memory does not fail, and the palette holds every index");
    out
}

/// A row of indices in `bits` bits each, from the high end of every byte.
fn pack(row: &[u8], bits: usize) -> Vec<u8> {
    let per_byte = 8 / bits;
    let byte = |indices: &[u8]| {
        indices.iter().enumerate().fold(0, |byte, (place, index)| byte | index << (8 - bits * (place + 1)))
    };
    row.chunks(per_byte).map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_matrix_is_a_small_picture() {
        let uri = data_uri(&Dense::new((2, 2), vec![0.0, 1.0, f64::NAN, 0.0]), Palette::Grey, (0.0, 1.0));
        assert!(uri.len() < 400, "{} bytes", uri.len());
        let png = STANDARD.decode(uri.trim_start_matches("data:image/png;base64,")).unwrap();
        let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
        decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::ALPHA);
        let mut reader = decoder.read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap();
        let at = |x: usize, y: usize| &pixels[(y * 160 + x) * 4..][..4];
        assert_eq!([at(10, 10), at(150, 10)], [[0, 0, 0, 255], [255, 255, 255, 255]]);
        assert_eq!(at(10, 150)[3], 0);
    }
}
