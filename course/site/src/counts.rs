//! What a lecture says of itself at its end: how much of it was computed, and which mistakes in its code its checks would notice.

use lecture::{Facts, Lecture};
use mutants::{Counts, Kind, Mutants, together};

/// The lines for the page in file `path` whose author wrote `written`; nothing for a page that is no lecture.
pub fn line(path: &str, written: &str, mutants: &Mutants) -> Option<String> {
    let facts = Lecture::read("", written).facts();
    let Facts { formulas, checked, cells, plots, checks, .. } = facts;
    let is_lecture = formulas > 0 && cells > 0;
    is_lecture.then(|| {
        let noticed = mutants.of(&page::read(path, written, &[]).0).map(noticed).unwrap_or_default();
        format!(
            "\n\n<p class=\"counts\">На этой странице: формул\u{a0}— {formulas}, проверено численно\u{a0}— {checked}; ячеек\u{a0}— {cells}, \
             графиков\u{a0}— {plots}, утверждений и\u{a0}проверок\u{a0}— {checks}.{noticed}</p>\n"
        )
    })
}

/// How many of the changes that were tried its checks noticed.
fn noticed(counts: &Counts) -> String {
    let of = |what: &str, kinds: &[Kind]| {
        let shares = together(counts, kinds);
        shares
            .noticed()
            .map(|share| format!("{what}\u{a0}— {share}\u{a0}% ({} из\u{a0}{})", shares.killed, shares.tried()))
    };
    let parts =
        [of("в\u{a0}проверенных формулах", &[Kind::Checked]), of("в\u{a0}рисунках и\u{a0}подсчётах", &Kind::DRAWN)];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        return String::new();
    }
    format!(" Если код испортить (сменить знак, множитель, индекс), проверки заметят это: {}.", parts.join(", "))
}

#[cfg(test)]
mod tests {
    use mutants::Shares;

    use super::*;

    const PATH: &str = "src/а.md";

    #[test]
    fn a_lecture_says_how_much_of_it_was_computed() {
        let page = "# Шаг\n\n$$\nx = 1 \\label{eq-x}\n$$\n\n$$\ny = 2\n$$\n\n<!-- checks: eq-x -->\n```rust cell #fig-a\nassert!(x == 1);\n```\n\nВерно. <!-- claim: y == 2 -->\n";
        insta::assert_snapshot!(line(PATH, page, &Mutants::default()).unwrap().trim().replace('\u{a0}', " "), @r#"<p class="counts">На этой странице: формул — 2, проверено численно — 1; ячеек — 1, графиков — 1, утверждений и проверок — 2.</p>"#);
        assert_eq!(line(PATH, "# О книге\n\nСлова.\n", &Mutants::default()), None);
    }

    #[test]
    fn which_mistakes_would_be_noticed_is_said_of_the_code_that_there_is() {
        let text = "# Шаг\n\n$$\nx = 1\n$$\n\n```rust cell\nlet х = 1;\n```\n";
        let shares = |killed, survived| Shares { killed, survived, ..Shares::default() };
        let counts = Counts::from([
            (Kind::Checked, shares(29, 1)),
            (Kind::Figure, shares(3, 1)),
            (Kind::Theory, shares(1, 1)),
            (Kind::Other, shares(0, 9)),
        ]);
        let mut mutants = Mutants::default();
        mutants.insert(&page::read(PATH, text, &[]).0, counts);
        let said = line(PATH, text, &mutants).unwrap().replace('\u{a0}', " ");
        let (_, noticed) = said.trim().split_once(" 0. ").unwrap();
        assert_eq!(
            noticed,
            "Если код испортить (сменить знак, множитель, индекс), проверки заметят это: в проверенных формулах — 96 % (29 из 30), \
             в рисунках и подсчётах — 66 % (4 из 6).</p>"
        );
        let changed = text.replace("х = 1", "х = 2");
        assert!(!line(PATH, &changed, &mutants).unwrap().contains("испортить"), "nothing is known of other code");
    }
}
