//! What cannot be drawn is told, with the series, the place in it and what to do.

use std::panic::catch_unwind;

use plots::plot::{self, Panels, Plot};

/// The message of a plot that cannot be drawn, without the place of this file.
fn refusal(plot: impl FnOnce() -> Plot + std::panic::UnwindSafe) -> String {
    let Err(panic) = catch_unwind(|| plot().to_svg()) else { return "нарисовано".to_owned() };
    let message = panic.downcast_ref::<String>().map_or("", |message| message);
    let (message, place) = message.rsplit_once(" (").unwrap_or((message, ""));
    assert!(place.starts_with("preprocessors/plots/tests/suite/refused.rs:"), "{message} / {place}");
    message.to_owned()
}

macro_rules! refused {
    ($($plot:expr),+ $(,)?) => {
        [$((stringify!($plot).split_whitespace().collect::<Vec<_>>().join(" "), refusal(|| $plot))),+]
            .map(|(code, message)| format!("{code}\n    {message}"))
            .join("\n")
    };
}

const XS: [f64; 3] = [2.0, 3.0, 4.0];

#[test]
fn points_without_a_place_are_told_by_series_and_index() {
    let told = refused![
        plot::line([1.0, f64::INFINITY, 2.0]),
        plot::line((XS, [1.0, 2.0, 3.0])).name("есть").and(plot::line((XS, XS.map(|x| (1.0 - x).sqrt()))).name("нет")),
        plot::line([1.0, 2.0]).and(plot::scatter([(0.0, 1.0), (f64::NAN, 1.0), (f64::NAN, 2.0)])),
        plot::line([0.0, 1.0, 2.0]).log_y(),
        plot::line([1.0, 2.0, -3.0]).name("потери").log_y(),
        plot::scatter([1.0, 2.0]).log_x(),
        plot::function(|x| 1.0 / x, -1.0..=1.0),
        plot::line(Vec::<f64>::new()).name("пусто"),
        plot::errors(([1.0, 2.0], [1.0, 2.0]), [0.1, f64::NAN]),
        plot::errors(([1.0, 2.0], [1.0, 2.0]), [0.1, -0.1]),
        plot::polygon([(0.0, 0.0), (1.0, f64::NAN), (1.0, 1.0)]),
        plot::polygon([(0.0, 0.0), (1.0, 1.0)]),
        plot::band([1.0, 2.0], [0.0, 1.0], [1.0, f64::NAN]),
        plot::arrows([((0.0, 0.0), (f64::NAN, 1.0)), ((0.0, 0.0), (1.0, 1.0))]),
        plot::field(|x, y| (1.0 / (x * y), 0.0), -1.0..=1.0, -1.0..=1.0),
    ];
    insta::assert_snapshot!(told);
}

#[test]
fn counts_matrices_and_functions_are_told_by_their_places() {
    let told = refused![
        plot::bar(["кот", "пёс"], [1.0, f64::NAN]),
        plot::bar(["кот", "пёс"], [1.0, 0.0]).log_y(),
        plot::bar(Vec::<String>::new(), Vec::<f64>::new()),
        plot::bar(["кот"], [1.0]).and(plot::bar(["кот"], [-1.0])).stacked(),
        plot::bar(["кот"], [1.0]).stacked().log_y(),
        plot::histogram([1.0, f64::NAN]),
        plot::histogram(Vec::<f64>::new()),
        plot::histogram([0.0, 1.0]).log_x(),
        plot::heatmap([[1.0, f64::NAN]]),
        plot::heatmap(Vec::<Vec<f64>>::new()),
        plot::heatmap([[1.0, 2.0]]).log_x(),
        plot::heatmap(vec![vec![0.0; 3]; 5000]),
        plot::image(vec![vec![0.0; 4000]; 30]),
        plot::contour(|x, y| (x * y).sqrt(), -1.0..=1.0, -1.0..=1.0),
        plot::contour(|_, _| 3.0, -1.0..=1.0, -1.0..=1.0),
        plot::contour(|x, _| x, 0.0..=1.0, 0.0..=1.0).levels([0.5, 7.0]),
        plot::regions(|x, _| if x < 0.0 { 1 } else { 9 }, -1.0..=1.0, -1.0..=1.0),
        plot::timeline([("ядро", 2.0, 1.0, "F")]),
        plot::timeline([("ядро", 0.0, f64::INFINITY, "F")]),
    ];
    insta::assert_snapshot!(told);
}

#[test]
fn what_the_frame_leaves_out_wholly_is_told() {
    let told = refused![
        plot::line([1.0, 2.0]).x_range(5.0..=6.0),
        plot::scatter([(0.0, 0.0), (1.0, 1.0)]).x_range(0.4..=0.6),
        plot::line([1.0, 2.0]).log_y().y_range(0.0..=1.0),
        plot::line([1.0, 2.0]).y_range(0.0..=3.0).hline(4.0, "порог"),
        plot::line([1.0, 2.0]).x_range(0.0..=1.0).vline(-1.0, ""),
        plot::line([1.0, 2.0]).log_y().hline(0.0, "ноль"),
        plot::line([1.0, 2.0]).note(0.5, 9.0, "пик"),
        plot::line([1.0, 2.0]).x_range(0.0..=1.0).shade_x(2.0..=3.0, "разогрев"),
        plot::arrows([((0.0, 0.0), (5.0, 1.0))]).x_range(0.0..=1.0),
        plot::bar(["кот"], [1.0]).y_range(2.0..=3.0),
    ];
    insta::assert_snapshot!(told);
}

#[test]
fn an_allowed_gap_is_a_gap_and_the_texts_say_so() {
    let plots = [
        plot::line([1.0, f64::NAN, 2.0, 3.0]).gaps(),
        plot::line([0.0, 1.0, 2.0]).name("потери").log_y().gaps(),
        plot::scatter([(0.0, 1.0), (f64::NAN, 1.0)]).gaps(),
        plot::bar(["кот", "пёс"], [1.0, f64::NAN]).gaps(),
        plot::heatmap([[1.0, f64::NAN], [2.0, 3.0]]).gaps(),
        plot::histogram([1.0, 2.0, f64::NAN]).gaps(),
        plot::band([0.0, 1.0, 2.0, 3.0], [0.0; 4], [1.0, f64::NAN, 1.0, 2.0]).gaps(),
        plot::line([1.0, 5.0, 2.0]).y_range(0.0..=3.0),
        plot::scatter([(0.0, 1.0), (9.0, 1.0)]).x_range(-1.0..=1.0),
    ];
    let told = plots.map(|plot| {
        assert!(!plot.to_svg().contains("NaN"));
        let rich = kernel::Show::show(&plot);
        let table = rich
            .parts
            .iter()
            .find_map(|part| if let kernel::Part::Table(t) = part { Some(t.to_plain()) } else { None });
        format!("{}\n{}", rich.to_plain(), table.unwrap_or_default())
    });
    insta::assert_snapshot!(told.join("\n\n"));
}

#[test]
fn even_with_gaps_a_series_needs_something_to_draw() {
    let told = refused![
        plot::line([f64::NAN, f64::INFINITY]).name("нет").gaps(),
        plot::bar(["кот"], [f64::NAN]).gaps(),
        plot::heatmap([[f64::NAN]]).gaps(),
        plot::line([0.0, -1.0]).log_y().gaps(),
    ];
    insta::assert_snapshot!(told);
}

#[test]
fn a_panel_is_refused_as_a_plot_is() {
    let panels: fn() -> Panels = || plot::panels([plot::line([1.0, 2.0]), plot::line([f64::NAN, 1.0]).name("б")]);
    let panic = catch_unwind(|| panels().to_svg()).unwrap_err();
    assert!(panic.downcast_ref::<String>().unwrap().starts_with("plot: line «б»: point 0 is (0, NaN)"));
}

#[test]
fn a_lone_point_of_a_line_is_a_dot() {
    let dots = |plot: Plot| plot.to_svg().matches("stroke-linecap=\"round\" d=\"M").count();
    assert_eq!(dots(plot::line([5.0])), 1);
    assert_eq!(dots(plot::line([1.0, f64::NAN, 2.0, f64::NAN, 1.0, 2.0]).gaps()), 1);
    assert_eq!(dots(plot::line([5.0]).steps()), 1);
    assert_eq!(dots(plot::line([1.0, 2.0])), 0);
}

#[test]
fn blocks_of_a_tall_matrix_are_averaged_on_request() {
    let tall: Vec<Vec<f64>> = (0..5000).map(|row| vec![f64::from(row); 3]).collect();
    let plot = plot::heatmap(tall).averaged(200, 3);
    assert!(
        kernel::Show::show(&plot).to_plain().contains("Тепловая карта 200×3, значения от 12 до 4987"),
        "{}",
        kernel::Show::show(&plot).to_plain()
    );
}
