//! What a source says in a form that the list takes as it is: a DOI with its address, a number of arXiv with the word, initials before the
//! surname.

use diagnostic::{Diagnostic, Place};
use hayagriva::Entry;

use crate::extent;

/// The years that a source can be of: an edition, not the work itself, has the date.
const YEARS: std::ops::RangeInclusive<i32> = 1000..=2100;

/// All of it; `place` finds words in the description of the source.
pub fn wrong(key: &str, entry: &Entry, place: &impl Fn(&str) -> Place) -> Vec<Diagnostic> {
    let mistake =
        |message: String, words: &str, help: &str| Diagnostic::error("bibliography", message, place(words)).help(help);
    let mut mistakes = Vec::new();
    if entry.title().is_none_or(|title| title.to_string().trim().is_empty()) {
        mistakes.push(mistake(format!("`{key}` has no title"), key, "write `title: \"…\"`"));
    }
    let numbers = entry.serial_number().map(|numbers| &numbers.0);
    if let Some(doi) = numbers.and_then(|numbers| numbers.get("doi")).filter(|doi| !doi.starts_with("10.")) {
        let help = "a DOI begins with `10.`: write it without an address";
        mistakes.push(mistake(format!("«{doi}» is no DOI"), doi, help));
    }
    if let Some(number) = numbers.and_then(|numbers| numbers.get("arxiv")).filter(|number| !is_arxiv(number)) {
        let help = "write it as in `2106.09685` or `hep-th/9901001`";
        mistakes.push(mistake(format!("«{number}» is no number of arXiv"), number, help));
    }
    let people = entry.authors().into_iter().chain(entry.editors()).flatten();
    for name in people.map(|person| &person.name).filter(|name| begins_with_initials(name)) {
        let help = "write the surname first, behind it a comma";
        mistakes.push(mistake(format!("«{name}» begins with initials"), name, help));
    }
    if let Some(year) = entry.date().map(|date| date.year).filter(|year| !YEARS.contains(year)) {
        let help = "write the year of the edition, or its date as in `2026-11-30`";
        mistakes.push(mistake(format!("{year} is no year of a source"), &year.to_string(), help));
    }
    mistakes.extend(extent::wrong(entry, place));
    mistakes
}

/// `2106.09685`, `1706.03762v7`, `hep-th/9901001`, `math.GT/0309136`.
fn is_arxiv(number: &str) -> bool {
    let digits = |text: &str, least: usize, most: usize| {
        (least..=most).contains(&text.len()) && text.bytes().all(|digit| digit.is_ascii_digit())
    };
    let whole = number.split_once('v').filter(|(_, version)| digits(version, 1, 2)).map_or(number, |(whole, _)| whole);
    let is_new = whole.split_once('.').is_some_and(|(month, of_month)| digits(month, 4, 4) && digits(of_month, 4, 5));
    let is_old = whole.split_once('/').is_some_and(|(archive, of_archive)| {
        let is_letter = |letter: char| letter.is_ascii_alphabetic() || "-.".contains(letter);
        !archive.is_empty() && archive.chars().all(is_letter) && digits(of_archive, 7, 7)
    });
    is_new || is_old
}

/// `И. Иванов`, `J.-P. Serre`: an organisation is called otherwise.
fn begins_with_initials(name: &str) -> bool {
    let mut letters = name.chars();
    let is_initial = letters.next().is_some_and(char::is_uppercase) && letters.next() == Some('.');
    is_initial && name.rsplit([' ', '.']).next().is_some_and(|last| last.chars().count() > 1)
}

#[cfg(test)]
mod tests {
    use crate::bibliography::Bibliography;
    use crate::style::Style;

    fn told(text: &str) -> String {
        let (_, mistakes) = Bibliography::read("b.yml", text, Style::Gost);
        let line = |mistake: diagnostic::Diagnostic| {
            let at = diagnostic::line_column(text, mistake.place.range.start);
            format!("{}:{} {}; {}", at.line, at.column, mistake.message, mistake.helps.join(" "))
        };
        mistakes.into_iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_form_that_the_list_would_take_as_it_is_is_told() {
        insta::assert_snapshot!(told(
            "а:\n  type: article\n  title: Шаг\n  author: [\"И. Иванов\", \"J.-P. Serre\"]\n  date: 20200\n  serial-number: { doi: \"https://doi.org/10.1/x\" }\n\
             б:\n  type: article\n  author: \"Иванов, И.\"\n  serial-number: { arxiv: \"arXiv:2106.09685\" }\n"
        ));
    }

    #[test]
    fn forms_that_are_right_are_left_alone() {
        for number in ["2106.09685", "0704.0001", "1706.03762v7", "hep-th/9901001", "math.GT/0309136"] {
            assert_eq!(
                told(&format!(
                    "а:\n  type: article\n  title: Шаг\n  author: [\"Иванов, И.\", OpenAI, \"А. С.\"]\n  date: 2017-06\n  serial-number: {{ doi: 10.1/x, arxiv: \"{number}\" }}\n"
                )),
                "",
                "{number}"
            );
        }
    }
}
