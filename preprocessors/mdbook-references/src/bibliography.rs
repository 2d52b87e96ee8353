//! The sources of the course: one file, and how a source is written.

use std::collections::BTreeMap;
use std::ops::Range;

use anyhow::{Context as _, bail};
use diagnostic::{Diagnostic, LineColumn, Place};
use hayagriva::archive::{ArchivedStyle, locales};
use hayagriva::citationberg::{DelimiterBehavior, IndependentStyle, Locale, LocaleCode, LocaleFile, Style};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChild, ElemChildren, Library,
};

use page::escape;

/// A source as a reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its HTML.
    pub html: String,
    /// Its words alone, to be sorted by.
    pub words: String,
}

/// What may be cited.
#[derive(Debug, Default)]
pub struct Bibliography {
    library: Library,
    keys: BTreeMap<String, Range<usize>>,
}

impl Bibliography {
    /// Reads the file `path`, whose text is `text`; says what is wrong with it.
    pub fn read(path: &str, text: &str) -> (Self, Vec<Diagnostic>) {
        let mistake = |message: String, range| Diagnostic::error("bibliography", message, Place::new(path, range));
        let mut keys: BTreeMap<String, Range<usize>> = BTreeMap::new();
        let mut mistakes = Vec::new();
        for (key, range) in self::keys(text) {
            match keys.get(&key) {
                Some(first) => mistakes.push(
                    mistake(format!("the source `{key}` is described twice"), range)
                        .also(Place::new(path, first.clone()), "first here"),
                ),
                None => drop(keys.insert(key, range)),
            }
        }
        // An empty file is a bibliography without sources, which is not what YAML makes of it.
        if keys.is_empty() || !mistakes.is_empty() {
            return (Self::default(), mistakes);
        }
        match hayagriva::io::from_yaml_str(text) {
            Ok(library) => (Self { library, keys }, mistakes),
            Err(error) => {
                let at = error.location().map_or(0, |place| {
                    diagnostic::offset(text, LineColumn { line: place.line(), column: place.column() })
                });
                (Self::default(), vec![mistake(error.to_string(), at..at)])
            }
        }
    }

    /// The keys, and where each is described.
    pub fn keys(&self) -> impl Iterator<Item = (&str, &Range<usize>)> {
        self.keys.iter().map(|(key, range)| (key.as_str(), range))
    }

    /// Writes every source in the style of GOST R 7.0.5-2008.
    pub fn sources(&self) -> anyhow::Result<BTreeMap<String, Source>> {
        if self.library.is_empty() {
            // The style and the languages, which are unpacked all at once, would cost a build 30 ms for nothing.
            return Ok(BTreeMap::new());
        }
        let style = style()?;
        let locales = [russian()?];
        let mut driver = BibliographyDriver::new();
        for entry in self.library.iter() {
            driver.citation(CitationRequest::from_items(vec![CitationItem::with_entry(entry)], &style, &locales));
        }
        let request = BibliographyRequest { style: &style, locale: None, locale_files: &locales };
        let list = driver.finish(request).bibliography.context("the style describes no list of sources")?;
        let mut sources = BTreeMap::new();
        for item in list.items {
            let mut source = Source { html: String::new(), words: String::new() };
            add(&item.content, &mut source);
            let entry = self.library.get(&item.key).context("the list has a source that is not in the file")?;
            add_identifiers(entry, &mut source);
            sources.insert(item.key, source);
        }
        Ok(sources)
    }
}

/// The keys of a file: whatever begins a line.
fn keys(text: &str) -> Vec<(String, Range<usize>)> {
    let mut keys = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let begins = line.starts_with(|letter: char| !letter.is_whitespace() && !"#-".contains(letter));
        if let Some(length) = line.find(':').filter(|_| begins) {
            keys.push((line[..length].trim().to_owned(), at..at + line[..length].trim_end().len()));
        }
        at += line.len();
    }
    keys
}

/// Words of the list that the Russian locale has otherwise than GOST.
const TERMS: &str = r#"<locale version="1.0" xml:lang="ru-RU"><terms>
<term name="et-al">[и др.]</term>
<term name="page" form="short"><single>С.</single><multiple>С.</multiple></term>
</terms></locale>"#;

/// The style; GOST names up to three authors and shortens a longer list.
fn style() -> anyhow::Result<IndependentStyle> {
    let Style::Independent(mut style) = ArchivedStyle::GostR7052008Numeric.get() else {
        bail!("the style of the list of sources depends on another one");
    };
    let list = style.bibliography.as_mut().context("the style describes no list of sources")?;
    list.name_options.et_al_min = Some(5);
    list.name_options.et_al_use_first = Some(3);
    list.name_options.delimiter_precedes_et_al = Some(DelimiterBehavior::Never);
    style.locale.push(LocaleFile::from_xml(TERMS).context("reading our words of the list")?.into());
    Ok(style)
}

fn russian() -> anyhow::Result<Locale> {
    let russian = LocaleCode("ru-RU".to_owned());
    locales().into_iter().find(|locale| locale.lang.as_ref() == Some(&russian)).context("finding the Russian locale")
}

fn add(children: &ElemChildren, to: &mut Source) {
    for child in &children.0 {
        match child {
            ElemChild::Text(piece) => {
                to.html.push_str(&escape::text(&piece.text));
                to.words.push_str(&piece.text);
            }
            ElemChild::Elem(element) => add(&element.children, to),
            ElemChild::Link { text, url } => {
                link(url, &text.text, to);
                to.words.push_str(&text.text);
            }
            ElemChild::Markup(text) => to.html.push_str(&escape::text(text)),
            ElemChild::Transparent { .. } => {}
        }
    }
}

/// Where the source can be opened; the style has no place for it.
fn add_identifiers(entry: &hayagriva::Entry, to: &mut Source) {
    if let Some(doi) = entry.doi().filter(|doi| !to.words.contains(doi)) {
        to.html.push(' ');
        link(&format!("https://doi.org/{doi}"), &format!("DOI:\u{a0}{doi}"), to);
        to.html.push('.');
    }
    if let Some(arxiv) = entry.arxiv().filter(|arxiv| !to.words.contains(arxiv)) {
        to.html.push(' ');
        link(&format!("https://arxiv.org/abs/{arxiv}"), &format!("arXiv:{arxiv}"), to);
        to.html.push('.');
    }
}

fn link(url: &str, words: &str, to: &mut Source) {
    to.html.push_str(&format!("<a href=\"{}\">{}</a>", escape::text(url), escape::text(words)));
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCES: &str = "\
vaswani2017:
  type: article
  title: Attention Is All You Need
  author: [\"Vaswani, A.\", \"Shazeer, N.\", \"Parmar, N.\", \"Uszkoreit, J.\", \"Jones, L.\"]
  date: 2017
  serial-number: { arxiv: \"1706.03762\" }
  parent: { type: proceedings, title: Advances in Neural Information Processing Systems, volume: 30 }
поляк1964:
  type: article
  title: О некоторых способах ускорения сходимости итерационных методов
  author: Поляк, Б. Т.
  date: 1964
  page-range: 791-803
  serial-number: { doi: 10.1016/0041-5553(64)90137-5 }
  parent: { type: periodical, title: Журнал вычислительной математики и математической физики, volume: 4, issue: 5 }
halmos1958:
  type: book
  title: Finite-Dimensional Vector Spaces
  author: Halmos, P. R.
  date: 1958
  publisher: { name: Van Nostrand, location: Princeton }
goh2017:
  type: web
  title: Why Momentum Really Works
  author: Goh, G.
  date: 2017
  url: { value: \"https://distill.pub/2017/momentum/\", date: 2026-11-26 }
";

    #[test]
    fn sources_are_written_as_gost_says() {
        let (bibliography, mistakes) = Bibliography::read("bibliography.yml", SOURCES);
        assert_eq!(mistakes, []);
        let sources = bibliography.sources().unwrap();
        let list: Vec<String> = sources.iter().map(|(key, source)| format!("{key}: {}", source.html)).collect();
        insta::assert_snapshot!(list.join("\n"));
    }

    #[test]
    fn a_wrong_file_is_told_at_its_place() {
        let messages = |text: &str| {
            let (_, mistakes) = Bibliography::read("b.yml", text);
            let places = mistakes.into_iter().map(|mistake| {
                let place = diagnostic::line_column(text, mistake.place.range.start);
                format!("{}:{}: {}", place.line, place.column, mistake.message)
            });
            places.collect::<Vec<_>>().join("\n")
        };
        assert_eq!(messages(""), "");
        insta::assert_snapshot!(messages("а:\n  type: book\n  title: Б\nа:\n  type: book\n  title: В\n"));
        insta::assert_snapshot!(messages("а:\n  title: Б\n"));
        insta::assert_snapshot!(messages("а:\n  type: book\n  title: Б\n  date: [1\n"));
    }
}
