//! What a live figure and its script weigh on the wire.

use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::site::run;

fn compressed(text: &str) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text.as_bytes()).expect("a list of bytes takes all");
    encoder.finish().expect("a list of bytes takes all").len()
}

/// A line of a hundred points in so many states: the picture, the knob and all states, compressed.
fn line(states: usize) -> usize {
    let step = 2.0 / (states - 1) as f64;
    let text = format!(
        "```rust cell hide live\n//| alt: Затухающая волна.\nlet s = input::frames(\"шаг\", 1..={states}).default(1);\n\
         let k = 1.0 + {step} * s as f64;\n\
         plot::line((0..100).map(|x| f64::from(x) / 10.0).map(|x| (x, (-x / 8.0).exp() * (k * x).sin()))).y_range(-1.0..=1.0)\n```\n"
    );
    let page = run(&[("src/линия.md".to_owned(), text)]).remove(0);
    let (before, data) = page.split_once("<details class=\"output-data\"").expect("the figure has its data");
    let (_, after) = data.split_once("</details>").expect("the data end");
    assert!(after.contains("class=\"live-data\""));
    compressed(&format!("{before}{after}"))
}

#[test]
fn a_line_plot_in_many_states_is_small() {
    let (twenty, many) = (line(20), line(400));
    assert!(twenty <= 5_000 && many <= 30_000, "{twenty} bytes for 20 states, {many} for 400");
}

#[test]
fn the_script_is_small() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../theme/live.js");
    let size = compressed(&std::fs::read_to_string(script).expect("the theme is there"));
    assert!(size <= 6_000, "{size} bytes");
}
