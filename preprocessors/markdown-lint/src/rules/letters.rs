//! Letters that look the same and are found by no search, no label, no term: «й» as «и» and a breve, a Latin «c» in a Russian word, and
//! signs that nobody sees.

use std::ops::Range;

use diagnostic::latin_letter;
use unicode_normalization::char::compose;

use crate::page::Page;
use ::page::Finding;

pub fn check(page: &Page<'_>) -> Vec<Finding> {
    let mut findings = of_two_characters(page);
    for piece in page.blocks().into_iter().flatten() {
        findings.extend(invisible(page, &piece));
        findings.extend(of_two_alphabets(page, &piece));
    }
    findings
}

fn of_two_characters(page: &Page<'_>) -> Vec<Finding> {
    let code = page.code();
    let mut findings = Vec::new();
    let mut letters = page.text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let Some((behind, mark)) = letters.peek().copied() else { break };
        // Below the first combining mark nothing composes, and that is nearly every letter.
        if mark < '\u{300}' || !letter.is_alphabetic() {
            continue;
        }
        let Some(whole) = compose(letter, mark) else { continue };
        let next = code.partition_point(|piece| piece.end <= at);
        if code.get(next).is_some_and(|piece| piece.contains(&at)) {
            continue;
        }
        let message = format!("«{whole}» is written as two characters, «{letter}» and a mark");
        let finding =
            Finding::new("letter", at..behind + mark.len_utf8(), message, format!("write «{whole}», one letter"));
        findings.push(finding.fixed(whole));
    }
    findings
}

/// Marks of direction and of no width: what a reader sees is not what is written. A byte order mark begins a file, and beside words
/// that are written from right to left a direction means something.
fn invisible(page: &Page<'_>, piece: &Range<usize>) -> Vec<Finding> {
    let turns = page.text[piece.clone()].contains(is_from_the_right);
    let is_it = |letter: char| match letter {
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => !turns,
        '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{feff}' => true,
        _ => false,
    };
    let found = page.text[piece.clone()].char_indices().map(|(at, letter)| (piece.start + at, letter));
    let found = found.filter(|(at, letter)| *at > 0 && is_it(*letter));
    found
        .map(|(at, letter)| {
            let message = format!("a sign that nobody sees (U+{:04X}) stands here", u32::from(letter));
            Finding::new("letter", at..at + letter.len_utf8(), message, "remove it").fixed("")
        })
        .collect()
}

/// A letter of Hebrew, Arabic and their neighbours.
fn is_from_the_right(letter: char) -> bool {
    letter.is_alphabetic()
        && matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// A word of Russian letters and of Latin ones that look like them, or the other way round.
fn of_two_alphabets(page: &Page<'_>, piece: &Range<usize>) -> Vec<Finding> {
    let text = &page.text[piece.clone()];
    let words = text.split(|letter: char| !letter.is_alphabetic()).filter(|word| word.chars().count() > 1);
    words
        .filter_map(|word| {
            let mended = of_one_alphabet(word)?;
            let start = piece.start + (word.as_ptr() as usize - text.as_ptr() as usize);
            let message = format!("«{word}» is written in the letters of two alphabets that look alike");
            let help = format!("write «{mended}» in those of one");
            Some(Finding::new("letter", start..start + word.len(), message, help).fixed(mended))
        })
        .collect()
}

/// The word in the one alphabet that it can be written in.
fn of_one_alphabet(word: &str) -> Option<String> {
    let is_cyrillic = |letter: char| matches!(letter, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё');
    let cyrillic = |letter: char| ('А'..='я').find(|known| latin_letter(*known) == Some(letter));
    let (russian, latin): (Vec<char>, Vec<char>) = word.chars().partition(|letter| is_cyrillic(*letter));
    if russian.is_empty() || latin.is_empty() || !latin.iter().all(char::is_ascii_alphabetic) {
        return None;
    }
    let is_russian = latin.iter().all(|letter| cyrillic(*letter).is_some());
    let is_latin = russian.iter().all(|letter| latin_letter(*letter).is_some());
    match (is_russian, is_latin) {
        (true, false) => Some(word.chars().map(|letter| cyrillic(letter).unwrap_or(letter)).collect()),
        (false, true) => Some(word.chars().map(|letter| latin_letter(letter).unwrap_or(letter)).collect()),
        // A word that could be both is what its author wants, and one that can be neither is made of two.
        _ => None,
    }
}
