//! Pictures that have no axes: tokens, networks, trees, tensors, space.

use kernel::{Rich, Show};
use plots::plot::{self, Side, branch, leaf};

fn every_picture() -> Vec<(&'static str, Rich)> {
    let tree = branch(
        "рост ≤ 170?",
        [
            ("да", leaf("кот").colour(1)),
            ("нет", branch("хвост\nдлиннее метра?", [("да", leaf("кенгуру")), ("нет", leaf("жираф <ё>"))])),
        ],
    );
    let tensors = plot::tensors()
        .tensor("A", (0, 0))
        .tensor("Б", (1, 0))
        .bond("A", "Б", "k")
        .leg("A", Side::Left, "i")
        .leg("Б", Side::Up, "j");
    let hill = plot::space()
        .surface(|x, y| x * x - y * y, -1.0..=1.0, -1.0..=1.0)
        .line([(-1.0, 0.0, 1.0), (0.0, 0.0, 0.0), (0.5, 0.5, 0.0)])
        .name("спуск")
        .points([(0.0, 0.0, 0.0)])
        .axes("w₁", "w₂", "потери");
    vec![
        (
            "tokens",
            plot::tokens([("Кот", 812), (" спит", 77), ("\n", 3)]).weights([0.1, 0.7, 0.2]).title("Токены").show(),
        ),
        ("network", plot::network([784, 128, 10]).layers(["вход", "скрытый слой", "выход"]).show()),
        ("small network", plot::network([2, 3, 1]).title("XOR").show()),
        ("tree", tree.title("Кто это?").show()),
        ("tensors", tensors.show()),
        ("space", hill.show()),
    ]
}

fn svg(rich: &Rich) -> &str {
    let svg = rich.parts.iter().find_map(|part| if let kernel::Part::Svg(svg) = part { Some(svg) } else { None });
    svg.expect("a picture")
}

/// The value of an attribute as a number.
fn number(node: roxmltree::Node<'_, '_>, name: &str) -> f64 {
    node.attribute(name).and_then(|value| value.parse().ok()).unwrap_or(0.0)
}

#[test]
fn every_picture_is_well_formed_and_small() {
    for (kind, rich) in every_picture() {
        let svg = svg(&rich);
        let document = roxmltree::Document::parse(svg).unwrap_or_else(|error| panic!("{kind}: {error}\n{svg}"));
        assert!(document.descendants().all(|node| !node.has_attribute("id")), "{kind}: ids would clash on a page");
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{kind}: {svg}");
        assert!(svg.len() < 80_000, "{kind}: {} bytes", svg.len());
    }
}

#[test]
fn nothing_of_a_picture_is_outside_its_frame() {
    for (kind, rich) in every_picture() {
        let document = roxmltree::Document::parse(svg(&rich)).unwrap();
        let (width, height) = (number(document.root_element(), "width"), number(document.root_element(), "height"));
        for node in document.descendants().filter(|node| node.has_tag_name("rect") || node.has_tag_name("text")) {
            let (x, y) = (number(node, "x"), number(node, "y"));
            let (right, bottom) = (x + number(node, "width"), y + number(node, "height"));
            assert!(x >= 0.0 && y >= 0.0 && right <= width && bottom <= height, "{kind}: {node:?} in {width}×{height}");
        }
    }
}

#[test]
fn boxes_of_a_tree_do_not_touch() {
    let wide = branch(
        "корень",
        (0..6).map(|k| ("ветвь", branch(format!("узел {k}"), (0..3).map(|j| ("", leaf(format!("лист {k}{j}"))))))),
    );
    let picture = wide.show();
    let document = roxmltree::Document::parse(svg(&picture)).unwrap();
    let boxes: Vec<[f64; 4]> = document
        .descendants()
        .filter(|node| node.has_tag_name("rect"))
        .map(|node| ["x", "y", "width", "height"].map(|name| number(node, name)))
        .collect();
    assert_eq!(boxes.len(), 25);
    for (place, a) in boxes.iter().enumerate() {
        let apart = |b: &[f64; 4]| a[0] + a[2] < b[0] || b[0] + b[2] < a[0] || a[1] + a[3] < b[1] || b[1] + b[3] < a[1];
        assert!(boxes[place + 1..].iter().all(apart), "{a:?}");
    }
}

#[test]
fn every_picture_is_described_in_russian() {
    let told = every_picture().into_iter().map(|(kind, rich)| format!("{kind}: {}", rich.to_plain()));
    insta::assert_snapshot!(told.collect::<Vec<_>>().join("\n"));
}

#[test]
#[should_panic(expected = "plot: space: point 1 is (1, NaN, 0); leave it out")]
fn a_point_of_space_that_is_no_number_is_refused() {
    plot::space().line([(0.0, 0.0, 0.0), (1.0, f64::NAN, 0.0)]).to_svg();
}

#[test]
#[should_panic(expected = "plot: tokens: weight 1 is -1")]
fn a_negative_weight_of_a_token_is_refused() {
    let _ = plot::tokens([("а", 1), ("б", 2)]).weights([1.0, -1.0]);
}
