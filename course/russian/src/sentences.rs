//! Sentences.

use crate::{FORMULA, count};

/// Abbreviations with a full stop that something belongs to, which follows.
const OPEN: [&str; 26] = [
    "т", "е", "рис", "табл", "см", "ср", "им", "гл", "стр", "с", "ред", "изд", "англ", "лат", "фр", "нем", "греч",
    "напр", "разд", "упр", "св", "ул", "г", "в", "акад", "проф",
];

/// Abbreviations that end what was enumerated or dated: a sentence may end with them.
const CLOSED: [&str; 8] = ["д", "п", "др", "пр", "гг", "вв", "руб", "тыс"];

/// The sentences of a text, as they stand there.
pub fn sentences(text: &str) -> Vec<&str> {
    let paragraphs = text.split("\n\n");
    paragraphs.flat_map(in_paragraph).map(str::trim).filter(|sentence| !sentence.is_empty()).collect()
}

fn in_paragraph(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut from = 0;
    for (at, mark) in text.char_indices().filter(|(_, letter)| matches!(letter, '.' | '!' | '?' | '…')) {
        if at < from {
            continue;
        }
        let behind = text[at + mark.len_utf8()..].trim_start_matches(['»', '“', ')', ']', '"', '.', '!', '?', '…']);
        let next = behind.trim_start();
        let is_end = next.len() < behind.len() && begins(next);
        if is_end && !(mark == '.' && goes_on(&text[from..at], next)) {
            let end = text.len() - behind.len();
            found.push(&text[from..end]);
            from = end;
        }
    }
    found.push(&text[from..]);
    found
}

/// Whether a sentence may begin so.
fn begins(text: &str) -> bool {
    let first = text.trim_start_matches(['—', ' ', '\u{a0}', '«', '„', '(', '"', '[']).chars().next();
    first.is_some_and(|letter| letter.is_uppercase() || letter.is_numeric())
}

/// Whether a sentence goes on behind the full stop that stands between these.
fn goes_on(before: &str, next: &str) -> bool {
    let word = before.rsplit(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
    // «Вершина A. Затем …»: a Latin letter before a Russian word names a thing.
    let is_name =
        |letter: char| letter.is_ascii() && next.starts_with(|next: char| next.is_alphabetic() && !next.is_ascii());
    let is_initial = word.chars().count() == 1
        && word.chars().all(|letter| letter.is_uppercase() && letter != FORMULA && !is_name(letter));
    let lower = word.to_lowercase();
    let is_number = next.starts_with(char::is_numeric);
    let is_dated = matches!(&*lower, "г" | "в") && {
        let before = before[..before.len() - word.len()].trim_end();
        // «В 1969 г. Штрассен …»: a date alone is no sentence.
        before.ends_with(|letter: char| letter.is_numeric() || matches!(letter, 'I' | 'V' | 'X')) && count(before) > 2
    };
    match () {
        () if is_initial => true,
        () if is_dated || CLOSED.contains(&&*lower) => is_number,
        () => OPEN.contains(&&*lower),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sentences of a text that is written with a bar between them.
    fn check(marked: &str) {
        let wanted: Vec<&str> = marked.split('|').map(str::trim).collect();
        assert_eq!(sentences(&marked.replace("| ", "")), wanted);
    }

    #[test]
    fn a_sentence_ends_where_the_next_begins() {
        check("Слово раз. | Два слова тут! | А это? | Да…");
        check("Он сказал: «Пойдём.» | И пошёл.");
        check("Он спросил: «Пойдём?». | И пошёл... | Вот");
        check("«Кто там?» — спросил он… | Да, нет!");
        check("Доля 3.5 процента, то есть 3,5\u{a0}%. | 10 строк из 20.");
        check("Шаг равен ℱ. | ℱ растёт, а ℱ нет. | Всё.");
        check("— Пойдём? | — Нет.");
        check("(Это так.) | Дальше.");
    }

    #[test]
    fn initials_and_abbreviations_do_not_end_a_sentence() {
        check("А. С. Пушкин родился в 1799 г. в Москве. | Потом уехал.");
        check("См. рис. 3 и т. д. в книге Б. Т. Поляка. | Вот.");
        check("Это верно, т. е. ℱ больше. | См. табл. 2.");
        check("Ср. гл. 5 у Стренга (англ. Strang).");
        check("Поиск стоит в вершине A. | Квадраты подписаны. | Книга G. Strang о том же.");
        check("Строки, столбцы и т. д. | Вот главное.");
        check("Её придумали в 1958 г. | Розенблатт назвал её персептроном.");
        check("Это г. Москва, XX в. | Век машин.");
        check("В 1969 г. Ф. Штрассен обошёлся семью. | В XX в. Россия выросла.");
    }

    #[test]
    fn an_empty_line_ends_a_sentence_and_a_line_break_does_not() {
        assert_eq!(
            sentences("Мой дядя\nСамых честных правил.\n\nЗаголовок\n\nОн"),
            ["Мой дядя\nСамых честных правил.", "Заголовок", "Он"]
        );
        assert!(sentences(" \n\n ").is_empty());
    }

    /// From the course's own lectures.
    #[test]
    fn sentences_of_lectures_are_those_that_a_reader_sees() {
        check(
            "Перемножая матрицы, мы складываем ℱ произведений. | На экране это ℱ\u{a0}секунды; у процессора есть память поближе (L1, L2, L3). \
             | Почему? | Потому что соседние числа лежат рядом (см. рис. 4), — и это главное.",
        );
        check(
            "В 1969 г. Ф. Штрассен обошёлся семью умножениями вместо восьми. | Алгоритмы лучше известны: Копперсмит и Виноград (1990), \
             В. Вильямс (2012) и др. | На практике их не применяют.",
        );
        check("Пусть ℱ — вектор. | ℱ-я координата равна ℱ. | «Почти ноль» — это сколько? | 1\u{a0}% или меньше.");
    }
}
