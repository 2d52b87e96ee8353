//! KaTeX: TeX to the final form of a formula.

use crate::engine::{self, Answer};
use crate::html::{Style, inert};
use crate::plain::plain;
use crate::settings::Settings;
use crate::tex::Mistake;
use crate::{message, remarks};

/// Renders a formula, or says what is wrong with it.
pub fn render(tex: &str, style: Style, settings: &Settings) -> anyhow::Result<Result<String, Vec<Mistake>>> {
    let (html, remarks) = match engine::typeset(tex, settings.options(style))? {
        Answer::Typeset { markup, remarks } => (markup, remarks),
        Answer::Refused { message, place } => {
            return Ok(Err(vec![message::refused(message, place, tex, &settings.commands)]));
        }
        Answer::GaveUp(reason) => return Ok(Err(vec![message::gave_up(&reason, tex)])),
    };
    let mut mistakes = remarks::mistakes(tex, &remarks);
    mistakes.extend(untrusted(tex, &html, settings));
    if !mistakes.is_empty() {
        return Ok(Err(mistakes));
    }
    match style {
        Style::Plain => plain(&html).map(Ok),
        Style::Inline | Style::Display => Ok(Ok(inert(&html))),
    }
}

/// A command that needs trust is not an error for KaTeX: it shows the command's name in the colour of errors.
fn untrusted(tex: &str, html: &str, settings: &Settings) -> Option<Mistake> {
    const NEED_TRUST: [&str; 7] =
        [r"\href", r"\url", r"\includegraphics", r"\htmlClass", r"\htmlId", r"\htmlStyle", r"\htmlData"];
    let colour = settings.error_colour.as_deref()?;
    if !html.contains(colour) || tex.contains(colour) {
        return None;
    }
    let command = NEED_TRUST.iter().find_map(|name| tex.find(name).map(|at| at..at + name.len()));
    let range = command.unwrap_or(0..tex.len());
    Some(
        Mistake::new("untrusted", format!("KaTeX shows `{}` as an error", &tex[range.clone()]), range)
            .help("write a link in Markdown, or set `trust = true` in [preprocessor.katex]"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::tests::read;

    fn mistake(tex: &str, toml: &str) -> (String, String) {
        let mistakes = render(tex, Style::Inline, &read(toml).unwrap()).unwrap().unwrap_err();
        let [mistake] = mistakes.as_slice() else { panic!("{mistakes:?}") };
        (mistake.message.clone(), tex[mistake.range.clone()].to_owned())
    }

    #[test]
    fn mistakes_are_found_at_their_place() {
        let mistakes = [
            r"x + \плохо",
            r"\frac{1}{2",
            "шаг & x",
            r"𝔼[\foo]",
            "x }",
            r"a^b^c",
            "😀_",
            "#",
            "\\",
            "a\0b",
            r"\href{https://a.b}{x}",
            r"\sqrt{\bad{x}}",
        ]
        .map(|tex| format!("{tex:?}: {:?}", mistake(tex, "")));
        insta::assert_snapshot!(mistakes.join("\n"));
    }

    #[test]
    fn a_formula_nested_too_deeply_is_a_mistake_and_the_next_one_is_rendered() {
        let deep = format!("{}{}", "{".repeat(5000), "}".repeat(5000));
        assert!(mistake(&deep, "").0.starts_with("KaTeX gives up"));
        let nested = format!("{}x{}", r"\sqrt{1+".repeat(12), "}".repeat(12));
        assert!(render(&nested, Style::Display, &read("").unwrap()).unwrap().is_ok());
    }

    #[test]
    fn an_author_may_ask_for_red_formulas() {
        let settings = read("[preprocessor.katex]\nthrow-on-error = false").unwrap();
        assert!(render(r"\foo", Style::Inline, &settings).unwrap().unwrap().contains("cc0000"));
    }

    #[test]
    fn mathml_is_there_and_tex_is_not() {
        let html = render(r"\eta_1 | x", Style::Inline, &read("").unwrap()).unwrap().unwrap();
        assert!(html.contains("<math") && html.contains("aria-hidden=\"true\""));
        assert!(!html.contains("eta"));
        insta::assert_snapshot!(html);
    }
}
