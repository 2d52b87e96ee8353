//! Who translated and edited a source, as the title page says it: initials first and, in Russian, in the genitive.
//!
//! The file has two ways to name such a person. `Словарёв, А. А.` is the nominative, which is declined here where the ending of the
//! surname leaves no doubt; where it does, the author is asked for the words. A name without a comma is the words themselves and
//! stands in the list as it is: `А. Б. Черных`, `с англ. А. А. Словарёва`.

use hayagriva::types::Person;

/// The person as it stands behind «пер.» and «под ред.»; nothing when its surname must be declined by somebody who knows it.
pub fn genitive(person: &Person) -> Option<Person> {
    if person.given_name.is_none() {
        return Some(whole(person));
    }
    let parts: Option<Vec<String>> = person.name.split('-').map(surname).collect();
    Some(Person { name: parts?.join("-"), ..person.clone() })
}

/// The person whose surname is all of it: hayagriva takes small words at its beginning, `de la`, `с англ.`, for a part that goes elsewhere.
pub fn whole(person: &Person) -> Person {
    let name = match &person.prefix {
        Some(prefix) => format!("{} {}", prefix.trim(), person.name),
        None => person.name.clone(),
    };
    Person { name, prefix: None, ..person.clone() }
}

/// The genitive of a surname whose ending says whether it is a man's or a woman's, and how it is declined.
fn surname(nominative: &str) -> Option<String> {
    /// What an ending becomes. «-ина» is left out: Щербина is declined otherwise than Ильина.
    const ENDINGS: [(&str, &str); 22] = [
        ("ова", "овой"),
        ("ева", "евой"),
        ("ёва", "ёвой"),
        ("ская", "ской"),
        ("цкая", "цкой"),
        ("ов", "ова"),
        ("ев", "ева"),
        ("ёв", "ёва"),
        ("ин", "ина"),
        ("ын", "ына"),
        ("ский", "ского"),
        ("цкий", "цкого"),
        ("ской", "ского"),
        ("цкой", "цкого"),
        ("ых", "ых"),
        ("о", "о"),
        ("е", "е"),
        ("э", "э"),
        ("и", "и"),
        ("у", "у"),
        ("ю", "ю"),
        ("ы", "ы"),
    ];
    /// «Лев» is no surname in «-ев».
    const SHORTEST: usize = 4;
    if !nominative.chars().any(|letter| ('\u{400}'..'\u{500}').contains(&letter)) {
        return Some(nominative.to_owned());
    }
    let (nominal, genitive) = ENDINGS.iter().find(|(ending, _)| nominative.ends_with(ending))?;
    let is_long = nominative.chars().count() >= SHORTEST;
    (is_long || nominal == genitive).then(|| format!("{}{genitive}", &nominative[..nominative.len() - nominal.len()]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declined(name: &str) -> String {
        let person = Person::from_strings(name.split(',').collect()).unwrap();
        match genitive(&person) {
            Some(Person { name, given_name: Some(given), .. }) => format!("{given} {name}"),
            Some(person) => person.name,
            None => "?".to_owned(),
        }
    }

    #[test]
    fn surnames_whose_ending_leaves_no_doubt_are_declined() {
        let names = [
            "Словарёв, А. А.",
            "Редакторова, А. Б.",
            "Ильин, С.",
            "Вышинский, Н.",
            "Ясницкая, Л.",
            "Трубецкой, Н. С.",
            "Коваленко, И.",
            "Петров-Водкин, К. С.",
            "Данте, А.",
            "Smith, J.",
        ];
        insta::assert_snapshot!(names.map(declined).join("\n"));
    }

    #[test]
    fn others_are_asked_for() {
        let names = [
            "Щербина, А.",
            "Фрейндлих, А.",
            "Мицкевич, А.",
            "Толстой, Л. Н.",
            "Лев, М.",
            "Черняк, О.",
            "Гёте-Шмидт, И.",
        ];
        assert_eq!(names.map(declined), ["?"; 7]);
    }

    #[test]
    fn words_without_a_comma_stand_as_they_are() {
        let words = ["А. Б. Черных", "с англ. А. А. Словарёва", "М. фон Вебера"];
        assert_eq!(words.map(declined), words);
    }
}
