//! Citations in a page's prose: `[@vaswani2017]`, `[@vaswani2017, с. 3; @поляк1964]`.

use std::ops::Range;

use page::Outline;

/// A pair of brackets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// With its brackets.
    pub range: Range<usize>,
    /// What it cites, in its order; never empty.
    pub items: Vec<Item>,
}

/// A source that is cited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its key; none when a bracket or an `@` is missing.
    pub key: Option<String>,
    /// The key without the `@`.
    pub range: Range<usize>,
    /// Where in the source: pages, a chapter; may be empty.
    pub locator: String,
}

/// Finds the citations of a page.
pub fn find(text: &str, outline: &Outline) -> Vec<Citation> {
    const BEGIN: &str = "[@";
    let begins = text.match_indices(BEGIN).map(|(at, _)| at);
    let begins = begins.filter(|at| outline.is_prose(*at) && !is_escaped(text, *at));
    begins.map(|at| citation(text, at)).collect()
}

/// Whatever stands between the brackets is taken as it is: what is no source is not known.
fn citation(text: &str, start: usize) -> Citation {
    let inside = start + 1;
    let paragraph = text[inside..].find("\n\n").map_or(text.len(), |length| inside + length);
    let closing = text[inside..paragraph].find(']').map(|length| inside + length);
    let end = closing.unwrap_or(paragraph);
    let mut items = Vec::new();
    let mut at = inside;
    for piece in text[inside..end].split(';') {
        let begin = at + (piece.len() - piece.trim_start().len());
        at += piece.len() + 1;
        let words = piece.trim();
        let (key, locator) = words.split_once(',').unwrap_or((words, ""));
        let key = key.trim_end();
        let sign = if key.starts_with('@') { 1 } else { 0 };
        let range = begin + sign..begin + key.len();
        let key = if closing.is_some() && sign == 1 { Some(key[sign..].to_owned()) } else { None };
        items.push(Item { key, range, locator: locator.trim().to_owned() });
    }
    Citation { range: start..closing.map_or(end, |closing| closing + 1), items }
}

/// `@key` in prose and not in brackets: the name, and where it stands with its sign.
pub fn bare(text: &str, outline: &Outline) -> Vec<(String, Range<usize>)> {
    let cited: Vec<Range<usize>> = find(text, outline).into_iter().map(|citation| citation.range).collect();
    let signs = text.match_indices('@').map(|(at, _)| at);
    let signs = signs.filter(|at| outline.is_prose(*at) && !is_escaped(text, *at));
    let signs = signs.filter(|at| !cited.iter().any(|range| range.contains(at)));
    // The sign of an address of mail has a name before it.
    let signs = signs.filter(|at| !text[..*at].ends_with(|letter: char| letter.is_alphanumeric() || letter == '@'));
    let named = signs.map(|at| {
        let name: String =
            text[at + 1..].chars().take_while(|letter| letter.is_alphanumeric() || "_-".contains(*letter)).collect();
        let end = at + 1 + name.len();
        (name, at..end)
    });
    named.collect()
}

/// `[key]` in prose: the name, and where it stands with its brackets.
pub fn unsigned(text: &str, outline: &Outline) -> Vec<(String, Range<usize>)> {
    let opens = text.match_indices('[').map(|(at, _)| at);
    let opens = opens.filter(|at| outline.is_prose(*at) && !is_escaped(text, *at));
    let named = opens.filter_map(|at| {
        let inside = &text[at + 1..];
        let name = &inside[..inside.find(']')?];
        let behind = &inside[name.len() + 1..];
        let is_name = name.chars().all(|letter| letter.is_alphanumeric() || "_-".contains(letter));
        (is_name && !behind.starts_with(['(', '[', ':'])).then(|| (name.to_owned(), at..at + name.len() + 2))
    });
    named.collect()
}

fn is_escaped(text: &str, at: usize) -> bool {
    let before = &text[..at];
    (before.len() - before.trim_end_matches('\\').len()) % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_without_brackets_is_found_in_prose_alone() {
        let text = "Шар @поляк1964, (@b) и `@c`, \\@d, $@e$, почта a@b.ru, [@f], @.\n\n```rust\n@g\n```\n";
        let found = bare(text, &Outline::of(text));
        let shown: Vec<&str> = found.iter().map(|(_, range)| &text[range.clone()]).collect();
        assert_eq!(shown, ["@поляк1964", "@b", "@"]);
    }

    #[test]
    fn a_key_without_its_sign_is_found_in_prose_alone() {
        let text = "Шар [поляк1964], [а b], [в](г.md), `[д]`, \\[е], [@ж] и [з][и].\n\n[и]: г.md\n";
        let found = unsigned(text, &Outline::of(text));
        assert_eq!(found.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["поляк1964"]);
    }

    #[test]
    fn citations_stand_in_prose_alone() {
        let text = "Внимание [@vaswani2017] и шар [@поляк1964, с. 3; @b] — `[@c]`, \\[@d], $[@e]$, почта a@b.ru, [f].\n\n\
                    | [@g] |\n|---|\n\n```rust\nlet x = [@h];\n```\n\n- [@i, гл. 2]\n\n[@j; k] и [@l\n";
        let found = find(text, &Outline::of(text));
        let shown: Vec<String> = found
            .iter()
            .map(|citation| {
                let items = citation.items.iter().map(|item| {
                    let key = item.key.as_deref().unwrap_or("нет");
                    assert!(item.key.is_none() || text[item.range.clone()] == *key);
                    format!("{key}({})", item.locator)
                });
                format!("{} = {}", &text[citation.range.clone()], items.collect::<Vec<_>>().join(" "))
            })
            .collect();
        assert_eq!(
            shown,
            [
                "[@vaswani2017] = vaswani2017()",
                "[@поляк1964, с. 3; @b] = поляк1964(с. 3) b()",
                "[@g] = g()",
                "[@i, гл. 2] = i(гл. 2)",
                "[@j; k] = j() нет()",
                "[@l\n = нет()"
            ]
        );
    }
}
