//! Words that the course does not use.

use std::sync::LazyLock;

use regex::Regex;

use super::{Piece, pattern};
use page::Finding;

/// A pattern, what to write instead.
const TERMS: [(&str, &str); 22] = [
    (r"контролируем\w* обучени\w*", "обучение с учителем"),
    (r"неконтролируем\w* обучени\w*", "обучение без учителя"),
    (r"конволюц\w*", "свёртка, свёрточный"),
    (r"дисентанглинг\w*", "разделение факторов"),
    (r"денойзинг\w*", "шумоподавление, удаление шума"),
    (r"регуляци\w*", "регуляризация"),
    (r"торговл\w* между", "компромисс между"),
    (r"метод\w* момента", "метод импульса"),
    (r"фич(?:а|и|у|е|ей|ам|ами|ах)", "признак"),
    (r"лосс\w*", "функция потерь, потеря"),
    (r"имплемент\w*", "реализация, реализовать"),
    (r"перформанс\w*", "качество, скорость"),
    (r"десент\w*", "спуск"),
    (r"трейдофф\w*", "компромисс"),
    (r"эмбединг\w*", "эмбеддинг"),
    (r"оверфит\w*", "переобучение"),
    (r"андерфит\w*", "недообучение"),
    (r"инпут\w*", "вход"),
    (r"аутпут\w*", "выход"),
    (r"энкодер\w*", "кодировщик"),
    (r"декодер\w*", "декодировщик"),
    (r"в современном мире", "ничего: начните с задачи"),
];

/// Words that are often written without their dots and are no words then; `*` stands for any ending. The dictionary cannot tell them: it has
/// every word of «ё» with «е» too.
const DOTTED: &str = "ещё её идёт найдёт пойдёт придёт пройдёт войдёт даёт даём задаёт создаёт передаёт отдаёт выдаёт остаётся встаёт берёт \
    соберёт возьмём возьмёт ведёт приведёт растёт найдём пойдём идём счётчик* счёт счёта счёту счётом расчёт* учёт учёта учёту учётом учёте \
    отчёт* зачёт* пересчёт* объём объёма объёму объёмом объёме объёмы объёмов объёмн* приём приёма приёму приёмом приёме приёмы приёмов \
    подъём* причём вперёд втроём чётн* нечётн* чётк* жёстк* трёх* четырёх* самолёт* партнёр* ребёнок ребёнк* определённ* \
    чёрный чёрная чёрное чёрные чёрного чёрному чёрным чёрном чёрной чёрную чёрных чёрными \
    полёт полёта полёту полётом полёте полёты полётов полётам полётами полётах \
    распределённ* разделённ* усреднённ* обобщённ* сокращённ* упрощённ* отражённ* решённ* завершённ* включённ* исключённ* подключённ* \
    заключённ* приведённ* введённ* проведённ* сведённ* соединённ* применённ* изменённ* искажённ* возвращённ* подтверждённ* смещённ* несмещённ*";

pub(crate) fn check(piece: &Piece<'_>) -> Vec<Finding> {
    static PATTERNS: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
        TERMS
            .iter()
            .map(|(words, better)| (pattern(&format!(r"(?i)\b(?:{})\b", words.replace(' ', "[ \u{a0}\n]"))), *better))
            .collect()
    });
    let mut findings = Vec::new();
    for (words, better) in PATTERNS.iter() {
        for found in words.find_iter(piece.text).filter(|found| !is_quoted(piece, found.start())) {
            let message = format!("the course does not say «{}»", found.as_str().replace('\n', " "));
            let help = format!("say: {better}; a quoted title stands in «…»");
            findings.push(Finding::new("term", piece.place(found.range()), message, help));
        }
    }
    findings.extend(dots(piece));
    let marks = piece.text.match_indices('!');
    for (at, mark) in marks.filter(|(at, _)| !is_quoted(piece, *at) && !is_of_code(piece.text, *at)) {
        let place = piece.place(at..at + mark.len());
        findings.push(Finding::new("exclamation", place, "an exclamation mark", "end the sentence with a full stop"));
    }
    findings
}

/// The mark of a comment or of a macro that Markdown shows as text: that it does is told elsewhere.
fn is_of_code(text: &str, at: usize) -> bool {
    let (before, behind) = (&text[..at], &text[at + 1..]);
    let is_comment = before.ends_with('<') && behind.starts_with(['-', '–', '—']);
    let is_macro = before.ends_with(|letter: char| letter.is_ascii_alphanumeric() || letter == '_')
        && behind.starts_with(['(', '[', '{']);
    is_comment || is_macro
}

/// `еще`.
fn dots(piece: &Piece<'_>) -> Vec<Finding> {
    static LOST: LazyLock<Regex> = LazyLock::new(|| {
        let words = DOTTED.split_whitespace().map(|word| word.replace('ё', "е").replace('*', "[а-яё]*"));
        let words: Vec<String> = words.collect();
        pattern(&format!(r"(?i)\b(?:{})\b", words.join("|")))
    });
    let found = LOST.find_iter(piece.text);
    found
        .map(|found| {
            let word = found.as_str();
            let finding =
                Finding::new("yo", piece.place(found.range()), format!("«{word}» without its dots"), "write «ё»");
            dotted(word).map_or(finding.clone(), |dotted| finding.fixed(dotted))
        })
        .collect()
}

/// The word with its dots, in its own case.
fn dotted(word: &str) -> Option<String> {
    let lower = word.to_lowercase();
    let known = DOTTED.split_whitespace().find(|known| {
        let plain = known.replace('ё', "е");
        plain.strip_suffix('*').map_or(plain == lower, |beginning| lower.starts_with(beginning))
    })?;
    let at = known.chars().position(|letter| letter == 'ё')?;
    let dots = |(n, letter): (usize, char)| match letter {
        'е' if n == at => 'ё',
        'Е' if n == at => 'Ё',
        letter => letter,
    };
    Some(word.chars().enumerate().map(dots).collect())
}

/// True inside of «…»: titles and examples are quoted as they are.
fn is_quoted(piece: &Piece<'_>, at: usize) -> bool {
    let before = &piece.text[..at];
    before.matches('«').count() > before.matches('»').count()
}
