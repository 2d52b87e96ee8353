//! Words of a text and their stems. `theme/search.js` does the same in the browser; a test compares the two.

use std::borrow::Cow;

use rust_stemmers::{Algorithm, Stemmer};

/// Words that are everywhere and mean nothing alone.
pub const STOP: &str = "а без более бы был была были было быть в вам вас весь во вот все всего всех вы где да даже для до его ее если есть \
    еще же за здесь и из или им их к как ко когда кто ли либо мне может мы на над надо наш не него нее нет ни них но ну о об однако он \
    она они оно от очень по под при с со так также такой там те тем то того тоже той только том ты у уже хотя чего чей чем что чтобы чье \
    чья эта эти это этот я the of and in to is for on with by an at as or from";

/// Calls `each` with every word of the text, in lower case, ё as е, without stress marks and soft hyphens. Words are runs of letters
/// and digits; of numbers only years are kept, and a number or a letter tied to a word by a hyphen, as in `gpt-2` and `k-means`.
pub fn words(text: &str, mut each: impl FnMut(&str)) {
    let mut word = String::new();
    for run in text.split(|letter: char| !is_part(letter)) {
        let run = run.trim_matches('-');
        if run.is_empty() {
            continue;
        }
        word.clear();
        let letters = run.chars().filter(|letter| !matches!(letter, '\u{301}' | '\u{ad}')).flat_map(char::to_lowercase);
        word.extend(letters.map(|letter| if letter == 'ё' { 'е' } else { letter }));
        let is_number = |part: &str| part.starts_with(|letter: char| letter.is_numeric());
        let is_tied = |part: &str| is_number(part) || part.chars().nth(1).is_none();
        let parts = || word.split('-').filter(|part| !part.is_empty());
        if parts().any(is_tied) && !parts().all(is_tied) {
            each(&word);
        }
        for part in parts().filter(|part| part.chars().nth(1).is_some()) {
            if !is_number(part) || (part.len() == 4 && part.bytes().all(|digit| digit.is_ascii_digit())) {
                each(part);
            }
        }
    }
}

fn is_part(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '-' | '\u{2010}' | '\u{301}' | '\u{ad}')
}

/// Snowball's stem of a Russian word; an English one loses the ending of its plural.
pub fn stem(word: &str) -> Cow<'_, str> {
    if word.starts_with(|letter: char| ('а'..='я').contains(&letter)) {
        Stemmer::create(Algorithm::Russian).stem(word)
    } else {
        Cow::Borrowed(singular(word))
    }
}

fn singular(word: &str) -> &str {
    let is_plural = word.len() > 3
        && word.bytes().all(|letter| letter.is_ascii_lowercase())
        && !["ss", "us", "is"].iter().any(|ending| word.ends_with(ending));
    if is_plural { word.strip_suffix('s').unwrap_or(word) } else { word }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        words(text, |word| found.push(word.to_owned()));
        found
    }

    #[test]
    fn words_lose_case_stress_and_yo() {
        assert_eq!(all("Ещё ме\u{301}тод, «МНК»; пере\u{ad}нос"), ["еще", "метод", "мнк", "перенос"]);
    }

    #[test]
    fn of_numbers_only_years_and_names_stay() {
        assert_eq!(
            all("GPT-2 в 1936 году: 3,14 и 100, self-attention"),
            ["gpt-2", "gpt", "1936", "году", "self", "attention"]
        );
    }

    #[test]
    fn forms_of_a_word_have_one_stem() {
        let forms = ["матрица", "матрицами", "матриц", "матрице"];
        assert!(forms.iter().all(|form| stem(form) == "матриц"), "{:?}", forms.map(stem));
    }
}
