//! The half of a formula that is heard and copied.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use mdbook_math::engine::{Answer, typeset};
use roxmltree::{Document, Node};

fn mathml(tex: &str) -> String {
    match typeset(tex, r#"{"output":"mathml","displayMode":true}"#).unwrap() {
        Answer::Typeset { markup, .. } => markup,
        other => panic!("{tex}: {other:?}"),
    }
}

/// The numbers of a formula.
fn numbers(tex: &str) -> Vec<String> {
    let markup = mathml(tex);
    let document = Document::parse(&markup).unwrap();
    let numbers = document.descendants().filter(|node| node.has_tag_name("mn"));
    numbers.map(|node| node.text().unwrap_or_default().replace('\u{202f}', " ")).collect()
}

#[test]
fn a_number_is_one_whatever_it_is_written_with() {
    let cases: [(&str, &[&str]); 18] = [
        ("10^{-3}", &["10", "3"]),
        ("2{,}5\\cdot10^{12}", &["2,5", "10", "12"]),
        ("0{,}93", &["0,93"]),
        ("12^2", &["12", "2"]),
        ("x_{10}^{2}", &["10", "2"]),
        ("1{,}5 + 10^{6} = 1\\,000\\,001{,}5", &["1,5", "10", "6", "1 000 001,5"]),
        ("\\frac{1{,}5}{20}", &["1,5", "20"]),
        ("3{,}14\\,\\%", &["3,14"]),
        ("12{,}5\\,\\text{мс}", &["12,5"]),
        ("10\\,000^2", &["10 000", "2"]),
        ("x_{1\\,000}", &["1 000"]),
        ("-0{,}5^{2}", &["0,5", "2"]),
        ("f(1\\,000,\\,2\\,000)", &["1 000", "2 000"]),
        ("1~000", &["1 000"]),
        ("a_{1}\\,000", &["1", "000"]),
        ("1\\,00", &["1", "00"]),
        ("1{,}5\\,000", &["1,5", "000"]),
        ("10^{10^{10}}", &["10", "10", "10"]),
    ];
    for (tex, expected) in cases {
        assert_eq!(numbers(tex), expected, "{tex}");
    }
}

#[test]
fn the_power_belongs_to_the_whole_number() {
    let markup = mathml("10^{-3}");
    assert!(markup.contains("<msup><mn>10</mn>"), "{markup}");
}

#[test]
fn mathml_is_valid() {
    let formulas = [
        r"\lambda_{\max}",
        r"\lambda_{\max}^{\min} + \log_2 x",
        r"\sum_{\max}^{\min} \max_x \hat\max",
        r"\bm{x+y} \mathrel{a+b} \mathbin{\frac12}",
        r"\boldsymbol{\hat x \cdot \nabla f(\mathbf{w})}",
        r"\frac{\min}{\max} \sqrt[\max]{x} \binom{n}{k}",
        r"\operatorname*{argmin}_{w} \operatorname{ранг}^2 A",
        r"\begin{cases} a & \text{если } b \\ c \end{cases}",
        r"\begin{pmatrix} 1\,000^2 & \dots \end{pmatrix}",
        r"\overbrace{x}^{\max} \underset{x}{\operatorname{arg}} \overset{!}{=} \xrightarrow[a]{b}",
        r"\ce{2H2 + O2 -> 2H2O} \tag{1}",
        r"\left.\frac{df}{dx}\right|_{x=0} \prod\limits_{i}^{\max} x'",
    ];
    for tex in formulas {
        let markup = mathml(tex);
        let document = Document::parse(&markup).unwrap();
        for node in document.descendants().filter(Node::is_element) {
            assert_eq!(fault(node), None, "{tex}\n{markup}");
        }
    }
}

/// What MathML does not allow in an element.
fn fault(node: Node<'_, '_>) -> Option<String> {
    let parts = node.children().filter(Node::is_element).count();
    let expected = match node.tag_name().name() {
        "mi" | "mn" | "mo" | "mtext" | "mspace" => 0,
        "msub" | "msup" | "munder" | "mover" | "mfrac" | "mroot" => 2,
        "msubsup" | "munderover" => 3,
        _ => return None,
    };
    (parts != expected).then(|| format!("{} has {parts} parts", node.tag_name().name()))
}
