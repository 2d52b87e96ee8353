//! Ids of headings with formulas: mdBook would make them of TeX.

use std::collections::BTreeSet;

use page::anchor::{anchor, unique};

use crate::found::Heading;

/// What is to be inserted, and where, so that every heading with a formula has an id made of its words, or of `word`.
pub fn ids(text: &str, headings: &[Heading], word: &str) -> Vec<(usize, String)> {
    let mut used = taken(headings);
    let otherwise = anchor(word);
    let unnamed = headings.iter().filter(|heading| heading.formulas && heading.id.is_none());
    let insertions = unnamed.map(|heading| {
        let words = heading.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let id = anchor(&words);
        let id = unique(if id.is_empty() { &otherwise } else { &id }, &mut used);
        let brace = text[heading.end..heading.range.end].find('{').filter(|_| heading.attributes);
        match brace {
            Some(brace) => (heading.end + brace + 1, format!("#{id} ")),
            None => (heading.end, format!(" {{#{id}}}")),
        }
    });
    insertions.collect()
}

/// The ids that the other headings have. mdBook numbers equal ones in their order and does not look at those that are written out.
fn taken(headings: &[Heading]) -> BTreeSet<String> {
    let mut automatic = BTreeSet::new();
    for heading in headings.iter().filter(|heading| !heading.formulas && heading.id.is_none()) {
        unique(&anchor(&heading.text), &mut automatic);
    }
    automatic.extend(headings.iter().filter_map(|heading| heading.id.clone()));
    automatic
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::find::find;
    use crate::settings::tests::read;

    #[test]
    fn a_heading_with_a_formula_gets_an_id_of_its_words() {
        let text = "\
# Нормы\n\n## Нормы $L_1$ ##\n\n## Нормы $L_2$ {.wide}\n\n## $R^2$!\n\n## Есть $x$ {#id}\n\n> Градиент $\\nabla f$\n> и `шаг` $\\eta$\n> ---\n";
        let mut page = text.to_owned();
        for (at, id) in ids(text, &find(text, read("").unwrap().extensions).headings, "Формула").into_iter().rev()
        {
            page.insert_str(at, &id);
        }
        insta::assert_snapshot!(page);
    }
}
