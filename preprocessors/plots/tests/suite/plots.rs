//! Every kind of plot: well-formed, described, small; what cannot be drawn says so.

use kernel::{Part, Show};
use plots::plot::{self, Plot};

fn every_kind() -> Vec<(&'static str, Plot)> {
    let xs: Vec<f64> = (0..=20).map(f64::from).collect();
    let ys: Vec<f64> = xs.iter().map(|x| (-x / 5.0).exp()).collect();
    let low = ys.iter().map(|y| y * 0.8);
    let high = ys.iter().map(|y| y * 1.2);
    let scores = [[0.9, 0.1], [f64::NAN, 0.7]];
    vec![
        ("line", plot::line((&xs, &ys)).x("итерация").y("MSE").title("Спуск <η & λ>")),
        ("log", plot::line((&xs, &ys)).points().log_y().hline(0.1, "порог").vline(5.0, "τ").note(0.0, 1.0, "начало")),
        ("steps", plot::line([0.1, 0.5, 1.0]).steps().x_range(0.5..=2.0)),
        ("scatter", plot::scatter((&xs, &ys)).name("измерено").and(plot::line((&xs, &ys)).name("теория").dashed())),
        ("function", plot::function(|x| 1.0 / x, -1.0..=1.0).y_range(-5.0..=5.0).gaps()),
        ("histogram", plot::histogram([1.0, 2.0, 2.0, 3.0]).bins(3).density()),
        ("bar", plot::bar(["кот", "пёс"], [3.0, -1.5]).values(1)),
        (
            "long names",
            plot::bar(["последовательное деление пополам", "перебор по сетке", "случайный поиск"], [1, 2, 3]),
        ),
        ("stacked", plot::bar([1, 2], [3, 4]).name("а").and(plot::bar([1, 2], [1, 1]).name("б")).stacked()),
        ("heatmap", plot::heatmap(scores).gaps().values(2).rows(["кот", "пёс"]).columns(["да", "нет"])),
        ("diverging", plot::heatmap([[1.0, -2.0, 0.0]]).diverging()),
        ("image", plot::image([[0, 8], [16, 4]]).limits(0.0..=16.0)),
        ("contour", plot::contour(|x, y| x * x + 4.0 * y * y, -1.0..=1.0, -1.0..=1.0).levels([0.5, 1.0])),
        ("filled", plot::contour(|x, y| x * y, -1.0..=1.0, -1.0..=1.0).filled()),
        ("regions", plot::regions(|x, y| usize::from(x > y), -1.0..=1.0, -1.0..=1.0)),
        ("field", plot::field(|x, y| (-y, x), -1.0..=1.0, -1.0..=1.0)),
        ("arrows", plot::arrows([((0.0, 0.0), (2.0, 1.0))]).name("u").equal()),
        ("polygon", plot::polygon([(0, 0), (1, 0), (1, 1)]).name("треугольник")),
        ("band", plot::band(&xs, low, high).name("разброс").and(plot::line((&xs, &ys)).name("среднее"))),
        ("timeline", plot::timeline([("ядро 1", 0.0, 2.0, "F"), ("ядро 2", 2.0, 4.0, "F")]).x("такт")),
        ("boxes", plot::boxes(["SGD", "Adam"], [vec![1.0, 2.0, 3.0, 4.0, 30.0], vec![2.0, 2.5]]).y("потери")),
        ("whiskers", plot::bar(["кот", "пёс"], [3.0, 1.5]).whiskers([0.5, 0.25]).name("а")),
        ("ellipse", plot::ellipse((1.0, 0.0), [[2.0, 1.0], [0.0, 1.0]]).name("образ круга")),
        ("covariance", plot::covariance((0.0, 0.0), [[4.0, 0.0], [0.0, 1.0]], 2.0)),
        ("rgb", plot::rgb([[[255, 0, 0], [0, 255, 0]], [[0, 0, 255], [255, 255, 255]]])),
        ("sparsity", plot::sparsity([[1.0, 0.0, 0.0], [0.5, 2.0, 0.0]])),
        ("log colours", plot::heatmap([[1e-6, 1e-3], [1.0, 10.0]]).log_colours().values(3)),
        ("shades", plot::line([1.0, 2.0, 3.0]).shade_x(0.0..=1.0, "разогрев").shade_y(1.5..=2.0, "допуск")),
        (
            "ends",
            plot::line((&xs, &ys))
                .name("SGD")
                .and(plot::line((&xs, &xs)).name("Adam <ё>"))
                .names_at_ends()
                .log_y()
                .gaps(),
        ),
        ("errors", plot::errors(([1, 10], [0.5, 0.9]), [0.2, 0.05]).log_x()),
    ]
}

#[test]
fn every_kind_is_well_formed_and_small() {
    for (kind, plot) in every_kind() {
        let svg = plot.to_svg();
        let document = roxmltree::Document::parse(&svg).unwrap_or_else(|error| panic!("{kind}: {error}\n{svg}"));
        let id = document.descendants().find(|node| node.has_attribute("id"));
        assert!(id.is_none(), "{kind}: ids of two figures on a page would clash");
        assert!(svg.len() < 9000, "{kind}: {} bytes", svg.len());
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{kind}: {svg}");
    }
}

#[test]
fn every_kind_is_described_in_russian() {
    let told = every_kind().into_iter().map(|(kind, plot)| format!("{kind}: {}", plot.show().to_plain()));
    insta::assert_snapshot!(told.collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_line_is_one_short_path() {
    let plot = plot::line(([0, 1, 2], [4.0, 2.0, 1.0])).x("итерация").y("MSE");
    insta::assert_snapshot!(plot.to_svg().replace('<', "\n<"));
}

#[test]
fn layers_differ_by_colour_dash_and_mark() {
    let plot = plot::line([1, 2]).and(plot::line([2, 1])).and(plot::scatter([1, 1])).and(plot::scatter([2, 2]));
    let svg = plot.to_svg();
    let paths: Vec<&str> =
        svg.split('<').filter(|tag| tag.contains("var(--plot-1)") || tag.contains("--plot-2")).collect();
    assert!(!paths[0].contains("dasharray") && paths[1].contains("stroke-dasharray=\"9 4\""), "{paths:?}");
    assert!(svg.contains("fill=\"var(--plot-3)\"") && svg.contains("stroke=\"var(--plot-4)\""));
}

#[test]
fn data_of_curves_over_the_same_abscissas_is_one_table() {
    let plot = plot::line([4.0, 2.0]).name("измерено").and(plot::line([4.1, 2.2]).name("теория")).x("шаг");
    let table = plot.show().parts.into_iter().find_map(|part| if let Part::Table(t) = part { Some(t) } else { None });
    insta::assert_snapshot!(table.unwrap().to_plain());
}

#[test]
fn long_data_is_thinned_to_a_hundred_rows() {
    let rich = plot::line((0..100_000).map(|k| f64::from(k).sin())).show();
    let table = rich.parts.iter().find_map(|part| if let Part::Table(t) = part { Some(t) } else { None }).unwrap();
    assert_eq!(table.rows.len(), 100);
    assert_eq!((table.rows[0][0].as_str(), table.rows[99][0].as_str()), ("0", "99\u{202f}999"));
}

#[test]
fn what_is_not_finite_breaks_the_line() {
    let svg = plot::line([0.0, 1.0, f64::NAN, 1.0, 0.0]).gaps().to_svg();
    let path = svg.split('<').find(|tag| tag.contains("var(--plot-1)")).unwrap();
    let d = path.split(" d=\"").nth(1).unwrap();
    assert_eq!(d.matches(['M', 'm']).count(), 2, "{path}");
}

#[test]
fn panels_are_one_picture() {
    let all = plot::panels((1..=4).map(|k| plot::function(move |x| x.powi(k), -1.0..=1.0).title(format!("x^{k}"))))
        .columns(2);
    let svg = all.to_svg();
    let document = roxmltree::Document::parse(&svg).unwrap();
    assert_eq!(document.descendants().filter(|node| node.has_tag_name("svg")).count(), 1);
    assert!(all.show().to_plain().starts_with("Рисунок из нескольких графиков: 4. 1) График «x^1»."));
}

#[test]
fn a_diagram_is_boxes_and_arrows() {
    let diagram = plot::diagram()
        .node("x", (0, 0), "x = 2")
        .node("w", (0, 1), "w = 3")
        .node("p", (1, 0.5), "p = x·w\n6")
        .colour(2)
        .edge("x", "p", "∂p/∂x = 3")
        .edge("w", "p", "");
    roxmltree::Document::parse(&diagram.to_svg()).unwrap();
    assert_eq!(
        diagram.show().to_plain(),
        "Схема. Блоки: «x = 2», «w = 3», «p = x·w, 6». \
         Стрелки: «x = 2» → «p = x·w, 6» (∂p/∂x = 3); «w = 3» → «p = x·w, 6»."
    );
}

#[test]
#[should_panic(expected = "plot: 2 abscissas for 3 ordinates")]
fn sequences_of_different_length_are_refused() {
    let _ = plot::line(([1, 2], [1, 2, 3]));
}

#[test]
#[should_panic(expected = "plot: `bins` is for histograms")]
fn a_word_of_another_kind_is_refused() {
    let _ = plot::line([1, 2]).bins(3);
}
