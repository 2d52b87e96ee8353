//! Raw HTML read as far as a search needs it: tags and the text between them.

/// A piece of raw HTML.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// `<name attributes>`
    Open(&'a str, &'a str),
    /// `</name>`
    Close(&'a str),
    /// Text with its entities.
    Text(&'a str),
}

/// Cuts HTML into pieces; comments and declarations are left out.
pub fn pieces<'a>(html: &'a str) -> impl Iterator<Item = Piece<'a>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        loop {
            if rest.is_empty() {
                return None;
            }
            let Some(tag) = rest.strip_prefix('<') else {
                let (text, after) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
                rest = after;
                return Some(Piece::Text(text));
            };
            if let Some(comment) = tag.strip_prefix("!--") {
                rest = comment.split_once("-->").map_or("", |(_, after)| after);
                continue;
            }
            let (inside, after) = tag.split_at(end(tag));
            rest = after.strip_prefix('>').unwrap_or(after);
            let name_of = |text: &'a str| {
                text.split(|letter: char| letter.is_whitespace() || letter == '/').next().unwrap_or_default()
            };
            match inside.strip_prefix('/') {
                Some(name) => return Some(Piece::Close(name_of(name))),
                None if inside.starts_with(char::is_alphabetic) => {
                    let name = name_of(inside);
                    return Some(Piece::Open(name, &inside[name.len()..]));
                }
                None => {}
            }
        }
    })
}

/// Where a tag ends: the first `>` outside quotes.
fn end(tag: &str) -> usize {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    tag.len()
}

/// True when the attribute `class` holds one of the words.
pub fn has_class(attributes: &str, wanted: &[&str]) -> bool {
    let Some((_, value)) = attributes.split_once("class=") else { return false };
    let quoted = value.trim_start_matches(['"', '\'']);
    let value = quoted.split(['"', '\'']).next().unwrap_or_default();
    value.split_whitespace().any(|class| wanted.contains(&class))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_comments_and_text_are_told_apart() {
        let html = "а<b class=\"x > y\">б</b><!-- <i> --><br/>в<!DOCTYPE html>";
        let expected = [
            Piece::Text("а"),
            Piece::Open("b", " class=\"x > y\""),
            Piece::Text("б"),
            Piece::Close("b"),
            Piece::Open("br", "/"),
            Piece::Text("в"),
        ];
        assert_eq!(pieces(html).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn an_unclosed_tag_ends_the_text() {
        assert_eq!(pieces("а <b").collect::<Vec<_>>(), [Piece::Text("а "), Piece::Open("b", "")]);
    }

    #[test]
    fn classes_are_whole_words() {
        assert!(has_class(" id=\"a\" class=\"math-inline wide\"", &["math-inline"]));
        assert!(!has_class(" class=\"mathematics\"", &["math"]));
    }
}
