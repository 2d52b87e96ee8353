//! Pages that were printed one by one, bound into one file: one outline, one numbering, links from page to page.
//!
//! An object keeps its number, moved behind those of the files before. The trees of the files (pages, outline, tags, named places) become
//! branches of one tree each. A link to a page that is in the file leads there; one to another file of this machine leads nowhere and is
//! taken away, so that no file says where the book lay.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use percent_encoding::percent_decode;

use super::pdf::{self, Object, Pdf, Token, entries};

/// A printed page.
pub struct Printed {
    /// Where it lies in the site; nothing for what is no page of it.
    pub page: Option<PathBuf>,
    /// The PDF.
    pub bytes: Vec<u8>,
}

/// How many sheets a printed page has.
pub fn sheets(bytes: &[u8]) -> anyhow::Result<usize> {
    let pdf = pdf::read(bytes)?;
    pages(&pdf)?.1.number("Count").context("it does not say how many sheets it has")
}

/// One file of all; the sheets of the first `front` files are counted in Roman numerals.
pub fn bind(title: &str, printed: &[Printed], front: usize) -> anyhow::Result<Vec<u8>> {
    let mut volume = Volume::default();
    for part in printed {
        let name = || part.page.as_deref().unwrap_or(Path::new("the contents")).display().to_string();
        volume.read(part).with_context(|| format!("reading what was printed of {}", name()))?;
    }
    volume.write(title, front)
}

/// The node of all pages, with its number.
fn pages(pdf: &Pdf) -> anyhow::Result<(usize, &Object)> {
    let number = pdf.objects.get(pdf.root).and_then(|root| root.reference("Pages"));
    let number = number.context("it has no pages")?;
    Ok((number, pdf.objects.get(number).context("its pages are not there")?))
}

/// Files that are to be one.
#[derive(Default)]
struct Volume {
    files: Vec<File>,
    /// How many keys of tags are taken.
    tags: usize,
    /// How many objects there are.
    objects: usize,
}

struct File {
    pdf: Pdf,
    page: Option<PathBuf>,
    /// What its numbers are moved by.
    base: usize,
    /// What its keys of tags are moved by.
    tags: usize,
    sheets: usize,
    /// The first sheet.
    first: usize,
    pages: usize,
    outline: Option<usize>,
    tree: Option<usize>,
    /// Named places: names as they are written, by the anchors that they are, which Chromium writes as in an address.
    places: BTreeMap<Vec<u8>, Vec<u8>>,
}

/// Numbers of the objects that all files share.
#[derive(Clone, Copy)]
struct Shared {
    catalog: usize,
    info: usize,
    pages: usize,
    outline: usize,
    tree: usize,
    places: usize,
    parents: usize,
}

impl Volume {
    fn read(&mut self, printed: &Printed) -> anyhow::Result<()> {
        let pdf = pdf::read(&printed.bytes)?;
        let root = &pdf.objects[pdf.root];
        let (number, node) = pages(&pdf)?;
        let sheets = node.number("Count").context("it does not say how many sheets it has")?;
        let mut first = number;
        while !pdf.objects.get(first).context("a page is not there")?.is("Page") {
            let kids = pdf.objects[first].get("Kids").context("a page is none")?;
            let kid = kids.iter().find_map(|token| if let Token::Ref(kid) = token { Some(*kid) } else { None });
            first = kid.context("it has no sheet")?;
        }
        let (outline, tree) = (root.reference("Outlines"), root.reference("StructTreeRoot"));
        let keys = tree.and_then(|tree| pdf.objects.get(tree)?.number("ParentTreeNextKey")).unwrap_or_default();
        let places = root.reference("Dests").and_then(|places| pdf.objects.get(places));
        let places = places.map(|places| entries(&places.tokens)).unwrap_or_default();
        let anchor = |name: &[u8]| percent_decode(&said(name)).collect();
        let places = places.into_iter().map(|(name, _)| (anchor(name), name.to_vec())).collect();
        let (base, tags) = (self.objects, self.tags);
        self.objects += pdf.objects.len();
        self.tags += keys;
        let page = printed.page.clone();
        self.files.push(File { page, base, tags, sheets, first, pages: number, outline, tree, places, pdf });
        Ok(())
    }

    fn write(self, title: &str, front: usize) -> anyhow::Result<Vec<u8>> {
        let [catalog, info, pages, outline, tree, places, parents] = std::array::from_fn(|index| self.objects + index);
        let shared = Shared { catalog, info, pages, outline, tree, places, parents };
        let mut objects = Vec::new();
        for (index, file) in self.files.iter().enumerate() {
            for (number, object) in file.pdf.objects.iter().enumerate() {
                objects.push(self.moved(index, number, object, shared));
            }
        }
        objects.extend(self.shared(title, front, shared)?);
        pdf::write(&Pdf { objects, root: shared.catalog }, shared.info)
    }

    /// An object of a file, as it is in the volume.
    fn moved(&self, index: usize, number: usize, object: &Object, shared: Shared) -> Object {
        let file = &self.files[index];
        let mut tokens = Vec::new();
        let mut at = 0;
        while let Some(token) = object.tokens.get(at) {
            at += 1;
            let next = object.tokens.get(at);
            match (token, next) {
                (Token::Name(key), Some(Token::Other(tag))) if matches!(&**key, b"StructParent" | b"StructParents") => {
                    tokens.extend([token.clone(), moved_number(tag, file.tags)]);
                    at += 1;
                }
                (Token::Name(key), Some(Token::Name(place))) if key == b"Dest" => {
                    tokens.extend([token.clone(), Token::Name(placed(index, place))]);
                    at += 1;
                }
                (Token::Name(key), Some(_)) if key == b"A" => {
                    let end = pdf::behind(&object.tokens, at);
                    match address(&object.tokens[at..end]) {
                        Some(address) => {
                            tokens.extend(self.destination(&address));
                            at = end;
                        }
                        None => tokens.push(token.clone()),
                    }
                }
                _ => tokens.push(file.shifted(token, shared)),
            }
        }
        if number == file.pages {
            insert(&mut tokens, "Parent", shared.pages);
        }
        let outline = |other: &File, key: &str| Some(other.get(other.outline)?.reference(key)? + other.base);
        let is_end = |key: &str| outline(file, key) == Some(number + file.base);
        if is_end("First")
            && let Some(before) = self.files[..index].iter().rev().find_map(|file| outline(file, "Last"))
        {
            insert(&mut tokens, "Prev", before);
        }
        if is_end("Last")
            && let Some(behind) = self.files[index + 1..].iter().find_map(|file| outline(file, "First"))
        {
            insert(&mut tokens, "Next", behind);
        }
        Object { tokens, stream: object.stream.clone() }
    }

    /// Where a link to a file of this machine leads in the volume.
    fn destination(&self, address: &str) -> Vec<Token> {
        let (path, anchor) = address.split_once('#').unwrap_or((address, ""));
        let decoded = |text: &str| percent_decode(text.as_bytes()).collect::<Vec<u8>>();
        let path = decoded(path);
        let is_meant = |file: &File| file.page.as_ref().is_some_and(|page| page.as_os_str().as_encoded_bytes() == path);
        let Some((index, file)) = self.files.iter().enumerate().find(|(_, file)| is_meant(file)) else {
            return Vec::new();
        };
        let to = match file.places.get(&decoded(anchor)) {
            Some(place) => vec![Token::Name(placed(index, place))],
            None => {
                let sheet = Token::Ref(file.first + file.base);
                vec![Token::word("["), sheet, Token::name("Fit"), Token::word("]")]
            }
        };
        [vec![Token::name("Dest")], to].concat()
    }

    /// What all files share, in the order of [`Shared`].
    fn shared(&self, title: &str, front: usize, shared: Shared) -> anyhow::Result<Vec<Object>> {
        let Shared { pages, outline, tree, places, parents, .. } = shared;
        let sheets = |files: &[File]| files.iter().map(|file| file.sheets).sum::<usize>();
        let labels = match sheets(&self.files[..front]) {
            0 => "0 <</S /D>>".to_owned(),
            before => format!("0 <</S /r>> {before} <</S /D>>"),
        };
        let language = self.files.iter().find_map(|file| file.root().get("Lang")).map_or(b"()".to_vec(), pdf::text);
        let catalog = format!(
            "<</Type /Catalog /Pages {pages} 0 R /Dests {places} 0 R /Outlines {outline} 0 R /StructTreeRoot {tree} 0 R \
             /MarkInfo <</Marked true>> /ViewerPreferences <</DisplayDocTitle true>> /PageLabels <</Nums [{labels}]>> /Lang "
        );
        let kids: String = self.files.iter().map(|file| format!("{} 0 R ", file.base + file.pages)).collect();
        let node = format!("<</Type /Pages /Count {} /Kids [{kids}]>>", sheets(&self.files));
        let headings = || self.files.iter().filter_map(|file| Some((file, file.get(file.outline)?)));
        let first = headings().find_map(|(file, outline)| Some(outline.reference("First")? + file.base));
        let last = headings().filter_map(|(file, outline)| Some(outline.reference("Last")? + file.base)).next_back();
        let outline = first.zip(last).map_or_else(
            || "<</Type /Outlines>>".to_owned(),
            |(first, last)| {
                let count: usize = headings().filter_map(|(_, outline)| outline.number("Count")).sum();
                format!("<</Type /Outlines /First {first} 0 R /Last {last} 0 R /Count {count}>>")
            },
        );
        let (mut tags, mut keys, mut targets) = (Vec::new(), Vec::new(), Vec::new());
        for (index, file) in self.files.iter().enumerate() {
            let shifted = |tokens: &[Token]| tokens.iter().map(|token| file.shifted(token, shared)).collect::<Vec<_>>();
            let tree = file.get(file.tree);
            tags.extend(tree.and_then(|tree| tree.get("K")).map(shifted).unwrap_or_default());
            let numbers = tree.and_then(|tree| file.get(tree.reference("ParentTree"))?.get("Nums"));
            let numbers = numbers.and_then(|numbers| numbers.get(1..numbers.len() - 1)).unwrap_or_default();
            keys.extend(numbers.iter().map(|token| match token {
                Token::Other(key) => moved_number(key, file.tags),
                token => file.shifted(token, shared),
            }));
            let Some(places) = file.get(file.root().reference("Dests")) else { continue };
            for (name, range) in entries(&places.tokens) {
                targets.push(Token::Name(placed(index, name)));
                targets.extend(shifted(&places.tokens[range]));
            }
        }
        let next = self.tags;
        let tree = format!("<</Type /StructTreeRoot /ParentTree {parents} 0 R /ParentTreeNextKey {next} /K [");
        [
            [catalog.as_bytes(), &language, b">>"].concat(),
            format!("<</Title {}>>", hexadecimal(title)).into_bytes(),
            node.into_bytes(),
            outline.into_bytes(),
            [tree.as_bytes(), &pdf::text(&tags), b"]>>"].concat(),
            [b"<<", &*pdf::text(&targets), b">>"].concat(),
            [b"<</Nums [", &*pdf::text(&keys), b"]>>"].concat(),
        ]
        .iter()
        .map(|text| Object::of(text))
        .collect()
    }
}

impl File {
    fn root(&self) -> &Object {
        &self.pdf.objects[self.pdf.root]
    }

    fn get(&self, number: Option<usize>) -> Option<&Object> {
        self.pdf.objects.get(number?)
    }

    /// A token of this file, as it is in the volume.
    fn shifted(&self, token: &Token, shared: Shared) -> Token {
        match token {
            Token::Ref(number) if Some(*number) == self.outline => Token::Ref(shared.outline),
            Token::Ref(number) if Some(*number) == self.tree => Token::Ref(shared.tree),
            Token::Ref(number) => Token::Ref(number + self.base),
            other => other.clone(),
        }
    }
}

/// A dictionary with one entry more.
fn insert(tokens: &mut Vec<Token>, key: &str, number: usize) {
    let end = tokens.len().saturating_sub(1);
    tokens.splice(end..end, [Token::name(key), Token::Ref(number)]);
}

/// The address of a file of this machine that an action opens.
fn address(action: &[Token]) -> Option<String> {
    let (_, range) = entries(action).into_iter().find(|(key, _)| *key == b"URI")?;
    let [Token::Other(address)] = action.get(range)? else { return None };
    let address = address.strip_prefix(b"(file://")?.strip_suffix(b")")?;
    // An address has no other brackets than escaped ones.
    Some(String::from_utf8_lossy(address).replace('\\', ""))
}

/// The name of a place, which is of one file of the volume.
fn placed(index: usize, name: &[u8]) -> Vec<u8> {
    [format!("{index}.").as_bytes(), name].concat()
}

/// What a name says: `#20` is a blank.
fn said(name: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = name;
    while let [first, after @ ..] = rest {
        let digits =
            (*first == b'#').then(|| after.get(..2)).flatten().and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    bytes
}

fn moved_number(digits: &[u8], by: usize) -> Token {
    let number = std::str::from_utf8(digits).ok().and_then(|digits| digits.parse::<usize>().ok());
    number.map_or_else(|| Token::Other(digits.to_vec()), |number| Token::word(&(number + by).to_string()))
}

/// A text as a PDF has it.
fn hexadecimal(text: &str) -> String {
    let units: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    format!("<FEFF{units}>")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn action(text: &str) -> Option<String> {
        address(&Object::of(text.as_bytes()).expect("it is an object").tokens)
    }

    #[test]
    fn only_links_to_files_of_this_machine_are_told_apart() {
        let link = |address: &str| format!("<</Type /Action /S /URI /URI ({address})>>");
        assert_eq!(action(&link("file:///к/%D1%88.html#\\(а\\)")), Some("/к/%D1%88.html#(а)".to_owned()));
        assert_eq!(action(&link("https://a.example/")), None);
        assert_eq!(action("<</S /GoTo /D [1 0 R /Fit]>>"), None);
    }

    #[test]
    fn names_and_titles_are_read_and_written_as_pdf_has_them() {
        assert_eq!(said(b"eq-#D0#B0#20b#x"), "eq-а b#x".as_bytes());
        assert_eq!(placed(3, b"eq-#D0#B0"), b"3.eq-#D0#B0");
        assert_eq!(hexadecimal("Шаг"), "<FEFF042804300433>");
        assert_eq!(moved_number(b"7", 40), Token::word("47"));
    }
}
