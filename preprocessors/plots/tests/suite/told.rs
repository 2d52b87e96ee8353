//! What the drawing itself finds and tells the author, and times, which are compared with nothing.

use kernel::{Part, Rich, Show};
use plots::plot;

fn warnings(value: &impl Show) -> Vec<String> {
    let warning = |part: Part| if let Part::Warning(text) = part { Some(text) } else { None };
    value.show().parts.into_iter().filter_map(warning).collect()
}

#[test]
fn a_line_under_another_is_told_unless_something_of_it_is_seen() {
    let ys = || plot::line([1.0, 2.0, 4.0]);
    assert_eq!(
        warnings(&ys().name("NAG").solid().and(ys().name("спуск").solid())),
        [
            "the line «NAG» is hidden under the line «спуск»: draw it later and dashed, or say in the text that they coincide"
        ]
    );
    assert!(warnings(&ys().name("измерено").and(ys().name("теория").dashed())).is_empty());
    assert!(warnings(&ys().points().and(ys().solid())).is_empty());
    assert!(warnings(&ys().and(plot::line([1.0, 2.0, 3.0]).solid())).is_empty());
}

#[test]
fn texts_on_one_another_are_told() {
    let crowd = (0..9).fold(plot::line([1.0, 2.0]), |plot, _| plot.note(0.5, 1.5, "одно и то же место"));
    assert!(
        warnings(&crowd)
            .iter()
            .any(|w| w == "the text «одно и то же место» lies on another text: move it, or shorten it")
    );
    assert!(warnings(&plot::line([1.0, 2.0]).note(0.5, 1.5, "место")).is_empty());
}

#[test]
fn a_text_wider_than_its_picture_is_told_with_its_panel() {
    let long = "очень длинное название, которое не поместится в узкую картинку";
    let panels = plot::panels([plot::line([1.0, 2.0]), plot::line([1.0, 2.0]).title(long)]);
    assert_eq!(warnings(&panels), [format!("panel 2: the text «{long}» is wider than the picture: shorten it")]);
}

#[test]
fn numbers_that_nobody_can_read_and_texts_left_out_are_told() {
    let wide = plot::heatmap(vec![vec![0.123; 60]; 60]).values(3);
    assert!(warnings(&wide)[0].starts_with("the numbers in the cells are "), "{:?}", warnings(&wide));
    let spans = plot::timeline([("ядро", 0.0, 0.01, "очень длинный текст"), ("ядро", 1.0, 9.0, "F")]);
    assert_eq!(
        warnings(&spans),
        ["the text «очень длинный текст» does not fit its span in the row «ядро» and is left out"]
    );
}

#[test]
fn a_picture_of_times_is_marked_as_such_and_says_no_time() {
    let mut naive = kernel::times("наивно");
    for n in [10.0, 100.0, 1000.0] {
        assert_eq!(naive.measure(n, || n * n), n * n);
    }
    let Rich { parts } = plot::times([&naive]).x("размер n").show();
    assert!(parts.contains(&Part::Times));
    let alt = "График времени работы. По горизонтали размер n, по вертикали время в секундах: «наивно».";
    assert!(parts.contains(&Part::Alt(alt.to_owned())));
    assert_eq!(format!("{naive:?}"), "Times(\"наивно\", 3 sizes)");
}
