//! A formula as characters, for titles in the contents and for texts in place of pictures: `L₂`, `R²`, `η = 0.1`.

use anyhow::Context as _;
use roxmltree::{Document, Node};

/// The characters of a formula that KaTeX gave with its MathML.
pub fn plain(katex: &str) -> anyhow::Result<String> {
    let document = Document::parse(math(katex)).context("reading KaTeX's MathML")?;
    let text = spaced(&text(document.root()));
    Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn math(katex: &str) -> &str {
    const END: &str = "</math>";
    match (katex.find("<math"), katex.find(END)) {
        (Some(start), Some(end)) => &katex[start..end + END.len()],
        _ => katex,
    }
}

/// Between a function's name and what is before it; never in a formula's text.
const BEFORE_NAME: char = '\u{2063}';

/// Between a function and its argument, written by KaTeX.
const APPLICATION: char = '\u{2061}';

/// The text with a space where two words would run into each other.
fn spaced(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let is_word = |index: Option<usize>| {
        index.and_then(|index| letters.get(index)).is_some_and(|letter| letter.is_alphanumeric())
    };
    let spaced = letters.iter().enumerate().filter_map(|(index, letter)| match *letter {
        BEFORE_NAME => is_word(index.checked_sub(1)).then_some(' '),
        APPLICATION => is_word(Some(index + 1)).then_some(' '),
        letter => Some(letter),
    });
    spaced.collect()
}

fn text(node: Node<'_, '_>) -> String {
    let parts: Vec<Node<'_, '_>> = node.children().filter(Node::is_element).collect();
    let part = |index: usize| parts.get(index).map_or_else(String::new, |node| text(*node));
    match node.tag_name().name() {
        "mi" | "mn" | "mo" | "mtext" => characters(node),
        "mspace" => " ".to_owned(),
        "annotation" | "mphantom" => String::new(),
        "mfrac" => format!("{}/{}", grouped(&part(0)), grouped(&part(1))),
        "msqrt" => format!("√{}", grouped(&children(node))),
        "mroot" => format!("{}√{}", script(&part(1), '^', superscript), grouped(&part(0))),
        "msup" => part(0) + &script(&part(1), '^', superscript),
        "msub" | "munder" => part(0) + &script(&part(1), '_', subscript),
        "msubsup" | "munderover" => part(0) + &script(&part(1), '_', subscript) + &script(&part(2), '^', superscript),
        "mover" => part(0) + &over(&part(1)),
        "mtr" => joined(&parts, ", "),
        "mtable" => joined(&parts, "; "),
        _ => children(node),
    }
}

fn children(node: Node<'_, '_>) -> String {
    node.children().filter(Node::is_element).map(text).collect()
}

fn joined(parts: &[Node<'_, '_>], separator: &str) -> String {
    let texts: Vec<String> = parts.iter().map(|node| text(*node)).filter(|text| !text.trim().is_empty()).collect();
    texts.join(separator)
}

fn characters(node: Node<'_, '_>) -> String {
    let text = node.text().unwrap_or_default().replace(['\u{2062}', '\u{2063}', '\u{200b}'], "");
    if node.attribute("mathvariant") == Some("double-struck") {
        return text.chars().map(double_struck).collect();
    }
    match (node.tag_name().name(), text.trim()) {
        ("mi", name) if name.chars().count() > 1 => format!("{BEFORE_NAME}{name}"),
        ("mo", ",") => ", ".to_owned(),
        ("mo", "=" | "≠" | "<" | ">" | "≤" | "≥" | "≈" | "→" | "∈" | "∼" | "∝" | "+" | "−") => {
            format!(" {} ", text.trim())
        }
        _ => text,
    }
}

/// In parentheses when it is more than one sign.
fn grouped(text: &str) -> String {
    let text = spaced(text);
    let text = text.trim();
    if text.chars().all(char::is_alphanumeric) { text.to_owned() } else { format!("({text})") }
}

fn script(text: &str, mark: char, small: fn(char) -> Option<char>) -> String {
    let text: String = spaced(text).split_whitespace().collect();
    if text.chars().all(|letter| letter == '′') {
        return text;
    }
    let small: Option<String> = text.chars().map(small).collect();
    small.unwrap_or_else(|| format!("{mark}{}{APPLICATION}", grouped(&text)))
}

/// An accent as a combining character.
fn over(accent: &str) -> String {
    let combining = match accent.trim() {
        "^" | "ˆ" => "\u{302}",
        "~" | "˜" => "\u{303}",
        "ˉ" | "‾" | "¯" => "\u{304}",
        "˙" => "\u{307}",
        "¨" => "\u{308}",
        "⃗" | "→" => "\u{20d7}",
        other => return script(other, '^', superscript),
    };
    combining.to_owned()
}

fn superscript(letter: char) -> Option<char> {
    small(
        letter,
        "0123456789+−-=()abcdefghijklmnoprstuvwxyzTβγδθφχ∗",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀᵝᵞᵟᶿᵠᵡ*",
    )
}

fn subscript(letter: char) -> Option<char> {
    small(letter, "0123456789+−-=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ")
}

fn small(letter: char, from: &str, to: &str) -> Option<char> {
    from.chars().zip(to.chars()).find(|(large, _)| *large == letter).map(|(_, small)| small)
}

fn double_struck(letter: char) -> char {
    match letter {
        'C' => 'ℂ',
        'H' => 'ℍ',
        'N' => 'ℕ',
        'P' => 'ℙ',
        'Q' => 'ℚ',
        'R' => 'ℝ',
        'Z' => 'ℤ',
        'A'..='Z' => char::from_u32(0x1d538 + u32::from(letter) - u32::from('A')).unwrap_or(letter),
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use crate::html::Style;
    use crate::render::render;
    use crate::settings::tests::read;

    #[test]
    fn formulas_of_titles_are_readable_characters() {
        let settings = read("").unwrap();
        let texts: Vec<String> = [
            "k",
            "L_1",
            "R^2",
            r"\varepsilon",
            r"f'(x)",
            r"\hat{y}_{i}",
            r"\mathbb{R}^{n}",
            r"x^{T}Ax",
            r"\frac{1}{n+1}",
            r"\sqrt{x} \le \sqrt{a+b}",
            r"O(n\log n)",
            r"\nabla f = 0",
            r"p(y\mid x)",
            r"\text{шаг } \eta",
            r"\sum_{i=1}^{n} x_i",
            r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
            r"e^{-\lambda q}",
            r"\bar x, \vec v",
            r"\operatorname*{argmin}_w Q",
            r"\sqrt[3]{2}",
            r"\tilde{a}",
            r"\sin(x) \cdot 2\cos x",
            r"x_{\log n}",
        ]
        .iter()
        .map(|tex| format!("{tex}  →  {}", render(tex, Style::Plain, &settings).unwrap().unwrap()))
        .collect();
        insta::assert_snapshot!(texts.join("\n"));
    }
}
