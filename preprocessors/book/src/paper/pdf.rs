//! A PDF as Chromium writes it, read so far that its objects can be written into another file.

use anyhow::{Context as _, bail, ensure};

/// A piece of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    /// Another object, `7 0 R`.
    Ref(usize),
    /// A name without its slash, as it is written.
    Name(Vec<u8>),
    /// A bracket, number, string or word, as it is written.
    Other(Vec<u8>),
}

/// An object: a dictionary, or another value, and what follows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Object {
    /// The value.
    pub tokens: Vec<Token>,
    /// The bytes of a stream.
    pub stream: Option<Vec<u8>>,
}

/// A file.
#[derive(Clone, Debug)]
pub struct Pdf {
    /// Its objects by number; there is none of number 0.
    pub objects: Vec<Object>,
    /// The number of its catalog.
    pub root: usize,
}

impl Token {
    pub(super) fn word(text: &str) -> Self {
        Self::Other(text.as_bytes().to_vec())
    }

    pub(super) fn name(text: &str) -> Self {
        Self::Name(text.as_bytes().to_vec())
    }

    pub(super) fn is(&self, text: &str) -> bool {
        matches!(self, Self::Other(bytes) if bytes == text.as_bytes())
    }

    fn write(&self, to: &mut Vec<u8>) {
        match self {
            Self::Ref(number) => to.extend(format!("{number} 0 R").bytes()),
            Self::Name(name) => to.extend([b"/", &**name].concat()),
            Self::Other(bytes) => to.extend(bytes),
        }
    }
}

impl Object {
    /// The object that a text is.
    pub fn of(text: &[u8]) -> anyhow::Result<Self> {
        Ok(Self { tokens: tokens(text)?.0, stream: None })
    }

    /// The tokens of the value of a key of a dictionary.
    pub fn get(&self, key: &str) -> Option<&[Token]> {
        get(&self.tokens, key)
    }

    /// A value that is one reference.
    pub fn reference(&self, key: &str) -> Option<usize> {
        match self.get(key)? {
            [Token::Ref(number)] => Some(*number),
            _ => None,
        }
    }

    /// A value that is one whole number.
    pub fn number(&self, key: &str) -> Option<usize> {
        match self.get(key)? {
            [Token::Other(digits)] => std::str::from_utf8(digits).ok()?.parse().ok(),
            _ => None,
        }
    }

    /// Whether it says that it is of this type.
    pub fn is(&self, kind: &str) -> bool {
        self.get("Type") == Some(&[Token::name(kind)])
    }
}

/// Keys of the dictionary that the tokens are, with where their values stand.
pub fn entries(tokens: &[Token]) -> Vec<(&[u8], std::ops::Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 1;
    while let Some(Token::Name(key)) = tokens.get(at) {
        let end = behind(tokens, at + 1);
        found.push((&**key, at + 1..end));
        at = end;
    }
    found
}

fn get<'a>(tokens: &'a [Token], key: &str) -> Option<&'a [Token]> {
    let (_, range) = entries(tokens).into_iter().find(|(name, _)| *name == key.as_bytes())?;
    tokens.get(range)
}

/// Where the value ends that begins at a token.
pub(super) fn behind(tokens: &[Token], start: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(start) {
        if token.is("<<") || token.is("[") {
            depth += 1;
        } else if token.is(">>") || token.is("]") {
            depth = depth.saturating_sub(1);
        }
        if depth == 0 {
            return at + 1;
        }
    }
    tokens.len()
}

/// Tokens as they are written.
pub fn text(tokens: &[Token]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for token in tokens {
        token.write(&mut bytes);
        bytes.push(b' ');
    }
    bytes
}

/// Reads a file with one plain table of references, as Chromium writes it.
pub fn read(bytes: &[u8]) -> anyhow::Result<Pdf> {
    let tail = bytes.windows(9).rposition(|part| part == b"startxref").context("it has no table of objects")?;
    let start: usize = number(&bytes[tail + 9..]).context("its table of objects is nowhere")?;
    let table = bytes.get(start..).and_then(|rest| rest.strip_prefix(b"xref\n0 ")).context("its table is another")?;
    let count = number(table).context("its table has no length")?;
    let first = table.iter().position(|byte| *byte == b'\n').context("its table is cut")? + 1;
    let mut objects = vec![Object::default()];
    for index in 1..count {
        let entry = table.get(first + 20 * index..first + 20 * (index + 1)).context("its table is cut")?;
        let place = number(entry).filter(|_| entry[17] == b'n').context("an object is nowhere")?;
        objects.push(object(bytes.get(place..).context("an object lies behind the end")?, index)?);
    }
    let trailer = table.windows(8).position(|part| part == b"trailer\n").context("it has no trailer")?;
    let root = Object { tokens: tokens(&table[trailer + 8..])?.0, stream: None }.reference("Root");
    Ok(Pdf { objects, root: root.context("it has no catalog")? })
}

fn object(bytes: &[u8], number: usize) -> anyhow::Result<Object> {
    let head = format!("{number} 0 obj\n");
    let bytes =
        bytes.strip_prefix(head.as_bytes()).with_context(|| format!("object {number} is not where it should be"))?;
    let (tokens, rest) = tokens(bytes)?;
    let object = Object { tokens, stream: None };
    let Some(stream) = rest.strip_prefix(b"stream\n") else { return Ok(object) };
    let length = object.number("Length").context("a stream does not say how long it is")?;
    let stream = stream.get(..length).context("a stream is cut")?;
    Ok(Object { stream: Some(stream.to_vec()), ..object })
}

/// The tokens up to a word that is none of a value, and what stands from there on.
fn tokens(mut bytes: &[u8]) -> anyhow::Result<(Vec<Token>, &[u8])> {
    let mut found: Vec<Token> = Vec::new();
    loop {
        bytes = bytes.trim_ascii_start();
        let length = match bytes {
            [] => return Ok((found, bytes)),
            [b'<', b'<', ..] | [b'>', b'>', ..] => 2,
            [b'[' | b']', ..] => 1,
            [b'<', ..] => bytes.iter().position(|byte| *byte == b'>').context("a string has no end")? + 1,
            [b'(', ..] => string(bytes)?,
            [_, rest @ ..] => {
                let ends = |byte: &u8| byte.is_ascii_whitespace() || b"<>[]()/".contains(byte);
                rest.iter().position(ends).unwrap_or(rest.len()) + 1
            }
        };
        let (token, rest) = bytes.split_at(length);
        match (token, found.as_slice()) {
            (b"R", [.., Token::Other(number), Token::Other(zero)]) if zero == b"0" => {
                let number = std::str::from_utf8(number).ok().and_then(|digits| digits.parse().ok());
                let number = number.context("a reference to nothing")?;
                found.truncate(found.len() - 2);
                found.push(Token::Ref(number));
            }
            (b"endobj" | b"stream" | b"startxref", _) => return Ok((found, bytes)),
            ([b'/', name @ ..], _) => found.push(Token::Name(name.to_vec())),
            ([first, ..], _) if first.is_ascii_alphabetic() && ![&b"true"[..], b"false", b"null"].contains(&token) => {
                bail!("an unknown word {}", token.escape_ascii())
            }
            _ => found.push(Token::Other(token.to_vec())),
        }
        bytes = rest;
    }
}

/// The length of a string in round brackets.
fn string(bytes: &[u8]) -> anyhow::Result<usize> {
    let (mut depth, mut is_escaped) = (0_usize, false);
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'(' => depth += 1,
            b')' if depth == 1 => return Ok(at + 1),
            b')' => depth -= 1,
            _ => {}
        }
    }
    bail!("a string has no end")
}

fn number(bytes: &[u8]) -> Option<usize> {
    let digits = bytes.trim_ascii_start();
    let end = digits.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(digits.len());
    std::str::from_utf8(&digits[..end]).ok()?.parse().ok()
}

/// Writes the objects that can be reached from the catalog; `info` is what is known of the file besides.
pub fn write(pdf: &Pdf, info: usize) -> anyhow::Result<Vec<u8>> {
    let mut reached = vec![false; pdf.objects.len()];
    let mut open = vec![pdf.root, info];
    while let Some(number) = open.pop() {
        let object = pdf.objects.get(number).with_context(|| format!("there is no object {number}"))?;
        if std::mem::replace(&mut reached[number], true) {
            continue;
        }
        open.extend(object.tokens.iter().filter_map(|token| match token {
            Token::Ref(number) => Some(*number),
            _ => None,
        }));
    }
    let mut names = vec![0; reached.len()];
    let kept: Vec<usize> = (0..reached.len()).filter(|number| reached[*number]).collect();
    kept.iter().enumerate().for_each(|(name, number)| names[*number] = name + 1);
    let mut bytes = b"%PDF-1.4\n%\xd3\xeb\xe9\xe1\n".to_vec();
    let mut places = Vec::new();
    for number in kept {
        places.push(bytes.len());
        let Object { tokens, stream } = &pdf.objects[number];
        bytes.extend(format!("{} 0 obj\n", names[number]).bytes());
        let named = |token: &Token| match token {
            Token::Ref(number) => Token::Ref(names[*number]),
            other => other.clone(),
        };
        bytes.extend(text(&tokens.iter().map(named).collect::<Vec<_>>()));
        if let Some(stream) = stream {
            bytes.extend([b"stream\n", &**stream, b"\nendstream"].concat());
        }
        bytes.extend(b"\nendobj\n");
    }
    let start = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).bytes());
    places.iter().for_each(|place| bytes.extend(format!("{place:010} 00000 n \n").bytes()));
    let size = places.len() + 1;
    let (root, info) = (names[pdf.root], names[info]);
    let trailer = format!("trailer\n<</Size {size}\n/Root {root} 0 R\n/Info {info} 0 R>>\nstartxref\n{start}\n%%EOF\n");
    ensure!(bytes.len() < 9_999_999_999, "the file is too long for its table");
    bytes.extend(trailer.bytes());
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_tokens(text: &str) -> Vec<Token> {
        tokens(text.as_bytes()).expect("they are tokens").0
    }

    #[test]
    fn tokens_are_read_to_the_end_of_an_object() {
        let (found, rest) = tokens(b"<</A[1 0 R 2 -3.5]/B(a\\)(b) R)/C<FE FF>/D/E#20>> stream\nx").expect("tokens");
        let written: Vec<String> = found
            .iter()
            .map(|token| {
                let mut bytes = Vec::new();
                token.write(&mut bytes);
                String::from_utf8(bytes).expect("it is text")
            })
            .collect();
        assert_eq!(
            written,
            ["<<", "/A", "[", "1 0 R", "2", "-3.5", "]", "/B", "(a\\)(b) R)", "/C", "<FE FF>", "/D", "/E#20", ">>"]
        );
        assert_eq!(rest, b"stream\nx");
        for wrong in ["(a", "<AB", "слово? word", "<</A word>>"] {
            assert!(tokens(wrong.as_bytes()).is_err() || wrong.starts_with('с'), "{wrong}");
        }
    }

    #[test]
    fn values_of_a_dictionary_are_found_by_their_keys() {
        let object =
            Object { tokens: read_tokens("<</Kids [1 0 R] /In <</Count 9>> /Count 2 /Type /Pages>>"), stream: None };
        assert_eq!((object.number("Count"), object.reference("Kids")), (Some(2), None));
        assert_eq!(object.get("Kids"), Some(&read_tokens("[1 0 R]")[..]));
        assert!(object.is("Pages") && !object.is("Page") && object.get("None").is_none());
    }

    #[test]
    fn what_is_written_is_read_again_without_what_nobody_refers_to() {
        let object = |text: &str, stream: Option<&[u8]>| Object {
            tokens: read_tokens(text),
            stream: stream.map(<[u8]>::to_vec),
        };
        let objects = vec![
            Object::default(),
            object("<</Unused true>>", None),
            object("<</Type /Catalog /Pages 4 0 R>>", None),
            object("<</Title (а)>>", None),
            object("<</Length 16>>", Some(b"endobj\nstream\nR\n")),
        ];
        let bytes = write(&Pdf { objects, root: 2 }, 3).expect("it is written");
        let pdf = read(&bytes).expect("it is read");
        assert_eq!((pdf.objects.len(), pdf.root), (4, 1));
        assert_eq!(pdf.objects[1].reference("Pages"), Some(3));
        assert_eq!(pdf.objects[3].stream.as_deref(), Some(&b"endobj\nstream\nR\n"[..]));
        for end in 0..bytes.len() - 8 {
            assert!(read(&bytes[..end]).is_err(), "cut at {end}");
        }
    }
}
