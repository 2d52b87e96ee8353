//! What `show!` picks, and how foreign values look.

use kernel::{ByDebug as _, Shown};
use ml::prelude::*;

/// The text of what `show!` would send.
macro_rules! text {
    ($value:expr) => {
        match &$value {
            value => (&&&Shown(value)).rich().to_plain(),
        }
    };
}

#[test]
fn arrays_are_columns_of_numbers() -> Result {
    let a = array![[1.0, -2.5], [0.125, 1000.0]];
    let tall = Array2::from_shape_fn((150, 12), |(i, j)| (i * j) as f64 / 7.0);
    let cube = Array3::from_shape_fn((2, 2, 3), |(i, j, k)| i + j + k);
    let tensor = Tensor::arange(0f32, 6.0, &Device::Cpu)?.reshape((2, 3))?;
    let all = [
        text!(a),
        text!(a.row(0)),
        text!(a.t()),
        text!(array![1, 2, 3]),
        text!(array![true, false]),
        text!(array![1e-9, 3e-12]),
        text!(array![f64::NAN, f64::INFINITY, 0.5]),
        text!(Array1::linspace(0.0, 1.0, 101)),
        text!(tall),
        text!(cube),
        text!(Array2::<f64>::zeros((0, 3))),
        text!(vec![vec![1.0, 2.0], vec![3.0, 4.5]]),
        text!(tensor),
        text!(tensor.sum_all()?),
    ];
    insta::assert_snapshot!(all.join("\n\n"));
    Ok(())
}

#[test]
fn what_has_no_form_of_its_own_is_shown_by_debug() {
    #[derive(Debug)]
    struct Точка {
        x: f64,
    }
    assert_eq!(text!(Точка { x: 1.5 }), "Точка { x: 1.5 }");
    assert_eq!(text!(vec![0.1 + 0.2]), "[0.30000000000000004]");
    assert_eq!(text!(Точка { x: 2.0 }.x), "2.0");
}

#[test]
fn a_plot_is_a_picture_its_description_and_its_data() {
    let rich = plot::line(([0, 1, 2], [4.0, 2.0, 1.0])).x("итерация").y("MSE").show();
    let kinds: Vec<String> =
        rich.parts.iter().map(|part| format!("{part:?}").split('(').next().unwrap_or_default().to_owned()).collect();
    assert_eq!(kinds, ["Svg", "Alt", "Text", "Table"]);
    assert_eq!(
        rich.to_plain(),
        "График. По горизонтали итерация, по вертикали MSE. Кривая: от 4 при 0 до 1 при 2, убывает."
    );
}

#[test]
fn arrays_and_their_views_are_plotted_as_rows_of_numbers_are() {
    let a = array![[1.0, -2.5], [0.125, 1000.0]];
    let rows = [[1.0, -2.5], [0.125, 1000.0]];
    let columns = [[1.0, 0.125], [-2.5, 1000.0]];
    assert_eq!(
        [plot::heatmap(a.t()).to_svg(), plot::heatmap(&a).to_svg()],
        [plot::heatmap(columns).to_svg(), plot::heatmap(rows).to_svg()]
    );
}
