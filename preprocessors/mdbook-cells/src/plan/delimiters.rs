//! Code that Rust's lexer gives up on: which delimiter has no pair, and what of code is text or comment.

use crate::plan::syntax::SyntaxError;

/// The first delimiter without its pair, outside of texts and comments.
pub fn unbalanced(code: &str) -> Option<SyntaxError> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut at = 0;
    while let Some(letter) = code[at..].chars().next() {
        let skipped = skip(&code[at..]);
        if skipped > 0 {
            at += skipped;
            continue;
        }
        match letter {
            '(' | '[' | '{' => open.push((at, letter)),
            ')' | ']' | '}' => match open.pop() {
                Some((_, before)) if pair(before) == letter => {}
                Some((begin, before)) => {
                    let message = format!("`{before}` is closed by `{letter}`");
                    return Some(SyntaxError { range: begin..at + 1, message, help: None });
                }
                None => {
                    let message = format!("`{letter}` closes nothing");
                    return Some(SyntaxError { range: at..at + 1, message, help: None });
                }
            },
            _ => {}
        }
        at += letter.len_utf8();
    }
    let (at, letter) = open.pop()?;
    let message = format!("`{letter}` is not closed in this cell");
    Some(SyntaxError { range: at..at + 1, message, help: None })
}

fn pair(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        _ => '}',
    }
}

/// Length of the comment, text or character that `code` begins with; 0 when it begins with none.
pub fn skip(code: &str) -> usize {
    if code.starts_with("//") {
        return code.find('\n').unwrap_or(code.len());
    }
    if code.starts_with("/*") {
        return block_comment(code);
    }
    if let Some(raw) = code.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if raw[hashes..].starts_with('"') {
            let end = format!("\"{}", "#".repeat(hashes));
            let inside = 1 + hashes + 1;
            return code[inside..].find(&end).map_or(code.len(), |found| inside + found + end.len());
        }
        return 0;
    }
    if code.starts_with('"') {
        return quoted(code, '"');
    }
    // `'a'` and `'\n'` are characters, `'a` is a lifetime.
    let mut letters = code.chars();
    if letters.next() == Some('\'') {
        match (letters.next(), letters.next()) {
            (Some('\\'), _) => return quoted(code, '\''),
            (Some(letter), Some('\'')) => return 2 + letter.len_utf8(),
            _ => {}
        }
    }
    0
}

fn block_comment(code: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < code.len() {
        if code[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if code[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += code[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    code.len()
}

fn quoted(code: &str, quote: char) -> usize {
    let mut letters = code.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => drop(letters.next()),
            _ if letter == quote => return at + 1,
            _ => {}
        }
    }
    code.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delimiter_without_its_pair_is_named() {
        let cases = [
            ("let a = (1;", "`(` is not closed in this cell", 8),
            ("}", "`}` closes nothing", 0),
            ("let s = \"}\"; // }\nf(]", "`(` is closed by `]`", 19),
            ("let c = '{'; let r = r#\"{\"#; {", "`{` is not closed in this cell", 29),
        ];
        for (code, message, at) in cases {
            let error = unbalanced(code).unwrap();
            assert_eq!((error.message.as_str(), error.range.start), (message, at), "{code}");
        }
    }
}
