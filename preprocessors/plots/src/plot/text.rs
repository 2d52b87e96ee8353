//! How wide texts are: browsers choose the font, so it is a guess, on the safe side for the usual sans-serif fonts.

/// Height of the letters in pixels: readable when a phone shows the picture at half its width.
pub(crate) const LETTER: f64 = 16.0;

/// The width of a text in letters of [`LETTER`] pixels.
pub(crate) fn width(text: &str) -> f64 {
    text.chars().map(letter).sum::<f64>() * LETTER
}

/// The width of a letter as a share of its height.
fn letter(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '!' | '|' | '\'' => 0.33,
        ' ' | '(' | ')' | '/' | 'f' | 't' | 'r' | 'г' | '\u{a0}' | '-' | '·' => 0.42,
        '⁰'..='₉' | '²' | '³' | '¹' | '\u{202f}' => 0.42,
        'ж' | 'ш' | 'щ' | 'ю' | 'ф' | 'м' | 'ы' | 'm' | 'w' | '—' | '×' | '−' | '=' | '+' => 0.88,
        'Ж' | 'Ш' | 'Щ' | 'Ю' | 'Ф' | 'М' | 'Ы' | 'M' | 'W' | '%' => 1.0,
        c if c.is_uppercase() => 0.73,
        _ => 0.63,
    }
}

/// The text in at most two lines, broken where the longer one is shortest, if it is wider than the room.
pub(crate) fn lines(text: &str, room: f64) -> Vec<&str> {
    if width(text) <= room {
        return vec![text];
    }
    let breaks = text.match_indices(' ').map(|(place, _)| (&text[..place], &text[place + 1..]));
    let longer = |(first, second): &(&str, &str)| width(first).max(width(second));
    let best = breaks.min_by(|a, b| longer(a).total_cmp(&longer(b)));
    best.map_or_else(|| vec![text], |(first, second)| vec![first, second])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_broken_in_its_middle() {
        assert_eq!(lines("последовательное деление пополам", 200.0), ["последовательное", "деление пополам"]);
        assert_eq!(lines("kNN", 200.0), ["kNN"]);
    }
}
