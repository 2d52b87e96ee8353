//! The style of a list of sources: ours of GOST R 7.0.5-2008, one that hayagriva carries, or a file of the book.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, bail};
use diagnostic::nearest;
use hayagriva::archive::{ArchivedStyle, locales};
use hayagriva::citationberg::{IndependentStyle, Style as Csl};
use hayagriva::types::Person;
use hayagriva::{BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChildren, Entry, Library};
use mdbook_preprocessor::config::Config;

use crate::gost;
use crate::settings::Settings;
use crate::written::{Source, add, add_identifiers, locale};

const GOST: &str = "gost";
/// What a book gets that is not in Russian.
const USUAL: &str = "ieee";

/// How sources are written.
#[derive(Clone, Debug, Default)]
pub enum Style {
    /// In the language of each source.
    #[default]
    Gost,
    /// In the language of the book.
    Csl {
        /// What it says.
        style: Box<IndependentStyle>,
        /// The language.
        language: String,
    },
}

/// The style that a book wants, not read yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    name: String,
    /// What the file says, where it is one.
    text: Option<String>,
    language: String,
}

impl Wanted {
    /// What the book at `root` names, or what is usual in its language.
    pub fn by(root: &Path, config: &Config, settings: &Settings) -> anyhow::Result<Self> {
        let language = config.book.language.as_deref().unwrap_or("en").to_lowercase();
        let language = language.split(['-', '_']).next().unwrap_or_default().to_owned();
        let usual = if language == "ru" { GOST } else { USUAL };
        let name = settings.style.as_deref().unwrap_or(usual).to_owned();
        let file = Some(root.join(&name)).filter(|_| name.ends_with(".csl"));
        let text =
            file.map(|file| std::fs::read_to_string(file).with_context(|| format!("reading {name}"))).transpose()?;
        Ok(Self { name, text, language })
    }

    /// All that follows into what is written.
    pub fn key(&self) -> String {
        format!("{self:?}")
    }

    /// Reads it.
    pub fn style(self) -> anyhow::Result<Style> {
        let style = match &self.text {
            None if self.name == GOST => return Ok(Style::Gost),
            None => archived(&self.name)?,
            Some(text) => from_file(&self.name, text)?,
        };
        Ok(Style::Csl { style: Box::new(style), language: self.language })
    }
}

impl Style {
    /// Writes every source of a library.
    pub fn write(&self, library: &Library) -> anyhow::Result<BTreeMap<String, Source>> {
        match self {
            Self::Gost => gost::write(library),
            Self::Csl { .. } if library.is_empty() => Ok(BTreeMap::new()),
            Self::Csl { style, language } => write(library, style, language),
        }
    }

    /// People whose words the style needs and cannot find out.
    pub fn undeclined(&self, entry: &Entry) -> Vec<Person> {
        match self {
            Self::Gost => gost::undeclined(entry),
            Self::Csl { .. } => Vec::new(),
        }
    }
}

fn from_file(name: &str, text: &str) -> anyhow::Result<IndependentStyle> {
    let style = IndependentStyle::from_xml(text).with_context(|| format!("reading the style in {name}"))?;
    if style.bibliography.is_none() {
        bail!("the style in {name} describes no list of sources");
    }
    Ok(style)
}

fn archived(name: &str) -> anyhow::Result<IndependentStyle> {
    match ArchivedStyle::by_name(name).map(ArchivedStyle::get) {
        Some(Csl::Independent(style)) if style.bibliography.is_some() => Ok(style),
        Some(_) => bail!("`style = \"{name}\"` in [preprocessor.references] of book.toml describes no list of sources"),
        None => {
            let known = ArchivedStyle::all().iter().flat_map(|style| style.names()).copied();
            let near = match nearest(name, known.chain([GOST])) {
                Some(near) => format!("did you mean `{near}`?"),
                None => {
                    "write `gost`, a style of hayagriva (`ieee`, `apa`, `nature`, …), or a file that ends in `.csl`"
                        .to_owned()
                }
            };
            bail!("there is no style `{name}` ([preprocessor.references] of book.toml): {near}")
        }
    }
}

fn write(library: &Library, style: &IndependentStyle, language: &str) -> anyhow::Result<BTreeMap<String, Source>> {
    let locales = locales();
    let mut driver = BibliographyDriver::new();
    for entry in library.iter() {
        driver.citation(CitationRequest::from_items(vec![CitationItem::with_entry(entry)], style, &locales));
    }
    let request = BibliographyRequest { style, locale: locale(language, &locales), locale_files: &locales };
    let list = driver.finish(request).bibliography.context("the style describes no list of sources")?;
    let mut sources = BTreeMap::new();
    for item in list.items {
        let mut source = Source::default();
        // Where a style sets its first field apart, hayagriva takes the first part that it has marked: a number, or what has none.
        add(&ElemChildren(item.first_field.into_iter().collect()), &mut source);
        add(&item.content, &mut source);
        let entry = library.get(&item.key).context("the list has a source that is not in the file")?;
        add_identifiers(entry, &mut source);
        sources.insert(item.key, source);
    }
    Ok(sources)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCES: &str = "\
huygens1673:
  type: book
  title: Horologium oscillatorium
  author: Huygens, Christiaan
  publisher: { name: Muguet, location: Paris }
  date: 1673
vaswani2017:
  type: article
  title: Attention Is All You Need
  author: [\"Vaswani, A.\", \"Shazeer, N.\", \"Parmar, N.\"]
  date: 2017
  page-range: 5998-6008
  serial-number: { arxiv: \"1706.03762\" }
  parent: { type: proceedings, title: Advances in Neural Information Processing Systems, volume: 30 }
";

    fn style(book: &str) -> anyhow::Result<Style> {
        let config: Config = book.parse().unwrap();
        Wanted::by(Path::new("/нет"), &config, &Settings::read(&config).unwrap())?.style()
    }

    fn list(book: &str) -> String {
        let library = hayagriva::io::from_yaml_str(SOURCES).unwrap();
        let sources = style(book).unwrap().write(&library).unwrap();
        let lines = sources.values().map(|source| source.html.replace('\u{a0}', "⍽"));
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_book_names_its_style_and_a_number_of_the_style_is_left_out() {
        let styles = ["ieee", "apa", "nature", "vancouver", "springer-basic", "gost"];
        let lists =
            styles.map(|name| format!("{name}\n{}", list(&format!("[preprocessor.references]\nstyle = \"{name}\"\n"))));
        insta::assert_snapshot!(lists.join("\n\n"));
    }

    #[test]
    fn the_language_of_a_book_says_what_is_usual_and_what_the_words_are() {
        assert!(matches!(style("[book]\nlanguage = \"ru\"\n").unwrap(), Style::Gost));
        assert!(matches!(style("[book]\nlanguage = \"en\"\n").unwrap(), Style::Csl { .. }));
        let german = list("[book]\nlanguage = \"de\"\n[preprocessor.references]\nstyle = \"apa\"\n");
        assert!(german.contains("Vaswani, A., Shazeer, N.,"), "{german}");
    }

    #[test]
    fn an_unknown_style_is_told_with_what_was_meant() {
        let wrong = ["iee", "как-нибудь", "свой.csl"].map(|name| {
            let error = style(&format!("[preprocessor.references]\nstyle = \"{name}\"\n")).unwrap_err();
            format!("{error:#}")
        });
        insta::assert_snapshot!(wrong.join("\n"));
    }
}
