//! Anchors of headings and targets of links, as mdBook makes them.

use std::collections::BTreeSet;

/// What mdBook makes of the words of a heading.
pub fn anchor(words: &str) -> String {
    let letters = words.trim().to_lowercase();
    let letters = letters.chars().filter_map(|letter| match letter {
        _ if letter.is_alphanumeric() || letter == '_' || letter == '-' => Some(letter),
        _ if letter.is_whitespace() => Some('-'),
        _ => None,
    });
    letters.collect()
}

/// The anchor, or with a number as mdBook adds one: an anchor that is not in `taken`, and is from now on.
pub fn unique(anchor: &str, taken: &mut BTreeSet<String>) -> String {
    let mut free = anchor.to_owned();
    let mut number = 0;
    while !taken.insert(free.clone()) {
        number += 1;
        free = format!("{anchor}-{number}");
    }
    free
}

/// The file that a relative path on `page` means, as a path inside src; `None` when that is outside. Without a path a link stays on its
/// page.
pub fn target(page: &str, path: &str) -> Option<String> {
    if path.is_empty() {
        return Some(page.to_owned());
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_lower_case_words() {
        assert_eq!(anchor(" Метод Adam: β₁ и\nсдвиг "), "метод-adam-β₁-и-сдвиг");
        let mut taken = BTreeSet::new();
        let anchors = ["шаг", "шаг", "шаг-1", "шаг"].map(|words| unique(words, &mut taken));
        assert_eq!(anchors, ["шаг", "шаг-1", "шаг-1-1", "шаг-2"]);
    }

    #[test]
    fn links_lead_from_the_folder_of_their_page() {
        assert_eq!(target("math/a/b.md", "").as_deref(), Some("math/a/b.md"));
        assert_eq!(target("math/a/b.md", "c.md").as_deref(), Some("math/a/c.md"));
        assert_eq!(target("math/a/b.md", "../д/./c.md").as_deref(), Some("math/д/c.md"));
        assert_eq!(target("a/b.md", "../../c.md"), None);
    }
}
