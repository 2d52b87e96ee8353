//! What a claim can read of a figure.

use plots::plot;

#[test]
fn a_series_is_read_as_it_is_drawn() {
    let figure = plot::line([3.0, f64::NAN, 0.5]).gaps().name("NAG").and(plot::bar(["кот"], [7.0]).name("счёт"));
    let series = figure.series("NAG");
    assert_eq!(series.points(), [(0.0, 3.0), (2.0, 0.5)]);
    assert_eq!((series.first(), series.last(), series.min(), series.max(), series.at(2.0)), (3.0, 0.5, 0.5, 3.0, 0.5));
    assert_eq!(figure.series("счёт").values(), [7.0]);
}

#[test]
#[should_panic(expected = "plot: there is no series «NГ»; the names are: «NAG», «GD»")]
fn a_misspelt_series_is_answered_with_the_names() {
    let _ = plot::line([1.0]).name("NAG").and(plot::line([2.0]).name("GD")).series("NГ");
}

#[test]
#[should_panic(expected = "plot: the series «NAG» has no point at 0.5")]
fn a_series_does_not_guess_between_its_points() {
    let _ = plot::line([1.0, 2.0]).name("NAG").series("NAG").at(0.5);
}

#[test]
fn points_that_stand_close_together_are_told_apart() {
    let figure = plot::line((0..5).map(|i| (1e-10 * f64::from(i), i))).name("NAG");
    let series = figure.series("NAG");
    assert_eq!([0.0, 1e-10, 3e-10].map(|x| series.at(x)), [0.0, 1.0, 3.0]);
    let figure = plot::line((0..4).map(|i| (0.1 * f64::from(i), i))).name("NAG");
    assert_eq!((figure.series("NAG").at(0.3), figure.series("NAG").at(1e-12)), (3.0, 0.0));
}

#[test]
#[should_panic(expected = "no point at 0.00000000015")]
fn between_points_that_stand_close_together_there_is_none() {
    let _ = plot::line([(0.0, 1.0), (1e-10, 2.0)]).name("NAG").series("NAG").at(1.5e-10);
}
