//! Colour scales of heat maps: literal colours, since a number must have the same colour in every theme.

use std::ops::RangeInclusive;

/// A colour, red, green and blue.
pub(crate) type Rgb = [u8; 3];

/// From numbers to colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Palette {
    /// Viridis: lighter is more (Smith and van der Walt, 2015).
    Sequential,
    /// Blue below the middle, red above it (`RdBu` of Brewer, 2003).
    Diverging,
    /// Black to white.
    Grey,
}

const VIRIDIS: [Rgb; 9] = [
    [0x44, 0x01, 0x54],
    [0x47, 0x2d, 0x7b],
    [0x3b, 0x52, 0x8b],
    [0x2c, 0x72, 0x8e],
    [0x21, 0x91, 0x8c],
    [0x28, 0xae, 0x80],
    [0x5e, 0xc9, 0x62],
    [0xad, 0xdc, 0x30],
    [0xfd, 0xe7, 0x25],
];
const BLUE_RED: [Rgb; 7] = [
    [0x21, 0x66, 0xac],
    [0x67, 0xa9, 0xcf],
    [0xd1, 0xe5, 0xf0],
    [0xf7, 0xf7, 0xf7],
    [0xfd, 0xdb, 0xc7],
    [0xef, 0x8a, 0x62],
    [0xb2, 0x18, 0x2b],
];
const GREY: [Rgb; 2] = [[0, 0, 0], [255, 255, 255]];

impl Palette {
    /// The colour at `share` of the way from the lowest value to the highest.
    pub(crate) fn at(self, share: f64) -> Rgb {
        let stops: &[Rgb] = match self {
            Self::Sequential => &VIRIDIS,
            Self::Diverging => &BLUE_RED,
            Self::Grey => &GREY,
        };
        let place = share.clamp(0.0, 1.0) * (stops.len() - 1) as f64;
        let below = (place as usize).min(stops.len() - 2);
        let part = place - below as f64;
        let mix = |i: usize| f64::from(stops[below][i]) * (1.0 - part) + f64::from(stops[below + 1][i]) * part;
        [0, 1, 2].map(|i| mix(i).round() as u8)
    }

    /// The limits for values when the author gives none: a diverging scale is symmetric about zero.
    pub(crate) fn limits(self, values: RangeInclusive<f64>) -> (f64, f64) {
        let (low, high) = values.into_inner();
        let (low, high) = if self == Self::Diverging {
            let far = low.abs().max(high.abs());
            (-far, far)
        } else {
            (low, high)
        };
        if low < high { (low, high) } else { (low - 0.5, high + 0.5) }
    }
}

/// The colour of letters that can be read on a colour: black or white by relative luminance (WCAG 2, 2008).
pub(crate) fn ink(on: Rgb) -> &'static str {
    let linear = on.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    let luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    if luminance > 0.179 { "#000" } else { "#fff" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_white_on_dark_cells_and_black_on_light_ones() {
        assert_eq!([0.0, 0.5, 1.0].map(|share| ink(Palette::Sequential.at(share))), ["#fff", "#000", "#000"]);
    }

    #[test]
    fn a_diverging_scale_is_white_at_zero() {
        let (low, high) = Palette::Diverging.limits(-1.0..=3.0);
        assert_eq!(Palette::Diverging.at((0.0 - low) / (high - low)), [0xf7, 0xf7, 0xf7]);
    }
}
