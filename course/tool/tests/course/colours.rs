//! Colours of the theme's plots, as eyes see them that miss one kind of cones: any two of them are told apart, and from the paper.
//!
//! Sight: Machado, Oliveira and Fernandes, 2009, severity 1. Difference: CIEDE2000.

use std::path::Path;

type Rgb = [f64; 3];

const SIGHTS: [(&str, [Rgb; 3]); 4] = [
    ("all cones", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    ("protanopia", [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    (
        "deuteranopia",
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    ),
    ("tritanopia", [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
];
/// Lines of a plot lie apart, and are told apart from this difference on.
const LEAST: f64 = 10.0;
/// WCAG 1.4.11, for what is no text.
const CONTRAST: f64 = 3.0;

/// Red, green and blue as light, from `#rrggbb`.
fn linear(hex: &str) -> Rgb {
    let part = |at: usize| {
        let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).expect("it is a colour")) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    [part(1), part(3), part(5)]
}

fn times(matrix: &[Rgb; 3], colour: Rgb) -> Rgb {
    matrix.map(|row| row.iter().zip(colour).map(|(a, b)| a * b).sum())
}

fn lab(light: Rgb) -> Rgb {
    const XYZ: [Rgb; 3] =
        [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]];
    let f = |value: f64| if value > 0.008856 { value.cbrt() } else { 7.787 * value + 16.0 / 116.0 };
    let [x, y, z] = times(&XYZ, light.map(|part| part.clamp(0.0, 1.0)));
    let [x, y, z] = [f(x / 0.95047), f(y), f(z / 1.08883)];
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// CIEDE2000 of two colours in Lab.
fn difference([l1, a1, b1]: Rgb, [l2, a2, b2]: Rgb) -> f64 {
    let seventh = |chroma: f64| (chroma.powi(7) / (chroma.powi(7) + 25_f64.powi(7))).sqrt();
    let g = 0.5 * (1.0 - seventh((a1.hypot(b1) + a2.hypot(b2)) / 2.0));
    let (a1, a2) = (a1 * (1.0 + g), a2 * (1.0 + g));
    let (c1, c2) = (a1.hypot(b1), a2.hypot(b2));
    let hue = |a: f64, b: f64| b.atan2(a).to_degrees().rem_euclid(360.0);
    let (h1, h2) = (hue(a1, b1), hue(a2, b2));
    let turn = (h2 - h1 + 180.0).rem_euclid(360.0) - 180.0;
    let dh = 2.0 * (c1 * c2).sqrt() * (turn / 2.0).to_radians().sin();
    let (l, c) = ((l1 + l2) / 2.0, (c1 + c2) / 2.0);
    let h = if (h1 - h2).abs() > 180.0 { (h1 + h2 + 360.0) / 2.0 } else { (h1 + h2) / 2.0 };
    let cos = |degrees: f64| degrees.to_radians().cos();
    let t = 1.0 - 0.17 * cos(h - 30.0) + 0.24 * cos(2.0 * h) + 0.32 * cos(3.0 * h + 6.0) - 0.2 * cos(4.0 * h - 63.0);
    let s = 1.0 + 0.015 * (l - 50.0).powi(2) / (20.0 + (l - 50.0).powi(2)).sqrt();
    let turned = (60.0 * (-((h - 275.0) / 25.0).powi(2)).exp()).to_radians().sin();
    let (dl, dc, dh) = ((l2 - l1) / s, (c2 - c1) / (1.0 + 0.045 * c), dh / (1.0 + 0.015 * c * t));
    (dl * dl + dc * dc + dh * dh - turned * 2.0 * seventh(c) * dc * dh).sqrt()
}

/// `--plot-NAME: light-dark(#…, #…)` of the theme, for the light theme and for the dark one.
fn colours(name: &str) -> [String; 2] {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../theme/css/variables.css");
    let text = std::fs::read_to_string(file).expect("the theme has colours");
    let (_, rest) = text.split_once(&format!("--plot-{name}: light-dark(")).expect("the colour is said");
    let (light, dark) = rest.split(')').next().and_then(|pair| pair.split_once(", ")).expect("there are two");
    [light.to_owned(), dark.to_owned()]
}

#[test]
fn a_difference_is_what_its_authors_say_it_is() {
    // Sharma, Wu and Dalal, 2005, pairs 1, 17 and 25.
    let pairs = [
        ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
        ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
        ([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644),
    ];
    for (left, right, expected) in pairs {
        assert!((difference(left, right) - expected).abs() < 1e-4, "{left:?}: {}", difference(left, right));
    }
}

#[test]
fn any_two_colours_of_plots_are_told_apart_without_one_kind_of_cones() {
    let names = ["1", "2", "3", "4", "5", "6", "7", "8", "accent"];
    let mut close = Vec::new();
    for theme in 0..2 {
        let seen: Vec<Rgb> = names.iter().map(|name| linear(&colours(name)[theme])).collect();
        for (sight, matrix) in &SIGHTS {
            let looks: Vec<Rgb> = seen.iter().map(|colour| lab(times(matrix, *colour))).collect();
            for (at, left) in looks.iter().enumerate() {
                for (other, right) in looks.iter().enumerate().skip(at + 1) {
                    let far = difference(*left, *right);
                    if far < LEAST {
                        close.push(format!("{} and {} with {sight}: {far:.1}", names[at], names[other]));
                    }
                }
            }
        }
        let luminance = |light: Rgb| 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2] + 0.05;
        let paper = luminance(linear(&colours("bg")[theme]));
        for (name, colour) in names.iter().zip(&seen) {
            let contrast = (luminance(*colour).max(paper)) / (luminance(*colour).min(paper));
            if contrast < CONTRAST {
                close.push(format!("{name} and the paper: {contrast:.2} to 1"));
            }
        }
    }
    assert!(close.is_empty(), "{}", close.join("\n"));
}
