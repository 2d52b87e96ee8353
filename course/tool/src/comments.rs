//! The comments that mean something in this course besides those of every book.

use page::comment::{ALLOWED as EVERY_BOOK, Known, Value};
use prose::RULES;

/// All of them.
pub const COMMENTS: [Known; 6] = [
    Known { name: "about", value: Value::Needed, example: "<!-- about: what others are shown of the page -->" },
    Known { name: "bullet", value: Value::Needed, example: "<!-- bullet: words of a point of syllabus.json -->" },
    Known { name: "checks", value: Value::Needed, example: "<!-- checks: eq-x, eq-y -->" },
    Known { name: "course", value: Value::OneOf(&["map", "syllabus", "changes"]), example: "<!-- course: map -->" },
    Known { name: "rest", value: Value::None, example: "<!-- rest -->" },
    Known { name: "allow", value: Value::SomeOf(&ALLOWED), example: "<!-- allow: decimal-comma — why -->" },
];

/// What may be allowed: what the tool for any book warns of, and everything that is told of prose.
const ALLOWED: [&str; RULES.len() + EVERY_BOOK.len()] = {
    let mut names = [""; RULES.len() + EVERY_BOOK.len()];
    let mut at = 0;
    while at < names.len() {
        names[at] = if at < RULES.len() { RULES[at].0 } else { EVERY_BOOK[at - RULES.len()] };
        at += 1;
    }
    names
};

#[cfg(test)]
mod tests {
    #[test]
    fn what_every_book_may_allow_this_course_may_too() {
        use page::comment::OWN;

        use super::*;

        let allow = OWN.into_iter().find(|known| known.name == "allow").unwrap();
        let Value::SomeOf(words) = allow.value else { panic!("{allow:?}") };
        assert!(words.iter().all(|word| ALLOWED.contains(word)), "{ALLOWED:?}");
        assert!(RULES.iter().all(|(rule, _)| ALLOWED.contains(rule)), "{ALLOWED:?}");
    }
}
