//! What makes outputs harmless: the escape, the cleaning of HTML, SVG and formulas.

use mdbook_cells::clean;
use page::escape;
use proptest::prelude::*;

use super::pieces::output;

/// The texts of entities that the escape writes.
fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("&#") {
        let (before, entity) = rest.split_at(at);
        let (number, after) = entity[2..].split_once(';').unwrap();
        plain.push_str(before);
        plain.push(char::from_u32(number.parse().unwrap()).unwrap());
        rest = after;
    }
    plain + rest
}

proptest! {
    #[test]
    fn an_escaped_text_means_nothing_and_reads_as_it_was(text in output()) {
        let safe = escape::text(&text);
        let meaning = |letter: char| "<>\"'$`\\{}*_[]|~!\n\r\0".contains(letter) || (letter == '#');
        let bare = safe.replace("&#", "");
        prop_assert!(!bare.contains(meaning) && !bare.contains('&'), "{safe:?}");
        let controls = |letter: char| {
            matches!(letter, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}' | '\u{fffe}' | '\u{ffff}')
        };
        let mut expected = String::new();
        for letter in text.chars().filter(|letter| *letter != '\r') {
            match letter {
                '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => expected += &format!("[U+{:04X}]", letter as u32),
                letter if controls(letter) => expected.push('\u{fffd}'),
                letter => expected.push(letter),
            }
        }
        prop_assert_eq!(unescaped(&safe), expected);
    }

    #[test]
    fn cleaned_html_is_one_line_without_scripts(text in output()) {
        let html = clean::html(&text);
        prop_assert!(!html.contains(['\n', '\r', '{', '}']), "{html:?}");
        let lower = html.to_lowercase();
        prop_assert!(!lower.contains("<script") && !lower.contains("<style") && !lower.contains("<iframe"), "{html:?}");
        // What is clean stays as it is.
        prop_assert_eq!(clean::html(&html), html);
    }

    #[test]
    fn an_svg_is_refused_or_made_of_known_elements(inside in output(), name in "[a-zA-Z]{1,8}", key in "[a-zA-Z/:\u{c}=]{1,8}") {
        for svg in [
            inside.clone(),
            format!("<svg>{inside}</svg>"),
            format!("<svg><{name} {key}=\"{inside}\"/></svg>"),
            format!("<svg {key}='{inside}'><text>{inside}</text></svg>"),
        ] {
            let Ok(clean) = clean::svg(&svg, "p-") else { continue };
            prop_assert!(!clean.contains(['\n', '\r', '{', '}']), "{clean:?}");
            for tag in clean.split('<').skip(1) {
                let name = tag.trim_start_matches('/').split([' ', '/', '>']).next().unwrap();
                prop_assert!(clean.starts_with("<svg") && name.bytes().all(|byte| byte.is_ascii_alphabetic()), "{clean:?}");
                // Values stand between quotes, in which neither a quote nor an angle is left.
                let inside = tag.split('>').next().unwrap();
                let keys = inside.split('"').step_by(2).collect::<String>().to_lowercase();
                prop_assert!(!name.eq_ignore_ascii_case("script") && !keys.contains(" on"), "{clean:?}");
            }
        }
    }

    #[test]
    fn a_formula_is_refused_or_stays_one(text in output()) {
        let Ok(clean) = clean::latex(&text) else { return Ok(()) };
        prop_assert!(!clean.contains(['$', '<', '>', '\n']) && !clean.contains("{{"), "{clean:?}");
    }
}
