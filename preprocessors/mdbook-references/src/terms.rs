//! Terms in a page's prose: `[[сингулярных чисел]]`, `[[чисел|сингулярное число]]`.

use std::ops::Range;

use page::{Edit, Outline, escape};

use crate::glossary::Glossary;

/// A term that a page links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// With its brackets.
    pub range: Range<usize>,
    /// What the reader sees.
    pub shown: String,
    /// The words that name the term, and their place.
    pub name: Range<usize>,
    /// It stands in a heading, which is a link already.
    pub in_heading: bool,
}

/// `<!-- glossary -->`: the list of all terms stands here.
const LIST: &str = "glossary";

/// Finds the terms of a page.
pub fn find(text: &str, outline: &Outline) -> Vec<Mention> {
    let begins =
        text.match_indices("[[").map(|(at, _)| at).filter(|at| outline.is_prose(*at) && !text[..*at].ends_with('\\'));
    begins.filter_map(|at| mention(text, at, outline)).collect()
}

/// The mark of the list.
pub fn mark(text: &str, outline: &Outline) -> Option<Range<usize>> {
    let mut comments = outline.comments().filter(|(_, inside)| &text[(*inside).clone()] == LIST);
    comments.next().map(|(range, _)| range.clone())
}

fn mention(text: &str, start: usize, outline: &Outline) -> Option<Mention> {
    let inside = start + 2;
    let end = inside + text[inside..].find("]]")?;
    let words = &text[inside..end];
    if words.contains("\n\n") {
        return None;
    }
    let (shown, name) = match words.split_once('|') {
        // In a table the bar has a backslash.
        Some((shown, _)) => (shown.trim_end_matches('\\'), inside + shown.len() + 1..end),
        None => (words, inside..end),
    };
    let in_heading = outline.headings().any(|(_, piece, _)| piece.range.contains(&start));
    Some(Mention { range: start..end + 2, shown: shown.to_owned(), name, in_heading })
}

/// The link to a term's place on the page `list` (from the page that links). A book without such a page shows the definition over the
/// words. Words that name nothing stay words.
pub fn edit(text: &str, mention: &Mention, glossary: &Glossary, list: Option<&str>) -> Edit {
    let shown = escape::text(&mention.shown);
    let link = glossary.find(&text[mention.name.clone()]).map(|term| {
        if let Some(list) = list {
            return format!("<a class=\"term\" href=\"{}#{}\">{shown}</a>", escape::text(list), term.id());
        }
        let definition = format!("{} ({})\u{a0}— {}", term.ru.get_ref(), term.en, plain(term.definition.get_ref()));
        format!("<abbr class=\"term\" title=\"{}\">{shown}</abbr>", escape::text(&definition))
    });
    Edit::new(mention.range.clone(), link.unwrap_or(shown))
}

/// A definition where no Markdown is.
fn plain(definition: &str) -> String {
    definition.trim().replace(['*', '`'], "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use page::apply;

    const TERMS: &str = "[[term]]\nru = \"сингулярное число\"\nen = \"singular value\"\ndefinition = \"Множитель $\\\\sigma_i$.\"\nlecture = \"1.1.8\"\nalso = [\"сингулярных чисел\"]\n\n\
        [[term]]\nru = \"ранг\"\nen = \"rank\"\ndefinition = \"Размерность *образа*.\"\nlecture = \"1.1.2\"\n";

    #[test]
    fn terms_are_found_in_all_their_forms() {
        let (glossary, mistakes) = Glossary::read("glossary.toml", TERMS);
        assert_eq!(mistakes, []);
        let text = "# Про [[ранг]]\n\nО [[сингулярных чисел]], [[сингулярному числу]], [[чисел|сингулярные числа]], [[рангом]], `[[ранг]]`, [[нет]].\n\n| [[ранга\\|ранг]] |\n|---|\n";
        let outline = Outline::of(text);
        let mentions = find(text, &outline);
        assert!(mentions[0].in_heading && !mentions[1].in_heading);
        let edits: Vec<Edit> = mentions.iter().map(|mention| edit(text, mention, &glossary, Some("../g.md"))).collect();
        insta::assert_snapshot!(apply(text, &edits));
        insta::assert_snapshot!(glossary.list(|number| format!("[{number}](a.md)")));
    }

    #[test]
    fn a_definition_that_would_be_shown_otherwise_than_it_was_meant_is_told() {
        for mark in ["[[ранга|ранг]]", "[@поляк1964]", "[образа](ранг.md)", "`=ранг`", "<!-- после -->"]
        {
            let text = TERMS.replace("*образа*", mark);
            let (_, mistakes) = Glossary::read("g.toml", &text);
            let places: Vec<&str> = mistakes.iter().map(|mistake| &text[mistake.place.range.clone()]).collect();
            assert_eq!(places, [format!("\"Размерность {mark}.\"")], "{mistakes:?}");
        }
    }

    #[test]
    fn a_wrong_glossary_is_told_at_its_place() {
        let told = |text: &str| {
            let (_, mistakes) = Glossary::read("g.toml", text);
            let lines = mistakes.iter().map(|mistake| {
                let place = diagnostic::line_column(text, mistake.place.range.start);
                format!("{}:{}: {}", place.line, place.column, mistake.message)
            });
            lines.collect::<Vec<_>>().join("\n")
        };
        assert_eq!(told(""), "");
        insta::assert_snapshot!(told(&TERMS.replace("ru = \"ранг\"", "ru = \"сингулярные числа\"")));
        insta::assert_snapshot!(told(&TERMS.replace("en = \"rank\"", "eng = \"rank\"")));
    }
}
