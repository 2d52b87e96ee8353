//! What a lecture says of itself at its end: how much of it was computed.

use lecture::{Facts, Lecture};

/// The line for the page whose author wrote `written`; nothing for a page that is no lecture.
pub fn line(written: &str) -> Option<String> {
    let facts = Lecture::read("", written).facts();
    let Facts { formulas, checked, cells, plots, checks, .. } = facts;
    let is_lecture = formulas > 0 && cells > 0;
    is_lecture.then(|| {
        format!(
            "\n\n<p class=\"counts\">На этой странице: формул\u{a0}— {formulas}, проверено численно\u{a0}— {checked}; ячеек\u{a0}— {cells}, \
             графиков\u{a0}— {plots}, утверждений и\u{a0}проверок\u{a0}— {checks}.</p>\n"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lecture_says_how_much_of_it_was_computed() {
        let page = "# Шаг\n\n$$\nx = 1 \\label{eq-x}\n$$\n\n$$\ny = 2\n$$\n\n<!-- checks: eq-x -->\n```rust cell #fig-a\nassert!(x == 1);\n```\n\nВерно. <!-- claim: y == 2 -->\n";
        insta::assert_snapshot!(line(page).unwrap().trim().replace('\u{a0}', " "), @r#"<p class="counts">На этой странице: формул — 2, проверено численно — 1; ячеек — 1, графиков — 1, утверждений и проверок — 2.</p>"#);
        assert_eq!(line("# О книге\n\nСлова.\n"), None);
    }
}
